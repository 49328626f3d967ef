"""What the report tells: the values that its writer is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from provcheck.reports import terminal
from provcheck.reports.html.charts import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provcheck.reports.summary import Summary


class Check(terminal.Check, Protocol):
    """What the report needs of a check's result; the gate's `CheckResult` is one."""

    @property
    def reason(self) -> str: ...  # noqa: D102
    @property
    def doc_ids_total(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Story:
    """How a validation ended, for the report.

    `reasons` say why the corpus may not go on; `run` names the tool's version and the day of the check; `since`, if
    given, says what changed since the last accepted run, as pairs of what is counted and its count or wording, which
    are shown in their order.
    """

    passed: bool
    fail_on: str
    reasons: Sequence[str]
    checks: Sequence[Check]
    summary: Summary
    books: terminal.Books
    run: Mapping[str, str] = field(default_factory=dict)
    since: Mapping[str, str | int] | None = None

    @property
    def foot(self) -> str:
        """By what and when the corpus was judged, as the text of a page's foot."""
        return " · ".join(text(f"{key} {value}") for key, value in self.run.items())
