"""A record's text as a tree, parsed so that nothing a stranger writes can load, expand or be dropped.

The doctype never reaches the parser: no entity is expanded but those that HTML names, which stand for a character
each, and the others stay as they are written (``&agency;``). An ampersand that begins no entity is a character.

XML cannot hold control characters, which archives of wires are full of, nor bytes that are no UTF-8. Both are masked
by characters that no text has: controls by the 32 noncharacters from U+FDD0, odd bytes, which arrive as lone
surrogates, by the last private ones. `bared` gives them back, so what goes on is what was written.
"""

from __future__ import annotations

from functools import cache
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple

from provcheck.patterns import late
from provcheck.readers.markup.kinds import table

if TYPE_CHECKING:
    import re

    from lxml.etree import _Element

_CONTROL, _BYTE = 0xFDD0, 0x10FF00
_MASKS = {code: _CONTROL + code for code in range(32) if code not in (9, 10, 13)}
_MASKS |= {0xDC00 + byte: _BYTE + byte for byte in range(0x80, 0x100)}
_BARE = {mask: code for code, mask in _MASKS.items()}
_UNHELD = _MASKS | {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_MASKABLE = late("[\x00-\x08\x0b\x0c\x0e-\x1f\udc80-\udcff\ufffe\uffff]")
_MASKED = late("[\ufdd0-\ufdef\U0010ff80-\U0010ffff]")
# A section or a comment, whose ampersands are meant, up to its end or the text's; an entity with a number or a name; an
# ampersand alone.
_ENTITY = late(
    r"<!\[CDATA\[(?:[^\]]|\](?!\]>))*+(?:\]\]>|\Z)|<!--(?:[^-]|-(?!->))*+(?:-->|\Z)"
    r"|&(?:\#(?P<number>[0-9]{1,8}|[xX][0-9a-fA-F]{1,7});|(?P<name>[A-Za-z][\w.-]{0,40});)?"
)
_MOST_SPACES = 64  # they are parsed again with every record
_KEPT = frozenset(("lt", "gt", "amp", "quot", "apos"))
_SPACE = late(r"\s(xmlns(?::[\w.-]+)?)\s*=\s*(\"[^\"<]*\"|'[^'<]*')")


class Damaged(Exception):  # noqa: N818  it is an answer, not a fault of ours
    """A text that breaks the rules of XML: which, and where."""


class Source(NamedTuple):
    """The bytes of a record as text, odd ones as lone surrogates; and the encoding that its file declares."""

    text: str
    odd: bool
    declared: str | None

    @classmethod
    def of(cls, raw: bytes, declared: str | None) -> Source:
        """Bytes that are UTF-8, or something else."""
        try:
            return cls(raw.decode(), odd=False, declared=declared)
        except UnicodeDecodeError:
            return cls(raw.decode("utf-8", "surrogateescape"), odd=True, declared=declared)


def masked(source: Source) -> str:
    """The text as the parser can hold it: controls and odd bytes masked, entities resolved.

    >>> masked(Source("R&D caf&eacute; &lt;&#60; &house; &nbsp", odd=False, declared=None))
    'R&amp;D café &lt;&#60; &amp;house; &amp;nbsp'
    """

    def character(match: re.Match[str]) -> str:
        if match[0][0] == "<" or match["name"] in _KEPT:
            return match[0]
        found = _numbered(match["number"]) if match["number"] else html5.get(f"{match['name']};")
        shown = _written(found, source) if found else None
        return f"&amp;{match[0][1:]}" if shown is None else shown

    text = _ENTITY.sub(character, source.text) if "&" in source.text else source.text
    return text.translate(_UNHELD) if _MASKABLE.search(text) else text


def _numbered(number: str) -> str | None:
    """The character of a number; None for one that there is not."""
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else None


def _written(found: str, source: Source) -> str | None:
    """A character that an entity stands for, as it would stand in the text; None where that cannot be told.

    Among odd bytes it takes the bytes that it has in the declared encoding, since all are read by one.
    """
    if found in "<>&\"'":
        return f"&#{ord(found)};"
    if not source.odd or found.isascii():
        return found
    said = source.declared if source.declared not in ("utf-8", "utf-8-sig") else None  # or they would not be odd
    try:
        return found.encode(said or "ascii").decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return None


def bared(text: str) -> str:
    """The text with its control characters and its odd bytes, as lone surrogates, again."""
    return text.translate(_BARE) if _MASKED.search(text) else text


def spaces(front: str) -> str:
    """The declarations of namespaces in what stands before a record: the last of each prefix, and not too many."""
    found = list(dict(_SPACE.findall(front)).items())
    return "".join(f" {name}={value}" for name, value in found[-_MOST_SPACES:])


@cache
def _usual() -> str:
    return "".join(f' xmlns:{prefix}="{space}"' for prefix, space in table()["namespaces"].items())


def parsed(text: str, inherited: str = "", *, whole: bool = True) -> _Element:
    """The element that a text is, `masked` before; prefixes that are declared above it are `inherited`.

    With `whole` False the text may break off, and what there is of it is given. Raises Damaged.

    >>> parsed("<item><dc:creator>A. Roe</dc:creator></item>")[0].prefix
    'dc'
    """
    from lxml import etree  # noqa: PLC0415  heavy, and only for markup

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    around = f"<r{_usual()}><r{inherited}>"
    try:
        tree = etree.fromstring(f"{around}{text}{'</r></r>' if whole else ''}".encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise Damaged(str(error)) from error
    # A prefix that nobody declares is no damage: the name is still there, prefix and all.
    fatal = next((e for e in parser.error_log if e.domain_name != "NAMESPACE" and e.level_name != "WARNING"), None)
    if whole and fatal is not None:
        column = fatal.column - (len(around) if fatal.line == 1 else 0)
        raise Damaged(f"line {fatal.line} of it, column {max(1, column)}: {fatal.message}")
    inner = tree[0] if tree is not None and len(tree) else None
    if inner is None or not len(inner):
        raise Damaged("no element in it")
    return inner[0]


def homely(tree: _Element) -> None:
    """Take the namespace of an element from the names of all elements that share it."""
    own = f"{{{tree.nsmap[tree.prefix]}}}" if tree.prefix in tree.nsmap else None
    if own is None or not str(tree.tag).startswith(own):
        return
    for element in tree.iter(f"{own}*"):
        if ":" not in (bare := element.tag[len(own) :]):  # <dc:x:date> is damage, and no name
            element.tag = bare


@cache
def _prefixes() -> dict[str, str]:
    usual = {space: prefix for prefix, space in table()["namespaces"].items()}
    return usual | {"http://www.w3.org/XML/1998/namespace": "xml"}


def name(tag: str, prefix: str | None = None) -> str:
    """The name of a tag or an attribute with the usual prefix of its namespace, else with its own.

    >>> name("{http://purl.org/dc/elements/1.1/}creator"), name("{urn:x}y", "x"), name("{urn:x}y")
    ('dc:creator', 'x:y', '{urn:x}y')
    """
    if not tag.startswith("{"):
        return tag
    space, _, local = tag[1:].partition("}")
    shown = _prefixes().get(space) or prefix
    return f"{shown}:{local}" if shown else tag
