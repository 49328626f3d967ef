"""The author of a document: a byline, or the desk that signs in place of one.

Bylines stand near the headline or behind the last sentence, on lines of their own. The line must be a byline as a
whole: ``By the numbers`` and ``By Tuesday evening`` begin like one, and picture credits (``Photo by …``) look like
one. Initials such as ``(kas)`` sign many German articles; they name nobody to a reader outside the newsroom, so they
give no author.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from provcheck.describe.bylines import AND, EDGES, LONGEST, NAMES, REST, is_stamp, openings, prefix, tables, trimmed
from provcheck.describe.gazetteer import is_place
from provcheck.describe.given_names import begins_with_one
from provcheck.describe.outlets import gazetteer
from provcheck.describe.outlets.lines import is_continued
from provcheck.describe.shapes import BULLETS
from provcheck.model import Candidate, Described
from provcheck.patterns import late
from provcheck.text import quote
from provcheck.writing import DOUBLED, QUOTES, STOPS, is_small

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provcheck.model import Document, Layout

PROSE = 120
"""Shortest line, in characters, that is taken for the article's text."""

NEAR = 12
"""How many written lines before the article's text a byline may stand to be near it."""

LONE = 60
"""Longest line, in characters, that can be nothing but a name and a role."""

CLOSE = 3
"""How many written lines may lie between a name below the date and the article's text."""

UNKNOWN = 0.15
"""How much less sure a byline is whose name begins with no given name that is known: a desk, a company, a heading."""

MOST = 10
"""Written lines above the article of a text that has no page around it."""

DEEP = 400
"""How many written lines from the top are searched."""

# Chinese, Japanese and Korean bylines: the word for reporter before or after two to four characters.
_CJK = late(
    r"(?:^|[\s（(【\[／/|])(?:"
    r"(?P<zh>(?:記者|记者|文[/／:：]|撰文[/／:：]?|作者[:：]?|本報記者|本报记者)\s*(?P<n1>[\u4e00-\u9fff·]{2,4}))(?=[\s/／|)）】\]、，]|$)"
    r"|(?P<n2>[\uac00-\ud7af]{2,4})\s?(?:기자|특파원)(?=[\s)|\]=,]|$)"
    r"|(?P<n3>[\u4e00-\u9fff々]{1,4}[ 　]?[\u4e00-\u9fff々]{1,4})\s?(?:記者)(?=[\s)）】\]]|$))"
)

_HEAD = late(r"[\s•·*_>|–—-]*")
# The same, and a word of bylines that a converter glued to the name: "ByJane Example".
_LONE_HEAD = late(r"[\s•·*_>|–—-]*(?:(?:By|Von|Par|Por)(?=[A-ZÀ-ÖØ-Þ]))?")

_ENDS = (*STOPS, *QUOTES, "…", DOUBLED)
# what parts a name from the place beside it
_PARTED = late(r"\s?[|/]\s|,\s")

_CJK_CUES = ("記者", "记者", "作者", "撰文", "文/", "文／", "文:", "文：", "기자", "특파원")
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
    signed = _signed(texts, long) if len(written) < DEEP else frozenset()
    for order in sorted({*_promising(document, long, texts), *signed}):
        number = written[order]
        raw = lines.texts[number]
        # A wrapped sentence can go on with "von Jane Example"; a byline after a subtitle begins with a capital.
        if len(raw) > LONGEST or (number and is_small(raw[:1]) and is_continued(lines.texts[number - 1], raw)):
            continue
        prose = _prose_follows(order, long)
        near = order < NEAR or prose or 0 <= order - last <= 3
        yield from _line(document, lines.starts[number], raw, near=near, top=order < 4)
        above = _small(texts[order - 1]).strip(" :*_") if order else ""
        if above in tables()["before"] or above in tables()["labels"]:
            yield from _lone(document, lines.starts[number], raw, ("author.byline", 0.85 if near else 0.55))
        elif near and order + 1 < len(texts) and _small(texts[order + 1]).strip(EDGES) in tables()["roles"]:
            yield from _lone(document, lines.starts[number], raw, ("author.above-role", 0.8))
        elif prose and (rule := _beside_date(texts, order, long)):
            lone = _lone(document, lines.starts[number], raw, (rule, 0.77))
            yield from (name for name in lone if begins_with_one(name.value))
        elif order in signed:
            beside = (texts[order - 1], *(texts[each] for each in long[:2]))
            # Whom the headline or the lead names is the subject.
            yield from (
                name
                for name in _signature(document, lines.starts[number], raw)
                if not any(name.value.casefold() in text.casefold() for text in beside)
            )


def _signed(texts: list[str], long: list[int]) -> frozenset[int]:
    """The places of lines that can be nothing but a name, of a text that has no page around it.

    It stands below the headline, near the article, or at its end. The first line is none: a headline may be the name of
    whom the text is about.
    """
    if not long or long[0] > MOST:
        return frozenset()
    last = [len(texts) - 1] if len(texts) > 1 and len(texts[-2]) >= LONE and texts[-2].endswith(_ENDS) else []
    near = (order for order in range(1, long[0]) if order == 1 or long[0] - order <= CLOSE)
    return frozenset([order for order in (*near, *last) if len(texts[order]) <= LONE and " " in texts[order]])


def _signature(document: Document, start: int, raw: str) -> Iterator[Candidate]:
    """A name alone on its line, perhaps with a place: two or three words in capitals that begin with a given name."""
    name, *rest = _PARTED.split(raw.strip(), maxsplit=1)
    split = name.split()
    if not 2 <= len(split) <= 3 or (rest and not is_place(rest[0])):
        return
    if not all(word[0].isupper() and word[-1].isalpha() for word in split):
        return
    if begins_with_one(name) and not is_place(name) and gazetteer.load().named(name) is None:
        yield from _lone(document, start + raw.index(name), name, ("author.signature", 0.75))


def _small(text: str) -> str:
    """The line in small letters; nothing where it is too long for a byline."""
    return text.lower() if len(text) <= LONGEST else ""


def _prose_follows(order: int, long: list[int]) -> bool:
    """Whether one of the next lines is the article's text; `long` are the places of such lines."""
    at = bisect_right(long, order)
    return at < len(long) and long[at] <= order + NEAR


def _beside_date(texts: Sequence[str], order: int, long: list[int]) -> str | None:
    """The rule by which a line is looked at that stands above the date of the article, or between it and the text.

    An entry of a list is none: lists name the authors of other stories.
    """
    if not order or texts[order][:1] in BULLETS:
        return None
    if order + 1 < len(texts) and is_stamp(texts[order + 1]):
        return "author.above-date"
    text = bisect_right(long, order)
    close = text < len(long) and long[text] <= order + CLOSE
    return "author.below-date" if close and is_stamp(texts[order - 1]) else None


def _promising(document: Document, long: list[int], texts: list[str]) -> list[int]:
    """The places of the few lines worth a close look, in order.

    They begin with a word of bylines or follow one, are a desk's name, hold a word for reporter where words are not
    parted, or stand above a role, or beside a date before the article. Most lines are passed over with a look at three
    letters. `texts` are the lines without the white space around them.
    """
    begins, desks, roles = openings(), tables()["desks"], tables()["roles"]
    bare = [text.lstrip(EDGES) if len(text) <= LONGEST else "" for text in texts]
    chosen: set[int] = set()
    for order in [order for order, text in enumerate(bare) if text[:3].lower() in begins]:
        text = bare[order].lower()
        if any(text.startswith(each) and not text[len(each) :][:1].isalpha() for each in begins.get(text[:3], ())):
            chosen.update((order, order + 1))
        elif len(text) <= LONE and text.rstrip(EDGES) in desks:
            chosen.add(order)
        if order and len(text) <= LONE and text.rstrip(EDGES) in roles:
            chosen.add(order - 1)
    for end, begin in zip(long, [-1, *long], strict=False):
        for order in range(max(begin + 1, end - NEAR), end):
            if is_stamp(texts[order]):
                chosen.update((order - 1, order + 1))
    if any(mark in document.text for mark in _CJK_MARKS):
        cues = [cue for cue in _CJK_CUES if cue in document.text]
        chosen.update([n for n, text in enumerate(texts) if any(cue in text for cue in cues)])
    return sorted([order for order in chosen if 0 <= order < len(texts)])


def _lone(document: Document, start: int, raw: str, why: tuple[str, float]) -> Iterator[Candidate]:
    """A line that is nothing but a name, perhaps with a role, below ``By`` or above the date of the article."""
    begin = _LONE_HEAD.match(raw).end()  # type: ignore[union-attr]  # the pattern matches the empty string
    body = raw[begin:].rstrip(" *_|:,")
    found = NAMES.match(body)
    if not found or len(body) > LONE or not tables()["never"].isdisjoint(re.findall(r"\w+", body.lower())):
        return
    names = trimmed(found["names"])
    parts = re.findall(r"[\w'’.-]+", names.lower())
    rest = re.findall(r"\w+", body[found.end() :].lower())
    if len(parts) > 1 and tables()["not_names"].isdisjoint(parts) and tables()["ends"].issuperset(rest):
        yield _candidate(document, names, why, start + begin, start + begin + len(names))


def _line(document: Document, start: int, text: str, *, near: bool, top: bool) -> Iterator[Candidate]:
    begin = _HEAD.match(text).end()  # type: ignore[union-attr]  # the pattern matches the empty string
    body = text[begin:].rstrip(" *_|:")
    low = body.lower()
    colon = text.rstrip().endswith(":")
    head, rest = prefix(low)
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


def _byline(document: Document, start: int, body: str, rest: int, *, near: bool) -> Iterator[Candidate]:
    table, tail = tables(), body[rest:]
    low = tail.lower()
    if low in table["desks"]:
        yield _candidate(document, tail, ("author.desk", 0.9 if near else 0.6), start + rest, start + len(body))
        return
    if not table["never"].isdisjoint(re.findall(r"\w+", low)):
        return
    found = NAMES.match(tail)
    if not found or not REST.match(tail, found.end()):
        return
    names = trimmed(found["names"])
    parts = re.findall(r"[\w'’.-]+", names.lower())
    if not parts or any(p.strip(".") in table["not_names"] for p in parts) or len(names) > 80:
        return
    sure = 0.88 if near else 0.6
    if not any(begins_with_one(name) for name in re.split(AND, names)):
        sure -= UNKNOWN
    confidence = sure - (0.1 if len(tail) - found.end() > 45 else 0.0)
    yield _candidate(document, names, ("author.byline", confidence), start + rest, start + rest + len(names))


def _candidate(document: Document, name: str, why: tuple[str, float], start: int, end: int) -> Candidate:
    rule, confidence = why
    return Candidate(name.strip(), rule, round(confidence, 3), start, end, quote(document.text, start, end))
