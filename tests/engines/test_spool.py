"""The spool keeps lines, in memory and on disk alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.engines.spool import Spool


@given(st.lists(st.binary(max_size=50)), st.integers(1, 100))
def test_keeps_lines(lines: list[bytes], memory: int) -> None:
    """What goes in comes out, in order and by position, also past the memory limit."""
    with Spool(memory) as spool:
        for line in lines:
            spool.append(line)
        assert len(spool) == len(lines)
        assert list(spool) == lines
        assert [spool[i] for i in reversed(range(len(lines)))] == lines[::-1]


def test_replaces() -> None:
    """A line can be put in the place of another, longer or shorter."""
    with Spool() as spool:
        for line in (b"a", b"bb", b"c"):
            spool.append(line)
        spool[1] = b"longer than before"
        spool[0] = b""
        assert list(spool) == [b"", b"longer than before", b"c"]


def test_beyond_the_end() -> None:
    """There is no line beyond the last."""
    with Spool() as spool, pytest.raises(IndexError):
        spool[0]
