"""Reports: values in, text out; inert, short, and the same every time."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import click
import pytest

from provcheck.errors import OutputError
from provcheck.gate import CheckResult
from provcheck.readers.ledger import Ledger
from provcheck.reports import explanation, folder, records, repaired, terminal
from provcheck.reports.summary import Summary

if TYPE_CHECKING:
    from pathlib import Path


def row(**changes: Any) -> dict[str, Any]:  # the values of a record
    """A record of a document, with what a case is about changed."""
    finding = {"code": "PC501", "severity": "critical", "message": "the text is cut: x", "start_line": 3,
               "end_line": 3, "quote": "and then he"}  # fmt: skip
    plain = {
        "path": "c/a.txt", "member": None, "row": None, "doc_id": "d1", "read": True, "n_bytes": 10, "wrapper": "txt",
        "date": "2024-01-01", "outlet": "The Courier", "language": "en", "title": "T", "text": "T\n\nand then he",
        "text_before": None,
        "findings": [finding], "n_critical": 1, "n_warning": 0, "n_info": 0, "declared": "{}", "extra": "{}",
        "repairs": ['["decode", "utf-8"]'], "encoding": "utf-8", "encoding_confidence": 1.0,
        "encoding_runner_up": None, "boilerplate": [{"start_line": 1, "end_line": 1, "kind": "teaser"}],
        "title_evidence": {"rule": "title.x", "quote": "T", "start_line": 1, "confidence": 0.9, "runner_up": "U"},
        "sha256": "0" * 64,
    }  # fmt: skip
    return plain | changes


def check(**changes: Any) -> CheckResult:  # the values of a result
    """A failed check."""
    plain: dict[str, Any] = {
        "suite": "s", "check": "c", "type": "t", "rules": ("PC501",), "severity": "critical", "description": "Whole.",
        "reason": "r", "remedy": "Fetch it.", "success": False, "n_evaluated": 10, "n_unexpected": 2,
    }  # fmt: skip
    return CheckResult(**plain | changes)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_csv_formulas(cell: str) -> None:
    """No cell begins as a formula does."""
    lines = list(records.as_csv([{"title": cell, "n": -1}], ["title", "n"]))
    assert next(csv.reader(io.StringIO(lines[1], newline=""))) == [f"'{cell}", "-1"]


def test_csv_keeps_what_needs_quotes() -> None:
    """Quotes, commas, line ends and lists come through."""
    lines = "".join(records.as_csv([{"a": 'x,"y"\nz', "b": [1, "é"], "c": None}], ["a", "b", "c"]))
    assert list(csv.reader(io.StringIO(lines, newline="")))[1] == ['x,"y"\nz', '[1, "é"]', ""]


def test_table_is_inert_and_aligned() -> None:
    """Long values are cut, control characters shown, and the place of a record is whole."""
    lines = list(records.as_table([row(title="x\x1b[2J" * 20, path="p" * 90, row=7), row(outlet=None)]))
    assert all("\x1b" not in line for line in lines)
    assert lines[1].startswith("…p")
    assert "#7 " in lines[1]
    assert len({line.index("PC501") for line in lines[1:]}) == 1


def test_table_shows_days() -> None:
    """An hour has no room in the table; the day before it is whole."""
    days = ["2024-10-21T08:15:00+02:00", "2024-10-21", "2024-10", None]
    lines = list(records.as_table([row(date=day, path="a") for day in days]))
    assert [line[46:56].strip() for line in lines[1:]] == ["2024-10-21", "2024-10-21", "2024-10", "-"]


@pytest.mark.parametrize("width", [40, 41, 59, 60, 80, 100, 136, 137, 200])
def test_table_keeps_to_the_width(width: int) -> None:
    """No line is wider than the terminal, the day and the first code are whole, and room that is there is used."""
    found = [{**row()["findings"][0], "code": code} for code in ("PC501", "PC601", "PC602")]
    rows = [row(path="p" * 90, title="t" * 90, outlet="o" * 90, date="2024-10-21T08:15", findings=found)]
    head, line = records.as_table(rows, width)
    assert max(len(head), len(line)) <= width + 1
    assert "2024-10-21 " in line
    assert " PC501" in line
    assert len(line) >= min(width, 139) - 5


def test_summary_counts() -> None:
    """Documents are counted once a rule, and the worst come first, at most five of them."""
    rows = [row(path=f"{n}", n_critical=n % 4, findings=row()["findings"] * max(1, n % 4)) for n in range(12)]
    summary = Summary()
    assert list(summary.watch([*rows, row(findings=[], n_critical=0)])) == [*rows, row(findings=[], n_critical=0)]
    assert (summary.documents, summary.read, summary.by_rule["PC501"]) == (13, 13, 12)
    assert [worst.name for worst in summary.worst] == ["3", "7", "11", "2", "6"]


def test_summary_of_tables() -> None:
    """Rows that come in tables are counted as those that come one by one: ties, and findings without a status."""
    rows = [row(path=f"{n}") for n in range(12)]
    whole, parts = Summary(), Summary()
    list(whole.watch(rows))
    for start in range(0, 12, 4):
        tabled = [{**r, "findings": [{**f, "status": None} for f in r["findings"]]} for r in rows[start : start + 4]]
        list(parts.watch(tabled))
    assert [worst.name for worst in parts.worst] == ["0", "1", "2", "3", "4"]
    assert parts.worst == whole.worst


def page(checks: list[CheckResult], rows: list[dict[str, Any]], reasons: tuple[str, ...] = (), width: int = 100) -> str:
    """The terminal report over these rows, without colours."""
    summary = Summary()
    list(summary.watch(rows))
    account = terminal.account(Ledger(files=1, bytes=10, documents=1, rows=1, bytes_read=10), summary)
    return click.unstyle(
        terminal.report(reasons=reasons, checks=checks, summary=summary, account=account, output="r", width=width)
    )


def test_report_of_a_failure() -> None:
    """The report says what failed, how many, where, what to do, and where the rest is."""
    shown = page([check(threshold=(("mostly", 0.95),))], [row()], ("s/c [critical PC501]: …", "the ledger is off"))
    for part in ("FAILED", "PC501 Whole.", "2 of 10 documents (20.0%, allowed 5.0%)", "→ Fetch it.", "c/a.txt",
                 "line 3: the text is cut: x “and then he”", "the ledger is off", "Report: r", "1 read"):  # fmt: skip
        assert part in shown
    assert "s/c [" not in shown


def test_report_on_a_narrow_screen() -> None:
    """No line is wider than the screen, and words are whole."""
    failed = check(remedy="Fetch the full text; look for a length limit in the export of the newsroom's system.")
    shown = page([failed], [row()], ("the ledger is off by a byte or two, and nobody can say where they went",), 40)
    assert max(map(len, shown.splitlines())) <= 40
    assert "newsroom's" in shown


def test_report_of_a_pass() -> None:
    """A corpus without faults has a short report."""
    shown = page([check(success=True)], [row(findings=[], n_critical=0)])
    assert shown.startswith(" PASSED  1 of 1 checks passed")
    assert "Worst" not in shown


def test_report_of_what_could_not_be_judged() -> None:
    """An error is told as one, and an observed value by what was asked for."""
    shown = page(
        [check(error="boom\nboom"), check(n_unexpected=None, observed=0, threshold=(("min_value", 1),))], [], ("x",)
    )
    assert "could not be judged: boom boom" in shown
    assert "observed 0, asked for min_value 1" in shown
    bare = [check(n_unexpected=None, observed=seen, threshold=(), n_evaluated=41) for seen in (None, "2 values")]
    assert terminal.measured(bare[0]) == "not so in the 41 documents taken together"
    assert terminal.measured(bare[1]) == "observed 2 values; 41 documents"


def test_report_is_inert() -> None:
    """Names, messages and quotes cannot steer the terminal."""
    bad = "\x1b]0;owned\x07\u202e"
    found = row()["findings"][0] | {"message": bad, "quote": bad}
    shown = page([check(description=bad, remedy=bad)], [row(path=bad, findings=[found])], (bad,))
    assert not set(shown) & set("\x1b\x07\u202e")


@pytest.mark.parametrize("whole", [False, True])
def test_explanation(whole: bool) -> None:  # noqa: FBT001  # a case
    """The page of one document shows values, findings and marked lines; the whole text only if asked for."""
    shown = click.unstyle(explanation.explain(row(text="T\n\nand then he\nmore\n"), ["title"], whole=whole))
    for part in ("title.x · 0.90, else U · line 1: “T”", "PC501 line 3", "← title", "     3 │ and then he"):
        assert part in shown
    assert ("more" in shown) is whole


@pytest.mark.parametrize(
    ("text", "before", "said"),
    [
        ("Grüße", "GrÃ¼ÃŸe", "ftfy counts 2 signs of mojibake before the repair, 0 after it"),
        ("Ein StÃ¼ck, zwei StÃ¼cke", None, "ftfy counts 2 signs of mojibake that is left"),
        ("Ein Stück, zwei Stücke", None, ""),
        ("SÃO PAULO", None, ""),
    ],
)
def test_second_opinion(text: str, before: str | None, said: str) -> None:
    """Ftfy has a word where a text was repaired, or where it sees what provcheck left alone."""
    shown = click.unstyle(explanation.explain(row(text=text, text_before=before), ["title"]))
    assert said in " ".join(shown.split())
    assert ("ftfy" in shown) is bool(said)


def test_repaired_line_reads_back() -> None:
    """A record that was no plain file becomes one line with text, roles and other fields."""
    made = repaired.body(row(wrapper="csv", declared='{"date": "2024"}', extra='{"n": 1}', member="m.csv"))
    assert made == b'{"date": "2024", "text": "T\\n\\nand then he", "n": 1, "member": "m.csv"}\n'


def test_folder_is_whole_or_not_there(tmp_path: Path) -> None:
    """A block that ends badly leaves the old folder, and nothing beside it."""
    target = tmp_path / "report"
    with folder.whole(target) as made:
        (made / folder.MARK).write_text("1")
        (made / folder.MARKS[1]).write_text("")
    with pytest.raises(ZeroDivisionError), folder.whole(target) as made:
        (made / folder.MARK).write_text(str(1 // 0))
    assert (target / folder.MARK).read_text() == "1"
    with pytest.raises(OutputError, match="cannot write"), folder.whole(target):
        raise OSError(28, "No space left on device")
    assert [p.name for p in tmp_path.iterdir()] == ["report"]


def test_two_folders_at_once(tmp_path: Path) -> None:
    """Runs that end together all end well, and one of their folders, whole, is the one that stays."""
    target = tmp_path / "r"

    def run(number: int) -> None:
        for _ in range(20):
            with folder.whole(target) as made:
                for mark in folder.MARKS:
                    (made / mark).write_text(str(number))

    with ThreadPoolExecutor(2) as runs:
        list(runs.map(run, range(2)))
    assert len({path.read_text() for path in target.iterdir()}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["r"]
