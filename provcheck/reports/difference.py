"""What `provcheck diff` tells: the comparison of two corpora as text, as Markdown, as a page, or as JSON."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from provcheck.reports.markdown import inert
from provcheck.text import squeeze, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

SHOWN = 20
"""How many documents or values of a kind people are shown; JSON has all of them."""
_KINDS = ("added", "removed", "changed", "moved")
_SPREADS = (("month", "Months"), ("outlet", "Outlets"), ("language", "Languages"))
_QUANTILES = ("shortest", "10%", "median", "90%", "longest")
_STYLE = Path(__file__).resolve().parent / "html" / "assets" / "report.css"

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
<main>
<h1>What changed</h1>
$body
</main>
</body>
</html>
""")


def as_json(difference: Mapping[str, Any]) -> str:
    """The whole comparison."""
    return json.dumps(difference, ensure_ascii=False, indent=1) + "\n"


def as_text(difference: Mapping[str, Any]) -> str:
    """The comparison for a terminal."""
    lines = [_total(difference)]
    for kind in _KINDS:
        names = difference["documents"][kind]
        if names:
            lines += ["", f"{kind.capitalize()}: {len(names):,}"]
            lines += [f"  {_named(name, lambda n: visible(squeeze(n)))}" for name in names[:SHOWN]]
            lines += [f"  and {len(names) - SHOWN:,} more"] if len(names) > SHOWN else []
    if difference["findings"]:
        lines += ["", "Findings", f"  {'':34}{'new':>8}{'fixed':>8}{'gone':>8}"]
    for code, row in difference["findings"].items():
        label = f"{code} {row['name']} ({row['severity']})"
        lines.append(f"  {label:34}{row['new']:8,}{row['fixed']:8,}{row['gone']:8,}")
    for title, rows in _drifts(difference):
        lines += ["", title, *(f"  {visible(squeeze(value)):34}{a:>8} → {b}" for value, a, b in rows)]
    return "\n".join(lines) + "\n"


def as_markdown(difference: Mapping[str, Any]) -> str:
    """The comparison for a pull request."""
    lines = ["## provcheck: what changed", "", _total(difference)]
    for kind in _KINDS:
        names = difference["documents"][kind]
        if names:
            lines += ["", f"### {kind.capitalize()}: {len(names):,}", ""]
            lines += [f"- {_named(name, inert)}" for name in names[:SHOWN]]
            lines += [f"- and {len(names) - SHOWN:,} more"] if len(names) > SHOWN else []
    if difference["findings"]:
        lines += ["", "### Findings", "", "| rule | severity | new | fixed | gone |", "|---|---|---:|---:|---:|"]
    for code, row in difference["findings"].items():
        cells = (f"{code} {row['name']}", row["severity"], *(f"{row[kind]:,}" for kind in ("new", "fixed", "gone")))
        lines.append(f"| {' | '.join(cells)} |")
    for title, rows in _drifts(difference):
        lines += ["", f"### {title}", "", "| | old | new |", "|---|---:|---:|"]
        lines += [f"| {inert(value)} | {a} | {b} |" for value, a, b in rows]
    return "\n".join(lines) + "\n"


def as_html(difference: Mapping[str, Any]) -> str:
    """The comparison as a page for people: one file, which needs no script."""
    parts = [f'<p class="lead">{_total(difference)}</p>']
    for kind in _KINDS:
        names = difference["documents"][kind]
        if names:
            more = f'<li class="quiet">and {len(names) - SHOWN:,} more</li>' if len(names) > SHOWN else ""
            listed = "".join(f"<li>{_named(name, _escaped)}</li>" for name in names[:SHOWN])
            parts.append(f'<h2>{kind.capitalize()}: {len(names):,}</h2>\n<ul class="copies">{listed}{more}</ul>')
    rows = [
        (f"{code} {row['name']}", row["severity"], *(f"{row[kind]:,}" for kind in ("new", "fixed", "gone")))
        for code, row in difference["findings"].items()
    ]
    if rows:
        parts.append(_table("Findings", ("Rule", "Severity", "New", "Fixed", "Gone"), rows))
    parts += [_table(title, ("Value", "Old", "New"), drifted) for title, drifted in _drifts(difference)]
    style = _STYLE.read_text(encoding="utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _PAGE.substitute(digest=digest, style=style, body="\n".join(parts))


FORMATS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "html": as_html,
    "json": as_json,
}


def _total(difference: Mapping[str, Any]) -> str:
    documents = difference["documents"]
    counts = ", ".join(f"{len(documents[kind]):,} {kind}" for kind in _KINDS)
    new = sum(row["new"] for row in difference["findings"].values())
    fixed = sum(row["fixed"] for row in difference["findings"].values())
    return (
        f"{documents['old']:,} documents before, {documents['new']:,} after: {counts}, {documents['same']:,} the same. "
        f"{new:,} findings are new, {fixed:,} are fixed."
    )


def _named(name: str | Sequence[str], inert_: Callable[[str], str]) -> str:
    """A document's name, or for one that moved both of its names."""
    return inert_(name) if isinstance(name, str) else " → ".join(map(inert_, name))


def _drifts(difference: Mapping[str, Any]) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """The tables of what drifted: a title, and rows of value, old and new."""
    drift = difference["drift"]
    for name, title in _SPREADS:
        values = drift[name]["values"]
        rows = [(v["value"] or "(none)", f"{v['old']:,}", f"{v['new']:,}") for v in values[:SHOWN]]
        if rows:
            yield f"{title} ({drift[name]['distance']:.1%} of the documents differ)", rows
    old, new = drift["words"]["old"], drift["words"]["new"]
    if old and new and old != new:
        yield "Lengths in words", [(q, f"{a:,}", f"{b:,}") for q, a, b in zip(_QUANTILES, old, new, strict=True)]


def _escaped(value: str) -> str:
    return escape(visible(squeeze(value)))


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table under its title; columns of numbers stand to the right."""
    words = 2 if len(heads) > 3 else 1  # the first columns, which hold words
    look = ["" if i < words else ' class="number"' for i in range(len(heads))]
    head = "".join(f'<th scope="col"{look[i]}>{_escaped(name)}</th>' for i, name in enumerate(heads))
    body = "".join(
        f'<tr><th scope="row" class="copies">{_escaped(row[0])}</th>'
        + "".join(f"<td{look[i]}>{_escaped(cell)}</td>" for i, cell in enumerate(row[1:], start=1))
        + "</tr>\n"
        for row in rows
    )
    return (
        f"<h2>{_escaped(title)}</h2>\n"
        f'<div class="wide" tabindex="0" role="region" aria-label="{_escaped(title)}"><table class="numbers">'
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )
