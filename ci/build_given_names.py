"""Write the given names of `provcheck.describe.given_names` from the lists of Faker, the same bytes each time.

    python -m pip install faker==40.54.0
    python ci/build_given_names.py

Faker (https://faker.readthedocs.io, MIT) holds lists of given names for some seventy countries. They are folded as
they are looked up: without case and without accents, since bylines come in capitals and lose their accents. Little
words that are also names somewhere (*Sie*, *Come*) are left out, but for a few that are names above all. What the
lists lack stands in ``ci/names/by_hand.txt``, with the family names of countries where these come first.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from faker.providers import person

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

BY_HAND = Path(__file__).parent / "names" / "by_hand.txt"
WORDS = ROOT / "provcheck" / "checks" / "data" / "truncation.json"
NAMES_ABOVE_ALL = frozenset(["ali", "dan", "hans", "mai", "meg", "oli", "will"])

from provcheck.describe.given_names import FILE, SHORTEST  # noqa: E402  (the path must be set first)
from provcheck.describe.outlets.names import fold  # noqa: E402  (as above)
from provcheck.writing import JOINERS, VOWELS  # noqa: E402  (as above)

NAME = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{VOWELS}{JOINERS}])*")
"""Letters with vowel signs and what joins them."""


def names() -> Iterator[str]:
    """All given names of all countries; Faker keeps them in tuples, or in mappings with how often they are given."""
    for module in pkgutil.iter_modules(person.__path__):
        provider = getattr(importlib.import_module(f"{person.__name__}.{module.name}"), "Provider", None)
        for attribute in dir(provider):
            listed = getattr(provider, attribute)
            if attribute.startswith("first_name") and isinstance(listed, (tuple, list, dict)):
                for name in listed:
                    yield from [name] if isinstance(name, str) else name
    for line in BY_HAND.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.split()


def main() -> None:
    """Write the file."""
    little = {fold(word) for word in json.loads(WORDS.read_text(encoding="utf-8"))["function"]} - NAMES_ABOVE_ALL
    kept = sorted(
        {plain for name in names() if NAME.fullmatch(plain := fold(name)) and len(plain) >= SHORTEST} - little
    )
    out = ROOT / "provcheck" / "describe" / "data" / FILE
    out.write_text("".join(f"{name}\n" for name in kept), encoding="utf-8")
    sys.stdout.write(f"wrote {out}: {len(kept):,} names, {out.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
