"""How the author of a document is found: names that may be the author's, and the signs of who signs."""

from __future__ import annotations
