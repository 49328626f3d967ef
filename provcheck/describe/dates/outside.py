"""Dates that stand outside of the text: declared by the wrapper, in the URL, in the file's name."""

from __future__ import annotations

import datetime as dt

from provcheck.describe.dates import calendars
from provcheck.describe.dates.scan import expressions
from provcheck.patterns import late

# year, month and day as parts of a path or slug: /2018/03/15/, /2018-03-15-, _20180315
_PATH = late(r"(?<![0-9])((?:19|20)[0-9]{2})([/_.-]?)([01]?[0-9])\2([0-3]?[0-9])(?![0-9])")
_SECONDS = late(r"[0-9]{9,10}(?:\.[0-9]+)?\Z")
_MILLISECONDS = late(r"[0-9]{12,13}\Z")
_COMPACT = late(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T?[0-9]{4,6}Z?)?\Z")

# year, month, day or the other way round as numbers; or all in eight digits
_THREE_PARTS = late(
    r"[0-9]{4}[./-][0-9]{1,2}[./-][0-9]{1,2}|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})\b|\b[0-9]{8}\b"
)


def in_path(path: str) -> dt.date | None:
    """The day that a URL or file name holds as year, month and day, or None where it holds none or two.

    >>> in_path("https://example.org/world/2018/03/15/a-story")
    datetime.date(2018, 3, 15)
    """
    found = set()
    for year, separator, month, number in _PATH.findall(path):
        if separator or (len(month) == 2 and len(number) == 2):
            day = calendars.day(int(year), int(month), int(number))
            if day:
                found.add(day)
    return found.pop() if len(found) == 1 else None


def looks_like_a_date(value: str) -> bool:
    """Whether a declared value gives a year, a month and a day, be there such a day or not.

    >>> looks_like_a_date("0000-00-00"), looks_like_a_date("March 2018")
    (True, False)
    """
    return bool(_THREE_PARTS.search(value)) or any(not e.days for e in expressions(value))


def declared(value: str, language: str | None) -> tuple[tuple[dt.date, ...], str | None, str | None]:
    """The days that a declared value can mean, with time and offset where it gives both.

    Two days stand for an open order, none for a value that is no date. Unix times are read in UTC.

    >>> declared("2018-03-15T08:30:00+05:00", None)
    ((datetime.date(2018, 3, 15),), '08:30', '+05:00')
    """
    value = value.strip()
    if _SECONDS.match(value) or _MILLISECONDS.match(value):
        seconds = float(value) / (1000 if _MILLISECONDS.match(value) else 1)
        moment = dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
        midnight = not (moment.hour or moment.minute)  # then only the day was known
        return (moment.date(),), None if midnight else f"{moment:%H:%M}", None if midnight else "+00:00"
    compact = _COMPACT.match(value)
    if compact:
        day = calendars.day(*(int(part) for part in compact.groups()))
        return ((day,) if day else ()), None, None
    found = expressions(value, language)
    if found:
        return found[0].days, found[0].time, found[0].zone
    return _mail(value), None, None


def _mail(value: str) -> tuple[dt.date, ...]:
    """A date as mail headers write it with two digits for the year; everything else has been found before."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  # heavy, and hardly any date looks so

    try:
        return (parsedate_to_datetime(value).date(),)
    except (ValueError, IndexError, TypeError):
        return ()
