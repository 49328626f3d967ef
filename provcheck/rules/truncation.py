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
    Rule(
        "PC502",
        "teaser-at-end",
        "info",
        "the last line looks like the headline of another story",
        "The content ends in a line without a full stop that is set like a headline or a button, behind a finished "
        "paragraph.",
        "It is a left-over of the page more often than a sentence that was cut; it counts as text all the same.",
        "Look at the last line; mend the extraction where it is no part of the article.",
    ),
)
