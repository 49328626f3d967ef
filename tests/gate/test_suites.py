"""The shipped suites agree with the registry, and tell good corpora from bad ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from provcheck import gate
from provcheck.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

SHIPPED = ("content", "integrity", "provenance")
ROOT = Path(__file__).resolve().parents[2]
ENTRIES = [e for s in gate.load(SHIPPED) for e in s.entries]


def test_the_shipped_suites_are_these() -> None:
    """The folder holds what the documentation names."""
    assert gate.names() == SHIPPED


@pytest.mark.parametrize("entry", ENTRIES, ids=[e.check for e in ENTRIES])
def test_every_expectation_says_all_that_is_said_of_it(entry: gate.Entry) -> None:
    """A rule of the registry, a sentence that says what must hold, a reason for the threshold, and a remedy."""
    assert entry.rules
    assert set(entry.rules) <= set(RULES)
    assert entry.description.endswith(".")
    assert len(entry.reason) > 20
    assert entry.remedy


def test_no_check_id_stands_twice() -> None:
    """They name files, and may be named in a configuration."""
    assert len({e.check for e in ENTRIES}) == len(ENTRIES)


def test_every_column_is_one_of_the_frame(frame: pd.DataFrame) -> None:
    """A suite that ships must not ask for what no frame has."""
    gate.load(SHIPPED, columns=frame.columns)


def test_the_guide_names_every_check() -> None:
    """The table in docs/suites.md and the suites hold the same ids, severities and rules."""
    guide = (ROOT / "docs" / "suites.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (\w+) \| ([^|]+) \|", guide, re.MULTILINE)
    told = {check: (severity, tuple(re.findall(r"PC\d{3}", rules))) for check, severity, rules in rows}
    ends = {e.check: e.rules if len(e.rules) <= 3 else (e.rules[0], e.rules[-1]) for e in ENTRIES}
    assert told == {e.check: (e.severity, ends[e.check]) for e in ENTRIES}


# For each check, what makes it fail: a column, the value of the fault, and in how many of forty documents.
BAD: list[tuple[str, str, Any, int]] = [
    ("documents-read", "read", False, 1),
    ("doc-id-present", "doc_id", None, 1),
    ("doc-id-unique", "doc_id", "x", 2),
    ("replacement-chars-none", "replacement_chars", 1, 1),
    ("replacement-chars-rare", "replacement_chars", 1, 3),
    ("bytes-lost-none", "bytes_lost", 1, 1),
    ("bytes-lost-rare", "bytes_lost", 1, 3),
    ("mojibake-none", "mojibake_left", True, 1),
    ("mojibake-rare", "mojibake_left", True, 3),
    ("mojibake-repaired-few", "mojibake_repaired", True, 5),
    ("decoding-certain", "decode_doubtful", True, 1),
    ("encoding-single", "encoding_mixed", True, 1),
    ("control-characters-rare", "control_chars", True, 1),
    ("date-known", "date_missing", True, 5),
    ("outlet-known", "outlet_missing", True, 5),
    ("language-known", "language_missing", True, 3),
    ("title-known", "title_missing", True, 21),
    ("date-not-in-future", "date_future", True, 1),
    ("date-possible", "date_impossible", True, 1),
    ("date-unambiguous", "date_ambiguous", True, 1),
    ("declared-agrees", "declared_conflict", True, 1),
    ("date-spread", "date_day", "2020-01-01", 21),
    ("content-present", "no_content", True, 1),
    ("content-mostly-present", "no_content", True, 3),
    ("truncation-hardly-any", "truncated", True, 1),
    ("truncation-rare", "truncated", True, 3),
    ("length-not-clamped", "length_clamped", True, 1),
    ("boilerplate-share", "boilerplate_share", 0.6, 5),
    ("boilerplate-mean", "boilerplate_share", 0.95, 10),
    ("repeats-rare", "lines_repeated", True, 5),
    ("markup-rare", "markup_residue", True, 3),
    ("script-rare", "script_residue", True, 1),
    ("invisible-rare", "invisible_chars", True, 3),
    ("duplicates-few", "duplicate", True, 9),
    ("duplicates-not-most", "duplicate", True, 21),
    ("duplicates-no-giant", "duplicate_cluster", "c", 10),
    ("length-enough", "n_words", 5, 3),
]


def test_each_check_has_its_bad_frame() -> None:
    """Only the check for documents at all has its own test."""
    assert {b[0] for b in BAD} | {"documents-present"} == {e.check for e in ENTRIES}


def _rounds() -> list[list[tuple[str, str, Any, int]]]:
    """The faults in as few frames as may be: in each of them a column has one fault."""
    rounds: list[list[tuple[str, str, Any, int]]] = []
    for fault in BAD:
        room = next((r for r in rounds if fault[1] not in {f[1] for f in r}), None)
        if room is None:
            rounds.append([fault])
        else:
            room.append(fault)
    return rounds


@pytest.mark.parametrize("faults", _rounds())
def test_each_check_fails_on_its_fault_and_no_sooner(
    frame: pd.DataFrame, tmp_path: Path, faults: list[tuple[str, str, Any, int]]
) -> None:
    """The fault in as many documents as stated fails the check; in one document fewer it passes."""
    for fewer in (0, 1):
        bad = frame.copy()
        for _, column, value, count in faults:
            bad.loc[: count - 1 - fewer, column] = value  # labels: both ends are included, and -1 is before the first
        verdict = gate.run(bad, gate.load(SHIPPED), output=tmp_path, fail_on="info")
        results = {c.check: c.success for c in verdict.checks}
        assert {f[0]: results[f[0]] for f in faults} == {f[0]: bool(fewer) for f in faults}
        assert verdict.passed is all(results.values())


def test_five_documents_like_the_seeds_fail_for_dates_and_outlets(
    many: Callable[[int], pd.DataFrame], tmp_path: Path
) -> None:
    """Two of five are dated and two of five have an outlet: the two critical checks say so, and only they."""
    frame = many(5)
    frame.loc[[0, 2, 4], "date_missing"] = True
    frame.loc[[0, 1, 4], "outlet_missing"] = True
    frame.loc[[1, 3], "title_missing"] = True
    verdict = gate.run(frame, gate.load(("integrity", "provenance", "content")), output=tmp_path)
    assert [r.partition(" ")[0] for r in verdict.reasons] == ["provenance/date-known", "provenance/outlet-known"]


def test_what_could_not_be_read_counts_once(frame: pd.DataFrame, tmp_path: Path) -> None:
    """A row without a document has no date, title or words either; that is one fault, not five."""
    frame.loc[:9, "read"] = False
    frame.loc[:9, ["title", "date", "outlet", "language"]] = None
    frame.loc[:9, "n_words"] = 0
    verdict = gate.run(frame, gate.load(("integrity", "provenance", "content")), output=tmp_path, fail_on="info")
    assert [r.partition(" ")[0] for r in verdict.reasons] == ["integrity/documents-read"]


@pytest.mark.parametrize("suite", SHIPPED)
def test_a_corpus_that_nobody_could_read_passes_no_suite(frame: pd.DataFrame, tmp_path: Path, suite: str) -> None:
    """Rows without documents have no flags; no suite takes that for a good corpus."""
    frame["read"] = False
    frame["n_words"] = 0
    assert not gate.run(frame, gate.load([suite]), output=tmp_path).passed


def test_a_few_defects_in_forty_documents_are_warnings(frame: pd.DataFrame, tmp_path: Path) -> None:
    """One document of each kind of defect is told and does not stop a corpus."""
    for row, column in enumerate(("mojibake_left", "truncated", "markup_residue", "date_ambiguous", "no_content")):
        frame.loc[row, column] = True
    frame.loc[9, "replacement_chars"] = 2
    frame.loc[[10, 11], ["date_missing", "outlet_missing"]] = True
    verdict = gate.run(frame, gate.load(("integrity", "provenance", "content")), output=tmp_path)
    assert verdict.passed
    assert verdict.count("warning") >= 4
