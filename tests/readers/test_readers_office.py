"""Word-processor files are told from archives, and give the text that a reader of them sees, whatever they hold."""

from __future__ import annotations

import base64
import io
import tarfile
import time
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.config import Limits, Settings
from provcheck.readers import Ledger, Source, unpack
from provcheck.readers.office import rtfsigns
from provcheck.readers.packages import kind_of

if TYPE_CHECKING:
    from pathlib import Path

    from provcheck.model import Envelope

RAIN = "It rained on the harbour all day, and the ferry stayed where it was."
SNOW = "It snowed in the hills, and nobody went out to look at the old bridge."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
O = " ".join(  # noqa: E741  as the standard's own prefix
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("meta", "meta"))
)
ODT = "application/vnd.oasis.opendocument.text"


def zipped(members: dict[str, str | bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members, in their order."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", kind) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return raw.getvalue()


def relations(**targets: str) -> str:
    """The relations of a part, by the last word of their type."""
    rows = "".join(f'<Relationship Id="{k}" Type="{RELATED}/{k}" Target="{t}"/>' for k, t in targets.items())
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def docx(body: str, **parts: str) -> bytes:
    """A Word document with this body; `parts` are by their relation: the footnotes, a header, the styles."""
    inside = {f"word/{name}.xml": f"<w:{name[0]} {W}>{xml}</w:{name[0]}>" for name, xml in parts.items()}
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/_rels/document.xml.rels": relations(**{name: f"{name}.xml" for name in parts}),
            "word/document.xml": f"<w:document {W} {R}><w:body>{body}</w:body></w:document>",
            **inside,
        }
    )


def odt(body: str, styles: str = "", **parts: str) -> bytes:
    """A text of OpenDocument with this body."""
    content = (
        f"<office:document-content {O}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODT, "content.xml": content, **parts}, zipfile.ZIP_STORED)


LISTED = '<w:numPr><w:numId w:val="1"/></w:numPr>'
"""What makes a paragraph of Word an item of a list."""


def run(text: str) -> str:
    """A run of Word with this text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of Word."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(r if r[:1] == '<' else run(r) for r in runs)}</w:p>"


def read(raw: bytes, name: str, settings: Settings | None = None) -> list[Envelope]:
    """Read a file, and hold the ledger to account."""
    books = Ledger()
    books.found(len(raw))
    found = list(unpack(Source(name, name, name, len(raw)), raw, settings or Settings(), books))
    assert found
    assert books.faults(len(found)) == ()
    return found


def told(raw: bytes, name: str, settings: Settings | None = None) -> list[str]:
    """The text of each row, or the code and the words of its problem."""
    rows = read(raw, name, settings)
    return [f"{e.problem.code} {e.problem.detail}" if e.problem else e.raw.decode() for e in rows]


def of_docx(body: str, **parts: str) -> list[str]:
    """What is told of a Word document with this body."""
    return told(docx(body, **parts), "a.docx")


def of_odt(body: str, styles: str = "") -> list[str]:
    """What is told of a text of OpenDocument with this body, which a flat one of the same body tells as well."""
    flat = (
        f'<?xml version="1.0"?><office:document {O} office:mimetype="{ODT}"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document>"
    )
    found = told(odt(body, styles), "a.odt")
    assert told(flat.encode(), "a.fodt") == found
    return found


def of_rtf(body: str) -> list[str]:
    r"""What is told of an RTF with this body, whose ``\r`` may be written ``/r``."""
    return told(b"{\\rtf1\\ansi\\ansicpg1252 " + body.encode("latin-1") + b"}", "a.rtf")


NO_DOCUMENTS = {
    "zip of texts": (zipped({"word.txt": RAIN}), ["zip/txt"]),
    "folder of the name": (zipped({"word/notes.txt": RAIN}), ["zip/txt"]),
    "document stored in a zip": (zipped({"a.docx": docx(p(RAIN))}, zipfile.ZIP_STORED), ["zip/docx"]),
    "two of them": (
        zipped({"a.docx": docx(p(RAIN)), "b.odt": odt(f"<text:p>{SNOW}</text:p>")}),
        ["zip/docx", "zip/odt"],
    ),
}


@pytest.mark.parametrize(("raw", "formats"), NO_DOCUMENTS.values(), ids=NO_DOCUMENTS)
def test_archive_is_no_document(raw: bytes, formats: list[str]) -> None:
    """A zip is taken for a document by the parts of one, not by words in it."""
    assert [e.wrapper for e in read(raw, "a.zip")] == formats


OTHERS = {
    "workbook": (zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<a/>"}), "PC110 an Excel workbook"),
    "slides": (zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"}), "PC110 a PowerPoint file"),
    "book": (zipped({"mimetype": "application/epub+zip"}, zipfile.ZIP_STORED), "PC110 an EPUB book"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), "PC110 a Word"),
    "sealed": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "PC107 the document"),
}


@pytest.mark.parametrize(("raw", "answer"), OTHERS.values(), ids=OTHERS)
def test_other_documents_say_what_they_are(raw: bytes, answer: str) -> None:
    """What is not read has a row with its kind, and what to do."""
    [row] = told(raw, "a.bin")
    assert row.startswith(answer)


BAD = {
    "no part": (zipped({"[Content_Types].xml": "<Types/>", "word/styles.xml": "<a/>"}), "a.docx", "PC104 no document"),
    "no text": (zipped({"word/document.xml": "<a/>"}), "a.docx", "PC104 word/document.xml holds no text"),
    "doctype": (
        zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "a.docx",
        "PC104 it declares a doctype",
    ),
    "no xml": (zipped({"word/document.xml": b"\x00\x01"}), "a.docx", "PC104 word/document.xml: "),
    "empty": (docx(""), "a.docx", "PC102 "),
    "empty odt": (odt("<text:p/>"), "a.odt", "PC102 "),
    "cut part": (
        zipped({"word/document.xml": f"<w:document {W}><w:body>{p(RAIN)}<w:p>"}),
        "a.docx",
        "PC104 word/document.xml: Premature",
    ),
    "cut zip": (docx(p(RAIN))[:-40], "a.docx", "PC106 "),
    "no content": (zipped({"mimetype": ODT}, zipfile.ZIP_STORED), "a.odt", "PC104 no document is in it"),
    "encrypted odt": (
        odt("<text:p/>", **{"META-INF/manifest.xml": "<m><file-entry><encryption-data/></file-entry></m>"}),
        "a.odt",
        "PC107 the document needs a password",
    ),
    "empty rtf": (b"{\\rtf1}", "a.rtf", "PC102 "),
    "deep rtf": (b"{\\rtf1" + b"{" * 5000 + b"x", "a.rtf", "PC108 groups in groups"),
    "only a picture": (b"{\\rtf1{\\pict\\pngblip 89504e47}}", "a.rtf", "PC105 there are only pictures"),
}


@pytest.mark.parametrize(("raw", "name", "answer"), BAD.values(), ids=BAD)
def test_document_without_text_is_a_row(raw: bytes, name: str, answer: str) -> None:
    """It says what was found, and where."""
    [row] = told(raw, name)
    assert row.startswith(answer)


HIDDEN = {
    "deleted": p(run("kept"), f"<w:del>{run('gone')}</w:del>"),
    "moved away": p(run("kept"), f"<w:moveFrom>{run('gone')}</w:moveFrom>"),
    "hidden": p(run("kept"), "<w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r>"),
    "code of a field": p(
        run("kept"),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        run("gone"),
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ),
    "contents": p("kept") + "<w:sdt><w:sdtPr><w:docPartObj/></w:sdtPr></w:sdt>",
    "layout of the xml": f"\n  {p('kept')}\n  ",
}


@pytest.mark.parametrize("body", HIDDEN.values(), ids=HIDDEN)
def test_what_word_does_not_show_is_no_text(body: str) -> None:
    """Changes, codes and hidden runs are left out."""
    assert of_docx(body) == ["kept"]


WORD = {
    "paragraphs": (p(RAIN) + p() + p(SNOW), f"{RAIN}\n\n{SNOW}"),
    "inserted": (p(run("It "), f"<w:ins>{run('rained')}</w:ins>"), "It rained"),
    "link": (p(run("See "), f'<w:hyperlink r:id="x">{run("the map")}</w:hyperlink>'), "See the map"),
    "breaks and tabs": (p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>"), "a\nb\tc"),
    "list": (p("one", properties=LISTED) + p("two", properties=LISTED) + p("end"), "- one\n- two\n\nend"),
    "table": (
        (
            f"<w:tbl><w:tr><w:tc>{p('Town')}</w:tc><w:tc>{p('Rain')}</w:tc></w:tr>"
            f"<w:tr><w:tc>{p('Ely')}</w:tc><w:tc>{p('9 mm')}</w:tc></w:tr></w:tbl>"
        ),
        "Town | Rain\nEly | 9 mm",
    ),
    "page in a table": (
        f"<w:tbl><w:tr><w:tc>{p('Logo')}</w:tc><w:tc>{p(RAIN * 4)}{p(SNOW)}</w:tc></w:tr></w:tbl>",
        f"Logo\n\n{RAIN * 4}\n\n{SNOW}",
    ),
    "text box": (
        p(run("before"), f"<w:r><w:txbxContent>{p('in the box')}</w:txbxContent></w:r>", run(" behind")),
        "in the box\n\nbefore behind",
    ),
    "drawing written twice": (
        p(
            "<mc:AlternateContent xmlns:mc='m'><mc:Choice>"
            + run("new")
            + "</mc:Choice><mc:Fallback>"
            + run("old")
            + "</mc:Fallback></mc:AlternateContent>"
        ),
        "new",
    ),
    "symbol": (p('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>'), "α"),
}


@pytest.mark.parametrize(("body", "text"), WORD.values(), ids=WORD)
def test_word_gives_what_a_reader_sees(body: str, text: str) -> None:
    """Paragraphs, lists and tables are laid out as those of markup are."""
    found = [row.replace("\t", " | ") if "Town" in row else row for row in of_docx(body)]
    assert found == [text]


def test_notes_follow_and_headers_stand_beside() -> None:
    """Notes stand behind the text, in their order; headers and properties are in `extra`, and declare nothing."""
    notes = f'<w:footnote w:type="separator">{p("—")}</w:footnote><w:footnote>{p("A note.")}</w:footnote>'
    [row] = read(docx(p(RAIN), footnotes=notes, header=p("The Gazette")), "a.docx")
    assert row.raw.decode() == f"{RAIN}\n\nA note."
    assert row.extra["page_header"] == "The Gazette"
    assert not row.declared


def test_part_taken_in_as_a_whole_is_named() -> None:
    """What such a part says is unknown, and that is told."""
    assert of_docx(p(RAIN) + '<w:altChunk r:id="page.html"/>') == [
        RAIN,
        "PC110 the part page.html, which the document takes in as a whole",
    ]


OPEN = {
    "white space": ("<text:p>It\n   rained <text:s text:c='2'/>here</text:p>", "It rained   here"),
    "heading and list": (
        "<text:h>News</text:h><text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>",
        "News\n\n- one",
    ),
    "deleted": (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>kept</text:p>",
        "kept",
    ),
    "comment": ("<text:p>kept<office:annotation><text:p>gone</text:p></office:annotation></text:p>", "kept"),
    "note": (
        (
            "<text:p>Rain<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p>"
            "</text:note-body></text:note>.</text:p><text:p>Snow.</text:p>"
        ),
        "Rain.\n\nSnow.\n\nA note.",
    ),
    "hidden section": (
        "<text:section text:display='none'><text:p>gone</text:p></text:section><text:p>kept</text:p>",
        "kept",
    ),
    "row": (
        (
            "<table:table><table:table-row><table:table-cell><text:p>Ely</text:p></table:table-cell><table:table-cell>"
            "<text:p>9 mm</text:p></table:table-cell></table:table-row></table:table>"
        ),
        "Ely\t9 mm",
    ),
    "break and tab": ("<text:p>a<text:line-break/>b<text:tab/>c</text:p>", "a\nb\tc"),
}


@pytest.mark.parametrize(("body", "text"), OPEN.values(), ids=OPEN)
def test_open_document_gives_what_a_reader_sees(body: str, text: str) -> None:
    """As a zip and as one file of XML alike."""
    [found] = of_odt(body)
    assert found.replace(" | ", "\t") == text


def test_style_that_hides_is_obeyed() -> None:
    """A style passes it on to those that are based on it."""
    hides = '<style:style style:family="text" style:name="x"><style:text-properties text:display="none"/></style:style>'
    assert of_odt('<text:p>kept<text:span text:style-name="x">gone</text:span></text:p>', hides) == ["kept"]


RICH = {
    "paragraphs": (r"It rained.\par It snowed.", "It rained.\n\nIt snowed."),
    "bytes of the document": (r"caf\'e9 \'80", "café €"),
    "characters by number": (r"\uc1 \u1055?\u1088?, \u-10179?\u-8704?", "Пр, 😀"),
    "fallback of two bytes": (r"\uc2 \u1055??\u1088??", "Пр"),
    "bytes of a font": (r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}\f1 \'cf\'f0", "Пр"),
    "pairs of bytes": (r"{\fonttbl{\f1\fcharset128 MS Gothic;}}\f1 \'93\'fa\'96\'7b", "日本"),
    "signs": (r"a\~b\_c\emdash d\ldblquote e\rdblquote", "a\u00a0b\u2011c—d“e”"),
    "braces": (r"\{a\}\\", "{a}\\"),
    "link": (r'See {\field{\*\fldinst HYPERLINK "http://example.org"}{\fldrslt the map}}.', "See the map."),
    "note": (r"Rain{\footnote A note.}.\par Snow.", "Rain.\n\nSnow.\n\nA note."),
    "hidden": (r"kept{\v gone}", "kept"),
    "deleted": (r"kept{\deleted gone}", "kept"),
    "unknown group": (r"kept{\*\made up gone}", "kept"),
    "pictures in the text": (r"Rain{\pict\pngblip 89504e470d0a}.", "Rain."),
    "bytes of a picture": (r"Rain{\pict\bin4 " + "\0\x01{\\}" + ".", "Rain."),
    "binary data": (r"Rain{\pict\bin5 }{\\x}.", "Rain."),
    "row": (r"\trowd\intbl Ely\cell 9 mm\cell\row\pard It rained.", "Ely\t9 mm\n\nIt rained."),
    "list": (r"{\listtext\bullet\tab}one\par{\listtext 2.\tab}two\par", "- one\n2. two"),
    "line ends of the file": ("It\r\n rained", "It rained"),
}


@pytest.mark.parametrize(("body", "text"), RICH.values(), ids=RICH)
def test_rich_text_gives_what_a_reader_sees(body: str, text: str) -> None:
    """Characters by their fonts and numbers, and nothing of the machinery."""
    [found] = of_rtf(body)
    assert found.replace(" | ", "\t") == text


BROKEN = {
    "open group": (rb"{\rtf1 It rained.{\b here", ["It rained.here", "PC106 it ends early: 2 groups are not closed"]),
    "cut character": (rb"{\rtf1 It rained.\u10", ["It rained.", "PC106 it ends early: 1 group is not closed"]),
    "cut byte": (rb"{\rtf1 It rained.\'e", ["It rained.e", "PC106 it ends early: 1 group is not closed"]),
    "last backslash": (b"{\\rtf1 It rained.\\", ["It rained.", "PC106 it ends early: 1 group is not closed"]),
    "more behind the end": (
        rb"{\rtf1 It rained.}{\rtf1 It snowed.}",
        ["It rained.", "PC106 more follows behind its end"],
    ),
    "padding behind the end": (b"{\\rtf1 It rained.}\r\n\0\0", ["It rained."]),
    "too many closed": (rb"{\rtf1 It rained.}}", ["It rained.", "PC106 more follows behind its end"]),
    "count of binary data": (
        rb"{\rtf1 It rained.\bin999999999 x}",
        ["It rained.", "PC106 it ends early: 1 group is not closed"],
    ),
}


@pytest.mark.parametrize(("raw", "rows"), BROKEN.values(), ids=BROKEN)
def test_rich_text_that_is_broken_is_given_as_far_as_it_goes(raw: bytes, rows: list[str]) -> None:
    """With a row that says where it broke."""
    assert [row.partition(",")[0] if row.startswith("PC") else row for row in told(raw, "a.rtf")] == rows


def wrapped(raw: bytes) -> list[tuple[str, bytes]]:
    """The same document inside other files."""
    tarred = io.BytesIO()
    with tarfile.open(fileobj=tarred, mode="w") as archive:
        info = tarfile.TarInfo("b/c.docx")
        info.size = len(raw)
        archive.addfile(info, io.BytesIO(raw))
    mail = (
        b"Message-ID: <1@example.org>\nMIME-Version: 1.0\nFrom: a@example.org\nSubject: Rain\n"
        b'Content-Type: application/octet-stream; name="c.docx"\nContent-Transfer-Encoding: base64\n'
        b"Content-Disposition: attachment; filename=c.docx\n\n"
    )
    return [
        ("a.zip", zipped({"c.docx": raw})),
        ("a.tar", tarred.getvalue()),
        ("a.eml", mail + base64.encodebytes(raw)),
    ]


@pytest.mark.parametrize("at", range(3), ids=["zip", "tar", "mail"])
def test_documents_are_read_where_they_stand(at: int) -> None:
    """In archives and messages as on the disk."""
    name, raw = wrapped(docx(p(RAIN)))[at]
    assert RAIN in told(raw, name)


def test_exports_are_taken_apart(root: Path) -> None:
    """An export of a press database is its articles, in Word and in RTF."""
    for name in ("export-of-two.docx", "export-of-two.rtf"):
        rows = read((root / "fixtures" / "wrapped" / name).read_bytes(), name)
        assert [row.wrapper for row in rows] == [f"{name[-4:].strip('.')}/export"] * 2


def test_limits_hold() -> None:
    """A paragraph, a part and the members have the limits of all documents and archives."""
    small = Settings(limits=Limits(document_bytes=1000))
    assert told(docx(p(RAIN * 99)), "a.docx", small)[0].startswith("PC108 a paragraph or row of more than 1000")
    assert told(b"{\\rtf1 " + RAIN.encode() * 99 + b"}", "a.rtf", small)[0].startswith("PC108 ")
    few = Settings(limits=Limits(archive_members=2))
    assert told(docx(p(RAIN)), "a.docx", few)[0].startswith("PC108 more than 2 members")


BOMBS: dict[str, tuple[bytes, str]] = {
    "zeros in a part": (docx(p("0" * 20_000_000)), "a.docx"),
    "deep tables": (docx("<w:tbl><w:tr><w:tc>" * 5000), "a.docx"),
    "braces": (b"{\\rtf1" + b"{}" * 1_000_000 + b"}", "a.rtf"),
    "words": (b"{\\rtf1" + b"\\b" * 1_000_000 + b"}", "a.rtf"),
    "fields never closed": (b"{\\rtf1" + b"{\\field{\\fldinst x}" * 400 + b"}", "a.rtf"),
    "rows never closed": (b"{\\rtf1" + b"\\intbl x\\nestcell" * 100_000 + b"}", "a.rtf"),
    "styles in a circle": (
        docx(
            p(RAIN, properties='<w:pStyle w:val="a"/>'),
            styles=(
                '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
                '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
            ),
        ),
        "a.docx",
    ),
    "spaces": (odt("<text:p>x" + "<text:s text:c='999999999'/>" * 10_000 + "y</text:p>"), "a.odt"),
}


@pytest.mark.parametrize(("raw", "name"), BOMBS.values(), ids=BOMBS)
@pytest.mark.timeout(60)
def test_bombs_are_defused(raw: bytes, name: str) -> None:
    """Within seconds, with a row."""
    begun = time.process_time()
    assert read(raw, name)
    assert time.process_time() - begun < 20


PIECES = st.sampled_from(
    [b"{", b"}", b"\\par ", b"\\'e9", b"\\u1055?", b"\\uc0 ", b"{\\*\\x ", b"{\\footnote ", b"{\\header ", b"\\cell",
     b"\\row", b"\\intbl ", b"\\trowd", b"{\\fonttbl{\\f1\\fcharset128 A;}}", b"\\f1 ", b"\\v ", b"{\\info{\\title ",
     b"{\\shp{\\shpinst{\\shptxt ", b"{\\listtext 1.}", b"\\bin3 ", b"\\nestcell", b"\\nestrow", b"text", b"\\"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.binary(max_size=6)), max_size=40).map(b"".join))
def test_any_rich_text_gives_rows(body: bytes) -> None:
    """No bytes raise, and none is unaccounted for."""
    assert read(b"{\\rtf1" + body, "a.rtf")


@given(st.binary(max_size=300), st.integers(1, 300))
def test_signs_do_not_depend_on_blocks(raw: bytes, size: int) -> None:
    """A stream that gives few bytes at a time has the same signs."""

    class Slow(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            return super().read(size)

    def joined(stream: io.BytesIO) -> list[Any]:
        """The signs, a text that was cut by the end of a block as one."""
        found: list[Any] = []
        for kind, sign, number, _ in rtfsigns.signs(stream):
            if kind == "text" and found and found[-1][0] == "text":
                found[-1] = ("text", found[-1][1] + sign, None)
            else:
                found.append((kind, sign, number))
        return found

    assert joined(Slow(raw)) == joined(io.BytesIO(raw))


WHOLE = docx(p(RAIN) + p(SNOW, properties=LISTED), footnotes=f"<w:footnote>{p('A note.')}</w:footnote>")
OPENED = odt(f"<text:p>{RAIN}</text:p><text:p>{SNOW}</text:p>")


@given(st.sampled_from([(WHOLE, "a.docx"), (OPENED, "a.odt")]), st.data())
def test_any_damage_gives_rows(file: tuple[bytes, str], data: st.DataObject) -> None:
    """A file cut anywhere, or with any byte changed, is rows."""
    raw, name = file
    cut = data.draw(st.integers(1, len(raw)))
    at, byte = data.draw(st.integers(0, cut - 1)), data.draw(st.integers(0, 255))
    assert read(raw[:at] + bytes([byte]) + raw[at + 1 : cut], name)


@given(st.binary(max_size=60))
def test_any_bytes_may_begin_a_file(head: bytes) -> None:
    """What a file is can be asked of any bytes."""
    assert kind_of(b"PK\x03\x04" + head) in (None, "docx", "odt") or head
