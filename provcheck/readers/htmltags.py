"""What the tags of an HTML page declare: its title, date, outlet, author, place, language and address.

JSON-LD is believed before meta tags, and these before the plain tags. Pages are hostile here as they are to
`provcheck.readers.html`.
"""

from __future__ import annotations

import html as entities
import json
import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from provcheck import shipped
from provcheck.patterns import late
from provcheck.readers import roles
from provcheck.readers.html import cleaned, parsed, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

# The script element of a JSON-LD block, and what stands in it up to the next closing tag of a script.
_LD = late(
    r"<script[^<>]{0,300}application/ld\+json[^<>]{0,300}>([^<]{0,500000}(?:<(?!/script)[^<]{0,500000}){0,2000})",
    re.IGNORECASE,
)
_DEEPEST = 12

_HEADINGS = 40
"""Headings of a page that are held against its title, and pieces of text of one."""

_LONGEST = 1000
"""Characters of a heading."""

_TELLING = 4
"""Words of a heading that can be a title, or pairs of letters in other scripts than Latin."""

# What parts a title from the site's name.
_BEHIND = late(r"\s+[-–—|:·•»«/]\s|\s?[|｜：»]")


@cache
def _tags() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = shipped.table("readers", "tags.json")
    return loaded


def declared(source: str) -> Mapping[str, str]:
    """What the tags of a page declare, as strings: JSON-LD first, then meta tags, then the plain tags. Never raises.

    >>> declared('<html lang="de"><head><title>Ein Titel</title><meta property="og:site_name" content="Bote"></head>')
    {'title': 'Ein Titel', 'outlet': 'Bote', 'language': 'de'}
    """
    clean = cleaned(source)
    tree = parsed(clean) if clean.strip() else None
    if tree is None:
        return {}
    try:
        parts = [_from_ld(clean), _from_meta(tree), _from_plain(tree)]
    except (RecursionError, ValueError):
        return {}
    wanted = ("title", "date", "outlet", "author", "place", "language", "url")
    found = {role: next((p[role] for p in parts if p.get(role)), None) for role in wanted}
    return {role: roles.whole(squeezed(value)) for role, value in found.items() if value and squeezed(value)}


def _from_ld(source: str) -> dict[str, str]:
    """The fields of the page's own article among its JSON-LD objects."""
    objects: list[dict[str, Any]] = []
    for match in _LD.finditer(source):
        try:
            objects.extend(_objects(json.loads(match[1].strip(), strict=False)))
        except (ValueError, RecursionError):
            continue
    by_id = {o["@id"]: o for o in objects if isinstance(o.get("@id"), str)}
    kinds = _tags()["articles"]
    articles = sorted((o for o in objects if _kind(o) in kinds), key=lambda o: kinds.index(_kind(o)))
    found: dict[str, str] = {}
    for article in articles[:1]:
        for role, keys in _tags()["ld"].items():
            value = next((v for key in keys if (v := _named(article.get(key), by_id, role))), None)
            if value:
                found[role] = value
    return found


def _kind(thing: Mapping[str, Any]) -> str:
    """The type of a schema.org object that says most, in lower case and without its namespace."""
    kinds = thing.get("@type")
    names = [str(k).rpartition("/")[2].lower() for k in (kinds if isinstance(kinds, list) else [kinds])]
    return next((n for n in names if n in _tags()["articles"]), names[0] if names else "")


def _objects(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD block: at its top, in lists and in graphs, but not those inside other objects."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), (list, dict)):
                yield from _objects(value[key], depth + 1)


def _named(value: object, by_id: Mapping[str, Mapping[str, Any]], role: str) -> str | None:
    """A value as a string: itself, its name, or the name of what it refers to; several are joined."""
    if isinstance(value, str):
        return entities.unescape(value)
    if isinstance(value, list):
        names = dict.fromkeys(n for item in value[:20] if (n := _named(item, {}, role) or _refers(item, by_id)))
        return ", ".join(names) or None
    if isinstance(value, dict):
        key = "@id" if role == "url" else "name"
        name = value.get(key) or value.get("alternateName")
        return entities.unescape(name) if isinstance(name, str) else _refers(value, by_id)
    return None


def _refers(value: object, by_id: Mapping[str, Mapping[str, Any]]) -> str | None:
    name = by_id.get(str(value.get("@id")), {}).get("name") if isinstance(value, dict) else None
    return entities.unescape(name) if isinstance(name, str) else None


def _from_meta(tree: HtmlElement) -> dict[str, str]:
    said: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        names = (tag.get("property"), tag.get("name"), tag.get("itemprop"), tag.get("http-equiv"))
        content = (tag.get("content") or "").strip()
        for name in {n.strip().lower() for n in names if n}:
            if content:
                said.setdefault(name, []).append(content)
    found: dict[str, str] = {}
    for role, keys in _tags()["meta"].items():
        values = next((v for key in keys if (v := _wanted(role, said.get(key, [])))), None)
        if values:
            found[role] = ", ".join(values) if role == "author" else values[0]
    return found


def _wanted(role: str, values: list[str]) -> list[str]:
    """The values without those that name nobody: the address of a profile is no author, and of a page no outlet.

    An account is named by what follows its sign.
    """
    kept = [v for v in dict.fromkeys(values) if role == "url" or not v.startswith(("http://", "https://"))]
    kept = [v.removeprefix("@") for v in kept] if role == "outlet" else kept
    return [v.replace("_", "-") if role == "language" else v for v in kept]


def _from_plain(tree: HtmlElement) -> dict[str, str]:
    """Title, language, canonical address and the one date that the plain tags give."""
    found: dict[str, str] = {}
    title = next((t for t in tree.iter("title") if t.getparent() is not None and t.getparent().tag == "head"), None)
    if title is not None and title.text:
        found["title"] = _headed(title.text, tree)
    found["language"] = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    link = next((t for t in tree.iter("link") if (t.get("rel") or "").lower() == "canonical"), None)
    found["url"] = (link.get("href") or "") if link is not None else ""
    published = [t for t in tree.iter("time", "span", "div", "p") if _says_published(t)]
    stamps = {(t.get("datetime") or t.get("content") or "") for t in published}
    # Several times on a page are those of comments or teasers, unless one is marked as the publication's.
    stamps = stamps or {t.get("datetime") or "" for t in tree.iter("time")}
    found["date"] = stamps.pop() if len(stamps) == 1 else ""
    return found


def _headed(title: str, tree: HtmlElement) -> str:
    """The title of a page without the site's name, where a heading of the page is what stands before that.

    Sites put their name first as well, and have it as a heading. So the heading must say more than each part behind it,
    and none of these may be a heading too.

    >>> page = parsed("<h1>Herald</h1><h2>Old bridge closes in July</h2>")
    >>> _headed("Old bridge closes in July - Herald - News", page), _headed("Herald - Old bridge closes in July", page)
    ('Old bridge closes in July', 'Herald - Old bridge closes in July')
    """
    whole = squeezed(title)
    tags = islice(tree.iter("h1", "h2"), _HEADINGS)
    headings = dict.fromkeys(squeezed("".join(islice(tag.itertext(), _HEADINGS))[:_LONGEST]) for tag in tags)
    for heading in filter(_is_telling, headings):
        behind = _BEHIND.match(whole, len(heading)) if whole.startswith(heading) else None
        parts = _BEHIND.split(whole[behind.end() :]) if behind else [whole]
        if all(len(part) < len(heading) and not (_is_telling(part) and part in headings) for part in parts):
            return heading
    return title


def _is_telling(heading: str) -> bool:
    """Whether a heading has four words, or eight letters of another script than Latin."""
    return len(heading.split()) >= _TELLING or (not heading.isascii() and len(heading) >= 2 * _TELLING)


def _says_published(tag: HtmlElement) -> bool:
    return "datepublished" in (tag.get("itemprop") or "").lower() or (
        tag.tag == "time" and tag.get("pubdate") is not None
    )
