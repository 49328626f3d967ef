"""Titles: the cases in `fixtures/cases/titles`, and what holds for every text."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.describe import body, headlines, shapes, title
from provcheck.model import Document, Layout
from provcheck.text import squeeze
from provcheck.writing import VOWELS

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "titles"
NO_LAYOUT = Layout((), ())


def cases(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in json.loads((CASES / f"{kind}.json").read_text("utf-8"))]


def title_of(text: str) -> str | None:
    return title.describe(Document.of(text), NO_LAYOUT, None).value


@given(st.text(st.sampled_from("-*•>#1.) \ta"), max_size=8))
def test_bare_lines(line: str) -> None:
    """A list mark is taken off as the pattern takes it off."""
    mark = shapes.MARK.match(line)
    assert shapes.bare_of(line) == (line[mark.end() :] if mark else line)


PIECES = st.sampled_from(["The ", "Brücken", "2024", "covid19 ", "한국어", "東京", "İΣΣ ", "²", "\n"])
WORDS = st.lists(st.one_of(PIECES, st.text()))


@given(st.lists(WORDS.map("".join)))
def test_words(texts: list[str]) -> None:
    """The words of lines are those that a pattern finds in each of them, and pairs of letters."""
    for text, found in zip(texts, shapes.words_of([text.replace("\n", " ") for text in texts]), strict=True):
        plain = {word[:6] for word in re.findall(rf"(?:[^\W\d_]|[{VOWELS}]){{4,}}|\d{{2,}}", text.lower())}
        assert found - plain == {pair for pair in found if len(pair) == 2 and not pair.isdecimal()} - plain
        assert plain <= found
        assert shapes.words(text) == found


@pytest.mark.parametrize("case", cases("negative"))
def test_finds_no_title(case: dict[str, str]) -> None:
    """A text without a headline gets none."""
    assert title_of(case["text"]) is None


@pytest.mark.parametrize("case", [*cases("in_the_wild"), *cases("synthetic")])
def test_finds_title(case: dict[str, str]) -> None:
    """The headline is found, and the evidence stands where it says."""
    document = Document.of(case["text"])
    found = title.describe(document, NO_LAYOUT, None)
    assert found.value == case["title"]
    assert found.best is not None
    assert squeeze(document.text[found.best.start : found.best.end]) == case["title"]


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="known failure: move the case when it passes")
def test_known_failures(case: dict[str, str]) -> None:
    """What is not found yet."""
    assert title_of(case["text"]) == case["title"]


@pytest.mark.parametrize(("line", "sure"), [("{}", True), ("Harbour news - {}", False), ("Marlow Bay : {}", False)])
def test_a_joint_leaves_doubt(line: str, sure: bool) -> None:  # noqa: FBT001  # a parameter of the cases
    """A line that may hold a kicker beside the headline is not given with a confidence of .9."""
    case = next(case for case in json.loads((CASES / "synthetic.json").read_text("utf-8")) if case["id"] == "en-page")
    found = title.describe(
        Document.of(case["text"].replace(case["title"], line.format(case["title"]))), NO_LAYOUT, None
    )
    assert found.best is not None
    assert (found.best.confidence >= 0.9) == sure


def test_declared_title_wins_and_the_line_is_runner_up() -> None:
    """A declared title keeps its form, outlet and all."""
    case = json.loads((CASES / "synthetic.json").read_text("utf-8"))[0]
    found = title.describe(Document.of(case["text"], title=" Ferry stays |  Eastmere Post "), NO_LAYOUT, "en")
    assert found.best is not None
    assert found.runner_up is not None
    assert (found.value, found.best.rule) == ("Ferry stays | Eastmere Post", "title.declared")
    assert found.runner_up.value == case["title"]


def test_a_title_said_twice_says_so() -> None:
    """Repetition is named as the rule."""
    case = next(c for c in json.loads((CASES / "in_the_wild.json").read_text("utf-8")) if c["id"] == "en-twice")
    found = title.describe(Document.of(case["text"]), NO_LAYOUT, "en")
    assert found.best is not None
    assert found.best.rule == "title.repeated"


def test_the_header_of_the_text_holds_no_title() -> None:
    """Lines of the wrapper's own header are no candidates."""
    case = json.loads((CASES / "synthetic.json").read_text("utf-8"))[0]
    base = Document.of("Subject words about the harbour town ferry\n" + case["text"])
    end = base.lines.starts[1]
    document = Document(base.origin, base.wrapper, base.text, base.lines, header_end=end)
    assert title.describe(document, NO_LAYOUT, None).value == case["title"]


@given(st.text(alphabet=st.sampled_from("aB é東.|•1\n\r\t-:"), max_size=400))
def test_any_text(text: str) -> None:
    """Never raises; spans lie in the text; the same text gives the same title."""
    document = Document.of(text)
    found = title.describe(document, NO_LAYOUT, None)
    for candidate in (found.best, found.runner_up):
        if candidate:
            assert 0 <= candidate.start < candidate.end <= len(text)
            assert squeeze(text[candidate.start : candidate.end]) == candidate.value
            assert 0 <= candidate.confidence <= 1
    assert found == title.describe(document, NO_LAYOUT, None)


@pytest.mark.parametrize(
    "unit", ["A line about something here\n", "word ", "• Menu item of a page\n", "\n", "東" * 40 + "。\n"]
)
def test_hostile_texts_take_linear_time(unit: str) -> None:
    """A megabyte of anything is read in a moment."""
    document = Document.of(unit * (1_000_000 // len(unit)))
    begin = time.process_time()
    title.describe(document, NO_LAYOUT, None)
    assert time.process_time() - begin < 5


PROSE = "The council of the harbour town agreed late in the evening to repair the old bridge before the winter."


def test_an_offer_does_not_end_an_article() -> None:
    """Lines that the layout takes for boilerplate interrupt an article, and other lines end it."""
    lines, rest = (PROSE * 2, *["Subscribe now"] * 12, *[PROSE * 4] * 9), (None,) * 9
    offer, menu = (body.find(lines, (None, *[kind] * 12, *rest)) for kind in ("teaser", None))
    assert offer
    assert menu
    assert (offer.first, menu.first) == (0, 13)


def test_a_headline_inside_other_lines() -> None:
    """How many lines hold a headline beside their own words is a sign of it; its own line and copies are none."""
    headline = "Old bridge to be repaired"
    lines = ["Menu", headline, f"Share this: {headline}", headline, PROSE, PROSE, f"Print {headline}"]
    kinds = ("navigation", *[None] * 6)
    [known] = headlines.candidates_of([(lines, kinds, body.article(lines, kinds))], lambda *_: True)
    found = {line.text: line.signs["inside"] for line in known}
    assert (found[headline], found[f"Share this: {headline}"]) == ("2", "<")
