"""Where the text of a word-processor file is written down, a paragraph a line, whatever format it comes from.

It is laid out as that of markup is (`provcheck.readers.markup.prose`): a blank line between paragraphs, items of lists
and rows of tables a line each. A row is only a line where its cells are cells: ministries and databases also set whole
pages in tables, to have the logo beside the text. So a row with one filled cell, or with long cells of paragraphs, is
these paragraphs.
"""

from __future__ import annotations

from io import StringIO
from typing import Literal, NamedTuple

from provcheck.patterns import late
from provcheck.readers.markup.prose import CELLS
from provcheck.readers.refusal import Refusal

DEEP = 32
"""Tables in tables that are followed."""

LAID_OUT = 300
"""Characters of a cell of several paragraphs from which on its row is no row of a table."""

ROOM = 64
"""Characters that a cell, or a paragraph that is held, counts for beside its own: empty ones are no less to hold."""

BULLET = "- "
"""What stands before the item of a list whose own sign or number is not text of the file."""

_BLANK = " \t\n"
_BLANKS = late(r"\n(?:[ \t]*+\n)++")
_AROUND_BREAK = late(r"[ ]*+\n[ ]*+")
_HALF = late("[\ud800-\udfff]")

_Kind = Literal["paragraph", "item", "row"]


class _Row(NamedTuple):
    """A row that is open: the paragraphs of its cells, and how many characters were held when it began."""

    cells: list[list[str]]
    size: int


class Paper:
    """One text on its way: the paragraph at hand, the rows that it stands in, and the pieces that are done."""

    def __init__(self, limit: int, *, kept: bool = False) -> None:
        """`limit` is the number of characters that may be held: of a paragraph or a row, of a `kept` text in all."""
        self._limit, self._size, self._kept = limit, 0, kept
        self._held = StringIO()  # and no list: a paragraph may come character by character
        self._under: list[StringIO] = []
        self._rows: list[_Row] = []
        self._last: _Kind | None = None
        self._done: list[str] = []

    @property
    def begun(self) -> bool:
        """Whether anything has been written down."""
        return self._last is not None

    @property
    def rows(self) -> int:
        """How many rows are open, one in a cell of the other."""
        return len(self._rows)

    def add(self, text: str) -> None:
        """Go on with the paragraph; raises Refusal where it gets too long."""
        self._hold(len(text))
        self._held.write(text)

    def end(self, mark: str | None = None) -> None:
        """End the paragraph; with a `mark`, which may be empty, it is an item of a list."""
        raw = self._held.getvalue()
        if not raw:
            return
        self._held = StringIO()
        if not (self._rows or self._kept):
            self._size -= len(raw)
        if text := whole(raw):
            self._put("paragraph" if mark is None else "item", f"{mark or ''}{text}")

    def open_box(self) -> None:
        """Begin a text box: its paragraphs stand before the one that it is fastened to."""
        self._under.append(self._held)
        self._held = StringIO()

    def close_box(self) -> None:
        """End a text box."""
        self.end()
        self._held = self._under.pop() if self._under else StringIO()

    def open_row(self) -> None:
        """Begin a row of a table, with its first cell, which the paragraph at hand is in.

        Raises Refusal for tables in tables that are too deep.
        """
        if len(self._rows) == DEEP:
            raise Refusal("PC108", f"tables in tables deeper than {DEEP}")
        self._rows.append(_Row([[]], self._size))

    def end_cell(self) -> None:
        """End a cell."""
        self.end()
        if self._rows:
            self._hold(ROOM)
            self._rows[-1].cells.append([])

    def close_row(self) -> None:
        """End a row, and so its last cell."""
        self.end()
        if not self._rows:
            return
        cells, size = self._rows.pop()
        if not (self._rows or self._kept):
            self._size = size
        filled = [cell for cell in cells if cell]
        if len(filled) < 2 or any(len(cell) > 1 and sum(map(len, cell)) > LAID_OUT for cell in filled):
            for paragraph in (paragraph for cell in filled for paragraph in cell):
                self._put("paragraph", paragraph)
        else:
            line = CELLS.join(" ".join(" ".join(cell).split("\n")) for cell in cells[cells.index(filled[0]) :])
            while line.endswith(CELLS):
                line = line.removesuffix(CELLS)
            self._put("row", line)

    def close(self) -> None:
        """End whatever is open."""
        while self._under:
            self.close_box()
        self.end()
        while self._rows:
            self.close_row()

    def drained(self) -> list[str]:
        """The pieces of text that were done since this was asked for the last time."""
        done, self._done = self._done, []
        return done

    def text(self) -> str:
        """All of the text, of a short one that is not drained."""
        self.close()
        return "".join(self.drained())

    def _hold(self, count: int) -> None:
        """Hold so many characters more; raises Refusal where they are too many."""
        self._size += count
        if self._size > self._limit:
            what = "notes or headers" if self._kept else "a paragraph or row"
            raise Refusal("PC108", f"{what} of more than {self._limit} characters (limits.document_bytes)")

    def _put(self, kind: _Kind, text: str) -> None:
        """Write a paragraph down, or into the cell at hand."""
        if self._rows or self._kept:
            self._hold(ROOM)
        if self._rows:
            self._rows[-1].cells[-1].append(text)
            return
        if self._last:
            self._done.append("\n" if kind == self._last != "paragraph" else "\n\n")
        self._done.append(text)
        self._last = kind


def whole(text: str) -> str:
    """A paragraph without the white space around it, with its halves of characters (UTF-16) joined.

    >>> whole(" a \\n b\\n\\n\\nc\\t"), whole("\\ud83d\\ude00"), whole("\\ud83d!")
    ('a\\nb\\n\\nc', '😀', '\\ufffd!')
    """
    if _HALF.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = text.strip(_BLANK)
    return _BLANKS.sub("\n\n", _AROUND_BREAK.sub("\n", text)) if "\n" in text else text
