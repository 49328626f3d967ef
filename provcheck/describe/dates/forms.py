"""One date expression around a year: which day it means, by the ways in which languages write dates.

The year is the anchor, because four digits are rare and months are words in a hundred spellings: what stands left of
it is read token by token (``6 de enero de``, ``April 25th,``, ``06. 01. ``), then what stands right of it
(``-01-06``, ``年1月6日``, `` m. sausio 6``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe.dates import calendars, lexicon
from provcheck.patterns import late

if TYPE_CHECKING:
    import datetime as dt
    import re

REACH = 44
"""Characters left of a year in which its day and month are looked for."""

_AHEAD = 40
"""Characters from a year on that the forms with month and day behind it have at most."""

_DIGIT = late("[0-9]")
_DASH = "\u2010\u2011\u2013-"
_SEPARATORS = frozenset("./" + _DASH)
# day or month, a separator with at most one space on each side, month or day, the same separator; ends at the year
_NUMBERS_LEFT = late(rf"(?<![0-9])(?<![0-9][./-])([0-9]{{1,2}})\s?([./{_DASH}])\s?([0-9]{{1,2}})\s?\2\s?\Z")
# year, separator, month, the same separator, day; no digit follows
_NUMBERS_RIGHT = late(rf"[0-9]{{4}}\s?([./{_DASH}])\s?([0-9]{{1,2}})\s?\1\s?([0-9]{{1,2}})(?![0-9])")
# the year of the era in brackets before or behind the sign of the year ("2024年（令和6年）", "2024（令和6）年")
_IN_ERA = r"(?:[（(](?:令和|平成|昭和)\s?[元0-9]{1,2}\s?年?[)）]\s?)?"
# year, month and day with their Chinese, Japanese or Korean signs
_SIGNS_RIGHT = late(rf"[0-9]{{4}}\s?{_IN_ERA}[年년]\s?{_IN_ERA}([0-9]{{1,2}})\s?[月월]\s?([0-9]{{1,2}})\s?[日号號일]")
# what words of any script are made of, with their combining marks
_LETTER = r"[^\s\d!-/:-@\[-`{-~\u00a0-\u00bf\u104a\u104b\u1361-\u1368\u2010-\u2027\u3000-\u303f\u060c]"
# year with its Hungarian, Lithuanian, Latvian, Basque, Georgian, Kazakh, Kyrgyz, Uzbek, Burmese, Armenian, Mongolian or
# Nepali mark, perhaps a day, a month's name, in Mongolian and Sinhala with the word for it, perhaps a day
_NAMED_RIGHT = late(
    r"[0-9]{4}(?:\.?\s?gada|\s?m\.|\.|,|-(?:yil|жылдын)|-|ko|eko"
    r"|\s?(?:წლის|жылғы|жылы|ж\.|йил|ခုနှစ်၊?|թվականի|թ\.|оны|साल))?\s?"
    rf"(?:([0-9]{{1,2}})[.\-]?\s?)?({_LETTER}{{2,20}})(?:\sсарын|\sමස)?(?:[\s.\-]{{1,2}}([0-9]{{1,2}})(?![0-9]))?"
)
# year, number of the month and day with their Mongolian words; an ending follows the day behind a hyphen
_MONGOLIAN_RIGHT = late(r"[0-9]{4}\s?оны\s?([0-9]{1,2})(?:-?\s?р|\s?д[уү]г[аэ]{2}р)?\s?сарын\s?([0-9]{1,2})(?![0-9])")
# Thai abbreviations with their dots, words, numbers
_TOKEN = late(rf"[ก-ฮ]{{1,2}}\.\s?[ก-ฮ]\.|{_LETTER}+|[0-9]+")
# the suffix of a glued word that begins with a capital: "readApril", "TimesNovember"
_GLUED = late(r"(?<=[^\W\d_A-Z])[^\W\d_a-z][^\W\d_]{2,}\Z")
# Words between day, month and year, and what is written behind the number of a day.
_BETWEEN = frozenset({
    "de", "del", "dels", "do", "da", "di", "d", "of", "den", "the", "a", "i", "ta", "anno", "năm", "ngày", "พ.ศ.", "ปี",
    "ค.ศ.", "г", "года", "року", "р", "d’", "år", "an", "nám", "vuonna", "ឆ្នាំ",
    "ቀን", "ng", "गते", "gate", "साल", "ရက်",
})  # fmt: skip
_ORDINALS = frozenset({"st", "nd", "rd", "th", "er", "re", "ο", "η", "го", "е", "e", "ª", "º", "ος", "ים", "a"})
_MONTH_SIGN = "tháng"
_THAI_CENTURY, _THAI_SINCE = 2500, 43


class Form(NamedTuple):
    """A date as it is written: its days (two where the order is open, none where there is no such day) and place."""

    start: int
    end: int
    days: tuple[dt.date, ...]
    kind: str
    separator: str = ""


def around(text: str, at: int, language: str | None) -> Form | None:
    """The date whose year (four digits) stands at `at` in `text`, or None.

    >>> around("Published in Dawn, April 25th, 2018", 31, "en").days
    (datetime.date(2018, 4, 25),)
    """
    year = int(text[at : at + 4])
    left = text[max(0, text.rfind("\n", max(0, at - REACH), at) + 1, at - REACH) : at]
    if _DIGIT.search(left):  # most years are those of events, and no number of a day stands left of them
        found = _numbers_left(left, at, year, language) or _named_left(left, at, year, language)
        if found:
            return found
    return _right(text, at, year, language) if _DIGIT.search(text, at + 4, at + _AHEAD) else None


def clipped(text: str, at: int, language: str | None) -> Form | None:
    """The date of a month's name and a year of two digits at `at`, behind its apostrophe, hyphen or space, or None.

    Thai years are those of the Buddhist era.

    >>> clipped("6 Jan '26", 7, "en").days
    (datetime.date(2026, 1, 6),)
    """
    start = at - (text[at - 1] in "'’-")
    left = text[max(0, text.rfind("\n", max(0, start - REACH), start) + 1, start - REACH) : start]
    short = int(text[at : at + 2])
    found = _named_left(left, start, _THAI_CENTURY + short if language == "th" else _century(short), language)
    return found._replace(end=at + 2) if found else None


def two_digit_year(match: re.Match[str], language: str | None) -> Form:
    """The date of a match with the groups first, separator, second, year: years 00 to 49 are of this century.

    Korean and Chinese write the year first; the others last. In Thai, years from 43 on are those of the Buddhist era,
    because the year 2000 was 2543; those below it are western.
    """
    first, separator, second, short = match.groups()
    if language == "th" and int(short) >= _THAI_SINCE:
        days = _existing(_THAI_CENTURY + int(short) - calendars.BUDDHIST, [(int(second), int(first))])
    elif language in ("ko", "zh", "ja"):
        days = _existing(_century(int(first)), [(int(second), int(short))])
    else:
        days = _orders(_century(int(short)), int(first), int(second), separator, language)
    return Form(match.start(), match.end(), days, "short", separator)


def _century(short: int) -> int:
    return short + (2000 if short < 50 else 1900)


def _numbers_left(left: str, at: int, year: int, language: str | None) -> Form | None:
    found = _NUMBERS_LEFT.search(left[-14:]) if left.rstrip()[-1:] in _SEPARATORS else None
    if not found:
        return None
    first, separator, second = int(found[1]), found[2], int(found[3])
    start = at - min(14, len(left)) + found.start()
    if language == "ne" and year >= calendars.NEPAL_NOW:
        return None  # the year is Nepal's, and which number is the month is anybody's guess
    if year >= 2400:
        year -= calendars.BUDDHIST
    return Form(start, at + 4, _orders(year, first, second, separator, language), "numbers", separator)


def _orders(year: int, first: int, second: int, separator: str, language: str | None) -> tuple[dt.date, ...]:
    """The days that two numbers can mean; with dots the month comes first only where no other order makes a day."""
    orders = [(second, first)]
    if second > 12 or (separator != "." and language in (None, "en", "fil", "tl", "sw", "ja", "ko", "zh")):
        orders.append((first, second))
    return _existing(year, orders)


def _existing(year: int, pairs: list[tuple[int, int]]) -> tuple[dt.date, ...]:
    found = (calendars.day(year, month, number) for month, number in pairs)
    return tuple(dict.fromkeys(day for day in found if day))


class _Left(NamedTuple):
    """What stands left of a year: its tokens, where in the text their offsets begin, the year and its place."""

    tokens: list[re.Match[str]]
    origin: int
    at: int
    year: int
    language: str | None

    def form(self, start: int, days: tuple[dt.date, ...]) -> Form:
        """The form that begins at an offset and ends with the year."""
        return Form(self.origin + start, self.at + 4, days, "named")


def _named_left(left: str, at: int, year: int, language: str | None) -> Form | None:
    tokens = list(_TOKEN.finditer(left))
    if not tokens or len(left) - tokens[-1].end() > 3:
        return None
    place = _skip(tokens, len(tokens) - 1)
    if place < 0:
        return None
    whole = _Left(tokens, at - len(left), at, year - calendars.BUDDHIST if year >= 2400 else year, language)
    word = tokens[place].group()
    if word[0].isdigit() or word.lower() in _ORDINALS:
        return _month_day(whole, place)
    month, glued = _month(word, language)
    if month is None and place and not tokens[place - 1].group()[0].isdigit():
        month = lexicon.months().find(calendars.folded(f"{tokens[place - 1].group()} {word}"), language)
        place -= month is not None
    if glued or place < 1:
        return None
    return _other(whole, place, place - 1) if month is None else _day_month(whole, place, month)


def _day_month(left: _Left, place: int, month: int) -> Form | None:
    """Day and month in this order, the month at `place`."""
    tokens = left.tokens
    before = _skip(tokens, place - 1)
    if before > 0 and _month(tokens[before].group(), left.language)[0] == month:
        before = _skip(tokens, before - 1)  # Arabic gives the Levantine name after the Egyptian one
    if before > 0 and tokens[before].group().lower() in _ORDINALS:
        before -= 1
    if before < 0 or not _is_day(tokens[before].group()) or tokens[place].start() - tokens[before].end() > 24:
        return None
    return left.form(tokens[before].start(), _existing(left.year, [(month, int(tokens[before].group()))]))


def _month_day(left: _Left, place: int) -> Form | None:
    """Month and day in this order, the day (perhaps with its ordinal suffix) at `place`; or Vietnamese months."""
    tokens = left.tokens
    if not tokens[place].group()[0].isdigit():
        place -= 1
    if place < 1 or not _is_day(tokens[place].group(), calendars.LONGEST_MONTH):
        return None
    number, word = int(tokens[place].group()), tokens[place - 1].group()
    if word.lower() == _MONTH_SIGN and place > 1 and _is_day(tokens[place - 2].group()):
        return left.form(tokens[place - 2].start(), _existing(left.year, [(number, int(tokens[place - 2].group()))]))
    month, glued = _month(word, left.language)
    if tokens[place].start() - tokens[place - 1].end() > 2:
        return None
    if month is None:
        return _other(left, place - 1, place)
    return left.form(tokens[place - 1].start() + glued, _existing(left.year, [(month, number)]))


def _skip(tokens: list[re.Match[str]], place: int) -> int:
    while place >= 0 and tokens[place].group().lower() in _BETWEEN:
        place -= 1
    return place


def _month(word: str, language: str | None) -> tuple[int | None, int]:
    """The month that a word names, and how many characters of another word are glued to its left."""
    months = lexicon.months()
    found = months.find(calendars.folded(word), language)
    if found is None and (tail := _GLUED.search(word)):
        found = months.find(calendars.folded(tail.group()), language)
        return found, tail.start() if found else 0
    return found, 0


def _other(left: _Left, named: int, numbered: int) -> Form | None:
    """A day and a month of a calendar with other months, the month at `named` and the day at `numbered`."""
    tokens = left.tokens
    if not _is_day(tokens[numbered].group(), calendars.LONGEST_MONTH):
        return None
    start = min(tokens[named].start(), tokens[numbered].start())
    days = _elsewhere(tokens[named].group(), left.year, int(tokens[numbered].group()), left.language)
    return None if days is None else left.form(start, days)


def _elsewhere(word: str, year: int, number: int, language: str | None) -> tuple[dt.date, ...] | None:
    """The day in the calendar that has a month of this name, or None where it has not, or is not that of the page.

    Hindi and Tigrinya have the same names for other days, and in English only years to come are for certain Nepal's.
    """
    calendar, month = lexicon.other_months().get(calendars.folded(word), (None, 0))
    nepal = language == "ne" or (language == "en" and year >= calendars.NEPAL_NOW)
    meant = {"jalali": True, "ethiopian": language == "am", "bikram_sambat": nepal}
    if calendar is None or not meant[calendar]:
        return None
    return _single(calendars.converted(calendar, year, month, number))


def _is_day(token: str, most: int = 31) -> bool:
    return len(token) <= 2 and token.isdigit() and 1 <= int(token) <= most


def _right(text: str, at: int, year: int, language: str | None) -> Form | None:
    if found := _SIGNS_RIGHT.match(text, at):
        return Form(at, found.end(), _existing(year, [(int(found[1]), int(found[2]))]), "signs")
    if found := _NUMBERS_RIGHT.match(text, at):
        days = _year_first(year, int(found[2]), int(found[3]), language)
        return Form(at, found.end(), days, "iso" if found[1] == "-" else "year-first", found[1])
    if found := _MONGOLIAN_RIGHT.match(text, at):
        return Form(at, found.end(), _existing(year, [(int(found[1]), int(found[2]))]), "signs")
    found = _NAMED_RIGHT.match(text, at)
    if not found or bool(found[1]) == bool(found[3]) or year < calendars.FIRST_YEAR:
        return None  # behind a year of the Bengali or lunar calendar stands a date of its own
    named, number = lexicon.months().find(calendars.folded(found[2]), language), int(found[1] or found[3])
    meant = _existing(year, [(named, number)]) if named else _elsewhere(found[2], year, number, language)
    end = found.end(3) if found[3] else found.end(2)
    return None if meant is None else Form(at, end, meant, "named")


def _year_first(year: int, month: int, number: int, language: str | None) -> tuple[dt.date, ...]:
    if year < calendars.FIRST_YEAR:
        return _single(calendars.jalali(year, month, number))
    if language == "ne" and year >= calendars.NEPAL_NOW:
        return _single(calendars.bikram_sambat(year, month, number))
    return _existing(year, [(month, number)])


def _single(day: dt.date | None) -> tuple[dt.date, ...]:
    return (day,) if day else ()
