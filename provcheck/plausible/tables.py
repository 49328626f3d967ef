"""The tables of surprise, as arrays that can be indexed by code points.

The files hold small alphabets, one a language. Here they become, for each script, one array ``[language, symbol,
symbol]`` over a common alphabet. What an alphabet lacks has a fixed cost by its kind: a letter of the same script
that other languages use is likelier than one of another script, and that is likelier than a box-drawing character.
All costs are nats (natural logarithms of one over a probability).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from provcheck import shipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

POINTS = 0x10000
"""Code points from here on share the last cell: the tables know no astral characters but that they are rare."""

SCRIPT_STARTS = {"latin": "LATIN", "cyrillic": "CYRILLIC", "greek": "GREEK", "hebrew": "HEBREW", "arabic": "ARABIC",
                 "thai": "THAI"}  # fmt: skip
"""With which word the Unicode names of a script's letters begin."""

KINDS = {
    "letter": 10.0,
    "phonetic": 13.0,
    "notation": 11.0,
    "stranger": 12.0,
    "mark": 12.0,
    "symbol": 12.0,
    "box": 13.5,
    "control": 15.0,
    "private": 17.0,
}
"""What a character costs that the tables do not list: a letter of the script at hand, a letter of another script, a
combining mark, a symbol, a box-drawing or block character, a control character, and what Unicode has not assigned."""

DEAD = (
    ("\u0700", "\u08ff"), ("\u1380", "\u177f"), ("\u18b0", "\u1cff"), ("\u1dc0", "\u1dff"), ("\u2c00", "\u2e7f"),
    ("\u0370", "\u0373"), ("\u03d0", "\u03ff"), ("\u0460", "\u0489"), ("\u0500", "\u052f"),
)  # fmt: skip
"""Blocks that news do not use: scripts of the past or of very few, letters of old manuscripts. What
comes out of a wrong decoding by chance falls into them more often than not."""

PHONETIC = (("\u0180", "\u0217"), ("\u021c", "\u02ff"), ("\u1d00", "\u1dbf"), ("\u1f00", "\u1fff"))
"""Blocks for phonetics and rare orthographies, and for ancient Greek."""

NOTATION = frozenset("•·→←↑↓►▶◄▲▼●■□★☆✓✔✕✖♥♦♠♣➔➤▸▪©®™")
"""Marks of lists and pages: they stand anywhere."""

FOREIGN_COST = 3.0
"""How much more a letter costs that only other languages of the script use."""

ASCII_LETTER = "a"
"""In the scripts that have no Latin letters of their own, all ASCII letters are one symbol."""

MIXED_COST = 9.0
"""What it costs when an ASCII letter and one of another script meet within a word."""

SMALL, CAPITAL = 1, 2
CASE_COSTS = np.array([[0.0, 0.15, 2.0], [0.0, 0.0, 7.0], [0.0, 0.4, 1.3]], dtype=np.float32)
"""By the case of a letter and the next (0 is no letter): a capital within a word is the mark of a wrong decoding."""


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """The languages of one script: `symbol_of[code point]` is a symbol, `costs[language, symbol, next symbol]` nats."""

    name: str
    languages: tuple[str, ...]
    symbol_of: NDArray[np.uint16]
    costs: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Ideographs:
    """Chinese, Japanese and Korean: `costs[language, code point]` in nats."""

    languages: tuple[str, ...]
    costs: NDArray[np.float32]


@cache
def case_of() -> NDArray[np.uint8]:
    """The case of every code point: 0 for none, `SMALL` or `CAPITAL`."""
    found = np.zeros(POINTS, dtype=np.uint8)
    for point in range(0x2E80):
        char = chr(point)
        found[point] = SMALL if char.islower() else CAPITAL if char.isupper() else 0
    return found


@cache
def kind_of() -> tuple[str, ...]:
    """The kind (a key of `KINDS`, or a script's name for its letters) of every code point below U+2E80."""
    return tuple(_kind(chr(point)) for point in range(0x2E80))


def _kind(char: str) -> str:
    category = unicodedata.category(char)
    if any(first <= char <= last for first, last in DEAD):
        return "private"
    if any(first <= char <= last for first, last in PHONETIC):
        return "phonetic"
    if category in ("Lu", "Ll", "Lt", "Lo", "Mc") or (category == "Mn" and "\u0590" <= char < "\u0f00"):
        start = unicodedata.name(char, "").split(" ", 1)[0].split("-", 1)[0]
        return next((script for script, name in SCRIPT_STARTS.items() if name == start), "stranger")
    if char in NOTATION:
        return "notation"
    if "\u2500" <= char < "\u25a0":
        return "box"
    if category[0] == "C":
        return "control" if category in ("Cc", "Cf") else "private"
    return "mark" if category[0] == "M" else "symbol"


def _high_kind(script: str) -> NDArray[np.uint8]:
    """The kinds of all code points, as indices of `KINDS`, seen from one script."""
    order = list(KINDS)
    found = np.full(POINTS, order.index("stranger"), dtype=np.uint8)
    for point, kind in enumerate(kind_of()):
        if kind == script:
            found[point] = order.index("letter")
        elif kind in KINDS:
            found[point] = order.index(kind)
    found[0xA000:0xAC00] = order.index("private")
    found[0xD7A4:0xF900] = order.index("private")
    found[0xFB00:0xFDFF] = order.index("mark")
    found[0xFFF0:] = order.index("private")
    found[0xFFFF] = order.index("symbol")  # the cell that stands for everything beyond, emoji above all
    return found


@cache
def script_of() -> NDArray[np.uint8]:
    """The script of every code point that is a letter: 1 more than its place in `scripts`, 0 for all others."""
    names = list(SCRIPT_STARTS)
    found = np.zeros(POINTS, dtype=np.uint8)
    for point, kind in enumerate(kind_of()):
        if kind in names:
            found[point] = names.index(kind) + 1
    return found


MEANT = (
    (0x80, 0x17F), (0x218, 0x21B), (0x2C7, 0x2C7), (0x300, 0x303), (0x306, 0x30C), (0x323, 0x323), (0x386, 0x3CE),
    (0x401, 0x45F), (0x490, 0x4FF), (0x531, 0x587), (0x5D0, 0x5F4), (0x60C, 0x6F9), (0x901, 0xDF4), (0xE01, 0xFDF),
    (0x1000, 0x1049), (0x10D0, 0x10FF), (0x1200, 0x135A), (0x1780, 0x17E9), (0x1E80, 0x1EF9), (0x2009, 0x2026),
    (0x202F, 0x203A), (0x20AA, 0x20BF), (0x2116, 0x2122), (0x2190, 0x2193), (0x21D2, 0x21D2), (0x2212, 0x2212),
    (0x2248, 0x2265), (0x2460, 0x2473), (0x25A0, 0x25EF), (0x2600, 0x27BF), (0x2B50, 0x2B50), (0x3001, 0x3030),
    (0x3041, 0x30FF), (0xAC00, 0xD7A3), (0xFB01, 0xFB04), (0xFE0F, 0xFE0F), (0xFEFF, 0xFEFF), (0xFF01, 0xFF9F),
    (0xFFFD, 0xFFFD), (0xFFFF, 0xFFFF),
)  # fmt: skip
"""Ranges of characters that news are written in; the ideographs come from the tables."""


@cache
def meant_of() -> NDArray[np.bool_]:
    """Whether a code point is one that somebody may have meant to write, and not the chance of a wrong decoding."""
    found = np.zeros(POINTS, dtype=np.bool_)
    for first, last in MEANT:
        found[first : last + 1] = True
    found[0x3400:0xA000] = (ideographs().costs[:, 0x3400:0xA000] < KINDS["phonetic"]).any(axis=0)
    return found


@cache
def scripts() -> tuple[Script, ...]:
    """All scripts, in the file's order."""
    data = shipped.table("plausible", "bigrams.json")
    value = {char: i * data["step"] for i, char in enumerate(data["levels"])}
    return tuple(_script(name, entry, value) for name, entry in data["scripts"].items())


def _script(name: str, entry: dict[str, Any], value: dict[str, float]) -> Script:
    foreign = dict(zip(entry["foreign"]["symbols"], entry["foreign"]["levels"], strict=True))
    symbols = sorted({s for table in entry["languages"].values() for s in table["symbols"]} | set(foreign))
    place = {symbol: len(KINDS) + i for i, symbol in enumerate(symbols)}
    base = np.array([*KINDS.values(), *(_rare(s, name, foreign, value) for s in symbols)], dtype=np.float32)
    costs = np.empty((len(entry["languages"]), len(base), len(base)), dtype=np.float32)
    for number, table in enumerate(entry["languages"].values()):
        own = [place[s] for s in table["symbols"]]
        single = base.copy()
        single[own] = [value[c] for c in table["single"]]
        costs[number] = single
        costs[number][np.ix_(own, own)] = [[value[c] for c in row] for row in table["rows"]]
        _like_spaces(costs[number], place)
        if name != "latin":
            _part_words(costs[number], name, place)
    return Script(name, tuple(entry["languages"]), _symbols_of(name, place), costs)


def _rare(symbol: str, script: str, foreign: dict[str, str], value: dict[str, float]) -> float:
    if symbol in foreign:
        return value[foreign[symbol]] + FOREIGN_COST
    return KINDS["letter" if _kind(symbol) == script else "symbol"]


def _like_spaces(costs: NDArray[np.float32], place: dict[str, int]) -> None:
    """A no-break space stands where a space could, and the marks of lists after any space."""
    space, fixed = place[" "], place.get("\xa0")
    if fixed is None:
        return
    costs[fixed] = np.minimum(costs[space], costs[fixed])
    costs[:, fixed] = np.minimum(costs[:, fixed], costs[:, space] + np.float32(2.5))


def _part_words(costs: NDArray[np.float32], script: str, place: dict[str, int]) -> None:
    """Make it dear that an ASCII letter touches one of the script."""
    letters = [i for s, i in place.items() if _kind(s) == script]
    ascii_letter = place.setdefault(ASCII_LETTER, 0)
    costs[ascii_letter, letters] += MIXED_COST
    costs[letters, ascii_letter] = MIXED_COST


def _symbols_of(script: str, place: dict[str, int]) -> NDArray[np.uint16]:
    found = _high_kind(script).astype(np.uint16)
    for point in range(0x2E80):
        char = chr(point)
        folded = _fold(char, latin=script == "latin")
        if folded in place:
            found[point] = place[folded]
    return found


def _fold(char: str, *, latin: bool) -> str:
    if char.isascii():
        if char.isalpha():
            return char.lower() if latin else ASCII_LETTER
        return (
            " " if char in " \t\n\r\f" else "0" if char.isdigit() else "." if char >= " " and char != "\x7f" else char
        )
    if char == "İ":
        return "i"
    lower = char.lower()
    return lower if len(lower) == 1 else char


@cache
def ideographs() -> Ideographs:
    """The characters of Chinese, Japanese and Korean."""
    data = shipped.table("plausible", "ideographs.json")
    costs = np.full((len(data["languages"]), POINTS), 12.0, dtype=np.float32)
    kinds = _high_kind("")
    for i, cost in enumerate(KINDS.values()):
        costs[:, kinds == i] = cost
    costs[:, 0x3400:0xA000] = 14.5  # a Chinese character so rare that the lists do not have it
    costs[:, 0xAC00:0xD7A4] = 14.0  # likewise a syllable of Korean
    costs[:, 0xFF61:0xFFA0] = 9.0  # half-width katakana: rare in print, and what a wrong Shift_JIS is full of
    costs[:, :0x80] = 0.0
    for number, groups in enumerate(data["languages"].values()):
        for group, chars in groups.items():
            costs[number, [ord(c) for c in chars if ord(c) < POINTS]] = int(group) * data["step"]
    return Ideographs(tuple(data["languages"]), costs)
