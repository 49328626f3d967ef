"""``provcheck certify``: validate, and if the gate passed write down which files it was that passed which suites."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck import certification
from provcheck.cli import FAILED, PASSED
from provcheck.cli.copies import Copy, refuse_overlap
from provcheck.cli.options import judging, sources
from provcheck.cli.output import file_apart, folder_apart, placed, reader_may_go, tell
from provcheck.cli.validate import page
from provcheck.text import visible

if TYPE_CHECKING:
    from provcheck.certification import Certificate
    from provcheck.config import Settings
    from provcheck.corpus import Watch

EXAMPLES = """\b
The statement is an in-toto Statement, with --key in a DSSE envelope; the passphrase of an encrypted key is taken from
PROVCHECK_KEY_PASSPHRASE. If the gate fails, nothing is written but the report.

\b
Examples:
  provcheck certify corpus/ -o corpus.statement.json                 which files passed which suites
  provcheck certify corpus/ -o corpus.statement.json --key ours.pem  the same, signed
  provcheck certify corpus/ -o s.json --manifest corpus.sha256       and for `sha256sum -c`
  provcheck verify corpus.statement.json corpus/                     does it hold?
"""


@click.command("certify", epilog=EXAMPLES)
@sources
@judging
@click.option("-o", "--output", required=True, metavar="FILE", help="The statement to write.")
@click.option("--manifest", metavar="FILE", help="Also write the list of files as `sha256sum -c` reads it.")
@click.option("--key", metavar="FILE", help="Sign with this private key, in PEM.")
@click.option("--report", metavar="DIR", help="The report's folder [default: provcheck-report].")
def command(
    *,
    paths: tuple[str, ...],
    settings: Settings,
    watch: Watch,
    output: str,
    manifest: str | None,
    key: str | None,
    report: str | None,
) -> int:
    """Validate a corpus, and if it passes write a statement of it."""
    settings = settings if report is None else replace(settings, output=report)
    folder_apart(Path(settings.output), paths, known=True)
    targets = [file_apart(Path(name), paths) for name in (output, manifest) if name is not None]
    refuse_overlap([Copy("statement", target) for target in targets], Path(settings.output))
    made = certification.certify(paths, settings, watch, key=key)
    if made.statement is not None:
        _write(made, made.statement, targets)
    tell(made.result.notes)
    with reader_may_go():
        click.echo(page(made.result), nl=False)
        if made.statement is not None:
            signed = ", signed" if key else ""
            click.echo(f"Statement: {visible(output)}, {len(made.digests):,} files{signed}")
    if made.statement is not None:
        return PASSED
    older = [visible(str(target)) for target in targets if target.is_file()]
    stays = f"; {' and '.join(older)} of an earlier run stays as it was, and speaks of another state" if older else ""
    click.echo(f"provcheck: the gate failed, so no statement was written{stays}", err=True)
    return FAILED


def _write(made: Certificate, statement: bytes, targets: list[Path]) -> None:
    """Write the files, so that none takes its place before all are whole; the statement does so last."""
    with ExitStack() as whole:
        part, *others = [whole.enter_context(placed(target)) for target in targets]
        part.write_bytes(statement)
        for other in others:
            with other.open("wb") as file:
                file.writelines(made.manifest())
