"""What a document gets from the rest of its corpus: a name of its own, its copies, and the signs of a common fault.

All of it is kept as amendments by row: columns, and findings in a spool, so that the rows themselves need not be held.
"""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck import duplicates, frame
from provcheck.checks import corpus as corpus_checks
from provcheck.checks import repeats
from provcheck.engines.spool import Notes
from provcheck.frame import Amendment
from provcheck.model import Finding, Origin
from provcheck.rows import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from provcheck.duplicates import Links
    from provcheck.frame import Record
    from provcheck.rows import Rows

    Item = tuple[bytes, ...]
    Packed = tuple[str | None, list[bytes], str | None]
    Run = Callable[[Callable[[Item], bytes], Iterable[Item]], Iterator[bytes]]

BLOCK = 1 << 12
"""Rows whose lines are looked at together."""

_EXACT = 1
"""The last digit of PC701, for which no texts need to be looked at."""


class Amendments:
    """What the whole corpus adds to its rows, by position; free it with `close`.

    `clusters` has for each row the position of its cluster's first document, or -1.
    """

    def __init__(self, doc_ids: NDArray[np.uint64]) -> None:
        """`doc_ids` are the rows' names, with those of namesakes among them."""
        self._ids, self._renamed = doc_ids, _renamed(doc_ids)
        self._findings = Notes()
        self.clusters = np.full(len(doc_ids), -1)

    def close(self) -> None:
        """Free the memory or the file."""
        self._findings.close()

    def add(self, position: int, finding: Finding) -> None:
        """Add a finding to a row."""
        self._findings.add(position, _dumped(finding))

    def packed(self, position: int) -> Packed | None:
        """What the corpus adds to a row, or None: its cluster, its findings as JSON, its new name."""
        cluster, renamed = int(self.clusters[position]), self._renamed.get(position)
        notes = self._findings.of(position)
        if cluster < 0 and renamed is None and not notes:
            return None
        return self._doc_id(cluster) if cluster >= 0 else None, notes, renamed

    def get(self, position: int) -> Amendment | None:
        """The same, as an amendment."""
        added = self.packed(position)
        return _unpacked(added) if added else None

    def _doc_id(self, position: int) -> str:
        return self._renamed.get(position) or f"{int(self._ids[position]):016x}"


def _unpacked(added: Packed) -> Amendment:
    cluster, notes, renamed = added
    return Amendment(cluster, tuple(Finding(*json.loads(note)) for note in notes), renamed)


def tabled(part: Sequence[tuple[bytes, Packed | None]]) -> pa.Table:
    """Compressed records, with what the corpus adds to them, as one Arrow table."""
    return frame.table([_amended(plain(line), added) if added else plain(line) for line, added in part])


def _amended(line: bytes, added: Packed) -> bytes:
    return frame.dump(frame.amend(frame.load(line), _unpacked(added)))


def amendments(rows: Rows, run: Run) -> Amendments:
    """What the whole corpus adds to its rows.

    `run` applies a function to items, wherever it likes, and gives the results in their order.
    """
    made = Amendments(rows.doc_ids)
    try:
        _add_duplicates(made, rows, run)
        for positions, finding in corpus_checks.signals(rows.facts):
            for position in positions.tolist():
                made.add(position, finding)
        _add_repeats(made, rows, run)
    except BaseException:
        made.close()
        raise
    return made


def _add_duplicates(made: Amendments, rows: Rows, run: Run) -> None:
    found = duplicates.search(rows.prints)
    made.clusters = found.clusters
    texts = found.links.codes != _EXACT
    looked_at = run(evidence, _items(found.links, rows, np.flatnonzero(texts)))
    for link in found.links.each():
        if link.code == "PC701":
            made.add(link.second, Finding.of("PC701", other=rows.name(link.first)))
            continue
        for position, finding in zip((link.first, link.second), json.loads(next(looked_at)), strict=True):
            if finding:
                made.add(position, Finding(*finding))
    next(looked_at, None)  # there is none: it lets the engine end


def _items(links: Links, rows: Rows, chosen: NDArray[np.int64]) -> Iterator[Item]:
    for number in chosen.tolist():
        first, second = int(links.first[number]), int(links.second[number])
        link = json.dumps([f"PC70{links.codes[number]}", float(links.similarity[number])]).encode("ascii")
        yield link, rows.packed(first), rows.packed(second)


def evidence(item: Item) -> bytes:
    """The findings of two linked documents, as JSON: each a list of a finding's fields, or null.

    `item` is the link's code and similarity as JSON, and the compressed records of its first and second document.
    """
    code, similarity = json.loads(item[0])
    pair = compared(code, similarity, Told.of(frame.load(plain(item[1]))), Told.of(frame.load(plain(item[2]))))
    return json.dumps([_fields(finding) if finding else None for finding in pair]).encode("ascii")


def _add_repeats(made: Amendments, rows: Rows, run: Run) -> None:
    every = np.arange(len(rows))
    texts = np.where(made.clusters < 0, every, made.clusters)
    total = sum(len(block) for block, _ in _said(rows, every))
    found = repeats.repeated(lambda: _said(rows, texts), total)
    positions: deque[int] = deque()

    def items() -> Iterator[Item]:
        for one in repeats.told(_said(rows, every), found):
            positions.append(one.position)
            yield json.dumps([one.documents, one.lines]).encode("ascii"), rows.packed(one.position)

    for answer in run(repetitions, items()):
        position = positions.popleft()
        for fields in json.loads(answer):
            made.add(position, Finding(*fields))


def _said(rows: Rows, names: NDArray[np.int64]) -> Iterator[repeats.Block]:
    """The numbers of the rows' lines, each with the name of its row."""
    for begin, block, sizes in rows.said.blocks(BLOCK):
        yield np.frombuffer(block, np.uint64), np.repeat(names[begin : begin + len(sizes)], np.array(sizes) // 8)


def repetitions(item: Item) -> bytes:
    """The findings of a document whose outlet repeats lines of its content, as JSON: a list of lists of fields.

    `item` has as JSON the number of the outlet's documents and, by line, of those that have it; and the document's
    compressed record.
    """
    documents, lines = json.loads(item[0])
    record = frame.load(plain(item[1]))
    found = said_again(record, documents, {int(number): count for number, count in lines.items()})
    return json.dumps([_fields(finding) for finding in found]).encode("ascii")


def said_again(record: Record, documents: int, lines: Mapping[int, int]) -> list[Finding]:
    """The findings of PC804 for a row: its outlet has so many `documents`, and so many of them each of the `lines`."""
    gone = {line for each in record["boilerplate"] for line in range(each["start_line"], each["end_line"] + 1)}
    return repeats.findings(record["text"], record["outlet"], gone, documents, lines)


class Told(NamedTuple):
    """What a comparison needs to know of a document: its name, its text and its content."""

    name: str
    text: str
    content: str

    @classmethod
    def of(cls, record: Record) -> Told:
        """The same of a row of the frame."""
        name = Origin(record["path"], record["relative"], record["member"], record["row"]).name
        return cls(name, record["text"], record["content"])


def compared(code: str, similarity: float, one: Told, two: Told) -> tuple[Finding | None, Finding | None]:
    """The findings of two documents that PC702 or PC703 links, each with the longest passage that they share."""
    shared = duplicates.passages(one.content, two.content)
    first = None
    if code == "PC703":
        if not shared:  # the estimate was of passages that the texts do not have
            return None, None
        first = _shared(code, similarity, one, [(p[0], p[1]) for p in shared], two)
    return first, _shared(code, similarity, two, [(p[2], p[3]) for p in shared], one)


def _shared(code: str, similarity: float, one: Told, spans: Sequence[tuple[int, int]], other: Told) -> Finding:
    """The finding of a document that shares text with another; the longest passage is its evidence."""
    characters = sum(end - start for start, end in spans)
    span = max(spans, key=lambda s: s[1] - s[0], default=(0, 0))
    passage = one.content[slice(*span)].strip()
    start = max(0, one.text.find(passage))
    place = (start, start + len(passage)) if one.text.startswith(passage, start) else (0, 0)
    return Finding.of(code, one.text, place, other=other.name, similarity=similarity, characters=characters)


def _fields(finding: Finding) -> list[str | int]:
    return [finding.code, finding.message, finding.start, finding.end, finding.quote]


def _dumped(finding: Finding) -> bytes:
    return json.dumps(_fields(finding)).encode("ascii")


def _renamed(doc_ids: NDArray[np.uint64]) -> dict[int, str]:
    """New names for documents that have that of an earlier one: two sources hold the same file at the same place."""
    order = np.argsort(doc_ids, kind="stable")
    ordered = doc_ids[order]
    begins = np.ones(len(order), bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    starts = np.flatnonzero(begins)
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    again = np.flatnonzero(rank > 0)
    names = zip(order[again].tolist(), ordered[again].tolist(), rank[again].tolist(), strict=True)
    return {position: f"{doc_id:016x}-{number + 1}" for position, doc_id, number in names}
