"""Which lines of a document could be its headline, and what speaks for each of them.

Every candidate is described by the names of the signs that it shows (``next:byline``, ``shared:4``); the names are the
keys of the weights in ``data/titles.json``. All signs are about shape, place, repetition and the words shared with the
article, so that they hold in every language; only a short table of byline words knows languages.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe import body as bodies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NEAR, FAR = 30, 6
"""How many candidates are taken before the article's beginning, and how many lines after it."""

SHORTEST, LONGEST = 12, 220
"""Length of a headline in characters; in scripts without spaces a third of `SHORTEST`."""

_MARK = re.compile(
    r"(?:[•·▪●◦‣*>–-]|\d{1,2}[.)]|#{1,6})"  # a bullet, a number in a list, or a heading's mark in Markdown
    r"[ \t]+"  # apart from the text
)
_WORD = re.compile(
    r"[^\W\d_]{4,}"  # a word of at least four letters: shorter ones are mostly articles and prepositions
    r"|\d{2,}",  # a number that is more than a digit
)
_STEM = 6
"""Letters of a word that count: what follows is mostly its ending."""

_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_PAIRED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PAIR = re.compile(r"(?=([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}))")
"""Pairs of letters where words are not parted, or, in Korean, run on into their particles."""

_DATE = re.compile(
    r"\b(?:19|20)\d\d\b"  # a year
    r"|\d{1,2}[:.h]\d\d\b"  # a time, or the beginning of 6.01.
    r"|\d{1,2}[./-]\d{1,2}[./-]\d\d"  # a date in digits
    r"|\d月|\d일"  # a Japanese, Chinese or Korean date
    r"|\b\d+ (?:min|hour|hr|day|Minute|Stunde|heure)"  # 5 minutes ago, 3 min read
)
_BYLINE = re.compile(
    r"(?:by|von|par|por|di|door|av|af|autor|autore|author|text|foto|photo|bild|przez|reported|written|story|opinion by|"
    r"yazan|oleh|tekst|szerző|kirjoittaja|автор|текст|от|από|बाय|द्वारा|記者|取材)\b[ :]",
    re.IGNORECASE,
)
_SIGN = re.compile(r"https?:|www\.|@|©|\(c\)|\|", re.IGNORECASE)
_TAIL = re.compile(r"\s+[|\-–—•·»:/]\s+")
"""What stands between a headline and the outlet's name in a page's title."""


_PAIRS = (
    ("next", "prev"), ("next", "after"), ("steps", "next"), ("steps", "shared"), ("listed", "next"), ("listed", "prev"),
    ("words", "shared"), ("words", "next"), ("words", "end"), ("share", "steps"), ("times", "shared"), ("echo", "listed"),
    ("rank", "start"), ("echo", "end"), ("lead", "next"), ("times", "steps"), ("listed", "shared"), ("dated", "next"),
)  # fmt: skip
"""Signs that mean more together than apart."""


class Line(NamedTuple):
    """A candidate: its text without list marks, the index of its line, and the signs that it shows."""

    text: str
    index: int
    signs: tuple[str, ...]


def candidates(texts: Sequence[str]) -> list[Line]:
    """All lines that could be the headline of a document, in the order of the text, with their signs.

    >>> lines = ["Home", "Old bridge closes in July", "By Ann Lee", "The council said on Monday that the old bridge "
    ...          "will close for repairs in the first week of July."]
    >>> [line.text for line in candidates(lines)]
    ['Old bridge closes in July']
    """
    page = _Page(texts)
    if page.body is None:
        return []
    plausible = page.plausible()
    page.own = {i: words(_bare(page.lines[i])) for i in plausible}
    return [Line(_bare(page.lines[i]), i, tuple(page.signs(i))) for i in plausible]


def _bare(line: str) -> str:
    """The line without a list mark.

    >>> _bare("2. Second"), _bare("• Point")
    ('Second', 'Point')
    """
    mark = _MARK.match(line)
    return line[mark.end() :] if mark else line


def words(text: str) -> set[str]:
    """The words that carry meaning, in lower case; pairs of letters in scripts without spaces."""
    found = {word[:_STEM] for word in _WORD.findall(text.lower())}
    if not text.isascii() and _PAIRED.search(text):
        found.update(_PAIR.findall(text))
    return found


def _bucket(value: float, limits: tuple[float, ...]) -> str:
    """The greatest limit not above the value, as text; ``<`` below all."""
    shown = "<"
    for limit in limits:
        if value < limit:
            break
        shown = str(limit)
    return shown


class _Page:
    """The lines of a page, and what all its candidates share."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.lines = [text.strip() for text in texts]
        self.body = bodies.find(self.lines)
        if self.body is None:
            return
        self.filled = [i for i, line in enumerate(self.lines) if line]
        self.rank = {i: r for r, i in enumerate(self.filled)}
        self.times = Counter(self.lines)
        article = "\n".join(self.lines[self.body.first : self.body.last + 1])
        self.lead = words(article[:600])
        self.words = self.lead | words(article[600:3600])
        self.first = next(i for i in self.filled)
        self.ends = len(self.lines)

    def plausible(self) -> list[int]:
        """The lines that have a headline's length: near the article's beginning, at the top, or elsewhere if repeated."""
        assert self.body is not None
        shaped = [i for i in self.filled if i < self.body.first and self._shaped(i)]
        after = [i for i in self.filled if self.body.first <= i < self.body.first + FAR and self._shaped(i)]
        near, rest = shaped[-NEAR:], shaped[:-NEAR]
        seen = {self.lines[i] for i in near}
        far = [i for i in rest if self.lines[i] not in seen and (self.times[self.lines[i]] > 1 or self._fits(i))]
        return [*far[-NEAR:], *near, *after]

    def _shaped(self, index: int) -> bool:
        line = self.lines[index]
        size = len(line)
        if size > LONGEST:
            return False
        return size >= SHORTEST and " " in line or (size * 3 >= SHORTEST and not line.isascii() and bool(_DENSE.search(line)))

    def _fits(self, index: int) -> bool:
        return len(words(self.lines[index]) & self.words) >= 3

    def signs(self, index: int) -> Iterator[str]:
        """The names of the signs that the line shows."""
        line = self.lines[index]
        bare = _bare(line)
        yield "bias"
        found = [*self._place(index), *self._shape(line, bare), *self._meaning(index, bare), *self._neighbours(index)]
        yield from found
        by = {sign.partition(":")[0]: sign for sign in found}
        for one, other in _PAIRS:
            yield f"{by.get(one, one + ':-')} {by.get(other, other + ':-')}"

    def _place(self, index: int) -> Iterator[str]:
        assert self.body is not None
        steps = self.rank[self.body.first] - self.rank[index] if self.body.first in self.rank else 0
        yield "steps:" + ("after" if steps < 0 else _bucket(steps, (0, 1, 2, 3, 4, 6, 9, 14, 25, 60)))
        rank = self.rank[index]
        yield "rank:" + _bucket(rank, (0, 1, 2, 4, 8, 20, 60))
        yield "start:" + _bucket(self.rank[self.body.first], (0, 1, 2, 4, 8, 20, 60))

    def _shape(self, line: str, bare: str) -> Iterator[str]:
        count = len(bare.split())
        if not bare.isascii() and (dense := len(_DENSE.findall(bare))) > 4:
            count = max(count, dense * 2 // 5)
        yield "words:" + _bucket(count, (2, 3, 4, 5, 7, 10, 15, 20, 26))
        end = bare[-1]
        yield "end:" + ("word" if end.isalnum() else end if end in ".,:;?!…\"»”)" else "other")
        if line != bare:
            yield "listed:" + ("number" if line[0].isdigit() else "mark")
        if _DATE.search(bare):
            yield "dated:y"
        if _BYLINE.match(bare):
            yield "byline"
        if _SIGN.search(bare):
            yield "sign"
        if bare.isupper():
            yield "capitals"
        if bare[0].islower():
            yield "lower"
        capitals = sum(word[0].isupper() for word in bare.split())
        if capitals == count and count < 5:
            yield "names"

    def _meaning(self, index: int, bare: str) -> Iterator[str]:
        own = self.own[index]
        shared = own & self.words
        yield "shared:" + _bucket(len(shared), (0, 1, 2, 3, 4, 6, 9))
        if own:
            yield "share:" + _bucket(len(shared) / len(own), (0, 0.01, 0.25, 0.5, 0.75, 1))
            yield "lead:" + _bucket(len(own & self.lead) / len(own), (0, 0.01, 0.2, 0.4, 0.6))
        times = self.times[self.lines[index]]
        yield "times:" + _bucket(times, (1, 2, 3, 4))
        if own:
            echo = max((len(own & other) / len(own | other) for i, other in self.own.items() if i != index and other
                        and self.lines[i] != self.lines[index]), default=0.0)
            yield "echo:" + _bucket(echo, (0, 0.2, 0.4, 0.6, 0.8))
        top = self.lines[self.first]
        if index != self.first and top.startswith(bare):
            yield "top"

    def _neighbours(self, index: int) -> Iterator[str]:
        rank = self.rank[index]
        yield "next:" + self._kind(rank + 1)
        yield "prev:" + self._kind(rank - 1)
        yield "after:" + self._kind(rank + 2)
        blank = (index > 0 and not self.lines[index - 1], index + 1 < self.ends and not self.lines[index + 1])
        yield "alone:" + "ny"[blank[0]] + "ny"[blank[1]]

    def _kind(self, rank: int) -> str:
        """What a neighbouring line looks like, in a word."""
        if not 0 <= rank < len(self.filled):
            return "edge"
        line = self.lines[self.filled[rank]]
        size = len(line)
        if _MARK.match(line):
            return "listed"
        if size < 100 and _BYLINE.match(line):
            return "byline"
        if size < 80 and _DATE.search(line):
            return "date"
        if bodies.weight(line) > 0:
            return "sentence"
        return "word" if size < 15 else "phrase" if size < 40 else "headline"
