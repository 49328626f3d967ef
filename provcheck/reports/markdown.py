"""Markdown: the summary of a run for a step of CI, a pull request or an issue.

Text of documents is data: what Markdown or HTML would obey is escaped, names of people are not called, and a run of
white space is one space, so that no document can leave its line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from provcheck.patterns import late
from provcheck.reports import location
from provcheck.reports.summary import seen
from provcheck.reports.terminal import settlement
from provcheck.rules import RULES
from provcheck.text import squeeze, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SHOWN = 20
"""How many findings the summary lists."""
_ORDER = ("critical", "warning", "info")
_SPECIAL = late(r"[\\`*_\[\]()#!|~$:@]|(?<=www)\.", re.IGNORECASE)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def inert(text: str, limit: int = 200) -> str:
    r"""Text that Markdown shows as it is.

    >>> inert("a|b <img> @you\n# *x*")
    'a\\|b &lt;img&gt; \\@\u2060you \\#\u2060 \\*x\\*'
    """
    shown = visible(squeeze(text))
    shown = shown if len(shown) <= limit else shown[: limit - 1] + "…"
    escaped = _SPECIAL.sub(r"\\\g<0>", shown)
    escaped = "".join(_ENTITIES.get(ch, ch) for ch in escaped)
    # A host calls whoever is named after an @, and links what is named after a #, escaped or not: a word joiner, which
    # nobody sees, keeps them apart.
    return escaped.replace("@", "@\u2060").replace("#", "#\u2060")


def report(results: Mapping[str, Any], records: Iterable[Mapping[str, Any]], root: str) -> Iterator[str]:
    """The summary in pieces; `results` is `results.json`, `root` the absolute path from which paths are shown."""
    checks = results["checks"]
    good = sum(check["success"] for check in checks)
    yield f"## provcheck: {'passed' if results['passed'] else 'FAILED'}\n\n"
    documents = results["documents"]
    yield (
        f"{documents['total']:,} documents, {documents['read']:,} of them read. "
        f"{good} of {len(checks)} checks passed; the gate fails on {results['fail_on']}.\n"
    )
    yield from (f"\n- {inert(line)}" for line in settlement(results))
    yield "\n" if results["baseline"] or results["waivers"] else ""
    named = tuple(f"{check['suite']}/{check['check']} [" for check in checks)
    others = [reason for reason in results["reasons"] if not reason.startswith(named)]
    yield from (f"\n- **{inert(reason, 500)}**\n" for reason in others)
    yield from _checks(checks)
    yield from _rules(documents["by_rule"])
    yield from _findings(records, root, sum(documents["findings"].values()))


def _checks(checks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    failed = sorted((c for c in checks if not c["success"]), key=lambda c: _ORDER.index(c["severity"]))
    if not failed:
        return
    yield "\n### Checks that failed\n\n"
    yield "| severity | check | what must hold | found | what to do |\n|---|---|---|---|---|\n"
    for check in failed:
        name = inert(f"{check['suite']}/{check['check']}")
        cells = (check["severity"], name, inert(check["description"]), inert(_found(check)), inert(check["remedy"]))
        yield f"| {' | '.join(cells)} |\n"


def _found(check: Mapping[str, Any]) -> str:
    if check["error"]:
        return f"could not be judged: {check['error']}"
    if check["n_unexpected"] is not None:
        return f"{check['n_unexpected']:,} of {check['n_evaluated']:,} documents"
    return seen(check["observed"], check["n_evaluated"])


def _rules(by_rule: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    if not by_rule:
        return
    yield "\n### Findings by rule\n\n| rule | severity | documents |\n|---|---|---:|\n"
    for code, row in sorted(by_rule.items(), key=lambda item: (-item[1]["documents"], item[0])):
        yield f"| {code} {row['name']} | {RULES[code].severity} | {row['documents']:,} |\n"


def _findings(records: Iterable[Mapping[str, Any]], root: str, total: int) -> Iterator[str]:
    """The first findings of each severity, the heaviest first."""
    found: dict[str, list[str]] = {level: [] for level in _ORDER}
    for record in records:
        for finding in record["findings"]:
            rows = found[finding["severity"]]
            if not finding["status"] and len(rows) < SHOWN:
                rows.append(_row(record, finding, root))
    rows = [row for level in _ORDER for row in found[level]][:SHOWN]
    if rows:
        yield "\n### Where\n\n| rule | document | line | finding |\n|---|---|---:|---|\n"
        yield from rows
    if total > len(rows):
        yield f"\nand {total - len(rows):,} more in the report\n"


def _row(record: Mapping[str, Any], finding: Mapping[str, Any], root: str) -> str:
    name = f"{location.below(record['path'], root)} {location.inside(record)}"
    quoted = finding["quote"]
    said = finding["message"] + (f" “{quoted}”" if quoted and quoted not in finding["message"] else "")
    return f"| {finding['code']} | {inert(name)} | {finding['start_line'] or ''} | {inert(said, 300)} |\n"
