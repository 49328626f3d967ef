"""Names on the page around the article: the masthead, menus, ``About X``, ``X app``, ``Subscribe to X``.

One such line proves nothing, because pages also name their sister titles and partners. What counts is that a name
stands in several lines of different kinds, which only the page's own does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.describe.outlets.clue import WEIGHTS, Clue, tables
from provcheck.describe.outlets.names import WORDS, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.describe.outlets.gazetteer import Gazetteer, Match
    from provcheck.describe.outlets.lines import Line

SHORT = 60
"""Longest line, in characters, that can be an entry of a menu."""

TOP = 0.08
"""The share of a page that can hold its masthead."""


def known(line: Line, shelf: Gazetteer) -> Iterator[Clue]:
    """The gazetteer's names in a line of the page, each with the weight of its surroundings."""
    for match in shelf.find(line.text):
        rule, weight = _context(line, match)
        if weight:
            yield Clue(match.entry.surface, rule, weight, line.start + match.start, line.start + match.end,
                       match.entry.outlets, line.place)  # fmt: skip


def _context(line: Line, match: Match) -> tuple[str, float]:
    text, written = line.text, line.text[match.start : match.end]
    before, after = " ".join(words(text[: match.start])), " ".join(words(text[match.end :]))
    if not before and not after:
        shown = "outlet.masthead" if line.place < TOP else "outlet.mention"
        return shown, WEIGHTS[shown] * (0.5 if match.entry.weak else 1.0)
    if len(text) <= SHORT and not line.sentence and _beside(before, after):
        return "outlet.site-name", WEIGHTS["outlet.site-name"] * (0.6 if match.entry.weak else 1.0)
    if match.entry.weak or not _is_written_as_name(written, match.entry.surface):
        return "", 0.0
    if _is_marketing(before) or _is_marketing(after):
        return "outlet.site-name", WEIGHTS["outlet.site-name"] * 0.6
    if line.sentence or len(text) > SHORT:
        return "", 0.0
    edge = not before or not after
    return "outlet.mention", WEIGHTS["outlet.mention"] * (1.0 if edge else 0.5)


def _beside(before: str, after: str) -> bool:
    """Only a word of the page's own stands before or after the name: ``About X``, ``X newsletter``."""
    table = tables()
    return (not after or after in table["after"]) and (not before or before in table["before"])


def _is_marketing(side: str) -> bool:
    return not tables()["marketing"].isdisjoint(side.split())


def _is_written_as_name(written: str, surface: str) -> bool:
    """A name of one word must be written as a name: ``Bild`` or ``BILD``, and not ``bild``."""
    return written == surface or " " in surface or not written[:1].islower()


def templates(line: Line) -> Iterator[Clue]:
    """Names that the gazetteer does not know, beside a word of the page's own: ``About X``, ``X app``."""
    text = line.text
    if line.sentence or not 5 <= len(text) <= SHORT or text.endswith(":"):
        return
    spans = [m.span() for m in WORDS.finditer(text)]
    if not 2 <= len(spans) <= 7:
        return
    parts, table = words(text), tables()
    if len(parts) != len(spans):
        return
    for size in (3, 2, 1):
        if size < len(parts) and " ".join(parts[:size]) in table["before"]:
            yield from _named(line, spans[size][0], spans[-1][1])
            return
    for size in (2, 1):
        if size < len(parts) and " ".join(parts[-size:]) in table["after"]:
            yield from _named(line, spans[0][0], spans[-size - 1][1])
            return


def _named(line: Line, begin: int, end: int) -> Iterator[Clue]:
    name = line.text[begin:end]
    parts = words(name)
    # A name has a capital or a script without case, is short, and is not itself one of the page's words.
    if len(parts) > 5 or name[:1].islower() or len(name) < 3 or all(_is_page_word(w) for w in parts):
        return
    yield Clue(name, "outlet.site-name", WEIGHTS["outlet.site-name"] * 0.4, line.start + begin, line.start + end,
               place=line.place)  # fmt: skip


def _is_page_word(word: str) -> bool:
    table = tables()
    return word in table["after"] or word in table["before"] or word in table["marketing"] or word in table["corporate"]
