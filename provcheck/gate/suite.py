"""Suites: Great Expectations' own JSON, read strictly.

The library itself is lenient where a gate must not be. In version 1.24 it drops an expectation of an unknown type
or with a wrong severity and logs a line; it takes a suite without expectations, and such suites pass. Everything that
can be known from the file alone is therefore checked here, without importing the library, and all faults of a file
are told at once.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provcheck.config import is_file_of
from provcheck.errors import SuiteError, UnknownNameError, near_miss
from provcheck.gate import entries
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provcheck.gate.entries import Entry

_HERE = Path(__file__).resolve().parent
_SHIPPED = (_HERE.parent / "_expectations", _HERE.parents[1] / "expectations")  # in the wheel, in a checkout
_KEYS = ("name", "expectations", "meta", "notes", "id", "suite_parameters")
_NAME = late(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")  # it becomes the name of files and pages


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite that is fit to judge.

    `file` is the name of its file without folders, `sha256` that of its bytes, `raw` the JSON object as it stands in
    the file, `entries` its expectations in order.
    """

    name: str
    file: str
    sha256: str
    raw: dict[str, Any]
    entries: tuple[Entry, ...]

    def columns(self) -> tuple[str, ...]:
        """The columns that the suite names, each once, in order."""
        return tuple(dict.fromkeys(c for e in self.entries for c in e.columns))

    def titles(self) -> tuple[str, ...]:
        """What each expectation says in a sentence."""
        return tuple(e.description for e in self.entries)


def names(suite_dir: Path | None = None) -> tuple[str, ...]:
    """The suites that can be asked for by name, sorted: those of `suite_dir`, and the shipped ones."""
    return tuple(sorted({p.stem for folder in _folders(suite_dir) for p in folder.glob("*.json")}))


def shipped() -> tuple[Path, ...]:
    """The files of the suites that come with provcheck, sorted by name."""
    return tuple(sorted(path for folder in _folders(None) for path in folder.glob("*.json")))


def load(
    wanted: Sequence[str], suite_dir: Path | None = None, *, columns: Iterable[str] | None = None
) -> tuple[Suite, ...]:
    """The suites in the order asked for.

    Each of `wanted` is a name, looked for in `suite_dir` and then among the shipped suites, or the path of a file
    (it ends in ``.json`` or has a slash). `columns` are those that the frame has, if known.
    Raises UnknownNameError for a suite that is not there, and SuiteError for one that cannot judge: the message
    names the file, the entry and the near miss.

    >>> [s.name for s in load(["integrity", "content"])]
    ['integrity', 'content']
    """
    if not wanted:
        raise SuiteError("(none)", "no suite was asked for, so nothing would be judged; name one with --suite")
    known = None if columns is None else tuple(columns)
    suites = [_read(_find(name, suite_dir), known) for name in wanted]
    _distinct(suites)
    return tuple(suites)


def _folders(suite_dir: Path | None) -> list[Path]:
    return [p for p in (suite_dir, *_SHIPPED) if p is not None and p.is_dir()]


def _find(name: str, suite_dir: Path | None) -> Path:
    if suite_dir is not None and not suite_dir.is_dir():
        raise SuiteError(str(suite_dir), "no such folder of suites")
    if is_file_of(name):
        if Path(name).is_file():
            return Path(name)
        raise SuiteError(name, "no such file")
    for folder in _folders(suite_dir):
        if (folder / f"{name}.json").is_file():
            return folder / f"{name}.json"
    raise UnknownNameError("suite", name, names(suite_dir))


def _distinct(suites: Sequence[Suite]) -> None:
    """Names and check ids become file names, so each may stand only once in a run."""
    owners: dict[str, str] = {}
    for suite in suites:
        if suite.name.lower() in owners:
            raise SuiteError(suite.file, f"a suite named {suite.name!r} was already loaded; name each suite once")
        owners[suite.name.lower()] = suite.file
    checks: dict[str, str] = {}
    for suite in suites:
        for entry in suite.entries:
            other = checks.setdefault(entry.check, suite.file)
            if other != suite.file:
                raise SuiteError(
                    suite.file, f"{entry.label}: the check {entry.check!r} stands in {other} too; give it another id"
                )


def _read(path: Path, known: tuple[str, ...] | None) -> Suite:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SuiteError(path.name, f"cannot be read: {error.strerror}") from error
    raw = _parse(path.name, content)
    problems = list(_top(raw, path.stem))
    found: list[Entry] = []
    listed = raw.get("expectations")
    for number, item in enumerate(listed if isinstance(listed, list) else (), 1):
        entry, faults = entries.read(number, item, known)
        problems += faults
        if entry is not None:
            problems += _repeated(entry, found)
            found.append(entry)
    if problems:
        shown = "\n".join(f"  {p}" for p in problems)
        raise SuiteError(path.name, problems[0] if len(problems) == 1 else f"{len(problems)} faults\n{shown}")
    return Suite(raw["name"], path.name, hashlib.sha256(content).hexdigest(), raw, tuple(found))


def _repeated(entry: Entry, before: Sequence[Entry]) -> list[str]:
    """Great Expectations counts a repeated expectation twice, and says nothing."""
    for other in before:
        if other.check == entry.check:
            return [f"{entry.label}: {other.label} has the same meta.check; each needs an id of its own"]
        if other.type == entry.type and other.kwargs == entry.kwargs:
            return [f"{entry.label}: repeats {other.label}, word for word; remove one of them"]
    return []


def _parse(file: str, content: bytes) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig")
        raw = json.loads(text, object_pairs_hook=_once, parse_constant=_finite, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise SuiteError(file, f"is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise SuiteError(file, f"is not JSON: {error.msg} in line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise SuiteError(file, "is nested too deeply to be a suite") from error
    except ValueError as error:
        raise SuiteError(file, str(error)) from error
    if not isinstance(raw, dict):
        raise SuiteError(file, 'must be a JSON object with "name" and "expectations"')
    return raw


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a key that stands twice JSON readers keep the last: a threshold could be undone further down."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            message = f"the key {key!r} stands twice in one object; remove one of them"
            raise ValueError(message)
        found[key] = value
    return found


def _finite(number: str) -> float:
    """A limit of ``1e999`` or ``Infinity`` would let everything pass."""
    if not math.isfinite(float(number)):
        message = f"{number} is no limit; write a number that values can reach"
        raise ValueError(message)
    return float(number)


def _top(raw: dict[str, Any], stem: str) -> list[str]:
    """What is wrong with the suite as a whole."""
    problems = [f"unknown key {key!r}: {near_miss(key, _KEYS)}" for key in raw if key not in _KEYS]
    name, listed = raw.get("name"), raw.get("expectations")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        problems.append(
            '"name" must be 1 to 80 letters, digits, "-" or "_", because pages and files are named after it'
        )
    elif name != stem:
        problems.append(f'"name" is {name!r} and the file {stem + ".json"!r}; they must be the same')
    if "expectations" not in raw:
        problems.append('the key "expectations" is missing, so nothing would be judged')
    elif not isinstance(listed, list):
        problems.append('"expectations" must be a list')
    elif not listed:
        problems.append("has no expectations, so nothing would be judged; add one, or do not ask for this suite")
    if raw.get("suite_parameters"):
        problems.append('"suite_parameters" are not taken: write thresholds where they are used')
    if not isinstance(raw.get("meta", {}), dict):
        problems.append('"meta" must be an object')
    return problems
