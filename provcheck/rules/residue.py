"""Rules for what programs left behind in the text."""

from __future__ import annotations

from provcheck.rules.rule import Rule

ROWS = (
    Rule(
        "PC601",
        "markup-residue",
        "warning",
        "{kind} markup left in the text{more}: {quote}",
        "HTML tags, entities, Markdown or wiki marks stand in the text.",
        "They are tokens that carry no meaning, and they hide words from search.",
        "Convert the markup before the text is stored.",
    ),
    Rule(
        "PC602",
        "script-residue",
        "warning",
        "script or style left in the text{more}: {quote}",
        "JavaScript, CSS or JSON of the page stands in the text.",
        "Code in news text is a sure sign of a failed extraction.",
        "Extract the document again without script and style elements.",
    ),
    Rule(
        "PC603",
        "control-characters",
        "warning",
        "{count} control character(s), the first is {name}",
        "The text holds control characters other than tab and line ends.",
        "They break terminals, CSV readers and XML, and can hide text.",
        "Remove them at the source; provcheck shows them as escapes.",
    ),
    Rule(
        "PC604",
        "invisible-characters",
        "info",
        "{count} invisible character(s), the first is {name}",
        "Zero-width, soft-hyphen, bidirectional-override or tag characters stand where the script does not need them.",
        "They split words for search, mark copies, and bidirectional overrides show another text than is there.",
        "Remove them if the script of the language does not need them.",
    ),
)
