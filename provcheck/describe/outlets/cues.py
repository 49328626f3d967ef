"""Where to look: the few lines of a document that can name its publisher, found without reading each of them.

Every clue needs a word or a sign: a word of a name in the gazetteer, a word of rights or credit, the dot of a host, a
bracket. The words of a document are met with all these cues by intersections of sets, and signs are looked for in the
whole text at once; only the lines that hold one are then read closely. A line that is found for nothing costs time
alone, and a line that is not found could have given no clue, which tests/describe/test_outlet_cues.py holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe import published
from provcheck.describe.outlets import agency
from provcheck.describe.outlets.clue import tables
from provcheck.describe.outlets.names import UNSPACED
from provcheck.describe.outlets.spelt import Spelt, folded, folds
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provcheck.describe.outlets.gazetteer import Gazetteer
    from provcheck.model import Document
    from provcheck.text import Lines

RIGHTS_SIGNS = ("©", "ⓒ", "®")
"""What a copyright line may hold that holds no word of the table ``rights``; and ``(c)``."""

MORE_SIGNS = (
    "版权所有", "版權所有", "断", "转载", "무단", "जुमला", "अधिकार", "الحقوق", "זכויות", "来源", "來源", "出典", "출처"
)  # fmt: skip
"""The same, and what begins a line of credit, in scripts where it may be part of a longer run of letters."""

BRACKETS = frozenset("()（）[]【】〔〕")
"""What a note begins and ends with."""

TEMPLATE_WORDS = 9
"""Most words of a line such as ``About X``: seven, a number before them, and one that an underscore joins."""

NAME_WIDTH = 80
"""Longest line, in characters and with its bullets, in which a name counts that stands beside no word of marketing."""

PHRASE_WORDS = 5
"""Most words of a phrase such as ``Abonnez-vous à``."""

OPENING = ("(", "（", "[", "【", "〔")
"""What a note begins with."""

_COPYRIGHT = ("c)", "C)")

BULLETS = " \t\r\n•·*|>»›-–—#_"
"""What may stand before a note."""

_HOST_END = re.compile(r"\.([a-zA-Z]{2,10})(?![\w-])")  # a dot and a last label; 1 the label
# Scripts in which signs stand within longer runs of letters: Hebrew, Arabic, Devanagari, kana, Han, Hangul.
_RUNS = late(r"[\u0590-\u06ff\u0900-\u097f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


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
    >>> from provcheck.model import Document, Layout
    >>> document = Document.of("Menu\\nAbout Aftonbladet\\nThe bridge\\n© 2024 Somebody\\n(dpa)")
    >>> spelt = Spelt.of(Page(document, Layout((), ())))
    >>> where = look(document, spelt, gazetteer.load())
    >>> where.names, where.credits, where.marks
    ({1, 4}, {3, 4}, {4})
    """
    lines, text = document.lines, document.text
    where = Where(set(), set(), set(), set())
    hits = _hits(spelt, _table(shelf))
    _by_words(where, lines, spelt, shelf, hits)
    signs = (at for sign in RIGHTS_SIGNS for at in places(text, sign))
    where.credits.update(_brackets(lines, text), _lines(lines, signs))
    suffixes = tables()["suffixes"]
    where.hosts.update(_lines(lines, (m.start() for m in _HOST_END.finditer(text) if m[1].lower() in suffixes)))
    if not text.isascii():
        found = _lines(lines, _run_on(text, spelt, shelf))
        for kind in where:
            kind.update(found)
    return where


class Hits(NamedTuple):
    """The words of a document that are cues of a kind: see `Where`, and the words by which a page speaks to readers."""

    strong: set[str]
    weak: set[str]
    credit: set[str]
    marks: set[str]
    marketing: set[str]


@lru_cache(maxsize=2)
def _table(shelf: Gazetteer) -> tuple[frozenset[str], dict[str, tuple[int, ...]]]:
    """All cues, and of which kinds each is, as indices into `Hits`."""
    verbs = frozenset(verb.split()[-1] for verb in published.words()["last"]) | published.words()["verbs"]
    table = tables()
    kinds = Hits(
        set(shelf.cues), set(shelf.weak_cues), {*table["rights"], *table["credit"], *verbs}, set(agency.cues()),
        set(table["marketing"]),
    )  # fmt: skip
    every = frozenset().union(*kinds)
    return every, {cue: tuple(at for at, kind in enumerate(kinds) if cue in kind) for cue in every}


def _hits(spelt: Spelt, table: tuple[frozenset[str], dict[str, tuple[int, ...]]]) -> Hits:
    """The words of the document that are cues, as its lines have them."""
    every, kinds = table
    hits = Hits(set(), set(), set(), set(), set())
    for cue in spelt.plain & every:
        for kind in kinds[cue]:
            hits[kind].add(cue)
    for cue in spelt.folded & every:
        for kind in kinds[cue]:
            hits[kind].update(spelt.marked[cue])
    return hits


def _lines(lines: Lines, offsets: Iterable[int]) -> list[int]:
    starts = lines.starts
    return [bisect_right(starts, at) - 1 for at in offsets]


def _by_words(where: Where, lines: Lines, spelt: Spelt, shelf: Gazetteer, hits: Hits) -> None:
    """The lines that hold a word of a name, of rights, or of credit, or a mark as it is written."""
    strong, marks = _strong(spelt, shelf, hits.strong), agency.cues()
    weak, credit, alone = hits.weak, hits.credit, {word for word, beside in strong.items() if not beside}
    written = {word: [form for part in (word, *folds(word)) for form in marks.get(part, ())] for word in hits.marks}
    every = weak.union(strong, credit, written)
    for index in spelt.holding(every):
        words = spelt.words[index]
        found = every.intersection(words)
        if not credit.isdisjoint(found):
            where.credits.add(index)
        if any(form in lines.texts[index] for word in found if word in written for form in written[word]):
            where.marks.add(index)
        if (not weak.isdisjoint(found) and _is_frame(lines.stripped[index], words, shelf)) or (
            (len(lines.stripped[index]) <= NAME_WIDTH or not hits.marketing.isdisjoint(words))
            and (not alone.isdisjoint(found) or _is_complete(strong, found, words))
        ):
            where.names.add(index)


def _strong(spelt: Spelt, shelf: Gazetteer, hits: set[str]) -> dict[str, frozenset[str]]:
    """The telling words of names, and the words of which one must stand with each; none where it may stand alone."""
    out: dict[str, frozenset[str]] = {}
    beside = shelf.beside
    for word in hits:
        needed = [beside[part] for part in ((word,) if word in beside else folds(word)) if part in beside]
        if not all(needed):
            out[word] = frozenset()
        elif others := spelt.those(needed[0].union(*needed[1:])):
            out[word] = others
    return out


def _is_complete(strong: dict[str, frozenset[str]], found: set[str], words: list[str]) -> bool:
    """Whether one of the words found is a telling word with one that it needs."""
    return any(not strong[word].isdisjoint(words) for word in found if word in strong)


def _is_frame(text: str, words: list[str], shelf: Gazetteer) -> bool:
    """Whether a weak name counts in a line, perhaps behind a number: alone, or beside a phrase of the page's own."""
    if len(words) > TEMPLATE_WORDS or len(text) > NAME_WIDTH:
        return False
    parts = folded(words)
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
    return (*MORE_SIGNS, *agency.RUN_ON, *sorted(verb for verb in published.words()["last"] if _RUNS.match(verb)))


def _run_on(text: str, spelt: Spelt, shelf: Gazetteer) -> Iterator[int]:
    """Where something stands that may be part of a longer run of letters: signs of credit, names without spaces."""
    # In small letters it is two characters, which parts its word.
    yield from places(text, "İ")
    letters = "".join(spelt.foreign)
    if _RUNS.search(letters):
        for sign in _signs():
            yield from places(text, sign)
        if UNSPACED.search(letters):
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
                head = text[lines.starts[index] : at].strip(BULLETS)
                if (not head or head.rstrip(".").isdigit()) and lines.stripped[index].rstrip(" .。")[-1:] in BRACKETS:
                    yield index
