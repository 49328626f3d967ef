"""Whether memory stays flat and time linear, from ten thousand documents to a million.

    python benchmarks/memory.py [--documents N ...] [--rows N ...]

`--documents` measures ``provcheck scan FOLDER -o FILE.parquet`` with two workers over drawn documents, from the first
byte to the last. `--rows` measures what grows with a corpus and nothing else, in this same way: rows that were made up
(records of forty drawn documents, each with a fingerprint, lengths and a date of its own; one in twenty-five a copy,
as many edited copies, half as many with a common passage) pass through the columns, the search for duplicates, the
checks of the corpus and the Parquet writer. A million documents take hours to examine, and that keeps nothing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import corpora
import processes

KEPT = ("provcheck scan, drawn documents", "rows made up, all steps after the examination")


def measured(documents: list[int], rows: list[int]) -> list[dict[str, object]]:
    """A row for each size: what ran, how many documents, seconds, and the peak of memory of all processes together."""
    found = []
    for count in documents:
        with tempfile.TemporaryDirectory() as place:
            corpora.write(Path(place, "corpus"), count)
            size = sum(path.stat().st_size for path in Path(place, "corpus").rglob("*.txt"))
            command = [*processes.PROVCHECK, "scan", f"{place}/corpus", "-o", f"{place}/f.parquet", "--workers", "2"]
            run = processes.watched([*command, "--cache", f"{place}/cache"])
            found.append(_told(_row(KEPT[0], count, size, run)))
    for count in rows:
        with tempfile.TemporaryDirectory() as place:
            made = Path(__file__).with_name("made_up.py")
            run = processes.watched([sys.executable, str(made), str(count), f"{place}/f.parquet"])
            size = int(Path(place, "f.parquet.bytes").read_text())
            found.append(_told(_row(KEPT[1], count, size, run)))
    return found


def _told(row: dict[str, object]) -> dict[str, object]:
    """The row, which is shown at once: the next may take an hour."""
    print(row, file=sys.stderr)
    return row


def _row(what: str, count: int, size: int, run: processes.Run) -> dict[str, object]:
    return {
        "what": what,
        "documents": f"{count:,}",
        "text in MB": f"{size / 1e6:,.0f}",
        "seconds": f"{run.seconds:,.0f}",
        "processor seconds": f"{run.processor:,.0f}",
        "processor µs a document": f"{run.processor / count * 1e6:,.0f}",
        "peak MiB": f"{run.peak:,.0f}",
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="memory and time of a run, by the number of documents")
    parser.add_argument("--documents", type=int, nargs="*", default=[3000, 10_000])
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000])
    given = parser.parse_args()
    print(processes.table(measured(given.documents, given.rows)))


if __name__ == "__main__":
    main()
