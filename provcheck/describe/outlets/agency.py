from __future__ import annotations
from provcheck.model import Described
def describe(document, page, language): return Described()
