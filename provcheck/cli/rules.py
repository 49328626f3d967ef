"""``provcheck rules``: the registry."""

from __future__ import annotations

import click

from provcheck.errors import UnknownNameError
from provcheck.reports import rulebook
from provcheck.rules import RULES

EXAMPLES = """\b
Examples:
  provcheck rules             all rules, a line each
  provcheck rules PC302       what it means, why it matters, what to do
"""


@click.command("rules", epilog=EXAMPLES)
@click.argument("code", required=False)
@click.option("--markdown", is_flag=True, help="As Markdown, for a page of documentation.")
def command(code: str | None, *, markdown: bool) -> int:
    """List the rules, or show the one named by its code or name."""
    if code is None:
        click.echo(rulebook.index_markdown() if markdown else rulebook.index_text(), nl=False)
        return 0
    names = {rule.name: rule for rule in RULES.values()} | RULES
    rule = names.get(code.upper()) or names.get(code.lower())
    if rule is None:
        raise UnknownNameError("rule", code, names)
    click.echo(rulebook.page_markdown(rule) if markdown else rulebook.page_text(rule), nl=False)
    return 0
