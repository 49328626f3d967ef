"""The publication date: cases as data, properties of everything that parses, and the promise of linear time."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.config import Settings
from provcheck.describe import date, describe, title
from provcheck.model import Described, Document, Finding, Layout

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "dates"
PARAGRAPH = (
    "The council met on Tuesday and decided after a long debate that the bridge over the river will be built next "
    "year. It costs more than expected, and the money has to come from the taxes of all who live on both banks."
)
BODY = "\n\n".join([PARAGRAPH] * 5)
TOKENS = [
    "2026", "06", "1", ".", "/", "-", " ", "\n", "Jan", "January", "de enero de", "年", "月", "日", "31", "Published",
    "Stand:", ":", "14:59", "GMT+1", "(", "Tue", "th", ",", "٢٠٢٦", "ม.ค.", "2569", "1404", "دی", "令和",
    "元", "Z", "©", "a", PARAGRAPH,
]  # fmt: skip


def load(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    cases: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return cases


def described(case: dict[str, Any]) -> tuple[Document, Described, tuple[Finding, ...]]:
    """What is described of a case's document."""
    text = f"{case['before']}\n\n{BODY}\n\n{case['after']}\n"
    document = Document.of(text, **case.get("declared", {}))
    as_of = dt.date.fromisoformat(case.get("as_of", "9999-12-31"))
    options = Settings(as_of=as_of, date_order=case.get("date_order", "auto"))
    layout = Layout.of((), document.lines)
    said = title.describe(document, layout, case["language"]).best
    found, findings = date.describe(document, layout, case["language"], options, said.start if said else -1)
    return document, found, findings


def assert_case(case: dict[str, Any]) -> None:
    """The date, the findings and, where the case names it, the rule are as expected; the evidence is where it says."""
    document, found, findings = described(case)
    assert found.value == case["want"], case["why"]
    assert [finding.code for finding in findings] == case["findings"], case["why"]
    if found.best:
        assert case.get("rule", found.best.rule) == found.best.rule
    assert_spans(document, found, findings)


def assert_spans(document: Document, found: Described, findings: tuple[Finding, ...]) -> None:
    """Every span lies in the text."""
    for one in (found.best, found.runner_up):
        assert one is None or (one.start, one.end) == (-1, -1) or 0 <= one.start < one.end <= len(document.text)
        assert one is None or 0 <= one.confidence <= 1
    assert all(0 <= finding.start <= finding.end <= len(document.text) for finding in findings)


@pytest.mark.parametrize("case", load("negative"), ids=lambda case: case["id"])
def test_no_date_is_invented(case: dict[str, Any]) -> None:
    """What is not the publication date is not given as one."""
    assert_case(case)


@pytest.mark.parametrize("case", [*load("in_the_wild"), *load("synthetic")], ids=lambda case: case["id"])
def test_date_is_found(case: dict[str, Any]) -> None:
    """The publication date is found and read."""
    assert_case(case)


@pytest.mark.xfail(strict=True, reason="known failures: one that starts to pass belongs into another file")
@pytest.mark.parametrize("case", load("known_failures"), ids=lambda case: case["id"])
def test_known_failure(case: dict[str, Any]) -> None:
    """What is known to fail still does."""
    assert_case(case)


def test_cases_are_many_and_in_many_languages() -> None:
    """At least 60 cases in 12 languages, each with an id of its own."""
    cases = [case for name in ("negative", "in_the_wild", "synthetic", "known_failures") for case in load(name)]
    assert len(cases) >= 60
    assert len({case["language"] for case in cases}) >= 12
    assert len({case["id"] for case in cases}) == len(cases)


def test_seed_header_is_no_candidate() -> None:
    """A date inside of the document's own header counts as declared, not as text."""
    text = "date 2018-03-15 ISLAMABAD - " + BODY
    plain = Document.of(text, date="2018-03-15")
    document = Document(
        plain.origin, "txt", text, plain.lines, plain.declared, declared_spans={"date": (5, 15)}, header_end=16
    )
    found, findings = date.describe(document, Layout.of((), document.lines), "en", Settings())
    assert found.best is not None
    assert (found.best.rule, found.best.start, found.best.end) == ("date.declared", 5, 15)
    assert findings == ()


def test_runner_up_is_another_day() -> None:
    """The runner-up is the best candidate for a different day."""
    case = {"before": "A bridge\nPublished: 6 January 2026", "after": "Updated 7 February 2026", "language": "en"}
    _, found, _ = described(case)
    assert found.value == "2026-01-06"
    assert found.runner_up is not None
    assert found.runner_up.value == "2026-02-07"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(TOKENS), max_size=40).map("".join), st.sampled_from([None, "en", "de", "ja", "fa", "th"])
)
def test_never_raises_and_is_deterministic(text: str, language: str | None) -> None:
    """Any mixture of the parts of dates is read without an error, twice the same, with spans inside the text."""
    document = Document.of(text)
    layout = Layout.of((), document.lines)
    first = date.describe(document, layout, language, Settings())
    assert first == date.describe(document, layout, language, Settings())
    assert_spans(document, *first)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.text(max_size=30))
def test_any_text_and_declared_value(text: str, declared: str) -> None:
    """Any text with any declared value and URL gives a date that exists, or none."""
    document = Document.of(text, date=declared, url=declared)
    found, findings = date.describe(document, Layout.of((), document.lines), "en", Settings())
    assert found.value is None or dt.date.fromisoformat(found.value[:10])
    assert_spans(document, found, findings)


@pytest.mark.parametrize(
    ("country", "want", "codes"),
    [(None, None, ["PC306"]), ("ca", None, ["PC306"]), ("us", "2024-05-03", []), ("ie", "2024-03-05", [])],
)
def test_the_country_of_the_outlet_tells(country: str | None, want: str | None, codes: list[str]) -> None:
    """A date that could be read both ways is read as in the outlet's country, unless both are in use there."""
    document = Document.of(f"A bridge for the valley\n\n05/03/2024 10:15\n\n{BODY}")
    layout = Layout.of((), document.lines)
    found, findings = date.describe(document, layout, "en", Settings(), 0, country)
    assert (found.value, [finding.code for finding in findings]) == (want, codes)


@pytest.mark.parametrize(
    ("holder", "want"),
    [("The Irish Times", "2024-03-05"), ("Chicago Tribune", "2024-05-03"), ("The Standard", None), ("Bridge Co", None)],
)
def test_the_outlet_of_the_document_tells(holder: str, want: str | None) -> None:
    """So is one beside a line of rights; a name that papers of several countries have tells nothing."""
    text = f"A bridge for the valley\n\n05/03/2024 10:15\n\n{BODY}\n\n© 2024 {holder}. All rights reserved."
    document = Document.of(text)
    assert describe(document, Layout.of((), document.lines), Settings()).date.value == want


@pytest.mark.parametrize(
    "part",
    ["1", "2020 ", "1.2.", "/", ".", "20/20/", "01.02.2020\n", "01.02.20\n", "Jan 1 2020 ", "2020年1月", "二〇二〇年",
     "aB", "ก.", "١", "1'26", "-Jan-26", "6 ก 26", "20201.1.20"],
)  # fmt: skip
def test_hostile_text_takes_linear_time(part: str) -> None:
    """A million characters of digits, dots, slashes or dates take a second or so, not minutes."""
    document = Document.of(part * (1_000_000 // len(part)))
    layout = Layout.of((), document.lines)
    start = time.process_time()
    date.describe(document, layout, "en", Settings())
    assert time.process_time() - start < 4
