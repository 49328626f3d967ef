"""Messages and mailboxes are told from articles, and taken apart without losing a word or running wild."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import quopri
import time
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provcheck import examine, frame
from provcheck.config import Limits, Settings
from provcheck.readers import Ledger, Source, flowed, letterhead, mail, mime, unpack, uucode
from provcheck.readers.formats import format_of
from provcheck.reports import repaired

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from provcheck.model import Envelope

    Corpus = Callable[[dict[str, bytes]], Path]
    Read = Callable[..., list[Envelope]]

RAIN = "It rained on the harbour all day, and the ferry stayed where it was."
SNOW = "It snowed in the hills, and nobody went out to look at the old bridge."
FAEHRE = "Die Fähre über den Fluß kam später als üblich, und die Gäste mußten am Ufer warten."
HEAD = "Message-ID: <1@example.org>\nMIME-Version: 1.0\n"


def read(raw: bytes, name: str = "a.eml", settings: Settings | None = None) -> tuple[list[Envelope], Ledger]:
    """Read a file, and hold the ledger to account."""
    books = Ledger()
    books.found(len(raw))
    found = list(unpack(Source(name, name, name, len(raw)), raw, settings or Settings(), books))
    assert found
    assert books.faults(len(found)) == ()
    return found, books


def told(raw: bytes, name: str = "a.eml", settings: Settings | None = None) -> list[tuple[Any, ...]]:
    """Read a file, and give for each row its member and its text, or the code and the words of its problem."""
    found, _ = read(raw, name, settings)
    return [(e.origin.member, f"{e.problem.code} {e.problem.detail}" if e.problem else e.raw.decode()) for e in found]


def part(kind: str, text: str | bytes, *fields: str) -> bytes:
    """Write a part with its header."""
    head = "".join(f"{field}\n" for field in (f"Content-Type: {kind}", *fields))
    return f"{head}\n".encode() + (text.encode() if isinstance(text, str) else text)


def several(kind: str, *parts: bytes, head: str = "", mark: str = "=b") -> bytes:
    """Write parts into one."""
    inside = b"".join(b"--" + mark.encode() + b"\n" + each + b"\n" for each in parts)
    return f'{head}Content-Type: multipart/{kind}; boundary="{mark}"\n\n'.encode() + inside + f"--{mark}--\n".encode()


NO_MAIL = {
    "inline header": f"Date: 12 March 2024\nSource: The Gazette\nAuthor: Ann Lee\n\n{RAIN}\n",
    "dates of a paper": f"Received: 3 May 2019\nAccepted: 4 June 2019\nReferences: 17\n\n{RAIN}\n",
    "one sure field": f"Subject: Rain\nFrom: ann@example.org\nMessage-ID: <1@example.org>\n\n{RAIN}\n",
    "printed from a program": f"From:\tAnn Lee\nSent:\tTuesday\nTo:\tBob Poe\nSubject:\tRain\n\n{RAIN}\n",
    "answer of a server": f"HTTP/1.1 200 OK\nMIME-Version: 1.0\nReceived: yes\n\n{RAIN}\n",
    "prose between": f"Message-ID: <1@example.org>\nIt rained.\nMIME-Version: 1.0\n\n{RAIN}\n",
    "a sentence": f"From Monday on it rains\nNote: bring boots\n\n{RAIN}\n",
    "a day in a sentence": f"From noon until Tue Mar 12 it rained.\n\n{RAIN}\n",
    "no field behind": f"From ann@example.org Tue Mar 12 10:00:00 2024\n{RAIN}\n",
}


@pytest.mark.parametrize("text", NO_MAIL.values(), ids=NO_MAIL.keys())
def test_an_article_is_no_message(text: str) -> None:
    """Lines that stand above articles too, and sentences that begin as an envelope does."""
    [found], _ = read(text.encode(), "a.txt")
    assert (found.wrapper, found.raw) == ("txt", text.encode())


MAIL = {
    "message": (f"Received: from example.org\nMessage-ID: <1@example.org>\nSubject: Rain\n\n{RAIN}\n", "eml"),
    "news": (f"Path: example.org!not\nNewsgroups: town.rain\nSubject: Rain\nXref: x 1\n\n{RAIN}\n", "eml"),
    "folded": (f"Received: from a\n\tby b;\n Tue\nReturn-Path: <a@example.org>\r\n\r\n{RAIN}\n", "eml"),
    "marked": (f"\ufeff{HEAD}\n{RAIN}\n", "eml"),
    "list archive": (f"From ann at example.org  Tue Mar 12 10:00:00 2024\nFrom: ann\n\n{RAIN}\n", "mbox"),
    "without an address": (f"From - Tue Mar 12 10:00:00 2024\nX-Status: 1\n\n{RAIN}\n", "mbox"),
    "zone before the year": (f"From 17@xxx Tue Mar 12 10:00:00 +0000 2024\r\nTo: b\r\n\r\n{RAIN}\n", "mbox"),
}


@pytest.mark.parametrize(("text", "row"), MAIL.values(), ids=MAIL.keys())
def test_mail_is_told_by_its_header(text: str, row: str) -> None:
    """Without an ending, as spools and mail folders keep it."""
    assert format_of(text.encode(), "17").name == row
    assert told(text.encode(), "17") == [(None, f"{RAIN}\n")]


@pytest.mark.parametrize("name", ["a.eml", "a.mbox"])
def test_an_ending_is_believed(name: str) -> None:
    """A text without any field is all text."""
    assert told(RAIN.encode(), name) == [(None, RAIN)]
    assert told(f"Subject: Rain\n\n{RAIN}".encode(), name) == [(None, RAIN)]
    assert told(f"Subject: Rain\r\r{RAIN}".encode(), "a.eml") == [(None, RAIN)]
    assert told(b" \n\n", name) == [(None, "PC102 ")]


STUB = "View this mail in your browser: https://news.example.org/2024/03/12/" + "rain" * 40
PAGE = f"<html><head><title>{RAIN}</title></head><!-- {RAIN * 9} --><p>{RAIN}</p></html>"
BODIES = {
    "one text": (part("text/plain", RAIN), RAIN),
    "no type": (f"\n{RAIN}".encode(), RAIN),
    "a type that is none": (part("text", RAIN), RAIN),
    "one page": (part("text/html", PAGE), PAGE),
    "a page that says text": (part("text/plain", PAGE), PAGE),
    "a file sent alone": (part("text/plain; name=a.txt", RAIN, "Content-Disposition: attachment"), RAIN),
    "both": (several("alternative", part("text/plain", RAIN), part("text/html", PAGE)), RAIN),
    "empty text": (several("alternative", part("text/plain", " \n"), part("text/html", PAGE)), PAGE),
    "stub": (several("alternative", part("text/plain", STUB), part("text/html", PAGE * 2)), PAGE * 2),
    "empty page": (several("alternative", part("text/plain", "Rain."), part("text/html", "<p>&nbsp;</p>")), "Rain."),
    "other text": (several("mixed", part("text/enriched", RAIN)), RAIN),
    "text in two": (several("mixed", part("text/plain", RAIN), part("text/plain", SNOW)), f"{RAIN}\n\n{SNOW}"),
    "never closed": (several("mixed", part("text/plain", RAIN))[:-8], RAIN),
    "no boundary": (b"Content-Type: multipart/mixed\n\n" + RAIN.encode(), RAIN),
    "boundary that is not there": (b"Content-Type: multipart/mixed; boundary=x\n\n" + RAIN.encode(), RAIN),
    "boundary in a line": (several("mixed", part("text/plain", f"{RAIN} --=b\n--=bc\n")), f"{RAIN} --=b\n--=bc\n"),
    "related": (
        several(
            "related",
            several("alternative", part("text/plain", RAIN), part("text/html", PAGE), mark="=a"),
            part("text/css", "p {}"),
            part("image/gif", "GIF89a"),
        ),
        RAIN,
    ),
    "quoted-printable": (
        part("text/plain", "It=20rain=\ned.", "Content-Transfer-Encoding: Quoted-Printable"), "It rained.",
    ),
    "base64": (part("text/plain", base64.encodebytes(RAIN.encode()), "Content-Transfer-Encoding: base64"), RAIN),
    "base64 cut off": (
        part("text/plain", base64.b64encode(RAIN.encode())[:-6], "Content-Transfer-Encoding: base64"), RAIN[:63],
    ),
    "unknown coding": (part("text/plain", RAIN, "Content-Transfer-Encoding: x-rain"), RAIN),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "text"), BODIES.values(), ids=BODIES.keys())
def test_the_text_of_a_message(raw: bytes, text: str) -> None:
    """One document: plain text, or the page where the text says less than half of it."""
    [found], _ = read(b"Subject: Rain\n" + raw)
    assert (found.raw.decode(), found.wrapper, found.origin.member) == (text, "eml", None)
    assert found.media == ("html" if "<html" in text else "text")
    assert (found.origin.offset, found.origin.length) == (0, len(raw) + 14)


@pytest.mark.parametrize(
    ("label", "encoding", "declared"),
    [
        ("iso-8859-1", "latin-1", "iso-8859-1"),
        ("UTF-8", "utf-8", "utf-8"),
        ("us-ascii", "utf-8", None),
        ("us-ascii", "cp1252", None),
        ("x-unknown", "cp1252", None),
        ("rot13", "utf-8", None),
        ("utf-8", "cp1252", "utf-8"),
    ],
)
def test_a_declared_charset_is_a_hint(label: str, encoding: str, declared: str | None) -> None:
    """What says nothing is not handed on, and what is wrong does no harm."""
    body = quopri.encodestring(FAEHRE.encode(encoding))
    [found], _ = read(part(f"text/plain; charset={label}", body, "Content-Transfer-Encoding: quoted-printable"))
    assert found.encoding == declared
    assert frame.record(examine.examine(found, Settings()))["text"] == FAEHRE


def test_what_a_header_declares() -> None:
    """Roles by their fields, all else under its own name, and nothing of those who got it."""
    head = (
        "Received: from x by y\nTo: Bob <bob@example.org>\nDelivered-To: bob@example.org\n"
        "From: =?utf-8?Q?Ann_M=C3=BC?=\n =?utf-8?Q?ller?= <ann@example.org>\n"
        "Subject: Rain, =?iso-8859-1?Q?Schn=E9e?=\n and snow\nNNTP-Posting-Host: 192.0.2.1\n"
        "Date: Tue, 12 Mar 2024 10:00:00 +0100 (CET)\nMessage-Id: <1@example.org>\nContent-Language: en-GB\n"
        "Organization: Example Server\nList-Id: Town <town.example.org>\nList-Unsubscribe: <https://example.org/bob>\n"
        "X-Mailer: Ferry 2\nX-Mailer: Ferry 3\nX-Sent-To: bob@example.org\ntext: odd\nKeywords: rain,\n\tsnow\n\n"
    )
    [found], _ = read((head + RAIN).encode(), "7_0123456789abcdef.eml")
    assert found.declared == {
        "title": "Rain, Schnée and snow", "date": "2024-03-12T10:00:00+01:00", "author": "Ann Müller",
        "language": "en-GB", "id": "1@example.org",
    }  # fmt: skip
    assert found.extra == {
        "sequence": "7", "From": "Ann Müller <ann@example.org>", "Organization": "Example Server",
        "List-Id": "Town <town.example.org>", "X-Mailer": "Ferry 2\nFerry 3", "text (header)": "odd",
        "Keywords": "rain, snow",
    }  # fmt: skip


FIELDS = {
    "Date: Tue, 12 Mar 2024 09:00:00 GMT": {"date": "2024-03-12T09:00:00Z"},
    "Date: 12 Mar 99 09:00 EST": {"date": "1999-03-12T09:00:00-05:00"},
    "Date: Tue, 12 Mar 2024 09:00:00 -0000": {"date": "2024-03-12T09:00:00"},
    "Date: Sat, 31 Feb 2024 09:00:00 +0100": {"date": "Sat, 31 Feb 2024 09:00:00 +0100"},
    "Date: Tue, 12 Mar 2024 09:00:00 +9999": {"date": "Tue, 12 Mar 2024 09:00:00 +9999"},
    "Date: 12. März 2024": {"date": "12. März 2024"},
    "Date:": {},
    "From: ann@example.org (Ann Lee)": {"author": "Ann Lee"},
    'From: "Lee, Ann" <ann@example.org>, Bob Poe <bob@example.org>': {"author": "Lee, Ann, Bob Poe"},
    "From: ann@example.org": {},
    'From: "ann@example.org" <ann@example.org>': {},
    "List-Id: <town.example.org>\nFrom: 'Ann Lee' via Town list <town@example.org>": {"author": "Ann Lee"},
    "From: Ann Lee via Bridge <ann@example.org>": {"author": "Ann Lee via Bridge"},
    "Content-Language: de, en": {},
    "Message-ID: none": {},
    "Subject: =?gb2312?B?1tDOxA==?=": {"title": "中文"},
    "Subject: =?utf-8?B?5rih?= =?utf-8?B?6Ii5?=": {"title": "渡船"},
    "Subject: =?utf-8?B?5rg=?= =?utf-8?B?oeiIuQ==?=": {"title": "渡船"},
    "Subject: =?no-such?Q?Rain?= =?rot13?Q?Snow?=": {"title": "RainSnow"},
    "Subject: =?utf-8?X?Rain?=": {"title": "=?utf-8?X?Rain?="},
    "Subject: =?utf-8?Q?Rain=0AX-Bad:_1?=": {"title": "Rain X-Bad: 1"},
    "Subject: =?utf-7?Q?+2D0-?=": {"title": "\ufffd"},
}


@pytest.mark.parametrize(("field", "declared"), FIELDS.items(), ids=FIELDS.keys())
def test_fields_as_they_are_written(field: str, declared: dict[str, str]) -> None:
    """Nothing is declared where a field does not say it, and no letter is lost."""
    [found], _ = read(f"{field}\n\n{RAIN}".encode())
    assert found.declared == declared


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp1251", "koi8-r", "iso8859-2"])
@pytest.mark.parametrize("ascii_text", [True, False])
def test_raw_letters_of_a_header_stay(encoding: str, ascii_text: bool) -> None:  # noqa: FBT001  drawn, not called
    """They are read as the text is, or as it says that it is."""
    words = {
        "cp1251": "Паром опоздал на целый час, и никто этого не заметил",
        "koi8-r": "Паром опоздал на целый час, и никто этого не заметил",
        "iso8859-2": "Prom się spóźnił o całą godzinę, a żółć zalała wszystkich",
    }.get(encoding, FAEHRE)
    body = RAIN if ascii_text else f"{words}\n" * 5
    raw = f"Subject: {words}\nX-Note: {words}\nContent-Type: text/plain; charset={encoding}\n\n{body}".encode(encoding)
    [found], _ = read(raw)
    record = frame.record(examine.examine(found, Settings()))
    assert (record["title"], record["text"]) == (words, body)


def test_raw_letters_beside_a_text_in_utf_8() -> None:
    """The text tells nothing of them; a guess does."""
    head = f"Subject: {FAEHRE}\n".encode("cp1252")
    [found], _ = read(head + part("text/plain; charset=utf-8", "渡船は遅れた。"))
    assert found.declared["title"] == FAEHRE
    assert found.extra["fields_encoding"].startswith("cp125")


def test_what_a_message_brings() -> None:
    """Files and messages are documents or rows of their own; what is no document is in the books."""
    inner = f"From: Bob Poe <bob@example.org>\nSubject: Snow\n\n{SNOW}"
    raw = several(
        "mixed",
        several("alternative", part("text/plain", RAIN), part("text/html", PAGE), mark="=a"),
        part("text/plain", SNOW, "Content-Disposition: attachment; filename*=utf-8''Schn%C3%A9e.txt"),
        part("text/html; name=page.html", PAGE),
        part("message/rfc822", inner),
        part("application/pdf; name=../../a.pdf", "%PDF-1.7"),
        part("application/pdf; name==?utf-8?Q?M=C3=A4rz.pdf?=", "%PDF-1.7"),
        part("application/octet-stream", "a,b"),
        part("image/png; name=logo.png", "x"),
        part("text/calendar", "BEGIN:VCALENDAR"),
        part("application/pgp-signature", "x"),
        part("message/delivery-status", "Action: failed"),
        part("text/plain", "\n"),
        part("text/plain; name=.hidden", "x"),
        head=HEAD,
    )
    found, books = read(raw + b"Sent by a list")
    assert [(e.origin.member, e.wrapper, e.problem and e.problem.code) for e in found] == [
        (None, "eml", None),
        ("Schnée.txt", "eml/txt", None),
        ("page.html", "eml/html", None),
        ("part-5.eml", "eml/eml", None),
        ("../../a.pdf", "eml/unread", "PC109"),
        ("März.pdf", "eml/binary", "PC103"),
        ("part-8.bin", "eml/txt", None),
    ]
    assert (found[1].raw.decode(), found[3].raw.decode(), found[3].declared["title"]) == (SNOW, SNOW, "Snow")
    assert books.skipped == {
        "other forms of the text of a message": 1,
        "pictures, sounds and films in messages": 1,
        "calendar entries and visiting cards in messages": 1,
        "signatures and keys in messages": 1,
        "parts for mail programs": 1,
        "empty parts of messages": 1,
        "behind the last part of a message": 1,
        "hidden": 1,
    }
    assert "a.eml!logo.png: pictures, sounds and films in messages" in books.names


def test_what_stands_between_files_is_one_text() -> None:
    """Programs cut a text at each picture; what is in another encoding cannot be joined."""
    coded = "Content-Transfer-Encoding: 8bit"
    raw = several(
        "mixed",
        part("text/plain; charset=utf-8", RAIN, coded),
        part("image/png", "x"),
        part("text/plain; charset=utf-8", FAEHRE, coded),
        part("text/plain; charset=koi8-r", "Паром".encode("koi8-r"), coded),
    )
    found, _ = read(raw)
    assert [(e.origin.member, e.encoding) for e in found] == [(None, "utf-8"), ("part-4.txt", None)]
    assert found[0].raw.decode() == f"{RAIN}\n\n{FAEHRE}"


SEALED = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"
WORDLESS = {
    "nothing": (b"Subject: Rain\n\n", [(None, "PC105 an empty message")]),
    "a picture": (several("mixed", part("image/png", "x")), [(None, "PC105 a message of image/png")]),
    "a file": (several("mixed", part("text/plain; name=a.txt", RAIN), head=HEAD), [(None, RAIN)]),
    "files": (
        several("mixed", part("text/plain", ""), part("text/plain; name=a.txt", RAIN), part("x/y; name=b", SNOW)),
        [("a.txt", RAIN), ("b", SNOW)],
    ),
    "encrypted": (
        several("encrypted", part("application/pgp-encrypted", "Version: 1"), part("application/x", SEALED)),
        [(None, "PC107 the message needs a key")],
    ),
    "encrypted in its text": (part("text/plain", SEALED), [(None, "PC107 the message needs a key")]),
    "digest": (
        several("digest", f"\nSubject: A\n\n{RAIN}".encode(), f"\nSubject: B\n\n{SNOW}".encode()),
        [("part-1.eml", RAIN), ("part-2.eml", SNOW)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "rows"), WORDLESS.values(), ids=WORDLESS.keys())
def test_a_message_without_a_text(raw: bytes, rows: list[tuple[Any, ...]]) -> None:
    """Its files are the documents; where it has none, a row says what it has."""
    assert told(raw) == rows


def test_names_are_left_out_as_those_of_files() -> None:
    """`exclude` speaks of what a message brings as well."""
    raw = several("mixed", part("text/plain", RAIN), part("application/pdf; name=a.pdf", "%PDF-"))
    found, books = read(raw, settings=Settings(exclude=("*.pdf",)))
    assert ([e.raw.decode() for e in found], sum(books.skipped.values())) == ([RAIN], 1)


BOX = (
    f"From ann@example.org Tue Mar 12 10:00:00 2024\nSubject: Rain\n\n{RAIN}\n\n>From the mayor came nothing.\n"
    f">>From Ann:\n\nFrom Monday on it rains.\n\nFrom Tue Mar 12 on it snowed.\nTo Bob it did.\n\n"
    f"From bob@example.org Wed Mar 13 10:00:00 2024\r\nSubject: Snow\r\nContent-Length: 9\r\n\r\n{SNOW}\r\n\r\n"
    "From - Thu Mar 14 10:00:00 2024\nSubject: Empty\n\n\nFrom - Thu Mar 14 10:00:00 2024\n"
).encode()


def test_a_mailbox_is_taken_apart() -> None:
    """Each message is a row at its place; sentences that begin as an envelope does stay in their text."""
    found, _ = read(BOX, "a.mbox")
    assert [(e.origin.row, e.problem and e.problem.code) for e in found] == [(1, None), (2, None), (3, None)]
    assert [e.declared["title"] for e in found] == ["Rain", "Snow", "Empty"]
    assert found[0].raw.decode() == (
        f"{RAIN}\n\nFrom the mayor came nothing.\n>From Ann:\n\nFrom Monday on it rains.\n\n"
        "From Tue Mar 12 on it snowed.\nTo Bob it did.\n"
    )
    assert found[1].raw.decode() == f"{SNOW}\r\n"
    assert found[2].raw.decode() == "\nFrom - Thu Mar 14 10:00:00 2024\n"
    assert [e.extra["envelope"][:4] for e in found] == ["ann@", "bob@", "- Th"]
    for each in found:
        begin = each.origin.offset or 0
        stood = BOX[begin : begin + each.origin.length]
        assert stood.startswith(b"Subject: ")
        assert each.raw.strip() in stood.replace(b">From", b"From")


def test_what_a_mailbox_brings_names_its_message() -> None:
    """Files have the number of their message before their name, in archives too; the others go on."""
    one = several("mixed", part("text/plain", RAIN), part("text/plain; name=a.txt", SNOW), head=HEAD)
    box = b"".join(b"From - Tue Mar 12 10:00:00 2024\n" + each + b"\n" for each in (one, b"Subject: x\n", one))
    rows = [(None, RAIN), ("1!a.txt", SNOW), (None, "PC105 an empty message"), (None, RAIN), ("3!a.txt", SNOW)]
    assert told(box, "a.mbox") == rows
    assert told(gzip.compress(box), "a.mbox.gz") == rows
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b/a", box)
    assert told(packed.getvalue(), "a.zip") == [(f"b/a!{name}" if name else "b/a", text) for name, text in rows]


def test_a_long_message_is_a_row() -> None:
    """It is refused by its limit, with its place; those before and behind it are read."""
    small = Settings(limits=Limits(document_bytes=300))
    long = f"From - Tue Mar 12 10:00:00 2024\nSubject: x\n\n{RAIN * 9}\n{RAIN}\n\n".encode()
    box = b"".join((BOX[:90] + b"\n\n", long, long.replace(b"\n" + RAIN.encode(), b"")))
    found, _ = read(box, "a.mbox", small)
    assert [e.problem.code if e.problem else "read" for e in found] == ["read", "PC108", "PC108"]
    assert "limits.document_bytes" in told(long, "a.eml", small)[0][1]


def test_limits_of_what_is_inside() -> None:
    """Parts in parts, parts in all and messages in messages are bounded, and the rest is read."""
    deep = part("text/plain", RAIN)
    for n in range(40):
        deep = several("mixed", deep, mark=f"={n}=")
    many = several("mixed", *[part("text/plain", RAIN)] * 1100)
    assert [told(raw)[0][1][:5] for raw in (deep, many)] == ["PC108", "PC108"]
    inner = f"Subject: x\n\n{RAIN}".encode()
    for n in range(12):
        inner = several("mixed", part("text/plain", SNOW), part("message/rfc822", inner), head=HEAD, mark=f"={n}=")
    assert [text for _, text in told(inner)] == [SNOW] * 8 + ["PC108 messages in messages deeper than 8"]


HOSTILE = {
    "boundaries": several("mixed", *[b"--=b"] * 300_000),
    "boundaries in one line": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b" * 500_000,
    "boundary of dashes": b"Content-Type: multipart/mixed; boundary=-\n\n" + b"-" * 1_000_000,
    "long boundary": b"Content-Type: multipart/mixed; boundary=" + b"b" * 1_000_000 + b"\n\nx",
    "parameters": b"Content-Type: text/plain" + b";" * 1_000_000 + b"\n\nx",
    "quotes": b"Content-Type: text/plain;" + b'a=";' * 300_000 + b"\n\nx",
    "pieces of a name": b"Content-Type: a/b" + b"".join(b"; name*%d*=x" % n for n in range(9999)) + b"\n\nx",
    "comments": b"From: " + b"(" * 1_000_000 + b"\nDate: " + b"(" * 100_000 + b"\n\nx",
    "words": b"Subject: " + b"=?a?q?" * 200_000 + b"\n\nx",
    "fields": b"A: b\n" * 300_000 + b"\nx",
    "folds": b"Subject: a\n" + b" \n" * 500_000 + b"\nx",
    "names": b"!" * 1_000_000 + b"\n\nx",
    "tags": several("alternative", part("text/plain", "x"), part("text/html", b"<" * 500_000 + b"<!--" * 300_000)),
    "addresses": several("alternative", part("text/plain", b"https://" * 100_000), part("text/html", b"&a" * 300_000)),
    "envelopes": b"From a Tue Mar 1\n" * 100_000,
    "envelopes in one line": b"From " + b"Tue Mar " * 200_000 + b"\nA: b\n\nx",
    "nothing": bytes(1000) + b"\n" * 500_000,
}  # fmt: skip


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("name", ["a.eml", "a.mbox"])
def test_hostile_messages_cost_little(raw: bytes, name: str) -> None:
    """A megabyte of what the standard library takes long for."""
    begin = time.process_time()
    read(raw, name)
    assert time.process_time() - begin < 5


def test_what_is_repaired_is_read_again(tmp_path: Path, envelopes: Read) -> None:
    """The lines that `repair` writes of a mailbox give the same texts, titles and days."""
    (tmp_path / "a.mbox").write_bytes(BOX)
    first = [frame.record(examine.examine(e, Settings())) for e in envelopes(tmp_path)]
    target = tmp_path / repaired.name("a.mbox", "mbox")
    target.write_bytes(b"".join(repaired.body(record) for record in first))
    (tmp_path / "a.mbox").unlink()
    again = [frame.record(examine.examine(e, Settings())) for e in envelopes(tmp_path)]
    shown = ("text", "title", "date", "author", "language")
    assert [[r[name] for name in shown] for r in again] == [[r[name] for name in shown] for r in first]


LINES = st.one_of(
    st.sampled_from([
        "From a@example.org Tue Mar 12 10:00:00 2024", "From Monday", ">From you", "Subject: Rain", "", "", "--b",
        "--b--", "Content-Type: multipart/mixed; boundary=b", "Content-Type: multipart/alternative; boundary=b",
        " folded", "Content-Type: text/html", "Content-Type: message/rfc822",
        "Content-Type: multipart/encrypted; boundary=b",
        "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable", "Date: 31 Feb 2024",
        "Content-Disposition: attachment; filename=../a", "MIME-Version: 1.0", "From: =?utf-8?Q?=FC?= <a@example.org>",
        "Message-ID: <1@example.org>", "SXQgcmFpbmVkLg==", "It rained.", "<p>It rained.</p>",
    ]),
    st.text(max_size=30),
)  # fmt: skip


@given(
    st.lists(LINES, max_size=16),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "cp1252", "utf-16-le"]),
    st.sampled_from(["a.eml", "a.mbox", "a"]),
    st.integers(0, 30),
)
@example(["Content-Type: a/b; name*=utf-7''+2AA-", "", "x"], "\n", "utf-8", "a.eml", 0)
def test_whatever_stands_in_a_file(lines: list[str], end: str, encoding: str, name: str, cut: int) -> None:
    """No error, at least one row, books that add up, and values that every report can hold."""
    raw = end.join(lines).encode(encoding, "replace")
    mail.looks_like_message(raw)
    mail.looks_like_mailbox(raw)
    found, _ = read(raw[: len(raw) - cut] if cut < len(raw) else raw, name)
    for each in found:
        frame.dump(frame.record(examine.examine(each, Settings())))
        assert all(each.declared.values())


@given(st.binary(max_size=300))
def test_whatever_bytes_a_header_holds(raw: bytes) -> None:
    """Fields of any bytes are taken apart without an error."""
    head, _ = letterhead.halves(b"Subject: " + raw + b"\nFrom: " + raw + b"\nDate: " + raw + b"\nMessage-ID: " + raw)
    letterhead.fields(head)
    mime.opened(b"Content-Type: multipart/mixed; boundary=" + raw + b"\n\n" + raw)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60).map(
    lambda text: f"{text}."
)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4), st.booleans())
def test_what_is_put_in_comes_out(stories: list[tuple[str, str]], boxed: bool) -> None:  # noqa: FBT001  drawn, not called
    """Messages that the standard library writes, with a page and a file, in their order."""
    written = []
    for title, text in stories:
        message = EmailMessage()
        message["Subject"], message["Message-ID"] = f"{title.strip()}", "<1@example.org>"
        message.set_content(f"{text}\n")
        message.add_alternative(f"<p>{text}</p>", subtype="html")
        message.add_attachment(f"{text}\n", filename="a.txt")
        written.append(message.as_bytes().replace(b"\nFrom ", b"\n>From "))
    if boxed:
        raw = b"".join(b"From - Tue Mar 12 10:00:00 2024\n" + each + b"\n" for each in written)
        found, _ = read(raw, "a.mbox")
    else:
        found = [e for each in written for e in read(each)[0]]
    want = [text for _, text in stories for _ in range(2)]
    assert [e.raw.decode().strip("\r\n") for e in found] == want


FLOWED = "It rained on the harbour all day, and the ferry \nstayed where it was.\n\n> Who \n> minded?\n-- \nAnn\n"
JOINED = "It rained on the harbour all day, and the ferry stayed where it was.\n\n> Who minded?\n-- \nAnn\n"


@pytest.mark.parametrize(
    ("kind", "text", "want"),
    [
        ("text/plain", FLOWED, FLOWED),
        ("text/plain; format=fixed", FLOWED, FLOWED),
        ("text/html; format=flowed", "<p>So \nit rained.</p>", "<p>So \nit rained.</p>"),
        ("text/plain; format=flowed", FLOWED, JOINED),
        ("text/plain; charset=utf-8; FORMAT=Flowed", FLOWED, JOINED),
        ("text/plain; format=flowed; delsp=yes", "雨が \n降った。\n", "雨が降った。\n"),
        ("text/plain; format=flowed; delsp=no", "So \nit rained.\n", "So it rained.\n"),
        ("text/plain; format=flowed", " From the hills \n > came snow.\n", "From the hills > came snow.\n"),
        ("text/plain; format=flowed", "> a \n>> b \n> c\n", "> a \n>> b \n> c\n"),
        ("text/plain; format=flowed", "The end \n", "The end \n"),
        ("text/plain; format=flowed", "So \r\nit rained.\r\n", "So it rained.\r\n"),
    ],
)
def test_lines_that_were_broken_are_joined(kind: str, text: str, want: str) -> None:
    """Lines are joined where the message says that a program broke them, and nowhere else."""
    raw = f"{HEAD}Content-Type: {kind}\nContent-Transfer-Encoding: 8bit\n\n{text}".encode()
    assert [one[1] for one in told(raw)] == [want]


def test_an_attached_file_keeps_its_lines() -> None:
    """A file is what it was, whatever its message says of its lines."""
    file = part("text/plain; format=flowed", FLOWED, 'Content-Disposition: attachment; filename="a.txt"')
    raw = f"{HEAD}Content-Type: multipart/mixed; boundary=x\n\n--x\n".encode()
    raw += part("text/plain", RAIN) + b"\n--x\n" + file + b"\n--x--\n"
    assert ("a.txt", FLOWED) in told(raw)


def flowing(paragraph: str, width: int) -> str:
    """A paragraph broken as RFC 3676 says, at spaces that stay."""
    lines, line = [], ""
    for word in paragraph.split(" "):
        if line and len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line += f"{word} "
    shown = [*lines, line[:-1]]
    return "\n".join(f" {each}" if each.startswith((" ", ">", "From ")) else each for each in shown)


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).filter(lambda word: word != "--")


@given(st.lists(st.lists(WORDS, min_size=1), min_size=1), st.integers(8, 80))
def test_what_was_broken_comes_back(paragraphs: list[list[str]], width: int) -> None:
    """Paragraphs that were broken at any width come back as they were."""
    texts = [" ".join(words) for words in paragraphs]
    raw = "\n".join(flowing(text, width) for text in texts).encode()
    assert flowed.unflowed(raw).decode() == "\n".join(texts)


def coded(name: str, raw: bytes) -> str:
    """A file as it stands in a text, as programs wrote it before MIME."""
    lines = [binascii.b2a_uu(raw[at : at + 45], backtick=True).decode() for at in range(0, len(raw), 45)]
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


@pytest.mark.parametrize(
    "text",
    [
        "begin 644 a.txt\nThis is no block, and it is\nnot read as one.\nend\n",
        "begin the day with a walk\nM\nend\n",
        f"See: {coded('a.txt', RAIN.encode())}",
        coded("a.txt", RAIN.encode()).removesuffix("end\n"),
        coded("a.txt", RAIN.encode()).replace("begin 644", "begin x44"),
    ],
)
def test_what_is_no_coded_file_stays_text(text: str) -> None:
    """Words that begin as a file in letters does, and one that is cut off or damaged, are text."""
    raw = f"{HEAD}Content-Type: text/plain\n\n{RAIN}\n{text}"
    assert [one[1] for one in told(raw.encode())] == [f"{RAIN}\n{text}"]


@pytest.mark.parametrize("kind", ["Content-Type: text/plain\n", ""])
def test_files_in_letters_are_files(kind: str) -> None:
    """Files that stand in a text as letters are read as attached ones are, and the text is without them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b.txt", SNOW)
    text = f"{RAIN}\n{coded('a b.txt', SNOW.encode())}And more.\n{coded('c.zip', packed.getvalue())}"
    assert told(f"{HEAD}{kind}\n{text}".encode()) == [
        (None, f"{RAIN}\nAnd more.\n"), ("a b.txt", SNOW), ("c.zip!b.txt", SNOW),
    ]  # fmt: skip


@given(st.binary(max_size=300), st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_a_file_in_letters_comes_back(raw: bytes, name: str) -> None:
    """Any bytes come back, with the name that was written."""
    text, files = uucode.taken(f"Before.\n{coded(name, raw)}After.".encode())
    assert (text, files) == (b"Before.\nAfter.", [(name.encode(), raw)])


@pytest.mark.parametrize("part", ["begin 644 a\n", "begin 644 a\n#0V%T\n", "M\n", "begin 644 a\n`\nend\n"])
def test_letters_take_linear_time(part: str) -> None:
    """Half a million bytes of beginnings take no longer than text does."""
    begun = time.process_time()
    uucode.taken(part.encode() * (500_000 // len(part)))
    assert time.process_time() - begun < 2
