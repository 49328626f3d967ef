"""Where to look: the few lines of a document that can name its publisher, found without reading each of them.

Every clue needs a word or a sign: a word of a name in the gazetteer, a word of rights or credit, the dot of a host, a
bracket. The words of a document are met with all these cues by intersections of sets, and signs are looked for in the
whole text at once; only the lines that hold one are then read closely. A line that is found for nothing costs time
alone, and a line that is not found could have given no clue, which tests/describe/test_outlet_cues.py holds.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe import published
from provcheck.describe.outlets.clue import tables
from provcheck.describe.outlets.names import UNSPACED
from provcheck.describe.outlets.spelt import Spelt, folded, folds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provcheck.describe.outlets.gazetteer import Gazetteer
    from provcheck.model import Document
    from provcheck.text import Lines

RIGHTS_SIGNS = ("©", "ⓒ", "®", "(c)", "(C)")
"""What a copyright line may hold that holds no word of the table ``rights``."""

MORE_SIGNS = (
    "版权所有", "版權所有", "断", "转载", "무단", "जुमला", "अधिकार", "الحقوق", "זכויות", "来源", "來源", "出典", "출처"
)  # fmt: skip
"""The same, and what begins a line of credit, in scripts where it may be part of a longer run of letters."""

RUN_ON = ("新华社", "新華社", "中新社", "中新网", "中央社", "连合", "연합뉴스")
"""Marks of agencies that the text of a dateline may follow without a space."""

BRACKETS = frozenset("()（）[]【】〔〕")
"""What a note begins and ends with."""

TEMPLATE_WORDS = 9
"""Most words of a line such as ``About X``: seven, a number before them, and one that an underscore joins."""

WEAK_WORDS = 5
"""Most words of a line that is nothing but a weak name, such as ``The Sun``, with a number before it."""

NAME_WIDTH = 80
"""Longest line, in characters and with its bullets, in which a name counts that stands beside no word of marketing."""

PHRASE_WORDS = 5
"""Most words of a phrase such as ``Abonnez-vous à``."""

BULLETS = " \t•·*|>»›-–—#_"
"""What may stand before a note."""

_HOST_END = re.compile(r"\.([a-zA-Z]{2,10})(?![\w-])")  # a dot and a last label; 1 the label
# Scripts in which signs stand within longer runs of letters: Hebrew, Arabic, Devanagari, kana, Han, Hangul.
_RUNS = re.compile(r"[\u0590-\u06ff\u0900-\u097f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NOTE_ENDS = BRACKETS | {".", "。"}


class Where(NamedTuple):
    """The indices of the lines that can hold each kind of clue.

    `names` may hold a name of the gazetteer, `templates` words of the page's own, `credits` a line of rights or of
    credit, `hosts` a domain, and `marks` the mark of an agency.
    """

    names: set[int]
    templates: set[int]
    credits: set[int]
    hosts: set[int]
    marks: set[int]


def look(document: Document, spelt: Spelt, shelf: Gazetteer, marks: frozenset[str]) -> Where:
    """Look for all cues, where `marks` are those of agencies.

    >>> from provcheck.describe.outlets import gazetteer
    >>> from provcheck.model import Document
    >>> page = Document.of("Menu\\nAbout us\\nThe bridge\\n© 2024 Somebody\\n(dpa)")
    >>> where = look(page, Spelt.of(page.lines), gazetteer.load(), frozenset({"dpa"}))
    >>> where.templates, where.credits, where.marks
    ({1}, {3, 4}, {4})
    """
    lines, text = document.lines, document.text
    where = Where(set(), set(), set(), set(), set())
    _by_words(where, lines, spelt, shelf, spelt.those(marks))
    _templates(where, lines, spelt, shelf)
    where.credits.update(_notes(lines), _lines(lines, (at for sign in RIGHTS_SIGNS for at in places(text, sign))))
    suffixes = tables()["suffixes"]
    where.hosts.update(_lines(lines, (m.start() for m in _HOST_END.finditer(text) if m[1].lower() in suffixes)))
    if not text.isascii():
        found = _lines(lines, _run_on(document, shelf))
        for kind in where:
            kind.update(found)
    return where


def _lines(lines: Lines, offsets: Iterable[int]) -> list[int]:
    return [lines.number_at(at) - 1 for at in offsets]


def _by_words(where: Where, lines: Lines, spelt: Spelt, shelf: Gazetteer, marks: frozenset[str]) -> None:
    """The lines that hold a word of a name, of rights, of credit, or of an agency's mark."""
    strong, weak = _strong(spelt, shelf), spelt.those(shelf.weak_cues)
    credit, marketing = spelt.those(_credit_words()), spelt.those(tables()["marketing"])
    every = frozenset().union(strong, weak, credit, marks)
    for index in lines.holding(every):
        words = lines.words[index]
        found = every.intersection(words)
        if not marks.isdisjoint(found):
            where.marks.add(index)
        if not credit.isdisjoint(found):
            where.credits.add(index)
        # A weak name counts as a whole line, or beside a word of the page's own, and those are found as templates.
        if (not weak.isdisjoint(found) and len(words) <= WEAK_WORDS and _is_name(words, shelf)) or (
            (len(lines.stripped[index]) <= NAME_WIDTH or not marketing.isdisjoint(words))
            and any(word in strong and _is_complete(strong[word], words) for word in found)
        ):
            where.names.add(index)


def _strong(spelt: Spelt, shelf: Gazetteer) -> dict[str, frozenset[str]]:
    """The telling words of names, and the words of which one must stand with each; none where it may stand alone."""
    beside, out = shelf.beside, {}
    for word in spelt.those(shelf.cues):
        needed = [beside[part] for part in (word, *folds(word)) if part in beside]
        if not all(needed):
            out[word] = frozenset()
        elif others := spelt.those(needed[0].union(*needed[1:])):
            out[word] = others
    return out


def _is_complete(beside: frozenset[str], words: list[str]) -> bool:
    return not beside or not beside.isdisjoint(words)


def _is_name(words: list[str], shelf: Gazetteer) -> bool:
    """Whether a line is a name and nothing else, perhaps behind a number."""
    parts = folded(words)
    return " ".join(parts) in shelf.entries or (parts[:1] != [] and parts[0].isdigit() and " ".join(parts[1:]) in shelf.entries)


def places(text: str, sign: str) -> Iterator[int]:
    """Where a sign stands in a text."""
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + len(sign))


@lru_cache(maxsize=1)
def _credit_words() -> frozenset[str]:
    last = [verb.split()[-1] for verb in published.words()["last"]]
    return tables()["rights"] | tables()["credit"] | published.words()["verbs"] | frozenset(last)


@lru_cache(maxsize=1)
def _signs() -> tuple[str, ...]:
    return (*MORE_SIGNS, *RUN_ON, *sorted(verb for verb in published.words()["last"] if _RUNS.match(verb)))


def _run_on(document: Document, shelf: Gazetteer) -> Iterator[int]:
    """Where something stands that may be part of a longer run of letters: signs of credit, names without spaces."""
    # In small letters it is two characters, which parts its word.
    yield from places(document.text, "İ")
    letters = "".join([word for word in document.lines.vocabulary if not word.isascii()])
    if _RUNS.search(letters):
        for sign in _signs():
            yield from places(document.text, sign)
        if UNSPACED.search(letters):
            yield from shelf.unspaced_places(document.text)


def _templates(where: Where, lines: Lines, spelt: Spelt, shelf: Gazetteer) -> None:
    """Short lines that begin or end with words of the page's own, perhaps behind a number: ``About X``."""
    first, last = spelt.those(tables()["first"]), spelt.those(tables()["last"])
    weak = spelt.those(shelf.weak_cues)
    found = [
        index
        for index, words in enumerate(lines.words)
        if 2 <= len(words) <= TEMPLATE_WORDS
        and (words[0] in first or words[-1] in last or (words[1] in first and words[0].isdigit()))
        and len(lines.stripped[index]) <= NAME_WIDTH
        and _is_template(words)
    ]
    where.templates.update(found)
    where.names.update(index for index in found if not weak.isdisjoint(lines.words[index]))


def _is_template(words: list[str]) -> bool:
    before, after, parts = tables()["before"], tables()["after"], folded(words)
    begin = 1 if parts and parts[0].isdigit() else 0
    return any(
        " ".join(parts[begin : begin + size]) in before or " ".join(parts[-size:]) in after
        for size in range(1, PHRASE_WORDS + 1)
    )


def _notes(lines: Lines) -> Iterator[int]:
    """Lines in brackets, perhaps behind a bullet or a number and with a full stop at the end."""
    for index, text in enumerate(lines.stripped):
        if text[-1:] in _NOTE_ENDS and text.rstrip(" .。")[-1:] in BRACKETS:
            head = text.lstrip(BULLETS)[:1]
            if head in BRACKETS or head.isdigit():
                yield index
