"""Rules for text that was cut."""

from __future__ import annotations

from provcheck.rules.rule import Rule

ROWS = (
    Rule(
        "PC501",
        "truncated",
        "critical",
        "the text is cut: {detail}",
        "The content ends inside a word or a sentence, or in a mark that a program leaves where it cut.",
        "Half an article misleads whoever reads it as a whole one, and most often the cut is at a fixed length.",
        "Fetch the full text; look for a length limit in the export.",
    ),
)
