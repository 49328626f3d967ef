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
from provcheck.reports.summary import place
from provcheck.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provcheck.model import Envelope

EXAMPLES = """\b
Examples:
  provcheck explain corpus/a.txt                    the only document of a file
  provcheck explain corpus/all.jsonl --row 17       a record
  provcheck explain corpus.zip --member a/b.html    a file in an archive
  provcheck explain 'corpus.zip!a/b.csv#17'         the same in one word, as every output says it
  provcheck explain mail.eml --member report.txt    a file that a message brings
"""

LISTED = 10
"""How many documents of a file are named where one has to be chosen."""

KNOWN = 1000
"""How many members a near miss is looked for in."""


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
    """Show what provcheck says of one document, and why: DOC is its file, or its name in a report."""
    settings = configured(config_file, {})
    doc, member, row = named(doc, member, row)
    envelope = _only(doc, member, row, readers.read([doc], settings))
    record = frame.record(examine.examine(envelope, settings))
    if as_json:
        to_reader([json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace"), b"\n"])
    else:
        click.echo(explain(record, frame.DESCRIBED, whole=whole, width=width()), nl=False)
    return PASSED if record["read"] else FAILED


def named(doc: str, member: str | None, row: int | None) -> tuple[str, str | None, int | None]:
    """The file, the member and the row of a document, which may be named in one word as every output names it.

    A file of that very name comes first. The member begins at the first ``!`` that has a file before it.

    >>> named("README.md!b.csv#3", None, None), named("README.md#3", None, None), named("none.zip!b", None, None)
    (('README.md', 'b.csv', 3), ('README.md', None, 3), ('none.zip!b', None, None))
    """
    if Path(doc).exists():
        return doc, member, row
    whole, _, number = doc.rpartition("#")
    for name, last in ((whole, number), (doc, "")):
        if last and not (last.isascii() and last.isdigit()):
            continue
        parts = name.split("!")
        for end in range(1, len(parts) + 1):
            path, inside = "!".join(parts[:end]), "!".join(parts[end:]) or None
            if path and Path(path).is_file():
                return path, member or inside, row or (int(last) if last else None)
    return doc, member, row


def _only(doc: str, member: str | None, row: int | None, envelopes: Iterator[Envelope]) -> Envelope:
    """The one document that is meant; raises UsageError where several are, and UnknownNameError where none is.

    The text of a message stands at the very place that is given, before the files that the message brings.
    """
    found: Envelope | None = None
    several: list[str] = []
    members: dict[str, None] = {}
    last = 0
    for envelope in envelopes:
        origin = envelope.origin
        if (origin.member, origin.row) == (member, row) and not several and not Path(doc).is_dir():
            return envelope
        if len(members) < KNOWN:
            members[str(origin.member)] = None
        if member is not None and origin.member != member:
            continue
        last = max(last, origin.row or 0)
        if row is None or origin.row == row:
            found = found or envelope
            several.append(place({"path": origin.path, "member": origin.member, "row": origin.row}))
            if len(several) > LISTED:
                break
    if len(several) > 1:
        raise click.UsageError(f"{doc} holds several documents; name one:{_listed(several)}")
    if found is None:
        raise _missing(doc, member, row, members, last)
    return found


def _listed(names: list[str]) -> str:
    lines = [*map(visible, names[:LISTED]), *(["and more"] if len(names) > LISTED else [])]
    return "".join(f"\n  {line}" for line in lines)


def _missing(doc: str, member: str | None, row: int | None, members: Iterable[str], last: int) -> Exception:
    """Why no document is the one that is meant; `last` is the highest row of those that could have been."""
    if member is not None and member not in members:
        known = [name for name in members if name != "None"]
        return UnknownNameError("member", member, known) if known else _single(doc, "members")
    if not last:
        return _single(doc, "rows")
    return click.UsageError(f"{doc} has no document in row {row}; its rows go up to {last}")


def _single(doc: str, what: str) -> click.UsageError:
    return click.UsageError(f"{doc} has no {what}: it is a single document")
