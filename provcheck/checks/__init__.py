"""The checks of one document: run, then sorted, so that the order of findings is part of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.checks import boilerplate, residue, truncation

if TYPE_CHECKING:
    from provcheck.model import Document, Finding, Layout

CHECKS = (boilerplate.check, truncation.check, residue.check)


def check(document: Document, layout: Layout) -> list[Finding]:
    """All findings of all checks, sorted by place and code."""
    findings = [finding for each in CHECKS for finding in each(document, layout)]
    return sorted(findings, key=lambda f: (f.start, f.end, f.code, f.message))
