"""A page for each rule, generated from the registry, with what the rule found in this corpus."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from provcheck.reports.html.charts import prose, text
from provcheck.reports.html.shell import page, put
from provcheck.rules import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from provcheck.reports.html.story import Check, Story
    from provcheck.rules import Rule


def write(folder: Path, story: Story) -> None:
    """Write the list of rules and the page of each."""
    put(folder / "index.html", page("Rules", _index(story), root="../", foot=story.foot))
    for rule in RULES.values():
        body = page(f"{rule.code} {rule.name}", _rule(rule, story), root="../", foot=story.foot)
        put(folder / f"{rule.code}.html", body)


def badge(level: str) -> str:
    """A severity as a word on a coloured ground."""
    return f'<span class="badge {text(level)}">{text(level)}</span>'


def _index(story: Story) -> str:
    parts = ['<h1>Rules</h1><p class="lead">Every finding that provcheck can make, and what this run found.</p>']
    for family, rules in groupby(RULES.values(), key=lambda rule: rule.family):
        rows = "".join(
            f'<tr><th scope="row"><a href="{rule.code}.html">{rule.code}</a></th><td>{text(rule.name)}</td>'
            f'<td>{badge(rule.severity)}</td><td class="what">{text(rule.what)}</td>'
            f'<td class="number" data-label="Documents">{story.summary.by_rule[rule.code]:,}</td></tr>'
            for rule in rules
        )
        head = "".join(f'<th scope="col">{name}</th>' for name in ("Code", "Name", "Severity", "What", "Documents"))
        parts.append(
            f"<h2>{text(family.capitalize())}</h2>"
            f'<div class="wide" tabindex="0" role="region" aria-label="Rules: {text(family)}">'
            f'<table class="numbers cards"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        )
    return "\n".join(parts)


def _rule(rule: Rule, story: Story) -> str:
    count = story.summary.by_rule[rule.code]
    found = (
        f'<a href="../index.html#/documents?rule={rule.code}">{_documents(count)}</a> of this corpus'
        if count
        else "No document of this corpus"
    )
    settled = ", besides those known or waived" if story.summary.by_status else ""
    checks = [check for check in story.checks if rule.code in check.rules]
    listed = "".join(map(_check, checks))
    judged = f"<h2>Checks that ask for it</h2><ul>{listed}</ul>" if checks else ""
    return (
        f'<p class="crumb"><a href="index.html">Rules</a> / {text(rule.family)}</p>'
        f"<h1>{rule.code} {text(rule.name)}</h1>"
        f"<p>{badge(rule.severity)} {found} {'has' if count <= 1 else 'have'} this finding{settled}.</p>"
        f'<div class="prose"><h2>What</h2><p>{prose(rule.what)}</p><h2>Why</h2><p>{prose(rule.why)}</p>'
        f"<h2>What to do</h2><p>{prose(rule.remedy)}</p>"
        f"<h2>Message</h2><p><code>{text(rule.message)}</code></p>{judged}</div>"
    )


def _documents(count: int) -> str:
    return f"{count:,} document{'' if count == 1 else 's'}"


def _check(check: Check) -> str:
    state = "passed" if check.success else "failed"
    where = f"../data_docs/validations/{text(check.suite)}.html"
    name = f'<a href="{where}"><code>{text(check.suite)}/{text(check.check)}</code></a>'
    return f'<li><span class="state {state}">{state}</span> {text(check.description)} {name}</li>'
