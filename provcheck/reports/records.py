"""The frame as `scan` prints it: JSON lines, CSV, or a table for people."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from provcheck.reports.summary import place
from provcheck.text import squeeze, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run (OWASP, CSV injection)."""

_SHOWN = {"path": (16, 44), "date": (10, 10), "outlet": (20, 20), "language": (4, 4), "title": (10, 40)}
"""The least and the most characters of each column of the table."""
_SPARED = ("language", "outlet", "title")
"""Columns that a narrow screen goes without, in this order."""
_CODES = 8
"""The least characters of the last column, for the codes of findings."""


def as_csv(records: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> Iterator[str]:
    """CSV lines with a head; nested values are JSON, and text that a spreadsheet would run gets a leading ``'``.

    >>> list(as_csv([{"title": "=cmd()", "n": 1}], ["title", "n"]))
    ['title,n\\r\\n', "'=cmd(),1\\r\\n"]
    """
    names = list(columns)
    yield _csv_line(names)
    for record in records:
        yield _csv_line([_cell(record[name]) for name in names])


def _csv_line(cells: list[Any]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        value = value.replace("\x00", "\\x00")
        return f"'{value}" if value.startswith(_FORMULA) else value
    return value


def as_table(records: Iterable[Mapping[str, Any]], width: int | None = None) -> Iterator[str]:
    """One line a document for a terminal, with a head and nothing that a terminal would obey.

    No line is longer than `width` characters, of which there should be 40; None is for as many as it takes.
    """
    widths = _widths(width)
    rest = None if width is None else max(_CODES, width - sum(widths.values()) - 2 * len(widths))
    yield _table_line({name: name for name in _SHOWN} | {"findings": "findings"}, widths, rest)
    for record in records:
        codes = " ".join(sorted({finding["code"] for finding in record["findings"]}))
        day = record["date"] and record["date"][:10]  # the hour has no room, and half of a day would be a wrong one
        yield _table_line({**record, "path": place(record), "date": day, "findings": codes}, widths, rest)


def _widths(width: int | None) -> dict[str, int]:
    """The columns for which there is room, and how wide each is: what is spare goes to those that can grow.

    >>> _widths(None)["path"], _widths(100)["path"], _widths(40)
    (44, 26, {'path': 18, 'date': 10})
    """
    least, most = {name: low for name, (low, _) in _SHOWN.items()}, {name: high for name, (_, high) in _SHOWN.items()}
    if width is None:
        return most
    for name in _SPARED:
        if _spare(least, width) < 0:
            del least[name]
    wanted = sum(most[name] - low for name, low in least.items())
    spare = max(0, min(_spare(least, width), wanted))
    return {name: low + spare * (most[name] - low) // max(1, wanted) for name, low in least.items()}


def _spare(widths: Mapping[str, int], width: int) -> int:
    return width - _CODES - sum(each + 2 for each in widths.values())


def _table_line(record: Mapping[str, Any], widths: Mapping[str, int], rest: int | None) -> str:
    cells = [_fit(record[name], width, keep_end=name == "path") for name, width in widths.items()]
    codes = str(record["findings"])
    return "  ".join([*cells, codes if rest is None else _fit(codes, rest, keep_end=False)]).rstrip() + "\n"


def _fit(value: object, width: int, *, keep_end: bool) -> str:
    shown = visible(squeeze(str(value))) if value is not None else "-"
    if len(shown) > width:
        shown = f"…{shown[1 - width :]}" if keep_end else f"{shown[: width - 1]}…"
    return shown.ljust(width)
