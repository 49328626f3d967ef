"""SARIF 2.1.0, the format of code scanning: a run with the registry's rules, and a result for each finding.

The results are written as the rows go by, so that a million of them need no memory. A host matches results of two runs
by `partialFingerprints`, which is the finding's identity and so does not change when a file is moved or its neighbours
change. Findings in the baseline are `unchanged`, waived ones are suppressed with the waiver's reason.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from provcheck import globs
from provcheck.model import Finding
from provcheck.reports import location
from provcheck.rules import RULES
from provcheck.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "provcheckIdentity/v1"
LEVELS = {"critical": "error", "warning": "warning", "info": "note"}
_INDEX = {code: number for number, code in enumerate(RULES)}
_GAP = ",\n"


def report(results: Mapping[str, Any], records: Iterable[Mapping[str, Any]], root: str) -> Iterator[str]:
    """The log in pieces; `results` is `results.json`, `root` the absolute path from which paths are shown."""
    run = {
        "tool": {"driver": _driver(results["provcheck"])},
        "automationDetails": {"id": "provcheck/"},
        "columnKind": "unicodeCodePoints",
        "properties": {"passed": results["passed"], "reasons": results["reasons"]},
        "results": [],
    }
    shell = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)
    head, tail = shell.rsplit("[]", 1)
    yield f"{head}["
    gap = "\n"
    for record in records:
        for finding in record["findings"]:
            yield gap + json.dumps(_result(results, record, finding, root), ensure_ascii=False)
            gap = _GAP
    yield f"]{tail}\n"


def _driver(version: str) -> Mapping[str, Any]:
    rules = [
        {
            "id": rule.code,
            "name": "".join(part.capitalize() for part in rule.name.split("-")),
            "shortDescription": {"text": rule.what},
            "fullDescription": {"text": f"{rule.what} {rule.why}"},
            "help": {"text": rule.remedy},
            "defaultConfiguration": {"level": LEVELS[rule.severity]},
            "properties": {"tags": [rule.family], "severity": rule.severity},
        }
        for rule in RULES.values()
    ]
    return {"name": "provcheck", "semanticVersion": version, "rules": rules}


def _result(
    results: Mapping[str, Any], record: Mapping[str, Any], finding: Mapping[str, Any], root: str
) -> Mapping[str, Any]:
    code, quote = finding["code"], finding["quote"] or ""
    result: dict[str, Any] = {
        "ruleId": code,
        "ruleIndex": _INDEX[code],
        "level": LEVELS[finding["severity"]],
        "message": {"text": visible(location.described(record, finding))},
        "locations": [_location(record, finding, root)],
        "partialFingerprints": {FINGERPRINT: Finding(code, "", quote=quote).identity(record["sha256"] or "")},
        "properties": {"docId": record["doc_id"]},
    }
    if results["baseline"] is not None:
        result["baselineState"] = "unchanged" if finding["status"] == "known" else "new"
    if finding["status"]:
        why = "it stands in the baseline" if finding["status"] == "known" else _reason(results, record, code)
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": visible(why)}]
    return result


def _location(record: Mapping[str, Any], finding: Mapping[str, Any], root: str) -> Mapping[str, Any]:
    address = location.uri(record["path"], root)
    artifact = {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": "%SRCROOT%"}
    # Code scanning refuses results without a line, also those that are about a whole document.
    region: dict[str, Any] = {"startLine": location.line(record, finding) or 1}
    last = location.line(record, finding, "end_line")
    if last:
        region["endLine"] = last
    where: dict[str, Any] = {"physicalLocation": {"artifactLocation": artifact, "region": region}}
    if place := location.inside(record):
        where["logicalLocations"] = [{"fullyQualifiedName": visible(place), "kind": "member"}]
    return where


def _reason(results: Mapping[str, Any], record: Mapping[str, Any], code: str) -> str:
    path = record["relative"] or ""
    fitting = (
        w["reason"]
        for w in results["waivers"]
        if w["rule"] == code and not w["expired"] and globs.matches(path, [globs.split(w["path"])])
    )
    return next(fitting, "waived by the configuration")
