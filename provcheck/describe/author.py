"""The author of a document: a byline, or the desk that signs in place of one.

Bylines stand near the headline or behind the last sentence, on lines of their own. The line must be a byline as a
whole: ``By the numbers`` and ``By Tuesday evening`` begin like one, and picture credits (``Photo by …``) look like
one. Initials such as ``(kas)`` sign many German articles; they name nobody to a reader outside the newsroom, so they
give no author.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from provcheck.describe import run_on, set_off
from provcheck.describe.alone import (
    FAR,
    LONE,
    NEAR,
    beside_date,
    candidate,
    caseless,
    is_early,
    is_in_mail,
    is_mail,
    is_no_name,
    lone,
    prose_follows,
    signature,
    signed,
)
from provcheck.describe.bylines import AND, EDGES, LONGEST, NAMES, REST, is_stamp, openings, prefix, tables, trimmed
from provcheck.describe.gazetteer import is_place
from provcheck.describe.given_names import begins_with_one
from provcheck.describe.outlets import gazetteer
from provcheck.describe.outlets.lines import is_continued
from provcheck.describe.shapes import BULLETS
from provcheck.model import Candidate, Described
from provcheck.patterns import late
from provcheck.writing import has_case, is_small

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from provcheck.model import Document, Layout

PROSE = 120
"""Shortest line, in characters, that is taken for the article's text."""

UNKNOWN = 0.15
"""How much less sure a byline is whose name begins with no given name that is known: a desk, a company, a heading."""

DEEP = 400
"""How many written lines from the top are searched."""

_HEAD = late(r"[\s•·*_>|–—-]*")
# a word of bylines that a converter or a theme glued to the name: "byJane Example"
_GLUED = late(
    r"(?i:(?:(?:authored|written|reported) )?by(?=[\u0590-\u10ff\u1780-\u17ff]))|"
    r"(?:[Bb]y|BY|Von|Par|Por)(?=[A-ZÀ-ÖØ-Þ][a-zß-ÿ])"
)
_GLUED_FIRST = ("b", "B", "V", "P", "A", "a", "W", "w", "R", "r")


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
    lonely = signed(texts, long) if len(written) < DEEP else frozenset()
    for order in sorted({*_promising(document, long, texts), *lonely}):
        number = written[order]
        raw = lines.texts[number]
        # A wrapped sentence can go on with "von Jane Example"; a byline after a subtitle begins with a capital.
        wrapped = number and is_small(raw[:1]) and not _GLUED.match(raw)
        if len(raw) > LONGEST or (wrapped and is_continued(lines.texts[number - 1], raw)):
            continue
        prose = prose_follows(order, long)
        near = order < NEAR or prose or 0 <= order - last <= 3
        yield from _line(document, lines.starts[number], raw, near=near, top=order < 4, early=is_early(order, long))
        yield from _alone(document, (lines.starts[number], raw), texts, order, long, may_sign=order in lonely)
        if order and prose and is_early(order, long):
            yield from set_off.names(document, lines.starts[number], raw, [texts[each] for each in long[:2]])


def _alone(  # a line, its place among the others, and what they are
    document: Document, line: tuple[int, str], texts: Sequence[str], order: int, long: Sequence[int], *, may_sign: bool
) -> Iterator[Candidate]:
    """The name that a line is, by what stands beside it."""
    prose, last = prose_follows(order, long), long[-1] if long else -1
    near = order < NEAR or prose or 0 <= order - last <= 3
    above = _small(texts[order - 1]).strip(" :*_") if order else ""
    below = texts[order + 1] if near and order + 1 < len(texts) else ""
    if above in tables()["before"] or above in tables()["labels"]:
        yield from lone(document, *line, ("author.byline", 0.85 if near else 0.55))
    elif _small(below).strip(EDGES) in tables()["roles"]:
        yield from lone(document, *line, ("author.above-role", 0.8))
    elif is_mail(below):
        for name in lone(document, *line, ("author.above-mail", 0.8)):
            if not _is_outlet(name.value) and (begins_with_one(name.value) or is_in_mail(name.value, below)):
                yield name
    elif prose and (rule := beside_date(texts, order, long)):
        known = list(_known(lone(document, *line, (rule, 0.77))))
        section = order > 1 and texts[order - 1] in tables()["sections"]
        around = (texts[order - 2 if section else order - 1], *(texts[each] for each in long[:3]))
        stamp = texts[order + 1] if rule == "author.above-date" else texts[order - 1]
        plain = len(stamp) <= LONE and stamp[:1] not in BULLETS
        unknown = plain and not known and is_early(order, long) and prose_follows(order, long, FAR)
        yield from known or (caseless(document, *line, around) if unknown else ())
    elif may_sign:
        beside = (texts[order - 1], *(texts[each] for each in long[:2]))
        # Whom the headline or the lead names is the subject.
        yield from (
            name
            for name in signature(document, *line)
            if not any(name.value.casefold() in text.casefold() for text in beside)
        )


def _known(names: Iterable[Candidate]) -> Iterator[Candidate]:
    """Those that begin with a given name, and are no outlet's."""
    return (name for name in names if begins_with_one(name.value) and not _is_outlet(name.value))


def _is_outlet(name: str) -> bool:
    """Whether a name is that of an outlet and of nobody else; an agency signs in place of a person."""
    entry = gazetteer.load().named(name)
    if entry is None or any(outlet.cited for outlet in entry.outlets):
        return False
    return not entry.weak or not begins_with_one(name)


def _small(text: str) -> str:
    """The line in small letters; nothing where it is too long for a byline."""
    return text.lower() if len(text) <= LONGEST else ""


def _promising(document: Document, long: list[int], texts: list[str]) -> list[int]:
    """The places of the few lines worth a close look, in order.

    They begin with a word of bylines or follow one, are a desk's name, hold a word for reporter where words are not
    parted, or stand above a role, or beside a date before the article. Most lines are passed over with a look at three
    letters. `texts` are the lines without the white space around them.
    """
    begins, roles = openings(), tables()["roles"]
    bare = [text.lstrip(EDGES) if len(text) <= LONGEST else "" for text in texts]
    chosen = {order for order, text in enumerate(bare) if text[:1] in _GLUED_FIRST and _GLUED.match(text)}
    for order in [order for order, text in enumerate(bare) if text[:3].lower() in begins]:
        text = bare[order].lower()
        if any(text.startswith(each) and not text[len(each) :][:1].isalpha() for each in begins.get(text[:3], ())):
            chosen.update((order, order + 1))
        elif len(text) <= LONE and _desk(text):
            chosen.add(order)
        if order and len(text) <= LONE and text.rstrip(EDGES) in roles:
            chosen.add(order - 1)
    for end, begin in zip(long, [-1, *long], strict=False):
        for order in range(max(begin + 1, end - NEAR), end):
            if is_stamp(texts[order]):
                chosen.update((order - 1, order, order + 1))
    if "@" in document.text:
        chosen.update([order - 1 for order, text in enumerate(texts) if "@" in text and is_mail(text)])
    chosen.update(run_on.promising(document.text, texts), set_off.promising(document.text, texts, long))
    return sorted([order for order in chosen if 0 <= order < len(texts)])


def _line(document: Document, start: int, text: str, *, near: bool, top: bool, early: bool) -> Iterator[Candidate]:
    begin = _HEAD.match(text).end()  # type: ignore[union-attr]  # the pattern matches the empty string
    body = text[begin:].rstrip(" *_|:")
    low = body.lower()
    colon = text.rstrip().endswith(":")
    head, rest = prefix(low)
    if head:
        byline = _byline(document, start + begin, body, rest, near=near)
        yield from _known(byline) if head in tables()["unsure"] else byline
    elif early and (glued := _GLUED.match(body)) and _is_glued_to_name(body, glued.end()):
        yield from _byline(document, start + begin, body, glued.end(), near=near)
    if (desk := _desk(low)) and (top or colon) and near:
        why = "author.desk", 0.9 if colon else 0.75
        yield candidate(document, body[: len(desk)], why, start + begin, start + begin + len(desk))
    elif not text.isascii():
        for left, right in run_on.names(text):
            why = "author.byline", 0.85 if near else 0.6
            yield candidate(document, text[left:right], why, start + left, start + right)


def _is_glued_to_name(body: str, end: int) -> bool:
    """Whether a name follows the word that was glued to it; where the script changes there, anything is one."""
    return not has_case(body[end]) or begins_with_one(body[end:])


def _desk(text: str) -> str:
    """The desk that a line names, perhaps with its place, as the line writes it; nothing if it names none."""
    bare = text.rstrip(EDGES)
    head, mark, place = bare.partition(",")
    known = tables()["desks"]
    return bare if bare in known else head if head in known and mark and is_place(place.strip()) else ""


def _byline(document: Document, start: int, body: str, rest: int, *, near: bool) -> Iterator[Candidate]:
    table, tail = tables(), body[rest:]
    low = tail.lower()
    if low in table["desks"]:
        yield candidate(document, tail, ("author.desk", 0.9 if near else 0.6), start + rest, start + len(body))
        return
    if not table["never"].isdisjoint(re.findall(r"\w+", low)):
        return
    found = NAMES.match(tail)
    if not found or not REST.match(tail, found.end()):
        return
    names = trimmed(found["names"])
    parts = re.findall(r"[\w'’.-]+", names)
    if not parts or is_no_name(parts) or len(names) > 80 or _is_outlet(names):
        return
    sure = 0.88 if near else 0.6
    if not any(begins_with_one(name) for name in re.split(AND, names)):
        sure -= UNKNOWN
    confidence = sure - (0.1 if len(tail) - found.end() > 45 else 0.0)
    yield candidate(document, names, ("author.byline", confidence), start + rest, start + rest + len(names))
