"""The frame: every record has every column, and nothing is lost on the way to Parquet and pandas."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck import frame
from provcheck.config import Settings
from provcheck.examine import examine
from provcheck.frame import Amendment
from provcheck.model import Document, Envelope, Finding, Origin, Problem
from provcheck.rules import RULES

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings(as_of=dt.date(2026, 1, 1))
TEXT = """\
Bridge opens

ELMHAVEN: The bridge was opened on Saturday, a month early.

Published in The Courier, May 4, 2024
"""


def envelope(raw: bytes, problem: Problem | None = None) -> Envelope:
    """An envelope of a file."""
    return Envelope(Origin("c/a.txt", "a.txt", length=len(raw), sha256="0" * 64), "txt", raw, problem=problem)


@pytest.fixture(scope="module")
def good() -> frame.Record:
    """The record of a document that was read."""
    return frame.record(examine(envelope(TEXT.encode()), SETTINGS))


@pytest.fixture(scope="module")
def bad() -> frame.Record:
    """The record of one that was not."""
    return frame.record(examine(envelope(b"\x00", Problem("PC103", "binary data")), SETTINGS))


def test_records_have_all_columns(good: frame.Record, bad: frame.Record) -> None:
    """Whether a document was read or not, its record has every column, in order."""
    assert tuple(good) == tuple(bad) == frame.NAMES
    assert len(set(frame.NAMES)) == len(frame.NAMES)


def test_unread(bad: frame.Record) -> None:
    """A row with a reason has the code, the message, and no values."""
    assert (bad["read"], bad["ingest_code"], bad["text"], bad["date"]) == (False, "PC103", None, None)
    assert bad["findings"][0]["message"] == "holds binary data, not text"
    assert bad["n_critical"] == 1


def test_columns_are_explained() -> None:
    """Every column says what it means; flags name a rule that exists."""
    assert all(column.meaning for column in frame.COLUMNS)
    assert {code for code, _ in frame.FLAGS.values()} <= RULES.keys()


def test_parquet_round_trip(good: frame.Record, bad: frame.Record, tmp_path: Path) -> None:
    """What is written to Parquet is what pandas gives."""
    frame.write_parquet([good, bad], tmp_path / "f.parquet")
    read = frame.read_parquet(tmp_path / "f.parquet")
    assert list(read.columns) == list(frame.NAMES)
    assert read["text"].tolist()[0] == TEXT
    assert read["date_day"].tolist()[0] == dt.datetime(2024, 5, 4)  # noqa: DTZ001  # naive on purpose
    assert read["read"].tolist() == [True, False]
    assert frame.pandas([good, bad]).equals(read)
    assert list(frame.read_parquet(tmp_path / "f.parquet", ["n_words", "doc_id"]).columns) == ["doc_id", "n_words"]


def test_a_folder_of_parts(good: frame.Record, bad: frame.Record, tmp_path: Path) -> None:
    """What Spark writes, a folder of files, is read as one frame, in the order of their names."""
    assert not frame.is_frame(tmp_path)
    for number, row in ((1, bad), (0, good)):
        frame.write_parquet([row], tmp_path / f"part-{number:05}.parquet")
    (tmp_path / "_SUCCESS").touch()
    assert frame.is_frame(tmp_path)
    assert frame.read_parquet(tmp_path).equals(frame.pandas([good, bad]))
    ids = [row["doc_id"] for row in frame.read_records(tmp_path, ["doc_id"], size=1)]
    assert ids == [good["doc_id"], bad["doc_id"]]


def test_no_rows(tmp_path: Path) -> None:
    """An empty frame still has its columns."""
    frame.write_parquet([], tmp_path / "f.parquet")
    assert frame.read_parquet(tmp_path / "f.parquet").shape == (0, len(frame.NAMES))


def test_more_than_a_batch(good: frame.Record) -> None:
    """Rows beyond one batch are all there."""
    parts = list(frame.tables((good for _ in range(25)), size=10))
    assert [part.num_rows for part in parts] == [10, 10, 5]


def test_amend(good: frame.Record) -> None:
    """What the corpus adds changes flags and counts, and leaves the rest."""
    start = TEXT.index("The bridge")
    finding = Finding.of("PC702", TEXT, (start, start + 10), other="b.txt", similarity=0.9)
    row = frame.amend(good, Amendment("first", (finding, Finding.of("PC801", count=9, length=500, unit="characters"))))
    assert (row["duplicate_cluster"], row["duplicate"], row["length_clamped"]) == ("first", True, True)
    assert row["n_findings"] == good["n_findings"] + 2
    assert {f["code"]: f["start_line"] for f in row["findings"]}["PC702"] == 3
    assert (good["duplicate"], good["length_clamped"]) == (False, False)
    assert row["text"] == TEXT


def test_first_of_a_cluster_is_no_duplicate(good: frame.Record) -> None:
    """Only the copies count as duplicates."""
    assert not frame.amend(good, Amendment(cluster=good["doc_id"]))["duplicate"]


def test_rows_are_whole_numbers(good: frame.Record, bad: frame.Record, tmp_path: Path) -> None:
    """The number of a record is whole in pandas too, whether or not a document beside it has none."""
    for rows in ([None, 7], [None, None], [1], []):
        records = [{**base, "row": row} for base, row in zip((good, bad), rows, strict=False)]
        frame.write_parquet(records, tmp_path / "f.parquet")
        for read in (frame.pandas(records), frame.read_parquet(tmp_path / "f.parquet")):
            assert str(read["row"].dtype) == "Int64"
            assert [None if row is pd.NA else row for row in read["row"]] == rows


def test_dump_takes_any_text(good: frame.Record) -> None:
    """A lone surrogate, which a JSON record may hold, does not stop the output."""
    line = frame.dump({**good, "title": "a\ud800b"})
    assert json.loads(line)["title"] == "a\ud800b"


@given(st.data())
def test_lines_and_tables_agree(good: frame.Record, bad: frame.Record, data: st.DataObject) -> None:
    """The table of lines is the table of their records, whatever stands in them, and a line is read as it was."""
    text = st.none() | st.text(st.characters(codec="utf-8"))
    records = []
    for base in data.draw(st.lists(st.sampled_from([good, bad]), max_size=4)):
        day = data.draw(st.none() | st.dates().map(dt.date.isoformat))
        strings = {name: data.draw(text) for name in ("path", "text", "content", "title", "declared")}
        added = Amendment(
            data.draw(st.none() | st.just("0" * 16)), (Finding.of("PC302"),) * data.draw(st.integers(0, 2))
        )
        share = data.draw(st.floats(allow_nan=False, allow_infinity=False))
        number = data.draw(st.integers(-(2**63), 2**63 - 1))
        changed = {**base, **strings, "date": day, "boilerplate_share": share, "row": number}
        records.append(frame.amend(changed, added))
    lines = [frame.dump(record) for record in records]
    assert [frame.load(line) for line in lines] == records
    assert frame.table(lines).equals(next(frame.tables(records)))


def test_a_lone_surrogate_is_read_as_it_was(good: frame.Record) -> None:
    """What JSON can say and UTF-8 cannot, comes back too."""
    assert frame.load(frame.dump({**good, "title": "a\ud800b"}))["title"] == "a\ud800b"


@pytest.mark.parametrize(
    ("content", "words"),
    [("", 0), ("one two  three\n", 3), ("Größe ändert nichts", 3), ("東京都の人口", 3), ("한국어 문장 셋", 3)],
)
def test_words(content: str, words: int) -> None:
    """Words are counted by spaces, and by characters where a script has none."""
    assert frame.record(examine(envelope((content or " ").encode()), SETTINGS))["n_words"] == words if content else True


def test_document_of() -> None:
    """A document can be made from a text alone."""
    document = Document.of("a\nb\n", date="2024-01-01")
    assert (len(document.lines), document.declared["date"], len(document.origin.doc_id)) == (2, "2024-01-01", 16)
