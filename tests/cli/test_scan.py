"""`provcheck scan`: the frame, on the screen and in files."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended


def test_one_bad_record_leaves_the_others(run: Callable[..., Ended], corpus: Callable[..., Path], article: str) -> None:
    """Invalid JSON in line 7 and a row without text have their own codes and places; all others go on."""
    lines = [json.dumps({"id": n, "text": article}) for n in range(1, 11)]
    lines[6] = '{"id": 7, "text": '
    lines[8] = '{"id": 9, "text": null}'
    corpus(a__jsonl="\n".join(lines))
    rows = [json.loads(line) for line in run("scan", "corpus", "-f", "jsonl").out.splitlines()]
    assert {row["row"]: row["ingest_code"] for row in rows if not row["read"]} == {7: "PC104", 9: "PC105"}
    assert sum(row["read"] for row in rows) == 8


def test_scan_to_files(run: Callable[..., Ended], tmp_path: Path, corpus: Callable[..., Path], article: str) -> None:
    """The ending of the output chooses the format, and nothing is printed."""
    corpus(a__txt=article, b__txt=article.replace("two", "three"))
    for name in ("rows.jsonl", "rows.csv", "rows.parquet"):
        ended = run("scan", "corpus", "-o", name)
        assert (ended.code, ended.out) == (0, "")
        assert (tmp_path / name).stat().st_size > 500
    assert pq.read_table(tmp_path / "rows.parquet").num_rows == 2
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(".part")]


def test_workers_do_not_change_a_byte(run: Callable[..., Ended], corpus: Callable[..., Path], article: str) -> None:
    """One worker and two write the same records."""
    corpus(**{f"n{n:03}__txt": f"{article}\nNumber {n}.\n" * 40 for n in range(120)})
    one = run("scan", "corpus", "-f", "jsonl", "--workers", "1")
    two = run("scan", "corpus", "-f", "jsonl", "--workers", "2")
    assert one.out.count("\n") == 120
    assert one == two


def test_scan_into_a_pipe(run: Callable[..., Ended], tmp_path: Path, corpus: Callable[..., Path], article: str) -> None:
    """An output that is no file, such as a pipe, is written to and not replaced; a link's file is."""
    corpus(a__txt=article)
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor(1) as other:
        read = other.submit((tmp_path / "pipe").read_bytes)
        assert run("scan", "corpus", "-f", "jsonl", "-o", "pipe").code == 0
        assert json.loads(read.result(timeout=60))["read"]
    assert (tmp_path / "pipe").is_fifo()
    (tmp_path / "real.jsonl").write_text("")
    (tmp_path / "link.jsonl").symlink_to("real.jsonl")
    assert run("scan", "corpus", "-o", "link.jsonl").code == 0
    assert (tmp_path / "link.jsonl").is_symlink()
    assert json.loads((tmp_path / "real.jsonl").read_bytes())["read"]
