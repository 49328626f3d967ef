"""Residue: what programs left behind in the text.

Markup (PC601; see `provcheck.checks.markup`), code and data of the page (PC602), control characters (PC603) and
invisible ones (PC604). Each is looked for only where a cheap look found a character that it cannot do without, so that
clean text costs little.

Most of the care goes into what is no residue: the joiners that Persian, the scripts of India and emoji need, and the
zero-width spaces that divide Thai and Khmer words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from provcheck import characters
from provcheck.checks.markup import markup
from provcheck.model import Finding
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from provcheck.model import Document, Layout

MOST_PLACES = 20
"""Findings of one code in one document; the last of them counts the rest."""
NEAR = 80
"""Characters around a mark of direction in which a letter that is written from the right explains it."""

# Signs of a program in a line: one of the first group is enough, two of the second are.
_CODE = late(
    r"</?(?:script|style)\b"  # the elements themselves
    r"|\{\s*\"[\w@$:. -]{1,60}\"\s*:\s*[\"\[{\dtfn-]"  # an object of JSON
    r"|\{\s*(?:[a-z-]{2,30}\s*:\s*[^;{}\n]{1,80};\s*){1,40}\}?"  # a rule of CSS
    r"|\bfunction\s*\w{0,40}\s*\([^()\n]{0,80}\)\s*\{"  # a function of JavaScript
    r"|!important\s*[;}]|@media\s*[(a-z ]{1,40}[({]|@font-face\s*\{",
    re.IGNORECASE,
)
_HINTS = late(
    r"\b(?:var|let|const)\s+[\w$.]{1,60}\s*=|\b(?:document|window|console|jQuery|googletag|dataLayer|gtag|_gaq|fbq)\s*[.(\[=]"
    r"|\$\(\s*['\"(]|\.push\(\s*[\[{(]|\)\s*;|;\s*\}|=>\s*\{|\}\s*else\s*\{|===|!==|\|\||&&"
)
_CODE_NEEDS = ("{", "</s", "!important", ");", "<s")

_FILLERS = ("\u3164", "\uffa0")  # they count as letters, and show nothing
_CONTROL = ((0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F))
"""The first and the last of each run of control characters: all but the tab and the two ends of lines."""
_HIDDEN = (
    (0xAD, 0xAD), (0x61C, 0x61C), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064),
    (0x2066, 0x206F), (0x3164, 0x3164), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xE0000, 0xE007F),
)  # fmt: skip
"""The same of the invisible ones."""
_HIGH_HALF = 0xDB40
"""The first half of the last of these, beyond the basic plane, in UTF-16."""

# Hebrew, Arabic, Syriac, Thaana, N'Ko and the presentation forms.
_RIGHT_TO_LEFT = late("[\u0591-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_JOINERS, _DIRECTIONS = "\u200c\u200d", "\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"


def check(document: Document, layout: Layout) -> Iterator[Finding]:  # noqa: ARG001 (residue counts wherever it stands)
    """Yield PC601 to PC604: markup and code for each line that has them, characters once for the document."""
    text, begin = document.text, document.header_end
    code = list(_code(document))
    yield from _capped("PC602", text, [(start, end, "code") for start, end in code])
    coded = {document.lines.number_at(start) for start, _ in code}
    places = [place for place in markup(text, begin) if document.lines.number_at(place[0]) not in coded]
    seen: dict[tuple[str, int], tuple[int, int, str]] = {}
    for place in places:
        seen.setdefault((place[2], document.lines.number_at(place[0])), place)
    yield from _capped("PC601", text, sorted(seen.values()))
    yield from _characters(document)


def _capped(code: str, text: str, places: list[tuple[int, int, str]]) -> Iterator[Finding]:
    for number, (start, end, kind) in enumerate(places[:MOST_PLACES], 1):
        rest = len(places) - MOST_PLACES if number == MOST_PLACES else 0
        more = f" (and in {rest} more lines)" if rest > 0 else ""
        yield Finding.of(code, text, (start, end), kind=kind, more=more)


def _code(document: Document) -> Iterator[tuple[int, int]]:
    """The lines that are code, or have some in them: from the first sign in the line to its end."""
    lines = document.lines
    for number in sorted({number for need in _CODE_NEEDS for number in _holding(document, need)}):
        start, line = lines.starts[number - 1], lines.texts[number - 1]
        if start < document.header_end:
            continue
        found = _CODE.search(line)
        if found is None:
            hints = list(_HINTS.finditer(line[:20_000]))
            if len({hint[0] for hint in hints}) < 2:
                continue
            found = hints[0]
        yield start + found.start(), start + len(line)


def _holding(document: Document, need: str) -> Iterator[int]:
    """The numbers of the lines that have the characters."""
    text, lines = document.text, document.lines
    at = text.find(need) if need[0] in text and need[-1] in text else -1  # one character is found much faster
    while at >= 0:
        number = lines.number_at(at)
        yield number
        at = text.find(need, lines.ends[number - 1])


def _characters(document: Document) -> Iterator[Finding]:
    text, lines = document.text, document.lines
    rare = _odd_characters(text)
    controls = sorted(at for ch in rare if _is_among(_CONTROL, ch) for at in _places(text, ch))
    # The first character of all is a mark of the encoding.
    suspects = sorted(at for ch in rare if _is_among(_HIDDEN, ch) for at in _places(text, ch) if at)
    hidden = []
    for at in suspects:
        index = lines.number_at(at) - 1
        if not _needed(lines.texts[index], at - lines.starts[index]):
            hidden.append(at)
    for code, places in (("PC603", controls), ("PC604", hidden)):
        if places:
            first = places[0]
            name = f"U+{ord(text[first]):04X} {unicodedata.name(text[first], '')}".strip()
            yield Finding.of(code, text, (first, first + 1), count=len(places), name=name)


def _odd_characters(text: str) -> set[str]:
    """The control characters and invisible ones of a text, each once."""
    found: set[int] = set()
    for at in range(0, len(text), characters.PIECE):
        units = characters.units(text[at : at + characters.PIECE])
        found.update(units[_odd_units().take(units)].tolist())
    # Of those beyond the basic plane only the first half is seen; all characters then have one look each.
    return set(text) if _HIGH_HALF in found else set(map(chr, found))


def _is_among(runs: tuple[tuple[int, int], ...], ch: str) -> bool:
    return any(first <= ord(ch) <= last for first, last in runs)


@cache
def _odd_units() -> NDArray[np.bool_]:
    """Which units of UTF-16 are a control character or an invisible one, or begin one."""
    table = np.zeros(characters.POINTS, dtype=np.bool_)
    for first, last in (*_CONTROL, *_HIDDEN, (_HIGH_HALF, _HIGH_HALF)):
        table[first : last + 1] = True  # those beyond the plane are in no table
    return table


def _places(text: str, ch: str) -> Iterator[int]:
    at = text.find(ch)
    while at >= 0:
        yield at
        at = text.find(ch, at + 1)


def _needed(line: str, at: int) -> bool:
    """Tell whether the script around an invisible character needs it."""
    character, before, after = line[at], line[at - 1 : at], line[at + 1 : at + 2]
    if character in _JOINERS:
        return bool(before) and (_joining(before) or (character == "\u200d" and _pictorial(before)))
    if character in _DIRECTIONS:
        return _RIGHT_TO_LEFT.search(line[max(0, at - NEAR) : at + NEAR]) is not None
    if character == "\u200b":
        return _unspaced(before) or _unspaced(after)
    # A flag of a part of a country is a black flag followed by tags.
    return character >= "\U000e0000" and "\U0001f3f4" in line[max(0, at - 8) : at]


def _joining(letter: str) -> bool:
    """Arabic, Syriac and N'Ko, the scripts of India and Southeast Asia, Mongolian, Khmer, Tibetan."""
    return "\u0600" <= letter <= "\u109f" or "\u1780" <= letter <= "\u18af" or "\ua800" <= letter <= "\uabff"


def _pictorial(letter: str) -> bool:
    return letter >= "\U0001f000" or "\u2190" <= letter <= "\u2bff" or letter == "\ufe0f"


def _unspaced(letter: str) -> bool:
    return "\u0e01" <= letter <= "\u0fff" or "\u1000" <= letter <= "\u109f" or "\u1780" <= letter <= "\u17ff"
