"""The formats that `validate` prints for other programs.

Each is a function of `results.json`, of the rows of the frame with the columns `location.COLUMNS`, and of the absolute
path of the folder from which paths are shown; it gives text in pieces and holds no row for longer than it needs.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from provcheck.reports import github, junit, markdown, sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


def as_json(results: Mapping[str, Any], records: Iterable[Mapping[str, Any]], root: str) -> Iterator[str]:  # noqa: ARG001  # one signature for all
    """`results.json` itself; its JSON Schema is `schema/results-1.json` beside this module."""
    yield json.dumps(results, ensure_ascii=False, indent=1) + "\n"


OF_RESULTS = ("json", "markdown")
"""The formats that look at no row."""

FORMATS: dict[str, Callable[[Mapping[str, Any], Iterable[Mapping[str, Any]], str], Iterator[str]]] = {
    "json": as_json,
    "sarif": sarif.report,
    "junit": junit.report,
    "markdown": markdown.report,
    "github": github.report,
}
