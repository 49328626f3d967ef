"""Know what is in a corpus of documents before anything is built on it.

    import provcheck

    frame = provcheck.scan(["corpus/"])            # a pandas frame, one row a document
    result = provcheck.validate(["corpus/"])       # examine, run the suites, write the report
    result.passed
    certificate = provcheck.certify(["corpus/"])   # the same, and a statement for those who get the corpus
    provcheck.verify("corpus.statement.json", ["corpus/"]).holds

Names are imported when they are first used, so that ``import provcheck`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from provcheck._version import __version__

if TYPE_CHECKING:
    from provcheck.certification import Certificate, certify
    from provcheck.config import Limits, Settings
    from provcheck.corpus import scan
    from provcheck.errors import ProvcheckError
    from provcheck.model import Document, Finding
    from provcheck.result import Result
    from provcheck.rules import RULES
    from provcheck.validation import validate
    from provcheck.verification import Verification, verify

_HOMES = {
    "Certificate": "certification",
    "Document": "model",
    "Finding": "model",
    "Limits": "config",
    "ProvcheckError": "errors",
    "RULES": "rules",
    "Result": "result",
    "Settings": "config",
    "Verification": "verification",
    "certify": "certification",
    "scan": "corpus",
    "validate": "validation",
    "verify": "verification",
}

__all__ = [
    "RULES",
    "Certificate",
    "Document",
    "Finding",
    "Limits",
    "ProvcheckError",
    "Result",
    "Settings",
    "Verification",
    "__version__",
    "certify",
    "scan",
    "validate",
    "verify",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'provcheck' has no attribute {name!r}")
    return getattr(importlib.import_module(f"provcheck.{_HOMES[name]}"), name)
