"""Residue: what programs left is found, and what writers and scripts need is not."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck import characters
from provcheck.checks import residue
from provcheck.model import Document, Finding, Layout

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "residue"


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in json.loads((CASES / f"{name}.json").read_text("utf-8"))]


def found(text: str) -> list[Finding]:
    document = Document.of(text)
    return list(residue.check(document, Layout.of((), document.lines)))


@pytest.mark.parametrize("case", [*cases("negative"), *cases("synthetic"), *cases("in_the_wild")])
def test_case(case: dict[str, Any]) -> None:
    """Each case has residue of the codes that it names, and no other."""
    assert sorted({each.code for each in found(case["text"])}) == case["codes"], case["why"]


ODD = st.sampled_from("a\xa0\u202f\u00ad\x85\x00\u3164\udb40\U000e0020\U000e0100")


SHOWN_BY_NOTHING = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)


@given(st.text(st.one_of(ODD, st.characters(codec=None))))
def test_odd_characters(text: str) -> None:
    """No control character and no invisible one is missed, in a text of any length."""
    for one in (text, text + " " * characters.PIECE + text):
        told = set(re.findall(SHOWN_BY_NOTHING, one))
        assert told <= residue._odd_characters(one)
        assert bool(told) or max(one, default="") >= "\udb40" or not residue._odd_characters(one)


def test_lines_end_as_editors_count() -> None:
    """Code is found line by line, also where a lone carriage return ends the lines; a leading mark is none."""
    text = "\ufeffA line.\rdocument.write({x});\rAnother.\u00ad\rwindow.push({y});"
    assert [(each.code, text.count("\r", 0, each.start)) for each in found(text)] == [
        ("PC602", 1),
        ("PC602", 3),
        ("PC604", 2),
    ]


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True)
def test_known_failure(case: dict[str, Any]) -> None:
    """What is known to fail must go on failing, or be moved."""
    assert sorted({each.code for each in found(case["text"])}) == case["codes"]


def test_findings_are_capped() -> None:
    """A page of tags gives twenty findings, the last of which counts the rest."""
    findings = found("<p class='x'>ferry\n" * 50)
    assert len(findings) == residue.MOST_PLACES
    assert "30 more" in findings[-1].message


def test_characters_are_counted() -> None:
    """One finding a family of characters, with the count and the name of the first."""
    (finding,) = found("a\u200bb\u200bc")
    assert finding.message == "2 invisible character(s), the first is U+200B ZERO WIDTH SPACE"


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text(text: str) -> None:
    """Any text gives findings with valid spans, twice the same."""
    first = found(text)
    assert all(0 <= each.start < each.end <= len(text) for each in first)
    assert first == found(text)


@pytest.mark.parametrize(
    "unit", ["*", "<p ", "[[", '{"a":', "&a", "[a b=", "'''", "{a:b;", "== ", "__a ", "<a x", "[b=", "[b]"]
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """A long line of anything takes moments."""
    begin = time.process_time()
    found(unit * (100_000 // len(unit)))
    assert time.process_time() - begin < 20
