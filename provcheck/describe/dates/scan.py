"""All date expressions of a text."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe.dates import calendars, clock, forms
from provcheck.describe.dates import shape as shapes
from provcheck.patterns import late

if TYPE_CHECKING:
    import datetime as dt
    import re
    from collections.abc import Iterator

MOST_YEARS = 800
"""Numbers that could be years are looked at up to here: a page with more is a table, and time must stay linear."""

SHORT_LINE = 160
"""Dates with two digits for the year are looked for in lines up to so many characters: in prose they are scores."""

# four digits or more in the shape of a text, the first of which could be a year
_YEARS = late(rb"00000*")
# perhaps a digit, a digit, a separator, a number, the same separator, a year of two digits
# (with hyphens these are scores, sizes and parts of numbers, but in Korea dates)
_SHORTS = tuple(late(rb"%b00?%b00(?!0)" % (mark, mark)) for mark in (rb"\.", rb"/", rb"-"))
# two digits behind an apostrophe, or behind a hyphen; no digit, hyphen or apostrophe follows
_CLIPPED = tuple(late(rb"%b00(?![0'`-])" % mark) for mark in (b"'", shapes.CURLY, b"-"))
# the word in hyphens before these digits ("06-Jan-26")
_HYPHENED = late(r"-[^\W\d_]{3,9}-\Z")
_LONGEST_NAME = 11  # characters of it with its hyphens
# a Thai letter or dot, a space, two digits that are neither a time nor part of a number
_THAI = late(r"(?<=[.ก-๎]) [0-9]{2}(?![0-9:.,])")
# two numbers and a year of two digits with one separator, in parts
_SHORT = late(r"([0-9]{1,2})([./\-])([0-9]{1,2})\2([0-9]{2})(?![./\-:,][0-9]|\s?[%°€$])")
# era, its year ("元" is the first), month and day
_ERA = late(r"(令和|平成|昭和|民國|民国)\s?(元|[0-9]{1,3})\s?年\s?([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日")
# the same in short: the era's initial in Latin letters or its name, its year, and numbers with one separator
_ERA_IN_SHORT = late(
    r"(?<![^\W_])(R|H|S|令和|平成|昭和|民國|民国)\s?(元|[0-9]{1,3})\s?([./\-])\s?([0-9]{1,2})\s?\3\s?([0-9]{1,2})(?![0-9])"
)
# the Chinese republic's year of three digits without its name, alone or behind a sign, month and day
_REPUBLIC = late(r"(?<!\w)(1[0-9]{2})\s?年\s?([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日")
# year, month and day in Chinese characters
_HAN = late(r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号號]")


_ERAS_IN = frozenset({"ja", "zh"})
"""Languages that count the years of eras."""


class Expression(NamedTuple):
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


def expressions(text: str, language: str | None = None) -> list[Expression]:
    """The dates of a text in their order.

    >>> [(e.days[0].isoformat(), e.time) for e in expressions("Le 18 juil. 2024 à 08:01Mis à jour le 19 juil. 2024")]
    [('2024-07-18', '08:01'), ('2024-07-19', None)]
    """
    shape = shapes.of(text)
    if shapes.FOREIGN in shape:
        text = calendars.western_digits(text)
        shape = shapes.of(text)
    found = sorted((*_by_year(text, shape, language), *_by_era(text, language)), key=lambda f: (f.start, -f.end))
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


def _by_year(text: str, shape: bytes, language: str | None) -> Iterator[forms.Form]:
    if shapes.DIGIT not in shape:
        return
    solar = language in ("fa", "ps", "th", None) or not text.isascii()
    for match in islice(_YEARS.finditer(shape), MOST_YEARS):
        at = match.start()
        year = int(text[at : at + 4])
        if 1600 <= year < 2200 or (solar and (1300 <= year < 1500 or 2400 <= year < 2600)):
            form = forms.around(text, at, language)
            if form:
                yield form
    for at in _clipped(text, shape, language):
        form = forms.clipped(text, at, language)
        if form:
            yield form
    for pattern in _SHORTS if language == "ko" else _SHORTS[:2]:
        for match in islice(pattern.finditer(shape), MOST_YEARS):
            at = match.start() - 1 - (shape[max(0, match.start() - 2) : match.start() - 1] == b"0")
            form = _short(text, at, language) if at >= 0 else None
            if form:
                yield form


def _clipped(text: str, shape: bytes, language: str | None) -> Iterator[int]:
    """Where two digits stand that may be a year without its century."""
    straight, curly, hyphen = ([match.start() + 1 for match in clip.finditer(shape)] for clip in _CLIPPED)
    named = [at for at in hyphen if _HYPHENED.search(text, max(0, at - _LONGEST_NAME), at)]
    thai = [match.end() - 2 for match in _THAI.finditer(text)] if language == "th" else []
    for places in (straight, curly, named, thai):
        yield from places[:MOST_YEARS]


def _short(text: str, at: int, language: str | None) -> forms.Form | None:
    """A date with two digits for the year, unless it is part of a longer chain, or stands in prose."""
    match = _SHORT.match(text, at)
    if not match or (at and (text[at - 1] in ".,:/-" or text[at - 1].isdigit())):
        return None
    begin, end = text.rfind("\n", max(0, at - SHORT_LINE), at), text.find("\n", at, at + SHORT_LINE)
    begin, end = (
        begin if begin >= 0 or at > SHORT_LINE else 0,
        end if end >= 0 or len(text) > at + SHORT_LINE else len(text),
    )
    if begin < 0 or end < 0 or end - begin > SHORT_LINE:
        return None
    form = forms.two_digit_year(match, language)
    return form if form.days else None


def _in_era(name: str, number: str) -> int:
    """The year of our calendar, by the name of an era and the number of its year, the first of which has a word."""
    return calendars.ERAS[name] + (1 if number == "元" else int(number))


def _by_era(text: str, language: str | None) -> Iterator[forms.Form]:
    for match in islice(_ERA_IN_SHORT.finditer(text), MOST_YEARS if language in _ERAS_IN else 0):
        name, number, _, month, day = match.groups()
        if language == "ja" or len(name) > 1:
            yield _sure(match, calendars.day(_in_era(name, number), int(month), int(day)))
    if "年" not in text:
        return
    for match in islice(_ERA.finditer(text), MOST_YEARS):
        yield _sure(match, calendars.day(_in_era(match[1], match[2]), int(match[3]), int(match[4])))
    for match in islice(_REPUBLIC.finditer(text), MOST_YEARS if language == "zh" else 0):
        yield _sure(match, calendars.day(calendars.ERAS["民國"] + int(match[1]), int(match[2]), int(match[3])))
    for match in islice(_HAN.finditer(text), MOST_YEARS):
        yield _sure(match, calendars.day(*(calendars.han_number(part) for part in match.groups())))


def _sure(match: re.Match[str], day: dt.date | None) -> forms.Form:
    return forms.Form(match.start(), match.end(), (day,) if day else (), "signs")
