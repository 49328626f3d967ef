"""`provcheck validate`: the verdict, its formats, and the report's folder."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from provcheck.reports import folder, results
from provcheck.reports.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ended

AS_OF = ("--as-of", "2026-01-01", "--workers", "1")


def test_empty_folder(run: Callable[..., Ended], tmp_path: Path, corpus: Callable[..., Path]) -> None:
    """A folder without documents is an error that says what was looked for."""
    corpus()
    ended = run("validate", "corpus")
    assert ended.code == 2
    assert "no documents in 'corpus'" in ended.err
    assert ".jsonl" in ended.err
    assert not (tmp_path / "provcheck-report").exists()


def test_only_unreadable_documents(run: Callable[..., Ended], corpus: Callable[..., Path]) -> None:
    """Files that cannot be read are rows with reasons, and the gate fails on them."""
    corpus(a__txt=b"", b__txt=b"\x89PNG\r\n\x1a\n" + bytes(200), c__json=b"{", d__gz=b"\x1f\x8b\x08broken")
    ended = run("scan", "corpus", "-f", "jsonl")
    rows = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 1
    assert [row["ingest_code"] for row in rows] == ["PC102", "PC103", "PC104", "PC106"]
    assert all(row["findings"][0]["message"] and not row["read"] for row in rows)
    ended = run("validate", "corpus")
    assert ended.code == 1
    assert "FAILED" in ended.out
    assert "PC106" in ended.out


def test_validate_writes_the_same_report_twice(
    run: Callable[..., Ended], tmp_path: Path, corpus: Callable[..., Path], article: str
) -> None:
    """Every file of the report is the same, byte for byte, whenever and however often it is made."""
    corpus(a__txt=article, b__txt="")
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


def test_report_replaces_only_a_report(
    run: Callable[..., Ended], tmp_path: Path, corpus: Callable[..., Path], article: str
) -> None:
    """An earlier report is replaced; a folder of the user's is left alone."""
    corpus(a__txt=article)
    assert run("validate", "corpus", "-o", "out").code in (0, 1)
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert made | {"failing"} == folder.OURS
    (tmp_path / "out" / "data" / "old").write_text("stale")
    assert run("validate", "corpus", "-o", "out").code in (0, 1)
    assert not (tmp_path / "out" / "data" / "old").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("precious")
    ended = run("validate", "corpus", "-o", "mine")
    assert ended.code == 2
    assert (tmp_path / "mine" / "thesis.doc").read_text() == "precious"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus", "mine", "out"]


def test_a_users_files_stay_in_a_report(
    run: Callable[..., Ended], tmp_path: Path, corpus: Callable[..., Path], article: str
) -> None:
    """What provcheck did not write is kept: files, folders, links that lead nowhere. A run that fails is no loss."""
    corpus(a__txt=article)
    assert run("validate", "corpus", "-o", "out").code in (0, 1)
    (tmp_path / "out/notes/deep").mkdir(parents=True)
    (tmp_path / "out/notes/deep/a.md").write_text("precious")
    (tmp_path / "out/.gitignore").write_text("*")
    (tmp_path / "out/link").symlink_to("nowhere")
    for arguments in (["corpus"], ["corpus", "--suite", "none"], ["corpus", "--as-of", "2020-01-01"]):
        run("validate", *arguments, "-o", "out")
        assert (tmp_path / "out/notes/deep/a.md").read_text() == "precious"
        assert (tmp_path / "out/.gitignore").read_text() == "*"
        assert (tmp_path / "out/link").is_symlink()
    assert '"as_of": "2020-01-01"' in (tmp_path / "out/results.json").read_text()


def test_an_output_that_is_a_link(
    run: Callable[..., Ended], tmp_path: Path, corpus: Callable[..., Path], article: str
) -> None:
    """A link is followed: to a report that is replaced, or to a place where there will be one."""
    corpus(a__txt=article)
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").symlink_to("disk/report")
    for day in ("2020-01-01", "2021-01-01"):
        assert run("validate", "corpus", "-o", "out", "--as-of", day).code in (0, 1)
        assert (tmp_path / "out").is_symlink()
        assert f'"as_of": "{day}"' in (tmp_path / "disk/report/results.json").read_text()
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["report"]
    (tmp_path / "circle").symlink_to("circle")
    assert run("validate", "corpus", "-o", "circle").code == 2
    assert (tmp_path / "circle").is_symlink()


def test_a_folder_with_results_of_something_else(
    run: Callable[..., Ended], tmp_path: Path, corpus: Callable[..., Path], article: str
) -> None:
    """A folder is a report of ours only with both files that make one: a `results.json` alone is a user's."""
    corpus(a__txt=article)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/results.json").write_text("{}")
    ended = run("validate", "corpus", "-o", "mine")
    assert ended.code == 2
    assert "does not hold results.json and documents.parquet" in ended.err
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["results.json"]


def test_output_that_cannot_be_written(
    run: Callable[..., Ended], tmp_path: Path, corpus: Callable[..., Path], article: str
) -> None:
    """A place where nothing can be written is named, and nothing is left behind."""
    corpus(a__txt=article)
    (tmp_path / "file").write_text("")
    for output in ("/proc/report", "file", "file/below"):
        ended = run("validate", "corpus", "-o", output)
        assert ended.code == 2
        assert "cannot write" in ended.err


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("format_", FORMATS)
def test_formats(run: Callable[..., Ended], root: Path, format_: str) -> None:
    """Each format is printed alone and whole, with the same exit code and the same report as the text."""
    ended = run("validate", "corpus", "-f", format_, *AS_OF)
    assert (ended.code, ended.err) == (1, "")
    assert Path("provcheck-report/data_docs/index.html").is_file()
    assert str(Path.cwd()) not in ended.out
    if format_ == "json":
        assert ended.out == Path("provcheck-report/results.json").read_text(encoding="utf-8")
        jsonschema.validate(json.loads(ended.out), json.loads(results.SCHEMA.read_text(encoding="utf-8")))
    elif format_ == "sarif":
        schema = json.loads((root / "fixtures/schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
        jsonschema.validate(json.loads(ended.out), schema)
    elif format_ == "junit":
        assert int(ET.fromstring(ended.out).get("failures", "0")) > 0
    else:
        assert "corpus/old0.txt" in ended.out
    if format_ in ("sarif", "github"):  # a host knows files by their path in the checkout, however they were given
        assert run("validate", str(Path("corpus").resolve()), "-f", format_, *AS_OF).out == ended.out


@pytest.mark.usefixtures("faulty")
def test_formats_are_the_same_over_workers(run: Callable[..., Ended]) -> None:
    """One worker and two give the same bytes."""
    one = run("validate", "corpus", "-f", "sarif", *AS_OF)
    assert one == run("validate", "corpus", "-f", "sarif", *AS_OF[:-1], "2")


@pytest.mark.usefixtures("faulty")
def test_a_reader_that_goes_away_does_not_pass_the_gate(run: Callable[..., Ended]) -> None:
    """`provcheck validate … | head` ends as the gate says, whoever reads."""
    run("validate", "corpus", *AS_OF)
    for format_ in ("text", "sarif"):
        command = [sys.executable, "-m", "provcheck", "validate", "corpus", "-f", format_, *AS_OF]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stderr is not None
        with process.stdout, process.stderr:
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.wait(60) == 1
