"""A frame that every shipped suite passes, and suites written into a temporary folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FLAGS = (
    "decode_doubtful", "encoding_mixed", "mojibake_repaired", "mojibake_left", "declared_conflict", "date_ambiguous",
    "date_future", "date_impossible", "no_content", "truncated", "length_clamped", "lines_repeated", "markup_residue",
    "script_residue", "control_chars", "invisible_chars", "duplicate", "date_missing", "outlet_missing",
    "language_missing", "title_missing",
)  # fmt: skip


def good(n: int) -> pd.DataFrame:
    """A frame of n documents without fault, with every column that the shipped suites name."""
    numbers = {"n_words": 300, "replacement_chars": 0, "bytes_lost": 0, "boilerplate_share": 0.1}
    texts = {"title": "A title", "date": "2020-01-01", "outlet": "Dawn", "language": "en", "text": "Words."}
    return pd.DataFrame(
        {
            "doc_id": [f"{i:016x}" for i in range(n)],
            "read": [True] * n,
            "date_day": pd.date_range("2020-01-01", periods=n),
            "duplicate_cluster": pd.Series([None] * n, dtype="object"),
            **{k: [v] * n for k, v in (numbers | texts).items()},
            **{k: [False] * n for k in FLAGS},
        }
    )


@pytest.fixture
def frame() -> pd.DataFrame:
    """Forty good documents."""
    return good(40)


@pytest.fixture(scope="session")
def many() -> Callable[[int], pd.DataFrame]:
    """As many good documents as asked for."""
    return good


def entry(**changes: Any) -> dict[str, Any]:
    """An expectation that is right, with the keys that a test changes; a key given as None is left out."""
    base = {
        "type": "expect_column_values_to_not_be_null",
        "kwargs": {"column": "outlet"},
        "severity": "critical",
        "description": "Outlets are known.",
        "meta": {"check": "outlet", "reason": "A test."},
    }
    return {k: v for k, v in (base | changes).items() if v is not None}


@pytest.fixture(scope="session")
def make_entry() -> Callable[..., dict[str, Any]]:
    """The builder of entries."""
    return entry


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write the suite `mine` with these expectations into a folder of suites, and give the folder."""

    def written(*expectations: Any, **top: Any) -> Path:
        folder = tmp_path / "suites"
        folder.mkdir(exist_ok=True)
        raw = {"name": "mine", "expectations": list(expectations)} | top
        (folder / "mine.json").write_text(json.dumps(raw), encoding="utf-8")
        return folder

    return written
