"""The container file, read line by line: no engine runs here, so nothing is built."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = {"FROM", "COPY", "RUN", "ENV", "USER", "WORKDIR", "ENTRYPOINT", "CMD"}


class Instruction(NamedTuple):
    """An instruction and what follows it, with continued lines joined."""

    word: str
    rest: str


@pytest.fixture
def instructions(root: Path) -> list[Instruction]:
    """Give the instructions of the container file."""
    text = (root / "ci/container/Containerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [Instruction(*line.split(None, 1)) for line in joined.splitlines()]


def test_instructions(instructions: list[Instruction]) -> None:
    """Every line is an instruction that is known, and the first names the base."""
    assert {i.word for i in instructions} <= KNOWN
    assert instructions[0].word == "FROM"


def test_what_is_copied_is_there(instructions: list[Instruction], root: Path) -> None:
    """Every file that goes into the image stands in the checkout, and all that the build needs goes in."""
    copies = [i.rest.split()[:-1] for i in instructions if i.word == "COPY" and "--from" not in i.rest]
    names = {name for names in copies for name in names}
    assert [name for name in names if not (root / name).exists()] == []
    assert {"pyproject.toml", "README.md", "LICENSE", "provcheck", "expectations"} <= names


def test_runs_as_nobody(instructions: list[Instruction]) -> None:
    """The last stage ends as a numbered user who is not root."""
    last = max(n for n, i in enumerate(instructions) if i.word == "FROM")
    (user,) = (i.rest for i in instructions[last:] if i.word == "USER")
    assert all(int(part) >= 1000 for part in user.split(":"))
    assert not [i for i in instructions[last:] if i.word == "RUN"]


def test_no_address_but_the_base(instructions: list[Instruction]) -> None:
    """Nothing is fetched by address, and every base is the same slim Python, of a version that we support."""
    assert not [i for i in instructions if "://" in i.rest]
    assert {i.rest.split()[0] for i in instructions if i.word == "FROM"} == {"python:3.12-slim"}


def test_starts_without_a_shell(instructions: list[Instruction]) -> None:
    """Signals reach provcheck itself: the entry point is a list."""
    (entry,) = (json.loads(i.rest) for i in instructions if i.word == "ENTRYPOINT")
    assert entry == ["provcheck"]
