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


@pytest.mark.parametrize("also", ["junit", "junit=", "xml=a", "=a", "junit=none/a", "junit=corpus"])
def test_wrong_copy_is_told_before_the_run(corpus: Path, capfdbinary: pytest.CaptureFixture[bytes], also: str) -> None:
    """A copy that cannot be is named at once, and nothing is written."""
    assert main(["validate", "corpus", "--also", also]) == 2
    assert b"--also" in capfdbinary.readouterr().err
    assert [p.name for p in corpus.iterdir()] == ["corpus"]
