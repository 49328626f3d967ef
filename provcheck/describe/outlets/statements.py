"""Credits in the text itself: ``Published in X``, ``(X Report)``, and the outlet behind the headline.

These stand in the article, where outlets are also cited; so the pattern must be the credit's own, from the beginning
of its line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from provcheck.describe import published
from provcheck.describe.dates.scan import expressions
from provcheck.describe.gazetteer import is_label, is_place
from provcheck.describe.outlets.clue import WEIGHTS, Clue, is_paper, tables
from provcheck.describe.outlets.names import words
from provcheck.describe.published import LONGEST, spellings, statement
from provcheck.patterns import late
from provcheck.writing import is_small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.describe.outlets.gazetteer import Entry, Gazetteer, Outlet
    from provcheck.describe.outlets.lines import Line
    from provcheck.describe.published import Statement
    from provcheck.model import Document

# A name: one to six words, each beginning with a capital, a digit or a letter without case; small words inside.
_NAME = (
    r"(?P<name>(?:[^\W\d_a-zß-öø-ÿ]|\d)[\w.'’&-]*"
    r"(?:\s(?:(?:[^\W\d_a-zß-öø-ÿ]|\d)[\w.'’&-]*|of|and|de|der|des|du|la|und|y|e|i|&|für)){0,5}?)"
)

# "(NAME Report) —", "(NAME Web Desk):", "NAME Report:" at the beginning of a line.
_REPORT = late(
    r"\(\s*"
    + _NAME
    + r"(?P<kind>\s(?:Reports?|Monitoring(?: Desk)?|Web ?Desk|News ?Desk|Exclusive|Special|Bericht|Online))"
    r"?\s*\)\s*(?:[-–—:]|$)"
)
# "Publication title: NAME; PLACE", as databases write it and nobody else.
_TITLE = late(r"publication title\s*:\s*(?P<name>[^:;]{2,60})(?:;[^:;]{0,60})?$", re.IGNORECASE)
_SUFFIX = late(r"\s(?:[|–—·•:»-]|::)\s(?P<name>[^|–—·•:»]{2,40})$")

AGAIN = 0.25
"""What a statement is worth that the text first appeared there."""

DOUBT = 0.8
"""What a statement is worth that gives an unknown newspaper's name and no day."""

_BRACKETS = tuple("()（）[]【】〔〕")
_STOPS = " .。)）"

HEAD_LINES, HEAD_DEPTH = 8, 200
"""How many written lines from the top may hold a report credit, and no line below the first one further down."""


_CJK_SOURCE = ("来源", "來源", "出典", "출처")


def is_candidate(line: Line) -> bool:
    """The cheap look: whether a line has a word of a credit at all, or is a note in brackets."""
    text = line.text
    if not tables()["credit"].isdisjoint(line.words) or not published.words()["verbs"].isdisjoint(line.words):
        return True
    if text[0] in _BRACKETS and text.rstrip(" .。")[-1:] in _BRACKETS:
        return True
    return not text.isascii() and (text.startswith(_CJK_SOURCE) or text.rstrip(_STOPS).endswith(_last_verbs()))


@lru_cache(maxsize=1)
def _last_verbs() -> tuple[str, ...]:
    return tuple(sorted(published.words()["last"]))


def title_suffix(line: Line, shelf: Gazetteer) -> Iterator[Clue]:
    """The outlet behind the headline in one of the first lines: ``Headline | Outlet``."""
    found = _SUFFIX.search(line.text)
    if not found or found.start() < 12:
        return
    entry = shelf.named(found["name"])
    outlets: tuple[Outlet, ...] = entry.outlets if entry else ()
    hosted = None if entry else shelf.hosted(found["name"].strip())
    known = bool(outlets) or hosted is not None
    dash = "|" not in found[0]
    # A dash also parts a headline from its second half, so an unknown name after one is worth little.
    weight = WEIGHTS["outlet.title-suffix"] * (1.0 if known else 0.15 if dash else 0.4)
    if entry and entry.weak:
        weight *= 0.4
    if known or _begins_as_name(found["name"]):
        span = line.start + found.start("name"), line.start + found.end("name")
        yield Clue(found["name"], "outlet.title-suffix", weight, *span, outlets or ((hosted,) if hosted else ()))


def _begins_as_name(name: str) -> bool:
    """Whether a name begins with a capital, or with a letter of a script that has none."""
    return name[:1].isalpha() and not is_small(name[0])


def published_in(line: Line, shelf: Gazetteer, language: str | None) -> Iterator[Clue]:
    """The outlet of a line such as ``Published in Dawn, April 25th, 2018``, or of a name and a day in brackets."""
    dates = [(e.left, e.right) for e in expressions(line.text, language)] if len(line.text) <= LONGEST else []
    found = statement(line.text, dates)
    if not found:
        return
    name = line.text[found.start : found.end]
    entry = _declined(name, shelf, language)
    weight = WEIGHTS["outlet.published-in"] * (1.0 if entry else _belief(name, found))
    # A story that first appeared elsewhere stands on another page now.
    weight *= AGAIN if found.again else 1.0
    if weight and not (found.note and entry and (entry.weak or _is_cited(entry.outlets))):
        span = line.start + found.start, line.start + found.end
        yield Clue(name, "outlet.published-in", weight, *span, entry.outlets if entry else ())


def _declined(name: str, shelf: Gazetteer, language: str | None) -> Entry | None:
    """The entry of a name, also where a sentence has declined it."""
    for form in spellings(name, language):
        entry = shelf.named(form)
        if entry and (form == name or not entry.weak):
            return entry
    return None


def _belief(name: str, found: Statement) -> float:
    """How much of its weight a statement keeps that names an outlet which the gazetteer does not know."""
    if any(ch.isdigit() for ch in name) or all(map(is_label, name.split())) or not found.dated:
        # Sections have names too; and without a day a name in quotation marks may be a book's.
        return DOUBT if found.called and found.quoted else 0.0
    if found.note or found.by:
        return 1.0 if is_paper(name) else 0.0  # or else an author, or a place
    if found.called or is_paper(name):
        return 1.0
    if is_place(name):
        return 0.0
    return 1.0 if found.quoted or len(words(name)) > 1 else 0.0


def report_credit(document: Document, shelf: Gazetteer) -> Iterator[Clue]:
    """The outlet in brackets before the first sentence: ``(EXAMPLE Report) — A delegation …``."""
    lines = document.lines
    begin = bisect_left(lines.filled, bisect_left(lines.starts, document.header_end))
    for number in lines.filled[begin : begin + HEAD_LINES]:
        raw, start = lines.texts[number], lines.starts[number]
        found = _REPORT.search(raw[:160]) if "(" in raw[:60] else None
        if found and found.start() <= 40:
            entry = shelf.named(found["name"])
            if (found["kind"] and found.start() == 0) or (entry and not entry.weak and not _is_cited(entry.outlets)):
                span = start + found.start(), start + found.end("name")
                yield Clue(found["name"], "outlet.report-credit", WEIGHTS["outlet.report-credit"], *span,
                           entry.outlets if entry else ())  # fmt: skip
        if number > HEAD_DEPTH:
            return


def _is_cited(outlets: tuple[Outlet, ...]) -> bool:
    return any(o.cited for o in outlets)


def source_line(line: Line, shelf: Gazetteer) -> Iterator[Clue]:
    """The outlet of a line that says nothing but ``Source: NAME``, or ``Publication title: NAME``."""
    titled = _TITLE.match(line.text)
    begin, end = titled.span("name") if titled else (published.source(line.text), len(line.text))
    entry = shelf.named(line.text[begin:end]) if begin else None
    if entry and not _is_cited(entry.outlets):
        weight = WEIGHTS["outlet.credit"] * (1.0 if titled else 0.7)  # a source may be that of a picture
        yield Clue(entry.surface, "outlet.credit", weight, line.start + begin, line.start + end, entry.outlets)
