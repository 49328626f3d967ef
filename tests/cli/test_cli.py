"""The command line, run whole: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow.parquet as pq
import pytest

from provcheck.cli import VERBS, main

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLE = """Ferry line returns after two winters

ELMHAVEN: The ferry will sail again from the first week of May, the harbour board said on Tuesday, two winters after a \
storm tore away the landing stage.

The board has rented a vessel of forty metres that carried tourists on a northern lake until last autumn.

Published in The Harbour Courier, March 12th, 2024
"""


class Ended(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ended]:
    """Run the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Ended:
        code = main(list(arguments))
        captured = capfdbinary.readouterr()
        return Ended(code, captured.out.decode(), captured.err.decode())

    return call


def corpus(folder: Path, **files: str | bytes) -> Path:
    """Write a corpus; a double underscore in a name stands for the dot."""
    where = folder / "corpus"
    where.mkdir(exist_ok=True)
    for name, body in files.items():
        (where / name.replace("__", ".")).write_bytes(body if isinstance(body, bytes) else body.encode())
    return where


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scan", "nowhere"], "no such file or folder: 'nowhere'"),
        (["scan", "corpsu"], "did you mean 'corpus'"),
        (["scan"], "Missing argument 'PATH...'"),
        (["scan", "corpus", "--fromat", "csv"], "--format"),
        (["scan", "corpus", "--format", "xml"], "'xml' is not one of"),
        (["scan", "corpus", "--format", "parquet"], "--format parquet needs --output"),
        (["scan", "corpus", "--encoding", "cp1525"], "unknown encoding 'cp1525'"),
        (["scan", "corpus", "--as-of", "soon"], "'soon' is no date"),
        (["scan", "corpus", "--config", "none.toml"], "no such file"),
        (["validate", "corpus", "--suite", "contents"], "did you mean 'content'"),
        (["validate", "corpus", "--suite", "missing.json"], "missing.json"),
        (["validate", "corpus", "--fail-on", "error"], "'error' is not one of"),
        (["rules", "PC999"], "unknown rule 'PC999'"),
        (["rules", "date-mising"], "did you mean 'date-missing'"),
        (["validat"], "validat"),
        (["repair", "corpus"], "Missing option '-o'"),
        (["repair", "corpus", "-o", "corpus"], "never written to"),
    ],
)
def test_usage_errors(run: Callable[..., Ended], tmp_path: Path, arguments: list[str], said: str) -> None:
    """A wrong path, flag, suite, rule or key ends with 2 and a line that names it and the near miss."""
    corpus(tmp_path, a__txt=ARTICLE)
    ended = run(*arguments)
    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus"]


def test_unknown_config_keys(run: Callable[..., Ended], tmp_path: Path) -> None:
    """All faults of a configuration are told at once."""
    corpus(tmp_path, a__txt=ARTICLE)
    (tmp_path / "provcheck.toml").write_text('suite = "x"\nsweets = 1\n')
    ended = run("validate", "corpus")
    assert (ended.code, ended.err.count("unknown key")) == (2, 2)


def test_empty_folder(run: Callable[..., Ended], tmp_path: Path) -> None:
    """A folder without documents is an error that says what was looked for."""
    corpus(tmp_path)
    ended = run("validate", "corpus")
    assert ended.code == 2
    assert "no documents in 'corpus'" in ended.err
    assert ".jsonl" in ended.err
    assert not (tmp_path / "provcheck-report").exists()


def test_only_unreadable_documents(run: Callable[..., Ended], tmp_path: Path) -> None:
    """Files that cannot be read are rows with reasons, and the gate fails on them."""
    corpus(tmp_path, a__txt=b"", b__txt=b"\x89PNG\r\n\x1a\n" + bytes(200), c__json=b"{", d__gz=b"\x1f\x8b\x08broken")
    ended = run("scan", "corpus", "-f", "jsonl")
    rows = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 1
    assert [row["ingest_code"] for row in rows] == ["PC102", "PC103", "PC104", "PC106"]
    assert all(row["findings"][0]["message"] and not row["read"] for row in rows)
    ended = run("validate", "corpus")
    assert ended.code == 1
    assert "FAILED" in ended.out
    assert "PC106" in ended.out


def test_one_bad_record_leaves_the_others(run: Callable[..., Ended], tmp_path: Path) -> None:
    """Invalid JSON in line 7 and a row without text have their own codes and places; all others go on."""
    lines = [json.dumps({"id": n, "text": ARTICLE}) for n in range(1, 11)]
    lines[6] = '{"id": 7, "text": '
    lines[8] = '{"id": 9, "text": null}'
    corpus(tmp_path, a__jsonl="\n".join(lines))
    rows = [json.loads(line) for line in run("scan", "corpus", "-f", "jsonl").out.splitlines()]
    assert {row["row"]: row["ingest_code"] for row in rows if not row["read"]} == {7: "PC104", 9: "PC105"}
    assert sum(row["read"] for row in rows) == 8


@pytest.mark.parametrize("format_", ["table", "jsonl", "csv"])
def test_hostile_text_is_inert(run: Callable[..., Ended], tmp_path: Path, format_: str) -> None:
    """An escape sequence, a script and a formula in text, title and name reach neither terminal nor spreadsheet."""
    body = "=cmd()|' /C calc'!A0 and <script>alert(1)</script>\n\n" + ARTICLE.replace("ferry", "fer\x1b[31mry")
    where = corpus(tmp_path)
    (where / "\x1b[2J=evil.txt").write_text(body)
    ended = run("scan", "corpus", "-f", format_)
    assert ended.code == 0
    assert "\x1b" not in ended.out if format_ != "csv" else "\x1b" not in ended.out.split("\n")[0]
    if format_ == "csv":
        assert "\n=cmd" not in ended.out
        assert ",=cmd" not in ended.out
    for verb in ("explain", "validate"):
        shown = run(verb, str(where / "\x1b[2J=evil.txt") if verb == "explain" else "corpus")
        assert "\x1b[2J" not in shown.out
        assert "\x1b[31mry" not in shown.out


def test_scan_to_files(run: Callable[..., Ended], tmp_path: Path) -> None:
    """The ending of the output chooses the format, and nothing is printed."""
    corpus(tmp_path, a__txt=ARTICLE, b__txt=ARTICLE.replace("two", "three"))
    for name in ("rows.jsonl", "rows.csv", "rows.parquet"):
        ended = run("scan", "corpus", "-o", name)
        assert (ended.code, ended.out) == (0, "")
        assert (tmp_path / name).stat().st_size > 500
    assert pq.read_table(tmp_path / "rows.parquet").num_rows == 2
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(".part")]


def test_workers_do_not_change_a_byte(run: Callable[..., Ended], tmp_path: Path) -> None:
    """One worker and two write the same records."""
    corpus(tmp_path, **{f"n{n:03}__txt": f"{ARTICLE}\nNumber {n}.\n" * 40 for n in range(120)})
    one = run("scan", "corpus", "-f", "jsonl", "--workers", "1")
    two = run("scan", "corpus", "-f", "jsonl", "--workers", "2")
    assert one.out.count("\n") == 120
    assert one == two


def test_validate_writes_the_same_report_twice(run: Callable[..., Ended], tmp_path: Path) -> None:
    """Every file of the report is the same, byte for byte, whenever and however often it is made."""
    corpus(tmp_path, a__txt=ARTICLE, b__txt="")
    first = run("validate", "corpus", "-o", "one", "--as-of", "2026-01-01")
    second = run("validate", "corpus", "-o", "two", "--as-of", "2026-01-01")
    assert first.out.replace("one/", "two/") == second.out
    one, two = (
        {p.relative_to(d): p.read_bytes() for p in d.rglob("*") if p.is_file()} for d in map(Path, ("one", "two"))
    )
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert {"results.json", "documents.parquet"} <= {str(name) for name in one}
    assert str(tmp_path).encode() not in b"".join(one.values())


def test_report_replaces_only_a_report(run: Callable[..., Ended], tmp_path: Path) -> None:
    """An earlier report is replaced; a folder of the user's is left alone."""
    corpus(tmp_path, a__txt=ARTICLE)
    assert run("validate", "corpus", "-o", "out").code in (0, 1)
    (tmp_path / "out" / "old").write_text("stale")
    assert run("validate", "corpus", "-o", "out").code in (0, 1)
    assert not (tmp_path / "out" / "old").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("precious")
    ended = run("validate", "corpus", "-o", "mine")
    assert ended.code == 2
    assert (tmp_path / "mine" / "thesis.doc").read_text() == "precious"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus", "mine", "out"]


def test_output_that_cannot_be_written(run: Callable[..., Ended], tmp_path: Path) -> None:
    """A place where nothing can be written is named, and nothing is left behind."""
    corpus(tmp_path, a__txt=ARTICLE)
    (tmp_path / "file").write_text("")
    for output in ("/proc/report", "file", "file/below"):
        ended = run("validate", "corpus", "-o", output)
        assert ended.code == 2
        assert "cannot write" in ended.err


def test_repair_round(run: Callable[..., Ended], tmp_path: Path) -> None:
    """Repair writes UTF-8, tells its steps, leaves the sources alone, and has nothing to do the second time."""
    broken = ARTICLE.replace("Tuesday", "Tuésday — «sûr»")
    where = corpus(
        tmp_path,
        a__txt=broken.encode("cp1252"),
        b__txt=broken.encode().decode("cp1252").encode(),
        c__jsonl=json.dumps({"id": 1, "body": broken.encode().decode("cp1252"), "note": {"x": 1}}),
    )
    before = {p.name: p.read_bytes() for p in where.iterdir()}
    assert run("repair", "corpus", "-o", "once").code == 0
    assert {p.name: p.read_bytes() for p in where.iterdir()} == before
    assert (tmp_path / "once/documents/a.txt").read_text(encoding="utf-8") == broken
    assert (tmp_path / "once/documents/b.txt").read_text(encoding="utf-8") == broken
    assert json.loads((tmp_path / "once/documents/c.jsonl").read_text(encoding="utf-8"))["text"] == broken
    notes = [json.loads(line) for line in (tmp_path / "once/steps.jsonl").read_text().splitlines()]
    assert [note["path"] for note in notes] == ["corpus/a.txt", "corpus/b.txt", "corpus/c.jsonl"]
    assert run("repair", "once/documents", "-o", "twice").code == 0
    first, second = (
        {p.relative_to(d): p.read_bytes() for p in d.rglob("*") if p.is_file()}
        for d in (tmp_path / "once/documents", tmp_path / "twice/documents")
    )
    assert first == second


def test_explain(run: Callable[..., Ended], tmp_path: Path) -> None:
    """Each value stands with rule, confidence, line and quote."""
    corpus(tmp_path, a__txt=ARTICLE, b__jsonl=f"{json.dumps({'text': ARTICLE})}\n" * 2)
    ended = run("explain", "corpus/a.txt")
    assert ended.code == 0
    for part in ("2024-03-12", "The Harbour Courier", "ELMHAVEN", "line 7", "Published in"):
        assert part in ended.out
    assert run("explain", "corpus/b.jsonl").code == 2
    assert "several documents" in run("explain", "corpus/b.jsonl").err
    assert json.loads(run("explain", "corpus/b.jsonl", "--row", "2", "--json").out)["row"] == 2
    assert run("explain", "corpus/b.jsonl", "--row", "3").code == 2


def test_init(run: Callable[..., Ended], tmp_path: Path) -> None:
    """Init writes a configuration that loads, and overwrites nothing."""
    corpus(tmp_path, a__txt=ARTICLE)
    assert run("init", "--suites").code == 0
    assert (tmp_path / "expectations" / "content.json").is_file()
    assert run("validate", "corpus").code in (0, 1)
    ended = run("init")
    assert ended.code == 2
    assert "there already" in ended.err


@pytest.mark.parametrize("verb", VERBS)
def test_help(run: Callable[..., Ended], verb: str) -> None:
    """Every verb explains itself."""
    ended = run(verb, "--help")
    assert ended.code == 0
    assert "Usage: provcheck " + verb in ended.out


def provcheck(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    """Start the command in a process of its own."""
    command = [sys.executable, "-m", "provcheck", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]


def test_version_is_quick() -> None:
    """Asking for the version imports nothing heavy."""
    heavy = {"pandas", "pyarrow", "numpy", "great_expectations"}
    code = f"import sys, provcheck.cli; print(sorted({heavy} & {{*sys.modules}}))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert out.stdout.strip() == b"[]"


def test_interrupt(tmp_path: Path) -> None:
    """Ctrl-C ends every process with 130 and one line, and leaves no report."""
    where = corpus(tmp_path, **{f"n{n:04}__txt": f"{ARTICLE}\nNumber {n}.\n" * 60 for n in range(600)})
    process = provcheck(
        "validate",
        str(where),
        "--workers",
        "2",
        "-o",
        str(tmp_path / "report"),
        cwd=Path.cwd(),
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a test run in the background ignores it
    )
    time.sleep(1.5)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (out, err) == (b"", b"provcheck: interrupted; nothing was written\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus"]


def test_reader_that_goes_away(tmp_path: Path) -> None:
    """`provcheck scan | head` is no error."""
    where = corpus(tmp_path, **{f"n{n:03}__txt": ARTICLE * 5 for n in range(200)})
    process = provcheck("scan", str(where), "-f", "jsonl", cwd=Path.cwd())
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.wait(60) == 0


def test_disk_full(tmp_path: Path) -> None:
    """A full disk is told by its name."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    corpus(tmp_path, a__txt=ARTICLE)
    command = [sys.executable, "-m", "provcheck", "scan", str(tmp_path / "corpus"), "-f", "jsonl"]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 2
    assert b"No space left on device" in ended.stderr
    assert b"Traceback" not in ended.stderr


def test_a_bug_of_ours(run: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug ends with 3 and the name of a log that holds the traceback."""
    corpus(tmp_path, a__txt=ARTICLE)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("provcheck.cli.scan.examine_corpus", lambda *_: 1 / 0)
    ended = run("scan", "corpus")
    log = next(tmp_path.glob("provcheck-*.log"))
    assert (ended.code, str(log) in ended.err) == (3, True)
    assert "ZeroDivisionError" in log.read_text()
