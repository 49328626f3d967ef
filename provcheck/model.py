"""The values that flow through provcheck, from the envelope to the examined document.

All are frozen: a stage takes values and gives new ones. Spans are half-open character ranges of `Document.text`;
lines count from 1; confidences lie between 0 and 1 and mean the share of such values that turn out right.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from provcheck.rules import RULES
from provcheck.text import Lines, quote

if TYPE_CHECKING:
    from collections.abc import Mapping

ROLES = ("title", "date", "outlet", "author", "place", "language", "url", "id")
"""What a wrapper may declare about its document, besides the text."""

Kind = Literal[
    "navigation", "teaser", "comment form", "newsletter", "cookie notice", "copyright", "share", "author box",
    "advertisement", "repeated headline", "repeated paragraph",
    "picture caption", "other",
]  # fmt: skip
"""What a range of boilerplate is."""


class Step(NamedTuple):
    """One change on the way from bytes to text: replaying the steps of a document over its bytes gives its text."""

    action: str
    args: tuple[str | int, ...] = ()


class Problem(NamedTuple):
    """Why an envelope holds no document: an ingest rule's code, and what precisely was found, as a phrase."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the bytes of a document stand.

    `path` is the path as given on the command line, or that and what was found below it, with ``/``; `relative` is
    the part below the given path, so that it is the same on every machine; `member` is the name inside an archive
    (``outer.zip!inner.txt`` for nested ones) or None; `row` is the record's number (from 1) in a file of records or
    None; `offset` and `length` count bytes of the file, or of the decompressed member, and `offset` is None where
    the format has no such place (Parquet). `sha256` is that of the envelope's raw bytes.
    """

    path: str
    relative: str
    member: str | None = None
    row: int | None = None
    offset: int | None = 0
    length: int = 0
    sha256: str = ""

    @property
    def name(self) -> str:
        """Where the document stands, in one word: path, member and record."""
        inside = f"{self.path}!{self.member}" if self.member else self.path
        return f"{inside}#{self.row}" if self.row else inside

    @property
    def folder(self) -> str:
        """The folder or archive that the document stands in: its neighbours there were written by the same hand."""
        if self.row:
            return f"{self.path}!{self.member}" if self.member else self.path
        if self.member:
            return f"{self.path}!{self.member.rpartition('/')[0]}"
        return self.path.rpartition("/")[0]

    @property
    def doc_id(self) -> str:
        """16 hexadecimal digits, the same on every machine and in every order of sources."""
        parts = (self.relative, self.member or "", str(self.row or ""), self.sha256)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Envelope:
    """One document as its wrapper gives it.

    `raw` holds the document's own bytes: the whole file, the archive's member, or the text field of a record as
    UTF-8 (then `encoding` says so). `wrapper` names how it came (``txt``, ``gz/jsonl``, ``zip/html``); `media` is
    what the bytes are once decoded. `declared` maps `ROLES` to what the wrapper says, as strings; `extra` keeps
    every other field under its own name. An envelope with a `problem` has no document in it.
    """

    origin: Origin
    wrapper: str
    raw: bytes
    media: Literal["text", "html"] = "text"
    encoding: str | None = None
    declared: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something is wrong with a document, and where.

    `start` and `end` are characters of the text; both are 0 where the finding is about the whole document, and then
    `quote` may be empty.
    """

    code: str
    message: str
    start: int = 0
    end: int = 0
    quote: str = ""

    @classmethod
    def of(cls, code: str, text: str = "", span: tuple[int, int] = (0, 0), **values: object) -> Finding:
        """Fill the rule's message with `values`, and quote the span of `text`.

        >>> Finding.of("PC501", "He said tha", (8, 11), detail="ends inside a word").message
        'the text is cut: ends inside a word'
        """
        shown = quote(text, *span)
        return cls(code, RULES[code].message.format_map({"quote": shown, **values}), *span, shown)

    def identity(self, sha256: str) -> str:
        """What stays the same while the document does: rule, document and quote, never a line."""
        parts = (self.code, sha256, self.quote)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Decoded(NamedTuple):
    """Bytes read as text: what was chosen, how sure that is, and what came second."""

    text: str
    encoding: str
    confidence: float
    runner_up: str | None = None
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """What the text itself carries as a wrapper: front matter, or inline headers; `end` is where the article begins.

    `declared` and `extra` are as in `Envelope`; `spans` say where in the text each declared value stands.
    """

    end: int = 0
    declared: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """An envelope decoded and repaired.

    `declared` joins the envelope's fields with those of the text's own header, which win; `declared_spans` has the
    places of the latter. `lines` are those of `text`, header included. `before` is the text before its repair, None
    where nothing was repaired.
    """

    origin: Origin
    wrapper: str
    text: str
    lines: Lines
    declared: Mapping[str, str] = field(default_factory=dict)
    declared_spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    header_end: int = 0
    encoding: str = "utf-8"
    encoding_confidence: float = 1.0
    encoding_runner_up: str | None = None
    steps: tuple[Step, ...] = ()
    before: str | None = None

    @classmethod
    def of(cls, text: str, name: str = "document.txt", **declared: str) -> Document:
        """A document from a plain text, for tests and for callers who have no file."""
        raw = text.encode("utf-8", "surrogatepass")
        origin = Origin(name, name, length=len(raw), sha256=hashlib.sha256(raw).hexdigest())
        return cls(origin, "txt", text, Lines.of(text), declared)


class Boilerplate(NamedTuple):
    """A range of lines (from 1, both ends included) that belong to the page and not to the article, and why."""

    start_line: int
    end_line: int
    kind: Kind
    confidence: float
    reason: str


class Layout(NamedTuple):
    """What the lines of a document are: which of them are boilerplate, in order and without overlap.

    `kinds[i]` is the kind of line `i + 1`, or None where the line is content, wrapper or blank.
    """

    ranges: tuple[Boilerplate, ...]
    kinds: tuple[Kind | None, ...]

    @classmethod
    def of(cls, ranges: tuple[Boilerplate, ...], lines: Lines) -> Layout:
        """The layout of a document with these ranges."""
        kinds: list[Kind | None] = [None] * len(lines)
        for r in ranges:
            begin, end = r.start_line - 1, min(r.end_line, len(lines))
            kinds[begin:end] = [r.kind] * (end - begin)
        for blank in lines.blank:
            kinds[blank] = None
        return cls(ranges, tuple(kinds))


class Candidate(NamedTuple):
    """One value that a document may have, and the evidence for it.

    `rule` names the reason (``date.credit-line``); `start` and `end` are the span of the evidence in the text, or
    both -1 where it stands elsewhere (a declared field, the file's name, the URL), and then `quote` shows it.
    """

    value: str
    rule: str
    confidence: float
    start: int = -1
    end: int = -1
    quote: str = ""


class Described(NamedTuple):
    """A value of a document with its evidence: the best candidate, or None where the document does not say."""

    best: Candidate | None = None
    runner_up: Candidate | None = None

    @property
    def value(self) -> str | None:
        """The value itself."""
        return self.best.value if self.best else None


class Description(NamedTuple):
    """What a document says of itself, and the findings made on the way."""

    title: Described = Described()
    date: Described = Described()
    outlet: Described = Described()
    author: Described = Described()
    agency: Described = Described()
    place: Described = Described()
    language: Described = Described()
    findings: tuple[Finding, ...] = ()


class Examined(NamedTuple):
    """A document and everything that was found out about it without looking at any other."""

    document: Document
    n_bytes: int
    layout: Layout
    content: str
    description: Description
    findings: tuple[Finding, ...]


class Unread(NamedTuple):
    """An envelope that holds no document, and the finding that says why."""

    envelope: Envelope
    finding: Finding
