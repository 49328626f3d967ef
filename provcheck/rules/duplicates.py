"""Rules for documents that are there more than once."""

from __future__ import annotations

from provcheck.rules.rule import Rule

ROWS = (
    Rule(
        "PC701",
        "duplicate-exact",
        "warning",
        "the same content as {other}",
        "Two documents have the same content, letter for letter, apart from white space.",
        "Copies weigh double in every count, and cross from training into test sets.",
        "Keep one document of each `duplicate_cluster`.",
    ),
    Rule(
        "PC702",
        "duplicate-near",
        "warning",
        "{similarity:.0%} the same as {other}",
        "Two documents are versions of one text: retitled, shortened, or edited by a few words.",
        "Agency stories come forty times under forty titles; counts and splits go wrong as with exact copies.",
        "Keep one document of each `duplicate_cluster`; the shared passages are the evidence.",
    ),
    Rule(
        "PC703",
        "shared-passages",
        "info",
        "shares {characters} characters with {other}",
        "Two different documents carry long passages word for word.",
        "They retell one press release or agency text: two documents, one origin.",
        "Count them as one source where independence matters.",
    ),
)
