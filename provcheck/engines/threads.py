"""One machine: a function over a stream of items, in a thread beside the caller's.

For work in which Python itself has little part, such as the making of tables: nothing needs to be packed for a trip to
another process, and no process needs to start.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

Item = TypeVar("Item")
Result = TypeVar("Result")

WAITING = 2
"""Results that may wait to be asked for: enough that the thread is not idle, few enough that memory stays flat."""


def ahead(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Apply `function` to every item while the caller uses earlier results, and yield the results in order.

    The items are drawn in the caller's thread; what the function raises is raised where its result is asked for.

    >>> list(ahead(abs, [-2, 1, -3]))
    [2, 1, 3]
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # not every run makes tables

    flying: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(1) as pool:
        try:
            for item in items:
                flying.append(pool.submit(function, item))
                if len(flying) > WAITING:
                    yield flying.popleft().result()
            while flying:
                yield flying.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
