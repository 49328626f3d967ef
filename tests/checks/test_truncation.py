"""Truncation: cut texts are found, and odd but whole endings are not."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.checks import tail, truncation
from provcheck.model import Boilerplate, Document, Finding, Layout

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "truncation"


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in json.loads((CASES / f"{name}.json").read_text("utf-8"))]


def found(text: str, *ranges: Boilerplate) -> list[Finding]:
    """The findings that call the text cut."""
    return [finding for finding in findings(text, *ranges) if finding.code == "PC501"]


def findings(text: str, *ranges: Boilerplate) -> list[Finding]:
    document = Document.of(text)
    return list(truncation.check(document, Layout.of(ranges, document.lines)))


@pytest.mark.parametrize("case", [*cases("negative"), *cases("synthetic"), *cases("in_the_wild")])
def test_case(case: dict[str, Any]) -> None:
    """Each case is cut or whole, as it says."""
    assert bool(found(case["text"])) == case["truncated"], case["why"]


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True)
def test_known_failure(case: dict[str, Any]) -> None:
    """What is known to fail must go on failing, or be moved."""
    assert bool(found(case["text"])) == case["truncated"]


def test_a_teaser_at_the_end_is_told() -> None:
    """A last line that looks like a headline is told of, and is no cut; more of the page below it says so, too."""
    text = "The ferry left on Monday, and it came back.\n\nPolice Search Continues After Robbery"
    (finding,) = findings(text)
    assert (finding.code, text[finding.start : finding.end]) == ("PC502", "Police Search Continues After Robbery")
    dull = "The ferry left on Monday, and it came back.\n\nFerry passengers complain of delays on Monday"
    below = "\nNews\nSport\nWeather"
    assert found(dull)
    assert not found(dull + below, Boilerplate(4, 6, "navigation", 0.9, "test"))


def test_teasers_below_do_not_count() -> None:
    """Cut teasers that the layout takes for boilerplate say nothing of the article."""
    text = "The ferry left on Monday.\n\nMore stories\nA harbour that was ..."
    assert found(text)
    assert not found(text, Boilerplate(3, 4, "teaser", 0.9, "test"))


def test_an_offer_in_the_boilerplate_is_evidence() -> None:
    """A read-more line that is flagged as boilerplate still tells of a cut above it."""
    text = "The ferry left on Monday. It will\n\nRead more"
    assert found(text, Boilerplate(3, 3, "other", 0.9, "test"))


def test_the_span_is_the_cut_end() -> None:
    """The finding points at the last words of the content."""
    text = "The ferry left on Monday, and the passengers of the second\n"
    (finding,) = found(text)
    assert text[finding.start : finding.end].endswith("second")


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text(text: str) -> None:
    """Any text gives at most one finding, with a valid span, twice the same."""
    first = found(text)
    assert len(first) <= 1
    assert all(0 <= each.start <= each.end <= len(text) for each in first)
    assert first == found(text)


@given(st.text(st.sampled_from("abé² _-\u0301"), max_size=30), st.sampled_from(["ab", "a", "aba", "é", "a-b", "ba-b"]))
def test_what_follows_a_word(text: str, word: str) -> None:
    """A word is found where it begins a word of the text, with the letter or digit behind it: as by an expression."""
    places = re.finditer(rf"(?<![^\W_])(?={re.escape(word)}([^\W_]?))", text)
    assert list(tail._following(word, text)) == [place[1] for place in places]


@pytest.mark.parametrize("unit", ["a*b ", "...", "( ", "www.", "1 ", "__a ", "| ", "#+", "a: ", "… "])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """A long line of anything takes moments."""
    begin = time.process_time()
    found(unit * (400_000 // len(unit)))
    assert time.process_time() - begin < 10


def test_shape_alone_is_doubted() -> None:
    """A line that breaks off behind the content is cut though the layout takes it for a menu by its shape."""
    text = "The ferry left on Monday, the harbour board said.\n\nThe next one is to carry the"
    assert found(text, Boilerplate(3, 3, "navigation", 0.6, "test"))
    assert not found(text, Boilerplate(3, 3, "newsletter", 0.9, "test"))
    assert not found(text + "\nHome", Boilerplate(3, 4, "navigation", 0.6, "test"))


@pytest.mark.parametrize(("others", "cut"), [((), True), ((Boilerplate(1, 1, "navigation", 0.9, "test"),), False)])
def test_heading_above_a_cut_paragraph(others: tuple[Boilerplate, ...], cut: bool) -> None:  # noqa: FBT001  # a case
    """A heading and the beginning of its paragraph are the cut end of a bare text, and a teaser on a page."""
    text = "Home\n\nThe ferry left on Monday.\n\nHelp for the islands\n\nThe people who live on the"
    assert bool(found(text, *others, Boilerplate(5, 7, "teaser", 0.6, "test"))) is cut
