"""What the gate and its Data Docs take for a large corpus, beside the import of Great Expectations.

    python benchmarks/gate.py [documents]

Judges so many rows (100,000 unless told), made as benchmarks/report.py makes them, by the shipped suites: once as they
are, and once with every flag set and every second value missing in one half of them, so that nearly all checks fail.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

import processes
import report

from provcheck import frame, gate
from provcheck.config import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DESCRIBED = ("title", "date", "outlet", "language")


def records(number: int, *, bad: bool) -> Iterator[frame.Record]:
    """The rows without their texts, which no suite asks for; where `bad`, every second one is."""
    for place, record in enumerate(report.records(number)):
        record["text"] = record["content"] = ""
        if bad and place % 2:
            flags = dict.fromkeys((name for name, value in record.items() if isinstance(value, bool)), True)
            record.update(flags, **dict.fromkeys(DESCRIBED[place // 2 % 2 :: 2]))
        yield record


def spent(step: Callable[[], object]) -> str:
    """Seconds of the clock that a step took, and of the processor in brackets."""
    wall, busy = time.perf_counter(), time.process_time()
    step()
    return f"{time.perf_counter() - wall:.1f} ({time.process_time() - busy:.1f})"


def main() -> None:
    """Print a table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    suites = gate.load(Settings().suites, None, columns=frame.NAMES)
    columns = sorted({"doc_id", *(name for suite in suites for name in suite.columns())})
    imported = spent(gate.preload)
    rows = []
    for bad in (False, True):
        with tempfile.TemporaryDirectory() as name:
            file = Path(name) / "documents.parquet"
            frame.write_parquet(records(number, bad=bad), file)
            frames = []
            read = spent(lambda file=file, frames=frames: frames.append(frame.read_judged(file, columns)))
            judged = spent(lambda name=name, frames=frames: gate.run(frames[0], suites, output=Path(name)))
        what = "half of them bad" if bad else "as they are"
        rows.append(
            {"documents": f"{number:,}, {what}", "import s": imported, "read s": read, "gate and docs s": judged}
        )
    print(processes.table(rows))


if __name__ == "__main__":
    main()
