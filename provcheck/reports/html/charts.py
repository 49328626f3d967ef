"""Charts as plain markup: SVG for histograms, and tables with bars for everything that has names.

Each bar is a link that filters the table of documents. A histogram is drawn for the eye and hidden from screen readers
and the keyboard; the same numbers with the same links stand in a table below it, which anybody can open.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from provcheck.text import visible

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from provcheck.reports.html.tally import Bar

ROWS = 10
"""Bars of a chart of names; the others are summed up."""

_HEIGHT = 100


def text(value: object) -> str:
    """A value as text of a page: escaped for HTML, and every control or bidirectional character shown.

    >>> text("<b>\\x1b")
    '&lt;b&gt;\\\\x1b'
    """
    return escape(visible(str(value)))


def prose(value: str) -> str:
    """A sentence as text of a page, with what stands between backticks as code.

    >>> prose("Use `a<b`.")
    'Use <code>a&lt;b</code>.'
    """
    parts = [text(part) for part in value.split("`")]
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))


def link(column: str, wanted: str) -> str:
    """The address of the table of documents, filtered."""
    return f"#/documents?{column}={quote(wanted, safe='')}"


def names(title: str, column: str, counts: Counter[str | None], nothing: str) -> str:
    """A chart of named values, the commonest first, as a table; `nothing` is what stands for None."""
    ranked = sorted(counts.items(), key=lambda item: (item[0] is None, -item[1], item[0] or ""))
    known = [(name, count) for name, count in ranked if name is not None]
    rows = [(name, name, count, "") for name, count in known[:ROWS]]
    if counts[None]:
        rows.append((nothing, "-", counts[None], "none"))
    rest = known[ROWS:]
    more = f'<p class="note">and {len(rest):,} more with {sum(n for _, n in rest):,} documents</p>' if rest else ""
    cells = ((f'<a href="{link(column, wanted)}">{text(shown)}</a>', n, look) for shown, wanted, n, look in rows)
    return figure(title, _bars(title, cells) + more)


def rules(title: str, found: Sequence[tuple[str, str, str, int]]) -> str:
    """The chart of findings: code, name, severity and number of documents of each rule."""
    cells = (
        (f'<a href="{link("rule", code)}"><b>{text(code)}</b> {text(name)}</a>', count, level)
        for code, name, level, count in found
    )
    if not found:
        return figure(title, '<p class="empty">No rule found anything.</p>')
    return figure(title, _bars(title, cells))


def _bars(title: str, cells: Iterable[tuple[str, int, str]]) -> str:
    rows = list(cells)
    most = max((count for _, count, _ in rows), default=1)
    body = "".join(
        f'<tr><th scope="row">{head}</th><td class="bar" aria-hidden="true">{_bar(count / most, look)}</td>'
        f'<td class="number">{count:,}</td></tr>'
        for head, count, look in rows
    )
    head = '<thead class="away"><tr><th scope="col">value</th><td></td><th scope="col">documents</th></tr></thead>'
    return f'<table class="bars"><caption class="away">{text(title)}</caption>{head}<tbody>{body}</tbody></table>'


def _bar(share: float, look: str) -> str:
    return (
        f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" class="{look}">'
        f'<rect width="{max(0.7, 100 * share):.1f}" height="10"/></svg>'
    )


def histogram(title: str, column: str, bars: Sequence[Bar], note: str = "", unit: str = "") -> str:
    """A chart of values in order, with its table; `note` is markup that stands below, `unit` is what is counted by."""
    if not bars:
        return figure(title, '<p class="empty">Nothing to draw: no document says.</p>' + note)
    most = max(bar.documents for bar in bars)
    wide = 100 / len(bars)
    drawn = "".join(
        f'<a href="{link(column, bar.wanted)}" tabindex="-1"><title>{text(bar.name)}: {bar.documents:,}</title>'
        f'<rect class="catch" x="{i * wide:.3f}" width="{wide:.3f}" y="0" height="{_HEIGHT}"/>'
        f'<rect class="fill" x="{i * wide + wide * 0.08:.3f}" width="{wide * 0.84:.3f}" '
        f'y="{_HEIGHT - _height(bar.documents, most):.2f}" height="{_height(bar.documents, most):.2f}"/></a>'
        for i, bar in enumerate(bars)
    )
    middle = bars[len(bars) // 2].name if len(bars) > 4 else ""
    scale = f"<span>{text(bars[0].name)}</span><span>{text(middle)}</span><span>{text(bars[-1].name)}</span>"
    svg = f'<svg class="histogram" viewBox="0 0 100 {_HEIGHT}" preserveAspectRatio="none">{drawn}</svg>'
    ends = f'<div class="scale">{scale}</div>'
    picture = f'<div class="plot" aria-hidden="true"><span class="most">{most:,}</span>{svg}{ends}</div>'
    rows = "".join(
        f'<tr><th scope="row"><a href="{link(column, bar.wanted)}">{text(bar.name)}</a></th>'
        f'<td class="number">{bar.documents:,}</td></tr>'
        for bar in bars
        if bar.documents
    )
    head = f'<thead><tr><th scope="col">{text(unit)}</th><th scope="col">documents</th></tr></thead>'
    table = f'<table class="numbers"><caption class="away">{text(title)}</caption>{head}<tbody>{rows}</tbody></table>'
    return figure(title, f"{picture}{note}<details><summary>As a table</summary>{table}</details>")


def _height(count: int, most: int) -> float:
    """The height of a bar; a single document can still be seen beside 100,000."""
    return max(1.5, _HEIGHT * count / most) if count else 0.0


def figure(title: str, body: str) -> str:
    """A chart with its title."""
    return f'<figure class="card"><figcaption><h3>{text(title)}</h3></figcaption>{body}</figure>'
