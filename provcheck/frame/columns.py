"""The columns of the frame: names, types, units and meanings. No other place names a column.

Types are written down as words: making Arrow's own imports Arrow, which takes longer than a look at one document
(`provcheck.frame.tables.schema` makes them).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

Type = str | Mapping[str, str] | Sequence["Type"]
"""A type by Arrow's name for it; a structure as a dictionary of its fields; a list as a list of its one type."""


class Column(NamedTuple):
    """One column: its name, the type and the unit of its values, and what they mean."""

    name: str
    type: Type
    unit: str
    meaning: str


_EVIDENCE = {
    "rule": "string",
    "quote": "string",
    "start_line": "int64",
    "confidence": "double",
    "runner_up": "string",
}
_RANGES = [{"start_line": "int64", "end_line": "int64", "kind": "string"}]
_FINDINGS = [
    {
        "code": "string",
        "severity": "string",
        "message": "string",
        "start_line": "int64",
        "end_line": "int64",
        "quote": "string",
        "status": "string",
    }
]

DESCRIBED = ("title", "date", "outlet", "author", "agency", "place", "language")
"""The values that a document says of itself; each has a column, a twin `<name>_evidence` and a `<name>_confidence`."""

_MEANINGS = {
    "title": ("text", "the headline"),
    "date": ("ISO 8601", "the day of publication, or its moment where the document gives a time and a zone"),
    "outlet": ("name", "who published the document, by its canonical name where that is known"),
    "author": ("name", "who is named as the author, or the desk that is"),
    "agency": ("name", "the news agency that the text came from"),
    "place": ("name", "the place of the dateline, as written"),
    "language": ("ISO 639-1", "the language of the content"),
}

FLAGS: dict[str, tuple[str, str]] = {
    "decode_doubtful": ("PC201", "two encodings read the bytes as plausible text"),
    "encoding_mixed": ("PC206", "parts of the document are in different encodings"),
    "mojibake_repaired": ("PC204", "mojibake was found and undone"),
    "mojibake_left": ("PC205", "mojibake was found that cannot be undone"),
    "declared_conflict": ("PC305", "a declared value and the text contradict each other"),
    "date_ambiguous": ("PC306", "day and month of the date cannot be told apart"),
    "date_future": ("PC307", "the date lies after the day of the check"),
    "date_impossible": ("PC308", "the date does not exist"),
    "no_content": ("PC403", "nothing is left after the boilerplate is taken away"),
    "truncated": ("PC501", "the content is cut"),
    "length_clamped": ("PC801", "the document is one of many that end at the same length"),
    "lines_repeated": ("PC804", "lines of the content stand in many documents of the same outlet"),
    "markup_residue": ("PC601", "markup stands in the text"),
    "script_residue": ("PC602", "script or style stands in the text"),
    "control_chars": ("PC603", "the text holds control characters"),
    "invisible_chars": ("PC604", "the text holds invisible characters that its script does not need"),
}
"""Columns that are true where a document has a finding of one rule."""

MISSING: dict[str, tuple[str, ...]] = {
    "title": ("PC301",),
    "date": ("PC302", "PC306", "PC308"),
    "outlet": ("PC303",),
    "language": ("PC304",),
}
"""The values that have a column `<name>_missing`, and the rules that say why such a value may be null.

The gate asks these flags and not for nulls, so that a known finding can settle them (see `provcheck.frame.judged`).
"""

COLUMNS: tuple[Column, ...] = (
    Column("doc_id", "string", "16 hex digits", "names the document, the same on every machine"),
    Column("path", "string", "path", "the file, as given on the command line and found below it"),
    Column("relative", "string", "path", "the file below the given source, the same on every machine"),
    Column("member", "string", "path", "the file inside an archive or a message; null outside of them"),
    Column("row", "int64", "from 1", "the number of the record in a file of records; null elsewhere"),
    Column("wrapper", "string", "format", "what the document was packed in"),
    Column("sha256", "string", "64 hex digits", "digest of the document's own bytes"),
    Column("n_bytes", "int64", "bytes", "size of the document in its wrapper"),
    Column("read", "bool", "", "whether the document could be read"),
    Column("ingest_code", "string", "rule code", "why the document could not be read; null where it was"),
    Column("encoding", "string", "codec", "the encoding that reads the bytes"),
    Column("encoding_confidence", "double", "0 to 1", "how sure that encoding is"),
    Column("encoding_runner_up", "string", "codec", "the next encoding in rank; null where there is none"),
    Column("repairs", ["string"], "JSON", "the steps from bytes to text, replayable: [action, arguments]"),
    Column("text", "large_string", "text", "the repaired text"),
    Column(
        "text_before",
        "large_string",
        "text",
        "the text before its mojibake was undone; null where nothing was repaired",
    ),
    Column("content", "large_string", "text", "the text without boilerplate, inline headers and the headline"),
    Column("n_chars", "int64", "characters", "length of the text"),
    Column("n_words", "int64", "words", "words of the content; in scripts without spaces, half its characters"),
    *(Column(name, "string", *_MEANINGS[name]) for name in DESCRIBED),
    *(Column(f"{n}_missing", "bool", "", f"the document was read, and its {n} is null") for n in MISSING),
    Column("date_day", "timestamp[us]", "UTC day", "the date as a day, for comparing; null where date is"),
    Column("month", "string", "YYYY-MM", "the month of the date; null where date is"),
    *(Column(f"{n}_confidence", "double", "0 to 1", f"how sure the {n} is; null where it is") for n in DESCRIBED),
    *(Column(f"{n}_evidence", _EVIDENCE, "", f"rule, quote, line, confidence and runner-up of {n}") for n in DESCRIBED),
    Column("declared", "string", "JSON", "what the wrapper declares, by role"),
    Column("extra", "string", "JSON", "the wrapper's other fields, under their own names"),
    Column("boilerplate", _RANGES, "lines from 1", "ranges of lines that belong to the page, with their kind"),
    Column("boilerplate_share", "double", "0 to 1", "share of the text's characters that are boilerplate"),
    Column("replacement_chars", "int64", "characters", "U+FFFD in the text: characters lost before or on decoding"),
    Column("bytes_lost", "int64", "places", "places where bytes fit no encoding"),
    *(Column(name, "bool", "", meaning) for name, (_, meaning) in FLAGS.items()),
    Column("duplicate_cluster", "string", "doc_id", "the first document of the cluster of copies; null if unique"),
    Column("duplicate", "bool", "", "whether the document is a copy of one that comes before it"),
    Column("findings", _FINDINGS, "", "all findings, in order of place; status says which do not count"),
    Column("n_findings", "int64", "findings", "how many there are"),
    *(
        Column(f"n_{level}", "int64", "findings", f"how many of severity {level}")
        for level in ("critical", "warning", "info")
    ),
    Column("n_known", "int64", "findings", "how many of them stand in the baseline and do not count"),
    Column("n_waived", "int64", "findings", "how many of them are waived by the configuration and do not count"),
)

NAMES = tuple(column.name for column in COLUMNS)
