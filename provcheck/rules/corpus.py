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
)
