"""``provcheck repair``: the repaired corpus, written beside the sources and never over them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from provcheck.cli import FAILED, PASSED
from provcheck.cli.options import sources
from provcheck.cli.output import folder_apart, tell
from provcheck.corpus import examine_corpus
from provcheck.reports import folder, repaired

if TYPE_CHECKING:
    from provcheck.config import Settings
    from provcheck.corpus import Watch

OURS = STEPS, DOCUMENTS = "steps.jsonl", "documents"
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
    target = folder_apart(Path(output), paths, known=False)
    written = unread = 0
    with examine_corpus(paths, settings, watch) as corpus, folder.whole(target, OURS, OURS) as made:
        documents = made / DOCUMENTS
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
