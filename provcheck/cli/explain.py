"""``provcheck explain``: one document, with the evidence for all that is said of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck import examine, frame, readers
from provcheck.cli import FAILED, PASSED
from provcheck.cli.options import configured
from provcheck.cli.output import to_reader, width
from provcheck.errors import UnknownNameError
from provcheck.reports.explanation import explain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.model import Envelope

EXAMPLES = """\b
Examples:
  provcheck explain corpus/a.txt                    the only document of a file
  provcheck explain corpus/all.jsonl --row 17       a record
  provcheck explain corpus.zip --member a/b.html    a file in an archive
  provcheck explain mail.eml --member report.txt    a file that a message brings
"""


@click.command("explain", epilog=EXAMPLES)
@click.argument("doc", metavar="DOC")
@click.option("--member", metavar="NAME", help="The file inside an archive or a message.")
@click.option("--row", type=click.IntRange(1), metavar="N", help="The number of the record, from 1.")
@click.option("--whole", is_flag=True, help="Show all lines of the text.")
@click.option("--json", "as_json", is_flag=True, help="The record as JSON.")
@click.option("--config", "config_file", metavar="FILE", help="Configuration [default: the nearest provcheck.toml].")
def command(
    doc: str, member: str | None, row: int | None, config_file: str | None, *, whole: bool, as_json: bool
) -> int:
    """Show what provcheck says of one document, and why: DOC is its file."""
    settings = configured(config_file, {})
    envelope = _only(doc, member, row, readers.read([doc], settings))
    record = frame.record(examine.examine(envelope, settings))
    if as_json:
        to_reader([json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace"), b"\n"])
    else:
        click.echo(explain(record, frame.DESCRIBED, whole=whole, width=width()), nl=False)
    return PASSED if record["read"] else FAILED


def _only(doc: str, member: str | None, row: int | None, envelopes: Iterator[Envelope]) -> Envelope:
    """The one document that is meant; raises UsageError where several are, and UnknownNameError where none is.

    The text of a message stands at the very place that is given, before the files that the message brings.
    """
    names: list[str] = []
    found: list[Envelope] = []
    for envelope in envelopes:
        origin = envelope.origin
        if (origin.member, origin.row) == (member, row) and not found and not Path(doc).is_dir():
            return envelope
        if (member is None or origin.member == member) and (row is None or origin.row == row):
            found.append(envelope)
        if len(names) < 1000:
            names.append(str(origin.row) if row and not member else str(origin.member))
        if len(found) > 1:
            how = "name one of its files" if Path(doc).is_dir() else "name one with --member or --row"
            raise click.UsageError(f"{doc} holds several documents: {how}")
    if not found and set(names) == {"None"}:
        raise click.UsageError(f"{doc} has no {'rows' if row and not member else 'members'}: it is a single document")
    if not found:
        known = [name for name in names if name != "None"]
        raise UnknownNameError("row" if row and not member else "member", str(member or row), known)
    return found[0]
