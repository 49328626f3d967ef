"""What a record says: its text, its roles, and all else under its own name."""

from __future__ import annotations

import html
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from provcheck.model import ROLES
from provcheck.patterns import late
from provcheck.readers import roles
from provcheck.readers.markup.kinds import names, table
from provcheck.readers.markup.prose import line, local, prose, squeezed
from provcheck.readers.markup.tree import bared, name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lxml.etree import _Element

    from provcheck.readers.markup.kinds import Kind

# A tag, a comment or an entity, in a field that may hold HTML as a string.
_HTML = late(r"<(?:/?[A-Za-z][A-Za-z0-9]{0,14}(?:\s[^<>]*)?/?>|!--)|&(?:#\w{1,7}|[A-Za-z]\w{1,30});")
# A time as ISO 8601 writes it without marks (20240312T141500+0100), which NITF and NewsML do.
_BASIC = late(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?")
# Where the place ends in a dateline: a day with or without a word before it, a source in brackets, or a dash.
_DATED = late(r",? +(?:[^\s,]{1,12} )?\d|,? *\(|,? +[-–—_]+(?: |$)")
# Anything but white space and masked control characters, which some collections set around a text.
_BY = late(r"^(?:[Bb][Yy] +(?=\S)|(?:[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Dd]oor|DOOR|A[vf]) +(?=[^\W\d_a-z]\S* +\S))")
_WORD = late("[^ \t\r\n\f\v\ufdd0-\ufdef]")
_PLAIN = ("text", "text/plain")
_MANY = 64
"""Attributes of one element that are looked up one by one."""
_FRONT_SHOWN, _FRONT_LONGEST = 20, 200  # they stand with every record


class Found(NamedTuple):
    """The fields of a record and its text, as `provcheck.readers.records.Maker.article` takes them."""

    declared: dict[str, str]
    extra: dict[str, Any]
    text: str
    media: Literal["text", "html"] = "text"


class Front(NamedTuple):
    """What is said once, above all records: the roles, and the fields by their names."""

    declared: Mapping[str, str] = {}
    extra: Mapping[str, str] = {}


NO_FRONT = Front()


@cache
def _path(path: str) -> Callable[[_Element], Any]:
    from lxml import etree  # noqa: PLC0415  heavy, and only for markup

    found: Callable[[_Element], Any] = etree.XPath(path, namespaces=table()["namespaces"])
    return found


def found(tree: _Element, kind: Kind, front: Front) -> Found:
    """Everything that a record says. Its text is empty where it has none."""
    used: set[_Element] = set()
    declared = {**front.declared, **_roles(tree, kind, kind.roles, used)}
    told = {role: bared(declared[role]) for role in ROLES if role in declared}
    text, bodies = _text(tree, kind)
    said = _value(tree, used | set(bodies))
    extra = _clear(said if isinstance(said, dict) else {"text": said}, told, kind.wrapper) | _asides(bodies)
    if front.extra:
        extra["wrapper"] = dict(front.extra)
    media: Literal["text", "html"] = "html" if kind.html and _holds_html(bodies, text) else "text"
    return Found(told, _bared(extra), bared(text), media)


def elsewhere(tree: _Element, kind: Kind) -> str:
    """What a record says of a text that is not in it: the first words at each path, and "" where there are none."""
    told = [str(next(iter(_path(way)(tree)), ""))[:_FRONT_LONGEST].strip() for way in kind.elsewhere]
    return bared(", ".join(filter(None, told)))


def _clear(said: Mapping[str, Any], told: Mapping[str, str], wrapper: str) -> dict[str, Any]:
    """Fields whose names are none of a column's; those that a role has taken as they are, are left out.

    A record that is written as JSON, as ``repair`` does, and read again must not find its headline under another name.
    """
    taken, kept = set(told.values()), {}
    for key, value in said.items():
        known = roles.squash(key) in _columns()
        if value and not (known and isinstance(value, str) and bared(value) in taken):
            kept[f"{wrapper}:{key}" if known else key] = value
    return kept


@cache
def _columns() -> frozenset[str]:
    """The names by which columns are known, in their compared form."""
    known = (*ROLES, "text", "html", "containers")
    return frozenset(roles.squash(name) for role in known for name in roles.table()[role])


def front(tree: _Element, kind: Kind) -> Front:
    """What stands above the records, where it is no record itself: the name of a channel, the sender of a message."""
    said = _roles(tree, kind, kind.around, set())
    plain = {
        name(str(each.tag), each.prefix): bared(value)
        for each in tree.iter("*")
        if not len(each) and 0 < len(value := squeezed(each.text or "")) <= _FRONT_LONGEST
    }
    return Front(said, dict(list(plain.items())[:_FRONT_SHOWN]))


def _roles(tree: _Element, kind: Kind, paths: Mapping[str, Sequence[str]], used: set[_Element]) -> dict[str, str]:
    declared = {}
    for role, ways in paths.items():
        for way in ways:
            values = _values(tree, way, role, used)
            if values and (value := roles.said(role, ", ".join(values))):
                # Feeds write HTML into their titles. Among odd bytes a character that is none would be misread.
                declared[role] = value if not kind.html or bared(value) != value else squeezed(html.unescape(value))
                break
    return declared


def _values(tree: _Element, way: str, role: str, used: set[_Element]) -> list[str]:
    """The values at a path, each once; the first one alone where a role has but one."""
    met = _path(way)(tree)
    values: dict[str, None] = {}
    for each in [met] if isinstance(met, str) else met:
        whole = squeezed(each) if isinstance(each, str) else line(each)
        value = _SHAPES[role](whole) if role in _SHAPES else whole
        if not _WORD.search(value):
            continue
        values[value] = None
        if not isinstance(each, str) and not each.attrib and not len(each) and (value == whole or role == "date"):
            used.add(each)
        if role != "author":
            break
    return list(values)


def _place(dateline: str) -> str:
    """The place that a dateline begins with.

    >>> _place("NEW YORK, March 12 (HNA) -"), _place("LONDON 1996-08-20"), _place("Kiel, 12. März"), _place("Ulm")
    ('NEW YORK', 'LONDON', 'Kiel', 'Ulm')
    """
    match = _DATED.search(dateline)
    return dateline[: match.start()] if match else dateline


def _extended(moment: str) -> str:
    """A time with the marks of ISO 8601.

    >>> _extended("20240312T141500+0100"), _extended("20240312")
    ('2024-03-12T14:15:00+01:00', '20240312')
    """
    match = _BASIC.fullmatch(moment)
    if not match:
        return moment
    year, month, day, hour, minute, second, zone = match.groups()
    shift = f"{zone[:3]}:{zone[-2:]}" if zone and zone != "Z" else zone or ""
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{shift}"


def _person(byline: str) -> str:
    """A byline without the word for "by", where more than a surname follows: Von der Leyen is one.

    >>> _person("By ANN LEE"), _person("Von Anna Lehm"), _person("Von der Leyen")
    ('ANN LEE', 'Anna Lehm', 'Von der Leyen')
    """
    return _BY.sub("", byline, count=1)


_SHAPES: Mapping[str, Callable[[str], str]] = {"date": _extended, "place": _place, "author": _person}


def _text(tree: _Element, kind: Kind) -> tuple[str, list[_Element]]:
    """The text of a record, and the elements that hold it."""
    for way in kind.text:
        bodies = [_body(each) for each in _path(way)(tree)]
        parts = [part for each in bodies if _WORD.search(part := prose(each))]
        if parts:
            return "\n\n".join(parts), bodies
    return "", []


def _body(element: _Element) -> _Element:
    """The body of the page or the article that an element wraps, or the element itself."""
    for wanted in table()["bodies"]:
        inner = next((each for each in element.iterdescendants("*") if local(each) == wanted), None)
        if inner is not None:
            return inner
    return element


def _holds_html(bodies: Sequence[_Element], text: str) -> bool:
    """Whether a text is HTML that was written as a string: one without elements of its own, and not called plain."""
    plain = any(len(each) or each.get("type", each.get("contenttype")) in _PLAIN for each in bodies)
    return not plain and _HTML.search(text) is not None


def _value(element: _Element, without: set[_Element]) -> Any:  # noqa: ANN401  whatever JSON can hold
    """All that an element says, but for some elements in it: a string, or its attributes and elements by their names.

    Names that stand more than once have a list.
    """
    said: dict[str, Any] = {name(key): squeezed(value) for key, value in _attributes(element)}
    own = "".join((element.text or "", *(child.tail or "" for child in element)))
    if _WORD.search(own) and not any(each in without for each in element.iterdescendants("*")):
        text = line(element)
        return {**said, "text": text} if said else text
    if _WORD.search(own):
        said["text"] = squeezed(own)
    for child in element:
        value = None if child in without else _value(child, without)
        if value:
            _add(said, name(str(child.tag), child.prefix), value)
    return said


def _attributes(element: _Element) -> Iterator[tuple[str, str]]:
    """The attributes by their names; lxml looks each value up by its name, which takes too long where they are many."""
    if len(element.attrib) <= _MANY:
        yield from ((str(key), str(value)) for key, value in element.attrib.items())
    else:
        yield from ((str(each.attrname), str(each)) for each in _path("@*")(element))


def _add(said: dict[str, Any], key: str, value: object) -> None:
    if key not in said:
        said[key] = value
    elif isinstance(said[key], list):
        said[key].append(value)
    else:
        said[key] = [said[key], value]


def _asides(bodies: Sequence[_Element]) -> dict[str, Any]:
    """What stands aside in a text: pictures with their captions."""
    said: dict[str, Any] = {}
    for body in bodies:
        for each in body.iterdescendants("*"):
            if local(each) in names("aside") and not any(local(up) in names("aside") for up in each.iterancestors()):
                value = _value(each, set())
                if value:
                    _add(said, local(each), value)
    return said


def _bared(value: Any) -> Any:  # noqa: ANN401  whatever JSON can hold
    if isinstance(value, str):
        return bared(value)
    if isinstance(value, dict):
        return {bared(k): _bared(v) for k, v in value.items()}
    return [_bared(v) for v in value] if isinstance(value, list) else value
