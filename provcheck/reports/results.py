"""`results.json`: the verdict and its grounds for programs; no times, no machine paths."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from provcheck.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provcheck.reports.summary import Summary

VERSION = 1
"""The version of the layout; it grows when a key changes its meaning or goes."""


def as_json(run: Mapping[str, Any], verdict: Mapping[str, Any], summary: Summary, ledger: Mapping[str, Any]) -> str:
    """The results as JSON text; `run` says by what the corpus was judged: the tool's version and the day."""
    documents = {
        "total": summary.documents,
        "read": summary.read,
        "bytes": summary.n_bytes,
        "findings": {level: summary.by_severity[level] for level in ("critical", "warning", "info")},
        "by_rule": {code: {"name": RULES[code].name, "documents": n} for code, n in sorted(summary.by_rule.items())},
        "worst": [{"name": w.name, "doc_id": w.doc_id, "findings": list(w.findings)} for w in summary.worst],
    }
    whole = {"version": VERSION, **run, **verdict, "ledger": dict(ledger), "documents": documents}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
