"""The dates of a document on their stage: their lines, the article, and each other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe.dates import body, labels
from provcheck.patterns import late
from provcheck.writing import DOUBLED, STOPS, is_small

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from provcheck.describe.dates.lexicon import Label
    from provcheck.describe.dates.scan import Expression
    from provcheck.text import Lines

STAMP = 160
"""A line with a date can be a stamp up to so many characters."""

CLAUSE, SENTENCE = 25, 80
"""Up to how many characters beside its dates a line says little, and from how many on it is prose."""

_WORDS = 12
"""A line that ends in a stop is a sentence if it has so many characters beside its dates."""

_STOPS = (*STOPS, DOUBLED)
_QUOTES = "'\"`„“”‘’"
# someone wrote it: the words for "by" at the start of a line or after a bar
_BYLINE = late(
    r"(?:^|[|•·–—-]\s?)(?:by|von|par|por|di|da|door|av|af|tekst|text|autor|auteur|author|yazan|oleh|przez|автор|от|од|"
    r"من|بقلم|द्वारा|文|記者|기자)\b|記者|기자|记者", re.IGNORECASE,
)  # fmt: skip
# Words of which a byline, a caption and a reading time have at least one: most lines have none, and need no pattern.
_BYLINE_WORDS = frozenset({
    "by", "von", "par", "por", "di", "da", "door", "av", "af", "tekst", "text", "autor", "auteur", "author", "yazan",
    "oleh", "przez", "автор", "от", "од", "من", "بقلم", "द्वारा", "文",
})  # fmt: skip
_CAPTION_WORDS = frozenset({
    "photo", "photos", "foto", "fotos", "picture", "image", "archivbild", "archivfoto", "bild", "getty", "shutterstock",
    "imago", "photograph", "file",
})  # fmt: skip
_READING_CUES = (
    "read", "lese", "lecture", "lectura", "lettura", "leitura", "leestijd", "lästid", "læsetid", "okuma", "czytania",
    "чтени", "读",
)  # fmt: skip
_WORD = late(r"\w+")
# how long reading takes: a number and minutes, next to the word for reading
_READING = late(
    r"lese(?:zeit|dauer)|min(?:ute)?s?\.? (?:read|lesezeit)|minute read|lecture|lectura|lettura|leitura|leestijd|"
    r"lästid|læsetid|lesetid|okuma|czytania|чтени|읽|dk okuma", re.IGNORECASE,
)  # fmt: skip
# a post of somebody, quoted with its handle, or a picture service
_POST = late(r"\(@\w|@\w+\)|twitter\.com|instagram|\bpic\.")
# a picture and who took it
_CAPTION = late(
    r"\b(?:photos?|fotos?|picture|image|archivbild|archivfoto|bild|getty|shutterstock|imago|file photo|photograph)\b"
    r"|(?:reuters|afp|epa|dpa)/|^\s*file\b", re.IGNORECASE,
)  # fmt: skip
# how long a film runs
_DURATION = late(r"[0-9]:[0-9]{2} ?(?:min|std|h\b|sek)")


class Row(NamedTuple):
    """What a line with dates is like; of one longer than `STAMP` only its length, the rest beside them, their days."""

    length: int
    rest: int
    days: int
    byline: bool = False
    reading: bool = False
    post: bool = False
    caption: bool = False
    duration: bool = False
    copyright: bool = False
    sentence: bool = False
    other: bool = False
    quoted: bool = False

    @property
    def stamp(self) -> bool:
        """Whether the line could be a stamp: short, no sentence, no quoted post, caption, film, source or broadcast."""
        return self.length <= STAMP and not (self.post or self.caption or self.duration or self.sentence or self.other)


class Scene(NamedTuple):
    """All that the features of a date are read from.

    `rows[i]` is the index of the line of the date `found[i]`, `ranks[i]` that line's number among the lines that are
    not blank, `labels[i]` its label and distance; `stamps` are the indices of dates on lines that could be stamps;
    `first` and `last` are the ranks of the article's ends, `headline` that of its title, 0 where there is none;
    `counts` says how often each day stands in the text.
    """

    text: str
    starts: Sequence[int]
    lines: Sequence[str]
    found: Sequence[Expression]
    rows: Sequence[int]
    ranks: Sequence[int]
    facts: Mapping[int, Row]
    labels: Sequence[tuple[Label | None, int]]
    stamps: Sequence[int]
    first: int
    last: int
    headline: int
    counts: Mapping[tuple[dt.date, ...], int]
    latest: dt.date | None


def stage(
    text: str, page: Lines, found: Sequence[Expression], kinds: Sequence[object] = (), headline: int = -1
) -> Scene:
    """The scene of a text with its lines, its dates, what kind of boilerplate each line is, and where its title is."""
    starts, lines, filled = page.starts, page.texts, page.filled
    article = body.find(page.stripped, kinds, filled)
    rows = [bisect_right(starts, e.start) - 1 for e in found]
    grouped: dict[int, list[Expression]] = {}
    for row, e in zip(rows, found, strict=True):
        grouped.setdefault(row, []).append(e)
    facts = {row: _row(lines[row], starts[row], group) for row, group in grouped.items()}
    ends = [0, *(e.right for e in found)]
    named = [
        labels.label_of(text, lines, (row, starts[row]), e, before)
        for row, e, before in zip(rows, found, ends, strict=False)
    ]
    return Scene(
        text, starts, lines, found, rows, [bisect_right(filled, row) for row in rows], facts, named,
        [index for index, row in enumerate(rows) if facts[row].stamp],
        bisect_right(filled, article.first), bisect_right(filled, article.last),
        bisect_right(filled, bisect_right(starts, headline) - 1) if headline >= 0 else 0,
        Counter(e.days for e in found), max((max(e.days) for e in found if e.days), default=None),
    )  # fmt: skip


def _row(line: str, start: int, group: Sequence[Expression]) -> Row:
    taken = sum(e.right - e.left for e in group)
    days = len({e.days for e in group})
    if len(line) > STAMP:
        return Row(len(line), len(line) - taken, days)
    bare, low = line.strip(), line.lower()
    rest = len(bare) - taken
    words = _WORD.findall(low)
    return Row(
        len(bare), rest, days,
        (not _BYLINE_WORDS.isdisjoint(words) or "記者" in line or "기자" in line or "记者" in line)
        and bool(_BYLINE.search(line)),
        any(cue in low for cue in _READING_CUES) and bool(_READING.search(line)),
        ("@" in line or "." in line or "instagram" in line) and bool(_POST.search(line)),
        ("/" in line or not _CAPTION_WORDS.isdisjoint(words)) and bool(_CAPTION.search(line)),
        ":" in line and bool(_DURATION.search(line)), "©" in line or "(c)" in low,
        rest > _WORDS and bare.endswith(_STOPS) and _runs_on(line, start, group),
        labels.about_other_thing(line), bare[0] in _QUOTES and bare[-1] in _QUOTES,
    )  # fmt: skip


def _runs_on(line: str, start: int, group: Sequence[Expression]) -> bool:
    """Whether the words around the dates of a line that ends in a stop make a sentence with them.

    They do if more than the stop follows ("3.54 p.m." has it as its own), or a small word leads to the date.
    """
    if start + len(line.rstrip()) > group[-1].right + 1:
        return True
    words = line[: max(0, group[0].left - start)].split()
    return bool(words) and words[-1].islower() and is_small(words[-1].lstrip(_QUOTES)[:1])


def byline_beside(scene: Scene, row: int) -> bool:
    """Whether the line above or below says who wrote it."""
    lines = scene.lines
    above = next((lines[r] for r in range(row - 1, max(-1, row - 4), -1) if lines[r][:STAMP].strip()), "")
    below = next((lines[r] for r in range(row + 1, min(len(lines), row + 4)) if lines[r][:STAMP].strip()), "")
    return any(len(line) <= SENTENCE and _BYLINE.match(line.lstrip(" •*|-")) for line in (above, below))
