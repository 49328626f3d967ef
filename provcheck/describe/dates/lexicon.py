"""The words that the reading of dates depends on, from the tables in ``describe/data``.

Names of months and weekdays follow the Unicode CLDR; see the tables for what was added.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from provcheck import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provcheck.describe.dates.calendars import Calendar

Label = Literal["published", "updated", "elsewhere"]
"""What a word beside a date says that the date is of."""

UNSPACED = "\u0e00"
"""Scripts that set no spaces between words begin here."""

_LABELS: tuple[Label, ...] = ("elsewhere", "updated", "published")


class Names(NamedTuple):
    """Names of one kind of thing: `by_language` first, `shared` where all languages that know the name agree.

    Values count from 1 (January, Monday).
    """

    by_language: Mapping[str, Mapping[str, int]]
    shared: Mapping[str, int]

    def find(self, word: str, language: str | None) -> int | None:
        """The number of the thing that `word` (lower case) names, read first as a word of `language`.

        >>> months().find("listopada", "pl"), months().find("listopada", "hr"), months().find("listopada", None)
        (11, 10, None)
        """
        if language:
            own = self.by_language.get(language, {}).get(word)
            if own:
                return own
        return self.shared.get(word)


@cache
def months() -> Names:
    """The months, January being 1."""
    return _names(shipped.table("describe", "date_names.json")["months"])


@cache
def weekdays() -> Names:
    """The weekdays, Monday being 1."""
    return _names(shipped.table("describe", "date_names.json")["weekdays"])


@cache
def weekday_words() -> frozenset[str]:
    """Every word of every name of a weekday: a text without any of them names none."""
    names = weekdays()
    tables = (*names.by_language.values(), names.shared)
    return frozenset(word for table in tables for name in table for word in (name, *name.split()))


@cache
def other_months() -> Mapping[str, tuple[Calendar, int]]:
    """The months of calendars that have others, by their names (lower case), the first of each calendar being 1."""
    tables: dict[Calendar, list[str]] = shipped.table("describe", "date_names.json")["calendars"]
    return {
        name: (calendar, number)
        for calendar, rows in tables.items()
        for number, row in enumerate(rows, 1)
        for name in row.split(" | ")
    }


@cache
def zones() -> Mapping[str, str]:
    """Names of time zones that mean one offset wherever they are used, as ``+01:00``."""
    return {str(name): str(offset) for name, offset in shipped.table("describe", "date_words.json")["zones"].items()}


@cache
def labels() -> Mapping[str, Label]:
    """Words and phrases (lower case) beside a date, and what they say of it."""
    table = shipped.table("describe", "date_words.json")
    return {phrase: label for label in _LABELS for row in table[label].values() for phrase in row.split(" | ")}


@cache
def unspaced_labels() -> tuple[tuple[str, Label], ...]:
    """Those labels that stand in scripts without spaces, the longest first: they are looked for inside of words."""
    found = [(phrase, label) for phrase, label in labels().items() if phrase[0] >= UNSPACED and len(phrase) > 1]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


def _names(rows: Mapping[str, list[str]]) -> Names:
    by_language = {
        language: {name: number for number, row in enumerate(names, 1) for name in row.split(" | ") if name}
        for language, names in rows.items()
    }
    meanings: dict[str, set[int]] = {}
    for table in by_language.values():
        for name, number in table.items():
            meanings.setdefault(name, set()).add(number)
    return Names(by_language, {name: min(numbers) for name, numbers in meanings.items() if len(numbers) == 1})
