"""Items of NewsML 1: one story or several, with what is said of each; and content that is not in the file."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.config import Settings
from provcheck.readers import Ledger, Source, unpack
from provcheck.readers.markup import stories

if TYPE_CHECKING:
    from provcheck.model import Envelope

RAIN, SNOW, HAIL = "It rained all day.", "It snowed at night.", "It hailed at noon."
IDENTITY = (
    "<Identification><NewsIdentifier><ProviderId>hn.example.org</ProviderId><DateId>20240312</DateId>"
    "<NewsItemId>7</NewsItemId><PublicIdentifier>urn:newsml:hn:7</PublicIdentifier></NewsIdentifier></Identification>"
    "<NewsManagement><NewsItemType FormalName='News'/><FirstCreated>20240312T141500+0100</FirstCreated>"
    "<ThisRevisionCreated>20240313T080000Z</ThisRevisionCreated></NewsManagement>"
)
WHAT = (
    "<AdministrativeMetadata><Provider><Party FormalName='HN'/></Provider></AdministrativeMetadata>"
    "<DescriptiveMetadata><Language FormalName='en'/></DescriptiveMetadata>"
)
NITF = (
    "<nitf><head><docdata><date.issue norm='20240312'/></docdata></head>"
    "<body><body.head><hedline><hl1>Inner</hl1></hedline>"
    "<byline>By ANN LEE</byline><dateline><location>Millport</location></dateline></body.head>"
    f"<body.content><p>{RAIN}</p><p>{SNOW}</p></body.content></body></nitf>"
)


def content(text: str, media: str = "Text") -> str:
    """A piece of content that stands in the file."""
    said = f"<MediaType FormalName='{media}'/>" if media else ""
    return f"<ContentItem>{said}<DataContent>{text}</DataContent></ContentItem>"


def component(inside: str, headline: str = "", role: str = "", more: str = "") -> str:
    """A component, with a headline or not."""
    said = f"<Role FormalName='{role}'/>" if role else ""
    lines = f"<NewsLines><HeadLine>{headline}</HeadLine>{more}</NewsLines>" if headline or more else ""
    return f"<NewsComponent>{said}{lines}{inside}</NewsComponent>"


def newsml(*items: str, head: str = IDENTITY) -> bytes:
    """A file of items."""
    inner = "".join(f"<NewsItem>{head}{each}</NewsItem>" for each in items)
    return (
        f"<?xml version='1.0'?><NewsML><NewsEnvelope><Priority FormalName='4'/></NewsEnvelope>{inner}</NewsML>".encode()
    )


def read(raw: bytes) -> list[Envelope]:
    """Each row; the ledger is held to account."""
    books = Ledger()
    books.found(len(raw))
    found = list(unpack(Source("a.xml", "a.xml", "a.xml", len(raw)), raw, Settings(), books))
    assert books.faults(len(found)) == ()
    names = [e.origin.name for e in found]
    assert len(set(names)) == len(names)
    return found


def told(raw: bytes) -> list[str]:
    """Each row's text, or its code and detail."""
    return [f"{e.problem.code} {e.problem.detail}" if e.problem else e.raw.decode() for e in read(raw)]


ONE_STORY = {
    "a headline above the text": component(component(content(RAIN)), "Rain"),
    "a headline beside the text": component(content(RAIN), "Rain"),
    "two texts under one headline": component(component(content(RAIN)) + component(content(SNOW)), "Rain"),
    "a picture with a headline": component(
        component(content(RAIN), role="Main")
        + component("<ContentItem Href='a.jpg'><MediaType FormalName='Photo'/></ContentItem>", "The pier"),
        "Rain",
    ),
    "a caption with a headline": component(content(RAIN) + component(content("Pier."), "Photo", "Caption"), "Rain"),
    "an empty headline": component(content(RAIN) + component(content(SNOW), more="<HeadLine> </HeadLine>"), "Rain"),
    "a picture with a headline before the text": component("", "Index")
    + component("<ContentItem Href='a.jpg'><MediaType FormalName='Photo'/></ContentItem>", "The pier")
    + component(content(RAIN), "Rain"),
    "a text that is no story": component(content(RAIN), "Rain") + component("", "Index"),
}


@pytest.mark.parametrize("inside", ONE_STORY.values(), ids=ONE_STORY.keys())
def test_one_story_is_one_row(inside: str) -> None:
    """Texts without headlines belong to the story around them; pictures and captions are no stories."""
    [found] = read(newsml(inside))
    assert found.raw.decode().startswith(RAIN)
    assert found.declared["title"] == "Rain"
    assert found.origin.row == 1


def test_what_an_item_says_is_declared_or_kept() -> None:
    """Lines, days, names, and all else beside the text."""
    lines = (
        "<ByLine>By Ann Lee</ByLine><DateLine>KIEL, March 12 (HN) -</DateLine><CreditLine>Harbour News</CreditLine>"
        "<CopyrightLine>(c) 2024 Harbour News</CopyrightLine><SlugLine>rain-kiel</SlugLine>"
    )
    [found] = read(newsml(component(WHAT + content(f"<p>{RAIN}</p>"), "Rain", more=lines)))
    assert found.declared == {
        "title": "Rain", "date": "2024-03-12T14:15:00+01:00", "outlet": "HN", "author": "Ann Lee", "place": "KIEL",
        "language": "en", "id": "urn:newsml:hn:7",
    }  # fmt: skip
    kept = json.dumps(dict(found.extra))
    assert all(word in kept for word in ("Harbour News", "(c) 2024", "rain-kiel", "20240313T080000Z"))


FORMS = {
    "plain": (f"{RAIN}\n\n{SNOW}", "text", f"{RAIN}\n\n{SNOW}"),
    "paragraphs": (f"<p>{RAIN}</p><p>{SNOW}</p>", "text", f"{RAIN}\n\n{SNOW}"),
    "NITF": (NITF, "text", f"{RAIN}\n\n{SNOW}"),
    "XHTML": (
        f"<html xmlns='http://www.w3.org/1999/xhtml'><head/><body><p>{RAIN}</p><p>{SNOW}</p></body></html>",
        "text",
        f"{RAIN}\n\n{SNOW}",
    ),
    "HTML as a string": (f"<![CDATA[<p>{RAIN}</p>]]>", "html", f"<p>{RAIN}</p>"),
}


@pytest.mark.parametrize(("inside", "media", "text"), FORMS.values(), ids=FORMS.keys())
@pytest.mark.parametrize("kind", ["Text", "text", ""])
def test_a_text_in_any_form(inside: str, media: str, text: str, kind: str) -> None:
    """As it is, or in markup of its own."""
    [found] = read(newsml(component(content(inside, kind), "Rain")))
    assert (found.raw.decode(), found.media, found.declared["title"]) == (text, media, "Rain")


def test_the_markup_inside_speaks_where_the_item_does_not() -> None:
    """Headline, author, place and day of NITF, if the item names none."""
    [found] = read(newsml(component(content(NITF)), head=""))
    assert found.declared == {"title": "Inner", "author": "ANN LEE", "place": "Millport", "date": "2024-03-12"}


SEVERAL = {
    "side by side": component(component(content(RAIN), "Rain") + component(content(SNOW), "Snow"), "Weather"),
    "main and supporting": component(
        component(content(RAIN), "Rain", "Main") + component(content(SNOW), "Snow", "Supporting")
    ),
    "one in the other": component(content(RAIN) + component(content(SNOW), "Snow"), "Rain"),
    "behind a picture": component(
        "<ContentItem Href='a.jpg'><MediaType FormalName='Photo'/></ContentItem>"
        + component(component(content(RAIN)), "Rain")
        + component(component(component(content(SNOW), "Snow"))),
        "Weather",
    ),
    "alternatives": "<NewsComponent EquivalentsList='yes'>"
    + component(content(RAIN), more="<HeadLine>Rain</HeadLine>")
    + component(content(SNOW), "Snow")
    + "</NewsComponent>",
    "several at the top": component(content(RAIN), "Rain") + component(content(SNOW), "Snow"),
}


@pytest.mark.parametrize("inside", SEVERAL.values(), ids=SEVERAL.keys())
def test_several_stories_are_rows(inside: str) -> None:
    """Each with its own headline, and with what the item says of all; rows count on behind them."""
    first, second, third = read(newsml(WHAT + inside, component(content(HAIL), "Hail")))
    assert [each.raw.decode() for each in (first, second, third)] == [RAIN, SNOW, HAIL]
    assert [each.declared["title"] for each in (first, second, third)] == ["Rain", "Snow", "Hail"]
    assert [each.origin.row for each in (first, second, third)] == [1, 2, 3]
    assert first.origin.offset == second.origin.offset
    for each in (first, second):
        assert each.declared["date"] == "2024-03-12T14:15:00+01:00"
        assert each.declared["id"] == "urn:newsml:hn:7"


def test_translations_without_headlines_are_rows() -> None:
    """Alternatives that are components are not joined into one text of two languages."""
    parts = "".join(component(content(text)) for text in (RAIN, "Il a plu."))
    assert told(newsml(f"<NewsComponent EquivalentsList='yes'>{parts}</NewsComponent>")) == [RAIN, "Il a plu."]


def test_an_item_in_an_item_is_a_row_with_its_own_day() -> None:
    """What is around it says nothing of it; without a text it is a row that says so."""
    inner = f"<NewsItem>{IDENTITY.replace('20240312T', '20240101T')}{component(content(RAIN), 'Rain')}</NewsItem>"
    frame, found = read(newsml(component(inner, "Package")))
    assert frame.problem is not None
    assert (frame.problem.code, frame.problem.detail[-23:]) == ("PC105", "no text in its <NewsItem>"[-23:])
    assert (found.raw.decode(), found.declared["date"][:10]) == (RAIN, "2024-01-01")


ELSEWHERE = {
    "an address": ("<ContentItem Href='text/a.xml'><MediaType FormalName='Text'/></ContentItem>", "text/a.xml"),
    "another item": ("<NewsItemRef NewsItem='urn:newsml:hn:8'/>", "urn:newsml:hn:8"),
    "letters for bytes": (
        content("x").replace("<Data", "<Encoding Notation='Base64'><Data").replace("</Content", "</Encoding></Content"),
        "Base64",
    ),
}


@pytest.mark.parametrize(("inside", "words"), ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_content_that_is_not_there_is_told(inside: str, words: str) -> None:
    """Alone in its item, and beside a story that is there, which costs it nothing."""
    [row] = told(newsml(component(inside, "Rain")))
    assert row.startswith("PC105 record 1 at byte ")
    assert row.endswith(f"its content is not in the file, but at or as {words}")
    rows = told(newsml(component(inside, "Rain"), component(content(SNOW), "Snow")))
    assert rows[1] == SNOW
    if "NewsItemRef" not in inside:
        rows = told(newsml(component(component(inside, "Rain") + component(content(SNOW), "Snow"))))
        assert (words in rows[0], rows[1]) == (True, SNOW)


def test_too_many_stories_are_one_and_cost_no_more() -> None:
    """Nothing is lost by it, and time stays linear."""
    few = component("".join(component(content(f"{RAIN} {n}"), f"Rain {n}") for n in range(stories.MOST)))
    assert len(read(newsml(few))) == stories.MOST
    for count, inside in ((stories.MOST + 1, ""), (5_000, "<a/>" * 20)):
        many = component("".join(component(content(f"{RAIN} {n}{inside}"), f"Rain {n}") for n in range(count)))
        begin = time.process_time()
        [found] = read(newsml(many))
        assert time.process_time() - begin < 20
        assert found.raw.decode().count(RAIN) == count
    nested = "<NewsItem>" * 120 + component(content(RAIN), "Rain") + "</NewsItem>" * 120
    assert RAIN in told(newsml(nested))


PIECES = st.recursive(
    st.sampled_from([content(RAIN), content(SNOW), content(HAIL, "Photo"), content("", ""), "<ContentItem Href='a'/>"]),
    lambda inner: (
        st.builds(
            lambda parts, head, role, alike: component("".join(parts), head, role).replace("<NewsComponent>", alike, 1),
            st.lists(inner, max_size=3),
            st.sampled_from(["", "Rain", "Snow"]),
            st.sampled_from(["", "Main", "Caption"]),
            st.sampled_from(
                ["<NewsComponent>", "<NewsComponent EquivalentsList='yes'>", "<NewsComponent xml:lang='fr'>"]
            ),
        )
        | st.builds(lambda part: f"<NewsItem>{component(part)}</NewsItem>", inner)
    ),
    max_leaves=8,
)


@given(PIECES)
@settings(deadline=None)
def test_any_tree_of_components_loses_no_text(inside: str) -> None:
    """Each text is the text of a row, or in its fields; and none is the text of two."""
    found = read(newsml(component(inside)))
    assert found
    for text in (RAIN, SNOW):
        count = sum(each.raw.decode().count(text) for each in found if not each.problem)
        assert count <= inside.count(text)
        if count < inside.count(text):  # a caption, or one of two alternatives
            assert "Caption" in inside or "EquivalentsList" in inside
