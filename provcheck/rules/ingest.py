"""Rules for what could not be read: each gives a row with a reason instead of a document."""

from __future__ import annotations

from provcheck.rules.rule import Rule

ROWS = (
    Rule(
        "PC101",
        "file-unreadable",
        "critical",
        "cannot be read: {detail}",
        "The operating system refused to give the file's bytes.",
        "A document that nobody could open is missing from the corpus without anybody noticing.",
        "Give the user who runs provcheck the right to read the file, or remove it from the corpus.",
    ),
    Rule(
        "PC102",
        "file-empty",
        "critical",
        "the file is empty",
        "The file or the text field has no characters other than white space.",
        "Empty documents are usually failed downloads; they count in totals and carry nothing.",
        "Fetch the document again, or remove it.",
    ),
    Rule(
        "PC103",
        "not-text",
        "critical",
        "holds {detail}, not text",
        "The bytes are an image, a program or other binary data.",
        "Decoded as text, binary data becomes noise that a model learns and a search index stores.",
        "Convert the file to text, or leave it out of the corpus.",
    ),
    Rule(
        "PC104",
        "record-invalid",
        "critical",
        "record cannot be parsed: {detail}",
        "A line of JSON, a row of CSV, a block of Parquet, an element of XML or the answer in a record of a crawl "
        "breaks the rules of its format.",
        "Most loaders skip such records or stop at them; either way documents are lost.",
        "Mend the record at the place named, or export the file again.",
    ),
    Rule(
        "PC105",
        "record-without-text",
        "critical",
        "record has no text: {detail}",
        "The record was read, and the column or element that should hold its text is missing, null or empty.",
        "A row without text is an article that somebody believes to have.",
        "Fill the text column, or name the right column in the configuration (columns.text).",
    ),
    Rule(
        "PC106",
        "archive-damaged",
        "critical",
        "the file is damaged: {detail}",
        "A compressed file, an archive, a crawl or a word-processor file ends early, fails its checksum, or holds "
        "bytes that belong to no record.",
        "All documents behind the damage are missing, and a text that breaks off there is cut.",
        "Copy or export the file again.",
    ),
    Rule(
        "PC107",
        "archive-encrypted",
        "critical",
        "encrypted: {detail}",
        "A member of an archive or a word-processor file needs a password, or a message a key.",
        "provcheck never asks for a password, so what is in there is unknown.",
        "Unpack the archive, save the document without its password or the message decrypted; or exclude it in the "
        "configuration.",
    ),
    Rule(
        "PC108",
        "limit-exceeded",
        "critical",
        "refused: {detail}",
        "A document, an archive or its nesting is larger than the stated limit.",
        "Archives that unpack to thousands of times their size are a known attack, and a document of a hundred "
        "megabytes is no document.",
        "If the input is honest, raise the limit that the message names under [limits].",
    ),
    Rule(
        "PC109",
        "path-unsafe",
        "critical",
        "refused: {detail}",
        "A member's name leads out of its archive, a link leads in a circle, or the path is a device.",
        "Such names overwrite files when the archive is unpacked, and such paths never end.",
        "Make the archive again with relative names, and keep links and devices out of the corpus.",
    ),
    Rule(
        "PC110",
        "format-unknown",
        "critical",
        "no reader for this file: {detail}",
        "Neither the content nor the ending of the file names a format that provcheck reads.",
        "What is skipped in silence is lost; so it gets a row.",
        "Convert the file to one of txt, text, md, markdown, html, htm, xhtml, json, jsonl, ndjson, csv, tsv, "
        "warc, wet, arc, eml, mbox, tnef, docx, docm, dotx, dotm, odt, ott, fodt, rtf, nitf, newsml, rss, atom, sgml, "
        "tei or parquet, packed or not in gz, bz2, xz, zst, zip, tar or tgz; or exclude it in the configuration.",
    ),
    Rule(
        "PC111",
        "no-text-column",
        "critical",
        "no column holds the text; the columns are: {detail}",
        "A table whose columns carry none of the usual names for a document's text.",
        "Guessing a column would fill the corpus with ids or urls.",
        'Name the column in the configuration: columns.text = "…".',
    ),
)
