"""The documentation does what it says: its commands and examples run, and its links lead somewhere."""

from __future__ import annotations

import dataclasses
import doctest
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from provcheck import config

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
PAGES = (
    "README.md",
    "docs/README.md",
    "docs/python.md",
    "docs/tutorial.md",
    "docs/ci/*.md",
    "docs/cache.md",
    "docs/certificate.md",
    "docs/reading.md",
    "docs/configuration.md",
    "docs/suites.md",
    "docs/spark.md",
)

GENERATED = ("rules/README.md", "columns.md")
"""What `ci/docs` writes, and holds against the code with --check."""


def blocks(page: Path, language: str) -> list[str]:
    """Give the code blocks of a page in a language."""
    return [text for name, text in BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


def test_every_setting_is_documented(root: Path) -> None:
    """The page of the configuration has each key that a file may hold, and what it says can be loaded."""
    (page,) = blocks(root / "docs/configuration.md", "toml")
    said = tomllib.loads(page)
    assert said.keys() == set(config.KEYS)
    assert said["limits"] == dataclasses.asdict(config.Limits())


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """Give an environment in which `provcheck` is this checkout, as a command."""
    command = tmp_path / "bin/provcheck"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m provcheck "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    return {
        **os.environ,
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "COLUMNS": "100",
    }


def commands(block: str) -> tuple[str, list[str]]:
    """Give the script of a console block, and the lines that it is said to print."""
    script, said = [], []
    for line in block.splitlines():
        if line == ">" or line.startswith(("$ ", "> ")):
            script.append(line[2:])
        else:
            said.append(line)
    return "\n".join(script), said


def pattern(said: list[str]) -> str:
    """Give the regular expression of what is printed: `…` is anything, also over several lines if it stands alone."""
    return "".join(
        r"(?s:.*?)" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\s*\n" for line in said
    )


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_console(root: Path, page: str, shell: dict[str, str], tmp_path: Path) -> None:
    """Each command of a page runs, in order, and prints what the page shows."""
    found = blocks(root / page, "console")
    assert found
    shutil.copytree(root / "fixtures/corpus", tmp_path / "fixtures/corpus")
    here = tmp_path / "here"
    here.write_text(str(tmp_path))
    for block in found:
        script, said = commands(block)
        ended = subprocess.run(
            ["bash", "-c", f'cd "$(cat "$HERE")"\n{script}\npwd >"$HERE"'],
            env={**shell, "HERE": str(here)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=200,
        )
        printed = ended.stdout.decode()
        assert ended.returncode == 0, printed
        assert re.fullmatch(pattern(said), printed), f"{script}\n{printed}"


@pytest.mark.parametrize("page", ["docs/python.md"])
def test_examples(root: Path, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example of a page gives what the page shows, beside the demo corpus."""
    shutil.copytree(root / "fixtures/corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    text = "\n".join(blocks(root / page, "pycon"))
    test = doctest.DocTestParser().get_doctest(text, {}, page, str(root / page), 0)
    failed, tried = doctest.DocTestRunner().run(test)
    assert tried > 10
    assert failed == 0


def test_links(root: Path) -> None:
    """Every link to a file of ours leads to one."""
    pages = [page for glob in PAGES for page in sorted(root.glob(glob))]
    assert len(pages) > 9
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and target.removeprefix("docs/") not in GENERATED and not (page.parent / target).exists()
    ]
    assert broken == []
