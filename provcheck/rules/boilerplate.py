"""Rules for text that is on the page and not of the article."""

from __future__ import annotations

from provcheck.rules.rule import Rule

ROWS = (
    Rule(
        "PC401",
        "boilerplate",
        "info",
        "{lines} line(s) of {kind}",
        "Lines that belong to the page around the article: navigation, teasers of other stories, comments and "
        "their forms, newsletter and share lines, cookie and copyright notices, author boxes, advertisements, "
        "a repeated headline or paragraph, labelled captions of pictures.",
        "They are counted as text, indexed as content and learned as language.",
        "Use the column `content`, which leaves them out, or mend the extraction.",
    ),
    Rule(
        "PC402",
        "boilerplate-most",
        "warning",
        "{share:.0%} of the text is boilerplate",
        "More than half of the characters of the document belong to the page around the article.",
        "Such documents are failed extractions more often than articles.",
        "Look at the document; use `content`, or extract it again.",
    ),
    Rule(
        "PC403",
        "no-content",
        "critical",
        "nothing but boilerplate",
        "After the boilerplate is taken away no text is left.",
        "A cookie wall or an error page was stored in place of the article.",
        "Fetch the document again, or remove it.",
    ),
)
