"""What the gate says: plain frozen values without times, run numbers or machine paths, in the order of the suites."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provcheck.rules import Severity

Threshold = tuple[tuple[str, Any], ...]
"""What a check asks for, as (keyword, value) in the order of the suite: ``(("mostly", 0.9),)``."""

SEVERITIES: tuple[Severity, ...] = ("critical", "warning", "info")
"""From the heaviest to the lightest."""

SAMPLE = 20
"""How many documents a result names; the file `failing/<check>.txt` names all of them."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one expectation found.

    `check` is its stable id and `rules` the registry's codes for it. `n_evaluated` counts the rows it judged,
    `n_unexpected` those among them that failed, and `share` is their quotient (0 to 1); the last two are None where
    an expectation judges a whole column, which then has an `observed` value: a number, a truth value or a time,
    never a text of a document. `doc_ids` are the first `SAMPLE` failing documents in the frame's order, of
    `doc_ids_total`. `error` says why the expectation could not be judged; then `success` is False.
    """

    suite: str
    check: str
    type: str
    rules: tuple[str, ...]
    severity: Severity
    description: str
    reason: str
    remedy: str
    success: bool
    n_evaluated: int
    n_unexpected: int | None = None
    share: float | None = None
    threshold: Threshold = ()
    observed: float | str | bool | None = None
    doc_ids: tuple[str, ...] = ()
    doc_ids_total: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the corpus may go on, and each reason why not, as one line each."""

    passed: bool
    fail_on: Severity
    n_documents: int
    reasons: tuple[str, ...]
    checks: tuple[CheckResult, ...]
    suites: tuple[tuple[str, str], ...] = ()
    """Each suite's name and the SHA-256 of its file."""

    def count(self, severity: Severity) -> int:
        """How many checks of this severity failed."""
        return sum(not c.success and c.severity == severity for c in self.checks)


def as_json(verdict: Verdict) -> Mapping[str, Any]:
    """The verdict as dictionaries, lists, strings, numbers and None.

    >>> as_json(Verdict(True, "critical", 0, (), ()))["passed"]
    True
    """
    return asdict(verdict)


def weighs(severity: Severity, at_least: Severity) -> bool:
    """Whether a severity is at least as heavy as another.

    >>> weighs("warning", "critical"), weighs("critical", "warning")
    (False, True)
    """
    return SEVERITIES.index(severity) <= SEVERITIES.index(at_least)
