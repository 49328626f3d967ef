"""Spark gives the rows and the verdict of the local engine, to the last column; what it cannot do, it refuses."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import provcheck
from provcheck import distributed
from provcheck.baseline import Baseline
from provcheck.cli import FAILED, PASSED, USAGE, main
from provcheck.distributed import lines, listing, pages, parquet
from provcheck.engines import spark
from provcheck.errors import BaselineError, EngineError, NoDocumentsError, OutputError, SourceNotFoundError, SuiteError
from provcheck.readers import Ledger
from provcheck.result import DOCUMENTS
from provcheck.waivers import Waiver

if TYPE_CHECKING:
    from collections.abc import Callable

    from provcheck import Settings
    from provcheck.frame import Record

# pyspark leaves it to the collector to close the sockets by which results come.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket.socket:ResourceWarning")

DAY = dt.date(2026, 11, 1)
HERE = spark.Cluster()
"""The session that is there already."""
Rows = list["Record"]


@pytest.mark.usefixtures("session")
def test_rows_and_verdict(
    mixed: Path,
    settings: Settings,
    tmp_path: Path,
    differences: Callable[[Rows, Path], list[str]],
) -> None:
    """The same corpus, given as two sources that share files, gives the same frame, verdict, lists and ledger."""
    again = mixed.parent / "again"  # two sources with a file of the same name
    shutil.copytree(mixed / "copies", again / "copies", dirs_exist_ok=True)
    paths = [str(mixed / "copies"), str(again), str(mixed), str(mixed / "corpus" / "notes")]
    near = replace(settings, output=str(tmp_path / "near"), exclude=("orchard.*",))
    far = replace(near, output=str(tmp_path / "far"))
    ours = provcheck.validate(paths, near)
    theirs = distributed.validate(paths, far, HERE)
    frame = pq.read_table(tmp_path / "near" / "documents.parquet").to_pylist()
    assert differences(frame, tmp_path / "far" / "documents.parquet") == []
    # The corpus has what the comparison is about.
    codes = {finding["code"] for row in frame for finding in row["findings"]}
    assert codes >= {"PC701", "PC702", "PC703", "PC801", "PC802", "PC804"}
    assert "Sześć łóżek" in {row["text"] for row in frame}
    assert any(row["doc_id"].endswith("-2") for row in frame)
    assert theirs.verdict == ours.verdict
    assert theirs.passed is ours.passed is False
    assert {"hidden", "excluded by the configuration"} < {*theirs.ledger.skipped}
    assert any("twice.tar!" in name for name in theirs.ledger.names)
    assert unlike(tmp_path / "near", tmp_path / "far") == []
    assert [p.name for p in tmp_path.iterdir()] in (["near", "far"], ["far", "near"])
    assert (tmp_path / "far" / "data" / "texts" / "0.js").exists()
    assert list(theirs.records(["doc_id"])) == list(ours.records(["doc_id"]))


def unlike(near: Path, far: Path) -> list[str]:
    """The files of two reports that only one has, or that are not the same bytes; without the frames."""

    def files(report: Path) -> dict[Path, bytes]:
        found = (path.relative_to(report) for path in report.rglob("*") if path.is_file())
        return {name: (report / name).read_bytes() for name in found if name.parts[0] != DOCUMENTS}

    one, other = files(near), files(far)
    return [str(name) for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


DAYS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("between", {"min_value": "2024-03-12"}),
    ("between", {"max_value": "2024-03-12"}),
    ("in_set", {"value_set": ["2024-03-12"]}),
)
MEASURES = {
    "name": "measures",
    "expectations": [
        {"type": f"expect_column_{kind}_to_be_between", "kwargs": {"column": column, "min_value": 1},
         "severity": "warning", "description": "d", "meta": {"check": f"{kind}_{column}", "reason": "r"}}
        for kind, column in (("min", "n_words"), ("max", "row"), ("mean", "n_findings"), ("sum", "n_critical"))
    ] + [
        {"type": f"expect_column_values_to_be_{kind}", "kwargs": {"column": "date_day", **days}, "severity": "warning",
         "description": "d", "meta": {"check": f"days_{number}", "reason": "r"}}
        for number, (kind, days) in enumerate(DAYS)
    ],
}  # fmt: skip
"""A suite that shows what it observed; a number of words that is not asked makes the column one of floats."""


GONE = 60_000
"""Entries that no longer occur: so many that the baseline is too large to go with each task."""


@pytest.fixture(scope="module")
def accepted(
    mixed: Path,
    settings: Settings,
    local_rows: Callable[[list[str]], Rows],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[list[str], Settings]:
    """Give a corpus, and settings with a baseline of about half of its findings and with waivers of all fates."""
    folder = tmp_path_factory.mktemp("accepted")
    paths = [str(mixed / name) for name in ("copies", "corpus", "counted", "wrapped/encrypted.zip")]
    paths.append(str(mixed / "odd names" / "empty.md"))
    (folder / "measures.json").write_text(json.dumps(MEASURES))
    rows = local_rows(paths)
    known = Baseline.of(rows[n] for n in range(len(rows)) if n % 2 or not rows[n]["read"])
    gone = [f"{n:016x} PC501 truncated gone.txt\n" for n in range(GONE)]
    (folder / "known").write_text("".join([*known.lines(), *gone]))
    soon, past = DAY + dt.timedelta(days=1), DAY - dt.timedelta(days=1)
    waivers = [("PC702", "?-c.txt", soon), ("PC703", "**", past), ("PC801", "**", past), ("PC801", "records*", DAY)]
    waivers += [
        ("PC601", "nowhere/*", soon),
        ("PC601", "nowhere/*", past),
        ("PC702", "?-c.txt", soon),
        ("PC102", "*.md", soon),
    ]
    return paths, replace(
        settings,
        baseline=str(folder / "known"),
        waivers=tuple(Waiver(rule, path, "because", day) for rule, path, day in waivers),
        suites=("content", str(folder / "measures.json")),
    )


@pytest.mark.usefixtures("session")
def test_baseline_and_waivers(
    accepted: tuple[list[str], Settings], tmp_path: Path, differences: Callable[[Rows, Path], list[str]]
) -> None:
    """What is known or waived, gone, expired or of no use is told alike, also with a frame that lies elsewhere."""
    paths, asked = accepted
    place = f"file://{tmp_path}/frame"
    ours = provcheck.validate(paths, replace(asked, output=str(tmp_path / "near")))
    told = ours.settled.as_json()
    # The corpus has what the comparison is about.
    assert told["baseline"]["known"] > told["baseline"]["entries"] - told["baseline"]["gone"]
    assert told["baseline"]["gone"] == GONE
    assert told["waived"]
    assert [(w["expired"], w["findings"] > 0) for w in told["waivers"]] == [
        (False, True), (True, True), (True, True), (False, True), (False, False), (True, False), (False, True),
        (False, True),
    ]  # fmt: skip
    assert ours.summary.by_rule["PC803"]
    assert "known" in ours.summary.by_status
    words = next(check for check in ours.verdict.checks if check.check == "min_n_words")
    assert isinstance(words.observed, float)
    theirs = distributed.validate(paths, replace(asked, output=str(tmp_path / "far")), HERE, place)
    assert theirs.settled.as_json() == told
    assert theirs.verdict == ours.verdict
    assert unlike(tmp_path / "near", tmp_path / "far") == []
    frame = pq.read_table(tmp_path / "near" / DOCUMENTS).to_pylist()
    assert differences(frame, tmp_path / "frame") == []
    with pytest.raises(EngineError, match="frame lies at file:"):
        list(theirs.records(["doc_id"]))


@pytest.mark.usefixtures("session")
def test_large_files_are_read_in_parts(
    mixed: Path,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    local_rows: Callable[[list[str]], Rows],
    differences: Callable[[Rows, Path], list[str]],
) -> None:
    """JSON lines and Parquet come out alike in parts; those that cannot be cut are read whole."""
    folder = tmp_path / "large"
    folder.mkdir()
    records = b"".join((mixed / "counted" / "records.jsonl").read_bytes().splitlines(keepends=True)[::6])
    (folder / "ended.jsonl").write_bytes(b"\n \r\n".join(records.splitlines()) + b"\n{broken\n[1]\n")
    (folder / "marked.jsonl").write_bytes(b"\xef\xbb\xbf" + records.rstrip(b"\n"))
    (folder / "odd.jsonl").write_bytes(records + json.dumps({"text": "Größe"}, ensure_ascii=False).encode("latin-1"))
    (folder / "textless.jsonl").write_bytes(b'{"n": 1}\n' * 3000)
    (folder / "late.jsonl").write_bytes(b'{"n": 1}\n' * 40 + records)
    (folder / "later.jsonl").write_bytes(b'{"n": 1}\n' * 140 + records)
    rows = [json.loads(line) | {"n": n, "tags": ["a", None]} for n, line in enumerate(records.splitlines())]
    pq.write_table(pa.Table.from_pylist(rows), folder / "rows.parquet", row_group_size=6)
    pq.write_table(pa.Table.from_pylist(rows).append_column("when", pa.array([1] * len(rows), pa.timestamp("ns"))),
                   folder / "timed.parquet", row_group_size=6)  # fmt: skip
    from pyspark.sql import SparkSession  # noqa: PLC0415  # only where Spark is installed

    monkeypatch.setattr(listing, "SPLIT", 4096)
    here = SparkSession.getActiveSession()
    assert here is not None
    found = listing.listing(here, [str(folder)], settings, Ledger())
    assert {Path(s.path).name for s in found.parquet} == {"rows.parquet", "timed.parquet"}
    assert {Path(s.path).name for s in parquet.read(here, found, settings)[0].parquet} == {"rows.parquet"}
    cut = lines.read(here, found, settings)[0].lines
    assert {Path(s.path).name for s in cut} == {"ended.jsonl", "marked.jsonl", "late.jsonl"}
    # As a URI it is walked and read through Hadoop's file system, as s3:// and hdfs:// are.
    assert distributed.scan([f"file://{folder}"], settings, HERE, str(tmp_path / "frame"))
    ours = local_rows([str(folder)])
    for row in ours:
        row["path"] = f"file://{row['path']}"
        for finding in row["findings"]:
            finding["message"] = finding["message"].replace(str(folder), f"file://{folder}")
    assert differences(ours, tmp_path / "frame") == []


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("_draft.txt", EngineError, "underscore"),
        ("2026-11-01T10:00.txt", EngineError, "has a colon"),
        ("large.txt", EngineError, "cannot be read in parts"),
        (None, NoDocumentsError, "no documents"),
    ],
)
def test_refused(
    name: str | None,
    error: type[Exception],
    said: str,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What Spark would pass over, or could not hold, ends the run and is named."""
    (tmp_path / "in").mkdir()
    monkeypatch.setattr(listing, "SPLIT", 10)
    monkeypatch.setattr(listing, "WHOLE", 100)
    if name:
        (tmp_path / "in" / name).write_text("Some words that stand here. " * 20)
    with pytest.raises(error, match=said):
        distributed.scan([str(tmp_path / "in")], settings, HERE, str(tmp_path / "out"))
    with pytest.raises(error, match=said):
        distributed.scan([f"file://{tmp_path}/in"], settings, HERE, str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("session")
def test_refused_before_anything_is_read(tmp_path: Path, settings: Settings) -> None:
    """A place that is taken, a path that is not there, and suites and settings that Spark cannot judge by."""
    (tmp_path / "a.txt").write_text("Words.")
    corpus = [str(tmp_path / "a.txt")]
    with pytest.raises(OutputError, match="stands there already"):
        distributed.scan(corpus, settings, HERE, str(tmp_path))
    for missing in (f"file://{tmp_path}/b", str(tmp_path / "b")):
        with pytest.raises(SourceNotFoundError):
            distributed.scan([missing], settings, HERE, str(tmp_path / "out"))
    with pytest.raises(EngineError, match="cannot be reached"):
        distributed.scan(["nosuchstore://bucket/corpus"], settings, HERE, str(tmp_path / "out"))
    with pytest.raises(BaselineError, match="no such file"):
        distributed.validate(corpus, replace(settings, baseline=str(tmp_path / "known")), HERE)
    told = {"severity": "critical", "description": "d", "meta": {"check": "c", "reason": "r"}}
    condition = {"type": "comparison", "column": {"name": "language"}, "operator": "!=", "parameter": "en"}
    for number, (kind, kwargs) in enumerate(
        [
            ("expect_column_values_to_match_regex", {"column": "title", "regex": r"\w"}),
            ("expect_column_values_to_not_be_null", {"column": "title", "row_condition": condition}),
            ("expect_column_values_to_be_between", {"column": "n_words", "min_value": 1, "strict_min": True}),
            ("expect_column_mean_to_be_between", {"column": "truncated", "max_value": 0.5}),
        ]
    ):
        suite = {"name": f"s{number}", "expectations": [{"type": kind, "kwargs": kwargs, **told}]}
        (tmp_path / f"s{number}.json").write_text(json.dumps(suite))
        asked = replace(settings, suites=(str(tmp_path / f"s{number}.json"),), output=str(tmp_path / "report"))
        with pytest.raises(SuiteError, match="on Spark"):
            distributed.validate(corpus, asked, HERE)


@pytest.mark.usefixtures("session")
def test_command_line(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The options reach the engine; what does not fit together is a line and exit code 2."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "blank.txt").write_text(" ")
    (tmp_path / "a.txt").write_text("The ferry sails again, the harbour board said on Tuesday, after two winters.")
    assert main(["scan", "blank.txt", "--engine", "spark", "-o", "frame"]) == FAILED
    assert capfd.readouterr().out == ""
    assert (tmp_path / "frame" / "_SUCCESS").exists()
    report = ["validate", "a.txt", "--engine", "spark", "--suite", "content", "-o", "report", "--frame"]
    monkeypatch.setattr(pages, "MOST", 0)
    assert main([*report, "elsewhere", "-f", "sarif"]) == PASSED
    told = capfd.readouterr()
    assert "made on Spark for at most 0; these are 1" in told.err
    assert json.loads(told.out)["runs"]
    assert not (tmp_path / "report" / "index.html").exists()
    for wrong in (
        [*report, "s3a://bucket/frame", "-f", "sarif"],
        [*report, "elsewhere"],
        ["scan", "a.txt", "--engine", "spark"],
        ["scan", "a.txt", "--engine", "spark", "-o", "x", "-f", "csv"],
        ["scan", "a.txt", "--master", "local"],
        ["scan", "a.txt", "--engine", "spark", "-o", "x", "--spark-conf", "memory"],
        ["validate", "a.txt", "--frame", "x"],
        ["scan", "a.txt", "--engine", "spark", "-o", "frame"],
    ):
        assert main(wrong) == USAGE, wrong
    assert "Traceback" not in capfd.readouterr().err
