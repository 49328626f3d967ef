"""`provcheck explain`: one document and the evidence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended


def test_explain(run: Callable[..., Ended], corpus: Callable[..., Path], article: str) -> None:
    """Each value stands with rule, confidence, line and quote."""
    corpus(a__txt=article, b__jsonl=f"{json.dumps({'text': article})}\n" * 2)
    ended = run("explain", "corpus/a.txt")
    assert ended.code == 0
    for part in ("2024-03-12", "The Harbour Courier", "ELMHAVEN", "line 7", "Published in"):
        assert part in ended.out
    assert run("explain", "corpus/b.jsonl").code == 2
    assert "several documents" in run("explain", "corpus/b.jsonl").err
    assert json.loads(run("explain", "corpus/b.jsonl", "--row", "2", "--json").out)["row"] == 2
    assert run("explain", "corpus/b.jsonl", "--row", "3").code == 2
