"""Pages: their text, what their tags declare, and what hostile ones cannot do."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.model import ROLES
from provcheck.readers.charset import declared as charset
from provcheck.readers.html import extract
from provcheck.readers.htmltags import declared

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from provcheck.model import Envelope

PARAGRAPHS = [
    "The ferry across the lake was an hour late on Monday, and hardly anybody on the pier complained about it.",
    "The captain, who has made the crossing for thirty years, blamed the fog and a broken lamp at the harbour mouth.",
    "Repairs will begin next week, the harbour office said, and will be paid for by the town and by the ferry line.",
]
PAGE = (
    "<!doctype html><html lang='en'><head><title>Late ferry - Example Herald</title>"
    "<meta property='og:title' content='Late ferry'><meta property='og:site_name' content='Example Herald'>"
    '<script type=\'application/ld+json\'>{"@context": "https://schema.org", "@graph": ['
    '{"@type": "WebSite", "name": "Not this"}, {"@type": "Person", "@id": "#jr", "name": "Jane Roe"},'
    '{"@type": ["NewsArticle"], "headline": "Ferry late &amp; nobody minds", "datePublished": "2018-03-15T08:30:00Z",'
    '"author": [{"@id": "#jr"}], "publisher": {"@type": "Organization", "name": "Herald"}}]}</script></head>'
    "<body><nav><a href='/'>Home</a></nav><article><h1>Late ferry</h1>"
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    + "</article></body></html>"
)


def test_main_text_keeps_its_paragraphs() -> None:
    """Each paragraph is a line, in order."""
    lines = extract(PAGE).splitlines()
    assert [line for line in lines if line in PARAGRAPHS] == PARAGRAPHS
    assert extract(PAGE) == extract(PAGE)


def test_tags_declare_fields() -> None:
    """JSON-LD before meta tags before plain tags; an author is found by reference."""
    assert declared(PAGE) == {
        "title": "Ferry late & nobody minds",
        "date": "2018-03-15T08:30:00Z",
        "outlet": "Herald",
        "author": "Jane Roe",
        "language": "en",
    }


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>no tags", {}),
        ("<svg><title>Logo</title></svg><p>x", {}),
        ("<meta name='author' content='https://example.org/jr'>", {}),
        ("<time datetime='2018-03-15'>x</time><time datetime='2019-01-01'>y</time>", {}),
        ("<time datetime='2018-03-15'>x</time>", {"date": "2018-03-15"}),
        ("<time pubdate datetime='2018-03-15'>x</time><time datetime='2019-01-01'>y</time>", {"date": "2018-03-15"}),
        ("<meta property='article:published_time' content='2018-03-15'>", {"date": "2018-03-15"}),
        (
            "<meta name='DC.date.issued' content='2018-03-15'><meta property='og:locale' content='pt_BR'>",
            {"date": "2018-03-15", "language": "pt-BR"},
        ),
        ("<link rel='canonical' href='https://example.org/1'>", {"url": "https://example.org/1"}),
        ("<script type='application/ld+json'>{broken</script><title>T</title>", {"title": "T"}),
        (
            "<title>Old bridge to close - Herald - News</title><h1>Old bridge  to close</h1>",
            {"title": "Old bridge to close"},
        ),
        ("<title>旧桥七月关闭维修：河谷日报</title><h2>旧桥七月关闭维修</h2>", {"title": "旧桥七月关闭维修"}),
        (
            (
                "<title>Herald and Post and Mail - Old bridge to close</title><h1>Herald and Post and Mail</h1>"
                "<h2>Old bridge to close</h2>"
            ),
            {"title": "Herald and Post and Mail - Old bridge to close"},
        ),
        ("<title>Old bridge - Herald</title><h1>Old</h1>", {"title": "Old bridge - Herald"}),
        ("<title>Old bridges</title><h1>Old bridge</h1><h2></h2>", {"title": "Old bridges"}),
        ("<meta name='twitter:site' content='@herald'>", {"outlet": "herald"}),
        ('<script type=\'application/ld+json\'>{"@type":"Organization","name":"X"}</script>', {}),
    ],
)
def test_tags_one_by_one(source: str, expected: dict[str, str]) -> None:
    """What is not the page's own, or is one of several, is not declared."""
    assert declared(f"<html><head></head>{source}</html>" if "<p>" in source else source) == expected


def test_page_without_main_text_gives_all_that_is_visible() -> None:
    """A short page is not lost, and neither scripts nor styles are text."""
    source = "<html><head><style>p{}</style></head><body><p>Closed.</p><script>x()</script><ul><li>a<li>b</ul></body>"
    assert extract(source).splitlines()[0] == "Closed."
    assert not {"p{}", "x()"} & set(extract(source).splitlines())


@pytest.mark.parametrize(
    "source",
    [
        "",
        " ",
        "<",
        "<html>",
        "<!--",
        "\0\0",
        "<?xml version='1.0' encoding='utf-16'?><html><p>x",
        "<" * 100_000,
        "<div>" * 100_000 + "x",
        "<p>a" * 200_000,
        "<b>" * 100_000,
        "<script>" * 50_000,
        "<a href='" * 50_000,
        "<script type='application/ld+json'>" + "[" * 100_000,
        "<script application/ld+json>" * 20_000,
        "<meta charset" * 20_000,
        "&#1114112;" * 1000,
        "<p>\ud800</p>",
        "<table><tr><td>" * 3000,
        "x" * 3_000_000,
    ],
    ids=range(20),
)
def test_hostile_page_neither_raises_nor_stalls(source: str) -> None:
    """Empty, cut, deep and endless pages give what they have, in a few seconds at most."""
    start = time.process_time()
    assert isinstance(extract(source), str)
    assert set(declared(source)) <= set(ROLES)
    assert time.process_time() - start < 10


@given(st.text(alphabet="<>/=&;'\" aphdivscript!-[]{}:@", max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_page_is_read_without_raising(source: str) -> None:
    """Whatever the tags: a text, fields of known roles, and the same again."""
    assert extract(source) == extract(source)
    assert set(declared(source)) <= set(ROLES)


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (b"<p>no word of it", None),
        (b"<meta charset=utf-8>", "utf-8"),
        (b'<META CHARSET="Windows-1251">', "cp1251"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>", "cp1252"),
        (b"<?xml version='1.0' encoding='gb2312'?>", "gb18030"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<meta charset=x-none>", None),
        (b"<meta charset=base64>", None),
        (b"\xef\xbb\xbf<meta charset=latin1>", "utf-8-sig"),
        (b"<meta charset=shift_jis>", "cp932"),
        (b" " * 5000 + b"<meta charset=utf-8>", None),
    ],
)
def test_charset_is_read_as_browsers_read_it(raw: bytes, encoding: str | None) -> None:
    """The label in the head, mapped to the larger encoding that such pages are written in."""
    assert charset(raw) == encoding


def test_page_is_an_envelope_of_its_own_kind(
    corpus: Callable[[dict[str, bytes]], Path], envelopes: Callable[..., list[Envelope]]
) -> None:
    """Media and encoding go with the bytes, which stay as they are."""
    raw = "<!doctype html><meta charset=latin1><p>Fähre".encode("latin-1")
    (found,) = envelopes(corpus({"a.txt": raw}))
    assert (found.raw, found.media, found.encoding, found.wrapper) == (raw, "html", "cp1252", "html")
