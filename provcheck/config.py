"""What a run can be told: one frozen value, with a default for everything.

The file is ``provcheck.toml``, or the table ``[tool.provcheck]`` of a ``pyproject.toml``; the command line wins over
the file. Keys that do not exist are refused, all at once, because a misspelt threshold would otherwise switch a
check off in silence.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from provcheck.errors import ConfigError, nearest
from provcheck.model import ROLES
from provcheck.text import charset
from provcheck.waivers import Waiver, parse

if TYPE_CHECKING:
    from provcheck.rules import Severity

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much provcheck takes from one input before it refuses the rest, with a row that says so.

    Sizes are bytes after decompression: of one document (`document_bytes`) and of all that comes out of one archive
    (`archive_bytes`). `archive_ratio` is the most that an archive may unpack to, as a multiple of its own size, once
    it has given 16 MiB; `archive_members` and `archive_depth` bound the members and the archives in archives. A zip
    or Parquet file inside an archive must be held in memory to be read, up to `nested_bytes`.
    """

    document_bytes: int = 32 * MIB
    archive_bytes: int = 64 * 1024 * MIB
    archive_ratio: int = 200
    archive_members: int = 1_000_000
    archive_depth: int = 2
    nested_bytes: int = 256 * MIB


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run.

    `columns` maps a role (``text`` or one of `ROLES`) to the column names that carry it in this corpus, before the
    usual names are tried. `exclude` are glob patterns of paths below the sources. `encoding` and `date_order` settle
    what the documents leave open. `as_of` is the day after which a date is in the future, None for the day on which a
    run begins. `suites` are names or files of suites; `suite_dir` a folder of suites that come before the shipped ones.
    `output` is the report's folder. `workers` is a number of processes up to `MOST_WORKERS`, 0 for one a core, as the
    command line has it; a script must first be made ready for that. `baseline` is a file of findings that are known,
    and `waivers` say which others do not count; only `validate` looks at these two. `cache` is the folder where
    examined documents are kept, None for none. `file` is the configuration that `load` took these from: no document.
    """

    exclude: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    encoding: str | None = None
    date_order: Literal["auto", "dmy", "mdy", "ymd"] = "auto"
    as_of: dt.date | None = None
    limits: Limits = Limits()
    workers: int = 1
    suites: tuple[str, ...] = ("integrity", "provenance", "content")
    suite_dir: str | None = None
    fail_on: Severity = "critical"
    output: str = "provcheck-report"
    baseline: str | None = None
    waivers: tuple[Waiver, ...] = ()
    cache: str | None = None
    file: str | None = None

    def __post_init__(self) -> None:
        """Take one name for a list of one, and paths for strings; raises ConfigError for values of other types.

        A string is a sequence of letters: `exclude="*.bak"` would leave out every file with a star, a dot or a b.
        """
        problems: list[str] = []
        for each in fields(self):
            object.__setattr__(self, each.name, _given(each.name, getattr(self, each.name), problems))
        if problems:
            raise ConfigError("settings", problems)

    @property
    def suite_folder(self) -> Path | None:
        """The folder of the user's own suites, if there is one."""
        return Path(self.suite_dir) if self.suite_dir else None

    def dated(self) -> Self:
        """The same with a day of the check, which is today where none was given; every run begins with it.

        >>> Settings(as_of=dt.date(2026, 1, 31)).dated().as_of
        datetime.date(2026, 1, 31)
        """
        return self if self.as_of is not None else replace(self, as_of=dt.datetime.now().astimezone().date())

    @property
    def own(self) -> tuple[str, ...]:
        """What belongs to the run and is no document of its corpus: the configuration, and the folder of suites."""
        return tuple(place for place in (self.file, self.suite_dir) if place)

    @property
    def day(self) -> dt.date:
        """The day of the check. Without one, outside of a run, no date is in the future: detectors ask no clock."""
        return dt.date.max if self.as_of is None else self.as_of

    @property
    def processes(self) -> int:
        """The number of worker processes, at least 1."""
        return self.workers or (
            len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        )


MOST_WORKERS = 1024
"""More processes than any one machine has cores."""

_CHOICES = {"date_order": ("auto", "dmy", "mdy", "ymd"), "fail_on": ("critical", "warning", "info")}
_FILES = ("provcheck.toml", "pyproject.toml")


def discover(start: Path) -> Path | None:
    """The nearest configuration file at `start` or above, or None; ``pyproject.toml`` counts if it has our table."""
    for folder in (start, *start.parents):
        for name in _FILES:
            path = folder / name
            if path.is_file() and (name == "provcheck.toml" or _table(path) is not None):
                return path
    return None


def load(path: Path, base: Settings) -> Settings:
    """`base` with what the file says.

    Raises ConfigError, naming every fault of the file at once.
    """
    table = _table(path) or {}
    problems: list[str] = []
    limits = _limits(table.pop("limits", {}), base.limits, problems)
    changes: dict[str, Any] = {
        key: _value(key, value, problems) for key, value in table.items() if _known(key, problems)
    }
    if problems:
        raise ConfigError(str(path), problems)
    for key in ("suite_dir", "baseline", "cache"):  # a path in a file is meant from that file
        if changes.get(key) is not None:
            changes[key] = str(path.parent / str(changes[key]))
    if "suites" in changes:
        changes["suites"] = tuple(str(path.parent / each) if is_file_of(each) else each for each in changes["suites"])
    return replace(base, limits=limits, file=str(path), **changes)


def is_file_of(suite: str) -> bool:
    """Whether a suite is named by its file, and not by a name to be looked up.

    >>> is_file_of("content"), is_file_of("ours.json"), is_file_of("suites/ours")
    (False, True, True)
    """
    return "/" in suite or "\\" in suite or suite.endswith(".json")


def _table(path: Path) -> dict[str, Any] | None:
    import tomllib  # noqa: PLC0415  # only where there is a file

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # some editors begin a file with its mark
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(str(path), [f"cannot be read: {error}"]) from error
    if path.name != "pyproject.toml":
        return data
    table = data.get("tool", {}).get("provcheck")
    if table is not None and not isinstance(table, dict):
        raise ConfigError(str(path), [f"[tool.provcheck] must be a table, not {table!r}"])
    return table


KEYS = [f.name for f in fields(Settings) if f.name != "file"]
"""What a configuration may set."""


def _known(key: str, problems: list[str], known: list[str] = KEYS) -> bool:
    if key in known:
        return True
    close = nearest(key, known)
    hint = f": did you mean {close!r}?" if close else f"; known: {', '.join(known)}"
    problems.append(f"unknown key {key!r}{hint}")
    return False


def _limits(table: object, base: Limits, problems: list[str]) -> Limits:
    if not isinstance(table, Mapping):
        problems.append("limits must be a table")
        return base
    known = [f.name for f in fields(Limits)]
    good = {}
    for key, value in table.items():
        if not _known(key, problems, known):
            continue
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            good[key] = value
        else:
            problems.append(f"limits.{key} must be a whole number above 0, not {value!r}")
    return replace(base, **good)


def _value(key: str, value: object, problems: list[str]) -> object:
    """The value in the field's own type; a fault is noted and the value given back as it is."""
    if key in _CHOICES and value not in _CHOICES[key]:
        problems.append(f"{key} must be one of {', '.join(_CHOICES[key])}, not {value!r}")
    elif key in ("exclude", "suites"):
        return _strings(key, value, problems)
    elif key == "waivers":
        return parse(value, problems)
    elif key == "columns":
        return _columns(value, problems)
    elif key == "as_of":
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        problems.append(f"as_of must be a date such as 2026-01-31, not {value!r}")
    elif key == "cache" and value is False:
        return None
    elif key == "workers":
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_WORKERS:
            problems.append(f"workers must be a whole number up to {MOST_WORKERS}, 0 for one a core, not {value!r}")
    elif not isinstance(value, str):
        problems.append(f"{key} must be a string, not {value!r}")
    elif key == "encoding" and charset(value) is None:
        problems.append(f"encoding must be one that Python knows, such as cp1252, not {value!r}")
    elif not value:
        problems.append(f"{key} must not be empty")
    return value


def _given(key: str, value: object, problems: list[str]) -> object:
    """A value from Python in the field's own type; a fault is noted."""
    if key == "limits":
        if not isinstance(value, Limits):
            problems.append(f"limits must be a value of Limits, not {value!r}")
        return value
    if key == "waivers":
        waivers = tuple(value) if isinstance(value, list | tuple) else (value,)
        if not all(isinstance(waiver, Waiver) for waiver in waivers):
            problems.append(f"waivers must be values of Waiver, not {value!r}")
        return waivers
    if value is None and key in ("encoding", "as_of", "suite_dir", "baseline", "cache", "file"):
        return None
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    return _value(key, value, problems)


def _strings(key: str, value: object, problems: list[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return tuple(value)
    problems.append(f"{key} must be a string or a list of strings, not {value!r}")
    return ()


def _columns(value: object, problems: list[str]) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        problems.append(f"columns must be a table of role = column, not {value!r}")
        return {}
    roles = ["text", *ROLES]
    return {
        role: _strings(f"columns.{role}", names, problems)
        for role, names in value.items()
        if _known(role, problems, roles)
    }
