"""``provcheck repair``: the repaired corpus, written beside the sources and never over them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from provcheck.cli import FAILED, PASSED
from provcheck.cli.options import sources, tell
from provcheck.corpus import examine_corpus
from provcheck.errors import OutputError
from provcheck.reports import folder, repaired

if TYPE_CHECKING:
    from provcheck.config import Settings
    from provcheck.corpus import Watch

STEPS = "steps.jsonl"
EXAMPLES = """\b
The folder gets documents/, the corpus in UTF-8, and steps.jsonl, one line a document: the steps from its bytes
to its text. Nothing but encodings is touched.

\b
Example:
  provcheck repair corpus/ -o repaired/
"""


@click.command("repair", epilog=EXAMPLES)
@sources
@click.option("-o", "--output", required=True, metavar="DIR", help="The folder to write.")
def command(paths: tuple[str, ...], settings: Settings, watch: Watch, output: str) -> int:
    """Write the repaired corpus and its steps."""
    target = Path(output)
    _refuse_in_place(paths, target)
    written = unread = 0
    with examine_corpus(paths, settings, watch) as corpus, folder.whole(target, STEPS) as made:
        documents = made / "documents"
        with (made / STEPS).open("wb") as steps:
            for record in corpus.records():
                steps.write(repaired.note(record))
                if not record["read"]:
                    unread += 1
                    continue
                path = documents / PurePosixPath(repaired.name(record["relative"], record["wrapper"]))
                if record["wrapper"] in repaired.PLAIN and path.exists():  # two sources hold a file of this name
                    path = path.with_stem(f"{path.stem}-{record['doc_id']}")
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("ab") as file:
                    file.write(repaired.body(record))
                written += 1
    tell(corpus.notes)
    click.echo(f"{written:,} documents written to {output}; {unread:,} could not be read: see {STEPS}", err=True)
    return PASSED if written else FAILED


def _refuse_in_place(paths: tuple[str, ...], target: Path) -> None:
    for path in map(Path, paths):
        if target.resolve() == path.resolve() or target.resolve() in path.resolve().parents:
            raise OutputError(str(target), f"it holds the source {path}, which is never written to")
