"""The frame: one row a document, and the only place that names its columns.

A row is first a record, a plain dictionary that can be written as JSON, made where the document was examined. What
only the whole corpus can tell (duplicates, length clamps) is added by `amend`. From records come the Arrow table that
Parquet holds and the pandas frame that people and the gate get.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from provcheck.model import Unread
from provcheck.rules import RULES
from provcheck.text import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from provcheck.model import Described, Document, Examined, Finding

Record = dict[str, Any]


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

_FLAGS: dict[str, tuple[str, str]] = {
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

COLUMNS: tuple[Column, ...] = (
    Column("doc_id", pa.string(), "16 hex digits", "names the document, the same on every machine"),
    Column("path", pa.string(), "path", "the file, as given on the command line and found below it"),
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
    Column("content", _TEXT, "text", "the text without boilerplate and without inline headers"),
    Column("n_chars", pa.int64(), "characters", "length of the text"),
    Column("n_words", pa.int64(), "words", "words of the content; in scripts without spaces, half its characters"),
    *(Column(name, pa.string(), *_MEANINGS[name]) for name in DESCRIBED),
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
    *(Column(name, pa.bool_(), "", meaning) for name, (_, meaning) in _FLAGS.items()),
    Column("duplicate_cluster", pa.string(), "doc_id", "the first document of the cluster of copies; null if unique"),
    Column("duplicate", pa.bool_(), "", "whether the document is a copy of one that comes before it"),
    Column("findings", _FINDINGS, "", "all findings, in order of place"),
    Column("n_findings", pa.int64(), "findings", "how many there are"),
    *(
        Column(f"n_{level}", pa.int64(), "findings", f"how many of severity {level}")
        for level in ("critical", "warning", "info")
    ),
)

NAMES = tuple(column.name for column in COLUMNS)
SCHEMA = pa.schema([(column.name, column.type) for column in COLUMNS])

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the whole corpus adds to one row: its cluster's first document, and findings."""

    cluster: str | None = None
    findings: tuple[Finding, ...] = ()
    doc_id: str | None = None


def record(result: Examined | Unread) -> Record:
    """The row of one document, with every column of `COLUMNS`, in their order."""
    row = _unread(result) if isinstance(result, Unread) else _examined(result)
    return _derive(row)


def _examined(result: Examined) -> Record:
    document, origin = result.document, result.document.origin
    found = [_finding(finding, document.lines) for finding in result.findings]
    row: Record = dict.fromkeys(NAMES)
    row.update(
        doc_id=origin.doc_id,
        path=origin.path,
        member=origin.member,
        row=origin.row,
        wrapper=document.wrapper,
        sha256=origin.sha256,
        n_bytes=result.n_bytes,
        read=True,
        encoding=document.encoding,
        encoding_confidence=round(document.encoding_confidence, 4),
        encoding_runner_up=document.encoding_runner_up,
        repairs=[json.dumps([step.action, *step.args], ensure_ascii=False) for step in document.steps],
        text=document.text,
        content=result.content,
        n_chars=len(document.text),
        n_words=_words(result.content),
        declared=_json(document.declared),
        extra=_json(document.extra),
        boilerplate=[
            {"start_line": r.start_line, "end_line": r.end_line, "kind": r.kind} for r in result.layout.ranges
        ],
        boilerplate_share=_share(result),
        replacement_chars=document.text.count("\ufffd"),
        bytes_lost=sum(f["code"] == "PC203" for f in found),
        findings=found,
    )
    for name in DESCRIBED:
        described = getattr(result.description, name)
        row[name] = described.value
        row[f"{name}_confidence"] = round(described.best.confidence, 4) if described.best else None
        row[f"{name}_evidence"] = _evidence(described, document)
    return row


def _unread(result: Unread) -> Record:
    origin = result.envelope.origin
    row: Record = dict.fromkeys(NAMES)
    row.update(
        doc_id=origin.doc_id,
        path=origin.path,
        member=origin.member,
        row=origin.row,
        wrapper=result.envelope.wrapper,
        sha256=origin.sha256,
        n_bytes=origin.length,
        read=False,
        ingest_code=result.finding.code,
        repairs=[],
        n_chars=0,
        n_words=0,
        declared=_json(result.envelope.declared),
        extra=_json(result.envelope.extra),
        boilerplate=[],
        boilerplate_share=0.0,
        replacement_chars=0,
        bytes_lost=0,
        findings=[_finding(result.finding, Lines.of(""))],
    )
    return row


def amend(row: Record, amendment: Amendment) -> Record:
    """The row with what the corpus adds to it."""
    lines = Lines.of(row["text"] or "")
    found = sorted(
        [*row["findings"], *(_finding(finding, lines) for finding in amendment.findings)],
        key=lambda f: (f["start_line"] or 0, f["code"]),
    )
    doc_id = amendment.doc_id or row["doc_id"]
    return _derive({**row, "doc_id": doc_id, "duplicate_cluster": amendment.cluster, "findings": found})


def dump(row: Record) -> bytes:
    """A record as one line of JSON in UTF-8, without a line end; a lone surrogate becomes its JSON escape."""
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _derive(row: Record) -> Record:
    """Fill the columns that follow from others: flags from findings, counts, and the date's day and month."""
    codes = [finding["code"] for finding in row["findings"]]
    levels = [finding["severity"] for finding in row["findings"]]
    for name, (code, _) in _FLAGS.items():
        row[name] = code in codes
    row["duplicate"] = row["duplicate_cluster"] not in (None, row["doc_id"])
    row["n_findings"] = len(codes)
    for level in ("critical", "warning", "info"):
        row[f"n_{level}"] = levels.count(level)
    row["date_day"] = row["date"] and row["date"][:10]
    row["month"] = row["date"] and row["date"][:7]
    return row


def _finding(finding: Finding, lines: Lines) -> Record:
    placed = finding.end > finding.start
    return {
        "code": finding.code,
        "severity": RULES[finding.code].severity,
        "message": finding.message,
        "start_line": lines.number_at(finding.start) if placed else None,
        "end_line": lines.number_at(finding.end - 1) if placed else None,
        "quote": finding.quote,
    }


def _evidence(described: Described, document: Document) -> Record | None:
    best = described.best
    if best is None:
        return None
    return {
        "rule": best.rule,
        "quote": best.quote,
        "start_line": document.lines.number_at(best.start) if best.start >= 0 else None,
        "confidence": round(best.confidence, 4),
        "runner_up": described.runner_up.value if described.runner_up else None,
    }


def _share(result: Examined) -> float:
    text, lines = result.document.text, result.document.lines
    flagged = sum(len(lines.texts[i]) for i, kind in enumerate(result.layout.kinds) if kind)
    return round(flagged / max(1, len(text)), 4)


def _words(content: str) -> int:
    """Words as runs of letters and digits; scripts without spaces count two characters a word."""
    if content.isascii():
        return len(content.split())
    unspaced = len(_UNSPACED.findall(content))
    if unspaced * 4 > len(content):
        return unspaced // 2 + len(_WORD.findall(_UNSPACED.sub(" ", content)))
    return len(content.split())


def _json(value: object) -> str:
    return json.dumps(dict(value) if value else {}, ensure_ascii=False, default=str)  # type: ignore[call-overload]  # a Mapping


def tables(rows: Iterable[Mapping[str, Any]], size: int = 1000) -> Iterator[pa.Table]:
    """Records as Arrow tables of at most `size` rows with the schema of `COLUMNS`; at least one, perhaps empty."""
    stream = iter(rows)
    part = list(islice(stream, size))
    while True:
        yield pa.Table.from_pylist([{**row, "date_day": _day(row["date_day"])} for row in part], schema=SCHEMA)
        part = list(islice(stream, size))
        if not part:
            return


def pandas(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Records as a pandas frame: one row a document, a column for each of `COLUMNS`."""
    frame: pd.DataFrame = pa.concat_tables(tables(rows)).to_pandas()
    return frame


def write_parquet(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write records to a Parquet file, a batch at a time; raises OSError where the disk does not take them."""
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for part in tables(rows):
            writer.write_table(part)


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """The frame, or some of its columns, from a file that `write_parquet` made."""
    names = None if columns is None else [name for name in NAMES if name in columns]
    frame: pd.DataFrame = pq.read_table(path, columns=names).to_pandas()
    return frame


def _day(day: str | None) -> dt.datetime | None:
    """The day as a naive moment: Great Expectations cannot compare zoned ones."""
    return None if day is None else dt.datetime.fromisoformat(day)
