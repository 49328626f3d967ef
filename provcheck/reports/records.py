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

_SHOWN = (("path", 44), ("date", 10), ("outlet", 20), ("language", 4), ("title", 40))


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


def as_table(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One line a document for a terminal, with a head and nothing that a terminal would obey."""
    yield _table_line({name: name for name, _ in _SHOWN} | {"findings": "findings"})
    for record in records:
        codes = sorted({finding["code"] for finding in record["findings"]})
        yield _table_line({**record, "path": place(record), "findings": " ".join(codes)})


def _table_line(record: Mapping[str, Any]) -> str:
    cells = [_fit(record[name], width, keep_end=name == "path") for name, width in _SHOWN]
    return "  ".join([*cells, str(record["findings"])]).rstrip() + "\n"


def _fit(value: object, width: int, *, keep_end: bool) -> str:
    shown = visible(squeeze(str(value))) if value is not None else "-"
    if len(shown) > width:
        shown = f"…{shown[1 - width :]}" if keep_end else f"{shown[: width - 1]}…"
    return shown.ljust(width)
