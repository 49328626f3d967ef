"""Rows come back from columns and from their packed form as they went in."""

from __future__ import annotations

import json
from functools import partial

import numpy as np
import pytest

from provcheck import Settings, duplicates, examine, lineage, rows
from provcheck.checks.corpus import FACT, Facts
from provcheck.duplicates import PRINT
from provcheck.engines import local
from provcheck.model import Envelope, Origin
from provcheck.rows import Rows

TEXT = "The council will mend the lamps of the lower town in June, and the upper town has to wait for another year. "


def envelope(name: str, text: str = TEXT, member: str | None = None, row: int | None = None) -> Envelope:
    raw = text.encode()
    return Envelope(Origin(name, name, member, row, length=len(raw), sha256=f"{hash(text) & 0xFF:064x}"), "txt", raw)


def filled(*envelopes: Envelope) -> Rows:
    made = Rows()
    for each in envelopes:
        made.append(each.origin, rows.packed([each], Settings())[0])
    return made


def test_packed() -> None:
    """A packed row holds all that a row has, and for which days."""
    row = examine.row(examine.examine(envelope("a.txt"), Settings()))
    packed = rows.pack(row, 5, 9)
    narrow, line = rows.unpack(packed)
    assert rows.plain(line) == row.line
    assert f"{narrow.doc_id:016x}" == row.origin.doc_id
    assert (narrow.doubtful, narrow.encoding, narrow.read) == (False, row.encoding, True)
    assert narrow.facts == row.facts.packed()
    assert row.fingerprint is not None
    assert narrow.marks == row.fingerprint.packed()
    assert [rows.holds(packed, day) for day in (4, 5, 8, 9)] == [False, True, True, False]


def test_unread_documents_are_small() -> None:
    """A row without a document has no fingerprint, and stands as an empty one in the columns."""
    made = filled(envelope("a.txt", ""), envelope("b.txt"))
    assert made.prints["sketched"].tolist() == [False, True]
    assert made.readable
    made.close()


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 1, 0, 2)])
def test_sorted(order: tuple[int, ...]) -> None:
    """Rows come by path, member and record, with all that belongs to them."""
    given = [
        envelope("a.txt", TEXT), envelope("b.tar", TEXT * 2, "x"), envelope("b.tar", TEXT * 3, "y"),
        envelope("c.jsonl", TEXT * 4, None, 7),
    ]  # fmt: skip
    made = filled(*(given[number] for number in order))
    made.sort()
    assert [made.name(n) for n in range(4)] == [each.origin.name for each in given]
    assert [json.loads(made.line(n))["n_chars"] for n in range(4)] == [len(TEXT) * n for n in range(1, 5)]
    assert [f"{n:016x}" for n in made.doc_ids.tolist()] == [each.origin.doc_id for each in given]
    assert made.facts["characters"].tolist() == [len(TEXT) * n for n in range(1, 5)]
    exact = [duplicates.fingerprint(TEXT * n).packed()[:16] for n in range(1, 5)]
    assert [each.tobytes() for each in made.prints["exact"]] == exact
    made.close()


def test_amendments_of_any_engine() -> None:
    """Copies get their cluster and their findings, wherever the linked texts are looked at."""
    note = "the two sides agreed on Monday to hold further talks in the spring and to keep the bridge open until then"
    given = [envelope("a.txt", TEXT), envelope("b.txt", TEXT), envelope("c.txt", f"{TEXT} {note}. {note[::-1]}")]
    for workers in (1, 2):
        made = filled(*given)
        with local.Workers(workers) as crew:
            found = lineage.amendments(made, partial(crew.run, chunk=1))
        second = found.get(1)
        assert second is not None
        assert second.cluster == given[0].origin.doc_id
        assert [finding.message for finding in second.findings] == ["the same text as a.txt"] or second.findings
        found.close()
        made.close()


def test_namesakes() -> None:
    """The second and the third document of one name get a number."""
    ids = np.array([5, 3, 5, 5, 3], np.uint64)
    assert lineage._renamed(ids) == {2: f"{5:016x}-2", 3: f"{5:016x}-3", 4: f"{3:016x}-2"}


def test_fixed_places() -> None:
    """The packed forms are as long as their types say: a row of another length would shift all that follow."""
    assert len(Facts(1, 2, 3, True, "2026-01-31", b"x").packed()) == FACT.itemsize
    assert len(duplicates.fingerprint(TEXT).packed()) == len(duplicates.Fingerprint(b"").packed()) == PRINT.itemsize
