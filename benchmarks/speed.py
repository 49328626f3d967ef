"""How fast provcheck reads, beside the afternoon script on the same files in the same run.

    python benchmarks/speed.py [--files 6000] [--rounds 3] [--write]

The files are news pages of 7.6 kB on average in some 20 languages: those of ../shared/gold where it is there, else the
demo corpus. Every page is used several times, and each time the words of its longer lines are put into another order:
menus repeat as they do in a crawl, the text does not. The runs take turns and the best of the rounds counts, so that a
busy machine disturbs all of them alike; what is to be read are the ratios. `--all` also runs benchmarks/memory.py,
rerun.py, gate.py and killed.py at sizes of some minutes each; `--write` writes benchmarks/speed.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import gate
import killed
import memory
import processes
import rerun

HERE = Path(__file__).resolve().parent
GOLD = HERE.parent.parent / "shared" / "gold"
DEMO = HERE.parent / "fixtures" / "corpus"
PAGE = HERE / "speed.md"

MEAN = 7600
"""Bytes of a file, on average."""

PROSE = 60
"""Shortest line, in characters, whose words change their order."""

GOALS = {"1 worker": 8.0, "2 workers": 15.0}
STARTS = {"--version": 0.15, "scan of one small file": 0.5}


class Spent(NamedTuple):
    """What a command took: seconds of the clock, and of the processor.

    Workers are children of a server process, which nobody waits for, so `busy` is without them.
    """

    wall: float
    busy: float


def sources() -> tuple[list[str], str]:
    """The pages to vary, and where they come from."""
    if GOLD.is_dir():
        found = []
        for name, fields in (("pages", ("full", "residual")), ("silver", ("full",))):
            with gzip.open(GOLD / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
                found += [page[field] for page in map(json.loads, stream) for field in fields]
        return found, "the gold and silver pages"
    return [
        path.read_text(encoding="utf-8", errors="replace") for path in sorted(DEMO.rglob("*.txt"))
    ], "the demo corpus"


def build(folder: Path, files: int) -> tuple[int, str]:
    """Write the files below the folder, the same for the same number; give their size in bytes and their source."""
    pages, where = sources()
    rng = random.Random(20)
    limit = _limit([len(page.encode()) for page in pages])
    size = 0
    for number in range(files):
        raw = _varied(pages[rng.randrange(len(pages))], rng).encode()[:limit]
        path = folder / f"{number // 500:03}" / f"{number:06}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(raw.decode(errors="ignore").encode())
        size += path.stat().st_size
    return size, where


def _limit(sizes: list[int]) -> int:
    """Where to cut pages so that they have `MEAN` bytes on average, if they have more."""
    low, high = 0, max(sizes)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if sum(min(s, middle) for s in sizes) <= MEAN * len(sizes) else (low, middle)
    return high


def _varied(text: str, rng: random.Random) -> str:
    return "\n".join(_shuffled(line, rng) if len(line) >= PROSE else line for line in text.split("\n"))


def _shuffled(line: str, rng: random.Random) -> str:
    """The line with its words in another order, the first and the last in their places; characters where no word is."""
    parts, glue = (line.split(" "), " ") if " " in line.strip() else (list(line), "")
    inner = parts[1:-1]
    rng.shuffle(inner)
    return glue.join([parts[0], *inner, parts[-1]])


def timed(*command: str) -> Spent:
    """Run a command to its end, its output thrown away; raises CalledProcessError where it crashes."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}  # as users have it
    with tempfile.TemporaryFile() as errors:
        subprocess.run(
            [sys.executable, *command], stdout=subprocess.DEVNULL, stderr=errors, env=environment, check=True
        )
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def reading(files: int, rounds: int) -> list[str]:
    """Read the corpus in turns, with the afternoon script and with provcheck: rows of a table."""
    with tempfile.TemporaryDirectory() as name:
        size, where = build(Path(name), files)
        provcheck = ("-m", "provcheck", "scan", name, "--format", "jsonl", "--no-cache")
        runs = {
            "the afternoon script, without its gate": (str(HERE / "afternoon.py"), name, "--read-only"),
            "`provcheck scan`, 1 worker": (*provcheck, "--workers", "1"),
            "`provcheck scan`, 2 workers": (*provcheck, "--workers", "2"),
        }
        spent = {what: [timed(*command)] for what, command in runs.items()}
        for _ in range(rounds - 1):
            for what, command in runs.items():
                spent[what].append(timed(*command))
    rows = [
        f"{files:,} files, {size / 1e6:.1f} MB, varied from {where}; the best of {rounds} rounds.",
        "All times hold the start of Python and the imports; the script imports Great Expectations for its gate alone.",
        "",
        "| what | wall | busy | MB/s | times the script, wall | busy | goal |",
        "|---|---|---|---|---|---|---|",
    ]
    base = Spent(*map(min, zip(*next(iter(spent.values())), strict=True)))
    for what, each in spent.items():
        wall, busy = map(min, zip(*each, strict=True))
        goal = next((f"≥ {times:g}" for workers, times in GOALS.items() if workers in what), "")
        rows.append(
            f"| {what} | {wall:.1f} s | {busy:.1f} s | {size / wall / 1e6:.2f} | {base.wall / wall:.2f} "
            f"| {'' if '2 workers' in what else f'{base.busy / busy:.2f}'} | {goal} |"
        )
    return rows


def starting(rounds: int) -> list[str]:
    """Start provcheck for something small: rows of a table."""
    with tempfile.TemporaryDirectory() as name:
        text = "LISBON (Reuters) - The bridge was closed on Monday because of strong winds, the city said.\n"
        (Path(name) / "a.txt").write_text(text, encoding="utf-8")
        commands = {"--version": ("--version",), "scan of one small file": ("scan", name, "--no-cache")}
        spent = {
            what: min(timed("-m", "provcheck", *words) for _ in range(2 * rounds)) for what, words in commands.items()
        }
    rows = ["| what | wall | busy | goal |", "|---|---|---|---|"]
    return rows + [f"| {what} | {s.wall:.2f} s | {s.busy:.2f} s | ≤ {STARTS[what]} s |" for what, s in spent.items()]


def larger() -> list[str]:
    """What the other scripts of this folder measure: memory, a second run, the gate, runs that were killed."""
    return [
        "",
        "## Memory",
        "",
        "Peak of all processes together; the goal is 2 GiB at a million documents, and time that grows as they do.",
        "",
        processes.table(memory.measured([3000], [10_000, 100_000])),
        "",
        "## A second run",
        "",
        "One document in a hundred was changed; the goal is a tenth of the cold time at 100,000 documents.",
        "",
        processes.table(rerun.measured([2000])),
        "",
        "## The gate",
        "",
        "With its Data Docs, beside the import of Great Expectations; the goal is 10 s over that import.",
        "",
        processes.table(gate.measured()),
        "",
        "## Killed runs",
        "",
        "Each run is ended by SIGKILL at a random moment and run again; the goal is the same bytes, 50 times of 50.",
        "",
        processes.table(killed.measured(50)),
        "",
        (PAGE.parent / "speed.large.md").read_text(encoding="utf-8").rstrip(),
    ]


def main() -> int:
    """Measure, print, and write the page if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=6000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    machine = f"{os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}"
    text = "\n".join(
        [
            "# Speed",
            "",
            f"Written by `python benchmarks/speed.py {' '.join(sys.argv[1:])}`; {machine}.",
            "Read ratios: the machine was shared.",
            "",
            "## Reading",
            "",
            *reading(asked.files, asked.rounds),
            "",
            "## Starting",
            "",
            *starting(asked.rounds),
            *(larger() if asked.all else []),
        ]
    )
    print(text)
    if asked.write:
        PAGE.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
