"""What ``validate --also FORMAT=FILE`` writes besides what it prints.

CI wants several forms of one verdict: annotations in the log, a summary on the page, a file for its test view. All of
them come from one run, because to examine a corpus can take hours.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from provcheck.errors import OutputError
from provcheck.reports import folder, location
from provcheck.reports.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provcheck.result import Result


class Copy(NamedTuple):
    """A format, and the file that takes it."""

    form: str
    path: Path


def wanted(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[Copy, ...]:
    """The copies asked for; raises BadParameter before the run for what can be no copy."""
    copies = []
    for text in given:
        form, _, name = text.partition("=")
        if form not in FORMATS or not name:
            raise click.BadParameter(f"{text!r} is not FORMAT=FILE with a format of {', '.join(FORMATS)}")
        if Path(name).is_dir() or not Path(name).absolute().parent.is_dir():
            raise click.BadParameter(f"{name!r} is a folder, or stands in none that is there")
        copies.append(Copy(form, Path(name)))
    return tuple(copies)


def refuse_overlap(copies: Iterable[Copy], report: Path) -> None:
    """Raise OutputError, before the run, for a copy that would fall on a part of the report or on another copy.

    A device may be given twice: what goes to ``/dev/null`` overwrites nothing.
    """
    there, taken = Path(os.path.realpath(report)), set[Path]()
    for _, path in copies:
        real = Path(os.path.realpath(path))
        if real.is_relative_to(there) and real.relative_to(there).parts[:1] in {(name,) for name in folder.OURS}:
            raise OutputError(str(path), "it is a part of the report; choose another name")
        if real in taken and (real.is_file() or not real.exists()):
            raise OutputError(str(path), "two formats would go there, and only the last would stay")
        taken.add(real)


def pieces(result: Result, form: str) -> Iterator[bytes]:
    """A format in pieces, in UTF-8 whatever the language of the terminal."""
    results = json.loads((result.output / folder.MARK).read_text(encoding="utf-8"))
    for piece in FORMATS[form](results, result.records(location.COLUMNS), Path.cwd().as_posix()):
        yield piece.encode("utf-8", "backslashreplace")


def write(result: Result, copies: Iterable[Copy]) -> None:
    """Write each copy; raises OutputError for one that cannot be written, when the report itself already stands."""
    for form, path in copies:
        try:
            with path.open("wb") as file:
                file.writelines(pieces(result, form))
        except OSError as error:
            raise OutputError(str(path), error.strerror or str(error)) from error
