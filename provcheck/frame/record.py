"""A row as a record: a plain dictionary that can be written as JSON, made where the document was examined."""

from __future__ import annotations

import json
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from provcheck.characters import count_words
from provcheck.frame.columns import DESCRIBED, FLAGS, MISSING, NAMES
from provcheck.model import Unread
from provcheck.patterns import late
from provcheck.rules import RULES
from provcheck.text import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provcheck.model import Described, Document, Examined, Finding, Origin

Record = dict[str, Any]

_UNSPACED = late("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WORD = late(r"\w+")


class Amendment(NamedTuple):
    """What the whole corpus adds to one row: its cluster's first document, and findings."""

    cluster: str | None = None
    findings: tuple[Finding, ...] = ()
    doc_id: str | None = None


def record(result: Examined | Unread) -> Record:
    """The row of one document, with every column of `COLUMNS`, in their order."""
    row = _unread(result) if isinstance(result, Unread) else _examined(result)
    return _derive(row)


def _examined(result: Examined) -> Record:
    document = result.document
    found = [_finding(finding, document.lines) for finding in result.findings]
    row = _blank(document.origin, document.wrapper)
    row.update(
        n_bytes=result.n_bytes,
        read=True,
        encoding=document.encoding,
        encoding_confidence=round(document.encoding_confidence, 4),
        encoding_runner_up=document.encoding_runner_up,
        repairs=[json.dumps([step.action, *step.args], ensure_ascii=False) for step in document.steps],
        text=document.text,
        text_before=document.before,
        content=result.content,
        n_chars=len(document.text),
        n_words=_words(result.content),
        declared=_json(document.declared),
        extra=_json(document.extra),
        boilerplate=[
            {"start_line": r.start_line, "end_line": r.end_line, "kind": r.kind} for r in result.layout.ranges
        ],
        boilerplate_share=_share(result),
        replacement_chars=document.text.count("\ufffd"),
        bytes_lost=sum(f["code"] == "PC203" for f in found),
        findings=found,
    )
    for name in DESCRIBED:
        described = getattr(result.description, name)
        row[name] = described.value
        row[f"{name}_confidence"] = round(described.best.confidence, 4) if described.best else None
        row[f"{name}_evidence"] = _evidence(described, document)
    return row


def _unread(result: Unread) -> Record:
    envelope = result.envelope
    row = _blank(envelope.origin, envelope.wrapper)
    row.update(
        ingest_code=result.finding.code,
        declared=_json(envelope.declared),
        extra=_json(envelope.extra),
        findings=[_finding(result.finding, Lines.of(""))],
    )
    return row


def _blank(origin: Origin, wrapper: str) -> Record:
    """The row of a document of which nothing is known but where it stands: the row of one that was not read."""
    row: Record = dict.fromkeys(NAMES)
    row.update(
        doc_id=origin.doc_id,
        path=origin.path,
        relative=origin.relative,
        member=origin.member,
        row=origin.row,
        wrapper=wrapper,
        sha256=origin.sha256,
        n_bytes=origin.length,
        read=False,
        repairs=[],
        n_chars=0,
        n_words=0,
        boilerplate=[],
        boilerplate_share=0.0,
        replacement_chars=0,
        bytes_lost=0,
    )
    return row


def amend(row: Record, amendment: Amendment) -> Record:
    """The row with what the corpus adds to it."""
    placed = any(finding.end > finding.start for finding in amendment.findings)
    lines = Lines.of((row["text"] or "") if placed else "")  # most have no place, and lines cost as much as all else
    found = sorted(
        [*row["findings"], *(_finding(finding, lines) for finding in amendment.findings)],
        key=lambda f: (f["start_line"] or 0, f["code"]),
    )
    doc_id = amendment.doc_id or row["doc_id"]
    return _derive({**row, "doc_id": doc_id, "duplicate_cluster": amendment.cluster, "findings": found})


def settle(row: Record, findings: Sequence[Record]) -> Record:
    """The row with these findings in the place of its own: some of them may have a status, and so do not count."""
    return _derive({**row, "findings": list(findings)})


def dump(row: Record) -> bytes:
    """A record as one line of JSON in UTF-8, without a line end and without spaces between its parts.

    A lone surrogate becomes its JSON escape; a number that is none (NaN) becomes null, because JSON has no word for it.

    >>> dump({"title": "Café", "n": 0.5}) == '{"title":"Café","n":0.5}'.encode()
    True
    """
    try:
        return orjson.dumps(row)
    except orjson.JSONEncodeError:  # a lone surrogate, or an integer of more than 64 bits
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        return line.encode("utf-8", "backslashreplace")


def _derive(row: Record) -> Record:
    """Fill the columns that follow from others: flags from findings, counts, and the date's day and month."""
    codes = [finding["code"] for finding in row["findings"]]
    levels = [finding["severity"] for finding in row["findings"]]
    for name, (code, _) in FLAGS.items():
        row[name] = code in codes
    row["duplicate"] = row["duplicate_cluster"] not in (None, row["doc_id"])
    row["n_findings"] = len(codes)
    for level in ("critical", "warning", "info"):
        row[f"n_{level}"] = levels.count(level)
    statuses = [finding.get("status") for finding in row["findings"]]
    for status in ("known", "waived"):
        row[f"n_{status}"] = statuses.count(status)
    for name in MISSING:
        row[f"{name}_missing"] = row["read"] and row[name] is None
    row["date_day"] = row["date"] and row["date"][:10]
    row["month"] = row["date"] and row["date"][:7]
    return row


def _finding(finding: Finding, lines: Lines) -> Record:
    placed = finding.end > finding.start
    return {
        "code": finding.code,
        "severity": RULES[finding.code].severity,
        "message": finding.message,
        "start_line": lines.number_at(finding.start) if placed else None,
        "end_line": lines.number_at(finding.end - 1) if placed else None,
        "quote": finding.quote,
    }


def _evidence(described: Described, document: Document) -> Record | None:
    best = described.best
    if best is None:
        return None
    return {
        "rule": best.rule,
        "quote": best.quote,
        "start_line": document.lines.number_at(best.start) if best.start >= 0 else None,
        "confidence": round(best.confidence, 4),
        "runner_up": described.runner_up.value if described.runner_up else None,
    }


def _share(result: Examined) -> float:
    text, lines = result.document.text, result.document.lines
    flagged = sum(map(len, compress(lines.texts, result.layout.kinds)))
    return round(flagged / max(1, len(text)), 4)


def _words(content: str) -> int:
    """Words as runs of letters and digits; scripts without spaces count two characters a word."""
    # Letters without spaces take three bytes each: where they are a quarter, bytes are half again as many as letters.
    if len(content.encode("utf-8", "surrogatepass")) > 1.5 * len(content):
        unspaced = len(_UNSPACED.findall(content))
        if unspaced * 4 > len(content):
            return unspaced // 2 + len(_WORD.findall(_UNSPACED.sub(" ", content)))
    return count_words(content)


def _json(value: object) -> str:
    return json.dumps(dict(value), ensure_ascii=False, default=str) if value else "{}"  # type: ignore[call-overload]  # a Mapping
