"""The ratchet: no figure of the scoreboard falls."""

from __future__ import annotations

import importlib.util
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


@pytest.fixture(scope="module")
def quality(root: Path) -> ModuleType:
    """The script that measures."""
    spec = importlib.util.spec_from_file_location("quality", root / "benchmarks" / "quality.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.timeout(900)
def test_no_figure_falls(quality: ModuleType, root: Path, shared: Path) -> None:
    """Every figure is within a hair of the last one written down, or better."""
    before = json.loads((root / "benchmarks" / "quality.json").read_text(encoding="utf-8"))["all"]
    pages = quality.scoreboard().load(shared / "gold" / "pages.jsonl.gz")
    assert quality.fallen(before, quality.measure(pages)) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "falls"),
    [
        ("recall_all", 0.9, 0.896, False),
        ("recall_all", 0.9, 0.89, True),
        ("recall_all", 0.9, 1.0, False),
        ("date_wrong_full", 0.02, 0.03, True),
        ("date_wrong_full", 0.02, 0.0, False),
        ("wrongly_joined", 0, 1, True),
        ("n_clean", 100, 50, False),
        ("recall_all", 0.9, float("nan"), True),
    ],
)
def test_ratchet(quality: ModuleType, name: str, old: float, new: float, falls: bool) -> None:  # noqa: FBT001  # a case
    """The ratchet knows which figures are better when low, and that no figure at all is a fall."""
    assert bool(quality.fallen({"t": {name: old}}, {"t": {name: new}})) is falls
