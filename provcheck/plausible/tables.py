"""The tables of surprise, as arrays that can be indexed by code points.

The files hold small alphabets, one a language. Here they become, for each script, one array ``[language, symbol,
symbol]`` over a common alphabet. What an alphabet lacks has a fixed cost by its kind: a letter of the same script
that other languages use is likelier than one of another script, and that is likelier than a box-drawing character.
All costs are nats (natural logarithms of one over a probability).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from provcheck import characters, shipped

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

HIGH = 0x2E80
"""Code points from here on, of Chinese, Japanese and Korean above all, are told apart by blocks alone."""

SMALL, CAPITAL = 1, 2
CASE_COSTS = np.array([[0.0, 0.15, 2.0], [0.0, 0.0, 7.0], [0.0, 0.4, 1.3]], dtype=np.float32)
"""By the case of a letter and the next (0 is no letter): a capital within a word is the mark of a wrong decoding."""


class Script(NamedTuple):
    """The languages of one script: `symbol_of[code point]` is a symbol, `costs[language, symbol, next symbol]` nats."""

    name: str
    languages: tuple[str, ...]
    symbol_of: NDArray[np.uint16]
    costs: NDArray[np.float32]


class Ideographs(NamedTuple):
    """Chinese, Japanese and Korean: `costs[language, code point]` in nats."""

    languages: tuple[str, ...]
    costs: NDArray[np.float32]


@cache
def case_of() -> NDArray[np.uint8]:
    """The case of every code point: 0 for none, `SMALL` or `CAPITAL`."""
    found = characters.cased("small") * np.uint8(SMALL) + characters.cased("capital") * np.uint8(CAPITAL)
    found[HIGH:] = 0
    return found


_NAMES = (*KINDS, *SCRIPT_STARTS)


@cache
def kind_of() -> NDArray[np.uint8]:
    """The kind of every code point as its place in `KINDS`, or behind these the script whose letter it is.

    What is said first of a character here is overruled by what is said later.
    """
    number, having = _NAMES.index, characters.having
    found = np.full(POINTS, number("symbol"), dtype=np.uint8)
    found[having("M")] = number("mark")
    found[having("C")] = number("private")
    found[having("Cc", "Cf")] = number("control")
    found[0x2500:0x25A0] = number("box")
    found[[ord(char) for char in NOTATION]] = number("notation")
    letter, vowels = having("Lu", "Ll", "Lt", "Lo", "Mc"), slice(0x590, 0xF00)
    letter[vowels] |= having("Mn")[vowels]
    found[letter] = number("stranger")
    for script, name in SCRIPT_STARTS.items():
        found[letter & characters.named(name)] = number(script)
    for kind, blocks in (("phonetic", PHONETIC), ("private", DEAD)):
        for first, last in blocks:
            found[ord(first) : ord(last) + 1] = number(kind)
    return found


def _high_kind(script: str) -> NDArray[np.uint8]:
    """The kinds of all code points, as indices of `KINDS`, seen from one script."""
    order = list(KINDS)
    seen = [*range(len(KINDS)), *(order.index("letter" if name == script else "stranger") for name in SCRIPT_STARTS)]
    found = np.array(seen, dtype=np.uint8)[kind_of()]
    found[HIGH:] = order.index("stranger")
    found[0xA000:0xAC00] = order.index("private")
    found[0xD7A4:0xF900] = order.index("private")
    found[0xFB00:0xFDFF] = order.index("mark")
    found[0xFFF0:] = order.index("private")
    found[0xFFFF] = order.index("symbol")  # the cell that stands for everything beyond, emoji above all
    return found


@cache
def script_of() -> NDArray[np.uint8]:
    """The script of every code point that is a letter: 1 more than its place in `scripts`, 0 for all others."""
    found = np.maximum(kind_of(), len(KINDS) - 1) - np.uint8(len(KINDS) - 1)
    found[HIGH:] = 0
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
    value = np.zeros(0x80, dtype=np.float64)
    value[[ord(char) for char in data["levels"]]] = [i * data["step"] for i in range(len(data["levels"]))]
    return tuple(_script(name, entry, value) for name, entry in data["scripts"].items())


def _script(name: str, entry: dict[str, Any], value: NDArray[np.float64]) -> Script:
    """A script's table; `value` has the costs of levels, by the code point of the character that stands for each."""
    foreign = dict(zip(entry["foreign"]["symbols"], entry["foreign"]["levels"], strict=True))
    symbols = sorted({s for table in entry["languages"].values() for s in table["symbols"]} | set(foreign))
    place = {symbol: len(KINDS) + i for i, symbol in enumerate(symbols)}
    base = np.array([*KINDS.values(), *(_rare(s, name, foreign, value) for s in symbols)], dtype=np.float32)
    costs = np.empty((len(entry["languages"]), len(base), len(base)), dtype=np.float32)
    for number, table in enumerate(entry["languages"].values()):
        own = [place[s] for s in table["symbols"]]
        single = base.copy()
        single[own] = value[_points(table["single"])]
        costs[number] = single
        costs[number][np.ix_(own, own)] = value[_points("".join(table["rows"]))].reshape(len(own), len(own))
        _like_spaces(costs[number], place)
        if name != "latin":
            _part_words(costs[number], name, place)
    return Script(name, tuple(entry["languages"]), _symbols_of(name, place), costs)


def _points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4")


def _rare(symbol: str, script: str, foreign: dict[str, str], value: NDArray[np.float64]) -> float:
    if symbol in foreign:
        return float(value[ord(foreign[symbol])]) + FOREIGN_COST
    return KINDS["letter" if _is_letter(symbol, script) else "symbol"]


def _is_letter(symbol: str, script: str) -> bool:
    return ord(symbol) < POINTS and _NAMES[kind_of()[ord(symbol)]] == script


def _like_spaces(costs: NDArray[np.float32], place: dict[str, int]) -> None:
    """A no-break space stands where a space could, and the marks of lists after any space."""
    space, fixed = place[" "], place.get("\xa0")
    if fixed is None:
        return
    costs[fixed] = np.minimum(costs[space], costs[fixed])
    costs[:, fixed] = np.minimum(costs[:, fixed], costs[:, space] + np.float32(2.5))


def _part_words(costs: NDArray[np.float32], script: str, place: dict[str, int]) -> None:
    """Make it dear that an ASCII letter touches one of the script."""
    letters = [i for s, i in place.items() if _is_letter(s, script)]
    ascii_letter = place.setdefault(ASCII_LETTER, 0)
    costs[ascii_letter, letters] += MIXED_COST
    costs[letters, ascii_letter] = MIXED_COST


def _symbols_of(script: str, place: dict[str, int]) -> NDArray[np.uint16]:
    found = _high_kind(script).astype(np.uint16)
    own = np.full(POINTS, -1)
    for symbol, number in place.items():
        if ord(symbol) < POINTS:
            own[ord(symbol)] = number
    listed = own[_folded(latin=script == "latin")]
    found[:HIGH] = np.where(listed >= 0, listed, found[:HIGH])
    return found


def _folded(*, latin: bool) -> NDArray[np.uint16]:
    """For each code point below `HIGH` the one that stands for it: small letters, one digit, one space, one stop."""
    folded = characters.lower()[:HIGH].copy()  # of İ it has the first of two small letters, which is plain i
    for point, char in enumerate(map(chr, range(0x80))):
        if char.isalpha():
            folded[point] = ord(char.lower() if latin else ASCII_LETTER)
        elif char in " \t\n\r\f":
            folded[point] = ord(" ")
        elif char.isprintable():
            folded[point] = ord("0" if char.isdigit() else ".")
    return folded


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
            points = _points(chars)
            costs[number, points[points < POINTS]] = int(group) * data["step"]
    return Ideographs(tuple(data["languages"]), costs)
