"""Patterns of paths, the same for all that a configuration says of paths: what is left out, and what is waived.

A pattern without a slash is held against the last name of a path, one with slashes against the whole path; ``**``
stands for any number of folders. Case counts, on every system.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


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


def _fits(pattern: Sequence[str], names: Sequence[str]) -> bool:
    if not pattern:
        return not names
    if pattern[0] == "**":
        return any(_fits(pattern[1:], names[i:]) for i in range(len(names) + 1))
    return bool(names) and fnmatchcase(names[0], pattern[0]) and _fits(pattern[1:], names[1:])
