"""What every floor above needs to know about text: where its lines are, and how to show it safely.

Line numbers in provcheck speak of the file as an editor shows it, so only ``\\n``, ``\\r\\n`` and a lone
``\\r`` end a line. `str.splitlines` also splits at form feeds, U+0085 and U+2028, which editors do not count;
using it would shift every number after the first such character.
"""

from __future__ import annotations

import codecs
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, compress
from operator import not_
from typing import TYPE_CHECKING

from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE_END = late(r"\r\n|\n|\r")

REMEMBERED = 1 << 12
"""How many answers about single lines are kept by those who remember them (`functools.lru_cache`).

In a crawl the lines of menus and credits come again from page to page, those of articles do not. So a pure function of
one short line (of some hundred characters, which its callers see to) may keep its last answers: the menus of some ten
outlets. It pays where an answer takes some microseconds and lines do come again; a text made to defeat it gains nothing
but misses. A line as `provcheck.describe.outlets.lines.alone` keeps it takes about a kilobyte, other answers less.
"""

QUOTE_LIMIT = 160
"""Longest quote kept as evidence, in characters: long enough to find the place, short enough for a terminal."""


_NO_CHARSETS = frozenset(
    ("idna", "punycode", "undefined", "charmap", "mbcs", "oem", "unicode-escape", "raw-unicode-escape")
)


def charset(name: str) -> str | None:
    """Python's name for an encoding of documents; None where Python has none of that name.

    Some of Python's codecs turn text into text, write host names or source code, or depend on the machine.

    >>> charset("Windows-1252"), charset("rot13"), charset("cp1525")
    ('cp1252', None, None)
    """
    if not name.isascii() or "\0" in name:
        return None
    try:
        info = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    known = getattr(info, "_is_text_encoding", True) and info.name.replace("_", "-") not in _NO_CHARSETS
    return info.name if known else None


@dataclass(frozen=True)
class Lines:
    """The lines of a text: `texts[i]` is `text[starts[i]:ends[i]]`, without its line end; numbers count from 1.

    A text that ends in a line end has no empty line after it, and an empty text has no lines. What all detectors ask
    of lines (`stripped`, `filled`) is made once, when the first of them asks.

    >>> lines = Lines.of("one\\r\\ntwo\\n")
    >>> lines.texts, lines.number_at(5)
    (('one', 'two'), 2)
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Lines:
        """Split a text of any length into its lines, in one pass."""
        if "\r" in text:
            spans = list(_spans(text))
            starts, ends = tuple(s for s, _ in spans), tuple(e for _, e in spans)
            return cls(starts, ends, tuple(text[s:e] for s, e in spans))
        texts = text.split("\n")
        if texts[-1] == "":
            texts.pop()
        begins = list(accumulate([len(line) + 1 for line in texts], initial=0))
        return cls(tuple(begins[:-1]), tuple([begin - 1 for begin in begins[1:]]), tuple(texts))

    def __len__(self) -> int:
        return len(self.texts)

    def beginning_at(self, offset: int) -> Lines:
        """The same lines, but for the one that holds the character at `offset`: what stands before that is left out.

        A header may end within a line, and the article begin there. Numbers stay what they are.

        >>> Lines.of("date 2018-03-15 The port.\\nSo.").beginning_at(16).texts
        ('The port.', 'So.')
        """
        at = bisect_right(self.starts, offset) - 1
        if at < 0 or not self.starts[at] < offset < self.ends[at]:
            return self
        rest = self.texts[at][offset - self.starts[at] :]
        return Lines(
            (*self.starts[:at], offset, *self.starts[at + 1 :]),
            self.ends,
            (*self.texts[:at], rest, *self.texts[at + 1 :]),
        )

    def number_at(self, offset: int) -> int:
        """The number (from 1) of the line that holds the character at `offset`; at least 1, also in an empty text."""
        number = bisect_right(self.starts, offset) or 1
        # Further behind the end of a line than its line end reaches, there is what `beginning_at` has left out.
        return number + (number < len(self.starts) and offset > self.ends[number - 1] + 1)

    @cached_property
    def stripped(self) -> tuple[str, ...]:
        """Each line without the white space around it."""
        return tuple(map(str.strip, self.texts))

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """The indices (from 0, in order) of the lines that are not blank."""
        return tuple(compress(range(len(self.texts)), self.stripped))

    @cached_property
    def blank(self) -> tuple[int, ...]:
        """The indices (from 0, in order) of the others."""
        return tuple(compress(range(len(self.texts)), map(not_, self.stripped)))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for end in _LINE_END.finditer(text):
        yield begin, end.start()
        begin = end.end()
    if begin < len(text):
        yield begin, len(text)


def together(texts: Sequence[str], most: int) -> Iterator[list[str]]:
    """The texts in their order, in parts of up to `most` characters; a longer one is a part by itself.

    >>> list(together(["one", "two", "three", ""], 6))
    [['one', 'two'], ['three', '']]
    """
    part: list[str] = []
    size = 0
    for text in texts:
        size += len(text)
        if part and size > most:
            yield part
            part, size = [], len(text)
        part.append(text)
    if part:
        yield part


def squeeze(text: str) -> str:
    """Every run of white space becomes one space, and the ends are trimmed.

    >>> squeeze("  a\\n b\\u00a0c ")
    'a b c'
    """
    return " ".join(text.split())


def quote(text: str, start: int, end: int, limit: int = QUOTE_LIMIT) -> str:
    """The span as evidence: squeezed, and cut in the middle with ``…`` where it is longer than `limit` characters.

    >>> quote("Published in  Dawn", 0, 18)
    'Published in Dawn'
    """
    keep = (limit - 1) // 2
    if end - start > 2 * limit:  # of a long span the two ends will do, unless they are hardly more than white space
        head, tail = squeeze(text[start : start + limit]), squeeze(text[end - limit : end])
        if len(head) > keep < len(tail):
            return f"{head[:keep].rstrip()}…{tail[-keep:].lstrip()}"
    if end - start > 4 * limit:
        half = text[start : start + 2 * limit], text[end - 2 * limit : end]
        shown = squeeze(" ".join(half))
    else:
        shown = squeeze(text[start:end])
    if len(shown) <= limit:
        return shown
    return f"{shown[:keep].rstrip()}…{shown[-keep:].lstrip()}"


def visible(text: str, *, keep_newlines: bool = False) -> str:
    """Make text inert for a terminal: each control, bidirectional or other invisible character is shown as an escape.

    Without this a document could move the cursor, recolour the screen or hide the end of a name
    (CVE-2021-42574 is the same trick in source code).

    >>> visible("a\\x1b[31mb\\u202ec")
    'a\\\\x1b[31mb\\\\u202ec'
    """
    if text.isprintable():
        return text
    return "".join(
        ch if _is_shown(ch, keep_newlines=keep_newlines) else ch.encode("unicode_escape").decode() for ch in text
    )


def _is_shown(ch: str, *, keep_newlines: bool) -> bool:
    if ch == "\n":
        return keep_newlines
    return ch.isprintable() or unicodedata.category(ch) == "Zs"
