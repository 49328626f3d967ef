"""The data files that the package ships, in the folders named ``data``.

They are read as bytes and by orjson: all tables together are 3 MB, and the standard library needs three times as long
for them, which every start would pay. What imported this module gives them, so that the package also works from a zip,
as it is sent to the workers of a cluster.
"""

from __future__ import annotations

import os.path
from bisect import bisect_left
from typing import Any

import orjson

_PACKAGE = os.path.dirname(__file__)  # noqa: PTH120  # a Path would drop the ./ by which a worker knows its zip
_GIVEN = __spec__.loader.get_data  # type: ignore[union-attr]  # all loaders of files have it


def raw(room: str, name: str) -> bytes:
    """The bytes of a data file of a room of the package, ``""`` for the package itself.

    Raises OSError for a file that is not shipped.

    >>> raw("describe", "places.txt")[:18]
    b"'s-hertogenbosch\\n'"
    """
    data: bytes = _GIVEN(os.path.join(_PACKAGE, room, "data", name))  # noqa: PTH118  # as above
    return data


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


def holds(table: bytes, line: bytes) -> bool:
    """Whether a sorted file has a line, found by halving: its 40,000 lines as a set cost as much as a document.

    Files sorted by characters are sorted by the bytes of UTF-8, too.

    >>> holds(b"a\\nbe\\nc\\n", b"be"), holds(b"a\\nbe\\nc\\n", b"b")
    (True, False)
    """

    def at(place: int) -> bytes:
        return table[table.rfind(b"\n", 0, place) + 1 : table.find(b"\n", place)]

    found = bisect_left(range(len(table)), line, key=at)
    return found < len(table) and at(found) == line
