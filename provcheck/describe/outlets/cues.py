"""Where to look: the few lines of a document that can name its publisher, found without reading each of them.

Every clue needs a word or a sign: a word of a name in the gazetteer, a word of rights or credit, the dot of a host, a
bracket. The words of a document are met with all these cues by intersections of sets, and signs are looked for in the
whole text at once; only the lines that hold one are then read closely. A line that is found for nothing costs time
alone, and a line that is not found could have given no clue, which tests/describe/test_outlet_cues.py holds.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck import writing
from provcheck.describe import published
from provcheck.describe.outlets import agency, phrases
from provcheck.describe.outlets.clue import tables
from provcheck.describe.outlets.names import UNSPACED
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provcheck.describe.outlets.gazetteer import Gazetteer
    from provcheck.describe.outlets.spelt import Spelt
    from provcheck.model import Document
    from provcheck.text import Lines

RIGHTS_SIGNS = ("©", "ⓒ", "®")
"""What a copyright line may hold that holds no word of the table ``rights``; and ``(c)``."""

MORE_SIGNS = ("来源", "來源", "出典", "출처")
"""What begins a line of credit, in scripts where it may be part of a longer run of letters."""

BRACKETS = frozenset("()（）[]【】〔〕")
"""What a note begins and ends with."""

TEMPLATE_WORDS = 8
"""Most words of a line such as ``About X``: seven, and a number before them."""

NAME_WIDTH = 80
"""Longest line, in characters and with its bullets, in which a name counts that stands beside no word of marketing."""

PHRASE_WORDS = 5
"""Most words of a phrase such as ``Abonnez-vous à``."""

OPENING = ("(", "（", "[", "【", "〔")
"""What a note begins with."""

_COPYRIGHT = ("c)", "C)")

BULLETS = " \t\r\n•·*|>»›-–—#_"
"""What may stand before a note."""

FOREWORD = 200
"""Most characters of bullets and a number before a note."""

_HOST_END = late(r"\.([a-zA-Z]{2,10})(?![\w-])")  # a dot and a last label; 1 the label
# scripts in which signs stand within longer runs of letters: Hebrew, Arabic, Devanagari, and those without spaces
_RUNS = late(rf"[\u0590-\u06ff\u0900-\u097f{writing.UNSPACED}{writing.HANGUL}]")


class Where(NamedTuple):
    """The indices of the lines that can hold each kind of clue.

    `names` may hold a name of the gazetteer, `credits` a line of rights or of credit, `hosts` a domain, and `marks` the
    mark of an agency; all but the last are of the page around the article, and of the marks only those there are known.
    """

    names: set[int]
    credits: set[int]
    hosts: set[int]
    marks: set[int]


def look(document: Document, spelt: Spelt, shelf: Gazetteer) -> Where:
    """Look for all cues.

    >>> from provcheck.describe.outlets import gazetteer
    >>> from provcheck.describe.outlets.lines import Page
    >>> from provcheck.describe.outlets.spelt import Spelt
    >>> from provcheck.model import Document, Layout
    >>> document = Document.of("Menu\\nAbout Aftonbladet\\nThe bridge\\n© 2024 Somebody\\n(dpa)")
    >>> where = look(document, Spelt(Page(document, Layout((), ()))), gazetteer.load())
    >>> where.names, where.credits, where.marks
    ({1, 4}, {3, 4}, {4})
    """
    lines, text = document.lines, document.text
    where = Where(set(), set(), set(), set())
    _by_words(where, lines, spelt, shelf)
    signs = (at for sign in RIGHTS_SIGNS for at in places(text, sign))
    where.credits.update(_brackets(lines, text), _lines(lines, signs))
    suffixes = tables()["suffixes"] | shelf.suffixes
    where.hosts.update(_lines(lines, (m.start() for m in _HOST_END.finditer(text) if m[1].lower() in suffixes)))
    if not spelt.text.isascii() and _RUNS.search(spelt.text):
        found = _lines(lines, _run_on(text, spelt, shelf))
        for kind in where:
            kind.update(found)
    return where


class Cue(NamedTuple):
    """What a word is a cue of: see `Where`.

    `weak` names have it as their telling word, and others too where `beside` is given: it may be a name alone, or
    stands with one of these words. `forms` is how it is written as an agency's mark.
    """

    weak: bool
    beside: frozenset[str] | None
    credit: bool
    forms: tuple[str, ...]


class _Cues(dict[str, Cue]):
    """What a word is a cue of, told when it is first asked for: pages hold few of the thousands, which are `words`."""

    def __init__(self, shelf: Gazetteer) -> None:
        verbs = frozenset(verb.split()[-1] for verb in published.words()["last"]) | published.words()["verbs"]
        self._shelf, self._marks = shelf, agency.cues()
        self._credit = tables()["rights"] | phrases.cues() | tables()["credit"] | verbs
        self.words = shelf.cues.union(shelf.weak_cues, self._credit, self._marks)

    def __missing__(self, word: str) -> Cue:
        shelf = self._shelf
        cue = Cue(word in shelf.weak_cues, shelf.beside(word), word in self._credit, self._marks.get(word, ()))
        self[word] = cue
        return cue


_cues = lru_cache(maxsize=2)(_Cues)


def _lines(lines: Lines, offsets: Iterable[int]) -> list[int]:
    """The lines of some places in the text; those in a header that ends within the first line are in none."""
    starts = lines.starts
    return [row for at in offsets if (row := bisect_right(starts, at) - 1) >= 0]


def _by_words(where: Where, lines: Lines, spelt: Spelt, shelf: Gazetteer) -> None:
    """The lines that hold a word of a name, of rights, or of credit, or a mark as it is written."""
    cues = _cues(shelf)
    known = cues.words
    for index, words in spelt.holding(known):
        named = framed = False
        for weak, beside, credit, forms in [cues[word] for word in words if word in known]:
            framed |= weak
            named |= beside is not None and not (beside and beside.isdisjoint(words))
            if credit:
                where.credits.add(index)
            if forms and any(form in lines.texts[index] for form in forms):
                where.marks.add(index)
        text = lines.stripped[index]
        if (named and (len(text) <= NAME_WIDTH or not tables()["marketing"].isdisjoint(words))) or (
            framed and _is_frame(text, words, shelf)
        ):
            where.names.add(index)


def _is_frame(text: str, words: list[str], shelf: Gazetteer) -> bool:
    """Whether a weak name counts in a line, perhaps behind a number: alone, or beside a phrase of the page's own."""
    if len(words) > TEMPLATE_WORDS or len(text) > NAME_WIDTH:
        return False
    parts = words[:]
    if " ".join(parts) in shelf.entries:
        return True
    if parts and parts[0].isdigit():
        del parts[0]
    if not parts or " ".join(parts) in shelf.entries:
        return bool(parts)
    table, sizes = tables(), range(1, PHRASE_WORDS + 1)
    return (parts[0] in table["first"] and any(" ".join(parts[:size]) in table["before"] for size in sizes)) or (
        parts[-1] in table["last"] and any(" ".join(parts[-size:]) in table["after"] for size in sizes)
    )


def places(text: str, sign: str) -> Iterator[int]:
    """Where a sign stands in a text."""
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + len(sign))


@lru_cache(maxsize=1)
def _signs() -> tuple[str, ...]:
    verbs = sorted(verb for verb in published.words()["last"] if _RUNS.match(verb))
    return (*MORE_SIGNS, *phrases.signs(), *agency.RUN_ON, *verbs)


def _run_on(text: str, spelt: Spelt, shelf: Gazetteer) -> Iterator[int]:
    """Where something stands that may be part of a longer run of letters: signs of credit, names without spaces."""
    for sign in _signs():
        yield from places(text, sign)
    if UNSPACED.search(spelt.text):
        yield from shelf.unspaced_places(text)


def _brackets(lines: Lines, text: str) -> Iterator[int]:
    """Lines with ``(c)``, and notes: lines in brackets, perhaps behind a bullet or number, perhaps with a full stop."""
    for sign in OPENING:
        for at in places(text, sign):
            if text[at + 1 : at + 3] in _COPYRIGHT:
                yield lines.number_at(at) - 1
            # Most brackets stand in the midst of a sentence.
            elif at == 0 or text[at - 1] in BULLETS:
                index = lines.number_at(at) - 1
                if at - lines.starts[index] > FOREWORD:
                    continue
                head = text[lines.starts[index] : at].strip(BULLETS)
                if (not head or head.rstrip(".").isdigit()) and lines.stripped[index].rstrip(" .。")[-1:] in BRACKETS:
                    yield index
