"""The lines of a document among which its author is looked for, and where they stand to the article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provcheck.describe.body import Body
    from provcheck.model import Document

DEEP = 400
"""How many written lines are searched: half of them before the article."""

PROSE = 120
"""Shortest line, in characters, that is taken for the article's text."""

NEAR, BEHIND = 12, 4
"""Lines before the article, and behind it, that are near it."""

OPENING = 14
"""Lines of the article's beginning, which bylines interrupt; its second paragraph ends it."""


class Name(NamedTuple):
    """A name, the rule that found it, its characters in the document, and the place of its line (see `Written`).

    Names on lines that follow each other are one; `more` is how many lines there are below the first.
    """

    value: str
    rule: str
    start: int
    end: int
    order: int
    more: int = 0


class Written:
    """The lines of a document that are not blank, counted from the first that is searched.

    `first` and `last` are the places of the article's first and last line, `long` those of all long lines, `title` that
    of the headline, -1 where it has none.
    """

    def __init__(self, document: Document, kinds: Sequence[str | None], article: Body | None, headline: int) -> None:
        """The article is that of `bodies.article`; the headline is given by where it begins in the document, or -1."""
        lines = document.lines
        top = bisect_left(lines.filled, bisect_left(lines.starts, document.header_end))
        rank = bisect_left(lines.filled, article.first) if article else top
        begin = max(top, rank - DEEP // 2)
        self.document, self.kinds = document, kinds
        self.skipped = begin - top
        self.numbers = lines.filled[begin : begin + DEEP]
        self.texts = [lines.stripped[number] for number in self.numbers]
        self.long = [order for order, text in enumerate(self.texts) if len(text) >= PROSE]
        self.first = self.place(article.first) if article else 0
        self.last = self.place(article.last) if article else len(self.numbers)
        self.title = self.place(bisect_right(lines.starts, headline) - 1) if headline >= 0 else -1

    def place(self, line: int) -> int:
        """The place of the line of the document with this index, or of the next that is written."""
        return bisect_left(self.numbers, line)

    def raw(self, order: int) -> tuple[int, str]:
        """Where a line begins in the document, and its text with the white space around it."""
        lines, number = self.document.lines, self.numbers[order]
        return lines.starts[number], lines.texts[number]

    def text(self, order: int) -> str:
        """The text of a line without white space around it; nothing beyond the first and the last."""
        return self.texts[order] if 0 <= order < len(self.texts) else ""

    def is_near(self, order: int) -> bool:
        """Whether a line stands close to the article's text, or just behind the last of it."""
        after = bisect_right(self.long, order)
        follows = after < len(self.long) and self.long[after] <= order + NEAR
        last = self.long[-1] if self.long else -1
        return order + self.skipped < NEAR or follows or 0 <= order - last < BEHIND

    def is_early(self, order: int) -> bool:
        """Whether a line stands before the article's text or its second paragraph: further down it signs another."""
        return bisect_right(self.long, order) <= 1

    @cached_property
    def around(self) -> list[int]:
        """The places of lines near the article, in order: below the headline, before the second paragraph, behind."""
        second = next((order for order in self.long[1:] if order > self.first), self.first)
        spans = (
            range(self.title + 1, min(second, self.title + NEAR) + 1) if self.title >= 0 else range(0),
            range(self.first - NEAR, min(second, self.first + OPENING) + 1),
            range(self.last + 1, self.last + 1 + BEHIND),
        )
        return sorted({order for span in spans for order in span if 0 <= order < len(self.texts)} - {self.title})

    @cached_property
    def prose(self) -> str:
        """The long lines."""
        return "\n".join([self.texts[order] for order in self.long])
