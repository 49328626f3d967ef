"""Headings of print: lines that give the paper, the day and the page of a story, and nothing else.

Exports of databases, scans of newspapers and clippings set them above the story: ``DIE ZEIT Nr. 53/1998, 24. Dezember
1998``, ``Helsingin Sanomat 30.8.2011 A9``, ``São Paulo, segunda-feira, 1 de março de 2010``. The parts of such a line
are told by what stands between them (commas, bars, wide spaces, quotation marks); each must be a day, a known paper, a
place, the number of a page or an issue, or as short as a section's name. So no sentence and no headline is one, and the
line can neither be the title nor name a paper that the story only cites.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from provcheck import shipped
from provcheck.describe.dates.scan import expressions
from provcheck.describe.gazetteer import is_label, is_place
from provcheck.describe.outlets import gazetteer
from provcheck.describe.outlets.clue import is_paper
from provcheck.describe.outlets.names import fold, words
from provcheck.describe.published import words as statements
from provcheck.patterns import late
from provcheck.text import REMEMBERED
from provcheck.writing import is_small

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from provcheck.describe.body import Body
    from provcheck.describe.outlets.gazetteer import Entry

LONGEST = 120
"""No heading has more characters."""

MOST = 10
"""Written lines that may stand above the article of a text for its headings to be looked for: pages have more."""

REVIEWED = 100
"""Written lines of a text in which the headings of other papers are looked for."""

_ODD, _ODD_LENGTH = 3, 24
"""Parts that may be anything, such as a section and an edition; and how long each may be."""

_NAME_WORDS = 4
"""Words of a paper's name that no table has."""

_LABEL_WORDS = 7
"""Words of the longest label."""
_NOTE_WORDS = 14
"""Words of a line of embargo, or of whom to ask."""

_DIGIT = late(r"\d")
# a word and a number, as of a page or an issue; at most eight letters, so that it is linear
_NUMBERED = late(r"(?<![^\W\d_])([^\W\d_]{1,8}|№)[.°º:]?\s?[^\W\d_]?\d{1,6}[^\W\d_]?(?:/\d{2,4})?(?!\w)")
# a number with a letter or a short word: "A9", "7", "14면", "612 words"
_NUMBER = late(r"[^\W\d_]?\d{1,6}\s?[^\W\d_]{0,5}")
# what parts two parts of a heading
_BOUND = late(r"[,;|•·()（）\[\]【】«»“”„\"《》「」『』\t\u3000、，–—]|\s-\s|\s\s+|[.:]\s|[.:]$")
_OPENING = tuple('«“„"《「『')
_EDGE = " \t\u00a0/.'*_-"
# keywords between slashes, or an agency's letters with a number and codes, as the wire sets them above a story
_SLUG = late(
    r"[^\W\d_][^\s/]{2,24}(?:/[^\s/]{2,24}){1,5}/?"
    r"|[^\W\d_]{2,4}\d{3,4}(?:\s[^\W_]{1,4}(?:/[^\W_]{1,4})?){2,8}"
)


class Heading(NamedTuple):
    """The characters of the paper's name in the line, both 0 where it gives none, and its entry in the gazetteer.

    `paged` tells that the number of a page or an issue stands beside the day.
    """

    start: int = 0
    end: int = 0
    entry: Entry | None = None
    paged: bool = False


@lru_cache(maxsize=REMEMBERED)
def heading(line: str, language: str | None = None) -> Heading | None:
    """The heading that a line is, or None.

    >>> line = "Le Monde, mardi 12 mars 2024, p. 4"
    >>> found = heading(line, "fr")
    >>> line[found.start : found.end], heading("The flood of 12 March 2024")
    ('Le Monde', None)
    """
    if len(line) > LONGEST or not _DIGIT.search(line):
        return None
    days = expressions(line, language)
    if len(days) != 1 or not days[0].days:
        return None
    pages = statements()["pages"]
    left, right = days[0].left, days[0].right
    found = [m.span() for m in _NUMBERED.finditer(fold(line)) if m[1] in pages]
    numbered = [(start, end) for start, end in found if end <= left or start >= right]
    taken = sorted([(left, right), *numbered])
    parts = list(_parts(line, taken))
    paged = bool(numbered) or any(_NUMBER.fullmatch(line[slice(*part)]) for part in parts)
    name, odd = Heading(paged=paged), 0
    for whole in parts:
        part = line[slice(*whole)]
        if _NUMBER.fullmatch(part):
            continue
        start, end, entry = _named(line, *whole)
        if entry and not any(outlet.cited for outlet in entry.outlets) and line[end : end + 1] != ":":
            if name.entry and name.entry is not entry:
                return None
            quoted = line[start - 1 : start] in _OPENING
            sure = not entry.weak or paged or quoted or ((start, end) == whole and " " in part)
            name, odd = (Heading(start, end, entry, paged), odd) if sure else (name, odd + 1)
        elif len(part) > 2 and start < end and not is_place(part):
            if not name.end and part[0].isupper() and _may_be_paper(part):
                name = Heading(*whole, None, paged)
            elif len(part) > _ODD_LENGTH:
                return None
            else:
                odd += 1
    return name if odd <= (_ODD if name.end else paged) else None


def _may_be_paper(name: str) -> bool:
    bare = name[4:] if name[:4].lower() == "the " else name
    return len(name.split()) <= _NAME_WORDS and is_paper(bare) and not is_label(bare)


def _parts(line: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where the parts of a line stand outside the days and numbers that are `taken`."""
    begin = 0
    for first, last in (*taken, (len(line), len(line))):
        edges = [(begin, begin), *(m.span() for m in _BOUND.finditer(line, begin, max(begin, first))), (first, first)]
        for (_, left), (right, _) in pairwise(edges):
            part = line[left:right]
            start = left + len(part) - len(part.lstrip(_EDGE))
            end = start + len(part.strip(_EDGE))
            if start < end:
                yield start, end
        begin = last


def _named(line: str, start: int, end: int) -> tuple[int, int, Entry | None]:
    """The part that is a known paper's name, or what is left of it without small words at its ends.

    Small words and words for newspapers lead to the name and from it to the day: ``Bote vom``, ``газета Волна``.
    """
    table, shelf = statements(), gazetteer.load()
    small = table["small"] | table["after"] | table["nouns"] | table["pages"]
    while start < end:
        part = line[start:end]
        if entry := shelf.named(part):
            return start, end, entry
        first, _, rest = part.partition(" ")
        before, _, last = part.rpartition(" ")
        if fold(last).strip(".") in small:
            end = start + len(before.rstrip())
        elif is_small(first[0]) and fold(first).strip(".") in small:
            start = end - len(rest.lstrip())
        else:
            break
    return start, end, None


SKIP_WORDS = 7
"""Most words of a link that leaps over the menu."""


@lru_cache(maxsize=REMEMBERED)
def _is_skip(text: str) -> bool:
    skips, parts = _labels()["skips"], words(text)
    while parts:
        size = next((n for n in range(min(SKIP_WORDS, len(parts)), 0, -1) if " ".join(parts[:n]) in skips), 0)
        if not size:
            return False
        parts = parts[size:]
    return bool(text.strip())


def is_skip(text: str) -> bool:
    """Whether a line is links by which readers of screens leap over the menu: the first line of many a page.

    >>> is_skip("Skip to main content"), is_skip("Skip to main content Skip to footer"), is_skip("Skip the queue")
    (True, True, False)
    """
    return len(text) <= LONGEST and _is_skip(text)


def above(texts: Sequence[str], article: Body | None) -> list[int]:
    """The rows of the written lines above the article, of a text that has few; none of a page, which has more."""
    rows = [row for row in range(article.first if article else 0) if texts[row]]
    return rows if len(rows) <= MOST else []


def papers(texts: Sequence[str], rows: Sequence[int], language: str | None) -> Iterator[tuple[int, Heading]]:
    """The rows that name the paper of a story, of those above it: in a heading, or alone beside one.

    >>> texts = ["Helsingin Sanomat", "12.3.2024", "Silta suljetaan"]
    >>> [(row, found.entry.surface) for row, found in papers(texts, range(3), "fi")]
    [(0, 'Helsingin Sanomat')]
    """
    found = {row: heading(texts[row], language) for row in rows}
    if not any(found.values()) or _is_review(texts, language):
        return
    for place, row in enumerate(rows):
        own = found[row]
        if own and own.end:
            if own.entry or not place:
                yield row, own
        elif not own and any(found[beside] for beside in (*rows[place - 1 : place], *rows[place + 1 : place + 2])):
            named = _lone(texts[row])
            if named and (named.entry or not place):
                yield row, named


def _is_review(texts: Sequence[str], language: str | None) -> bool:
    """Whether different papers have headings in a text: a review of the press, of which none is the publisher."""
    names = set()
    for text in islice(filter(None, texts), REVIEWED):
        found = heading(text, language)
        if found and found.end:
            names.add(found.entry.outlets[0].name if found.entry else fold(text[found.start : found.end]))
    return len(names) > 1


def _lone(text: str) -> Heading | None:
    """The paper that is all a line says, perhaps with its town in brackets or its section behind a wide space."""
    name = text.partition(" (")[0] if text.endswith(")") else text.partition("  ")[0]
    if len(name) > LONGEST // 2:
        return None
    entry = gazetteer.load().named(name)
    if entry:
        known = not entry.weak and not any(outlet.cited for outlet in entry.outlets)
        return Heading(0, len(name), entry) if known else None
    split = name.split()
    called = len(split) > 1 and all(word[0].isupper() or len(word) < 4 for word in split)
    return Heading(0, len(name)) if called and _may_be_paper(name) else None


def furniture(texts: Sequence[str], rows: Sequence[int], language: str | None) -> list[int]:
    """The rows at the very top that stand above a headline in print, on the wire and in the post, and are none.

    >>> furniture(["PRESS RELEASE No. 12", "12 March 2024", "Bridge closes in July"], (0, 1, 2), "en")
    [0, 1]
    """
    out: list[int] = []
    for place, row in enumerate(rows):
        text = texts[row]
        after = texts[rows[place + 1]] if place + 1 < len(rows) else ""
        if not (
            heading(text, language)
            or _is_label(text, language)
            or (len(text) <= LONGEST and (_SLUG.fullmatch(text) or _is_page(text)))
            or ((heading(after, language) or (out and heading(texts[out[-1]], language))) and _lone(text))
        ):
            break
        out.append(row)
    return out if len(out) < len(rows) else []


def _is_page(text: str) -> bool:
    found = _NUMBERED.fullmatch(fold(text))
    return found is not None and found[1] in statements()["pages"]


def _is_label(text: str, language: str | None) -> bool:
    """Whether a line says what kind of text follows, perhaps with a number and a day, or is a note to the desk."""
    own = words(text) if len(text) <= LONGEST else []
    if not own:
        return False
    table, size = _labels(), len(own)
    if own[0] in table["notes"] or " ".join(own[:2]) in table["notes"]:
        return size <= _NOTE_WORDS and bool(_DIGIT.search(text))
    cut = next((n for n in range(min(_LABEL_WORDS, size), 0, -1) if " ".join(own[:n]) in table["labels"]), 0)
    if not cut:
        return False
    days = sum(len(words(text[e.left : e.right])) for e in expressions(text, language))
    rest = [word for word in own[cut:] if not (word.isdigit() or word in statements()["pages"])]
    return len(rest) <= days


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, frozenset[str]]:
    table = shipped.table("describe", "headings.json")
    return {
        kind: frozenset(" ".join(words(phrase)) for row in table[kind].values() for phrase in row.split(" | "))
        for kind in ("labels", "notes", "skips")
    }
