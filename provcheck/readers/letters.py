"""From a message to envelopes: its text, and each file that it brings.

The text is a document with what the header declares. Attached files and messages go on as the members of an archive do,
under their own names; a part without one is named by its number. Pictures, signatures, calendar entries and other forms
of the text are no documents: the ledger has them with the reason.

Lines stay as they are, also those of `format=flowed`, which a program may wrap anew: line numbers speak of the text as
it was sent.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal, NamedTuple

from provcheck.model import Problem
from provcheck.readers import letterhead, mime, names, records
from provcheck.readers.blob import Blob, Desk, Fields, Place
from provcheck.readers.charset import declared as page_encoding
from provcheck.readers.charset import likely
from provcheck.readers.members import Members
from provcheck.readers.mimesorts import MESSAGES
from provcheck.readers.refusal import Refusal
from provcheck.text import charset as codec_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from email.message import Message

    from provcheck.model import Envelope
    from provcheck.readers.ledger import Tally
    from provcheck.readers.mime import Part

BLANK = "empty parts of messages"
WORDLESS = "messages that only bring files"

_PAGE = (b"<!doctype html", b"<html")
_SEALED = b"-----BEGIN PGP MESSAGE-----"
_ENDINGS = {"plain": "txt", "rfc822": "eml", "global": "eml", "news": "eml"}


class Letter(NamedTuple):
    """A message as it stands: its bytes, its place in the file, and the line before it in a mailbox."""

    raw: bytes
    place: Place
    wrapper: Literal["eml", "mbox", "tnef"] = "eml"
    envelope: str = ""


class _Text(NamedTuple):
    """What is to be read of a message, and the numbers of the parts that it was joined from."""

    raw: bytes = b""
    taken: frozenset[int] = frozenset()
    charset: str = ""
    media: Literal["text", "html"] = "text"


def read(letter: Letter, blob: Blob, desk: Desk, tally: Tally) -> Iterator[Envelope]:
    """Every document of a message, its text first."""
    try:
        head, parts = mime.opened(letter.raw)
    except Refusal as refusal:
        yield _row(letter, blob, tally, refusal.problem)
        return
    yield from documents((head, parts), letter, blob, desk, tally)


def documents(
    said: tuple[Message, Sequence[Part]], letter: Letter, blob: Blob, desk: Desk, tally: Tally
) -> Iterator[Envelope]:
    """The documents of a message whose header and parts are known, its text first."""
    head, parts = said
    text = _text(parts)
    if sealed := _sealed(text, parts):
        yield _row(letter, blob, tally, sealed)
    elif text.taken:
        tally.counted += 1
        tally.given += 1
        yield blob.envelope(letter.wrapper, text.raw, letter.place, _fields(head, text, letter, blob, desk))
    row = letter.place.row
    home = blob._replace(member=f"{blob.member}!{row}" if blob.member else str(row)) if row else blob
    members = Members(home, desk, letter.wrapper, blob.depth, tally)
    for number, part in enumerate(parts, 1):
        if number not in text.taken and part.kind != mime.ENCRYPTED:
            yield from _file(part, number, members)
    if not tally.counted:
        kinds = ", ".join(dict.fromkeys(part.kind for part in parts if part.coded.strip()))
        yield _row(letter, blob, tally, Problem("PC105", f"a message of {kinds}" if kinds else "an empty message"))
    elif not text.taken and not sealed:
        desk.ledger.skip(home.where, WORDLESS)


def _row(letter: Letter, blob: Blob, tally: Tally, problem: Problem) -> Envelope:
    """The row of a message that is no document."""
    tally.counted += 1
    tally.given += 1
    return blob.refused(letter.wrapper, problem, letter.place, letter.raw)


def _text(parts: Sequence[Part]) -> _Text:
    """What a mail program would show as the text: parts of the type that is read, which files may stand between.

    A part in another encoding than the rest cannot be joined to it, and becomes a document of its own.
    """
    kind = mime.preferred(parts)
    shown = {n: raw for n, p in enumerate(parts, 1) if p.is_text and p.kind == kind and (raw := p.raw).strip()}
    if not shown:
        return _Text()
    labels = [parts[n - 1].charset for n, raw in shown.items() if not raw.isascii()]
    charset = labels[0] if labels else next((label for n in shown if (label := parts[n - 1].charset)), "")
    alike = {n: raw for n, raw in shown.items() if raw.isascii() or parts[n - 1].charset == charset}
    blank = b"\r\n\r\n" if b"\r\n" in next(iter(alike.values())) else b"\n\n"
    raw = blank.join(alike.values())
    page = kind == "text/html" or raw[:99].lstrip().lower().startswith(_PAGE)
    return _Text(raw, frozenset(alike), charset, "html" if page else "text")


def _sealed(text: _Text, parts: Sequence[Part]) -> Problem | None:
    """Why a message is not to be read without a key, if it is not."""
    if text.raw.lstrip().startswith(_SEALED) or (not text.taken and any(p.kind == mime.ENCRYPTED for p in parts)):
        return Problem("PC107", "the message needs a key")
    return None


def _file(part: Part, number: int, members: Members) -> Iterator[Envelope]:
    """Hand an attached file or message on, or book why it is none."""
    ending = part.kind.partition("/")[2]
    ending = _ENDINGS.get(ending, ending if ending.isalnum() else "bin")
    name = part.name or f"part-{number}.{ending}"
    if part.kind in MESSAGES and not name.lower().endswith(".eml"):
        name += ".eml"
    if part.rule or (part.is_text and not part.raw.strip()):
        members.skip(name, part.rule or BLANK)
    elif members.enters(name):
        yield from members.member(name, io.BytesIO(part.raw))


def _fields(head: Message, text: _Text, letter: Letter, blob: Blob, desk: Desk) -> Fields:
    """What the header declares, the line before it in a mailbox, and what the name of the file says.

    Odd bytes of a header are read as those of the text, where it has any that tell an encoding; else by the one that
    the text declares, or by a guess.
    """
    declared, extra = letterhead.fields(head)
    said, told = names.read(blob.member or blob.relative, blob.name)
    if letter.place.row:  # the name is that of a file of many
        said, told = {}, {name: value for name, value in told.items() if name == "name_date"}
    if letter.envelope:
        told["envelope"] = letter.envelope
    declared, extra = {**said, **declared}, {**told, **extra}
    encoding = text.charset or (page_encoding(text.raw) if text.media == "html" else None)
    odd = b" ".join(records.restored(v) for v in (*declared.values(), *extra.values()) if _is_odd(v))
    if not odd:
        return Fields(declared, extra, encoding, text.media)
    if not _is_utf8(text.raw):
        return Fields(declared, {**extra, records.ENCODING: records.UNKNOWN}, encoding, text.media)
    told_by_text = text.charset if codec_of(text.charset) != "utf-8" else ""
    guess = desk.settings.encoding or told_by_text or likely(odd)
    return Fields(*records.read_as(declared, extra, guess), encoding, text.media)


def _is_odd(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
