"""What stands directly beside a date and belongs to it: a weekday, a time of day, a zone."""

from __future__ import annotations

import re
from typing import NamedTuple

from provcheck.describe.dates import calendars, lexicon
from provcheck.patterns import late

_TIME = (
    r"([01]?[0-9]|2[0-3])\s?(?:[:.hH]|時|点|时|시)\s?([0-5][0-9])(?![0-9]|\s?min)(?::[0-5][0-9](?:[.,][0-9]{1,9})?)?"
)
_NOON = r"(?:\s?([AaPp]\.?\s?[Mm])\b\.?)?"
_ZONE = (
    r"(?:\s?\(?(?:(?:UTC|GMT)\s?([+\-\u2212]\s?[0-9]{1,2}(?::?[0-9]{2})?)|([+\-][0-9]{2}:?[0-9]{2})"
    r"|([A-Z]{1,4}T?\b|МСК|мск)))?"
)
# up to six separators or one short word with spaces around it ("um", "at", "a las"), then the time with its zone
_AFTER = late(
    r"(?:[\s,;:.•·|@\u2010-\u2015/()\[\]（）\-]{0,6}"
    r"(?:(?:um|at|à|a las|alle|alle ore|ore|kl\.?|klo|KL\.?|às|as|la|ora|om|o|godz\.?|v|в|у|στις|saat|pukul|jam|lúc"
    r"|เวลา|الساعة|ساعت|ob|u|plkst\.|오전|오후|午前|午後|上午|下午|T)\s?)?)"
    + _TIME + _NOON + _ZONE
)  # fmt: skip
# the same time, then perhaps "Uhr" or a zone, then separators or one short word, then the date
_BEFORE = late(
    r"(?<![0-9.,:])" + _TIME + _NOON + r"(?:\s?(?:Uhr|hrs?|h|[A-Z]{2,4}T?\b))?"
    r"[\s,;•·|\u2010-\u2015/\-]{0,4}(?:(?:on|le|el|del|den|am|de)\s)?\Z"
)
_PM = ("오후", "午後", "下午")
# a weekday ends here, with what may stand between it and the date: a comma, a bracket, an article
_WEEKDAY_BEFORE = late(
    r"((?:[^\s\d!-,./:-@\[-`{-~、（]+\s)?[^\s\d!-,./:-@\[-`{-~、（]{1,16})\.?[,，(（]?\s?(?:(?:den|der|le|el|do|d\.|the|ngày|ที่)\s)?\Z"
)
_WEEKDAY_AFTER = late(r"\.?[\s,]{0,2}[(（\[]?\s?([^\W\d_][^\s\d!-/:-@\[-`{-~，、）]{0,15})")
_FULL = 5
_LEFT = 30
"""Characters left of a date in which its weekday and time stand."""
_BRIEFEST = 3
_DIGIT = late("[0-9]")
_LETTERS = late(r"[^\s\d!-,./:-@\[-`{-~、（，(]+")


class Beside(NamedTuple):
    """What belongs to a date: `start` and `end` of all of it, weekday (Monday is 1), ``HH:MM`` and ``+HH:MM``."""

    start: int
    end: int
    weekday: int | None = None
    weekday_span: tuple[int, int] = (0, 0)
    time: str | None = None
    zone: str | None = None


def beside(text: str, start: int, end: int, language: str | None) -> Beside:
    """What belongs to the date at `start` to `end` of a text in western digits.

    >>> beside("Thu, Jul 18, 2024 at 11:50 UTC", 5, 17, "en")
    Beside(start=0, end=30, weekday=4, weekday_span=(0, 3), time='11:50', zone='+00:00')
    """
    first, last = start, end
    weekday, span = _weekday_before(text, start, language)
    if weekday:
        first = span[0]
    else:
        weekday, span = _weekday_after(text, end, language)
        last = span[1] if weekday else end
    line_end = text.find("\n", last, last + 64)
    line_end = len(text) if line_end < 0 else line_end
    found = _AFTER.match(text, last, line_end) if _DIGIT.search(text, last, min(line_end, last + _LEFT)) else None
    if found:
        late = any(word in text[last : found.start(1)] for word in _PM)
        zone = _offset(found[4] or found[5] or "", found[6] or "")
        stop = found.end() if zone else found.end(3) if found[3] else found.end(2)
        return Beside(first, max(stop, found.end(2)), weekday, span, _clock(found, late=late), zone)
    left = max(0, first - _LEFT, text.rfind("\n", max(0, first - _LEFT), first) + 1)
    found = _BEFORE.search(text, left, first) if first - left > _BRIEFEST and _DIGIT.search(text, left, first) else None
    if found:
        return Beside(found.start(), last, weekday, span, _clock(found, late=False))
    return Beside(first, last, weekday, span)


def _clock(found: re.Match[str], *, late: bool) -> str:
    hour, half = int(found[1]), (found[3] or " ")[0].lower()
    if (half == "p" or late) and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return f"{hour:02}:{found[2]}"


def _offset(digits: str, name: str) -> str | None:
    if not digits:
        return lexicon.zones().get(name.lower())
    sign, numbers = ("+" if digits[0] == "+" else "-"), re.sub(r"[^0-9]", "", digits)
    hours, minutes = (int(numbers), 0) if len(numbers) <= 2 else (int(numbers[:-2]), int(numbers[-2:]))
    return f"{sign}{hours:02}:{minutes:02}" if hours <= 14 and minutes < 60 else None


def _weekday_before(text: str, start: int, language: str | None) -> tuple[int | None, tuple[int, int]]:
    left = text[max(0, start - _LEFT, text.rfind("\n", max(0, start - _LEFT), start) + 1) : start]
    if lexicon.weekday_words().isdisjoint(_LETTERS.findall(calendars.folded(left))):
        return None, (0, 0)  # as for most dates
    found = _WEEKDAY_BEFORE.search(left)
    if not found:
        return None, (0, 0)
    phrase = found[1]
    begin = start - len(left) + found.start(1)
    for cut in (0, phrase.find(" ") + 1):
        number = _weekday(phrase[cut:], language)
        if number:
            return number, (begin + cut, begin + len(phrase))
        if not cut and " " not in phrase:
            break
    return None, (0, 0)


def _weekday_after(text: str, end: int, language: str | None) -> tuple[int | None, tuple[int, int]]:
    """The weekday behind a date: in brackets, or a full name, because short ones are also words ("Die", "Mar")."""
    found = _WEEKDAY_AFTER.match(text, end, end + 24)
    if not found or (found[1].isascii() and len(found[1]) < _FULL and text[found.start(1) - 1] not in "([（"):
        return None, (0, 0)
    number = _weekday(found[1], language)
    return (number, found.span(1)) if number else (None, (0, 0))


def _weekday(word: str, language: str | None) -> int | None:
    """The weekday that a word names; a short one only in the document's own language or in English."""
    word = calendars.folded(word)
    names = lexicon.weekdays()
    if len(word) < _FULL and word < "\u0250":
        return names.by_language.get(language or "en", {}).get(word) or names.by_language["en"].get(word)
    return names.find(word, language)
