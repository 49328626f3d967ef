"""Blogs that two providers host: their templates set the blog's own name first, and say whose template it is last.

Nobody lists the millions of them, and they hold no line of rights. What the foot of the template says ends in the
provider's name in each language (``Powered by Blogger``, ``Blog at WordPress.com``); so does a second line there. One
such line alone may stand on any page that tells of the provider.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provcheck.describe.outlets.clue import WEIGHTS, Clue, tables
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provcheck.describe.outlets.lines import Line, Page
    from provcheck.model import Document


class Template(NamedTuple):
    """What a page of a provider holds: the provider's name, and how two different lines end."""

    sign: str
    ends: tuple[str, str]


TEMPLATES = (
    Template("Blogger", ("Blogger", "(Atom)")),
    Template("WordPress.com", ("WordPress.com", "WordPress.com account? Log in now")),
)

FOOT = 0.3
"""The share of a page before which no line of the foot stands; comments and archives may follow the article."""

LONGEST = 60
"""Characters of a blog's name."""

TOP_LINES = 4
"""How many lines of the page may hold it: links that skip to the content may stand before it."""

_SKIP = late(r"(?i:skip|jump|zum inhalt|zur? navigation|aller au|saltar al|ir al|pular|ir para|vai al|naar de|gå til|hoppa)")
_LETTERS = late(r"[^\W\d_]{2}")


def clues(page: Page) -> Iterator[Clue]:
    """The name in the first line, where the foot of the page is that of a known template."""
    if not _is_templated(page.document):
        return
    for number in page.first(TOP_LINES):
        line = page.at(number)
        if line and not _SKIP.match(line.text):
            if _is_name(line):
                end = line.start + len(line.text)
                yield Clue(line.text, "outlet.blog", WEIGHTS["outlet.blog"], line.start, end)
            return


def _is_templated(document: Document) -> bool:
    found = next((template for template in TEMPLATES if template.sign in document.text), None)
    if found is None:
        return False
    lines = document.lines
    foot = [lines.stripped[n].rstrip(" .") for n in lines.filled if n >= FOOT * len(lines)]
    return all(any(text.endswith(end) for text in foot) for end in found.ends)


def _is_name(line: Line) -> bool:
    """Whether a line can be a blog's name: short, of words, no sentence, and no entry of a menu."""
    own = tables()["after"] | tables()["before"] | tables()["marketing"]
    return (
        len(line.text) <= LONGEST
        and not line.sentence
        and bool(_LETTERS.search(line.text))
        and not own.issuperset(line.words)
    )
