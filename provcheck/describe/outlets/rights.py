"""Copyright lines: who holds the rights, and whether that names an outlet or only its owner.

``© 2026 Salzburger Nachrichten`` names the outlet; ``© 2026 Example Media Group plc`` its owner, which other outlets
share; ``© Example Agency`` below a picture neither.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from provcheck.describe.gazetteer import is_place
from provcheck.describe.outlets import phrases
from provcheck.describe.outlets.clue import WEIGHTS, Clue, tables
from provcheck.describe.outlets.names import words
from provcheck.patterns import late
from provcheck.writing import TIGHT, is_small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.describe.outlets.gazetteer import Gazetteer, Match
    from provcheck.describe.outlets.lines import Line, Page

_MARK = late(r"[©ⓒ®]|\(c\)|\bcopyright\b|版权所有|版權所有", re.IGNORECASE)

# A year of our era, of the Buddhists' (2567) or the Persians' (1403), or four digits of another script.
_YEAR = late(r"\b(?:19[5-9]\d|20[0-4]\d|25[4-9]\d|1[34]\d\d)\b|(?:(?![0-9])\d){4}")

# What stands around the holder: years and year ranges, marks.
_NOISE = late(
    r"[©ⓒ®@<>«»„“”]|\(c\)|\b(?:19|20|25)\d\d(?:\s*[-–/]\s*(?:(?:19|20|25)?\d\d)?)?\b|"
    r"(?:(?![0-9])\d){4}(?:\s*[-–/]\s*\d{2,4})?",
    re.IGNORECASE,
)
# The holder ends at a bar, a full stop, a semicolon, a spaced dash, a comma, or a bracket.
_PARTS = late(rf"\s*(?:[|;,()\[\]•·{TIGHT}]|(?<=\w)[©ⓒ]|\.(?:\s|$)|\s[-–—:]\s|\s/\s)\s*")

# Whose the holder is, and under which number it is registered.
_OWNED = late(
    r"(?:,?\s+an?\s+|a division of|part of|ein angebot|eine webseite|property of"
    r"|(?<=[^\W\d])[.,]?\s(?:RIF|NIF|CIF|CNPJ|NIT|RUC|HRB|KRS|NIP|UID)\b).*$",
    re.IGNORECASE,
)
# A link to what the page says of rights, which names no holder: Copyright Information, Copyright/IP Policy.
_ABOUT = late(
    r"\W*copyright\W{1,3}(?:(?:and|ip|trademark|dmca|takedown)\W{1,3}){0,3}"
    r"(?:agent|claims?|complaints?|disclaimer|faq|information|infringement|issues|law|legal|notices?|permissions?"
    r"|policy|policies|requests?|statement|terms)\b",
    re.IGNORECASE,
)
# Hungarian: the publisher of X is so-and-so.
_PUBLISHED = late(r"\bAz?\s+(?P<name>\S[^.;|]{1,40}?)\s+kiadója\b")


LONGEST_NAME = 60
"""Characters of a holder's name."""

TRADED = 0.69
"""What a holder counts that is called by what it deals in, ``Example Media Ltd``: too little if it stands alone.

Others count a hair more, and so enough where they are called like a paper (`LONE_HOLDER` of `describe.outlets.choice`).
"""

FOOT, END = 0.6, 0.85
"""From which share of a page on its lines may be of a long footer, and from which on they are near its end."""

PARTED = 0.7
"""What a name counts on the line beside one that reserves all rights for nobody."""

SHORT = 90
"""No line in which rights are reserved without a mark or a year has more characters."""

_STOP = late(r"[。、，]")  # what parts a sentence in Han and kana, which has no spaces to count words by


def is_candidate(line: Line) -> bool:
    """The cheap look: whether a line has a word or a sign of rights at all."""
    if not _cues().isdisjoint(line.words):
        return True
    if line.text.isascii():
        return "(c)" in line.text.lower()
    return bool(_MARK.search(line.text)) or any(sign in line.text for sign in phrases.signs())


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    return tables()["rights"] | phrases.cues()


def clues(line: Line, shelf: Gazetteer) -> Iterator[Clue]:
    """The holders that a copyright line names.

    A mark without a year and without a word on rights is a picture's credit in the midst of the page, and a notice
    only near its end; with a listed name also in a long footer.
    """
    dated, reserved = bool(_YEAR.search(line.text)), phrases.is_reserved(line.text)
    mark = bool(_MARK.search(line.text)) or (phrases.is_marked(line.text) and (dated or reserved))
    if (not mark and not (reserved and (dated or len(line.text) < SHORT))) or (not dated and _ABOUT.match(line.text)):
        return
    stated = dated or reserved
    if not stated and line.place < FOOT:
        return
    owned = _OWNED.search(line.text)
    own = line.text[: owned.start()] if owned else line.text
    shared = not tables()["owners"].isdisjoint(words(own))
    weight = (
        WEIGHTS["outlet.copyright-line"]
        * (0.25 if shared else 1.0)
        * (1.0 if stated else 0.6)
        * (1.0 if line.place > 0.5 else 0.6)
    )
    found = list(shelf.find(line.text, line.words))
    held = [m for m in found if m.end <= len(own) and _is_holder(own, m)]
    held = held or [m for m in found if _is_holder(line.text, m)]
    for match in held[:3]:
        yield Clue(match.entry.surface, "outlet.copyright-line", weight, line.start + match.start,
                   line.start + match.end, match.entry.outlets)  # fmt: skip
    if not held and (stated or line.place >= END):
        yield from _other(line, weight, shelf)


def beside(line: Line, page: Page, shelf: Gazetteer) -> Iterator[Clue]:
    """The listed name on the line before or after a line of rights that names nobody: some footers part the two."""
    if words(_NOISE.sub(" ", phrases.bare(line.text))) or not phrases.is_reserved(line.text):
        return
    filled = page.document.lines.filled
    place = bisect_left(filled, line.number)
    for near in (*filled[max(0, place - 1) : place], *filled[place + 1 : place + 2]):
        other = page.at(near)
        entry = shelf.named(other.text) if other else None
        if other and entry:
            weight = WEIGHTS["outlet.copyright-line"] * PARTED
            yield Clue(entry.surface, "outlet.copyright-line", weight, other.start, other.start + len(other.text),
                       entry.outlets)  # fmt: skip


def _is_holder(text: str, match: Match) -> bool:
    """Whether a name found in a copyright line is its holder's.

    A weak name is believed where nothing but years, marks, phrases and company forms stand beside it in its part.
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
            before, behind = (_NOISE.sub(" ", phrases.bare(part)) for part in (text[begin:start], text[end:stop]))
            own = other.issuperset(words(before))
            return own and (other.issuperset(words(behind)) or is_place(behind.strip()))
    return False


def _spans(text: str) -> list[tuple[int, int]]:
    begin, out = 0, []
    for cut in _PARTS.finditer(text):
        out.append((begin, cut.start()))
        begin = cut.end()
    return [*out, (begin, len(text))]


def _other(line: Line, weight: float, shelf: Gazetteer) -> Iterator[Clue]:
    """The holder that the gazetteer does not know as it stands there, without its company form.

    It may know it without the preposition that is written with it. A company that owns outlets is none of them.
    """
    published = _PUBLISHED.search(line.text)
    spans = [published.span("name")] if published else _spans(line.text[: phrases.end(line.text)])
    for begin, end in spans:
        raw = _OWNED.sub("", phrases.bare(line.text[begin:end]))
        parts = _NOISE.sub(" ", raw).split()
        name = _strip_legal(parts)
        if not words(name) or " ".join(words(name)) in tables()["legal"]:
            continue
        owner = shelf.hosted(name.lower().removeprefix("www.")) if "." in name else None
        if not owner and not _is_name(name):
            return
        at = line.text.find(name, begin)
        span = (line.start + at, line.start + at + len(name)) if at >= 0 else (line.start + begin, line.start + end)
        entry = shelf.named(name)
        if owner:
            yield Clue(name, "outlet.copyright-line", weight, *span, (owner,))
        elif entry and (" " in name + entry.surface or name.casefold() == entry.surface.casefold()):
            yield Clue(entry.surface, "outlet.copyright-line", weight, *span, entry.outlets)
        elif not tables()["corporate"].isdisjoint(words(name)):
            yield Clue(name, "outlet.owner", weight * 0.3, *span)
        else:
            traded = is_company(words(" ".join(parts)))
            yield Clue(name, "outlet.copyright-line", weight * (TRADED if traded else 0.7), *span)
        return


def is_company(parts: list[str]) -> bool:
    """Whether the words of a holder are a company's that is called by what it deals in.

    >>> is_company(["example", "media", "ltd"]), is_company(["example", "media"]), is_company(["example", "ltd"])
    (True, False, False)
    """
    table = tables()
    pairs = {f"{one} {two}" for one, two in pairwise(parts)}
    formed = not table["forms"].isdisjoint(parts) or not table["forms"].isdisjoint(pairs)
    return formed and not table["trades"].isdisjoint(parts)


def _is_name(name: str) -> bool:
    """Whether the holder can be an outlet: short, written as a name, and neither the page's own word nor an owner's."""
    table, parts = tables(), words(name)
    if (
        len(parts) > 6
        or not 3 <= len(name) <= LONGEST_NAME
        or _STOP.search(name)
        or "/" in name
        or is_small(name[0])
        or parts[0] in table["corporate"]
        or not (table["rights"] | phrases.left()).isdisjoint(parts)
    ):
        return False
    return not all(w in table["after"] or w in table["marketing"] or w in table["corporate"] for w in parts)


def _strip_legal(parts: list[str]) -> str:
    """The name before its company form: ``Example Zeitung`` of ``Example Zeitung GmbH & Co. KG``."""
    legal, forms = tables()["legal"], tables()["forms"]
    while parts and (not words(parts[0]) or (len(parts) > 1 and " ".join(words(parts[0])) in tables()["before_names"])):
        parts = parts[1:]
    cut = next((n for n, part in enumerate(parts) if n and _is_form(words(part), forms)), len(parts))
    parts = parts[:cut]
    while len(parts) > 1 and (
        not words(parts[-1]) or words(parts[-1])[0].isdigit() or " ".join(words(parts[-1])) in legal
    ):
        parts = parts[:-1]
    return " ".join(parts).strip(" .,:-–—&/®™\"'")


def _is_form(part: list[str], forms: frozenset[str]) -> bool:
    """Whether the words of a part without white space, such as ``GmbH`` or ``Pvt.Ltd``, are a company form."""
    return bool(part) and (" ".join(part) in forms or forms.issuperset(part))
