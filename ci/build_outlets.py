"""Write the index of the gazetteer from its tables, after each change of one of them.

    python ci/build_outlets.py

A test holds the file against the tables.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from provcheck.describe.outlets import table  # noqa: E402  (the path must be set first)
from provcheck.describe.outlets.index import FILE, Index  # noqa: E402  (as above)


def main() -> None:
    """Write the file."""
    out = ROOT / "provcheck" / "describe" / "data" / FILE
    out.write_text(Index.of(tuple(table.Shipped())).as_json(), encoding="utf-8")
    sys.stdout.write(f"wrote {out}: {out.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
