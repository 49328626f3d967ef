"""Where the verbs write: files and folders that are looked at before the run, and the screen.

To examine a corpus can take hours. So whatever can be known of an output is told before: a folder where a file should
be, a place that is not there or cannot be written to, and above all a source, which is never written to.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.errors import OutputError
from provcheck.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDEST, NARROWEST = 100, 40
"""Characters of a line on the screen; without a terminal lines are as wide as can be."""


def file_apart(target: Path, paths: Iterable[str]) -> Path:
    """The file to be written, if nothing is known to be in the way.

    Inside of a source of `paths` it must have a name with a dot before it, which is never read as a document: else the
    next run would take it for one. Raises OutputError.
    """
    if target.is_dir():
        raise OutputError(str(target), "it is a folder")
    if not target.absolute().parent.is_dir():
        raise OutputError(str(target), f"there is no folder {str(target.parent)!r}")
    if (target.is_file() or not target.exists()) and not os.access(Path(os.path.realpath(target)).parent, os.W_OK):
        raise OutputError(str(target), "its folder cannot be written to")
    _refuse_inside(target, paths)
    return target


def folder_apart(target: Path, paths: Sequence[str], *, known: bool) -> Path:
    """The folder to be written, if it neither is a source nor holds one; raises OutputError.

    One that is `known` when it is met again, as a report is, may stand inside a source.
    """
    for path in map(Path, paths):
        if path.exists() and (_below(path, target) is not None):
            raise OutputError(str(target), f"it holds the source {path}, which is never written to")
    if not known:
        _refuse_inside(target, paths)
    return target


def _refuse_inside(target: Path, paths: Iterable[str]) -> None:
    for path in map(Path, paths):
        if path.exists() and target.exists() and target.samefile(path):
            raise OutputError(str(target), "it is a source, which is never written to")
        inside = _below(target, path) if path.is_dir() else None
        if inside is not None and not any(part.startswith(".") for part in inside.parts):
            there = f"it is a file of the source {path}, which is never written to"
            new = f"the next run would read it in the source {path}, unless its name begins with a dot"
            raise OutputError(str(target), there if target.exists() else new)


def _below(path: Path, folder: Path) -> Path | None:
    """The path from a folder to what stands in it or is it; None for what stands elsewhere."""
    real, root = (
        Path(os.path.realpath(path)),
        Path(os.path.realpath(folder)),
    )  # `resolve` raises where a link is a circle
    return real.relative_to(root) if real.is_relative_to(root) else None


def tell(notes: Iterable[str]) -> None:
    """Say on standard error what the user should know of the run, a line each."""
    for note in notes:
        click.echo(f"provcheck: {visible(note)}", err=True)


@contextmanager
def placed(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place when it is whole; a pipe or a device is written to as it is."""
    real = target.resolve()
    direct = real.exists() and not real.is_file()
    part = real if direct else real.with_name(f".{real.name}.part")
    try:
        yield part
        if not direct:
            part.replace(real)
    except OSError as error:
        raise OutputError(str(target), error.strerror or str(error)) from error
    finally:
        if not direct:
            part.unlink(missing_ok=True)


def to_reader(pieces: Iterable[bytes]) -> None:
    """Write to standard output, whatever the terminal's language; as `reader_may_go`.

    What making the pieces raises passes on: a temporary disk that is full is no fault of the reader's.
    """
    for piece in pieces:
        try:
            sys.stdout.buffer.write(piece)
        except OSError as error:
            _give_up(error)
            return
    with reader_may_go():
        pass


@contextmanager
def reader_may_go() -> Iterator[None]:
    """Write to standard output in this block: a reader that goes away ends the writing and nothing else.

    ``| head`` must not turn the exit code of a gate that failed into that of one that passed. Raises OutputError for
    what else keeps standard output from being written, such as a full disk behind it.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        _give_up(error)


def _give_up(error: OSError) -> None:
    """Let what is left go nowhere, since Python would try to write it once more on exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        raise OutputError("standard output", error.strerror or str(error)) from error


def columns() -> int | None:
    """How wide the terminal is, in characters; None where there is none, and lines are as long as they are."""
    wide = shutil.get_terminal_size((0, 0)).columns
    return max(NARROWEST, wide) if wide else None


def width() -> int:
    """How wide a line on the screen may be, in characters."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))
