"""Patterns of paths, the same for all that a configuration says of paths: what is left out, and what is waived.

A pattern without a slash is held against the last name of a path, one with slashes against the whole path; ``**``
stands for any number of folders. Case counts, on every system.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def split(pattern: str) -> tuple[str, ...]:
    """A pattern as `matches` wants it: split at its slashes.

    >>> split("raw/**/*.txt")
    ('raw', '**', '*.txt')
    """
    return tuple(pattern.strip("/").split("/"))


def matches(path: str, patterns: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether a path fits one of the patterns.

    >>> matches("raw/2018/a.txt", [split("raw/**/*.txt")]), matches("raw/2018", [split("20*")])
    (True, True)
    """
    names = path.split("/")
    return any(fnmatchcase(names[-1], p[0]) if len(p) == 1 and p[0] != "**" else _fits(p, names) for p in patterns)


def endings(path: str, relative: str) -> Iterator[str]:
    """The path below the source, and the longer ones by the folders that led to the source, from the nearest on.

    What is a source differs from run to run: the whole corpus, a folder of it, or the files of one commit.

    >>> list(endings("corpus/raw/2018/a.txt", "2018/a.txt"))
    ['2018/a.txt', 'raw/2018/a.txt', 'corpus/raw/2018/a.txt']
    """
    yield relative
    above = path[: -len(relative)].split("/") if path.endswith(f"/{relative}") else []
    for begin in range(len(above) - 2, -1, -1):
        yield "/".join(above[begin:]) + relative


def _fits(pattern: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a pattern takes all the names; it goes once through the pattern, however many ``**`` there are."""
    taken = {0}
    for part in pattern:
        if part == "**":
            taken = set(range(min(taken), len(names) + 1))
        else:
            taken = {at + 1 for at in taken if at < len(names) and fnmatchcase(names[at], part)}
        if not taken:
            return False
    return len(names) in taken
