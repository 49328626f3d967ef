"""What a run on Spark costs, by steps, and what a larger one would: a model fitted to measured runs.

    python benchmarks/spark.py [--master URL] [--write] [500 2000 8000]

For each size a corpus of so many short documents is made (a fixed seed; files of JSON lines with 500 records; one
document in ten is an edited copy of another) and examined by ``scan --engine spark`` in a process of its own, on
``local[2]`` unless told. Measured are the CPU seconds of all its processes, the JVM's and Python's, as Linux counts
them in /proc (so other work on the machine does not count), the wall clock, and the bytes of the tables between the
steps. With --write the figures go to benchmarks/spark.json, and into docs/spark.md between its marks.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from provcheck import distributed
from provcheck.config import Settings
from provcheck.engines import spark

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ROOT = Path(__file__).parent.parent
SIZES = (500, 2000, 8000)
PAPER = (10**6, 10**7, 10**8, 10**9)
A_FILE = 500
RATE = 0.05
"""What a core costs an hour, in the reader's own currency: an example, to be replaced by one's own."""
MARKS = ("<!-- figures: python benchmarks/spark.py --write -->\n", "<!-- end of figures -->\n")
_WORDS = (
    "harbour", "board", "ferry", "storm", "winter", "island", "farmer", "school", "orchestra", "weather", "office",
    "mill", "orchard", "lighthouse", "gull", "crown", "flour", "fodder", "band", "deck", "crossing", "landing", "stage",
    "ticket", "mail", "town", "river", "bridge", "council", "vote", "budget", "road", "field", "market", "price",
    "bread", "library", "lamp", "clock", "tower", "square", "snow", "spring", "autumn", "garden", "fence", "letter",
)  # fmt: skip


def corpus(folder: Path, number: int) -> int:
    """Write so many documents; gives their bytes."""
    rng = random.Random(11)
    texts: list[str] = []
    for n in range(number):
        if n % 10 == 9:
            text = texts[-5].replace("said", "told us", 3)
        else:
            lines = [" ".join(rng.choices(_WORDS, k=rng.randint(9, 22))) for _ in range(rng.randint(10, 30))]
            text = "\n\n".join(f"The {line}, the mayor said on {n % 28 + 1} March." for line in lines)
        texts.append(text)
    for at in range(0, number, A_FILE):
        day = dt.date(2015, 1, 1)
        records = (
            {
                "title": text[4:50].title(),
                "date": (day + dt.timedelta(days=rng.randrange(3650))).isoformat(),
                "text": text,
            }
            for text in texts[at : at + A_FILE]
        )
        part = folder / f"{at:08}.jsonl"
        part.write_text("".join(json.dumps(record) + "\n" for record in records))
    return sum(path.stat().st_size for path in folder.iterdir())


class Meter(threading.Thread):
    """Counts the CPU seconds of this process and of all that it has started, also of those that have ended since.

    Looks five times a second: Spark ends Python workers that have nothing to do, and nobody adds up what they used.
    """

    def __init__(self) -> None:
        """Start counting."""
        super().__init__(daemon=True)
        self._ticks: dict[tuple[int, int], int] = {}
        self._ours = {os.getpid()}
        self.start()

    def run(self) -> None:
        """Look again and again."""
        while True:
            self.used()
            time.sleep(0.2)

    def used(self) -> float:
        """The seconds until now."""
        found: dict[int, tuple[int, int, int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                found[int(entry.name)] = (int(fields[1]), int(fields[11]) + int(fields[12]), int(fields[19]))
        for number in sorted(found):
            above = number
            while above in found and above not in self._ours:
                above = found[above][0]
            if above in self._ours:
                self._ours.add(number)
                self._ticks[number, found[number][2]] = found[number][1]
        return sum(list(self._ticks.values())) / os.sysconf("SC_CLK_TCK")


def size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(number: int, master: str) -> dict[str, Any]:
    """One run, in this process."""
    steps: list[dict[str, Any]] = []
    put, used = spark.Shelf.put, Meter().used

    def watched(shelf: spark.Shelf, name: str, table: DataFrame) -> DataFrame:
        start, clock = used(), time.monotonic()
        kept = put(shelf, name, table)
        steps.append({"step": name, "cpu": used() - start, "wall": time.monotonic() - clock})
        steps[-1]["bytes"] = size(Path(f"{shelf.folder.removeprefix('file:')}/{shelf._count:03}-{name}"))  # noqa: SLF001
        return kept

    spark.Shelf.put = watched  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "corpus"), Path(folder, "frame")
        source.mkdir()
        n_bytes = corpus(source, number)
        settings = Settings(as_of=dt.date(2026, 1, 1))
        with spark.session(spark.Cluster(master, {"spark.sql.shuffle.partitions": "8"})):
            start, clock = used(), time.monotonic()
            distributed.scan([str(source)], settings, spark.Cluster(), str(target))
            whole = {"cpu": used() - start, "wall": time.monotonic() - clock, "bytes": size(target)}
    told: dict[str, dict[str, float]] = {}
    for step in steps:
        kept = told.setdefault(step.pop("step"), {"cpu": 0.0, "wall": 0.0, "bytes": 0})
        for key, value in step.items():
            kept[key] += value
    rest = {key: whole[key] - sum(step[key] for step in told.values()) for key in ("cpu", "wall")}
    told["frame and rest"] = {**rest, "bytes": whole["bytes"]}
    return {"documents": number, "source_bytes": n_bytes, **{k: whole[k] for k in ("cpu", "wall")}, "steps": told}


def fitted(runs: list[dict[str, Any]], key: str, step: str) -> tuple[float, float]:
    """What a step costs however small the corpus is, and what it costs a document: a line through the runs."""
    documents = np.array([run["documents"] for run in runs], float)
    values = np.array([run["steps"].get(step, {}).get(key, 0.0) for run in runs])
    # Weighted so that each run counts alike, whatever its size.
    slope, fixed = np.polyfit(documents, values, 1, w=1 / documents)
    return max(0.0, float(fixed)), max(0.0, float(slope))


def report(runs: list[dict[str, Any]], master: str) -> str:
    """The figures as Markdown."""
    steps = list(dict.fromkeys(step for run in runs for step in run["steps"]))
    cost = {step: fitted(runs, "cpu", step) for step in steps}
    kept = {step: fitted(runs, "bytes", step)[1] for step in steps}
    mean = runs[-1]["source_bytes"] / runs[-1]["documents"]
    lines = [f"CPU seconds measured on `{master}`, short documents of {mean:,.0f} bytes each on average:", "",
             "| documents | " + " | ".join(f"{run['documents']:,}" for run in runs) + " | model: fixed + each |",
             "|---|" + "---|" * (len(runs) + 1)]  # fmt: skip
    for step in steps:
        each = " | ".join(f"{run['steps'].get(step, {}).get('cpu', 0.0):.1f} s" for run in runs)
        lines.append(f"| {step} | {each} | {cost[step][0]:.1f} s + {1000 * cost[step][1]:.2f} ms |")
    fixed, slope = (sum(cost[step][n] for step in steps) for n in (0, 1))
    each = " | ".join(f"{run['cpu']:.0f} s" for run in runs)
    lines.append(f"| **all** | {each} | **{fixed:.0f} s + {1000 * slope:.2f} ms** |")
    work = sum(kept.values()) - kept["frame and rest"]
    frame = kept["frame and rest"]
    lines += [
        "",
        f"Tables between the steps take {work:,.0f} bytes a document until the run ends, the frame {frame:,.0f}.",
        "",
        "On paper, by that model:",
        "",
        f"| documents | core hours | hours on 100 cores | work folder | frame | at {RATE} a core hour |",
        "|---|---|---|---|---|---|",
    ]
    for number in PAPER:
        hours = (fixed + slope * number) / 3600
        lines.append(f"| {number:,} | {hours:,.1f} | {hours / 100:,.2f} | {_shown(work * number)} | "
                     f"{_shown(kept['frame and rest'] * number)} | {hours * RATE:,.0f} |")  # fmt: skip
    return "\n".join(lines) + "\n"


def _shown(n_bytes: float) -> str:
    power = next((p for p in (1, 2, 3) if n_bytes < 1000 ** (p + 1)), 4)
    return f"{n_bytes / 1000**power:,.1f} {('kB', 'MB', 'GB', 'TB')[power - 1]}"


def main() -> None:
    """Measure, print, and write if asked."""
    asked = argparse.ArgumentParser()
    asked.add_argument("sizes", nargs="*", type=int, default=SIZES)
    asked.add_argument("--master", default="local[2]")
    asked.add_argument("--write", action="store_true")
    asked.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        print(json.dumps(measure(given.one, given.master)))
        return
    runs = []
    for number in given.sizes:
        call = [sys.executable, __file__, "--one", str(number), "--master", given.master]
        done = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True)
        runs.append(json.loads(done.stdout.splitlines()[-1]))
        print(f"{number:,} documents: {runs[-1]['cpu']:.0f} s of CPU, {runs[-1]['wall']:.0f} s", file=sys.stderr)
    text = report(runs, given.master)
    print(text)
    if given.write:
        (ROOT / "benchmarks" / "spark.json").write_text(json.dumps(runs, indent=1) + "\n")
        page = ROOT / "docs" / "spark.md"
        before, _, rest = page.read_text(encoding="utf-8").partition(MARKS[0])
        page.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{rest.partition(MARKS[1])[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
