"""The baseline: what it holds, what it refuses, and that git joins those of two branches."""

from __future__ import annotations

import shutil
import string
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck import baseline
from provcheck.baseline import Baseline
from provcheck.errors import BaselineError
from provcheck.model import Finding

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "provcheck-baseline 1\n"


def finding(code: str = "PC501", quote: str = "and then he", **more: Any) -> dict[str, Any]:  # a record's values
    """A finding as a record has it."""
    return {"code": code, "severity": "critical", "message": "m", "start_line": 3, "end_line": 3, "quote": quote} | more


def record(name: str = "a.txt", *findings: dict[str, Any], **more: Any) -> dict[str, Any]:  # as above
    """A row."""
    plain = {"relative": name, "member": None, "row": None, "sha256": name.encode().hex()}
    return plain | {"findings": list(findings or [finding()])} | more


def written(path: Path, made: Baseline) -> Path:
    """Write a baseline to a file."""
    path.write_text("".join(made.lines()), encoding="utf-8")
    return path


def test_identity_is_that_of_the_finding() -> None:
    """A record's finding has the identity of the finding that it was made of, without line, message or path."""
    made = Finding.of("PC501", "He said tha", (8, 11), detail="x")
    assert baseline.identity(finding(quote="tha", start_line=99), "ab") == made.identity("ab")


def test_lines() -> None:
    """One identity a line, sorted, with words that a person reads; no line number, no time."""
    rows = [record("z.txt"), record("b/a.zip", finding("PC302", ""), member="x.txt", row=2), record("z.txt")]
    head, *rest = "".join(Baseline.of(rows).lines()).splitlines()
    entries = [line for line in rest if not line.startswith("#")]
    assert head + "\n" == HEAD
    assert entries == sorted(entries)
    assert len(entries) == 2
    assert {line[17:] for line in entries} == {
        "PC501 truncated z.txt “and then he”", "PC302 date-missing b/a.zip!x.txt#2",
    }  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        record("a", sha256=""),
        record("a", sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        record("a", finding("PC803", "")),
        record("a", finding(status="waived")),
    ],
    ids=["no digest", "no bytes", "expired waiver", "waived"],
)
def test_left_out(row: dict[str, Any]) -> None:
    """All empty files are alike, and a waiver is no fact of a document: neither stands in a baseline."""
    assert len(Baseline.of([row])) == 0


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=200), st.binary(min_size=1, max_size=4)), max_size=8))
def test_round_trip(rows: list[tuple[str, str, bytes]]) -> None:
    """Whatever names and quotes hold, the file is read back as what was written, a line each."""
    made = Baseline.of(record(name, finding(quote=quote), sha256=sha.hex()) for name, quote, sha in rows)
    lines = "".join(made.lines()).split("\n")
    assert baseline._parse("f", lines).keys() == made.known.keys()
    assert len(lines) == len(made) + 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty"),
        ("\n\n", "it is empty"),
        ("{}", "it is no baseline: its first line"),
        ("provcheck-baseline\n", "it is no baseline"),
        ("provcheck-baseline ²\n", "it is no baseline"),
        ("provcheck-baseline 0\n", "version 0"),
        ("provcheck-baseline 2\n", "version 2, and this provcheck reads up to 1"),
        (HEAD + "<<<<<<< ours\n", "line 2 is a conflict of git"),
        (HEAD + "# x\n\nPC501 a.txt\n", "line 4 is no identity"),
        (HEAD + "0123456789abcdeF PC501\n", "line 2 is no identity"),
        (HEAD + "0123456789abcdef0 PC501\n", "line 2 is no identity"),
    ],
)
def test_refused(tmp_path: Path, text: str, said: str) -> None:
    """What is no baseline is an error that says why: a gate must not go on without the one that it was given."""
    (tmp_path / "b").write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError, match=said):
        baseline.load(tmp_path / "b")


def test_refused_files(tmp_path: Path) -> None:
    """So are a file that is not there, a folder, and bytes."""
    (tmp_path / "bytes").write_bytes(b"provcheck-baseline 1\n\xff")
    for name, said in (("none", "no such file"), (".", "cannot be read"), ("bytes", "not UTF-8")):
        with pytest.raises(BaselineError, match=said):
            baseline.load(tmp_path / name)


def test_lenient_where_git_and_editors_are(tmp_path: Path) -> None:
    """Order, repeats, Windows line ends and a repeated first line do not matter."""
    made = Baseline.of([record("a"), record("b"), record("c")])
    lines = "".join(made.lines()).splitlines()
    (tmp_path / "b").write_bytes("\r\n".join([lines[0], *lines[:0:-1], *lines]).encode())
    assert baseline.load(tmp_path / "b").known == made.known


def test_only() -> None:
    """Pruning takes out and never adds."""
    one, two = Baseline.of([record("a"), record("b")]), Baseline.of([record("b"), record("c")])
    assert one.only(two).known == Baseline.of([record("b")]).known


def git(folder: Path, *arguments: str) -> None:
    """Run git, whatever the user's own configuration."""
    settings = ("-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize("first", [0, 1, 40])
def test_git_merges_two_branches(tmp_path: Path, first: int) -> None:
    """Two branches that each add and remove findings merge without a conflict, and nothing that was added is lost."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    old = [record(f"{n}.txt") for n in range(first)]
    ours, theirs = ([record(f"{side}{n}.txt") for n in range(25)] for side in string.ascii_lowercase[:2])
    path = tmp_path / ".provcheck-baseline"
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / ".gitattributes").write_text(f"{path.name} merge=union\n")
    for branch, rows in (("main", old), ("ours", old[1:] + ours), ("theirs", old[:-1] + theirs)):
        if branch != "main":
            git(tmp_path, "checkout", "-q", "-b", branch, "main")
        written(path, Baseline.of(rows))
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-q", "--allow-empty", "-m", branch)
    git(tmp_path, "merge", "-q", "--no-edit", "ours")
    merged = baseline.load(path)
    assert merged.known.keys() >= Baseline.of(old[1:-1] + ours + theirs).known.keys()
    assert merged.known.keys() <= Baseline.of(old + ours + theirs).known.keys()
