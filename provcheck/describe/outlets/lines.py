"""Which lines of a document can speak of its publisher.

An article cites other outlets; the page around it speaks of its own. Long lines and sentences are taken for the
article, short lines for the page, unless the layout knows better. This is deliberately cruder than the layout: a
wrong guess here costs one clue of many.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe import shapes
from provcheck.describe.outlets.names import UNSPACED, words
from provcheck.patterns import late
from provcheck.text import REMEMBERED
from provcheck.writing import ends_sentence, is_small

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provcheck.model import Document, Layout

CHROME_LIMIT = 140
"""Longest line, in characters, that is taken for the page's own where the layout does not say; a third in CJK."""

BULLETS = 40
"""Characters that bullets and white space may add to it."""

KNOWN_CHROME_LIMIT = 600
"""Longest line looked at where the layout calls it boilerplate."""

PAGE_LINES = 500
"""Most lines of the page that are looked at: half from its top and half from its end."""

WRAP = (50, 100)
"""Shortest and longest line, in characters, that is taken for one of a wrapped paragraph."""

# A bullet, a number of a list, arrows and bars, as converters leave them before a menu entry.
_BULLET = late(r"[\s•·*|>»›\-–—#_]*(?:\d{1,2}\.\s+)?")  # noqa: RUF100


class Line(NamedTuple):
    """A line of the page: its text without bullets, what it looks like, and where it stands.

    `width` is its length in characters, those of a line in Han, kana or Hangul counted thrice; `sentence` says that it
    reads as prose; `words` are its words without case and accents. `number` is the line's index, `start` where the text
    begins in the document, and `place` the share of the document before it, from 0 to 1.
    """

    text: str
    width: int
    sentence: bool
    words: list[str]
    number: int = 0
    start: int = 0
    place: float = 0.0


class Page:
    """The page around the article of a document; each of its lines is read once, when it is first asked for."""

    def __init__(self, document: Document, layout: Layout) -> None:
        """Read nothing yet."""
        self.document, self.layout = document, layout
        self._read: dict[int, Line | None] = {}

    @cached_property
    def readable(self) -> list[int]:
        """The indices of the lines that may be of the page around the article, in order; most others are paragraphs."""
        lines, kinds, filled = self.document.lines, self.layout.kinds, self.document.lines.filled
        seen = filled[bisect_left(filled, bisect_left(lines.starts, self.document.header_end)) :]
        if len(lines) > PAGE_LINES:
            half, rest = PAGE_LINES // 2, len(lines) - PAGE_LINES // 2
            seen = tuple([n for n in seen if n < half or n >= rest])
        short, long = CHROME_LIMIT + BULLETS, KNOWN_CHROME_LIMIT
        sized = [(n, len(lines.texts[n])) for n in seen]
        return [n for n, size in sized if size <= short or (size <= long and n < len(kinds) and kinds[n] is not None)]

    def at(self, number: int) -> Line | None:
        """The line with the index `number`, or None where it is not of the page around the article."""
        if number not in self._read:
            self._read[number] = _line_at(self.document, self.layout, number)
        return self._read[number]

    def chrome(self, wanted: Iterable[int]) -> list[Line]:
        """Those of the lines with the indices `wanted` that are of the page around the article, in their order."""
        count = len(self.document.lines)
        half = PAGE_LINES // 2
        seen = (n for n in wanted if count <= PAGE_LINES or n < half or n >= count - half)
        return [line for n in seen if (line := self.at(n))]

    def first(self, most: int) -> list[int]:
        """The indices of the first `most` lines of the page around the article."""
        return list(islice((n for n in self.readable if self.at(n)), most))


def _line_at(document: Document, layout: Layout, number: int) -> Line | None:
    lines, kinds = document.lines, layout.kinds
    raw = lines.texts[number]
    size = len(raw)
    if not size or lines.starts[number] < document.header_end:
        return None
    flagged = number < len(kinds) and kinds[number] is not None
    if size > CHROME_LIMIT + BULLETS and not (flagged and size <= KNOWN_CHROME_LIMIT):
        return None
    if "©" not in raw and is_continued(lines.texts[number - 1] if number else "", raw):
        return None
    begin = _BULLET.match(raw).end()  # type: ignore[union-attr]  # the pattern matches the empty string
    text = raw[begin:].rstrip()
    if not text:
        return None
    line = alone(text)
    if line.width > CHROME_LIMIT and not flagged:
        return None
    return Line(text, line.width, line.sentence, line.words, number, lines.starts[number] + begin,
                number / len(lines))  # fmt: skip


@lru_cache(maxsize=REMEMBERED)
def alone(text: str) -> Line:
    """A line for itself, as if it were a document; menus come again and again, so the last ones are remembered."""
    width = len(text) * (3 if not text.isascii() and UNSPACED.search(text) else 1)
    sentence = ends_sentence(text[-4:]) and (text.count(" ") > 6 or width > 60)
    return Line(text, width, sentence, words(text))


def is_listed(document: Document, number: int) -> bool:
    """Whether a line is an entry of a list, and not the list's first: there, a site links to itself.

    >>> from provcheck.model import Document
    >>> document = Document.of("Friends\\n * Herald\\n * Bugle\\n")
    >>> is_listed(document, 1), is_listed(document, 2)
    (False, True)
    """
    lines = document.lines
    place = bisect_left(lines.filled, number)
    return place > 0 and all(lines.stripped[each][0] in shapes.BULLETS for each in lines.filled[place - 1 : place + 1])


def is_continued(before: str, line: str) -> bool:
    """Whether a line goes on with the sentence of the line before, as in texts that are wrapped at some width.

    Entries of a menu are shorter than a wrapped line and begin with a capital or a bullet.
    """
    return WRAP[0] <= len(before) <= WRAP[1] and (is_small(before[-1:]) or before[-1:] == ",") and line[:1].isalnum()
