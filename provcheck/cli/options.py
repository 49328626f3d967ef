"""What several verbs share: sources, configuration, progress."""

from __future__ import annotations

import datetime as dt
import functools
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provcheck import cache, config
from provcheck.config import Settings
from provcheck.errors import ConfigError, UnknownNameError
from provcheck.text import charset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SHARED = (
    click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    click.option(
        "--config", "config_file", metavar="FILE", help="Configuration [default: the nearest provcheck.toml]."
    ),
    click.option("--workers", type=click.IntRange(0), metavar="N", help="Processes [default: one a core]."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out paths below the sources; repeatable."),
    click.option("--encoding", metavar="CODEC", help="The encoding of what does not say its own."),
    click.option("--date-order", type=click.Choice(["auto", "dmy", "mdy", "ymd"]), help="Reads 01/02/2026."),
    click.option("--as-of", metavar="YYYY-MM-DD", help="Later dates are in the future [default: today]."),
    click.option(
        "--cache", "cache_folder", metavar="DIR", help="Where what was examined is kept; see `provcheck cache`."
    ),
    click.option("--no-cache", is_flag=True, help="Examine every document anew, and keep nothing."),
    click.option("-q", "--quiet", is_flag=True, help="No progress bar."),
)


def sources(command: Callable[..., int]) -> Callable[..., int]:
    """Give a verb the shared options; it is called with `paths`, `settings` and `watch` in their place."""

    @functools.wraps(command)
    def run(  # noqa: PLR0913  # one parameter an option, as click hands them over
        *,
        paths: tuple[str, ...],
        config_file: str | None,
        workers: int | None,
        exclude: tuple[str, ...],
        encoding: str | None,
        date_order: str | None,
        as_of: str | None,
        cache_folder: str | None,
        no_cache: bool,
        quiet: bool,
        **rest: Any,  # noqa: ANN401  # the verb's own options
    ) -> int:
        given = {
            "workers": workers,
            "exclude": exclude or None,
            "encoding": _codec(encoding),
            "date_order": date_order,
            "as_of": _day(as_of),
            "cache": cache_folder,
        }
        settings = configured(config_file, {key: value for key, value in given.items() if value is not None})
        settings = replace(settings, cache=None) if no_cache else settings
        return command(paths=paths, settings=settings, watch=functools.partial(watch, quiet=quiet), **rest)

    for option in reversed(SHARED):
        run = option(run)
    return run


def configured(config_file: str | None, given: dict[str, Any]) -> Settings:
    """The settings of the configuration file, and over them those `given` on the command line.

    Raises ConfigError for a file that is not there or has faults.
    """
    path = Path(config_file) if config_file else config.discover(Path.cwd())
    if config_file and path and not path.is_file():
        raise ConfigError(config_file, ["no such file"])
    base = replace(Settings(), as_of=dt.datetime.now().astimezone().date(), cache=_cache())
    return replace(config.load(path, base) if path else base, **given)


def watch(rows: Iterable[Any], *, quiet: bool) -> Iterator[Any]:
    """Pass the rows on, and on a terminal show how many there were; a log or CI gets nothing."""
    if quiet or not sys.stderr.isatty() or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        yield from rows
        return
    from rich.console import Console  # noqa: PLC0415  # heavy, and of no use without a terminal
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415  # as above

    columns = (SpinnerColumn(), TextColumn("{task.completed:,} examined"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("examine", total=None)
        for row in rows:
            bar.advance(task)
            yield row


def _cache() -> str | None:
    try:
        return str(cache.folder())
    except RuntimeError:  # no home, and so no place for it
        return None


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no date such as 2026-01-31", param_hint="--as-of") from None


def _codec(name: str | None) -> str | None:
    if name is None:
        return None
    if charset(name) is None:
        from encodings.aliases import aliases  # noqa: PLC0415  # only for the message

        raise UnknownNameError("encoding", name, {a for a in (*aliases, *aliases.values()) if charset(a)})
    return name
