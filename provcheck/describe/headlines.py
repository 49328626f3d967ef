"""Which lines of a document could be its headline, and what speaks for each of them.

Every candidate is described by the signs that it shows (``next: byline``, ``shared: 4``), which have their weights in
``data/titles.json``: one set for pages, another for bare texts, in which a headline and a lead are all that can stand
at the top. Pairs of signs were tried as well and told no more than the signs alone. All signs are about shape, place,
repetition and the words shared with the article, so that they hold in every language; only a short table of byline
words knows languages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cached_property
from itertools import combinations, islice
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe import body as bodies
from provcheck.describe import shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from provcheck.describe.body import Body

NEAR, FAR, AFTER, REACH = 11, 6, 3, 120
"""Candidates taken just before the article; further away, up to `REACH` lines; and lines of the article looked at."""

LEAD, READ = 500, 1500
"""Characters of the article that are its lead, and that are read of it."""

HEAD = 4
"""Lines that may stand above the article of a text without a page around it: a headline, a byline, a date."""

FOLLOWING = 8
"""How many lines of a text without a page around it are compared with its first."""

PATH_LINES = 60
"""Filled lines from the top in which a path of sections is looked for."""


class Line(NamedTuple):
    """A candidate: its text without list marks, the row of its line (from 0), and the signs that it shows.

    `bare` tells that the text has no page around it.
    """

    text: str
    row: int
    signs: Mapping[str, str]
    bare: bool


def candidates_of(
    pages: Iterable[tuple[Sequence[str], Sequence[str | None], Body | None]], may: Callable[[int, str], bool]
) -> list[list[Line]]:
    """All lines that could be the headlines of documents, in the order of the text, with their signs.

    Of each document there are the lines without the white space around them, their kinds in the layout, and the
    article. `may` tells by the number of the document whether a line, without its list mark, can be a headline at all.
    Each step goes through all documents before the next.

    >>> lines = ["Home", "Old bridge closes in July", "By Ann Lee", "The council said on Monday that the old bridge "
    ...          "will close for repairs in the first week of July."]
    >>> [[line]] = candidates_of([(lines, (), bodies.article(lines, ()))], lambda page, text: "bridge" in text)
    >>> line.text
    'Old bridge closes in July'
    """
    read = [_Page(lines, kinds, article) if article else None for lines, kinds, article in pages]
    ranks = [
        [rank for rank in page.plausible() if may(number, page.bare_at(rank))] if page else []
        for number, page in enumerate(read)
    ]
    return [page.lines_at(places) if page and places else [] for page, places in zip(read, ranks, strict=True)]


class _Page:
    """The lines of a page with an article, and what all its candidates share."""

    def __init__(self, lines: Sequence[str], kinds: Sequence[str | None], article: Body) -> None:
        self.lines, self.kinds, self.body = lines, kinds, article
        self.filled = [i for i, line in enumerate(self.lines) if line]
        self.times = Counter([lines[index] for index in self.filled])
        self.start = bisect_left(self.filled, article.first)
        self.bare = self.start <= HEAD and not any(kinds)

    @cached_property
    def article(self) -> str:
        """The beginning of the article, which is all that is read of it."""
        parts, size = [], 0
        for line in self.lines[self.body.first : self.body.last + 1]:
            parts.append(line)
            size += len(line)
            if size > READ:
                break
        return "\n".join(parts)[:READ]

    @cached_property
    def listed(self) -> Counter[str]:
        """What stands behind the list marks of the different lines that may begin with one, and of how many."""
        return Counter([shapes.bare_of(line) for line in self.times if line[0] in shapes.MARKS])

    def bare_at(self, rank: int) -> str:
        """The line with this rank, without a list mark."""
        return shapes.bare_of(self.lines[self.filled[rank]])

    def said(self, bare: str) -> int:
        """How many lines say this, with or without a list mark."""
        return self.times.get(bare, 0) + self.listed.get(bare, 0)

    @cached_property
    def lead_and_words(self) -> tuple[set[str], set[str]]:
        """The words of the lead, and those of the article's beginning, which has it."""
        article = self.article.replace("\n", " ")
        lead, rest = shapes.words_of([article[:LEAD], article[LEAD:]])
        return lead, lead | rest

    def lines_at(self, ranks: list[int]) -> list[Line]:
        """The lines with these ranks, of which there is one at least, and their signs."""
        lines = [self.lines[self.filled[rank]] for rank in ranks]
        bare = [shapes.bare_of(line) for line in lines]
        own = shapes.words_of(bare)
        echoes = _echoes(bare, own)
        columns = {**self._places(ranks), **self._shared(bare, own, echoes), **self._further(ranks, bare, echoes)}
        signs = [
            {**dict(zip(columns, values, strict=True)), **shapes.shape(line, text)}
            for line, text, values in zip(lines, bare, zip(*columns.values(), strict=True), strict=True)
        ]
        if self.bare and not ranks[0]:
            signs[0].update(self._opening(bare[0], own[0]))
        return [
            Line(text, self.filled[rank], shown, self.bare)
            for text, rank, shown in zip(bare, ranks, signs, strict=True)
        ]  # fmt: skip

    def plausible(self) -> list[int]:
        """Ranks among the filled lines: near the article's beginning, or elsewhere if repeated or on its subject."""
        lines, filled = self.lines, self.filled
        before = range(self.start - 1, max(-1, self.start - REACH), -1)
        shaped = [rank for rank in before if shapes.shaped(lines[filled[rank]])]
        near, further = shaped[:NEAR], shaped[NEAR:]
        again = (rank for rank in further if self._is_again(lines[filled[rank]]))
        far = list(islice(again, FAR))
        top = [r for r in range(min(3, max(0, self.start - REACH))) if shapes.shaped(self.lines[self.filled[r]])]
        after = [
            rank
            for rank in range(self.start, min(self.start + AFTER, len(self.filled)))
            if shapes.shaped(self.lines[self.filled[rank]])
        ]
        others = {*top, *far, *near, *self._paths()}
        if self.bare:
            return self._above(sorted({*others, *after}))
        # Where all there is are short paragraphs of the article, which end in a full stop, none is the headline.
        if not others and all(self.lines[self.filled[rank]][-1] in ".。" for rank in after):
            return []
        return sorted({*others, *after})

    def _is_again(self, line: str) -> bool:
        """Whether a line is repeated or on the article's subject."""
        return self.said(shapes.bare_of(line)) > 1 or self._fits(line)

    def _above(self, ranks: list[int]) -> list[int]:
        """Of a text without a page around it: its first line, and those above the first full sentence that are none."""
        texts = [shapes.bare_of(self.lines[index]) for index in self.filled[: self.start + AFTER]]
        stop = next((at for at, text in enumerate(texts) if text[-1] in ".।。" and bodies.weight(text) > 0), len(texts))
        return [
            rank
            for rank in ranks
            if rank < max(stop, 1)
            and (not rank or shapes.opening(texts[rank]) != "sentence" or self.said(texts[rank]) > 1)
        ]

    def _paths(self) -> list[int]:
        """Ends of lists at the top of the page that speak of the article: a path of sections ends in the title."""
        last = min(PATH_LINES, self.start) - 1
        return [
            rank
            for rank in range(last)
            if (line := self.lines[self.filled[rank]])[:1] in shapes.MARKS
            and self.lines[self.filled[rank + 1]][:1] not in shapes.MARKS
            and shapes.shaped(line)
            and self._fits(line)
        ]

    def _fits(self, line: str) -> bool:
        if (pairs := shapes.pairs(line)) and len(pairs & self.lead_and_words[1]) * 3 >= max(len(pairs), 12):
            return True
        stems = {word[: shapes.STEM] for word in line.lower().split() if len(word) > 3}
        return len(stems) >= 3 and len(stems & self.lead_and_words[1]) >= 3

    def _places(self, ranks: list[int]) -> dict[str, list[str]]:
        """The signs of the lines' places, and of those around them, by name."""
        lines, filled, start = self.lines, self.filled, self.start
        kinds = {rank: self._kind(rank) for rank in {beside for at in ranks for beside in (at - 1, at + 1, at + 2)}}
        places = [filled[rank] for rank in ranks]
        last = len(lines) - 1
        return {
            "next": [kinds[rank + 1] for rank in ranks],
            "prev": [kinds[rank - 1] for rank in ranks],
            "after": [kinds[rank + 2] for rank in ranks],
            "alone": ["ny"[at > 0 and not lines[at - 1]] + "ny"[at < last and not lines[at + 1]] for at in places],
            "steps": ["after" if rank > start else shapes.STEPS(start - rank) for rank in ranks],
            "rank": [shapes.RANKS(rank) for rank in ranks],
            "start": [shapes.RANKS(start)] * len(ranks),
        }

    def _shared(self, bare: list[str], own: list[set[str]], echoes: list[float]) -> dict[str, list[str]]:
        """The signs of what the lines say again, and of the words that they share with the article, by name."""
        lead, article = self.lead_and_words
        common = [len(words & article) for words in own]
        times, page = [self.said(text) for text in bare], "\n".join(self.lines)
        return {
            "shared": [shapes.COUNTS(count) for count in common],
            "times": [shapes.TIMES(said) for said in times],
            # A headline is also said inside other lines, such as those that offer to share it.
            "inside": [shapes.TIMES(page.count(text) - said) for text, said in zip(bare, times, strict=True)],
            "echo": [shapes.SHARES(echo) for echo in echoes],
            "share": [
                shapes.SHARES(count / len(words)) if words else "none"
                for count, words in zip(common, own, strict=True)
            ],
            "lead": [shapes.SHARES(len(words & lead) / len(words)) if words else "none" for words in own],
        }  # fmt: skip

    def _further(self, ranks: list[int], bare: list[str], echoes: list[float]) -> dict[str, list[str]]:
        """Signs of the path of sections, of the layout, and of the page's first line, by name."""
        kinds, top = self.kinds, self.lines[self.filled[0]]
        places = [self.filled[rank] for rank in ranks]
        return {
            "path": [self._path(rank, echo) for rank, echo in zip(ranks, echoes, strict=True)],
            "kind": [(kinds[at] or "content") if at < len(kinds) else "content" for at in places],
            "top": ["ny"[rank > 0 and top.startswith(text)] for rank, text in zip(ranks, bare, strict=True)],
        }

    def _opening(self, bare: str, own: set[str]) -> dict[str, str]:
        """Signs of the first line of a text without a page around it, where a lead looks like a headline."""
        rest = shapes.words("\n".join([self.lines[index] for index in self.filled[1:FOLLOWING]])[:LEAD])
        again = shapes.SHARES(len(own & rest) / len(own)) if own else "none"
        name = "ny"[shapes.is_name(bare) and own.isdisjoint(self.lead_and_words[1])]
        return {"again": again, "name": name, **shapes.opening_signs(bare)}

    def _path(self, rank: int, echo: float) -> str:
        """Whether the line ends a list, as the page's own title ends the path of sections; and whether it is echoed."""
        line = self.lines[self.filled[rank]]
        if line[0] not in shapes.MARKS or not shapes.MARK.match(line):
            return "n"
        following = self.lines[self.filled[rank + 1]] if rank + 1 < len(self.filled) else ""
        if shapes.MARK.match(following):
            return "inside"
        return "echoed" if echo >= 0.5 else "last"

    def _kind(self, rank: int) -> str:
        """What a neighbouring line looks like, in a word."""
        if not 0 <= rank < len(self.filled):
            return "edge"
        line = self.lines[self.filled[rank]]
        size = len(line)
        if line[0] in shapes.MARKS and shapes.MARK.match(line):
            return "listed"
        if size < 100 and shapes.is_byline(line):
            return "byline"
        if size < 80 and shapes.dated(line):
            return "date"
        if bodies.weight(line) > 0:
            return "sentence"
        return "word" if size < 15 else "phrase" if size < 40 else "headline"


def _echoes(bare: list[str], own: list[set[str]]) -> list[float]:
    """For each candidate: the greatest share of words that it has in common with a different one."""
    holders: dict[str, list[int]] = {}
    for place, words in enumerate(own):
        for word in words:
            holders.setdefault(word, []).append(place)
    common = Counter(pair for places in holders.values() if 1 < len(places) <= 5 for pair in combinations(places, 2))
    echoes = [0.0] * len(bare)
    for (a, b), count in common.items():
        if bare[a] != bare[b]:
            share = count / len(own[a] | own[b])
            echoes[a], echoes[b] = max(share, echoes[a]), max(share, echoes[b])
    return echoes
