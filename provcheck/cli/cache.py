"""``provcheck cache``: what is kept of examined documents, and where."""

from __future__ import annotations

from pathlib import Path

import click

from provcheck.cli import PASSED
from provcheck.cli.options import configured
from provcheck.engines.store import DAYS, LIMIT, NAME, Store
from provcheck.errors import OutputError

EXAMPLES = """\b
A document that did not change is not examined again. The cache can be deleted at any time: it only saves work.

\b
Examples:
  provcheck cache            where it is, and how large
  provcheck cache --clear    begin anew
"""


@click.command("cache", epilog=EXAMPLES)
@click.option("--clear", is_flag=True, help="Delete everything in it.")
@click.option(
    "--cache", "folder", metavar="DIR", help="The folder [default: that of the configuration, or the user's]."
)
@click.option("--config", "config_file", metavar="FILE", help="Configuration [default: the nearest provcheck.toml].")
def command(*, clear: bool, folder: str | None, config_file: str | None) -> int:
    """Show or clear what is kept of examined documents."""
    place = folder or configured(config_file, {}).cache
    if place is None:
        click.echo("no cache: the configuration switches it off")
        return PASSED
    there = (Path(place) / NAME).is_file()
    if not there:
        click.echo(f"folder   {place}\nentries  0\nsize     0 bytes")
        return PASSED
    with Store(Path(place)) as store:
        entries, size = store.size()
        if clear:
            try:
                store.clear()
            except OSError as error:
                raise OutputError(str(store.file), error.strerror or str(error)) from error
            click.echo(f"{entries:,} entries deleted, {_size(size)}")
            return PASSED
    click.echo(f"folder   {place}\nentries  {entries:,}\nsize     {_size(size)}")
    click.echo(f"kept     up to {_size(LIMIT)}, and what was used in the last {DAYS} days")
    if store.fault:
        click.echo(f"note     {store.fault}")
    return PASSED


def _size(count: int) -> str:
    """Bytes for people.

    >>> _size(999), _size(8 << 30)
    ('999 bytes', '8.6 GB')
    """
    if count < 1000:
        return f"{count} bytes"
    power = (len(str(count)) - 1) // 3
    return f"{count / 1000**power:.1f} {' kMGT'[power]}B"
