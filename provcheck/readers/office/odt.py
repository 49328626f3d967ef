"""Texts of LibreOffice and OpenOffice: OpenDocument, as a zip (``.odt``, ``.ott``) or as one file of XML (``.fodt``).

Text is what stands in paragraphs and headings. White space is squeezed as the standard says; blanks that are meant are
elements. Deleted text stands apart from the text, and is left out with comments. Notes stand where they are set, and
are held until the end. What is hidden by its style, or by a section that is hidden, is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provcheck.patterns import late
from provcheck.readers.office.package import Package, Properties, attribute, local, table, walked
from provcheck.readers.office.paper import BULLET, Paper
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from io import BufferedReader

    from provcheck.readers.office.layer import Beside

SPACES = 255
"""Blanks that one element may stand for."""

SEALED = "the document needs a password; save it without one"

_WHITE = late(r"[ \t\r\n]+")
_ENCRYPTED = ("encryption-data", "encrypted-key")


def read(package: Package, beside: Beside) -> Iterator[str]:
    """The text of a document in pieces, and what it tells beside it."""
    manifest = _Manifest()
    package.gone_through("META-INF/manifest.xml", manifest, beside)
    if manifest.sealed or "encrypted-package" in package:
        raise Refusal("PC107", SEALED)
    if "content.xml" not in package:
        raise Refusal("PC104", "no document is in it: content.xml is missing")
    body = Body(package.limit, beside)
    package.gone_through("meta.xml", body.properties, beside)
    body.properties.told()
    package.gone_through("styles.xml", body, beside)
    yield from _text(body, package.walked("content.xml", body, body.paper), "content.xml")


def flat(stream: BufferedReader, beside: Beside, limit: int) -> Iterator[str]:
    """The same of a document that is one file of XML."""
    body = Body(limit, beside)
    yield from _text(body, walked(stream, "the file", body, body.paper), "it")


def _text(body: Body, pieces: Iterator[str], name: str) -> Iterator[str]:
    yield from pieces
    if not body.is_text:
        raise Refusal("PC104", f"{name} holds no text of OpenDocument")
    body.paper.close()
    yield from body.paper.drained()
    if notes := body.notes.text():
        yield f"\n\n{notes}" if body.paper.begun else notes


class _Manifest:
    """A walk through the list of parts: whether they are encrypted."""

    sealed = False

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        self.sealed = self.sealed or local(tag) in _ENCRYPTED

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


class _At(NamedTuple):
    """Where the walk is: in a paragraph or not, behind a blank of it or not, and the marks of the items around it."""

    inside: bool
    space: bool
    marks: list[str | None]


class Body:
    """A walk through a document: its styles, pages and text, in one part or in several.

    `is_text` tells that there was a text, `properties` walks through those of a flat document.
    """

    def __init__(self, limit: int, beside: Beside) -> None:
        """Keep in `beside` what is no text."""
        rows = table("odt")
        self.properties = Properties(rows["properties"], beside.tell)
        self.is_text, self.beside = False, beside
        self.paper, self.notes = Paper(limit), Paper(limit, kept=True)
        self._limit, self._sheet = limit, self.paper
        self._frames = dict.fromkeys(rows["headers"], "page_header") | dict.fromkeys(rows["footers"], "page_footer")
        self._dropped, self._written = frozenset(rows["dropped"]), rows["written"]
        self._pictures = frozenset(rows["pictures"])
        self._begins: dict[str, Callable[[Mapping[str, str]], None]] = {
            "body": self._begin_body, "style": self._begin_style, "text-properties": self._style_text,
            "p": self._begin_paragraph, "h": self._begin_paragraph, "s": self._spaces, "list-item": self._begin_item,
            "number": self._begin_number, "note-body": self._begin_note, "text-box": self._begin_box,
            "table-row": self._begin_row,
        }  # fmt: skip
        self._ends: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph, "h": self._end_heading, "list-item": self._end_item, "number": self._end_number,
            "note-body": self._end_note, "text-box": self._end_box, "table-cell": self._end_cell,
            "table-row": self._end_row,
        }  # fmt: skip
        self._skip = self._meta = 0
        self._at, self._around = _At(inside=False, space=True, marks=[]), list[_At]()
        self._style, self._hidden = ("", ""), set[tuple[str, str]]()
        self._number: list[str] | None = None

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        """An element begins."""
        name = local(tag)
        if self._skip or (self._at.inside and name == "hidden-text" and attribute(attrib, "is-hidden") == "true"):
            self._skip += 1
        elif self._meta or (name == "meta" and not self._at.inside):  # in a paragraph it is another element
            self._meta += 1
            self.properties.start(tag, attrib)
        elif name in self._dropped or self._is_hidden(name, attrib):
            self._skip = 1
        elif begin := self._begins.get(name):
            begin(attrib)
        elif name in self._frames and not self._at.inside:
            self._sheet = Paper(self._limit, kept=True)
        elif name in self._written:
            self._write(self._written[name])
        elif name in self._pictures:
            self.beside.pictures += 1

    def end(self, tag: str) -> None:
        """An element ends."""
        name = local(tag)
        if self._skip:
            self._skip -= 1
        elif self._meta:
            self._meta -= 1
            self.properties.end(tag)
            if not self._meta:
                self.properties.told()
        elif end := self._ends.get(name):
            end()
        elif name in self._frames and not self._at.inside:
            self.beside.tell_more(self._frames[name], self._sheet.text())
            self._sheet = self.paper

    def data(self, text: str) -> None:
        """A piece of text, of whose white space only one blank between others counts."""
        if self._skip:
            return
        if self._meta:
            self.properties.data(text)
        elif self._number is not None:
            self._number.append(text)
        elif self._at.inside:
            text = _WHITE.sub(" ", text)
            shown = text[1:] if self._at.space and text.startswith(" ") else text
            if shown:
                self._sheet.add(shown)
                self._at = self._at._replace(space=shown.endswith(" "))

    def _is_hidden(self, name: str, attrib: Mapping[str, str]) -> bool:
        if name == "section":
            return attribute(attrib, "display") == "none"
        family = {"p": "paragraph", "h": "paragraph", "span": "text"}.get(name)
        return family is not None and (family, attribute(attrib, "style-name")) in self._hidden

    def _write(self, text: str) -> None:
        if self._at.inside:
            self._sheet.add(text)
            self._at = self._at._replace(space=False)

    def _apart(self) -> None:
        """Leave the paragraph at hand for a while."""
        self._around.append(self._at)
        self._at = _At(inside=False, space=True, marks=[])

    def _begin_body(self, _: Mapping[str, str]) -> None:
        self.is_text = True

    def _begin_style(self, attrib: Mapping[str, str]) -> None:
        family = attribute(attrib, "family")
        self._style = family, attribute(attrib, "name")
        if (family, attribute(attrib, "parent-style-name")) in self._hidden:
            self._hidden.add(self._style)

    def _style_text(self, attrib: Mapping[str, str]) -> None:
        if attribute(attrib, "display") == "none":
            self._hidden.add(self._style)

    def _begin_paragraph(self, _: Mapping[str, str]) -> None:
        around = self._at
        if around.inside:  # a shape in a paragraph may have text of its own
            self._sheet.open_box()
        self._around.append(around)
        self._at = _At(inside=True, space=True, marks=[] if around.inside else around.marks)

    def _end_paragraph(self, *, heading: bool = False) -> None:
        marks = self._at.marks
        self._sheet.end(marks[-1] if marks and not heading else None)
        if marks:
            marks[-1] = None
        self._at = self._around.pop()
        if self._at.inside:
            self._sheet.close_box()

    def _end_heading(self) -> None:
        self._end_paragraph(heading=True)

    def _spaces(self, attrib: Mapping[str, str]) -> None:
        count = attribute(attrib, "c")
        self._write(" " * min(int(count) if count.isdecimal() and len(count) < 9 else 1, SPACES))

    def _begin_item(self, _: Mapping[str, str]) -> None:
        self._at.marks.append(BULLET)

    def _end_item(self) -> None:
        self._at.marks.pop()

    def _begin_number(self, _: Mapping[str, str]) -> None:
        if self._at.inside or self._at.marks:
            self._number = []

    def _end_number(self) -> None:
        number, self._number = "".join(self._number or ()).strip(), None
        if number and self._at.inside:
            self._write(f"{number} ")
        elif number and self._at.marks:
            self._at.marks[-1] = f"{number} "

    def _begin_note(self, _: Mapping[str, str]) -> None:
        self._apart()
        self._sheet = self.notes

    def _end_note(self) -> None:
        self._at = self._around.pop()
        self._sheet = self.paper

    def _begin_box(self, _: Mapping[str, str]) -> None:
        self._sheet.open_box()
        self._apart()

    def _end_box(self) -> None:
        self._sheet.close_box()
        self._at = self._around.pop()

    def _begin_row(self, _: Mapping[str, str]) -> None:
        self._sheet.open_row()

    def _end_cell(self) -> None:
        self._sheet.end_cell()

    def _end_row(self) -> None:
        self._sheet.close_row()
