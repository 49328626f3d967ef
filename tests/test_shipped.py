"""Data files are read as they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import provcheck
from provcheck import shipped

FILES = sorted(path for path in Path(provcheck.__file__).parent.rglob("data/*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_table_is_what_the_standard_library_reads(path: Path) -> None:
    """Every table of the package has the value and the order that `json` gives it."""
    room = path.parents[1].relative_to(Path(provcheck.__file__).parent)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert json.dumps(shipped.table(str(room), path.name)) == json.dumps(told)


def test_what_is_not_shipped() -> None:
    """A file that is not there is a bug of ours, and is told by its name."""
    with pytest.raises(FileNotFoundError, match=r"none\.json"):
        shipped.table("describe", "none.json")
