"""Every error that provcheck raises for its user.

Bad input is no error: a document that cannot be read becomes a row with an ingest code (`provcheck.rules.ingest`).
An error means that the run itself cannot go on, and its message says what happened, where, and what to do::

    ProvcheckError                 the root: catch this one; the command line exits with 2
    ├── UnknownNameError           a suite, rule, column or format that does not exist, with the near miss
    ├── SourceNotFoundError        a path on the command line that is not there
    ├── NoDocumentsError           the paths are there and hold nothing that could be a document
    ├── ConfigError                a configuration file with unknown keys or wrong values: all of them at once
    ├── SuiteError                 a suite that does not load, is empty, or asks for what the frame does not have
    ├── BaselineError              a baseline that is not there, is none, or cannot be read by this version
    ├── OutputError                the report cannot be written
    ├── CacheError                 a cache that would stand in the corpus
    ├── StatementError             a statement that is none, is damaged or hostile, or that another tool has written
    ├── SameNameError              two files that a statement would call by the same name
    ├── KeyFileError               a key that cannot sign or check, or nothing installed that can
    ├── SourcesChangedError        sources that changed while they were examined, so that nothing can be stated of them
    ├── EngineError                an engine that is not installed, does not start, or cannot take the input as it is
    └── FilesExistError            files that would be written are there already: all of them at once
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_NAMED = 5
"""How many of many names a message holds."""


class ProvcheckError(Exception):
    """The run cannot go on, for a reason that the user can mend."""


class UnknownNameError(ProvcheckError):
    """A name that stands in no table."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        """`kind` is a noun (``"rule"``), `known` the names that would have been right."""
        names = sorted(known)
        super().__init__(f"unknown {kind} {name!r}: {near_miss(name, names)}")
        self.kind, self.name, self.known = kind, name, tuple(names)


class SourceNotFoundError(ProvcheckError):
    """A path that is not there."""

    def __init__(self, path: str, siblings: Iterable[str] = ()) -> None:
        """`siblings` are the names in the path's folder, from which the near miss is taken."""
        close = nearest(path.rsplit("/", 1)[-1], siblings)
        hint = f"; did you mean {close!r}?" if close else ""
        super().__init__(f"no such file or folder: {path!r}{hint}")
        self.path = path


class NoDocumentsError(ProvcheckError):
    """Paths that hold no documents at all."""

    def __init__(self, paths: Sequence[str], looked_for: Iterable[str]) -> None:
        """`looked_for` are the file endings that would have been read."""
        where = f"no documents in {', '.join(map(repr, paths))}: looked for files ending in"
        super().__init__(f"{where} {' '.join(sorted(looked_for))}" if paths else "no documents: no path was given")


class ConfigError(ProvcheckError):
    """A configuration with faults, all named at once."""

    def __init__(self, path: str, problems: Sequence[str]) -> None:
        """`problems` are sentences, one for each fault, in the order of the file."""
        super().__init__(
            "\n".join([f"{path}: {len(problems)} fault(s) in the configuration", *(f"  {p}" for p in problems)])
        )
        self.path, self.problems = path, tuple(problems)


class SuiteError(ProvcheckError):
    """A suite that cannot judge anything."""

    def __init__(self, suite: str, problem: str) -> None:
        """`suite` is the suite's name or file, `problem` what is wrong with it and what to do."""
        super().__init__(f"suite {suite}: {problem}")
        self.suite, self.problem = suite, problem


class BaselineError(ProvcheckError):
    """A baseline that cannot be used; a gate that went on without it would count old faults as new."""

    def __init__(self, path: str, problem: str) -> None:
        """`problem` says what is wrong with the file and what to do."""
        super().__init__(f"baseline {path!r}: {problem}")
        self.path, self.problem = path, problem


class OutputError(ProvcheckError):
    """A report that cannot be written."""

    def __init__(self, path: str, reason: str, option: str = "--output") -> None:
        """`reason` is the operating system's word, such as ``No space left on device``, `option` what names a place."""
        super().__init__(f"cannot write {path!r}: {reason}; choose another place with {option}")
        self.path, self.reason = path, reason


class CacheError(ProvcheckError):
    """A cache that cannot stand where it should."""

    def __init__(self, path: str, source: str) -> None:
        """`source` is the source that the folder lies in."""
        super().__init__(
            f"the cache {path!r} would stand in the source {source!r}, which is never written to; "
            "choose another folder with --cache, or none with --no-cache"
        )
        self.path, self.source = path, source


class StatementError(ProvcheckError):
    """A statement that cannot be read, or not be written."""

    def __init__(self, path: str, problem: str) -> None:
        """`problem` says what is wrong with it and, where there is something to do, what."""
        super().__init__(f"statement {path!r}: {problem}")
        self.path, self.problem = path, problem


class SameNameError(ProvcheckError):
    """Two files of one name; of a statement nobody could tell which of them it means."""

    def __init__(self, name: str) -> None:
        """`name` is what both would be called."""
        super().__init__(
            f"two files would both be called {name!r} in the statement; give the folder above them, or rename one"
        )
        self.name = name


class KeyFileError(ProvcheckError):
    """A key that cannot be used."""

    def __init__(self, path: str, problem: str) -> None:
        """`problem` says what is wrong with the key, or what is missing to use it, and what to do."""
        super().__init__(f"key {path!r}: {problem}")
        self.path, self.problem = path, problem


class SourcesChangedError(ProvcheckError):
    """Files that did not stay as they were examined."""

    def __init__(self, names: Sequence[str]) -> None:
        """`names` are all files that changed, came or went; the message has the first of them."""
        shown = ", ".join(map(repr, names[:MOST_NAMED]))
        more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
        super().__init__(
            f"{shown}{more} changed while the corpus was examined, so nothing can be stated of it; "
            "nothing was written: run again when nobody writes there"
        )
        self.names = tuple(names)


class EngineError(ProvcheckError):
    """An engine that cannot do what is asked of it, and must not do something else instead."""

    def __init__(self, problem: str, remedy: str) -> None:
        """`problem` says what is wrong, as a phrase without a full stop, `remedy` what to do about it."""
        super().__init__(f"{problem}; {remedy}")
        self.problem, self.remedy = problem, remedy


class FilesExistError(ProvcheckError):
    """Files of the user's that stand where a new one would go, and that are never overwritten."""

    def __init__(self, paths: Sequence[str], advice: str) -> None:
        """`paths` are all that are in the way; `advice` says how to go on without them."""
        lines = (f"  {path} is there already" for path in paths)
        super().__init__("\n".join(["nothing was written, because files are in the way", *lines, advice]))
        self.paths = tuple(paths)


def near_miss(name: str, known: Sequence[str]) -> str:
    """A hint for a wrong name: the closest right one, or else all of them.

    >>> near_miss("contant", ["content", "integrity"])
    "did you mean 'content'?"
    """
    close = nearest(name, known)
    return f"did you mean {close!r}?" if close else f"known: {', '.join(known)}"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of the known names that is most like `name`, None where none is.

    >>> nearest("contant", ["content", "integrity"]), nearest("xyz", ["content"])
    ('content', None)
    """
    import difflib  # noqa: PLC0415  # heavy, and only errors need it

    return next(iter(difflib.get_close_matches(name, list(known), n=1)), None)
