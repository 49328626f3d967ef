"""``provcheck validate``: the main job."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provcheck import validation
from provcheck.cli import FAILED, PASSED, copies
from provcheck.cli.engines import engines
from provcheck.cli.options import judging, sources, taken
from provcheck.cli.output import file_apart, folder_apart, reader_may_go, tell, to_reader, width
from provcheck.reports import html, terminal
from provcheck.reports.formats import FORMATS, OF_RESULTS

if TYPE_CHECKING:
    from provcheck.cli.copies import Copy
    from provcheck.config import Settings
    from provcheck.corpus import Watch
    from provcheck.engines.spark import Cluster
    from provcheck.result import Result

EXAMPLES = """\b
Examples:
  provcheck validate corpus/                            the shipped suites, report in provcheck-report/
  provcheck validate corpus/ --suite provenance         one suite
  provcheck validate corpus/ --suite ours.json          a suite of your own
  provcheck validate corpus/ --fail-on warning          strict
  provcheck validate corpus/ --baseline .provcheck-baseline   only what is new counts
  provcheck validate corpus/ -f sarif > provcheck.sarif    for code scanning
  provcheck validate corpus/ --also junit=junit.xml     and a form for CI, from the same run
"""


@click.command("validate", epilog=EXAMPLES)
@sources
@engines
@judging
@click.option("-o", "--output", metavar="DIR", help="The report's folder [default: provcheck-report].")
@click.option("--frame", "place", metavar="PLACE", help="Where Spark writes the frame [default: into the report].")
@click.option(
    "-f", "--format", "format_", type=click.Choice(["text", *FORMATS]), default="text",
    help="What is printed; the report is written all the same.  [default: text]",
)  # fmt: skip
@click.option(
    "--also", multiple=True, callback=copies.wanted, metavar="FORMAT=FILE", help="Also write a format; repeatable."
)
def command(
    *,
    paths: tuple[str, ...],
    settings: Settings,
    watch: Watch,
    place: str | None,
    cluster: Cluster | None,
    format_: str,
    also: tuple[Copy, ...],
    **chosen: Any,  # noqa: ANN401  # the option that is a setting
) -> int:
    """Examine documents, run the suites over them and write the report."""
    settings = replace(settings, **taken(chosen, ("output",)))
    if place and not cluster:
        raise click.UsageError("--frame goes with --engine spark")
    rows = {format_, *(copy.form for copy in also)}.difference(("text", *OF_RESULTS))
    if rows and place and "://" in place:
        raise click.UsageError(f"{min(rows)} is made of the frame's rows, which this machine does not reach in {place}")
    folder_apart(Path(settings.output), paths, known=True)
    for copy in also:
        file_apart(copy.path, paths)
    copies.refuse_overlap(also, Path(settings.output))
    result = _on_spark(paths, settings, cluster, place) if cluster else validation.validate(paths, settings, watch)
    tell(result.notes)
    copies.write(result, also)
    if format_ == "text":
        with reader_may_go():
            click.echo(page(result), nl=False)
    else:
        to_reader(copies.pieces(result, format_))
    return PASSED if result.passed else FAILED


def _on_spark(paths: tuple[str, ...], settings: Settings, cluster: Cluster, place: str | None) -> Result:
    from provcheck import distributed  # noqa: PLC0415  # heavy, and only for this engine

    return distributed.validate(paths, settings, cluster, place)


def page(result: Result) -> str:
    """The report for a terminal."""
    first = result.output / html.PAGE
    if not first.exists():  # too many documents for pages that show every one
        first = result.output / "data_docs" / "index.html"
    return terminal.report(
        reasons=result.reasons,
        checks=result.verdict.checks,
        summary=result.summary,
        account=terminal.account(result.ledger, result.summary),
        output=str(first),
        settled=terminal.settlement(result.settled.as_json()),
        width=width(),
    )
