"""Take an item of NewsML 1 apart where it holds several stories (IPTC, NewsML 1.2, sections 5.4 to 5.8).

An item is a tree of components, and what one of them is, its role says in words that each provider chooses. So a
component is a story of its own where it has a headline of its own and a text, main or supporting; where it is one of
several alternatives, as translations are; and where it is an item itself. A text without a headline belongs to the
story around it, and so do captions and pictures. What is said of the whole item is said of each of its stories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

MOST = 100
"""Stories that an item is taken apart into; one with more is read as one, and so is one too large for its stories."""

_ITEM, _COMPONENT, _CONTENT, _LINES = "NewsItem", "NewsComponent", "ContentItem", "NewsLines"
_WORK = 1 << 20
"""Elements that are gone through for all stories of an item, each of which has those of the item itself."""


def apart(item: _Element) -> Iterator[_Element]:
    """Each story of an item, with what is said of the whole; the item itself where it is one story.

    What is given is a part of the tree, and holds good until the next one is asked for.

    >>> from lxml import etree
    >>> part = "<NewsComponent><NewsLines><HeadLine>{0}</HeadLine></NewsLines><ContentItem><DataContent>{0} text" \\
    ... "</DataContent></ContentItem></NewsComponent>"
    >>> item = f"<NewsItem><NewsComponent>{part.format('A')}{part.format('B')}</NewsComponent></NewsItem>"
    >>> ["".join(each.itertext()) for each in apart(etree.fromstring(item))]
    ['AA text', 'BB text']
    """
    inner = list(item.iterdescendants(_ITEM))
    size = sum(1 for _ in item.iter("*"))
    if len(inner) >= MOST or len(inner) * size > _WORK:
        inner = []
    for each in inner:
        _away(each)
    for each in (item, *inner):
        yield from _stories(each)


def _stories(item: _Element) -> Iterator[_Element]:
    """The stories of an item that holds no other, each with its own headline and byline before all others."""
    owned: dict[_Element, list[_Element]] = {}
    count = 0
    for count, content in enumerate(item.iterdescendants(_CONTENT), 1):  # noqa: B007  how many there are
        if _is_text(content) and (story := _story(content)) is not None:
            owned.setdefault(story, []).append(content)
    size = sum(1 for _ in item.iter("*")) if count > 1 else 0
    if not owned or len(owned) > MOST or len(owned) * size > _WORK:
        yield item
        return
    for story in owned:
        around = set(story.iterancestors())
        gone = [other for other in owned if other is not story and other not in around]
        gone += [content for other in owned if other in around for content in owned[other]]
        places = [(each, *_away(each)) for each in gone]
        lines = next((each for each in story.findall(_LINES) if _headed(each)), None)
        if lines is not None and next(item.iterdescendants(_LINES)) is not lines:
            places.append((lines, *_away(lines)))
            item.insert(0, lines)
        yield item
        for each, parent, at in reversed(places):
            parent.insert(at, each)


def _away(element: _Element) -> tuple[_Element, int]:
    """Take an element out of its tree; where it stood."""
    parent = element.getparent()
    if parent is None:
        raise ValueError("the first element of a tree stands nowhere")
    at = parent.index(element)
    parent.remove(element)
    return parent, at


def _is_text(content: _Element) -> bool:
    """Whether a piece of content is text: its own type says so, or nothing does and it stands in the file."""
    said = content.find("MediaType")
    here = any(True for _ in content.iterdescendants("DataContent"))
    media = said.get("FormalName", "").lower() == "text" if said is not None else here
    return media and (here or "Href" in content.attrib)


def _story(content: _Element) -> _Element | None:
    """The component whose story a text belongs to; None for captions, and for what stands in no story."""
    for each in content.iterancestors(_COMPONENT):
        role = each.find("Role")
        if role is not None and role.get("FormalName") == "Caption":
            return None
        above = each.getparent()
        alternative = above is not None and above.tag == _COMPONENT and above.get("EquivalentsList") == "yes"
        if alternative or any(map(_headed, each.findall(_LINES))):
            return each
    return None


def _headed(lines: _Element) -> bool:
    return any(line.text and line.text.strip() for line in lines.findall("HeadLine"))
