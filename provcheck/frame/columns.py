"""The columns of the frame: names, types, units and meanings. No other place names a column."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa


class Column(NamedTuple):
    """One column: its name, its type as Arrow writes it, the unit of its values, and what they mean."""

    name: str
    type: pa.DataType
    unit: str
    meaning: str


_TEXT = pa.large_string()
_EVIDENCE = pa.struct(
    {
        "rule": pa.string(),
        "quote": pa.string(),
        "start_line": pa.int64(),
        "confidence": pa.float64(),
        "runner_up": pa.string(),
    }
)
_RANGES = pa.list_(pa.struct({"start_line": pa.int64(), "end_line": pa.int64(), "kind": pa.string()}))
_FINDINGS = pa.list_(
    pa.struct(
        {
            "code": pa.string(),
            "severity": pa.string(),
            "message": pa.string(),
            "start_line": pa.int64(),
            "end_line": pa.int64(),
            "quote": pa.string(),
            "status": pa.string(),
        }
    )
)

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
    Column("doc_id", pa.string(), "16 hex digits", "names the document, the same on every machine"),
    Column("path", pa.string(), "path", "the file, as given on the command line and found below it"),
    Column("relative", pa.string(), "path", "the file below the given source, the same on every machine"),
    Column("member", pa.string(), "path", "the file inside an archive; null outside of archives"),
    Column("row", pa.int64(), "from 1", "the number of the record in a file of records; null elsewhere"),
    Column("wrapper", pa.string(), "format", "what the document was packed in"),
    Column("sha256", pa.string(), "64 hex digits", "digest of the document's own bytes"),
    Column("n_bytes", pa.int64(), "bytes", "size of the document in its wrapper"),
    Column("read", pa.bool_(), "", "whether the document could be read"),
    Column("ingest_code", pa.string(), "rule code", "why the document could not be read; null where it was"),
    Column("encoding", pa.string(), "codec", "the encoding that reads the bytes"),
    Column("encoding_confidence", pa.float64(), "0 to 1", "how sure that encoding is"),
    Column("encoding_runner_up", pa.string(), "codec", "the next encoding in rank; null where there is none"),
    Column("repairs", pa.list_(pa.string()), "JSON", "the steps from bytes to text, replayable: [action, arguments]"),
    Column("text", _TEXT, "text", "the repaired text"),
    Column("text_before", _TEXT, "text", "the text before its mojibake was undone; null where nothing was repaired"),
    Column("content", _TEXT, "text", "the text without boilerplate and without inline headers"),
    Column("n_chars", pa.int64(), "characters", "length of the text"),
    Column("n_words", pa.int64(), "words", "words of the content; in scripts without spaces, half its characters"),
    *(Column(name, pa.string(), *_MEANINGS[name]) for name in DESCRIBED),
    *(Column(f"{n}_missing", pa.bool_(), "", f"the document was read, and its {n} is null") for n in MISSING),
    Column("date_day", pa.timestamp("us"), "UTC day", "the date as a day, for comparing; null where date is"),
    Column("month", pa.string(), "YYYY-MM", "the month of the date; null where date is"),
    *(Column(f"{n}_confidence", pa.float64(), "0 to 1", f"how sure the {n} is; null where it is") for n in DESCRIBED),
    *(Column(f"{n}_evidence", _EVIDENCE, "", f"rule, quote, line, confidence and runner-up of {n}") for n in DESCRIBED),
    Column("declared", pa.string(), "JSON", "what the wrapper declares, by role"),
    Column("extra", pa.string(), "JSON", "the wrapper's other fields, under their own names"),
    Column("boilerplate", _RANGES, "lines from 1", "ranges of lines that belong to the page, with their kind"),
    Column("boilerplate_share", pa.float64(), "0 to 1", "share of the text's characters that are boilerplate"),
    Column("replacement_chars", pa.int64(), "characters", "U+FFFD in the text: characters lost before or on decoding"),
    Column("bytes_lost", pa.int64(), "places", "places where bytes fit no encoding"),
    *(Column(name, pa.bool_(), "", meaning) for name, (_, meaning) in FLAGS.items()),
    Column("duplicate_cluster", pa.string(), "doc_id", "the first document of the cluster of copies; null if unique"),
    Column("duplicate", pa.bool_(), "", "whether the document is a copy of one that comes before it"),
    Column("findings", _FINDINGS, "", "all findings, in order of place; status says which do not count"),
    Column("n_findings", pa.int64(), "findings", "how many there are"),
    *(
        Column(f"n_{level}", pa.int64(), "findings", f"how many of severity {level}")
        for level in ("critical", "warning", "info")
    ),
    Column("n_known", pa.int64(), "findings", "how many of them stand in the baseline and do not count"),
    Column("n_waived", pa.int64(), "findings", "how many of them are waived by the configuration and do not count"),
)

NAMES = tuple(column.name for column in COLUMNS)
SCHEMA = pa.schema([(column.name, column.type) for column in COLUMNS])
