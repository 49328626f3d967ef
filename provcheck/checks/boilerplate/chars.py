"""Characters as classes: what a line is made of, counted for all lines of a text at once.

A page of four hundred short lines would cost four hundred passes of every regular expression. Here each character
is looked up once in a table, and one `numpy.bincount` gives the make-up of all lines.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from provcheck import characters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SPACE, CONTROL, UPPER, LOWER, LETTER, DENSE, HANGUL, DIGIT = range(8)
END, COMMA, COLON, QUOTE, DASH, MARK, BRACKET, SYMBOL = range(8, 16)
CLASSES = 16
"""How many classes there are. DENSE are the letters of scripts that put no space between words."""

_SIZE = 0x10001  # the Basic Multilingual Plane, and one place for everything above it
_CATEGORIES = {
    UPPER: ("Lu", "Lt"), LOWER: ("Ll",), LETTER: ("Lo", "Lm", "M"), DIGIT: ("Nd",), SPACE: ("Z",),
    CONTROL: ("Cc", "Cf"),
}  # fmt: skip
_PUNCTUATION = {
    END: ".!?…‥。｡．！？।॥؟۔։።፡။។៕჻᙮",
    COMMA: ",;،؛、，；﹐､՝፣",
    COLON: ":：︰",
    QUOTE: "\"'`´‘’‚‛“”„‟«»‹›「」『』〝〞〟״׳＂＇",
    DASH: "-‐‑‒–—―−－־〜～",
    BRACKET: "()[]{}（）［］【】〔〕〈〉《》｛｝",
    MARK: "|·•‣⁃∙▪▫●○◦◆◇■□►▶▸▹▷◄◀→←↑↓⇒➔➜➤»<>/\\*_~+#=^★☆✓✔✕✖×｜／・▼▲▾▴",
}
_DENSE = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x2FFF), (0x3005, 0x3007), (0x3040, 0x30FF),
    (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9D),
)  # fmt: skip
_HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))
_MIX = 0x9E3779B1  # the golden ratio in 32 bits: neighbouring code points get values far apart


@cache
def class_table() -> NDArray[np.uint8]:
    """The class of each code point of the Basic Multilingual Plane, and at the last place that of all others."""
    table = np.full(_SIZE, SYMBOL, dtype=np.uint8)
    for kind, categories in _CATEGORIES.items():
        table[:-1][characters.having(*categories)] = kind
    for kind, ranges in ((DENSE, _DENSE), (HANGUL, _HANGUL)):
        for first, last in ranges:
            part = table[first : last + 1]
            part[(part == LETTER) | (part == SYMBOL)] = kind
    for kind, signs in _PUNCTUATION.items():
        table[[ord(c) for c in signs if not (kind == MARK and c == "»")]] = kind
    table[ord("\t")] = SPACE
    return table


@cache
def value_table() -> NDArray[np.uint64]:
    """A number for each letter and digit, the same for both cases; 0 for everything that is no part of a word."""
    table = class_table()
    word = (table >= UPPER) & (table <= DIGIT)
    lower = np.append(characters.lower().astype(np.uint64), np.uint64(_SIZE - 1))
    lower[ord("İ")] = ord("İ")  # in small letters it is two characters
    mixed = ((lower + np.uint64(1)) * np.uint64(_MIX)) & np.uint64(0xFFFFFFFF)
    result: NDArray[np.uint64] = np.where(word, mixed | np.uint64(1), np.uint64(0))
    return result


def code_points(text: str) -> NDArray[np.intp]:
    """The characters of `text` as places in the tables, in numpy's own type for places, since each is asked twice.

    >>> code_points("a\\n").tolist()
    [97, 10]
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.intp)
    return points if text.isascii() else np.minimum(points, _SIZE - 1, out=points)


def counts(classes: NDArray[np.uint8], lengths: NDArray[np.int64]) -> NDArray[Any]:
    """How many characters of each class each line has: an array of lines by `CLASSES`.

    `classes` are those of the lines one after the other, each with its line end; `lengths` count that end.

    >>> table = class_table()[code_points("Hi!\\n42\\n")]
    >>> made = counts(table, np.array([4, 3]))
    >>> int(made[0, UPPER]), int(made[0, END]), int(made[1, DIGIT])
    (1, 1, 2)
    """
    n = len(lengths)
    owner = np.repeat(np.arange(0, n * CLASSES, CLASSES), lengths)
    owner += classes
    return np.bincount(owner, minlength=n * CLASSES).reshape(n, CLASSES)


def joined(lines: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """The code points of the lines, each followed by a line end, and the lengths with that end.

    >>> joined(["ab", "c"])[1].tolist()
    [3, 2]
    """
    text = "\n".join(lines) + "\n"
    return code_points(text), np.fromiter(map(len, lines), dtype=np.int64, count=len(lines)) + 1
