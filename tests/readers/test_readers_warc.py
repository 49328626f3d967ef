"""Crawls in WARC files: pages and texts are documents, all else is counted by its sort, and no damage hides a byte."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import tarfile
import tracemalloc
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from provcheck.config import Limits, Settings
from provcheck.corpus import examine_corpus
from provcheck.readers import Ledger, Source, read, responses, streams, unpack, warcscan
from provcheck.readers.refusal import Refusal
from provcheck.readers.warcscan import records

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from provcheck.model import Envelope

    Corpus = Callable[[dict[str, bytes]], Path]
    Read = Callable[..., list[Envelope]]
    Rows = Callable[..., list[Any]]

RAIN = b"It rained on the harbour all day, and the ferry stayed where it was.\n"
PAGE = b"<!doctype html><html><body><p>" + RAIN + b"</p></body></html>"
HOME = "https://example.org/"


def record(block: bytes, kind: str = "resource", url: str = HOME, media: str = "text/plain", **fields: str) -> bytes:
    """A record by hand, so that it can be as wrong as wanted."""
    named = {
        "WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": "2024-03-12T08:00:00Z",
        "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000001>", "Content-Type": media,
        "Content-Length": str(len(block)),
    }  # fmt: skip
    named |= {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def answer(body: bytes, media: str = "text/html", status: str = "200 OK", url: str = HOME, **fields: str) -> bytes:
    """A record of an answer."""
    named = {"Content-Type": media} if media else {}
    named |= {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return record(
        f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body, "response", url, "application/http; msgtype=response"
    )


def chunked(body: bytes, size: int = 10) -> bytes:
    parts = [body[i : i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x;a=b\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


INFO = record(b"software: by hand\r\n", "warcinfo", "", "application/warc-fields")
ONE, TWO = answer(PAGE), record(RAIN, "conversion", f"{HOME}2")


@pytest.mark.parametrize(
    "text",
    [
        b"WARC/1.0 is a format for crawls.\n\nIt is old.\n",
        b"WARC/1.0\n\nA format: explained to those who have none.\n",
        b"WARC/one\r\nWARC-Type: warcinfo\r\n",
        b"The first line of a record is\n\nWARC/1.0\nWARC-Type: warcinfo\n",
    ],
)
def test_a_text_about_the_format_is_a_text(text: bytes, corpus: Corpus, envelopes: Read) -> None:
    """A version alone does not make a crawl."""
    [found] = envelopes(corpus({"a.txt": text}))
    assert (found.wrapper, found.raw) == ("txt", text)


LEFT_OUT = {
    "requests": record(b"GET / HTTP/1.1\r\n\r\n", "request", media="application/http; msgtype=request"),
    "notes": record(b"a: b\r\n", "metadata", media="application/warc-fields"),
    "a crawler's log": record(RAIN, url="metadata://gnu.org/software/wget/warc/wget.log"),
    "names": record(b"20240312\nexample.org. 1 IN A 192.0.2.1\n", "response", "dns:example.org", "text/dns"),
    "revisits": record(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "revisit", media="application/http"),
    "redirects": answer(PAGE, status="301 Moved Permanently", Location="/new"),
    "not modified": answer(b"", "", status="304 Not Modified"),
    "error pages": answer(PAGE, status="404 Not Found"),
    "no content": answer(b"", "", status="204 No Content"),
    "images": answer(b"\x89PNG\r\n\x1a\n", "image/png"),
    "vectors": answer(b"<svg/>", "image/svg+xml"),
    "images without a type": answer(b"\xff\xd8\xff\xe0\0\1", ""),
    "images named texts": answer(b"\x89PNG\r\n\x1a\n" + bytes(20), "text/plain"),
    "scripts": answer(b"let a = 1;", "application/javascript; charset=utf-8"),
    "scripts named texts": answer(b"let a = 1;", "text/plain", url=f"{HOME}js/app.js?v=3"),
    "data": answer(b'{"a": [1]}', "application/ld+json"),
    "data named pages": answer(b'{"a": [1]}'),
    "feeds": answer(b"<?xml version='1.0'?><rss/>", "application/rss+xml"),
    "feeds named pages": answer(b"<?xml version='1.0'?><rss/>"),
    "PDF": answer(b"%PDF-1.7", "application/pdf"),
    "robots": answer(b"User-agent: *\nDisallow:\n", "text/plain", url=f"{HOME}robots.txt"),
    "unknown types": answer(RAIN, "application/x-odd"),
    "empty": answer(b" \n", ""),
    "unknown kinds": record(RAIN, "painting"),
}


@pytest.mark.parametrize("data", LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_is_no_document_is_counted(data: bytes, corpus: Corpus) -> None:
    """It has no row, but a place in the books; a file that holds nothing else has one row that says so."""
    home = corpus({"a.warc": ONE + data, "b.warc": data})
    ledger = Ledger()
    first, second = read([str(home)], Settings(), ledger)
    assert (first.raw, first.origin.row) == (PAGE, 1)
    assert second.problem is not None
    assert second.problem.code == "PC110"
    assert "without a page or a text, but with 1 " in second.problem.detail
    assert ledger.faults(2) == ()
    assert [(rule.endswith(" (WARC)"), count) for rule, count in ledger.skipped.items()] == [(True, 2)]
    assert ledger.names[0].startswith(f"{home}/a.warc#2")


DOCUMENTS = {
    "page": ONE,
    "chunks": answer(chunked(PAGE), Transfer_Encoding="chunked"),
    "chunks without a last one": answer(chunked(PAGE)[:-5], Transfer_Encoding="chunked"),
    "chunks that were joined": answer(PAGE, Transfer_Encoding="chunked"),
    "gzip": answer(gzip.compress(PAGE), Content_Encoding="gzip"),
    "gzip in two parts": answer(gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]), Content_Encoding="x-gzip"),
    "gzip in chunks": answer(chunked(gzip.compress(PAGE)), Transfer_Encoding="chunked", Content_Encoding="gzip"),
    "gzip that was unpacked": answer(PAGE, Content_Encoding="gzip"),
    "gzip twice": answer(gzip.compress(gzip.compress(PAGE)), Content_Encoding="gzip, gzip"),
    "deflate": answer(zlib.compress(PAGE), Content_Encoding="deflate"),
    "deflate without a header": answer(zlib.compress(PAGE)[2:-4], Content_Encoding="deflate"),
    "br": answer(brotli.compress(PAGE), Content_Encoding="br"),
    "br that was unpacked": answer(PAGE, Content_Encoding="br"),
    "zstd": answer(zstandard.compress(PAGE), Content_Encoding="zstd"),
    "no encoding": answer(PAGE, Content_Encoding="identity"),
    "no type": answer(PAGE, ""),
    "a type that is none": answer(PAGE, "html"),
    "a page as a text": answer(PAGE, "text/plain"),
    "xhtml": answer(PAGE, "application/xhtml+xml"),
    "lines of the other kind": record(
        b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + PAGE, "response", media="application/http"
    ).replace(b"\r\n", b"\n"),
    "address in brackets": record(PAGE, url=f"<{HOME}>", media="text/html"),
    "HTTP/2": answer(PAGE).replace(b"HTTP/1.1 ", b"HTTP/2.0 "),
}


@pytest.mark.parametrize("data", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_pages_are_as_they_were_before_they_were_sent(data: bytes, corpus: Corpus, envelopes: Read) -> None:
    """However a server packed them, and whatever of it the crawler undid."""
    [found] = envelopes(corpus({"a.warc": data}))
    assert (found.wrapper, found.media, found.raw) == ("warc", "html", PAGE)
    assert found.declared == {"url": HOME, "id": "<urn:uuid:00000000-0000-4000-8000-000000000001>"}


@pytest.mark.parametrize(
    ("body", "media", "encoding"),
    [
        (b"<html><meta charset=koi8-r>", "text/html; charset=ISO-8859-1", "cp1252"),
        (b"<html><meta charset=koi8-r>", "text/html; charset=no-such", "koi8-r"),
        (b"<html><meta charset=koi8-r>", "text/html", "koi8-r"),
        (b"\xef\xbb\xbf<html><meta charset=koi8-r>", "text/html; charset=ISO-8859-1", "utf-8-sig"),
        (RAIN, 'text/plain; format=flowed; Charset="Windows-1251"', "cp1251"),
        (RAIN + b"<meta charset=koi8-r>", "text/plain", None),
    ],
)
def test_the_encoding_is_found_as_browsers_find_it(
    body: bytes, media: str, encoding: str, corpus: Corpus, envelopes: Read
) -> None:
    """The mark first, then what the answer says, then what the page says of itself."""
    [found] = envelopes(corpus({"a.warc": answer(body, media)}))
    assert found.encoding == encoding


def test_what_the_crawl_says(corpus: Corpus, envelopes: Read) -> None:
    """Address and id are declared; days, addresses of machines and languages are not, and the answer's stand apart."""
    page = answer(PAGE, Last_Modified="Mon, 11 Mar 2024 10:00:00 GMT", Set_Cookie="a=b")
    text = record(RAIN, url=f"urn:text:{HOME}3", WARC_Identified_Content_Language="eng,fra")
    first, second = envelopes(corpus({"a.warc.gz": gzip.compress(page) + gzip.compress(text)}))
    assert first.extra == {
        "WARC-Type": "response", "WARC-Date": "2024-03-12T08:00:00Z",
        "Content-Type": "application/http; msgtype=response",
        "HTTP": {"status": 200, "Content-Type": "text/html", "Last-Modified": "Mon, 11 Mar 2024 10:00:00 GMT"},
    }  # fmt: skip
    assert (second.declared["url"], second.media, second.raw) == (f"{HOME}3", "text", RAIN)
    assert second.extra["WARC-Identified-Content-Language"] == "eng,fra"


def written(pages: int, *, packed: bool) -> bytes:
    """A crawl as warcio writes it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "by hand"}))
    for number in range(pages):
        said = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "example.org")], is_http_request=True)
        for kind, head, body in (("response", said, b"%b<!-- %d -->" % (PAGE, number)), ("request", asked, b"")):
            made = writer.create_warc_record(
                f"{HOME}{number}", kind, io.BytesIO(body), length=len(body), http_headers=head
            )
            writer.write_record(made)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "whole.warc.gz", "whole.warc.zst", "without-ending"])
def test_what_a_library_writes_is_read(name: str, corpus: Corpus, envelopes: Read) -> None:
    """Packed by the record, as a whole, or not at all; and each place is that of the record."""
    packed = name == "a.warc.gz"
    raw = data = written(20, packed=packed)
    if packed:
        raw = gzip.decompress(data)
    elif name.startswith("whole"):
        data = gzip.compress(raw) if name.endswith("gz") else zstandard.compress(raw)
    found = envelopes(corpus({name: data}))
    assert [e.raw for e in found] == [b"%b<!-- %d -->" % (PAGE, n) for n in range(20)]
    assert [e.origin.row for e in found] == list(range(2, 42, 2))
    for each in found:
        place = each.origin
        assert place.offset is not None
        cut = raw[place.offset : place.offset + place.length]
        assert cut.startswith(b"WARC/1.0\r\n")
        assert cut.endswith(each.raw)


GOOD = INFO + ONE + TWO + answer(chunked(gzip.compress(PAGE)), Transfer_Encoding="chunked", Content_Encoding="gzip")


def test_in_archives_and_by_many_hands(corpus: Corpus, envelopes: Read) -> None:
    """A crawl in a zip and a tar gives the rows that it gives outside, and two workers those of one."""
    data = gzip.compress(GOOD)
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("archive/a.warc.gz", data)
    with tarfile.open(fileobj=tarred, mode="w:xz") as archive:
        info = tarfile.TarInfo("archive/a.warc.gz")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    home = corpus({"a.warc.gz": data, "b.wacz": zipped.getvalue(), "c.tar.xz": tarred.getvalue()})
    shown = [(e.wrapper, e.origin.row, e.origin.offset, e.raw, e.declared, e.extra) for e in envelopes(home)]
    assert [row[0] for row in shown[::3]] == ["gz/warc", "zip/gz/warc", "xz/tar/gz/warc"]
    assert len({repr(row[1:]) for row in shown}) == 3
    told = []
    for workers in (1, 2):
        with examine_corpus([str(home)], Settings(workers=workers, as_of=dt.date(2026, 1, 31))) as found:
            told.append(list(found.records()))
    assert told[0] == told[1]


WRONG = {
    "an empty page": (answer(b""), "PC105 empty"),
    "an image named a page": (answer(b"\x89PNG\r\n\x1a\n" + bytes(20)), "PC103 PNG"),
    "a cut chunk": (answer(chunked(PAGE)[:-20], Transfer_Encoding="chunked"), "PC104 ends early, in the chunk"),
    "a cut gzip": (answer(gzip.compress(PAGE)[:-20], Content_Encoding="gzip"), "PC104 packed as gzip"),
    "a cut br": (answer(brotli.compress(PAGE)[:-20], Content_Encoding="br"), "PC104 packed as br"),
    "a cut zstd": (answer(zstandard.compress(PAGE)[:-20], Content_Encoding="zstd"), "PC104 packed as zstd"),
    "an unknown packer": (answer(b"\x1f\x9d\x90" + bytes(40), Content_Encoding="compress"), "PC104 'compress'"),
    "packers without an end": (answer(PAGE, Content_Encoding="gzip, " * 9), "PC104 9 times"),
    "no answer": (record(b"GET / HTTP/1.1\r\n\r\n", "response", media="application/http"), "PC104 status"),
    "an answer without an end": (
        record(b"HTTP/1.1 200 OK\r\nA: " + b"a" * 70_000, "response", media="application/http"),
        "PC104 does not end",
    ),
    "a segment": (record(RAIN, "continuation"), "PC104 segment"),
    "a line that is no field": (ONE.replace(b"WARC-Date: ", b"WARC Date "), "PC104 'WARC Date 2024"),
    "a page beyond the limit": (answer(PAGE * 50), "PC108 limits.document_bytes"),
    "a bomb": (answer(gzip.compress(bytes(1 << 20)), Content_Encoding="gzip"), "PC108 limits.document_bytes"),
    "a bomb of br": (answer(brotli.compress(bytes(1 << 20)), Content_Encoding="br"), "PC108 limits.document_bytes"),
    "a text that is not held": (record(RAIN * 3000), "PC108 limits.document_bytes"),
}


@pytest.mark.parametrize(("data", "told"), WRONG.values(), ids=WRONG.keys())
def test_a_document_that_cannot_be_read_has_a_row(data: bytes, told: str, corpus: Corpus, envelopes: Read) -> None:
    """The row says why, and the records around it are read."""
    limited = Settings(limits=Limits(document_bytes=2000))
    before, found, behind = envelopes(corpus({"a.warc": INFO + ONE + data + TWO}), settings=limited)
    assert (before.raw, behind.raw) == (PAGE, RAIN)
    assert found.problem is not None
    code, _, words = told.partition(" ")
    assert found.problem.code == code
    assert words in found.problem.detail
    assert (found.origin.row, found.origin.length) == (3, len(data) - 4)


LONG = record(RAIN * 3000)
DAMAGED = {
    "garbage": (b"garbage\r\nmore of it\r\n", "bytes of no record"),
    "NULs": (bytes(700) + b"\n", "bytes of no record"),
    "a length too short": (record(RAIN, Content_Length="9"), "Content-Length of 9 "),
    "a length too long": (record(RAIN, Content_Length="99"), "Content-Length of 99 "),
    "a length beyond the file": (record(RAIN, Content_Length="40000"), "Content-Length is 40,000"),
    "a length beyond the limit": (record(RAIN, Content_Length="900000"), "Content-Length of 900,000 "),
    "a length beyond all": (record(RAIN, Content_Length="9" * 30), "999"),
    "no length": (record(RAIN).replace(b"Content-Length", b"Length"), "''"),
    "a length below zero": (record(RAIN, Content_Length="-5"), "'-5'"),
    "a long record with a length too short": (LONG.replace(b": 207000", b": 199000"), "199,000"),
    "a long record with a length too long": (LONG.replace(b": 207000", b": 207009"), "207,009"),
    "a head without an end": (b"WARC/1.0\r\nWARC-Type: response\r\n", "has no end"),
    "a head that is too long": (record(RAIN, A="a" * 70_000), "has no end within 65,536 bytes"),
    "a record in a record": (record(b"WARC/1.0\r\nWARC-Type: resource\r\n\r\n", Content_Length="3"), "of 3 "),
}


@pytest.mark.parametrize(("data", "told"), DAMAGED.values(), ids=DAMAGED.keys())
def test_damage_has_a_row_and_the_next_record_is_read(data: bytes, told: str, corpus: Corpus, envelopes: Read) -> None:
    """The row names the bytes that could not be read, and no more than these are lost."""
    limited = Settings(limits=Limits(document_bytes=2000))
    before, found, behind = envelopes(corpus({"a.warc": ONE + data + TWO}), settings=limited)
    assert (before.raw, behind.raw) == (PAGE, RAIN)
    assert found.problem is not None
    assert found.problem.code == "PC106"
    assert told in found.problem.detail
    assert f"at bytes {len(ONE):,} to {len(ONE) + len(data):,}" in found.problem.detail
    assert (found.origin.offset, found.origin.length) == (len(ONE), len(data))
    assert found.raw == data[:65_536]


def test_a_page_that_shows_a_record_is_one_page(corpus: Corpus, envelopes: Read) -> None:
    """Where the lengths are right, nobody looks for records in a page."""
    shown = record(b"<pre>\r\n" + record(RAIN) + b"</pre>")
    found = envelopes(corpus({"a.warc": shown + TWO}))
    assert [e.raw for e in found] == [b"<pre>\r\n" + record(RAIN) + b"</pre>", RAIN]


def test_blank_lines_may_be_missing_or_too_many(corpus: Corpus, codes: Rows) -> None:
    """Nothing is lost by that, so nothing is said."""
    raw = b"\r\n" + TWO[:-4] + TWO + b"\r\n\n" * 200 + TWO[:-2] + TWO[:-4]
    assert codes(corpus({"a.warc": raw})) == [RAIN] * 4


def test_a_stream_that_breaks_off_gives_what_was_whole(corpus: Corpus, envelopes: Read) -> None:
    """One row for what is missing, which names the byte from which on it is."""
    raw = INFO + ONE + b"".join(record(RAIN * 40, url=f"{HOME}{n}") for n in range(200))
    packed = gzip.compress(raw, mtime=0)
    *found, last = envelopes(corpus({"a.warc.gz": packed[: len(packed) // 2]}))
    assert 10 < len(found) < 200
    assert last.problem is not None
    assert last.problem.code == "PC106"
    end = found[-1].origin
    assert end.offset is not None
    assert last.origin.offset == end.offset + end.length + 4
    assert f"from byte {last.origin.offset:,} on" in last.problem.detail


def test_a_damaged_beginning_is_told_by_the_ending(corpus: Corpus, codes: Rows) -> None:
    """A file named so is read from its first whole record on."""
    assert codes(corpus({"a.warc": b"oops\r\n" + TWO})) == ["PC106", RAIN]


def test_long_records_cost_no_memory(corpus: Corpus) -> None:
    """A video of a hundred megabytes is passed over, and so is a head that claims more than there is."""
    video = answer(bytes(100 << 20), "video/mp4")
    home = corpus({"a.warc": video + TWO + record(RAIN, Content_Length=str(1 << 40)) + bytes(50 << 20)})
    del video
    tracemalloc.start()
    rows = list(read([str(home)], Settings(limits=Limits(document_bytes=1 << 20))))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [r.problem.code if r.problem else r.raw for r in rows] == [RAIN, "PC106"]
    assert peak < 8 << 20


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    [
        b"WARC/1.0\r\n",
        b"WARC/1.0\r\nA: b\r\n",
        b"WARC/1.0\r\nContent-Length: 30000000\r\n\r\n",
        record(b"", Content_Length="30000000"),
        record(b"", Content_Length="3000000000"),
    ],
)
def test_hostile_heads_take_linear_time(unit: bytes) -> None:
    """Heads that lead nowhere, by the ten thousand: none makes the rest be read again."""
    raw = unit * ((6 << 20) // len(unit))
    found = list(records(streams.buffered(io.BytesIO(raw)), 32 << 20))
    assert sum(each.length for each in found) >= len(raw) * 0.95  # blank lines between records belong to none


@given(
    cut=st.integers(0, len(GOOD)),
    end=st.integers(0, len(GOOD)),
    put=st.binary(max_size=30) | st.sampled_from([b"WARC/1.0\r\n", b"\r\n\r\n", ONE, b"0", b"9"]),
    limit=st.sampled_from([40, 100_000]),
)
@settings(deadline=None, max_examples=300)
def test_damage_never_raises_and_hides_nothing(cut: int, end: int, put: bytes, limit: int) -> None:
    """Whatever is cut out and put in: the pieces follow each other, with line ends between them, up to the end."""
    raw = GOOD[: min(cut, end)] + put + GOOD[max(cut, end) :]
    at = 0
    for number, each in enumerate(records(streams.buffered(io.BytesIO(raw)), limit), 1):
        assert each.number == number
        assert not raw[at : each.offset].strip(b"\r\n")
        assert each.length
        assert each.block in raw[each.offset : each.offset + each.length]
        at = each.offset + each.length
    assert not raw[at:].strip(b"\r\n")
    ledger = Ledger()
    source = Source("a.warc", "a.warc", "a.warc", len(raw))
    ledger.found(len(raw))
    rows = list(unpack(source, raw, Settings(limits=Limits(document_bytes=limit)), ledger))
    assert rows
    assert ledger.faults(len(rows)) == ()
    assert rows == list(unpack(source, raw, Settings(limits=Limits(document_bytes=limit)), Ledger()))


@given(
    raw=st.binary(max_size=300), names=st.lists(st.sampled_from(["gzip", "deflate", "br", "zstd", "odd"]), max_size=3)
)
@settings(deadline=None)
def test_any_body_is_read_or_refused(raw: bytes, names: list[str]) -> None:
    """Any bytes under any name."""
    fields = (("Content-Encoding", ",".join(names)), ("Transfer-Encoding", "chunked"))
    try:
        found = responses.body(responses.Head("", fields), raw, 1000, streams.Meter(Limits(), 1000))
    except Refusal as refusal:
        assert refusal.problem.code in ("PC104", "PC108")  # noqa: PT017  either is an answer
    else:
        assert len(found) <= 1000


def test_a_head_is_read_as_it_was_written() -> None:
    """Names in any case, the first of two, lines that go on, either encoding, and lines that are no field."""
    head = responses.head("HTTP/1.1 200 OK\r\nServer: Bär\r\nserver: two\r\nA:\r\n b\r\n\tc\r\noops".encode())
    assert (head.get("SERVER"), head.get("A"), head.get("B"), head.odd) == ("Bär", "b c", "", "oops")
    assert responses.head("a\nA: Bär".encode("latin-1")).get("A") == "Bär"
    assert responses.Head("nonsense", ()).status == 0
    assert warcscan.Record(1, 0, 0, head, b"").damage == ""
