"""How the outlet of a document is found: the gazetteer, the clues in the text, and their ranking."""

from __future__ import annotations
