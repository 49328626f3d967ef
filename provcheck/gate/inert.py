"""A second wall: HTML that can do nothing.

Great Expectations puts texts into its pages without escaping (its templates end in ``.j2``, for which Jinja's
autoescape is off). `provcheck.gate.pages` escapes them; what is rendered then passes here, where only the few
elements and attributes that lay out a page survive. Everything else is shown as the text that it was.
"""

from __future__ import annotations

import html
import re
from collections import Counter

from provcheck.patterns import late
from provcheck.text import visible

_TAGS = frozenset(
    (
        *("a", "b", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol", "p", "pre"),
        *("small", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"),
    )
)
_VOID = frozenset(("br", "hr"))
_PARTS = late(r"(<[^<>]*>)")  # what may be a tag, and what stands between
_TAG = late(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>(?:[\s/][^<>]*)?)>")
_ATTRIBUTE = late(r'(?<![\w-])(?P<key>[\w-]+)\s*=\s*"(?P<value>[^"]*)"')  # the library quotes all that count
_SPACES = str.maketrans("\t\r\f", "   ")
_FITS = {
    "class": late(r"[\w -]*", re.ASCII),
    # The only ids that anything links to; the library's others are random.
    "id": late(r"section-\d+"),
    # Pages of this report.
    "href": late(r"#section-\d+|(?:\.\./)?(?:[A-Za-z0-9_-]+/)?[A-Za-z0-9_-]+\.html"),
}


def clean(fragment: str) -> str:
    """The fragment with nothing in it but layout and text, each element closed.

    It takes time in proportion to the fragment, which Python's own parser does not (and it raises at some markup).

    >>> clean('<p onclick="x()">a<script>b</script>')
    '<p>a&lt;script&gt;b&lt;/script&gt;</p>'
    """
    out: list[str] = []
    opened: list[str] = []
    depth: Counter[str] = Counter()
    for part in _PARTS.split(fragment):
        tag = _TAG.fullmatch(part)
        name = tag["name"].lower() if tag else ""
        if tag is None or name not in _TAGS:
            out.append(text(html.unescape(part).translate(_SPACES)))
        elif tag["end"]:
            while depth[name]:
                out.append(f"</{opened[-1]}>")
                depth[opened[-1]] -= 1
                if opened.pop() == name:
                    break
        else:
            out.append(f"<{name}{_attributes(tag['rest'])}>")
            if name not in _VOID:
                opened.append(name)
                depth[name] += 1
    return "".join([*out, *(f"</{name}>" for name in reversed(opened))])


def text(value: object) -> str:
    """A value as text of a page: markup and invisible characters are shown, not obeyed.

    >>> text("<b>\\x1b[31m")
    '&lt;b&gt;\\\\x1b[31m'
    """
    return html.escape(visible(str(value), keep_newlines=True))


def _attributes(written: str) -> str:
    """Those attributes that lay out a page or lead to another of its pages."""
    named = ((a["key"].lower(), html.unescape(a["value"])) for a in _ATTRIBUTE.finditer(written))
    kept = {key: value for key, value in named if key in _FITS and _FITS[key].fullmatch(value)}
    return "".join(f' {key}="{html.escape(value)}"' for key, value in kept.items())
