"""Records that a crawler wrote in segments, because one file was not to get too long (ISO 28500, section 7).

The first segment is a record of its own kind with `WARC-Segment-Number` 1; the others are continuations that name its
id, and the last of them says how long all are together. Where all stand in one file they are joined, in whatever order;
where some do not, that is told: the other files of the crawl are not looked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provcheck.readers.warcscan import Record

MOST = 1000
"""Records of which segments are held at one time; crawlers cut one at the end of a file, and none else."""

SEGMENTS = "segments"
"""The field that names the records of which one was joined."""

_NUMBER, _ORIGIN, _TOTAL = "WARC-Segment-Number", "WARC-Segment-Origin-ID", "WARC-Segment-Total-Length"
_SHOWN = 10


@dataclass(slots=True)
class _Group:
    """The segments of one record by their numbers, and how many there are, 0 as long as the last is not known."""

    id: str
    parts: dict[int, Record] = field(default_factory=dict)
    total: int = 0

    @property
    def whole(self) -> bool:
        return len(self.parts) == self.total and max(self.parts) == self.total

    @property
    def size(self) -> int:
        return sum(map(_held, self.parts.values()))

    def ordered(self) -> list[Record]:
        return [self.parts[n] for n in sorted(self.parts)]


def joined(records: Iterator[Record], limit: int) -> Iterator[Record]:
    """The records of a file, those in segments as one at the place of the first, as soon as all of them are known.

    What is not whole comes last, with the reason in `part`. No more than `limit` bytes of segments are held at a time.
    Raises what `records` raises, behind all others.
    """
    groups: dict[str, _Group] = {}
    held = 0
    try:
        for record in records:
            told = _segment(record)
            if told is None:
                yield record
                continue
            number, origin, fault = told
            group = groups.get(origin) or _Group(origin)
            if not fault and number in group.parts:
                fault = f"its segment {number} stands twice in this file"
            elif not fault and (held + _held(record) > limit or (not group.parts and len(groups) == MOST)):
                fault = f"segments of more than {MOST:,} records, or of more than {limit} bytes, are not held"
            if fault:
                yield record._replace(part=fault)
                continue
            groups[origin], group.parts[number] = group, record
            group.total = number if record.head.get(_TOTAL) else group.total
            held += _held(record)
            if group.whole:
                held -= group.size
                yield _one(groups.pop(origin), limit)
    except Refusal:
        yield from map(_incomplete, groups.values())
        raise
    yield from map(_incomplete, groups.values())


def _segment(record: Record) -> tuple[int, str, str] | None:
    """The number of a segment, the id of its record, and what is wrong with it; None for a record that is whole."""
    head, goes_on = record.head, record.head.get("WARC-Type").lower() == "continuation"
    said = head.get(_NUMBER)
    if record.damage or not (goes_on or said):
        return None
    origin = head.get(_ORIGIN) if goes_on else head.get("WARC-Record-ID")
    if not (said.isascii() and said.isdigit() and len(said) < 5 and (int(said) > 1 if goes_on else int(said) == 1)):
        return 0, origin, f"a segment with the number {said[:_SHOWN]!r}"
    return int(said), origin, "" if origin else "a segment that does not name its record"


def _held(record: Record) -> int:
    """The bytes that a record takes: of its head as it stands, and of its block as much as is there."""
    return record.length - _size(record) + len(record.block)


def _one(group: _Group, limit: int) -> Record:
    """One record of all its segments."""
    parts = group.ordered()
    first, *others = parts
    size, said = sum(_size(part) for part in parts), parts[-1].head.get(_TOTAL)
    fields = (*first.head.fields, (SEGMENTS, f"records {', '.join(str(part.number) for part in parts)}"))
    return first._replace(
        head=first.head._replace(fields=fields),
        block=b"".join(part.block for part in parts),
        long=size > limit or any(part.long for part in parts),
        part="" if said == str(size) else f"its segments have {size:,} bytes together, and should have {said[:20]}",
        taken=tuple(part.number for part in others),
    )


def _size(part: Record) -> int:
    return int(part.head.get("Content-Length"))


def _incomplete(group: _Group) -> Record:
    """The first segment that there is, and what is missing."""
    first, *others = group.ordered()
    missing = [n for n in range(1, max(group.parts)) if n not in group.parts]
    told = _numbers(missing) if group.total else _numbers(missing, "the last one")
    return first._replace(
        part=f"of the record {group.id[:80]} in segments, {told} not in this file",
        taken=tuple(part.number for part in others),
    )


def _numbers(missing: Sequence[int], last: str = "") -> str:
    """Numbers in words, of many the first."""
    shown = [str(n) for n in missing[:_SHOWN]]
    more = [f"{len(missing) - _SHOWN:,} more"] if len(missing) > _SHOWN else []
    words = [*chain(shown, more, [last] if last else [])]
    return f"{' and '.join(filter(None, (', '.join(words[:-1]), words[-1])))} {'are' if len(words) > 1 else 'is'}"
