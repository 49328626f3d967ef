"""What `provcheck diff` tells: the comparison of two corpora as text, as Markdown, as a page, or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from provcheck.reports.html import comparison
from provcheck.reports.markdown import inert
from provcheck.text import squeeze, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

SHOWN = 20
"""How many documents or values of a kind people are shown; JSON has all of them."""
_SPREADS = (("month", "Months"), ("outlet", "Outlets"), ("language", "Languages"))
_QUANTILES = ("shortest", "10%", "median", "90%", "longest")


def as_json(difference: Mapping[str, Any]) -> str:
    """The whole comparison."""
    return json.dumps(difference, ensure_ascii=False, indent=1) + "\n"


def as_text(difference: Mapping[str, Any]) -> str:
    """The comparison for a terminal."""
    lines = [_total(difference)]
    for kind in comparison.KINDS:
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
    for kind in comparison.KINDS:
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
    drifts = list(_drifts(difference))
    return comparison.page(difference, _sentence(difference), drifts, SHOWN)


FORMATS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "html": as_html,
    "json": as_json,
}


def _total(difference: Mapping[str, Any]) -> str:
    documents = difference["documents"]
    counts = ", ".join(f"{len(documents[kind]):,} {kind}" for kind in comparison.KINDS)
    before = f"{documents['old']:,} documents before, {documents['new']:,} after"
    return f"{before}: {counts}, {documents['same']:,} the same. {_sentence(difference)}"


def _sentence(difference: Mapping[str, Any]) -> str:
    new, fixed = (sum(row[kind] for row in difference["findings"].values()) for kind in ("new", "fixed"))
    which, those = ("finding is" if new == 1 else "findings are"), ("is" if fixed == 1 else "are")
    return f"{new:,} {which} new, {fixed:,} {those} fixed."


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
