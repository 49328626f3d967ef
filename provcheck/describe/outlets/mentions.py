"""Names on the page around the article: the masthead, menus, ``About X``, ``X app``, ``Subscribe to X``.

One such line proves nothing, because pages also name their sister titles and partners. What counts is that a name
stands in several lines of different kinds, which only the page's own does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from provcheck.describe.outlets.clue import WEIGHTS, Clue, is_own, is_paper, tables
from provcheck.describe.outlets.domains import is_host, label
from provcheck.describe.outlets.lines import alone
from provcheck.describe.outlets.names import WORDS, fold, words
from provcheck.text import REMEMBERED
from provcheck.writing import is_small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.describe.outlets.gazetteer import Gazetteer, Match
    from provcheck.describe.outlets.lines import Line

SHORT = 60
"""Longest line, in characters, that can be an entry of a menu."""

PAPER_WORDS = 4
"""Most words of a name that is not listed, in one of the first lines of a page."""

TOP = 0.08
"""The share of a page that can hold its masthead."""


def clues(line: Line, shelf: Gazetteer) -> Iterator[Clue]:
    """The names of the gazetteer that a line gives to the page, each with the weight of its surroundings."""
    for clue in _known(line.text, shelf, top=line.place < TOP):
        yield clue.moved(line.start)


def banner(line: Line, shelf: Gazetteer, *, listed: bool) -> Iterator[Clue]:
    """The name that is all of one of the page's first lines; the word for an agency may stand beside it.

    Where it need not be `listed` and mean nothing else, it may be a name of several words that means other things too,
    or one that no row has and that is called as papers are.
    """
    begin, text = _called(line.text)
    entry, owner = shelf.named(text), shelf.hosted(text) if is_host(text) else None
    if owner and not entry:
        begin += line.start
        yield Clue(text, "outlet.banner", WEIGHTS["outlet.banner"], begin, begin + len(text), (owner,))
        return
    if entry:
        believed = not entry.weak or (not listed and " " in text and _is_written_as_name(text, entry.surface))
    else:
        short = not line.sentence and len(text) <= SHORT and 2 <= len(line.words) <= PAPER_WORDS
        believed = not listed and short and not is_small(text[:1]) and is_paper(text)
    if believed:
        name, outlets = (entry.surface, entry.outlets) if entry else (text, ())
        begin += line.start
        yield Clue(name, "outlet.banner", WEIGHTS["outlet.banner"], begin, begin + len(text), outlets)


def _called(text: str) -> tuple[int, str]:
    """A line without the word for news agency before or behind the name, and where the rest begins."""
    agencies = tables()["agencies"]
    head, _, tail = text.partition(" ")
    if tail and " ".join(words(head)) in agencies:
        return len(text) - len(tail), tail
    head, _, tail = text.rpartition(" ")
    return (0, head) if head and " ".join(words(tail)) in agencies else (0, text)


def framed(line: Line) -> Iterator[Clue]:
    """The name beside a phrase of the page's own, listed or not: ``About X``, ``X app``."""
    for clue in _framed(line.text):
        yield clue.moved(line.start)


@lru_cache(maxsize=REMEMBERED)
def _known(text: str, shelf: Gazetteer, *, top: bool) -> tuple[Clue, ...]:
    return tuple(known(alone(text), shelf, top=top))


@lru_cache(maxsize=REMEMBERED)
def _framed(text: str) -> tuple[Clue, ...]:
    return tuple(templates(alone(text)))


def known(line: Line, shelf: Gazetteer, *, top: bool) -> Iterator[Clue]:
    """The gazetteer's names in a line, each with the weight of its surroundings, where `top` is the head of a page."""
    marketing = not tables()["marketing"].isdisjoint(line.words)
    if line.sentence and not marketing:
        return
    for match in shelf.find(line.text, line.words):
        if _is_part_of_host(line.text, match):
            continue
        rule, weight = _context(line, match, marketing=marketing, top=top)
        if weight:
            yield Clue(match.entry.surface, rule, weight, line.start + match.start, line.start + match.end,
                       match.entry.outlets, soft=_is_soft(line, match))  # fmt: skip


def _is_part_of_host(text: str, match: Match) -> bool:
    """``Example`` of ``Example.org`` and of ``news@example.org``: the host is a clue already."""
    if text[match.start - 1 : match.start] in ("@", "."):
        return True
    return (
        text[match.end : match.end + 1] == "."
        and text[match.end + 1 : match.end + 2].isalpha()
        and "." not in (match.entry.surface)
    )


def _is_soft(line: Line, match: Match) -> bool:
    """A weak name is soft, unless it is written with its article beside the page's own words: ``About The Times``."""
    if not match.entry.weak:
        return False
    written = line.text[match.start : match.end]
    if written == line.text:
        return True
    # "TIME newsletter" and "About The Times" are no prose: capitals or an article tell the name from the word.
    return not (written.isupper() and not line.text.isupper()) and " " not in match.entry.surface


def _context(line: Line, match: Match, *, marketing: bool, top: bool) -> tuple[str, float]:
    text, written = line.text, line.text[match.start : match.end]
    if not _is_written_as_name(written, match.entry.surface) and not (written == text and _is_brand(written, match)):
        return "", 0.0
    before, after = " ".join(words(text[: match.start])), " ".join(words(text[match.end :]))
    if not before and not after:
        shown = "outlet.masthead" if top else "outlet.mention"
        return shown, WEIGHTS[shown]
    if match.entry.weak and not _is_capitalised(written, match.entry.surface):
        return "", 0.0
    if len(text) <= SHORT and not line.sentence and is_own(before, after):
        return "outlet.site-name", WEIGHTS["outlet.site-name"] * (0.6 if match.entry.weak else 1.0)
    if match.entry.weak:
        return "", 0.0
    if marketing:
        # A sentence that sells to its readers may be the article's own, when that is about the press.
        return "outlet.site-name", WEIGHTS["outlet.site-name"] * (0.35 if line.sentence else 0.6)
    if len(text) > SHORT:
        return "", 0.0
    return "outlet.mention", WEIGHTS["outlet.mention"] * (0.5 if before and after else 1.0)


def _is_written_as_name(written: str, surface: str) -> bool:
    """A name of one word must be written as a name: ``Bild`` or ``BILD``, and not ``bild``; ``OTV`` is not ``ÖTV``."""
    if written == surface or " " in surface:
        return True
    return not is_small(written[:1]) and written.casefold() == surface.casefold()


def _is_brand(written: str, match: Match) -> bool:
    """Whether a name that is no ordinary word is written small, as its host is: ``ynet`` of ``ynet.example``."""
    return not match.entry.weak and any(
        label(host) == written for outlet in match.entry.outlets for host in outlet.domains
    )


def _is_capitalised(written: str, surface: str) -> bool:
    """Whether a weak name is no phrase: were it a name's, the last word of ``The drive`` would have its capital."""
    small = is_small(written[written.rfind(" ") + 1 :][:1]) and not is_small(surface[surface.rfind(" ") + 1 :][:1])
    return not (small or (is_small(written[:1]) and written.islower()))


def templates(line: Line) -> Iterator[Clue]:
    """Names that the gazetteer does not know, beside a word of the page's own: ``About X``, ``X app``."""
    text, parts = line.text, line.words
    if line.sentence or not 2 <= len(parts) <= 7 or len(text) > SHORT or text.endswith(":"):
        return
    before, after = _template(parts)
    if before or after:
        spans = [m.span() for m in WORDS.finditer(fold(line.text))]
        yield from _named(line, spans[before][0], spans[-1 - after][1])


def _template(parts: list[str]) -> tuple[int, int]:
    """How many words at the beginning, or else at the end, are the page's own."""
    table = tables()
    if parts[0] in table["first"]:
        for size in (3, 2, 1):
            if size < len(parts) and " ".join(parts[:size]) in table["before"]:
                return size, 0
    if parts[-1] in table["last"]:
        for size in (2, 1):
            if size < len(parts) and " ".join(parts[-size:]) in table["after"]:
                return 0, size
    return 0, 0


def _named(line: Line, begin: int, end: int) -> Iterator[Clue]:
    name = line.text[begin:end]
    parts = words(name)
    # A name has a capital or a script without case, is short, and is not itself one of the page's words.
    if len(parts) > 5 or is_small(name[:1]) or len(name) < 3 or all(_is_page_word(w) for w in parts):
        return
    yield Clue(name, "outlet.site-name", WEIGHTS["outlet.site-name"] * 0.4, line.start + begin, line.start + end)


def _is_page_word(word: str) -> bool:
    table = tables()
    return word in table["after"] or word in table["before"] or word in table["marketing"] or word in table["corporate"]
