"""The news agency that a story was taken from: its mark in the dateline, in the byline, or at the end.

``MOSCOW (AP) — …``, ``(Reuters) - …``, ``… sagte sie. (dpa)``, ``Quelle: ots``. A mark counts only in these places: an
article may speak of an agency anywhere else, and short marks are words (``Beta``, ``MAP``) and other names (``APP``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from provcheck import shipped
from provcheck.describe.gazetteer import is_place
from provcheck.describe.outlets.names import WORDS, telling, words
from provcheck.model import Candidate, Described
from provcheck.patterns import late
from provcheck.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from provcheck.model import Document

RUN_ON = ("新华社", "新華社", "中新社", "中新网", "中央社", "连合", "연합뉴스", "聯合ニュース")
"""Marks of agencies that the text of a dateline may follow without a space."""

HEAD_LINES = 12
"""How many written lines from the top may hold a dateline or a byline."""

HEAD_DEPTH = 200
"""How many written lines from the top may come before the article."""

TAIL_LINES = 40
"""How many written lines from the end may hold the credit; the page below the article stands there too."""

HEAD_WIDTH = 120
"""How many characters of a line may come before the end of a dateline."""

# A mark in brackets, perhaps one of several: (AP), (dpa/lnw), (AFP, Reuters). The inside has no brackets.
_BRACKETS = late(r"[(（\[【<]\s*([^()（）\[\]【】<>]{2,60}?)\s*[)）\]】>]")
# "/TASS/.", "/ritzau/": a mark between slashes.
_SLASHES = late(r"(?:^|\s)/([^/\s]{2,20})/(?:[.\s]|$)")
_OPEN = late(r"[(（\[【<]")
# What follows the brackets of a dateline: a dash, a colon, or (in CJK) the text. Hangul has its own set, since one of
# three ranges so far apart takes milliseconds to compile.
_AFTER_DATELINE = late(r"\.?\s*(?:[-–—―:：]|(?=[\u3040-\u30ff\u3400-\u9fff])|(?=[\uac00-\ud7af]))")
# A place and a day before the brackets, after which the text follows at once, as Indian agencies write.
_PLACE_AND_DAY = late(
    r"(?P<place>[^\W\d_][^\d.,:;\n]{1,30}),\s"
    r"(?:\d{1,2}\s[^\W\d_]\S{2,11}|[^\W\d_]{3,10}\.?\s\d{1,2})(?:,?\s\d{4})?,?\s$"
)
# The same within brackets: [東京 16日 ロイター], 【6月18日 AFP】, and the place alone: 【釧路共同】.
_DAY_AND_MARK = late(r"(?:[^\W\d_]{2,12}\s)?(?:\d{1,2}月)?\d{1,2}日\s(?P<mark>\S{2,12})")
# The dash that ends a dateline: "MOSCOW, May 5, Reuters - …".
_DASH = late(r"\s[-–—―]{1,2}\s|\.\s?[-–—]|―")
_DASHES = "-–—―"
# A place, a day, and the mark up to a full stop or a comma: "МОСКВА, 5 сен — РИА Новости. …", "Київ. 5 мая. УНІАН. …".
_BEHIND_DAY = late(
    r"[^\W\d_][^,.\d\n]{1,40}[,.]\s\d{1,2}\.?\s[^\W\d_]{3,10}\.?(?:\s\d{4})?(?:\s?[-–—]|(?<=\.))\s"
    r"(?P<mark>[^.,:;\n–—]{2,30}?)(?:[.,]|\s[-–—])\s"
)
_XINHUA = late(rf"^[（(]?(?P<mark>{'|'.join(RUN_ON)})")
# A credit line: "Source: X", "Quelle: X", "X/Y" alone, "By X", "Mit Material von X".
_CREDIT = late(
    r"^(?:(?:source|sources|quelle|quellen|fuente|fonte|bron|kilde|källa|lähde|źródło|zdroj|kaynak|sumber|источник|"
    r"джерело|forrás|vir|izvor|sursa|allikas|avots|šaltinis|heimild|nguồn|πηγή|منبع|المصدر|מקור|स्रोत"
    r"|来源|來源|出典|출처|copyright|text|texte|texto|credit|agencies|agenturen|agency)\s*[:：]?\s*|"
    r"(?:by|von|par|por|di|door|af|av|od|autor|autorka|автор|oleh|written by)\s*:?\s+|©\s*|"
    r"(?:mit material von|with (?:inputs|reporting|agencies) from|avec|con información de|com informações da?)\s+)?"
    r"(?P<marks>[^:：]{2,50})$",
    re.IGNORECASE,
)
_SPLIT = late(r"\s*(?:[/,;+&|、・=＝]|\b(?:and|und|et|y|e|og|och|en|mit|with|avec|con|i)\b)\s*", re.IGNORECASE)
_SHORT = 60
"""Longest credit line, in characters."""


def describe(document: Document, unmarked: AbstractSet[int] = frozenset()) -> Described:
    """The agency with its evidence; datelines first, then bylines and credits.

    `unmarked` are the indices of lines that hold no mark (`provcheck.describe.outlets.cues.look`).

    >>> from provcheck.model import Document
    >>> describe(Document.of("MOSCOW (AP) — The talks went on.")).value
    'Associated Press'
    """
    found: dict[str, Candidate] = {}
    for candidate in _candidates(document, unmarked):
        known = found.get(candidate.value)
        if known is None or candidate.confidence > known.confidence:
            found[candidate.value] = candidate
    ranked = sorted(found.values(), key=lambda c: (-c.confidence, c.start))
    return Described(ranked[0], ranked[1] if len(ranked) > 1 else None) if ranked else Described()


def _candidates(document: Document, unmarked: AbstractSet[int]) -> Iterator[Candidate]:
    lines, filled = document.lines, document.lines.filled
    begin = bisect_left(filled, bisect_left(lines.starts, document.header_end))
    top = filled[begin : begin + HEAD_DEPTH]
    head, tail = top[:HEAD_LINES], filled[max(begin, len(filled) - TAIL_LINES) :]
    prose = islice((i for i in top if len(lines.texts[i]) > _SHORT), HEAD_LINES)
    for number in sorted({*head, *prose} - unmarked):
        yield from _dateline(document, lines.starts[number], lines.texts[number][: HEAD_WIDTH + 80])
    for number in [n for n in dict.fromkeys([*head, *tail]) if n not in unmarked]:
        text = lines.texts[number]
        if len(text) <= _SHORT:
            yield from _credit(document, lines.starts[number], text)
        else:
            yield from _end(document, lines.starts[number], text)


def _dateline(document: Document, start: int, head: str) -> Iterator[Candidate]:
    for found in _BRACKETS.finditer(head, 0, HEAD_WIDTH + 40) if _OPEN.search(head, 0, HEAD_WIDTH + 1) else ():
        placed = None if found.start() > 60 else _PLACE_AND_DAY.match(head, 0, found.start())
        follows = _AFTER_DATELINE.match(head, found.end()) or (placed and is_place(placed["place"]))
        if found.start() > HEAD_WIDTH or not follows:
            continue
        name = _first(found[1]) or (None if found[1].isascii() else _run_on(found[1]))
        if name:
            yield _candidate(document, name, ("agency.dateline", 0.97), start + found.start(), start + found.end())
    slashed = _SLASHES.search(head) if "/" in head else None
    name = _first(slashed[1]) if slashed and slashed.start() <= HEAD_WIDTH else None
    if slashed and name:
        yield _candidate(document, name, ("agency.dateline", 0.9), start + slashed.start(1), start + slashed.end(1))
    behind = _BEHIND_DAY.match(head)
    name = _first(behind["mark"], strict=True) if behind else None
    if behind and name:
        at = behind.span("mark")
        yield _candidate(document, name, ("agency.dateline", 0.9), start + at[0], start + at[1])
    named = None if head.isascii() else _XINHUA.match(head)
    span = named.span("mark") if named else _before_dash(head)
    name = _first(head[slice(*span)], strict=True) if span else None
    if span and name:
        yield _candidate(document, name, ("agency.dateline", 0.9), start + span[0], start + span[1])


def _run_on(marks: str) -> str | None:
    """The agency behind a place, and perhaps a day, in the brackets of a Japanese dateline."""
    table, dated = table_of_marks(), _DAY_AND_MARK.fullmatch(marks)
    if dated:
        return table.get(dated["mark"])
    ends = (marks[-size:] for size in range(2, len(marks) - 1))
    return next((table[end] for end in ends if end in table and is_place(marks[: -len(end)])), None)


def _before_dash(head: str) -> tuple[int, int] | None:
    """The last words before the first dash that are an agency's mark, of at most three."""
    dash = _DASH.search(head, 0, HEAD_WIDTH) if any(sign in head for sign in _DASHES) else None
    if not dash:
        return None
    table, end = table_of_marks(), dash.start()
    begin = end
    for _ in range(3):
        begin = max(head.rfind(" ", 0, begin), head.rfind(",", 0, begin))
        if head[begin + 1 : end] in table:
            return begin + 1, end
        if begin < 0:
            return None
    return None


def _credit(document: Document, start: int, text: str) -> Iterator[Candidate]:
    """A short line that is nothing but agencies, or names them after a word of credit or in brackets at its end."""
    stripped = text.strip(" \t*_•-–—()[]<>.")
    found = _CREDIT.match(stripped)
    named = bool(found) and found.start("marks") > 0  # type: ignore[union-attr]  # bool(found) says so
    name = _first(found["marks"], strict=not named) if found else None
    if name:
        begin = start + text.find(stripped)
        yield _candidate(document, name, ("agency.credit", 0.85), begin, begin + len(stripped))
    else:
        yield from _end(document, start, text)


def _end(document: Document, start: int, text: str) -> Iterator[Candidate]:
    """Brackets that end a paragraph: ``(dpa)``, ``(APA/red.)``, ``/ritzau/``.

    A short line may be an entry of a menu, ``Feed (RSS)``: no mark that is a word counts in it.
    """
    tail, lone = text.rstrip(" ."), len(text) <= _SHORT
    if tail[-1:] not in ")）]】>/":
        return
    if tail.endswith("/"):
        begin = tail.rfind("/", 0, -1)
        name = _first(tail[begin + 1 : -1], wordy=not lone) if begin >= 0 and len(tail) - begin < 20 else None
        if name:
            yield _candidate(document, name, ("agency.end-credit", 0.9), start + begin, start + len(tail))
        return
    for found in _BRACKETS.finditer(tail, max(0, len(tail) - 64)):
        name = _first(found[1], wordy=not lone) if found.end() == len(tail) else None
        if name:
            yield _candidate(document, name, ("agency.end-credit", 0.9), start + found.start(), start + found.end())


def _first(marks: str, *, strict: bool = False, wordy: bool = True) -> str | None:
    """The first agency of a list of marks, of which one may be unknown: a desk, initials, a reporter.

    A `strict` list stands alone, as an entry of a menu may: all must be known. Unless `wordy`, and in a strict list,
    none may be a word of its own (``RSS``).
    """
    table = table_of_marks()
    parts = [p for p in _SPLIT.split(marks.strip()) if p]
    known = [table[p] for p in parts if p in table]
    allowed = 0 if strict else 1
    if (strict or not wordy) and any(f"~{p}" in table for p in parts):
        return None
    return known[0] if known and len(parts) - len(known) <= allowed and len(parts) <= 5 else None


@lru_cache(maxsize=1)
def cues() -> Mapping[str, tuple[str, ...]]:
    """The telling word of each mark in small letters, and how it is written: ``NA`` is a mark, and ``na`` a word."""
    written: dict[str, set[str]] = {}
    for mark in table_of_marks():
        word = max(WORDS.findall(mark), key=len)
        written.setdefault(telling(words(word)), set()).add(word)
    return {cue: tuple(sorted(forms)) for cue, forms in written.items()}


@lru_cache(maxsize=1)
def table_of_marks() -> dict[str, str]:
    """Each agency's mark, as it is written, and the agency's name, from ``describe/data/agencies.tsv``.

    A mark that is also a word or another's name stands a second time, behind ``~``.
    """
    out: dict[str, str] = {}
    for line in shipped.text("describe", "agencies.tsv").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            for mark in (cells[0], *(cells[5].split("|") if len(cells) > 5 and cells[5] else ())):
                out.setdefault(mark.removeprefix("~"), cells[0])
                out.setdefault(mark, cells[0])
    return out


def _candidate(document: Document, name: str, why: tuple[str, float], start: int, end: int) -> Candidate:
    rule, confidence = why
    return Candidate(name, rule, confidence, start, end, quote(document.text, start, end))
