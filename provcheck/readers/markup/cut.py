"""Cut a stream of markup into its records without parsing it.

As `provcheck.readers.jsonscan` does for JSON: no more memory than the longest record may have, the place of each one
in bytes, and a record that is damaged leaves the others alone. A streaming parser of XML gives up every record behind
the first fault, and hardly any archive of news is without one.

In XML a name counts where it is a tag, and not in comments, CDATA sections and instructions. In SGML (`Kind.loose`),
where the end of an element may be left out, the next record ends the one before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from provcheck.patterns import late
from provcheck.readers.refusal import Refusal
from provcheck.readers.streams import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.readers.markup.kinds import Kind
    from provcheck.readers.refusal import Source

_CLOSES = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_LONGEST_NAME = 128
# From behind the name of a tag to its end: attributes, whose quoted values may hold ">". The repeats are possessive,
# so that a quote without its partner is tried once. The second one takes what the first does not.
_REST = late(rb"""(?:[^"'<>]|"[^"<]*+"|'[^'<]*+')*+>""")
_LOOSE_REST = late(rb"[^<>]*+>")


class Piece(NamedTuple):
    """A record's place and its bytes: None where they are more than a record may have.

    `complete` is False where its end is missing.
    """

    offset: int
    length: int
    raw: bytes | None
    complete: bool = True


class _Tag(NamedTuple):
    begin: int
    end: int
    closing: bool
    empty: bool


class Cutter:
    """Cuts one stream; `front` is what stood before the first record, at most `HEAD` bytes of it.

    >>> import io
    >>> from provcheck.readers.markup.kinds import kind_of
    >>> cutter = Cutter(io.BytesIO(b"<rss><!-- <item> --><item>1</item><item/></rss>"), kind_of(b"<rss>"), 100)
    >>> [(p.offset, p.raw) for p in cutter.pieces()], cutter.front
    ([(20, b'<item>1</item>'), (34, b'<item/>')], b'<rss><!-- <item> -->')
    """

    def __init__(self, source: Source, kind: Kind, limit: int) -> None:
        """Read from `source`; a record may have `limit` bytes."""
        self.front, self.size = b"", 0
        self._source, self._kind, self._limit = source, kind, limit
        self._mark = _marks(kind)
        self._held = bytearray()
        self._at = self._base = 0  # where to go on in what is held, and the place of its first byte in the stream
        self._begin: int | None = None
        self._begun = self._inside = False  # whether a record was met, and whether the first tag is open

    def pieces(self) -> Iterator[Piece]:
        """Every record, in order. Time is linear in the stream.

        Raises Refusal (PC104) where the stream ends between two records, but before its first tag is closed.
        """
        depth, closed = 0, False
        for tag in self._tags():
            if self._begin is None:
                if tag.closing:
                    continue
                depth = self._start(tag.begin)
            elif tag.closing:
                depth, closed = depth - 1, True
            elif self._kind.nests:
                depth += 1
            else:
                yield self._piece(tag.begin, complete=self._kind.loose)
                depth = self._start(tag.begin)
            depth -= tag.empty
            if not depth:
                yield self._piece(tag.end)
        if self._begin is not None:
            yield self._piece(self.size, complete=self._kind.loose and not closed)
        elif self._inside:
            raise Refusal("PC104", f"the file ends before </{self._kind.root}>", self.size)

    def _start(self, place: int) -> int:
        self._drop(place)
        self._begin, self._begun = place, True
        return 1

    def _piece(self, end: int, *, complete: bool = True) -> Piece:
        begin = self._base if self._begin is None else self._begin
        long = end - begin > self._limit
        raw = None if long else bytes(self._held[begin - self._base : end - self._base])
        self._begin = None
        self._drop(end)
        return Piece(begin, end - begin, raw, complete)

    def _tags(self) -> Iterator[_Tag]:
        """The tags of records, at their places in the stream."""
        while (match := self._next()) is not None:
            if match["skip"]:
                self._at = match.end()
                self._skip(_CLOSES[match[0]])
                continue
            self._at = match.start()
            closing, root, end = bool(match["close"]), bool(match["root"]), self._end(len(match[0]))
            if end is None:
                continue
            begin, self._at = self._at, end
            empty = not closing and self._held[end - 2 : end] == b"/>"
            if root:
                self._inside = not (closing or empty or self._kind.loose)
            else:
                yield _Tag(self._base + begin, self._base + end, closing, empty)

    def _next(self) -> re.Match[bytes] | None:
        """The next mark in what is held, which is read on until there is one; None at the end."""
        while (match := self._mark.search(self._held, self._at)) is None:
            self._at = max(self._at, len(self._held) - _LONGEST_NAME)
            if not self._more():
                return None
        return match

    def _end(self, name: int) -> int | None:
        """Where the tag at hand ends; None where more had to be read to know. One that never ends is but its name.

        `name` is the length of its beginning, up to the end of its name.
        """
        if rest := (_LOOSE_REST if self._kind.loose else _REST).match(self._held, self._at + name):
            return rest.end()
        if len(self._held) - self._at <= HEAD and self._more():
            return None
        rest = _LOOSE_REST.match(self._held, self._at + name)
        return rest.end() if rest else self._at + name

    def _skip(self, close: bytes) -> None:
        """Go on behind the end of a comment, a CDATA section or an instruction; raises Refusal where it has none."""
        begin = self._base + self._at
        while (found := self._held.find(close, self._at)) < 0:
            self._at = max(self._at, len(self._held) - len(close) + 1)
            if not self._more():
                if self._begin is not None:  # the record that it stands in has no end, and is told
                    return
                raise Refusal("PC104", f"{close.decode()} is missing: what begins at byte {begin} never ends", begin)
        self._at = found + len(close)

    def _more(self) -> bool:
        """Read on; what is of no use any more is dropped. False at the end."""
        if self._begin is None:
            self._drop(self._base + self._at)
        elif self._base + self._at - self._begin > self._limit:
            del self._held[: self._at]
            self._base, self._at = self._base + self._at, 0
        data = self._source.read(HEAD)
        self._held += data
        self.size += len(data)
        return bool(data)

    def _drop(self, place: int) -> None:
        """Let go of what stands before a place outside of records; what stands before the first is the front."""
        count = place - self._base
        if count > 0:
            if not self._begun and len(self.front) < HEAD:
                self.front += bytes(self._held[: min(count, HEAD - len(self.front))])
            del self._held[:count]
            self._base, self._at = place, max(0, self._at - count)


def _marks(kind: Kind) -> re.Pattern[bytes]:
    """What is looked for: the tags of the records and of the root, and in XML what hides tags."""
    records = "|".join(map(re.escape, kind.records))
    root = re.escape(kind.root) if kind.root and kind.root not in kind.records else r"(?!)"
    hidden = r"(?!)" if kind.loose else r"!--|!\[CDATA\[|\?"
    named = rf"(?P<close>/?)(?:[\w.-]{{1,40}}:)?(?:(?:{records})|(?P<root>{root}))(?=[\s/>])"
    return re.compile(f"<(?:(?P<skip>{hidden})|{named})".encode(), re.IGNORECASE if kind.loose else 0)
