"""Day and month: which of two numbers is which, from everything in the document that can tell.

What can tell, in this order: the settings, a weekday beside the date, the same day spelt out elsewhere, another date of
the document with a number above 12, the time zone beside the date, the day of the check, and the country of the outlet.
Where nothing tells, the order stays open: a wrong date is worse than none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.patterns import late

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from provcheck.config import Settings
    from provcheck.describe.dates.scan import Expression

_NUMBERS = late(r"[0-9]+")
_AMERICAN = late(r"\b(?:EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|PT)\b")
_ELSEWHERE = late(r"\b(?:GMT|BST|CET|CEST|MEZ|MESZ|EET|EEST|SAST|IST|PKT|WAT|EAT|AEST|AEDT|NZST|NZDT)\b")
_LOOK = 24

MONTH_FIRST = frozenset(("us", "as", "fm", "gu", "mh", "mp", "pw", "vi"))
"""Countries and territories where the month stands before the day."""

EITHER = frozenset(("bz", "ca", "gh", "gl", "ke", "ky", "pa", "ph", "pr", "tg"))
"""Those where some write it so and some otherwise."""


def settle(
    e: Expression,
    text: str,
    found: Sequence[Expression],
    settings: Settings,
    known: Iterable[dt.date] = (),
    declared: str | None = None,
) -> tuple[dt.date, ...]:
    """The days that `e` can still mean, one if the order is settled; `known` are days that a URL or file name gives.

    `found` are the dates of `text`, and `e` is one of them unless it is a date of `declared`, which stands elsewhere.
    Where `e` has two days, the first puts the day before the month.
    """
    if len(e.days) < 2:
        return e.days
    if settings.date_order in ("dmy", "mdy"):
        return (e.days[settings.date_order == "mdy"],)
    if e.weekday:
        fitting = tuple(day for day in e.days if day.isoweekday() == e.weekday)
        if len(fitting) == 1:
            return fitting
    sure = {o.days[0] for o in found if len(o.days) == 1} | set(known)
    spelt = tuple(day for day in e.days if day in sure)
    if len(spelt) == 1:
        return spelt
    votes = {order for o in found if (order := _order(o, text)) is not None}
    votes = votes or _zone(e, text if declared is None else declared)
    if len(votes) == 1:
        return (e.days[votes.pop()],)
    past = tuple(day for day in e.days if day <= settings.day)
    return past if len(past) == 1 else e.days


def at_home(days: tuple[dt.date, ...], country: str | None) -> tuple[dt.date, ...]:
    """The days that a date can still mean where its outlet is published in a country, a code of two small letters.

    >>> import datetime
    >>> may, march = datetime.date(2024, 5, 3), datetime.date(2024, 3, 5)
    >>> at_home((march, may), "us") == (may,), at_home((march, may), "ie") == (march,), len(at_home((march, may), "ca"))
    (True, True, 2)
    """
    if len(days) != 2 or not country or country in EITHER:
        return days
    return (days[country in MONTH_FIRST],)


def _order(e: Expression, text: str) -> int | None:
    """0 where a date can only put the day first, 1 where it can only put the month first, None where it cannot tell."""
    if e.separator == "." or e.kind not in ("numbers", "short") or len(e.days) != 1:
        return None
    numbers = [int(n) for n in _NUMBERS.findall(text[e.start : e.end])]
    return 0 if numbers[0] > 12 else 1 if numbers[1] > 12 else None


def _zone(e: Expression, text: str) -> set[int]:
    beside = text[max(0, e.left - 4) : e.right + _LOOK]
    return {1} if _AMERICAN.search(beside) else {0} if _ELSEWHERE.search(beside) else set()
