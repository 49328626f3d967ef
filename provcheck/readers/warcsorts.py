"""What of a crawl is no document, and of which sort it is.

A type is believed where the body bears it out: servers send JSON and feeds as pages, and pages without a type. Where
they say nothing of use, the ending of the address does. The types and endings stand in ``data/media.json``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from provcheck import shipped
from provcheck.readers import jsonlines, magic, office, plain, streams
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

ABOUT, REDIRECTS, ERRORS = "notes about the crawl", "redirects", "error pages"
EMPTY, OTHER, FEEDS, ROBOTS = "empty answers", "other files", "data and feeds", "robots.txt and the like"
OFFICE = "PDF and office documents"
_SORTS = {"warcinfo": ABOUT, "metadata": ABOUT, "request": "requests", "revisit": "revisits"}
_HOLDERS = ("response", "resource", "conversion")


@cache
def _media() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = shipped.table("readers", "media.json")
    return loaded


def is_page(media: str) -> bool:
    """Tell whether a media type is one of pages."""
    return media in _media()["pages"]


def is_document(media: str) -> bool:
    """Tell whether a media type is one of pages or texts."""
    return is_page(media) or media in _media()["texts"]


def of_record(kind: str, address: str) -> str | None:
    """The sort that the type of a record (in lower case) or its address tells; None where it may hold a document.

    >>> of_record("request", "https://example.org/"), of_record("response", "https://example.org/")
    ('requests', None)
    """
    if kind not in _HOLDERS:
        return _SORTS.get(kind, "records of unknown types")
    return ABOUT if address.lower().startswith(tuple(_media()["about_the_crawl"])) else None


def of_status(status: int) -> str | None:
    """The sort that the status of an answer tells; None where it gave what was asked for. Raises Refusal for none.

    >>> of_status(301), of_status(404), of_status(200)
    ('redirects', 'error pages', None)
    """
    if not status:
        raise Refusal("PC104", "it holds no answer of HTTP: a line with a status is missing")
    if status in (204, 205):
        return EMPTY
    return None if 200 <= status < 300 else REDIRECTS if 300 <= status < 400 else ERRORS


def of_media(media: str, address: str) -> str | None:
    """The sort that a type tells, or the ending of the address where the type says too little.

    >>> of_media("image/png", ""), of_media("text/plain", "https://example.org/a.js"), of_media("text/html", "")
    ('images and videos', 'scripts and styles', None)
    """
    table = _media()
    if is_page(media):
        return None
    for row in table["left_out"]:
        if media.startswith(tuple(row["types"])):
            return str(row["sort"])
    if media.endswith(("+json", "+xml")):
        return FEEDS
    if media not in (*table["texts"], *table["unsaid"]):
        return None
    path = address.partition("://")[2].partition("?")[0].partition("#")[0].partition("/")[2]
    name = path.rpartition("/")[2].lower()
    if name in table["notes"]:
        return ROBOTS
    ending = name.rpartition(".")[2] if "." in name else ""
    return next((str(row["sort"]) for row in table["left_out"] if ending in row["endings"]), None)


def of_body(raw: bytes, media: str) -> str | None:
    """The sort of a body that is not what its type says, or whose type says nothing.

    Raises Refusal for a page that is empty or no text.

    >>> of_body(b'{"count": 3}', "text/html"), of_body(b"It rained.", "text/plain")
    ('data and feeds', None)
    """
    begin = raw[: streams.HEAD]
    if not raw.strip():
        if is_document(media):
            raise Refusal("PC105", "the body of its answer is empty")
        return EMPTY
    if plain.looks_like_page(begin):
        return None
    what = magic.binary(begin)
    if what and is_page(media):
        raise Refusal("PC103", what)
    if office.looks_rich(begin):
        return OFFICE
    if what or not (is_document(media) or media in _media()["unsaid"]):
        return OTHER
    return FEEDS if jsonlines.looks_like_json(begin) or plain.alien(begin) else None
