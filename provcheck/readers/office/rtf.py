"""Rich Text Format (``.rtf``, Microsoft's specification 1.9.1), in which press databases give their exports.

It is read by our own rules. striprtf, the library that there is for it, leaves out notes and text boxes, shows hidden
and deleted text, sets the addresses of links between the words, gives halves of characters beyond the first plane,
takes a file that breaks off for a whole one, raises an error for some old fonts of the Macintosh, and needs the whole
file as text, half a second for a megabyte of it, and longer with the square of the fields that are never closed. What
RTF needs is not much: signs (`provcheck.readers.office.rtfsigns`), a stack of groups, and tables of the words that
are not mere looks (``data/rtf.json``).

A file that ends early is given as far as it goes, with a row that says so: programs forget the last brace, and nothing
else is missing then. What stands behind the end has a row as well, unless it is padding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provcheck.model import Problem
from provcheck.readers.office.rtffonts import HEAD, page, table
from provcheck.readers.office.rtfpen import Pen
from provcheck.readers.office.rtfsigns import signs
from provcheck.readers.office.symbols import PRIVATE, symbol
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import BufferedReader

    from provcheck.readers.office.layer import Beside
    from provcheck.readers.office.rtfsigns import Sign

DEEP = 1000
"""Groups in groups that are followed; programs nest some dozens."""

_CLOCK = ("yr", "mo", "dy", "hr", "min")
_PADDING = b"\0 \t\r\n\x1a"
_OPENING, _CLOSING = b"{}"


class _Group(NamedTuple):
    """What holds in a group: which text is shown, the fallbacks of a character, the font, and what is hidden.

    `shown` is ``text``, ``pass`` where only the groups inside show any, or ``drop``; `listed` tells of a paragraph in
    a table.
    """

    shown: str = "text"
    fallbacks: int = 1
    font: int | None = None
    hidden: bool = False
    deleted: bool = False
    table: bool = False


def read(stream: BufferedReader, beside: Beside, limit: int) -> Iterator[str]:
    """The text of a file in pieces, and what it tells beside it. Raises Refusal for groups that are too deep."""
    reader = _Reader(beside, limit)
    for sign in signs(stream, reader.acting):
        if not reader.ended:
            reader.take(sign)
            yield from reader.pen.paper.drained()
        elif sign.raw.strip(_PADDING):
            reader.more = sign.end - (len(sign.raw) - 1 if sign.kind == "brace" else 0)
        if reader.more:
            what = f"more follows behind its end, before byte {reader.more}; it may be a second document"
            beside.problems.append(Problem("PC106", what))
            break
    if not reader.ended:
        count = len(reader.groups)
        which = "1 group is" if count == 1 else f"{count} groups are"
        beside.problems.append(Problem("PC106", f"it ends early: {which} not closed"))
    yield from reader.finished()


class _Reader:
    """Takes signs in, and lets its pen write; `groups` are those that are open, `ended` tells that none is left.

    `more` is the place behind the first brace or other sign that stands behind the last group, 0 where there is none.
    """

    def __init__(self, beside: Beside, limit: int) -> None:
        self.pen, self.groups, self.ended, self.more = Pen(beside, limit), list[_Group](), False, 0
        self._beside, self._group = beside, _Group()
        self._fallbacks, self._starred = 0, False
        self._clock: dict[str, int] = {}
        self._closing: list[tuple[int, Callable[[], None]]] = []
        self._words: dict[str, Callable[[int | None], None]] = {
            "u": self._character, "uc": self._fall_back, "f": self._font, "fcharset": self._charset, "cpg": self._page,
            "plain": self._plain, "v": self._hide, "deleted": self._delete, "mvf": self._delete,
            "intbl": self._in_table, "pard": self._paragraph, "cell": self._end_cell, "row": self._end_row,
            "nestcell": self._end_inner_cell, "nestrow": self._end_inner_row,
        } | dict.fromkeys(("par", "sect", "page", "column"), self._end)  # fmt: skip
        self._kinds = {word: kind for kind, words in table()["destinations"].items() for word in words}
        self.acting = frozenset((*self._words, *self._kinds, *table()["written"], *HEAD, *_CLOCK))

    def take(self, sign: Sign) -> None:
        """Take in the next sign."""
        kind, raw, number, end = sign
        if kind == "brace":
            self.pen.flush(self._group.font)
            self._fallbacks, self._starred = 0, False
            self._braces(raw, end)
        elif self._group.shown == "drop" or not self.groups:  # before the first brace may stand a byte order mark
            return
        elif kind == "word":
            self._word(raw.decode(), number)
        elif kind == "sign":
            self._sign(raw)
        else:
            self._text(raw if kind == "text" else bytes.fromhex(raw.decode()))

    def finished(self) -> Iterator[str]:
        """What is left of the text, and the notes."""
        self.pen.flush(self._group.font)
        while self._closing:
            self._closing.pop()[1]()
        yield from self.pen.finished()

    def _braces(self, raw: bytes, end: int) -> None:
        """Open and close groups, up to the end of the last; `end` is the place behind the braces."""
        groups, closing = self.groups, self._closing
        for at, byte in enumerate(raw, 1):
            if byte == _OPENING:
                if len(groups) == DEEP:
                    raise Refusal("PC108", f"groups in groups deeper than {DEEP}")
                groups.append(self._group)
            elif byte == _CLOSING:
                while closing and closing[-1][0] == len(groups):
                    closing.pop()[1]()
                self._group = groups.pop()
                if not groups:
                    self.ended = True
                    self.more = end - len(raw) + at + 1 if at < len(raw) else 0
                    return

    @property
    def _shows(self) -> bool:
        group = self._group
        return group.shown == "text" and not (group.hidden or group.deleted)

    def _text(self, raw: bytes) -> None:
        """Bytes of text, unless they are the fallback of a character that was read already."""
        if self._fallbacks:
            count = min(self._fallbacks, len(raw))
            raw, self._fallbacks = raw[count:], self._fallbacks - count
        self._starred = False
        if self._shows:
            self.pen.put(raw, self._group.font)

    def _sign(self, raw: bytes) -> None:
        if raw in (b"\r", b"\n"):
            self._word("par", None)
        elif raw == b"*":
            self._starred = True
        elif text := table()["signs"].get(raw.decode("latin-1")):
            self._write(text)

    def _write(self, text: str) -> None:
        """What a sign or a word stands for, which may be a fallback as well."""
        self.pen.flush(self._group.font)
        if self._fallbacks:
            self._fallbacks -= 1
        elif self._shows:
            self.pen.add(text)

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if text := table()["written"].get(word):
            self._write(text)
            return
        self.pen.flush(self._group.font)
        self._fallbacks = 0
        if kind := self._kinds.get(word):
            self._destination(kind, word)
        elif starred:
            self._group = self._group._replace(shown="drop")
        elif on := self._words.get(word):
            on(number)
        elif word in HEAD:
            self.pen.fonts.says(word, number)
        elif word in _CLOCK:
            self._clock[word] = number or 0

    def _destination(self, kind: str, word: str) -> None:
        """Begin a group of its own."""
        pen = self.pen
        self._beside.pictures += word == "pict"
        self._group = self._group._replace(shown=kind if kind in ("drop", "pass") else "text")
        if kind in ("drop", "pass", "show"):
            return
        self._group = self._group._replace(table=False)
        if kind == "box":
            close = pen.box()
        elif kind == "note":
            close = pen.note()
        elif kind in ("header", "footer"):
            close = pen.frame(f"page_{kind}")
        elif kind == "item":
            close = pen.take(pen.item)
        elif kind == "fonts":
            close = pen.list_fonts()
        elif kind == "info":
            close = pen.take(lambda text: self._beside.tell(table()["properties"][word], text))
        else:
            self._clock = {}
            close = lambda: self._time(word)  # noqa: E731  as those above
        self._closing.append((len(self.groups), close))

    def _time(self, word: str) -> None:
        year, month, day, hour, minute = (self._clock.get(name, 0) for name in _CLOCK)
        if year:
            told = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"
            self._beside.tell(table()["properties"][word], told)

    def _character(self, number: int | None) -> None:
        """A character by its number, below zero for the upper half; behind it stands a fallback for old programs."""
        code = (number or 0) + (0x10000 if (number or 0) < 0 else 0)
        if code > 0 and self._shows:
            font = self.pen.fonts.name(self._group.font)
            self.pen.add(symbol(font, code) if code >= PRIVATE else chr(code))
        self._fallbacks = self._group.fallbacks

    def _fall_back(self, number: int | None) -> None:
        self._group = self._group._replace(fallbacks=max(number or 0, 0))

    def _font(self, number: int | None) -> None:
        self._group = self._group._replace(font=number)
        self.pen.font(number)

    def _charset(self, number: int | None) -> None:
        self.pen.font_has(charset=number)

    def _page(self, number: int | None) -> None:
        self.pen.font_has(page=page(number or 0))

    def _plain(self, _: int | None) -> None:
        self._group = self._group._replace(font=None, hidden=False, deleted=False)

    def _hide(self, number: int | None) -> None:
        self._group = self._group._replace(hidden=number != 0)

    def _delete(self, number: int | None) -> None:
        self._group = self._group._replace(deleted=number != 0)

    def _in_table(self, _: int | None) -> None:
        self._group = self._group._replace(table=True)

    def _paragraph(self, _: int | None) -> None:
        self._group = self._group._replace(table=False)

    def _end(self, _: int | None) -> None:
        if self._shows:
            self.pen.end(table=self._group.table)

    def _end_cell(self, _: int | None) -> None:
        if self._group.shown == "text":
            self.pen.end_cell(1)

    def _end_row(self, _: int | None) -> None:
        if self._group.shown == "text":
            self.pen.end_row(1)

    def _end_inner_cell(self, _: int | None) -> None:
        if self._group.shown == "text":
            self.pen.end_cell(2)

    def _end_inner_row(self, _: int | None) -> None:
        if self._group.shown == "text":
            self.pen.end_row(2)
