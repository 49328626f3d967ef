"""A record of SGML as a tree, where ends may be missing and nothing says which.

The collections that are told by ``<DOC>`` were written for their own readers: tags that are never closed, ampersands
as they are, addresses between angle brackets. What a tag is, the record itself decides: a name that is closed
somewhere holds what stands up to there; a known name that is never closed holds what stands up to the next tag; and
an unknown one is no tag but text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from provcheck.patterns import late
from provcheck.readers.markup.kinds import names, table
from provcheck.readers.markup.tree import Damaged

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml.etree import TreeBuilder, _Element

# A tag: its slash, its name, its attributes. A name is followed by white space or the end, so that <ann@example.org>
# is none.
_TAG = late(r"<(?P<close>/?)(?P<name>[A-Za-z][\w.-]{0,40})(?P<rest>\s[^<>]*+)?+/?>")
_ATTRIBUTE = late(r"([A-Za-z_][\w.-]{0,40})\s{0,9}=\s{0,9}(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
# What `masked` leaves to be resolved: the five that XML needs, by their names or their numbers.
_REFERENCE = late(r"&(lt|gt|amp|quot|apos|#34|#38|#39|#60|#62);")
_FIVE = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}

DEEP = 64
"""Open elements at most; a tag that would open one more is text."""

LOOSE = "loose"
"""The name of the element that holds what stands in a record outside of all others."""


def parsed(text: str) -> _Element:
    """The element that a text begins with, `masked` before; names in lower case. Raises Damaged where it has no tag.

    >>> tree = parsed('<DOC id=A1><HL> Rain<DD> May 1<TEXT><p>It rained &amp; <3.<p>Snow.</TEXT></DOC>')
    >>> [(e.tag, e.text) for e in tree.iter()]
    [('doc', None), ('hl', ' Rain'), ('dd', ' May 1'), ('text', None), ('p', 'It rained & <3.'), ('p', 'Snow.')]
    """
    from lxml import etree  # noqa: PLC0415  heavy, and only for markup

    if not _TAG.match(text):
        raise Damaged("its first tag never ends")
    closed = {match["name"].lower() for match in _TAG.finditer(text) if match["close"]}
    builder, at = etree.TreeBuilder(), 0
    stack: list[str] = []
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        if stack and not match["close"] and (len(stack) >= DEEP or (name not in closed and name not in _known())):
            continue
        _data(builder, text[at : match.start()], stack)
        at = match.end()
        if match["close"]:
            _close(builder, name, stack)
            continue
        while len(stack) > 1 and not _holds(stack[-1], name, closed):
            builder.end(stack.pop())
        builder.start(name, _attributes(match["rest"] or ""))
        stack.append(name)
    _data(builder, text[at:], stack)
    while stack:
        builder.end(stack.pop())
    return _gathered(builder.close())


@cache
def _fields() -> frozenset[str]:
    """The names that carry a role."""
    ways = table()["kinds"]["sgml"]["roles"].values()
    return frozenset(name for role in ways for path in role for name in re.findall(r"\w+", path))


@cache
def _holders() -> frozenset[str]:
    """The names that hold the paragraphs of a text."""
    return frozenset(name for path in table()["kinds"]["sgml"]["text"] for name in re.findall(r"\w+", path))


@cache
def _known() -> frozenset[str]:
    """The names that may stay open."""
    return _fields() | _holders() | names("blocks") | names("breaks")


def _holds(outer: str, name: str, closed: Container[str]) -> bool:
    """Whether an open element may hold another: it is closed somewhere, or it is a text and the other a paragraph."""
    return outer in closed or (outer in _holders() and name in names("blocks") - _fields())


def _data(builder: TreeBuilder, text: str, stack: list[str]) -> None:
    if stack and text:
        builder.data(_REFERENCE.sub(_character, text))


def _character(match: re.Match[str]) -> str:
    return _FIVE.get(match[1]) or chr(int(match[1][1:]))


def _close(builder: TreeBuilder, name: str, stack: list[str]) -> None:
    """End an element and those that stand open in it; the end of one that is not open is passed over."""
    if name in stack[1:]:
        while stack[-1] != name:
            builder.end(stack.pop())
        builder.end(stack.pop())


def _attributes(rest: str) -> dict[str, str]:
    return {m[1].lower(): _REFERENCE.sub(_character, m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(rest)}


def _gathered(tree: _Element) -> _Element:
    """The record with all text that stands outside of its fields, and the paragraphs around it, in one element."""
    blocks = names("blocks") & {"p", "para"}
    if not any((part or "").strip() for part in (tree.text, *(child.tail for child in tree))):
        return tree
    loose = tree.makeelement(LOOSE)
    loose.text, tree.text = tree.text, None
    for child in list(tree):
        if child.tag in blocks:
            loose.append(child)
        elif child.tail:
            last = loose[-1] if len(loose) else None
            if last is None:
                loose.text = f"{loose.text or ''}{child.tail}"
            else:
                last.tail = f"{last.tail or ''}{child.tail}"
            child.tail = None
    tree.append(loose)
    return tree
