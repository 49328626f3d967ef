"""Which files are found, in which order, under which names; and the books that are kept of them."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.config import Settings
from provcheck.errors import NoDocumentsError
from provcheck.globs import matches, split
from provcheck.readers import Ledger, find, read
from provcheck.readers.ledger import Tally
from provcheck.readers.sources import printable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Corpus = Callable[[dict[str, bytes]], Path]

GOOD = b"The ferry was late.\n"


def test_paths_come_sorted_whole(corpus: Corpus) -> None:
    """The order is that of the whole paths, where a folder's slash counts: not folder by folder."""
    home = corpus(dict.fromkeys(["b/x.txt", "a.txt", "a-b.txt", "a/z.txt", "a/b/c.txt", "b.txt", "ä ö/ü.txt"], GOOD))
    found = [s.relative for s in find([str(home)])]
    assert found == sorted(found)
    assert found == ["a-b.txt", "a.txt", "a/b/c.txt", "a/z.txt", "b.txt", "b/x.txt", "ä ö/ü.txt"]
    assert [s.path for s in find([f"{home}/"])] == [f"{home}/{r}" for r in found]


def test_what_is_left_out_is_booked(corpus: Corpus) -> None:
    """Hidden files, files of systems and excluded ones are counted by their reason and named."""
    home = corpus(dict.fromkeys([".git/x", ".a.txt", "Thumbs.db", "raw/a.txt", "b.log", "c.txt"], GOOD))
    ledger = Ledger()
    assert [s.relative for s in find([str(home)], ("raw", "*.log"), ledger)] == ["c.txt"]
    assert ledger.skipped == {"hidden": 2, "left behind by a system": 1, "excluded by the configuration": 2}
    assert len(ledger.names) == 5
    assert f"{home}/b.log: excluded by the configuration" in ledger.names


def test_a_file_that_is_named_is_read(corpus: Corpus) -> None:
    """`exclude` is about what is found below a folder, and not about what somebody asks for."""
    home = corpus({"drafts/d.txt": GOOD})
    assert [s.relative for s in find([str(home / "drafts" / "d.txt")], ("drafts", "drafts/*", "*.txt"))] == ["d.txt"]
    with pytest.raises(NoDocumentsError):
        list(find([str(home)], ("drafts/*",)))


def test_overlapping_arguments_give_a_file_once(corpus: Corpus) -> None:
    """A folder, a file in it, the folder again by another way: the file keeps its name below the first folder."""
    home = corpus({"sub/a.txt": GOOD})
    ledger = Ledger()
    found = list(find([str(home / "sub" / "a.txt"), str(home), f"{home}/sub", f"{home}/."], (), ledger))
    assert [(s.path, s.relative) for s in found] == [(f"{home}/sub/a.txt", "sub/a.txt")]
    assert ledger.skipped == {"given twice": 3}


def test_hidden_argument_is_read(corpus: Corpus) -> None:
    """What the user names is meant, dot or not."""
    home = corpus({".corpus/a.txt": GOOD})
    assert [s.relative for s in find([str(home / ".corpus")])] == ["a.txt"]


def test_name_that_is_no_text_can_be_stored(corpus: Corpus) -> None:
    """A name in bytes that are not UTF-8 is shown by escapes, and its file is read."""
    home = corpus({})
    with open(os.fsencode(home) + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123  pathlib takes no bytes
        file.write(GOOD)
    (found,) = read([str(home)], Settings())
    assert found.raw == GOOD
    assert found.origin.relative == "caf\\xe9.txt"
    json.dumps(found.origin.path, ensure_ascii=False).encode()


@given(st.binary(max_size=30))
def test_every_name_is_printable(name: bytes) -> None:
    """Whatever bytes a name has, it can be written as UTF-8."""
    printable(os.fsdecode(name)).encode()


@pytest.mark.parametrize(
    ("path", "pattern", "left_out"),
    [
        ("a/b.txt", "*.txt", True),
        ("a/b.txt", "a", False),
        ("a/b.txt", "a/*.txt", True),
        ("a/b/c.txt", "a/*.txt", False),
        ("a/b/c.txt", "a/**/*.txt", True),
        ("a/c.txt", "a/**/*.txt", True),
        ("a/b", "**/b", True),
        ("b", "**/b", True),
        ("ab", "a?", True),
        ("a/b", "A/b", False),
    ],
)
def test_patterns(path: str, pattern: str, *, left_out: bool) -> None:
    """A pattern without a slash fits any name, one with slashes the path."""
    assert matches(path, [split(pattern)]) is left_out


def test_very_deep_folders_are_walked(tmp_path: Path) -> None:
    """A tree of three hundred folders, one in the other."""
    here = os.getcwd()  # noqa: PTH109  the path below is too long for one call
    os.chdir(tmp_path)
    try:
        for _ in range(300):
            os.mkdir("d")  # noqa: PTH102  see above
            os.chdir("d")
        with open("a.txt", "wb") as file:  # noqa: PTH123  see above
            file.write(GOOD)
    finally:
        os.chdir(here)
    (found,) = read([str(tmp_path)], Settings())
    assert found.raw == GOOD


def test_books_show_what_is_lost() -> None:
    """A container that gives less than it holds, and rows that never arrive, are faults."""
    ledger = Ledger()
    ledger.found(10)
    ledger.close(Tally("a.jsonl", "line", counted=3, given=2))
    assert "10 bytes were counted in, 0 were gone through" in ledger.faults(2)
    ledger.left(10, whole=True)
    assert ledger.faults(2) == (
        "a.jsonl: 3 lines were counted, 2 were given",
        "3 documents were counted in, 2 came out",
    )


def test_books_add_up(corpus: Corpus) -> None:
    """Files and bytes as the file system states them, documents as the containers do."""
    lines = b'{"text": "x"}\n\n{"text": "y"}\n{broken\n'
    home = corpus({"a.txt": GOOD, "b.jsonl": lines, "c.txt": b""})
    ledger = Ledger()
    rows = list(read([str(home)], Settings(), ledger))
    assert (ledger.files, ledger.bytes, ledger.documents, len(rows)) == (3, len(GOOD) + len(lines), 5, 5)
    assert ledger.faults(len(rows)) == ()
    assert ledger.faults(len(rows) - 1) == ("5 documents were counted in, 4 came out",)


@pytest.mark.parametrize("name", ["provcheck.toml", "pyproject.toml", "ours.txt"])
def test_configuration_is_no_document(tmp_path: Path, name: str) -> None:
    """The file that the run goes by is left out and booked; one of the same name elsewhere is not, nor an argument."""
    (tmp_path / "deep").mkdir()
    for path in (name, f"deep/{name}", f"not-{name}"):
        (tmp_path / path).write_text("text")
    ledger, own = Ledger(), str(tmp_path / "deep" / ".." / name)
    found = [source.relative for source in find([str(tmp_path)], ledger=ledger, own=[own])]
    assert found == [f"deep/{name}", f"not-{name}"]
    assert dict(ledger.skipped) == {"the configuration of provcheck": 1}
    assert [source.relative for source in find([str(tmp_path / name)], own=[own])] == [name]
    with pytest.raises(NoDocumentsError):
        list(find([str(tmp_path)], ["deep", "not-*"], own=[own]))


def test_suites_are_no_documents(tmp_path: Path) -> None:
    """A folder of suites inside the corpus is left out with all it holds; its like is not, nor an argument."""
    for path in ("expectations/a.json", "expectations/deep/b.json", "expectations-of-mine/c.json", "d.json"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("{}")
    ledger, own = Ledger(), str(tmp_path / "expectations/")
    found = [source.relative for source in find([str(tmp_path)], ledger=ledger, own=[own])]
    assert found == ["d.json", "expectations-of-mine/c.json"]
    assert dict(ledger.skipped) == {"the configuration of provcheck": 2}
    assert [source.relative for source in find([own], own=[own])] == ["a.json", "deep/b.json"]


def test_reports_are_no_documents(tmp_path: Path) -> None:
    """A report of provcheck that stands inside a corpus is left out, and counted as that; Spark's too."""
    report = tmp_path / "provcheck-report"
    report.mkdir()
    for name in ("results.json", "documents.parquet"):
        (report / name).write_text("{}")
    (tmp_path / "of spark" / "documents.parquet").mkdir(parents=True)
    (tmp_path / "of spark" / "results.json").write_text("{}")
    (tmp_path / "a.txt").write_text("text")
    ledger = Ledger()
    assert [source.relative for source in find([str(tmp_path)], ledger=ledger)] == ["a.txt"]
    assert dict(ledger.skipped) == {"a report of provcheck": 2}
