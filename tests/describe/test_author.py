"""The author: cases as data, and what holds for any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.config import Settings
from provcheck.describe import author, describe
from provcheck.describe import body as bodies
from provcheck.model import Described, Document, Layout

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "authors"


def cases(kind: str) -> list[Any]:
    rows = json.loads((CASES / f"{kind}.json").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["id"]) for row in rows]


def found(document: Document) -> Described:
    """The author of a document of which nothing is known."""
    return describe(document, Layout.of((), document.lines), Settings()).author


def described(row: dict[str, Any]) -> str | None:
    return found(Document.of(row["text"])).value


@pytest.mark.parametrize("row", [*cases("negative"), *cases("in_the_wild"), *cases("synthetic")])
def test_case(row: dict[str, Any]) -> None:
    """Each case gives the author that it states."""
    assert described(row) == row["author"]


@pytest.mark.parametrize("row", cases("known_failures"))
def test_known_failure(row: dict[str, Any]) -> None:
    """A known failure fails still; one that passes must be moved to the other cases."""
    assert described(row) != row["author"]


def test_cases_are_many_and_varied() -> None:
    """There are at least 60 cases in at least 12 languages, each with an id of its own."""
    rows = [p.values[0] for kind in ("negative", "in_the_wild", "synthetic", "known_failures") for p in cases(kind)]
    assert len(rows) >= 60
    assert len({row["language"] for row in rows}) >= 12
    assert len({row["id"] for row in rows}) == len(rows)


def test_declared_author_wins() -> None:
    """What the wrapper declares is believed before a byline, which stays as the runner-up."""
    document = Document.of("Bridge\n\nBy Jane Example\n\nText.", author="John Sample")
    told = found(document)
    assert (told.value, told.runner_up and told.runner_up.value) == ("John Sample", "Jane Example")


@pytest.mark.parametrize(
    "said",
    ["https://example.org/people/7", "jane@example.org", "admin", "WordPress", "harbour-herald.example.org", "Dawn.com",
     "Le Figaro", "The Harbour Herald"],
)  # fmt: skip
def test_declared_is_nobody_who_writes(said: str) -> None:
    """A profile, an account of the software, a host, or the paper itself is no author; the byline is read."""
    document = Document.of("Bridge\n\nBy Jane Example\n\nText.", author=said, outlet="The Harbour Herald")
    assert found(document).value == "Jane Example"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("By Jane Example, CNN", "Jane Example"),
        ("Von Jane Example", "Jane Example"),
        ("Jane Example, Max Muster, Reuters", "Jane Example, Max Muster"),
        ("Example, Jane", "Example, Jane"),
        ("Example, Dawn", "Example, Dawn"),
        ("Von Example, Maria", "Von Example, Maria"),
        ("De Castro, Ana", "De Castro, Ana"),
        ("von der Example", "von der Example"),
        ("dpa", "dpa"),
    ],
)
def test_declared_name_is_bare(said: str, value: str) -> None:
    """The word before a declared name and the paper behind it are no part of it; an agency alone signs."""
    assert found(Document.of("Text.", author=said)).value == value


FRAGMENTS = st.sampled_from(
    [
        "By ",
        "Von ",
        "Jane Example",
        " and ",
        ", ",
        "\n",
        "\n\n",
        "記者",
        "王小明",
        "김하늘 기자",
        "News Desk:",
        "İ",
        "文/",
        "O'",
        "-",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=30).map("".join))
def test_any_text(text: str) -> None:
    """No text raises, every span lies in the text, and the same text gives the same answer."""
    document = Document.of(text)
    told = found(document)
    for candidate in (told.best, told.runner_up):
        assert candidate is None or 0 <= candidate.start <= candidate.end <= len(text)
    assert found(document) == told


@pytest.mark.parametrize(
    "text",
    [
        "By " + "Aa " * 300_000,
        ("By " + "Aa Bb, " * 13 + "\n") * 5_000,
        "By\n" * 300_000,
        "記者" * 300_000,
        "\n" * 500_000,
    ],
    ids=["line", "names", "empty", "cjk", "blank"],
)
@pytest.mark.timeout(20)
def test_hostile_text_takes_linear_time(text: str) -> None:
    """Long and repetitive text is read within seconds."""
    document = Document.of(text)
    layout = Layout.of((), document.lines)
    author.describe(document, layout, bodies.article(document.lines.stripped, layout.kinds))
