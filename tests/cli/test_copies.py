"""`validate --also`: several forms of one verdict from one run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from provcheck.cli import main

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Ferry line returns\n\nThe ferry will sail again from the first week of May, the harbour board said.\n"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a corpus of one document, in the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/a.txt").write_text(TEXT)
    return tmp_path


def test_copies_say_what_is_printed(corpus: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Each copy is, byte for byte, what `--format` prints, and an earlier file is replaced."""
    (corpus / "x.junit").write_text("old " * 99_999)
    forms = ("json", "junit", "markdown", "sarif", "github")
    main(["validate", "corpus", *(f"--also={form}={corpus}/x.{form}" for form in forms)])
    capfdbinary.readouterr()
    for form in forms:
        main(["validate", "corpus", "--format", form])
        assert (corpus / f"x.{form}").read_bytes() == capfdbinary.readouterr().out
    assert json.loads((corpus / "x.json").read_text(encoding="utf-8"))["n_documents"] == 1


@pytest.mark.parametrize(
    ("also", "said"),
    [
        (["junit=rep/index.html"], b"'rep/index.html': it is a part of the report"),
        (["json=rep/results.json"], b"it is a part of the report"),
        (["json=rep/data_docs/x.json"], b"it is a part of the report"),
        (["json=link"], b"it is a part of the report"),
        (["json=x", "junit=./x"], b"'x': two formats would go there"),
        (["json=x", "junit=y", "json=rep/../x"], b"two formats would go there"),
    ],
)
def test_copies_fall_on_nothing(
    corpus: Path, capfdbinary: pytest.CaptureFixture[bytes], also: list[str], said: bytes
) -> None:
    """A copy that would take the place of a part of the report, or of another copy, is refused before the run."""
    (corpus / "rep/data_docs").mkdir(parents=True)
    for name in ("results.json", "documents.parquet", "index.html"):
        (corpus / "rep" / name).write_text("old")
    (corpus / "link").symlink_to("rep/index.html")
    assert main(["validate", "corpus", "-o", "rep", *(f"--also={each}" for each in also)]) == 2
    assert said in capfdbinary.readouterr().err
    assert (corpus / "rep/index.html").read_text() == "old"
    assert not (corpus / "x").exists()


def test_copies_beside_the_parts_of_a_report(corpus: Path) -> None:
    """A name of one's own in the report's folder is fine and outlives the next run; so is a device, given twice."""
    also = ["--also=json=/dev/null", "--also=junit=/dev/null"]
    main(["validate", "corpus", *also])
    main(["validate", "corpus", "--also=junit=provcheck-report/junit.xml"])
    main(["validate", "corpus", *also])
    assert (corpus / "provcheck-report/junit.xml").read_text().startswith("<?xml")


@pytest.mark.parametrize("also", ["junit", "junit=", "xml=a", "=a", "junit=none/a", "junit=corpus"])
def test_wrong_copy_is_told_before_the_run(corpus: Path, capfdbinary: pytest.CaptureFixture[bytes], also: str) -> None:
    """A copy that cannot be is named at once, and nothing is written."""
    assert main(["validate", "corpus", "--also", also]) == 2
    assert b"--also" in capfdbinary.readouterr().err
    assert [p.name for p in corpus.iterdir()] == ["corpus"]
