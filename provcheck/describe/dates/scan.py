"""All date expressions of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from provcheck.describe.dates import calendars, clock, forms

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

MOST_YEARS = 800
"""Numbers that could be years are looked at up to here: a page with more is a table, and time must stay linear."""

SHORT_LINE = 160
"""Dates with two digits for the year are looked for in lines up to so many characters: in prose they are scores."""

# a number that could begin a year from 1300 (Iran) to 2599 (Thailand) and is not the end of a longer number
_YEAR = re.compile(r"(?<![0-9])(?:1[346789]|20|2[145])[0-9]{2}")
_COMMON_YEAR = re.compile(r"(?<![0-9])(?:1[6789]|2[01])[0-9]{2}")
# two numbers and a year of two digits with one separator, not part of a longer chain or a decimal
_SHORT = re.compile(r"(?<![0-9.,:/\-])([0-9]{1,2})([./\-])([0-9]{2}|[0-9])\2([0-9]{2})(?![0-9]|[./\-:,][0-9]|\s?[%°€$])")
# era, its year ("元" is the first), month and day
_ERA = re.compile(r"(令和|平成|昭和|民國|民国)\s?(元|[0-9]{1,3})\s?年\s?([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日")
# year, month and day in Chinese characters
_HAN = re.compile(r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号號]")


@dataclass(frozen=True, slots=True)
class Expression:
    """A date in a text.

    `start` and `end` hold the date alone, `left` and `right` also the weekday and time beside it. `days` has two
    entries where day and month can be exchanged, and none where there is no such day. `kind` is ``iso``,
    ``year-first``, ``numbers``, ``short``, ``signs`` or ``named``; `weekday` is 1 (Monday) to 7.
    """

    start: int
    end: int
    left: int
    right: int
    days: tuple[dt.date, ...]
    kind: str
    separator: str = ""
    weekday: int | None = None
    weekday_span: tuple[int, int] = (0, 0)
    time: str | None = None
    zone: str | None = None


def expressions(text: str, language: str | None = None, lines: Iterable[tuple[int, str]] = ()) -> list[Expression]:
    """The dates of a text in their order; `lines` (offset and text) are searched for two-digit years as well.

    >>> [(e.days[0].isoformat(), e.time) for e in expressions("Le 18 juil. 2024 à 08:01Mis à jour le 19 juil. 2024")]
    [('2024-07-18', '08:01'), ('2024-07-19', None)]
    """
    text = calendars.western_digits(text)
    found = sorted((*_by_year(text, language), *_by_era(text), *_short(lines, language)), key=lambda f: (f.start, -f.end))
    kept: list[Expression] = []
    for form in found:
        if kept and form.start < kept[-1].end:
            continue
        near = clock.beside(text, form.start, form.end, language)
        left = max(near.start, kept[-1].right if kept else 0)
        kept.append(
            Expression(
                form.start, form.end, left, near.end, form.days, form.kind, form.separator,
                near.weekday, near.weekday_span, near.time, near.zone,
            )
        )  # fmt: skip
    return kept


def _by_year(text: str, language: str | None) -> Iterator[forms.Form]:
    pattern = _COMMON_YEAR if text.isascii() and language not in ("fa", "th") else _YEAR
    for match in islice(pattern.finditer(text), MOST_YEARS):
        form = forms.around(text, match.start(), language)
        if form:
            yield form


def _by_era(text: str) -> Iterator[forms.Form]:
    if "年" not in text:
        return
    for match in islice(_ERA.finditer(text), MOST_YEARS):
        year = calendars.ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
        yield _sure(match, calendars.day(year, int(match[3]), int(match[4])))
    for match in islice(_HAN.finditer(text), MOST_YEARS):
        yield _sure(match, calendars.day(*(calendars.han_number(part) for part in match.groups())))


def _sure(match: re.Match[str], day: dt.date | None) -> forms.Form:
    return forms.Form(match.start(), match.end(), (day,) if day else (), "signs")


def _short(lines: Iterable[tuple[int, str]], language: str | None) -> Iterator[forms.Form]:
    left = MOST_YEARS
    for offset, line in lines:
        if len(line) > SHORT_LINE or left < 0:
            continue
        for match in _SHORT.finditer(calendars.western_digits(line)):
            form = forms.two_digit_year(match, language)
            left -= 1
            if form.days:
                yield form._replace(start=form.start + offset, end=form.end + offset)
