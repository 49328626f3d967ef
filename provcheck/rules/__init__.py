"""The registry of rules: every finding that provcheck can make has its one row here.

The tables are explicit and typed; nothing registers itself. Documentation, suites, fixtures and ``explain`` are
held against this registry by tests.
"""

from __future__ import annotations

from provcheck.rules import boilerplate, corpus, duplicates, encoding, ingest, provenance, residue, truncation
from provcheck.rules.rule import FAMILIES, Rule, Severity

RULES: dict[str, Rule] = {
    rule.code: rule
    for family in (ingest, encoding, provenance, boilerplate, truncation, residue, duplicates, corpus)
    for rule in family.ROWS
}

__all__ = ["FAMILIES", "RULES", "Rule", "Severity"]
