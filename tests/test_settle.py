"""What is settled: which findings count, and what the gate sees of a row."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from provcheck import examine, frame
from provcheck.baseline import Baseline
from provcheck.config import Settings
from provcheck.frame.judged import NEUTRAL
from provcheck.model import Envelope, Finding, Origin, Problem
from provcheck.rules import RULES
from provcheck.settle import Settled
from provcheck.waivers import Waiver

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 1, 1)


def row(text: str = "short text tha", name: str = "a/b.txt", **changes: Any) -> dict[str, Any]:  # a record's values
    """The row of a document, with other findings in the place of its own where they are given."""
    raw = text.encode()
    origin = Origin(f"c/{name}", name, length=len(raw), sha256=Finding("", "").identity(text))
    made = frame.record(examine.examine(Envelope(origin, "txt", raw), Settings()))
    codes = changes.pop("codes", None)
    if codes is None:
        return made | changes
    found = [
        {"code": c, "severity": RULES[c].severity, "message": "m", "start_line": 1, "end_line": 1, "quote": c}
        for c in codes
    ]
    return frame.settle(made | changes, found)


def waiver(rule: str = "PC501", path: str = "a/*", expires: dt.date = DAY) -> Waiver:
    """A waiver."""
    return Waiver(rule, path, "because", expires)


def test_nothing_to_settle() -> None:
    """Without baseline and waivers the rows pass as they are."""
    one = row()
    assert list(Settled().mark([one])) == [one]


def test_known_and_new() -> None:
    """What stands in the baseline is known; what does not counts; the rest of the baseline no longer occurs."""
    known = Baseline.of([row(codes=["PC501", "PC302"]), row("gone and away", codes=["PC501"])])
    settled = Settled(known, (), DAY)
    made = next(settled.mark([row(codes=["PC501", "PC601", "PC302"])]))
    assert [f.get("status") for f in made["findings"]] == ["known", None, "known"]
    assert (made["n_known"], made["n_waived"], made["n_findings"]) == (2, 0, 3)
    assert settled.as_json()["baseline"] == {"entries": 3, "known": 2, "gone": 1}


def test_changed_documents_have_new_findings() -> None:
    """Other bytes are another document: nothing of it is known."""
    settled = Settled(Baseline.of([row(codes=["PC501"])]))
    assert next(settled.mark([row("other text", codes=["PC501"])]))["n_known"] == 0


def test_waivers() -> None:
    """A waiver that holds settles; one that is void settles nothing and is a finding; one without a hit is told."""
    waivers = (waiver(), waiver("PC302", expires=DAY - dt.timedelta(days=1)), waiver("PC601", "b/*"))
    settled = Settled(None, waivers, DAY)
    made = next(settled.mark([row(codes=["PC501", "PC302", "PC601", "PC302"])]))
    assert [(f["code"], f.get("status")) for f in made["findings"]] == [
        ("PC501", "waived"), ("PC302", None), ("PC601", None), ("PC302", None), ("PC803", None),
    ]  # fmt: skip
    assert "expired on 2025-12-31" in made["findings"][-1]["message"]
    told = settled.as_json()
    assert told["baseline"] is None
    assert told["waived"] == 1
    assert [(w["expired"], w["findings"]) for w in told["waivers"]] == [(False, 1), (True, 2), (False, 0)]


def test_a_void_waiver_is_quiet_where_another_holds() -> None:
    """A waiver that was given a new day leaves no finding behind."""
    waivers = (waiver(expires=DAY - dt.timedelta(days=1)), waiver())
    made = next(Settled(None, waivers, DAY).mark([row(codes=["PC501"])]))
    assert [(f["code"], f.get("status")) for f in made["findings"]] == [("PC501", "waived")]


def test_settled_anew() -> None:
    """Rows that were settled before are settled by what holds now, as if they had never been."""
    rows = [row(codes=["PC501", "PC302"]), row("more text tha", codes=["PC601"])]
    before = Settled(Baseline.of(rows[1:]), (waiver(expires=DAY - dt.timedelta(days=1)), waiver("PC302")), DAY)
    now = Settled(Baseline.of(rows[:1]), (waiver("PC601"),), DAY)
    assert list(now.mark(before.mark(rows))) == list(now.fresh.mark(rows))
    assert (now.fresh.known, now.known, now.waived) == (0, 2, 1)


def judged(folder: Path, rows: list[dict[str, Any]], settled: Settled) -> Any:  # a frame
    """The frame that the gate gets of these rows."""
    frame.write_parquet(settled.mark(rows), folder / "f.parquet")
    return frame.read_judged(folder / "f.parquet", frame.NAMES)


def test_the_report_keeps_the_truth(tmp_path: Path) -> None:
    """The gate sees a row without what is settled, and the report's frame keeps it."""
    rows = [row(codes=["PC501", "PC601"]), row("new text tha", codes=["PC501"])]
    gate = judged(tmp_path, rows, Settled(Baseline.of(rows[:1])))
    assert gate["truncated"].tolist() == [False, True]
    assert gate["n_critical"].tolist() == [0, 1]
    truth = frame.read_parquet(tmp_path / "f.parquet")
    assert truth["truncated"].tolist() == [True, True]
    assert truth["n_known"].tolist() == [2, 0]


def test_a_missing_value_can_be_known(tmp_path: Path) -> None:
    """The flag that the gate asks is down where the missing date is known, also one that was ambiguous."""
    rows = [row(codes=["PC302"]), row("x y z", codes=["PC306"]), row("new document", codes=["PC302"])]
    gate = judged(tmp_path, rows, Settled(Baseline.of(rows[:2])))
    assert gate["date_missing"].tolist() == [False, False, True]
    assert gate["date"].isna().all()


def test_an_unread_document_can_be_known(tmp_path: Path) -> None:
    """A known damaged file no longer fails the gate, and asks nothing else of it."""
    origin = Origin("c/x.gz", "x.gz", length=3, sha256="ab")
    rows = [frame.record(examine.examine(Envelope(origin, "gz", b"abc", problem=Problem("PC106", "x")), Settings()))]
    gate = judged(tmp_path, [*rows, row()], Settled(Baseline.of(rows)))
    assert gate["read"].tolist() == [True, True]
    assert gate["n_words"].isna().tolist() == [True, False]
    assert not gate["date_missing"][0]


def test_a_new_fault_beside_a_known_one_counts(tmp_path: Path) -> None:
    """Where a finding of the same rule is new, nothing of the column is settled."""
    known = row(codes=["PC203"])
    found = [*known["findings"], known["findings"][0] | {"quote": "another"}]
    gate = judged(tmp_path, [frame.settle(known | {"bytes_lost": 2}, found)], Settled(Baseline.of([known])))
    assert gate["bytes_lost"].tolist() == [2]


@pytest.mark.parametrize("name", NEUTRAL)
def test_neutral_values_have_columns_and_rules(name: str, tmp_path: Path) -> None:
    """Each column can be settled by each of its rules, and keeps its kind."""
    for code in NEUTRAL[name][0]:
        known = row(codes=[code])
        gate = judged(tmp_path, [known, row("unlike")], Settled(Baseline.of([known])))
        value = gate[name][0]
        assert value == NEUTRAL[name][1] or (NEUTRAL[name][1] is None and gate[name].isna()[0])
