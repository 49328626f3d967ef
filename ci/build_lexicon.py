"""Write the lexicon of the boilerplate model as it is looked up: after each change of a phrase or of a weight.

    python ci/build_lexicon.py

`ci/train` does the same with the weights that it has learned. A test holds the files against their sources.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from provcheck.checks.boilerplate import lexicon, model  # noqa: E402  (the path must be set first)

OUT = ROOT / "provcheck" / "checks" / "data"


def main() -> None:
    """Write the files."""
    tables = lexicon.Tables.of(lexicon.data("boilerplate_words"), model.weights()["words"])
    for name, content in zip((lexicon.ROWS, lexicon.PHRASES), tables.files(), strict=True):
        (OUT / name).write_bytes(content)
        sys.stdout.write(f"wrote {OUT / name}: {len(content):,} bytes\n")


if __name__ == "__main__":
    main()
