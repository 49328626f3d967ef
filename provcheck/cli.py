"""The command line."""

from __future__ import annotations

import json
import sys

from provcheck import corpus
from provcheck.config import Settings


def main() -> None:
    """Scan, for now."""
    for record in corpus.scan([a for a in sys.argv[2:] if not a.startswith("--") and a != "jsonl"], Settings()):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
