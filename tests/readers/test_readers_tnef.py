"""Mails in the form of Outlook: what they hold is what an ordinary mail holds, and damage costs what it hits."""

from __future__ import annotations

import base64
import datetime as dt
import struct
import time
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.config import Limits, Settings
from provcheck.readers import Ledger, Source, lzfu, tnefscan, unpack
from provcheck.readers.refusal import Refusal
from provcheck.readers.tnef import ATTACHMENTS

if TYPE_CHECKING:
    from provcheck.model import Envelope

RAIN, SNOW = "It rained all day.", "It snowed at night."
RICH = rb"{\rtf1\ansi\ansicpg1252 It rained on the caf\'e9.\par It snowed at night.\par}"
READ = "It rained on the café.\n\nIt snowed at night."
MESSAGE = bytes.fromhex("0703020000000000c000000000000046")


def attribute(number: int, raw: bytes, level: int = 1) -> bytes:
    """An attribute; the second half of its number tells its type, which nobody asks for."""
    return struct.pack("<BHHI", level, number, 6, len(raw)) + raw + struct.pack("<H", sum(raw) & 0xFFFF)


def varying(kind: int, number: int, raw: bytes) -> bytes:
    """A property with a length."""
    return struct.pack("<HHII", kind, number, 1, len(raw)) + raw + bytes(-len(raw) % 4)


def wide(number: int, text: str) -> bytes:
    """A property of text in Unicode."""
    return varying(0x1F, number, f"{text}\0".encode("utf-16-le"))


def moment(number: int, when: dt.datetime) -> bytes:
    """A property of a time."""
    ticks = (when - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1) * 10
    return struct.pack("<HHQ", 0x40, number, ticks)


def properties(*those: bytes) -> bytes:
    """The bytes of an attribute that holds properties."""
    return struct.pack("<I", len(those)) + b"".join(those)


def packed(text: bytes) -> bytes:
    """Rich Text as Outlook packs it, but without any repeat."""
    body = b"".join(b"\0" + text[at : at + 8] for at in range(0, len(text), 8))
    return head(body, len(text))


def head(body: bytes, size: int) -> bytes:
    """Packed Rich Text with a right checksum."""
    return struct.pack("<II4sI", len(body) + 12, size, b"LZFu", zlib.crc32(body, 0xFFFFFFFF) ^ 0xFFFFFFFF) + body


def mail(*said: bytes, before: bytes = b"", behind: bytes = b"") -> bytes:
    """A file: attributes, the properties of the message, and attributes behind them."""
    page = attribute(0x9007, struct.pack("<II", 1252, 0))
    return tnefscan.MARK + b"\1\0" + page + before + attribute(0x9003, properties(*said)) + behind


def attached(name: str, raw: bytes, *said: bytes) -> bytes:
    """An attachment."""
    title = attribute(0x8010, name.encode("cp1252", "replace") + b"\0", 2)
    own = attribute(0x9005, properties(wide(0x3707, name), *said), 2)
    return attribute(0x9002, bytes(14), 2) + title + (attribute(0x800F, raw, 2) if raw else b"") + own


def read(raw: bytes, name: str = "winmail.dat", limits: Limits | None = None) -> tuple[list[Envelope], Ledger]:
    """Each row, and the ledger, which is held to account."""
    books = Ledger()
    books.found(len(raw))
    found = list(unpack(Source(name, name, name, len(raw)), raw, Settings(limits=limits or Limits()), books))
    assert found
    assert books.faults(len(found)) == ()
    return found, books


def told(raw: bytes, limits: Limits | None = None) -> list[str]:
    """Each row's text, or its code and detail."""
    found, _ = read(raw, limits=limits)
    return [f"{e.problem.code} {e.problem.detail}" if e.problem else e.raw.decode() for e in found]


NO_DOCUMENT = {
    "its mark alone": (tnefscan.MARK, "PC105 an empty message"),
    "nothing in it": (mail(), "PC105 an empty message"),
    "blank": (mail(wide(0x1000, " \r\n")), "PC105 an empty message"),
    "an unknown attribute": (mail()[:6] + attribute(0x1234, b"abc"), "PC105 an empty message"),
    "cut in a head": (mail()[:-5], "PC106 it ends early"),
    "another level": (mail()[:6] + attribute(0x8004, b"x", 9), "PC106 bytes that are none of its attributes"),
    "Rich Text of an unknown kind": (mail(varying(0x102, 0x1009, bytes(16))), "PC106 its Rich Text is packed as"),
    "Rich Text that is cut": (mail(varying(0x102, 0x1009, packed(RICH)[:40])), "PC106 its Rich Text fails"),
    "Rich Text without a head": (mail(varying(0x102, 0x1009, b"LZFu")), "PC106 the head of its Rich Text is cut"),
    "a bomb of Rich Text": (
        mail(varying(0x102, 0x1009, struct.pack("<II4sI", 12, 1 << 31, b"LZFu", 0))), "PC108 its Rich Text has more",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "words"), NO_DOCUMENT.values(), ids=NO_DOCUMENT.keys())
def test_a_mail_without_a_text_is_one_row(raw: bytes, words: str) -> None:
    """Which says why there is none."""
    [row] = told(raw)
    assert row.startswith(words)


TEXTS = {
    "plain": (mail(wide(0x1000, RAIN)), RAIN, "text"),
    "plain in a code page": (mail(varying(0x1E, 0x1000, "Café.\0".encode("cp1252"))), "Café.", "text"),
    "plain as an attribute": (mail(behind=attribute(0x800C, RAIN.encode() + b"\0")), RAIN, "text"),
    "HTML": (mail(varying(0x102, 0x1013, b"<p>It rained.</p>")), "<p>It rained.</p>", "html"),
    "HTML in Unicode": (mail(wide(0x1013, "<p>Café</p>")), "<p>Café</p>", "html"),
    "packed Rich Text": (mail(varying(0x102, 0x1009, packed(RICH))), READ, "text"),
    "Rich Text as it is": (
        mail(varying(0x102, 0x1009, struct.pack("<II4sI", len(RICH) + 12, len(RICH), b"MELA", 0) + RICH)), READ, "text",
    ),
    "plain beside Rich Text": (mail(wide(0x1000, RAIN), varying(0x102, 0x1009, packed(RICH))), RAIN, "text"),
    "blank beside Rich Text": (mail(wide(0x1000, " "), varying(0x102, 0x1009, packed(RICH))), READ, "text"),
    "plain beside HTML": (mail(wide(0x1000, RAIN), wide(0x1013, f"<p>{RAIN}</p>")), RAIN, "text"),
    "properties with names": (
        mail(struct.pack("<HH16xII", 3, 0x8001, 0, 7) + bytes(4), wide(0x1000, RAIN)), RAIN, "text",
    ),
    "named by words": (
        mail(struct.pack("<HH16xII", 3, 0x8001, 1, 6) + b"a\0b\0\0\0\0\0" + bytes(4), wide(0x1000, RAIN)), RAIN, "text",
    ),
    "several values": (
        mail(struct.pack("<HHI", 0x1003, 0x10, 3) + bytes(12), struct.pack("<HHI", 0x101F, 0x11, 2)
             + b"\2\0\0\0a\0\0\0" * 2, wide(0x1000, RAIN)), RAIN, "text",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "text", "media"), TEXTS.values(), ids=TEXTS.keys())
def test_the_text_in_any_form(raw: bytes, text: str, media: str) -> None:
    """One of them is the document, whichever of them are there."""
    [found], _ = read(raw)
    assert (found.wrapper, found.media) == ("tnef", media)
    assert found.raw.decode(found.encoding or "utf-8") == text


def test_what_a_mail_says_is_declared() -> None:
    """Subject, sender, day and number, as those of an ordinary mail."""
    when = dt.datetime(2024, 3, 12, 9, 30, tzinfo=dt.UTC)
    said = (
        wide(0x37, "Ferry\r\nX-Not: a field"), wide(0x42, 'Anna "Lé" Lehm'), wide(0x65, "anna@example.org"),
        moment(0x39, when), wide(0x1035, "<1@example.org>"), wide(0x1000, RAIN),
    )  # fmt: skip
    [found], _ = read(mail(*said))
    assert found.declared == {
        "title": "Ferry X-Not: a field", "date": "2024-03-12T09:30:00Z", "author": "Anna 'Lé' Lehm",
        "id": "1@example.org",
    }  # fmt: skip
    assert found.extra["From"] == "\"Anna 'Lé' Lehm\" <anna@example.org>"


def test_what_only_attributes_say_is_declared() -> None:
    """As older programs write it, in the code page that they name; the day has no zone then."""
    sender = struct.pack("<4H", 4, 30, 6, 22) + "Zoé K\0".encode("cp1252") + b"SMTP:zoe@example.org\0\0"
    before = (
        attribute(0x8004, "Fähre\0".encode("cp1252")) + attribute(0x8000, sender)
        + attribute(0x8005, struct.pack("<7H", 2024, 3, 12, 9, 30, 0, 2)) + attribute(0x800C, RAIN.encode())
    )  # fmt: skip
    [found], _ = read(mail(before=before))
    assert found.declared == {"title": "Fähre", "date": "2024-03-12T09:30:00", "author": "Zoé K"}


@pytest.mark.parametrize("clock", [(0, 0, 0, 0, 0, 0), (2024, 13, 1, 0, 0, 0), (65535,) * 6])
def test_a_day_that_never_was_is_none(clock: tuple[int, ...]) -> None:
    """Nothing is declared by it."""
    [found], _ = read(mail(wide(0x1000, RAIN), before=attribute(0x8005, struct.pack("<6H", *clock))))
    assert "date" not in found.declared


def test_attachments_are_what_those_of_a_mail_are() -> None:
    """Files have their readers, pictures are counted, and messages are read in their place."""
    inner = MESSAGE + mail(wide(0x37, "Inner"), wide(0x1000, SNOW))
    files = (
        attached("notes.txt", SNOW.encode()), attached("pier.JPG", b"\xff\xd8\xff\xe0"),
        attached("logo", b"\x89PNG", wide(0x370E, "image/png")), attached("..\\..\\a.csv", b"id,text\n1,Hail\n"),
        attached("Inner", b"", varying(0x0D, 0x3701, inner)), attached("", RICH), attached("empty.txt", b""),
    )  # fmt: skip
    found, books = read(mail(wide(0x1000, RAIN), behind=b"".join(files)))
    rows = [(e.origin.member, e.wrapper, e.problem.code if e.problem else e.raw.decode()) for e in found]
    assert rows == [
        (None, "tnef", RAIN), ("notes.txt", "tnef/txt", SNOW), ("a.csv", "tnef/csv", "Hail"),
        ("Inner.tnef", "tnef/tnef", SNOW), ("part-7.bin", "tnef/rtf", READ), ("empty.txt", "tnef/empty", "PC102"),
    ]  # fmt: skip
    assert books.skipped == {"pictures, sounds and films in messages": 2}
    assert found[3].declared["title"] == "Inner"


def test_in_an_ordinary_mail_it_is_one_of_its_files() -> None:
    """Whatever it is called there: its first bytes tell it."""
    coded = base64.encodebytes(mail(wide(0x1000, SNOW), behind=attached("notes.txt", b"Hail."))).decode()
    raw = (
        "Subject: Ferry\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        f"--x\nContent-Type: text/plain\n\n{RAIN}\n--x\nContent-Type: application/ms-tnef; name=winmail.dat\n"
        f"Content-Transfer-Encoding: base64\n\n{coded}\n--x--\n"
    )
    found, _ = read(raw.encode(), "a.eml")
    assert [(e.wrapper, e.origin.member, e.raw.decode()) for e in found] == [
        ("eml", None, RAIN), ("eml/tnef", "winmail.dat", SNOW), ("eml/tnef/txt", "winmail.dat!notes.txt", "Hail."),
    ]  # fmt: skip


def test_damage_is_told_behind_what_could_be_read() -> None:
    """A wrong checksum, properties that end early, a cut file, and a text that cannot be unpacked."""
    text, file = wide(0x1000, RAIN), attached("notes.txt", SNOW.encode())
    broken = bytearray(attribute(0x8004, b"Ferry"))
    broken[-1] ^= 1
    many = struct.pack("<I", 9) + text
    for raw, words in (
        (mail(text, before=bytes(broken), behind=file), "fails its checksum"),
        (mail(text, behind=attribute(0x9003, many) + file), "properties end early: 1 of 9"),
        (mail(text, behind=file + attribute(0x8004, b"abc")[:-4]), "it ends early: at byte"),
        (mail(varying(0x102, 0x1009, packed(RICH)[:-1]), behind=file), "its Rich Text fails its checksum"),
        (mail(text, struct.pack("<HH", 0x99, 1), behind=file), "which nobody knows"),
    ):
        rows = told(raw)
        assert SNOW in rows
        assert (RAIN in rows) == ("Rich" not in words)
        assert rows[-1].startswith("PC106 ")
        assert words in rows[-1]


def test_limits_hold() -> None:
    """For the file, for attachments, and for messages in messages."""
    assert told(mail(wide(0x1000, RAIN * 99)), Limits(document_bytes=1000))[0].startswith(
        "PC108 a message of more than"
    )
    many = told(mail(wide(0x1000, RAIN), behind=attached("a.txt", b"Hail.") * (ATTACHMENTS + 1)))
    assert (many[0], many.count("Hail."), many[-1][:5]) == (RAIN, ATTACHMENTS, "PC108")
    raw = mail(wide(0x1000, RAIN))
    for _ in range(20):
        raw = mail(wide(0x1000, RAIN), behind=attached("a", b"", varying(0x0D, 0x3701, MESSAGE + raw)))
    rows = told(raw)
    assert rows[-1].startswith("PC108 messages in messages deeper than")
    assert rows[:-1] == [RAIN] * 8


def test_repeats_are_unpacked() -> None:
    """From the window as it begins, and from what was written, also where it runs into itself."""
    words = b"\x01" + bytes([0, 5])  # seven bytes of the beginning: its first words
    assert lzfu.unpacked(head(words, 7), 99) == rb"{\rtf1\a"[:7]
    own = b"\x02" + b"a" + bytes([207 >> 4, (207 & 15) << 4 | 15])  # a, then seventeen bytes from where it stands
    assert lzfu.unpacked(head(own, 18), 99) == b"a" * 18
    ended = b"\x01" + bytes([207 >> 4, (207 & 15) << 4]) + b"anything"
    with pytest.raises(Refusal, match="has 0 bytes, and should have 4"):
        lzfu.unpacked(head(ended, 4), 99)


def test_a_bomb_stops_at_its_limit() -> None:
    """However little it claims to be."""
    places = [(206 + 17 * n) % 4096 for n in range(800_000)]  # each is the byte before, which is written over and over
    signs = [bytes([place >> 4, (place & 15) << 4 | 15]) for place in places]
    body = b"".join(b"\xff" + b"".join(signs[at : at + 8]) for at in range(0, len(signs), 8))
    begin = time.process_time()
    with pytest.raises(Refusal, match="more than 1000000 bytes"):
        lzfu.unpacked(head(body, 1), 1_000_000)
    assert time.process_time() - begin < 5


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "raw",
    [
        mail(behind=attribute(0, b"") * 100_000), mail(*[struct.pack("<HH", 1, 1)] * 200_000),
        mail(struct.pack("<HHI", 0x1001, 1, 0xFFFFFFFF)),
        mail(struct.pack("<HHI", 0x1E, 1, 0xFFFFFFFF) + bytes(400_000)),
        mail()[:6] + attribute(0x9003, struct.pack("<I", 0xFFFFFFFF)),
    ],
    ids=["attributes", "properties", "values of nothing", "values", "a count"],
)  # fmt: skip
def test_hostile_counts_end_with_the_bytes(raw: bytes) -> None:
    """None is believed beyond what is there."""
    assert told(raw)[0].startswith("PC10")


WHOLE = mail(
    wide(0x37, "Ferry"), moment(0x39, dt.datetime(2024, 3, 12, tzinfo=dt.UTC)), varying(0x102, 0x1009, packed(RICH)),
    behind=attached("notes.txt", SNOW.encode()) + attached("b", b"", varying(0x0D, 0x3701, MESSAGE + mail())),
)  # fmt: skip


@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)), st.binary(max_size=20))
@settings(deadline=None, max_examples=300)
def test_any_damage_gives_rows_that_add_up(cut: int, end: int, put: bytes) -> None:
    """Whatever is cut out and put in: the same rows twice, each a document or a reason."""
    raw = tnefscan.MARK + (WHOLE[: min(cut, end)] + put + WHOLE[max(cut, end) :])[4:]
    rows, _ = read(raw)
    assert rows == read(raw)[0]
    assert all(e.problem or e.raw.strip() for e in rows)


@given(st.binary(max_size=300), st.integers(0, 500))
def test_any_bytes_are_unpacked_or_refused(body: bytes, size: int) -> None:
    """Never less than was said, nor more than the limit by a sign."""
    try:
        found = lzfu.unpacked(head(body, size), 400)
    except Refusal as refusal:
        assert refusal.problem.code in ("PC106", "PC108")  # noqa: PT017  either is an answer
    else:
        assert size <= len(found) <= 400 + 8 * 17
