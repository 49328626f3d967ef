"""The page of `provcheck diff`: what came, went and changed, which findings are new, and what drifted."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from provcheck.reports.html.rulepages import badge
from provcheck.text import squeeze, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

KINDS = ("added", "removed", "changed", "moved")
"""What may have happened to a document."""

_STYLE = Path(__file__).resolve().parent / "assets" / "report.css"

# The page is one file that runs nothing and loads nothing: the one style that may apply is named by its digest.
_PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-$digest'; base-uri 'none'; \
form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>What changed · provcheck</title>
<style>$style</style>
</head>
<body>
<header class="top"><span class="brand">provcheck</span></header>
<main>
<h1>What changed</h1>
$body
</main>
</body>
</html>
""")

_WORDS = """New: the document is new, or did not have it before. Fixed: the document is still there without it. Gone: it
left with its document."""


def page(
    difference: Mapping[str, Any], said: str, drifts: Sequence[tuple[str, list[tuple[str, str, str]]]], shown: int
) -> str:
    """The whole page, in one file that runs nothing and loads nothing.

    `said` is the outcome in a sentence; `drifts` are titles with their rows of value, old and new; of each kind of
    change at most `shown` documents are named.
    """
    body = [
        _facts(difference),
        f'<p class="lead">{_text(said)}</p>',
        _findings(difference["findings"]),
        _sheets("Documents", [_documents(kind, difference["documents"][kind], shown) for kind in KINDS]),
        _sheets("What drifted", [_drift(title, rows) for title, rows in drifts]),
    ]
    style = _STYLE.read_text(encoding="utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _PAGE.substitute(digest=digest, style=style, body="\n".join(filter(None, body)))


def _facts(difference: Mapping[str, Any]) -> str:
    documents = difference["documents"]
    counts = (
        ("documents before", documents["old"]),
        ("after", documents["new"]),
        *((kind, len(documents[kind])) for kind in KINDS),
        ("the same", documents["same"]),
    )
    cells = "".join(f"<div><dt>{name}</dt><dd>{count:,}</dd></div>" for name, count in counts)
    return f'<dl class="facts">{cells}</dl>'


def _findings(findings: Mapping[str, Mapping[str, Any]]) -> str:
    if not findings:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{_text(code)} {_text(row["name"])}</th><td>{badge(row["severity"])}</td>'
        + "".join(f'<td class="number">{row[kind]:,}</td>' for kind in ("new", "fixed", "gone"))
        + "</tr>\n"
        for code, row in findings.items()
    )
    table = _table(("Rule", "Severity", "New", "Fixed", "Gone"), 2, rows)
    return f'<h2>Findings</h2>\n<p class="note">{_WORDS}</p>\n<div class="sheets one">{_card(table)}</div>'


def _documents(kind: str, names: Sequence[str | Sequence[str]], shown: int) -> str:
    if not names:
        return ""
    listed = "".join(f"<li>{_name(name)}</li>" for name in names[:shown])
    more = f'<li class="quiet">and {len(names) - shown:,} more</li>' if len(names) > shown else ""
    return _card(f'<h3>{kind.capitalize()}: {len(names):,}</h3>\n<ul class="copies">{listed}{more}</ul>')


def _name(name: str | Sequence[str]) -> str:
    return _text(name) if isinstance(name, str) else " → ".join(map(_text, name))


def _drift(title: str, drifted: Iterable[tuple[str, str, str]]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{_text(value)}</th><td class="number">{_text(old)}</td>'
        f'<td class="number">{_text(new)}</td></tr>\n'
        for value, old, new in drifted
    )
    return _card(f"<h3>{_text(title)}</h3>\n{_table(('Value', 'Old', 'New'), 1, rows)}")


def _sheets(title: str, cards: Iterable[str]) -> str:
    shown = [card for card in cards if card]
    return f'<h2>{title}</h2>\n<div class="sheets">{"".join(shown)}</div>' if shown else ""


def _card(body: str) -> str:
    return f'<div class="card">{body}</div>\n'


def _table(heads: Sequence[str], words: int, rows: str) -> str:
    """A table of which the first columns, so many, hold words, and all others numbers."""
    head = "".join(
        f'<th scope="col">{name}</th>' if i < words else f'<th scope="col" class="number">{name}</th>'
        for i, name in enumerate(heads)
    )
    return f'<table class="numbers"><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>'


def _text(value: str) -> str:
    return escape(visible(squeeze(value)))
