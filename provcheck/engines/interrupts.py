"""Ctrl-C, where it would do harm: it waits until the harm is over, and is raised then."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType


@contextmanager
def ignored() -> Iterator[None]:
    """Ignore Ctrl-C while the block runs, and in the processes that it starts.

    >>> with ignored():
    ...     pass
    """
    with _handler(signal.SIG_IGN):
        yield


@contextmanager
def later() -> Iterator[None]:
    """Hold back Ctrl-C while the block runs; raises KeyboardInterrupt after it if one came.

    Only the main thread may set handlers, so in others the block just runs.

    >>> with later():
    ...     pass
    """
    came: list[int] = []
    with _handler(lambda number, _: came.append(number)):
        yield
    if came:
        raise KeyboardInterrupt


@contextmanager
def _handler(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
