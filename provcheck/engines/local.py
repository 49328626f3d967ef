"""One machine: a function over a stream of items, in worker processes, in order.

Items travel in chunks, and a function may be one of a whole chunk, where many items take less time together.

With one worker the same function is called in this process; there is no second code path. A memo is asked before
anything is done, and told of it afterwards, chunk by chunk: so what is known already need not be done, and a run that
was killed goes on where it stopped.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, Self, TypeVar

from provcheck.engines import interrupts
from provcheck.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext
    from types import TracebackType

Item = TypeVar("Item")
Result = TypeVar("Result")

WINDOW = 4
"""Chunks in flight a worker: enough that none waits, few enough that memory does not grow with the corpus."""
ALONE = 128
"""Items, the few unknown ones among many that the memo knows, that are done before processes are started for more: to
start these takes as long."""
_FEW = 10
"""Unknown items are few where the memo knows so many times as many."""


class Memo(Protocol[Item, Result]):  # type: ignore[misc]  # a list of items cannot be contravariant
    """What an engine asks before it works, and tells afterwards. Neither may raise for a store that does not work."""

    def recall(self, items: Sequence[Item]) -> tuple[list[bytes], list[Result | None]]:
        """Give the items' keys, and for each item its result or None where it is not known."""

    def learn(self, keys: Sequence[bytes], results: Sequence[Result]) -> None:
        """Keep results by their items' keys."""


class Forgetful:
    """A memo that knows nothing and keeps nothing."""

    def recall(self, items: Sequence[Item]) -> tuple[list[bytes], list[Result | None]]:
        """Nothing is known."""
        return [b""] * len(items), [None] * len(items)

    def learn(self, keys: Sequence[bytes], results: Sequence[Result]) -> None:
        """Keep nothing."""


class Workers:
    """Worker processes, started when there is work for two, and kept for the next; use it as a context manager.

    >>> with Workers(1) as workers:
    ...     list(workers.run(abs, [-2, 1, -3]))
    [2, 1, 3]
    """

    def __init__(self, count: int) -> None:
        """`count` is the number of processes; with one, all work is done in this process."""
        self._count = count
        self._pool: ProcessPoolExecutor | None = None
        self._alone = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind:
            self.stop()
        self.close()

    @property
    def running(self) -> bool:
        """Whether processes were started."""
        return self._pool is not None

    def close(self) -> None:
        """Let the processes go, once their work is done."""
        if self._pool:
            self._pool.shutdown()
            self._pool = None

    def stop(self) -> None:
        """End the processes at once: whoever interrupts does not want to wait for the chunks under way."""
        if self._pool:
            _end(self._pool)
            self._pool = None

    def run(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        weight: Callable[[Item], int] = lambda _: 1,
        chunk: int = 64,
        memo: Memo[Item, Result] | None = None,
    ) -> Iterator[Result]:
        """Apply `function` to every item and yield the results in the order of the items; see `run_chunks`."""
        return self.run_chunks(partial(_each, function), items, weight, chunk, memo)

    def run_chunks(
        self,
        function: Callable[[list[Item]], list[Result]],
        items: Iterable[Item],
        weight: Callable[[Item], int] = lambda _: 1,
        chunk: int = 64,
        memo: Memo[Item, Result] | None = None,
    ) -> Iterator[Result]:
        """Apply `function`, which has one result for each item, to chunks of items; yield the results in their order.

        How the items fall into chunks must not enter the results, since it depends on what `memo` knows. `weight`
        tells what an item costs, and a chunk is closed once its items weigh `chunk` or more. An input that fits into
        one chunk is run in this process, since the trip would cost more. What `memo` knows is not done again; what is
        done it learns, a chunk at a time.
        """
        parts = chunks(items, weight, chunk)
        first = list(islice(parts, 2))
        asked = _asked(chain(first, parts), memo or Forgetful())
        if self._count <= 1 or len(first) < 2:
            for part in asked:
                yield from part.filled(function(part.items) if part.items else [])
            return
        try:
            with _workers_live():
                for results in self._flown(function, asked):
                    yield from results
        except BaseException:
            self.stop()
            raise

    def _flown(
        self, function: Callable[[list[Item]], list[Result]], parts: Iterable[_Part[Item, Result]]
    ) -> Iterator[Iterator[Result]]:
        flying: deque[tuple[_Part[Item, Result], Future[list[Result]] | None]] = deque()
        for part in parts:
            if self._does_alone(part):
                yield from (_landed(*each) for each in flying)
                flying.clear()
                yield part.filled(function(part.items))
                continue
            future = self._submitted(function, part.items) if part.items else None
            flying.append((part._replace(items=[]), future))  # the items are the pool's now
            if len(flying) >= self._count * WINDOW:
                yield _landed(*flying.popleft())
        while flying:
            yield _landed(*flying.popleft())

    def _does_alone(self, part: _Part[Item, Result]) -> bool:
        """Whether what is left of a chunk is so little that processes are not worth their start."""
        if self.running or not 0 < len(part.items) * _FEW < len(part.known):
            return False
        self._alone += len(part.items)
        return self._alone <= ALONE

    def _submitted(self, function: Callable[[list[Item]], list[Result]], items: list[Item]) -> Future[list[Result]]:
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # as long to import as a document takes

            self._pool = ProcessPoolExecutor(self._count, _context(), _live_with_the_parent)
        with interrupts.later():  # a worker half started could not be ended
            return self._pool.submit(function, items)


def run(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    workers: int = 1,
    weight: Callable[[Item], int] = lambda _: 1,
    chunk: int = 64,
) -> Iterator[Result]:
    """As `Workers.run`, with workers for this one time.

    >>> list(run(abs, [-2, 1, -3]))
    [2, 1, 3]
    """
    with Workers(workers) as crew:
        yield from crew.run(function, items, weight, chunk)


class _Part(NamedTuple, Generic[Item, Result]):
    """A chunk after the memo was asked: the results that it knew, and what is left to do, with its keys."""

    known: list[Result | None]
    items: list[Item]
    keys: list[bytes]
    memo: Memo[Item, Result]

    def filled(self, results: list[Result]) -> Iterator[Result]:
        """All results of the chunk in order, with those of the items in their places; the memo learns these."""
        if results:
            self.memo.learn(self.keys, results)
        fresh = iter(results)
        return (next(fresh) if result is None else result for result in self.known)


def _asked(parts: Iterable[list[Item]], memo: Memo[Item, Result]) -> Iterator[_Part[Item, Result]]:
    for part in parts:
        keys, known = memo.recall(part)
        left = [number for number, result in enumerate(known) if result is None]
        yield _Part(known, [part[number] for number in left], [keys[number] for number in left], memo)


def chunks(items: Iterable[Item], weight: Callable[[Item], int], limit: int) -> Iterator[list[Item]]:
    """The items in chunks, each closed once its items weigh `limit` or more.

    >>> list(chunks([5, 1, 1, 9, 1], int, 5))
    [[5], [1, 1, 9], [1]]
    """
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


def _landed(part: _Part[Item, Result], future: Future[list[Result]] | None) -> Iterator[Result]:
    return part.filled(future.result() if future else [])


@contextmanager
def _workers_live() -> Iterator[None]:
    """Say what happened where a worker has gone, as the system kills it when memory runs out: it is no bug of ours."""
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415  # it is there already, with the pool

    try:
        yield
    except BrokenProcessPool as error:
        raise EngineError(
            "a worker process ended amid its work: memory may have run out, or a script that calls provcheck "
            'lacks the `if __name__ == "__main__"` guard',
            "use fewer workers, or the guard; with a cache the next run goes on where this one stopped",
        ) from error


def _end(pool: ProcessPoolExecutor) -> None:
    for process in list((pool._processes or {}).values()):  # noqa: SLF001  # public as terminate_workers from 3.14 on
        process.terminate()
    pool.shutdown(cancel_futures=True)


def _context() -> BaseContext:
    """Workers from a clean server process: forking this one, with its threads, can lock up (bpo-40379)."""
    import multiprocessing  # noqa: PLC0415  # one small file needs no processes
    from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415  # as above

    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    resource_tracker.ensure_running()  # it lets Ctrl-C through again, so it comes first
    with interrupts.kept_from_children():  # the server hands on to its workers what it finds
        forkserver.ensure_running()
    return multiprocessing.get_context("forkserver")


def _live_with_the_parent() -> None:
    """Leave Ctrl-C to the parent, and end when it ends.

    Ctrl-C reaches every process of the terminal; only the parent may answer, with one line. A parent that was killed
    cannot end its workers: they would wait for it for good.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    import multiprocessing  # noqa: PLC0415  # it is there already, in a worker

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # whatever this process was doing, nobody waits for it
