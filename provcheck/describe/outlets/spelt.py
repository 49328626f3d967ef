"""The words of a document without case and accents, so that all cues of a detector are met by intersections of sets.

A line has its words in small letters; a gazetteer knows names without accents as well (`names.fold`). Folding every
line would cost more than all the rest, folding each word of the vocabulary once costs little.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe.outlets.letters import apart
from provcheck.describe.outlets.names import WORDS, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provcheck.describe.outlets.lines import Page

LONGEST = 40
"""Words of more characters are no cue."""

CACHED = 1 << 14
"""How many words with accents are remembered; those of a corpus come again and again."""


class Spelt(NamedTuple):
    """The words of a document.

    `plain` are those that its lines have; `folded` what some of them are without accents, and `marked` which; `foreign`
    those with letters beyond ASCII; `words` those of each line that was read, by its index, in small letters.
    """

    plain: frozenset[str]
    folded: frozenset[str]
    marked: dict[str, list[str]]
    foreign: tuple[str, ...]
    words: dict[int, list[str]]

    @classmethod
    def of(cls, page: Page) -> Spelt:
        """Read the words of the page around the article: what its paragraphs say names no publisher.

        >>> from provcheck.describe.outlets.lines import Page
        >>> from provcheck.model import Document, Layout
        >>> sorted(Spelt.of(Page(Document.of("Über uns\\nAbout us"), Layout((), ()))).those({"uber", "about"}))
        ['about', 'über']
        """
        text, read = page.document.text, page.readable
        shown = apart("\n".join([page.document.lines.stripped[number] for number in read]))
        words = dict(zip(read, [line.split() for line in shown.split("\n")], strict=False))
        vocabulary = frozenset(chain.from_iterable(words.values()))
        marked: dict[str, list[str]] = {}
        foreign = () if text.isascii() else tuple([word for word in vocabulary if not word.isascii()])
        joined = [word for word in vocabulary if "_" in word] if "_" in text else ()
        for word in (*foreign, *joined):
            # Han and kana have no accents.
            for part in folds(word) if word[0] < "\u3000" else ():
                marked.setdefault(part, []).append(word)
        return cls(vocabulary, frozenset(marked), marked, foreign, words)

    def holding(self, cues: frozenset[str] | set[str]) -> list[int]:
        """The indices (from 0, in order) of the lines that hold one of the words, which are as the lines have them.

        >>> from provcheck.describe.outlets.lines import Page
        >>> from provcheck.model import Document, Layout
        >>> page = Page(Document.of("Menu\\nBy Jane Example\\nPhoto by Ann"), Layout((), ()))
        >>> Spelt.of(page).holding({"by", "von"})
        [1, 2]
        """
        if cues.isdisjoint(self.plain):
            return []
        return [number for number, words in self.words.items() if not cues.isdisjoint(words)]

    def those(self, cues: frozenset[str] | set[str]) -> frozenset[str]:
        """The words, as the lines have them, that are one of the folded `cues`."""
        found, folded = self.plain & cues, self.folded & cues
        return found.union(*[self.marked[part] for part in folded]) if folded else found

    def ends(self, name: str, most: int) -> tuple[frozenset[str], frozenset[str]]:
        """The first and the last words of all ways to write a name of no spaces in at most so many of the words.

        >>> words = Spelt(frozenset({"the", "harbour", "sun", "th"}), frozenset(), {}, (), {})
        >>> words.ends("theharbour", 2) == ({"the"}, {"harbour"})
        True
        """
        size, plain, others = len(name), self.plain, self.folded
        # How few words lead from the beginning to a place, and from there to the end.
        to, back = {0: 0}, {size: 0}
        ways: list[tuple[int, int]] = []
        for begin in range(size):
            if to.get(begin, most) < most:
                for end in range(begin + 1, min(begin + LONGEST, size) + 1):
                    word = name[begin:end]
                    if word in plain or word in others:
                        ways.append((begin, end))
                        to[end] = min(to.get(end, most), to[begin] + 1)
        for begin, end in reversed(ways):
            if end in back:
                back[begin] = min(back.get(begin, most), back[end] + 1)
        whole = [(a, b) for a, b in ways if b in back and to[a] + 1 + back[b] <= most]
        first = {name[:end] for begin, end in whole if begin == 0}
        return self.those(first), self.those({name[begin:] for begin, end in whole if end == size})


@lru_cache(maxsize=CACHED)
def folds(word: str) -> tuple[str, ...]:
    """The folded words of one word with accents or underscores; none where it is too long for a cue."""
    return tuple(WORDS.findall(fold(word))) if len(word) <= LONGEST else ()


def folded(words: Iterable[str]) -> list[str]:
    """The words of a line, folded.

    >>> folded(["über", "about"])
    ['uber', 'about']
    """
    return [part for word in words for part in (folds(word) if "_" in word or not word.isascii() else (word,))]
