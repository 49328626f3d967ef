"""One document as the report's scripts get it: lists of plain values under keys of ours.

Names that come from a document (declared and other fields) are values in pairs, never keys: as a key, ``__proto__``
would be more than data to JavaScript. Texts stay as they are; the scripts show them character by character as text.
"""

from __future__ import annotations

import json
import re
from string import Formatter
from typing import TYPE_CHECKING, Any

from provcheck.reports.html.before import undone
from provcheck.reports.summary import place
from provcheck.rules import RULES
from provcheck.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

VALUES = ("title", "date", "outlet", "author", "agency", "place", "language")
"""The described values, in the order in which they are shown."""

TEXT_LIMIT = 1_000_000
"""Characters of a text that the report shows; the frame beside it has all of them."""

_FIELD_LIMIT, _FIELDS = 2_000, 100
"""Characters of a field of the wrapper that the report shows, and how many fields."""


def document(record: Mapping[str, Any]) -> dict[str, Any]:
    """All that the view of one document shows."""
    text, came = record["text"] or "", record["text_before"]
    return {
        "id": record["doc_id"],
        "name": place(record),
        "wrapper": record["wrapper"],
        "sha256": record["sha256"],
        "bytes": record["n_bytes"],
        "chars": record["n_chars"],
        "read": record["read"],
        "encoding": [record["encoding"], record["encoding_confidence"], record["encoding_runner_up"]],
        "steps": [json.loads(step) for step in record["repairs"]],
        "repairs": undone(text, record["repairs"], came),
        "text": text[:TEXT_LIMIT],
        "came": came[:TEXT_LIMIT] if came is not None else None,
        "values": [_value(record, name) for name in VALUES],
        "declared": _pairs(record["declared"]),
        "extra": _pairs(record["extra"]),
        "boilerplate": [[b["start_line"], b["end_line"], b["kind"]] for b in record["boilerplate"]],
        "share": record["boilerplate_share"],
        "findings": [
            [f["code"], f["message"], f["start_line"], f["end_line"], f["quote"], other(f), f.get("status")]
            for f in record["findings"]
        ],
    }


def _value(record: Mapping[str, Any], name: str) -> list[Any]:
    told = record[f"{name}_evidence"]
    if told is None:
        return [name]
    return [name, record[name], told["rule"], told["quote"], told["start_line"], told["confidence"], told["runner_up"]]


def other(finding: Mapping[str, Any]) -> str | None:
    """The name of the other document that a finding speaks of, as the table shows it; None for other findings.

    >>> other({"code": "PC702", "message": "98% the same as a.zip!b.txt"})
    'a.zip!b.txt'
    """
    pattern = _PATTERNS.get(finding["code"])
    found = pattern.fullmatch(finding["message"]) if pattern else None
    return visible(found["other"]) if found else None


def _pattern(template: str) -> re.Pattern[str]:
    """What a rule's message looks like: the other document is named last, so all before it is as short as can be."""
    parts = [
        re.escape(literal) + ("" if name is None else "(?P<other>.+)" if name == "other" else ".+?")
        for literal, name, _, _ in Formatter().parse(template)
    ]
    return re.compile("".join(parts), re.DOTALL)


_PATTERNS = {code: _pattern(rule.message) for code, rule in RULES.items() if "{other}" in rule.message}


def _pairs(fields: str) -> list[list[str]]:
    """A JSON object as pairs of strings, long ones cut.

    >>> _pairs('{"a": 1, "b": "x"}')
    [['a', '1'], ['b', 'x']]
    """
    if fields == "{}":
        return []
    pairs = list(json.loads(fields).items())
    shown = [[key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)] for key, value in pairs]
    shown = [[_cut(key), _cut(value)] for key, value in shown[:_FIELDS]]
    more = len(pairs) - len(shown)
    return [*shown, ["…", f"{more} more fields"]] if more else shown


def _cut(text: str) -> str:
    return text if len(text) <= _FIELD_LIMIT else f"{text[:_FIELD_LIMIT]}…"
