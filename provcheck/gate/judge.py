"""From the library's results to the verdict, by our own rule.

Great Expectations says that a check succeeded also where it had nothing to judge, and a check that raised counts only
with its own severity. Here such a check fails whatever its severity, because an unanswered question is no yes.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provcheck.gate.verdict import SAMPLE, CheckResult, Threshold, Verdict, weighs
from provcheck.patterns import late
from provcheck.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provcheck.gate.entries import Entry
    from provcheck.gate.suite import Suite
    from provcheck.rules import Severity

_THRESHOLDS = ("mostly", "min_value", "max_value", "max_share", "min_count", "value", "sum_total")
# Messages of exceptions may quote what could not be compared, which is text of a document. These quote only types
# and operators; of any other message the gate shows the name of the exception.
_SAFE = late(
    r"'[<>=!]{1,2}' not supported between instances of '[\w.]+' and '[\w.]+'"
    r"|unhashable type: '[\w.]+'"
    r"|Can only use \.str accessor with string values(?:, not [\w.]+)?!?"
    r"|Cannot compare tz-naive and tz-aware \S+"
    r"|Column values, min_value, and max_value must either be None or of the same type\."
)
# A traceback's line that names an exception: a dotted name at the line's start, then a colon or nothing. The first one
# is the cause; the library wraps it into its own, which says nothing.
_NAMED = late(r"^([A-Za-z_][\w.]*)(?::|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the library gave for one check: its plain result, the rows that failed, and the rows in question.

    `counted` is the number of rows that meet the entry's condition, `known` those of them in which its column is not
    null, both counted by us. `success` is None where there was no result; `raised` is the message of an exception.
    """

    success: bool | None
    result: Mapping[str, Any]
    rows: Sequence[int]
    counted: int
    known: int
    raised: str | None = None


def check(suite: str, entry: Entry, outcome: Outcome, ids: Sequence[str]) -> CheckResult:
    """The result of one check; `ids` are the documents of all rows."""
    result = outcome.result
    total, bad = result.get("element_count"), result.get("unexpected_count")
    if not (isinstance(total, int) and isinstance(bad, int)):  # it judged the column as a whole
        total = bad = None
    evaluated = outcome.known if total is None else total - int(result.get("missing_count") or 0)
    empty = outcome.success is not None and evaluated == 0
    error = _error(entry, outcome, total, empty=empty) if ids else "there are no documents"
    forgiven = empty and entry.may_be_empty and error is None
    return CheckResult(
        suite=suite,
        check=entry.check,
        type=entry.type,
        rules=entry.rules,
        severity=entry.severity,
        description=entry.description,
        reason=entry.reason,
        remedy=entry.remedy,
        success=error is None and (bool(outcome.success) or forgiven),
        n_evaluated=evaluated if outcome.raised is None else 0,
        n_unexpected=bad,
        share=bad / evaluated if bad is not None and evaluated else None,
        threshold=_threshold(entry),
        observed=plain(result.get("observed_value")),
        doc_ids=tuple(ids[i] for i in outcome.rows[:SAMPLE]),
        doc_ids_total=len(outcome.rows),
        error=error,
    )


def _error(entry: Entry, outcome: Outcome, total: int | None, *, empty: bool) -> str | None:
    if outcome.raised is not None:
        return outcome.raised
    if outcome.success is None:
        return "Great Expectations gave no result for it"
    if total is not None and total != outcome.counted:
        return f"Great Expectations judged {total} rows of {outcome.counted}"
    if empty and not entry.may_be_empty:
        what = "no document meets its row_condition" if not outcome.counted else "its column is null in every document"
        return f'nothing was evaluated: {what}; if that is right, set "may_be_empty": true in its meta'
    return None


def verdict(suites: Sequence[Suite], checks: Sequence[CheckResult], n_documents: int, fail_on: Severity) -> Verdict:
    """Put the checks together; `n_documents` are the rows of the frame."""
    reasons = [] if n_documents else ["the corpus has no documents, so nothing could be judged"]
    expected = sum(len(s.entries) for s in suites)
    if len(checks) != expected or not checks:
        reasons.append(f"{len(checks)} checks were judged, and the suites ask for {expected}")
    for result in checks:
        if result.error is not None:
            reasons.append(f"{_name(result)}: could not be judged: {result.error}")
        elif not result.success and weighs(result.severity, fail_on):
            reasons.append(f"{_name(result)}: {result.description} {found(result)}".rstrip())
    digests = tuple((s.name, s.sha256) for s in suites)
    lines = tuple(
        visible(reason) for reason in reasons
    )  # a suite's sentence may hold anything, and lines go to terminals
    return Verdict(not reasons, fail_on, n_documents, lines, tuple(checks), digests)


def found(result: CheckResult) -> str:
    """What a check found against what was allowed, in brackets, or an empty string.

    >>> from provcheck.gate.verdict import CheckResult
    >>> found(CheckResult("s", "c", "t", (), "info", "", "", "", False, 5, 3, 0.6, (("mostly", 0.9),)))
    '(3 of 5 fail, 60%; allowed: 10%)'
    """
    limits = dict(result.threshold)
    if result.n_unexpected is not None and result.share is not None:
        allowed = limits["max_share"] if "max_share" in limits else 1 - float(limits.get("mostly", 1))
        shares = f"{percent(result.share)}; allowed: {percent(allowed)}"
        return f"({result.n_unexpected} of {result.n_evaluated} fail, {shares})"
    if result.observed is None:
        return ""
    wanted = ", ".join(f"{key} {value}" for key, value in result.threshold)
    shown = f"{result.observed:.4g}" if isinstance(result.observed, float) else result.observed
    return f"(found {shown}; asked for: {wanted})" if wanted else f"(found {shown})"


def percent(share: float) -> str:
    """A share as a person reads it; what is not nothing is not shown as nothing, nor what is not all as all.

    >>> percent(0.1), percent(0.00001), percent(1.0), percent(0.9999)
    ('10%', '<0.1%', '100%', '>99.9%')
    """
    if 0 < share < 0.001:
        return "<0.1%"
    if 0.999 < share < 1:
        return ">99.9%"
    return f"{round(100 * share, 1):g}%"


def raised(info: Mapping[str, Any] | None) -> str | None:
    """The message of an exception in the library's two shapes of it, or None; it quotes no value of the corpus."""
    if not info:
        return None
    each = [info] if "raised_exception" in info else [v for v in info.values() if isinstance(v, dict)]
    bad = [one for one in each if one.get("raised_exception")]
    return _message(bad[0]) if bad else None


def _message(info: Mapping[str, Any]) -> str:
    trace = str(info.get("exception_traceback") or "")
    names = _NAMED.findall(trace)
    kind = names[0].rsplit(".", 1)[-1] if names else "an exception"
    safe = _SAFE.search(str(info.get("exception_message") or "")) or _SAFE.search(trace)
    return f"it raised {kind}" + (f": {safe[0]}" if safe else "; its message is not shown, for it may quote a document")


def plain(value: object) -> float | str | bool | None:
    """A number, truth value or time; of a list its length; never a text, which would be a document's.

    >>> plain("a headline"), plain(["a", "b"]), plain(0.5)
    ('(a text)', '2 values', 0.5)
    """
    if hasattr(value, "item"):  # numpy's scalars
        value = value.item()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        # A mean has other last digits in another order of adding; twelve digits are the same on every engine.
        return float(f"{value:.12g}") if math.isfinite(value) else None
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | dict):
        return f"{len(value)} values"
    return "(a text)"


def _threshold(entry: Entry) -> Threshold:
    return tuple((key, entry.kwargs[key]) for key in _THRESHOLDS if entry.kwargs.get(key) is not None)


def _name(result: CheckResult) -> str:
    return f"{result.suite}/{result.check} [{' '.join((result.severity, *brief(result.rules)))}]"


def brief(codes: Sequence[str]) -> tuple[str, ...]:
    """Codes as a line has room for them: of more than three the first and the last.

    >>> brief(("PC101", "PC102", "PC103", "PC104"))
    ('PC101…PC104',)
    """
    return (f"{codes[0]}…{codes[-1]}",) if len(codes) > 3 else tuple(codes)
