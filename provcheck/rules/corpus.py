"""Rules that only the whole corpus can show."""

from __future__ import annotations

from provcheck.rules.rule import Rule

ROWS = (
    Rule(
        "PC801",
        "length-clamp",
        "critical",
        "{count} documents end at {length} {unit}",
        "Many documents have exactly the same length, or stop just short of one.",
        "An export cut them at a limit; the documents that happen to end in a full stop look whole.",
        "Lift the limit in the export and fetch the documents again.",
    ),
    Rule(
        "PC802",
        "date-spike",
        "warning",
        "{count} of {total} dated documents carry the date {date}",
        "One day holds far more documents than its neighbours.",
        "It is usually the day of the crawl or of a migration, written in place of the publication date.",
        "Check the source of the dates.",
    ),
    Rule(
        "PC803",
        "waiver-expired",
        "warning",
        "the waiver of {rule} for {pattern!r} expired on {expires}",
        "The configuration waives a finding of this document until a day that has passed, so the finding counts again.",
        "A waiver is a promise to look again; one that nobody looks at is a check that nobody runs.",
        "Mend what was waived, or give the waiver a new day and a reason why.",
    ),
    Rule(
        "PC804",
        "lines-repeated",
        "warning",
        "{count} of the {total} documents {whose} have it",
        "The content has lines that stand word for word in many other documents of the same outlet.",
        "What an outlet repeats was written for its pages: a plea for donations, a note on the author, a disclaimer. "
        "The content of a document does not depend on others, so the lines are still in it.",
        "Take the lines out of the source, or out of `content` by the lines of this finding.",
    ),
)
