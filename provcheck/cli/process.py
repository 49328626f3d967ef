"""What may be odd about the process that the command line runs in: streams that are closed, and being told to end."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""How a process is told to end, apart from Ctrl-C: by a CI that cancels, and by a terminal that closes."""


@contextmanager
def ending_as_interrupted() -> Iterator[None]:
    """In this block, being told to end is the same as Ctrl-C: a KeyboardInterrupt, after which all is put away.

    Python's own answer is to stop at once, which would leave half a report, and worker processes that nobody waits for.
    Only the main thread may set handlers, and one that is set already (``nohup`` ignores a terminal that closes) stays.

    >>> with ending_as_interrupted():
    ...     pass
    """
    ours = [s for s in ENDINGS if signal.getsignal(s) is signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        ours = []
    for number in ours:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


PUT_AWAY_AT_THE_END = ("multiprocessing", "great_expectations", "pyspark")
"""Libraries that have something to put away when Python ends: processes, connections, temporary files."""


def leave(code: int) -> NoReturn:
    """End the process with this exit code, at once where nothing is left to be put away.

    Python would first free each of its objects one by one, a tenth of the time of a small scan, before the system takes
    back all memory at a stroke (`mypy` leaves in the same way, for the same reason). What we opened is closed by now.
    """
    if threading.active_count() > 1 or any(name in sys.modules for name in PUT_AWAY_AT_THE_END):
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # who could still be told?
            stream.flush()
    os._exit(code)


def keep_to_one_thread() -> None:
    """Let numpy's algebra start no threads, unless the caller has said how many.

    It would start one a core in every process, before it is known whether it will be asked for anything; that takes as
    long as all the rest of numpy's import. provcheck's products of arrays are small, and it has a process a core.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def prepare_streams() -> None:
    """Open what the caller has closed, and show a character that the terminal's encoding lacks as an escape.

    Output that goes into a file is in an old code page on many a Windows, and no verdict may end over a quotation mark.
    """
    _open_streams()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _open_streams() -> None:
    """Let input, output and errors lead nowhere where the caller has closed them (``>&-``).

    Python has None in their place, which nothing can write to; and the next file that is opened would take their number
    and get what libraries print.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the smallest number that is free, which is this one
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115  # for good
