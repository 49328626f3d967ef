"""Places: the cases in `fixtures/cases/places`, and what holds for every text."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck import shipped
from provcheck.describe import gazetteer, place
from provcheck.model import Document, Layout

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "places"
NO_LAYOUT = Layout((), ())
REST = " this is the rest of the first paragraph, which goes on for a while and then ends in the usual way."


def cases(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in json.loads((CASES / f"{kind}.json").read_text("utf-8"))]


def place_of(text: str) -> str | None:
    return place.describe(Document.of(text), NO_LAYOUT, None).value


@pytest.mark.parametrize("case", cases("negative"))
def test_finds_no_place(case: dict[str, str]) -> None:
    """Labels, speakers and sentences are no datelines."""
    assert place_of(case["head"] + REST) is None


@pytest.mark.parametrize("case", [*cases("in_the_wild"), *cases("synthetic")])
def test_finds_place(case: dict[str, str]) -> None:
    """The place is found as the document writes it, also below a headline."""
    assert place_of(case["head"] + REST) == case["place"]
    if case["place"]:
        document = Document.of("A headline that stands above\n\n" + case["head"] + REST)
        found = place.describe(document, NO_LAYOUT, None)
        assert found.best is not None
        assert document.text[found.best.start : found.best.end] == case["place"]


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="known failure: move the case when it passes")
def test_known_failures(case: dict[str, str]) -> None:
    """What is not found yet."""
    assert place_of(case["head"] + REST) == case["place"]


def test_unknown_place_needs_the_article() -> None:
    """A name that no gazetteer has is a place if the article is set there, and else not."""
    story = " - Der Zirkus gastiert drei Tage lang auf dem Markt, und alle Kinder sind eingeladen, sagte der Direktor."
    assert place_of("Quellwinkel" + story) is None
    assert place_of("Quellwinkel" + story + "\nZuletzt war er im Mai 1990 in Quellwinkel zu sehen.") == "Quellwinkel"


def test_a_speaker_is_no_place() -> None:
    """A name that opens several paragraphs speaks in an interview, though a city is called so too."""
    says = ": I have lived here all my life and would not want to move away from the river for anything.\n"
    assert place_of(("Sofia" + says + "Max" + says) * 3) is None


def test_highlights_do_not_hide_the_dateline() -> None:
    """A list between the caption and the story is no part of what is looked through."""
    lead = (
        "The chairman of the council says that the old bridge over the mill stream will be closed for repairs in July."
    )
    listed = "\n".join(
        f"  • The council of the harbour town asked {n} times for a new bridge before this" for n in "345"
    )
    story = f"Washington (CNN) -- The council pledged on Friday to repair the bridge. {lead}"
    assert place_of(f"{lead} {lead} {lead}\nHIGHLIGHTS\n{listed}\n\n{story}\n\n{lead}\n") == "Washington"


def test_a_dateline_alone_on_its_line() -> None:
    """A dateline that is all of its line stands among the first that are written, however many blanks part them."""
    lead = (
        "The chairman of the council says that the old bridge over the mill stream will be closed for repairs in July."
    )
    story = f"{lead} {lead} {lead} {lead}"
    assert place_of(f"{story}\n\n\nPhoto\n\n\nBERLIN (dpa) -\n\n{story}\n\n{story}\n") == "BERLIN"


def test_declared_place_is_taken_where_there_is_no_dateline() -> None:
    """The wrapper's word counts last."""
    found = place.describe(Document.of("Nothing here.", place=" Oslo "), NO_LAYOUT, None)
    assert (found.value, found.best and found.best.rule) == ("Oslo", "place.declared")


@given(st.text(alphabet=st.sampled_from("ABCab Éç東京.:-–—(/)*,1 年\n"), max_size=200))
def test_any_text(text: str) -> None:
    """Never raises; the span is the value; the same text gives the same place."""
    document = Document.of(text + REST)
    found = place.describe(document, NO_LAYOUT, None)
    if found.best:
        assert document.text[found.best.start : found.best.end] == found.value
    assert found == place.describe(document, NO_LAYOUT, None)


@pytest.mark.parametrize("unit", ["A", "A ", "A-", "A/", "(A", "A. ", "東", "A (", "Jan 1, ", "in A "])
def test_hostile_texts_take_linear_time(unit: str) -> None:
    """A megabyte of anything is read in a moment."""
    document = Document.of("OSLO - " + unit * (1_000_000 // len(unit)))
    begin = time.process_time()
    place.describe(document, NO_LAYOUT, None)
    assert time.process_time() - begin < 5


def test_the_table_of_places_is_searched_as_a_set_would_be() -> None:
    """The table is sorted, all its names are found, and what is nearly one of them is not."""
    listed = shipped.text("describe", "places.txt").split("\n")
    assert listed[:-1] == sorted(listed[:-1])
    names = frozenset(listed)
    for name in listed[:: len(listed) // 300]:
        for near in (name, f"{name}a", f" {name}", name[1:], f"{name}\n", f"{name}\ud800"):
            assert gazetteer.is_place(near) == (near.casefold() in names), near
