"""The registry: every code once, every template fillable, every word in place; docs agree with it."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from provcheck.model import Finding
from provcheck.reports import rulebook
from provcheck.rules import FAMILIES, RULES

if TYPE_CHECKING:
    from pathlib import Path

    from provcheck.rules import Rule


def test_codes() -> None:
    """Codes and names are unique, sorted, and of a known family."""
    assert list(RULES) == sorted(RULES)
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    assert all(re.fullmatch(r"PC\d{3}", code) and code[2] in FAMILIES for code in RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_rows_are_whole(rule: Rule) -> None:
    """Each row says what, why and what to do, in sentences, and has a name that reads."""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert all(text.endswith(".") and len(text) > 20 for text in (rule.what, rule.why))
    assert len(rule.remedy) > 20
    assert rule.severity in ("critical", "warning", "info")
    assert not rule.message.endswith(".")


def test_codes_used_exist(root: Path) -> None:
    """Every code that stands anywhere in the code or the suites is in the registry, and every rule is used."""
    source = "".join(
        p.read_text(encoding="utf-8") for p in (root / "provcheck").rglob("*.py") if "rules" not in p.parts
    )
    suites = "".join(p.read_text(encoding="utf-8") for p in (root / "expectations").glob("*.json"))
    used = set(re.findall(r"PC\d{3}", source))
    assert used | set(re.findall(r"PC\d{3}", suites)) <= RULES.keys()
    assert RULES.keys() <= used


def test_messages_can_be_filled() -> None:
    """A template asks for values by name alone."""
    for rule in RULES.values():
        names = [name for _, name, _, _ in string.Formatter().parse(rule.message) if name is not None]
        assert all(name.isidentifier() for name in names)


def test_identity_has_no_place() -> None:
    """A finding is the same while rule, document and quote are, wherever it stands."""
    one = Finding.of("PC501", "He said tha", (8, 11), detail="x")
    two = Finding.of("PC501", "....He said tha", (12, 15), detail="y")
    assert one.identity("abc") == two.identity("abc") != one.identity("abd")


def test_pages() -> None:
    """Each rule has a page as text and as Markdown, and the indexes name all of them."""
    for rule in RULES.values():
        assert rule.remedy.split()[0] in rulebook.page_text(rule)
        assert rulebook.page_markdown(rule).startswith(f"# {rule.code} {rule.name}\n")
    assert all(code in rulebook.index_text() and f"({code}.md)" in rulebook.index_markdown() for code in RULES)


def test_generated_docs_agree(root: Path) -> None:
    """The pages in docs/ are what the code says."""
    ended = subprocess.run([sys.executable, str(root / "ci" / "docs"), "--check"], capture_output=True, check=False)
    assert (ended.returncode, ended.stdout.decode()) == (0, "")
