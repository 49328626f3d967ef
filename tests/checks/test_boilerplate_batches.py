"""Boilerplate in batches: what is found in a document is the same to the bit, whichever documents come with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.checks import boilerplate
from provcheck.checks.boilerplate import features, judge, model
from provcheck.checks.boilerplate.bounds import Bounds
from provcheck.model import Document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "boilerplate"
STORY = (
    "The harbour board said on Tuesday that the ferry will sail again in May, two winters after a storm.",
    "Island farmers have waited for the line, because flour and fodder had to be brought over in boats.",
    "“It was a long time,” the mayor said; 12 of 40 boats were lost, and the mail came late.",
)
LINES = (
    *STORY, "", " ", "Share", "  • Home", "\t- News", "Published in The Courier, 2 May 2020", "© 2020 The Courier",
    "关于我们", "本报讯 记者昨日从市政府获悉，新桥将于五月通车。", "Read more: ferry", "Comments (3)", "12:30", "====",
    "\ud800", "\x00\x01", "🙂🙂", "́" * 9, "i" * 5000, "the ferry " * 300,
)  # fmt: skip
"""What documents are made of: stories, menus, captions, other scripts, and what no text should hold."""

SAYING = [line for line in LINES if line.strip()]
HOSTILE = ("", "\n", " \n\t\n", "=" * 40, "word", "。", "Share\n" * 9000, "|" * 100_000, "\n".join(STORY) + "\n" * 5000)
TEXTS = st.one_of(st.lists(st.sampled_from(LINES), max_size=40).map("\n".join), st.text(max_size=200))


def cases() -> list[str]:
    """The texts of all cases."""
    return [row["text"] for path in sorted(CASES.glob("*.json")) for row in json.loads(path.read_text("utf-8"))]


def assert_same(texts: Sequence[str]) -> None:
    """All documents get together what each gets alone: ranges, confidences, reasons, and kinds of lines."""
    documents = [Document.of(text) for text in texts]
    assert boilerplate.layouts(documents) == [boilerplate.layout(document) for document in documents]


def probabilities(parts: Sequence[list[str]]) -> tuple[features.Facts, list[bytes], list[bytes]]:
    """The facts of documents that are given as lines, and for each the bits of its features and its probabilities."""
    lines = [line for part in parts for line in part]
    numbers = [number * 2 for part in parts for number in range(1, len(part) + 1)]
    facts = features.of_lines(lines, numbers, model.tables(), [len(part) for part in parts])
    probable = model.probabilities(facts)
    bounds = facts.bounds.pairs
    return facts, [facts.features[:, a:b].tobytes() for a, b in bounds], [probable[a:b].tobytes() for a, b in bounds]


@given(st.lists(TEXTS, max_size=8))
@settings(deadline=None, max_examples=60)
def test_any_company(texts: list[str]) -> None:
    """Whatever the texts, none feels who its neighbours are."""
    assert_same(texts)


@given(st.permutations([*HOSTILE, "\n".join(STORY), "Share\n  • Home\n\n" + STORY[0]]))
@settings(deadline=None, max_examples=3)
def test_hostile_company(texts: list[str]) -> None:
    """Neither do articles among texts that are empty, huge, or made of one sign."""
    assert_same(texts)


@pytest.mark.parametrize("limit", [1, 60, 100_000])
def test_any_size_of_batch(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """All cases together, in batches of any size, are judged as they are judged alone."""
    monkeypatch.setattr(judge, "LINES", limit)
    assert_same(cases())


@given(st.lists(st.lists(st.sampled_from(SAYING), min_size=1), min_size=1, max_size=9))
@settings(deadline=None, max_examples=60)
def test_same_to_the_bit(parts: list[list[str]]) -> None:
    """Not only the labels are the same: no feature and no probability differs by a rounding."""
    _, features_together, together = probabilities(parts)
    for number, part in enumerate(parts):
        _, [features_alone], [alone] = probabilities([part])
        assert features_together[number] == features_alone
        assert together[number] == alone


@given(st.lists(st.lists(st.sampled_from(LINES[:3]), min_size=1, max_size=9), min_size=1, max_size=9), st.randoms())
@settings(deadline=None, max_examples=30)
def test_some_of_a_batch(parts: list[list[str]], random: Random) -> None:
    """Some documents taken out of a batch are as they were in it."""
    facts, _, _ = probabilities(parts)
    wanted = np.array([random.random() < 0.5 for _ in parts])
    if not wanted.any():
        return
    lines = np.repeat(wanted, facts.bounds.sizes)
    some = facts.of(wanted)
    assert (some.features == facts.features[:, lines]).all()
    assert some.bounds.sizes.tolist() == facts.bounds.sizes[wanted].tolist()
    assert some.lines.tolist() == facts.lines[lines].tolist()
    for items, of_all in ((some.telling, facts.telling), (some.threes, facts.threes)):
        assert np.flatnonzero(lines)[items.owner].tolist() == of_all.owner[lines[of_all.owner]].tolist()


@pytest.mark.parametrize("sizes", [[1], [3], [1, 1, 1], [4, 1, 300, 2]])
def test_running_sums(sizes: list[int]) -> None:
    """Sums begin anew with each document, and windows end at its ends."""
    bounds = Bounds.of(sizes)
    values = np.random.default_rng(3).normal(size=(2, sum(sizes)))
    running = bounds.running(values)
    back, ahead = np.empty_like(values, dtype=np.float32), np.empty_like(values, dtype=np.float32)
    running.back(2, out=back)
    running.ahead(2, out=ahead)
    for number, (begin, end) in enumerate(bounds.pairs):
        own = values[:, begin:end]
        assert (running.whole[:, number] == own.cumsum(axis=1)[:, -1]).all()
        for line in range(begin, end):
            nearby = slice(max(begin, line - 2), line), slice(line + 1, min(end, line + 3))
            assert np.allclose(back[:, line], values[:, nearby[0]].sum(axis=1), atol=1e-5)
            assert np.allclose(ahead[:, line], values[:, nearby[1]].sum(axis=1), atol=1e-5)
