"""The first page: in three seconds whether the corpus is fit, and why not; then the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.reports import terminal
from provcheck.reports.html import charts, shell
from provcheck.reports.html.charts import link, prose, text
from provcheck.reports.html.rulepages import badge
from provcheck.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provcheck.reports.html.story import Check, Story
    from provcheck.reports.html.tally import Tally
    from provcheck.reports.summary import Summary, Worst
    from provcheck.reports.terminal import Books

_LEVELS = ("critical", "warning", "info")
_FINDINGS = (("critical finding", "critical findings"), ("warning", "warnings"), ("note", "notes"))
_FAILED = (("critical", "critical"), ("warning", "warnings"), ("note", "notes"))
_SCRIPTS = (
    "theme", "base", "marks", "shared", "rows", "filter", "order", "controls", "table", "copies", "document", "main",
)  # fmt: skip
_WORST_FINDINGS = 3

_NOSCRIPT = """<noscript><p class="card">The table of documents needs JavaScript; it loads nothing from elsewhere.
Everything else on this page works without.</p></noscript>"""


def page(story: Story, tally: Tally) -> str:
    """The page ``index.html``; its second section is for the scripts."""
    word = "passed" if story.passed else "failed"
    body = (
        f'<section id="overview">{_verdict(story)}<div class="columns"><div>{_grounds(story)}{_worst(story.summary)}'
        f"</div><aside>{_since(story.since)}{_books(story.books, story.summary)}</aside></div>{_charts(story, tally)}"
        f'</section>\n<section id="view" hidden></section>\n{_NOSCRIPT}'
    )
    return shell.page(f"Corpus {word} · provcheck", body, scripts=_SCRIPTS, foot=story.foot)


def _deciding(story: Story) -> tuple[list[Check], list[Check]]:
    """The failed checks that decide, and those that only tell; the heaviest first."""
    failed = sorted((c for c in story.checks if not c.success), key=lambda c: _LEVELS.index(c.severity))
    limit = _LEVELS.index(story.fail_on)
    decides = [c for c in failed if _LEVELS.index(c.severity) <= limit or c.error]
    return decides, [c for c in failed if c not in decides]


def _verdict(story: Story) -> str:
    decides, tells = _deciding(story)
    failed = len(decides) + len(tells)
    word, look = ("Passed", "passed") if story.passed else ("Failed", "failed")
    counts = ", ".join(
        f"{n} {name[n > 1]}"
        for level, name in zip(_LEVELS, _FAILED, strict=True)
        if (n := sum(c.severity == level for c in story.checks if not c.success))
    )
    said = f"{len(story.checks) - failed} of {len(story.checks)} checks passed" + (
        f"; failed: {counts}" if counts else ""
    )
    go = "This corpus may go on." if story.passed else "This corpus may not go on."
    summary = story.summary
    facts = (
        ("document" if summary.documents == 1 else "documents", f"{summary.documents:,}"),
        ("could be read", f"{summary.read:,}"),
        *(
            (name[summary.by_severity[level] != 1], f"{summary.by_severity[level]:,}")
            for level, name in zip(_LEVELS, _FINDINGS, strict=True)
        ),
        *((f'<a href="{link("status", name)}">{name}</a>', f"{n:,}") for name, n in sorted(summary.by_status.items())),
    )
    cells = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return (
        f'<div class="verdict {look}"><h1><span class="sign" aria-hidden="true"></span>{word}</h1>'
        f'<p class="lead">{go} <span class="quiet">{said}.</span></p><dl class="facts">{cells}</dl></div>'
    )


def _grounds(story: Story) -> str:
    decides, tells = _deciding(story)
    named = tuple(f"{c.suite}/{c.check} " for c in (*decides, *tells))
    others = [r for r in story.reasons if not r.startswith(named)] if named else list(story.reasons)
    parts = []
    if decides or others:
        ledger = "".join(f'<li class="card check critical"><h3>{text(reason)}</h3></li>' for reason in others)
        parts.append(_list("Why it failed, and what to do next", decides, ledger))
    if story.passed:
        new = story.summary.by_severity.total() if story.since is not None else 0
        parts.append(f"<h2>What to do next</h2><p>{_next(tells, new)}</p>")
    if tells:
        title = "Worth mending" if story.passed else "Also failed, without deciding"
        parts.append(_list(title, tells, "", f"Checks below the severity {text(story.fail_on)}."))
    rest = sum(c.success for c in story.checks)
    parts.append(
        f'<p><a href="data_docs/index.html">All {len(story.checks)} checks in the Data Docs</a>, {rest} passed.</p>'
    )
    return "".join(parts)


def _next(tells: Sequence[Check], new: int) -> str:
    """What to do with a corpus that passed; `new` is the number of findings since the last accepted run."""
    if new:
        return (
            f"{new:,} new finding{' is' if new == 1 else 's are'} below what fails the gate. Mend "
            f"{'it' if new == 1 else 'them'}, or accept this state with <code>provcheck baseline</code>."
        )
    if tells:
        return "Nothing has to be done. The checks below failed without deciding; each says how to mend its cause."
    return "Nothing has to be done. Keep this report beside the corpus: it says by what the corpus was judged."


def _list(title: str, checks: Sequence[Check], before: str, note: str = "") -> str:
    said = f'<p class="note">{note}</p>' if note else ""
    return f'<h2>{title}</h2>{said}<ul class="checks">{before}{"".join(map(_check, checks))}</ul>'


def _check(check: Check) -> str:
    codes = " ".join(f'<a class="code" href="rules/{text(c)}.html">{text(c)}</a>' for c in check.rules[:3])
    more = f" and {len(check.rules) - 3} more rules" if len(check.rules) > 3 else ""
    links = []
    if check.n_unexpected and check.rules:
        links.append(f'<a href="{link("rule", ",".join(check.rules))}">Show these documents</a>')
    if check.doc_ids_total:
        links.append(f'<a href="failing/{text(check.check)}.txt">Their ids as a list</a>')
    links.append(f'<a href="data_docs/validations/{text(check.suite)}.html">Data Docs</a>')
    remedy = f"<p><b>What to do:</b> {prose(check.remedy)}</p>" if check.remedy else ""
    return (
        f'<li class="card check {check.severity}"><p class="over">{badge(check.severity)} {codes}{more}</p>'
        f'<h3>{text(check.description)}</h3><p class="measured">{text(terminal.measured(check))}</p>{_meter(check)}'
        f'{remedy}<p class="links">{" · ".join(links)}</p></li>'
    )


def _meter(check: Check) -> str:
    """The failing share as a bar, with a line where the allowed share ends; the sentence above says the same."""
    allowed = dict(check.threshold).get("mostly")
    if check.n_unexpected is None or not check.n_evaluated or not isinstance(allowed, int | float):
        return ""
    share, limit = check.n_unexpected / check.n_evaluated, 1 - allowed
    top = max(share, limit) * 1.25 or 1
    return (
        '<svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="ground" width="100" height="6"/><rect class="fill" width="{100 * share / top:.2f}" height="6"/>'
        f'<rect class="limit" x="{min(99.4, 100 * limit / top):.2f}" width="0.6" height="6"/></svg>'
    )


def _worst(summary: Summary) -> str:
    if not summary.worst:
        which = " that counts" if summary.by_status else ""
        return f'<h2>Worst documents</h2><p class="empty">No document has a finding{which}.</p>'
    rows = "".join(map(_document, summary.worst))
    every = '<p><a href="#/documents">All documents, the worst first</a></p>'
    return f'<h2>Worst documents</h2><ul class="worst">{rows}</ul>{every}'


def _document(worst: Worst) -> str:
    found = "".join(
        f'<li><a class="code" href="rules/{f["code"]}.html">{text(f["code"])}</a> {text(_short(f["message"]))}</li>'
        for f in worst.findings[:_WORST_FINDINGS]
    )
    more = len(worst.findings) - _WORST_FINDINGS
    rest = f'<li class="quiet">and {more} more</li>' if more > 0 else ""
    return f'<li><a href="#/doc/{text(worst.doc_id)}">{text(worst.name)}</a><ul>{found}{rest}</ul></li>'


def _short(message: str) -> str:
    return message if len(message) <= 160 else f"{message[:159]}…"


def _since(since: Mapping[str, str | int] | None) -> str:
    if since is None:
        return ""
    shown = ((key, f"{value:,}" if isinstance(value, int) else value) for key, value in since.items())
    rows = "".join(f"<div><dt>{text(key)}</dt><dd>{text(value)}</dd></div>" for key, value in shown)
    note = '<p class="note">What is accepted stands in the baseline.</p>'
    return f'<div class="card" id="since"><h2>Since the last accepted run</h2><dl class="pairs">{rows}</dl>{note}</div>'


def _books(books: Books, summary: Summary) -> str:
    unread = summary.documents - summary.read
    rows = [
        ("Files", f"{books.files:,}"),
        ("Documents in", f"{books.documents:,}"),
        ("= read", f"{summary.read:,}"),
        ("+ with a reason", f"{unread:,}"),
        ("Bytes in", f"{books.bytes:,}"),
        ("= in files read whole", f"{books.bytes_read:,}"),
        ("+ in files with a reason", f"{books.bytes_with_reason:,}"),
        *((f"Left out: {rule}", f"{count:,}") for rule, count in sorted(books.skipped.items())),
    ]
    shown = "".join(f"<div><dt>{text(key)}</dt><dd>{value}</dd></div>" for key, value in rows)
    note = '<p class="note">Every byte that came in is a document or a named reason.</p>'
    return f'<div class="card" id="ledger"><h2>Ledger</h2><dl class="pairs">{shown}</dl>{note}</div>'


def _charts(story: Story, tally: Tally) -> str:
    ranked = sorted(story.summary.by_rule.items(), key=lambda item: (-item[1], item[0]))
    found = [(code, RULES[code].name, RULES[code].severity, count) for code, count in ranked]
    undated = tally.months[None]
    note = f'<p class="note"><a href="{link("month", "-")}">{undated:,} without a date</a></p>' if undated else ""
    peaks = "".join(
        f'<p class="note"><a href="{link("chars", f"{n}-{n}")}">{count:,} documents</a> are exactly {n:,} characters '
        "long.</p>"
        for n, count in tally.peaks()
    )
    drawn = (
        charts.rules("Findings by rule", found),
        charts.histogram("Documents by month", "month", tally.time(), note, "month or year"),
        charts.names("Outlets", "outlet", tally.outlets, "not said"),
        charts.histogram("Lengths in characters", "chars", tally.sizes(), peaks, "characters"),
        charts.names("Languages", "language", tally.languages, "not known"),
        charts.histogram("Share of boilerplate", "share", tally.boilerplate(), "", "share of the text"),
        charts.names("Encodings", "encoding", tally.encodings, "not read"),
    )
    return f'<h2>What is in the corpus</h2><div class="charts">{"".join(drawn)}</div>'
