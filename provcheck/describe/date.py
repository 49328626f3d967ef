"""The publication date of a document.

A declared date is believed first, because somebody wrote it on purpose; but crawls declare the day of the crawl, so
strong evidence in the text against it is a finding. Without a declaration the dates of the text are weighed by where
they stand and what stands beside them, and a date is given only if it is more probably right than a wrong date is
harmful: event dates, teasers and mastheads are the rule on a page, the publication date the exception.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe import heading
from provcheck.describe.dates import outside, rank, scan, settle
from provcheck.describe.dates.scene import stage
from provcheck.model import Candidate, Described, Finding
from provcheck.rules import RULES
from provcheck.text import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provcheck.config import Settings
    from provcheck.describe.dates.rank import Ranked
    from provcheck.describe.dates.scene import Scene
    from provcheck.model import Document, Layout

    Told = tuple[Described, tuple[Finding, ...]]

STRONG = 0.8
"""A date of the text from this probability on contradicts a declared one."""

DECLARED, UNSURE = 0.98, 0.3
"""How sure a declared date is; and the one on which clocks begin, which programs write where they know none."""

AT_HOME = 0.89
"""No more confidence in a day whose order only the country of the outlet tells, which the document does not name."""

_SHOWN, _TIED = 2, 0.001
"""Days of the text that can be given or be the runner-up; more where they are as probable, or a URL knows them."""

_ZERO = dt.date(1970, 1, 1)
_LONGEST = 120  # characters of a declared value that are read
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class _Choice(NamedTuple):
    """What was decided: the candidates, best first, and the findings about them."""

    candidates: tuple[Candidate, ...] = ()
    findings: tuple[Finding, ...] = ()


class Asked(NamedTuple):
    """A document whose date is asked for.

    `headline` is where its title begins, -1 where it has none; `country` that of its outlet, in two small letters.
    """

    document: Document
    layout: Layout
    language: str | None
    settings: Settings
    headline: int = -1
    country: str | None = None


def describe(
    document: Document,
    layout: Layout,
    language: str | None,
    settings: Settings,
    headline: int = -1,
    country: str | None = None,
) -> Told:
    """The best candidate for the publication date with its evidence, and what is wrong with the document's dates.

    The value is ``YYYY-MM-DD``, or a time with its zone (``2026-01-06T14:59+01:00``) where the document gives both.

    >>> from provcheck.config import Settings
    >>> from provcheck.model import Document, Layout
    >>> text = "A river rose.\\n\\nPublished in Dawn, April 25th, 2018\\n"
    >>> document = Document.of(text)
    >>> describe(document, Layout.of((), document.lines), "en", Settings())[0].value
    '2018-04-25'
    """
    [told] = descriptions([Asked(document, layout, language, settings, headline, country)])
    return told


def descriptions(asked: Sequence[Asked]) -> list[Told]:
    """The same of many documents: each step goes through all of them before the next."""
    found = [_found(one.document, one.language) for one in asked]
    scenes = [
        stage(one.document.text, one.document.lines, dates, one.layout.kinds, one.headline) if dates else None
        for one, dates in zip(asked, found, strict=True)
    ]
    return [_described(one, dates, scene) for one, dates, scene in zip(asked, found, scenes, strict=True)]


def _described(one: Asked, found: list[scan.Expression], scene: Scene | None) -> Told:
    document = one.document
    paths = [path for path in (document.declared.get("url", ""), document.origin.relative) if path]
    known = tuple(dict.fromkeys(day for path in paths if (day := outside.in_path(path))))
    text = _from_text(one, scene, found, known) if scene else _Choice()
    told = _declared(one, found, known)
    told_day = told.candidates[0].value[:10] if told.candidates else None
    # What is declared stands first even where the text is surer: the conflict is a finding, not a choice.
    candidates = sorted((*told.candidates, *text.candidates, *_from_paths(paths, text)), key=_order)
    best = candidates[0] if candidates and candidates[0].confidence >= rank.model().threshold else None
    findings = [*told.findings, *(text.findings if told_day is None else ())]
    if best is None:
        if not any(f.code == "PC306" for f in findings):
            findings.append(Finding.of("PC302"))
        return Described(), tuple(findings)
    rival = next((c for c in candidates if c.value[:10] != best.value[:10]), None)
    findings.extend(_judge(document, best, rival, one.settings, found))
    return Described(best, rival), tuple(findings)


def _order(candidate: Candidate) -> tuple[bool, float, int]:
    believed = candidate.rule == "date.declared" and candidate.confidence >= STRONG
    return not believed, -candidate.confidence, candidate.start


def _found(document: Document, language: str | None) -> list[scan.Expression]:
    """The dates of the text behind its header."""
    found = scan.expressions(document.text, language)
    return [e for e in found if e.start >= document.header_end] if document.header_end else found


def _from_text(one: Asked, scene: Scene, found: Sequence[scan.Expression], known: Sequence[dt.date]) -> _Choice:
    document, settings = one.document, one.settings
    threshold = rank.model().threshold
    candidates: list[Candidate] = []
    findings: list[Finding] = []
    open_days = [settle.settle(e, document.text, found, settings, known) for e in found]
    settled = [settle.at_home(days, one.country) for days in open_days]
    at_home = {e.start for e, days, told in zip(found, open_days, settled, strict=True) if days != told}
    for each in rank.ranked(scene, settled, rank.model().weights):
        e, days = each.expression, each.days
        likely = each.probability >= threshold
        if len(days) == 1:
            if days[0] in known or len(candidates) < _SHOWN or each.probability > candidates[-1].confidence - _TIED:
                most = AT_HOME if e.start in at_home else 1.0
                candidates.append(_candidate(document, each, days[0], known, most))
        elif likely and days and not candidates:
            first, second = (day.isoformat() for day in days[:2])
            findings.append(Finding.of("PC306", document.text, (e.start, e.end), first=first, second=second))
            break
        elif likely and not days and each.labelled:
            findings.append(Finding.of("PC308", document.text, (e.start, e.end)))
    return _Choice(tuple(candidates), tuple(findings))


def _candidate(document: Document, one: Ranked, day: dt.date, known: Sequence[dt.date], most: float) -> Candidate:
    e = one.expression
    value = day.isoformat() + (f"T{e.time}{e.zone}" if e.time and e.zone else "")
    sure = min(most, max(one.probability, 0.97) if day in known else one.probability)
    return Candidate(value, one.rule, round(sure, 3), e.left, e.right, quote(document.text, e.left, e.right))


def _from_paths(paths: Sequence[str], text: _Choice) -> list[Candidate]:
    """The day in the URL or the file's name, which is near certain in a URL and likely in a file's name."""
    out = []
    for path in paths:
        day = outside.in_path(path)
        if day and not any(c.value.startswith(day.isoformat()) for c in text.candidates):
            rule, sure = ("date.url", 0.93) if "://" in path else ("date.file-name", 0.7)
            out.append(Candidate(day.isoformat(), rule, sure, quote=quote(path, 0, len(path))))
    return out


def _declared(one: Asked, found: Sequence[scan.Expression], known: Sequence[dt.date]) -> _Choice:
    """The declared date; a value that gives a year, month and day which do not exist is a finding."""
    document, language = one.document, one.language
    value = document.declared.get("date", "").strip()[:_LONGEST]
    span = document.declared_spans.get("date", (-1, -1))
    said = document.declared.get("outlet", "").strip()
    if not value and (paper := heading.heading(said, language)) and paper.end:
        # Databases give the paper, the day and the page in one field.
        value, span = said, document.declared_spans.get("outlet", (-1, -1))
    if not value:
        return _Choice()
    place = span if span[0] >= 0 else (0, 0)
    days, time, zone = outside.declared(value, language)
    if not days:
        if not outside.looks_like_a_date(value):
            return _Choice()
        return _Choice((), (_of_value("PC308", value, place),))
    if len(days) > 1:
        whole = scan.expressions(value, language)[0]
        days = settle.settle(whole, document.text, found, one.settings, known, declared=value)
        days = settle.at_home(days, one.country)
    if len(days) > 1:
        first, second = (day.isoformat() for day in days)
        return _Choice((), (_of_value("PC306", value, place, first=first, second=second),))
    moment = days[0].isoformat() + (f"T{time}{zone}" if time and zone else "")
    sure = UNSURE if days[0] == _ZERO else DECLARED
    return _Choice((Candidate(moment, "date.declared", sure, *span, quote=value),))


def _of_value(code: str, value: str, place: tuple[int, int], **values: str) -> Finding:
    """A finding that quotes a declared value, wherever it stands."""
    return Finding(code, RULES[code].message.format(quote=value, **values), *place, value)


def _judge(
    document: Document,
    best: Candidate,
    rival: Candidate | None,
    settings: Settings,
    found: Sequence[scan.Expression],
) -> list[Finding]:
    """What is wrong with the date that was chosen."""
    out = []
    day = dt.date.fromisoformat(best.value[:10])
    span = (best.start, best.end) if best.start >= 0 else (0, 0)
    if rival and best.rule == "date.declared" and rival.confidence >= STRONG and rival.start >= 0:
        far = abs((dt.date.fromisoformat(rival.value[:10]) - day).days) > 1
        if far:
            place = (rival.start, rival.end)
            out.append(
                Finding.of("PC305", document.text, place, name="date", declared=best.value, detected=rival.value)
            )
    if day > settings.day:
        out.append(Finding.of("PC307", document.text, span, date=best.value, as_of=settings.day.isoformat()))
    for e in found:
        if (e.left, e.right) == span and e.weekday and e.weekday != day.isoweekday():
            weekday = _WEEKDAYS[day.weekday()]
            out.append(Finding.of("PC309", document.text, span, date=day.isoformat(), weekday=weekday))
    return out
