"""The outlet and the agency: cases as data, and what holds for any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.describe import outlet
from provcheck.describe.outlets import confidence, lines
from provcheck.model import Boilerplate, Candidate, Document, Layout

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "outlets"


def cases(kind: str) -> list[Any]:
    rows = json.loads((CASES / f"{kind}.json").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["id"]) for row in rows]


def described(row: dict[str, Any]) -> tuple[str | None, str | None]:
    document = Document.of(row["text"], **row.get("declared", {}))
    found, agency, _ = outlet.describe(document, Layout.of((), document.lines), row["language"])
    return found.value, agency.value


@pytest.mark.parametrize("row", [*cases("negative"), *cases("in_the_wild"), *cases("synthetic")])
def test_case(row: dict[str, Any]) -> None:
    """Each case gives the outlet and the agency that it states."""
    assert described(row) == (row["outlet"], row["agency"])


@pytest.mark.parametrize("row", cases("known_failures"))
def test_known_failure(row: dict[str, Any]) -> None:
    """A known failure fails still; one that passes must be moved to the other cases."""
    assert described(row) != (row["outlet"], row["agency"])


def test_cases_are_many_and_varied() -> None:
    """There are at least 60 cases in at least 12 languages, each with an id of its own."""
    rows = [p.values[0] for kind in ("negative", "in_the_wild", "synthetic", "known_failures") for p in cases(kind)]
    assert len(rows) >= 60
    assert len({row["language"] for row in rows}) >= 12
    assert len({row["id"] for row in rows}) == len(rows)


def holds(document: Document, candidate: Candidate | None) -> bool:
    if candidate is None or candidate.start < 0:
        return True
    return 0 <= candidate.start <= candidate.end <= len(document.text) and 0.0 <= candidate.confidence <= 1.0


FRAGMENTS = st.sampled_from(
    [
        "© 2024 ", "The Times", "Die Zeit", "(AP) — ", "Published in Dawn, April 25th, 2018", "\n", "\n\n", " | ",
        "www.example.com", "tips@nytimes.com", "朝日新聞", "한국일보 ", "About ", " app", "(Foo Report) — ", "/ТАСС/. ",
        "All rights reserved", "İ", "\u0130stanbul", "(", ")", "Source: Reuters", "\u200b", "ß", "٣",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=30).map("".join))
def test_any_text(text: str) -> None:
    """No text raises, every span lies in the text, and the same text gives the same answer."""
    document = Document.of(text)
    layout = Layout.of((), document.lines)
    first = outlet.describe(document, layout, "en")
    for found in first[:2]:
        assert holds(document, found.best)
        assert holds(document, found.runner_up)
    assert outlet.describe(document, layout, "en") == first


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000,
        "a." * 300_000,
        "(AP" * 200_000,
        "© " * 300_000,
        "The Times\n" * 60_000,
        "\n" * 500_000,
        "/" * 500_000,
        ("Published in " + "Aa " * 40 + "\n") * 4_000,
        "x@" * 200_000,
        "Aa-Bb " * 200_000,
    ],
    ids=["line", "dots", "brackets", "marks", "menu", "blank", "slashes", "published", "mails", "names"],
)
@pytest.mark.timeout(20)
def test_hostile_text_takes_linear_time(text: str) -> None:
    """Long and repetitive text is read within seconds."""
    document = Document.of(text)
    outlet.describe(document, Layout.of((), document.lines), None)


def test_layout_speaks_for_long_lines() -> None:
    """A copyright line longer than menu entries is read where the layout calls it boilerplate."""
    notice = "© 2024 Brackwater Herald. All rights reserved. " + "Reproduction in whole or in part needs consent. " * 4
    document = Document.of(f"Bridge\n\n{notice}")
    plain = Layout.of((), document.lines)
    flagged = Layout.of((Boilerplate(3, 3, "copyright", 0.9, "copyright notice"),), document.lines)
    assert outlet.describe(document, plain, "en")[0].value is None
    assert outlet.describe(document, flagged, "en")[0].value == "Brackwater Herald"


def test_evidence_is_quoted() -> None:
    """A value carries the rule and the place where it was found."""
    document = Document.of("Text.\n\nPublished in Dawn, April 25th, 2018")
    best = outlet.describe(document, Layout.of((), document.lines), "en")[0].best
    assert best is not None
    assert (best.rule, best.quote) == ("outlet.published-in", "Dawn")
    assert document.text[best.start : best.end] == "Dawn"


@pytest.mark.parametrize(
    ("text", "language", "sure"),
    [
        ("Bridge\n\nPublished in Dawn, April 25th, 2018", "en", confidence.STATED),
        ("About Salzburger Nachrichten\n\n© 2024 Salzburger Nachrichten", "de", confidence.FULL),
        ("About Aftonbladet\n\n© 2024 Aftonbladet", "sv", confidence.CLEAR),
        ("About Asahi Shimbun\n\n© 2024 Asahi Shimbun", "ja", confidence.CLEAR),
        ("© 2024 Salzburger Nachrichten", "de", confidence.KNOWN),
        ("About Harbour Herald\n\n© 2024 Harbour Herald. All rights reserved.", "en", confidence.UNKNOWN),
    ],
    ids=["stated", "in-full", "one-word", "other-script", "one-rule", "unlisted"],
)
def test_confidence(text: str, language: str, sure: float) -> None:
    """More and plainer evidence makes surer."""
    document = Document.of(text)
    best = outlet.describe(document, Layout.of((), document.lines), language)[0].best
    assert best is not None
    assert best.confidence == sure


@pytest.mark.parametrize(
    ("declared", "line", "detected"),
    [
        ("Le Figaro", "Published in Dawn, April 25th, 2018", "Dawn"),
        ("Le Figaro", "© 2023 Guardian News & Media Limited. All rights reserved.", "The Guardian"),
        ("Dawn", "Published in Dawn, April 25th, 2018", None),
        ("dawn.com", "Published in Dawn, April 25th, 2018", None),
        ("Le Figaro", "First published in Dawn, April 25th, 2018", None),
        ("Le Figaro", "(Reuters)", None),
        ("Le Figaro", "© 2023 Reuters. All rights reserved.", None),
        ("The Quay Courier", "Published in Dawn, April 25th, 2018", None),
        ("Le Figaro", "Published in The Quay Courier, April 25th, 2018", None),
        ("Le Figaro", "The story was told in Dawn on April 25th, 2018.", None),
    ],
    ids=["statement", "copyright", "same", "domain", "elsewhere-first", "agency", "agency-copyright",
         "unlisted-declared", "unlisted-stated", "sentence"],
)  # fmt: skip
def test_declared_outlet_against_the_text(declared: str, line: str, detected: str | None) -> None:
    """A listed outlet in a statement or copyright line contradicts another listed one that is declared."""
    document = Document.of(f"Bridge\n\nThe council met late on Monday.\n\n{line}", outlet=declared)
    found, _, findings = outlet.describe(document, Layout.of((), document.lines), "en")
    assert found.best is not None
    assert found.best.rule == "outlet.declared"
    assert [f.code for f in findings] == (["PC305"] if detected else [])
    if detected:
        assert repr(declared) in findings[0].message
        assert repr(detected) in findings[0].message


@pytest.mark.parametrize(
    ("text", "number", "listed"),
    [("\n • Herald\n • Bugle\n", 1, False), ("\n • Herald\n • Bugle\n", 2, True), ("Friends\n • Herald", 1, False)],
)
def test_the_midst_of_a_list(text: str, number: int, *, listed: bool) -> None:
    """The first entry of a list is not in its midst, though the last line of the document be one too."""
    assert lines.is_listed(Document.of(text), number) == listed
