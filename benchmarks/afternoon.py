"""The script that a team writes in an afternoon, from the same libraries: what provcheck's speed is measured against.

    python benchmarks/afternoon.py FOLDER [--read-only]

It reads text files, guesses the encoding, lets ftfy repair, takes the first line for the title and the first date for
the date, throws short lines and what looks like a menu away, and checks the table with Great Expectations. It prints
how long the reading took, and the gate, which `--read-only` leaves out.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import charset_normalizer
import ftfy
import pandas as pd

DATE = re.compile(
    r"\b(\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}"
    r"|\d{1,2}\.? [A-Za-z]{3,9}\.? \d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4})\b"
)
BYLINE = re.compile(r"^(?:By|Von|Par|Por|Di) ([A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3})", re.MULTILINE)
JUNK = re.compile(
    r"cookie|newsletter|subscribe|sign in|log in|share|comments?|advertisement|all rights reserved", re.IGNORECASE
)
ENDS = (".", "!", "?", "”", '"', "。")


def row(path: Path) -> dict[str, object]:
    """Read one file into a row of the table."""
    match = charset_normalizer.from_bytes(path.read_bytes()).best()
    text = ftfy.fix_text(str(match)) if match else ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    body = [line for line in lines if len(line) > 40 and not JUNK.search(line)]
    date, byline = DATE.search(text), BYLINE.search(text)
    return {
        "path": str(path),
        "encoding": match.encoding if match else None,
        "title": lines[0] if lines else None,
        "date": date[1] if date else None,
        "author": byline[1] if byline else None,
        "text": "\n".join(body),
        "truncated": not text.rstrip().endswith(ENDS),
    }


def gate(table: pd.DataFrame) -> bool:
    """Check the table with Great Expectations, as its first tutorial does."""
    import great_expectations as gx  # noqa: PLC0415  # reading is measured without the seconds that this takes
    from great_expectations import expectations as gxe  # noqa: PLC0415  # as above

    asset = gx.get_context(mode="ephemeral").data_sources.add_pandas("corpus").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": table})
    expectations = [
        gxe.ExpectColumnValuesToNotBeNull(column="date", mostly=0.9),
        gxe.ExpectColumnValuesToNotBeNull(column="title"),
        gxe.ExpectColumnValuesToBeUnique(column="text", mostly=0.95),
        gxe.ExpectColumnValueLengthsToBeBetween(column="text", min_value=200, mostly=0.95),
    ]
    return bool(batch.validate(gx.ExpectationSuite(name="corpus", expectations=expectations)).success)


def main() -> int:
    """Read, check, and print what both took, in seconds of the clock and of the processor."""
    begun, busy = time.perf_counter(), time.process_time()
    table = pd.DataFrame([row(path) for path in sorted(Path(sys.argv[1]).rglob("*.txt"))])
    print(f"read {len(table)} files: {time.perf_counter() - begun:.2f} s, {time.process_time() - busy:.2f} s busy")
    if "--read-only" in sys.argv:
        return 0
    begun = time.perf_counter()
    passed = gate(table)
    print(f"{'passed' if passed else 'failed'}: {time.perf_counter() - begun:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
