"""One machine: a function over a stream of items, in worker processes, in order.

With one worker the same function is called in this process; there is no second code path.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import forkserver
from typing import TYPE_CHECKING, TypeVar

from provcheck.engines import interrupts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Result = TypeVar("Result")

WINDOW = 4
"""Chunks in flight a worker: enough that none waits, few enough that memory does not grow with the corpus."""


def run(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    workers: int = 1,
    weight: Callable[[Item], int] = lambda _: 1,
    chunk: int = 64,
) -> Iterator[Result]:
    """Apply `function` to every item and yield the results in the order of the items.

    `workers` is the number of processes; `weight` tells what an item costs, and a chunk is closed once its items
    weigh `chunk` or more. An input that fits into one chunk is run in this process, since a pool would cost more.

    >>> list(run(abs, [-2, 1, -3]))
    [2, 1, 3]
    """
    chunks = _chunks(items, weight, chunk)
    first = list(islice(chunks, 2))
    mapped: Iterable[list[Result]]
    if workers <= 1 or len(first) < 2:
        mapped = (_each(function, part) for part in chain(first, chunks))
    else:
        mapped = _pooled(function, chain(first, chunks), workers)
    for part in mapped:
        yield from part


def _chunks(items: Iterable[Item], weight: Callable[[Item], int], limit: int) -> Iterator[list[Item]]:
    part: list[Item] = []
    total = 0
    for item in items:
        part.append(item)
        total += weight(item)
        if total >= limit:
            yield part
            part, total = [], 0
    if part:
        yield part


def _each(function: Callable[[Item], Result], part: list[Item]) -> list[Result]:
    return [function(item) for item in part]


def _pooled(function: Callable[[Item], Result], chunks: Iterable[list[Item]], workers: int) -> Iterator[list[Result]]:
    pool = ProcessPoolExecutor(workers, _context(), _leave_interrupts_to_the_parent)
    flying: deque[Future[list[Result]]] = deque()
    try:
        for part in chunks:
            with interrupts.later():  # a worker half started could not be ended
                flying.append(pool.submit(_each, function, part))
            if len(flying) >= workers * WINDOW:
                yield flying.popleft().result()
        while flying:
            yield flying.popleft().result()
    except BaseException:
        _end(pool)  # whoever interrupts does not want to wait for the chunks under way
        raise
    pool.shutdown()


def _end(pool: ProcessPoolExecutor) -> None:
    for process in list((pool._processes or {}).values()):  # noqa: SLF001  # public as terminate_workers from 3.14 on
        process.terminate()
    pool.shutdown(cancel_futures=True)


def _context() -> multiprocessing.context.BaseContext:
    """Workers from a clean server process: forking this one, with its threads, can lock up (bpo-40379)."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    with interrupts.ignored():  # the server hands on to its workers what it finds
        forkserver.ensure_running()
    return multiprocessing.get_context("forkserver")


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches every process of the terminal; only the parent may answer, with one line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
