"""Ctrl-C, and being told to end where that is the same, where it would do harm: it waits until the harm is over."""

from __future__ import annotations

import signal
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def ignored() -> Iterator[None]:
    """Ignore Ctrl-C while the block runs, and in the processes that it starts.

    >>> with ignored():
    ...     pass
    """
    with _handler(signal.SIGINT, signal.SIG_IGN):
        yield


@contextmanager
def later() -> Iterator[None]:
    """Hold back what would raise KeyboardInterrupt while the block runs; raises it after the block if something came.

    A signal that ends the process at once, or is ignored, still does so. Only the main thread may set handlers, so in
    others the block just runs.

    >>> with later():
    ...     pass
    """
    came: list[int] = []
    with ExitStack() as held:
        for number in _ENDING:
            if signal.getsignal(number) is signal.default_int_handler:
                held.enter_context(_handler(number, lambda sent, _: came.append(sent)))
        yield
    if came:
        raise KeyboardInterrupt


@contextmanager
def _handler(
    number: signal.Signals, handler: Callable[[int, FrameType | None], None] | signal.Handlers
) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)
