"""Markup of wires, feeds and corpora is told from other markup, taken apart into documents, and loses nothing."""

from __future__ import annotations

import gzip
import io
import json
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provcheck import frame
from provcheck.config import Limits, Settings
from provcheck.examine import examine
from provcheck.model import Document
from provcheck.readers import Ledger, Source, records, unpack
from provcheck.readers.markup import kind_of
from provcheck.reports import repaired

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from provcheck.model import Envelope

    Corpus = Callable[[dict[str, bytes]], Path]
    Read = Callable[..., list[Envelope]]

RAIN = "It rained on the harbour all day, and the ferry stayed where it was."
SNOW = "It snowed in the hills, and nobody went out to look at the old bridge."


def opened(raw: bytes, name: str = "a.xml", limits: Limits | None = None) -> list[Envelope]:
    """The rows of a file's bytes, with its books held to account."""
    books, chosen = Ledger(), Settings(limits=limits or Limits())
    books.found(len(raw))
    found = list(unpack(Source(name, name, name, len(raw)), raw, chosen, books))
    assert found
    assert not books.faults(len(found))
    return found


def shown(rows: list[Envelope]) -> list[str]:
    """Each row as its text, or as the code of its problem."""
    return [row.problem.code if row.problem else row.raw.decode() for row in rows]


def nitf(text: str, *, head: str = "", above: str = "") -> str:
    body = f"<body.head>{above}</body.head><body.content>{text}</body.content>"
    return f"<nitf><head>{head}</head><body>{body}</body></nitf>"


def rss(*items: str, channel: str = "<title>The Gazette</title>") -> str:
    return f"<rss version='2.0'><channel>{channel}{''.join(f'<item>{each}</item>' for each in items)}</channel></rss>"


def sgml(*texts: str) -> str:
    return "\n".join(f'<DOC id="{n}">\n<TEXT>\n{text}\n</TEXT>\n</DOC>' for n, text in enumerate(texts, 1))


ALIEN = {
    "a catalog": ("<?xml version='1.0'?><catalog><item>1</item></catalog>", "PC110"),
    "a feed of products": ("<?xml version='1.0'?><feed><entry>1</entry></feed>", "PC110"),
    "metadata": ("<?xml version='1.0'?><rdf:RDF xmlns:rdf='x'><item>1</item></rdf:RDF>", "PC110"),
    "a name that goes on": ("<?xml version='1.0'?><rssfeed><item/></rssfeed>", "PC110"),
    "quoted": ("<?xml version='1.0'?><!-- <nitf> --><a><![CDATA[<nitf>]]></a>", "PC110"),
    "a doctype alone": ("<?xml version='1.0'?><!DOCTYPE nitf><a/>", "PC110"),
    "a page": (f"<!doctype html><html><body><p>{RAIN}</p></body></html>", "html"),
    "a text that begins with a tag": (f"<doc> is how such files begin.\n\n{RAIN}\n", "txt"),
    "a text about feeds": (f"An <rss> element holds a channel.\n\n{RAIN}\n", "txt"),
    "fields of an index": ("<doc><field name='a'>b</field></doc>", "txt"),
}


@pytest.mark.parametrize(("text", "answer"), ALIEN.values(), ids=ALIEN.keys())
def test_other_markup_stays_what_it_was(text: str, answer: str) -> None:
    """Names in comments, in sections and in doctypes are no tags; names that only begin alike are others."""
    [found] = opened(text.encode(), "a.txt" if answer == "txt" else "a.xml")
    assert (found.problem.code if found.problem else found.wrapper) == answer


NITF = nitf(
    f"<media><media-caption>The ferry</media-caption></media><p>{RAIN}</p><hl2>Hills</hl2>"
    "<table><tr><th>Day</th><th>Hour</th></tr><tr><td><p>Monday</p></td><td>9</td></tr></table>"
    "<p>So<em>me</em>\n more.</p>",
    head='<docdata><doc-id id-string="n7"/><urgency ed-urg="4"/><date.issue norm="20240312T141500+0100"/></docdata>'
    '<pubdata name="The Gazette" date.publication="20240313"/>',
    above="<hedline><hl1>Ferry late</hl1><hl2>Rain</hl2></hedline><byline>By Ann Lee</byline>"
    "<dateline><location>MILLPORT</location></dateline>",
)
LAID_OUT = f"{RAIN}\n\nHills\n\nDay | Hour\nMonday | 9\n\nSome more."


def test_nitf() -> None:
    """The whole file is the document; captions, second headlines and urgency are kept beside it."""
    [found] = opened(NITF.encode(), "a.nitf")
    assert (found.wrapper, found.origin.row, found.origin.offset, found.origin.length) == ("nitf", None, 0, len(NITF))
    assert found.raw.decode() == LAID_OUT
    assert found.declared == {
        "title": "Ferry late", "date": "2024-03-12T14:15:00+01:00", "outlet": "The Gazette", "author": "Ann Lee",
        "place": "MILLPORT", "id": "n7",
    }  # fmt: skip
    kept = json.dumps(dict(found.extra))
    assert all(word in kept for word in ("The ferry", '"hl2": "Rain"', '"ed-urg": "4"', "20240313", "By Ann Lee"))


def item(guid: str, content: str, *, more: str = "") -> str:
    return (
        f"<newsItem guid='{guid}'><itemMeta><provider qcode='p:HN'/><versionCreated>2024-03-14</versionCreated>"
        f"<firstCreated>2024-03-13</firstCreated></itemMeta><contentMeta>{more}<headline>Ferry</headline></contentMeta>"
        f"<contentSet>{content}</contentSet></newsItem>"
    )


def test_newsml_g2() -> None:
    """Items of a message are documents; renditions of one text are not joined; a package has a row of its own."""
    inner = NITF.replace("<nitf>", "<nitf xmlns='http://iptc.org/std/NITF/2006-10-18/'>")
    page = f"<html xmlns='http://www.w3.org/1999/xhtml'><head><title>T</title></head><body><p>{SNOW}</p></body></html>"
    items = (
        item("a", f"<inlineXML>{inner}</inlineXML><inlineData>{RAIN}</inlineData>"),
        item("b", f"<inlineXML>{page}</inlineXML>", more="<contentCreated>2024-03-12</contentCreated>"),
        "<packageItem guid='c'/>",
        item("d", f"<inlineData contenttype='text/plain'>{RAIN}\n{SNOW}</inlineData>"),
        item("e", "<inlineData>&lt;p&gt;It rained.&lt;/p&gt;</inlineData>"),
    )
    text = (
        "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><header><sent>2024-03-20</sent></header>"
        f"<itemSet>{''.join(items)}</itemSet></newsMessage>"
    )
    found = opened(text.encode())
    assert shown(found) == [LAID_OUT, SNOW, "PC105", f"{RAIN}\n{SNOW}", "<p>It rained.</p>"]
    assert [row.media for row in found] == ["text", "text", "text", "text", "html"]
    assert [row.declared.get("date") for row in found] == ["2024-03-13", "2024-03-12", None, "2024-03-13", "2024-03-13"]
    assert found[0].declared["outlet"] == "HN"
    assert found[0].extra["wrapper"] == {"sent": "2024-03-20"}
    for row, written in zip(found, items, strict=True):
        begin = row.origin.offset or 0
        assert text.encode()[begin : begin + row.origin.length].decode() == written


def test_newsml_1() -> None:
    """The parts of a story are joined, alternatives and captions are not; the dateline gives a place."""
    part = "<ContentItem><MediaType FormalName='{}'/><DataContent><p>{}</p></DataContent></ContentItem>"
    text = (
        "<NewsML><NewsItem><NewsManagement><FirstCreated>20240312T141500Z</FirstCreated></NewsManagement>"
        "<NewsComponent><NewsLines><HeadLine>Ferry</HeadLine><DateLine>PARIS, 12 mars (HN) -</DateLine></NewsLines>"
        f"<NewsComponent EquivalentsList='yes'>{part.format('Text', RAIN)}{part.format('Text', 'Or.')}</NewsComponent>"
        f"<NewsComponent>{part.format('TEXT', SNOW)}{part.format('Photo', 'x')}</NewsComponent>"
        f"<NewsComponent><Role FormalName='Caption'/>{part.format('Text', 'The ferry')}</NewsComponent>"
        "</NewsComponent></NewsItem></NewsML>"
    )
    [found] = opened(text.encode())
    assert found.raw.decode() == f"{RAIN}\n\n{SNOW}"
    assert found.declared == {"title": "Ferry", "date": "2024-03-12T14:15:00Z", "place": "PARIS"}
    assert "The ferry" in json.dumps(dict(found.extra))


def test_research_corpus_of_stories() -> None:
    """The layout with an attribute for the day; entities of a DTD that is not there are characters."""
    text = (
        f"<newsitem itemid='7' date='2024-03-12' xml:lang='en'><title>UK: Ferry.</title><headline>Ferry.</headline>"
        f"<dateline>MILLPORT 2024-03-12</dateline><text><p>{RAIN} Caf&eacute;&nbsp;&house; R&D</p></text>"
        "<metadata><dc element='dc.publisher' value='Harbour News'/></metadata></newsitem>"
    )
    [found] = opened(text.encode())
    assert found.raw.decode() == f"{RAIN} Café\u00a0&house; R&D"
    assert found.declared == {
        "title": "Ferry.", "date": "2024-03-12", "outlet": "Harbour News", "place": "MILLPORT", "language": "en",
        "id": "7",
    }  # fmt: skip


def test_feeds() -> None:
    """HTML in a string stays HTML, the channel is the outlet, and an update is no publication."""
    first = (
        "<title>Rain &amp;amp; snow</title><link>https://example.org/1</link><guid isPermaLink='false'>g1</guid>"
        "<pubDate>Tue, 12 Mar 2024 14:15:00 GMT</pubDate><dc:creator>Ann Lee</dc:creator>"
        "<content:encoded><![CDATA[<p>It <item> rained &eacute;</p>]]></content:encoded>"
        "<media:title>Picture</media:title><description>Short</description>"
    )
    found = opened(rss(first, f"<guid>https://example.org/2</guid><description>{RAIN} R&D</description>").encode())
    assert shown(found) == ["<p>It <item> rained &eacute;</p>", f"{RAIN} R&D"]
    assert [row.media for row in found] == ["html", "text"]
    assert found[0].declared == {
        "title": "Rain & snow", "date": "Tue, 12 Mar 2024 14:15:00 GMT", "outlet": "The Gazette", "author": "Ann Lee",
        "url": "https://example.org/1", "id": "g1",
    }  # fmt: skip
    assert found[0].extra["description"] == "Short"
    assert found[1].declared["url"] == "https://example.org/2"
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Bote</title><author><name>Desk</name></author>"
        "<entry><title>A</title><link rel='self' href='x'/><link href='https://example.org/3'/><updated>2024-03-13</updated>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{RAIN}</p><p>{SNOW}</p></div></content></entry>"
        "<entry><title>B</title><published>2024-03-12</published><author><name>Ann</name></author>"
        "<content type='text'>3 &lt;b&gt; 2</content></entry></feed>"
    )
    found = opened(atom.encode())
    assert [(row.raw.decode(), row.media) for row in found] == [(f"{RAIN}\n\n{SNOW}", "text"), ("3 <b> 2", "text")]
    assert found[0].declared == {
        "title": "A", "outlet": "Bote", "author": "Desk", "language": "de", "url": "https://example.org/3"
    }  # fmt: skip
    assert found[1].declared["author"] == "Ann"


COLLECTIONS = {
    "paragraphs": (f"<DOC id='A1' type='story'><TEXT><P>{RAIN}\n</P><P>{SNOW}</P></TEXT></DOC>", f"{RAIN}\n\n{SNOW}"),
    "never closed": (f"<DOC><DOCNO> A1 <HL> Ferry <TEXT><P>{RAIN}<P>{SNOW}", f"{RAIN}\n\n{SNOW}"),
    "a lead apart": (f"<DOC><DOCNO>A1</DOCNO><LP>{RAIN}</LP><TEXT>\n{SNOW}\n</TEXT></DOC>", f"{RAIN}\n\n{SNOW}"),
    "lines": (f"<DOC><DOCNO>A1</DOCNO><TEXT>\n   {RAIN}\n{SNOW}\n</TEXT></DOC>", f"{RAIN}\n{SNOW}"),
    "no tags": ("<DOC><DOCNO>A1</DOCNO><TEXT>a < b & <ann@example.org> <b", "a < b & <ann@example.org> <b"),
    "odd names": ("<DOC><DOCNO>A1</DOCNO><TEXT>Press <Enter> &house; R&D", "Press <Enter> &house; R&D"),
    "an encyclopedia": (
        f'<doc id="A1" url="https://example.org/1" title="T">\n{RAIN}\n\n{SNOW}\n</doc>',
        f"{RAIN}\n\n{SNOW}",
    ),
    "a teleprinter": (
        f"<REUTERS NEWID='A1'><TEXT>&#2;<TITLE>T</TITLE><BODY>{RAIN}\n&#3;</BODY></TEXT></REUTERS>",
        RAIN,
    ),
}


@pytest.mark.parametrize(("text", "answer"), COLLECTIONS.values(), ids=COLLECTIONS.keys())
def test_collections(text: str, answer: str) -> None:
    """Ends may be missing, ampersands are written as they are, and what is no tag of theirs is text."""
    [found] = opened(text.encode(), "a.txt")
    assert (found.wrapper, found.declared["id"], found.raw.decode()) == ("sgml", "A1", answer)
    pair = opened(f"{text}\n{text}\n".encode(), "a.txt")
    assert shown(pair) == [answer, answer]
    assert [row.origin.row for row in pair] == [1, 2]


def test_editions() -> None:
    """The day of the source counts, and not that of the edition."""
    text = (
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><titleStmt><title>Regen</title></titleStmt>"
        "<publicationStmt><date when='2020-01-01'/></publicationStmt><sourceDesc><date when='1898-03-12'/></sourceDesc>"
        "</fileDesc></teiHeader><text><body><head>Regen</head><p>Es<lb/>goss.</p></body></text></TEI>"
    )
    [found] = opened(text.encode())
    assert (found.raw.decode(), found.declared) == ("Regen\n\nEs\ngoss.", {"title": "Regen", "date": "1898-03-12"})


ACCENTS = "Die Fähre über den Fluß kam später als üblich an, und niemand ärgerte sich darüber."


@pytest.mark.parametrize(
    "wrap", [nitf, lambda text: rss(f"<title>{text}</title><description>{text}</description>"), sgml]
)
@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1", "utf-16", "no-such-encoding", None])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_encodings(wrap: Callable[[str], str], said: str | None, encoding: str) -> None:
    """A false declaration, or none, loses no letter: neither in the text nor in the fields."""
    declaration = f"<?xml version='1.0' encoding='{said}'?>\n" if said else ""
    [found] = opened((declaration + wrap(f"{ACCENTS} &auml;")).encode(encoding))
    result = examine(found, Settings())
    document = getattr(result, "document", None)
    assert isinstance(document, Document)
    # Among bytes of which nothing says how to read them, what an entity stands for cannot be written.
    assert document.text in (f"{ACCENTS} ä", f"{ACCENTS} &auml;")
    assert document.text.endswith("ä") or (encoding == "cp1252" and said != "iso-8859-1")
    assert document.declared.get("title", ACCENTS).startswith(ACCENTS)


def test_encodings_that_use_letters_of_ascii() -> None:
    """In ISO-2022 characters are written with letters, and with "<" among them."""
    text = "港で一日中雨が降り、船は動かなかった。「見た人はいない」と船長は語った。"
    raw = f"<?xml version='1.0' encoding='iso-2022-jp'?>{nitf(f'<p>{text}</p>')}".encode("iso2022_jp")
    assert shown(opened(raw)) == [text]


def test_control_characters_come_through() -> None:
    """XML cannot hold them, and archives of wires are full of them."""
    [found] = opened(nitf("<p>It\x03 rained\x00 &#7;all&#128; day</p>").encode())
    assert found.raw.decode() == "It\x03 rained\x00 \x07all\x80 day"


BOMB = (
    "<!DOCTYPE nitf [<!ENTITY a 'lol'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 99}'>" for a, b in zip("abcdefg", "bcdefgh", strict=True))
    + "]>"
)


def test_entities_load_and_expand_nothing(tmp_path: Path) -> None:
    """Bombs stay as they are written, and so do files of the machine."""
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    [found] = opened((BOMB + nitf("<p>It rained &h;</p>")).encode())
    assert found.raw.decode() == "It rained &h;"
    outside = f"<!DOCTYPE nitf [<!ENTITY x SYSTEM '{secret.as_uri()}'>]>{nitf('<p>It rained &x;</p>')}"
    assert shown(opened(outside.encode())) == ["It rained &x;"]


DAMAGED = {
    "cut inside a record": (rss(RAIN_ITEM := f"<description>{RAIN}</description>", RAIN_ITEM)[:-40], [RAIN, "PC104"]),
    "cut between records": (rss(RAIN_ITEM)[:-16], [RAIN, "PC104"]),
    "a tag without its end": (rss(RAIN_ITEM, "<description>a<b>c</description>", RAIN_ITEM), [RAIN, "PC104", RAIN]),
    "a record without its end": (rss(RAIN_ITEM, RAIN_ITEM).replace("</item>", "", 1), ["PC104", RAIN]),
    "an odd quote": (rss(RAIN_ITEM).replace("<item>", "<item a='>"), ["PC104"]),
    "a comment without its end": (rss(RAIN_ITEM, RAIN_ITEM).replace("</item>", "</item><!--", 1), [RAIN, "PC104"]),
    "a section without its end": (rss(RAIN_ITEM, f"<![CDATA[{RAIN}"), [RAIN, "PC104"]),
    "no text": (rss("<title>Ferry</title>", RAIN_ITEM), ["PC105", RAIN]),
    "no record": (rss(), ["PC105"]),
    "too long": (rss(f"<description>{RAIN * 40}</description>", RAIN_ITEM), ["PC108", RAIN]),
    "too deep": (rss("<description>" + "<b>" * 270 + "</b>" * 270 + "</description>"), ["PC104"]),
    "a prefix that nobody declares": (rss(f"<x:y>1</x:y>{RAIN_ITEM}"), [RAIN]),
    "a prefix twice": (nitf(RAIN).replace("<nitf>", "<nitf xmlns='n'><a:b:c>1</a:b:c>"), [RAIN]),
    "one after another": (f"<?xml version='1.0'?>{nitf(RAIN)}<?xml version='1.0'?>{nitf(SNOW)}", [RAIN, SNOW]),
    "a tag that breaks off": (f"{sgml(RAIN)}\n<DOC id=", [RAIN, "PC104"]),
    "the last one cut": (sgml(RAIN, SNOW)[:-30], [RAIN, "PC104"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "answer"), DAMAGED.values(), ids=DAMAGED.keys())
def test_damage_has_a_row_with_its_place(text: str, answer: list[str]) -> None:
    """What stands before the damage and behind it is read, wherever records can be told."""
    found = opened(text.encode(), limits=Limits(document_bytes=2000))
    assert shown(found) == answer
    for row in found:
        if row.problem and row.origin.row:
            assert f"record {row.origin.row} at byte {row.origin.offset}" in row.problem.detail


def test_inside_archives(corpus: Corpus, envelopes: Read) -> None:
    """Packed or not, the documents are the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("wire/a.nitf", NITF)
    plain, packed, zipped = envelopes(
        corpus({"a.nitf": NITF.encode(), "b.nitf.gz": gzip.compress(NITF.encode()), "c.zip": out.getvalue()})
    )
    assert [plain.wrapper, packed.wrapper, zipped.wrapper] == ["nitf", "gz/nitf", "zip/nitf"]
    assert plain.raw == packed.raw == zipped.raw
    feed = gzip.compress(rss(*[f"<description>{RAIN} {n * 7919 % 1000}</description>" for n in range(3000)]).encode())
    *whole, cut = envelopes(corpus({"a.nitf": feed[: len(feed) // 2], "b.nitf.gz": b"\n", "c.zip": b"\n"}))[:-2]
    assert len(whole) > 500
    assert cut.problem
    assert cut.problem.code == "PC106"


@pytest.mark.parametrize("text", [NITF, sgml(RAIN), rss(f"<title>A</title><description>{RAIN}</description>")])
def test_what_repair_writes_is_the_same_document(text: str) -> None:
    """A record as a line of JSON has the same text and roles: no other field takes one."""
    [found] = opened(text.encode())
    [again] = opened(repaired.body(frame.record(examine(found, Settings()))), "a.jsonl")
    assert (again.raw, again.declared) == (found.raw, found.declared)


def test_memory_and_time_are_bounded() -> None:
    """A feed of many records, and files that never come to an end of anything, are read once and let go."""
    many = rss(*[f"<description>{RAIN}</description>"] * 3_000).encode()
    endless = (b"<!--", b"<item ", b'<item a="', b"<item><description>", b"<description><b>", b"<title>&a")
    parts = b"<ContentItem><DataContent>a</DataContent></ContentItem>" * 20_000
    whole = (
        b"<rss><item " + b"".join(b'a%d="b" ' % n for n in range(200_000)) + b"/></rss>",
        b"<DOC><TEXT>" + b"<P>&amp" * 20_000,
        b"<DOC><TEXT>" + b"<![CDATA[" * 20_000,
        b"<DOC><TEXT>" + b" " * 200_000 + b"\n x" + b"\r \t" * 50_000,
        b"<NewsML><NewsItem><NewsComponent EquivalentsList='yes'>" + parts + b"</NewsComponent></NewsItem></NewsML>",
    )
    for raw in (many, *(b"<rss>" + part * 20_000 for part in endless), *whole):
        begin = time.process_time()
        opened(raw, limits=Limits(1 << 21))
        assert time.process_time() - begin < 20
    large = b"<rss><item>" + b"x" * (20 << 20) + b"</item></rss>"
    tracemalloc.start()
    assert shown(opened(large, limits=Limits(1 << 18))) == ["PC108"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 << 20


SOUP = st.lists(
    st.sampled_from([
        "<rss>", "</rss>", "<item>", "</item>", "<item/>", "<title>", "</title>", "<description>", "</description>",
        "<![CDATA[", "]]>", "<!--", "-->", "<?x", "?>", "&amp;", "&eacute;", "&#3;", "&#xfffe;", "&#x110000;", "&", "<",
        "<p>", "</p>", "<table>", "<tr>", "<td>", "<DOC id=1>", "</DOC>", "<DOCNO>", "<TEXT>", "</TEXT>", "<x:y a='1'>",
        " xmlns='u'", "It rained.", "\x00", "\ufdd0", "\udcff", "é", "]]", '<a b="',
    ]),
    max_size=30,
)  # fmt: skip
HEADS = ("<nitf>", "<rss>", "<NewsML><NewsItem>", "<newsItem xmlns='n'>", "<DOC><TEXT>", "<TEI>", "<newsitem>",
         "<feed xmlns='http://www.w3.org/2005/Atom'><entry>")  # fmt: skip


@given(st.sampled_from(HEADS), SOUP, st.sampled_from(["utf-8", "cp1252", "utf-16-le"]), st.integers(0, 9))
@example("<rss>", ["<item>", "<description>", "\udcff", "&eacute;", "&#3;", "</description>", "</item>"], "utf-8", 0)
@example("<DOC><TEXT>", ["<DOC id=1>"], "utf-8", 1)
@example("<DOC><TEXT>", ["<![CDATA[", "&#3;"], "utf-8", 0)
@settings(deadline=None, max_examples=300)
def test_whatever_stands_in_a_file(head: str, soup: list[str], encoding: str, cut: int) -> None:
    """No error, at least one row, books that add up, and rows that JSON can hold, also once their encoding is known."""
    raw = (head + "".join(soup)).encode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")
    kind_of(raw)
    for row in opened(raw[: len(raw) - cut]):
        settled = records.settled(row, "cp1252")
        json.dumps([dict(settled.declared), dict(settled.extra)], ensure_ascii=False).encode()
        assert all(row.declared.values())


@given(st.lists(st.sampled_from([RAIN, SNOW, ACCENTS]), min_size=1, max_size=5), st.integers(0, 2000))
@settings(deadline=None)
def test_cut_anywhere(texts: list[str], cut: int) -> None:
    """Of a file that breaks off, the documents before that place come out whole; the rest is a row."""
    raw = rss(*[f"<description>{text}</description>" for text in texts]).encode()
    found = opened(raw[: max(99, len(raw) - cut)])
    whole = [row for row in found if not row.problem]
    assert [row.raw.decode() for row in whole] == texts[: len(whole)]
    assert len(whole) == len(texts) or found[-1].problem
