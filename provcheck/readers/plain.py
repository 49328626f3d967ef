"""Files that are a document themselves: text, Markdown and HTML; and what is no document at all.

The bytes go on as they are. Lines are not touched either: a text that was wrapped at 72 columns stays so, because
line numbers in findings speak of the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provcheck.patterns import late
from provcheck.readers import magic, names, packages, streams
from provcheck.readers.blob import EVIDENCE, WHOLE, Blob, Desk, Fields, Place
from provcheck.readers.charset import declared
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.model import Envelope


# A page begins with its doctype, an XML declaration followed by one, or one of its outermost tags; comments may stand
# before it. The comments are bounded, so nothing is tried again over a long head.
_PAGE = late(
    rb"(?:\xef\xbb\xbf)?\s{0,999}(?:<\?xml[^>]{0,200}>\s{0,99})?(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s{0,99}){0,5}"
    rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE,
)  # fmt: skip


def looks_like_page(head: bytes) -> bool:
    """Tell whether a file begins as a page of HTML does.

    >>> looks_like_page(b"<!-- saved --><!DOCTYPE html>"), looks_like_page(b"<p>A piece of one")
    (True, False)
    """
    return _PAGE.match(magic.narrow(head)) is not None


def text(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read a plain text; Markdown is one too, and its wrapper says so."""
    yield document(blob, desk, "md" if blob.suffix in ("md", "markdown") else "txt")


def page(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read an HTML page, with the encoding that its own head declares."""
    yield document(blob, desk, "html")


def document(blob: Blob, desk: Desk, wrapper: str) -> Envelope:
    """The document that all bytes of a stream are; raises Refusal for one that is empty."""
    limit = desk.settings.limits.document_bytes
    raw = streams.bounded(blob.stream, limit, blob.size)
    if len(raw) > limit:
        problem = Refusal("PC108", f"a document of more than {limit} bytes (limits.document_bytes)").problem
        return blob.refused(wrapper, problem, Place(None, 0, blob.size), raw)
    if not raw.strip():
        raise Refusal("PC102", "", 0)
    said, extra = names.read(blob.member or blob.relative, blob.name)
    if wrapper == "html":
        return blob.envelope(wrapper, raw, WHOLE, Fields(said, extra, declared(raw), "html"))
    return blob.envelope(wrapper, raw, WHOLE, Fields(said, extra))


def nothing(blob: Blob, desk: Desk) -> Iterator[Envelope]:  # noqa: ARG001  the contract of every reader
    """Say that a file has not a single byte."""
    yield blob.refused("empty", Refusal("PC102", "").problem)


def binary(blob: Blob, desk: Desk) -> Iterator[Envelope]:  # noqa: ARG001  the contract of every reader
    """Say what a file is that holds no text; its first bytes are kept, so that its row has a hash of its own."""
    head = blob.stream.peek(streams.HEAD)[:EVIDENCE]
    problem = Refusal("PC103", magic.binary(head) or "binary data").problem
    yield blob.refused("binary", problem, Place(None, 0, blob.size), head)


def unknown(blob: Blob, desk: Desk) -> Iterator[Envelope]:  # noqa: ARG001  the contract of every reader
    """Say what a file is that is text, or an archive of a kind, but none that has a reader here."""
    head = blob.stream.peek(streams.HEAD)[:EVIDENCE]
    what = packages.kind_of(head) or alien(head) or f"a file ending in .{blob.suffix}"
    problem = Refusal("PC110", what).problem
    yield blob.refused("unknown", problem, Place(None, 0, blob.size), head)


_ALIEN = (
    (b"%PDF-", "a PDF document"), (b"<?xml", "an XML file"), (b"<feed", "an XML file"),
    (b"<mediawiki", "a MediaWiki dump"),
)  # fmt: skip


def alien(head: bytes) -> str | None:
    """The name of a text format that begins with a mark of its own and has no reader here."""
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((name for mark, name in _ALIEN if begin.startswith(mark)), None)
