"""Patterns that are compiled late do what others do."""

from __future__ import annotations

import copy
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.patterns import late


@given(st.text(st.sampled_from("abAB1 ")))
def test_same_as_compiled(text: str) -> None:
    """The methods of a late pattern are those of the compiled one, at the first call and at later ones."""
    for pattern, flags in ((r"[ab]+(\d)?", 0), (r"(?P<word>a+)", re.IGNORECASE)):
        promised, compiled = late(pattern, flags), re.compile(pattern, flags)
        for _ in range(2):
            assert [m.span() for m in promised.finditer(text)] == [m.span() for m in compiled.finditer(text)]
            assert promised.sub("-", text) == compiled.sub("-", text)
            assert bool(promised.fullmatch(text)) == bool(compiled.fullmatch(text))
        assert promised.groupindex == compiled.groupindex


def test_compiled_when_asked() -> None:
    """A wrong pattern is noticed when it is first used."""
    wrong = late("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_copies() -> None:
    """A copy is as good as the original."""
    assert copy.copy(late("a")).findall("aa") == ["a", "a"]
