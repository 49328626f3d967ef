"""Every case of `fixtures/cases/mojibake`, and what must hold for any text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provcheck.plausible.judge import ascii_costs, pairs_of, points, text_costs
from provcheck.plausible.tables import POINTS, meant_of
from provcheck.repair import ACTIONS, Repaired, repair, repairs
from provcheck.repair.clean import LOST, doubtful
from provcheck.repair.rounds import TOGETHER
from provcheck.repair.suspect import MISPLACED, NONE, suspect
from provcheck.repair.undo import SEQUENCE, UTF8_CODECS, as_bytes

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "mojibake"
BROKEN = st.sampled_from("ÃÂâÐÑРСÅÄ€™œ\x9d\x81\x92\x93©¼Ÿ \xa0 в„–├⌐╨Γ—«»aé\n")


def load(name: str) -> list[Any]:
    """The cases of one file, as parameters with their ids."""
    return [pytest.param(case, id=case["id"]) for case in json.loads((CASES / f"{name}.json").read_text("utf-8"))]


def assert_replays(text: str, got: Repaired) -> None:
    """The steps lead from the text to the outcome, and repairing that changes nothing."""
    value = text
    for step in got.steps:
        value = ACTIONS[step.action](value, *step.args)
    assert value == got.text
    assert repair(got.text).steps == ()


def assert_clean(text: str) -> None:
    """The text is left alone, byte for byte, and nothing is said of it."""
    assert repair(text) == Repaired(text)


def assert_repaired(case: dict[str, Any]) -> None:
    """The broken text is restored but for kinds of white space, and a finding says so."""
    got = repair(case["broken"])
    assert got.text.replace("\xa0", " ") == case["text"].replace("\xa0", " "), got.steps
    assert_replays(case["broken"], got)
    assert {finding.code for finding in got.findings} == {"PC204"}


@pytest.mark.parametrize("case", load("negative"))
def test_negative(case: dict[str, Any]) -> None:
    """Clean texts that hold what broken ones do."""
    assert_clean(case["text"])
    assert_clean(case["text"].replace("\n", "\r\n"))


@pytest.mark.parametrize("case", load("in_the_wild"))
def test_in_the_wild(case: dict[str, Any]) -> None:
    """News of many languages, decoded wrongly."""
    assert_repaired(case)


@pytest.mark.parametrize("case", load("synthetic"))
def test_synthetic(case: dict[str, Any]) -> None:
    """Parts, layers and lost spaces."""
    assert_repaired(case)


@pytest.mark.parametrize("case", load("known_failures"))
@pytest.mark.xfail(strict=True, reason="known to fail")
def test_known_failure(case: dict[str, Any]) -> None:
    """What cannot be told today; a case that starts to pass must be moved."""
    assert_repaired(case)


def test_left() -> None:
    """Mojibake that lost bytes is named and left alone."""
    text = "Die Gr\u00c3\u00bc?e: " + "\u00c3\u00c3? \u00c3\u201e\u00c3 x" * 4
    got = repair(text)
    assert_replays(text, got)


@pytest.mark.parametrize("mark", LOST)
def test_lost_before(mark: str) -> None:
    """Characters that were lost and then read wrongly are told of; one alone, or one that is spoken of, is not."""
    text = f"北京 {mark}{mark} 新闻\n{mark}，2024"
    got = repair(text)
    assert (got.text, [finding.code for finding in got.findings]) == (text, ["PC205"])
    assert list(repairs(["Grüße", text])) == [Repaired("Grüße"), got]
    assert_clean(f"北京 {mark} 新闻")
    assert_clean(f"乱码: {mark}{mark}{mark}")


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text(text: str) -> None:
    """No text raises, the steps replay, and a repaired text needs no repair."""
    assert_replays(text, repair(text))


@given(st.text(BROKEN, max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_broken_text(text: str) -> None:
    """The same for texts made of what broken texts are made of."""
    assert_replays(text, repair(text))


@given(st.text(st.one_of(BROKEN, st.characters(max_codepoint=0x4FF)), max_size=40))
@example("ñ\x80\x80\x80")
@settings(max_examples=300, deadline=None)
def test_skipped_by_proof(text: str) -> None:
    """Where the quick look sees no UTF-8, no codec can have made the text of characters that somebody meant."""
    skipped = not suspect(text).utf8
    for codec in UTF8_CODECS if skipped else ():
        for found in SEQUENCE.finditer(as_bytes(text, codec)):
            char = found.group().encode("latin-1").decode()
            # Beyond the planes that have characters, nobody can have meant one.
            meant = meant_of()[min(ord(char), 0xFFFF)] and unicodedata.category(char) not in ("Cn", "Co")
            three = text[found.start() : found.start() + 3]
            assert not meant or all("а" <= char <= "џ" for char in three), (codec, found)


@given(st.text(st.one_of(BROKEN, st.characters(max_codepoint=0x4FF)), max_size=40))
@settings(max_examples=100, deadline=None)
def test_skipped_unchanged(text: str) -> None:
    """What the quick look passes over is left as it is."""
    if not any(suspect(text)):
        assert repair(text) == Repaired(text)


ODD = st.one_of(BROKEN, st.sampled_from(sorted({*"".join(MISPLACED), *"aбЖ’\U0001f600"})), st.characters(codec=None))


@given(st.lists(st.text(ODD, max_size=30), max_size=6))
@settings(max_examples=400, deadline=None)
def test_many_at_once(texts: list[str]) -> None:
    """What is passed over together is what the quick look suspects of nothing, and each text is repaired as alone."""
    assert not any(any(suspect(text)) for text, doubt in zip(texts, doubtful(texts), strict=True) if not doubt)
    assert list(repairs(texts)) == [repair(text) for text in texts]


def test_many_of_any_length() -> None:
    """Texts too long to be looked at together are repaired as alone, too."""
    texts = ["Grüße", "GrÃ¼ÃŸe " * TOGETHER, "", "GrÃ¼ÃŸe"]
    assert list(repairs(texts)) == [repair(text) for text in texts]


@pytest.mark.parametrize("case", [*load("negative"), *load("in_the_wild"), *load("synthetic")])
def test_cases_among_others(case: dict[str, Any]) -> None:
    """Between two clean texts, a case is repaired as alone."""
    text = case.get("broken", case["text"])
    assert list(repairs(["Grüße", text, "Größe"])) == [Repaired("Grüße"), repair(text), Repaired("Größe")]


@given(st.text(st.one_of(BROKEN, st.characters(max_codepoint=0x17F)), max_size=60))
def test_costs_of_a_text(text: str) -> None:
    """The ASCII part of a text costs what its pairs cost one by one."""
    assert text_costs(points(f"\n{text}\n")).tolist() == ascii_costs(pairs_of(text)).tolist()


@given(st.text(st.characters(max_codepoint=0x7F)))
@settings(max_examples=50)
def test_ascii_is_clean(text: str) -> None:
    """ASCII is never suspected."""
    assert suspect(text) == NONE


@given(st.text(st.characters(codec=None)))
def test_points(text: str) -> None:
    """The code points are those of the characters, with one cell for all beyond the tables."""
    assert points(text).tolist() == [min(ord(char), POINTS - 1) for char in text]


@pytest.mark.parametrize(
    "text",
    ["Ã©" * 60_000, "Ã©\n" * 30_000, "Ã©é\n" * 30_000, "Ïðèâ" * 30_000, "РС" * 60_000, "Ã " * 60_000],
    ids=["one-line", "lines", "doubtful", "single", "cyrillic", "spaces"],
)
def test_hostile_length(text: str) -> None:
    """Hundreds of kilobytes of trouble take seconds at most."""
    start = process_time()
    repair(text)
    assert process_time() - start < 30
