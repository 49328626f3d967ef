"""Columns hold what lists would hold, in less memory."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.engines.columns import Records, Strings
from provcheck.engines.spool import Notes

PAIR = np.dtype([("a", "<u2"), ("b", "u1", (3,))])


@given(st.lists(st.none() | st.text(max_size=5)), st.randoms())
def test_strings(texts: list[str | None], chosen: object) -> None:
    """Strings and None come back by position, before and after they are put into another order."""
    column = Strings()
    for text in texts:
        column.append(text)
    assert [column[n] for n in range(len(column))] == texts
    order = list(range(len(texts)))[::-1]
    column.reorder(order)
    assert [column[n] for n in range(len(column))] == texts[::-1]
    column.append("more")
    assert column[len(texts)] == "more"
    del chosen


@pytest.mark.parametrize("memory", [1, 1 << 20])
def test_records(memory: int) -> None:
    """A column is that of an array of the same records, in memory and on disk, also after changes."""
    chosen = np.random.default_rng(1)
    array = np.zeros(1000, PAIR)
    array["a"], array["b"] = chosen.integers(0, 1 << 16, 1000), chosen.integers(0, 256, (1000, 3))
    records = Records(PAIR, memory)
    for row in array:
        records.append(row.tobytes())
    records[7] = array[8].tobytes()
    array[7] = array[8]
    order = chosen.permutation(1000)
    records.reorder(order.tolist())
    records[0] = array[5].tobytes()
    array = array[order]
    array[0] = np.frombuffer(records["a"][:1].tobytes() + records["b"][0].tobytes(), PAIR)[0]
    assert records["a"].tolist() == array["a"].tolist()
    assert records["b"].tolist() == array["b"].tolist()
    records.close()


@given(st.lists(st.tuples(st.integers(0, 20), st.binary(max_size=9))))
def test_notes(pairs: list[tuple[int, bytes]]) -> None:
    """Each position has its notes in the order in which they came, also when more come later."""
    notes = Notes()
    for number, (position, note) in enumerate(pairs):
        notes.add(position, note)
        if number == len(pairs) // 2:
            assert note in notes.of(position)
    for position in range(22):
        assert notes.of(position) == [note for at, note in pairs if at == position]
    notes.close()


def test_a_million_names_are_small() -> None:
    """What a list of strings would take ten times."""
    column = Strings()
    for number in range(50_000):
        column.append(f"corpus/{number // 1000}/{number}.txt")
    held = sum(sys.getsizeof(each) for each in (column._bytes, column._ends, column._which))
    assert held < 50_000 * 50
