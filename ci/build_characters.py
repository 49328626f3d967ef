"""Write `provcheck/data/characters.json` from the Unicode database of the Python that runs this.

    python ci/build_characters.py

The oldest Python that provcheck supports is to run it: what Unicode has added since then counts as unassigned, on every
Python alike.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from itertools import groupby
from pathlib import Path

OUT = Path(__file__).parents[1] / "provcheck" / "data" / "characters.json"


def tables() -> dict[str, str]:
    """The categories of the basic plane as runs, and its capitals with the first of their small letters."""
    characters = [chr(point) for point in range(0x10000)]
    runs = [(kind, len(list(run))) for kind, run in groupby(map(unicodedata.category, characters))]
    cased = [(point, ord(each.lower()[0])) for point, each in enumerate(characters) if each.lower()[0] != each]
    return {
        "unicode": unicodedata.unidata_version,
        "categories": " ".join(kind for kind, _ in runs),
        "lengths": " ".join(str(length) for _, length in runs),
        "capitals": " ".join(str(capital) for capital, _ in cased),
        "small": " ".join(str(small) for _, small in cased),
    }


def main() -> None:
    """Write the file."""
    OUT.write_text(json.dumps(tables(), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"wrote {OUT}: {OUT.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
