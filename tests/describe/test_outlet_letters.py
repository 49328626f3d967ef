"""Words of a text by a table: the same as by the simple expression."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.describe.outlets.letters import apart

EVERY = "".join(chr(code) + "\n" for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
PIECES = st.sampled_from(
    ["aΣ", "Σ ", "İ", "ß", "_", "٣", "½", "\u0301", "\u3000", "\x1c", "漢字", "\U0001f600", "\U00010400", "-"]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=5))).map("".join)


def words(text: str) -> list[str]:
    """The words by the simple expression."""
    return re.findall(r"\w+", text.lower())


@pytest.mark.parametrize("text", [EVERY, EVERY.replace("Σ", "").replace("İ", "")], ids=["all", "by the table alone"])
def test_every_character(text: str) -> None:
    """Each character of Unicode is part of a word, or not, as in the pattern."""
    assert apart(text).split() == words(text)


@given(TEXTS)
def test_apart(text: str) -> None:
    """On any text the words are those of the pattern, line by line."""
    assert [line.split() for line in apart(text).split("\n")] == [words(line) for line in text.split("\n")]
