"""Texts of OpenDocument, packed and flat: what is text, what is told beside it, and what damage costs."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from provcheck.config import Limits, Settings
from provcheck.readers import Ledger, Source, unpack
from provcheck.readers.formats import format_of
from provcheck.readers.office.odt import SEALED, SPACES
from provcheck.readers.office.paper import DEEP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provcheck.model import Envelope

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "draw")
)
KIND = "application/vnd.oasis.opendocument.text"
RAIN = "It rained all day."


def p(text: str, style: str = "P") -> str:
    """Write a paragraph."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def content(body: str, before: str = "", *, root: str = "document-content", more: str = "") -> str:
    """Write the part with the text."""
    inside = f"{before}<office:body><office:text>{body}</office:text></office:body>"
    return f"<office:{root} {NAMES} {more}>{inside}</office:{root}>"


def odt(body: str, before: str = "", parts: Mapping[str, str | bytes | None] | None = None) -> bytes:
    """Write a document as LibreOffice does: its type first, and not compressed."""
    usual = {"mimetype": KIND, "content.xml": content(body, before), "META-INF/manifest.xml": "<manifest/>"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in {**usual, **(parts or {})}.items():
            if data is not None:
                archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def fodt(body: str, before: str = "") -> bytes:
    """Write the same as one file of XML."""
    whole = content(body, before, root="document", more=f'office:mimetype="{KIND}"')
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}'.encode()


def read(raw: bytes, name: str = "a.odt", settings: Settings | None = None) -> list[Envelope]:
    """Read a file, and hold the ledger to account."""
    books = Ledger()
    books.found(len(raw))
    found = list(unpack(Source(name, name, name, len(raw)), raw, settings or Settings(), books))
    assert found
    assert books.faults(len(found)) == ()
    return found


def told(raw: bytes, name: str = "a.odt", settings: Settings | None = None) -> list[Any]:
    """Read a file, and give for each row its text, or the code and the words of its problem."""
    return [f"{e.problem.code} {e.problem.detail}" if e.problem else e.raw.decode() for e in read(raw, name, settings)]


def sealed(name: str) -> str:
    """Write a list of parts of which one is encrypted."""
    return f'<m:manifest xmlns:m="urn:m"><m:file-entry><m:{name}/></m:file-entry></m:manifest>'


NO_DOCUMENT = {
    "no text in it": (odt("", parts={"content.xml": None}), "PC104 no document is in it: content.xml is missing"),
    "another body": (odt("", parts={"content.xml": "<a/>"}), "PC104 content.xml holds no text of OpenDocument"),
    "no XML": (odt("", parts={"content.xml": b"\0"}), "PC104 content.xml: "),
    "nothing": (odt(""), "PC102 "),
    "blank paragraphs": (odt(p(" ") * 9), "PC102 "),
    "only a picture": (odt(p("<draw:image/>")), "PC105 there are only pictures in it"),
    "encrypted, as in 1.2": (odt(RAIN, parts={"META-INF/manifest.xml": sealed("encryption-data")}), f"PC107 {SEALED}"),
    "encrypted, with a key": (odt(RAIN, parts={"META-INF/manifest.xml": sealed("encrypted-key")}), f"PC107 {SEALED}"),
    "encrypted as a whole": (odt("", parts={"content.xml": None, "encrypted-package": b"x"}), f"PC107 {SEALED}"),
    "an entity bomb": (
        odt("", parts={"content.xml": f'<!DOCTYPE a [<!ENTITY b "x">]>{content(p("&b;"))}'}),
        "PC104 it declares a doctype",
    ),
    "tables too deep": (
        odt("<table:table><table:table-row><table:table-cell>" * (DEEP + 1)),
        f"PC108 tables in tables deeper than {DEEP}",
    ),
    "text that breaks off": (odt("", parts={"content.xml": content(p(RAIN))[:-30]}), "PC104 content.xml: "),
}


@pytest.mark.parametrize(("raw", "answer"), NO_DOCUMENT.values(), ids=NO_DOCUMENT.keys())
def test_file_without_text_is_a_row_with_its_reason(raw: bytes, answer: str) -> None:
    """One row, which says what is wrong."""
    [found] = told(raw)
    assert found.startswith(answer)


HIDDEN = (
    '<style:style style:name="V" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="W" style:family="paragraph" style:parent-style-name="V"/>'
    '<style:style style:name="T" style:family="text"><style:text-properties text:display="none"/></style:style>'
)
NO_TEXT = {
    "a comment": p(f"<office:annotation>{p(RAIN)}</office:annotation>"),
    "deleted": f"<text:tracked-changes><text:deletion>{p(RAIN)}</text:deletion></text:tracked-changes>",
    "hidden by its style": p(RAIN, "V"),
    "hidden by the style of its style": p(RAIN, "W"),
    "hidden words": p(f'<text:span text:style-name="T">{RAIN}</text:span>'),
    "a hidden section": f'<text:section text:display="none">{p(RAIN)}</text:section>',
    "hidden text": p(f'<text:hidden-text text:is-hidden="true">{RAIN}</text:hidden-text>'),
    "between the paragraphs": RAIN,
    "the data of a picture": p(f"<draw:image><office:binary-data>{RAIN}</office:binary-data></draw:image>"),
    "the name of a picture": p(
        f"<draw:frame><draw:title>{RAIN}</draw:title><draw:desc>{RAIN}</draw:desc></draw:frame>"
    ),
    "a script": f"<office:script>{RAIN}{p(RAIN)}</office:script>",
    "the reading above a sign": p(f"<text:ruby><text:ruby-text>{RAIN}</text:ruby-text></text:ruby>"),
}


@pytest.mark.parametrize("body", NO_TEXT.values(), ids=NO_TEXT.keys())
def test_what_no_reader_sees_is_no_text(body: str) -> None:
    """The paragraph beside it is all there is, packed and flat."""
    assert told(odt(body + p("It snowed."), HIDDEN)) == ["It snowed."]
    assert told(fodt(body + p("It snowed."), HIDDEN), "a.fodt") == ["It snowed."]


def row(*texts: str) -> str:
    """Write a row of a table, a paragraph a cell."""
    cells = "".join(f"<table:table-cell>{p(text)}</table:table-cell>" for text in texts)
    return f"<table:table-row>{cells}</table:table-row>"


def item(text: str, number: str = "") -> str:
    """Write an item of a list, perhaps with its number."""
    return f"<text:list-item>{f'<text:number>{number}</text:number>' if number else ''}{text}</text:list-item>"


TEXTS = {
    "paragraphs": (p("One.") + p("") + p("Two."), "One.\n\nTwo."),
    "white space": (p("\n  a\n   b\t c <text:span> d</text:span>"), "a b c d"),
    "blanks that are meant": (p('a<text:s text:c="3"/>b<text:s/>c'), "a   b c"),
    "blanks that are too many": (p('a<text:s text:c="99999999"/>b'), f"a{' ' * SPACES}b"),
    "blanks that are no number": (p('a<text:s text:c="-1"/>b<text:s text:c="9999999999"/>c'), "a b c"),
    "tabs and line ends": (p("a<text:tab/>b<text:line-break/>c"), "a\tb\nc"),
    "a link": (p("see <text:a>the plans</text:a>."), "see the plans."),
    "words that are shown": (p('<text:hidden-text text:is-hidden="false">a</text:hidden-text>'), "a"),
    "a heading": ("<text:h>One</text:h>" + p("Two."), "One\n\nTwo."),
    "a list": (f"<text:list>{item(p('a'))}{item(p('b'))}</text:list>{p('c')}", "- a\n- b\n\nc"),
    "a numbered list": (f"<text:list>{item(p('a'), '1.')}{item(p('b'), '2.')}</text:list>", "1. a\n2. b"),
    "a list in an item": (
        "<text:list>" + item(p("a") + "<text:list>" + item(p("b")) + "</text:list>") + "</text:list>",
        "- a\n- b",
    ),
    "an item of two paragraphs": (f"<text:list>{item(p('a') + p('b'))}</text:list>", "- a\n\nb"),
    "a heading with a number": (f"<text:list>{item('<text:h>One</text:h>')}</text:list>", "One"),
    "rows": (f"<table:table>{row('a', 'b')}{row('c', '', 'd')}</table:table>", "a | b\nc |  | d"),
    "a row with one cell": (f"<table:table>{row('a')}{row('', 'b')}</table:table>", "a\n\nb"),
    "a note": (
        p(
            "a<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            + p("n")
            + "</text:note-body></text:note>b"
        ),
        "ab\n\nn",
    ),
    "a box": (p("a<draw:frame><draw:text-box>" + p("b") + "</draw:text-box></draw:frame>c"), "b\n\nac"),
    "a paragraph in a paragraph": (p("a<draw:rect>" + p("b") + "</draw:rect>c"), "b\n\nac"),
    "every script": (p("Мост, 橋, جسر and 😀"), "Мост, 橋, جسر and 😀"),
    "characters by their number": (p("&#8364;&amp;&#x1F600;"), "€&😀"),
}


@pytest.mark.parametrize(("body", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_text_is_what_a_reader_sees(body: str, text: str) -> None:
    """A paragraph, an item or a row as it stands on paper, packed and flat."""
    assert told(odt(body)) == [text]
    assert told(fodt(body), "a.fodt") == [text]


META = (
    "<office:meta><title>Draft</title><initial-creator>Pool</initial-creator><creator>Ann</creator>"
    "<creation-date>2019-01-02</creation-date><keyword>rain</keyword><keyword>ferry</keyword><generator>x</generator></office:meta>"
)
TOLD = {
    "document_title": "Draft",
    "document_author": "Pool",
    "document_created": "2019-01-02",
    "document_keywords": "rain, ferry",
    "page_header": "The Gazette",
    "page_footer": "Page 1",
}
MASTER = (
    f"<office:master-styles><style:header>{p('The Gazette')}</style:header><style:header-left>{p('The Gazette')}"
    f"</style:header-left><style:footer>{p('Page 1')}</style:footer></office:master-styles>"
)


def test_pages_and_properties_are_told_beside() -> None:
    """None of it is declared: who typed a file is not who wrote the article."""
    styles = f"<office:document-styles {NAMES}>{MASTER}</office:document-styles>"
    meta = f"<office:document-meta {NAMES}>{META}</office:document-meta>"
    for raw in (odt(p(RAIN), parts={"styles.xml": styles, "meta.xml": meta}), fodt(p(RAIN), META + MASTER)):
        [found] = read(raw, "a")
        assert found.raw.decode() == RAIN
        assert dict(found.declared) == {}
        assert dict(found.extra) == TOLD


@pytest.mark.parametrize("name", ["meta.xml", "styles.xml", "META-INF/manifest.xml"])
def test_damage_beside_the_text_costs_no_text(name: str) -> None:
    """The document is given, and the part has a row."""
    text, reason = told(odt(p(RAIN), parts={name: "<a"}))
    assert text == RAIN
    assert reason.startswith(f"PC104 {name}: ")


def test_limits_hold() -> None:
    """For a paragraph, for notes in all, and for parts beside the text."""
    small = Settings(limits=Limits(document_bytes=1500))
    note = "a<text:note><text:note-body>" + p("n" * 700) + "</text:note-body></text:note>"
    assert told(odt(p("x" * 1501)), settings=small) == [
        "PC108 a paragraph or row of more than 1500 characters (limits.document_bytes)"
    ]
    assert told(odt(p(note) * 3), settings=small) == [
        "PC108 notes or headers of more than 1500 characters (limits.document_bytes)"
    ]
    assert told(odt(p(RAIN), parts={"meta.xml": f"<a>{' ' * 2000}</a>"}), settings=small) == [
        "PC108 meta.xml has more than 1500 bytes (limits.document_bytes)"
    ]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (f'<a:document {NAMES} office:mimetype="{KIND}s">'.encode(), "xml"),
        (f"<p>{KIND}</p>".encode(), "xml"),
        (b"<office:document office:mimetype='application/vnd.oasis.opendocument.spreadsheet'>", "xml"),
        (b" " * (1 << 14) + fodt(p(RAIN)), "xml"),
    ],
)
def test_other_xml_is_no_text_of_opendocument(raw: bytes, name: str) -> None:
    """The type stands in the first tag, and names texts only."""
    assert format_of(raw, f"a.{name}").name != "fodt"
    assert format_of(fodt(p(RAIN)), f"a.{name}").name == "fodt"


def test_flat_files_break_off_with_a_reason() -> None:
    """The flat form is refused like a part is."""
    whole = fodt(p(RAIN))
    [cut] = told(whole[:-9], "a.fodt")
    assert cut.startswith("PC104 the file: ")
    bomb = whole.replace(b"?>\n", b'?>\n<!DOCTYPE a [<!ENTITY b "&c;">]>\n')
    assert told(bomb, "a.fodt") == ["PC104 it declares a doctype (a), which no such document has"]
    assert told(whole.replace(b"office:body", b"office:bodies"), "a.fodt") == ["PC104 it holds no text of OpenDocument"]
