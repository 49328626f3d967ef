"""The title of a document: its headline, found among all the lines of a page or a plain text.

A headline stands on a line of its own before the article, shares its rare words, and is often said again: in the path
of sections above it, near the share buttons, in the page's first line. None of these holds always, so the signs are
weighed by a small model (a conditional logit over the lines that could be it, with "none of them" as one choice, so
that a body without a headline gets none). Weights: ``data/titles.json``; how they came to be: ``ci/train_titles.py``;
figures and limits: ``docs/models/titles.md``. Kohlschütter et al., *Boilerplate Detection using Shallow Text Features*
(2010), showed how far such shape features carry without any words.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from provcheck import shipped
from provcheck.describe import body as bodies
from provcheck.describe import heading
from provcheck.describe.dates.scan import expressions
from provcheck.describe.headlines import candidates_of
from provcheck.describe.odds import confidence, odds
from provcheck.describe.outlets import blogs, gazetteer
from provcheck.describe.outlets.names import words as words_of
from provcheck.describe.shapes import words
from provcheck.model import Candidate, Described
from provcheck.patterns import late
from provcheck.text import REMEMBERED, quote, squeeze
from provcheck.writing import VOWELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provcheck.describe.body import Body
    from provcheck.describe.headlines import Line
    from provcheck.model import Document, Layout

LEAST = 0.35
"""No title is given with less confidence than this."""

LEAST_LONE, LEAST_LONG = 0.6, 0.75
"""The same for the first line of a text without a page around it, and for such a line of more than `LONG` characters:
the lead of a body looks like a headline there, and leads are longer."""

LONG = 85

JOINED = late(r"\s[-–—|:]\s")
"""What stands between a kicker, or a section's name, and the headline that a page sets on the same line."""

# A name or a section in capitals, with a colon: ANN LEE: The slow queue.
_KICKER = late(r"[^\W\d_][^:]{3,40}:\s")

JOINED_MOST = 0.89
"""No more confidence in a line with a joint: the headline may be a part of it. `benchmarks/calibration.py` shows it.

Nor in a few words in capitals, which may be an agency's keywords above the headline.
"""

KEYWORDS = 3
"""So few words."""

_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{VOWELS}])*"
# A line within brackets: a note of the desk, such as (Adds quotes).
_NOTE = late(r"[(\[][^()\[\]]*[)\]]$")
# A path of sections: World > Asia.
_SECTIONS = late(r"[^\W\d_][:.]?(?:\s?>\s?|\s?[›»]\s)[^\W\d_]")
# A date behind a word, which stands above many headlines: Updated: 03/05/2021 - 14:05.
_STAMP = late(r"[^\W\d_][^\d:：]{0,28}[:：][ \t]{0,3}\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[^\n]{0,25}$")
# A day of any calendar that is all of a line: two words, a number, a year; or a word, a number, a word, a year.
_DAY = late(
    rf"\W*(?:{_LETTERS}[,،၊.]?\s){{1,2}}\d{{1,2}}[,،၊.]\s?\d{{4}}\W*$"
    rf"|\W*{_LETTERS}[,،၊]\s\d{{1,2}}\.?\s{_LETTERS}[,،၊.]?\s\d{{4}}\W*$"
)
# What parts a stamp from what the page says beside it.
_BESIDE = late(r"[|:：•·]|\s[-–—]\s|\t")
_FEW = 3
"""Words that may stand beside a stamp: what the date is of, or a section."""

# What the wire and databases set around a headline: UPDATE 2-, HEADLINE:, ++ … ++.
_LABEL = "HEADLINE:"
_LEAD = late(
    r"(?:UPDATE|WRAPUP|RPT|REFILE|CORRECTED|ADVISORY)(?: \d{1,2})?-(?=[^\W\d_])"
    r"|HEADLINE:\s{0,9}(?=\S)|\+{2,3}\s(?=\S)"
)
_TAIL = late(r"(?<=\S)\s\+{2,3}$")

_DIGIT = late(r"\d")

LABELLED = 0.95
"""Confidence in a title behind the label that databases put before it."""

DECLARED = 0.97
"""Confidence in a title that the wrapper declares; it may be that of the site, or carry the outlet's name."""


def describe(document: Document, layout: Layout, language: str | None) -> Described:
    """The title with its evidence; None where no line is likely enough to be a headline.

    A declared title wins and keeps its form; the best line of the text is then the runner-up.

    >>> from provcheck.model import Document, Layout
    >>> lead = "The council said on Monday that the old bridge over the mill stream will close in July for repairs. "
    >>> text = "Old bridge over mill stream closes in July\\n\\n" + "\\n\\n".join(lead + end for end in ("So.", "Yes"))
    >>> describe(Document.of(text), Layout((), ()), "en").value
    'Old bridge over mill stream closes in July'
    """
    [told] = descriptions([(document, layout, language)], [bodies.article(document.lines.stripped, layout.kinds)])
    return told


def descriptions(
    asked: Sequence[tuple[Document, Layout, str | None]], articles: Sequence[Body | None]
) -> list[Described]:
    """The same of many documents, given the article of each: each step goes through all of them before the next."""
    found = candidates(asked, articles)
    return [_described(document, layout, lines) for (document, layout, _), lines in zip(asked, found, strict=True)]


def candidates(
    asked: Sequence[tuple[Document, Layout, str | None]], articles: Sequence[Body | None]
) -> list[list[Line]]:
    """The lines of each document that can be its headline, with their signs; the model learns from these as well."""
    pages = (_page(*one, article) for one, article in zip(asked, articles, strict=True))
    return candidates_of(pages, lambda number, line: _may_be_one(line, asked[number][2]))


def _page(
    document: Document, layout: Layout, language: str | None, article: Body | None
) -> tuple[Sequence[str], Sequence[str | None], Body | None]:
    """The lines in which the headline is looked for, without the header and what stands above a headline."""
    texts, kinds = _texts(document), layout.kinds
    if document.header_end:
        article = bodies.article(texts, kinds)
    rows = set(heading.furniture(texts, heading.above(texts, article), language))
    if article:  # a blog's name is none
        rows.update(blogs.head(document, article.first))
    return (["" if row in rows else text for row, text in enumerate(texts)] if rows else texts), kinds, article


def _texts(document: Document) -> Sequence[str]:
    lines, begin = document.lines, document.header_end
    if not begin:
        return lines.stripped
    return [
        (text if start >= begin else text[begin - start :]).strip()
        for start, text in zip(lines.starts, lines.texts, strict=True)
    ]  # a line that ends in the header leaves nothing


def _described(document: Document, layout: Layout, lines: list[Line]) -> Described:
    ranked = _ranked(document, lines)
    if declared := squeeze(document.declared.get("title", "")):
        start, end = document.declared_spans.get("title", (-1, -1))
        shown = quote(document.text, start, end) if start >= 0 else declared
        best = Candidate(declared, "title.declared", DECLARED, start, end, shown)
        return Described(best, next((c for c in ranked if c.value != declared), None))
    if ranked:
        best = ranked[0]
        if best.confidence >= least(best.end - best.start, lone=_is_lone(document, layout, best)):
            return Described(best, ranked[1] if len(ranked) > 1 else None)
    return Described(None, ranked[0] if ranked else None)


def least(size: int, *, lone: bool) -> float:
    """The confidence from which on a title of `size` characters is given.

    `lone` tells that it is the first line of a text without a page around it.
    """
    return (LEAST_LONG if size > LONG else LEAST_LONE) if lone else LEAST


def _is_lone(document: Document, layout: Layout, best: Candidate) -> bool:
    """Whether the line is the first of a text without a page around it, and not said again: a lead is said once."""
    if best.rule == "title.repeated":
        return False
    return not any(layout.kinds) and not document.text[document.header_end : best.start].strip("#*\ufeff \t\r\n")


def _ranked(document: Document, lines: list[Line]) -> list[Candidate]:
    """The two likeliest headlines, best first."""
    if not lines:
        return []
    if labelled := next((line for line in lines if line.text.startswith(_LABEL)), None):
        return [_candidate(document, labelled, "title.labelled", LABELLED)]
    where = "bare" if lines[0].bare else "page"
    weights, scale = _weights()[where], _weights()["calibration"][where]
    found: dict[str, tuple[float, Line, bool]] = {}
    total = 1.0
    for line in lines:
        share = odds(weights, line.signs)
        total += share
        value = squeeze(line.text)
        before = found.get(value)
        found[value] = (share + before[0], before[1], True) if before else (share, line, line.signs["times"] != "1")
    best = sorted(found.items(), key=lambda item: -item[1][0])[:2]
    out = []
    for value, (share, line, repeated) in best:
        rule = "title.repeated" if repeated else "title.headline-line"
        out.append(_candidate(document, line, rule, confidence(share / total, scale)))
        if len(out) == 1 and (other := _path(value, lines)):
            out.insert(0, _candidate(document, other, "title.path", out[0].confidence))
    return out[:2]


def _may_be_one(line: str, language: str | None) -> bool:
    """Whether a line can be a headline at all: a heading is none, and an outlet's name, alone on its line, neither."""
    if _NOTE.match(line) or _STAMP.match(line) or _is_path(line):
        return False
    if heading.heading(line, language) or heading.is_skip(line) or _is_stamp(line, language):
        return False
    entry = gazetteer.load().named(line)
    return entry is None or entry.weak


def _is_path(line: str) -> bool:
    """Whether a line is a path of sections; between French quotation marks stands what somebody said.

    >>> _is_path("Home » News » Old bridge"), _is_path("« Oui » et non"), _is_path("»Ja« und nein")
    (True, False, False)
    """
    return any(sign in line for sign in ">›»") and "«" not in line and _SECTIONS.search(line) is not None


def _is_stamp(line: str, language: str | None) -> bool:
    """Whether a line says when, and beside its dates at most what they are the dates of, or a section.

    >>> _is_stamp("E-Paper | July 14, 2024", "en"), _is_stamp("The flood of July 14, 2024", "en")
    (True, False)
    """
    return len(line) <= heading.LONGEST and _DIGIT.search(line) is not None and _says_when(line, language)


@lru_cache(maxsize=REMEMBERED)
def _says_when(line: str, language: str | None) -> bool:
    if _DAY.match(line):
        return True
    found = [one for one in expressions(line, language) if one.days]
    if not found:
        return False
    ends = [0, *(one.right for one in found)]
    begins = [*(one.left for one in found), len(line)]
    beside = [line[end:begin] for end, begin in zip(ends, begins, strict=True)]
    parts = [part for each in beside for part in _BESIDE.split(each) if words_of(part)]
    joined = any(words_of(each) and not _BESIDE.search(each) for each in beside)
    return not joined and all(len(words_of(part)) <= _FEW for part in parts)


def _candidate(document: Document, line: Line, rule: str, chance: float) -> Candidate:
    lines = document.lines
    start = lines.starts[line.row] + lines.texts[line.row].rindex(line.text)
    lead, tail = _LEAD.match(line.text), _TAIL.search(line.text)
    end = start + (tail.start() if tail else len(line.text))
    start += lead.end() if lead else 0
    chance = min(chance, JOINED_MOST) if _is_joined(line.text) else chance
    value, shown = squeeze(document.text[start:end]), quote(document.text, start, end)
    return Candidate(value, rule, round(chance, 3), start, end, shown)


def _is_joined(line: str) -> bool:
    """Whether the headline may be a part of a line, or stand below it."""
    if line.isupper():
        return len(line.split()) <= KEYWORDS or bool(JOINED.search(line))
    kicker = _KICKER.match(line)
    return bool(JOINED.search(line) or (kicker and kicker[0].isupper()))


def _path(best: str, lines: list[Line]) -> Line | None:
    """The form in which the path of sections above the article gives the chosen headline, if it is another one.

    Sites print the kicker and the headline in two sizes, and the page's own title in the path; a path that is cut off
    with dots, or shortened to a name, is left alone.
    """
    own = words(best)
    for line in lines:
        if line.signs["path"] != "echoed" or line.text.endswith(("..", "…")) or len(line.text.split()) < 4:
            continue
        other = words(line.text)
        if squeeze(line.text) != best and len(own & other) * 2 >= len(own | other):
            return line
    return None


@cache
def _weights() -> dict[str, Any]:
    """For pages and for bare texts, the weight of each value of each sign; and the calibration of both."""
    weights: dict[str, Any] = shipped.table("describe", "titles.json")
    return weights
