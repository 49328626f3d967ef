"""CSV and TSV: the dialect by trial, records by the standard library, and their places by our own count.

Quoted line ends and fields of any length are read. A record whose number of fields is not the header's is a row with
a reason, since its columns may have shifted and a shifted column is a wrong value. A quote that is opened and never
closed would swallow the rest of the file; so what it swallowed is read once more, line by line, and only the line
that opened it is refused.

Exports with tabs often quote nothing, and a headline may begin with a quotation mark all the same. Read as quotes of
the table, such marks would be gone from the text; so a table that makes no sense with quotes, and does without, is read
without, and so is a single line of that kind.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from provcheck.patterns import late
from provcheck.readers import roles, streams
from provcheck.readers.blob import Blob, Desk, Place, tallied
from provcheck.readers.jsonlines import as_utf8
from provcheck.readers.records import Maker, Row, columns_shown, with_text

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from provcheck.model import Envelope
    from provcheck.readers.ledger import Tally

DELIMITERS = ",\t;|"
"""Between fields, the commoner first; a space or a colon would cut any prose."""

_SAID = late(r'"?sep=(.)"?[ \t]*(?:\r?\n|\r|\Z)', re.IGNORECASE)
"""A first line by which spreadsheets say what stands between the fields; it is no header."""

_SAMPLE_RECORDS = 50
_LIMIT = "limits.document_bytes"


class _Line(NamedTuple):
    number: int
    offset: int
    text: str
    length: int
    odd: bool


class Dialect(NamedTuple):
    """How a table is written: what stands between fields, and whether ``\\"`` or ``""`` is a quote inside quotes.

    With `literal` there are no quotes: each is a character like any other.
    """

    delimiter: str
    backslash: bool = False
    literal: bool = False

    def options(self) -> dict[str, Any]:
        """The same for `csv.reader`."""
        if self.literal:
            return {"delimiter": self.delimiter, "quoting": csv.QUOTE_NONE}
        if self.backslash:
            return {"delimiter": self.delimiter, "doublequote": False, "escapechar": "\\"}
        return {"delimiter": self.delimiter}


def read(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read a table; its wrapper is ``tsv`` where tabs stand between the fields."""
    stream, placed = as_utf8(blob)
    limit = desk.settings.limits.document_bytes
    csv.field_size_limit(max(limit, csv.field_size_limit()))
    head = stream.peek(streams.HEAD)[: streams.HEAD]
    if b"\n" not in head and b"\r" in head:
        stream = streams.tapped(_Newlines(stream), None)
    dialect = sniff(head.decode("utf-8", "replace").lstrip("\ufeff"))
    maker = Maker(blob, desk, "tsv" if dialect.delimiter == "\t" else "csv")

    def rows(tally: Tally) -> Iterator[Envelope]:
        return with_text(maker, _Table(maker, stream, dialect, tally, placed).rows(), tally)

    yield from tallied(blob, desk, "record", rows, maker.wrapper)


def sniff(head: str) -> Dialect:
    """The dialect under which the most records of a table's beginning have the header's number of fields.

    >>> sniff("id;text\\n1;a, b, c\\n2;d, e\\n")
    Dialect(delimiter=';', backslash=False, literal=False)
    """
    said = _SAID.match(head)
    head = head[said.end() :] if said else head
    body = head[: head.rfind("\n") + 1] or head
    lines = body.split("\n")[: 10 * _SAMPLE_RECORDS]
    marks = (False, True) if '\\"' in body else (False,)
    delimiters = (said[1],) if said else DELIMITERS
    tried = [Dialect(d, b) for d in delimiters for b in marks]
    bare = [d for d in delimiters if all(_quotes_nothing(lines, Dialect(d, b)) for b in marks)]
    literal = [d for d in (Dialect(b, literal=True) for b in bare) if _score(lines, d)[0] == 1.0]
    return max([*literal, *tried], key=lambda d: (*_score(lines, d), not _misquoted(lines, d)))


def _score(lines: list[str], dialect: Dialect) -> tuple[float, int]:
    try:
        records = csv.reader((line + "\n" for line in lines), **dialect.options())
        widths = [len(r) for r, _ in zip(records, range(_SAMPLE_RECORDS), strict=False) if r]
    except csv.Error:
        return (0.0, 0)
    if not widths or widths[0] < 2:
        return (0.0, 0)
    return (sum(w == widths[0] for w in widths) / len(widths), widths[0])


def _quotes_nothing(lines: list[str], dialect: Dialect) -> bool:
    """Tell whether the lines make no sense with quotes, together and one of them alone.

    A quote that is never closed makes no sense of the lines together either, but stands in a table with quotes.
    """
    return _misquoted(lines, dialect) and any(_misquoted([line], dialect) for line in lines if '"' in line)


def _misquoted(lines: list[str], dialect: Dialect) -> bool:
    """Tell whether something stands between a closing quote and the end of its field, as no table has it."""
    records = csv.reader((line + "\n" for line in lines), strict=True, **dialect.options())
    try:
        for _ in records:
            pass
    except csv.Error as error:
        return "expected after" in str(error)
    return False


class _Newlines:
    """A stream whose lines end in a lone carriage return, as old spreadsheets wrote them, with line feeds."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        return self._stream.read(size).replace(b"\r", b"\n")


class _Table:
    """One pass over a table: which lines a record took, and so where it stands."""

    def __init__(self, maker: Maker, stream: io.BufferedReader, dialect: Dialect, tally: Tally, placed: bool) -> None:  # noqa: FBT001  private, called once
        self.maker, self.dialect, self.tally, self.placed = maker, dialect, tally, placed
        self.source = streams.lines(stream, maker.limit)
        self.number = 0
        self.widths = range(0)
        self.again: deque[_Line] = deque()
        self.taken: list[_Line] = []
        self.size = 0
        self.ended = self.overlong = False

    def _next(self) -> _Line | None:
        if self.again:
            return self.again.popleft()
        for offset, length, raw in self.source:
            self.number += 1
            if raw is None:
                self.overlong = True
                return _Line(self.number, offset, "", length, False)
            try:
                text, odd = raw.decode(), False
            except UnicodeDecodeError:
                text, odd = raw.decode("utf-8", "surrogateescape"), True
            return _Line(self.number, offset, text.lstrip("\ufeff") if self.number == 1 else text, length, odd)
        return None

    def _feed(self) -> Iterator[str]:
        """The lines of one record, as the csv module asks for them."""
        again = bool(self.again)
        while (line := self._next()) is not None:
            self.taken.append(line)
            self.size += line.length
            if self.overlong or self.size > self.maker.limit:
                self.overlong = True
                return
            yield line.text
            if again:
                return
        self.ended = True

    def _record(self) -> list[str] | str | None:
        """The next record, the reason why it is none, or None at the end."""
        self.taken, self.size, self.ended, self.overlong = [], 0, False, False
        again = bool(self.again)
        try:
            fields = next(csv.reader(self._feed(), **self.dialect.options()), None)
        except csv.Error as error:
            return str(error)
        if self.overlong:
            return self._unclosed() if len(self.taken) > 1 else f"more than {self.maker.limit} bytes ({_LIMIT})"
        if fields is None:
            return None
        if self.ended or (again and _open_quote(self.taken[0].text)) or (len(self.taken) > 1 and self._sloppy()):
            return self._unclosed()
        return self._literally() or list(fields)

    def _literally(self) -> list[str] | None:
        """The fields of a line whose quotes are no quotes of a table; None where they are, or it has too few fields."""
        text = self.taken[0].text
        if len(self.taken) > 1 or '"' not in text or not _misquoted([text.rstrip("\r\n")], self.dialect):
            return None
        fields = next(csv.reader([text], **self.dialect._replace(literal=True).options()), [])
        return fields if len(fields) in self.widths else None

    def _sloppy(self) -> bool:
        """Tell whether a record of several lines was closed by a quote that opens a field of a later record."""
        texts = (line.text for line in self.taken)
        try:
            next(csv.reader(texts, strict=True, **self.dialect.options()), None)
        except csv.Error:
            return True
        return False

    def _unclosed(self) -> str:
        """Refuse the line that opened a quote, and have the lines that it swallowed read again, each for itself."""
        self.again.extendleft(reversed(self.taken[1:]))
        self.taken = self.taken[:1]
        return "a quote is opened and never closed"

    def rows(self) -> Iterator[Envelope | Row]:
        """Every record below the header."""
        header: list[str] | None = None
        count = 0
        while (record := self._record()) is not None:
            if record == [] or (isinstance(record, list) and not any(f.strip() for f in record)):
                continue
            if header is None and self.taken[0].number == 1 and _SAID.match(self.taken[0].text):
                continue
            if header is None and isinstance(record, list):
                header = _named(record)
                # Columns at the end without a name may be there or not, as spreadsheets leave them.
                named = max(number for number, name in enumerate(record, 1) if name.strip())
                self.widths = range(named, len(header) + 1)
                continue
            count += 1
            self.tally.counted += 1
            yield self._row(record, header or [], count)
        if not count and header is not None:
            self.tally.counted += 1
            yield self.maker.problem("PC102", "", Place(None, 0, self.taken[0].length if self.taken else 0))

    def _row(self, record: list[str] | str, header: list[str], count: int) -> Envelope | Row:
        first, last = self.taken[0], self.taken[-1]
        length = last.offset + last.length - first.offset
        place = Place(count, first.offset if self.placed else None, length)
        where = f"line {first.number}"
        raw = "".join(line.text for line in self.taken[:100]).encode("utf-8", "surrogateescape")
        if isinstance(record, str):
            code = "PC108" if _LIMIT in record else "PC104"
            return self.maker.problem(code, f"{where}: {record}", place, raw)
        while self.widths and len(record) > self.widths[0] and not record[-1]:
            record.pop()
        if len(record) not in self.widths:
            detail = f"{where}: {len(record)} fields, where the header has {len(header)} ({columns_shown(header)})"
            return self.maker.problem("PC104", detail, place, raw)
        return Row(dict(zip(header, record, strict=False)), place, any(line.odd for line in self.taken))


def _named(header: list[str]) -> list[str]:
    """The columns' names: trimmed, and those that are empty or stand twice with their number, so that none is lost."""
    return roles.apart(name.strip() or f"column {number}" for number, name in enumerate(header, 1))


def _open_quote(line: str) -> bool:
    return line.count('"') % 2 == 1
