"""Crawls that are packed record by record: what is damaged is told, and costs no other record."""

from __future__ import annotations

import gzip
import io
import random
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.config import Limits, Settings
from provcheck.readers import Ledger, Source, unpack
from provcheck.readers.gunzip import HELD, Gunzip

if TYPE_CHECKING:
    from collections.abc import Callable

NOISE = random.Random(7)  # noqa: S311  bytes for tests
TEXTS = [
    b"It rained on pier %d, and the ferry %d stayed.\n" % (n, NOISE.randrange(10**9)) * (n % 4 + 1) for n in range(8)
]
OTHER = "Copies of articles are no crawl."


def record(body: bytes, number: int) -> bytes:
    """A record of a text."""
    head = (
        f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        f"WARC-Date: 2024-03-12T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: text/plain\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


MEMBERS = [gzip.compress(record(text, number), mtime=0) for number, text in enumerate(TEXTS)]


def read(raw: bytes, name: str = "a.warc.gz", limits: Limits | None = None) -> list[bytes | str]:
    """Each row's text, or its code and detail; the ledger is held to account."""
    books = Ledger()
    books.found(len(raw))
    found = list(unpack(Source(name, name, name, len(raw)), raw, Settings(limits=limits or Limits()), books))
    assert books.faults(len(found)) == ()
    return [f"{e.problem.code} {e.problem.detail}" if e.problem else e.raw for e in found]


def flipped(member: bytes, at: int) -> bytes:
    """A member with one byte inverted."""
    at %= len(member)
    return member[:at] + bytes([member[at] ^ 0xFF]) + member[at + 1 :]


@pytest.mark.parametrize("tail", [b"", bytes(3), bytes(70_000)])
def test_nothing_is_said_of_whole_members(tail: bytes) -> None:
    """Padding behind them is none of their fault, nor between them."""
    assert read(tail.join(MEMBERS) + tail) == TEXTS


DAMAGE = {
    "no mark": lambda m: b"\0\0" + m[2:],
    "an unknown method": lambda m: flipped(m, 2),
    "flags that are never set": lambda m: flipped(m, 3),
    "the first byte of what is packed": lambda m: flipped(m, 10),
    "a byte in the middle": lambda m: flipped(m, len(m) // 2),
    "its checksum": lambda m: flipped(m, -8),
    "its length": lambda m: flipped(m, -1),
    "cut in the middle": lambda m: m[: len(m) // 2],
    "cut to its mark": lambda m: m[:2],
    "without its end": lambda m: m[:-8],
    "without its beginning": lambda m: m[20:],
    "another text": lambda _: gzip.compress(OTHER.encode()),
    "a text as it is": lambda _: OTHER.encode(),
    "noise": lambda _: NOISE.randbytes(90_000),
    "a record that is cut": lambda m: gzip.compress(gzip.decompress(m)[:-30]),
}


NO_CRAWL = ("no mark", "without its beginning", "another text", "a text as it is", "noise")
"""A file that begins so is another one."""
CASES = [
    (name, n)
    for name in DAMAGE
    for n in (0, 1, 4, 7)
    if (n or name not in NO_CRAWL) and (name, n) != ("without its end", 7)
]


@pytest.mark.parametrize(
    ("damage", "which"),
    [(DAMAGE[name], n) for name, n in CASES],
    ids=[f"{name}-{n}" for name, n in CASES],
)
def test_a_damaged_member_is_one_row_and_no_other_is_lost(damage: Callable[[bytes], bytes], which: int) -> None:
    """Whatever is wrong with it, wherever it stands."""
    rows = read(b"".join([*MEMBERS[:which], damage(MEMBERS[which]), *MEMBERS[which + 1 :]]))
    texts = [row for row in rows if isinstance(row, bytes)]
    assert texts == TEXTS[:which] + TEXTS[which + 1 :]
    assert len(rows) == len(TEXTS)
    [told, *_] = [row for row in rows if isinstance(row, str)]
    assert told.startswith("PC106 ")


def test_no_piece_of_a_damaged_member_is_a_document() -> None:
    """Also where its record seems to end before it does."""
    member = gzip.compress(record(TEXTS[1], 1) + record(TEXTS[2], 2) + record(TEXTS[3], 3))
    rows = read(MEMBERS[0] + flipped(member, -8) + MEMBERS[4])
    assert [row for row in rows if isinstance(row, bytes)] == [TEXTS[0], TEXTS[4]]
    assert len(rows) == 3


def test_a_file_that_lost_its_last_bytes_gives_its_last_text() -> None:
    """The text is whole, only its checksum is gone: that is told, and nothing speaks against the text."""
    *texts, told = read(b"".join(MEMBERS)[:-8])
    assert texts == TEXTS
    assert str(told).startswith("PC106 it ends early; from byte ")


def test_the_row_names_the_bytes_that_are_lost() -> None:
    """Those of the packed file, since nobody can say how many they were."""
    begin = len(b"".join(MEMBERS[:3]))
    told = read(b"".join([*MEMBERS[:3], flipped(MEMBERS[3], -8), *MEMBERS[4:]]))[3]
    assert isinstance(told, str)
    end = begin + len(MEMBERS[3])
    assert f"bytes {begin:,} to {end:,} of the packed file are lost (CRC check failed)" in told


def test_damage_in_a_long_member_is_found_behind_much() -> None:
    """A film is passed, though more of it was read than is held."""
    film = gzip.compress(record(NOISE.randbytes(9 * HELD), 99))
    broken = film[: 5 * HELD] + b"\xff" * 999 + film[5 * HELD + 999 :]
    rows = read(MEMBERS[0] + broken + MEMBERS[1])
    assert [row for row in rows if isinstance(row, bytes)] == TEXTS[:2]
    assert len(rows) == 3


def test_what_is_packed_as_a_whole_gives_what_was_whole() -> None:
    """There is no second beginning: the rest is told as lost, and the texts before it are given."""
    packed = gzip.compress(b"".join(record(text * 300, n) for n, text in enumerate(TEXTS)))
    rows = read(flipped(packed, -len(packed) // 3))
    assert 2 < len(rows) < len(TEXTS)
    assert isinstance(rows[-1], str)
    assert "there is no whole record" in rows[-1]


def test_other_files_of_many_members_end_where_they_are_damaged() -> None:
    """Lines of two members may be halves of one, so nothing is taken up again."""
    lines = [gzip.compress(b'{"text": "%b"}\n' % text.strip().replace(b"\n", b" ")) for text in TEXTS]
    rows = read(b"".join([*lines[:3], flipped(lines[3], 12), *lines[4:]]), "a.jsonl.gz")
    assert [type(row) for row in rows] == [bytes, bytes, bytes, str, str]  # half a line, and the file


def test_limits_hold_behind_damage() -> None:
    """What unpacks to too much is refused, whether something was damaged before it or not."""
    bomb = gzip.compress(record(bytes(40 << 20), 1))
    rows = read(MEMBERS[0] + flipped(MEMBERS[1], 12) + bomb + MEMBERS[2], limits=Limits(archive_ratio=10))
    assert rows[0] == TEXTS[0]
    assert any(isinstance(row, str) and row.startswith("PC108 ") for row in rows)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    [b"\x1f\x8b\x08\0\0\0\0\0\0\0", b"\x1f\x8b", gzip.compress(b"WARC/1.0\r\n")[:-8], gzip.compress(b"WARC/1.0\r\n")],
    ids=["a head", "a mark", "cut", "whole"],  # not the bytes: they hold the time, and each worker has its own
)
def test_hostile_members_take_linear_time(unit: bytes) -> None:
    """By the ten thousand, and none makes the rest be read again."""
    assert read(MEMBERS[0] + unit * ((1 << 20) // len(unit)) + MEMBERS[1])[0] == TEXTS[0]


@given(which=st.integers(1, 6), at=st.integers(0, 400), put=st.binary(max_size=40), cut=st.integers(0, 400))
@settings(deadline=None)
def test_any_damage_to_a_member_costs_no_other(which: int, at: int, put: bytes, cut: int) -> None:
    """Bytes are put in the place of others, anywhere in it: then it is whole, or a row says so."""
    member = MEMBERS[which]
    at %= len(member)
    rows = read(b"".join([*MEMBERS[:which], member[:at] + put + member[at + cut :], *MEMBERS[which + 1 :]]))
    kept = [row for row in rows if isinstance(row, bytes)]
    others = TEXTS[:which] + TEXTS[which + 1 :]
    assert kept in (TEXTS, others)
    assert kept == TEXTS or len(rows) > len(others)


@given(raw=st.binary(max_size=300), head=st.booleans(), size=st.integers(1, 50))
def test_any_bytes_are_unpacked_as_the_library_does(raw: bytes, head: bool, size: int) -> None:  # noqa: FBT001  drawn
    """Of damage as much is given at least, and the end is the same."""
    packed = (MEMBERS[0] if head else b"") + b"\x1f\x8b\x08\0" + raw
    out, stream = bytearray(), Gunzip(io.BytesIO(packed))
    try:
        while data := stream.read1(size):
            assert len(data) <= size
            out += data
    except (EOFError, gzip.BadGzipFile):
        with pytest.raises((EOFError, gzip.BadGzipFile, zlib.error)):
            gzip.decompress(packed)
    else:
        assert out == gzip.decompress(packed) or stream.more
    assert not head or bytes(out).startswith(record(TEXTS[0], 0))
