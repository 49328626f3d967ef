"""Regular expressions that are compiled when they are first used.

To compile one takes up to some milliseconds (ranges of Han or Hangul cost most), and there are over two hundred; most
documents ask for a fraction of them, and so does ``provcheck --help``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import AnyStr, cast


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, but only a promise of a pattern: good for its methods and attributes, not for `isinstance`.

    >>> digits = late("[0-9]+")
    >>> digits.findall("1 and 23"), digits.pattern
    (['1', '23'], '[0-9]+')
    """
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))


class _Late:
    """A pattern to be: it gets each method of the compiled one when that is asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> object:
        """Python asks here only for what the object does not have: once for each method."""
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(_compiled(*self._source), name)
        setattr(self, name, found)
        return found


_compiled = cache(re.compile)
