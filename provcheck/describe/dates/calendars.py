"""Days of other calendars and digits of other scripts.

Only calendars whose days follow from a rule are converted: the Buddhist and Japanese eras and the Chinese republic
count the same days under other years, and the Solar Hijri year (Iran, Afghanistan) begins at the March equinox,
which a cycle of 33 years gives to the day in our times. The lunar Hijri month begins when the
moon is seen, a day earlier or later by country, so its dates are left alone.
"""

from __future__ import annotations

import datetime as dt
import unicodedata

FIRST_YEAR, LAST_YEAR = 1600, 2199
"""Years in which a document can have been printed, the first being that of the first newspapers."""

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The year before the first one of an era."""

BUDDHIST = 543
"""Thai years are so many ahead."""

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
