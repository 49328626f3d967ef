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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

OUT = Path(__file__).parents[1] / "provcheck" / "data" / "characters.json"


SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC", "THAI")
"""Words with which the names of characters begin; `provcheck.plausible.tables` asks for them."""


def tables() -> dict[str, str]:
    """What is said of each character of the basic plane as runs, and what its letters are in a plainer form."""
    characters = [chr(point) for point in range(0x10000)]
    cased = {point: ord(each.lower()[0]) for point, each in enumerate(characters) if each.lower()[0] != each}
    plain = {point: ord(letter) for point, letter in _plain().items()}
    return {
        "unicode": unicodedata.unidata_version,
        **_runs("categories", "lengths", map(unicodedata.category, characters)),
        **_runs("cases", "case_lengths", map(_case, characters)),
        **_runs("scripts", "script_lengths", map(_script, characters)),
        "capitals": _numbers(cased),
        "small": _numbers(cased.values()),
        "marked": _numbers(plain),
        "plain": _numbers(plain.values()),
    }


def _numbers(points: Iterable[int]) -> str:
    return " ".join(map(str, points))


def _plain() -> dict[int, str]:
    """Each letter with marks, or a capital, of the alphabets with case, and its plain small letter."""
    capitals = (code for code in range(0x10000) if len(chr(code).lower()) == 1 and chr(code).isalpha())
    table = {code: chr(code).lower() for code in capitals}
    for code in (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)):
        plain = "".join(c for c in unicodedata.normalize("NFKD", chr(code).lower()) if not "\u0300" <= c <= "\u036f")
        if len(plain) == 1 and plain.isalpha():
            table[code] = plain
    # й and ё are letters of their own only in dictionaries; ı and ø have no decomposition.
    table.update({ord("ı"): "i", ord("İ"): "i", ord("ø"): "o", ord("Ø"): "o", ord("ł"): "l", ord("Ł"): "l"})
    return {code: plain for code, plain in table.items() if chr(code) != plain}


def _runs(values: str, lengths: str, told: Iterable[str]) -> dict[str, str]:
    runs = [(value, len(list(run))) for value, run in groupby(told)]
    return {values: " ".join(value for value, _ in runs), lengths: " ".join(str(length) for _, length in runs)}


def _case(char: str) -> str:
    return "small" if char.islower() else "capital" if char.isupper() else "none"


def _script(char: str) -> str:
    first = unicodedata.name(char, "").split(" ", 1)[0].split("-", 1)[0]
    return first if first in SCRIPTS else "OTHER"


def main() -> None:
    """Write the file."""
    OUT.write_text(json.dumps(tables(), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"wrote {OUT}: {OUT.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
