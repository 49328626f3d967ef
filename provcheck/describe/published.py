"""Statements of publication: ``Published in X, May 5th, 2024``, ``Опубликовано в газете «Х»``, ``(X, 5. Mai 2024)``.

A statement is a line of its own, and nothing stands in it but the verb, small words, what the outlet is called
(``газете``), its name and a date; databases have a label for a verb, and give a page or an issue. That is what parts it
from sentences about other publications: ``Published in Nature in 2019, the study …`` has more to say. The words of some
forty languages are in ``data/published.json``; the name is taken as it is written, because how a name is declined is
known for names of the gazetteer alone.
"""

from __future__ import annotations

from functools import cache
from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from provcheck import shipped
from provcheck.describe.outlets.names import WORDS, fold
from provcheck.patterns import late
from provcheck.writing import is_small

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LONGEST = 160
"""No statement has more characters."""

LEAD_WORDS = 5
"""Words before the verb: ``This article was first published in``."""

NAME_WORDS = 6
"""Words of a name without quotation marks."""

NAME_LENGTH = 60
"""Characters of a name."""

SPELLINGS = 200
"""Forms of a declined name that are tried."""

_OPEN = late(r"[\s(（\[【〔—–*_-]*")  # what a credit is set in
_NOTE = late(r"\s*[(（\[【〔]([^()（）\[\]【】〔〕]{6,80})[)）\]】〕][.。]?\s*")  # a line that is one pair of brackets
_QUOTES = {
    "«": "»", "“": "”", "„": "“”", '"': '"', "”": "”", "»": "«", "「": "」", "『": "』", "《": "》",
    "'": "'", "’": "’", "‘": "’",
}  # fmt: skip
_BOUND = late(r"\s*[,;|:(（，、—–]\s*|\s+-\s+|[.。]\s*$|$")  # what ends a name that has no quotation marks
_LABEL = late(r"([^\W\d_][^:：\d]{0,20}?)[ \u00a0]?[:：]\s*")  # what a line says before its first colon
_NUMBERED = late(r"([^\W\d_]{1,8}|№)[.°º]?\s?\d{1,5}(?!\d)")  # a word and a number, as of a page or an issue
_EDGE = " \t\u00a0,;|:.。，、（）()[]【】〔〕—–-*_'’"
_DAY_ENDS = ("付け", "付", "일자", "자")  # what hangs on a day in Japanese and Korean: "of that day"
_SUFFIX = late(r"['’](?:n?[dt][ea]|y?[ea]|n?[ıiuü]n)$")  # Turkish endings behind a name


class Statement(NamedTuple):
    """A name in a statement of publication, by its characters in the line.

    `quoted` and `called` say that it stands in quotation marks or behind a word for newspapers, `dated` that a day
    stands with it, `again` that the text first appeared there, `by` that it may be a person, and `note` that there is
    no verb at all.
    """

    start: int
    end: int
    quoted: bool = False
    called: bool = False
    dated: bool = False
    again: bool = False
    by: bool = False
    note: bool = False


@cache
def words() -> Mapping[str, frozenset[str]]:
    """The word tables over all languages, folded: ``verbs``, ``lead``, ``small``, ``nouns`` and the others."""
    return {
        kind: frozenset(word for row in rows.values() for word in row.split(" | "))
        for kind, rows in _data().items()
        if kind not in ("about", "endings")
    }


def statement(text: str, dates: Sequence[tuple[int, int]]) -> Statement | None:
    """The statement that a line makes, where `dates` are the characters of its days; None where it makes none.

    >>> line = "Published in The Harbour Courier, March 12th, 2024"
    >>> found = statement(line, [(34, 50)])
    >>> line[found.start : found.end], found.dated
    ('The Harbour Courier', True)
    """
    if len(text) > LONGEST:
        return None
    folded = fold(text)
    found = [(m[0], m.start(), m.end()) for m in WORDS.finditer(folded)]
    return (
        _verb_first(text, found, dates)
        or _verb_last(text, folded, dates)
        or _note(text, dates)
        or _source(text, folded, dates)
    )


def note(text: str, day: tuple[int, int]) -> Statement | None:
    """The statement of a line that is a name and a day in brackets, and nothing else.

    >>> note("(浜沢新報、2024年5月11日)", (6, 16)).start
    1
    """
    return _note(text, (day,)) if len(text) <= LONGEST else None


def spellings(name: str, language: str | None) -> Iterator[str]:
    """The name, and what it may be before it was declined in a sentence.

    >>> "Gazeta Przykładowa" in spellings("Gazecie Przykładowej", "pl")
    True
    """
    yield name
    rows = _data()["endings"].get(language or "", "")
    pairs = [pair.partition("=")[::2] for pair in rows.split(" | ")] if rows else []
    parts = name.split()[:NAME_WORDS]
    choices = [
        [part, *(part[: -len(end)] + own for end, own in pairs if len(part) > len(end) + 2 and part.endswith(end))]
        for part in parts
    ]
    for forms in islice(product(*choices), 1, SPELLINGS):
        yield " ".join(forms)


def _verb_first(text: str, found: list[tuple[str, int, int]], dates: Sequence[tuple[int, int]]) -> Statement | None:
    """The statement of a line that begins with its verb, behind a few words such as ``This article was``."""
    table, at, again = words(), 0, False
    while at < min(LEAD_WORDS, len(found)) and found[at][0] in table["lead"] | table["again"]:
        again = again or found[at][0] in table["again"]
        at += 1
    opened = _OPEN.match(text)
    if at >= len(found) or found[at][0] not in table["verbs"] or not opened or opened.end() != found[0][1]:
        return None
    if not opened[0].strip() and is_small(text[found[0][1]]):
        return None  # the rest of a sentence that began on the line before
    begin, by, called, led = found[at][2], False, False, True
    for word, start, end in found[at + 1 :]:
        if any(first <= start < last for first, last in dates):
            begin = max(begin, *(last for first, last in dates if first <= start < last))
            led = False  # a time may follow the day, and a name only with a small word before it
            continue
        if any(ch in _QUOTES for ch in text[begin:start]) or text[start].isupper():
            break
        if word not in table["by"] | table["small"] | table["nouns"] | table["after"]:
            break
        by = by or (word in table["by"] and word not in table["small"])
        called = called or word in table["nouns"]
        begin, led = end, True
    return _named(text, begin, dates, Statement(0, 0, called=called, again=again, by=by)) if led else None


def _named(text: str, begin: int, dates: Sequence[tuple[int, int]], form: Statement) -> Statement | None:
    """The name behind `begin`, if nothing that is no part of a statement follows it."""
    begin += len(text[begin:]) - len(text[begin:].lstrip(" \t\u00a0:,-–—"))
    dated = bool(dates)
    if begin < len(text) and text[begin] in _QUOTES and (end := _closed(text, begin)):
        if not _is_bare(text, end + 1, dates):
            return None
        return form._replace(start=begin + 1, end=end, quoted=True, dated=dated)
    stop = min((first for first, _ in dates if first >= begin), default=len(text))
    bound = _BOUND.search(text, begin, stop)
    end = bound.start() if bound else stop
    start, end = _trimmed(text, begin, end)
    if not 0 < end - start <= NAME_LENGTH or is_small(text[start]) or len(text[start:end].split()) > NAME_WORDS:
        return None
    if text[end - 1].isdigit() or not _is_bare(text, end, dates):
        return None  # "in Nature in 2019" speaks of another text
    return form._replace(start=start, end=end, dated=dated)


def _closed(text: str, begin: int) -> int:
    """Where the quotation that opens at `begin` closes, or 0."""
    ends = [at for ch in _QUOTES[text[begin]] if (at := text.find(ch, begin + 2, begin + NAME_LENGTH)) > 0]
    return min(ends, default=0)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without marks at its edges, and without the small words that lead to a date behind it."""
    small = words()["small"] | words()["after"]
    while True:
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip(_EDGE))
        end -= len(piece) - len(piece.rstrip(_EDGE))
        first, _, rest = text[start:end].partition(" ")
        last = rest.rpartition(" ")[2]
        if last and not last[0].isupper() and fold(last) in small:
            end -= len(last)
        elif rest and first.islower() and fold(first) in small:
            start += len(first)
        else:
            return start, max(start, end)


def _is_bare(text: str, begin: int, dates: Sequence[tuple[int, int]]) -> bool:
    """Whether only days, page numbers, small words and words such as ``issue`` stand behind `begin`."""
    table = words()
    known = table["small"] | table["after"] | table["nouns"]
    rest = [m for m in WORDS.finditer(fold(text), begin) if not any(a <= m.start() < b for a, b in dates)]
    return all(m[0] in known or (m[0].isdigit() and len(m[0]) < 4) for m in rest)


def _verb_last(text: str, folded: str, dates: Sequence[tuple[int, int]]) -> Statement | None:
    """The statement of a line that ends with its verb, as in Turkish, Japanese, Korean and Hindi."""
    bare = folded.rstrip(_EDGE)
    verb = next((verb for verb in words()["last"] if bare.endswith(verb)), None) if dates else None
    return _beside(text, len(bare) - len(verb), dates) if verb else None


def _note(text: str, dates: Sequence[tuple[int, int]]) -> Statement | None:
    """A name and a day in brackets."""
    found = _NOTE.fullmatch(text) if len(dates) == 1 else None
    form = _beside(text, found.end(1), dates, found.start(1)) if found else None
    return form._replace(note=True) if form else None


def _beside(text: str, stop: int, dates: Sequence[tuple[int, int]], begin: int = 0) -> Statement | None:
    """The name that is all there is beside the day, before `stop`."""
    first, last = dates[0]
    for from_, to, other in ((begin, first, text[last:stop]), (last, stop, text[begin:first])):
        start, end = _trimmed(text, from_, max(from_, to))
        day = next((word for word in _DAY_ENDS if text.startswith(word, start) and end - start > len(word)), "")
        start, end = _trimmed(text, start + len(day), end)
        if not start < end <= start + NAME_LENGTH or not _is_bare(f"{other} ", 0, ()):
            continue
        if text[start] in _QUOTES and _closed(text, start) == end - 1:
            return Statement(start + 1, end - 1, quoted=True, dated=True)
        if ending := _SUFFIX.search(text, start, end):
            end = ending.start()
        if not is_small(text[start]) and len(text[start:end].split()) <= NAME_WORDS:
            return Statement(start, end, dated=True)
    return None


def source(text: str) -> int:
    """Where the name begins in a line that opens with a word for source and a colon; 0 in other lines.

    >>> source("Quelle: Hafenzeitung"), source("Fähre: Hafenzeitung")
    (8, 0)
    """
    return _behind_label(fold(text)) if len(text) <= LONGEST else 0


def _behind_label(folded: str) -> int:
    label = _LABEL.match(folded)
    return label.end() if label and label[1] in words()["sources"] else 0


def _source(text: str, folded: str, dates: Sequence[tuple[int, int]]) -> Statement | None:
    """The credit of a database: ``Quelle: Hafenzeitung vom 12.03.2024, Nr. 61, S. 4``.

    Without the number of a page or an issue it may be the source of a picture or of figures.
    """
    begin = _behind_label(folded) if dates else 0
    if not begin:
        return None
    numbered = [m.span() for m in _NUMBERED.finditer(folded, begin) if m[1] in words()["pages"]]
    found = _named(text, begin, sorted([*dates, *numbered]), Statement(0, 0, by=True)) if numbered else None
    return found._replace(dated=True) if found else None


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = shipped.table("describe", "published.json")
    return table
