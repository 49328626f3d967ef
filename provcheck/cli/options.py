"""What several verbs share: sources, configuration, progress."""

from __future__ import annotations

import datetime as dt
import functools
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from provcheck import cache, config
from provcheck.config import MOST_WORKERS, Settings
from provcheck.errors import ConfigError, UnknownNameError
from provcheck.rules import Severity
from provcheck.text import charset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SHARED = (
    click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    click.option(
        "--config", "config_file", metavar="FILE", help="Configuration [default: the nearest provcheck.toml]."
    ),
    click.option(
        "--workers", type=click.IntRange(0, MOST_WORKERS), metavar="N", help="Processes [default: one a core]."
    ),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out paths below the sources; repeatable."),
    click.option(
        "--encoding",
        metavar="CODEC",
        callback=lambda *given: _codec(given[-1]),
        help="The encoding of what does not say its own.",
    ),
    click.option("--date-order", type=click.Choice(["auto", "dmy", "mdy", "ymd"]), help="Reads 01/02/2026."),
    click.option(
        "--as-of",
        metavar="YYYY-MM-DD",
        callback=lambda *given: _day(given[-1]),
        help="Later dates are in the future [default: today].",
    ),
    click.option("--cache", metavar="DIR", help="Where what was examined is kept; see `provcheck cache`."),
    click.option("--no-cache", is_flag=True, help="Examine every document anew, and keep nothing."),
    click.option("-q", "--quiet", is_flag=True, help="No progress bar."),
)

GATE = (
    click.option("--suite", "suites", multiple=True, metavar="NAME|FILE", help="Suites to run; repeatable."),
    click.option("--suite-dir", metavar="DIR", help="A folder of suites that come before the shipped ones."),
    click.option("--fail-on", type=click.Choice(get_args(Severity)), help="[default: critical]"),
    click.option(
        "--baseline", metavar="FILE", help="Findings that are known and do not count; see `provcheck baseline`."
    ),
)

SETTINGS = ("workers", "exclude", "encoding", "date_order", "as_of", "cache")
"""The shared options that are settings of the same name."""

JUDGING = ("suites", "suite_dir", "fail_on", "baseline")
"""The options of `judging` that are settings of the same name."""


def sources(command: Callable[..., int]) -> Callable[..., int]:
    """Give a verb the shared options; it is called with `paths`, `settings` and `watch` in their place."""

    @functools.wraps(command)
    def run(*, config_file: str | None, no_cache: bool, quiet: bool, **rest: Any) -> int:  # noqa: ANN401  # the verb's own
        settings = configured(config_file, taken(rest, SETTINGS))
        settings = replace(settings, cache=None) if no_cache else settings
        return command(settings=settings, watch=functools.partial(watch, quiet=quiet), **rest)

    for option in reversed(SHARED):
        run = option(run)
    return run


def judging(command: Callable[..., int]) -> Callable[..., int]:
    """Give a verb that also has `sources` the options by which the gate judges; its `settings` then hold them."""

    @functools.wraps(command)
    def run(*, settings: Settings, **rest: Any) -> int:  # noqa: ANN401  # the verb's own
        return command(settings=replace(settings, **taken(rest, JUDGING)), **rest)

    for option in reversed(GATE):
        run = option(run)
    return run


def taken(options: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Take the options of these names out of `options`; gives those that stood on the command line.

    >>> options = {"workers": 0, "exclude": (), "encoding": None, "verbose": True}
    >>> taken(options, ("workers", "exclude", "encoding")), options
    ({'workers': 0}, {'verbose': True})
    """
    values = {name: options.pop(name) for name in names}
    return {name: value for name, value in values.items() if value is not None and value != ()}


def configured(config_file: str | None, given: dict[str, Any]) -> Settings:
    """The settings of the configuration file, and over them those `given` on the command line.

    Raises ConfigError for a file that is not there or has faults.
    """
    path = Path(config_file) if config_file else config.discover(Path.cwd())
    if config_file and path and not path.is_file():
        raise ConfigError(config_file, ["no such file"])
    base = Settings(workers=0, cache=_cache())
    return replace(config.load(path, base) if path else base, **given).dated()


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
