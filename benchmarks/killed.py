"""Whether a run that was killed goes on where it stopped, and ends with the bytes of an undisturbed one.

    python benchmarks/killed.py [TIMES] [DOCUMENTS]

Each time, by one worker and by two in turn, a run with an empty cache gets SIGKILL at a random moment, and a second
run ends the work. Besides the bytes it is measured how much of the work the second run was spared, and whether a
process was left behind.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

import corpora
import processes

if TYPE_CHECKING:
    from collections.abc import Sequence

_GRACE = 10.0
"""Seconds in which the workers of a killed run may notice it."""


def measured(times: int = 50, documents: int = 300) -> list[dict[str, object]]:
    """One row: how often a run was killed, and how its reruns went."""
    chosen = random.Random(1)
    same = left = resumed = partial = 0
    spared = []
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        corpora.write(place / "corpus", documents)
        begin = time.perf_counter()
        subprocess.run(_command(place, "undisturbed"), env=processes.surroundings(), check=True)
        whole = time.perf_counter() - begin
        expected = (place / "undisturbed.jsonl").read_bytes()
        for number in range(times):
            command = _command(place, str(number), 1 + number % 2)
            left += _killed(command, whole * chosen.random())
            output = place / f"{number}.jsonl"
            partial += output.exists() and output.read_bytes() != expected
            known = _entries(place, str(number))
            subprocess.run(command, env=processes.surroundings(), check=True)
            same += output.read_bytes() == expected
            resumed += known > 0
            spared.append(known / documents)
            output.unlink()
    return [
        {
            "killed": times,
            "documents": f"{documents:,}",
            "ended with the same bytes": same,
            "half-written outputs": partial,
            "found work done": resumed,
            "spared on average": f"{sum(spared) / len(spared):.0%}",
            "processes left behind": left,
        }
    ]


def _command(place: Path, name: str, workers: int = 2) -> Sequence[str]:
    given = ["--workers", str(workers), "--as-of", "2026-01-31", "--cache", str(place / f"{name}.cache")]
    return [*processes.PROVCHECK, "scan", str(place / "corpus"), "-o", str(place / f"{name}.jsonl"), *given]


def _killed(command: Sequence[str], moment: float) -> int:
    """Kill a run at a moment; how many of its processes outlive it."""
    child = subprocess.Popen(command, env=processes.surroundings(), stderr=subprocess.DEVNULL)
    end = time.perf_counter() + moment
    while time.perf_counter() < end and child.poll() is None:
        time.sleep(0.01)
    family = processes.tree(child.pid)[1:]
    child.kill()
    child.wait()
    end = time.perf_counter() + _GRACE
    while (left := sum(Path(f"/proc/{pid}").exists() for pid in family)) and time.perf_counter() < end:
        time.sleep(0.1)
    return left


def _entries(place: Path, name: str) -> int:
    """How many documents the cache of a killed run has."""
    shown = subprocess.run(
        [*processes.PROVCHECK, "cache", "--cache", str(place / f"{name}.cache")],
        env={**processes.surroundings(), "PYTHONWARNINGS": "ignore"}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return int(shown.stdout.split("entries")[1].split()[0].replace(",", ""))


def main() -> None:
    """Print the table."""
    print(processes.table(measured(*map(int, sys.argv[1:3]))))


if __name__ == "__main__":
    main()
