"""Days of other calendars and digits of other scripts.

Only calendars whose days are certain are converted: the Buddhist and Japanese eras and the Chinese republic
count the same days under other years, the Ethiopian year has a leap day every fourth year, and the Solar Hijri year
(Iran, Afghanistan) begins at the March equinox, which a cycle of 33 years gives to the day in our times. Nepal's months
(Bikram Sambat) follow from no rule, but those that were printed are a table; years not yet printed have no dates. The
lunar Hijri month begins when the moon is seen, a day earlier or later by country, so its dates are left alone.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import cache
from itertools import accumulate
from typing import Literal

from provcheck import shipped

Calendar = Literal["jalali", "ethiopian", "bikram_sambat"]
"""A calendar that has months of its own."""

FIRST_YEAR, LAST_YEAR = 1600, 2199
"""Years in which a document can have been printed, the first being that of the first newspapers."""

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925, "民國": 1911, "民国": 1911}
"""The year before the first one of an era."""

BUDDHIST = 543
"""Thai years are so many ahead."""

NEPAL_NOW = 2045
"""From this year on a number of four digits is no western year of any page, and where Nepal is meant it is Nepal's."""

LONGEST_MONTH = 32
"""Days of the longest month of any of the calendars, which is one of Nepal's."""

_ETHIOPIA = 2796
"""The day before the first of the Ethiopian years, counted as `datetime.date.toordinal` does; they have 13 months."""

_NEPAL = (2000, dt.date(1943, 4, 14))
"""The first year of the table of Nepal's months, and its first day."""

_LEAPS = (1, 5, 9, 13, 17, 22, 26, 30)
ZEROS = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0,
         0x1040, 0x17E0, 0xFF10)  # fmt: skip
"""The zero of each other script whose digits are read; the others follow it."""

_DIGITS = {zero + n: str(n) for zero in ZEROS for n in range(10)}
_DIGITS.update({0xFF0F: "/", 0xFF0E: ".", 0xFF1A: ":", 0xFF0D: "-"})
_HAN = {ch: n for n, ch in enumerate("〇一二三四五六七八九")} | {"零": 0}


def western_digits(text: str) -> str:
    """The text with the digits of other scripts, and the wide signs of dates, as in English, of the same length.

    >>> western_digits("۱۴۰۴/۱۰/۱۶")
    '1404/10/16'
    """
    return text.translate(_DIGITS)


def day(year: int, month: int, number: int) -> dt.date | None:
    """The day, or None where there is no such day or nothing was printed yet.

    >>> day(2018, 2, 31) is None
    True
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def jalali(year: int, month: int, number: int) -> dt.date | None:
    """The day of a Solar Hijri date, or None where there is none.

    >>> jalali(1404, 10, 16)
    datetime.date(2026, 1, 6)
    """
    if not (1244 <= year <= 1500 and 1 <= month <= 12 and 1 <= number <= (31 if month < 7 else 30)):
        return None
    before = 31 * (month - 1) if month < 7 else 186 + 30 * (month - 7)
    start = _norouz(year)
    found = start + dt.timedelta(before + number - 1)
    return found if found < _norouz(year + 1) else None


def ethiopian(year: int, month: int, number: int) -> dt.date | None:
    """The day of an Ethiopian date, or None where there is none.

    >>> ethiopian(2016, 11, 9), ethiopian(2016, 13, 6)
    (datetime.date(2024, 7, 16), None)
    """
    longest = 30 if month < 13 else 6 if year % 4 == 3 else 5
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 13 and 1 <= number <= longest):
        return None
    return dt.date.fromordinal(_ETHIOPIA + 365 * (year - 1) + year // 4 + 30 * (month - 1) + number - 1)


def bikram_sambat(year: int, month: int, number: int) -> dt.date | None:
    """The day of a date of Nepal, or None where there is none or the months of the year are not certain.

    >>> bikram_sambat(2081, 4, 1), bikram_sambat(2081, 3, 32)
    (datetime.date(2024, 7, 16), None)
    """
    table, starts = _nepal()
    place = year - _NEPAL[0]
    if not (0 <= place < len(table) and 1 <= month <= 12) or len(table[place]) == 1:
        return None
    lengths = table[place]
    if not 1 <= number <= lengths[month - 1]:
        return None
    return _NEPAL[1] + dt.timedelta(starts[place] + sum(lengths[: month - 1]) + number - 1)


def converted(calendar: Calendar, year: int, month: int, number: int) -> dt.date | None:
    """The day of a date of one of these calendars, or None where there is none.

    >>> converted("ethiopian", 2016, 1, 1)
    datetime.date(2023, 9, 12)
    """
    if calendar == "jalali":
        return jalali(year, month, number)
    return ethiopian(year, month, number) if calendar == "ethiopian" else bikram_sambat(year, month, number)


@cache
def _nepal() -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]:
    """The days of the months of each year (or those of the whole year alone), and the days before each year."""
    rows: list[str] = shipped.table("describe", "date_names.json")["bikram_sambat"]
    table = tuple(tuple(29 + int(each) for each in row) if len(row) == 12 else (int(row),) for row in rows)
    return table, tuple(accumulate(map(sum, table), initial=0))


def _norouz(year: int) -> dt.date:
    """The first day of a year: in 33 years eight have a day more."""
    return dt.date(1964, 3, 21) + dt.timedelta(365 * (year - 1343) + _leaps_before(year) - _leaps_before(1343))


def _leaps_before(year: int) -> int:
    cycles, rest = divmod(year, 33)
    return 8 * cycles + sum(leap < rest for leap in _LEAPS)


def han_number(text: str) -> int:
    """A number in Chinese characters, written digit by digit (二〇二六) or with tens (二十六).

    >>> han_number("二〇二六"), han_number("二十六"), han_number("十")
    (2026, 26, 10)
    """
    if "十" not in text:
        return int("".join(str(_HAN.get(ch, 0)) for ch in text) or 0)
    tens, _, ones = text.partition("十")
    return 10 * (_HAN.get(tens, 1) if tens else 1) + (_HAN.get(ones, 0) if ones else 0)


def folded(word: str) -> str:
    """A word as the tables hold it: composed and in lower case."""
    return (word if word.isascii() else unicodedata.normalize("NFC", word)).lower()
