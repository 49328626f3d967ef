"""Residue: what programs left behind in the text.

Markup (PC601), code and data of the page (PC602), control characters (PC603) and invisible ones (PC604). Each kind is
looked for only where a cheap look found a character that it cannot do without, so that clean text costs little.

Most of the care goes into what is no residue: an article that explains ``<br>``, ``a < b``, ``R&D;``, ``f***``,
footnote stars, ``Leser*innen``, the joiners that Persian, the scripts of India and emoji need, and the zero-width
spaces that divide Thai and Khmer words.
"""

from __future__ import annotations

import html.entities
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck import characters
from provcheck.model import Finding
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from provcheck.model import Document, Layout

MOST_PLACES = 20
"""Findings of one code in one document; the last of them counts the rest."""
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

# Signs of a program in a line: one of the first group is enough, two of the second are.
_CODE = late(
    r"</?(?:script|style)\b"  # the elements themselves
    r"|\{\s*\"[\w@$:. -]{1,60}\"\s*:\s*[\"\[{\dtfn-]"  # an object of JSON
    r"|\{\s*(?:[a-z-]{2,30}\s*:\s*[^;{}\n]{1,80};\s*){1,40}\}?"  # a rule of CSS
    r"|\bfunction\s*\w{0,40}\s*\([^()\n]{0,80}\)\s*\{"  # a function of JavaScript
    r"|!important\s*[;}]|@media\s*[(a-z ]{1,40}[({]|@font-face\s*\{",
    re.IGNORECASE,
)
_HINTS = late(
    r"\b(?:var|let|const)\s+[\w$.]{1,60}\s*=|\b(?:document|window|console|jQuery|googletag|dataLayer|gtag|_gaq|fbq)\s*[.(\[=]"
    r"|\$\(\s*['\"(]|\.push\(\s*[\[{(]|\)\s*;|;\s*\}|=>\s*\{|\}\s*else\s*\{|===|!==|\|\||&&"
)
_CODE_NEEDS = ("{", "</s", "!important", ");", "<s")

_FILLERS = ("\u3164", "\uffa0")  # they count as letters, and show nothing
_CONTROL = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HIDDEN = late(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
_HIGH_HALF = "\udb40"
"""The first half of the last characters of these, beyond the basic plane, in UTF-16."""

# Hebrew, Arabic, Syriac, Thaana, N'Ko and the presentation forms.
_RIGHT_TO_LEFT = late("[\u0591-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_JOINERS, _DIRECTIONS = "\u200c\u200d", "\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"


def check(document: Document, layout: Layout) -> Iterator[Finding]:  # noqa: ARG001 (residue counts wherever it stands)
    """Yield PC601 to PC604: markup and code for each line that has them, characters once for the document."""
    text, begin = document.text, document.header_end
    code = list(_code(document))
    yield from _capped("PC602", text, [(start, end, "code") for start, end in code])
    coded = {document.lines.number_at(start) for start, _ in code}
    places = [place for place in _markup(text, begin) if document.lines.number_at(place[0]) not in coded]
    seen: dict[tuple[str, int], tuple[int, int, str]] = {}
    for place in places:
        seen.setdefault((place[2], document.lines.number_at(place[0])), place)
    yield from _capped("PC601", text, sorted(seen.values()))
    yield from _characters(document)


def _capped(code: str, text: str, places: list[tuple[int, int, str]]) -> Iterator[Finding]:
    for number, (start, end, kind) in enumerate(places[:MOST_PLACES], 1):
        rest = len(places) - MOST_PLACES if number == MOST_PLACES else 0
        more = f" (and in {rest} more lines)" if rest > 0 else ""
        yield Finding.of(code, text, (start, end), kind=kind, more=more)


def _markup(text: str, begin: int) -> Iterator[tuple[int, int, str]]:
    present = {need for first, needs in _NEEDS.items() if first in text for need in needs if need in text}
    for pattern in MARKUP if present else ():
        if pattern.need in present:
            for match in pattern.regex.finditer(text, begin):
                if not pattern.spared(text, match):
                    yield match.start(), match.end(), pattern.kind


def _code(document: Document) -> Iterator[tuple[int, int]]:
    """The lines that are code, or have some in them: from the first sign in the line to its end."""
    lines = document.lines
    for number in sorted({number for need in _CODE_NEEDS for number in _holding(document, need)}):
        start, line = lines.starts[number - 1], lines.texts[number - 1]
        if start < document.header_end:
            continue
        found = _CODE.search(line)
        if found is None:
            hints = list(_HINTS.finditer(line[:20_000]))
            if len({hint[0] for hint in hints}) < 2:
                continue
            found = hints[0]
        yield start + found.start(), start + len(line)


def _holding(document: Document, need: str) -> Iterator[int]:
    """The numbers of the lines that have the characters."""
    text, lines = document.text, document.lines
    at = text.find(need) if need[0] in text and need[-1] in text else -1  # one character is found much faster
    while at >= 0:
        number = lines.number_at(at)
        yield number
        at = text.find(need, lines.ends[number - 1])


def _characters(document: Document) -> Iterator[Finding]:
    text, lines = document.text, document.lines
    rare = _odd_characters(text)
    controls = sorted(at for ch in rare if _CONTROL.match(ch) for at in _places(text, ch))
    # The first character of all is a mark of the encoding.
    suspects = sorted(at for ch in rare if _HIDDEN.match(ch) for at in _places(text, ch) if at)
    hidden = []
    for at in suspects:
        index = lines.number_at(at) - 1
        if not _needed(lines.texts[index], at - lines.starts[index]):
            hidden.append(at)
    for code, places in (("PC603", controls), ("PC604", hidden)):
        if places:
            first = places[0]
            name = f"U+{ord(text[first]):04X} {unicodedata.name(text[first], '')}".strip()
            yield Finding.of(code, text, (first, first + 1), count=len(places), name=name)


def _odd_characters(text: str) -> set[str]:
    """The control characters and invisible ones of a text, each once."""
    found: set[int] = set()
    for at in range(0, len(text), characters.PIECE):
        units = characters.units(text[at : at + characters.PIECE])
        found.update(units[_odd_units().take(units)].tolist())
    # Of those beyond the basic plane only the first half is seen; all characters then have one look each.
    return set(text) if ord(_HIGH_HALF) in found else set(map(chr, found))


@cache
def _odd_units() -> NDArray[np.bool_]:
    """Which units of UTF-16 are a control character or an invisible one, or begin one."""
    plane = "".join(map(chr, range(0x10000)))
    table = np.zeros(len(plane), dtype=np.bool_)
    table[[ord(ch) for ch in (*_CONTROL.findall(plane), *_HIDDEN.findall(plane), _HIGH_HALF)]] = True
    return table


def _places(text: str, ch: str) -> Iterator[int]:
    at = text.find(ch)
    while at >= 0:
        yield at
        at = text.find(ch, at + 1)


def _needed(line: str, at: int) -> bool:
    """Tell whether the script around an invisible character needs it."""
    character, before, after = line[at], line[at - 1 : at], line[at + 1 : at + 2]
    if character in _JOINERS:
        return bool(before) and (_joining(before) or (character == "\u200d" and _pictorial(before)))
    if character in _DIRECTIONS:
        return _RIGHT_TO_LEFT.search(line[max(0, at - ADVANCE) : at + ADVANCE]) is not None
    if character == "\u200b":
        return _unspaced(before) or _unspaced(after)
    # A flag of a part of a country is a black flag followed by tags.
    return character >= "\U000e0000" and "\U0001f3f4" in line[max(0, at - 8) : at]


def _joining(letter: str) -> bool:
    """Arabic, Syriac and N'Ko, the scripts of India and Southeast Asia, Mongolian, Khmer, Tibetan."""
    return "\u0600" <= letter <= "\u109f" or "\u1780" <= letter <= "\u18af" or "\ua800" <= letter <= "\uabff"


def _pictorial(letter: str) -> bool:
    return letter >= "\U0001f000" or "\u2190" <= letter <= "\u2bff" or letter == "\ufe0f"


def _unspaced(letter: str) -> bool:
    return "\u0e01" <= letter <= "\u0fff" or "\u1000" <= letter <= "\u109f" or "\u1780" <= letter <= "\u17ff"
