"""Credits in the text itself: ``Published in X``, ``(X Report)``, and the outlet behind the headline.

These stand in the article, where outlets are also cited; so the pattern must be the credit's own, from the beginning
of its line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provcheck.describe.outlets.clue import WEIGHTS, Clue, tables
from provcheck.describe.outlets.names import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.describe.outlets.gazetteer import Gazetteer, Outlet
    from provcheck.describe.outlets.lines import Line
    from provcheck.model import Document

# A name: one to six words, each beginning with a capital, a digit or a letter without case; small words inside.
_NAME = (
    r"(?P<name>(?:[^\W\d_a-zß-öø-ÿ]|\d)[\w.'’&-]*"
    r"(?:\s(?:(?:[^\W\d_a-zß-öø-ÿ]|\d)[\w.'’&-]*|of|and|de|der|des|du|la|und|y|e|i|&|für)){0,5}?)"
)

# "Published in NAME, April 25th, 2018" and its like: the name ends before a comma and a date, or at the line's end.
_PUBLISHED = re.compile(
    r"(?:first |originally )?(?:published|appeared) (?:in|on|by|at) (?:the )?"
    r"|(?:zuerst )?(?:erschienen|veröffentlicht) (?:in|im|auf|bei) (?:der |dem )?"
    r"|publié (?:dans|sur|par) |publicado (?:en|por|no|na|em) |pubblicato (?:su|in|da) "
    r"|gepubliceerd (?:in|op|door) |publicerad i |publisert i |udgivet i |julkaistu "
    r"|opublikowano w |опубликовано в |опубліковано в ",
    re.IGNORECASE,
)
_NAME_THEN_DATE = re.compile(_NAME + r"(?=\s*(?:,|\.?$|\(|\bon\b|\bam\b|\bvom\b|\ble\b|\bel\b|\bден\b))")
_REPUBLISHED = re.compile(r"(?:first|originally|zuerst)\b", re.IGNORECASE)

# "(NAME Report) —", "(NAME Web Desk):", "NAME Report:" at the beginning of a line.
_REPORT = re.compile(
    r"\(\s*"
    + _NAME
    + r"(?P<kind>\s(?:Reports?|Monitoring(?: Desk)?|Web ?Desk|News ?Desk|Exclusive|Special|Bericht|Online))"
    r"?\s*\)\s*(?:[-–—:]|$)"
)
# "Source: NAME", "Quelle: NAME" as a whole line.
_SOURCE = re.compile(
    r"(?:source|quelle|fuente|fonte|bron|kilde|källa|lähde|źródło|zdroj|kaynak|sumber|источник|джерело|来源|來源|出典|출처)"
    r"\s*[:：]\s*(?P<name>[^:：]{2,60})$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s(?:[|–—·•:»-]|::)\s(?P<name>[^|–—·•:»]{2,40})$")

HEAD_LINES = 8
"""How many written lines from the top may hold a report credit."""


_CJK_SOURCE = ("来源", "來源", "出典", "출처")


def is_candidate(line: Line) -> bool:
    """The cheap look: whether a line has a word of a credit at all."""
    return not tables()["credit"].isdisjoint(line.words) or (
        not line.text.isascii() and line.text.startswith(_CJK_SOURCE)
    )


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
    if entry and entry.weak and dash:
        weight *= 0.4
    if known or found["name"][:1].isupper():
        span = line.start + found.start("name"), line.start + found.end("name")
        yield Clue(
            found["name"], "outlet.title-suffix", weight, *span, outlets or ((hosted,) if hosted else ()), line.place
        )


def published_in(line: Line, shelf: Gazetteer) -> Iterator[Clue]:
    """The outlet of a line such as ``Published in Dawn, April 25th, 2018``."""
    head = _PUBLISHED.match(line.text)
    if not head:
        at = re.search(r"\b(?:was|is) (?=(?:first |originally )published (?:in|on|by) )", line.text[:80])
        head = _PUBLISHED.match(line.text, at.end()) if at else None
    found = _NAME_THEN_DATE.match(line.text, head.end()) if head else None
    if not found or not head:
        return
    entry = shelf.named(found["name"])
    # A story that first appeared elsewhere stands on another page now.
    again = _REPUBLISHED.search(line.text[: head.end()])
    weight = WEIGHTS["outlet.published-in"] * (0.25 if again else 1.0)
    if not entry and not re.search(r"\d{4}", line.text[found.end() :]):
        weight *= 0.3
    if entry or not _is_time(found["name"]):
        span = line.start + found.start("name"), line.start + found.end("name")
        yield Clue(found["name"], "outlet.published-in", weight, *span, entry.outlets if entry else (), line.place)


def _is_time(name: str) -> bool:
    """``Published on Tuesday``, ``Published at 10``: a date, not a publisher."""
    return any(ch.isdigit() for ch in name) or len(words(name)) == 1


def report_credit(document: Document, shelf: Gazetteer) -> Iterator[Clue]:
    """The outlet in brackets before the first sentence: ``(EXAMPLE Report) — A delegation …``."""
    seen = 0
    for number, raw in enumerate(document.lines.texts):
        start = document.lines.starts[number]
        if not raw.strip() or start < document.header_end:
            continue
        found = _REPORT.search(raw[:160]) if "(" in raw[:60] else None
        if found and found.start() <= 40:
            entry = shelf.named(found["name"])
            if (found["kind"] and found.start() == 0) or (entry and not entry.weak and not _is_agency(entry.outlets)):
                span = start + found.start(), start + found.end("name")
                yield Clue(found["name"], "outlet.report-credit", WEIGHTS["outlet.report-credit"], *span,
                           entry.outlets if entry else ())  # fmt: skip
        seen += 1
        if seen >= HEAD_LINES or number > 200:
            return


def _is_agency(outlets: tuple[Outlet, ...]) -> bool:
    return any(o.agency for o in outlets)


def source_line(line: Line, shelf: Gazetteer) -> Iterator[Clue]:
    """The outlet of a line that says nothing but ``Source: NAME``."""
    found = _SOURCE.match(line.text)
    entry = shelf.named(found["name"]) if found else None
    if found and entry and not _is_agency(entry.outlets):
        span = line.start + found.start("name"), line.start + found.end("name")
        yield Clue(entry.surface, "outlet.credit", WEIGHTS["outlet.credit"] * 0.7, *span, entry.outlets, line.place)
