"""Which files were examined, told by their bytes: what a statement on a corpus speaks of.

A small file is read at once, and the digest is that of the very bytes that are examined. A large one is read in
pieces, forwards and backwards, so its digest is taken before it is examined; it counts only if the file has the same
digest afterwards and its inode says that nothing was written meanwhile. `disk` gives the second look, at all files.

A file is told by its name below the path that was given, so that the statement holds on every machine. Where several
paths were given, the name begins with the last part of the path: two folders may both hold an ``a.txt``.
"""

# ruff: noqa: PTH116, PTH119  paths may hold bytes that are no text, as in `provcheck.readers.sources`

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from provcheck import plainly, readers
from provcheck.errors import NoDocumentsError, SameNameError
from provcheck.readers.sources import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from provcheck.readers import File, Source

Identity = tuple[int, ...]
"""What a file system says of a file's bytes: device, inode, size, and the times of the last write and change."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of files below the given paths: `roots` maps each path to what the names below it begin with."""

    roots: Mapping[str, str]

    @classmethod
    def below(cls, paths: Sequence[str]) -> Self:
        """The names for these paths."""
        given = sorted({Path(path).as_posix() for path in paths})
        if len(given) == 1:
            return cls({given[0].rstrip("/"): ""})
        return cls({path.rstrip("/"): _last(path) for path in given})

    def of(self, location: str) -> str:
        """The name of a file as the system knows it: odd bytes are surrogates; a given file has its last name.

        >>> Names.below(["corpus"]).of("corpus/a/b.txt"), Names.below(["x/new", "old"]).of("x/new/a.txt")
        ('a/b.txt', 'new/a.txt')
        """
        if location in self.roots:
            return os.path.basename(location)
        cut = -1
        while (cut := location.find("/", cut + 1)) >= 0:
            if location[:cut] in self.roots:
                return self.roots[location[:cut]] + location[cut + 1 :]
        return location

    def places(self, names: Iterable[str]) -> list[str]:
        """Where files of these names would lie below the given paths."""
        return [
            f"{root}/{name.removeprefix(begin)}"
            for name in names
            for root, begin in self.roots.items()
            if name.startswith(begin)
        ]

    def inside(self, locations: Iterable[str]) -> list[str]:
        """The names of those files or folders that lie below the given paths, sorted."""
        found = set()
        for real in map(os.path.realpath, locations):
            for root, begin in self.roots.items():
                above = os.path.realpath(root or "/")
                if real.startswith(above.rstrip("/") + "/"):
                    found.add(printable(begin + real[len(above.rstrip("/")) + 1 :]))
        return sorted(found)


@dataclass(slots=True)
class Witness:
    """Notes the digest of every file that it passes on to be examined.

    `digests` maps names to SHA-256, or to None for a file that cannot be read; `reasons` have the rule that says why.
    `odd` has the bytes of names that are not UTF-8, `marks` the identities of files whose digest was taken beforehand,
    with their locations.
    """

    names: Names
    digests: dict[str, str | None] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    odd: dict[str, bytes] = field(default_factory=dict)
    marks: dict[str, tuple[str, Identity]] = field(default_factory=dict)

    def __call__(self, files: Iterable[File]) -> Iterator[File]:
        """Pass the files on; raises SameNameError where two would have the same name."""
        for file in files:
            self._note(*file)
            yield file

    def written(self) -> list[str]:
        """The names of files whose inode says that something was written to them since their digest was taken."""
        return [name for name, (location, before) in self.marks.items() if _identity(location) != before]

    def _note(self, source: Source, raw: bytes | None) -> None:
        known = self.names.of(source.location)
        name = printable(known)
        if name in self.digests:
            raise SameNameError(name)
        if not name.isascii() or name != known:
            encoded = os.fsencode(known)
            if encoded != name.encode("utf-8", "surrogatepass"):
                self.odd[name] = encoded
        if raw is not None:
            self.digests[name] = hashlib.sha256(raw).hexdigest()
            return
        before = _identity(source.location)
        self.digests[name] = digest(source)
        if self.digests[name] is None:
            self.reasons[name] = source.problem.code if source.problem else "PC101"
        elif before:
            self.marks[name] = source.location, before


def disk(
    paths: Sequence[str], names: Names, exclude: Sequence[str] = (), own: Iterable[str] = ()
) -> Iterator[tuple[str, str | None]]:
    """The name and the digest of every file below the paths as it is now; `exclude` and `own` are as for a run."""
    for source in _found(paths, exclude, own):
        yield printable(names.of(source.location)), digest(source)


def digest(source: Source) -> str | None:
    """The SHA-256 of a file, or None for one that cannot be read, or must not be."""
    if source.problem:
        return None
    try:
        with plainly.opened(source.location) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() if file else None
    except OSError:
        return None


def _found(paths: Sequence[str], exclude: Sequence[str], own: Iterable[str]) -> Iterator[Source]:
    try:
        yield from readers.find(paths, exclude, None, (), own)
    except NoDocumentsError:
        return  # then all files are missing, which is for the caller to say


def _identity(location: str) -> Identity | None:
    try:
        status = os.stat(location)
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _last(path: str) -> str:
    name = os.path.basename(path.rstrip("/"))
    if name in ("", ".", ".."):
        name = os.path.basename(os.path.realpath(path))
    return f"{name}/" if name else ""
