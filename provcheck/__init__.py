"""Know what is in a corpus of documents before anything is built on it.

    import provcheck

    frame = provcheck.scan(["corpus/"])            # a pandas frame, one row a document
    result = provcheck.validate(["corpus/"])       # examine, run the suites, write the report
    result.passed

Names are imported when they are first used, so that ``import provcheck`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from provcheck._version import __version__

if TYPE_CHECKING:
    from provcheck.config import Limits, Settings
    from provcheck.corpus import scan
    from provcheck.errors import ProvcheckError
    from provcheck.model import Document, Finding
    from provcheck.result import Result
    from provcheck.rules import RULES
    from provcheck.validation import validate

_HOMES = {
    "Document": "model",
    "Finding": "model",
    "Limits": "config",
    "ProvcheckError": "errors",
    "RULES": "rules",
    "Result": "result",
    "Settings": "config",
    "scan": "corpus",
    "validate": "validation",
}

__all__ = [
    "RULES",
    "Document",
    "Finding",
    "Limits",
    "ProvcheckError",
    "Result",
    "Settings",
    "__version__",
    "scan",
    "validate",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'provcheck' has no attribute {name!r}")
    return getattr(importlib.import_module(f"provcheck.{_HOMES[name]}"), name)
