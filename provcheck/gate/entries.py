"""One expectation of a suite, as its JSON says it, and all that can be wrong with it before it runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from provcheck.errors import near_miss
from provcheck.gate import conditions
from provcheck.gate.verdict import SEVERITIES
from provcheck.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.rules import Severity

_KEYS = ("type", "kwargs", "severity", "description", "meta", "notes", "id")
_META = ("check", "reason", "rule", "remedy", "may_be_empty")
_CHECK = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")  # lower case, because it becomes the name of a file
_COLUMN_KEYS = ("column", "column_A", "column_B", "column_list")
_OURS = ("result_format", "catch_exceptions", "include_config", "batch_id", "windows", "condition_parser")
_BOUNDS = ("min_value", "max_value", "quantile_ranges")
_SETS = ("value_set", "regex_list", "like_pattern_list", "value_pairs_set", "column_list")

REFUSED = {
    "expect_table_column_count_to_be_between": "Great Expectations sees only the columns that the suites name",
    "expect_table_column_count_to_equal": "Great Expectations sees only the columns that the suites name",
    "expect_table_columns_to_match_ordered_list": "Great Expectations sees only the columns that the suites name",
    "expect_table_columns_to_match_set": "Great Expectations sees only the columns that the suites name",
    "expect_table_row_count_to_equal_other_table": "there is no other table",
    "expect_query_results_to_match_comparison": "there is no database to query",
    "unexpected_rows_expectation": "there is no database to query",
    "expect_column_kl_divergence_to_be_less_than": "it draws progress bars; hold shares with value_set and mostly",
}
"""Expectations that can say nothing true here, and why."""


_NEEDED = {
    "expect_column_values_to_match_regex": "regex",
    "expect_column_values_to_not_match_regex": "regex",
    "expect_column_values_to_be_in_type_list": "type_list",
}  # the library lets these out, and then every value passes


@dataclass(frozen=True, slots=True)
class Entry:
    """One expectation.

    `number` counts from 1 in its file; `check` is its stable id, `rules` are codes of the registry, `columns` those
    it names. `may_be_empty` says that it is no fault if there is nothing to judge.
    """

    number: int
    type: str
    kwargs: dict[str, Any]
    severity: Severity
    description: str
    check: str
    reason: str
    rules: tuple[str, ...] = ()
    remedy: str = ""
    may_be_empty: bool = False
    columns: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """How a message names it."""
        return f"entry {self.number} ({self.type}, {self.check!r})"


def read(number: int, raw: object, known: tuple[str, ...] | None) -> tuple[Entry | None, list[str]]:
    """The entry, or None, and what is wrong with it; `known` are the frame's columns, None if not known yet."""
    if not isinstance(raw, dict):
        return None, [f"entry {number}: must be a JSON object with type, kwargs, severity, description and meta"]
    told, kwargs = raw.get("meta"), raw.get("kwargs", {})
    meta = told if isinstance(told, dict) else {}
    label = f"entry {number} ({raw.get('type')}, {meta.get('check')!r})"
    problems = [*_shape(raw), *_meta(raw.get("meta"))]
    if isinstance(kwargs, dict):
        problems += [*_kwargs(str(raw.get("type")), kwargs), *conditions.faults(kwargs.get("row_condition"))]
        problems += _unknown_columns(kwargs, known)
    if problems:
        return None, [f"{label}: {p}" for p in problems]
    return _entry(number, raw, meta), []


def _entry(number: int, raw: dict[str, Any], meta: dict[str, Any]) -> Entry:
    rule = meta.get("rule", [])
    rules = (rule,) if isinstance(rule, str) else tuple(rule)
    return Entry(
        number=number,
        type=raw["type"],
        kwargs=raw.get("kwargs", {}),
        severity=cast("Severity", raw["severity"]),
        description=raw["description"],
        check=meta["check"],
        reason=meta["reason"],
        rules=rules,
        remedy=meta.get("remedy") or (RULES[rules[0]].remedy if rules else ""),
        may_be_empty=meta.get("may_be_empty", False),
        columns=_columns(raw.get("kwargs", {})),
    )


def _shape(raw: dict[str, Any]) -> Iterator[str]:
    for key in raw:
        if key == "expectation_type":
            yield "unknown key 'expectation_type': Great Expectations 1 calls it 'type'"
        elif key not in _KEYS:
            yield f"unknown key {key!r}: {near_miss(key, _KEYS)}"
    kind, severity, description = raw.get("type"), raw.get("severity"), raw.get("description")
    if not isinstance(kind, str) or not kind:
        yield "the key 'type' must name an expectation, such as 'expect_column_values_to_not_be_null'"
    elif kind in REFUSED:
        yield f"cannot be judged here: {REFUSED[kind]}"
    if severity not in SEVERITIES:
        yield f"'severity' must be one of {', '.join(SEVERITIES)}, not {severity!r}"
    if not isinstance(description, str) or not description.strip():
        yield "'description' is missing: say in a sentence what must hold, as reports will show it"
    if not isinstance(raw.get("kwargs", {}), dict):
        yield "'kwargs' must be an object"


def _meta(meta: object) -> Iterator[str]:
    if not isinstance(meta, dict):
        yield '\'meta\' is missing: write {"check": "a-stable-id", "rule": "PC302", "reason": "why this threshold"}'
        return
    for key in meta:
        if key not in _META:
            yield f"unknown key meta.{key}: {near_miss(key, _META)}"
    check, reason, rule = meta.get("check"), meta.get("reason"), meta.get("rule", [])
    if not isinstance(check, str) or not _CHECK.fullmatch(check):
        yield "meta.check must be a stable id of lower-case letters, digits, '-', '_' or '.', such as 'date-known'"
    if not isinstance(reason, str) or not reason.strip():
        yield "meta.reason is missing: say why this threshold"
    codes = [rule] if isinstance(rule, str) else rule
    if not isinstance(codes, list) or not all(isinstance(c, str) for c in codes):
        yield "meta.rule must be a code of a rule, or a list of them"
    else:
        yield from (f"unknown rule {c!r}: {near_miss(c, sorted(RULES))}" for c in codes if c not in RULES)
    if not isinstance(meta.get("remedy", ""), str):
        yield "meta.remedy must be a string"
    if not isinstance(meta.get("may_be_empty", False), bool):
        yield "meta.may_be_empty must be true or false"


def _kwargs(kind: str, kwargs: dict[str, Any]) -> Iterator[str]:
    """Arguments that would switch the expectation off, or that are not the suite's to set."""
    for key, value in kwargs.items():
        if key in _OURS:
            yield f"the argument {key!r} is not a suite's to set; remove it"
        elif isinstance(value, dict) and "$PARAMETER" in value:
            yield f"{key}: parameters are not taken; write the value itself"
        elif key in _SETS and (not isinstance(value, list) or not value):
            yield f"{key} must be a list with at least one value"
        elif key == "regex":
            yield from _regex(value)
    patterns = kwargs.get("regex_list")
    for pattern in patterns if isinstance(patterns, list) else ():
        yield from _regex(pattern)
    if "mostly" in kwargs and not _number(kwargs["mostly"], 0, 1, above=True):
        yield f"mostly must be above 0 and at most 1, not {kwargs['mostly']!r}; 0 would let everything pass"
    if "max_share" in kwargs and not (_number(kwargs["max_share"], 0, 1) and kwargs["max_share"] < 1):
        yield f"max_share must be at least 0 and below 1, not {kwargs['max_share']!r}; 1 would let everything pass"
    needed = _NEEDED.get(kind)
    if needed and not kwargs.get(needed):
        yield f"needs {needed}; without it everything would pass"
    if kind.endswith("_between") and all(kwargs.get(k) is None for k in _BOUNDS):
        yield "needs a lower or an upper bound; without one everything would pass"


def _regex(pattern: object) -> Iterator[str]:
    if not isinstance(pattern, str):
        yield f"a regular expression must be a string, not {pattern!r}"
        return
    try:
        re.compile(pattern)
    except re.error as error:
        yield f"the regular expression {pattern!r} is invalid: {error}"


def _number(value: object, low: float, high: float, *, above: bool = False) -> bool:
    """Whether it is a number between two bounds; `above` shuts out the lower one. True is no number here.

    >>> _number(0.5, 0, 1), _number(0, 0, 1, above=True), _number(True, 0, 1)
    (True, False, False)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return low < value <= high if above else low <= value <= high


def _columns(kwargs: dict[str, Any]) -> tuple[str, ...]:
    named: list[str] = []
    for key in _COLUMN_KEYS:
        value = kwargs.get(key)
        listed = value if isinstance(value, list) else [value]
        named += [v for v in listed if isinstance(v, str)]
    return tuple(dict.fromkeys([*named, *conditions.columns(kwargs.get("row_condition"))]))


def _unknown_columns(kwargs: dict[str, Any], known: tuple[str, ...] | None) -> list[str]:
    if known is None:
        return []
    return [f"no column {c!r}: {near_miss(c, sorted(known))}" for c in _columns(kwargs) if c not in known]
