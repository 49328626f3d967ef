"""Baseline and waivers part by part: whatever parts a frame is cut into, they settle what they settle in one go."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from provcheck import frame
from provcheck.baseline import Baseline
from provcheck.distributed import rows, settled
from provcheck.frame.judged import NEUTRAL
from provcheck.rules import RULES
from provcheck.settle import Settled
from provcheck.waivers import Waiver

if TYPE_CHECKING:
    from pathlib import Path

    from provcheck.frame import Record

DAY = dt.date(2026, 1, 1)
CODES = ("PC102", "PC203", "PC302", "PC401", "PC403", "PC501", "PC701", "PC802")
WAIVERS = tuple(
    Waiver(code, path, "because", DAY + dt.timedelta(days=days))
    for code, path, days in [("PC501", "a*", 0), ("PC501", "**", -1), ("PC302", "b*", 9), ("PC601", "**", 0)] * 2
)
SHA = [f"{n:064x}" for n in range(3)]
COLUMNS = ("doc_id", *NEUTRAL, "n_findings", "n_critical", "n_warning", "n_info")


def record(number: int, of: str, sha256: str, found: list[tuple[str, str]]) -> Record:
    """A row with findings of these rules and quotes."""
    findings = [
        {"code": c, "severity": RULES[c].severity, "message": "m", "start_line": 1, "end_line": 1, "quote": quote}
        for c, quote in found
    ]
    plain: dict[str, Any] = dict.fromkeys(frame.NAMES) | {
        "doc_id": f"{number:016x}", "path": f"/c/{of}", "relative": of, "sha256": sha256, "n_bytes": 1, "n_chars": 1,
        "read": "PC102" not in dict(found), "n_words": 5, "repairs": [], "boilerplate": [], "boilerplate_share": 0.5,
        "replacement_chars": 2, "bytes_lost": 3, "duplicate_cluster": "x", "date": "2026-03-04",
    }  # fmt: skip
    return frame.settle(plain, findings)


FINDINGS = st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(["", "one", "two"])), max_size=4)
RECORDS = st.lists(st.tuples(st.sampled_from(["a.txt", "b/c.txt"]), st.sampled_from(SHA), FINDINGS), max_size=8)


def marked(records: list[Record], how: Settled) -> pa.Table:
    """The frame of the rows, as Spark holds it."""
    return pa.concat_tables(frame.tables(how.mark(records))).cast(
        pa.schema([rows.schema().field(name) for name in frame.NAMES])
    )


@given(RECORDS, RECORDS, st.integers(1, 4))
def test_counts(known: list[Any], told: list[Any], size: int) -> None:
    """The counts of all parts, added up, are those of one pass over the rows."""
    baseline = Baseline.of(record(n, *row) for n, row in enumerate(known))
    records = [record(n, *row) for n, row in enumerate(told)]
    whole = Settled(baseline, WAIVERS, DAY)
    table = marked(records, whole)
    before = Settled(baseline, WAIVERS, DAY)
    sums: Counter[tuple[str, str]] = Counter()
    for start in range(0, table.num_rows, size):
        for batch in settled.counts_of(table.slice(start, size).to_batches(), settled=before.fresh):
            for row in batch.to_pylist():
                sums[row["what"], row["which"]] += row["n"]
    assert settled.summed(before, [(*what, n) for what, n in sums.items()]) == whole


@given(told=RECORDS)
def test_judged(told: list[Any], tmp_path_factory: Any) -> None:
    """The gate gets the columns that it gets on one machine."""
    folder: Path = tmp_path_factory.mktemp("frame")
    records = [record(n, *row) for n, row in enumerate(told)]
    how = Settled(Baseline.of(records[::2]), WAIVERS, DAY)
    frame.write_parquet(how.mark(records), folder / "f.parquet")
    chosen = pa.schema([rows.schema().field(name) for name in COLUMNS])
    parts = [*settled.neutral(marked(records, how.fresh).to_batches(max_chunksize=2), chosen=chosen)]
    theirs = pa.Table.from_batches(parts, chosen).to_pandas()
    ours = frame.read_judged(folder / "f.parquet", COLUMNS)[list(COLUMNS)]
    assert theirs.astype(object).where(theirs.notna(), None).to_dict("list") == (
        ours.astype(object).where(ours.notna(), None).to_dict("list")
    )
