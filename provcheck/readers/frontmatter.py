"""Front matter: the fields that Jekyll (``---`` and YAML) and Hugo (also ``+++`` and TOML, or JSON) keep above a text.

YAML is read without types, anchors and aliases: the "billion laughs" need aliases, and a date must stay as it was
written. JSON has no fence. So it is front matter only where it ends its line, something follows it, it declares a
title or a date, and it has no text of its own: an article may begin with a piece of JSON that it explains.
"""

from __future__ import annotations

import json
import re
from typing import Any

from provcheck.model import ROLES, Header
from provcheck.patterns import late
from provcheck.readers import roles
from provcheck.readers.jsonlines import every_pair

LINE = late(r"[^\n\r]*(?:\r\n|\n|\r|\Z)")

_LONGEST = 1 << 14
_MOST_BRACKETS = 500
_NONE = Header()
_SPACE = late(r"[\ufeff\s]*")
_ENDED = late(r"[ \t]*\r?\n(?=[\ufeff\s]*\S)")

# The fence on a line of its own, what stands between, and the same fence again (or ... for YAML).
_FRONT = late(
    rf"(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>.{{0,{_LONGEST}}}?)^(?:(?P=fence)|\.\.\.)[ \t]*(?:\r?\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
# Where a key stands: at the beginning of its line, and in JSON before its colon.
_KEY, _JSON_KEY = r"^[ \t\"']*{}\b", r'"{}"\s*:'


def unwrap(text: str, begin: int) -> Header:
    """Find the front matter that begins at a place; an empty header where there is none. Never raises.

    >>> unwrap('{"title": "Ferry", "date": "2018-03-15"}\\n\\nIt was late.', 0).spans
    {'title': (11, 16), 'date': (28, 38)}
    """
    if text[begin] == "{":
        return _json(text, begin)
    match = _FRONT.match(text, begin)
    if not match:
        return _NONE
    fields = _toml(match["body"]) if match["fence"] == "+++" else _yaml(match["body"])
    return _header(text, fields, match.span("body"), _KEY, match.end()) if fields else _NONE


def article(text: str, end: int) -> int:
    """Where the article begins: the first character after `end` that is not white space."""
    return _SPACE.match(text, end).end()  # type: ignore[union-attr]  # matches nothing at least


def _header(text: str, fields: dict[str, Any], body: tuple[int, int], key: str, end: int) -> Header:
    plan = roles.plan(fields, {k: list(v) for k, v in fields.items() if isinstance(v, dict)}, {})
    declared, spans, used = {}, {}, set()
    for role in ROLES:
        for route in plan.roles[role]:
            if value := roles.said(role, roles.at(fields, route)):
                declared[role] = roles.whole(value)
                spans[role] = _span(text, body, key.format(re.escape(route[-1])), value)
                used.add(route[0])
                break
    if not declared and len(fields) < 2:
        return _NONE
    extra = {k: roles.plain(v) for k, v in fields.items() if k not in used or isinstance(v, (dict, list))}
    return Header(article(text, end), declared, extra, spans)


def _span(text: str, body: tuple[int, int], key: str, value: str) -> tuple[int, int]:
    """Where a value stands behind its key; where it was written in another way than it reads, the key's whole line."""
    start, end = body
    found = re.search(key, text[start:end], re.MULTILINE)
    at = start + found.start() if found else start
    place = text.find(value, start + found.end() if found else start, end)
    if place >= 0:
        return place, place + len(value)
    line = LINE.match(text, at)
    return at, min(end, line.end() if line else end)


def _json(text: str, begin: int) -> Header:
    try:
        found, length = json.JSONDecoder(object_pairs_hook=every_pair).raw_decode(text[begin : begin + _LONGEST])
    except (RecursionError, ValueError):
        return _NONE
    fields, end = _fields(found), begin + length
    if not fields or roles.has_text(fields) or not _ENDED.match(text, end):
        return _NONE
    header = _header(text, fields, (begin, end), _JSON_KEY, end)
    return header if header.declared.keys() & {"title", "date"} else _NONE


def _yaml(body: str) -> dict[str, Any] | None:
    if body.count("[") + body.count("{") > _MOST_BRACKETS:  # deep flow collections take quadratic time to parse
        return None
    import yaml  # noqa: PLC0415  only texts with front matter need it

    class Loader(yaml.BaseLoader):
        """Strings, lists and objects only, and no aliases."""

        def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401  as in the base class
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("aliases are not read")
            return super().compose_node(parent, index)

    try:
        found = yaml.load(body, Loader)  # noqa: S506  a BaseLoader makes strings, lists and objects
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return _fields(found)


def _toml(body: str) -> dict[str, Any] | None:
    import tomllib  # noqa: PLC0415  only texts with front matter need it

    try:
        return _fields(tomllib.loads(body))
    except (RecursionError, ValueError):  # TOMLDecodeError is one
        return None


def _fields(found: object) -> dict[str, Any] | None:
    """A mapping with short keys on one line; anything else is prose between two rules."""
    if not isinstance(found, dict) or roles.deep(found):
        return None
    named = all(isinstance(k, str) and 0 < len(k) <= 40 and "\n" not in k for k in found)
    return found if named else None
