"""Boilerplate: cases as data, the two verbs of the family, and properties that hold for any text."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck import shipped
from provcheck.checks import boilerplate
from provcheck.checks.boilerplate import lexicon, model, words
from provcheck.model import Document, Layout

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "boilerplate"


def cases(name: str) -> list[Any]:
    """The cases of one file, as parameters."""
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row["text"], row["lines"], id=row["id"]) for row in rows]


def flagged(text: str) -> list[int]:
    """The numbers of the lines that are flagged."""
    layout = boilerplate.layout(Document.of(text))
    return [number for number, kind in enumerate(layout.kinds, 1) if kind]


def assert_clean(text: str) -> None:
    """No line of `text` is flagged."""
    assert flagged(text) == []


def assert_finds(text: str, lines: list[int]) -> None:
    """The lines of `text` that are flagged are `lines` and no others."""
    assert flagged(text) == lines


@pytest.mark.parametrize(("text", "lines"), cases("negative"))
def test_content_is_left_whole(text: str, lines: list[int]) -> None:
    """A text with nothing to remove loses nothing."""
    assert not lines
    assert_clean(text)


@pytest.mark.parametrize(("text", "lines"), [*cases("synthetic"), *cases("in_the_wild")])
def test_boilerplate_is_found(text: str, lines: list[int]) -> None:
    """Exactly the lines of the page are flagged."""
    assert_finds(text, lines)


def test_stamps_in_the_midst_of_an_article() -> None:
    """Where the article goes on behind what looks like comments, the stamps are something else, such as captions."""
    rows = json.loads((CASES / "in_the_wild.json").read_text(encoding="utf-8"))
    text = next(row["text"] for row in rows if row["id"] == "comments-stamped-below")
    story = [part.replace("the", "this").replace("pier", "quay") for part in text.split("\n\n")[:6]]
    assert "comment form" in boilerplate.layout(Document.of(text)).kinds
    assert "comment form" not in boilerplate.layout(Document.of("\n\n".join([text, *story]))).kinds


@pytest.mark.parametrize(("text", "lines"), cases("known_failures"))
def test_known_failures_fail(text: str, lines: list[int]) -> None:
    """What is known to fail still fails; a case that passes now belongs into another file."""
    assert flagged(text) != lines


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n", "\r\n\r\n"])
def test_blank_texts_have_no_ranges(text: str) -> None:
    """Where there is no text there is no boilerplate."""
    assert boilerplate.layout(Document.of(text)) == Layout.of((), Document.of(text).lines)


@pytest.mark.parametrize("text", ["=" * 40, "12:30", "\ud800 lone surrogate", "\x00\x01", "🙂🙂", "word", "。", "́" * 9])
def test_odd_lines_are_judged_without_complaint(text: str) -> None:
    """Lines without words, lone surrogates and control characters are lines like others."""
    layout = boilerplate.layout(Document.of(text))
    assert len(layout.kinds) == 1


def assert_sound(text: str) -> None:
    """Ranges stand in order, do not overlap, begin and end on lines with text, and carry all that is promised."""
    document = Document.of(text)
    layout = boilerplate.layout(document)
    assert layout == boilerplate.layout(document)
    last = 0
    for found in layout.ranges:
        assert last < found.start_line <= found.end_line <= len(document.lines)
        assert layout.kinds[found.start_line - 1] == layout.kinds[found.end_line - 1] == found.kind
        assert 0.5 <= found.confidence < 1
        assert found.reason
        last = found.end_line
    for finding in boilerplate.check(document, layout):
        assert 0 <= finding.start <= finding.end <= len(text)


@given(st.text(max_size=400))
@settings(deadline=None, max_examples=60)
def test_any_text_gives_sound_ranges(text: str) -> None:
    """Whatever the characters, the layout is valid and the same each time."""
    assert_sound(text)


LINES = st.sampled_from(
    ["", " ", "Share", "  • Home", "The council met on Monday, and the bridge will be built.", "关于我们", "© 2020"]
)


@given(st.lists(LINES, max_size=60))
@settings(deadline=None, max_examples=60)
def test_any_lines_give_sound_ranges(lines: list[str]) -> None:
    """Whatever the order of lines, the layout is valid and the same each time."""
    assert_sound("\n".join(lines))


def assert_quick_exit_agrees(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The layout is the same whether or not the second look is spared where the first has no doubt."""
    quick = [boilerplate.layout(Document.of(text)).kinds for text in texts]
    monkeypatch.setattr(model, "NO_DOUBT", float("inf"))
    assert [boilerplate.layout(Document.of(text)).kinds for text in texts] == quick


def test_quick_exit_agrees_on_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """On all cases the texts that are looked at once would be judged alike by the second look."""
    files = ("negative", "synthetic", "in_the_wild", "known_failures")
    rows = [row for name in files for row in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))]
    assert_quick_exit_agrees([row["text"] for row in rows], monkeypatch)


def test_quick_exit_agrees_on_bodies(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On articles without a page around, too."""
    with gzip.open(shared / "gold" / "pages.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = ["\n\n".join(json.loads(line)["body"]) for line in file]
    assert_quick_exit_agrees(texts, monkeypatch)


def test_lines_of_the_header_are_no_boilerplate() -> None:
    """The wrapper's own header is neither content nor boilerplate."""
    text = "Share\nSubscribe\n\nThe council met on Monday, and it voted for the bridge, the mayor said."
    document = Document.of(text)
    behind = Document(document.origin, "txt", text, document.lines, header_end=16)
    assert [kind for kind in boilerplate.layout(behind).kinds if kind] == []


@pytest.mark.parametrize(("case", "kind"), [("twice-en", "repeated paragraph"), ("notice-it", "newsletter")])
def test_what_the_model_has_no_say_in_is_told_with_its_reason(case: str, kind: str) -> None:
    """A repeated paragraph and a notice have a kind, a reason, and little doubt."""
    rows = json.loads((CASES / "synthetic.json").read_text(encoding="utf-8"))
    (found, *_) = boilerplate.layout(Document.of(next(row["text"] for row in rows if row["id"] == case))).ranges
    assert found.kind == kind
    assert found.confidence >= 0.9
    assert found.reason.startswith(("repeats a paragraph", "says “"))


def test_every_phrase_of_the_lexicon_can_be_found() -> None:
    """No phrase by hand is too long to be looked up, and no notice has lost its place to another phrase."""
    tables = model.tables()
    numbers = words.numbers_of(tables.phrases)
    assert [tables.phrases[row] for row in np.flatnonzero(numbers == 0)] == []
    rows = tables.lexicon.rows(numbers)
    assert [tables.phrases[row] for row in np.flatnonzero(tables.notice[1:] & (rows == 0))] == []


def test_the_lexicon_is_in_step_with_its_sources() -> None:
    """After a change of a phrase or a weight, `ci/build_lexicon.py` has to write the lexicon anew."""
    made = lexicon.Tables.of(lexicon.data("boilerplate_words"), model.weights()["words"])
    assert made.files() == tuple(shipped.raw("checks", name) for name in (lexicon.ROWS, lexicon.PHRASES))
    stored = lexicon.Tables.stored()
    for told, read in zip((*made.lexicon, *made[1:]), (*stored.lexicon, *stored[1:]), strict=True):
        if isinstance(told, np.ndarray):
            assert isinstance(read, np.ndarray)
            assert (told.dtype, told.tolist()) == (read.dtype, read.tolist())
        else:
            assert told == read


def test_findings_speak_of_their_lines() -> None:
    """Each range is one finding with its span, and a page of nothing else is told so."""
    document = Document.of("  • Home\n  • News\n  • Contact\n  • Log in\n\n© 2020 All rights reserved\n")
    found = list(boilerplate.check(document, boilerplate.layout(document)))
    assert {finding.code for finding in found} == {"PC401", "PC403"}
    assert found[0].quote.startswith("• Home")


def test_most_of_a_text_can_be_boilerplate() -> None:
    """Where more than half of the text is boilerplate, that is a finding too."""
    rows = json.loads((CASES / "in_the_wild.json").read_text(encoding="utf-8"))
    text = next(row["text"] for row in rows if row["id"] == "page-en")
    document = Document.of(text + "\n  • Cookie policy, privacy policy, terms of use, contact, newsletter" * 30)
    codes = [finding.code for finding in boilerplate.check(document, boilerplate.layout(document))]
    assert "PC402" in codes


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n" * 1_000_000, id="a million blank lines"),
        pytest.param("word " * 2_000_000, id="ten megabytes in one line"),
        pytest.param("Share\n" * 100_000, id="a hundred thousand short lines"),
        pytest.param("Advertisement\n" * 100_000 + "The council met on Monday. " * 9, id="one line again and again"),
        pytest.param("Archivbild " * 1_000_000, id="a label without end"),
        pytest.param("29.04.2023, 11:14 Uhr\n" * 50_000, id="stamps"),
        pytest.param("|" * 3_000_000, id="three million marks"),
    ],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    """Size alone makes no text slow: thirty seconds are ten times what a slow machine needs."""
    begin = time.process_time()
    boilerplate.layout(Document.of(text))
    assert time.process_time() - begin < 30
