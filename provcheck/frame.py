"""The frame: one row a document, and the only place that names its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provcheck.examine import Examined, Unread


def record(result: Examined | Unread, clusters: Mapping[str, str]) -> dict[str, object]:
    """One row."""
    from provcheck.examine import Unread

    if isinstance(result, Unread):
        return {"path": result.envelope.origin.path, "text": None, "finding": result.finding.message}
    d, who = result.document, result.description
    out: dict[str, object] = {
        "doc_id": d.origin.doc_id,
        "path": d.origin.path,
        "member": d.origin.member,
        "encoding": d.encoding,
        "text": d.text,
        "content": result.content,
        "boilerplate": [
            {"start_line": r.start_line, "end_line": r.end_line, "kind": r.kind} for r in result.layout.ranges
        ],
        "truncated": any(f.code == "PC501" for f in result.findings),
        "duplicate_cluster": clusters.get(d.origin.doc_id),
        "findings": [
            {
                "code": f.code,
                "message": f.message,
                "start_line": d.lines.number_at(f.start),
                "end_line": d.lines.number_at(max(f.start, f.end - 1)),
                "quote": f.quote,
            }
            for f in result.findings
        ],
    }
    for name in ("title", "date", "outlet", "author", "agency", "place", "language"):
        v = getattr(who, name)
        out[name] = v.value
        out[name + "_evidence"] = (
            None
            if v.best is None
            else {
                "rule": v.best.rule,
                "quote": v.best.quote,
                "confidence": v.best.confidence,
                "start_line": d.lines.number_at(v.best.start) if v.best.start >= 0 else None,
                "runner_up": v.runner_up and v.runner_up.value,
            }
        )
    return out
