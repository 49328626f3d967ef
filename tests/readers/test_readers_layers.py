"""Word-processor files as layers: one text from every format, exports in them taken apart, and nothing lost."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tempfile
import tracemalloc
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from provcheck import examine, frame
from provcheck.config import Limits, Settings
from provcheck.readers import Ledger, Source, read, unpack
from provcheck.readers.office.layer import LONGEST, Beside, Written
from provcheck.readers.office.paper import LAID_OUT, ROOM, Paper, whole
from provcheck.readers.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provcheck.model import Envelope

    Corpus = Callable[[dict[str, bytes]], Path]

WRAPPED = Path(__file__).parents[2] / "fixtures" / "wrapped"
RELEASES = [f"release.{ending}" for ending in ("docx", "odt", "fodt", "rtf")]
SMALL = Settings(limits=Limits(document_bytes=400, archive_members=30, nested_bytes=50_000))
RAIN = "It rained on the harbour all day, and the ferry stayed where it was."


def sample(name: str) -> bytes:
    return (WRAPPED / name).read_bytes()


def taken(raw: bytes, name: str, limits: Settings | None = None) -> list[Envelope]:
    """Read a file, and hold the ledger to account."""
    books = Ledger()
    books.found(len(raw))
    found = list(unpack(Source(name, name, name, len(raw)), raw, limits or Settings(), books))
    assert found
    assert books.faults(len(found)) == ()
    return found


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def mailed(members: dict[str, bytes]) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["Message-ID"] = "Rain", "ann@example.org", "<1@example.org>"
    message.set_content(RAIN)
    for name, data in members.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_one_document_has_one_text_in_every_format() -> None:
    """The same release, written by one program in four formats, differs in no word and in no property."""
    texts, beside = set(), set()
    for name in RELEASES:
        [found] = taken(sample(name), name)
        assert (found.wrapper, found.encoding) == (name.rpartition(".")[2], "utf-8")
        assert dict(found.declared) == {}
        texts.add(found.raw.decode())
        beside.add(json.dumps({k: v for k, v in found.extra.items() if k != "document_modified"}, sort_keys=True))
    [text] = texts
    assert "Мост, 橋 and 😀" in text
    assert "- The arch was mended." in text
    assert "Year | Cost\n2024 | 1 million" in text
    assert text.endswith("Built in 1911.")
    assert "document_author" in min(beside)


@pytest.mark.parametrize("name", RELEASES)
@pytest.mark.parametrize(("outer", "pack"), [("zip", zipped), ("tar", tarred), ("eml", mailed)])
def test_documents_are_read_where_they_are_packed(
    name: str, outer: str, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    """In zips, tars and messages, with the same text, and the layers in the name of the wrapper."""
    [alone] = taken(sample(name), name)
    found = [e for e in taken(pack({name: sample(name)}), f"a.{outer}") if e.origin.member]
    [inside] = found
    assert inside.raw == alone.raw
    assert inside.origin.member == name
    assert inside.wrapper == f"{outer}/{alone.wrapper}"
    assert dict(inside.extra) == dict(alone.extra)


def test_documents_are_read_through_layers() -> None:
    """A gz of a docx, a docx in a zip in a tar, and a file without an ending."""
    [alone] = taken(sample("release.docx"), "a.docx")
    for name, raw in {
        "a.docx.gz": gzip.compress(sample("release.docx")),
        "a.tar": tarred({"b.zip": zipped({"c": sample("release.docx")})}),
        "letter": sample("release.docx"),
        "a.zip": sample("release.docx"),
    }.items():
        [found] = taken(raw, name)
        assert found.raw == alone.raw


def test_rich_text_in_a_message_is_read_as_such() -> None:
    """Where it is the only text, or attached; beside a plain text it is another form of that."""
    rich = sample("release.rtf")
    message = EmailMessage()
    message["Subject"], message["Message-ID"], message["MIME-Version"] = "Rain", "<1@example.org>", "1.0"
    message.set_content(rich, maintype="text", subtype="rtf")
    [alone] = taken(message.as_bytes(), "a.eml")
    assert alone.raw.decode().startswith("The old bridge opens")
    message.clear_content()
    message.set_content(RAIN)
    message.add_alternative(rich, maintype="text", subtype="rtf")
    [both] = taken(message.as_bytes(), "a.eml")
    assert both.raw.decode().strip() == RAIN


def nexis(day: int) -> list[str]:
    """Write an article as Nexis does, a paragraph each."""
    date = f"March {day}, 2024 Tuesday"
    labelled = ["BYLINE: Ann Lee", "LENGTH: 78 words", RAIN, f"LOAD-DATE: {date}", "LANGUAGE: ENGLISH"]
    return [f"{day} of 2 DOCUMENTS", "The Gazette", date, f"Rain {day} on the harbour", *labelled]


def factiva(day: int) -> list[str]:
    """Write an article as Factiva does, a paragraph each."""
    above = [
        f"Rain {day} on the harbour",
        "By Ann Lee",
        "78 words",
        f"{day} March 2024",
        "The Gazette",
        "GAZ",
        "English",
    ]
    return [*above, "(c) 2024 The Gazette", RAIN, f"Document GAZ000002024031{day}ek3c0001h"]


def rich(paragraphs: list[str]) -> bytes:
    """Write paragraphs as Rich Text, with a header of pages and some words in bold."""
    split = (text.partition(" ") for text in paragraphs)
    body = "".join(rf"\pard {{\b {first}}}{blank}{rest}\par " for first, blank, rest in split)
    return rf"{{\rtf1\ansi{{\header The Gazette}}{body}}}".encode()


def word(paragraphs: list[str]) -> bytes:
    """Write paragraphs as a Word document."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    main = f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": b"", "_rels/.rels": b"<a/>", "word/document.xml": main.encode()})


@pytest.mark.parametrize("article", [nexis, factiva])
@pytest.mark.parametrize(("write", "layer"), [(rich, "rtf"), (word, "docx")])
def test_an_export_is_taken_apart(
    article: Callable[[int], list[str]], write: Callable[[list[str]], bytes], layer: str
) -> None:
    """Each article is a row with its fields, and the headers of pages stay with the last one."""
    first, second = taken(write(article(1) + article(2)), "a")
    for day, each in ((1, first), (2, second)):
        assert (each.wrapper, each.origin.row) == (f"{layer}/export", day)
        assert each.declared["title"] == f"Rain {day} on the harbour"
        assert each.declared["outlet"] == "The Gazette"
        assert each.declared["author"] == "Ann Lee"
        assert str(day) in each.declared["date"].replace("2024", "")
        assert RAIN in each.raw.decode()
    assert first.extra.get("page_header") is None
    assert second.extra.get("page_header") == ("The Gazette" if layer == "rtf" else None)


@pytest.mark.parametrize("name", ["export-of-two.docx", "export-of-two.rtf"])
def test_an_export_as_a_database_gives_it_is_taken_apart(name: str) -> None:
    """With its tables, links and page breaks: two articles with their fields."""
    first, second = taken(sample(name), name)
    for each in (first, second):
        assert {"title", "outlet", "date"} <= each.declared.keys()
        assert "2024" in each.declared["date"]
    assert first.declared["title"] != second.declared["title"]


def test_articles_before_the_damage_are_given() -> None:
    """An export that breaks off gives its articles as far as it goes, and a row for the end."""
    first, _, last = taken(rich(nexis(1) + nexis(2))[:-150], "a.rtf")
    assert first.declared["title"] == "Rain 1 on the harbour"
    assert last.problem
    assert last.problem.code == "PC106"


@pytest.mark.parametrize("name", RELEASES)
def test_the_day_a_file_was_typed_is_no_day_of_publication(name: str) -> None:
    """What a file tells of itself stays beside the values, and the text is kept as it came."""
    [found] = taken(sample(name), name)
    row = frame.record(examine.examine(found, Settings()))
    assert (row["date"], row["author"], row["language"]) == (None, None, "en")
    assert row["title"] == "The old bridge opens “again”"
    assert row["text"] == found.raw.decode()


OTHERS = {
    "encrypted.docx": "the document needs a password; save it without one",
    "encrypted.odt": "the document needs a password; save it without one",
    "before-2007.doc": "a Word document of before 2007; save it as docx",
    "no-directory.docx": "it has no table of contents, so it ends early",
    "without-document.docx": "no document is in it: word/document.xml is missing",
}


@pytest.mark.parametrize(("name", "detail"), OTHERS.items())
def test_what_cannot_be_read_says_what_to_do(name: str, detail: str) -> None:
    """Also in an archive, where the documents beside it are read."""
    [alone] = taken(sample(name), name)
    assert alone.problem
    assert alone.problem.detail == detail
    found = taken(zipped({name: sample(name), "z.txt": RAIN.encode()}), "a.zip")
    assert [e.problem.detail if e.problem else e.raw.decode() for e in found] == [detail, RAIN]


def flipped(raw: bytes, places: list[int]) -> bytes:
    """Turn a bit in some bytes."""
    out = bytearray(raw)
    for place in places:
        out[place % len(out)] ^= 1 << place % 8
    return bytes(out)


SAMPLES = [*RELEASES, "export-of-two.docx", "export-of-two.rtf", "encrypted.odt", "encrypted.docx", "text-cut.docx"]


@given(
    st.sampled_from(SAMPLES),
    st.lists(st.integers(0, 1 << 16), max_size=6),
    st.integers(0, 1 << 14),
    st.sampled_from(["docx", "odt", "fodt", "rtf", "txt", ""]),
    st.sampled_from([Settings(), SMALL]),
)
@example("release.docx", [], 0, "odt", SMALL)
@example("release.odt", [], 0, "docx", Settings())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_damage_gives_rows_that_add_up(name: str, places: list[int], cut: int, ending: str, limits: Settings) -> None:
    """Bits that flipped, a file that breaks off, a wrong ending, narrow limits: rows, and the same ones again."""
    raw = flipped(sample(name), places)
    raw = raw[: len(raw) - cut % len(raw)]
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / f"a.{ending}").write_bytes(raw)
        books = Ledger()
        rows = list(read([home], limits, books))
        assert rows
        assert books.faults(len(rows)) == ()
        assert rows == list(read([home], limits))
    for row in rows:
        json.dumps([dict(row.declared), dict(row.extra)], ensure_ascii=False, allow_nan=False).encode()
        assert row.problem or row.raw


XMLISH = st.lists(
    st.sampled_from(
        [
            f"<{end}{tag}>"
            for tag in (
                "w:p", "w:r", "w:t", "w:tr", "w:tc", "w:txbxContent", "w:del", "w:vanish/", "w:pPr", "w:fldChar/",
                "text:p", "text:h", "text:list-item", "text:number", "text:note-body", "draw:text-box",
                "table:table-row", "table:table-cell", "office:meta", "style:header", "text:s/", "text:annotation",
            )
            for end in ("", "/")
            if not (end and tag.endswith("/"))
        ] + ["a", "It rained.", "&amp;", "&x;", "<!-- c -->", "<![CDATA[ d ]]>", "\n"],
    ),
    max_size=40,
).map("".join)  # fmt: skip
NAMES = 'xmlns:w="w" xmlns:text="t" xmlns:table="b" xmlns:office="o" xmlns:draw="d" xmlns:style="s"'


@given(XMLISH, st.booleans())
@example("<w:txbxContent></w:txbxContent>", True)
@example("<text:note-body><w:tr/></text:note-body>", False)
@example("<office:meta><text:p>a</text:p></office:meta>", False)
def test_elements_in_any_order_give_a_row(inside: str, word: bool) -> None:  # noqa: FBT001  drawn
    """Cells without rows, notes in notes, boxes in properties: a text or a reason, closed or not."""
    if word:
        main = f"<w:document {NAMES}><w:body>{inside}</w:body></w:document>"
        raw = zipped({"[Content_Types].xml": b"", "_rels/.rels": b"<a/>", "word/document.xml": main.encode()})
    else:
        main = f"<office:document {NAMES}><office:body>{inside}</office:body></office:document>"
        raw = zipped({"content.xml": main.encode(), "meta.xml": b"<a/>"})
    for e in taken(raw, "a.docx" if word else "a.odt"):
        assert e.problem or e.raw.decode().strip()


BOMBS = {
    "paragraphs.docx": b"<w:p/>" * 200_000,
    "paragraph.docx": b"<w:p><w:r><w:t>" + b"x" * (40 << 20) + b"</w:t></w:r></w:p>",
    "cells.docx": b"<w:tr>" + b"<w:tc/>" * 2_000_000 + b"</w:tr>",
    "parts.docx": b"".join(b'<w:altChunk r:id="%d"/>' % n for n in range(50_000)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_stay_in_bounded_memory(name: str) -> None:
    """Little that becomes much: refused in time, or counted, and never held."""
    main = b'<w:document xmlns:w="w" xmlns:r="r"><w:body>' + BOMBS[name] + b"</w:body></w:document>"
    raw = zipped({"[Content_Types].xml": b"", "_rels/.rels": b"<a/>", "word/document.xml": main})
    tracemalloc.start()
    rows = taken(raw, name, Settings(limits=Limits(document_bytes=1 << 20)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 0 < len(rows) <= 101
    assert all(e.problem for e in rows)
    assert peak < 32 << 20


def test_paper_lays_out_rows_by_what_stands_in_them() -> None:
    """A row of long cells with paragraphs is a page set in a table, and no row."""
    paper = Paper(10_000)

    def cell(*texts: str) -> None:
        for text in texts:
            paper.add(text)
            paper.end()
        paper.end_cell()

    paper.open_row()
    cell("a")
    cell("b", "c")
    paper.close_row()
    paper.open_row()
    cell("logo")
    cell("x" * LAID_OUT, "y")
    paper.close_row()
    assert paper.text() == f"a | b c\n\nlogo\n\n{'x' * LAID_OUT}\n\ny"
    assert paper.text() == ""


def test_paper_closes_what_was_never_opened() -> None:
    """Ends without beginnings do nothing; beginnings without ends are ended."""
    paper = Paper(1000)
    for end in (paper.end, paper.end_cell, paper.close_row, paper.close_box, paper.close):
        end()
    assert not paper.begun
    paper.open_row()
    paper.open_box()
    paper.add("a")
    paper.open_row()
    paper.add("b")
    assert paper.text() == "ab"


def test_paper_counts_what_it_holds_and_forgets_what_is_done() -> None:
    """A paragraph may be as long as the limit, and there may be any number of them."""
    paper = Paper(1000)
    for _ in range(9):
        paper.add("x" * 1000)
        paper.end()
    paper.open_row()
    for _ in range(1000 // ROOM):
        paper.end_cell()
    with pytest.raises(Refusal):
        paper.end_cell()
    kept = Paper(1000, kept=True)
    for _ in range(1000 // (ROOM + 1)):
        kept.add("x")
        kept.end()
    kept.add("x")
    with pytest.raises(Refusal, match="notes or headers of more than 1000"):
        kept.end()


@given(st.text(alphabet=st.characters(blacklist_categories=()), max_size=30))
@example("\ud83d\ude00\ud83d")
def test_whole_paragraphs_can_be_written(text: str) -> None:
    """Whatever halves of characters a file holds, UTF-8 has a way to write what comes out; and it stays as it is."""
    done = whole(text)
    assert done.encode().decode() == done
    assert whole(done) == done


def test_text_before_a_refusal_comes_first() -> None:
    """A stream gives what it has, and then the reason why there is no more, as often as it is asked."""

    def pieces() -> Iterator[str]:
        yield "a"
        yield ""
        yield "b"
        raise Refusal("PC104", "no more")

    stream = Written(pieces())
    assert stream.read(1) + stream.read(9) == b"ab"
    for _ in range(2):
        with pytest.raises(Refusal, match="no more"):
            stream.read(9)


def test_what_is_told_beside_is_short() -> None:
    """Values are cut, empty ones are none, and headers that repeat are one."""
    beside = Beside()
    beside.tell("document_title", "x" * 2000)
    beside.tell("document_title", "second")
    beside.tell("document_author", " ")
    for n in range(999):
        beside.tell_more("page_header", f"Page {n // 2}")
    assert list(beside.extra) == ["document_title", "page_header"]
    assert all(len(value) <= LONGEST for value in beside.extra.values())
    assert beside.extra["page_header"].startswith("Page 0\nPage 1\nPage 2")
    assert list(beside.properties) == ["document_title"]
