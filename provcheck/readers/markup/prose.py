"""The text of an element, a paragraph a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.patterns import late
from provcheck.readers.markup.kinds import names

if TYPE_CHECKING:
    from lxml.etree import _Element

# White space of ASCII only: bytes of an old encoding, which are masked as characters, must not be taken for it.
_WHITE = late(r"[ \t\r\n\f\v]+")
_BLANKS = late(r"\n(?:[ \t\r\f\v]*+\n)++")
_SPACES = late(r" {2,}")
_AROUND_BREAK = late(r" *\n *")
_BLANK = " \t\r\n\f\v"
# White space and control characters, which are masked: wires set some around a text, as on a teleprinter.
_FRAME = _BLANK + "".join(map(chr, range(0xFDD0, 0xFDF0)))

CELLS = " | "
"""What stands between the cells of a table's row."""


def prose(element: _Element) -> str:
    """The text of an element: a blank line between paragraphs, items of lists and rows of tables a line each.

    An element without a block in it keeps its lines as they are. What stands aside (media, scripts) is left out.

    >>> from lxml import etree
    >>> prose(etree.fromstring("<b><p>One <em>two</em>\\n three.</p><ul><li>a</li><li>b</li></ul><hl2>End</hl2></b>"))
    'One two three.\\n\\na\\nb\\n\\nEnd'
    >>> prose(etree.fromstring("<text>\\n  One\\n  two.\\n\\n\\n  Three.\\n</text>"))
    'One\\n  two.\\n\\n  Three.'
    """
    writer = _Writer(element)
    writer.walk()
    return writer.text()


def line(element: _Element) -> str:
    """The text of an element as one line."""
    return squeezed(prose(element))


def squeezed(text: str) -> str:
    """A text with one space for all white space."""
    return _WHITE.sub(" ", text).strip(" ")


def local(element: _Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


class _Writer:
    """Writes down one element: the paragraphs that are `done`, and the pieces of the one at hand."""

    def __init__(self, element: _Element) -> None:
        self.element = element
        self.blocks = names("blocks") | names("rows")
        self.plain = not any(local(child) in self.blocks for child in element.iterdescendants("*"))
        self.done: list[tuple[str, bool]] = []
        self.held: list[str] = []
        self.hidden = self.rows = self.verbatim = 0

    def walk(self) -> None:
        """Go through the element, from its beginning to its end."""
        from lxml import etree  # noqa: PLC0415  heavy, and only for markup

        for event, node in etree.iterwalk(self.element, events=("start", "end")):
            step = 1 if event == "start" else -1
            name = local(node) if node is not self.element else ""
            if name in names("aside"):
                self.hidden += step
            if not self.hidden:
                self._meet(name, step)
            text = node.text if step > 0 else node.tail if name else None
            if text and not self.hidden:
                top = node is self.element or (step < 0 and node.getparent() is self.element)
                self.held.append(self._shown(text, top=top))
        self._flush(tight=False)

    def _meet(self, name: str, step: int) -> None:
        """Begin or end an element of this name."""
        if name in names("rows"):
            self._flush(tight=True)
            self.rows += step
        elif self.rows:
            if name in names("cells") and step > 0 and "".join(self.held).strip(_BLANK):
                self.held.append(CELLS)
            elif name in self.blocks or name in names("breaks"):
                self.held.append(" ")
        elif name in self.blocks:
            self._flush(tight=name in names("tight") and step < 0)
            self.verbatim += step if name in names("verbatim") else 0
        elif name in names("breaks") and step > 0:
            self.held.append("\n")

    def _shown(self, text: str, *, top: bool) -> str:
        """A piece of text; blank lines in one that stands in no paragraph end a paragraph."""
        if self.plain or self.verbatim:
            return text
        if top and not self.rows:
            return "\n\n".join(_WHITE.sub(" ", part) for part in _BLANKS.split(text))
        return _WHITE.sub(" ", text)

    def _flush(self, *, tight: bool) -> None:
        text = "".join(self.held)
        self.held.clear()
        if not self.plain and not self.verbatim:
            text = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", text))
        text = _BLANKS.sub("\n\n", text).strip(_FRAME)
        if text:
            self.done.append((text, tight))

    def text(self) -> str:
        """All paragraphs; those that are tight stand below each other without a blank line."""
        parts = []
        for number, (text, tight) in enumerate(self.done):
            if number:
                parts.append("\n" if tight and self.done[number - 1][1] else "\n\n")
            parts.append(text)
        return "".join(parts)
