"""The place of a document: the dateline with which wire services and papers open a story.

"ISLAMABAD: …", "MOSCOW (AP) — …", "Berlin. …", "Москва. 6 января. …", "新华社北京1月6日电": the forms differ by country
and house, and the same shape is used for labels ("UPDATE: …") and for speakers in an interview. A place is therefore
given where two of three agree: the form (an agency or a date beside the name, capitals), the gazetteer (cities of
GeoNames under all their names, `ci/build_places.py`), and the article itself (the name stands there again, after a
preposition). Forms after the AP and Reuters handbooks of style (entry "datelines") and the practice of the German,
Spanish, Russian, Japanese, Chinese and Korean agencies. The value is what the document writes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe import body as bodies
from provcheck.describe.gazetteer import is_agency, is_label, is_place, prepositions
from provcheck.describe.shapes import BULLETS
from provcheck.model import Candidate, Described
from provcheck.patterns import late
from provcheck.text import quote
from provcheck.writing import VOWELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.describe.body import Body
    from provcheck.model import Document, Layout

_HEAD = 110
"""Characters of a line in which a dateline must end; every pattern sees only these, so none can run away."""

_LOOK, _REACH = 4, 40
"""Sentences of the article that may open with the dateline, since before it stand a lead and captions; and lines among
which they are looked for, since a list of highlights and buttons stand there as well."""

_BRIEF = 3
"""Letters of a place before a full stop: fewer are short for something else (``No. 17``)."""

LEAST = 0.7
"""No place is given with less confidence."""

WIRED = 0.85
"""Confidence in a place in capitals that no list has, before a day with its year and an agency in brackets."""

_WORD = rf"[^\W\d_][\w'’.{VOWELS}-]{{0,24}}"
_MONTH = rf"[^\W\d_][\w{VOWELS}]{{2,11}}"
_DAY = (
    r"(?:(?:le|den|el)\s)?"  # Paris, le 3 mai
    rf"(?:\d{{1,2}}\.?\s(?:de\s)?{_MONTH}\.?"  # 6 de enero, 6. Januar
    rf"|{_MONTH}\.?\s\d{{1,2}}\.?"  # January 6
    r"|\d{1,2}[./]\d{1,2}[./]\d{0,4})"  # 6.1.2026
    r"(?:,?\s(?:19|20)\d\d)?"  # and perhaps a year
)
_YEAR = late(r"(?:19|20)\d\d")
_LINE = late(
    r"[\s*_>#«\"]{0,6}"  # marks of a converter or of Markdown, and a quotation mark
    r"(?:\((?P<before>[\w./ -]{2,24})\)\s?[-–—]\s?"  # (ANSA) -
    r"|(?P<site>[\w-]{2,20}\.(?i:com|co|co\.id|id|net|ru|it|de)),?\s)?"  # a site's name first, as in Indonesia
    r"(?P<open>\()?"  # (Wien/APA) -
    rf"(?P<place>{_WORD}(?:(?:\s|\s?/\s?|\s?-\s?(?=[A-Z])){_WORD}){{0,4}}?)"  # up to five words, or two places
    r"(?:,\s(?P<region>(?!\d)[\w.]{2,20}(?:\s[\w.]{2,16}){0,2}?))?"  # a state, or the site's name after the place
    r"[*_]{0,3}"
    r"(?:"
    r"[,.]?\s*[(\[](?P<agency>[^()\[\]\d]{2,32})[)\]][*_\s]{0,4}(?P<stop>[.:]?\s?[-–—]{1,2}|[.:]|$|(?=\w))"  # (AP) —
    rf"|[,.]?\s(?P<day>{_DAY})[.,]?\s?(?P<wire>[(/][^()/\d]{{2,32}}[)/]|[\w.-]{{2,20}}(?:\s[\w.-]{{2,12}}){{0,2}})?"
    r"\s?[.]?\s?(?:[-–—:]{1,2}|[.](?=\s|$)|$|(?<=[)/])\s)"  # , Jan 6 (Reuters) -
    r"|\s?/(?P<slash>[a-z][\w.-]{1,15}|[A-Z]{2,4}(?=\)))[)/]?\s?(?:[-–—.:]|\s)"  # /APA)
    r"|(?P<colon>\s?:[*_]{0,3})(?=\s|[^\W\d_])"
    r"|(?P<dash>\s?\.?\s?(?:[-–—]{1,2}|//)[*_]{0,3})(?=\s|[«\"“„])"
    r"|(?P<period>[.।])[*_]{0,3}\s(?=\S)"
    r")"
)
_HAN = r"[\u3400-\u9fff]"
_DENSE = (
    late(  # 新华社北京1月6日电, 中央社台北6日電
        rf"[\s（(【\[]{{0,3}}(?:新华社|新華社|中新社|中新网|中通社|中央社|本报|本報)(?:记者|記者)?[^，。]{{0,12}}?"
        rf"(?P<place>{_HAN}{{2,8}}?)\d{{0,2}}月?\d{{1,2}}日?(?:电|電|讯|訊)"
    ),
    late(rf"[\s（(【\[]{{0,3}}(?P<place>{_HAN}{{2,8}}?)(?:\d{{1,2}}月)?\d{{1,2}}日?(?:电|電|讯|訊)"),  # (北京6日讯)
    late(  # 【ワシントン=…】 and 【ソウル聯合ニュース】
        r"[【\[（(](?P<place>[\u30a1-\u30ff\u3400-\u9fff]{2,12}?)"
        r"(?:\s?[=＝]|共同|時事|聯合ニュース|\s?\d{1,2}日|[】\]])"
    ),
    late(r"[\[(](?P<place>[\uac00-\ud7af]{2,6})\s?[=＝]"),  # (서울=…)
    late(rf"(?P<place>[\u30a1-\u30ff\u3400-\u9fff]{{2,10}}?)\s?[（(](?P<agency>{_HAN}{{2,5}}|ロイター)[)）]"),
)
_DENSE_LINE = late(r"[\s（(【\[]{0,3}[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class _Found(NamedTuple):
    """A name in a dateline's place, where it begins, how far the form goes, and how sure it is."""

    value: str
    start: int
    end: int
    rule: str
    confidence: float


def describe(
    document: Document,
    layout: Layout,
    language: str | None,  # noqa: ARG001  # the contract
    article: Body | None = None,
) -> Described:
    """The place in the dateline, as the document writes it, or None; `article` is where that is, if it is known.

    >>> from provcheck.model import Document, Layout
    >>> story = "*GENEVA: *Talks about the lake's water level went into a second day, the hosts said on Monday."
    >>> describe(Document.of(story), Layout((), ()), "en").value
    'GENEVA'
    """
    for start, line in _openings(document, layout, article):
        found = match(line[:_HEAD], document.text[start : start + 6000])
        if found and found.confidence >= LEAST:
            begin, end = start + found.start, start + found.end
            shown = quote(document.text, begin, end)
            return Described(Candidate(found.value, found.rule, found.confidence, begin, end, shown))
    declared = document.declared.get("place", "").strip()
    if declared:
        return Described(Candidate(declared, "place.declared", 0.95, quote=declared[:160]))
    return Described()


def match(head: str, article: str = "") -> _Found | None:
    """The dateline at the beginning of a line, judged with the article that follows.

    >>> match("MOSCOW, Jan 6 (Reuters) - The")[0], match("UPDATE: The road is open"), match("ANN LEE: I think so")
    ('MOSCOW', None, None)
    """
    if not head.isascii() and _DENSE_LINE.match(head):
        return _dense(head)
    found = _LINE.match(head)
    if not found:
        return None
    place = found["place"].strip(" .-")
    if is_label(place) or (place[0].islower() and place.isascii()) or (found["period"] and len(place) < _BRIEF):
        return None
    confidence = _confidence(found, place, article)
    start = found.start("place")
    if " / " in place and confidence:  # an author and a place, as Indian papers write
        parts = [part for part in place.split(" / ") if is_place(part)]
        place = parts[0] if len(parts) == 1 else place
        start += found["place"].index(place)
    return _Found(place, start, start + len(place), "place.dateline", confidence) if confidence else None


def _openings(document: Document, layout: Layout, body: Body | None) -> Iterator[tuple[int, str]]:
    """The lines that may hold the dateline, with their offsets: short ones just before the article, and its first."""
    lines = document.lines
    body = body or bodies.article(lines.stripped, layout.kinds)
    if body is None:
        return
    near = left = _LOOK
    for index in range(max(0, body.first - 2), min(len(lines), body.last + 1, body.first + _REACH)):
        start, text = lines.starts[index], lines.texts[index]
        if start < document.header_end:
            text, start = text[document.header_end - start :], document.header_end
        if not text or (index < body.first and len(text) > _HEAD):
            continue
        counted = index >= body.first and _is_sentence(lines.stripped[index])
        if counted or near:
            yield start, text
        near -= near > 0 and index >= body.first
        left -= counted
        if not left:
            return


def _is_sentence(line: str) -> bool:
    """Whether a line is a sentence of the article, and no entry of a list."""
    return line[:1] not in BULLETS and bodies.weight(line) > 0


def _dense(head: str) -> _Found | None:
    for pattern in _DENSE:
        found = pattern.match(head)
        if not found:
            continue
        start, end = found.span("place")
        if found[0][-1] in "=＝":  # the reporter's name or the agency follows, and nothing else is written so
            return _Found(found["place"], start, end, "place.dateline", 0.95)
        for begin in range(start, end - 1):  # the name of a reporter may stand before the place, without a space
            if is_place(head[begin:end]):
                return _Found(head[begin:end], begin, end, "place.dateline", 0.95)
    return None


def _confidence(found: re.Match[str], place: str, article: str) -> float:
    """How sure the form, the gazetteer and the article are together; 0 where they are not."""
    known = any(is_place(part.strip()) for part in (place, *re.split(r"\s?/\s?|\s-\s", place)))
    capitals = place.isupper()
    wired = any(is_agency(found[group] or "") for group in ("agency", "before", "slash", "wire"))
    if wired:
        return 0.97 if known else 0.92 if capitals or _again(place, article) else 0.0
    if found["agency"] or found["slash"] or found["before"]:
        return 0.95 if known and not found["slash"] else 0.0
    if found["day"]:
        if known:
            return 0.95
        # An agency that nobody listed, in brackets, with a day that has its year.
        return WIRED if capitals and (found["wire"] or "")[:1] in ("(", "/") and _YEAR.search(found["day"]) else 0.0
    if not known:
        return _unknown(found, place, article)
    if found["colon"]:
        return 0.0 if _speaks(place, article) else 0.95 if capitals else 0.72
    if found["dash"]:
        return 0.96 if capitals else 0.93
    return 0.93 if capitals or _again(place, article) else 0.85


def _unknown(found: re.Match[str], place: str, article: str) -> float:
    """A name outside the gazetteer is a place if the article says "in" it, and no speaker."""
    if len(place.split()) > 3 or (found["colon"] and (not place.isupper() or _speaks(place, article))):
        return 0.0
    return (0.82 if place.isupper() else 0.72) if _again(place, article) else 0.0


def _speaks(name: str, article: str) -> bool:
    """Whether a name opens several paragraphs, as that of a speaker does."""
    return f"\n{name}:" in article


def _again(place: str, article: str) -> bool:
    """Whether the article names the place again after a preposition."""
    name = place.title() if place.isupper() else place
    at = article.find(name, len(place) + 3)
    while at > 0:
        before = article[max(0, at - 12) : at].split()
        if (
            before
            and before[-1].casefold() in prepositions()
            and not article[at + len(name) : at + len(name) + 1].isalpha()
        ):
            return True
        at = article.find(name, at + 1)
    return False
