"""What a second run costs when one document in a hundred has changed, as a share of the first.

    python benchmarks/rerun.py [--documents N ...] [--bytes SIZE] [--verb scan|validate]

Prints seconds on the clock and of the processors: those on the clock depend on what else the machine does.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import corpora
import processes


def measured(documents: list[int], size: int = 7600, verb: str = "scan") -> list[dict[str, object]]:
    """A row for each number of documents: the cold run, one with nothing changed, and one with 1 % changed."""
    found = []
    for count in documents:
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            corpora.write(place / "corpus", count, size)
            output = {"scan": "frame.parquet", "validate": "report"}[verb]
            given = ["--workers", "2", "-q", "-o", str(place / output), "--cache", str(place / "cache")]
            command = [*processes.PROVCHECK, verb, str(place / "corpus"), *given]
            if verb == "validate":  # drawn words have no dates: the gate fails, and is measured
                command = [sys.executable, "-c", _FAILING, *command]
            cold, warm = processes.watched(command), processes.watched(command)
            corpora.change(place / "corpus", count, size)
            changed = processes.watched(command)
        found.append(
            {
                "verb": verb,
                "documents": f"{count:,}",
                "cold s": f"{cold.seconds:.1f} ({cold.processor:.1f})",
                "nothing changed s": f"{warm.seconds:.1f} ({warm.processor:.1f})",
                "1 % changed s": f"{changed.seconds:.1f} ({changed.processor:.1f})",
                "share of cold": f"{changed.seconds / cold.seconds:.1%} ({changed.processor / cold.processor:.1%})",
            }
        )
    return found


_FAILING = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode > 1)"


def main() -> None:
    """Print the table; processor seconds stand in brackets."""
    parser = argparse.ArgumentParser(description="a second run with one document in a hundred changed")
    parser.add_argument("--documents", type=int, nargs="*", default=[2000])
    parser.add_argument("--bytes", type=int, default=7600)
    parser.add_argument("--verb", choices=["scan", "validate"], default="scan")
    given = parser.parse_args()
    print(processes.table(measured(given.documents, given.bytes, given.verb)))


if __name__ == "__main__":
    main()
