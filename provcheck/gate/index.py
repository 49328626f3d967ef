"""The first page of the Data Docs: the verdict, its reasons, and every check with its severity.

Great Expectations' own index is drawn by JavaScript and knows no severities; this one is plain HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from provcheck.gate.inert import text
from provcheck.gate.judge import brief, found, percent
from provcheck.gate.pages import page
from provcheck.gate.verdict import SEVERITIES

if TYPE_CHECKING:
    from provcheck.gate.verdict import CheckResult, Verdict

_FILTER = '<label><input type="checkbox" id="failed-only"> show failed checks only</label>'


def render(verdict: Verdict) -> str:
    """The page ``index.html``."""
    return page("the gate's verdict", "\n".join([_banner(verdict), _suites(verdict), _FILTER, _checks(verdict)]))


def _banner(verdict: Verdict) -> str:
    counts = ", ".join(f"{verdict.count(s)} {s}" for s in SEVERITIES)
    word, look = ("passed", "alert-success") if verdict.passed else ("failed", "alert-danger")
    head = f"<h4>The gate {word}</h4><p>{verdict.n_documents} documents; failed checks: {counts}; "
    reasons = "".join(f"<li>{text(r)}</li>" for r in verdict.reasons)
    shown = f'<ul class="pc-reasons">{reasons}</ul>' if reasons else ""
    return f'<div class="alert {look}">{head}a failed check of severity {verdict.fail_on} fails it.</p>{shown}</div>'


def _suites(verdict: Verdict) -> str:
    rows = []
    for name, digest in verdict.suites:
        of = [c.success for c in verdict.checks if c.suite == name]
        pages = (("validations", "results"), ("expectations", "expectations"))
        links = ", ".join(f'<a href="{folder}/{text(name)}.html">{word}</a>' for folder, word in pages)
        cells = (text(name), f"{sum(of)} of {len(of)}", links, f"<code>{digest[:16]}</code>")
        rows.append(f"<tr>{''.join(f'<td>{c}</td>' for c in cells)}</tr>")
    return _table(("Suite", "Checks passed", "Pages", "SHA-256 of the file"), rows)


def _checks(verdict: Verdict) -> str:
    """All checks, those that failed first and otherwise in the order of their suites."""
    head = ("Status", "Severity", "Rules", "Check", "What was found", "Failing documents", "What to do")
    return _table(head, [_row(c) for c in sorted(verdict.checks, key=lambda c: c.success)], "pc-checks")


def _row(result: CheckResult) -> str:
    state = "passed" if result.success else "not judged" if result.error is not None else "failed"
    icon = "fa-check-circle text-success" if result.success else "fa-times text-danger"
    rules = " ".join(f'<span class="badge pc-rule">{text(r)}</span>' for r in brief(result.rules))
    cells = (
        f'<i class="fas {icon}"></i> {state}',
        f'<span class="badge pc-{result.severity}">{result.severity}</span>',
        rules,
        f"{text(result.description)}<br><small><code>{text(result.suite)}/{text(result.check)}</code></small>",
        text(result.error or found(result).strip("()") or _quiet(result)),
        _documents(result),
        "" if result.success else text(result.remedy),
    )
    return f'<tr class="pc-{"passed" if result.success else "failed"}">{"".join(f"<td>{c}</td>" for c in cells)}</tr>'


def _quiet(result: CheckResult) -> str:
    return f"{result.n_evaluated} judged" if result.share is None else f"{percent(result.share)} fail"


def _documents(result: CheckResult) -> str:
    if not result.doc_ids_total:
        return ""
    first = "".join(
        f'<div class="pc-doc"><a href="../index.html#/doc/{quote(i, safe="")}">{text(i)}</a></div>'
        for i in result.doc_ids[:3]
    )
    link = f'<a href="../failing/{text(result.check)}.txt">all {result.doc_ids_total}</a>'
    return f"{first}{link}"


def _table(head: tuple[str, ...], rows: list[str], look: str = "pc-plain") -> str:
    cells = "".join(f"<th>{text(h)}</th>" for h in head)
    return f'<table class="table table-sm {look}"><thead><tr>{cells}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
