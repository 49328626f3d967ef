"""Which column of a record is the text, and which says the title, the date and so on.

The names are data (``data/columns.json``), gathered from the corpora and exports that people keep; the settings win
over them. A role takes the first name in the table's order whose field holds something. What takes no role is kept
under its own name, so nothing is dropped.
"""

from __future__ import annotations

import base64
import datetime as dt
import math
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from provcheck import shipped
from provcheck.model import ROLES
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NOISE = late(r"[\W_]+")
_DIGITS = late(r"\d{8,19}")
_FEW = late(r"-?\d{1,3}(?:\.\d*)?")
"""A number that stands for yes or no, or counts something: a year has four digits."""

DEEP = 64
"""Levels of nesting that a record may have: far more than any export, far less than Python's own stack."""

Route = tuple[str, ...]
"""A column's name, or the name of an object and that of a field inside it."""


class Plan(NamedTuple):
    """For each role the routes that may carry it, the surest first."""

    text: tuple[Route, ...]
    html: tuple[Route, ...]
    roles: Mapping[str, tuple[Route, ...]]


@cache
def table() -> Mapping[str, Any]:
    """The table of names; see its own ``about``."""
    loaded: Mapping[str, Any] = shipped.table("readers", "columns.json")
    return loaded


@cache
def _rank(role: str) -> Mapping[str, int]:
    return {squash(name): rank for rank, name in enumerate(table()[role])}


def squash(name: str) -> str:
    """A column's name without case and marks, for comparison.

    >>> squash("Publication Date") == squash("publication_date") == squash("publicationDate")
    True
    """
    return _NOISE.sub("", name.casefold())


def plan(columns: Iterable[str], nested: Mapping[str, Iterable[str]], settings: Mapping[str, tuple[str, ...]]) -> Plan:
    """Decide which columns may carry which role.

    `nested` maps the columns that hold objects to their fields; `settings` is `Settings.columns`, where
    ``outer.inner`` names a field inside an object.

    >>> p = plan(["Headline", "Body", "wc"], {}, {})
    >>> p.text, p.roles["title"]
    ((('Body',),), (('Headline',),))
    """
    routes: list[Route] = [(c,) for c in columns]
    homes = frozenset(table()["containers"])
    for outer, inner in nested.items():
        wanted = squash(outer) in homes
        routes.extend(
            (outer, i) for i in inner if wanted or any(f"{outer}.{i}" in names for names in settings.values())
        )

    def named(role: str) -> tuple[Route, ...]:
        if role in settings:
            return tuple(r for name in settings[role] for r in routes if ".".join(r) == name)
        rank = _rank(role)
        taken = {name for names in settings.values() for name in names}
        found = [(len(r), rank[squash(r[-1])], r) for r in routes if squash(r[-1]) in rank and ".".join(r) not in taken]
        return tuple(r for _, _, r in sorted(found))

    html = () if "text" in settings else named("html")
    return Plan(named("text"), html, {role: named(role) for role in ROLES})


def apart(names: Iterable[str]) -> list[str]:
    """Column names of a table, those that stand twice with their number behind them, so that no column hides another.

    >>> apart(["id", "text", "text"])
    ['id', 'text', 'text (3)']
    """
    given = list(names)
    taken = set(given)
    found: dict[str, None] = {}
    for number, name in enumerate(given, 1):
        own = name
        if own in found:
            own = f"{name} ({number})"
            while own in taken:
                own += "'"
        taken.add(own)
        found[own] = None
    return list(found)


def at(record: Mapping[str, Any], route: Route) -> object:
    """The value at a route, or None."""
    value: Any = record.get(route[0])
    if len(route) == 1:
        return value
    return value.get(route[1]) if isinstance(value, dict) else None


def has_text(record: Mapping[str, Any]) -> bool:
    """Tell whether one of a record's own fields is a text.

    >>> has_text({"title": "Ferry", "body": "It was late."}), has_text({"title": "Ferry", "body": None})
    (True, False)
    """
    found = plan(record, {}, {})
    return any(prose(at(record, route)) for route in (*found.text, *found.html))


def prose(value: object) -> str | bytes | None:
    """A record's text: a string, bytes, a list of paragraphs, or an object that has it under a usual name."""
    if isinstance(value, (str, bytes)):
        return value
    if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        return "\n".join(value)
    if isinstance(value, dict):
        return next((v for k in ("rendered", "text", "value", "content") if isinstance(v := value.get(k), str)), None)
    return None


def missing(value: str) -> bool:
    """Tell whether a field says in words that it holds nothing.

    >>> missing(" NaN "), missing("0")
    (True, False)
    """
    return len(value) < 12 and value.strip().casefold() in table()["missing"]


def said(role: str, value: object) -> str | None:
    """What a column declares, as a string, odd bytes and all; None where it declares nothing.

    >>> said("author", [{"name": "A. Roe"}, "B. Poe"]), said("date", 1521072000), said("date", "20180315")
    ('A. Roe, B. Poe', '2018-03-15T00:00:00Z', '2018-03-15')
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, dict):
        inner = next((value[k] for k in table()["inner"] if isinstance(value.get(k), (str, int, float))), None)
        return said(role, inner)
    if isinstance(value, (list, tuple)):
        return ", ".join(v for item in value if (v := said(role, item))) or None
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, bytes):
        value = value.decode("utf-8", "backslashreplace")
    if isinstance(value, float) and not math.isfinite(value):
        return None
    text = str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()
    if role == "date":
        return _moment(text)
    return None if missing(text) else text


def _moment(text: str) -> str | None:
    """A date as the column has it, or read from a bare number: seconds or finer since 1970, or its digits in a row.

    None where it cannot be one: ``published`` is often a yes or no, and the date stands in the next column.
    """
    if missing(text) or _FEW.fullmatch(text) or not any(ch.isnumeric() for ch in text):
        return None
    whole, _, fraction = text.partition(".")
    if not _DIGITS.fullmatch(whole) or (fraction and not fraction.isdigit()):
        return text
    try:
        if len(whole) == 8:
            return dt.datetime.strptime(whole, "%Y%m%d").replace(tzinfo=dt.UTC).date().isoformat()
        if len(whole) == 14:
            return dt.datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        scale = {9: 1, 10: 1, 12: 10**3, 13: 10**3, 15: 10**6, 16: 10**6, 18: 10**9, 19: 10**9}.get(len(whole))
        if scale is None:
            return text
        return dt.datetime.fromtimestamp(int(whole) // scale, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return text


def plain(value: object) -> object:
    """A value that JSON can hold: times as ISO 8601, bytes that are no UTF-8 as base64, odd numbers as words.

    >>> plain({"n": float("nan"), "b": b"ok", "d": dt.date(2018, 3, 15)})
    {'n': None, 'b': 'ok', 'd': '2018-03-15'}
    """
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None if math.isnan(value) else str(value)
    if isinstance(value, dict):
        return {whole(str(k)): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, (bytes, bytearray)):
        try:
            return bytes(value).decode("utf-8")
        except UnicodeDecodeError:
            return "base64:" + base64.b64encode(value).decode()
    return str(value)


def whole(text: str) -> str:
    """The text with each half of a surrogate pair as U+FFFD: JSON can write such halves, UTF-8 cannot hold them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def deep(value: object) -> bool:
    """Tell whether a value is nested deeper than `DEEP`; a stack instead of recursion, since that is the danger.

    >>> deep([[1]])
    False
    """
    level: list[object] = [value]
    for _ in range(DEEP):
        level = [
            inner
            for v in level
            if isinstance(v, (dict, list))
            for inner in (v.values() if isinstance(v, dict) else v)
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return False
    return True
