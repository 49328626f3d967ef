"""One document explained: its values with their evidence, and its text with the spans of findings marked."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

import click
from ftfy.badness import badness

from provcheck.text import Lines, squeeze, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COLOURS = {"critical": "red", "warning": "yellow", "info": "cyan"}
WIDTH = 96

LOOKED_AT = 1_000_000
"""Characters of a text of which a second opinion is asked, so that the answer comes at once."""

DOUBTFUL = 2
"""So many signs of mojibake are worth a word; of 124 clean pages in 17 languages none had one."""


def explain(record: Mapping[str, Any], values: Sequence[str], *, whole: bool = False, width: int = WIDTH) -> str:
    """The record of one document as a page for a terminal.

    `values` are the names of the described columns; `whole` shows all lines of the text, not only those that
    evidence, findings or boilerplate point at. `width` is that of a line in characters.
    """
    parts = [
        *_head(record, width),
        *_values(record, values, width),
        *_findings(record, width),
        *_text(record, values, width, whole=whole),
    ]
    return "\n".join(parts) + "\n"


def _head(record: Mapping[str, Any], width: int) -> Iterator[str]:
    inside = f"!{record['member']}" if record["member"] else ""
    number = f"#{record['row']}" if record["row"] else ""
    name = click.style(visible(f"{record['path']}{inside}{number}"), bold=True)
    yield name
    if not record["read"]:
        yield f"  not read · {record['wrapper']} · {record['n_bytes']:,} bytes"
        return
    steps = [json.loads(step) for step in record["repairs"]]
    shown = " → ".join(visible(" ".join(map(str, step))) for step in steps[:6]) + (" → …" if len(steps) > 6 else "")
    second = f", else {record['encoding_runner_up']}" if record["encoding_runner_up"] else ""
    yield from _wrapped(
        f"{record['doc_id']} · {record['wrapper']} · {record['n_bytes']:,} bytes · "
        f"{record['encoding']} ({record['encoding_confidence']:.2f}{second})",
        width,
        2,
    )
    yield from _wrapped(f"steps: {shown}", width, 2)
    yield from _wrapped(_second_opinion(record["text_before"], record["text"]), width, 2)


def _second_opinion(before: str | None, after: str) -> str:
    """What ftfy, which took no part in the repair, sees of mojibake; nothing where it sees none.

    Its `badness` counts pairs of characters that hardly ever stand side by side in what people write.

    >>> _second_opinion("GrÃ¼ÃŸe", "Grüße")
    'second opinion: ftfy counts 2 signs of mojibake before the repair, 0 after it'
    """
    now = badness(after[:LOOKED_AT])
    if before is not None:
        then = badness(before[:LOOKED_AT])
        return f"second opinion: ftfy counts {then:,} signs of mojibake before the repair, {now:,} after it"
    return f"second opinion: ftfy counts {now:,} signs of mojibake that is left" if now >= DOUBTFUL else ""


def _values(record: Mapping[str, Any], names: Sequence[str], width: int) -> Iterator[str]:
    yield ""
    yield click.style("Values", bold=True)
    for name in names:
        evidence = record[f"{name}_evidence"]
        if evidence is None:
            yield f"  {name:9} {click.style('not said', dim=True)}"
            continue
        where = f"line {evidence['start_line']}" if evidence["start_line"] else "outside the text"
        second = f", else {_short(evidence['runner_up'], 40)}" if evidence["runner_up"] else ""
        yield f"  {name:9} {click.style(_short(record[name], width - 12), bold=True)}"
        grounds = f"{evidence['rule']} · {evidence['confidence']:.2f}{second}"
        yield from _wrapped(f"{grounds} · {where}: “{_short(evidence['quote'], width - 26)}”", width, 12)


def _findings(record: Mapping[str, Any], width: int) -> Iterator[str]:
    yield ""
    yield click.style(f"Findings ({len(record['findings'])})", bold=True)
    for finding in record["findings"]:
        place = f"line {finding['start_line']}: " if finding["start_line"] else ""
        label = click.style(f"{finding['severity']:8}", fg=COLOURS[finding["severity"]])
        yield f"  {label} {finding['code']} {place}{_short(finding['message'], width - 17 - len(place))}"
        if finding["quote"]:
            yield f"           “{_short(finding['quote'], width - 16)}”"


def _text(record: Mapping[str, Any], values: Sequence[str], width: int, *, whole: bool) -> Iterator[str]:
    if not record["read"]:
        return
    marks = _marks(record, values)
    yield ""
    yield click.style("Text", bold=True)
    skipped = False
    for number, line in enumerate(Lines.of(record["text"]).texts, 1):
        if not whole and number not in marks and number > 1:
            skipped = True
            continue
        if skipped:
            yield click.style("       ⋮", dim=True)
            skipped = False
        label, colour = marks.get(number, ("", None))
        shown = visible(line) if whole else _short(line, width - 9 - (len(label) + 4 if label else 0))
        yield f"{number:6} {click.style('│', fg=colour)} {click.style(shown, fg=colour)}" + (
            click.style(f"  ← {label}", fg=colour, dim=True) if label else ""
        )
    if skipped:
        yield click.style("       ⋮", dim=True)


def _marks(record: Mapping[str, Any], values: Sequence[str]) -> dict[int, tuple[str, str | None]]:
    """For each line worth showing, what it is and its colour; evidence wins over findings, those over boilerplate."""
    marks: dict[int, tuple[str, str | None]] = {}
    for block in record["boilerplate"]:
        for number in range(block["start_line"], block["end_line"] + 1):
            marks[number] = (block["kind"] if number == block["start_line"] else "", "bright_black")
    for finding in record["findings"]:
        if finding["start_line"] and finding["code"] != "PC401":
            marks[finding["start_line"]] = (finding["code"], COLOURS[finding["severity"]])
    for name in values:
        evidence = record[f"{name}_evidence"]
        if evidence and evidence["start_line"] and name != "language":
            number = evidence["start_line"]
            label, colour = marks.get(number, ("", None))
            marks[number] = (f"{label}, {name}" if colour == "green" else name, "green")
    return marks


def _wrapped(text: str, width: int, indent: int) -> Iterator[str]:
    """A sentence in as many lines as it takes, all of them indented."""
    return (f"{' ' * indent}{line}" for line in textwrap.wrap(text, width - indent))


def _short(text: object, width: int) -> str:
    shown = visible(squeeze(str(text)))
    return shown if len(shown) <= width else f"{shown[: width - 1]}…"
