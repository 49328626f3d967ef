"""The words of a page as the gazetteer writes them, so that all cues are met by intersections of sets.

A gazetteer knows names without case and accents (`names.fold`). To fold the page at once costs little, to fold line by
line would cost more than all the rest.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from provcheck.describe.letters import apart

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from provcheck.describe.outlets.lines import Page


class Spelt:
    """The folded words of the lines of a page, in small letters.

    `numbers` are the indices of the lines that were read, in order; `text` has their words, a line each, with spaces
    in place of all that is no word.
    """

    def __init__(self, page: Page) -> None:
        """Read the words of the page around the article: what its paragraphs say names no publisher.

        >>> from provcheck.describe.outlets.lines import Page
        >>> from provcheck.model import Document, Layout
        >>> Spelt(Page(Document.of("Über uns\\nAbout us!"), Layout((), ()))).text
        'uber uns\\nabout us '
        """
        stripped = page.document.lines.stripped
        self.numbers = page.readable
        self.text = apart("\n".join([stripped[number] for number in self.numbers]))

    def holding(self, cues: AbstractSet[str]) -> list[tuple[int, list[str]]]:
        """The lines that hold one of the words, in order: their indices (from 0) and all their words.

        >>> from provcheck.describe.outlets.lines import Page
        >>> from provcheck.model import Document, Layout
        >>> page = Page(Document.of("Menu\\nBy Jane Example\\nPhoto by Ann"), Layout((), ()))
        >>> Spelt(page).holding({"by", "von"})
        [(1, ['by', 'jane', 'example']), (2, ['photo', 'by', 'ann'])]
        """
        apart_from = cues.isdisjoint
        rows = self.text.split("\n")
        return [(at, row) for at, line in zip(self.numbers, rows, strict=False) if not apart_from(row := line.split())]

    def spelling(self, name: str) -> list[int]:
        """The indices of the lines whose words spell a name that has no spaces, or have it within what they spell.

        >>> from provcheck.describe.outlets.lines import Page
        >>> from provcheck.model import Document, Layout
        >>> Spelt(Page(Document.of("Menu\\nThe Harbour Sun"), Layout((), ()))).spelling("harboursun")
        [1]
        """
        joined, out = self._joined, []
        row, seen, at = 0, 0, joined.find(name) if name else -1
        while at >= 0:
            row += joined.count("\n", seen, at)
            out.append(self.numbers[row])
            seen = joined.find("\n", at)
            at = joined.find(name, seen) if seen >= 0 else -1
        return out

    @cached_property
    def _joined(self) -> str:
        return self.text.replace(" ", "")
