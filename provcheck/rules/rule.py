"""One row of the registry: all that provcheck says about one kind of finding, in one place."""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["critical", "warning", "info"]
"""How much a finding weighs, in Great Expectations' own words."""


class Rule(NamedTuple):
    """What a rule is called, how bad it is, and what to do about it.

    `code` is ``PC`` and three digits, the first of which is the family; `name` is kebab-case and reads as the fault
    (``date-missing``); `message` is a `str.format` template for the one line that a finding shows; `what`, `why` and
    `remedy` are sentences for the rule's page.
    """

    code: str
    name: str
    severity: Severity
    message: str
    what: str
    why: str
    remedy: str

    @property
    def family(self) -> str:
        """The name of the rule's family, from the first digit of its code."""
        return FAMILIES[self.code[2]]


FAMILIES = {
    "1": "ingest",
    "2": "encoding",
    "3": "provenance",
    "4": "boilerplate",
    "5": "truncation",
    "6": "residue",
    "7": "duplicates",
    "8": "corpus",
}
