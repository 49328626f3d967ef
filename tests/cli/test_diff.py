"""`provcheck diff`: reports, frames and corpora, compared with one another."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.cli.conftest import Ended

AS_OF = ("--as-of", "2026-01-01", "--workers", "1")


@pytest.mark.usefixtures("faulty")
def test_diff(run: Callable[..., Ended], articles: Sequence[str]) -> None:
    """Reports, frames and corpora can be compared with one another, and give the same."""
    run("validate", "corpus", "-o", "report", *AS_OF)
    run("scan", "corpus", "-o", "frame.parquet", *AS_OF)
    shutil.copytree("corpus", "after")
    Path("after/old0.txt").rename("after/moved.txt")
    Path("after/old1.txt").write_text(articles[1] + "\nMore of it follows on Monday, when the council meets again.\n")
    Path("after/good.txt").unlink()
    Path("after/new.txt").write_text(articles[4])
    shutil.copytree("report", "spark")  # whose frame is a folder
    Path("spark/documents.parquet").unlink()
    Path("spark/documents.parquet").mkdir()
    shutil.copy("report/documents.parquet", "spark/documents.parquet/part-00000-x.zstd.parquet")
    made = ("report", "frame.parquet", "corpus", "spark", "spark/documents.parquet")
    shown = {run("diff", old, "after", "-f", "json") for old in made}
    assert len(shown) == 1
    shutil.rmtree("spark/documents.parquet")
    ended = run("diff", "spark", "after")
    assert ended.code == 2
    assert "lies elsewhere; give the place that --frame named" in ended.err
    found = json.loads(shown.pop().out)["documents"]
    assert {kind: found[kind] for kind in ("added", "removed", "changed", "moved")} == {
        "added": ["new.txt"], "removed": ["good.txt"], "changed": ["old1.txt"], "moved": [["old0.txt", "moved.txt"]],
    }  # fmt: skip
    assert run("diff", "corpus", "after", "--fail-on-new", "critical").code == 0
    assert run("diff", "corpus", "after", "--fail-on-new", "warning").code == 1
    assert run("diff", "corpus", "report", "--fail-on-new", "info").code == 0
    ended = run("diff", "corpus", "after", "-f", "html", "-o", "page.html", "--fail-on-new", "warning")
    assert (ended.code, ended.out) == (1, "")
    assert "<li>old0.txt → moved.txt</li>" in Path("page.html").read_text(encoding="utf-8")
    Path("after/results.json").write_text("{}")  # a corpus may hold a file of this name
    assert "results.json" in run("diff", "corpus", "after").out
