"""The table of formats: what a file is, by its content first and by its ending second, and who reads it.

Content wins, because endings lie: crawlers save HTML as ``.txt``, and exports call JSON lines ``.json``. Only formats
without a mark of their own (CSV, Markdown) are told by their ending. The rows are tried from the top.
"""

from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING, NamedTuple

from provcheck.model import Problem
from provcheck.readers import (
    archives,
    exports,
    jsonlines,
    jsontree,
    magic,
    mail,
    markup,
    office,
    packages,
    parquet,
    plain,
    streams,
    tables,
    tnef,
    tnefscan,
    warc,
    warcshapes,
)
from provcheck.readers.blob import Blob, Desk, Place, Read
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provcheck.model import Envelope

TEXT = ("txt", "text", "md", "markdown")
NO_DOCUMENTS = frozenset(
    (  # noqa: SIM905  quotes around each of seventy words would not help to review them
        "xml rss atom nitf newsml css js mjs ts py rb pl sh bat c h cc cpp java go rs php sql yaml yml toml ini "
        "cfg conf lock log svg msg ics vcf bib tex arff dta sav srt vtt ipynb geojson "
        "xsd xsl dtd"
    ).split()
)
"""Endings of text files that are no documents as they stand, or wrap them in a way that has no reader here."""


class Format(NamedTuple):
    """A row: its name, the endings that stand for it, how its content is told, and its reader.

    `told` gets the first bytes and the ending in lower case.
    """

    name: str
    suffixes: tuple[str, ...]
    told: Callable[[bytes, str], bool]
    read: Read


def _starts(*marks: bytes) -> Callable[[bytes, str], bool]:
    return lambda head, _: head.startswith(marks)


def _ends(*suffixes: str) -> Callable[[bytes, str], bool]:
    return lambda _, suffix: suffix in suffixes


def _packaged(kind: str, suffixes: tuple[str, ...]) -> Callable[[bytes, str], bool]:
    return lambda head, suffix: (
        packages.kind_of(head) == kind or (suffix in suffixes and packages.kind_of(head) is None and _zip(head))
    )


def _zip(head: bytes) -> bool:
    return head.startswith(archives.ZIP)


def _marked_up(wrapper: str) -> Callable[[bytes, str], bool]:
    def told(head: bytes, _: str) -> bool:
        kind = markup.kind_of(magic.narrow(head))
        return kind is not None and kind.wrapper == wrapper

    return told


def _is_tar(head: bytes, suffix: str) -> bool:
    if head[257:262] == b"ustar":
        return True
    if suffix != "tar" or len(head) < 512:
        return False
    try:
        tarfile.TarInfo.frombuf(head[:512], "utf-8", "surrogateescape")
    except tarfile.TarError:
        return False
    return True


def _json_content(head: bytes, suffix: str) -> bool:
    if suffix in ("csv", "tsv") or not jsonlines.looks_like_json(narrow := magic.narrow(head)):
        return False
    if suffix in ("jsonl", "ndjson", "jl"):
        return jsonlines.looks_spread(narrow)
    return suffix == "json" or not jsonlines.holds_a_text(narrow)


def _jsonl_content(head: bytes, _: str) -> bool:
    return jsonlines.looks_like_lines(magic.narrow(head))


FORMATS: tuple[Format, ...] = (
    Format("empty", (), lambda head, _: not head, plain.nothing),
    Format("compressed", ("gz", "bz2", "xz", "zst"), _starts(*archives.COMPRESSED.values()), archives.packed),
    Format("warc", ("warc", "wet"), lambda head, _: warc.looks_like_warc(head), warc.read),
    Format("arc", ("arc",), lambda head, _: warcshapes.looks_like_arc(head), warc.read_arc),
    Format("tnef", ("tnef",), _starts(tnefscan.MARK), tnef.read),
    Format("parquet", ("parquet",), _starts(b"PAR1"), parquet.read),
    Format("docx", office.DOCX, _packaged("docx", office.DOCX), office.read_docx),
    Format("odt", office.ODT, _packaged("odt", office.ODT), office.read_odt),
    Format("office", (), lambda head, _: packages.kind_of(head) is not None, plain.unknown),
    Format("zip", ("zip",), lambda head, _: _zip(head), archives.zipped),
    Format("tar", ("tar", "tgz"), _is_tar, archives.tarred),
    Format("compound", (), _starts(packages.COMPOUND), packages.compound),
    # before what tells binary files: pictures stand in it as bytes, and some programs pad its end
    Format("rtf", ("rtf",), lambda head, _: office.looks_rich(head), office.read_rtf),
    Format("binary", (), lambda head, _: magic.binary(head) is not None, plain.binary),
    Format("html", ("html", "htm", "xhtml"), lambda head, _: plain.looks_like_page(head), plain.page),
    Format("mbox", ("mbox",), lambda head, _: mail.looks_like_mailbox(head), mail.mailbox),
    Format("eml", ("eml",), lambda head, _: mail.looks_like_message(head), mail.message),
    Format("nitf", ("nitf",), _marked_up("nitf"), markup.read),
    Format("newsml", ("newsml",), _marked_up("newsml"), markup.read),
    Format("newsitem", (), _marked_up("newsitem"), markup.read),
    Format("rss", ("rss",), _marked_up("rss"), markup.read),
    Format("atom", ("atom",), _marked_up("atom"), markup.read),
    Format("sgml", ("sgml",), _marked_up("sgml"), markup.read),
    Format("tei", ("tei",), _marked_up("tei"), markup.read),
    Format("fodt", ("fodt",), lambda head, _: office.looks_flat(magic.narrow(head)), office.read_fodt),
    Format("alien", (), lambda head, _: plain.alien(head) is not None, plain.unknown),
    Format("jsonl", ("jsonl", "ndjson"), _jsonl_content, jsonlines.read_lines),
    Format("json", ("json",), _json_content, jsontree.read),
    Format("jsonl-by-ending", (), _ends("jsonl", "ndjson", "jl"), jsonlines.read_lines),
    Format("json-by-ending", (), _ends("json"), jsontree.read),
    Format("warc-by-ending", (), _ends("warc", "wet", "wat"), warc.read),
    Format("arc-by-ending", (), _ends("arc"), warc.read_arc),
    Format("html-by-ending", (), _ends("html", "htm", "xhtml"), plain.page),
    Format("mbox-by-ending", (), _ends("mbox"), mail.mailbox),
    Format("eml-by-ending", (), _ends("eml"), mail.message),
    Format("csv", ("csv", "tsv"), _ends("csv", "tsv", "tab"), tables.read),
    Format("no-document", (), lambda _, suffix: suffix in NO_DOCUMENTS, plain.unknown),
    Format("export", (), lambda head, _: exports.looks_like_export(magic.narrow(head)), exports.read),
    Format("txt", TEXT, lambda _, __: True, plain.text),
)
"""Every format, in the order in which it is tried: what has a mark of its own, then what is told by its ending."""

SUFFIXES = tuple(sorted({f".{s}" for f in FORMATS for s in f.suffixes}))
"""The endings that are named where nothing is found, or where a file has no reader."""


def format_of(head: bytes, name: str) -> Format:
    """The first row that a file's first bytes and its name fit."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    return next(row for row in FORMATS if row.told(head, suffix))


def _row(blob: Blob) -> Format:
    """The row that a blob fits; where its very beginning cannot be unpacked, a crawl is still told by its ending."""
    try:
        head = blob.stream.peek(streams.HEAD)[: streams.HEAD]
    except Refusal:
        found = next((row for row in FORMATS if blob.suffix in row.suffixes), None)
        if found is None or found.read not in (warc.read, warc.read_arc):
            raise
        return found
    return format_of(head, blob.name)


def open_blob(blob: Blob, desk: Desk) -> Iterator[Envelope]:
    """Read a blob by its format; whatever stops its reader becomes a row with the reason."""
    wrapper = "unknown"
    try:
        row = _row(blob)
        wrapper = row.name.partition("-")[0]  # "html-by-ending" is html
        yield from row.read(blob, desk)
    except Refusal as refusal:
        yield blob.refused(wrapper, refusal.problem, Place(None, refusal.offset, blob.size or 0))
    except OSError as error:
        yield blob.refused(wrapper, Problem("PC101", reason(error)), Place(None, None, 0))


def reason(error: OSError) -> str:
    """The operating system's word for what happened."""
    return error.strerror or str(error) or type(error).__name__
