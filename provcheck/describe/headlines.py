"""Which lines of a document could be its headline, and what speaks for each of them.

Every candidate is described by the signs that it shows (``next: byline``, ``shared: 4``), which have their weights in
``data/titles.json``. Pairs of signs were tried as well and told no more than the signs alone. All signs are about
shape, place, repetition and the words shared with the article, so that they hold in every language; only a short
table of byline words knows languages.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe import body as bodies

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

NEAR, FAR, AFTER, REACH = 14, 6, 5, 120
"""Candidates taken just before the article; further away, up to `REACH` lines; and lines of the article looked at."""

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
    r"(?<!\d)(?:19|20)\d\d(?!\d)"  # a year
    r"|\d{1,2}[:.h]\d\d\b"  # a time, or the beginning of 6.01.
    r"|\d{1,2}[./-]\d{1,2}[./-]\d\d"  # a date in digits
    r"|\d月|\d일"  # a Japanese, Chinese or Korean date
    r"|\b\d+ (?:min|hour|hr|day|Minute|Stunde|heure)"  # 5 minutes ago, 3 min read
)
_DIGIT = re.compile(r"\d")
_BYLINE = re.compile(
    r"(?:by|von|par|por|di|door|av|af|autor|autore|author|text|foto|photo|bild|przez|reported|written|story|opinion by|"
    r"yazan|oleh|tekst|szerző|kirjoittaja|автор|текст|от|από|बाय|द्वारा|記者|取材)\b[ :]",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[@©|]|https?:|www\.")
"""What headlines do not hold: addresses, copyright marks, and the bar between a headline and a site's name."""


class Line(NamedTuple):
    """A candidate: its text without list marks, the row of its line (from 0), and the signs that it shows."""

    text: str
    row: int
    signs: Mapping[str, str]


def candidates(texts: Sequence[str]) -> list[Line]:
    """All lines that could be the headline of a document, in the order of the text, with their signs.

    >>> lines = ["Home", "Old bridge closes in July", "By Ann Lee", "The council said on Monday that the old bridge "
    ...          "will close for repairs in the first week of July."]
    >>> candidates(lines)[0].text
    'Old bridge closes in July'
    """
    page = _Page(texts)
    return page.candidates() if page.body else []


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


def _bucket(*limits: float) -> Callable[[float], str]:
    """A function that names the greatest limit not above a value, or ``<`` below all."""
    names = ("<", *map(str, limits))
    return lambda value: names[bisect_right(limits, value)]


_STEPS = _bucket(0, 1, 2, 3, 4, 6, 9, 14, 25, 60)
_RANKS = _bucket(0, 1, 2, 4, 8, 20, 60)
_COUNTS = _bucket(0, 1, 2, 3, 4, 6, 9)
_SHARES = _bucket(0, 0.01, 0.2, 0.4, 0.6, 0.8, 1)
_TIMES = _bucket(1, 2, 3, 4)
_WORDS = _bucket(2, 3, 4, 5, 7, 10, 15, 20, 26)


class _Page:
    """The lines of a page, and what all its candidates share."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.lines, self.body = bodies.find_in(tuple(texts))
        self.filled = [i for i, line in enumerate(self.lines) if line]
        self.times = Counter(self.lines)
        self.own: dict[int, set[str]] = {}
        self.echoes: dict[int, float] = {}
        if self.body is None:
            return
        self.start = bisect_left(self.filled, self.body.first)
        article = "\n".join(self.lines[self.body.first : min(self.body.last + 1, self.body.first + 80)])
        self.lead = words(article[:600])
        self.words = self.lead | words(article[600:2400])

    def candidates(self) -> list[Line]:
        """The lines that have a headline's length, with their signs."""
        plausible = self._plausible()
        bare = {rank: _bare(self.lines[self.filled[rank]]) for rank in plausible}
        self.own = {rank: words(text) for rank, text in bare.items()}
        self._hear(bare)
        around = {rank for at in plausible for rank in (at - 1, at + 1, at + 2)}
        kinds = {rank: self._kind(rank) for rank in around}
        return [Line(bare[rank], self.filled[rank], self._signs(rank, bare[rank], kinds)) for rank in plausible]

    def _plausible(self) -> list[int]:
        """Ranks among the filled lines: near the article's beginning, or elsewhere if repeated or on its subject."""
        near: list[int] = []
        far: list[int] = []
        for rank in range(self.start - 1, max(-1, self.start - REACH), -1):
            line = self.lines[self.filled[rank]]
            if not _shaped(line):
                continue
            if len(near) < NEAR:
                near.append(rank)
            elif len(far) < FAR and (self.times[line] > 1 or self._fits(line)):
                far.append(rank)
        top = [r for r in range(min(3, self.start - REACH)) if _shaped(self.lines[self.filled[r]])]
        after = [r for r in range(self.start, min(self.start + AFTER, len(self.filled)))
                 if _shaped(self.lines[self.filled[r]])]  # fmt: skip
        return sorted({*top, *far, *near, *after})

    def _fits(self, line: str) -> bool:
        return len({word[:_STEM] for word in line.lower().split() if len(word) > 3} & self.words) >= 3

    def _hear(self, bare: dict[int, str]) -> None:
        """For each candidate: the greatest share of words that it has in common with a different one."""
        holders: dict[str, list[int]] = {}
        for rank, own in self.own.items():
            for word in own:
                holders.setdefault(word, []).append(rank)
        common: dict[tuple[int, int], int] = {}
        for ranks in holders.values():
            if 1 < len(ranks) <= 5:
                for pair in combinations(ranks, 2):
                    common[pair] = common.get(pair, 0) + 1
        for (a, b), count in common.items():
            if bare[a] != bare[b]:
                share = count / len(self.own[a] | self.own[b])
                self.echoes[a] = max(share, self.echoes.get(a, 0.0))
                self.echoes[b] = max(share, self.echoes.get(b, 0.0))

    def _signs(self, rank: int, bare: str, kinds: dict[int, str]) -> dict[str, str]:
        """The signs that the line shows."""
        index = self.filled[rank]
        line = self.lines[index]
        before = index > 0 and not self.lines[index - 1]
        behind = index + 1 < len(self.lines) and not self.lines[index + 1]
        steps = self.start - rank
        own, echo = self.own[rank], self.echoes.get(rank, 0.0)
        shared = len(own & self.words)
        return {
            "next": kinds[rank + 1],
            "prev": kinds[rank - 1],
            "after": kinds[rank + 2],
            "alone": "ny"[before] + "ny"[behind],
            "steps": "after" if steps < 0 else _STEPS(steps),
            "rank": _RANKS(rank),
            "start": _RANKS(self.start),
            "shared": _COUNTS(shared),
            "times": _TIMES(self.times[line]),
            "echo": _SHARES(echo),
            "share": _SHARES(shared / len(own)) if own else "none",
            "lead": _SHARES(len(own & self.lead) / len(own)) if own else "none",
            "path": self._path(rank, line, echo),
            "top": "ny"[rank > 0 and self.lines[self.filled[0]].startswith(bare)],
            **_shape(line, bare),
        }

    def _path(self, rank: int, line: str, echo: float) -> str:
        """Whether the line ends a list, as the page's own title ends the path of sections; and whether it is echoed."""
        if not _MARK.match(line):
            return "n"
        following = self.lines[self.filled[rank + 1]] if rank + 1 < len(self.filled) else ""
        if _MARK.match(following):
            return "inside"
        return "echoed" if echo >= 0.5 else "last"

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
        if size < 80 and _dated(line):
            return "date"
        if bodies.weight(line) > 0:
            return "sentence"
        return "word" if size < 15 else "phrase" if size < 40 else "headline"


def _dated(line: str) -> bool:
    return bool(_DIGIT.search(line) and _DATE.search(line))


def _shaped(line: str) -> bool:
    """Whether the line has the length of a headline, and more than a word."""
    size = len(line)
    if size > LONGEST or size * 3 < SHORTEST:
        return False
    return (size >= SHORTEST and " " in line) or (not line.isascii() and bool(_DENSE.search(line)))


def _shape(line: str, bare: str) -> dict[str, str]:
    """Signs of the line alone."""
    split = bare.split()
    count = len(split)
    if not bare.isascii() and (dense := len(_DENSE.findall(bare))) > 4:
        count = max(count, dense * 2 // 5)
    end = bare[-1]
    signs = {
        "listed": "n" if line == bare else "number" if line[0].isdigit() else "mark",
        "dated": "y" if _dated(bare) else "n",
        "mark": "byline" if _BYLINE.match(bare) else "sign" if _SIGN.search(bare) else "n",
        "case": "mixed",
        "words": _WORDS(count),
        "end": "word" if end.isalnum() else end if end in '.,:;?!…"»”)' else "other",
    }
    if bare.isupper():
        signs["case"] = "upper"
    elif bare[0].islower():
        signs["case"] = "lower"
    elif count < 5 and all(word[0].isupper() for word in split):
        signs["case"] = "names"
    return signs
