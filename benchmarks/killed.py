"""Whether a run that was killed goes on where it stopped, and ends with the bytes of an undisturbed one.

    python benchmarks/killed.py [TIMES] [DOCUMENTS] [--whole]

Each time a run with an empty cache gets SIGKILL at a random moment, and a second run ends the work. Besides the bytes
it is measured how much of the work the second run was spared, and whether a process was left behind. A run is a fork of
this process with one worker and small chunks, so that most of its time is work that can be interrupted; with
`--whole` it is the command with two workers, of whose time the start is a good part.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

import corpora
import processes

from provcheck import corpus
from provcheck.cli import main as provcheck
from provcheck.engines.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE = 800
"""Bytes of a document, on average."""
CHUNK = 1 << 13
"""Bytes of documents that a forked run keeps at a time."""
_GRACE = 10.0
"""Seconds in which the workers of a killed run may notice it."""


def measured(times: int = 50, documents: int = 120, *, whole: bool = False) -> list[dict[str, object]]:
    """One row: how often a run was killed, and how its reruns went."""
    chosen = random.Random(1)
    same = left = resumed = partial = known = 0
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        corpora.write(place / "corpus", documents, SIZE)
        _ended(_started(_arguments(place, "warm"), whole=whole))
        begin = time.perf_counter()
        _ended(_started(_arguments(place, "undisturbed"), whole=whole))
        took = time.perf_counter() - begin
        expected = (place / "undisturbed.jsonl").read_bytes()
        for number in range(times):
            arguments, output = _arguments(place, str(number)), place / f"{number}.jsonl"
            left += _killed(_started(arguments, whole=whole), took * chosen.random())
            partial += output.exists() and output.read_bytes() != expected
            with Store(place / f"{number}.cache") as store:
                there = store.size()[0]
            known, resumed = known + there, resumed + (there > 0)
            _ended(_started(arguments, whole=whole))
            same += output.read_bytes() == expected
            output.unlink()
    return [
        {
            "runs": "commands, two workers" if whole else "forks, one worker",
            "killed": times,
            "documents": f"{documents:,}",
            "ended with the same bytes": same,
            "half-written outputs": partial,
            "found work done": resumed,
            "spared on average": f"{known / times / documents:.0%}",
            "processes left behind": left,
        }
    ]


def _arguments(place: Path, name: str) -> list[str]:
    given = ["--as-of", "2026-01-31", "--cache", str(place / f"{name}.cache"), "-q"]
    return ["scan", str(place / "corpus"), "-o", str(place / f"{name}.jsonl"), *given]


def _started(arguments: Sequence[str], *, whole: bool) -> int:
    """A run, by its process."""
    if whole:
        command = [*processes.PROVCHECK, *arguments, "--workers", "2"]
        return subprocess.Popen(command, env=processes.surroundings(), stderr=subprocess.DEVNULL).pid
    pid = os.fork()
    if pid:
        return pid
    corpus.CHUNK = CHUNK
    os._exit(provcheck([*arguments, "--workers", "1"]))


def _ended(pid: int) -> None:
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code:
        raise SystemExit(f"a run ended with {code}")


def _killed(pid: int, moment: float) -> int:
    """Kill a run at a moment; how many of the processes below it outlive it."""
    time.sleep(moment)
    family = processes.tree(pid)[1:]
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    end = time.perf_counter() + _GRACE
    while (left := sum(Path(f"/proc/{each}").exists() for each in family)) and time.perf_counter() < end:
        time.sleep(0.1)
    return left


def main() -> None:
    """Print the table."""
    numbers = [int(each) for each in sys.argv[1:] if each.isdigit()]
    print(processes.table(measured(*numbers, whole="--whole" in sys.argv)))


if __name__ == "__main__":
    main()
