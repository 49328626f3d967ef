"""JSON, one record a line (JSONL, NDJSON); and what all readers of JSON share.

Lines are read one by one; a line that is no JSON is a row with its place, and the next line is read as if nothing had
happened.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from provcheck.patterns import late
from provcheck.readers import magic, roles, streams
from provcheck.readers.blob import Blob, Desk, Place, tallied
from provcheck.readers.records import Maker, Row, with_text

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from provcheck.model import Envelope
    from provcheck.readers.ledger import Tally

BLANK = b" \t\r\n\x0b\x0c\xef\xbb\xbf"
"""White space, and the bytes of a UTF-8 byte order mark, which some exports write before every record."""


# A line in which every string that is opened is closed; possessive, so that it is read once.
_CLOSED = late(rb'(?:"(?:[^"\\]|\\.)*+"|[^"])*+')


def looks_like_json(head: bytes) -> bool:
    """Tell whether a file begins as JSON does: ``{"key":`` or ``[{``, which no article begins with.

    >>> looks_like_json(b'[Update] A story'), looks_like_json(b'[{"text": "A story"}]'), looks_like_json(b'{"a": 1}')
    (False, True, True)
    """
    begin = head.lstrip(BLANK)
    if begin.startswith(b"["):
        return re.match(rb"\[\s*[\[{]\s*[\"{\[\]}]", begin) is not None
    return begin.startswith(b"{") and re.match(rb'\{\s*"(?:[^"\\\n]|\\.){0,200}"\s*:', begin) is not None


def looks_like_lines(head: bytes) -> bool:
    """Tell whether each line is a record: the first one is a whole object, and something stands behind it."""
    first, newline, rest = head.lstrip(BLANK).partition(b"\n")
    if not newline or not first.startswith(b"{") or not rest.lstrip(BLANK).startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first.decode("utf-8", "surrogateescape")), dict)
    except (ValueError, RecursionError):
        return False


def looks_spread(head: bytes) -> bool:
    """Tell whether JSON is not one record a line: an array in one line, or an object or array that goes on in the next.

    A first line that breaks off is none of these: it ends inside a string, or a whole line follows it.

    >>> looks_spread(b'{\\n  "text": "A story"}'), looks_spread(b'{"text": "A\\n{"')
    (True, False)
    """
    first, _, rest = head.lstrip(BLANK).partition(b"\n")
    opened = first.rstrip()
    if not rest.strip(BLANK):
        return opened.startswith(b"[") and opened[1:].lstrip().startswith(b"{")
    goes_on = opened.endswith((b"{", b"[", b",", b":")) and _CLOSED.fullmatch(opened) is not None
    return goes_on and (opened.startswith(b"[") or rest.startswith((b" ", b"\t", b"\r", b"\n", b'"', b"}")))


def holds_a_text(head: bytes) -> bool:
    """Tell whether an object is only the front matter of a text: prose follows it, and it has no text of its own.

    >>> holds_a_text(b'{"title": "Ferry"}\\n\\nIt was late.'), holds_a_text(b'{"title": "Ferry"}\\n{"title": "Rain"}')
    (True, False)
    """
    text = head.lstrip(BLANK).decode("utf-8", "replace")
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return False
    rest = text[end:].lstrip("\ufeff \t\r\n")
    if not rest or rest[0] in "{,]}" or not isinstance(value, dict) or looks_like_json(rest.encode()):
        return False
    return not roles.has_text(value)


def read_lines(blob: Blob, desk: Desk, wrapper: str = "jsonl") -> Iterator[Envelope]:
    """Read JSON lines (JSONL, NDJSON)."""
    maker = Maker(blob, desk, wrapper)
    stream, placed = as_utf8(blob)

    def read(tally: Tally) -> Iterator[Envelope]:
        return with_text(maker, _line_rows(maker, stream, tally, placed=placed), tally)

    yield from tallied(blob, desk, "line", read, wrapper)


def _line_rows(maker: Maker, stream: io.BufferedReader, tally: Tally, *, placed: bool) -> Iterator[Envelope | Row]:
    for number, (offset, length, line) in enumerate(streams.lines(stream, maker.limit), 1):
        place = Place(number, offset if placed else None, length)
        if line is None:
            tally.counted += 1
            yield maker.problem(
                "PC108", f"line {number} has more than {maker.limit} bytes (limits.document_bytes)", place
            )
        elif line.strip(BLANK):
            tally.counted += 1
            yield parsed(maker, line, place, f"line {number}")


def parsed(maker: Maker, raw: bytes, place: Place, where: str) -> Envelope | Row:
    """The record in some bytes, or a row that says why there is none; `where` names the place for people."""
    try:
        text, odd = raw.decode(), False
    except UnicodeDecodeError:
        text, odd = raw.decode("utf-8", "surrogateescape"), True
    try:
        value = json.loads(text.lstrip("\ufeff"), parse_constant=_constant, object_pairs_hook=every_pair)
    except RecursionError:
        return maker.problem("PC104", f"{where}: nested too deeply", place, raw)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno} column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        return maker.problem("PC104", f"{where}, {at}: {error.msg}", place, raw)
    except ValueError as error:
        return maker.problem("PC104", f"{where}: {error}", place, raw)
    if not isinstance(value, dict):
        return maker.problem("PC104", f"{where}: {_kind(value)}, where an object was expected", place, raw)
    if raw.count(b"[") + raw.count(b"{") > roles.DEEP and roles.deep(value):
        return maker.problem("PC104", f"{where}: nested deeper than {roles.DEEP} levels", place, raw)
    return Row(value, place, odd)


def every_pair(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object that loses nothing where a key stands twice: the last one counts, as everywhere, and the rest stay.

    >>> every_pair([("text", "one"), ("text", "two")])
    {'text': 'two', 'text (1)': 'one'}
    """
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    times: Counter[str] = Counter()
    total = Counter(key for key, _ in pairs)
    for key, value in pairs:
        times[key] += 1
        if times[key] < total[key]:
            found[_unused(f"{key} ({times[key]})", found)] = value
    return found


def _unused(key: str, found: dict[str, Any]) -> str:
    while key in found:
        key += "'"
    return key


def _constant(name: str) -> str | None:
    return None if name == "NaN" else name


def _kind(value: object) -> str:
    names = {list: "an array", str: "a string", int: "a number", float: "a number", bool: "a truth value"}
    return names.get(type(value), "null")


def as_utf8(blob: Blob) -> tuple[io.BufferedReader, bool]:
    """The stream as UTF-8, and whether places in it are places in the file."""
    encoding = magic.wide(blob.stream.peek(streams.HEAD)[: streams.HEAD])
    return (streams.recoded(blob.stream, encoding), False) if encoding else (blob.stream, True)
