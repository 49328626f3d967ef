"""``provcheck validate``: the main job."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import click

from provcheck import corpus
from provcheck.cli import FAILED, PASSED
from provcheck.cli.options import sources
from provcheck.reports import html, terminal
from provcheck.rules import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from provcheck.config import Settings
    from provcheck.examine import Row

EXAMPLES = """\b
Examples:
  provcheck validate corpus/                            the shipped suites, report in provcheck-report/
  provcheck validate corpus/ --suite provenance         one suite
  provcheck validate corpus/ --suite ours.json          a suite of your own
  provcheck validate corpus/ --fail-on warning          strict
"""


@click.command("validate", epilog=EXAMPLES)
@sources
@click.option("--suite", "suites", multiple=True, metavar="NAME|FILE", help="Suites to run; repeatable.")
@click.option("--suite-dir", metavar="DIR", help="A folder of suites that come before the shipped ones.")
@click.option("--fail-on", type=click.Choice(get_args(Severity)), help="[default: critical]")
@click.option("-o", "--output", metavar="DIR", help="The report's folder [default: provcheck-report].")
def command(
    paths: tuple[str, ...],
    settings: Settings,
    watch: Callable[[Iterable[Row]], Iterable[Row]],
    suites: tuple[str, ...],
    suite_dir: str | None,
    fail_on: Severity | None,
    output: str | None,
) -> int:
    """Examine documents, run the suites over them and write the report."""
    given = {"suites": suites or None, "suite_dir": suite_dir, "fail_on": fail_on, "output": output}
    settings = replace(settings, **{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]  # the keys are fields
    result = corpus.validate(paths, settings, watch)
    page = terminal.report(
        passed=result.passed,
        reasons=result.reasons,
        checks=result.verdict.checks,
        summary=result.summary,
        account=terminal.account(result.ledger, result.summary),
        output=str(result.output / html.PAGE),
    )
    click.echo(page, nl=False)
    return PASSED if result.passed else FAILED
