"""``provcheck init``: what a new corpus needs to be gated."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from provcheck import gate
from provcheck.errors import OutputError

CONFIG = """\
# What provcheck is told about this corpus. Every key is optional; the values here are the defaults.

# exclude = ["drafts/*"]        # glob patterns of paths below the sources
# encoding = "cp1252"           # of documents that do not say their own
# date_order = "auto"           # how 01/02/2026 is read: auto, dmy, mdy or ymd
# suites = ["integrity", "provenance", "content"]
# suite_dir = "expectations"    # your own suites in place of the shipped ones
# fail_on = "critical"          # the severity from which a failed check fails the gate
# output = "provcheck-report"

# [columns]                     # which column carries what, in files of records
# text = "body"
# date = "published_at"

# [limits]                      # what is refused, with a row that says so
# document_bytes = 33554432
"""


@click.command("init")
@click.argument("folder", default=".", metavar="[FOLDER]")
@click.option("--suites", is_flag=True, help="Also copy the shipped suites to expectations/, to be changed.")
def command(folder: str, *, suites: bool) -> int:
    """Write provcheck.toml into FOLDER; files that are there already are never overwritten."""
    root = Path(folder)
    wanted: dict[Path, Path | None] = {root / "provcheck.toml": None}
    if suites:
        wanted |= {root / "expectations" / source.name: source for source in gate.shipped()}
    for path in wanted:
        if path.exists():
            raise OutputError(str(path), "the file is there already")
    for path, source in wanted.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if source:
                shutil.copyfile(source, path)
            else:
                path.write_text(CONFIG + ('\nsuite_dir = "expectations"\n' if suites else ""), encoding="utf-8")
        except OSError as error:
            raise OutputError(str(path), error.strerror or str(error)) from error
        click.echo(f"wrote {path}")
    click.echo(f"next: provcheck validate {folder}")
    return 0
