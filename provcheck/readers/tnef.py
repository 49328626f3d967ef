"""Outlook's own form of a mail (TNEF): the file ``winmail.dat`` that mails bring, or one of its own.

What it holds becomes what the header and the parts of an ordinary mail become: subject, sender and day are declared,
the text is a document, and each file that it brings goes on to its reader. A text may be there in three forms; Rich
Text is read where there is no other, since most often it is the only one. What is damaged is told in rows behind the
others.

Subject and sender of another code page than Unicode are read by the one that the file names.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from provcheck.model import Problem
from provcheck.readers import lzfu, mail, streams, tnefscan
from provcheck.readers.blob import Blob, Desk, Place, tallied
from provcheck.readers.ledger import Tally
from provcheck.readers.mimesorts import rule_of
from provcheck.readers.office import rtf
from provcheck.readers.office.layer import Beside
from provcheck.readers.office.rtffonts import USUAL, page
from provcheck.readers.refusal import Refusal
from provcheck.readers.sources import printable
from provcheck.readers.tnefscan import BINARY, MOMENT, OBJECT, STRING, WIDE, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import Message

    from provcheck.model import Envelope
    from provcheck.readers.mime import Part

ATTACHMENTS = 1000
"""Attachments that are read of one message, as parts of an ordinary one."""

# Attributes of a message.
_FROM, _SUBJECT, _SENT, _BODY, _PAGE, _PROPERTIES = 0x8000, 0x8004, 0x8005, 0x800C, 0x9007, 0x9003
# Attributes of an attachment, of which the first begins it.
_RENDERED, _DATA, _TITLE, _OWN = 0x9002, 0x800F, 0x8010, 0x9005
# Properties of a message.
_P_SUBJECT, _P_BODY, _P_RICH, _P_HTML, _P_ID = 0x0037, 0x1000, 0x1009, 0x1013, 0x1035
_P_SENT, _P_GIVEN = 0x0039, 0x0E06
_P_NAMES, _P_ADDRESSES = (0x0042, 0x0C1A), (0x0065, 0x5D02, 0x0C1F, 0x5D01)
_P_PAGE = 0x3FDE
# Properties of an attachment.
_P_LONG_NAME, _P_NAME, _P_SHOWN, _P_DATA, _P_TYPE = 0x3707, 0x3704, 0x3001, 0x3701, 0x370E

_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")
"""What stands before a message that is attached as one (IID_IMessage)."""

_IMAGES = ("bmp", "emf", "gif", "ico", "jpeg", "jpg", "png", "tif", "tiff", "webp", "wmf")
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_CLOCK = struct.Struct("<6H")
_SENDER = struct.Struct("<4H")  # what follows: the lengths of a name and an address, which stand behind them
_SHOWN = 20


@dataclass(slots=True)
class _File:
    """An attachment: its name and bytes as attributes give them, and its properties."""

    title: bytes = b""
    raw: bytes | None = None
    said: Mapping[int, Value] = field(default_factory=dict)


@dataclass(slots=True)
class _Mail:
    """What a file holds, as far as it can be read."""

    said: dict[int, bytes] = field(default_factory=dict)
    properties: Mapping[int, Value] = field(default_factory=dict)
    files: list[_File] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, number: int, own: bytes) -> None:
        """Take in an attribute: of an attachment where one has begun."""
        last = self.files[-1] if self.files else None
        if number == _RENDERED:
            self.files.append(_File())
        elif number == _PROPERTIES:
            said, fault = tnefscan.properties(own)
            self.properties = self.properties or said
            self.fault(fault)
        elif last and number == _OWN:
            said, fault = tnefscan.properties(own)
            last.said = last.said or said
            self.fault(fault)
        elif last and number == _DATA:
            last.raw = own
        elif last and number == _TITLE:
            last.title = own
        else:
            self.said.setdefault(number, own)

    def fault(self, what: str) -> None:
        if what:
            self.problems.append(Problem("PC106", what))


def read(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read a mail of Outlook: its text, and what it brings."""
    from provcheck.readers import letters  # noqa: PLC0415  the library of mail is for mail only

    mail.refuse_deeper(blob)
    limit = desk.settings.limits.document_bytes
    raw = streams.bounded(blob.stream, limit, blob.size)
    if len(raw) > limit:
        yield blob.refused("tnef", mail.too_long(limit), Place(None, 0, blob.size), raw)
        return
    found = _opened(raw)
    parts = [*_bodies(found, limit), *(_part(file, found) for file in found.files)]
    problems = found.problems[:_SHOWN]
    own = 0 if problems and not any(part.coded.strip() for part in parts) else 1
    if own:
        letter = letters.Letter(raw, Place(None, 0, len(raw)), "tnef")
        documents = partial(letters.documents, (_head(found), parts), letter, blob, desk)
        yield from tallied(blob, desk, "part", documents, "tnef")
    # What was read has its own books; without it, the first row is that of the file.
    if problems:
        desk.ledger.close(Tally(blob.where, "part", counted=own, given=own, reasons=len(problems)))
    for problem in problems:
        yield blob.refused("tnef", problem, Place(None, None, 0), b"" if own else raw)


def _opened(raw: bytes) -> _Mail:
    """The attributes of a file by what they belong to."""
    found = _Mail()
    for number, own, fault in tnefscan.attributes(raw):
        found.fault(fault)
        if number == _RENDERED and len(found.files) == ATTACHMENTS:
            found.problems.append(Problem("PC108", f"more than {ATTACHMENTS:,} attachments"))
            break
        found.take(number, own)
    return found


def _codec(found: _Mail) -> str:
    """The encoding of what is no Unicode."""
    return page(int.from_bytes(found.said.get(_PAGE, b"")[:4], "little")) or USUAL


def _words(found: _Mail, said: Mapping[int, Value], *numbers: int) -> str:
    """The first of some properties that has words, on one line."""
    return next((text for n in numbers if (value := said.get(n)) and (text := _line(found, value))), "")


def _line(found: _Mail, value: Value) -> str:
    if value.kind not in (STRING, WIDE):
        return ""
    codec = "utf-16-le" if value.kind == WIDE else _codec(found)
    return _one(value.raw.decode(codec, "replace"))


def _one(text: str) -> str:
    """A text up to its first NUL, on one line."""
    return " ".join(text.partition("\0")[0].split())


def _head(found: _Mail) -> Message:
    """The header that an ordinary mail would have."""
    from provcheck.readers.letterhead import halves  # noqa: PLC0415  as above

    codec, said = _codec(found), found.properties
    subject = _words(found, said, _P_SUBJECT) or _one(found.said.get(_SUBJECT, b"").decode(codec, "replace"))
    name, address = _words(found, said, *_P_NAMES), _words(found, said, *_P_ADDRESSES)
    if not name and len(old := found.said.get(_FROM, b"")) > _SENDER.size:
        _, _, first, second = _SENDER.unpack_from(old)
        name, address = (
            _one(each.decode(codec, "replace")) for each in (old[8 : 8 + first], old[8 + first :][:second])
        )
        address = address.rpartition(":")[2]
    sender = f'"{name.replace(chr(34), chr(39)).replace(chr(92), "/")}"' if name else ""
    fields = {
        "Subject": subject, "From": f"{sender} <{address}>" if "@" in address else sender, "Date": _day(found),
        "Message-ID": _words(found, said, _P_ID),
    }  # fmt: skip
    lines = (f"{name}: {value}\n" for name, value in fields.items() if value)
    return halves("".join(lines).encode("utf-8", "replace") + b"\n")[0]


def _day(found: _Mail) -> str:
    """When it was sent, as a header has it; the attribute tells no zone."""
    from email.utils import format_datetime  # noqa: PLC0415  as above

    try:
        for number in (_P_SENT, _P_GIVEN):
            value = found.properties.get(number)
            if value and value.kind == MOMENT and any(value.raw):
                ticks = int.from_bytes(value.raw, "little")
                return format_datetime((_EPOCH + dt.timedelta(microseconds=ticks // 10)).replace(microsecond=0))
        sent = found.said.get(_SENT, b"")
        if len(sent) >= _CLOCK.size:
            return format_datetime(dt.datetime(*_CLOCK.unpack_from(sent)))  # noqa: DTZ001  none is told
    except (ValueError, OverflowError):  # no such day
        return ""
    return ""


def _bodies(found: _Mail, limit: int) -> Iterator[Part]:
    """The forms of the text, of which one is read."""
    from provcheck.readers import mime  # noqa: PLC0415  as above

    said = found.properties
    plain = said.get(_P_BODY) or (Value(STRING, found.said[_BODY]) if _BODY in found.said else None)
    forms = [
        [_form(found, kind, value)]
        for kind, value in (("text/plain", plain), ("text/html", said.get(_P_HTML)))
        if value
    ]
    shown = any(part.raw.strip() for [part] in forms)
    rich = said.get(_P_RICH)
    if rich and shown:
        forms.append([mime.Part(mime.RICH, rich.raw, rule=mime.OTHER)])
    elif rich:
        text = _rich(found, rich.raw, limit)
        forms = [[mime.Part("text/plain", text.encode("utf-8", "replace"), charset="utf-8")]] if text.strip() else forms
    yield from mime.alternative(forms)


def _form(found: _Mail, kind: str, value: Value) -> Part:
    """A form of the text with its encoding: that of a page may be told apart."""
    from provcheck.readers import mime  # noqa: PLC0415  as above

    if value.kind == WIDE:
        return mime.Part(
            kind, value.raw.decode("utf-16-le", "replace").rstrip("\0").encode("utf-8", "replace"), charset="utf-8"
        )
    told = found.properties.get(_P_PAGE)
    label = page(int.from_bytes(told.raw[:4], "little")) if told and value.kind == BINARY else _codec(found)
    return mime.Part(kind, value.raw.rstrip(b"\0"), charset=label or "")


def _rich(found: _Mail, raw: bytes, limit: int) -> str:
    """The text of Rich Text; "" where it cannot be read, which is told."""
    beside, pieces = Beside(), list[str]()
    try:
        stream = streams.buffered(io.BytesIO(lzfu.unpacked(raw, limit)))
        pieces.extend(rtf.read(stream, beside, limit))
    except Refusal as refusal:
        found.problems.append(refusal.problem)
    found.problems += beside.problems
    return "".join(pieces)


def _part(file: _File, found: _Mail) -> Part:
    """An attachment as a part of an ordinary mail."""
    from provcheck.readers import mime  # noqa: PLC0415  as above

    name = _words(found, file.said, _P_LONG_NAME, _P_NAME, _P_SHOWN) or _one(
        file.title.decode(_codec(found), "replace")
    )
    name = printable(mime.CONTROLS.sub("", name)).replace("\\", "/").rpartition("/")[2]
    kind = _words(found, file.said, _P_TYPE).lower() or _guessed(name)
    data, raw = file.said.get(_P_DATA, Value(BINARY, b"")), file.raw
    if data.raw.startswith(_MESSAGE):
        name, kind, raw = f"{name or 'message'}.tnef", mime.FILE, b""
    raw = raw or (data.raw[len(_MESSAGE) :] if data.kind == OBJECT else data.raw)
    return mime.Part(kind, raw, name=name, disposition="attachment", rule=rule_of(kind))


def _guessed(name: str) -> str:
    """The type of a file by its ending, where nothing else tells it: signatures bring pictures."""
    ending = name.rpartition(".")[2].lower()
    return f"image/{ending}" if ending in _IMAGES else "application/octet-stream"
