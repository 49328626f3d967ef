"""Word documents: what of their parts is text, what is told beside it, and what damage costs."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from provcheck.config import Limits, Settings
from provcheck.readers import Ledger, Source, unpack
from provcheck.readers.office.paper import DEEP
from provcheck.readers.office.symbols import symbol
from provcheck.readers.office.word import FIELDS, Styles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provcheck.model import Envelope

W = 'xmlns:w="urn:w" xmlns:r="urn:r" xmlns:mc="urn:mc" xmlns:wps="urn:wps" xmlns:v="urn:v" xmlns:a="urn:a"'
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RAIN = "It rained all day."


def p(text: str, properties: str = "") -> str:
    """Write a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def relations(*rows: tuple[str, str, str]) -> str:
    """Write the relations of a part: id, kind and target of each."""
    inside = "".join(f'<Relationship Id="{i}" Type="{TYPES}/{kind}" Target="{to}"/>' for i, kind, to in rows)
    return f"<Relationships>{inside}</Relationships>"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Write the parts into a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str, parts: Mapping[str, str | bytes] | None = None, doctype: str = "") -> bytes:
    """Write a document as Word does: the table of its parts first."""
    main = f"{doctype}<w:document {W}><w:body>{body}</w:body></w:document>"
    usual = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("1", "officeDocument", "word/document.xml")),
        "word/document.xml": main,
    }
    return packed({**usual, **(parts or {})})


def read(raw: bytes, name: str = "a.docx", settings: Settings | None = None) -> list[Envelope]:
    """Read a file, and hold the ledger to account."""
    books = Ledger()
    books.found(len(raw))
    found = list(unpack(Source(name, name, name, len(raw)), raw, settings or Settings(), books))
    assert found
    assert books.faults(len(found)) == ()
    return found


def told(raw: bytes, name: str = "a.docx", settings: Settings | None = None) -> list[Any]:
    """Read a file, and give for each row its text, or the code and the words of its problem."""
    return [f"{e.problem.code} {e.problem.detail}" if e.problem else e.raw.decode() for e in read(raw, name, settings)]


MAIN = "word/document.xml"
NO_DOCUMENT = {
    "no part of text": (
        packed({"[Content_Types].xml": "", "_rels/.rels": relations()}),
        f"PC104 no document is in it: {MAIN}",
    ),
    "a part that is missing": (
        packed({"[Content_Types].xml": "", "_rels/.rels": relations(("1", "officeDocument", "/word/../a.xml"))}),
        "PC104 no document is in it: a.xml is missing",
    ),
    "another root": (docx("", {MAIN: "<a/>"}), "PC104 word/document.xml holds no text of Word"),
    "no XML": (docx("", {MAIN: b"\x00\x01"}), "PC104 word/document.xml: "),
    "an empty part": (docx("", {MAIN: ""}), "PC104 word/document.xml: "),
    "relations that are no XML": (docx(p(RAIN), {"_rels/.rels": "<a"}), "PC104 _rels/.rels: "),
    "nothing": (docx(""), "PC102 "),
    "blank paragraphs": (docx(p(" ") * 9), "PC102 "),
    "only a picture": (
        docx('<w:p><w:r><w:drawing><a:blip r:embed="1"/></w:drawing></w:r></w:p>'),
        "PC105 there are only pictures",
    ),
    "a doctype": (docx(p(RAIN), doctype="<!DOCTYPE d>"), "PC104 it declares a doctype (d)"),
    "an entity bomb": (
        docx(p("&a;"), doctype='<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'),
        "PC104 it declares a doctype",
    ),
    "an entity of nobody": (docx(p("&a;")), "PC104 word/document.xml: "),
    "elements too deep": (docx("<w:p>" * 1000), "PC104 word/document.xml: "),
    "tables too deep": (docx("<w:tbl><w:tr><w:tc>" * 99), f"PC108 tables in tables deeper than {DEEP}"),
}


@pytest.mark.parametrize(("raw", "answer"), NO_DOCUMENT.values(), ids=NO_DOCUMENT.keys())
def test_file_without_text_is_a_row_with_its_reason(raw: bytes, answer: str) -> None:
    """One row, which says what is wrong, and no text of anything that was expanded or loaded."""
    [found] = told(raw)
    assert found.startswith(answer)


def run(inside: str, properties: str = "") -> str:
    """Write a run, and the paragraph around it."""
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr>{inside}</w:r></w:p>"


NO_TEXT = {
    "deleted": f"<w:p><w:del><w:r><w:delText>{RAIN}</w:delText></w:r></w:del></w:p>",
    "deleted, written as text": f"<w:p><w:del><w:r><w:t>{RAIN}</w:t></w:r></w:del></w:p>",
    "moved away": f"<w:p><w:moveFrom><w:r><w:t>{RAIN}</w:t></w:r></w:moveFrom></w:p>",
    "hidden": run(f"<w:t>{RAIN}</w:t>", "<w:vanish/>"),
    "code of a field": f"<w:p><w:fldSimple w:instr='DATE'/><w:r><w:instrText>{RAIN}</w:instrText></w:r></w:p>",
    "code of a field, written as text": run(f'<w:fldChar w:fldCharType="begin"/><w:t>{RAIN}</w:t>'),
    "the form for old programs": f"<w:p><mc:Fallback><w:r><w:t>{RAIN}</w:t></w:r></mc:Fallback></w:p>",
    "a table of contents": f"<w:sdt><w:sdtPr><w:docPartObj>{p(RAIN)}</w:docPartObj></w:sdtPr></w:sdt>",
    "between the elements": f"<w:p>{RAIN}<w:r>{RAIN}</w:r></w:p>",
    "the reading above a sign": f"<w:p><w:r><w:ruby><w:rt><w:r><w:t>{RAIN}</w:t></w:r></w:rt></w:ruby></w:r></w:p>",
}


@pytest.mark.parametrize("body", NO_TEXT.values(), ids=NO_TEXT.keys())
def test_what_no_reader_sees_is_no_text(body: str) -> None:
    """The paragraph beside it is all there is."""
    assert told(docx(body + p("It snowed."))) == ["It snowed."]


def field(code: str, result: str, *, more: str = "") -> str:
    """Write a field with its result in runs of their own."""
    chars = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    told = f"<w:r><w:instrText>{code}</w:instrText></w:r>{more}"
    return f"{chars['begin']}{told}{chars['separate']}<w:r><w:t>{result}</w:t></w:r>{chars['end']}"


def cells(*texts: str) -> str:
    """Write a row of a table, a paragraph a cell."""
    return "<w:tr>" + "".join(f"<w:tc>{p(text)}</w:tc>" for text in texts) + "</w:tr>"


LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
TEXTS = {
    "paragraphs": (p("One.") + p("") + p("Two."), "One.\n\nTwo."),
    "runs": ("<w:p><w:r><w:t>The br</w:t></w:r><w:r><w:t>idge</w:t></w:r></w:p>", "The bridge"),
    "blanks": (run('<w:t xml:space="preserve"> a  b </w:t>'), "a  b"),
    "a line end of the XML": (run("<w:t>a\nb</w:t>"), "a b"),
    "breaks and tabs": (run("<w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:cr/><w:t>d</w:t>"), "a\nb\tc\nd"),
    "a new page": (run('<w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t>'), "a\n\nb"),
    "hyphens": (run("<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t>"), "a\u2011b\u00adc"),
    "tab stops are no tabs": ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", "a"),
    "a symbol": (run('<w:sym w:font="Symbol" w:char="F061"/>'), "α"),
    "a symbol that is none": (run('<w:t>a</w:t><w:sym w:char="zz"/>'), "a"),
    "inserted": ("<w:p><w:ins><w:r><w:t>a</w:t></w:r></w:ins></w:p>", "a"),
    "hidden no more": (run("<w:t>a</w:t>", '<w:vanish w:val="0"/>'), "a"),
    "hidden is one run": (run("<w:t>a</w:t>", "<w:vanish/>") + run("<w:t>b</w:t>"), "b"),
    "an end that was deleted": (p("a ", "<w:rPr><w:del/></w:rPr>") + p("b"), "a b"),
    "an item": (p("a", LIST) + p("b", LIST) + p("c"), "- a\n- b\n\nc"),
    "a heading with a number": (p("a", LIST + '<w:outlineLvl w:val="0"/>'), "a"),
    "a list that is switched off": (p("a", '<w:numPr><w:numId w:val="0"/></w:numPr>'), "a"),
    "a row": (f"<w:tbl>{cells('a', 'b')}{cells('c', '', 'd')}</w:tbl>", "a | b\nc |  | d"),
    "a row with one cell": (f"<w:tbl>{cells('a')}{cells('', 'b')}</w:tbl>", "a\n\nb"),
    "a table in a cell": (
        f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc><w:tbl>{cells('b', 'c')}</w:tbl></w:tc></w:tr></w:tbl>",
        "a | b | c",
    ),
    "a field": (f"<w:p>{field('HYPERLINK', 'a')}</w:p>", "a"),
    "a field in the code of one": (f"<w:p>{field('IF', 'a', more=field('DATE', 'never'))}</w:p>", "a"),
    "a field that never ends": (run('<w:fldChar w:fldCharType="begin"/>') + p("a"), "a"),
    "a field that never began": (run('<w:fldChar w:fldCharType="end"/><w:fldChar/><w:t>a</w:t>'), "a"),
    "fields without end": (run('<w:fldChar w:fldCharType="begin"/>' * (FIELDS + 9)) + p("a"), "a"),
    "a text box": (
        "<w:p><w:r><w:t>a</w:t><wps:txbx><w:txbxContent>"
        + p("b")
        + "</w:txbxContent></wps:txbx><w:t>c</w:t></w:r></w:p>",
        "b\n\nac",
    ),
    "two forms of a box": (
        (
            f"<w:p><mc:AlternateContent><mc:Choice><w:txbxContent>{p('b')}</w:txbxContent></mc:Choice>"
            f"<mc:Fallback><w:txbxContent>{p('b')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:p>"
        ),
        "b",
    ),
    "a part that follows": (f"{p('a')}<w:altChunk/><w:sectPr><w:t>b</w:t></w:sectPr>", "a"),
    "every script": (p("Мост, 橋, جسر and 😀"), "Мост, 橋, جسر and 😀"),
}


@pytest.mark.parametrize(("body", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_text_is_what_a_reader_sees(body: str, text: str) -> None:
    """A paragraph, an item or a row as it stands on paper; what follows is not lost, whatever is damaged."""
    assert told(docx(body))[0] == text
    assert told(docx(body + p("It snowed.")))[0].endswith("It snowed.")


def test_strict_and_old_namespaces_are_read() -> None:
    """The names count, and not whose they are: each edition of the standard has its own."""
    raw = docx(p(RAIN))
    for name in (b"urn:w", b"http://purl.oclc.org/ooxml/wordprocessingml/main"):
        assert told(packed({"[Content_Types].xml": "", MAIN: docx_main(raw).replace(b"urn:w", name)})) == [RAIN]


def docx_main(raw: bytes) -> bytes:
    """Give the part with the text."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(MAIN)


def test_styles_make_items_headings_and_hidden_text() -> None:
    """Also by the style that a style is based on; in a circle of styles none says anything."""
    styles = (
        '<w:style w:styleId="L"><w:pPr><w:numPr/></w:pPr></w:style>'
        '<w:style w:styleId="M"><w:basedOn w:val="L"/></w:style>'
        '<w:style w:styleId="H"><w:basedOn w:val="M"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:styleId="V"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="W"><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        "<w:numPr/>"
    )
    told_of = relations(("1", "styles", "looks.xml"))
    body = "".join(p(name, f'<w:pStyle w:val="{name}"/>') for name in "LMHVWAX")
    body += run("<w:t>gone</w:t>", '<w:rStyle w:val="V"/>') + run("<w:t>shown</w:t>", '<w:rStyle w:val="W"/>')
    parts = {"word/looks.xml": f"<w:styles {W}>{styles}</w:styles>", "word/_rels/document.xml.rels": told_of}
    assert told(docx(body, parts)) == ["- L\n- M\n\nH\n\nW\n\nA\n\nX\n\nshown"]
    assert not Styles().says("L", "numPr")


def notes(name: str, *texts: str) -> str:
    """Write a part of notes; the first is the line above them."""
    rows = "".join(f'<w:{name} w:id="{n}">{p(text)}</w:{name}>' for n, text in enumerate(texts))
    return f'<w:{name}s {W}><w:{name} w:type="separator">{p("---")}</w:{name}>{rows}</w:{name}s>'


def test_notes_follow_and_pages_are_told_beside() -> None:
    """Headers that differ are lines; those of an absolute name, behind detours or escaped are found as well."""
    rows = relations(
        ("1", "header", "header1.xml"), ("2", "header", "../word/./header2.xml"), ("4", "footnotes", "f.xml"),
        ("3", "footer", "/pages/foot%201.xml"),
        ("5", "endnotes", "e.xml"), ("6", "header", "gone.xml"), ("7", "image", "i.png"),
    )  # fmt: skip
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": rows,
        "word/header1.xml": f"<w:hdr {W}>{p('The Gazette')}</w:hdr>",
        "word/header2.xml": f"<w:hdr {W}>{p('The Gazette')}{p('Page 2')}</w:hdr>",
        "pages/foot 1.xml": f"<w:ftr {W}>{p('Copyright')}</w:ftr>",
        "word/f.xml": notes("footnote", "First.", "Second."),
        "word/e.xml": notes("endnote", "Last."),
        "docProps/core.xml": "<c><title>Draft</title><creator>Pool</creator><created>2019-01-02</created></c>",
    }
    [found] = read(docx(p(RAIN), parts))
    assert found.raw.decode() == f"{RAIN}\n\nFirst.\n\nSecond.\n\nLast."
    assert dict(found.declared) == {}
    assert dict(found.extra) == {
        "document_title": "Draft",
        "document_author": "Pool",
        "document_created": "2019-01-02",
        "page_header": "The Gazette\nThe Gazette\nPage 2",
        "page_footer": "Copyright",
    }


BESIDE = {
    "properties": ({"docProps/core.xml": "<c"}, "PC104 docProps/core.xml: "),
    "styles": ({"word/styles.xml": "<!DOCTYPE a><a/>"}, "PC104 word/styles.xml: it declares a doctype"),
    "a header": ({"word/header.xml": b"\xff"}, "PC104 word/header.xml: "),
}


@pytest.mark.parametrize(("parts", "answer"), BESIDE.values(), ids=BESIDE.keys())
def test_damage_beside_the_text_costs_no_text(parts: dict[str, str | bytes], answer: str) -> None:
    """The document is given, and the part has a row."""
    rows = relations(("1", "styles", "styles.xml"), ("2", "header", "header.xml"))
    text, reason = told(docx(p(RAIN), {"word/_rels/document.xml.rels": rows, **parts}))
    assert text == RAIN
    assert reason.startswith(answer)


def test_damage_behind_text_costs_what_follows() -> None:
    """A part that breaks off is a row with its reason, and no half of a document."""
    body = "".join(p(f"Day {n}: {RAIN}") for n in range(9))
    broken = docx("", {MAIN: f"<w:document {W}><w:body>{body}<w:p>"})
    [found] = told(broken)
    assert found.startswith("PC104 word/document.xml: ")


def test_parts_taken_in_as_a_whole_are_rows() -> None:
    """Such a part may be a page of HTML or another document; the row names it."""
    rows = relations(("7", "aFChunk", "page.html"))
    parts = {"word/_rels/document.xml.rels": rows, "word/page.html": "<p>More.</p>"}
    found = told(docx(p(RAIN) + '<w:altChunk r:id="7"/><w:subDoc r:id="8"/>', parts))
    assert found == [
        RAIN,
        "PC110 the part word/page.html, which the document takes in as a whole",
        "PC110 the part 8, which the document takes in as a whole",
    ]
    [alone] = told(docx('<w:altChunk r:id="7"/>', parts))
    assert alone == "PC110 the part word/page.html, which the document takes in as a whole"


def test_limits_hold_for_parts_and_paragraphs() -> None:
    """A long text passes if it has paragraphs; one that is longer than a document may be is refused like any other."""
    small = Settings(limits=Limits(document_bytes=1000, archive_members=5))
    detail = "PC108 a paragraph or row of more than 1000 characters (limits.document_bytes)"
    assert told(docx(p("x" * 1001)), settings=small) == [detail]
    assert told(docx(p("x" * 600) * 2), settings=small)[0].startswith("PC108 ")
    many = {f"word/media/{n}.png": b"" for n in range(9)}
    assert told(docx(p(RAIN), many), settings=small) == ["PC108 more than 5 members, 12 of them"]
    long = {"docProps/core.xml": f"<c>{' ' * 2000}</c>"}
    assert told(docx(p(RAIN), long), settings=small)[0].startswith("PC108 docProps/core.xml has more than 1000 bytes")


def test_encrypted_parts_need_a_password() -> None:
    """Whoever packs a document again with a password gets told so."""
    raw = bytearray(docx(p(RAIN)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := raw.find(mark, at + 1)) >= 0:
            raw[at + place] |= 1
    [found] = told(bytes(raw))
    assert found.startswith("PC107 _rels/.rels needs a password")


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Symbol", 0x61, "α"), ("symbol", 0xF0B7, "•"), ("Symbol", 0x19, "\uf019"), ("Wingdings", 0xF0FC, "✓"),
        ("Wingdings", 0x41, "\uf041"), ("Arial", 0x263A, "☺"), ("Arial", 0x1F600, "😀"), ("Arial", 0x110000, "\ufffd"),
        ("", 0xF020, "\uf020"),
    ],
)  # fmt: skip
def test_symbols(font: str, code: int, shown: str) -> None:
    """What is known is the sign; what is not stays where it can be seen that something stood."""
    assert symbol(font, code) == shown
