"""Documents that are a zip inside, and those of the time before: what they are, by their first bytes.

The parts of such a zip are no documents of their own, so it must be told from an archive. Its first name is one that
programs begin a document with, and a name that belongs to its kind stands among the first: names, not words anywhere in
the bytes, since an archive may hold a document that is stored as it is.

The documents of before 2007 are all one kind of file, with a file system of its own in it; the names of its streams say
what it is, and may stand anywhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provcheck.model import Problem
from provcheck.patterns import late
from provcheck.readers import streams
from provcheck.readers.blob import EVIDENCE, Blob, Desk, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.model import Envelope

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of Office files of before 2007."""

# The header of a member: its mark, 26 bytes of which the name's length is none that need be known, and the name.
_FIRST = late(
    rb"PK\x03\x04.{26}(?:\[Content_Types\]|_rels/|docProps/|customXml/|word/|xl/|ppt/|META-INF/|mimetype)", re.DOTALL
)
_NAME = late(
    rb"PK\x03\x04.{26}(word/|xl/|ppt/|META-INF/MANIFEST\.MF|mimetype(?:application/[\w.+-]{1,99})?)", re.DOTALL
)
_TEXT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_KINDS = (
    (b"word/", "docx"), (b"xl/", "an Excel workbook (xlsx)"), (b"ppt/", "a PowerPoint file (pptx)"),
    (b"mimetypeapplication/epub+zip", "an EPUB book"), (_TEXT + b"-master", "a master document of OpenDocument"),
    (_TEXT, "odt"), (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"META-INF/MANIFEST.MF", "a Java archive"),
)  # fmt: skip

_OLD = Problem("PC110", "a Word, Excel or PowerPoint file of before 2007; save it in a newer format")
_STREAMS = {
    name.encode("utf-16-le"): problem
    for name, problem in {
        "WordDocument": Problem("PC110", "a Word document of before 2007; save it as docx"),
        "EncryptedPackage": Problem("PC107", "the document needs a password; save it without one"),
        "PowerPoint Document": Problem("PC110", "a PowerPoint file of before 2007"),
        "__properties_version1.0": Problem("PC110", "an Outlook message; save it as eml"),
        "HwpSummaryInformation": Problem("PC110", "a document of Hangul; save it as docx"),
        "Workbook": Problem("PC110", "an Excel workbook of before 2007"),
    }.items()
}
_LONGEST = max(map(len, _STREAMS))


def kind_of(head: bytes) -> str | None:
    """``docx``, ``odt``, or the name of another document that is a zip inside; None for an archive and all else.

    >>> kind_of(b"PK\\x03\\x04" + bytes(26) + b"word/document.xml"), kind_of(b"PK\\x03\\x04" + bytes(26) + b"my word/")
    ('docx', None)
    """
    if not head.startswith(b"PK\x03\x04") or not _FIRST.match(head):
        return None
    found = _NAME.search(head, 0, streams.HEAD)
    return next((kind for mark, kind in _KINDS if found and found[1].startswith(mark)), None)


def compound(blob: Blob, desk: Desk) -> Iterator[Envelope]:  # noqa: ARG001  the contract of every reader
    """Say what a file of the old kind is: its text is not read."""
    head, held, seen = blob.stream.peek(streams.HEAD)[:EVIDENCE], b"", set[bytes]()
    while block := blob.stream.read(streams.HEAD):
        held = held[-_LONGEST:] + block
        seen |= {mark for mark in _STREAMS if mark in held}
    problem = next((each for mark, each in _STREAMS.items() if mark in seen), _OLD)
    yield blob.refused("unknown", problem, Place(None, 0, blob.size), head)
