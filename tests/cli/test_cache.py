"""`provcheck cache`, and what a run does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended

pytestmark = pytest.mark.usefixtures("faulty")


def test_cache(run: Callable[..., Ended], tmp_path: Path) -> None:
    """What was examined is kept, shown and cleared; nothing of it without a cache."""
    place = str(tmp_path / "Cache mit ä")
    assert run("cache", "--cache", place).out == f"folder   {place}\nentries  0\nsize     0 bytes\n"
    first = run("scan", "corpus", "-f", "jsonl", "--cache", place)
    again = run("scan", "corpus", "-f", "jsonl", "--cache", place)
    without = run("scan", "corpus", "-f", "jsonl", "--no-cache")
    assert first.out == again.out == without.out != ""
    assert first.err == again.err == without.err == ""
    shown = run("cache", "--cache", place).out.splitlines()
    assert shown[:2] == [f"folder   {place}", "entries  4"]
    assert run("cache", "--clear", "--cache", place).out.startswith("4 entries deleted")
    assert "entries  0" in run("cache", "--cache", place).out


def test_cache_that_does_not_work(run: Callable[..., Ended], tmp_path: Path) -> None:
    """A cache that is damaged or cannot be is told in one line, and the records are the same."""
    (tmp_path / "file").write_text("")
    expected = run("scan", "corpus", "-f", "jsonl", "--no-cache").out
    ended = run("scan", "corpus", "-f", "jsonl", "--cache", "file")
    assert (ended.code, ended.out) == (0, expected)
    assert ended.err.startswith("provcheck: the cache in ")
    assert ended.err.count("\n") == 1
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "rows-1.sqlite3").write_bytes(b"no database" * 999)
    ended = run("scan", "corpus", "-f", "jsonl", "--cache", "cache")
    assert (ended.code, ended.out) == (0, expected)
    assert "was damaged, and was begun anew" in ended.err
    assert run("scan", "corpus", "-f", "jsonl", "--cache", "cache").err == ""


def test_cache_of_the_configuration(run: Callable[..., Ended], tmp_path: Path) -> None:
    """The file names the folder, from where it stands, or switches the cache off."""
    (tmp_path / "provcheck.toml").write_text('cache = ".cache/ours"\n')
    run("scan", "corpus")
    assert (tmp_path / ".cache" / "ours" / "rows-1.sqlite3").is_file()
    (tmp_path / "provcheck.toml").write_text("cache = false\n")
    assert run("cache").out == "no cache: the configuration switches it off\n"
    assert run("scan", "corpus").code == 0
    (tmp_path / "provcheck.toml").write_text("cache = true\n")
    assert "cache must be a string, not True" in run("scan", "corpus").err


def test_cache_in_the_corpus_is_refused(run: Callable[..., Ended]) -> None:
    """Sources are never written to."""
    ended = run("scan", "corpus", "--cache", "corpus/cache")
    assert ended.code == 2
    assert "never written to" in ended.err
