"""The words of a document without case and accents, so that all cues of a detector are met by intersections of sets.

A line knows its words in small letters; a gazetteer knows names without accents as well (`names.fold`). Folding every
line would cost more than all the rest, folding each word of the vocabulary once costs little.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe.outlets.names import WORDS, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provcheck.text import Lines

LONGEST = 40
"""Words of more characters are no cue."""

CACHED = 1 << 14
"""How many words with accents are remembered; those of a corpus come again and again."""


class Spelt(NamedTuple):
    """The words of a document.

    `plain` are those that its lines have; `folded` what some of them are without accents, and `marked` which.
    """

    plain: frozenset[str]
    folded: frozenset[str]
    marked: dict[str, list[str]]

    @classmethod
    def of(cls, lines: Lines) -> Spelt:
        """Read the vocabulary of the lines.

        >>> from provcheck.text import Lines
        >>> sorted(Spelt.of(Lines.of("Über uns\\nAbout us")).those({"uber", "about"}))
        ['about', 'über']
        """
        marked: dict[str, list[str]] = {}
        # Han and kana have no accents.
        odd = [w for w in lines.vocabulary if not w.isascii() and w[0] < "\u3000"]
        joined = [w for w in lines.vocabulary if "_" in w] if any("_" in text for text in lines.texts) else ()
        for word in (*odd, *joined):
            for part in folds(word):
                marked.setdefault(part, []).append(word)
        return cls(lines.vocabulary, frozenset(marked), marked)

    def those(self, cues: frozenset[str] | set[str]) -> frozenset[str]:
        """The words, as the lines have them, that are one of the folded `cues`."""
        found, folded = self.plain & cues, self.folded & cues
        return found.union(*[self.marked[part] for part in folded]) if folded else found

    def __contains__(self, word: object) -> bool:
        """Whether a folded word is one of the document's."""
        return word in self.plain or word in self.folded

    def ends(self, name: str, most: int) -> tuple[frozenset[str], frozenset[str]]:
        """The first and the last words of all ways to write a name of no spaces in at most so many of the words.

        >>> words = Spelt(frozenset({"the", "harbour", "sun", "th"}), frozenset(), {})
        >>> words.ends("theharbour", 2) == ({"the"}, {"harbour"})
        True
        """
        size = len(name)
        # How few words lead from the beginning to a place, and from there to the end.
        to, back = {0: 0}, {size: 0}
        ways: list[tuple[int, int]] = []
        for begin in range(size):
            if to.get(begin, most) < most:
                for end in range(begin + 1, min(begin + LONGEST, size) + 1):
                    if name[begin:end] in self:
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
