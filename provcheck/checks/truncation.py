"""Truncation: the content ends where no author would end it.

What counts is the end of the content, not of the page: boilerplate after the article is passed over, and so are
credits, initials, agency marks and end marks (♦, ``###``, ``-30-``). There are four kinds of evidence. A mark that a
program leaves where it cuts (``[+1234 chars]``); a line that offers the rest (``Weiterlesen``, ``続きを読む``) after
an unfinished sentence; an ellipsis as the last word; and a last line that is no whole sentence and looks like the
beginning of one. The weights of the last are a logistic regression over the shape of some 4,000 cut and whole ends
(``benchmarks/truncation.py`` refits and measures them). The commonly used rule, "no final punctuation", takes each
credit for a cut and misses each ellipsis.

Thai and Lao have no full stop, so only marks and offers count there.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from provcheck import shipped
from provcheck.checks import closing, doubt, tail, teaser
from provcheck.model import Finding
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.checks.tail import Tail
    from provcheck.model import Document, Layout

LIKELY = 0.5
"""The probability from which on a last line without a stop counts as cut."""
SURER = 0.7
"""The same where the layout takes that line for boilerplate by its shape, and is sure of it."""
CLAMPS = frozenset({200, 250, 255, 256, 280, 300, 400, 500, 512, 600, 750, 800, 1000, 1024, 1200, 1500, 2000, 2048,
                    2500, 3000, 4000, 4096, 5000, 8000, 8192, 10000, 16384, 20000, 32767, 32768, 50000, 65535, 65536,
                    100000})  # fmt: skip
"""Lengths at which programs cut, in characters or bytes. Alone no proof: some whole text has every length. Of texts
below two hundred characters one in twenty has by chance a length at which some program cuts, so they tell nothing."""
CLAMP_WEIGHT = 2.5
"""How much more likely a cut is at such a length, as a logit: one text in 300 has it by chance."""
_INSIDE = "ends inside"
"""What the finding says begins so, where nothing but the shape of the last line speaks for a cut."""
_MORE = 3
"""Lines of the page behind the content, from which on no program cut it there: it would have cut the page."""
_SLASHED = 24
"""Characters of the longest note between slashes."""
STYLE = 3
"""Paragraphs that end in an ellipsis, from which on it is the author's manner and not a cut."""

# "[+1234 chars]" and its kin: an opening bracket, a plus, a number, a word for characters, the closing bracket.
_COUNTED = late(r"[\[(]\s*\+\s*\d[\d.,]*\s*\w+\.?\s*[\])]\s*$")
# An ellipsis at the very end, perhaps in brackets or as an entity; a closing quotation mark would make it speech.
_ELLIPSIS = late(r"(?:[\[(]\s*)?(?:…|⋯|\.{3,}|\. \. \.|。。。|&hellip;|&#8230;)\s*[\])]?\s*$")
# The marks with which desks end a story, at the end of the last line or in a line of their own.
_END_MARK = late(r"(?:\s*(?:[♦◆■□▪●❖◊⬛◼♣♠✦★☆∎*#+=~_\-–—]|-\s?30\s?-|\bENDS?\b|\bDM\b|\u2063))+\s*$")
# A word that was broken at the end of its line.
_HYPHENATED = late(r"[^\W\d_]{2}[-¬\u00ad]$")
_UNSTOPPED_SCRIPTS = late(r"[\u0e01-\u0eff]")


def check(document: Document, layout: Layout) -> Iterator[Finding]:
    """Yield PC501 where the content is cut, with the span of its last words, or PC502 where they may be a teaser's.

    A last line that the layout has taken for a teaser, and that looks like one, is no end of the content.
    """
    found, detail = _judged(document, layout)
    sure = bool(detail)
    if not detail and (doubted := doubt.doubted(document, layout)):
        found, detail = _judged(document, doubted, SURER if doubt.sure(layout, doubted) else LIKELY)
    if not found or not detail:
        return
    start = max(found.start, found.end - 80)
    if not detail.startswith(_INSIDE) or not _left_over(document, found):
        yield Finding.of("PC501", document.text, (start, found.end), detail=detail)
    elif sure:
        yield Finding.of("PC502", document.text, (start, found.end))


def _left_over(document: Document, found: Tail) -> bool:
    """Tell whether the last line is a teaser of the page: by its looks, or because more of the page follows it."""
    if _clamped(document, found) or not teaser.headline(found):
        return False
    below = [line for line in document.text[found.end :].split("\n") if line.strip()]
    if below and _offers(below[0]):
        return False
    return teaser.likely(found, document.text, followed=len(below) >= _MORE)


def _judged(document: Document, layout: Layout, least: float = LIKELY) -> tuple[Tail | None, str]:
    """The end of the content, and what shows that it is cut, or nothing."""
    found = tail.tails(document, layout)
    if found is None:
        return None, ""
    return found, _marked(found) or _offered(document, layout) or _unfinished(document, found, least)


def _marked(found: Tail) -> str:
    line = found.text[-200:]
    if _COUNTED.search(line):
        return "ends in a mark that counts what is missing"
    if _ELLIPSIS.search(line) and sum(_ELLIPSIS.search(each[-20:]) is not None for each in found.before) < STYLE:
        return "ends in an ellipsis"
    if len(found.text) <= 80 and _offers(found.text):
        before = found.before[-1] if found.before else ""
        if not _finished(before) or _ELLIPSIS.search(before[-20:]):
            return "ends in an offer to read the rest"
    if _offers_inline(line):
        return "ends in an offer to read the rest"
    return ""


def _offers(line: str) -> bool:
    return line.strip(tail.DRESS).lower() in tail.words()["read_more"]


def _offers_inline(line: str) -> bool:
    """Tell whether a line ends in an ellipsis and an offer (``… Read more``)."""
    cut = max(line.rfind("…"), line.rfind("..."))
    return cut >= 0 and len(line) - cut < 60 and bool(line[cut:].strip(tail.DRESS)) and _offers(line[cut:])


def _offered(document: Document, layout: Layout) -> str:
    """An offer to read on that the layout took for boilerplate, right below the last line of the content."""
    lines = document.lines.stripped
    below = max(tail.content_lines(document, layout), default=-1)
    following = next(filter(None, lines[below + 1 : below + 6]), "")
    if below >= 0 and following and _offers(following) and not _finished(lines[below]):
        return "ends in an offer to read the rest"
    return ""


def _finished(line: str) -> bool:
    """Tell whether a line ends as a whole text may: in a stop, or in a credit or mark behind a stop."""
    if tail.stopped(line):
        return True
    bare = _END_MARK.sub("", line[-400:])
    if tail.stopped(bare) or _in_brackets(bare) or tail.signed(bare) or closing.addressed(bare):
        return True
    rest = tail.fragment(line[-400:])
    return closing.signed_off(rest, alone=len(rest) == len(line))


def whole(line: str) -> bool:
    """Tell whether a last line is no cut sentence for certain: finished, marked as an end, or never a sentence.

    >>> [whole(line) for line in ("It left. (dpa)", "###", "© 2021 The Gazette", "It left for the")]
    [True, True, True, False]
    """
    return _finished(line) or _END_MARK.fullmatch(line) is not None or tail.appended(line) or closing.note(line)


def _in_brackets(line: str) -> bool:
    """Tell whether a finished sentence is followed by a note in brackets or slashes: ``(dpa)``, ``/БТА/``."""
    if line[-1:] == "/":
        at = line.rfind("/", -_SLASHED, -1)
        return at > 0 and line[at + 1 :].strip("/. -").isalnum() and tail.stopped(line[:at].rstrip())
    if line[-1:] not in tuple(")]】）"):
        return False
    at = max(line.rfind(each) for each in "([【（")
    return at > 0 and len(line) - at <= 80 and tail.stopped(line[:at].rstrip())


def _unfinished(document: Document, found: Tail, least: float) -> str:
    """Why the last line is the beginning of a sentence and no more, or nothing."""
    if _finished(found.text) or _UNSTOPPED_SCRIPTS.search(found.text[-20:]) or f"({found.text})" in document.text:
        return ""  # what stood in brackets above is who wrote it
    if _END_MARK.fullmatch(found.text):
        return "" if not found.before or _finished(found.before[-1]) else _unfinished_before(document, found)
    bare = found._replace(text=_END_MARK.sub("", found.text) or found.text)
    clamped = _clamped(document, found)
    if not clamped and (_no_sentence(bare) or closing.unstopped(bare)):
        return ""
    values = tail.features(bare, document.text)
    score = _score(values) + (CLAMP_WEIGHT if clamped else 0.0)
    if 1 / (1 + math.exp(-score)) < least:
        return ""
    return "ends inside a word" if values["cut_word"] else "ends inside a sentence"


def _no_sentence(found: Tail) -> bool:
    """Tell whether the last line, as it looks or by the lines above it, was never a sentence."""
    line, before = found.text, found.before
    if tail.appended(line) or closing.note(line) or closing.counted(line) or closing.quoted(line):
        return True
    if tail.listed(found) and not any(_HYPHENATED.search(each) for each in before[-4:]):
        return True  # and no column of print, whose words go on in the next line
    if line[0] == "*" and any(each[-1] == "*" for each in before):
        return True  # the note that a star above leads to
    return bool(before) and (closing.in_capitals(line, before[-1]) or closing.letter(line, before[-1]))


def _unfinished_before(document: Document, found: Tail) -> str:
    """The same for the line above a line that is an end mark."""
    above = found.before[-1]
    values = tail.features(found._replace(text=above, before=found.before[:-1]), document.text)
    return "ends inside a sentence" if 1 / (1 + math.exp(-_score(values))) >= LIKELY else ""


def _clamped(document: Document, found: Tail) -> bool:
    text = document.text[document.header_end : found.end]
    return len(text) in CLAMPS or len(text.encode("utf-8", "surrogatepass")) in CLAMPS


def _score(values: dict[str, float]) -> float:
    weights = _weights()
    return weights["(constant)"] + sum(weights[name] * value for name, value in values.items())


@cache
def _weights() -> dict[str, float]:
    loaded: dict[str, float] = shipped.table("checks", "truncation_weights.json")["weights"]
    return loaded
