"""Messages (``.eml``, RFC 5322) and mailboxes (``.mbox``): how they are told, and where a mailbox is cut.

A file without their endings is a message where it begins with fields, and two of them are such as no article begins
with: `Date:` and `Source:` stand above articles too (`provcheck.readers.headers`). A mailbox is cut at the lines that
programs write before each message: ``From``, whom it came from, and the day in the form of C. They stand behind a
blank line and before a field; a sentence that begins with the same word does not. What a program put before such words
in a text (``>From``) is taken off again. `Content-Length` is not asked, since it is wrong wherever somebody edited a
mailbox.

What a message holds, `provcheck.readers.letters` says.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from provcheck.model import Problem
from provcheck.patterns import late
from provcheck.readers import streams
from provcheck.readers.blob import Blob, Desk, Place, tallied
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provcheck.model import Envelope
    from provcheck.readers.ledger import Tally

NESTED = 8
"""Messages in messages that are read."""

SURE = frozenset(
    (
        b"arc-seal authentication-results content-transfer-encoding delivered-to dkim-signature envelope-to "
        b"in-reply-to list-id list-post list-unsubscribe message-id mime-version newsgroups nntp-posting-date "
        b"nntp-posting-host received received-spf reply-to return-path user-agent x-mailer x-mailman-version "
        b"x-originating-ip x-received x-spam-status x-trace xref"
    ).split()
)
"""Fields that mail and news programs write, and nobody above an article."""

# A field with its folded lines; its name is one word that begins with a letter.
_FIELD = late(rb"([A-Za-z][\w.-]{0,98}):[^\n]*+(?:\n[ \t][^\n]*+)*+(?:\n|\Z)")
# Whom it came from, at most some hundred characters with or without an @; weekday, then month and day or the other way
# round; and whatever a program adds.
_ENVELOPE = late(
    rb"From (?P<told>[^\n]{0,300}?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? {1,2}"
    rb"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d|\d{1,2} [A-Z][a-z]{2})[^\n]{0,100}?)\r?\n"
)
_QUOTED = late(rb"^>(>*From )", re.MULTILINE)


def looks_like_message(head: bytes) -> bool:
    """Tell whether a file begins with the header of a message.

    >>> looks_like_message(b"Date: 12 March 2024\\nSource: The Gazette\\n\\nIt rained.")
    False
    >>> looks_like_message(b"Message-ID: <1@example.org>\\nMIME-Version: 1.0\\n\\nIt rained.")
    True
    """
    head = head.removeprefix(b"\xef\xbb\xbf")
    at, found = 0, set()
    if b":" not in head[:100]:
        return False
    while match := _FIELD.match(head, at):
        found.add(match[1].lower())
        at = match.end()
    return len(found & SURE) > 1 and (at >= len(head) or head[at] in b"\r\n")


def looks_like_mailbox(head: bytes) -> bool:
    """Tell whether a file begins with the line that stands before a message in a mailbox, and with a field.

    >>> looks_like_mailbox(b"From ann@example.org Tue Mar 12 10:00:00 2024\\nSubject: Rain\\n\\nIt rained.")
    True
    >>> looks_like_mailbox(b"From Monday on it rained.\\nNote: bring boots.")
    False
    """
    begin = head.lstrip(b"\xef\xbb\xbf\r\n")
    match = _ENVELOPE.match(begin) if begin.startswith(b"From ") else None
    return match is not None and _FIELD.match(begin, match.end()) is not None


def message(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read a message: its text, and what it brings."""
    from provcheck.readers import letters  # noqa: PLC0415  the library of mail is for mail only

    refuse_deeper(blob)
    limit = desk.settings.limits.document_bytes
    raw = streams.bounded(blob.stream, limit, blob.size)
    if len(raw) > limit:
        yield blob.refused("eml", too_long(limit), Place(None, 0, blob.size), raw)
        return
    if not raw.strip():
        raise Refusal("PC102", "", 0)
    letter = letters.Letter(raw, Place(None, 0, len(raw)))
    yield from tallied(blob, desk, "part", partial(letters.read, letter, blob, desk), "eml")


def mailbox(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read a mailbox, message by message."""
    from provcheck.readers import letters  # noqa: PLC0415  as above

    refuse_deeper(blob)
    limit = desk.settings.limits.document_bytes

    def messages(tally: Tally) -> Iterator[Envelope]:
        for number, cut in enumerate(_cuts(streams.lines(blob.stream, limit), limit), 1):
            tally.counted += 1
            tally.given += 1
            place = Place(number, cut.offset, cut.length)
            if cut.length > limit:
                yield blob.refused("mbox", too_long(limit), place, cut.raw)
                continue
            letter = letters.Letter(_QUOTED.sub(rb"\1", cut.raw), place, "mbox", cut.envelope)
            yield from tallied(blob, desk, "part", partial(letters.read, letter, blob, desk), "mbox")

    yield from tallied(blob, desk, "message", messages, "mbox")


def refuse_deeper(blob: Blob) -> None:
    """Raise Refusal for a message that stands in too many others."""
    if sum(layer in ("eml", "mbox", "tnef") for layer in blob.layers) >= NESTED:
        raise Refusal("PC108", f"messages in messages deeper than {NESTED}", 0)


def too_long(limit: int) -> Problem:
    """Why a message is not read that has more than `limit` bytes."""
    return Problem("PC108", f"a message of more than {limit} bytes (limits.document_bytes)")


class _Cut(NamedTuple):
    """A message as it stands in a mailbox, without the line before it; of one that is too long, the beginning."""

    raw: bytes
    offset: int
    length: int
    envelope: str


class _Line(NamedTuple):
    """A line as in `streams.lines`; `before` is the envelope's line, where this is the first of a message."""

    offset: int
    length: int
    line: bytes | None
    before: bytes | None = None


def _seams(lines: Iterable[tuple[int, int, bytes | None]]) -> Iterator[_Line]:
    """Each line, but those that stand before a message with the first line of it."""
    blank, held = True, None
    for offset, length, line in lines:
        if held and line and _FIELD.match(line):
            yield _Line(offset, length, line, held.line)
            blank, held = False, None
            continue
        if held:
            yield held
            held = None
        if blank and line and _ENVELOPE.match(line):
            held, blank = _Line(offset, length, line), False
            continue
        blank = line is not None and not line.strip(b"\r\n")
        yield _Line(offset, length, line)
    if held:
        yield held


def _cuts(lines: Iterable[tuple[int, int, bytes | None]], limit: int) -> Iterator[_Cut]:
    """The messages of a mailbox, in order; what stands before the first line of an envelope is one too."""
    held, begin, end, envelope = bytearray(), 0, 0, b""
    for offset, length, line, before in _seams(lines):
        if before is not None:
            yield from _cut(held, begin, end, envelope)
            held, begin, envelope = bytearray(), offset, before
        if line and len(held) <= limit:
            held += line
        end = offset + length
    yield from _cut(held, begin, end, envelope)


def _cut(held: bytearray, begin: int, end: int, envelope: bytes) -> Iterator[_Cut]:
    raw, length = bytes(held), end - begin
    blank = next((end for end in (b"\r\n", b"\n") if raw.endswith(b"\n" + end)), b"")
    if blank and len(raw) == length:  # the blank line before the next message is the mailbox's
        raw = raw.removesuffix(blank)
        length = len(raw)
    if length > len(raw) or raw.strip():
        match = _ENVELOPE.match(envelope)
        yield _Cut(raw, begin, length, match["told"].decode("utf-8", "backslashreplace").strip() if match else "")
