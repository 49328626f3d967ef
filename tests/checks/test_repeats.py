"""Lines that an outlet repeats are found; copies, headings and what few say are none of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import provcheck
from provcheck import Settings
from provcheck.checks import repeats
from provcheck.model import Boilerplate, Document, Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

PLEA = "The reporting of this newspaper is paid for by those who send us five crowns a month."
OWED = "We owe the truth to them and to nobody else."
OFFER = "Subscribe to our newsletter and get the news every morning. Enter your email address."

OUTLETS = ("The Guardian", "Le Monde", "Der Spiegel", "Aftonbladet", "The Irish Times", "Daily Maverick")

_WHO = ("The harbour board", "A group of farmers", "The island school", "The town orchestra", "The weather office")
_DID = ("rented a ferry", "opened a mill", "planted an orchard", "mended the lighthouse", "counted the gulls")


def article(number: int) -> str:
    """Three paragraphs that no other number has."""
    said = (
        f"{_WHO[(number + k) % 5]} {_DID[(number + 2 * k) % 5]} on the {7 * number + k}th day of the year, which cost "
        f"{number * 31 + k} crowns, and {number * 17 + 3 * k} people of the lower town came to see how it was done."
        for k in range(3)
    )
    return "\n\n".join(said)


def page(number: int, *more: str, outlet: str = "Valley Courier") -> str:
    return "\n\n".join([article(number), *more, f"Published in {outlet}"]) + "\n"


@pytest.fixture
def quotes(tmp_path: Path) -> Callable[[Sequence[str]], dict[int, list[str]]]:
    """Write texts as a corpus, and give what PC804 quotes, by the number of the text."""

    def call(texts: Sequence[str]) -> dict[int, list[str]]:
        for number, text in enumerate(texts):
            (tmp_path / f"{number:03}.txt").write_text(text, encoding="utf-8")
        frame = provcheck.scan([tmp_path], Settings())
        found = {
            number: [f["quote"] for f in findings if f["code"] == "PC804"]
            for number, findings in enumerate(frame["findings"])
        }
        assert frame["lines_repeated"].tolist() == [bool(each) for each in found.values()]
        return {number: each for number, each in found.items() if each}

    return call


SILENT: dict[str, list[str]] = {
    "few": [page(n, *[PLEA] * (n < 4)) for n in range(12)],
    "copies": [page(1, PLEA)] * 9,
    "versions": [page(1, PLEA, f"The story was seen by {n} people.") for n in range(9)],
    "outlets": [page(n, PLEA, outlet=name) for n, name in enumerate(OUTLETS)],
    "headings": [page(n, "What happened then", article(n + 50)) for n in range(9)],
    "titles": [f"The day in the valley in short\n\nBy Ann Lee\n\n{page(n)}" for n in range(9)],
    "boilerplate": [page(n, OFFER) for n in range(9)],
    "many times in one": [page(0, *(part for n in range(60, 65) for part in (PLEA, article(n))))],
    "in a header": [f"Note: {PLEA}\nDate: 2024-05-0{n + 1}\n\n{page(n)}" for n in range(9)],
}  # fmt: skip


@pytest.mark.parametrize("name", SILENT)
def test_silent(name: str, quotes: Callable[[Sequence[str]], dict[int, list[str]]]) -> None:
    """What few documents say, what copies share, and what the content does not have, is no finding."""
    assert quotes(SILENT[name]) == {}


def test_found(quotes: Callable[[Sequence[str]], dict[int, list[str]]]) -> None:
    """Each run of lines is one finding, in the documents that have it."""
    texts = [page(n, *[PLEA, OWED] * (n < 6), article(n + 90), *[OWED] * (n > 8)) for n in range(12)]
    found = quotes(texts)
    assert sorted(found) == [0, 1, 2, 3, 4, 5, 9, 10, 11]
    assert [len(found[n]) for n in (0, 9)] == [1, 1]
    assert found[0][0].startswith(PLEA)
    assert found[9] == [OWED]


def test_scripts_without_spaces(quotes: Callable[[Sequence[str]], dict[int, list[str]]]) -> None:
    """Letters count where words are not parted."""
    plea = "本紙の報道は読者の皆様からの毎月のご支援によって支えられています。"
    texts = [
        f"港町の議会は{n}日、古い橋を来月から{n + 3}週間閉鎖すると決めた。議員{n + 11}人が賛成した。\n\n"
        f"橋は{n + 40}年前に架けられ、毎日{n * 37 + 900}台の車が渡る。修理には{n * 13 + 70}億円かかる。\n\n{plea}\n"
        for n in range(1, 9)
    ]
    assert set(map(tuple, quotes(texts).values())) == {(plea,)}


def test_large_outlets_need_a_share() -> None:
    """In a large outlet, a line must stand in one document of a hundred."""
    often, seldom = (repeats._number(repeats._seed("X"), line) << 1 | 1 for line in (PLEA, OWED))
    outlet = repeats._number(repeats._seed("X"), "") << 1
    rows = [[outlet] + [often] * (n < 10) + [seldom] * (n < 9) for n in range(1000)]
    found = repeats.repeated(lambda: blocks(rows), sum(map(len, rows)))
    told = list(repeats.told(blocks(rows), found))
    assert [one.position for one in told] == list(range(10))
    assert {one.documents for one in told} == {1000}
    assert {*told[0].lines.items()} == {(often >> 1, 10)}


def blocks(rows: Sequence[Sequence[int]], texts: Sequence[int] | None = None) -> Iterator[repeats.Block]:
    for begin in range(0, len(rows), 3):
        some = rows[begin : begin + 3]
        names = list(range(len(rows))) if texts is None else texts
        of = [names[begin + k] for k, row in enumerate(some) for _ in row]
        yield np.array([number for row in some for number in row], np.uint64), np.array(of, np.int64)


@given(
    st.lists(st.tuples(st.integers(0, 6), st.sets(st.integers(1, 9)), st.integers(0, 12)), max_size=40),
    st.integers(1, 50),
)
def test_as_counted_plainly(documents: list[tuple[int, set[int], int]], together: int) -> None:
    """However many numbers are sorted at once, the counts are those of a plain dictionary of sets."""
    rows = [[outlet << 8 << 1, *((outlet << 8 | line) << 1 | line % 2 for line in sorted(lines))]
            for outlet, lines, _ in documents]  # fmt: skip
    texts = [text for _, _, text in documents]
    plainly: dict[int, set[int]] = defaultdict(set)
    for row, text in zip(rows, texts, strict=True):
        for number in row:
            plainly[number >> 1].add(text)
    found = repeats.repeated(lambda: blocks(rows, texts), sum(map(len, rows)), together)
    many = {number: len(of) for number, of in plainly.items() if len(of) >= repeats.FEWEST}
    assert dict(zip(found.numbers.tolist(), found.counts.tolist(), strict=True)) == many
    told = {one.position: one.lines for one in repeats.told(blocks(rows), found)}
    for position, row in enumerate(rows):
        kept = {n >> 1: many[n >> 1] for n in row[1:] if n & 1 and n >> 1 in many}
        assert told.get(position, {}) == kept


@given(st.text(), st.none() | st.text())
def test_any_text(text: str, outlet: str | None) -> None:
    """Each of a document's own lines that can count is found again in it, and nothing else."""
    document = Document.of(text)
    told = np.frombuffer(repeats.numbers(document, Layout.of((), document.lines), outlet, None), np.uint64)
    lines = {int(number) >> 1: 9 for number in told[1:]}
    found = repeats.findings(text, outlet, (), 20, lines)
    assert bool(found) == bool(lines)
    assert all(finding.end > finding.start for finding in found)


def test_boilerplate_is_counted_but_not_told() -> None:
    """A line that is boilerplate here speaks for its like elsewhere."""
    document = Document.of(f"{PLEA}\n{OWED}\n{OWED}")
    layout = Layout.of((Boilerplate(1, 2, "navigation", 0.9, ""),), document.lines)
    told = np.frombuffer(repeats.numbers(document, layout, None, None), np.uint64)
    assert (told & np.uint64(1)).tolist() == [0, 0, 1]
