"""Domains in the text: ``www.example.org``, ``news@example.org``, ``© example.org``.

A page names many hosts, but few of them often, and its own in its imprint, its e-mail addresses and its copyright line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from provcheck.describe.outlets.clue import WEIGHTS, Clue, is_own, tables
from provcheck.describe.outlets.names import fold, words
from provcheck.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from provcheck.describe.outlets.gazetteer import Gazetteer
    from provcheck.describe.outlets.lines import Line

# 1 an e-mail's sign or the beginning of a link; 2 the host: labels and a last label of two to ten letters, which must
# not go on. Labels are bounded, so that the pattern is linear.
_HOST = late(
    r"(?<![\w.-])(?:(?P<mail>[\w.+-]{1,64}@)|https?://)?"
    r"(?P<host>(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.){1,4}[a-zA-Z]{2,10})(?![\w-]|\.\w)"
)

_BARS = late(r"[|•·]")  # what parts the entries of a menu on one line
_DOT = late(r"[a-z0-9]\.[a-z]{2}")  # what every host has


def clues(line: Line, shelf: Gazetteer) -> Iterator[Clue]:
    """The hosts that a line of the page names, known or not; networks and mail services left out."""
    if "." not in line.text or not _DOT.search(fold(line.text)):
        return
    for found in _HOST.finditer(line.text):
        # A full stop without a space ("end.The") otherwise makes hosts of prose.
        host = found["host"].lower().removeprefix("www.")
        owner = shelf.hosted(host)
        if is_foreign(host) or not (owner or host.rpartition(".")[2] in tables()["suffixes"]):
            continue
        rule = "outlet.email" if found["mail"] else "outlet.domain"
        # A host with a path behind it is a link to one page, as articles give for their sources.
        cited = not found["mail"] and (line.sentence or (line.text[found.end() : found.end() + 2].strip("/ ") != "" and
                                       line.text[found.end()] == "/"))  # fmt: skip
        weight = WEIGHTS[rule] * (1.0 if owner else 0.6) * (0.3 if cited else 1.0)
        span = line.start + found.start("host"), line.start + found.end("host")
        yield Clue(host, rule, weight, *span, (owner,) if owner else ())
        if owner and not found["mail"] and not line.sentence and _is_framed(line.text, found):
            yield Clue(host, "outlet.site-name", WEIGHTS["outlet.site-name"], *span, (owner,))


def _is_framed(text: str, found: re.Match[str]) -> bool:
    """Whether a host stands beside words of the page's own, and no others: ``Imprint | About example.org``."""
    before, after = _BARS.split(text[: found.start()])[-1], _BARS.split(text[found.end() :])[0]
    before, after = " ".join(words(before)), " ".join(words(after))
    return bool(before or after) and is_own(before, after)


def is_foreign(host: str) -> bool:
    """Whether a host belongs to a network, a shop or a mail service that every page links to."""
    foreign, labels = tables()["hosts"], host.split(".")
    return any(".".join(labels[i:]) in foreign for i in range(len(labels) - 1))


def is_host(text: str) -> bool:
    """Whether all of a text is a host.

    >>> is_host("www.example.org"), is_host("news@example.org"), is_host("e.g. this")
    (True, False, False)
    """
    found = _HOST.fullmatch(text)
    return found is not None and not found["mail"]


def label(host: str) -> str:
    """The telling part of a host: ``news.example.co.uk`` gives ``example``.

    >>> label("news.example.co.uk"), label("example.org")
    ('example', 'example')
    """
    labels = [part for part in host.lower().split(".") if part != "www"]
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND:
        return labels[-3]
    return labels[-2] if len(labels) > 1 else host.lower()


_SECOND = frozenset(["co", "com", "org", "net", "ac", "gov", "or", "ne", "go", "edu", "news", "info", "web"])


def of_url(url: str) -> str | None:
    """The host of a link without ``www.``, or None where there is none.

    >>> of_url("https://www.example.org/a"), of_url("not a link")
    ('example.org', None)
    """
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host and " " not in host else None
