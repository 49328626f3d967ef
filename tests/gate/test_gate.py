"""The gate cannot be fooled: each way to get a pass without an answer fails, and says why."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from provcheck import gate
from provcheck.errors import OutputError, SuiteError
from provcheck.gate.judge import Outcome, check, verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Judge = Callable[..., gate.Verdict]

DAWN = {"type": "comparison", "column": {"name": "outlet"}, "operator": "==", "parameter": "Dawn"}
SHIPPED = ("integrity", "provenance", "content")


def _meta(check: str = "outlet", **changes: Any) -> dict[str, Any]:
    return {"check": check, "reason": "A test."} | changes


@pytest.fixture
def judge(tmp_path: Path, write: Callable[..., Path], make_entry: Callable[..., Any]) -> Judge:
    """Run a suite of one expectation over a frame."""

    def judged(frame: pd.DataFrame, fail_on: Any = "critical", **changes: Any) -> gate.Verdict:
        suites = gate.load(["mine"], write(make_entry(**changes)))
        return gate.run(frame, suites, output=tmp_path / "out", fail_on=fail_on)

    return judged


def test_a_good_corpus_passes(frame: pd.DataFrame, tmp_path: Path) -> None:
    """Every shipped suite passes on a frame without fault, with every check judged."""
    verdict = gate.run(frame, gate.load(SHIPPED), output=tmp_path)
    assert (verdict.passed, verdict.reasons) == (True, ())
    assert all(c.success and c.n_evaluated for c in verdict.checks if c.check != "duplicates-no-giant")
    assert not list((tmp_path / "failing").glob("*"))


def test_no_documents_fail(frame: pd.DataFrame, tmp_path: Path) -> None:
    """Great Expectations passes most checks on an empty table; the gate passes none."""
    verdict = gate.run(frame.head(0), gate.load(SHIPPED), output=tmp_path)
    assert verdict.reasons[0] == "the corpus has no documents, so nothing could be judged"
    assert {(c.success, c.error) for c in verdict.checks} == {(False, "there are no documents")}


def test_no_suites_are_no_pass(frame: pd.DataFrame, tmp_path: Path) -> None:
    """A caller who forgets the suites gets no pass for it."""
    assert not gate.run(frame, (), output=tmp_path).passed


def test_a_missing_column_is_refused(frame: pd.DataFrame, judge: Judge) -> None:
    """It is named with its near miss, before anything runs."""
    with pytest.raises(SuiteError, match="no column 'outlets': did you mean 'outlet'"):
        judge(frame, kwargs={"column": "outlets"})
    with pytest.raises(SuiteError, match="no column 'outlts'"):
        judge(frame, kwargs={"column": "date", "row_condition": DAWN | {"column": {"name": "outlts"}}})
    with pytest.raises(SuiteError, match="no column 'doc_id'"):
        judge(frame.drop(columns="doc_id"))


REFUSED = [
    ("type", {"type": "expect_column_values_not_be_null"}, "unknown expectation type .* did you mean"),
    ("far-type", {"type": "expect_the_spanish_inquisition"}, "no such expectation"),
    ("argument", {"kwargs": {"column": "outlet", "mosty": 0.9}}, "mosty: extra fields not permitted"),
    ("no-argument", {"type": "expect_column_values_to_be_in_set"}, "value_set: field required"),
]


@pytest.mark.parametrize(("changes", "said"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_the_library_does_not_know_is_refused(
    write: Callable[..., Path], make_entry: Callable[..., Any], changes: dict[str, Any], said: str
) -> None:
    """The library would drop an unknown type with a line in its log, and pass."""
    suites = gate.load(["mine"], write(make_entry(**changes)))
    with pytest.raises(SuiteError, match=said) as caught:
        gate.verify(suites)
    assert "mine.json: entry 1" in str(caught.value)


RAISES = [
    ("bounds-of-text", {"type": "expect_column_values_to_be_between", "kwargs": {"column": "text", "min_value": 1}}),
    ("mean-of-text", {"type": "expect_column_mean_to_be_between", "kwargs": {"column": "text", "min_value": 1}}),
    (
        "condition-of-another-type",
        {"kwargs": {"column": "date", "row_condition": DAWN | {"operator": "<", "parameter": 5}}},
    ),
    ("share-of-text", {"type": "expect_column_flagged_share_to_be_at_most", "kwargs": {"column": "text"}}),
]


@pytest.mark.parametrize("changes", [r[1] for r in RAISES], ids=[r[0] for r in RAISES])
def test_an_expectation_that_raises_fails_whatever_its_severity(
    frame: pd.DataFrame, judge: Judge, tmp_path: Path, changes: dict[str, Any]
) -> None:
    """Its message quotes no text of a document."""
    frame["text"] = "a secret text"
    verdict = judge(frame, severity="info", **changes)
    assert not verdict.passed
    assert "could not be judged: it raised" in verdict.reasons[0]
    assert verdict.checks[0].error is not None
    assert not any("secret" in p.read_text(encoding="utf-8") for p in tmp_path.glob("out/**/*.*"))


def test_an_expectation_that_breaks_the_plan_leaves_the_others_alone(
    frame: pd.DataFrame, tmp_path: Path, make_entry: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """Great Expectations looks at types while it plans; what it raises then is told of that expectation only."""
    arguments = {"column": "date", "type_list": ["str"], "row_condition": DAWN | {"operator": "<", "parameter": 5}}
    bad = make_entry(type="expect_column_values_to_be_in_type_list", kwargs=arguments, meta=_meta("typed"))
    verdict = gate.run(frame, gate.load(["mine"], write(bad, make_entry())), output=tmp_path / "out")
    assert [c.success for c in verdict.checks] == [False, True]
    assert "it raised" in verdict.reasons[0]


@pytest.mark.parametrize(
    ("kind", "arguments", "failing"),
    [
        ("column_values_to_be_between", {"min_value": "2020-01-03"}, 2),
        ("column_values_to_be_between", {"min_value": "2020-01-03T00:00:00"}, 2),
        ("column_values_to_be_between", {"min_value": "2020-01-03", "strict_min": True}, 3),
        ("column_values_to_be_between", {"max_value": "2020-01-03", "min_value": "2019-12-31"}, 37),
        ("column_values_to_be_between", {"min_value": "2020-01-01"}, 0),
        ("column_values_to_be_in_set", {"value_set": ["2020-01-03", "2020-01-04"]}, 38),
        ("column_min_to_be_between", {"min_value": "2020-01-01"}, 0),
        ("column_max_to_be_between", {"max_value": "2020-01-03"}, None),
    ],
)
def test_a_day_is_the_moment_of_its_beginning(
    frame: pd.DataFrame, judge: Judge, kind: str, arguments: dict[str, Any], failing: int | None
) -> None:
    """A suite names days as the frame's `date` does; columns of texts are held against the text."""
    result = judge(frame, type=f"expect_{kind}", kwargs={"column": "date_day", **arguments}).checks[0]
    assert (result.error, result.n_unexpected or 0, result.success) == (None, failing or 0, failing == 0)
    text = judge(
        frame, type="expect_column_values_to_be_in_set", kwargs={"column": "date", "value_set": ["2020-01-01"]}
    )
    assert text.passed


def test_what_is_no_day_is_refused(frame: pd.DataFrame, judge: Judge) -> None:
    """A bound that is no day is told as one before anything is judged."""
    kwargs = {"column": "date_day", "min_value": "2020-13-01"}
    with pytest.raises(SuiteError, match="min_value: invalid date format"):
        judge(frame, type="expect_column_values_to_be_between", kwargs=kwargs)


def test_a_column_without_values_is_no_pass(frame: pd.DataFrame, judge: Judge) -> None:
    """Great Expectations judges what is not null; where that is nothing, nothing was judged."""
    frame["outlet"] = None
    changes = {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "outlet", "value_set": ["Dawn"]}}
    verdict = judge(frame, **changes)
    assert "nothing was evaluated: its column is null in every document" in verdict.reasons[0]
    assert judge(frame, **changes, meta=_meta(may_be_empty=True)).passed


def test_a_condition_that_nothing_meets_is_no_pass(frame: pd.DataFrame, judge: Judge) -> None:
    """A misspelt outlet must not switch its threshold off, in a check of rows, of a column, or of ours."""
    nobody = DAWN | {"parameter": "Dwan"}
    for kind, arguments in (
        ("expect_column_values_to_not_be_null", {"column": "date"}),
        ("expect_column_mean_to_be_between", {"column": "n_words", "min_value": 1}),
        ("expect_column_flagged_share_to_be_at_most", {"column": "truncated"}),
        ("expect_table_row_count_to_be_between", {"min_value": 0}),
    ):
        changes = {"type": kind, "kwargs": arguments | {"row_condition": nobody}}
        assert "no document meets its row_condition" in judge(frame, **changes).reasons[0]
        assert judge(frame, **changes, meta=_meta(may_be_empty=True)).passed


def test_a_threshold_for_one_outlet(frame: pd.DataFrame, judge: Judge) -> None:
    """The condition picks the rows, and the documents named are those of the whole frame."""
    frame.loc[30:, "outlet"] = "Wire"
    frame.loc[[5, 35], "truncated"] = True
    changes = {"type": "expect_column_values_to_be_in_set"}
    arguments = {"column": "truncated", "value_set": [False], "row_condition": DAWN}
    [dawn] = judge(frame, **changes, kwargs=arguments).checks
    [wire] = judge(frame, **changes, kwargs=arguments | {"row_condition": DAWN | {"parameter": "Wire"}}).checks
    assert (dawn.n_evaluated, dawn.n_unexpected, dawn.doc_ids) == (30, 1, (f"{5:016x}",))
    assert (wire.n_evaluated, wire.n_unexpected, wire.doc_ids) == (10, 1, (f"{35:016x}",))
    [ours] = judge(
        frame,
        type="expect_column_flagged_share_to_be_at_most",
        kwargs={"column": "truncated", "max_share": 0.05, "row_condition": DAWN | {"parameter": "Wire"}},
    ).checks
    assert (ours.n_evaluated, ours.share, ours.doc_ids) == (10, 0.1, (f"{35:016x}",))


def test_severity_decides_what_fails_the_gate(frame: pd.DataFrame, judge: Judge) -> None:
    """A failed warning passes a gate that asks for critical, and no stricter one."""
    frame.loc[3, "outlet"] = None
    verdicts = [judge(frame, fail_on=f, severity="warning").passed for f in ("critical", "warning", "info")]
    assert verdicts == [True, False, False]


def test_counts_are_those_of_the_frame(frame: pd.DataFrame, judge: Judge, tmp_path: Path) -> None:
    """Numbers, the first documents in the frame's order, and all of them in a file."""
    frame = frame.iloc[::-1]
    frame.loc[[3, 7], "outlet"] = None
    [check] = judge(frame, kwargs={"column": "outlet", "mostly": 0.96}).checks
    assert (check.success, check.n_evaluated, check.n_unexpected, check.share) == (False, 40, 2, 0.05)
    assert check.doc_ids == (f"{7:016x}", f"{3:016x}")
    assert (tmp_path / "out/failing/outlet.txt").read_text(encoding="utf-8").split() == list(check.doc_ids)


def test_results_that_are_missing_or_short_fail() -> None:
    """If the library loses a check or a row, the gate does not lose it too."""
    [suite] = gate.load(["provenance"])
    lost = check(suite.name, suite.entries[0], Outcome(None, {}, (), 5, 5), "abcde")
    short = check(
        suite.name, suite.entries[0], Outcome(True, {"element_count": 4, "unexpected_count": 0}, (), 5, 5), "abcde"
    )
    assert (lost.success, lost.error) == (False, "Great Expectations gave no result for it")
    assert (short.success, short.error) == (False, "Great Expectations judged 4 rows of 5")
    good = replace(lost, success=True, error=None)
    assert not verdict([suite], [good], 5, "critical").passed


def test_no_value_of_a_document_leaves_the_gate(frame: pd.DataFrame, judge: Judge, tmp_path: Path) -> None:
    """Values are in no result and on no page, whatever the expectation would show of them."""
    frame["text"] = [f"secret {i % 3}" for i in range(40)]
    for kind, arguments in (
        ("expect_column_values_to_match_regex", {"regex": "^x"}),
        ("expect_column_distinct_values_to_be_in_set", {"value_set": ["a"]}),
        ("expect_column_most_common_value_to_be_in_set", {"value_set": ["a"]}),
        ("expect_column_values_to_be_unique", {}),
        ("expect_column_top_value_share_to_be_at_most", {"max_share": 0.1}),
    ):
        verdict = judge(frame, type=kind, kwargs={"column": "text"} | arguments)
        assert not verdict.passed, kind
        assert "secret" not in repr(verdict), kind
        files = [p for p in tmp_path.glob("out/**/*") if p.is_file()]
        assert not [p for p in files if "secret" in p.read_text(encoding="utf-8")], kind


def test_columns_that_no_suite_names_never_reach_the_library(
    frame: pd.DataFrame, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text stays outside unless an expectation names it."""
    from provcheck.gate import runner  # noqa: PLC0415  # it imports the library

    seen: list[str] = []
    inner = runner.validate

    def spy(narrow: pd.DataFrame, suites: Any) -> Any:
        seen.extend(narrow.columns)
        return inner(narrow, suites)

    monkeypatch.setattr(runner, "validate", spy)
    judge(frame)
    assert seen == ["doc_id", "outlet"]


def test_an_output_that_cannot_be_written_is_told(frame: pd.DataFrame, tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "data_docs").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="choose another place"):
        gate.run(frame, gate.load(["provenance"]), output=tmp_path)


SHARES = [
    ("expect_column_flagged_share_to_be_at_most", {"column": "flag"}, 2, 0.2, [1, 2]),
    ("expect_table_repeated_share_to_be_at_most", {"column_list": ["key"]}, 3, 0.3, [1, 2, 4]),
    ("expect_column_top_value_share_to_be_at_most", {"column": "key"}, 3, 0.3, [0, 1, 2]),
    ("expect_column_top_value_share_to_be_at_most", {"column": "key", "min_count": 4}, 3, 0.3, []),
    ("expect_column_top_value_share_to_be_at_most", {"column": "day"}, 9, 0.9, list(range(9))),
]


@pytest.mark.parametrize("case", SHARES)
def test_shares_are_of_all_documents(judge: Judge, case: tuple[str, dict[str, Any], int, float, list[int]]) -> None:
    """Nulls count among all rows and never among the hits."""
    kind, arguments, hits, share, rows = case
    frame = pd.DataFrame(
        {
            "doc_id": [str(i) for i in range(10)],
            "flag": pd.array([False, True, True, *[None] * 7], dtype="boolean"),
            "key": ["a", "a", "a", "b", "b", *[None] * 5],
            "day": [*[pd.Timestamp("2020-01-01")] * 9, pd.NaT],
        }
    )
    [check] = judge(frame, type=kind, kwargs=arguments | {"max_share": 0.1}).checks
    assert (check.n_evaluated, check.n_unexpected, check.share) == (10, hits, share)
    assert [int(i) for i in check.doc_ids] == rows
    assert check.success is not bool(rows)


def test_threads_do_not_judge_each_other(
    many: Callable[[int], pd.DataFrame], tmp_path: Path, make_entry: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """The library's state is global; six callers at once get each their own answer."""
    suites = gate.load(["mine"], write(make_entry()))
    gate.preload()

    def judged(missing: int) -> tuple[int, int | None]:
        frame = many(10 + missing)
        frame.loc[: missing - 1, "outlet"] = None
        [check] = gate.run(frame, suites, output=tmp_path / str(missing)).checks
        return check.n_evaluated, check.n_unexpected

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(judged, range(12))) == [(10 + i, i) for i in range(12)]


def test_a_verdict_is_plain_json(frame: pd.DataFrame, judge: Judge) -> None:
    """It goes into a report and comes back."""
    frame.loc[1, "outlet"] = None
    shown = gate.as_json(judge(frame))
    assert json.loads(json.dumps(shown))["checks"][0]["doc_ids"] == [f"{1:016x}"]


_AGAIN = """
import sys, pandas as pd
from pathlib import Path
from provcheck import gate
frame = pd.read_pickle(sys.argv[1])
gate.run(frame, gate.load(["integrity", "provenance", "content"]), output=Path(sys.argv[2]))
"""


def test_the_same_input_gives_the_same_bytes(frame: pd.DataFrame, tmp_path: Path) -> None:
    """Two processes, two folders, one tree: no time, no random id and no path of the machine in any file."""
    frame.loc[:20, ["outlet", "title"]] = None
    frame.loc[:9, ["duplicate", "truncated"]] = True
    frame.loc[:9, "duplicate_cluster"] = "c"
    frame.to_pickle(tmp_path / "frame.pickle")
    gate.run(frame, gate.load(SHIPPED), output=tmp_path / "one")
    arguments = [str(tmp_path / "frame.pickle"), str(tmp_path / "two")]
    subprocess.run([sys.executable, "-c", _AGAIN, *arguments], check=True, capture_output=True)
    one, two = (
        [(p.relative_to(root), p.read_bytes()) for p in sorted(root.rglob("*")) if p.is_file()]
        for root in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
    assert len(one) > 15
    assert not [p for p, content in one if str(tmp_path).encode() in content]


def test_a_hundred_thousand_documents_are_judged_in_seconds(
    many: Callable[[int], pd.DataFrame], tmp_path: Path
) -> None:
    """Half of all checks fail on half of all documents; the limit is one of processor time."""
    frame = many(100_000).assign(date_day=pd.Timestamp("2020-01-01"))
    half = frame.index[::2]
    frame.loc[half, ["outlet", "language"]] = None
    for flag in ("read", "truncated", "mojibake_left", "decode_doubtful", "markup_residue", "duplicate", "no_content"):
        frame.loc[half, flag] = flag != "read"
    frame.loc[half, "replacement_chars"] = 3
    suites = gate.load(SHIPPED)
    gate.preload()
    begin = time.process_time()
    verdict = gate.run(frame, suites, output=tmp_path)
    took = time.process_time() - begin
    assert sum(not c.success for c in verdict.checks) >= len(verdict.checks) / 3
    assert took < 10, took
