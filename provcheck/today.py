"""The day of the check, as a day that remembers what it was asked.

What is known of a document holds for other days of the check too, as long as every date of it lies on the same side:
a story of 2019 reads the same today and tomorrow. So this day notes between which days the answers would have been the
same. Whoever asks for more than an order (its year, its text) binds what he finds to this very day.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NoReturn, Self

_FREE = frozenset({"asked", "since", "until", "bind", "_note", "_plain", "__class__", "__dict__"})
"""What may be asked without binding anything."""


class Today(dt.date):
    """A date that can be compared as any other; `since` and `until` say for which days it would have answered alike.

    Both are ordinals, the first included and the last not.

    >>> today = Today.of(dt.date(2026, 1, 31))
    >>> dt.date(2019, 5, 6) > today, dt.date(2027, 1, 1) > today
    (False, True)
    >>> dt.date.fromordinal(today.since), dt.date.fromordinal(today.until)
    (datetime.date(2019, 5, 6), datetime.date(2027, 1, 1))
    """

    since: int
    until: int

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """The day, asked nothing yet."""
        today = cls(day.year, day.month, day.day)
        today.since, today.until = 1, dt.date.max.toordinal() + 1
        return today

    def bind(self) -> None:
        """Let what was found hold for this day alone."""
        self.since = dt.date.toordinal(self)
        self.until = self.since + 1

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401  # any attribute
        if name not in _FREE:
            self.bind()
        return super().__getattribute__(name)

    def __lt__(self, other: dt.date) -> bool:
        return self._note(other, beyond=dt.date.__lt__(self, other), inclusive=False)

    def __ge__(self, other: dt.date) -> bool:
        return not self < other

    def __le__(self, other: dt.date) -> bool:
        return self._note(other, beyond=dt.date.__le__(self, other), inclusive=True)

    def __gt__(self, other: dt.date) -> bool:
        return not self <= other

    def __eq__(self, other: object) -> bool:
        self.bind()
        return dt.date.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self.bind()
        return dt.date.__hash__(self)

    def __sub__(self, other: Any) -> Any:  # noqa: ANN401  # a day or a span
        return self._plain() - other

    def __rsub__(self, other: Any) -> Any:  # noqa: ANN401  # as above
        return other - self._plain()

    def __add__(self, other: dt.timedelta) -> Any:  # noqa: ANN401  # what the subclass may be asked for
        return self._plain() + other

    __radd__ = __add__

    def __repr__(self) -> str:
        self.bind()
        return dt.date.__repr__(self)

    def __reduce__(self) -> NoReturn:
        """Raise TypeError: a copy would be asked where nobody listens."""
        raise TypeError("a day that remembers does not travel")

    def _plain(self) -> dt.date:
        self.bind()
        return dt.date.fromordinal(self.since)

    def _note(self, other: dt.date, *, beyond: bool, inclusive: bool) -> bool:
        """Narrow the days for which the answer stands; `beyond` says that `other` lies after this day."""
        edge = other.toordinal() + inclusive
        if beyond:
            self.until = min(self.until, edge)
        else:
            self.since = max(self.since, edge)
        return beyond
