"""What the three formats share: their text goes on as a stream, as what is in a gz does.

Where it is an export of a press database, its articles are the rows; else it is one document. What the file tells
beside the text stays with its rows in `extra`: who typed a file, and when, is not who wrote the article, and is
wrong more often than right, so none of it is declared.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from provcheck.model import Problem
from provcheck.readers import exports, magic, plain, streams
from provcheck.readers.blob import Blob, Desk, Place
from provcheck.readers.ledger import Tally
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provcheck.model import Envelope

LONGEST = 1000
"""Characters of a property, or of all headers of pages, that are kept."""


PAGES = "page_"
"""How fields begin that tell of pages: of an export they stay with the last article, when all pages are known."""


@dataclass(slots=True)
class Beside:
    """What is found beside the text while that is read: fields of `extra`, pictures, and parts that cannot be read."""

    extra: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    pictures: int = 0

    @property
    def properties(self) -> dict[str, str]:
        """The fields that tell of the document as a whole, and not of its pages."""
        return {name: value for name, value in self.extra.items() if not name.startswith(PAGES)}

    def tell(self, name: str, value: str) -> None:
        """Keep a property of the document, unless it is empty; of two of one name the first."""
        if value := value.strip():
            self.extra.setdefault(name, value[:LONGEST])

    def tell_more(self, name: str, value: str) -> None:
        """Keep a header or footer of pages; those that differ from each other are lines.

        >>> beside = Beside()
        >>> for header in ("Gazette", " ", "Gazette", "Page 1"): beside.tell_more("page_header", header)
        >>> beside.extra
        {'page_header': 'Gazette\\nPage 1'}
        """
        known, value = self.extra.get(name, ""), value.strip().replace("\n\n", "\n")
        if not known:
            self.tell(name, value)
        elif value and f"\n{value}\n" not in f"\n{known}\n" and len(known) < LONGEST:
            self.extra[name] = f"{known}\n{value}"[:LONGEST]


class Written:
    """Pieces of text as a source of UTF-8; what stands before a Refusal is given first."""

    def __init__(self, pieces: Iterator[str]) -> None:
        """Read from `pieces`."""
        self._pieces, self._raw, self._at = pieces, b"", 0
        self._refusal: Refusal | None = None

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""
        if self._at >= len(self._raw):
            self._raw, self._at = "".join(self._next()).encode("utf-8", "replace"), 0
            if self._refusal and not self._raw:
                raise self._refusal
        begin, self._at = self._at, self._at + size
        return self._raw[begin : self._at]

    def _next(self) -> Iterator[str]:
        """Pieces for a block of the stream."""
        count = 0
        try:
            while self._refusal is None and count < streams.HEAD and (piece := next(self._pieces, None)) is not None:
                count += len(piece)
                yield piece
        except Refusal as refusal:
            self._refusal = refusal


def onward(blob: Blob, desk: Desk, layer: str, pieces: Iterator[str], beside: Beside) -> Iterator[Envelope]:
    """Read the text of a file as what it is, then say what could not be read beside it."""
    inside = blob._replace(stream=streams.tapped(Written(pieces), None), size=None)
    held: Envelope | None = None
    try:
        for envelope in _read(inside, desk, layer):
            if held:
                yield held
            held = envelope if envelope.problem else _told(envelope, beside.properties)
        if held:
            yield _told(held, beside.extra)
    except Refusal as refusal:
        if held:
            yield held
        problem = refusal.problem
        if problem.code == "PC102" and beside.problems:
            problem = beside.problems.pop(0)
        elif problem.code == "PC102" and beside.pictures:
            problem = Problem("PC105", "there are only pictures in it; make text of them (OCR)")
        yield blob.refused(layer, problem, Place(None, refusal.offset, 0))
    if beside.problems:
        count = len(beside.problems)
        desk.ledger.close(Tally(blob.where, "part", counted=1, given=1, reasons=count))
    for problem in beside.problems:
        yield blob.refused(layer, problem, Place(None, None, 0))


def _read(inside: Blob, desk: Desk, layer: str) -> Iterator[Envelope]:
    head = inside.stream.peek(streams.HEAD)[: streams.HEAD]
    if what := magic.binary(head):
        raise Refusal("PC103", what, 0)
    if exports.looks_like_export(head):
        yield from exports.read(inside._replace(layers=(*inside.layers, layer)), desk)
    else:
        yield plain.document(inside, desk, layer)


def _told(envelope: Envelope, extra: Mapping[str, str]) -> Envelope:
    return replace(envelope, encoding=envelope.encoding or "utf-8", extra={**extra, **envelope.extra})
