"""Names that the gazetteer does not know: what else on the page says that a name is the page's own.

A copyright holder, a host or the name in ``About X`` alone may be a partner or a theme's author. It is believed once
other lines of the page carry the same words, as a masthead and a menu do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.describe.outlets import mentions
from provcheck.describe.outlets.clue import WEIGHTS, Clue, tables
from provcheck.describe.outlets.domains import label
from provcheck.describe.outlets.names import WORDS, fold, key, squash, words
from provcheck.writing import is_small

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provcheck.describe.outlets.lines import Line, Page
    from provcheck.describe.outlets.spelt import Spelt

MOST = 12
"""How many unknown names are looked for again."""

LONGEST = 90
"""Longest line, in characters, in which a name is looked for again."""

SHORTEST = 4
"""Letters of a name that is looked for in any line; a shorter one only beside a phrase of the page's own."""

WAYS = 6
"""Most words that a name is parted into."""

TOP_LINES = 3
"""How many lines of a page can be its banner."""

_WORTH = frozenset(("outlet.copyright-line", "outlet.email", "outlet.domain", "outlet.owner", "outlet.title-suffix"))


_NEWSROOMS = frozenset(("newsroom", "news", "press room", "media centre", "media center", "presse", "pressebereich"))
"""What companies and offices call the part of their site where they publish."""


def support(clues: Iterable[Clue], page: Page, spelt: Spelt) -> Iterator[Clue]:
    """Further clues for the unknown names among `clues`: each line of the page that carries the name again."""
    framed: set[int] = set()
    top = page.first(TOP_LINES)
    for name, (bare, seen) in _targets(clues).items():
        for line in page.chrome(spelt.spelling(bare)):
            for clue in mentions.framed(line):
                if squash(key(clue.name)) == bare and clue.start not in framed:
                    framed.add(clue.start)
                    yield clue
            if len(name) < SHORTEST or ((line.sentence or len(line.text) > LONGEST) and not _is_marketing(line)):
                continue
            joined = "".join(line.words)
            if name in joined:
                yield from _again(name, line, seen, top=line.number in top)


def _is_marketing(line: Line) -> bool:
    return not tables()["marketing"].isdisjoint(line.words)


def _targets(clues: Iterable[Clue]) -> dict[str, tuple[str, set[int]]]:
    """Unknown names as a domain would write them, without their article, and where they stand; weightiest first."""
    weights: dict[str, float] = {}
    found: dict[str, tuple[str, set[int]]] = {}
    for clue in clues:
        if clue.outlets or clue.rule not in _WORTH:
            continue
        hosted = clue.rule in ("outlet.email", "outlet.domain")
        name = squash(label(clue.name) if hosted else clue.name)
        if len(name) < 2 or all(w in tables()["corporate"] for w in words(clue.name)):
            continue
        bare = name.removeprefix("the") if hosted else squash(key(clue.name))
        weights[name] = weights.get(name, 0.0) + clue.weight
        found.setdefault(name, (bare, set()))[1].add(clue.start)
    best = sorted(weights, key=lambda n: (-weights[n], n))[:MOST]
    return {name: found[name] for name in best}


def _again(name: str, line: Line, seen: set[int], *, top: bool) -> Iterator[Clue]:
    """The words of the line that spell the name, if it is words and not the host itself.

    `top` says that the line is one of a page's first: a banner may be in small letters.
    """
    spans = [m.span() for m in WORDS.finditer(fold(line.text))]
    for first in range(len(spans)):
        spelt = ""
        for last in range(first, min(first + WAYS, len(spans))):
            spelt += line.words[last]
            if len(spelt) >= len(name):
                break
        if spelt != name:
            continue
        begin, end = spans[first][0], spans[last][1]
        beside = line.text[begin - 1 : begin] + line.text[end : end + 1]
        written = line.text[begin:end]
        whole = "".join(line.words) == name
        if line.start + begin in seen or "@" in beside or "." in beside or "/" in beside:
            continue
        if is_small(written[:1]) and not (whole and top):
            continue
        rule = "outlet.masthead" if whole else "outlet.mention"
        if top and (whole or " ".join(words(line.text[end:])) in _NEWSROOMS):
            rule = "outlet.banner"
        weight = WEIGHTS[rule] * (2 if rule == "outlet.mention" else 1)
        yield Clue(written, rule, weight, line.start + begin, line.start + end)
        return
