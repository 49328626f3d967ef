"""Signals that wait until the harm that they would do is over."""

from __future__ import annotations

import os
import signal

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
