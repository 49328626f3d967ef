"""``provcheck diff``: what a change did to a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from provcheck import diff, frame
from provcheck.cli import FAILED, PASSED
from provcheck.cli.options import configured, watch
from provcheck.cli.output import file_apart, placed, tell, to_reader
from provcheck.corpus import examine_corpus
from provcheck.reports import difference
from provcheck.result import frame_at
from provcheck.rules import Severity
from provcheck.settle import Settled

if TYPE_CHECKING:
    from provcheck.config import Settings

EXAMPLES = """\b
OLD and NEW are report folders of `provcheck validate`, frames of `provcheck scan -o FILE.parquet`, or corpora, which
are examined then.

\b
Examples:
  provcheck diff before/ after/                          two reports, or two corpora
  provcheck diff main.parquet corpus/ -f markdown        for a pull request
  provcheck diff old/ new/ -f html -o changes.html       one page for people
  provcheck diff old/ new/ --fail-on-new warning         ends with 1 if there are new findings
"""


@click.command("diff", epilog=EXAMPLES)
@click.argument("old")
@click.argument("new")
@click.option("-f", "--format", "format_", type=click.Choice([*difference.FORMATS]), default="text", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE [default: standard output].")
@click.option("--fail-on-new", type=click.Choice(get_args(Severity)), help="End with 1 on new findings so heavy.")
@click.option("--config", "config_file", metavar="FILE", help="Configuration [default: the nearest provcheck.toml].")
def command(
    old: str, new: str, format_: str, output: str | None, fail_on_new: str | None, config_file: str | None
) -> int:
    """Compare two states of a corpus: documents, findings, and the drift of dates, outlets, lengths and languages."""
    settings = configured(config_file, {})
    if output is not None:
        file_apart(Path(output), (old, new))
    found = diff.compare(_side(old, settings), _side(new, settings))
    told = difference.FORMATS[format_](found).encode("utf-8", "backslashreplace")
    if output is None:
        to_reader([told])
    else:
        with placed(Path(output)) as part:
            part.write_bytes(told)
    return FAILED if fail_on_new and diff.worsened(found, fail_on_new) else PASSED


def _side(name: str, settings: Settings) -> diff.Corpus:
    made = frame_at(Path(name))
    if made is not None:
        return diff.corpus(frame.read_records(made, diff.COLUMNS))
    with examine_corpus([name], settings, lambda rows: watch(rows, quiet=False)) as corpus:
        tell(corpus.notes)
        return diff.corpus(Settled(None, settings.waivers, settings.as_of).mark(corpus.records()))
