"""Records of a crawl in segments: joined where all stand in the file, and told where one does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.config import Limits, Settings
from provcheck.readers import Ledger, Source, unpack, warcparts

if TYPE_CHECKING:
    from provcheck.model import Envelope

TEXT = b"It rained on the harbour all day, and the ferry stayed where it was.\n"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + TEXT


def record(block: bytes, **fields: str | int) -> bytes:
    """A record with these fields; underscores are hyphens, and a field without a value is left out."""
    named = {
        "WARC-Type": "response", "WARC-Target-URI": "https://example.org/", "WARC-Date": "2024-03-12T08:00:00Z",
        "WARC-Record-ID": "<urn:uuid:1>", "Content-Type": "application/http", "Content-Length": len(block),
    } | {name.replace("_", "-"): value for name, value in fields.items()}  # fmt: skip
    return (
        ("WARC/1.0\r\n" + "".join(f"{k}: {v}\r\n" for k, v in named.items() if v != "") + "\r\n").encode()
        + block
        + (b"\r\n\r\n")
    )


def segments(block: bytes, count: int, name: str = "<urn:uuid:1>", **fields: str) -> list[bytes]:
    """A record in so many segments."""
    size = -(-len(block) // count)
    made = [record(block[:size], WARC_Record_ID=name, WARC_Segment_Number=1, **fields)]
    for n in range(1, count):
        last = {"WARC_Segment_Total_Length": len(block)} if n == count - 1 else {}
        made.append(
            record(
                block[n * size : n * size + size], WARC_Type="continuation", WARC_Segment_Number=n + 1, Content_Type="",
                WARC_Segment_Origin_ID=name, WARC_Record_ID=f"<urn:uuid:1-{n}>", **last,
            )
        )  # fmt: skip
    return made


WHOLE = record(TEXT, WARC_Type="resource", Content_Type="text/plain", WARC_Record_ID="<urn:uuid:2>")


def read(raw: bytes, **limits: int) -> tuple[list[Envelope], Ledger]:
    """Each row, and the ledger, which is held to account."""
    books = Ledger()
    books.found(len(raw))
    found = list(unpack(Source("a.warc", "a.warc", "a.warc", len(raw)), raw, Settings(limits=Limits(**limits)), books))
    assert books.faults(len(found)) == ()
    return found, books


def told(raw: bytes, **limits: int) -> list[bytes | str]:
    """Each row's text, or its code and detail."""
    return [f"{e.problem.code} {e.problem.detail}" if e.problem else e.raw for e in read(raw, **limits)[0]]


@pytest.mark.parametrize("count", [2, 3, 9])
@pytest.mark.parametrize("turned", [False, True])
def test_segments_are_one_record(count: int, *, turned: bool) -> None:
    """In either order, with others between them; the row stands where the first does."""
    parts = segments(PAGE, count)[:: -1 if turned else 1]
    found, books = read(WHOLE.join(parts))
    [page] = [e for e in found if e.declared.get("id") == "<urn:uuid:1>"]
    assert page.raw == TEXT
    assert page.origin.offset == WHOLE.join(parts).index(segments(PAGE, count)[0])
    assert page.extra["HTTP"]["status"] == 200
    numbers = [1 + 2 * n for n in range(count)][:: -1 if turned else 1]
    assert page.extra["segments"] == f"records {', '.join(map(str, numbers))}"
    assert (page.origin.row, len(found)) == (numbers[0], count)
    assert books.skipped == {"segments of other records (WARC)": count - 1}


MISSING = {
    "the first": ([1, 2], "1 is not"),
    "one between": ([0, 2], "2 is not"),
    "the last": ([0, 1], "the last one is not"),
    "all but the first": ([0], "the last one is not"),
    "all but the last": ([2], "1 and 2 are not"),
    "all but the second": ([1], "1 and the last one are not"),
}


@pytest.mark.parametrize(("kept", "words"), MISSING.values(), ids=MISSING.keys())
def test_a_missing_segment_is_told(kept: list[int], words: str) -> None:
    """In one row behind the others, which names those that are missing."""
    parts = segments(PAGE, 3)
    before, found = told(b"".join([*(parts[n] for n in kept), WHOLE]))
    assert before == TEXT
    assert found == f"PC104 record 1: of the record <urn:uuid:1> in segments, {words} in this file"


WRONG = {
    "no number": (record(b"x", WARC_Type="continuation", WARC_Segment_Origin_ID="<a>"), "the number ''"),
    "no word": (record(PAGE, WARC_Segment_Number="one"), "the number 'one'"),
    "zero": (record(PAGE, WARC_Segment_Number="0"), "the number '0'"),
    "a first that goes on": (
        record(b"x", WARC_Type="continuation", WARC_Segment_Number=1, WARC_Segment_Origin_ID="<a>"), "the number '1'"
    ),
    "beyond all": (record(PAGE, WARC_Segment_Number="9" * 50), "the number '9999999999'"),
    "no record named": (record(b"x", WARC_Type="continuation", WARC_Segment_Number=2), "does not name its record"),
    "twice the same": (segments(PAGE, 3)[1] * 2, "segment 2 stands twice"),
    "another length": (b"".join(segments(PAGE, 2)).replace(b"Total-Length: ", b"Total-Length: 1"), "and should have 1"),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "words"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_segment_is_a_row(raw: bytes, words: str) -> None:
    """Which says what is wrong; the records around it are read."""
    rows = told(WHOLE + raw + WHOLE)
    assert rows.count(TEXT) == 2
    assert any(isinstance(row, str) and row.startswith("PC104 record ") and words in row for row in rows)


def test_segments_of_what_is_no_document_are_counted() -> None:
    """A film in segments has no row, whole or not."""
    film = segments(PAGE.replace(b"text/plain", b"video/mp4"), 3)
    for parts in (film, film[:1], film[:2]):
        found, books = read(b"".join([WHOLE, *parts]))
        assert [e.raw for e in found] == [TEXT]
        assert books.skipped["images and videos (WARC)"] == 1


def test_limits_hold_for_what_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """For one record, for all that are open, and for how many there may be."""
    [row] = told(b"".join(segments(PAGE + TEXT * 20, 3)), document_bytes=1000)
    assert row == "PC108 a document of more than 1000 bytes (limits.document_bytes)"
    rows = told(b"".join(segments(PAGE + TEXT * 999, 2, f"<{n}>")[0] for n in range(3)), document_bytes=1000)
    assert sum(isinstance(row, str) and "are not held" in row for row in rows) == 2
    monkeypatch.setattr(warcparts, "MOST", 2)
    rows = told(b"".join(segments(PAGE, 2, f"<{n}>")[0] for n in range(3)))
    assert sum(isinstance(row, str) and "more than 2 records" in row for row in rows) == 1


def test_what_is_held_is_told_where_the_file_breaks_off() -> None:
    """The row of the segment comes before that of the damage."""
    rows = told(segments(PAGE, 2)[0] + WHOLE + WHOLE[:-30])
    assert [row if isinstance(row, bytes) else row[:5] for row in rows] == [TEXT, "PC106", "PC104"]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4)), max_size=12), st.integers(2, 5))
def test_any_choice_of_segments_gives_rows_that_add_up(chosen: list[tuple[int, int]], count: int) -> None:
    """Each record that is whole is a document, and each other segment is in a row or in the books."""
    pages = [segments(PAGE + b"%d\n" % n, count, f"<{n}>") for n in range(3)]
    picked = [(which, n) for which, n in chosen if n < count]
    rows = told(b"".join([WHOLE, *(pages[which][n] for which, n in picked)]))
    assert TEXT in rows
    for which in range(3):
        there = [n for w, n in picked if w == which]
        if sorted(there) == list(range(count)):
            assert TEXT + b"%d\n" % which in rows
        elif there and len(set(there)) < count:
            assert any(isinstance(row, str) and f"<{which}>" in row for row in rows)
