"""JUnit XML, which every CI shows: a test suite for each suite, a test case for each check.

What fails here is what fails the gate, so a page of test results and the exit code never disagree: a check of a lesser
severity than `fail_on` that failed is told in the output of its test case. The last test suite holds what fails the
gate beside the checks, such as a ledger that does not add up.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from provcheck.reports import location
from provcheck.reports.summary import seen
from provcheck.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ORDER = ("critical", "warning", "info")


def report(results: Mapping[str, Any], records: Iterable[Mapping[str, Any]], root: str) -> Iterator[str]:
    """The document in pieces; `results` is `results.json`, `root` the absolute path from which paths are shown."""
    wanted = {doc_id for check in results["checks"] if not check["success"] for doc_id in check["doc_ids"]}
    names = {r["doc_id"]: _name(r, root) for r in records if r["doc_id"] in wanted}
    checks = results["checks"]
    others = _others(results)
    failures = sum(_fails(check, results["fail_on"]) and not check["error"] for check in checks) + len(others)
    errors = sum(bool(check["error"]) for check in checks)
    total = len(checks) + max(1, len(others))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="provcheck" tests="{total}" failures="{failures}" errors="{errors}">\n'
    for suite, group in groupby(checks, key=lambda check: check["suite"]):
        yield from _suite(suite, list(group), names, results["fail_on"])
    yield from _gate(others)
    yield "</testsuites>\n"


def text(value: str) -> str:
    r"""Text as XML can hold it: escaped, and what cannot be escaped shown as it is written in Python.

    >>> text("a<b\x00\x1b]]>")
    'a&lt;b\\x00\\x1b]]&gt;'
    """
    return escape(visible(value, keep_newlines=True))  # all that XML 1.0 cannot hold is invisible


def _attribute(value: str) -> str:
    return quoteattr(visible(value, keep_newlines=True))


def _suite(suite: str, checks: list[Mapping[str, Any]], names: Mapping[str, str], fail_on: str) -> Iterator[str]:
    errors = sum(bool(check["error"]) for check in checks)
    failures = sum(_fails(check, fail_on) and not check["error"] for check in checks)
    counts = f'tests="{len(checks)}" failures="{failures}" errors="{errors}" skipped="0"'
    yield f"<testsuite name={_attribute(suite)} {counts}>\n"
    for check in checks:
        head = f"<testcase classname={_attribute('provcheck.' + suite)} name={_attribute(check['check'])}"
        body = "" if check["success"] else _body(check, names, fail_on)
        yield f"{head}>{body}</testcase>\n" if body else f"{head}/>\n"
    yield "</testsuite>\n"


def _body(check: Mapping[str, Any], names: Mapping[str, str], fail_on: str) -> str:
    said = _said(check, names)
    message = _attribute(check["description"])
    if check["error"]:
        return f"<error type={_attribute(check['severity'])} message={message}>{text(said)}</error>"
    if _fails(check, fail_on):
        return f"<failure type={_attribute(check['severity'])} message={message}>{text(said)}</failure>"
    lead = f"failed, with the severity {check['severity']}, which does not fail the gate: {check['description']}"
    return f"<system-out>{text(lead)}\n{text(said)}</system-out>"


def _said(check: Mapping[str, Any], names: Mapping[str, str]) -> str:
    lines = [" ".join(check["rules"])]
    if check["error"]:
        lines.append(f"could not be judged: {check['error']}")
    elif check["n_unexpected"] is not None:
        lines.append(f"{check['n_unexpected']} of {check['n_evaluated']} documents")
    else:
        found = seen(check["observed"], check["n_evaluated"])
        lines.append(found if check["observed"] is None else f"observed {found}; {check['n_evaluated']} documents")
    lines += [check["reason"], check["remedy"]]
    lines += [names.get(doc_id, doc_id) for doc_id in check["doc_ids"]]
    if check["doc_ids_total"] > len(check["doc_ids"]):
        lines.append(f"and {check['doc_ids_total'] - len(check['doc_ids'])} more")
    return "\n".join(line for line in lines if line)


def _gate(others: list[str]) -> Iterator[str]:
    yield (f'<testsuite name="gate" tests="{max(1, len(others))}" failures="{len(others)}" errors="0" skipped="0">\n')
    for number, reason in enumerate(others, start=1):
        said = f"<failure message={_attribute(reason)}/>"
        yield f'<testcase classname="provcheck.gate" name="complete-{number}">{said}</testcase>\n'
    if not others:
        yield '<testcase classname="provcheck.gate" name="complete"/>\n'
    yield "</testsuite>\n"


def _others(results: Mapping[str, Any]) -> list[str]:
    """The reasons of the verdict that no check speaks of."""
    starts = tuple(f"{check['suite']}/{check['check']} [" for check in results["checks"])
    return [reason for reason in results["reasons"] if not reason.startswith(starts)]


def _fails(check: Mapping[str, Any], fail_on: str) -> bool:
    return not check["success"] and (bool(check["error"]) or _ORDER.index(check["severity"]) <= _ORDER.index(fail_on))


def _name(record: Mapping[str, Any], root: str) -> str:
    return location.below(record["path"], root) + (f" {inside}" if (inside := location.inside(record)) else "")
