"""Days in a suite, where a column holds moments.

JSON has no days, so a suite writes ``"2024-03-01"``. Great Expectations makes a day of that and holds it against the
moments of ``date_day``, which pandas refuses and which no set of moments contains. A day is meant as its beginning, as
the frame means it too.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

    from provcheck.gate.entries import Entry

MOMENTS = ("datetime64", "timestamp")
"""How the name of a column's type begins that holds moments, in pandas and in Spark."""

_ARGUMENTS = ("min_value", "max_value", "value_set")


def as_moments(entry: Entry, moments: Collection[str]) -> Entry:
    """The entry with moments in place of days, if its column is one of the `moments`."""
    if entry.kwargs.get("column") not in moments:
        return entry
    changes = {key: _moment(entry.kwargs[key]) for key in _ARGUMENTS if key in entry.kwargs}
    return replace(entry, kwargs={**entry.kwargs, **changes})


def _moment(value: Any) -> Any:  # noqa: ANN401  # whatever JSON holds
    """The beginning of a day; what is none stays as it is.

    >>> _moment("2024-03-01"), _moment(["2024-03-01", None]), _moment("a day")
    (datetime.datetime(2024, 3, 1, 0, 0), [datetime.datetime(2024, 3, 1, 0, 0), None], 'a day')
    """
    if isinstance(value, list):
        return [_moment(each) for each in value]
    try:
        return dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return value
