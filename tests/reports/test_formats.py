"""What other programs get: valid by the formats' own schemas, bounded by the hosts' limits, and inert."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.reports import github, junit, location, markdown, results
from provcheck.reports.formats import FORMATS
from provcheck.rules import RULES

if TYPE_CHECKING:
    from pathlib import Path

ROOT = "/home/me/project"
HOSTILE = (
    "\x00\x07\x1b[31m\u202e\ud800\ufffe",
    "]]></failure><script>alert(1)</script>&amp;",
    "\n::error file=x::owned\r\n##[error]owned",
    "|a|b|\n\n# head\n<img src=x onerror=alert(1)> [l](javascript:x) ![i](http://x) `c` @someone #1 www.x.org ~~s~~",
    "a\" b' \\ % %0A, : ; \u2028",
)


def finding(code: str = "PC501", **changes: Any) -> dict[str, Any]:  # a record's values
    """A finding of a rule, as the report's frame holds it."""
    plain = {"code": code, "severity": RULES[code].severity, "message": RULES[code].name, "start_line": 3,
             "end_line": 4, "quote": "and then he", "status": None}  # fmt: skip
    return plain | changes


def row(name: str = "corpus/a.txt", *findings: dict[str, Any], **changes: Any) -> dict[str, Any]:  # as above
    """A row of the report's frame, with the columns that the formats need."""
    plain = {"doc_id": name, "path": name, "relative": name, "member": None, "row": None, "wrapper": "txt",
             "sha256": "ab" * 32, "findings": list(findings)}  # fmt: skip
    return plain | changes


def check(**changes: Any) -> dict[str, Any]:  # as above
    """A check that failed."""
    plain = {
        "suite": "content", "check": "whole", "type": "t", "rules": ["PC501"], "severity": "critical",
        "description": "Texts are whole.", "reason": "Cut texts mislead.", "remedy": "Fetch them.", "success": False,
        "n_evaluated": 10, "n_unexpected": 2, "share": 0.2, "threshold": [["mostly", 0.9]], "observed": None,
        "doc_ids": ["corpus/a.txt"], "doc_ids_total": 2, "error": None,
    }  # fmt: skip
    return plain | changes


def outcome(**changes: Any) -> dict[str, Any]:  # as above
    """What `results.json` says of a corpus that failed."""
    reasons = ["content/whole [critical PC501]: Texts are whole. (2 of 10 fail, 20%; allowed: 10%)"]
    ledger = dict.fromkeys(("files", "bytes", "documents", "rows", "bytes_read", "bytes_with_reason"), 1)
    plain = {
        "version": 1, "provcheck": "0.1.0", "as_of": "2026-01-01", "passed": False, "fail_on": "critical",
        "n_documents": 10, "reasons": reasons,
        "checks": [
            check(), check(check="cut-few", severity="warning"), check(check="fine", success=True),
            check(suite="house", check="raised", error="it raised TypeError", n_unexpected=None),
        ],
        "suites": [["content", "cd" * 32]], "baseline": None, "waived": 0, "waivers": [],
        "ledger": ledger | {"skipped": {"hidden": 2}, "names": [], "uneven": []},
        "documents": {
            "total": 10, "read": 9, "bytes": 1000, "findings": {"critical": 1, "warning": 1, "info": 0},
            "by_rule": {"PC501": {"name": "truncated", "documents": 1}},
            "worst": [{"name": "a", "doc_id": "a", "findings": [finding()]}],
        },
    }  # fmt: skip
    return plain | changes


def rows() -> list[dict[str, Any]]:
    """Rows of every kind: a file, a page in an archive, a record; one known, one waived."""
    return [
        row("corpus/ä b#1.txt", finding(), finding("PC302", start_line=None, end_line=None, quote="")),
        row("corpus/x.zip", finding("PC601", quote="<br>"), member="in/a.html", row=2, wrapper="zip/html"),
        row("/elsewhere/a.txt", finding(status="known"), finding("PC303", status="waived")),
        row("corpus/fine.txt"),
    ]


def settled() -> dict[str, Any]:
    """Results of a run with a baseline and a waiver."""
    waiver = {"rule": "PC303", "path": "a.txt", "reason": "Nobody knows.", "expires": "2026-03-31", "expired": False,
              "findings": 1}  # fmt: skip
    return outcome(baseline={"entries": 3, "known": 1, "gone": 2}, waived=1, waivers=[waiver | {"path": "**"}])


def told(format_: str, of: dict[str, Any], records: list[dict[str, Any]]) -> str:
    """The whole text of a format."""
    return "".join(FORMATS[format_](of, records, ROOT))


def sarif(of: dict[str, Any], records: list[dict[str, Any]], root: Path) -> dict[str, Any]:
    """The SARIF log, which fits the standard's own schema."""
    log: dict[str, Any] = json.loads(told("sarif", of, records))
    schema = json.loads((root / "fixtures/schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    return log


@pytest.mark.parametrize("format_", FORMATS)
def test_golden(format_: str, root: Path) -> None:
    """Each format as a whole, to be read by a person when it changes."""
    made = told(format_, settled(), rows())
    golden = root / "fixtures" / "golden" / "formats" / f"{format_}.txt"
    assert made == golden.read_text(encoding="utf-8")


def closed(schema: Any) -> Any:
    """The schema with no room for keys that it does not name: each key of ours has its line in it."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: closed(part) for key, part in schema.items()}
    return {"additionalProperties": False, **parts} if "required" in schema else parts


def test_schema_of_the_results() -> None:
    """The published schema is one, knows the version, and names every key; it refuses what is not of its kind."""
    schema = json.loads(results.SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(closed(schema))
    assert jsonschema.Draft202012Validator(schema).is_valid(outcome(new=1))
    assert schema["properties"]["version"] == {"description": "the version of this layout", "const": results.VERSION}
    for good in (outcome(), settled()):
        assert not list(validator.iter_errors(json.loads(told("json", good, []))))
    for bad in ({"version": 2}, {"passed": "yes"}, {"new": 1}, {"checks": [check(severity="error")]}):
        assert not validator.is_valid(outcome(**bad))


def test_sarif_results(root: Path) -> None:
    """A result has its rule, level, place and fingerprint; what does not count is unchanged or suppressed."""
    run = sarif(settled(), rows(), root)["runs"][0]
    cut, undated, packed, known, waived = run["results"]
    assert [r["level"] for r in run["results"]] == ["error", "warning", "warning", "error", "warning"]
    assert all(run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    place = cut["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "corpus/%C3%A4%20b%231.txt"
    assert place["region"] == {"startLine": 3, "endLine": 4}
    assert undated["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert packed["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "in/a.html#2"
    assert packed["message"]["text"] == "in/a.html#2 line 3 of its text: markup-residue “<br>”"
    assert len({r["partialFingerprints"]["provcheckIdentity/v1"] for r in run["results"]}) == 4
    assert [r["baselineState"] for r in run["results"]] == ["new", "new", "new", "unchanged", "new"]
    assert waived["suppressions"][0]["justification"] == "Nobody knows."
    assert known["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///elsewhere/a.txt"}


def test_sarif_without_findings(root: Path) -> None:
    """A corpus without faults has a log all the same, and no baseline state."""
    assert sarif(outcome(), [row()], root)["runs"][0]["results"] == []
    assert "baselineState" not in sarif(outcome(), rows()[:1], root)["runs"][0]["results"][0]


@given(st.text(min_size=1, max_size=40))
def test_uris_read_back(name: str) -> None:
    """Whatever a file is called, its URI is one, and says the same name."""
    address = location.uri(f"c/{name.replace('/', '_')}", ROOT)
    assert re.fullmatch(r"[\w.~%/-]+", address, re.ASCII)
    assert unquote(address, errors="surrogatepass") == location.below(f"c/{name.replace('/', '_')}", ROOT)


def test_junit_agrees_with_the_gate() -> None:
    """What fails there is what fails the gate, in counts that add up; the others are told."""
    tree = ET.fromstring(told("junit", outcome(), rows()))
    assert (tree.get("tests"), tree.get("failures"), tree.get("errors")) == ("5", "1", "1")
    assert [(s.get("name"), s.get("tests"), s.get("failures"), s.get("errors")) for s in tree] == [
        ("content", "3", "1", "0"), ("house", "1", "0", "1"), ("gate", "1", "0", "0"),
    ]  # fmt: skip
    cases = {case.get("name"): case for case in tree.iter("testcase")}
    failure = cases["whole"].find("failure")
    assert failure is not None
    assert failure.get("message") == "Texts are whole."
    assert "2 of 10 documents" in (failure.text or "")
    assert "and 1 more" in (failure.text or "")
    assert "does not fail the gate" in (cases["cut-few"].findtext("system-out") or "")
    assert list(cases["fine"]) == []


def test_junit_of_what_no_check_says() -> None:
    """A ledger that is off fails a test case of its own."""
    tree = ET.fromstring(told("junit", outcome(checks=[], reasons=["the ledger is off"]), []))
    assert [case.get("name") for case in tree.iter("testcase")] == ["complete-1"]
    assert (tree.get("tests"), tree.get("failures")) == ("1", "1")


@given(st.text(st.characters()))
def test_junit_text_is_legal(value: str) -> None:
    """Any text of a document is XML, and what XML can hold is kept."""
    tree = ET.fromstring(f"<a>{junit.text(value)}</a>")
    kept = value.replace("\r", "\\r").replace("\t", "\\t")
    assert (tree.text or "") == kept or not value.replace("\n", "").isprintable()


def test_annotations_keep_to_the_limits() -> None:
    """Ten of a kind, the verdict first, every rule before the second of any; what does not count is not shown."""
    many = [row(f"corpus/{n}.txt", *(finding(code) for code in ("PC302", "PC303", "PC301"))) for n in range(40)]
    many += [row("z", finding(), finding("PC204"), finding("PC601", status="known"))]
    lines = told("github", outcome(), many).splitlines()
    kinds = [line[2:].partition(" ")[0] for line in lines if line.startswith("::")]
    assert [kinds.count(kind) for kind in ("error", "warning", "notice")] == [2, 10, 10]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    assert lines[0].startswith("::error title=provcheck%3A the gate failed::content/whole")
    shown = [line for line in lines if line.startswith("::warning")]
    assert [sum(code in line for line in shown) for code in ("PC302", "PC303", "PC204", "PC601")] == [5, 4, 1, 0]
    assert lines[-1] == "provcheck: the gate failed; 21 of 122 findings are annotated, the report has all of them"


def test_annotations_of_critical_findings_leave_room_for_the_verdict() -> None:
    """The verdict is one of the ten errors."""
    lines = told("github", outcome(), [row(f"{n}", finding()) for n in range(20)]).splitlines()
    assert sum(line.startswith("::error") for line in lines) == 10
    lines = told("github", outcome(passed=True), [row(f"{n}", finding()) for n in range(20)]).splitlines()
    assert [line.startswith("::error file=") for line in lines] == [True] * 10 + [False]


@given(st.text(st.characters()), st.text(st.characters()))
def test_annotations_stay_on_their_line(message: str, name: str) -> None:
    """No text and no name ends a command, begins one, or adds a property."""
    line = github.command("error", message, file=name, line=3)
    assert line.count("\n") == 1
    assert "\r" not in line
    head, _, _ = line[len("::error ") :].partition("::")
    assert re.fullmatch(r"file=[^,:\n]*,line=3", head)


def test_markdown_lists_what_is_heavy_first() -> None:
    """At most twenty findings, critical ones before all others, and how many there are besides."""
    many = [row(f"{n}", finding("PC302")) for n in range(30)] + [row("z", finding())]
    counts = {"critical": 1, "warning": 30, "info": 0}
    shown = told("markdown", outcome(documents=outcome()["documents"] | {"findings": counts}), many)
    found = [line for line in shown.splitlines() if re.match(r"\| PC\d+ \| ", line)]
    assert len(found) == 20
    assert found[0].startswith("| PC501 | z | 3 |")
    assert "and 11 more" in shown


@given(st.text(st.characters()))
def test_markdown_text_is_inert(value: str) -> None:
    """No text leaves its cell or becomes markup."""
    shown = markdown.inert(value)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[|`*_\[\]#~$@!]", shown)
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", shown)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(format_: str, text: str, root: Path) -> None:
    """Names, messages, quotes, suites' sentences and reasons cannot steer what reads the format."""
    bad = check(description=text, remedy=text, reason=text, suite=text, check=text)
    results_ = outcome(checks=[bad], reasons=[text], fail_on="info")
    records = [row(f"c/{text}", finding(message=text, quote=text), member=text, row=1), row("b", finding(quote=text))]
    made = told(format_, results_, records)
    assert not set(made) & set("\x00\x07\x1b") or format_ == "json"
    if format_ == "junit":
        assert [e.tag for e in ET.fromstring(made).iter()].count("script") == 0
    elif format_ == "sarif":
        sarif(results_, records, root)
    elif format_ == "github":
        assert all(line.startswith(("::error ", "provcheck: ")) for line in made.splitlines())
        assert len(made.splitlines()) == 4
    elif format_ == "markdown":
        assert "<" not in made
        assert not re.search(r"^# ", made, re.MULTILINE)
