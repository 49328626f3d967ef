"""Five real documents, and what a careful reader finds in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from provcheck import readers
from provcheck.config import Settings
from provcheck.corpus import examine_corpus
from provcheck.examine import examine, replay
from provcheck.model import Examined
from provcheck.text import Lines

if TYPE_CHECKING:
    from pathlib import Path

    from provcheck.frame import Record

FIELDS = ("title", "date", "outlet", "author", "place", "language", "truncated", "boilerplate_lines")


@pytest.fixture(scope="module")
def seeds(shared: Path) -> tuple[dict[str, Any], dict[str, Record]]:
    """What is expected and what is found, by file name."""
    folder = shared / "seeds"
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    with examine_corpus([str(p) for p in sorted(folder.glob("*.txt"))], Settings(workers=1)) as corpus:
        return expected, {record["path"].rsplit("/", 1)[-1]: record for record in corpus.records()}


def found(record: Record, field: str) -> object:
    """The value of a field; of boilerplate, the numbers of the lines that are not blank."""
    if field != "boilerplate_lines":
        return record[field]
    lines = Lines.of(record["text"]).texts
    numbers = [n for block in record["boilerplate"] for n in range(block["start_line"], block["end_line"] + 1)]
    return [n for n in numbers if lines[n - 1].strip()]


@pytest.mark.parametrize("field", FIELDS)
def test_agrees_with_a_careful_reader(seeds: tuple[dict[str, Any], dict[str, Record]], field: str) -> None:
    """All five documents agree in each field; a place marked optional may be missing."""
    expected, records = seeds
    for name, record in records.items():
        want = expected[name][field]
        if field == "place" and expected[name].get("place_optional") and record["place"] is None:
            continue
        assert found(record, field) == want, name


def test_shared_passages(seeds: tuple[dict[str, Any], dict[str, Record]]) -> None:
    """Two documents that retell one press note share passages, and are no duplicates."""
    expected, records = seeds
    pairs = {
        (name, other)
        for name, record in records.items()
        for finding in record["findings"]
        for other in records
        if finding["code"] == "PC703" and other in finding["message"]
    }
    assert pairs == {p for one, two in expected["pairs_sharing_passages"] for p in ((one, two), (two, one))}
    assert all(record["duplicate_cluster"] is None for record in records.values())


def test_steps_replay(shared: Path) -> None:
    """The steps make the text of the bytes."""
    for envelope in readers.read([str(shared / "seeds")], Settings(workers=1, exclude=("*.json",))):
        result = examine(envelope, Settings())
        assert isinstance(result, Examined)
        assert replay(envelope.raw, result.document.steps) == result.document.text
