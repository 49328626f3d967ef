"""A second wall: HTML that can do nothing.

Great Expectations puts texts into its pages without escaping (its templates end in ``.j2``, for which Jinja's
autoescape is off). `provcheck.gate.pages` escapes them; what is rendered then passes here, where only the few
elements and attributes that lay out a page survive. Everything else is shown as the text that it was.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from provcheck.text import visible

_TAGS = frozenset(
    (
        *("a", "b", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol", "p", "pre"),
        *("small", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"),
    )
)
_VOID = frozenset(("br", "hr"))
_WORDS = re.compile(r"[\w -]*", re.ASCII)  # class names
_SECTION = re.compile(r"section-\d+")  # the only ids that anything links to; the library's others are random
_LINK = re.compile(r"#section-\d+|(?:\.\./)?(?:[A-Za-z0-9_-]+/)?[A-Za-z0-9_-]+\.html")  # to pages of this report


def clean(fragment: str) -> str:
    """The fragment with nothing in it but layout and text, each element closed.

    >>> clean('<p onclick="x()">a<script>b</script>')
    '<p>a&lt;script&gt;b&lt;/script&gt;</p>'
    """
    parser = _Cleaner()
    parser.feed(fragment)
    parser.close()
    return parser.finish()


def text(value: object) -> str:
    """A value as text of a page: markup and invisible characters are shown, not obeyed.

    >>> text("<b>\\x1b[31m")
    '&lt;b&gt;\\\\x1b[31m'
    """
    return html.escape(visible(str(value), keep_newlines=True))


class _Cleaner(HTMLParser):
    CDATA_CONTENT_ELEMENTS = ()  # type: ignore[misc]  # a script is text here like any other element
    RCDATA_CONTENT_ELEMENTS = ()  # type: ignore[misc]  # and so is a title, in the Pythons that know this name

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self._out.append(text(self.get_starttag_text() or ""))
            return
        kept = "".join(f' {k}="{html.escape(v)}"' for k, v in attrs if v is not None and _fits(k, v))
        self._out.append(f"<{tag}{kept}>")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _TAGS:
            self._out.append(f"&lt;/{text(tag)}&gt;")
            return
        while tag in self._open:
            last = self._open.pop()
            self._out.append(f"</{last}>")
            if last == tag:
                break

    def handle_data(self, data: str) -> None:
        self._out.append(text(data.replace("\t", " ").replace("\r", " ")))

    def finish(self) -> str:
        """Close what is still open."""
        self._out += [f"</{tag}>" for tag in reversed(self._open)]
        return "".join(self._out)


def _fits(key: str, value: str) -> bool:
    if key == "class":
        return _WORDS.fullmatch(value) is not None
    if key == "id":
        return _SECTION.fullmatch(value) is not None
    return key == "href" and _LINK.fullmatch(value) is not None
