"""Comparing two corpora: pairs, findings, drift, and how it is told."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from typing import Any

import pytest

from provcheck import diff
from provcheck.reports import difference


def row(name: str, sha: str, *found: str, **more: Any) -> dict[str, Any]:  # a record's values
    """A row with the columns that a comparison needs; a finding is given as its code and quote."""
    plain = {
        "path": f"c/{name}", "relative": name, "member": None, "row": None, "sha256": sha, "month": "2024-01",
        "outlet": "The Courier", "language": "en", "n_words": 100,
    }  # fmt: skip
    parts = [text.partition(" ") for text in found]
    return plain | {"findings": [{"code": p[0], "quote": p[2], "severity": "critical"} for p in parts]} | more


def compare(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[str, Any]:
    """Compare two lists of rows."""
    return diff.compare(diff.corpus(old), diff.corpus(new))


def test_documents() -> None:
    """Added, removed, changed and moved documents are told apart."""
    old = [row("same", "1"), row("moved", "2"), row("changed", "3"), row("removed", "4")]
    new = [row("same", "1"), row("new/moved", "2"), row("changed", "5"), row("added", "6")]
    found = compare(old, new)["documents"]
    assert found == {
        "old": 4, "new": 4, "same": 1, "added": ["added"], "removed": ["removed"], "changed": ["changed"],
        "moved": [["moved", "new/moved"]],
    }  # fmt: skip


def test_a_record_put_above_the_others() -> None:
    """The records below are the same ones, one lower; none of them changed."""
    old = [row("a.jsonl", str(n), row=n) for n in range(1, 6)]
    new = [row("a.jsonl", "new", row=1), *(row("a.jsonl", str(n), row=n + 1) for n in range(1, 6))]
    found = compare(old, new)["documents"]
    assert (found["added"], len(found["moved"]), found["changed"], found["removed"]) == (["a.jsonl#1"], 5, [], [])


def test_copies_are_paired_one_by_one() -> None:
    """Three copies against two is one removed."""
    found = compare([row(f"{n}", "1") for n in range(3)], [row(f"x{n}", "1") for n in range(2)])["documents"]
    assert (len(found["moved"]), found["removed"]) == (2, ["2"])


def test_findings() -> None:
    """A changed document keeps its old findings; what came with it is new; what went with a document is gone."""
    old = [row("a", "1", "PC501 x", "PC601 <br>"), row("b", "2", "PC302")]
    new = [row("a", "9", "PC501 x", "PC601 <p>", "PC601 <p>"), row("c", "3", "PC303")]
    counts = {code: (f["new"], f["fixed"], f["gone"]) for code, f in compare(old, new)["findings"].items()}
    assert counts == {"PC302": (0, 0, 1), "PC303": (1, 0, 0), "PC601": (2, 1, 0)}


def test_settled_findings_are_not_new() -> None:
    """What is known or waived does not count here either."""
    made = row("a", "1", "PC501 x")
    made["findings"][0]["status"] = "known"
    assert compare([], [made])["findings"] == {}


@pytest.mark.parametrize(("level", "bad"), [("critical", False), ("warning", True), ("info", True)])
def test_worsened(level: str, *, bad: bool) -> None:
    """A new finding counts from its severity on."""
    assert diff.worsened(compare([], [row("a", "1", "PC302")]), level) is bad


def test_drift() -> None:
    """Months, outlets and languages drift by shares, lengths by quantiles; what is the same is left out."""
    old = [row(f"{n}", f"{n}", n_words=n) for n in range(10)]
    new = [row(f"{n}", f"{n}", n_words=n + 5, outlet=None if n < 4 else "The Courier") for n in range(10)]
    found = compare(old, new)["drift"]
    assert found["outlet"] == {
        "distance": 0.4,
        "values": [{"value": "", "old": 0, "new": 4}, {"value": "The Courier", "old": 10, "new": 6}],
    }
    assert found["month"] == {"distance": 0.0, "values": []}
    assert found["words"] == {"old": [0, 0, 4, 8, 9], "new": [5, 5, 9, 13, 14]}


def test_order_does_not_matter() -> None:
    """The same rows in another order give the same comparison."""
    old = [row(f"{n}", f"{n}", "PC501 x", outlet=f"o{n}") for n in range(9)]
    new = [row(f"{n}", f"{n // 2}", "PC302", outlet=f"o{n % 3}") for n in range(9)]
    assert compare(old, new)["drift"] == compare(old[::-1], new[::-1])["drift"]


def test_frames_of_earlier_versions() -> None:
    """A frame without the column `relative` is compared by its paths."""
    made = row("a", "1") | {"relative": None}
    assert compare([made], [made])["documents"]["same"] == 1


@pytest.mark.parametrize("format_", difference.FORMATS)
def test_told(format_: str) -> None:
    """Every format tells what changed, shows a bounded number of names, and is inert."""
    old = [row(f"old\x1b[2J{n}", f"{n}", "PC302") for n in range(50)]
    new = [row(f"<img>|@you{n}", f"x{n}", "PC501 x", outlet="\u202e[x](y)") for n in range(50)]
    shown = difference.FORMATS[format_](compare(old, new))
    assert not set(shown) & set("\x1b\u202e") or format_ == "json"
    if format_ == "markdown":
        assert "<img>" not in shown
        assert "[x](y)" not in shown
    if format_ == "html":
        assert not re.findall(r"<(?:script|img|a|link)\b|\son\w+=|\sstyle=", shown)
        assert shown.count("&lt;img&gt;|@you") == 20
        assert "\\u202e[x](y)" in shown
    if format_ != "json":
        assert "and 30 more" in shown
        assert "50 findings are new" in shown
    else:
        assert len(json.loads(shown)["documents"]["added"]) == 50


def test_the_page_and_markdown_say_the_same() -> None:
    """Every heading and every cell of the one stands in the other, and the policy allows that one style alone."""
    old = [row(f"{n}", f"{n}", "PC302", n_words=n) for n in range(30)]
    new = [row(f"{n}", f"x{n}", "PC501 x", outlet=f"o{n % 3}", n_words=2 * n, month=None) for n in range(9, 33)]
    found = compare(old, new)
    page = difference.as_html(found)
    cells = re.findall(r"<(?:h[23]|li|t[hd])\b[^>]*>.*?</(?:h[23]|li|t[hd])>", page)
    shown = [re.sub(r"<[^>]+>", "", cell) for cell in cells]
    for line in difference.as_markdown(found).splitlines()[3:]:
        if not re.match(r"\|[-:|]+$|\| \| old|\| rule|$", line):
            for part in line.strip("#-| ").split(" | "):
                assert part.replace("\\", "") in shown, line
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert "url(" not in style


def test_nothing_changed() -> None:
    """The same corpus has a comparison of one line."""
    assert difference.as_text(compare([row("a", "1")], [row("a", "1")])).count("\n") == 1
