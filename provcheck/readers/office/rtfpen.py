"""What an RTF writes, and where to: the text, its notes, the headers of its pages, or a value told beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from provcheck.readers.office.layer import LONGEST
from provcheck.readers.office.paper import BULLET, Paper, whole
from provcheck.readers.office.rtffonts import Font, Fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provcheck.readers.office.layer import Beside

_ROUND = "o"  # the sign of lists of the second level, in a font for typewriters


class Pen:
    """Writes on the sheet at hand; `paper` is that of the text, `fonts` say how bytes are read."""

    def __init__(self, beside: Beside, limit: int) -> None:
        """`limit` is that of `Paper`."""
        self.paper, self.fonts = Paper(limit), Fonts()
        self._beside, self._limit = beside, limit
        self._sheet, self._notes = self.paper, Paper(limit, kept=True)
        self._bytes = bytearray()
        self._taken: list[str] | None = None
        self._item: str | None = None
        self._row: int | None = None
        self._font, self._listed = Font(), False

    def put(self, raw: bytes, font: int | None) -> None:
        """Go on with bytes of a font: one character may come as several signs."""
        self._bytes += raw
        if len(self._bytes) > self._limit:
            self.flush(font)

    def flush(self, font: int | None) -> None:
        """Read the bytes at hand by their font."""
        if self._bytes:
            text = self.fonts.decoded(bytes(self._bytes), font)
            self._bytes.clear()
            self.add(text)

    def add(self, text: str) -> None:
        """Go on with text."""
        if self._taken is None:
            self._sheet.add(text)
        elif len(self._taken) < LONGEST:
            self._taken.append(text[:LONGEST])

    def take(self, tell: Callable[[str], None]) -> Callable[[], None]:
        """Hold what is written from here on, which is told where the group is closed."""
        before, self._taken = self._taken, []

        def close() -> None:
            text, self._taken = whole("".join(self._taken or ())), before
            tell(text)

        return close

    def item(self, text: str) -> None:
        """Take a sign or number for that of the next paragraph."""
        own = text != _ROUND and any(map(str.isalnum, text))
        self._item = f"{text} " if own else BULLET if text else None

    def list_fonts(self) -> Callable[[], None]:
        """Begin the table of fonts: what is written there are their names."""
        self._row, self._font = None, Font()
        close = self.take(self._end_font)

        def end() -> None:
            close()
            self._listed = False

        self._listed = True
        return end

    def font(self, number: int | None) -> None:
        """Begin a row of the table of fonts."""
        if self._listed and self._taken is not None:
            self._end_font("".join(self._taken))
            self._taken.clear()
            self._row = number

    def font_has(self, charset: int | None = None, page: str | None = None) -> None:
        """Take in the character set of a font, or its code page."""
        self._font = self._font._replace(
            charset=self._font.charset if charset is None else charset, page=page or self._font.page
        )

    def _end_font(self, name: str) -> None:
        if self._row is not None:
            self.fonts.add(self._row, self._font._replace(name=name.strip(" ;")))
        self._row, self._font = None, Font()

    def end(self, *, table: bool) -> None:
        """End a paragraph, which stands in a table or not."""
        if self._taken is not None:
            self._taken.append("\n")
            return
        if table and not self._sheet.rows:
            self._sheet.open_row()
        self._sheet.end(self._item)
        self._item = None
        while self._sheet.rows and not table:  # a row that is never closed
            self._sheet.close_row()

    def end_cell(self, depth: int) -> None:
        """End a cell of a table (1), or of one in a cell of it (2)."""
        if self._taken is None:
            while self._sheet.rows > depth:
                self._sheet.close_row()
            while self._sheet.rows < depth:
                self._sheet.open_row()
            self._sheet.end(self._item)
            self._sheet.end_cell()
            self._item = None

    def end_row(self, depth: int) -> None:
        """End a row."""
        while self._taken is None and self._sheet.rows >= depth:
            self._sheet.close_row()

    def box(self) -> Callable[[], None]:
        """Begin a text box, which ends with its group."""
        self._sheet.open_box()
        return self._sheet.close_box

    def note(self) -> Callable[[], None]:
        """Begin a note."""
        return self._apart(self._notes, "")

    def frame(self, name: str) -> Callable[[], None]:
        """Begin the header or footer of pages."""
        return self._apart(Paper(self._limit, kept=True), name)

    def _apart(self, sheet: Paper, name: str) -> Callable[[], None]:
        back = partial(self._back, self._sheet, self._item, self._taken, name)
        self._sheet, self._item, self._taken = sheet, None, None
        return back

    def _back(self, sheet: Paper, item: str | None, taken: list[str] | None, name: str) -> None:
        self._sheet.end(self._item)
        if name:
            self._beside.tell_more(name, self._sheet.text())
        self._sheet, self._item, self._taken = sheet, item, taken

    def finished(self) -> Iterator[str]:
        """What is left of the text, and the notes."""
        self.paper.close()
        yield from self.paper.drained()
        if notes := self._notes.text():
            yield f"\n\n{notes}" if self.paper.begun else notes
