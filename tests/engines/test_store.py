"""The store gives back what it was given or nothing, whatever happens to its file."""

from __future__ import annotations

import random
import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.engines.store import NAME, Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VALUES = {bytes([n]) * 16: bytes([n]) * (n * 97) for n in range(1, 200)}


def filled(folder: Path) -> Path:
    """Give a store with all values, and its file."""
    with Store(folder) as store:
        store.put(VALUES.items())
        assert store.fault is None
    return folder / NAME


def truncated(data: bytearray) -> bytearray:
    return data[: len(data) // 2]


def garbage(data: bytearray) -> bytearray:
    return bytearray(b"no database" * 1000) + data[:0]


def foreign_head(data: bytearray) -> bytearray:
    return bytearray(b"x" * 100) + data[100:]


def zeros(data: bytearray) -> bytearray:
    return bytearray(len(data))


def empty(data: bytearray) -> bytearray:
    return data[:0]


@settings(deadline=None, max_examples=30)
@given(st.dictionaries(st.binary(min_size=16, max_size=16), st.binary(max_size=300), max_size=30))
def test_gives_back(tmp_path_factory: pytest.TempPathFactory, values: dict[bytes, bytes]) -> None:
    """Values come back by key, at once and after closing, and unknown keys are None."""
    folder = tmp_path_factory.mktemp("store")
    with Store(folder) as store:
        store.put(values.items())
        assert store.get([*values]) == [*values.values()]
    with Store(folder) as store:
        assert store.get([*values, b"unknown"]) == [*values.values(), None]
        store.put((key, value + b"!") for key, value in values.items())
        assert store.get([*values]) == [value + b"!" for value in values.values()]
        assert store.size()[0] == len(values)


@pytest.mark.parametrize("damage", [truncated, garbage, foreign_head, zeros, empty])
def test_damaged_file(tmp_path: Path, damage: Callable[[bytearray], bytearray]) -> None:
    """A damaged file is noticed or holds nothing; the store works again at the latest when it is opened next."""
    file = filled(tmp_path)
    file.write_bytes(damage(bytearray(file.read_bytes())))
    with Store(tmp_path) as store:
        got = store.get([*VALUES])
        assert all(value in (None, want) for value, want in zip(got, VALUES.values(), strict=True))
        store.put(VALUES.items())
    with Store(tmp_path) as store:
        store.put(VALUES.items())
        assert store.get([*VALUES]) == [*VALUES.values()]


@pytest.mark.parametrize("seed", range(25))
def test_flipped_bytes(tmp_path: Path, seed: int) -> None:
    """Flipped bytes anywhere lose values; none of them comes back wrong, and nothing is raised."""
    file = filled(tmp_path)
    data, chosen = bytearray(file.read_bytes()), random.Random(seed)  # noqa: S311 (test data)
    for _ in range(30):
        data[chosen.randrange(len(data))] ^= 1 << chosen.randrange(8)
    file.write_bytes(data)
    with Store(tmp_path) as store:
        got = store.get([*VALUES])
        assert all(value in (None, want) for value, want in zip(got, VALUES.values(), strict=True))
        store.put(list(VALUES.items())[:50])
        store.get([*VALUES])


def test_a_damaged_file_is_told_once(tmp_path: Path) -> None:
    """The fault is one sentence that says where and what was done."""
    filled(tmp_path).write_bytes(b"no database" * 1000)
    with Store(tmp_path) as store:
        assert store.fault == f"the cache in {tmp_path} was damaged, and was begun anew"


@pytest.mark.parametrize("name", ["file/below", "file"])
def test_folder_that_cannot_be(tmp_path: Path, name: str) -> None:
    """Where no folder can be made the store is of no use, says so, and does no harm."""
    (tmp_path / "file").write_text("")
    with Store(tmp_path / name) as store:
        store.put(VALUES.items())
        assert store.get([*VALUES]) == [None] * len(VALUES)
        assert store.fault is not None
        assert "\n" not in store.fault
        assert store.size() == (0, 0)


def test_file_of_another_program(tmp_path: Path) -> None:
    """A database that is not ours is left alone."""
    connection = sqlite3.connect(tmp_path / NAME)
    connection.executescript("PRAGMA application_id = 7; CREATE TABLE theirs (x)")
    connection.close()
    before = (tmp_path / NAME).read_bytes()
    with Store(tmp_path) as store:
        assert store.fault is not None
        assert "another program" in store.fault
    assert (tmp_path / NAME).read_bytes()[100:] == before[100:]


def test_full_disk(tmp_path: Path) -> None:
    """A disk that is full ends the use of the store, and not the run; what it had before is still there."""
    filled(tmp_path)
    with Store(tmp_path) as store:
        assert store._connection is not None
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        store.put((bytes([n]) * 15, b"x" * 5000) for n in range(200))
        assert store.fault is not None
        assert "full" in store.fault
    with Store(tmp_path) as store:
        assert store.get([*VALUES]) == [*VALUES.values()]


def test_two_at_once(tmp_path: Path) -> None:
    """Two runs share the store; while one writes for long, the other goes on without."""
    with Store(tmp_path) as one, Store(tmp_path) as other:
        one.put([(b"1" * 16, b"one")])
        other.put([(b"2" * 16, b"two")])
        assert one.get([b"2" * 16]) == [b"two"]
        assert one._connection is not None
        assert other._connection is not None
        one._connection.execute("BEGIN IMMEDIATE")
        other._connection.execute("PRAGMA busy_timeout = 10")
        other.put([(b"3" * 16, b"three")])
        assert other.get([b"3" * 16, b"1" * 16]) == [None, b"one"]
        one._connection.execute("ROLLBACK")
        assert one.fault is other.fault is None


def test_what_is_too_much_goes_oldest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit those go that were used longest ago, and the file shrinks."""
    chosen = random.Random(1)  # noqa: S311 (test data)
    values = {bytes([n]) * 16: chosen.randbytes(20_000) for n in range(100)}
    monkeypatch.setattr("provcheck.engines.store.time.time", lambda: 86_400 * 100)
    with Store(tmp_path) as store:
        store.put(list(values.items())[:50])
    monkeypatch.setattr("provcheck.engines.store.time.time", lambda: 86_400 * 101)
    with Store(tmp_path, limit=1_250_000) as store:
        store.put(list(values.items())[50:])
        assert store.get([*values][:3]) == [*values.values()][:3]
    with Store(tmp_path) as store:
        there = [value is not None for value in store.get([*values])]
        assert there[:3] == [True] * 3
        assert all(there[50:])
        assert sum(there) < 60
        assert store.size()[1] < 1_600_000


def test_what_was_not_used_for_long_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry is kept for a month after its last use."""
    for day, used in ((100, 0), (125, 1), (140, 1)):
        monkeypatch.setattr("provcheck.engines.store.time.time", lambda day=day: 86_400 * day)
        with Store(tmp_path) as store:
            if day == 100:
                store.put([(b"1" * 16, b"one"), (b"2" * 16, b"two")])
            else:
                store.get([bytes([48 + used]) * 16])
    with Store(tmp_path) as store:
        assert store.get([b"1" * 16, b"2" * 16]) == [b"one", None]


def test_clear(tmp_path: Path) -> None:
    """After clearing nothing is there, and the store can be used again."""
    filled(tmp_path)
    with Store(tmp_path) as store:
        store.clear()
    assert not list(tmp_path.iterdir())
    filled(tmp_path)
