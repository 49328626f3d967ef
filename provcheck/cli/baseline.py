"""``provcheck baseline``: what is known today, so that the gate can judge what is new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck import baseline, frame
from provcheck.cli import PASSED
from provcheck.cli.options import sources
from provcheck.cli.output import file_apart, placed, tell
from provcheck.corpus import examine_corpus
from provcheck.result import frame_at
from provcheck.settle import Settled

if TYPE_CHECKING:
    from provcheck.config import Settings
    from provcheck.corpus import Watch

COLUMNS = ("path", "relative", "member", "row", "sha256", "findings")
"""The columns of a frame that a baseline is made of."""

EXAMPLES = """\b
PATH is a corpus, or what was made of one: a report of `provcheck validate`, or a frame of `provcheck scan`.

\b
The file holds one identity a line and no finding that is waived. It belongs under version control, beside the
configuration; a name that begins with a dot keeps it from being read as a document.

\b
Examples:
  provcheck baseline corpus/ -o .provcheck-baseline           all findings of today
  provcheck baseline corpus/ -o .provcheck-baseline --prune   without those that no longer occur; adds none
  provcheck baseline provcheck-report/ -o .provcheck-baseline all findings of that report
  provcheck validate corpus/ --baseline .provcheck-baseline   only what is new counts
"""


@click.command("baseline", epilog=EXAMPLES)
@sources
@click.option("-o", "--output", required=True, metavar="FILE", help="The baseline to write.")
@click.option("--prune", is_flag=True, help="Only take out of FILE what no longer occurs.")
def command(
    *,
    paths: tuple[str, ...],
    settings: Settings,
    watch: Watch,
    output: str,
    prune: bool,
) -> int:
    """Write the findings of a corpus to a file, as known."""
    target = file_apart(Path(output), paths)
    before = baseline.load(target) if prune else None
    made = _of_frames(frames, settings) if (frames := _frames(paths)) else _of_corpus(paths, settings, watch)
    if before is not None:
        made = made.only(before)
    with placed(target) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(made.lines())
    click.echo(f"{len(made):,} known findings written to {output}", err=True)
    if before is not None:
        click.echo(f"{len(before) - len(made):,} that no longer occur were taken out", err=True)
    _let_git_join(target)
    return PASSED


def _of_corpus(paths: tuple[str, ...], settings: Settings, watch: Watch) -> baseline.Baseline:
    with examine_corpus(paths, settings, watch) as corpus:
        made = baseline.Baseline.of(Settled(None, settings.waivers, settings.as_of).mark(corpus.records()))
    tell(corpus.notes)
    return made


def _frames(paths: tuple[str, ...]) -> list[Path]:
    """The frames, where all paths are frames or reports; none where they are a corpus."""
    found = [frame_at(Path(path)) for path in paths]
    if any(found) and not all(found):
        raise click.UsageError("give either a corpus, or frames and reports")
    return [path for path in found if path]


def _of_frames(frames: list[Path], settings: Settings) -> baseline.Baseline:
    """The same from rows that were examined before, perhaps on Spark, by the waivers of today."""
    settled = Settled(None, settings.waivers, settings.as_of)
    rows = (row for path in frames for row in frame.read_records(path, COLUMNS))
    return baseline.Baseline.of({**row, "findings": settled.findings(row)} for row in rows)


def _let_git_join(target: Path) -> None:
    """In a working tree of git, have it join the lines of two branches, in ``.gitattributes`` beside the file."""
    folder = target.resolve().parent
    if not any((above / ".git").exists() for above in (folder, *folder.parents)) or " " in target.name:
        return
    attributes = folder / ".gitattributes"
    there = attributes.read_text(encoding="utf-8") if attributes.is_file() else ""
    if any(line.split()[:1] == [target.name] for line in there.splitlines()):
        return
    gap = "" if not there or there.endswith("\n") else "\n"
    with attributes.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"{gap}{target.name} merge=union\n")
    click.echo(f"added to {attributes.name}: {target.name} merge=union", err=True)
