"""``provcheck verify``: whether a statement of `provcheck certify` holds for the files that are here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from provcheck import verification
from provcheck.cli import FAILED, PASSED
from provcheck.cli.options import judging, sources
from provcheck.cli.output import reader_may_go, tell, to_reader, width
from provcheck.reports import verification as told

if TYPE_CHECKING:
    from provcheck.config import Settings
    from provcheck.corpus import Watch

EXAMPLES = """\b
PATH... are the same as for `provcheck certify`, wherever the corpus lies by now. The options that decide about the
verdict are those of `provcheck validate`; they count with --again.

\b
Examples:
  provcheck verify corpus.statement.json corpus/                  are these the files that passed?
  provcheck verify corpus.statement.json corpus/ --key theirs.pem and is it they who say so?
  provcheck verify corpus.statement.json corpus/ --again          and do they pass here, too?

\b
Exit codes: 0 the statement holds · 1 it does not · 2 usage, or what is no statement.
"""


@click.command("verify", epilog=EXAMPLES)
@click.argument("statement")
@sources
@judging
@click.option("--key", metavar="FILE", help="Check the signature with this public key, in PEM.")
@click.option("--again", is_flag=True, help="Also examine and judge the corpus anew.")
@click.option("-f", "--format", "format_", type=click.Choice(told.FORMATS), default="text", show_default=True)
def command(
    *,
    statement: str,
    paths: tuple[str, ...],
    settings: Settings,
    watch: Watch,
    key: str | None,
    again: bool,
    format_: str,
) -> int:
    """Tell whether a statement holds for the files below the paths."""
    found = verification.verify(statement, paths, key=key, again=settings if again else None, watch=watch)
    if again and found.again is None:
        tell(["the corpus was not examined again, since that would be about something else"])
    plain = found.as_json()
    if format_ == "json":
        to_reader([told.as_json(plain).encode("utf-8", "backslashreplace")])
    else:
        with reader_may_go():
            click.echo(told.as_text(plain, width()), nl=False)
    return PASSED if found.holds else FAILED
