"""The engine gives the same results in the same order, however many work at it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from provcheck.engines import local

if TYPE_CHECKING:
    from collections.abc import Iterator


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


def test_weight_closes_chunks() -> None:
    """Heavy items travel in small company."""
    parts = list(local.chunks([5, 1, 1, 9, 1], lambda n: n, 5))
    assert parts == [[5], [1, 1, 9], [1]]
