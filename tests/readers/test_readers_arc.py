"""Crawls in ARC, the format of before 2009: read as answers in WARC are, in both versions."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from provcheck.config import Limits, Settings
from provcheck.readers import Ledger, Source, streams, unpack
from provcheck.readers.warcscan import records
from provcheck.readers.warcshapes import ARC

if TYPE_CHECKING:
    from provcheck.model import Envelope

RAIN = b"It rained on the harbour all day, and the ferry stayed where it was.\n"
PAGE = b"<!doctype html><html><body><p>" + RAIN + b"</p></body></html>"
HOME = "http://example.org/"
DAY = "20040312080000"


def answer(body: bytes, media: str = "text/html", status: str = "200 OK") -> bytes:
    """What a server sent."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n\r\n".encode() + body


def record(block: bytes, media: str = "text/html", url: str = HOME, size: int | None = None, more: str = "") -> bytes:
    """A record; `more` are the words that version 2 has before the length."""
    line = f"{url} 192.0.2.1 {DAY} {media} {more and more + ' '}{len(block) if size is None else size}\n"
    return line.encode() + block + b"\n"


def version(number: int = 1) -> bytes:
    """The first record of a file."""
    told = f"{number} 0 ByHand\nURL IP-address Archive-date Content-type Archive-length\n\n".encode()
    return record(told, "text/plain", "filedesc://a.arc", more="200 - - 0 a.arc" if number == 2 else "")


ONE, TWO = record(answer(PAGE)), record(answer(RAIN, "text/plain"), "text/plain", f"{HOME}2")
GOOD = version() + ONE + TWO


def read(raw: bytes, name: str = "a.arc", limits: Limits | None = None) -> tuple[list[Envelope], Ledger]:
    """Each row, and the ledger, which is held to account."""
    books = Ledger()
    books.found(len(raw))
    found = list(unpack(Source(name, name, name, len(raw)), raw, Settings(limits=limits or Limits()), books))
    assert books.faults(len(found)) == ()
    return found, books


def told(raw: bytes, name: str = "a.arc", limits: Limits | None = None) -> list[bytes | str]:
    """Each row's text, or its code and detail."""
    found, _ = read(raw, name, limits)
    return [f"{e.problem.code} {e.problem.detail}" if e.problem else e.raw for e in found]


@pytest.mark.parametrize(
    "text",
    [
        b"filedesc:// is how an ARC begins.\n", b"filedesc://a.arc is told of in the manual, page 70\n1 and 2\n",
        b"See:\n" + version(),
    ],
)  # fmt: skip
def test_a_text_about_the_format_is_a_text(text: bytes) -> None:
    """A first line alone makes no crawl."""
    [found], _ = read(text, "a.txt")
    assert (found.wrapper, found.raw) == ("txt", text)


LEFT_OUT = {
    "names of hosts": (
        record(b"20040312080000\nexample.org 1 IN A 192.0.2.1\n", "text/dns", "dns:example.org"),
        "notes",
    ),
    "redirects": (record(answer(PAGE, status="302 Found")), "redirects"),
    "error pages": (record(answer(PAGE, status="404 Not Found")), "error pages"),
    "images": (record(answer(b"GIF89a", "image/gif"), "image/gif"), "images"),
    "images without an answer": (record(b"GIF89a\0\0", "image/gif"), "images"),
    "robots": (record(answer(b"User-agent: *\n", "text/plain"), "text/plain", f"{HOME}robots.txt"), "robots.txt"),
}


@pytest.mark.parametrize(("raw", "sort"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_is_no_document_is_counted(raw: bytes, sort: str) -> None:
    """By the sorts that records of WARC have; a file that holds nothing else is one row."""
    found, books = read(version() + raw + ONE)
    assert [e.raw for e in found] == [PAGE]
    assert any(rule.startswith(sort) and rule.endswith("(ARC)") for rule in books.skipped)
    [row] = told(version() + raw)
    assert str(row).startswith("PC110 an ARC file without a page or a text, but with ")


DOCUMENTS = {
    "version 1": (version() + ONE, {}),
    "version 2": (
        version(2) + record(answer(PAGE), more="200 ABCD - 123 a.arc"),
        {"ARC-Result-Code": "200", "ARC-Checksum": "ABCD", "ARC-Offset": "123", "ARC-Filename": "a.arc"},
    ),
    "no answer": (version() + record(PAGE), {}),
    "no type": (version() + record(answer(PAGE), "no-type"), {}),
    "without line ends between": (version() + ONE[:-1], {}),
    "an upper case scheme": (version() + ONE.replace(b"http://", b"HTTP://"), {}),
    "parts of a second": (version() + ONE.replace(DAY.encode(), DAY.encode() + b"123"), {}),
    "a type with a parameter": (version() + record(answer(PAGE), "text/html; charset=utf-8"), {}),
    "lines of the other kind": (version() + ONE.replace(b"\n", b"\r\n", 1) + b"\r\n", {}),
}


@pytest.mark.parametrize(("raw", "more"), DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_an_answer_is_a_page_with_what_the_crawl_says(raw: bytes, more: dict[str, str]) -> None:
    """Under the names that WARC has for it."""
    [found], _ = read(raw)
    assert (found.wrapper, found.media, found.raw) == ("arc", "html", PAGE)
    assert found.declared["url"].lower() == HOME
    assert found.extra["WARC-Date"] == "2004-03-12T08:00:00Z"
    assert found.extra["WARC-IP-Address"] == "192.0.2.1"
    assert {name: value for name, value in found.extra.items() if name.startswith("ARC-")} == more
    assert found.origin.row == 2
    assert raw[found.origin.offset :].startswith((b"http://", b"HTTP://"))


def test_an_address_may_hold_blanks() -> None:
    """Old crawlers left them in."""
    [found], _ = read(version() + record(answer(PAGE), url=f"{HOME}a b 10 c"))
    assert found.declared["url"] == f"{HOME}a b 10 c"


@pytest.mark.parametrize("name", ["a.arc", "a.arc.gz", "whole.arc.gz", "without-ending"])
def test_the_library_for_crawls_reads_the_same(name: str) -> None:
    """Packed by the record, as a whole, or not at all."""
    parts = [version(), *(record(answer(PAGE + b"<!-- %d -->" % n), url=f"{HOME}{n}") for n in range(9))]
    data = b"".join(gzip.compress(part) for part in parts) if name == "a.arc.gz" else b"".join(parts)
    data = gzip.compress(data) if name.startswith("whole") else data
    found, _ = read(data, name)
    plain = b"".join(parts)
    theirs = [(r.rec_headers.get_header("uri"), r.content_stream().read()) for r in ArchiveIterator(io.BytesIO(plain))]
    assert [(e.declared["url"], e.raw) for e in found] == theirs[1:]


WRONG = {
    "garbage": (b"garbage\nmore of it\n", "bytes of no record"),
    "a length too short": (record(answer(PAGE), size=50), "length of 50 "),
    "a length too long": (record(answer(PAGE), size=len(answer(PAGE)) + 9), "does not end where"),
    "a length beyond the file": (record(answer(PAGE), size=60_000), "ends early"),
    "a length beyond the limit": (record(answer(PAGE), size=900_000), "length of 900,000"),
    "no day": (record(answer(PAGE)).replace(DAY.encode(), b"today"), "bytes of no record"),
}


@pytest.mark.parametrize(("raw", "words"), WRONG.values(), ids=WRONG.keys())
def test_damage_has_a_row_and_the_next_record_is_read(raw: bytes, words: str) -> None:
    """And so is what stood before it."""
    rows = told(version() + ONE + raw + TWO, limits=Limits(document_bytes=2000))
    assert (rows[0], rows[-1], len(rows)) == (PAGE, RAIN, 3)
    assert str(rows[1]).startswith("PC106 ")
    assert words in str(rows[1])


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("at", [3, 10, 40, -8, -1])
def test_a_damaged_member_is_one_row(which: int, at: int) -> None:
    """Where the file is packed record by record, no other record is lost, whichever it is."""
    members = [gzip.compress(part, mtime=0) for part in (version(), ONE, TWO, ONE)]
    broken = bytearray(members[which])
    broken[at] ^= 0xFF
    rows = told(b"".join([*members[:which], bytes(broken), *members[which + 1 :]]), "a.arc.gz")
    texts = [PAGE, RAIN, PAGE]
    assert [row for row in rows if isinstance(row, bytes)] == [t for n, t in enumerate(texts, 1) if n != which]
    assert sum(isinstance(row, str) and "of the packed file are lost" in row for row in rows) == 1


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    [
        b"http://a 1.1.1.1 20040312080000 ", b"http://a 1.1.1.1 20040312080000 a 30000000\n", b"http:", b"http:\n",
        b"http://a 1.1.1.1 20040312080000 a 9\n", b"\nhttp://a 1.1.1.1 20040312080000 a 3000000000\n",
    ],
)  # fmt: skip
def test_hostile_lines_take_linear_time(unit: bytes) -> None:
    """Heads that lead nowhere: none makes the rest be read again."""
    raw = unit * ((2 << 20) // len(unit))
    found = list(records(streams.buffered(io.BytesIO(raw)), 32 << 20, ARC))
    assert sum(each.length for each in found) >= len(raw) * 0.95


@given(
    cut=st.integers(0, len(GOOD)),
    end=st.integers(0, len(GOOD)),
    put=st.binary(max_size=30) | st.sampled_from([b"\n", ONE, b"0", b"9", b"filedesc:", b" "]),
    limit=st.sampled_from([40, 100_000]),
)
@settings(deadline=None, max_examples=300)
def test_damage_never_raises_and_hides_nothing(cut: int, end: int, put: bytes, limit: int) -> None:
    """Whatever is cut out and put in: the pieces follow each other, with line ends between them, up to the end."""
    raw = GOOD[: min(cut, end)] + put + GOOD[max(cut, end) :]
    at = 0
    for number, each in enumerate(records(streams.buffered(io.BytesIO(raw)), limit, ARC), 1):
        assert each.number == number
        assert not raw[at : each.offset].strip(b"\r\n")
        assert each.block in raw[each.offset : each.offset + each.length]
        at = each.offset + each.length
    assert not raw[at:].strip(b"\r\n")
    rows = told(raw, limits=Limits(document_bytes=limit))
    assert rows
    assert rows == told(raw, limits=Limits(document_bytes=limit))
