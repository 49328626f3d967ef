"""Row conditions: which documents an expectation is about.

Great Expectations 1.24 writes them as JSON objects, and reads a misspelt one with leniency: a key too many is ignored,
and a condition that no row meets lets the check pass. So their form is checked here, before the library is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provcheck.errors import near_miss

if TYPE_CHECKING:
    from collections.abc import Iterator

OPERATORS = ("==", "!=", "<", "<=", ">", ">=", "IN", "NOT_IN")
_KEYS = {
    "comparison": ("type", "column", "operator", "parameter"),
    "nullity": ("type", "column", "is_null"),
    "and": ("type", "conditions"),
    "or": ("type", "conditions"),
}
EXAMPLE = '{"type": "comparison", "column": {"name": "outlet"}, "operator": "==", "parameter": "Dawn"}'
_MOST_TERMS = 100  # Great Expectations takes no more
_DEEPEST = 20  # an 'and' in an 'and' says no more than the outer one; what is deeper is no condition of a person


def faults(condition: object) -> list[str]:
    """What is wrong with a condition, as phrases; none if it is right or absent.

    >>> faults({"type": "nullity", "column": {"name": "date"}, "is_null": "no"})
    ['row_condition: is_null must be true or false']
    """
    if condition is None:
        return []
    if isinstance(condition, str):
        return [
            f"row_condition must be an object such as {EXAMPLE}; a string means different things to pandas and Spark"
        ]
    found = list(_faults(condition, ()))
    if not found and sum(1 for _ in _names(condition)) > _MOST_TERMS:
        found.append(f"more than {_MOST_TERMS} terms")
    return [f"row_condition: {f}" for f in found]


def columns(condition: object) -> tuple[str, ...]:
    """The columns that a condition names, each once, in order.

    >>> columns({"type": "nullity", "column": {"name": "date"}, "is_null": False})
    ('date',)
    """
    return tuple(dict.fromkeys(_names(condition)))


def _names(condition: object, depth: int = 0) -> Iterator[str]:
    if not isinstance(condition, dict) or depth > _DEEPEST:
        return
    column = condition.get("column")
    if isinstance(column, dict) and isinstance(column.get("name"), str):
        yield column["name"]
    inner = condition.get("conditions")
    for each in inner if isinstance(inner, list) else ():
        yield from _names(each, depth + 1)


def _faults(condition: object, above: tuple[str, ...]) -> Iterator[str]:
    """`above` are the kinds of the conditions that this one stands in."""
    if not isinstance(condition, dict):
        yield f"must be an object such as {EXAMPLE}, not {condition!r}"
        return
    if len(above) > _DEEPEST:
        yield "is nested too deeply"
        return
    kind = condition.get("type")
    if not isinstance(kind, str) or kind not in _KEYS:
        yield f"unknown type {kind!r}: {near_miss(str(kind), list(_KEYS))}"
        return
    for key in condition:
        if key not in _KEYS[kind]:
            yield f"unknown key {key!r}: {near_miss(str(key), _KEYS[kind])}"
    for key in _KEYS[kind]:
        if key not in condition:
            yield f"a condition of type {kind!r} needs the key {key!r}"
    if kind in ("and", "or"):
        yield from _joined(condition.get("conditions"), kind, above)
    else:
        yield from _simple(condition, kind)


def _joined(inner: object, kind: str, above: tuple[str, ...]) -> Iterator[str]:
    if kind == "or" and above:
        yield "an 'or' may stand neither in an 'and' nor in another 'or'"
    if not isinstance(inner, list) or not inner:
        yield f"the conditions of an {kind!r} are a list with at least one condition"
        return
    for each in inner:
        yield from _faults(each, (*above, kind))


def _simple(condition: dict[str, Any], kind: str) -> Iterator[str]:
    column = condition.get("column")
    if not isinstance(column, dict) or set(column) != {"name"} or not isinstance(column["name"], str):
        yield f'a column is written {{"name": "outlet"}}, not {column!r}'
    if kind == "nullity":
        if not isinstance(condition.get("is_null"), bool):
            yield "is_null must be true or false"
        return
    operator, parameter = condition.get("operator"), condition.get("parameter")
    if operator not in OPERATORS:
        yield f"unknown operator {operator!r}; known: {', '.join(OPERATORS)}"
    elif operator in ("IN", "NOT_IN"):
        plain = isinstance(parameter, list) and parameter and all(isinstance(p, str | int | float) for p in parameter)
        if not plain:
            yield f"the parameter of {operator} is a list of strings or numbers, with at least one"
    elif not isinstance(parameter, str | int | float):
        yield f"the parameter of {operator} is a string, a number or a truth value; for nulls use the type 'nullity'"
