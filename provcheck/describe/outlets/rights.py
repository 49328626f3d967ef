"""Copyright lines: who holds the rights, and whether that names an outlet or only its owner.

``© 2026 Salzburger Nachrichten`` names the outlet; ``© 2026 Example Media Group plc`` its owner, which other outlets
share; ``© Example Agency`` below a picture neither.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provcheck.describe.outlets.clue import WEIGHTS, Clue, tables
from provcheck.describe.outlets.names import words
from provcheck.patterns import late
from provcheck.writing import is_small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.describe.outlets.gazetteer import Gazetteer, Match
    from provcheck.describe.outlets.lines import Line

_MARK = late(r"[©ⓒ®]|\(c\)|\bcopyright\b|版权所有|版權所有", re.IGNORECASE)

_RESERVED = late(
    r"all rights? reserved|alle rechte(?: vorbehalten)?|rechte vorbehalten|"
    r"tous droits(?: de reproduction)?(?: r[ée]serv[ée]s)?|"
    r"(?:todos (?:los|os) )?(?:derechos|direitos) reservados|"
    r"(?:tutti i )?diritti riservati|rechten voorbehouden|rättigheter|rettigheter|rettigheder|oikeudet|prawa zastrze|"
    r"práva vyhra|práva vyhr|teisės saugomos|tiesības|õigused|права защищ|права захищ|hakları saklı|"
    r"無断転載|無断複製|無断|禁止转载|转载|무단|δικαιώματα|drepturile rezervate|jog fenntartva|prava pridržana|"
    r"dilindungi|hak cipta|bản quyền|जुमला|अधिकार|الحقوق محفوظة|כל הזכויות",
    re.IGNORECASE,
)

# Cheap look first: a sign of rights, in scripts of which the word table has none.
_SIGNS = late(r"[©ⓒ®版权權断止转轉무अज]|الحقوق|זכויות|권|права")

_YEAR = late(r"\b(?:19[5-9]\d|20[0-4]\d)\b")

# What stands around the holder: years and year ranges, marks, and the word copyright itself in many languages.
_NOISE = late(
    r"[©ⓒ®@<>]|\(c\)|\bcopyrights?\b|\b(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d)?)?\b|版权所有|版權所有|Hak Cipta",
    re.IGNORECASE,
)
# The holder ends at a bar, a full stop, a semicolon, a spaced dash, a comma, or a bracket.
_PARTS = late(r"\s*(?:[|;,()\[\]•·]|(?<=\w)[©ⓒ]|\.(?:\s|$)|\s[-–—:]\s|\s/\s)\s*")

_OWNED = late(r"(?:,?\s+an?\s+|a division of|part of|ein angebot|eine webseite|property of).*$", re.IGNORECASE)


LONGEST_NAME = 60
"""Characters of a holder's name."""

_STOP = late(r"[。、，]")  # what parts a sentence in Han and kana, which has no spaces to count words by


def is_candidate(line: Line) -> bool:
    """The cheap look: whether a line has a word or a sign of rights at all."""
    if not tables()["rights"].isdisjoint(line.words):
        return True
    return bool(_SIGNS.search(line.text)) if not line.text.isascii() else "(c)" in line.text.lower()


def clues(line: Line, shelf: Gazetteer) -> Iterator[Clue]:
    """The holders that a copyright line names.

    A mark without a year and without a word on rights is a picture's credit in the midst of the page, and a notice
    only near its end.
    """
    mark = _MARK.search(line.text)
    reserved = _RESERVED.search(line.text)
    if not mark and not (reserved and _YEAR.search(line.text)) and not (reserved and len(line.text) < 90):
        return
    dated = bool(_YEAR.search(line.text))
    if not dated and not reserved and line.place < 0.85:
        return
    shared = not tables()["owners"].isdisjoint(line.words)
    weight = (
        WEIGHTS["outlet.copyright-line"]
        * (0.25 if shared else 1.0)
        * (1.0 if dated or reserved else 0.6)
        * (1.0 if line.place > 0.5 else 0.6)
    )
    held = [m for m in shelf.find(line.text, line.words) if _is_holder(line.text, m)]
    for match in held[:3]:
        yield Clue(match.entry.surface, "outlet.copyright-line", weight, line.start + match.start,
                   line.start + match.end, match.entry.outlets)  # fmt: skip
    if not held:
        yield from _unknown(line, weight)


def _is_holder(text: str, match: Match) -> bool:
    """Whether a name found in a copyright line is its holder's.

    A weak name is believed where nothing but years, marks and company forms stand beside it in its part.
    """
    table, start, end = tables(), match.start, match.end
    surface = match.entry.surface
    if " " not in surface and text[start:end].casefold() != surface.casefold():
        return False  # "OTV" and "ÖTV" fold to the same word
    if not match.entry.weak:
        return True
    other = table["legal"] | table["corporate"] | {"the"}
    if other.issuperset(words(text[start:end])):
        return False
    for begin, stop in _spans(text):
        if begin <= start and end <= stop:
            return other.issuperset(words(_NOISE.sub(" ", f"{text[begin:start]} {text[end:stop]}")))
    return False


def _spans(text: str) -> list[tuple[int, int]]:
    begin, out = 0, []
    for cut in _PARTS.finditer(text):
        out.append((begin, cut.start()))
        begin = cut.end()
    return [*out, (begin, len(text))]


def _unknown(line: Line, weight: float) -> Iterator[Clue]:
    """A holder that the gazetteer does not know, without its company form; nothing where only an owner is named."""
    for begin, end in _spans(line.text):
        raw = _OWNED.sub("", _RESERVED.sub(" ", line.text[begin:end]))
        name = _strip_legal(_NOISE.sub(" ", raw).split())
        parts = words(name)
        if not parts:
            continue
        if not _is_name(name, parts):
            return
        owner = any(w in tables()["corporate"] for w in parts)
        at = line.text.find(name, begin)
        place = (line.start + at, line.start + at + len(name)) if at >= 0 else (line.start + begin, line.start + end)
        yield Clue(name, "outlet.copyright-line", weight * (0.3 if owner else 0.7), *place)
        return


def _is_name(name: str, parts: list[str]) -> bool:
    """Whether the holder can be an outlet: short, written as a name, and neither the page's own word nor an owner's."""
    table = tables()
    if (
        len(parts) > 6
        or not 3 <= len(name) <= LONGEST_NAME
        or _STOP.search(name)
        or "/" in name
        or is_small(name[0])
        or parts[0] in table["corporate"]
    ):
        return False
    return not all(w in table["after"] or w in table["marketing"] or w in table["corporate"] for w in parts)


def _strip_legal(parts: list[str]) -> str:
    """The name before its company form: ``Example Zeitung`` of ``Example Zeitung GmbH & Co. KG``."""
    legal = tables()["legal"]
    while parts and not words(parts[0]):
        parts = parts[1:]
    cut = next((n for n, part in enumerate(parts) if n and " ".join(words(part)) in tables()["forms"]), len(parts))
    parts = parts[:cut]
    while len(parts) > 1 and (
        not words(parts[-1]) or words(parts[-1])[0].isdigit() or " ".join(words(parts[-1])) in legal
    ):
        parts = parts[:-1]
    return " ".join(parts).strip(" .,:-–—&/®™\"'")
