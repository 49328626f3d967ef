"""What the gate and its Data Docs take for a large corpus, beside the import of Great Expectations.

    python benchmarks/gate.py [documents]

Judges so many rows (100,000 unless told), made as benchmarks/report.py makes them, by the shipped suites: once as they
are, and once with every flag set and every second value missing in one half of them, so that nearly all checks fail.
"""

from __future__ import annotations

import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

import processes
import report

from provcheck import frame, gate
from provcheck.config import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

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


def measured(number: int = 100_000) -> list[dict[str, object]]:
    """A row for the corpus as it is, and one for the bad one."""
    suites = gate.load(Settings().suites, None, columns=frame.NAMES)
    columns = sorted({"doc_id", *(name for suite in suites for name in suite.columns())})
    imported = spent(gate.preload)
    rows: list[dict[str, object]] = []
    for bad in (False, True):
        with tempfile.TemporaryDirectory() as name:
            file = Path(name) / "documents.parquet"
            frame.write_parquet(records(number, bad=bad), file)
            frames: list[pd.DataFrame] = []
            read = spent(partial(_read, frames, file, columns))
            judged = spent(partial(gate.run, *frames, suites, output=Path(name)))
        told = f"{number:,}, {'half of them bad' if bad else 'as they are'}"
        rows.append({"documents": told, "import s": imported, "read s": read, "gate and docs s": judged})
    return rows


def _read(frames: list[pd.DataFrame], file: Path, columns: list[str]) -> None:
    frames.append(frame.read_judged(file, columns))


if __name__ == "__main__":
    print(processes.table(measured(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)))
