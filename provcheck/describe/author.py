"""The author of a document: a byline, or the desk that signs in place of one.

Bylines stand near the headline or behind the last sentence, on lines of their own. The line must be a byline as a
whole: ``By the numbers`` and ``By Tuesday evening`` begin like one, and picture credits (``Photo by …``) look like
one. Initials such as ``(kas)`` sign many German articles; they name nobody to a reader outside the newsroom, so they
give no author.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from provcheck import shipped
from provcheck.describe.outlets.lines import is_continued
from provcheck.model import Candidate, Described
from provcheck.patterns import late
from provcheck.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provcheck.model import Document, Layout
    from provcheck.text import Lines

LONGEST = 100
"""Longest line, in characters, that can be a byline."""

PROSE = 120
"""Shortest line, in characters, that is taken for the article's text."""

NEAR = 12
"""How many written lines before the article's text a byline may stand to be near it."""

LONE = 60
"""Longest line, in characters, that can be nothing but a name and a role."""

HEADLINE = 20
"""Shortest headline or subtitle, in characters, that may stand above a name without ``By``."""

DEEP = 400
"""How many written lines from the top are searched."""

# One word of a name: a capital or a letter without case, then letters, apostrophes, dots of initials, hyphens.
_WORD = r"(?:[^\W\d_a-zß-öø-ÿа-яα-ω][\w.'’-]*)"
_SMALL = r"(?:van|von|der|den|de|del|della|di|da|dos|das|do|la|le|el|al|bin|bint|ibn|ben|af|av|zu|zur|ter|ten|y|e)"
_NAME = rf"{_WORD}(?:\s(?:{_SMALL}\s){{0,3}}{_WORD}){{1,3}}"
# Names in a row: "A B, C D and E F".
_AND = r"(?:\s*,\s*|\s+(?:and|und|et|y|e|ed|en|og|och|i|и|ve|dan|ja|a)\s+|\s*(?:&|/|;)\s*)"
_NAMES = late(rf"(?P<names>{_NAME}(?:{_AND}{_NAME}){{0,5}})")
# What may follow the names: a place, a date, a clock, an outlet, after a separator.
_REST = late(
    r"\s*(?:$|[,|•·–—/(@\-:*]|\b(?:in|for|für|pour|para|aus|am|on|le|el|updated|published|Published|Updated)\b|\d)"
)

# Chinese, Japanese and Korean bylines: the word for reporter before or after two to four characters.
_CJK = late(
    r"(?:^|[\s（(【\[／/|])(?:"
    r"(?P<zh>(?:記者|记者|文[/／:：]|撰文[/／:：]?|作者[:：]?|本報記者|本报记者)\s*(?P<n1>[\u4e00-\u9fff·]{2,4}))(?=[\s/／|)）】\]、，]|$)"
    r"|(?P<n2>[\uac00-\ud7af]{2,4})\s?(?:기자|특파원)(?=[\s)|\]=,]|$)"
    r"|(?P<n3>[\u4e00-\u9fff々]{1,4}[ 　]?[\u4e00-\u9fff々]{1,4})\s?(?:記者)(?=[\s)）】\]]|$))"
)

# "MusterKorrespondent": a word that a converter glued to the end of a name.
_GLUED = late(r"(?<=[a-zß-ÿ])[A-Z][a-z]+$")

# The date of an article as pages print it below the author: a day with its year, a clock, or a word for published.
_DIGIT = late(r"\d")
_STAMP = late(r"\d{1,2}[:.hH]\d{2}\b|\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d{2}\b")
_STAMPED = late(
    r"\W*(?:published|updated|posted|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato"
    r"|publiziert|veröffentlicht|aktualisiert|publicerad|uppdaterad|publisert|oppdatert|offentliggjort|opdateret"
    r"|julkaistu|opublikowano|publikováno|gepubliceerd|опубликовано|опубліковано)\b",
    re.IGNORECASE,
)

_HEAD = late(r"[\s•·*_>|–—-]*")

_EDGES = " \t\xa0\u3000•·*_>|–—-:"
"""What may stand around a byline: white space, list marks, emphasis."""

_CJK_CUES = ("記者", "记者", "作者", "撰文", "文/", "文／", "文:", "文：", "기자", "특파원")
_AFTER = " \t\xa0\u3000:："
"""What may stand between a word that begins a byline and the name."""

_CJK_MARKS = "者文기특"
"""What `_CJK` looks for, and letters of which each of these holds one: most texts hold none."""


def describe(document: Document, layout: Layout, language: str | None) -> Described:  # noqa: ARG001  # all describers take these
    """The best candidate for the author, with its evidence.

    >>> from provcheck.model import Document, Layout
    >>> page = Document.of("A headline\\n\\nBy Jane Example\\n\\nThe council met.")
    >>> describe(page, Layout.of((), page.lines), "en").value
    'Jane Example'
    """
    found = {c.value: c for c in sorted(_candidates(document), key=lambda c: (c.confidence, -c.start))}
    ranked = sorted(found.values(), key=lambda c: (-c.confidence, c.start))
    return Described(ranked[0], ranked[1] if len(ranked) > 1 else None) if ranked else Described()


def _candidates(document: Document) -> Iterator[Candidate]:
    declared = document.declared.get("author", "").strip()
    if declared and "@" not in declared and "//" not in declared:
        yield Candidate(declared, "author.declared", 0.95, *document.declared_spans.get("author", (-1, -1)), declared)
    lines = document.lines
    begin = bisect_left(lines.filled, bisect_left(lines.starts, document.header_end))
    written = lines.filled[begin : begin + DEEP]
    long = [order for order, number in enumerate(written) if len(lines.texts[number]) >= PROSE]
    last = long[-1] if long else -1
    texts = [lines.stripped[number] for number in written]
    for order in _promising(document, written, long, texts):
        number = written[order]
        raw = lines.texts[number]
        # A wrapped sentence can go on with "von Jane Example"; a byline after a subtitle begins with a capital.
        if len(raw) > LONGEST or (number and raw[:1].islower() and is_continued(lines.texts[number - 1], raw)):
            continue
        prose = _prose_follows(order, long)
        near = order < NEAR or prose or 0 <= order - last <= 3
        yield from _line(document, lines.starts[number], raw, near=near, top=order < 4)
        above = _small(texts[order - 1]).strip(" :*_") if order else ""
        if above in tables()["before"] or above in tables()["labels"]:
            yield from _lone(document, lines.starts[number], raw, ("author.byline", 0.85 if near else 0.55))
        elif near and order + 1 < len(texts) and _small(texts[order + 1]).strip(_EDGES) in tables()["roles"]:
            yield from _lone(document, lines.starts[number], raw, ("author.above-role", 0.8))
        elif prose and _stamped(lines, written, order):
            yield from _lone(document, lines.starts[number], raw, ("author.above-date", 0.75))


def _small(text: str) -> str:
    """The line in small letters; nothing where it is too long for a byline."""
    return text.lower() if len(text) <= LONGEST else ""


def _prose_follows(order: int, long: list[int]) -> bool:
    """Whether one of the next lines is the article's text; `long` are the places of such lines."""
    at = bisect_right(long, order)
    return at < len(long) and long[at] <= order + NEAR


def _stamped(lines: Lines, written: Sequence[int], order: int) -> bool:
    """Whether the line stands between a headline or subtitle and the date of the article."""
    if not 0 < order < len(written) - 1:
        return False
    above, below = lines.stripped[written[order - 1]], lines.stripped[written[order + 1]]
    return len(above) >= HEADLINE and len(below) <= LONGEST and _is_stamp(below)


def _is_stamp(line: str) -> bool:
    """Whether a line is the date of an article as pages print it below the author."""
    return bool((_DIGIT.search(line) and _STAMP.search(line)) or _STAMPED.match(line))


def _promising(document: Document, written: Sequence[int], long: list[int], texts: list[str]) -> list[int]:
    """The places in `written` of the few lines worth a close look, in order.

    They begin with a word of bylines or follow one, are a desk's name, hold a word for reporter where words are not
    parted, or stand above a role, or above a date before the article. Most lines are passed over with a look at three
    letters. `texts` are the lines without the white space around them.
    """
    lines, openings, desks, roles = document.lines, _openings(), tables()["desks"], tables()["roles"]
    bare = [text.lstrip(_EDGES) if len(text) <= LONGEST else "" for text in texts]
    chosen: set[int] = set()
    for order in [order for order, text in enumerate(bare) if text[:3].lower() in openings]:
        text = bare[order].lower()
        if any(text.startswith(each) and not text[len(each) :][:1].isalpha() for each in openings.get(text[:3], ())):
            chosen.update((order, order + 1))
        elif len(text) <= LONE and text.rstrip(_EDGES) in desks:
            chosen.add(order)
        if order and len(text) <= LONE and text.rstrip(_EDGES) in roles:
            chosen.add(order - 1)
    for end, begin in zip(long, [-1, *long], strict=False):
        for order in range(max(begin + 1, end - NEAR), end):
            if len(bare[order]) <= LONE and _stamped(lines, written, order):
                chosen.add(order)
    if any(mark in document.text for mark in _CJK_MARKS):
        cues = [cue for cue in _CJK_CUES if cue in document.text]
        chosen.update([n for n, number in enumerate(written) if any(cue in lines.texts[number] for cue in cues)])
    return sorted([order for order in chosen if order < len(written)])


def _lone(document: Document, start: int, raw: str, why: tuple[str, float]) -> Iterator[Candidate]:
    """A line that is nothing but a name, perhaps with a role, below ``By`` or above the date of the article."""
    begin = _HEAD.match(raw).end()  # type: ignore[union-attr]  # the pattern matches the empty string
    body = raw[begin:].rstrip(" *_|:,")
    found = _NAMES.match(body)
    if not found or len(body) > LONE or not tables()["never"].isdisjoint(re.findall(r"\w+", body.lower())):
        return
    names = _trimmed(found["names"])
    parts = re.findall(r"[\w'’.-]+", names.lower())
    rest = re.findall(r"\w+", body[found.end() :].lower())
    if len(parts) > 1 and tables()["not_names"].isdisjoint(parts) and tables()["ends"].issuperset(rest):
        yield _candidate(document, names, why, start + begin, start + begin + len(names))


def _line(document: Document, start: int, text: str, *, near: bool, top: bool) -> Iterator[Candidate]:
    begin = _HEAD.match(text).end()  # type: ignore[union-attr]  # the pattern matches the empty string
    body = text[begin:].rstrip(" *_|:")
    low = body.lower()
    colon = text.rstrip().endswith(":")
    head, rest = _prefix(low)
    if head:
        yield from _byline(document, start + begin, body, rest, near=near)
    if low in tables()["desks"] and (top or colon) and near:
        yield _candidate(
            document, body, ("author.desk", 0.9 if colon else 0.75), start + begin, start + begin + len(body)
        )
    elif not text.isascii():
        for found in _CJK.finditer(text):
            group = next(g for g in ("n1", "n2", "n3") if found[g])
            why = "author.byline", 0.85 if near else 0.6
            yield _candidate(document, found[group], why, start + found.start(group), start + found.end(group))


def _prefix(low: str) -> tuple[str, int]:
    """The words of a byline that a line begins with, the longest, and where the name begins."""
    before = tables()["before"]
    for cut in range(4, 0, -1):
        parts = low.split(None, cut)
        if len(parts) <= cut:
            continue
        size = len(low) - len(parts[cut])
        head = low[:size].strip().rstrip(":：").strip()
        if head in before:
            return head, size
    head, mark, tail = low.partition(":")
    if mark and head.strip() in before:
        return head.strip(), len(low) - len(tail.lstrip())
    return "", 0


def _byline(document: Document, start: int, body: str, rest: int, *, near: bool) -> Iterator[Candidate]:
    table, tail = tables(), body[rest:]
    low = tail.lower()
    if low in table["desks"]:
        yield _candidate(document, tail, ("author.desk", 0.9 if near else 0.6), start + rest, start + len(body))
        return
    if not table["never"].isdisjoint(re.findall(r"\w+", low)):
        return
    found = _NAMES.match(tail)
    if not found or not _REST.match(tail, found.end()):
        return
    names = _trimmed(found["names"])
    parts = re.findall(r"[\w'’.-]+", names.lower())
    if not parts or any(p.strip(".") in table["not_names"] for p in parts) or len(names) > 80:
        return
    confidence = (0.88 if near else 0.6) - (0.1 if len(tail) - found.end() > 45 else 0.0)
    yield _candidate(document, names, ("author.byline", confidence), start + rest, start + rest + len(names))


def _trimmed(names: str) -> str:
    """The names without what converters glue to their end: a role, a month, the outlet behind ``for``."""
    table = tables()
    cut = re.search(r"\s(?:[Ff]or|[Ff]ür|[Pp]our|[Pp]ara)\s", names)
    names = names[: cut.start()] if cut else names
    people = names.split(",")
    # "Jane Example, Political Editor": what ends in a role is no second person.
    end = next(
        (n for n, one in enumerate(people) if n and one.split() and one.split()[-1].lower() in table["ends"]), None
    )
    kept = ",".join(people[:end]).split()
    for at, word in enumerate(kept):
        glued = _GLUED.search(word)
        if glued and glued[0].lower() in table["ends"]:
            kept = [*kept[:at], word[: glued.start()]]
            break
    while len(kept) > 1 and kept[-1].lower().strip(".,") in table["ends"]:
        kept.pop()
    return " ".join(kept).rstrip(" .,-")


def _candidate(document: Document, name: str, why: tuple[str, float], start: int, end: int) -> Candidate:
    rule, confidence = why
    return Candidate(name.strip(), rule, round(confidence, 3), start, end, quote(document.text, start, end))


@lru_cache(maxsize=1)
def tables() -> dict[str, frozenset[str]]:
    """The word tables of ``describe/data/bylines.json``."""
    table = shipped.table("describe", "bylines.json")
    return {name: frozenset(words) for name, words in table.items() if name != "about"}


@lru_cache(maxsize=1)
def _openings() -> dict[str, tuple[str, ...]]:
    """By three letters: the phrases that bylines and the lines above them begin with, none for a desk or a role."""
    alone = tables()["desks"] | tables()["roles"]
    found: dict[str, tuple[str, ...]] = {(phrase + end)[:3]: () for phrase in alone for end in ("", *_EDGES)}
    for phrase in sorted(tables()["before"] | tables()["labels"]):
        for key in {(phrase + end)[:3] for end in ("", *_AFTER)}:
            found[key] = (*found.get(key, ()), phrase)
    return found
