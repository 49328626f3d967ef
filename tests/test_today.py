"""The day of the check remembers for which days its answers hold."""

from __future__ import annotations

import datetime as dt
import operator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.today import Today

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = dt.date(2026, 1, 31)
COMPARE = (operator.lt, operator.le, operator.gt, operator.ge)


@given(st.dates(), st.lists(st.tuples(st.sampled_from(COMPARE), st.dates(), st.booleans()), max_size=6), st.dates())
def test_answers_hold_between(
    day: dt.date, asked: list[tuple[Callable[[Any, Any], bool], dt.date, bool]], other: dt.date
) -> None:
    """Every day between `since` and `until` gives the same answers as the day that was asked, and it is among them."""
    today = Today.of(day)
    answers = [compare(today, date) if first else compare(date, today) for compare, date, first in asked]
    assert answers == [compare(day, date) if first else compare(date, day) for compare, date, first in asked]
    assert today.since <= day.toordinal() < today.until
    for each in {other, *(date + dt.timedelta(step) for _, date, _ in asked for step in (0,))}:
        if today.since <= each.toordinal() < today.until:
            assert answers == [compare(each, date) if first else compare(date, each) for compare, date, first in asked]


@pytest.mark.parametrize(
    "ask",
    [
        lambda day: day.year, lambda day: day.isoformat(), str, repr, hash, lambda day: day.toordinal(),
        lambda day: day == DAY, lambda day: day != DAY, lambda day: day - DAY, lambda day: DAY - day,
        lambda day: day + dt.timedelta(1), lambda day: f"{day:%Y}", lambda day: f"{day}", {DAY: 1}.get,
        lambda day: day.replace(day=1), lambda day: day - dt.timedelta(1), lambda day: day.weekday(),
    ],
)  # fmt: skip
def test_whoever_asks_for_more_binds(ask: Callable[[dt.date], object]) -> None:
    """What was found with more than an order holds for this one day, and is what a plain date gives."""
    today = Today.of(DAY)
    told = ask(today)
    assert (today.since, today.until) == (DAY.toordinal(), DAY.toordinal() + 1)
    assert told == ask(DAY) or ask is repr
