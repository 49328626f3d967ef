"""``provcheck scan``: the frame, without gate or report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck import frame
from provcheck.cli import FAILED, PASSED
from provcheck.cli.engines import engines
from provcheck.cli.options import sources
from provcheck.cli.output import columns, file_apart, placed, tell, to_reader
from provcheck.corpus import Corpus, examine_corpus
from provcheck.reports import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provcheck.config import Settings
    from provcheck.corpus import Watch
    from provcheck.engines.spark import Cluster

EXAMPLES = """\b
Examples:
  provcheck scan corpus/                          a table for people
  provcheck scan corpus/ -f jsonl | jq .title     one JSON object a document
  provcheck scan corpus/ -o corpus.parquet        the frame, for pandas.read_parquet
"""


@click.command("scan", epilog=EXAMPLES)
@sources
@engines
@click.option(
    "-f", "--format", "format_", type=click.Choice(["table", "jsonl", "csv", "parquet"]),
    help="[default: by the ending of --output, else table]",
)  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of the screen.")
def command(
    paths: tuple[str, ...],
    settings: Settings,
    watch: Watch,
    format_: str | None,
    output: str | None,
    cluster: Cluster | None,
) -> int:
    """Examine documents and print one record for each."""
    if cluster is not None:
        return _on_spark(paths, settings, cluster, format_, output)
    chosen = format_ or _by_ending(output)
    if chosen == "parquet" and not output:
        raise click.UsageError("--format parquet needs --output FILE")
    if output is not None:
        file_apart(Path(output), paths)
    with examine_corpus(paths, settings, watch) as corpus:
        if chosen == "parquet":
            with placed(Path(str(output))) as part:
                frame.write_tables(corpus.tables(), part)
        else:
            _print(_lines(corpus, chosen, None if output else columns()), output)
        tell(corpus.notes)
        return PASSED if corpus.readable else FAILED


def _on_spark(
    paths: tuple[str, ...], settings: Settings, cluster: Cluster, format_: str | None, output: str | None
) -> int:
    if not output or format_ not in (None, "parquet"):
        raise click.UsageError(
            "--engine spark writes Parquet and needs --output PLACE, a folder that all workers reach"
        )
    from provcheck import distributed  # noqa: PLC0415  # heavy, and only for this engine

    return PASSED if distributed.scan(paths, settings, cluster, output) else FAILED


def _by_ending(output: str | None) -> str:
    ending = Path(output or "").suffix.lower()
    return {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet"}.get(ending, "table")


def _lines(corpus: Corpus, format_: str, wide: int | None) -> Iterator[bytes]:
    if format_ == "jsonl":
        return (line + b"\n" for line in corpus.lines())
    rows = corpus.records()
    texts = records.as_csv(rows, frame.NAMES) if format_ == "csv" else records.as_table(rows, wide)
    return (text.encode("utf-8", "backslashreplace") for text in texts)


def _print(lines: Iterable[bytes], output: str | None) -> None:
    if output is None:
        to_reader(lines)
        return
    with placed(Path(output)) as part, part.open("wb") as file:
        file.writelines(lines)
