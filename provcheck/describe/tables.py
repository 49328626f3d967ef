"""The tables of words and weights in ``describe/data``."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def load(name: str) -> dict[str, Any]:
    """The JSON object in ``data/<name>.json``.

    >>> sorted(load("date_words"))[:2]
    ['about', 'elsewhere']
    """
    text = (resources.files("provcheck.describe") / "data" / f"{name}.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table
