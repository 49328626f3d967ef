"""Whatever the bytes and whatever the ending: no error, at least one row, and books that add up."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tempfile
import zipfile
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from provcheck.config import Limits, Settings
from provcheck.readers import SUFFIXES, Ledger, jsonscan, read
from provcheck.readers.streams import buffered
from provcheck.readers.zst import Frames

JSONISH = st.text(alphabet='{}[]",:\\ \n0atextul\u00e9', max_size=200).map(str.encode)
TABLISH = st.text(alphabet='id,text;\t"\\\r\n\u00e9 x', max_size=200).map(lambda t: b"id,text\n" + t.encode("cp1252"))
SMALL = Settings(limits=Limits(document_bytes=120, archive_members=5, nested_bytes=5000))


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.jsonl", data)
        archive.writestr("b.txt", data)
    return out.getvalue()


PACKS = (bytes, gzip.compress, bz2.compress, lzma.compress, zstandard.compress, zipped)


@given(
    data=st.binary(max_size=300) | JSONISH | TABLISH,
    suffix=st.sampled_from([*SUFFIXES, ""]),
    pack=st.sampled_from(PACKS),
    cut=st.integers(0, 30),
)
@example(data=b'{"text":"a"}\n{"b":1}', suffix=".jsonl", pack=bytes, cut=0)
@example(data=b"\x0e\n\x0e\n", suffix=".csv", pack=gzip.compress, cut=1)
@example(data=b"\t", suffix=".zip", pack=zipped, cut=0)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_file_gives_rows_that_add_up(data: bytes, suffix: str, pack: object, cut: int) -> None:
    """Random, nearly right, packed and cut input, twice: the same rows, all counted."""
    packed = pack(data)  # type: ignore[operator]  # each packs bytes
    raw = packed[: len(packed) - cut] if cut < len(packed) else packed
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / f"a{suffix}").write_bytes(raw)
        ledger = Ledger()
        rows = list(read([home], SMALL, ledger))
        assert rows
        assert ledger.faults(len(rows)) == ()
        assert rows == list(read([home], SMALL))
    for row in rows:
        json.dumps([dict(row.declared), dict(row.extra), row.origin.path], ensure_ascii=False, allow_nan=False).encode()
        assert all(row.declared.values())


@given(
    st.lists(
        st.dictionaries(st.text(max_size=5), st.text(max_size=9) | st.integers() | st.none(), max_size=4), max_size=8
    )
)
def test_scanner_cuts_what_the_parser_reads(records: list[dict[str, object]]) -> None:
    """The records that are cut out of an array are those that were written into it, at their places."""
    raw = json.dumps(records, ensure_ascii=False).encode("utf-8", "surrogatepass")
    pieces = list(jsonscan.pieces(io.BytesIO(raw), 10_000, 1))
    assert [json.loads(p.raw or b"") for p in pieces] == records
    assert all(raw[p.offset : p.offset + p.length] == p.raw for p in pieces)


class Drops:
    """A source that gives a few bytes at a time, so that every token is cut somewhere."""

    def __init__(self, data: bytes, size: int) -> None:
        """Give `size` bytes at a time, whatever is asked for."""
        self.stream, self.size = io.BytesIO(data), size

    def read(self, _: int, /) -> bytes:
        """The next drop."""
        return self.stream.read(self.size)


@given(st.integers(1, 7), st.sampled_from([0, 1, 2]))
def test_scanner_does_not_care_where_it_is_cut(size: int, depth: int) -> None:
    """The same pieces, whether the stream comes whole or in drops."""
    raw = b'{"a": "x\\"]y", "b": [{"c": "}"}, {"d": "\\\\"}]} {"e": [{}]}'
    assert list(jsonscan.pieces(Drops(raw, size), 1000, depth)) == list(jsonscan.pieces(io.BytesIO(raw), 1000, depth))


@given(st.binary(max_size=2000), st.integers(1, 400), st.booleans(), st.integers(1, 9))
@settings(deadline=None)
def test_cut_frames_are_noticed(data: bytes, cut: int, checksum: bool, size: int) -> None:  # noqa: FBT001  drawn
    """A whole stream of frames passes; one that is cut anywhere does not."""
    frame = zstandard.ZstdCompressor(write_checksum=checksum).compress(data)
    whole = frame + b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc" + frame

    def drain(raw: bytes) -> bytes:
        frames, out = Frames(buffered(io.BytesIO(raw))), b""
        while part := frames.read(size):
            out += part
        return out

    assert drain(whole) == whole
    if cut < len(frame):
        with pytest.raises(EOFError):
            drain(whole[:-cut])
