"""Word-processor files: ``.docx``, ``.odt`` and ``.rtf``, in which press databases and others give texts.

Such a file is a layer around a text, as gz is one: `layer` hands the text on, `paper` lays it out, `package` opens the
zips, and `docx`, `odt` and `rtf` say what of each format is text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.patterns import late
from provcheck.readers import archives
from provcheck.readers.office import docx, layer, odt, rtf
from provcheck.readers.office.layer import Beside
from provcheck.readers.office.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.model import Envelope
    from provcheck.readers.blob import Blob, Desk

DOCX = ("docx", "docm", "dotx", "dotm")
ODT = ("odt", "ott")
"""Endings of the formats, whose templates and documents with macros have the same text."""

_NEAR = 1 << 14
_FLAT = late(rb"<(?:\w{1,20}:)?document\s[^>]*application/vnd\.oasis\.opendocument\.text[\"'-]")


def read_docx(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read a Word document; a zip that only has a folder of the name of one is read as a zip."""
    package = Package(blob, desk)
    with package.archive:
        if not docx.is_document(package) and blob.suffix not in DOCX:
            yield from archives.zipped(package.again(blob), desk)
            return
        beside = Beside()
        yield from layer.onward(blob, desk, "docx", docx.read(package, beside), beside)


def read_odt(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read a text of OpenDocument."""
    package, beside = Package(blob, desk), Beside()
    with package.archive:
        yield from layer.onward(blob, desk, "odt", odt.read(package, beside), beside)


def read_fodt(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read a text of OpenDocument that is one file of XML."""
    beside = Beside()
    pieces = odt.flat(blob.stream, beside, desk.settings.limits.document_bytes)
    yield from layer.onward(blob, desk, "fodt", pieces, beside)


def read_rtf(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read a file of Rich Text."""
    beside = Beside()
    pieces = rtf.read(blob.stream, beside, desk.settings.limits.document_bytes)
    yield from layer.onward(blob, desk, "rtf", pieces, beside)


def looks_rich(head: bytes) -> bool:
    r"""Tell whether a file begins as RTF does.

    >>> looks_rich(b"{\\rtf1\\ansi It rained.}"), looks_rich(b"{rtf}")
    (True, False)
    """
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{\\rtf")


def looks_flat(head: bytes) -> bool:
    """Tell whether a file begins as a text of OpenDocument in one file does."""
    return _FLAT.search(head, 0, _NEAR) is not None
