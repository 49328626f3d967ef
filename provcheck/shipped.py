"""The data files that the package ships, in the folders named ``data``.

They are read as bytes and by orjson: all tables together are 3 MB, and the standard library needs three times as long
for them, which every start would pay.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

_PACKAGE = Path(__file__).parent


def raw(room: str, name: str) -> bytes:
    """The bytes of a data file of a room of the package, ``""`` for the package itself.

    Raises FileNotFoundError for a file that is not shipped.

    >>> raw("describe", "places.txt")[:18]
    b"'s-hertogenbosch\\n'"
    """
    return (_PACKAGE / room / "data" / name).read_bytes()


def text(room: str, name: str) -> str:
    """The text of a data file.

    >>> text("describe", "places.txt").count("\\n") > 10_000
    True
    """
    return raw(room, name).decode("utf-8")


def table(room: str, name: str) -> Any:  # noqa: ANN401  # each table has its own shape, which its reader knows
    """The value of a data file of JSON.

    >>> sorted(table("describe", "date_words.json"))[:2]
    ['about', 'elsewhere']
    """
    return orjson.loads(raw(room, name))
