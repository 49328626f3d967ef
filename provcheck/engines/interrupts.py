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
def kept_from_children() -> Iterator[None]:
    """Hold back Ctrl-C as `later` does, and for good from the processes that the block starts.

    A terminal sends Ctrl-C to all of them, and only this process may answer. Ignoring it here would lose it.

    >>> with kept_from_children():
    ...     pass
    """
    with later():
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _handler(number: signal.Signals, handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)
