"""Documents that are a zip inside are told from archives, and those of before 2007 are told by their name."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from provcheck.config import Settings
from provcheck.readers import Ledger, Source, packages, streams, unpack
from provcheck.readers.formats import format_of

if TYPE_CHECKING:
    from collections.abc import Iterable

RAIN = b"It rained all day."
ODF = "application/vnd.oasis.opendocument"


def packed(members: Iterable[tuple[str, bytes]], kind: int = zipfile.ZIP_STORED) -> bytes:
    """Write members into a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def told(raw: bytes, name: str) -> list[Any]:
    """Read a file, and give for each row its text, or the code and the words of its problem."""
    books = Ledger()
    books.found(len(raw))
    found = list(unpack(Source(name, name, name, len(raw)), raw, Settings(), books))
    assert books.faults(len(found)) == ()
    return [f"{e.problem.code} {e.problem.detail}" if e.problem else e.raw for e in found]


DOCX = packed([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>")])
ARCHIVES = {
    "of texts": [("a.txt", RAIN), ("b.txt", RAIN)],
    "of a document that is stored": [("report.docx", DOCX), ("b.txt", RAIN)],
    "with a folder of that name further down": [("my word/a.txt", RAIN)],
    "with such words in its texts": [("a.txt", b"word/document.xml and mimetypeapplication/epub+zip")],
    "with a folder called word": [("word/a.txt", RAIN), ("word/b.txt", RAIN)],
}


@pytest.mark.parametrize("members", ARCHIVES.values(), ids=ARCHIVES.keys())
def test_an_archive_is_no_document(members: list[tuple[str, bytes]]) -> None:
    """Its members are read one by one, whatever they are called."""
    found = told(packed(members), "a.zip")
    texts = [data for name, data in members if name.endswith(".txt")]
    assert [row for row in found if isinstance(row, bytes)] == texts


KINDS = {
    "docx": ([("[Content_Types].xml", b""), ("word/document.xml", b"")], "docx"),
    "docx of another order": ([("docProps/app.xml", b""), ("_rels/.rels", b""), ("word/styles.xml", b"")], "docx"),
    "odt": ([("mimetype", f"{ODF}.text".encode()), ("content.xml", b"")], "odt"),
    "template of a text": ([("mimetype", f"{ODF}.text-template".encode())], "odt"),
    "master document": ([("mimetype", f"{ODF}.text-master".encode())], "a master document of OpenDocument"),
    "table": ([("mimetype", f"{ODF}.spreadsheet".encode())], "an OpenDocument file"),
    "book": ([("mimetype", b"application/epub+zip")], "an EPUB book"),
    "xlsx": ([("[Content_Types].xml", b""), ("xl/workbook.xml", b"")], "an Excel workbook (xlsx)"),
    "pptx": ([("_rels/.rels", b""), ("ppt/presentation.xml", b"")], "a PowerPoint file (pptx)"),
    "jar": ([("META-INF/", b""), ("META-INF/MANIFEST.MF", b"")], "a Java archive"),
    "no names that say so": ([("[Content_Types].xml", b""), ("a.txt", b"")], None),
    "nothing": ([], None),
}


@pytest.mark.parametrize(("members", "kind"), KINDS.values(), ids=KINDS.keys())
def test_kinds_are_told_by_the_first_names(members: list[tuple[str, bytes]], kind: str | None) -> None:
    """Also where the file has another ending, or none."""
    raw = packed(members)
    assert packages.kind_of(raw) == kind
    wanted = kind if kind in ("docx", "odt") else "office" if kind else "zip"
    for name in ("a", "a.zip", "a.txt"):
        assert format_of(raw, name).name == wanted


@pytest.mark.parametrize(
    ("name", "row"),
    [("a.docx", "docx"), ("a.DOCM", "docx"), ("a.dotx", "docx"), ("a.odt", "odt"), ("a.ott", "odt"), ("a.zip", "zip")],
)
def test_a_zip_that_does_not_say_is_what_its_ending_says(name: str, row: str) -> None:
    """A program may write the parts in any order; what is no zip is no such document, whatever its ending."""
    assert format_of(packed([("other.xml", b"")]), name).name == row
    assert told(RAIN, name.replace("zip", "docx")) == [RAIN]


def old(*names: str, size: int = 0) -> bytes:
    """Write a file that begins as those of before 2007 do, with the names of its streams."""
    return packages.COMPOUND + bytes(512 + size) + b"\0\0".join(name.encode("utf-16-le") for name in names) + bytes(99)


OLD = {
    "Word": (("Root Entry", "WordDocument"), "PC110 a Word document of before 2007; save it as docx"),
    "a table in a text": (("Workbook", "WordDocument"), "PC110 a Word document of before 2007; save it as docx"),
    "Excel": (("Workbook",), "PC110 an Excel workbook of before 2007"),
    "PowerPoint": (("PowerPoint Document",), "PC110 a PowerPoint file of before 2007"),
    "Outlook": (("__properties_version1.0",), "PC110 an Outlook message; save it as eml"),
    "Hangul": (("HwpSummaryInformation",), "PC110 a document of Hangul; save it as docx"),
    "a docx with a password": (
        ("EncryptionInfo", "EncryptedPackage"),
        "PC107 the document needs a password; save it without one",
    ),
    "none of them": (
        ("Root Entry",),
        "PC110 a Word, Excel or PowerPoint file of before 2007; save it in a newer format",
    ),
}


@pytest.mark.parametrize(("names", "answer"), OLD.values(), ids=OLD.keys())
@pytest.mark.parametrize("ending", ["doc", "docx", "txt"])
def test_old_documents_say_what_they_are_and_what_to_do(names: tuple[str, ...], answer: str, ending: str) -> None:
    """The names of the streams may stand anywhere, also across two blocks."""
    for size in (0, streams.HEAD - 530, streams.HEAD * 3):
        assert told(old(*names, size=size), f"a.{ending}") == [answer]


def test_a_file_of_the_mark_alone_is_told() -> None:
    """Nothing but the first bytes is needed."""
    [found] = told(packages.COMPOUND, "a.doc")
    assert found.startswith("PC110 a Word, Excel or PowerPoint file of before 2007")
