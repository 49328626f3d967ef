"""Signals that wait until the harm that they would do is over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from provcheck.engines import interrupts


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_later(number: signal.Signals) -> None:
    """What came in the block is raised behind it; a signal that is ignored stays ignored."""
    before = signal.signal(number, signal.default_int_handler)
    done = []

    def interrupted() -> None:
        with interrupts.later():
            os.kill(os.getpid(), number)
            done.append("the rest of the block")

    try:
        with pytest.raises(KeyboardInterrupt):
            interrupted()
        signal.signal(number, signal.SIG_IGN)
        with interrupts.later():
            os.kill(os.getpid(), number)
            done.append("ignored")
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)
    assert done == ["the rest of the block", "ignored"]


def test_kept_from_children() -> None:
    """What came in the block is raised behind it, and never reaches a process that was started there."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    started: list[subprocess.Popen[bytes]] = []

    def interrupted() -> None:
        with interrupts.kept_from_children():
            started.append(subprocess.Popen([sys.executable, "-c", "print('up', flush=True); input()"],
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE))  # fmt: skip
            os.kill(os.getpid(), signal.SIGINT)

    try:
        with pytest.raises(KeyboardInterrupt):
            interrupted()
    finally:
        signal.signal(signal.SIGINT, before)
    child = started[0]
    assert child.stdout is not None
    assert child.stdout.readline() == b"up\n"
    child.send_signal(signal.SIGINT)
    child.communicate(b"\n", timeout=60)
    assert child.returncode == 0
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
