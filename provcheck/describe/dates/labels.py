"""The words beside a date that say what the date is of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from provcheck.describe import gazetteer, heading, published
from provcheck.describe.dates import calendars, lexicon
from provcheck.describe.outlets import gazetteer as papers
from provcheck.describe.outlets.clue import is_paper
from provcheck.patterns import late
from provcheck.text import REMEMBERED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provcheck.describe.dates.lexicon import Label
    from provcheck.describe.dates.scan import Expression

LOOK = 60
"""Characters left of a date in which a word is looked for."""

SHORT = 3
"""Words of so few letters are labels right beside their date alone: Spanish "act." is an act elsewhere."""

ABOVE = 25
"""A line above the date can be its label up to so many characters."""

_MARKS = " \t\u3000•*|-–—[(>"
# words, split also where a capital follows a small letter, because pages are glued ("08:01Mis à jour")
_WORDS = late(r"[^\W\d_]?[^\WA-ZÀ-ÞА-Я\d_]+(?:[^\s\d!-/:-@\[-`{-~A-ZÀ-ÞА-Я，：、（）]+)?|[^\W\d_]+")
# a line about a broadcast, picture, source, event or law opens with its word
_OTHER_THING = late(
    r"(?:sendung|quelle|foto|bild|video|az|urteil|termin|sendetermin|beginn|source|photo|image|event|court|version|"
    r"when|where|wann|wo|quand|cuándo|quando|weather|wetter|météo|meteo|tiempo|weer|väder|vejr|sää|pogoda|počasí|погода|"
    r"fuente|fonte|kuva|bron|zdroj|źródło|zdjęcie|kaynak|fotoğraf|источник|фото|джерело)\b", re.IGNORECASE,
)  # fmt: skip
# one to four words that begin with a capital, with commas or slashes, up to the date
_PLACE = late(r"(?:[^\W\da-zß-ÿ][^\s,/|]*[\s,/|(]*(?:(?:de|the|am|an|of|der|le|la|den|,)\s)?){1,4}(?:den\s|,\s)?\Z")
# perhaps a bracket with the agency, then a dash, or a bracket or colon that closes the dateline
_DASHED = late(r"\s?(?:[,/]?\s?\(?[A-Za-zÀ-ÿ. ]{2,30}\)\s?)?(?:\.?\s?[-\u2010-\u2015]|[):/])")
# an agency in brackets or between slashes, and a dash; at most 32 letters, so that it is linear
_WIRE = late(r"[,.]?\s?(?:\([^()\d]{2,32}\)|/[^/\d]{2,32}/)\s?\.?\s?[-\u2010-\u2015]")
_MARK = late(r"[^()/]{2,32}(?=[)/])")
_ENDED = late(r"\s?[-\u2010-\u2015]{1,2}\s(?=\S)")
# the word for publishing, "in", and the beginning of a name
_ISSUE = late(
    r"\b(?:published|appeared|erschienen|publié|paru|publicado|pubblicato|gepubliceerd) (?:in|dans|en|su|em) \S",
    re.IGNORECASE,
)


def label_of(
    text: str, lines: Sequence[str], place: tuple[int, int], e: Expression, before: int
) -> tuple[Label | None, int]:
    """The label of a date, and how many words lie between; None and 0 without.

    `place` is the index of the date's line and where it starts, `before` the end of the date before. The words left
    of the date are read backwards; where nothing stands there, the line above is read if it is short. Chinese,
    Japanese, Korean and Hindi also put the word behind the date.
    """
    row, start = place
    left = text[max(start, e.left - LOOK, before) : e.left]
    label, distance = label_in(left)
    if label:
        return label, distance
    if left and about_other_thing(left):
        line = lines[row]
        return ("published", 0) if is_source(line, e.left - start, e.right - start) else ("elsewhere", 0)
    if not left.strip(_MARKS + ":"):
        above = next((lines[r] for r in range(row - 1, max(-1, row - 4), -1) if lines[r][:200].strip()), "")
        if len(above) <= ABOVE and not any(ch.isdigit() for ch in above):
            label, distance = label_in(above)
            return (label, distance) if label != "elsewhere" and distance <= 1 else (None, 0)
    right = text[e.right : e.right + 16].split("\n", 1)[0]
    return (None, 0) if right.isascii() else _inside(right)


@lru_cache(maxsize=REMEMBERED)
def label_in(text: str) -> tuple[Label | None, int]:
    """The last word or phrase of `text` that is a label, and the number of words after it.

    >>> label_in("Zuletzt aktualisiert am")
    ('updated', 1)
    >>> label_in("Act. 6 de"), label_in("The act was signed into law on")
    (('updated', 1), (None, 0))
    """
    if not text or text.isspace():
        return None, 0
    found = _inside(text)
    if found[0]:
        return found
    table = lexicon.labels()
    words = [*map(calendars.folded, _WORDS.findall(text))]
    for place in range(len(words), 0, -1):
        for size in (3, 2, 1):
            phrase = " ".join(words[place - size : place]) if place >= size else ""
            label, distance = table.get(phrase), len(words) - place
            if label and (distance <= 1 or (label != "elsewhere" and len(phrase) > SHORT)):
                return label, distance
    return None, 0


def _inside(text: str) -> tuple[Label | None, int]:
    """The last label in a script that sets no spaces."""
    if text.isascii() or max(text) < lexicon.UNSPACED:
        return None, 0
    found = [(text.rfind(phrase), len(phrase), kind) for phrase, kind in lexicon.unspaced_labels() if phrase in text]
    return (max(found)[2], 0) if found else (None, 0)


def opens_line(line: str) -> bool:
    """Whether the first words of what stands left of a date are a label for a publication.

    >>> opens_line("  Published in Dawn, ")
    True
    """
    left = line.lstrip(_MARKS)
    if not left or len(left) > LOOK:
        return False
    words = [calendars.folded(word) for word in _WORDS.findall(left)[:3]]
    table = lexicon.labels()
    if any(table.get(" ".join(words[:size])) == "published" for size in (3, 2, 1)):
        return True
    return not left.isascii() and any(
        left.startswith(p) and kind == "published" for p, kind in lexicon.unspaced_labels()
    )


def about_other_thing(line: str) -> bool:
    """Whether a line opens as one about a broadcast, a picture, a source, an event or a law."""
    return bool(_OTHER_THING.match(line.lstrip(_MARKS)))


def is_dateline(text: str, start: int, e: Expression) -> bool:
    """Whether a date stands between a place at the start of its line and a dash or bracket ("Berlin, 6 May 2026 -").

    >>> from provcheck.describe.dates.scan import expressions
    >>> text = "VALLEY, January 6, 2026 (Agency) - The river rose."
    >>> is_dateline(text, 0, expressions(text)[0])
    True
    """
    place = text[start : e.left]
    return len(place) <= LOOK and bool(_PLACE.match(place)) and bool(_DASHED.match(text, e.right))


def names_an_issue(left: str) -> bool:
    """Whether the words before a date name the paper or issue that it appeared in ("Published in Dawn,")."""
    return bool(_ISSUE.search(left))


def is_wire_dateline(line: str, left: int, right: int) -> bool:
    """Whether a line opens with a place, the day at `left` to `right`, an agency in brackets and a dash.

    The place is in capitals, or the agency is known.

    >>> is_wire_dateline("VALLEY, January 6, 2026 (Agency) - The river rose.", 8, 23)
    True
    >>> [is_wire_dateline(f"San Juan, 6 ene 2026 ({name}).- El río.", 10, 20) for name in ("EFE", "Eva")]
    [True, False]
    """
    if not 3 < left <= LOOK or line[right : right + 3].lstrip()[:1] not in ("(", "/"):
        return False
    wire = _WIRE.match(line, right)
    if wire is None:
        return False
    named = _PLACE.match(line[:left]) is not None and gazetteer.is_agency(_MARK.findall(wire[0])[0])
    return line[:left].rstrip(" ,.").isupper() or named


def is_city_dateline(line: str, left: int, right: int) -> bool:
    """Whether a line opens with a known place, the day at `left` to `right` and a dash, as press releases do.

    >>> line = "Kiel, 26. September 2023 - The trains run every half hour."
    >>> is_city_dateline(line, 6, 24), is_city_dateline(line.replace("Kiel", "Karl"), 6, 24)
    (True, False)
    """
    named = line[:left].rstrip().removesuffix(" den").removesuffix(" le").rstrip(" ,")
    return 0 < left <= ABOVE and bool(_ENDED.match(line, right)) and gazetteer.is_place(named)


def is_heading(line: str, rank: int, first: int) -> bool:
    """Whether a line is a heading that names its paper, above a text without a page around it.

    `rank` is the line's number among the written ones, and `first` that of the article's first, 0 where there is none.

    >>> is_heading("Harbour Herald, 6 January 1926, p. 4", 1, 0), is_heading("6 January 1926", 1, 0)
    (True, False)
    """
    above = rank < first <= heading.MOST + 1
    if not above and (rank > 1 or first > 1):
        return False
    found = heading.heading(line.strip())
    return found is not None and found.end > 0 and (found.paged or (above and (bool(found.entry) or rank == 1)))


def is_closing_note(line: str, left: int, right: int) -> bool:
    """Whether a line is a newspaper's name and the day at `left` to `right` in brackets, and nothing else.

    >>> is_closing_note("(Harbour Herald, 6 January 2026)", 17, 31)
    True
    """
    found = published.note(line, (left, right)) if line[:1] in "(（[【〔" else None
    return found is not None and is_paper(line[found.start : found.end])


def is_source(line: str, left: int, right: int) -> bool:
    """Whether a line is a database's credit: a label, a newspaper, the day at `left` to `right`, a page or an issue.

    >>> is_source("Source: Harbour Herald, 6 January 2026, p. 4", 24, 38)
    True
    """
    found = published.statement(line, ((left, right),))
    if found is None or not found.by:
        return False
    name = line[found.start : found.end]
    return is_paper(name) or papers.load().named(name) is not None


def is_statement(line: str, left: int, right: int) -> bool:
    """Whether a line says nothing but that the text was published in an outlet on the day at `left` to `right`.

    >>> is_statement("Published in Harbour Herald, 6 January 2026", 29, 43)
    True
    """
    found = published.statement(line, ((left, right),))
    return found is not None and not found.again
