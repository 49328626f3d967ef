"""The engine gives the same results in the same order, however many work at it."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from provcheck.engines import local
from provcheck.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def square(number: int) -> int:
    """Work that can be pickled."""
    return number * number


def process(_: int) -> int:
    """Tell which process works."""
    return os.getpid()


def fail(number: int) -> int:
    """Raise for one number."""
    if number == 7:
        raise ValueError("seven")
    return number


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("size", [0, 1, 5, 300])
def test_order(workers: int, size: int) -> None:
    """Results come in the order of the items."""
    assert list(local.run(square, range(size), workers, chunk=7)) == [n * n for n in range(size)]


def test_small_input_stays_here() -> None:
    """What fits into one chunk is worth no pool."""
    assert set(local.run(process, range(5), 2, chunk=64)) == {os.getpid()}
    assert os.getpid() not in set(local.run(process, range(200), 2, chunk=50))


@pytest.mark.parametrize("workers", [1, 2])
def test_error_comes_through(workers: int) -> None:
    """A bug in the function is raised here, with its own type."""
    with pytest.raises(ValueError, match="seven"):
        list(local.run(fail, range(100), workers, chunk=3))


def _killed(item: int) -> int:
    if item == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def test_worker_that_is_killed() -> None:
    """A worker that the system killed is told as that, and not as a bug."""
    with pytest.raises(EngineError, match=r"memory may have run out, or a script .* lacks .* guard; use fewer workers"):
        list(local.run(_killed, range(20), workers=2, chunk=2))


def test_stream_is_not_read_ahead_without_bound() -> None:
    """Memory does not grow with the corpus: few items are taken before the first result is given."""
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield number

    results = local.run(square, items(), 2, chunk=10)
    next(results)
    assert taken <= 10 * (2 * local.WINDOW + 3)
    results.close()  # type: ignore[attr-defined]  # run is a generator


def added(numbers: list[int]) -> list[tuple[int, int]]:
    """Work on a whole chunk: each number with the length of its chunk."""
    return [(number, len(numbers)) for number in numbers]


@pytest.mark.parametrize("workers", [1, 2])
def test_functions_of_chunks(workers: int) -> None:
    """A function may take a chunk at once; its results come in the order of the items."""
    with local.Workers(workers) as crew:
        found = list(crew.run_chunks(added, range(10), chunk=4))
    assert found == [(number, 2 if number > 7 else 4) for number in range(10)]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_known_leaves_smaller_chunks(workers: int) -> None:
    """The function gets what the memo does not know, and is not called where nothing is left."""

    class Even:
        """A memo that knows even numbers and those above seven, and keeps nothing."""

        def recall(self, items: Sequence[int]) -> tuple[list[bytes], list[tuple[int, int] | None]]:
            return [b""] * len(items), [(n, 0) if n % 2 == 0 or n > 7 else None for n in items]

        def learn(self, keys: Sequence[bytes], results: Sequence[tuple[int, int]]) -> None:
            assert len(keys) == len(results) == 2

    with local.Workers(workers) as crew:
        found = list(crew.run_chunks(added, range(12), chunk=4, memo=Even()))
    assert found == [(n, 0 if n % 2 == 0 or n > 7 else 2) for n in range(12)]


def test_weight_closes_chunks() -> None:
    """Heavy items travel in small company."""
    parts = list(local.chunks([5, 1, 1, 9, 1], lambda n: n, 5))
    assert parts == [[5], [1, 1, 9], [1]]


class Remembering:
    """A memo that knows what it was taught, and all but each so many'th number from the start."""

    def __init__(self, one_in: int) -> None:
        """Do not know each number that `one_in` divides."""
        self.one_in = one_in
        self.learnt: dict[bytes, tuple[int, int]] = {}

    def recall(self, items: Sequence[int]) -> tuple[list[bytes], list[tuple[int, int] | None]]:
        """Know most numbers."""
        keys = [str(number).encode() for number in items]
        known = [self.learnt.get(key) for key in keys]
        fresh = [None if number % self.one_in == 0 else (number, 0) for number in items]
        return keys, [old or new for old, new in zip(known, fresh, strict=True)]

    def learn(self, keys: Sequence[bytes], results: Sequence[tuple[int, int]]) -> None:
        """Keep what was done."""
        self.learnt.update(zip(keys, results, strict=True))


def worked(number: int) -> tuple[int, int]:
    """Tell which process worked on a number."""
    return number, os.getpid()


@pytest.mark.parametrize(("one_in", "many", "here"), [(100, 10_000, True), (100, 40_000, False), (2, 1000, False)])
def test_little_among_much_that_is_known_stays_here(one_in: int, many: int, here: bool) -> None:  # noqa: FBT001  # a case
    """Processes are started for much work alone; the results are in order all the same, and are learnt."""
    memo = Remembering(one_in)
    with local.Workers(2) as workers:
        results = list(workers.run(worked, range(many), chunk=500, memo=memo))
        assert workers.running is not here
    assert [number for number, _ in results] == list(range(many))
    assert len(memo.learnt) == many // one_in
    assert ({process for _, process in results} == {0, os.getpid()}) is here
