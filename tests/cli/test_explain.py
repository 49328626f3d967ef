"""`provcheck explain`: one document and the evidence."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

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


@pytest.fixture
def packed(tmp_path: Path, article: str) -> Path:
    """Give an archive of a text and of a file of records, and a file whose own name looks like a record of it."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b/one.txt", article)
        archive.writestr("two!.jsonl", f"{json.dumps({'text': article})}\n" * 12)
    (tmp_path / "plain.txt#2").write_text(article)
    return tmp_path


@pytest.mark.usefixtures("packed")
@pytest.mark.parametrize(
    ("given", "named"),
    [
        (["a.zip!b/one.txt"], ("a.zip", "b/one.txt", None)),
        (["a.zip!two!.jsonl#12"], ("a.zip", "two!.jsonl", 12)),
        (["a.zip", "--member", "two!.jsonl", "--row", "12"], ("a.zip", "two!.jsonl", 12)),
        (["a.zip!two!.jsonl", "--row", "9"], ("a.zip", "two!.jsonl", 9)),
        (["plain.txt#2"], ("plain.txt#2", None, None)),
    ],
)
def test_named_as_every_output_does(run: Callable[..., Ended], given: list[str], named: tuple[str, str, int]) -> None:
    """A document is found by its name in a report; a file of that very name comes first."""
    row = json.loads(run("explain", *given, "--json").out)
    assert (row["path"], row["member"], row["row"]) == named


@pytest.mark.usefixtures("packed")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["a.zip"], "name one:\n  a.zip!b/one.txt\n  a.zip!two!.jsonl#1\n"),
        (["a.zip!two!.jsonl"], "  a.zip!two!.jsonl#10\n  and more\n"),
        (["a.zip!two!.jsonl#99"], "a.zip has no document in row 99; its rows go up to 12"),
        (["a.zip!two!.jsonl#0"], "a.zip has no document in row 0; its rows go up to 12"),
        (["a.zip!b/one.txt#2"], "a.zip has no rows: it is a single document"),
        (["a.zip!b/on.txt"], "unknown member 'b/on.txt': did you mean 'b/one.txt'?"),
        (["plain.txt#2", "--member", "b"], "plain.txt#2 has no members: it is a single document"),
        (["none.zip!b"], "no such file or folder: 'none.zip!b'"),
        (["a.zip#b"], "no such file or folder: 'a.zip#b'"),
        (["!"], "no such file or folder: '!'"),
    ],
)
def test_what_is_not_one_document(run: Callable[..., Ended], given: list[str], said: str) -> None:
    """Several are listed by the names that can be given, and what is not there is said by what is."""
    ended = run("explain", *given)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
