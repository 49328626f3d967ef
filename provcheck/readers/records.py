"""From a record of any file format to an envelope.

The file's reader hands over a mapping of columns to values; here the roles are taken, the text's bytes are found, and
the rest is kept. In a file that is not UTF-8 the reader marks each odd byte as a lone surrogate (Python's
``surrogateescape``): the text's own bytes come back from that without loss and go on with no encoding named, so that
`provcheck.decode` decides on them, and the other fields are then read in the same way (`settled`). Beside a text of
ASCII, which tells nothing, they are read by one guess for the file. `extra` says by which encoding it was
(`fields_encoding`).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from provcheck.model import Problem
from provcheck.patterns import late
from provcheck.readers import names, roles
from provcheck.readers.blob import Blob, Desk, Fields, Place
from provcheck.readers.charset import likely
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from provcheck.model import Envelope
    from provcheck.readers.ledger import Tally

_ODD = late("[\udc80-\udcff]")
_HALF = late("[\ud800-\udc7f\udd00-\udfff]")
_PAGE = late(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)

ENCODING, UNKNOWN = "fields_encoding", ""
"""The field of `extra` that names the encoding of the fields, and what stands there until it is known."""

HELD = 100
"""Records without a text column that are held back until it is known whether the whole file has none."""

_COLUMNS_SHOWN = 40


class Row(NamedTuple):
    """A record as a file's reader found it; see `Maker.make`."""

    record: Mapping[str, Any]
    place: Place
    odd: bool = False


class Maker:
    """Makes the envelopes of one file of records; it remembers the plan for each set of columns and the guess."""

    def __init__(self, blob: Blob, desk: Desk, wrapper: str) -> None:
        """`wrapper` is the file's own format, such as ``jsonl``."""
        self.blob, self.wrapper = blob, wrapper
        self.columns, self.limit = desk.settings.columns, desk.settings.limits.document_bytes
        self._plans: dict[tuple[object, ...], roles.Plan] = {}
        self._encoding = desk.settings.encoding
        self._date = names.read(blob.relative, blob.name)[1].get("name_date")

    def plan(self, record: Mapping[str, Any]) -> roles.Plan:
        """Which columns carry which role; made once for each set of columns."""
        key = tuple((k, tuple(v)) if isinstance(v, dict) else k for k, v in record.items())
        known = self._plans.get(key)
        if known is None:
            nested = {k: list(v) for k, v in record.items() if isinstance(v, dict)}
            known = roles.plan(record, nested, self.columns)
            if len(self._plans) < 256:
                self._plans[key] = known
        return known

    def make(self, record: Mapping[str, Any], place: Place, *, odd: bool = False) -> Envelope:
        """The envelope of a record; one with a problem where it has no text.

        `odd` says that the record's bytes are not UTF-8 and stand as lone surrogates in its strings. It must be told,
        because the halves of a cut emoji, which JSON can write, look the same.
        """
        plan = self.plan(record)
        found = self._text(record, plan)
        if found is None:
            return self._textless(record, plan, place)
        route, text = found
        html = route in plan.html or (isinstance(text, str) and _PAGE.match(text) is not None)
        raw, encoding = _bytes(self._led(record, route, text), odd=odd)
        if len(raw) > self.limit:
            return self.problem("PC108", f"a document of more than {self.limit} bytes (limits.document_bytes)", place)
        declared, used = self._declared(record, plan)
        extra = {k: v for k, v in record.items() if (k,) not in used and k != route[0]}
        if len(route) > 1:
            extra[route[0]] = {k: v for k, v in record[route[0]].items() if k != route[1]}
        return self.blob.envelope(
            self.wrapper,
            raw,
            place,
            self._readable(declared, extra, (raw, encoding, "html" if html else "text"), odd=odd),
        )

    def article(self, said: Fields, text: str, place: Place, *, odd: bool) -> Envelope:
        """The envelope of a text whose fields have their roles already; `odd` is as in `make`.

        The encoding in `said` is what the file declares; it only counts where there are odd bytes.
        """
        raw, encoding = _bytes(text, odd=odd)
        if self._encoding is None and said.encoding != "utf-8":
            self._encoding = said.encoding
        content = raw, encoding or said.encoding, said.media
        fields = self._readable(dict(said.declared), dict(said.extra), content, odd=odd)
        return self.blob.envelope(self.wrapper, raw, place, fields)

    def problem(self, code: str, detail: str, place: Place, raw: bytes = b"") -> Envelope:
        """A row with the reason why the record is no document."""
        return self.blob.refused(self.wrapper, Problem(code, detail), place, raw)

    def _text(self, record: Mapping[str, Any], plan: roles.Plan) -> tuple[roles.Route, str | bytes] | None:
        for route in (*plan.text, *plan.html):
            text = roles.prose(roles.at(record, route))
            if text is not None and text.strip() and not (isinstance(text, str) and roles.missing(text)):
                return route, text
        return None

    def _led(self, record: Mapping[str, Any], route: roles.Route, text: str | bytes) -> str | bytes:
        """The text with its lead before it, for exports that keep the two apart (Factiva: LP and TD)."""
        partner = roles.table()["lead"].get(roles.squash(route[-1]))
        lead = next((v for k, v in record.items() if partner and roles.squash(k) == partner), None)
        if isinstance(lead, str) and lead.strip() and isinstance(text, str):
            return f"{lead}\n\n{text}"
        return text

    def _textless(self, record: Mapping[str, Any], plan: roles.Plan, place: Place) -> Envelope:
        routes = (*plan.text, *plan.html)
        if routes:
            values = [roles.at(record, route) for route in routes]
            what = "holds something else" if any(v and roles.prose(v) is None for v in values) else "is empty"
            return self.problem("PC105", f"{columns_shown('.'.join(r) for r in routes)} {what}", place)
        what = f"none of its fields is a text: {columns_shown(record)}" if record else "it has no fields"
        return self.problem("PC105", what, place)

    def _declared(self, record: Mapping[str, Any], plan: roles.Plan) -> tuple[dict[str, str], set[roles.Route]]:
        declared: dict[str, str] = {}
        used: set[roles.Route] = set()
        # An object such as {"metadata": …} is a home of fields, unless it has a name itself (NewsAPI's source).
        containers = roles.table()["containers"]
        objects = [(k, v) for k, v in record.items() if isinstance(v, dict) and not isinstance(v.get("name"), str)]
        homes = {(k,) for k, _ in objects if roles.squash(k) in containers}
        for role, routes in plan.roles.items():
            for route in routes:
                value = roles.said(role, roles.at(record, route)) if route not in homes else None
                if value:
                    declared[role] = value
                    if not isinstance(record[route[0]], (dict, list)):
                        used.add(route)
                    break
        return declared, used

    def _readable(
        self, declared: dict[str, str], extra: dict[str, Any], text: tuple[bytes, str | None, Any], *, odd: bool
    ) -> Fields:
        """The fields as text that UTF-8 can hold."""
        raw, encoding, media = text
        if self._date:
            extra.setdefault("name_date", self._date)
        if odd and not raw.isascii():
            return Fields(declared, {**extra, ENCODING: UNKNOWN}, encoding, media)
        if odd:
            guess = self._guess(b" ".join(map(restored, declared.values())))
            return Fields(*read_as(declared, extra, guess), encoding, media)
        return Fields(*whole(declared, extra), encoding, media)

    def _guess(self, raw: bytes) -> str:
        """The encoding of this file's fields, from the first that are not UTF-8 beside a text of ASCII."""
        if self._encoding is None:
            self._encoding = likely(raw)
        try:
            return codecs.lookup(self._encoding).name
        except LookupError:
            return "cp1252"


def settled(envelope: Envelope, encoding: str) -> Envelope:
    """An envelope whose fields are text, now that the encoding of the document beside them is known.

    The fields of a record that is no UTF-8 hold its odd bytes as lone surrogates until then.
    """
    if envelope.extra.get(ENCODING) != UNKNOWN:
        return envelope
    extra = {name: value for name, value in envelope.extra.items() if name != ENCODING}
    told, rest = read_as(envelope.declared, extra, encoding)
    return replace(envelope, declared=told, extra=rest)


def read_as(
    declared: Mapping[str, str], extra: Mapping[str, Any], encoding: str
) -> tuple[dict[str, str], dict[str, Any]]:
    """Fields whose odd bytes are read by an encoding, which is named beside them."""
    told = {name: _reread(value, encoding) for name, value in declared.items()}
    rest = {_reread(name, encoding): _reread_all(value, encoding) for name, value in extra.items()}
    return whole(told, {**rest, ENCODING: encoding})


def whole(declared: Mapping[str, str], extra: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """Fields that UTF-8 and JSON can hold."""
    told = {name: roles.whole(value) for name, value in declared.items()}
    return told, {roles.whole(name): roles.plain(value) for name, value in extra.items()}


def _bytes(text: str | bytes, *, odd: bool) -> tuple[bytes, str | None]:
    """A text field's bytes, and ``utf-8`` where that is what they are."""
    if isinstance(text, bytes):
        return text, None
    if not odd:
        return roles.whole(text).encode(), "utf-8"
    return restored(text), "utf-8" if text.isascii() else None


def restored(text: str) -> bytes:
    """The bytes that a string was made of; half pairs, which no byte stands for, become U+FFFD."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        kept = _HALF.sub("\ufffd", text)
        return kept.encode("utf-8", "surrogateescape")


def _reread(text: str, encoding: str) -> str:
    if not _ODD.search(text):
        return text
    return restored(text).decode(encoding, "backslashreplace")


def _reread_all(value: object, encoding: str) -> object:
    if isinstance(value, str):
        return _reread(value, encoding)
    if isinstance(value, dict):
        return {_reread(str(k), encoding): _reread_all(v, encoding) for k, v in value.items()}
    return [_reread_all(v, encoding) for v in value] if isinstance(value, list) else value


def columns_shown(names_: Iterable[str]) -> str:
    """Column names for a message: each cut, and not too many."""
    shown = [n if len(n) <= 40 else n[:39] + "…" for n in names_]
    more = f" and {len(shown) - _COLUMNS_SHOWN} more" if len(shown) > _COLUMNS_SHOWN else ""
    return ", ".join(roles.whole(n) for n in shown[:_COLUMNS_SHOWN]) + more


def with_text(maker: Maker, items: Iterator[Envelope | Row], tally: Tally) -> Iterator[Envelope]:
    """Envelopes of a file's records, where a file of which no record has a text column gives one row that says so.

    The first records without such a column are held back. If one with a text follows, they are given as what they
    are; if none does, one PC111 row stands for them all and lists their columns.
    """
    held: list[Envelope] = []
    columns: dict[str, None] = {}
    count, seen_text = 0, False
    try:
        for item in items:
            if not isinstance(item, Row):
                tally.given += 1
                yield item
                continue
            record, place, odd = item
            if seen_text or any(maker.plan(record)[:2]):
                if count:
                    yield from _release(maker, held, count, tally)
                    count = 0
                seen_text = True
                tally.given += 1
                yield maker.make(record, place, odd=odd)
                continue
            count += 1
            if len(columns) < 10 * _COLUMNS_SHOWN:
                columns.update(dict.fromkeys(record))
            if len(held) < HELD:
                held.append(maker.make(record, place, odd=odd))
    except Refusal:  # the file breaks off; what was held back until then is told first
        yield from _columnless(maker, columns, count, tally)
        raise
    yield from _columnless(maker, columns, count, tally)


def _columnless(maker: Maker, columns: Iterable[str], count: int, tally: Tally) -> Iterator[Envelope]:
    if count:
        tally.given += 1
        tally.behind += count - 1
        yield maker.problem("PC111", columns_shown(columns), Place(None, None, 0))


def _release(maker: Maker, held: list[Envelope], count: int, tally: Tally) -> Iterator[Envelope]:
    tally.given += len(held)
    yield from held
    if count > len(held):
        rest = count - len(held)
        tally.given += 1
        tally.behind += rest - 1
        row = (held[-1].origin.row or 0) + 1
        yield maker.problem("PC105", f"{rest} records from here on have no text column", Place(row, None, 0))
    held.clear()
