"""Which files there are: every path below the arguments, in order, each once, and none of them lost in silence.

The rules, which the ledger counts where they leave something out:

- A name that begins with a dot, and what systems leave behind (``__MACOSX``, ``Thumbs.db``), is skipped, unless it is
  itself an argument.
- A folder that holds a report of provcheck is skipped, and so is the configuration that the run goes by, with its
  folder of suites.
- `exclude` patterns are globs: one without a slash is held against every name on the way, one with slashes against the
  path below the argument; ``**`` stands for any number of folders. An argument itself is never left out.
- A file that two arguments lead to is given once, below the first of them.
- A link to a file inside its source is read under its own name. A link to a folder inside is skipped, because the
  folder is read anyway. A link that leads out of the source, in a circle or to nothing is a row with the reason: an
  argument is a fence, and a corpus from a stranger must not be able to show what stands outside of it.
- Devices, pipes and sockets are refused by their file type and never opened: opening a pipe waits forever.

Names that are not UTF-8 are shown with their odd bytes as ``\\xe9``, so that every path can be printed and stored.
"""

# ruff: noqa: PTH112, PTH113, PTH114, PTH115, PTH116, PTH119, PTH120, PTH208  paths may hold bytes that are no text, and os.path
# costs a third of pathlib for each of a million files

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from provcheck import globs
from provcheck.errors import NoDocumentsError, SourceNotFoundError
from provcheck.model import Problem
from provcheck.readers.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HIDDEN, SYSTEM, EXCLUDED = "hidden", "left behind by a system", "excluded by the configuration"
REPORT, CONFIGURATION = "a report of provcheck", "the configuration of provcheck"
TWICE, LINKED = "given twice", "a link to a folder that is read anyway"

_SYSTEM_NAMES = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini", "$RECYCLE.BIN", "System Volume Information"})
_SPECIAL = {
    stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device",
}  # fmt: skip


class Source(NamedTuple):
    """A file to read.

    `location` is what the operating system opens; `path` and `relative` are as in `provcheck.model.Origin`; `size`
    is the number of bytes that the file system states. With a `problem`, the file is not to be opened.
    """

    location: str
    path: str
    relative: str
    size: int = 0
    problem: Problem | None = None


class _Root(NamedTuple):
    location: str
    shown: str
    real: str


def find(
    paths: Iterable[str],
    exclude: Sequence[str] = (),
    ledger: Ledger | None = None,
    looked_for: Iterable[str] = (),
    own: Iterable[str] = (),
) -> Iterator[Source]:
    """Every file at or below the paths, sorted by path, without what is the run's `own`: its configuration and suites.

    `looked_for` are the file endings that are named when nothing is found. Raises SourceNotFoundError, before the
    first source, for a path that is not there, and NoDocumentsError where there is no file at all.

    >>> [s.relative for s in find(["provcheck/readers/sources.py"])]
    ['sources.py']
    """
    books = Ledger() if ledger is None else ledger
    given = list(paths)
    patterns = [globs.split(p) for p in exclude]
    before = books.files
    places = [(os.path.realpath(path), os.path.basename(path.rstrip("/"))) for path in own]
    for root in _roots(given, books):
        # What is itself an argument, or below one of its folders, is read.
        own_here = [(real, name) for real, name in places if not _holds(real, root.real)]
        for source in _below(root, patterns, books):
            if any(name in source.path and _holds(real, os.path.realpath(source.location)) for real, name in own_here):
                books.skip(source.path, CONFIGURATION)
                continue
            books.found(source.size)
            yield source
    if books.files == before:
        raise NoDocumentsError(given, looked_for)


def _holds(place: str, path: str) -> bool:
    """Whether a path is a file or a folder, or lies below it; both without links."""
    return path == place or path.startswith(place + "/")


def printable(name: str) -> str:
    """A file name as text that can be stored: bytes that are not UTF-8 become escapes.

    >>> printable("caf\\udce9.txt")
    'caf\\\\xe9.txt'
    """
    return name if name.isascii() else name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def skipped(name: str) -> str | None:
    """The rule by which a file or folder of this name is left out, or None."""
    if name.startswith("."):
        return HIDDEN
    return SYSTEM if name in _SYSTEM_NAMES else None


def _roots(paths: list[str], ledger: Ledger) -> list[_Root]:
    """The arguments in the order of what they hold, without those that another one holds already."""
    roots = []
    for given in paths:
        if not os.path.lexists(given):
            raise SourceNotFoundError(printable(given), _siblings(given))
        location = Path(given).as_posix()
        roots.append(_Root(location, printable(location), os.path.realpath(given)))
    kept: list[_Root] = []
    for root in sorted(roots, key=lambda r: (len(r.real), r.shown)):
        if any(root.real == k.real or root.real.startswith(k.real.rstrip("/") + "/") for k in kept):
            ledger.skip(root.shown, TWICE)
        else:
            kept.append(root)
    return sorted(kept, key=lambda r: r.shown + "/" if Path(r.location).is_dir() else r.shown)


def _siblings(given: str) -> list[str]:
    try:
        return sorted(map(printable, os.listdir(os.path.dirname(given.rstrip("/")) or ".")))
    except OSError:
        return []


def _below(root: _Root, patterns: Sequence[tuple[str, ...]], ledger: Ledger) -> Iterator[Source]:
    """The files of one argument, sorted by path; a stack instead of recursion, for trees of any depth."""
    if not os.path.isdir(root.location):
        yield _source(root, root.location, os.path.basename(root.location) or root.shown, link=False)
        return
    stack = [iter(_listing(root, "", patterns, ledger))]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif isinstance(item, Source):
            yield item
        else:
            stack.append(iter(_listing(root, item, patterns, ledger)))


def _listing(
    root: _Root, below: str, patterns: Sequence[tuple[str, ...]], ledger: Ledger
) -> list[Source] | list[Source | str]:
    """What one folder holds: a source for a file, the path below the root for a folder, in the order of their paths."""
    location = f"{root.location.rstrip('/')}/{below}" if below else root.location
    try:
        with os.scandir(location) as entries:
            # A folder sorts as its name with the slash that follows it, so that all paths below come out sorted.
            named = sorted(
                (printable(e.name) + ("/" if e.is_dir(follow_symlinks=False) else ""), e.name, e) for e in entries
            )
    except OSError as error:
        problem = Problem("PC101", f"the folder cannot be listed: {os.strerror(error.errno or errno.EIO)}")
        return [Source(location, printable(location), printable(below) or ".", 0, problem)]
    found: list[Source | str] = []
    for shown, name, entry in named:
        relative = f"{below}/{name}" if below else name
        path = f"{root.location.rstrip('/')}/{relative}"
        rule = skipped(name) or (EXCLUDED if patterns and globs.matches(printable(relative), patterns) else None)
        link = entry.is_symlink()
        if rule is None and link and _is_folder_inside(path, root):
            rule = LINKED
        if rule is None and shown.endswith("/") and _is_report(path):
            rule = REPORT
        if rule:
            ledger.skip(printable(path), rule)
        else:
            found.append(relative if shown.endswith("/") else _source(root, path, relative, link=link))
    return found


def _is_folder_inside(path: str, root: _Root) -> bool:
    """Tell whether a link leads to a folder of its source that is read under its own name (and not to one above it)."""
    real, home = os.path.realpath(path), os.path.realpath(os.path.dirname(path))
    return os.path.isdir(real) and real.startswith(root.real + "/") and not (home + "/").startswith(real + "/")


def _is_report(folder: str) -> bool:
    """Tell whether a folder was written by `validate`: it must not be judged as a part of the corpus it stands in."""
    frame = f"{folder}/documents.parquet"  # a folder where Spark wrote it
    return os.path.isfile(f"{folder}/results.json") and (os.path.isfile(frame) or os.path.isdir(frame))


def _source(root: _Root, path: str, relative: str, *, link: bool) -> Source:
    """The file at a path; a `link` is judged by where it leads, but for an argument, which may be one."""
    size, problem = 0, None
    try:
        status = os.stat(path)
    except OSError as error:
        problem = _unreachable(path, error)
    else:
        kind = stat.S_IFMT(status.st_mode)
        if link:
            problem = _bad_link(path, root, kind)
        if problem is None and kind != stat.S_IFREG:
            problem = Problem("PC109", _SPECIAL.get(kind, "not a regular file"))
        size = 0 if problem else status.st_size
    return Source(path, printable(path), printable(relative), size, problem)


def _unreachable(path: str, error: OSError) -> Problem:
    if error.errno == errno.ELOOP:
        return Problem("PC109", "a link that leads in a circle")
    if os.path.islink(path) and error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Problem("PC101", f"a link to {printable(os.readlink(path))!r}, which is not there")
    return Problem("PC101", os.strerror(error.errno or errno.EIO))


def _bad_link(path: str, root: _Root, kind: int) -> Problem | None:
    real = os.path.realpath(path)
    if real == root.real or (root.real + "/").startswith(real.rstrip("/") + "/"):
        return Problem("PC109", "a link that leads in a circle, to a folder that holds it")
    if not real.startswith(root.real.rstrip("/") + "/"):
        return Problem("PC109", f"a link that leads out of the source, to {printable(real)!r}")
    return (
        Problem("PC109", "a link that leads in a circle, to a folder that holds it") if kind == stat.S_IFDIR else None
    )
