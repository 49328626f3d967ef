"""The command line: verbs, and the one place that turns what happens into exit codes.

A verb's module is imported when it is called, so that ``--version`` and ``--help`` cost nothing.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import TYPE_CHECKING

import click

from provcheck._version import __version__
from provcheck.cli import process
from provcheck.errors import ProvcheckError

if TYPE_CHECKING:
    from collections.abc import Sequence

VERBS = {
    "validate": "Examine a corpus, run the suites and write the report.",
    "scan": "Print the frame: one record a document, without gate or report.",
    "explain": "Show one document: its values with evidence, its findings with their places.",
    "rules": "List the rules, or show one.",
    "baseline": "Write down the findings that are known, so that only new ones count.",
    "diff": "Show what a change did to a corpus.",
    "cache": "Show or clear what is kept of examined documents.",
    "certify": "Validate, and if the gate passes state which files passed which suites.",
    "verify": "Check whether a statement holds for the files that are here.",
    "repair": "Write the repaired corpus and the steps that led there.",
    "init": "Write the configuration, the suites and the CI file of a new corpus.",
}

PASSED, FAILED, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes: the gate passed · the gate failed · usage, configuration or output · a bug of ours · Ctrl-C."""


YOUNG = 10_000
"""After so many new objects Python looks for circles among them. Its 700 are a look at each new part of a table."""


class Verbs(click.Group):
    """The verbs, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click calls it so
        """Give the verbs in the order of a first use."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as above
        """Import a verb's module and give its command, or None for a name that is no verb."""
        if cmd_name not in VERBS:
            return None
        gc.disable()  # what an import makes stays: to look through it again and again would be lost time
        try:
            command: click.Command = importlib.import_module(f"provcheck.cli.{cmd_name}").command
        finally:
            gc.freeze()
            gc.set_threshold(YOUNG)
            gc.enable()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # as above
        """List the verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 passed · 1 the gate failed · 2 usage, configuration or output · 3 a bug · 130 interrupted.",
)
@click.version_option(__version__, "-V", "--version", prog_name="provcheck")
def group() -> None:
    """Know what is in a corpus of documents before anything is built on it.

    \b
    Examples:
      provcheck validate corpus/            examine, gate, write provcheck-report/
      provcheck scan corpus/ -f jsonl       one JSON object a document
      provcheck explain corpus/a.txt        why provcheck thinks what it thinks
      provcheck rules PC501                 what a rule means and what to do
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give the exit code; prints a line, never a traceback, for all that a user can mend."""
    process.prepare_streams()
    process.keep_to_one_thread()
    with process.ending_as_interrupted():
        return _ended(arguments)


def _ended(arguments: Sequence[str] | None) -> int:
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        plain = False if os.environ.get("NO_COLOR") else None  # see no-color.org; None asks whether it is a terminal
        # click's own `main` has its own ideas of Ctrl-C
        with group.make_context("provcheck", given, color=plain) as context:
            code = group.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE
    except ProvcheckError as error:
        click.echo(f"provcheck: {error}", err=True)
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo("provcheck: interrupted; nothing was written", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone; say nothing on exit
        return PASSED
    except OSError as error:
        where = error.filename or "standard output or the temporary folder"
        click.echo(f"provcheck: {error.strerror or error}: {where}", err=True)
        return USAGE
    except Exception:  # noqa: BLE001  # the last door: a bug becomes a log and an exit code
        return _bug()
    return code if isinstance(code, int) else PASSED


def _bug() -> int:
    import tempfile  # noqa: PLC0415  # heavy, and hardly ever needed
    import traceback  # noqa: PLC0415  # as above

    handle, name = tempfile.mkstemp(prefix="provcheck-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        log.write(
            f"provcheck {__version__}, Python {sys.version}\narguments: {sys.argv[1:]}\n\n{traceback.format_exc()}"
        )
    click.echo(f"provcheck: a bug in provcheck, not in your corpus; please report it with {name}", err=True)
    return BUG
