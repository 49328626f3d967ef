"""Blogs that two providers host: their templates set the blog's own name first, and say whose template it is last.

Nobody lists the millions of them, and they hold no line of rights. A line of the template's foot ends in the name of
the provider in each language (``Powered by Blogger``, ``Blog at WordPress.com``), and a second one has a form of its
own. One of them alone may stand on any page that tells of the provider.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe.heading import is_skip
from provcheck.describe.outlets.clue import WEIGHTS, Clue, tables
from provcheck.describe.shapes import BULLETS
from provcheck.describe.stamps import is_stamp
from provcheck.patterns import late
from provcheck.writing import is_small

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from provcheck.describe.outlets.lines import Line, Page
    from provcheck.model import Document


class Template(NamedTuple):
    """The provider in whose name a line of the foot ends, and what another line holds."""

    provider: str
    other: re.Pattern[str]


# the link to the feed of comments; the form for them, with links to log out and to change, and what counts likes
_FEED = late(r".{0,80}\(Atom\)")
_FORM = late(r"%d .{3,40}|.{0,80}WordPress\.com.{0,80}\([^()]{3,60}/[^()]{3,60}\)")

TEMPLATES = (Template("Blogger", _FEED), Template("WordPress.com", _FORM))

FOOT = 0.3
"""The share of a page before which no line of the foot stands; comments and archives may follow the article."""

LONGEST = 60
"""Characters of a blog's name."""

TOP_LINES = 4
"""How many lines of the page may hold it: links that skip to the content may stand before it."""

DAY = 8
"""Most lines, blank ones too, from the day above a post to its first paragraph."""

_BULLETS = tuple(BULLETS)
_YEAR = late(r"\b(?:19|20)\d\d\b")  # of a day above a post
_LETTERS = late(r"[^\W\d_]{2}")


def clues(page: Page) -> Iterator[Clue]:
    """The blog's name, which nobody listed."""
    if line := name(page):
        yield Clue(line.text, "outlet.blog", WEIGHTS["outlet.blog"], line.start, line.start + len(line.text))


def name(page: Page) -> Line | None:
    """The first line but for links that skip others, where it can be a name and the foot is that of a known template.

    >>> from provcheck.describe.outlets.lines import Page
    >>> from provcheck.model import Document, Layout
    >>> foot = "\\nThe geese are back.\\nSubscribe to: Post Comments (Atom)\\nPowered by Blogger."
    >>> [name(Page(Document.of("Harbour Notes" + end), Layout((), ()))) is not None for end in (foot, "")]
    [True, False]
    """
    if _template(page.document) is None:
        return None
    lines = (line for number in page.first(TOP_LINES) if (line := page.at(number)) and not _skips(line.text))
    first = next(lines, None)
    return first if first and _is_name(first, page.document) else None


def _skips(text: str) -> bool:
    """Whether a line is links that skip others, or begins with one."""
    parts = text.split()
    return is_skip(text) or any(is_skip(" ".join(parts[:size])) for size in (2, 3, 4))


def head(document: Document, first: int) -> range:
    """The rows above the title, where the article begins in the row `first`: none in a template that does not say.

    One provider sets the day of a post above its title.
    """
    if _template(document) is not TEMPLATES[0]:
        return range(0)
    above = document.lines.stripped[:first]
    days = [row for row in range(max(0, first - DAY), first) if is_stamp(above[row])]
    return range(days[-1] + 1) if days and any(above[days[-1] + 1 :]) else range(0)


def _template(document: Document) -> Template | None:
    found = [template for template in TEMPLATES if template.provider in document.text]
    if not found:
        return None
    lines = document.lines
    foot = [lines.stripped[n].rstrip(" .") for n in lines.filled if n >= FOOT * len(lines)]
    return next((template for template in found if _holds(foot, template)), None)


def _holds(foot: list[str], template: Template) -> bool:
    signed = any(text.endswith(f" {template.provider}") and not text.startswith(_BULLETS) for text in foot)
    return signed and any(template.other.fullmatch(text) for text in foot)


def _is_name(line: Line, document: Document) -> bool:
    """Whether a line can be a blog's name: short, of words, no sentence, no date, no entry of a menu nor its head."""
    own, lines = tables()["after"] | tables()["before"] | tables()["marketing"], document.lines
    place = bisect_left(lines.filled, line.number)
    entry, *below = (lines.stripped[n][0] in BULLETS for n in lines.filled[place : place + 2])
    alone = document.text.count(line.text) == 1
    return (
        len(line.text) <= LONGEST
        and not line.sentence
        and not entry
        and not (alone and (any(below) or (is_small(line.text[0]) and " " not in line.text)))
        and bool(_LETTERS.search(line.text))
        and not _YEAR.search(line.text)
        and not own.issuperset(line.words)
    )
