"""Which kind of markup a file is, by its first tag, and where each kind keeps what: the table ``data/markup.json``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from provcheck import shipped
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# What may stand before the first tag: a byte order mark, white space, the XML declaration and other instructions,
# comments, and the doctype with what is declared in its brackets. Every repeat is possessive: nothing is tried again.
_FIRST = late(
    rb"(?:\xef\xbb\xbf)?+(?:\s++|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->"
    rb"|<!doctype\b[^<>\[]*+(?:\[[^\]]*+\]\s*+)?+>)*+(?P<tag><)(?:[A-Za-z][\w.-]{0,40}:)?(?P<name>[A-Za-z][\w.-]{0,40})(?=[\s/>])",
    re.IGNORECASE,
)


class Kind(NamedTuple):
    """A row of the table, whose fields are described there; and the `root`, the first tag of the file at hand."""

    name: str
    roots: Mapping[str, str]
    records: Sequence[str]
    text: Sequence[str]
    roles: Mapping[str, Sequence[str]]
    around: Mapping[str, Sequence[str]] = {}
    elsewhere: Sequence[str] = ()
    nests: bool = False
    splits: bool = False
    loose: bool = False
    html: bool = False
    root: str = ""

    @property
    def wrapper(self) -> str:
        """The name of the family: ``newsml`` for ``newsml-g2``."""
        return self.name.partition("-")[0]


@cache
def table() -> Mapping[str, Any]:
    """The table; see its own ``about``."""
    loaded: Mapping[str, Any] = shipped.table("readers", "markup.json")
    return loaded


@cache
def names(role: str) -> frozenset[str]:
    """The elements that play a role in a text, such as ``blocks``."""
    return frozenset(table()[role])


@cache
def _kinds() -> tuple[Kind, ...]:
    return tuple(Kind(name, **row) for name, row in table()["kinds"].items())


def kind_of(head: bytes) -> Kind | None:
    """The kind of a file by its first bytes, which must be ASCII where they are markup; None for any other.

    >>> kind_of(b'<?xml version="1.0"?><nitf xml:lang="en">').name
    'nitf'
    >>> kind_of(b"<nitfs>"), kind_of(b"<feed><product/></feed>")
    (None, None)
    """
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    match = _FIRST.match(head)
    if match is None:
        return None
    for kind in _kinds():
        name = match["name"].decode().lower() if kind.loose else match["name"].decode()
        mark = kind.roots.get(name)
        if mark is not None and re.search(mark.encode(), head, re.IGNORECASE):
            return kind._replace(root=name)
    return None


def first_tag(head: bytes) -> int:
    """Where the first tag begins; the end where there is none.

    >>> first_tag(b'<?xml version="1.0"?><!DOCTYPE rss><rss>')
    35
    """
    match = _FIRST.match(head)
    return match.start("tag") if match else len(head)
