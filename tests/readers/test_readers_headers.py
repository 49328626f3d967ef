"""Headers inside the text: what is one, and above all what is none."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.model import ROLES
from provcheck.readers.headers import unwrap

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "headers"


def cases(*names: str) -> list[Any]:
    return [
        pytest.param(case, id=case["id"])
        for name in names
        for case in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    ]


def check(case: dict[str, Any]) -> None:
    text = case["text"]
    header = unwrap(text)
    assert dict(header.declared) == case["declared"], case["why"]
    assert text[header.end :].startswith(case["begins"]), case["why"]
    if "extra" in case:
        assert dict(header.extra) == case["extra"], case["why"]
    for role, (start, end) in header.spans.items():
        assert header.declared[role].split(",")[0].split("T")[0] in text[start:end] or "\n" in text[start - 99 : end]


@pytest.mark.parametrize("case", cases("negative"))
def test_what_only_looks_like_a_header_is_content(case: dict[str, Any]) -> None:
    """Headlines, datelines, interviews and announcements keep their first lines and give no date."""
    check(case)
    assert unwrap(case["text"]).end == 0


@pytest.mark.parametrize("case", cases("synthetic", "in_the_wild"))
def test_header_is_read_with_its_places(case: dict[str, Any]) -> None:
    """Each header gives its values, where they stand, and where the article begins."""
    check(case)


@pytest.mark.parametrize("case", cases("known_failures"))
def test_known_failures_still_fail(case: dict[str, Any]) -> None:
    """A case that starts to pass must be moved to the others."""
    with pytest.raises(AssertionError):
        check(case)


@given(st.text(max_size=400) | st.text(alphabet="-+:\n Dateuhr018[]{}&*", max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_is_unwrapped_without_raising(text: str) -> None:
    """Whatever the text: no error, roles that exist, spans inside the text, and the same answer twice."""
    header = unwrap(text)
    assert set(header.declared) <= set(ROLES)
    assert 0 <= header.end <= len(text)
    assert all(0 <= start <= end <= len(text) for start, end in header.spans.values())
    assert unwrap(text) == header


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10**7,
        "a: " * 10**6,
        "---\n" * 10**6,
        "\n" * 10**7,
        "Date: 1\n" * 10**6,
        "---\n" + "[" * 60_000 + "\n---\n",
    ],
    ids=["word", "colons", "rules", "blank", "dates", "deep"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    """Ten megabytes of the worst cost no more than a second or two on a slow machine."""
    start = time.process_time()
    unwrap(text)
    assert time.process_time() - start < 10
