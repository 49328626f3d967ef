"""The text of a part of a Word document, as its elements come.

Text is what stands in `t`, and only there; all else is layout. What is deleted or moved away by a change that somebody
tracked is left out, what is inserted is in; the code of a field is left out, its result is in. Of a drawing that is
written twice, for new and for old programs, the new one is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provcheck.readers.office.package import attribute, local, table
from provcheck.readers.office.paper import BULLET
from provcheck.readers.office.symbols import symbol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from provcheck.readers.office.layer import Beside
    from provcheck.readers.office.paper import Paper

CHUNKS = 100
"""Parts taken in as a whole that are named one by one."""

FIELDS = 64
"""Fields in fields that are followed; programs nest two or three."""

_OFF = ("0", "false", "off")
_BODY_TEXT = "9"  # an outline level that is none


class Styles:
    """A walk through the styles: which of them make an item of a list, a heading, or hidden text."""

    def __init__(self) -> None:
        """Know none yet."""
        self._own: dict[str, dict[str, bool]] = {}
        self._based: dict[str, str] = {}
        self._id = ""

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        """Note what a style says."""
        name = local(tag)
        if name == "style":
            self._id = attribute(attrib, "styleId")
            self._own[self._id] = {}
        elif self._id and name == "basedOn":
            self._based[self._id] = attribute(attrib, "val")
        elif self._id and name in ("numPr", "outlineLvl", "vanish"):
            self._own[self._id][name] = attribute(attrib, "val") not in _OFF or name == "outlineLvl"

    def end(self, tag: str) -> None:
        """Leave a style."""
        if local(tag) == "style":
            self._id = ""

    def data(self, text: str) -> None:
        """There is no text in them."""

    def says(self, style: str, name: str) -> bool:
        """Whether a style, or one that it is based on, has a property."""
        for _ in range(32):  # styles may be based on each other in a circle
            own = self._own.get(style)
            if own is None:
                return False
            if name in own:
                return own[name]
            style = self._based.get(style, "")
        return False


class _At(NamedTuple):
    """Where in a paragraph the walk is: whether in its properties or in a run, and what holds there.

    `item` is what stands before it, if it is an item of a list; `joined` that its end was deleted, so that it goes on
    with the next paragraph.
    """

    properties: bool = False
    run: bool = False
    hidden: bool = False
    run_hidden: bool = False
    item: str | None = None
    joined: bool = False


class Body:
    """A walk through a part with text.

    `is_text` tells that it was one, `chunks` are the relations of the parts that it takes in as a whole, of which
    `unnamed` are not kept.
    """

    def __init__(self, paper: Paper, styles: Styles, beside: Beside) -> None:
        """Write down on `paper`."""
        self.paper, self.styles, self.beside = paper, styles, beside
        self.is_text, self.chunks, self.unnamed = False, list[str](), 0
        rows = table("docx")
        self._dropped, self._written = frozenset(rows["dropped"]), rows["written"]
        self._pictures, self._apart = frozenset(rows["pictures"]), frozenset(rows["apart"])
        self._begins: dict[str, Callable[[Mapping[str, str]], None]] = {
            "body": self._begin_body, "p": self._begin_paragraph, "pPr": self._begin_properties, "r": self._begin_run,
            "t": self._begin_text, "br": self._break, "sym": self._symbol, "vanish": self._hide,
            "rStyle": self._style_run, "fldChar": self._field, "txbxContent": self._begin_box, "tr": self._begin_row,
            "footnote": self._begin_note, "endnote": self._begin_note, "altChunk": self._chunk, "subDoc": self._chunk,
        }  # fmt: skip
        self._ends: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph, "pPr": self._end_properties, "r": self._end_run, "t": self._end_text,
            "txbxContent": self._end_box, "tc": self._end_cell, "tr": self._end_row,
        }  # fmt: skip
        self._skip = self._taking = 0
        self._at, self._around = _At(), list[_At]()
        self._said: dict[str, str] = {}
        self._codes: list[bool] = []

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        """An element begins."""
        name = local(tag)
        if self._skip:
            self._skip += 1
        elif begin := self._begins.get(name):
            begin(attrib)
        elif name in self._dropped:
            self._skip = 1
            if name in ("del", "moveFrom") and self._at.properties:  # no text, but the end of the paragraph
                self._at = self._at._replace(joined=True)
        elif self._at.run and name in self._written:
            self._write(self._written[name])
        elif self._at.properties and name in ("pStyle", "numId", "outlineLvl"):
            self._said[name] = attribute(attrib, "val")
        elif name in self._pictures:
            self.beside.pictures += 1

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skip:
            self._skip -= 1
        elif end := self._ends.get(local(tag)):
            end()

    def data(self, text: str) -> None:
        """A piece of text; a line end in it is layout of the XML."""
        if self._taking and not self._skip:
            self._write(text.replace("\n", " "))

    def _write(self, text: str) -> None:
        if not self._at.run_hidden and not any(self._codes):
            self.paper.add(text)

    def _begin_body(self, _: Mapping[str, str]) -> None:
        self.is_text = True

    def _begin_text(self, _: Mapping[str, str]) -> None:
        self._taking += 1

    def _end_text(self) -> None:
        self._taking -= 1

    def _begin_paragraph(self, _: Mapping[str, str]) -> None:
        self._at = _At(item=self._at.item) if self._at.joined else _At()
        self._said = {}

    def _end_paragraph(self) -> None:
        # The code of a field ends here, whatever is damaged: its result may go on for pages.
        self._codes = [False] * len(self._codes)
        if not self._at.joined:
            self.paper.end(self._at.item)

    def _begin_properties(self, _: Mapping[str, str]) -> None:
        self._at = self._at._replace(properties=True)

    def _end_properties(self) -> None:
        """What the paragraph and its style say makes it an item of a list, unless it is a heading with a number."""
        said, style = self._said, self._said.get("pStyle", "")
        listed = said["numId"] != "0" if "numId" in said else self.styles.says(style, "numPr")
        level = said.get("outlineLvl")
        heading = level != _BODY_TEXT if level else self.styles.says(style, "outlineLvl")
        self._at = self._at._replace(
            properties=False,
            hidden=self.styles.says(style, "vanish"),
            item=BULLET if listed and not heading else self._at.item,
        )

    def _begin_run(self, _: Mapping[str, str]) -> None:
        self._at = self._at._replace(run=True, run_hidden=self._at.hidden)

    def _end_run(self) -> None:
        self._at = self._at._replace(run=False, run_hidden=self._at.hidden)

    def _hide(self, attrib: Mapping[str, str]) -> None:
        if self._at.run:
            self._at = self._at._replace(run_hidden=attribute(attrib, "val") not in _OFF)

    def _style_run(self, attrib: Mapping[str, str]) -> None:
        if self._at.run and self.styles.says(attribute(attrib, "val"), "vanish"):
            self._at = self._at._replace(run_hidden=True)

    def _break(self, attrib: Mapping[str, str]) -> None:
        self._write("\n\n" if attribute(attrib, "type") in ("page", "column") else "\n")

    def _symbol(self, attrib: Mapping[str, str]) -> None:
        try:
            code = int(attribute(attrib, "char"), 16)
        except ValueError:
            return
        self._write(symbol(attribute(attrib, "font"), code))

    def _field(self, attrib: Mapping[str, str]) -> None:
        kind = attribute(attrib, "fldCharType")
        if kind == "begin" and len(self._codes) < FIELDS:
            self._codes.append(True)
        elif kind == "separate" and self._codes:
            self._codes[-1] = False
        elif kind == "end" and self._codes:
            self._codes.pop()

    def _begin_box(self, _: Mapping[str, str]) -> None:
        self._around.append(self._at)
        self.paper.open_box()

    def _end_box(self) -> None:
        self.paper.close_box()
        self._at = self._around.pop()

    def _begin_row(self, _: Mapping[str, str]) -> None:
        self.paper.open_row()

    def _end_cell(self) -> None:
        self.paper.end_cell()

    def _end_row(self) -> None:
        self.paper.close_row()

    def _begin_note(self, attrib: Mapping[str, str]) -> None:
        self._skip = attribute(attrib, "type") in self._apart

    def _chunk(self, attrib: Mapping[str, str]) -> None:
        if len(self.chunks) < CHUNKS:
            self.chunks.append(attribute(attrib, "id"))
        else:
            self.unnamed += 1
