"""Rules for where a document comes from: title, date, outlet, author, place and language."""

from __future__ import annotations

from provcheck.rules.rule import Rule

ROWS = (
    Rule(
        "PC301",
        "title-missing",
        "info",
        "no title",
        "The wrapper declares no title, and no line of the text is likely enough to be its headline.",
        "A document without a title is hard to cite and to tell from its copies.",
        "Export the title with the text.",
    ),
    Rule(
        "PC302",
        "date-missing",
        "warning",
        "no publication date",
        "Neither the text nor its wrapper says when the document was published.",
        "Without a date nothing can be said about what the document could have known.",
        "Export the publication date with the text; event dates in the text do not count.",
    ),
    Rule(
        "PC303",
        "outlet-missing",
        "warning",
        "no outlet",
        "Neither the text nor its wrapper says who published the document.",
        "Rights, trust and bias hang on the publisher.",
        "Export the outlet with the text, or put it into the configuration for the folder.",
    ),
    Rule(
        "PC304",
        "language-unknown",
        "warning",
        "language cannot be told",
        "The text is too short or too mixed to tell its language, or it is no prose: a table, code, a list of names.",
        "Most later steps, tokenising first, depend on the language.",
        "Export the language with the text, or look whether the text is an article at all.",
    ),
    Rule(
        "PC305",
        "declared-conflict",
        "warning",
        "{name} declared as {declared!r}, the text says {detected!r}",
        "The wrapper declares one value, and strong evidence in the text says another.",
        "One of the two is wrong, and often it is the crawl date in place of the publication date.",
        "Look at the quote, and mend the export that wrote the wrong one.",
    ),
    Rule(
        "PC306",
        "date-ambiguous",
        "warning",
        "{quote!r} can be {first} or {second}",
        "The day and the month of the date cannot be told apart.",
        "The wrong order moves the document by up to eleven months.",
        "Export dates as YYYY-MM-DD, or state the order in the configuration.",
    ),
    Rule(
        "PC307",
        "date-in-future",
        "critical",
        "dated {date}, after {as_of}",
        "The publication date lies after the day of the check.",
        "It is a wrong clock, a wrong century or an event date.",
        "Correct the date at its source.",
    ),
    Rule(
        "PC308",
        "date-impossible",
        "warning",
        "{quote!r} is no date that exists",
        "The text or wrapper gives a date such as 31 February, or one before printing.",
        "Loaders turn such dates into others, or drop the row.",
        "Correct the date at its source.",
    ),
    Rule(
        "PC309",
        "weekday-mismatch",
        "info",
        "{quote!r}: {date} is a {weekday}",
        "The weekday that stands beside the date is not the weekday of that date.",
        "Either the date or the weekday was taken from elsewhere.",
        "Compare with the source.",
    ),
)
