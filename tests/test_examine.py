"""Documents are examined in chunks, and each is told what it would be told alone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest

from provcheck import Settings, examine, frame, rows
from provcheck.model import Envelope, Origin, Problem, Unread
from provcheck.readers import read

if TYPE_CHECKING:
    from pathlib import Path

    from provcheck.describe import Asked

STORY = "The council will mend the lamps of the lower town in June, and the upper town has to wait for another year.\n"
PAGE = "Home\nNews\nContact\n\nLamps to be mended\n\n" + STORY * 3 + "\n© 2020 The Courier\nRead more\n"


def envelope(number: int, raw: bytes, problem: Problem | None = None) -> Envelope:
    """An envelope of its own name."""
    name = f"corpus/{number}.txt"
    return Envelope(Origin(name, name, length=len(raw), sha256=f"{number:064x}"), "txt", raw, problem=problem)


CHUNK = [
    envelope(1, PAGE.encode()), envelope(2, b""), envelope(3, STORY.encode()), envelope(4, b"", Problem("PC106", "x")),
    envelope(5, " \n".encode("utf-16")), envelope(6, "Sześć łóżek".encode("iso8859-2")), envelope(7, b"\xff\x00" * 99),
    envelope(8, b"<p>Share</p>\n" * 500), envelope(9, PAGE.encode()),
]  # fmt: skip


@pytest.mark.parametrize("priors", [None, {"corpus": {"iso8859-2": 1.0}}])
def test_chunks_and_single_documents(priors: dict[str, dict[str, float]] | None) -> None:
    """Readable or not, a document of a chunk gets the row that it gets alone, and the rows come in order."""
    alone = [row for each in CHUNK for row in examine.rows([each], Settings(), priors)]
    assert list(examine.rows(CHUNK, Settings(), priors)) == alone
    assert [row.origin for row in alone] == [each.origin for each in CHUNK]
    assert list(examine.rows(CHUNK[::-1], Settings(), priors)) == alone[::-1]


def test_packed_rows_hold_for_their_own_days() -> None:
    """The dates of one document do not bind the days for which the row of another holds."""
    dated = envelope(1, f"{STORY}\nPublished in The Harbour Courier, March 12th, 2024\n".encode())
    chunk = [dated, envelope(2, STORY.encode()), replace(dated, origin=replace(dated.origin, path="corpus/3.txt"))]
    assert rows.packed(chunk, Settings()) == [rows.packed([each], Settings())[0] for each in chunk]


def test_examine_is_a_chunk_of_one() -> None:
    """What `examine` gives is what a chunk gives."""
    for each in CHUNK:
        found = examine.examine(each, Settings())
        assert [examine.row(found)] == list(examine.rows([each], Settings()))
        assert isinstance(found, Unread) == (not examine.row(found).fingerprint)


@pytest.mark.parametrize(
    ("raw", "media", "encoding"),
    [
        (b'---\ntitle: "A \\ud800 half"\ndate: 2024-01-01\n---\n\n' + STORY.encode(), "text", None),
        (
            b'<html><head><script type="application/ld+json">{"@type": "NewsArticle", "headline": "A \\ud800 half"}'
            b"</script><title>&#xd800;</title></head><body><p>" + STORY.encode() + b"</p></body></html>",
            "html",
            None,
        ),
        (b"A +2AA- half\n\n" + STORY.encode(), "text", "utf-7"),
    ],
    ids=["front matter", "JSON-LD", "UTF-7"],
)
def test_half_pairs_reach_no_row(raw: bytes, media: Literal["text", "html"], encoding: str | None) -> None:
    """Half of a surrogate pair, which some escapes can write, fits into no table and no UTF-8."""
    [row] = examine.rows([replace(envelope(1, raw), media=media, encoding=encoding)], Settings())
    assert frame.lines.table([row.line]).num_rows == 1
    assert json.loads(row.line)["read"]
    assert b"\\ud800" not in row.line.replace(b"\\\\ud800", b"")


BARE = (
    "WARSAW, March 3 (Reuters) - Poland's central bank held its main interest rate on Wednesday, in line with "
    "forecasts, and said inflation would return to target only in 2026. Traders said the zloty was little chang"
)


def test_fields_are_read_as_the_text_is(tmp_path: Path) -> None:
    """In a table of an old encoding the title is read by what the text beside it tells."""
    rows = "Prom się spóźnił o godzinę,Żółw nie zauważył; prom odpłynął później niż zwykle i nikt się nie skarżył."
    (tmp_path / "a.csv").write_bytes(f"title,text\n{rows}\n".encode("iso8859-2"))
    [row] = examine.rows(list(read([str(tmp_path)], Settings())), Settings())
    record = json.loads(row.line)
    assert record["title"] == "Prom się spóźnił o godzinę"
    assert json.loads(record["extra"])["fields_encoding"] == record["encoding"]


@pytest.mark.parametrize(
    "header", ["date 2022-11-30 id 0a1b2c3d ", "\n\n date 2022-11-30 ", "Date: 2022-11-30\nId: 7\n\n  "]
)
def test_article_on_the_line_of_its_header(header: str) -> None:
    """What stands behind a header on the same line, or indented below it, is told what it is told alone."""
    said = ("language", "agency", "author", "place", "truncated", "content")
    both = [envelope(1, BARE.encode()), envelope(2, (header + BARE).encode())]
    alone, behind = (json.loads(row.line) for row in examine.rows(both, Settings()))
    assert {name: behind[name] for name in said} == {name: alone[name] for name in said}
    assert (alone["language"], alone["agency"], alone["truncated"]) == ("en", "Reuters", True)
    assert behind["date"] == "2022-11-30"


def test_nothing() -> None:
    """A chunk of no documents has no rows."""
    assert list(examine.rows([], Settings())) == []


def test_a_bug_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """What our own code raises on one document is neither hidden nor taken for a finding."""

    def descriptions(asked: list[Asked]) -> None:
        raise KeyError(asked[0].document.origin.path)

    monkeypatch.setattr(examine, "descriptions", descriptions)
    with pytest.raises(KeyError, match="corpus/1"):
        list(examine.rows(CHUNK, Settings()))
