"""HTML: the main text by an extractor; what the tags declare is read in `provcheck.readers.htmltags`.

The extractor is trafilatura, set to recall: what it leaves in, the check for boilerplate can find and show; what it
takes out is gone without a trace. Where it finds no main text at all, all visible text is given, for the same reason.
Pages are hostile: they may be empty, cut, nested a hundred thousand deep or not HTML at all, and none of it raises.
"""

from __future__ import annotations

import html as entities
import re
from functools import cache
from typing import TYPE_CHECKING

from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
MOST_TAGS = 12_000
"""Tags beyond which a page is not given to the extractor, which takes time with their square; news pages have 500 to
9,000."""


def extract(source: str) -> str:
    """The main text of a page, a paragraph a line; all its visible text where no main text can be told. Never raises.

    >>> extract("<html><body><p>Short page.</p></body></html>")
    'Short page.'
    """
    clean = cleaned(source)
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


def cleaned(source: str) -> str:
    """The page without what a parser stumbles over: a declaration of XML, control characters."""
    return _CONTROLS.sub("", _DECLARATION.sub("", source, count=1))


def parsed(clean: str) -> HtmlElement | None:
    """The page as a tree; None where there is nothing to make one of."""
    from lxml import etree, html  # noqa: PLC0415  heavy, and only for HTML

    try:
        return html.document_fromstring(clean.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _visible(clean: str) -> str:
    """Everything that a reader would see, a block a line."""
    tree = parsed(clean)
    found = "" if tree is None else _walked(tree)
    if found:
        return found
    # Nested so deep that the parser gave up, or nothing but hidden parts: the tags are cut out of the source itself.
    bare = _TAG.sub("\n", "\n".join(_shown(clean)))
    return "\n".join(filter(None, (squeezed(entities.unescape(part)) for part in bare.split("\n"))))


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
    return "\n".join(filter(None, map(squeezed, lines)))


def squeezed(text: str) -> str:
    """A text as a browser shows it: with one space for each run of white space, and none around it."""
    return _SPACES.sub(" ", text).strip()


ACTIONS: dict[str, Callable[..., str]] = {"extract-html": extract}
