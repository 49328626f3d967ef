"""`provcheck repair`: the repaired corpus beside its sources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended


def test_repair_round(run: Callable[..., Ended], tmp_path: Path, corpus: Callable[..., Path], article: str) -> None:
    """Repair writes UTF-8, tells its steps, leaves the sources alone, and has nothing to do the second time."""
    broken = article.replace("Tuesday", "Tuésday — «sûr»")
    where = corpus(
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
