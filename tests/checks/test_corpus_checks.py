"""Corpus checks: caps and crawl days are seen, natural lengths and rhythms of publication are not."""

from __future__ import annotations

import datetime as dt
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.checks.corpus import Facts, corpus_findings

START = dt.date(2020, 1, 1)


def lengths(count: int, seed: int = 1) -> list[int]:
    chosen = random.Random(seed)  # noqa: S311 (test data)
    return [max(60, int(chosen.lognormvariate(7.9, 0.7))) for _ in range(count)]


def facts(sizes: list[int], dates: list[str | None] | None = None, *, truncated: bool = False) -> list[Facts]:
    days = dates or [None] * len(sizes)
    return [
        Facts(size, size + size // 40 + i % 3, size // 6, truncated, day, i.to_bytes(4))
        for i, (size, day) in enumerate(zip(sizes, days, strict=True))
    ]


def messages(corpus: list[Facts]) -> list[str]:
    return sorted({each.message for found in corpus_findings(corpus).values() for each in found})


def days(offsets: list[int]) -> list[str | None]:
    return [(START + dt.timedelta(offset)).isoformat() for offset in offsets]


@pytest.mark.parametrize("count", [3, 30, 300, 3000])
@pytest.mark.parametrize("seed", range(5))
def test_natural_lengths(count: int, seed: int) -> None:
    """Lengths as they come in news have no cap, however many there are."""
    assert messages(facts(lengths(count, seed))) == []


@pytest.mark.parametrize(("cap", "count"), [(500, 30), (5000, 400), (1024, 60), (4321, 500)])
def test_a_cap_in_characters(cap: int, count: int) -> None:
    """All that would be longer ends at the cap, round or not, and only those documents are named."""
    sizes = [min(cap, size) for size in lengths(count)]
    found = corpus_findings(facts(sizes))
    assert messages(facts(sizes)) == [f"{sizes.count(cap)} documents end at {cap} characters"]
    assert set(found) == {position for position, size in enumerate(sizes) if size == cap}


def test_a_cap_that_spares_words() -> None:
    """A cut that goes back to the last whole word piles up just below the cap, and is one finding."""
    chosen = random.Random(5)  # noqa: S311 (test data)
    sizes = [size if size < 5000 else 5000 - chosen.randint(0, 9) for size in lengths(500)]
    assert len(messages(facts(sizes))) == 1
    assert "documents end at 5000 characters" in messages(facts(sizes))[0]


@pytest.mark.parametrize("unit", ["bytes", "words"])
def test_a_cap_in_other_units(unit: str) -> None:
    """Bytes and words can be capped while characters differ."""
    corpus = [
        Facts(size, min(size * 2, 4096), size // 6, False, None, bytes([i % 251, i // 251]))
        if unit == "bytes"
        else Facts(size, size * 2, min(size // 6, 300), False, None, bytes([i % 251, i // 251]))
        for i, size in enumerate(lengths(400))
    ]
    assert len(messages(corpus)) == 1
    assert messages(corpus)[0].endswith(unit)


def test_copies_are_no_cap() -> None:
    """A notice printed fifty times has one length and is no cap."""
    notice = Facts(800, 810, 120, truncated=False, date=None, digest=b"notice")
    assert messages([notice] * 50 + facts(lengths(200))) == []


def test_few_cut_documents_suffice() -> None:
    """Where the texts look cut, fewer of them make a cap."""
    sizes = lengths(60)
    corpus = facts(sizes) + [
        fact._replace(digest=b"c%d" % i) for i, fact in enumerate(facts([3000] * 6, truncated=True))
    ]
    assert messages(corpus) == ["6 documents end at 3000 characters"]


@pytest.mark.parametrize(
    "offsets",
    [
        [i % 365 for i in range(2000)],
        [7 * (i % 52) for i in range(2000)],
        [30 * (i % 12) for i in range(300)],
        [5] * 40,
        [i % 9 for i in range(60)],
        [i % 3 for i in range(200)],
    ],
    ids=["daily", "weekly", "monthly", "one day", "nine days", "three days"],
)
def test_rhythms_of_publication(offsets: list[int]) -> None:
    """Dailies, weeklies, monthlies and small corpora have no spike."""
    assert messages(facts(lengths(len(offsets)), days(offsets))) == []


@pytest.mark.parametrize("step", [1, 7])
def test_the_day_of_the_crawl(step: int) -> None:
    """One day with a tenth of a daily's or weekly's documents is a spike."""
    offsets = [step * (i % (364 // step)) for i in range(1000)] + [200] * 200
    corpus = facts(lengths(len(offsets)), days(offsets))
    assert len(messages(corpus)) == 1
    assert "carry the date 2020-07-19" in messages(corpus)[0]


def test_dates_that_are_none() -> None:
    """Missing and broken dates, and days at the ends of the calendar, are passed over."""
    odd = [None, "soon", "2020-13-01", "0001-01-01", "9999-12-31T10:00:00Z"]
    assert messages(facts(lengths(5), odd)) == []
    corpus = facts(lengths(140), [*days(list(range(40))), *["9999-12-31"] * 100])
    assert len(messages(corpus)) == 1


def test_it_takes_linear_time() -> None:
    """Fifty thousand documents take moments."""
    corpus = facts(lengths(50_000), days([i % 3000 for i in range(50_000)]))
    begin = time.process_time()
    corpus_findings(corpus)
    assert time.process_time() - begin < 15


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 60)), max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_corpus(pairs: list[tuple[int, int]]) -> None:
    """Any corpus gives findings for positions that exist, twice the same."""
    corpus = facts([size for size, _ in pairs], days([day for _, day in pairs]))
    found = corpus_findings(corpus)
    assert all(0 <= position < len(corpus) for position in found)
    assert found == corpus_findings(corpus)
