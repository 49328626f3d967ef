"""Markup that programs left in the text: HTML, entities, Markdown, wikis, templates, bulletin boards, short codes.

Each kind is looked for only where a cheap look found the characters that it cannot do without. Most of the care goes
into what is no residue: an article that explains ``<br>``, ``a < b``, ``R&D;``, ``f***``, footnote stars,
``Leser*innen``, ``*sigh*`` and ``__init__``.
"""

from __future__ import annotations

import html.entities
import re
from typing import TYPE_CHECKING, NamedTuple

from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ADVANCE = 80
"""How many characters around a tag may hold the word that makes it a mention and not residue."""
PARTNER = 2000
"""How many characters away the other half of a BBCode tag is looked for."""

_TAGS = (
    "a|abbr|article|aside|audio|b|blockquote|body|br|button|center|cite|code|dd|div|dl|dt|em|embed|figcaption|figure"
    "|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|label|li|link|main|meta|nav|noscript|object|ol|p"
    "|param|path|picture|pre|ref|s|section|small|source|span|strong|sub|sup|svg|table|tbody|td|tfoot|th|thead|tr|u|ul"
    "|video|amp-[a-z]{2,20}"
)
_MENTION = late(r"\b(?:html|xml|tags?|markup|elements?|balises?|etiquetas?|entit(?:y|ies))\b", re.IGNORECASE)
_EMPTY = late(r"<\w+(?:\s+[\w-]+=(?:\"\"|''))+\s*/?>")
"""A tag whose attributes have no values: what a comment form lists as allowed."""
_QUOTES = "\"'`“”‘’„«»‹›「」(（)）"


class Pattern(NamedTuple):
    """A kind of residue: the characters that it cannot do without, the expression, and what rules a match out."""

    kind: str
    need: str
    regex: re.Pattern[str]
    spared: Callable[[str, re.Match[str]], bool]


def _never(_text: str, _match: re.Match[str]) -> bool:
    return False


def _mentioned(text: str, match: re.Match[str]) -> bool:
    """Tell whether a tag or entity is spoken of: in quotes, with empty attributes, or beside a word like "HTML"."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if before and after and before in _QUOTES and after in _QUOTES:
        return True
    if _EMPTY.fullmatch(match[0]):
        return True
    if " " in match[0] or "=" in match[0]:
        return False
    around = text[max(0, match.start() - ADVANCE) : match.start()] + " " + text[match.end() : match.end() + ADVANCE]
    return (not before or before.isspace()) and _MENTION.search(around) is not None


def _no_entity(text: str, match: re.Match[str]) -> bool:
    name = match[1]
    return (name[0] != "#" and name + ";" not in html.entities.html5) or _mentioned(text, match)


def _unpaired(text: str, match: re.Match[str]) -> bool:
    """Tell whether a BBCode tag has no partner near by: then ``[i]`` is a note and ``[s]`` a letter supplied."""
    name = match[1].lower()
    around = text[max(0, match.start() - PARTNER) : match.end() + PARTNER].lower()
    return "=" not in match[0] and not (f"[/{name}]" in around and (f"[{name}]" in around or f"[{name}=" in around))


def _aside(text: str, match: re.Match[str]) -> bool:
    """Tell whether words in stars are what somebody does (``*sigh*``) or shouts (``*NEW*``), and no emphasis.

    These stand beside sentences and not in one, in texts without any other Markdown.
    """
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
    inside = before[-1:] == " " and before[:1].isalnum() and after[:1] == " " and after[1:].islower()
    return not inside and not any(sign in text for sign in _MARKDOWN)


def _name(_text: str, match: re.Match[str]) -> bool:
    """Tell whether underscores belong to a name, as in ``__init__``."""
    return _IDENTIFIER.fullmatch(match[0]) is not None


_MARKDOWN = ("**", "](", "\n#", "\n```")
_IDENTIFIER = late(r"__[a-z0-9]+__")

MARKUP = (
    # A known element, its attributes if any, and the end of the tag; or a comment.
    Pattern("HTML", "<", late(rf"</?(?:{_TAGS})(?:\s[^<>]{{0,400}})?/?>|<!--", re.IGNORECASE), _mentioned),
    # An ampersand, a name or number, a semicolon.
    Pattern("entity", "&", late(r"&([A-Za-z]{2,24}\d{0,2}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});"), _no_entity),
    # Bold: two stars on both sides, text close to them.
    Pattern(
        "Markdown", "**",
        late(r"\*\*(?<![\w*]\*\*)(?=[^\s*])(?:[^*\n]{0,199}[^\s*]|[^*\n]{1,198}[:,–—-]\s)\*\*(?!\*)"),
        _never,
    ),
    # Italics: one star on both sides, not within a word; a footnote star or a list's bullet has no second one.
    Pattern("Markdown", "*", late(r"\*(?<![\w*]\*)(?=[^\s*])[^*\n]{0,120}[^\s*]\*(?![\w*])"), _aside),
    # The same with the closing star a space late, as in a dateline in bold that a converter moved.
    Pattern("Markdown", "*", late(r"\*(?<![\w*]\*)(?=[^\s*])[^*\n]{1,40}[:,–—-]\s\*(?=\w)"), _never),
    # Bold by two underscores around words.
    Pattern("Markdown", "__", late(r"__(?<!\w__)(?=[^\s_])[^_\n]{1,200}__(?!\w)"), _name),
    # A link or image: text in brackets, an address in parentheses.
    Pattern(
        "Markdown", "](",
        late(r"!?\[[^\[\]\n]{0,200}\]\((?:https?:|/|#|mailto:|www\.)[^()\s]{0,500}[^()\n]{0,100}\)"),
        _never,
    ),
    # A heading of the second order or lower, and a fence around code.
    Pattern("Markdown", "## ", late(r"^#{2,6} +[^\s#][^\n]{0,200}", re.MULTILINE), _never),
    Pattern("Markdown", "```", late(r"^```[^\n]{0,40}$", re.MULTILINE), _never),
    # A link, emphasis and a heading of MediaWiki.
    Pattern("wiki", "[[", late(r"\[\[[^\[\]\n]{1,200}\]\]"), _never),
    Pattern("wiki", "'''", late(r"'''[^'\n]{1,200}'''"), _never),
    Pattern("wiki", "==", late(r"^={2,6} ?[^=\n]{1,120}? ?={2,6}[ \t]*$", re.MULTILINE), _never),
    # A template that nobody filled in: MediaWiki's, and those of pages that are made in the browser.
    Pattern("template", "{{", late(r"\{\{[^{}\n]{1,300}\}\}"), _never),
    # A tag of bulletin boards, with or without a value.
    Pattern(
        "BBCode", "[",
        late(
            r"\[/?(b|i|u|s|url|img|quote|code|size|color|center|list|youtube|spoiler)(?:=[^\]\n]{1,200})?\]",
            re.IGNORECASE,
        ),
        _unpaired,
    ),
    # A short code of a content system: a name with attributes, or the end of a well-known one.
    Pattern(
        "shortcode", "[",
        late(r"\[[a-z][a-z0-9_-]{2,30}(?:\s{1,3}[a-z_-]{1,30}=(?:\"[^\"\]\n]{0,300}\"|'[^'\]\n]{0,300}'|[\w-]{1,60})){1,20}\s?/?\]"
                   r"|\[/(?:caption|gallery|embed|video|audio|table|button|vc_[a-z_]{2,30})\]"),
        _never,
    ),
)  # fmt: skip

# One character is looked for much faster than several, so these come first.
_NEEDS = {
    first: sorted({p.need for p in MARKUP if p.need[0] == first}) for first in sorted({p.need[0] for p in MARKUP})
}


def markup(text: str, begin: int) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of each markup from `begin` on, kind by kind.

    >>> list(markup("A <br> and *sigh*", 0))
    [(2, 6, 'HTML')]
    """
    present = {need for first, needs in _NEEDS.items() if first in text for need in needs if need in text}
    for pattern in MARKUP if present else ():
        if pattern.need in present:
            for match in pattern.regex.finditer(text, begin):
                if not pattern.spared(text, match):
                    yield match.start(), match.end(), pattern.kind
