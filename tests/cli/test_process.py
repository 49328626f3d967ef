"""How the process begins and ends."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from provcheck.cli import process

LEAVING = "import atexit; atexit.register(print, 'put away'); from provcheck.cli.process import leave; print('said');"


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("", b"said\n"),
        ("import multiprocessing", b"said\nput away\n"),
        ("from threading import Thread, main_thread; Thread(target=main_thread().join).start()", b"said\nput away\n"),
    ],
)
def test_leaving(before: str, said: bytes) -> None:
    """What was printed arrives with the exit code, and who has something to put away is asked to."""
    ended = subprocess.run([sys.executable, "-c", f"{LEAVING} {before}\nleave(3)"], capture_output=True, check=False)
    assert (ended.returncode, ended.stdout.replace(b"\r", b""), ended.stderr) == (3, said, b"")


def test_leaving_a_stream_that_is_gone() -> None:
    """An output that nobody reads any more does not change the exit code."""
    code = f"{LEAVING} import os; os.close(1); leave(1)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"")


@pytest.mark.parametrize(("given", "kept"), [(None, "1"), ("3", "3")])
def test_threads_of_the_algebra(monkeypatch: pytest.MonkeyPatch, given: str | None, kept: str) -> None:
    """One thread, unless the caller says otherwise."""
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if given:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", given)
    process.keep_to_one_thread()
    assert os.environ["OPENBLAS_NUM_THREADS"] == kept
