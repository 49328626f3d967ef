"""The parts of a message (RFC 2045, 2046): where they begin and end, what they are, and which is its text.

The standard library reads the headers of parts and their parameters. The parts are cut here, because its parser of
whole messages keeps a string for each line, follows parts in parts until the stack ends, and does not keep the bytes of
an attached message as they stand.
"""

from __future__ import annotations

import binascii
import quopri
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from provcheck.patterns import late
from provcheck.readers import uucode
from provcheck.readers.flowed import unflowed
from provcheck.readers.letterhead import FAULTS, halves, words
from provcheck.readers.mimesorts import rule_of
from provcheck.readers.records import restored
from provcheck.readers.refusal import Refusal
from provcheck.readers.sources import printable
from provcheck.text import charset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from email.message import Message

DEEP, MOST = 16, 1000
"""Parts in parts, and parts in all, that a message may have: mail programs nest four or five, and write some dozens."""

_BOUNDARY = 200
"""Characters of a boundary that is believed; RFC 2046 allows 70."""

_HEAD = 1 << 13
"""Bytes of a part's own header that are read: it has three or four fields."""

CONTROLS = late(r"[\x00-\x1f\x7f]+")
"""What no name and no line of a header holds."""

# What is no word of a page: tags, entities, addresses, white space. Each is bounded, so that a text of nothing but
# their first letters takes no longer.
_NO_WORDS = late(rb"<[^<>]{0,5000}>|&#?\w{1,10};|https?://[^\s<>\"]{1,2000}|\s+")
_HIDDEN = ((b"<!--", b"-->"), (b"<head", b"</head"), (b"<style", b"</style"), (b"<script", b"</script"))
_FOREIGN = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))

OTHER = "other forms of the text of a message"
SHOWN = "shown inside the page of a message"
BEHIND = "behind the last part of a message"

FILE = "application/octet-stream"
"""The type of a file of which nothing but its name is told."""

ENCRYPTED = "multipart/encrypted"

RICH = "text/rtf"
"""A type of text that has a reader of its own, as a file has."""


class Part(NamedTuple):
    """A part that holds no other parts.

    `kind` is its type, such as ``text/plain``; `coded` its bytes as they stand, and `transfer` how they are coded;
    `name` that of its file, and `charset` what it declares, each empty where there is none; `rule` says why it is no
    document, where it is none. `flow` is ``yes`` or ``no`` where its lines were broken to be joined again: whether the
    spaces at which that was done are to be deleted.
    """

    kind: str
    coded: bytes
    transfer: str = ""
    name: str = ""
    disposition: str = ""
    charset: str = ""
    rule: str = ""
    flow: str = ""

    @property
    def raw(self) -> bytes:
        """The part's own bytes; the paragraphs of a text that is no file are on one line each."""
        raw = decoded(self.coded, self.transfer)
        return unflowed(raw, spaced=self.flow != "yes") if self.flow and self.is_shown else raw

    @property
    def is_text(self) -> bool:
        """Whether it is to be read in its place, and not as a file."""
        return self.kind.startswith("text/") and self.kind != RICH and self.is_shown

    @property
    def is_shown(self) -> bool:
        """Whether it stands in the message, and is no file beside it."""
        return not (self.rule or self.name or self.disposition == "attachment")


def opened(raw: bytes) -> tuple[Message, list[Part]]:
    """The header of a message and its parts, in order; raises Refusal where there are too many, or too deep.

    >>> head, [part] = opened(b"Subject: Ferry\\nContent-Transfer-Encoding: quoted-printable\\n\\nIt was l=\\nate.")
    >>> head["subject"], part.kind, part.raw
    ('Ferry', 'text/plain', b'It was late.')
    """
    head, body = halves(raw if b"\n" in raw else raw.replace(b"\r", b"\n"))
    parts = list(_parts(head, body, 0))
    if len(parts) == 1 and not parts[0].rule and parts[0].kind in ("text/plain", "text/html"):
        parts = [parts[0]._replace(name="", disposition="")]  # a file that is sent alone is what the message says
    return head, [one for part in parts for one in _unpacked(part)]


def _unpacked(part: Part) -> Iterator[Part]:
    """A part, and behind a text the files that stand in it as letters."""
    if part.kind != "text/plain" or not part.is_shown or (not part.transfer and b"begin " not in part.coded):
        yield part
        return
    text, files = uucode.taken(decoded(part.coded, part.transfer))
    yield part._replace(coded=text, transfer="") if files else part
    for file in files:
        name = printable(CONTROLS.sub("", file.name.decode("utf-8", "replace")).strip())
        yield Part(FILE, file.raw, name=name, disposition="attachment")


def _parts(head: Message, body: bytes, depth: int) -> Iterator[Part]:
    kind = head.get_content_type()
    boundary = _asked(head.get_boundary) if kind.startswith("multipart/") and kind != ENCRYPTED else ""
    pieces, rest = _pieces(body, boundary) if 0 < len(boundary) <= _BOUNDARY else ([], b"")
    if not pieces:
        yield _part(head, body)
        return
    if depth == DEEP:
        raise Refusal("PC108", f"a message with parts in parts deeper than {DEEP}")
    groups: list[list[Part]] = []
    for piece in pieces:
        inner, text = halves(piece, _HEAD)
        if kind == "multipart/digest":
            inner.set_default_type("message/rfc822")
        groups.append(list(_parts(inner, text, depth + 1)))
        if sum(map(len, groups)) > MOST:  # also of parts in parts, whose own count was below it
            raise Refusal("PC108", f"a message of more than {MOST} parts")
    yield from _GROUPED.get(kind, _one_by_one)(groups)
    if rest.strip():
        yield Part("text/plain", rest, rule=BEHIND)


def _pieces(body: bytes, boundary: str) -> tuple[list[bytes], bytes]:
    """What stands between lines of the boundary, each without its last line end, and what stands behind them all.

    What stands before the first is for programs that know of no parts. A part that is never closed ends with the
    message. Of too many parts only so many are cut that it can be told.
    """
    mark = b"--" + restored(boundary)
    found: list[bytes] = []
    at, begin = body.find(mark), -1
    while at >= 0 and len(found) <= MOST:
        behind = at + len(mark)
        if not at or body[at - 1] == 0x0A:
            end = body.find(b"\n", behind) + 1 or len(body)
            closing = body[behind:end].strip(b" \t\r\n") if end - behind < _BOUNDARY else b"no end of a boundary"
            if closing in (b"", b"--"):
                if begin >= 0:
                    found.append(body[begin:at].removesuffix(b"\n").removesuffix(b"\r"))
                if closing:
                    return found, body[end:]
                begin = end
            behind = end
        at = body.find(mark, behind)
    return ([*found, body[begin:]] if begin >= 0 else found), b""


def _part(head: Message, body: bytes) -> Part:
    kind = head.get_content_type()
    if kind.startswith("multipart/") and kind != ENCRYPTED:  # its parts cannot be told from one another
        kind = "text/plain"
    label = _asked(head.get_content_charset)
    return Part(
        kind=kind,
        coded=body,
        transfer=str(head.get("Content-Transfer-Encoding", "")).partition(";")[0].strip().lower(),
        name=printable(CONTROLS.sub("", words(_asked(head.get_filename))).strip()),
        disposition=_asked(head.get_content_disposition),
        # us-ascii is what programs say that do not know.
        charset=label if label and charset(label) not in (None, "ascii") else "",
        rule=rule_of(kind),
        flow=_flow(head) if kind == "text/plain" else "",
    )


def _flow(head: Message) -> str:
    said = [_asked(partial(_parameter, head, name)) for name in ("format", "delsp")]
    return ("yes" if said[1] == "yes" else "no") if said[0] == "flowed" else ""


def _parameter(head: Message, name: str) -> str:
    return str(head.get_param(name, "")).lower()


def _asked(ask: Callable[[], str | None]) -> str:
    """What a header says, and nothing where the library stumbles over it."""
    try:
        return ask() or ""
    except FAULTS:
        return ""


def _one_by_one(groups: Sequence[list[Part]]) -> Iterator[Part]:
    for group in groups:
        yield from group


def alternative(groups: Sequence[list[Part]]) -> Iterator[Part]:
    """Forms of one text, of which one is read; files that stand among them stay."""
    forms = [
        part._replace(name="") if len(group) == 1 and part.disposition != "attachment" else part
        for group in groups
        for part in group
    ]
    kind = preferred(forms)
    for part in forms:
        other = kind and part.kind != kind and (part.is_text or (part.kind == RICH and part.is_shown))
        yield part._replace(rule=OTHER) if other else part


def _related(groups: Sequence[list[Part]]) -> Iterator[Part]:
    """A page and what is shown inside it; a file is only what is attached by its own word."""
    page = next((group for group in groups if any(part.is_text for part in group)), groups[0])
    for group in groups:
        for part in group:
            shown = group is not page and not part.rule and part.disposition != "attachment"
            yield part._replace(rule=SHOWN) if shown else part


_GROUPED: dict[str, Callable[[Sequence[list[Part]]], Iterator[Part]]] = {
    "multipart/alternative": alternative,
    "multipart/related": _related,
}


def preferred(parts: Sequence[Part]) -> str:
    """The type of the text that is read: plain, unless HTML says more than twice as much.

    What they say is counted in bytes that are no tags, entities, addresses or white space: so a plain part that is
    empty, or only tells where the page can be seen, loses. The result is empty where there is no text.

    >>> page = Part("text/html", b"<p>The ferry was late. <b>Nobody</b> minded.</p>")
    >>> preferred([Part("text/plain", b"See https://example.org/a/very/long/address"), page])
    'text/html'
    >>> preferred([Part("text/plain", b"The ferry was late. Nobody minded."), page])
    'text/plain'
    """
    kinds = [part.kind for part in parts if part.is_text]
    if "text/plain" in kinds and "text/html" in kinds:
        plain, html = (
            sum(_said(part) for part in parts if part.is_text and part.kind == kind)
            for kind in ("text/plain", "text/html")
        )
        return "text/html" if html > 2 * plain else "text/plain"
    return next((kind for kind in ("text/plain", "text/html", *kinds) if kind in kinds), "")


def _said(part: Part) -> int:
    raw = part.raw
    if part.kind == "text/html":
        raw = raw.lower()
        for begin, end in _HIDDEN:
            first, *others = raw.split(begin)
            raw = first + b"".join(other.partition(end)[2] if end in other else other for other in others)
    return len(_NO_WORDS.sub(b"", raw))


def decoded(coded: bytes, transfer: str) -> bytes:
    """Bytes without their transfer encoding; as they stand where it is none, or unknown.

    >>> decoded(b"RmVycnk", "base64"), decoded(b"f=C3=A4hrt", "quoted-printable"), decoded(b"=3D", "8bit")
    (b'Fer', b'f\\xc3\\xa4hrt', b'=3D')
    """
    if transfer == "quoted-printable":
        return quopri.decodestring(coded)
    if transfer != "base64":
        return coded
    try:
        return binascii.a2b_base64(coded)
    except binascii.Error:  # cut off: whole groups of four are still good
        kept = coded.translate(None, delete=_FOREIGN)
        return binascii.a2b_base64(kept[: len(kept) // 4 * 4])
