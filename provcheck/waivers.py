"""Waivers: findings that somebody has looked at and will bear for a while.

A waiver names a rule, the documents by a pattern of their paths, the reason, and the day after which it is void. None
of the four can be left out: a waiver without a reason or an end is a check switched off in silence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from provcheck import globs
from provcheck.errors import near_miss
from provcheck.rules import RULES

KEYS = ("rule", "path", "reason", "expires")


class Waiver(NamedTuple):
    """One waiver: `rule` is a code, `path` a pattern (see `provcheck.globs`), `expires` its last day.

    >>> import datetime as dt
    >>> waiver = Waiver("PC501", "archive/*", "The scans end so.", dt.date(2026, 3, 31))
    >>> waiver.covers("PC501", "corpus/archive/a.txt", "archive/a.txt"), waiver.expired(dt.date(2026, 4, 1))
    (True, True)
    """

    rule: str
    path: str
    reason: str
    expires: dt.date

    def covers(self, code: str, path: str, relative: str) -> bool:
        """Whether it speaks of a finding of this rule in a document of this path, of which `relative` is in the source.

        The pattern may begin above the source: a hook that gives the files of a commit has each for a source.
        """
        pattern = [globs.split(self.path)]
        return code == self.rule and any(globs.matches(each, pattern) for each in globs.endings(path, relative))

    def expired(self, as_of: dt.date) -> bool:
        """Whether its last day lies before this day."""
        return self.expires < as_of


def parse(tables: object, problems: list[str]) -> tuple[Waiver, ...]:
    """The waivers of a configuration; what is wrong with them is added to `problems`, a sentence each.

    >>> problems = []
    >>> parse([{"rule": "none", "path": "*"}], problems)
    ()
    >>> len(problems)
    3
    """
    if not isinstance(tables, Sequence) or not all(isinstance(table, Mapping) for table in tables):
        problems.append("waivers must be tables, each under [[waivers]]")
        return ()
    found = [_waiver(table, f"waivers[{number}]", problems) for number, table in enumerate(tables, start=1)]
    return tuple(waiver for waiver in found if waiver)


def _waiver(table: Mapping[str, object], name: str, problems: list[str]) -> Waiver | None:
    faults = [f"{name}: unknown key {key!r}: {near_miss(key, KEYS)}" for key in table if key not in KEYS]
    faults += [f"{name}: {key} is missing" for key in KEYS if key not in table]
    for key in ("path", "reason"):
        value = table.get(key, "x")
        if not isinstance(value, str) or not value.strip():
            faults.append(f"{name}: {key} must be a text, not {value!r}")
    code = _code(table.get("rule"))
    if "rule" in table and code is None:
        names = [*RULES, *(rule.name for rule in RULES.values())]
        faults.append(f"{name}: unknown rule {table['rule']!r}: {_near(str(table['rule']), names)}")
    expires = table.get("expires")
    day = expires if isinstance(expires, dt.date) and not isinstance(expires, dt.datetime) else None
    if "expires" in table and day is None:
        faults.append(f"{name}: expires must be a date such as 2026-01-31, not {expires!r}")
    problems += faults
    if faults or code is None or day is None:
        return None
    return Waiver(code, str(table["path"]), str(table["reason"]), day)


def _code(rule: object) -> str | None:
    names = {rule.name: code for code, rule in RULES.items()} | {code: code for code in RULES}
    return names.get(str(rule).upper()) or names.get(str(rule).lower())


def _near(name: str, known: list[str]) -> str:
    hint = near_miss(name, known)
    return hint if hint.startswith("did") else "`provcheck rules` lists all"
