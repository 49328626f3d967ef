"""HTML: the main text by an extractor, and the metadata of its tags as declared fields.

The extractor is trafilatura, set to recall: what it leaves in, the check for boilerplate can find and show; what it
takes out is gone without a trace. Where it finds no main text at all, all visible text is given, for the same reason.
Pages are hostile: they may be empty, cut, nested a hundred thousand deep or not HTML at all, and none of it raises.
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml.html import HtmlElement

_INVISIBLE = ("script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "textarea")
_BLOCKS = frozenset(
    (  # noqa: SIM905  quotes around each of fifty words would not help to review them
        "address article aside blockquote br dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
        "h4 h5 h6 header hr li main nav ol p pre section table td th tr ul"
    ).split()
)
# An XML declaration, which lxml refuses in a text that is decoded already; control characters that XML cannot hold.
_DECLARATION = late(r"\A[\ufeff\s]{0,999}<\?xml[^>]{0,200}>")
_CONTROLS = late(r"[\x00-\x08\x0b\x0e-\x1f]")
_TAG = late(r"<[^<>]{0,4000}>")
_HIDDEN = late(r"<(/?)(script|style)\b[^<>]{0,4000}>", re.IGNORECASE)
_SPACES = late(r"[ \t\r\n\f\xa0]+")
# The script element of a JSON-LD block, and what stands in it up to the next closing tag of a script.
_LD = late(
    r"<script[^<>]{0,300}application/ld\+json[^<>]{0,300}>([^<]{0,500000}(?:<(?!/script)[^<]{0,500000}){0,2000})",
    re.IGNORECASE,
)
_DEEPEST = 12

_HEADINGS = 40
"""Headings of a page that are held against its title."""

# What parts a title from the site's name.
_BEHIND = late(r"\s+[-–—|:·•»«/]\s|\s?[|｜：»]")

MOST_TAGS = 12_000
"""Tags beyond which a page is not given to the extractor, which takes time with their square; news pages have 500 to
9,000."""


def extract(source: str) -> str:
    """The main text of a page, a paragraph a line; all its visible text where no main text can be told. Never raises.

    >>> extract("<html><body><p>Short page.</p></body></html>")
    'Short page.'
    """
    clean = _clean(source)
    if not clean.strip():
        return ""
    if clean.count("<") > MOST_TAGS:
        return _visible(clean)
    try:
        found = _extractor()(
            clean, favor_recall=True, include_comments=False, include_tables=True, output_format="txt",
            with_metadata=False, deduplicate=False,
        )  # fmt: skip
    except Exception:  # noqa: BLE001  a page that breaks the extractor still has its visible text
        found = None
    return found if found and found.strip() else _visible(clean)


@cache
def _extractor() -> Callable[..., str | None]:
    """Trafilatura's function, loaded when the first page comes; its log would print warnings about every odd page."""
    import logging  # noqa: PLC0415  heavy, and only for HTML

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    from trafilatura import extract as found  # noqa: PLC0415  heavy, and only for HTML

    function: Callable[..., str | None] = found
    return function


def _clean(source: str) -> str:
    return _CONTROLS.sub("", _DECLARATION.sub("", source, count=1))


def _tree(clean: str) -> HtmlElement | None:
    """The page as a tree; None where there is nothing to make one of."""
    from lxml import etree, html  # noqa: PLC0415  heavy, and only for HTML

    try:
        return html.document_fromstring(clean.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _visible(clean: str) -> str:
    """Everything that a reader would see, a block a line."""
    tree = _tree(clean)
    found = "" if tree is None else _walked(tree)
    if found:
        return found
    # Nested so deep that the parser gave up, or nothing but hidden parts: the tags are cut out of the source itself.
    bare = _TAG.sub("\n", "\n".join(_shown(clean)))
    return "\n".join(filter(None, (_squeeze(entities.unescape(part)) for part in bare.split("\n"))))


def _shown(clean: str) -> Iterator[str]:
    """The parts of a source between its scripts and styles, in one pass: one that is never closed hides the rest."""
    begin, within = 0, ""
    for match in _HIDDEN.finditer(clean):
        closing, name = match[1], match[2].lower()
        if not within and not closing:
            yield clean[begin : match.start()]
            within = name
        elif closing and within == name:
            begin, within = match.end(), ""
    if not within:
        yield clean[begin:]


def _walked(tree: HtmlElement) -> str:
    lines = [""]
    hidden = 0
    from lxml import etree  # noqa: PLC0415  heavy, and only for HTML

    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            lines[-1] += "" if hidden else node.tail or ""
            continue
        if node.tag in _BLOCKS:
            lines.append("")
        if node.tag in _INVISIBLE:
            hidden += 1 if event == "start" else -1
        text = node.text if event == "start" else node.tail
        if text and not hidden:
            lines.append(lines.pop() + text)
    return "\n".join(filter(None, map(_squeeze, lines)))


def _squeeze(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


@cache
def _tags() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = shipped.table("readers", "tags.json")
    return loaded


def declared(source: str) -> Mapping[str, str]:
    """What the tags of a page declare, as strings: JSON-LD first, then meta tags, then the plain tags. Never raises.

    >>> declared('<html lang="de"><head><title>Ein Titel</title><meta property="og:site_name" content="Bote"></head>')
    {'title': 'Ein Titel', 'outlet': 'Bote', 'language': 'de'}
    """
    clean = _clean(source)
    tree = _tree(clean) if clean.strip() else None
    if tree is None:
        return {}
    try:
        parts = [_from_ld(clean), _from_meta(tree), _from_plain(tree)]
    except (RecursionError, ValueError):
        return {}
    wanted = ("title", "date", "outlet", "author", "place", "language", "url")
    found = {role: next((p[role] for p in parts if p.get(role)), None) for role in wanted}
    return {role: roles.whole(_squeeze(value)) for role, value in found.items() if value and _squeeze(value)}


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

    >>> page = _tree("<h1>Old bridge closes</h1>")
    >>> _headed("Old bridge closes - Herald - News", page), _headed("Old bridge closes again - Herald", page)
    ('Old bridge closes', 'Old bridge closes again - Herald')
    """
    whole = _squeeze(title)
    headings = [_squeeze(tag.text_content()) for tag in islice(tree.iter("h1", "h2"), _HEADINGS)]
    begun = [each for each in headings if each and whole.startswith(each) and _BEHIND.match(whole, len(each))]
    return max(begun, key=len, default=title)


def _says_published(tag: HtmlElement) -> bool:
    return "datepublished" in (tag.get("itemprop") or "").lower() or (
        tag.tag == "time" and tag.get("pubdate") is not None
    )


ACTIONS: dict[str, Callable[..., str]] = {"extract-html": extract}
