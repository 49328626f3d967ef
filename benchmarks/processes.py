"""Runs a command and watches it: how long it took, and how much memory all its processes held together."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
PROVCHECK = (sys.executable, "-m", "provcheck")
_EVERY = 0.2


class Run(NamedTuple):
    """How a command went: seconds on the clock, seconds of all processors, and the peak of memory in MiB.

    The memory is the proportional set size of the process and all below it: pages that several of them share count
    once. `processor` and `peak` leave out what happened in the last `_EVERY` seconds of a process.
    """

    seconds: float
    processor: float
    peak: float


def watched(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end; raises CalledProcessError where it fails."""
    begin, peak = time.perf_counter(), 0.0
    used: dict[int, float] = {}
    child = subprocess.Popen(command, env=surroundings(environment))
    while child.poll() is None:
        family = tree(child.pid)
        peak = max(peak, sum(map(_held, family)))
        used.update({pid: _used(pid) for pid in family})
        time.sleep(_EVERY)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Run(time.perf_counter() - begin, sum(used.values()), peak / 1024)


def surroundings(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment in which `provcheck` is this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **(more or {})}


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += tree(int(child))
    return found


def _held(pid: int) -> float:
    with contextlib.suppress(OSError, IndexError):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        return float(text.split("\nPss:")[1].split()[0])
    return 0.0


def _used(pid: int) -> float:
    with contextlib.suppress(OSError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def table(rows: Sequence[Mapping[str, object]]) -> str:
    """Measured rows as a markdown table."""
    if not rows:
        return ""
    names = list(rows[0])
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(str(row[name]) for name in names)} |" for row in rows]
    return "\n".join(lines)
