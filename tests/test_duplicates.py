"""Duplicates: copies are found, strangers are not joined, whatever the order and the size of the corpus."""

from __future__ import annotations

import hashlib
import json
import pickle
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck import duplicates
from provcheck.duplicates import Duplicates, Fingerprint, candidates

CASES = Path(__file__).parents[1] / "fixtures" / "cases" / "duplicates"
WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("", "l", "n", "r", "st", "mp")]


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in json.loads((CASES / f"{name}.json").read_text("utf-8"))]


def found(texts: list[str]) -> Duplicates:
    return duplicates.find([duplicates.fingerprint(text) for text in texts])


def story(seed: int, words: int = 200) -> str:
    chosen = random.Random(seed)  # noqa: S311 (test data)
    return " ".join(chosen.choice(WORDS) + chosen.choice(WORDS) for _ in range(words))


def partition(result: Duplicates, names: list[int]) -> set[frozenset[int]]:
    groups: dict[int, set[int]] = {}
    for position, cluster in enumerate(result.clusters):
        if cluster is not None:
            groups.setdefault(cluster, set()).add(names[position])
    return {frozenset(group) for group in groups.values()}


def assert_case(case: dict[str, Any]) -> None:
    result = found(case["texts"])
    if case["clusters"] == "no-join":
        assert result.clusters[0] is None or result.clusters[0] != result.clusters[1], case["why"]
    else:
        assert list(result.clusters) == case["clusters"], case["why"]
    if case["links"] is not None:
        assert sorted({link.code for link in result.links}) == case["links"], case["why"]


@pytest.mark.parametrize("case", [*cases("negative"), *cases("synthetic"), *cases("in_the_wild")])
def test_case(case: dict[str, Any]) -> None:
    """Each case has the clusters and the kinds of links that it names."""
    assert_case(case)


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True)
def test_known_failure(case: dict[str, Any]) -> None:
    """What is known to fail must go on failing, or be moved."""
    assert_case(case)


def corpus() -> list[str]:
    """Twelve stories, five versions each, and composites of neighbours."""
    texts = []
    for seed in range(12):
        text, chosen = story(seed), random.Random(seed)  # noqa: S311 (test data)
        words = text.split()
        edited = " ".join(chosen.choice(WORDS) if chosen.random() < 0.1 else word for word in words)
        half = " ".join(words[: len(words) // 2])
        texts += [text, text, edited, " ".join(words[: len(words) * 2 // 3]), "New title here\n" + text]
        texts += [half + " " + " ".join(story(seed + 1).split()[:100])]
    return texts


def test_order_does_not_matter() -> None:
    """The same partition comes out of every permutation."""
    texts = corpus()
    expected = partition(found(texts), list(range(len(texts))))
    for seed in range(3):
        names = list(range(len(texts)))
        random.Random(seed).shuffle(names)  # noqa: S311 (test data)
        assert partition(found([texts[name] for name in names]), names) == expected


def test_nothing_chains() -> None:
    """Composites do not tie the stories together, and all versions of each are found."""
    clusters = found(corpus()).clusters
    tops = [clusters[6 * number] for number in range(12)]
    assert len(set(tops)) == 12
    assert all(clusters[6 * number + k] == tops[number] for number in range(12) for k in range(5))


def test_a_cluster_names_its_first_member() -> None:
    """A cluster is the position of its first member, who is in it, and links point forward."""
    result = found(corpus())
    assert all(c is None or (result.clusters[c] == c and c <= i) for i, c in enumerate(result.clusters))
    assert all(link.first < link.second and 0 <= link.similarity <= 1 for link in result.links)


def test_fingerprints_are_small_free_of_text_and_picklable() -> None:
    """A million of them fit into memory, whatever the length of the text."""
    print_ = duplicates.fingerprint(story(1, 50_000))
    assert sum(len(each) for each in print_ if isinstance(each, bytes)) <= 560
    assert pickle.loads(pickle.dumps(print_)) == print_  # noqa: S301 (our own bytes)


def test_many_copies_and_a_common_passage_stay_linear() -> None:
    """Two thousand copies and two thousand stories around one passage take moments, and do not join."""
    passage = story(0, 60)
    texts = [story(1)] * 2000 + [f"{passage} {story(seed, 90)}" for seed in range(2, 1000)]
    prints = [duplicates.fingerprint(text) for text in texts]
    begin = time.process_time()
    result = duplicates.find(prints)
    assert time.process_time() - begin < 15
    assert set(result.clusters[:2000]) == {0}
    assert set(result.clusters[2000:]) == {None}
    assert len(result.links) < 40 * len(texts)


def test_passages_show_what_two_texts_share() -> None:
    """The spans cut the shared words out of both, in either order of the texts."""
    note = story(7, 40)
    one, other = story(1, 30) + " " + note + ". " + story(2, 30), "Intro. " + note.upper() + " " + story(3, 30)
    (passage,) = duplicates.passages(one, other)
    assert one[passage[0] : passage[1]] == note
    assert other[passage[2] : passage[3]] == note.upper()
    assert duplicates.passages(other, one) == ((passage[2], passage[3], passage[0], passage[1]),)


def test_passages_take_linear_time() -> None:
    """Repetitive texts have many equal runs and still cost little."""
    begin = time.process_time()
    duplicates.passages("la " * 100_000, "la " * 90_000 + "lo")
    assert time.process_time() - begin < 10


MIXED = st.text(st.sampled_from("ab cd1 2é\u00ad東京กข\n\u200b\u3000\U0001f600\U00020000\u0301"), max_size=60)


@given(st.lists(st.one_of(MIXED, st.builds(lambda text: text * 3000, MIXED)), max_size=5))
@settings(deadline=None, max_examples=60)
def test_fingerprints_of_many(texts: list[str]) -> None:
    """A content has the fingerprint that it has alone, whatever it stands among and however long it is."""
    assert duplicates.fingerprints(texts) == [duplicates.fingerprint(text) for text in texts]


def test_fingerprints_stay_what_they_are() -> None:
    """Caches keep fingerprints, and those of two versions are compared."""
    texts = ["", "One.", story(1, 40), story(2, 20_000), "東京の橋は閉鎖された。" * 9, "สะพานปิดแล้ว" * 9]
    texts.append("12 ferries, 13")
    every = b"".join(duplicates.fingerprint(text).packed() for text in texts)
    assert hashlib.blake2b(every, digest_size=8).hexdigest() == "b42ba4c1bbcf0606"


def test_no_documents() -> None:
    """An empty corpus has no duplicates."""
    assert duplicates.find([]) == Duplicates((), ())


def test_an_empty_content_has_an_empty_fingerprint() -> None:
    """Nothing is known of nothing."""
    assert duplicates.fingerprint(" \n\u3000") == Fingerprint(b"")


@given(st.lists(st.text(max_size=80), max_size=6))
@settings(max_examples=100, deadline=None)
def test_any_texts(texts: list[str]) -> None:
    """Any texts have fingerprints and clusters; equal texts share one."""
    result = found([*texts, *texts])
    for position, text in enumerate(texts):
        if text.strip():
            assert result.clusters[position] == result.clusters[position + len(texts)] is not None


@given(st.text(max_size=200), st.text(max_size=200), st.text(min_size=60, max_size=120))
@settings(max_examples=100, deadline=None)
def test_any_passages(one: str, other: str, both: str) -> None:
    """Spans lie within the texts."""
    for a, b, c, d in duplicates.passages(one + both, other + both):
        assert 0 <= a < b <= len(one + both)
        assert 0 <= c < d <= len(other + both)


class OnDisk:
    """Fingerprints that give a column when they are asked, as a file does."""

    def __init__(self, prints: list[Fingerprint]) -> None:
        """Take these fingerprints."""
        self._array = duplicates.packed(prints)

    def __getitem__(self, name: str) -> Any:
        return self._array[name].copy()


def test_columns_give_what_objects_give() -> None:
    """The search over columns and the one over fingerprints have the same result."""
    prints = [duplicates.fingerprint(text) for text in [*corpus(), "", "Short.", "Short.", ""]]
    one, other = duplicates.find(prints), duplicates.search(OnDisk(prints))
    assert [c if c >= 0 else None for c in other.clusters.tolist()] == list(one.clusters)
    assert tuple(other.links.each()) == one.links
    assert list(one.links) == sorted(one.links)


def test_keys_sort_alike_however_many() -> None:
    """The short way to sort keys of 40 bits is as stable as the long one."""
    keys = np.random.default_rng(1).integers(0, 1 << 40, 5000).astype(np.uint64) % np.uint64(900)
    order, ordered = candidates._ordered(keys)
    assert order.tolist() == np.argsort(keys, kind="stable").tolist()
    assert ordered.tolist() == sorted(keys.tolist())
