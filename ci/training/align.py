"""Which lines of a page hold its body: the heaviest chain of matches that runs forward through both."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from typing import NamedTuple

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphens and zero-width characters
ENOUGH = 0.6
"""The share of a line's three-word shingles that must stand in the body, at about the same place."""

LOOK_BACK = 400


class Match(NamedTuple):
    """A line that may be the words from `begin` to `end` of the body."""

    line: int
    begin: int
    end: int
    weight: int


def words(text: str) -> list[str]:
    """The words of a text, without what no reader sees.

    >>> words("Co\\u00adoperate, now!")
    ['cooperate', 'now']
    """
    return re.findall(r"\w+", INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower())


def labels(lines: tuple[str, ...], body: list[str], title: str | None) -> str:
    """A letter a line: B body, T the title standing elsewhere, X anything else, _ no words.

    >>> labels(("Menu", "", "It rained all day.", "Share"), ["It rained all day."], "Rain")
    'X_BX'
    """
    texts = [words(line) for line in lines]
    named = words(title or "")
    out = ["X" if text else "_" for text in texts]
    for match in _chain(_matches(texts, [words(paragraph) for paragraph in body])):
        out[match.line] = "B"
    for i, text in enumerate(texts):
        if out[i] == "X" and text == named:
            out[i] = "T"
    return "".join(out)


def _matches(texts: list[list[str]], body: list[list[str]]) -> list[Match]:
    flat = [word for paragraph in body for word in paragraph]
    shingles, short, begin = defaultdict(list), defaultdict(list), 0
    for i in range(len(flat)):
        shingles[tuple(flat[i : i + 3])].append(i)
    for paragraph in body:
        if len(paragraph) < 3:
            short[tuple(paragraph)].append(begin)
        begin += len(paragraph)
    found = []
    for line, text in enumerate(texts):
        if 0 < len(text) < 3:
            found += [Match(line, a, a + len(text), len(text)) for a in short.get(tuple(text), ())[:5]]
        votes = Counter(a - k for k in range(len(text) - 2) for a in shingles.get(tuple(text[k : k + 3]), ())[:8])
        for place, count in votes.most_common(3):
            near = sum(c for other, c in votes.items() if abs(other - place) <= 8)
            if (near + 2) / len(text) >= ENOUGH or count >= 12:
                found.append(Match(line, place, place + len(text), near + 2))
    return sorted(found)


def _chain(found: list[Match]) -> list[Match]:
    best: list[int] = []
    back: list[int] = []
    for j, match in enumerate(found):
        weight, before = match.weight, -1
        for k in range(j - 1, max(-1, j - LOOK_BACK), -1):
            earlier = found[k]
            fits = earlier.line < match.line and earlier.end <= match.begin + 3
            if fits and best[k] + match.weight > weight:
                weight, before = best[k] + match.weight, k
        best.append(weight)
        back.append(before)
    chain = []
    at = max(range(len(found)), key=best.__getitem__, default=-1)
    while at >= 0:
        chain.append(found[at])
        at = back[at]
    return chain
