"""What the charts show, counted while the rows go by."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from provcheck.reports.html.rows import label, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BARS = 50
"""About how many bars a histogram of lengths has."""

_MONTHS = 72
"""A longer time than this is shown by years."""

_YEARS = 200
"""Years without a document are shown within so long a time: gaps tell, but a wrong date must not make 10,000 bars."""

_PEAK_SHARE, _PEAK_LEAST = 0.02, 5
"""A single length is named where this share of the documents and so many have it."""


class Bar(NamedTuple):
    """One bar of a histogram: what it is called, how many documents, and what the table filters by on a click."""

    name: str
    documents: int
    wanted: str


@dataclass(slots=True)
class Tally:
    """Counts over all rows; lengths and shares are those of documents that could be read."""

    outlets: Counter[str | None] = field(default_factory=Counter)
    languages: Counter[str | None] = field(default_factory=Counter)
    encodings: Counter[str | None] = field(default_factory=Counter)
    months: Counter[str | None] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)
    shares: Counter[int] = field(default_factory=Counter)

    def count(self, record: Mapping[str, Any]) -> None:
        """Count one row."""
        self.outlets[label(record["outlet"])] += 1
        self.languages[label(record["language"])] += 1
        self.encodings[label(record["encoding"])] += 1
        self.months[label(record["month"])] += 1
        if record["read"]:
            self.lengths[record["n_chars"]] += 1
            self.shares[percent(record["boilerplate_share"])] += 1

    def time(self) -> list[Bar]:
        """Documents by month, or by year where that would be too many bars, with the empty ones in between."""
        known = {month: n for month, n in self.months.items() if month}
        if not known:
            return []
        every = list(_months(min(known), max(known)))
        if len(every) <= _MONTHS:
            return [Bar(month, known.get(month, 0), month) for month in every]
        years: Counter[str] = Counter()
        for month, count in known.items():
            years[month[:4]] += count
        span = range(int(min(years)), int(max(years)) + 1)
        shown = [f"{year:04}" for year in span] if len(span) <= _YEARS else sorted(years)
        return [Bar(year, years[year], year) for year in shown]

    def sizes(self) -> list[Bar]:
        """Documents by length in characters, in equal steps; the last bar has the longest fiftieth of them."""
        if not self.lengths:
            return []
        top = _quantile(self.lengths, 0.98)
        step = _round_step(max(1, top) / BARS)
        bins: Counter[int] = Counter()
        last = top // step + 1
        for length, count in self.lengths.items():
            bins[min(length // step, last)] += count
        bars = [Bar(f"{i * step:,}–{(i + 1) * step - 1:,}", bins[i], f"{i * step}-{(i + 1) * step - 1}")
                for i in range(last)]  # fmt: skip
        if step == 1:
            bars = [Bar(f"{i:,}", bins[i], f"{i}-{i}") for i in range(last)]
        return [*bars, Bar(f"{last * step:,} and more", bins[last], f"{last * step}-")] if bins[last] else bars

    def peaks(self) -> list[tuple[int, int]]:
        """The lengths that strikingly many documents have to the character, with their counts; at most three."""
        least = max(_PEAK_LEAST, _PEAK_SHARE * self.lengths.total())
        return [
            (length, n) for length, n in sorted(self.lengths.items(), key=lambda x: (-x[1], x[0]))[:3] if n >= least
        ]

    def boilerplate(self) -> list[Bar]:
        """Documents by their share of boilerplate: none, then tenths."""
        if not self.shares:
            return []
        tenths: Counter[int] = Counter()
        for share, count in self.shares.items():
            tenths[(share + 9) // 10] += count
        rest = [Bar(f"{10 * i - 9}–{10 * i}%", tenths[i], f"{10 * i - 9}-{10 * i}") for i in range(1, 11)]
        return [Bar("none", tenths[0], "0-0"), *rest]


def _months(first: str, last: str) -> Iterator[str]:
    (year, month), end = map(int, first.split("-")), tuple(map(int, last.split("-")))
    while (year, month) <= end:
        yield f"{year:04}-{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _quantile(counts: Counter[int], share: float) -> int:
    seen, wanted = 0, share * counts.total()
    for value in sorted(counts):
        seen += counts[value]
        if seen >= wanted:
            return value
    return 0


def _round_step(least: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 … that is not smaller.

    >>> _round_step(3.2), _round_step(60)
    (5, 100)
    """
    power = 10 ** max(0, math.floor(math.log10(least)))
    return int(next(power * n for n in (1, 2, 5, 10) if power * n >= least))
