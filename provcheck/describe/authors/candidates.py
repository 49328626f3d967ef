"""Which names in a document may be its author's: bylines, desks, and names that are all of their line.

A byline is told by the word that it begins with, wherever it stands. A name alone on its line is one of many that a
page holds; so it is taken only near the article, or where a word of bylines, a role or a mail address stands beside it.
Which of them signs is for `provcheck.describe.authors.signs` to tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provcheck.describe.authors import alone, run_on, set_off
from provcheck.describe.authors.bylines import (
    AND,
    EDGES,
    LONGEST,
    NAMES,
    REST,
    is_role,
    openings,
    prefix,
    tables,
    trimmed,
)
from provcheck.describe.authors.given_names import begins_with_one
from provcheck.describe.authors.written import Name
from provcheck.describe.gazetteer import is_place
from provcheck.describe.outlets import gazetteer
from provcheck.describe.outlets.lines import is_continued
from provcheck.describe.stamps import is_stamp
from provcheck.patterns import late
from provcheck.writing import has_case, is_small

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provcheck.describe.authors.written import Written

TOP = 4
"""Lines from the top of which one may be a desk that signs without a colon."""

_BARE = ("author.alone", "author.set-off", "author.signature")
"""Rules of names beside which nothing stands."""

_UNTOLD = (*_BARE, "author.above-date", "author.below-date", "author.above-role")
"""Rules of names that no word on their line tells."""

MOST = 80
"""Characters of the names of a byline, at most."""

_HEAD = late(r"[\s•·*_>|–—-]*")
# a word of bylines that a converter or a theme glued to the name: "byJane Example"
_GLUED = late(
    r"(?i:(?:(?:authored|written|reported) )?by(?=[\u0590-\u10ff\u1780-\u17ff]))|"
    r"(?:[Bb]y|BY|Von|Par|Por)(?=[A-ZÀ-ÖØ-Þ][a-zß-ÿ])"
)
_GLUED_FIRST = ("b", "B", "V", "P", "A", "a", "W", "w", "R", "r")
_DASHES = ("—", "–", "-")
"""What stands before the name and the day of whom a post is quoted."""

# what parts a name from the date on its line
_PARTED = late(
    r"\s*[|•·/]\s*|\s+[–—-]\s+|,\s+"
    # a time, with its half of the day and its zone
    r"|\d{1,2}[:.]\d{2}(?:\s?(?:Uhr|h))?(?:\s?[AaPp]\.?[Mm]\b\.?)?(?:\s\(?(?:[A-Z]{1,4}T|UTC|WIB|WITA)\b\)?)?(?:\s+|$)"
)


def names(written: Written) -> list[Name]:
    """The names that may be the author's, in the order of the text."""
    found: dict[tuple[int, int], Name] = {}
    promising, around = frozenset(_promising(written)), frozenset(written.around)
    for order in sorted(promising | around):
        raw = written.raw(order)[1]
        # A wrapped sentence can go on with "von Jane Example"; a byline after a subtitle begins with a capital.
        wrapped = is_small(raw[:1]) and not _GLUED.match(raw)
        if len(raw) > LONGEST or (wrapped and is_continued(_above(written, order), raw)):
            continue
        told = list(_told(written, order)) if order in promising else []
        for name in told or _alone(written, order, near=order in around):
            found.setdefault((name.start, name.end), name)
    return list(_joined(found.values()))


def _joined(names: Iterable[Name]) -> Iterator[Name]:
    """The names, those of several authors on lines of their own as one."""
    held: Name | None = None
    for name in names:
        if held and name.order == held.order + held.more + 1 and _are_people(held, name):
            held = held._replace(value=f"{held.value}, {name.value}", end=name.end, more=held.more + 1)
            continue
        if held:
            yield held
        held = name
    if held:
        yield held


def _are_people(above: Name, below: Name) -> bool:
    """Whether two names that stand one above the other are those of people, and the lower has no word of its own."""
    return below.rule in _UNTOLD and begins_with_one(above.value) and begins_with_one(below.value)


def _above(written: Written, order: int) -> str:
    """The line above, blank or not."""
    number = written.numbers[order]
    return written.document.lines.texts[number - 1] if number else ""


def _told(written: Written, order: int) -> Iterator[Name]:
    """The names that a word of the line itself tells, or the desk that it is."""
    start, raw = written.raw(order)
    begin = _HEAD.match(raw).end()  # type: ignore[union-attr]  # the pattern matches the empty string
    bylines = list(_bylines(start + begin, raw[begin:].rstrip(" *_|:"), order, early=written.is_early(order)))
    if bylines:
        yield from bylines
    elif desk := _desk_of(written, order, raw[begin:]):
        yield Name(raw[begin : begin + len(desk)], "author.desk", start + begin, start + begin + len(desk), order)
    elif not raw.isascii():
        for left, right in run_on.names(raw):
            yield Name(raw[left:right], "author.reporter", start + left, start + right, order)


def _alone(written: Written, order: int, *, near: bool) -> Iterator[Name]:
    """The name that is all of its line, or stands beside its date."""
    start, raw = written.raw(order)
    found, rule = alone.lone(raw), ""
    if not found and near and (found := set_off.name(raw)):
        rule = "author.set-off"
    elif not found and near and raw.lstrip()[:1] not in _DASHES and is_stamp(raw):
        found = _behind_date(raw)
    if found and (rule := rule or _beside(written, order, near=near)):
        value, begin = found
        name = Name(value, rule, start + begin, start + begin + len(value), order)
        if rule not in _BARE or not _is_subject(written, name):
            yield name


def _is_subject(written: Written, name: Name) -> bool:
    """Whether the article names whom a line names, or the headline does: they are what the text is about."""
    low = name.value.casefold()
    beside = (written.text(name.order - 1), written.text(name.order + 1), written.text(written.title))
    return name.value in written.prose or any(low in text.casefold() for text in beside)


def _desk_of(written: Written, order: int, body: str) -> str:
    """The desk that a line near the article names, at the top of the page or before a colon."""
    if not written.is_near(order):
        return ""
    colon = body.rstrip().endswith(":")
    return _desk(body.lower()) if colon or order + written.skipped < TOP else ""


def _beside(written: Written, order: int, *, near: bool) -> str:
    """The rule for a name that is all of its line: what stands beside it. None where that says nothing."""
    above, below = _small(written.text(order - 1)).strip(" :*_"), written.text(order + 1)
    if above in tables()["before"] or above in tables()["labels"]:
        return "author.byline"
    if written.is_near(order) and _small(below).strip(EDGES) in tables()["roles"]:
        return "author.above-role"
    if written.is_near(order) and alone.is_mail(below):
        return "author.above-mail"
    return _beside_date(written, order) if near else ""


def _beside_date(written: Written, order: int) -> str:
    """The same for a line near the article; the first line of all is its headline, or the page's."""
    if is_stamp(written.text(order + 1)):
        return "author.above-date"
    if is_stamp(written.text(order - 1)):
        return "author.below-date"
    if is_stamp(written.text(order)):
        return "" if written.text(order)[0] in _DASHES else "author.with-date"
    if order + written.skipped == 0:
        return ""
    return "author.signature" if order > written.last else "author.alone"


def _small(text: str) -> str:
    """The line in small letters; nothing where it is too long for a byline."""
    return text.lower() if len(text) <= LONGEST else ""


def _promising(written: Written) -> list[int]:
    """The places of the few lines, near the article or not, that are worth a close look.

    They begin with a word of bylines or follow one, are a desk's name, hold a word for reporter where words are not
    parted, or stand above a role or a mail address. Most lines are passed over with a look at three letters.
    """
    begins, roles, texts = openings(), tables()["roles"], written.texts
    bare = [text.lstrip(EDGES) if len(text) <= LONGEST else "" for text in texts]
    chosen = {order for order, text in enumerate(bare) if text[:1] in _GLUED_FIRST and _GLUED.match(text)}
    for order in [order for order, text in enumerate(bare) if text[:3].lower() in begins]:
        text = bare[order].lower()
        if any(text.startswith(each) and not text[len(each) :][:1].isalpha() for each in begins.get(text[:3], ())):
            chosen.update((order, order + 1))
        elif len(text) <= alone.LONE and _desk(text):
            chosen.add(order)
        if order and len(text) <= alone.LONE and text.rstrip(EDGES) in roles:
            chosen.add(order - 1)
    if "@" in written.document.text:
        chosen.update([order - 1 for order, text in enumerate(texts) if "@" in text and alone.is_mail(text)])
    chosen.update(run_on.promising(written.document.text, texts))
    return [order for order in chosen if 0 <= order < len(texts)]


def _bylines(start: int, body: str, order: int, *, early: bool) -> Iterator[Name]:
    """The names behind the words of bylines that a line begins with."""
    head, rest = prefix(body.lower())
    if head:
        found = _byline(start, body, rest, order)
        yield from (name for name in found if head not in tables()["unsure"] or begins_with_one(name.value))
    elif early and (glued := _GLUED.match(body)) and _is_glued_to_name(body, glued.end()):
        yield from _byline(start, body, glued.end(), order)


def _is_glued_to_name(body: str, end: int) -> bool:
    """Whether a name follows the word that was glued to it; where the script changes there, anything is one."""
    return not has_case(body[end]) or begins_with_one(body[end:])


def _behind_date(raw: str) -> tuple[str, int] | None:
    """The name behind the date of its line, and where it begins: ``27 January 2026 • By Jane Example • 3 minutes``."""
    for end in (0, *(found.end() for found in _PARTED.finditer(raw))):
        begin = _HEAD.match(raw, end).end()  # type: ignore[union-attr]  # the pattern matches the empty string
        begin += prefix(raw[begin:].strip().lower())[1]
        if found := alone.lone(raw[begin:]):
            return found[0], begin + found[1]
    return None


def _desk(text: str) -> str:
    """The desk that a line names, perhaps with its place, as the line writes it; nothing if it names none."""
    bare = text.rstrip(EDGES)
    head, mark, place = bare.partition(",")
    known = tables()["desks"]
    return bare if bare in known else head if head in known and mark and is_place(place.strip()) else ""


def _byline(start: int, body: str, rest: int, order: int) -> Iterator[Name]:
    table, tail = tables(), body[rest:]
    low = tail.lower()
    if low in table["desks"]:
        yield Name(tail, "author.desk", start + rest, start + len(body), order)
        return
    if not table["never"].isdisjoint(alone.WORDS.findall(low)):
        return
    found = NAMES.match(tail)
    if not found:
        return
    said, behind = found["names"], tail[found.end() :]
    ended = REST.match(tail, found.end()) or alone.may_stand_beside(behind) or is_role(said.rsplit(maxsplit=1)[-1])
    if not ended and "," not in said:
        return
    # What stands behind the last comma runs on as no name does: a role such as "Senior Court Analyst of the paper".
    value = trimmed(said if ended else said.rpartition(",")[0])
    parts = re.findall(r"[\w'’.-]+", value)
    if parts and len(value) <= MOST and not alone.is_no_name(parts) and not is_outlet(value):
        yield Name(value, "author.byline", start + rest, start + rest + len(value), order)


def is_outlet(name: str) -> bool:
    """Whether a name is that of an outlet and of nobody else; an agency signs in place of a person."""
    entry = gazetteer.load().named(name)
    if entry is None or any(outlet.cited for outlet in entry.outlets):
        return False
    return not entry.weak or not begins_with_one(name)


def people(names: str) -> list[str]:
    """The names of a byline, one by one."""
    return [one for one in re.split(AND, names) if one]
