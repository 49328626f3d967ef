"""The report for a terminal: the verdict, what failed and what to do, the worst documents, and where the rest is."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Protocol

import click

from provcheck.reports.summary import seen
from provcheck.rules import RULES
from provcheck.text import squeeze, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from provcheck.reports.summary import Summary, Worst

COLOURS = {"critical": "red", "warning": "yellow", "info": "cyan"}
WIDTH = 100


class Check(Protocol):
    """What the report needs of a check's result; the gate's `CheckResult` is one."""

    @property
    def suite(self) -> str: ...  # noqa: D102
    @property
    def check(self) -> str: ...  # noqa: D102
    @property
    def rules(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def severity(self) -> str: ...  # noqa: D102
    @property
    def description(self) -> str: ...  # noqa: D102
    @property
    def remedy(self) -> str: ...  # noqa: D102
    @property
    def success(self) -> bool: ...  # noqa: D102
    @property
    def n_evaluated(self) -> int: ...  # noqa: D102
    @property
    def n_unexpected(self) -> int | None: ...  # noqa: D102
    @property
    def threshold(self) -> Sequence[tuple[str, Any]]: ...  # noqa: D102
    @property
    def observed(self) -> float | str | bool | None: ...  # noqa: D102
    @property
    def error(self) -> str | None: ...  # noqa: D102


def report(
    *,
    reasons: Sequence[str],
    checks: Sequence[Check],
    summary: Summary,
    account: Sequence[str],
    output: str,
    settled: Sequence[str] = (),
    width: int = WIDTH,
) -> str:
    """The whole report, with ANSI colours that `click.echo` takes out where they are not wanted.

    `reasons` say why the gate failed, and are empty where it passed; `account` is the ledger, a line an entry;
    `output` is the report's folder;
    `settled` are the lines about the baseline and the waivers; `width` is that of a line in characters.
    """
    parts = [
        *_verdict(reasons, checks, width),
        *(f"  {line}" for said in settled for line in textwrap.wrap(said, width - 2)),
        *_failed(checks, width),
        *_worst(summary.worst, width),
        *_found(summary),
        "",
        *(f"  {line}" for said in account for line in _wrapped(said, width - 2)),
        "",
        f"Report: {visible(output)}",
    ]
    return "\n".join(parts) + "\n"


class Books(Protocol):
    """What the report needs of the ledger."""

    @property
    def files(self) -> int: ...  # noqa: D102
    @property
    def bytes(self) -> int: ...  # noqa: D102
    @property
    def documents(self) -> int: ...  # noqa: D102
    @property
    def bytes_read(self) -> int: ...  # noqa: D102
    @property
    def bytes_with_reason(self) -> int: ...  # noqa: D102
    @property
    def skipped(self) -> Mapping[str, int]: ...  # noqa: D102


def account(books: Books, summary: Summary) -> list[str]:
    """The ledger as lines: what came in, what came out, and what was left out by which rule."""
    unread = summary.documents - summary.read
    lines = [
        (
            f"Ledger: {books.files:,} files, {books.documents:,} documents in"
            f" = {summary.read:,} read + {unread:,} with a reason"
        ),
        (
            f"        {books.bytes:,} bytes in = {books.bytes_read:,} in files read whole"
            f" + {books.bytes_with_reason:,} in files with a reason"
        ),
    ]
    if books.skipped:
        rules = ", ".join(f"{count:,} {rule}" for rule, count in sorted(books.skipped.items()))
        lines.append(f"        left out by rule: {rules}")
    return lines


def settlement(settled: Mapping[str, Any]) -> list[str]:
    """What the baseline and the waivers settled, as lines; `settled` is their account in `results.json`."""
    lines = []
    known = settled["baseline"]
    if known is not None:
        lines.append(f"{known['known']:,} known findings are in the baseline, {known['gone']:,} no longer occur")
    if settled["waived"]:
        lines.append(f"{settled['waived']:,} findings are waived by the configuration")
    for waiver in settled["waivers"]:
        name = visible(f"the waiver of {waiver['rule']} for {waiver['path']!r}")
        if waiver["expired"]:
            lines.append(f"{name} expired on {waiver['expires']} and waives nothing")
        elif not waiver["findings"]:
            lines.append(f"{name} speaks of no finding: take it out, or mend its path")
    return lines


def _wrapped(line: str, width: int) -> list[str]:
    """A line of the ledger, its indentation kept where it is too long."""
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(line, width, subsequent_indent=f"{indent}  ")


def _verdict(reasons: Sequence[str], checks: Sequence[Check], width: int) -> Iterator[str]:
    failed = [check for check in checks if not check.success]
    counts = [f"{sum(c.severity == level for c in failed)} {level}" for level in COLOURS]
    word = click.style(" PASSED ", bg="green", fg="black")
    if reasons:
        word = click.style(" FAILED ", bg="red", fg="white")
    said = f"{len(checks) - len(failed)} of {len(checks)} checks passed; failed: {', '.join(counts)}"
    first, *rest = textwrap.wrap(said, width - 9)
    yield f"{word} {first}"
    yield from (f"  {line}" for line in rest)
    named = tuple(f"{check.suite}/{check.check} " for check in failed)  # those are shown below, each by itself
    others = [reason for reason in reasons if not reason.startswith(named)] if named else reasons
    yield from (f"  {line}" for reason in others for line in textwrap.wrap(visible(reason), width - 2))


def _failed(checks: Sequence[Check], width: int) -> Iterator[str]:
    order = list(COLOURS)
    for check in sorted((c for c in checks if not c.success), key=lambda c: order.index(c.severity)):
        label = click.style(f"{check.severity:8}", fg=COLOURS[check.severity])
        said = textwrap.wrap(f"{' '.join(check.rules)} {visible(check.description)}", width - 9)
        yield ""
        for number, line in enumerate(said):
            yield f"{' ' * 8 if number else label} {click.style(line, bold=True)}"
        yield from (f"         {line}" for line in textwrap.wrap(measured(check), width - 9))
        if check.remedy:
            yield from (f"         {line}" for line in textwrap.wrap(visible(f"→ {check.remedy}"), width - 9))


def measured(check: Check) -> str:
    """How many documents fail a check and how many may, or why it could not be judged; one line that is inert."""
    if check.error:
        return visible(f"could not be judged: {squeeze(check.error)}")
    allowed = dict(check.threshold)
    if check.n_unexpected is not None:
        share = check.n_unexpected / max(1, check.n_evaluated)
        limit = f", allowed {1 - allowed['mostly']:.1%}" if "mostly" in allowed else ""
        return f"{check.n_unexpected:,} of {check.n_evaluated:,} documents ({share:.1%}{limit})"
    found = seen(check.observed, check.n_evaluated)
    if check.observed is not None:
        limits = ", ".join(f"{name} {value}" for name, value in allowed.items())
        found = f"observed {found}{', asked for ' if limits else ''}{limits}; {check.n_evaluated:,} documents"
    return visible(found)


def _worst(worst: Sequence[Worst], width: int) -> Iterator[str]:
    if not worst:
        return
    yield ""
    yield click.style("Worst documents", bold=True)
    for document in worst:
        yield f"  {visible(document.name)}"
        yield from (_finding(finding, width) for finding in document.findings[:3])
        if len(document.findings) > 3:
            yield click.style(f"    and {len(document.findings) - 3} more", dim=True)


def _finding(finding: Mapping[str, Any], width: int) -> str:
    where = f"line {finding['start_line']}: " if finding["start_line"] else ""
    label = click.style(finding["code"], fg=COLOURS[finding["severity"]])
    said = visible(squeeze(finding["message"]))
    quote = visible(finding["quote"])
    shown = f" “{quote}”" if quote and quote not in said else ""
    line = f"{where}{said}{shown}"
    return f"    {label} {line if len(line) <= width - 10 else line[: width - 11] + '…'}"


def _found(summary: Summary) -> Iterator[str]:
    if not summary.by_rule:
        return
    yield ""
    yield click.style("Findings, by documents", bold=True)
    for code, count in sorted(summary.by_rule.items(), key=lambda item: (-item[1], item[0])):
        rule = RULES[code]
        yield f"  {count:7,}  {click.style(code, fg=COLOURS[rule.severity])} {rule.name}"
