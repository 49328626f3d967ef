"""The registry for people: a list of all rules, and a page for each, as text and as Markdown."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from provcheck.rules import RULES

if TYPE_CHECKING:
    from provcheck.rules import Rule


def index_text() -> str:
    """All rules by family, a line each."""
    width = max(len(rule.name) for rule in RULES.values())
    parts = []
    for family, rules in groupby(RULES.values(), key=lambda rule: rule.family):
        rows = [f"  {rule.code}  {rule.name:{width}}  {rule.severity}" for rule in rules]
        parts.append("\n".join([family, *rows]))
    return "\n\n".join(parts) + "\n"


def page_text(rule: Rule) -> str:
    """One rule for a terminal."""
    wrap = textwrap.TextWrapper(width=88, initial_indent="  ", subsequent_indent="  ")
    sections = (("What", rule.what), ("Why", rule.why), ("What to do", rule.remedy), ("Message", rule.message))
    body = "\n\n".join(f"{head}\n{wrap.fill(text)}" for head, text in sections)
    return f"{rule.code} {rule.name} ({rule.severity}, {rule.family})\n\n{body}\n"


def index_markdown() -> str:
    """All rules as a Markdown table for each family, linked to their pages."""
    parts = ["# Rules\n\nGenerated from the registry by `provcheck rules --markdown`.\n"]
    for family, rules in groupby(RULES.values(), key=lambda rule: rule.family):
        rows = [f"| [{r.code}]({r.code}.md) | {r.name} | {r.severity} | {r.what} |" for r in rules]
        head = [f"## {family.capitalize()}", "", "| code | name | severity | what |", "|---|---|---|---|"]
        parts.append("\n".join([*head, *rows]) + "\n")
    return "\n".join(parts)


def page_markdown(rule: Rule) -> str:
    """One rule as a page of Markdown."""
    return (
        f"# {rule.code} {rule.name}\n\nSeverity: {rule.severity} · family: {rule.family}\n\n"
        f"## What\n\n{rule.what}\n\n## Why\n\n{rule.why}\n\n## What to do\n\n{rule.remedy}\n\n"
        f"## Message\n\n`{rule.message}`\n"
    )
