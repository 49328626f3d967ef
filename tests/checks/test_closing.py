"""What stands behind the last sentence: sign-offs and notes are told from the beginnings of sentences."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.checks import closing


@pytest.mark.parametrize(
    ("rest", "alone"),
    [
        ("AFP/dpa", False), ("mit dpa", False), ("dpa, AFP und Reuters", False), ("jd/ab", True), ("İHA", True),
        ("#a #b", False), ("@desk", True), ("Bye 🚢", False), ("★★★☆☆", False), ("Fin", False), ("رويترز", True),
    ],
)  # fmt: skip
def test_signed_off(rest: str, alone: bool) -> None:  # noqa: FBT001  # a case
    """Agencies, tags, pictures and closing words; initials and capitals only on a line of their own."""
    assert closing.signed_off(rest, alone=alone)


@pytest.mark.parametrize(
    "rest",
    ["", "The ferry", "In", "WO MAN SICH", "It costs #1 of", "20°", "AFP reported that", "mit der", "الميناء", "नाव"],
)
def test_beginning_of_a_sentence(rest: str) -> None:
    """Words that go on, also in scripts without capitals."""
    assert not closing.signed_off(rest, alone=True)


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("Preis: 12,90 Euro", True), ("Admission: free", True), ("Barenberg: Ich teile", False),
        ("He said: “This", False), ("Sie sagte: Wir", False), ("Fazit: Die", False),
        ("Die Autorin ist Juristin", True), ("Die Autorin ist die", False), ("- Jane Doe, mayor", True),
        ("— Nous irons demain avec", False),
    ],
)  # fmt: skip
def test_note(line: str, whole: bool) -> None:  # noqa: FBT001  # a case
    """A label has a short value, and a note about authors does not end in a small word."""
    assert closing.note(line) is whole


@given(st.text(max_size=80), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_text(text: str, alone: bool) -> None:  # noqa: FBT001  # a case
    """Nothing raises."""
    closing.signed_off(text, alone=alone)
    closing.note(text)


@pytest.mark.parametrize("unit", ["#a", "a/", "A ", "- A", "a: ", "★", "und ", "a. "])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """A short line and an endless one take moments."""
    begin = time.process_time()
    for size in (closing.LONGEST, closing.NOTE, 1_000_000):
        closing.signed_off(unit * (size // len(unit)), alone=True)
        closing.note(unit * (size // len(unit)))
    assert time.process_time() - begin < 1
