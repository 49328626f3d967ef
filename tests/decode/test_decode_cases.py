"""Every case of `fixtures/cases/encodings`, and what must hold for any bytes."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.decode import ACTIONS, decode, order

if TYPE_CHECKING:
    from provcheck.model import Decoded, Step

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "encodings"
RAW = "raw"
"""In a case's parts, text whose characters are bytes."""


def load(name: str) -> list[Any]:
    """The cases of one file, as parameters with their ids."""
    return [pytest.param(case, id=case["id"]) for case in json.loads((CASES / f"{name}.json").read_text("utf-8"))]


def bytes_of(case: dict[str, Any]) -> bytes:
    """The bytes of a case: its parts, each in its encoding."""
    return b"".join(text.encode("latin-1" if codec == RAW else codec) for codec, text in case["parts"])


def replay(raw: bytes, steps: tuple[Step, ...]) -> str:
    """The text that the steps make of the bytes."""
    value: Any = raw
    for step in steps:
        value = ACTIONS[step.action](value, *step.args)
    assert isinstance(value, str)
    return value


def assert_decodes(case: dict[str, Any]) -> Decoded:
    """The case's bytes give its text, and the steps replay to it."""
    raw = bytes_of(case)
    got = decode(raw, declared=case.get("declared"))
    assert got.text == case["text"], (got.encoding, got.confidence, got.runner_up)
    assert replay(raw, got.steps) == got.text
    if "encoding" in case:
        assert got.encoding == case["encoding"]
    if "findings" in case:
        assert [finding.code for finding in got.findings] == case["findings"]
    return got


@pytest.mark.parametrize("case", load("negative"))
def test_negative(case: dict[str, Any]) -> None:
    """What looks like another encoding and is UTF-8 stays UTF-8."""
    assert_decodes(case)


@pytest.mark.parametrize("case", load("in_the_wild"))
def test_in_the_wild(case: dict[str, Any]) -> None:
    """News of many languages in the encodings of their day."""
    assert_decodes(case)


NAMES = ("Léger", "Gérard", "Bélanger", "Núñez", "Ordóñez", "Smørgrav", "Þjóðólfsson", "LÉVY", "PRÉVOST", "MÜLLER")
PLAIN = "The council has decided to close the old bridge over the mill stream for a year.\n"


@pytest.mark.parametrize("lines", [1, 600], ids=["short", "long"])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_a_plain_text(name: str, lines: int) -> None:
    """One foreign name is read by the spelling of its own language, however much ASCII stands around it."""
    text = PLAIN * lines + f"This was told by {name} on Monday.\n" + PLAIN * lines
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("lines", [1, 600], ids=["short", "long"])
def test_lines_of_two_encodings(lines: int) -> None:
    """A log that was kept for twenty years changes its encoding on the way; each name is read by its own."""
    parts = [(f"Thanks to {name}.\n", codec) for name, codec in zip(NAMES, ("utf-8", "cp1252") * 5, strict=True)]
    raw = b"".join(PLAIN.encode() * lines + text.encode(codec) for text, codec in parts)
    got = decode(raw)
    assert got.text == "".join(PLAIN * lines + text for text, _ in parts)
    assert replay(raw, got.steps) == got.text


@pytest.mark.parametrize("case", load("synthetic"))
def test_synthetic(case: dict[str, Any]) -> None:
    """Marks, declarations, mixtures and damage."""
    assert_decodes(case)


@pytest.mark.parametrize("case", load("known_failures"))
@pytest.mark.xfail(strict=True, reason="known to fail")
def test_known_failure(case: dict[str, Any]) -> None:
    """What cannot be told today; a case that starts to pass must be moved."""
    assert_decodes(case)


def test_prior_breaks_a_tie_only() -> None:
    """Neighbours decide between candidates that are as likely as each other, and not against plain evidence."""
    russian = "Городской совет решил закрыть старый мост на год".encode("koi8-r")
    assert decode(russian, prior={"cp1251": 1.0}).encoding == "koi8-r"
    assert decode(b"Zo\xeb", prior={"cp1257": 1.0}).text in ("Zoë", "Zoė")


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes(raw: bytes) -> None:
    """No bytes raise; the steps replay; twice gives the same; confidences are shares."""
    got = decode(raw)
    assert replay(raw, got.steps) == got.text
    assert decode(raw) == got
    assert 0 <= got.confidence <= 1


@given(st.binary(max_size=120), st.text(max_size=12) | st.sampled_from(["utf-16", "koi8-r", "hz", "utf-7", "cp932"]))
@settings(max_examples=100, deadline=None)
def test_any_declaration(raw: bytes, declared: str) -> None:
    """No declaration raises."""
    got = decode(raw, declared=declared)
    assert replay(raw, got.steps) == got.text


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_fast_path_is_the_slow_path(text: str) -> None:
    """For valid UTF-8 that holds no sign of another encoding, looking closely gives the same."""
    raw = text.encode("utf-8", "ignore")
    if raw.startswith(order._MARKS) or any(sign in raw for sign in order._ELSEWHERE):
        return
    assert decode(raw) == order._slow(raw, None, {})


@pytest.mark.parametrize(
    "raw",
    [b"\xe9\n" * 300_000, b"\x81" * 800_000, b"\xc3\xa9\n\xe9\n" * 100_000, b"\x1b$B" * 250_000, b"~{" * 400_000],
    ids=["latin", "undefined", "alternating", "escapes", "braces"],
)
def test_hostile_length(raw: bytes) -> None:
    """Megabytes of trouble take seconds at most."""
    start = process_time()
    decode(raw)
    assert process_time() - start < 20
