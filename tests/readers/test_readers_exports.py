"""Exports of press databases are told from articles about documents, and taken apart without losing a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.config import Limits, Settings
from provcheck.readers import Ledger, Source, coded, exports, labelled, unpack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from provcheck.model import Envelope

    Corpus = Callable[[dict[str, bytes]], Path]
    Read = Callable[..., list[Envelope]]

RAIN = "It rained on the harbour all day, and the ferry stayed where it was."
SNOW = "It snowed in the hills, and nobody went out to look at the old bridge."
LONG = " ".join([SNOW] * 8)

ARTICLES = {
    "sentence": f"{RAIN}\n\nThe clerk marked it document 1 of 3 and put it away.\n\nDocument 1 of 3\n\n{SNOW}\n",
    "footers": f"Document 12 of 2024\n\n{RAIN}\n\nDocument 12 of 2024\n\n{SNOW}\n\nDocument 12 of 2024\n",
    "same footer": f"Document 1 of 2024\n\n{RAIN}\n\nDocument 1 of 2024\n\n{SNOW}\n",
    "ended once": f"{RAIN}\n\nEnd of Document\n\n{LONG}\n",
    "ended with an id": f"{RAIN}\n\nDocument GAZ0000020240312ek3c0001h\n\n(c) 2024\n",
    "the only one": f"1 of 1 DOCUMENT\n\n{RAIN}\n",
    "counts fall": f"1 of 3 DOCUMENTS\n\n{RAIN}\n\n3 of 3 DOCUMENTS\n\n{SNOW}\n",
    "capitals": f"HD television comes to town\n\nPD Example, who died in May, had wished for it.\n\n{RAIN}\n",
    "its own labels": f"Author: Ann Lee\nSection: Town\nLanguage: English\nLocation: Mill Lane 3\n\n{RAIN}\n\n{SNOW}\n",
    "one label": f"{RAIN}\n\nLOAD-DATE: is what the database calls the day on which it took the text in.\n\n{SNOW}\n",
}


@pytest.mark.parametrize("text", ARTICLES.values(), ids=ARTICLES.keys())
def test_an_article_stays_whole(text: str, corpus: Corpus, envelopes: Read) -> None:
    """Lines that look like those of an export, and do not add up to one."""
    [found] = envelopes(corpus({"a.txt": text.encode()}))
    assert (found.wrapper, found.raw, found.origin.row) == ("txt", text.encode(), None)


COUNTED = f"1 of 2 DOCUMENTS\r\n\r\n{RAIN}\r\n\r\n\r\n   2 of 2 DOCUMENTS\r\n\r\n{SNOW}\r\n"
CLOSED = f"{RAIN}\nEnd of Document\n\n\n{SNOW}\nEnd of Document\n"
RULED = (
    f"Contents\n\n1. Rain\n2. Snow\n{'_' * 60}\nDocument 1 of 2\n\n{RAIN}\n\n{'_' * 60}\nDocument 2 of 2\n\n{SNOW}\n"
)
NAMED = f"{RAIN}\n\nDocument GAZ0000020240312ek3c0001h\n\n{SNOW}\n\nDocument GAZ0000020240313ek3d0002i\n"
EXPORTS = {
    "counted": COUNTED.encode(),
    "counted in German": COUNTED.replace("of", "von").replace("DOCUMENTS", "DOKUMENTEN").encode(),
    "counted in UTF-16": COUNTED.encode("utf-16"),
    "counted behind a table of contents": RULED.encode(),
    "closed": CLOSED.encode(),
    "closed by ids": NAMED.encode(),
    "broken off": CLOSED.rpartition("End")[0].replace(SNOW, f"{SNOW}\nEnd of Document\n{LONG}").encode(),
}


@pytest.mark.parametrize("raw", EXPORTS.values(), ids=EXPORTS.keys())
def test_an_export_is_taken_apart(raw: bytes, corpus: Corpus, envelopes: Read) -> None:
    """Each article is a row, without the lines between them, and stands where its row says."""
    found = envelopes(corpus({"a.txt": raw}))
    assert [each.raw.decode() for each in found[:2]] == [RAIN, SNOW]
    assert [each.raw.decode() for each in found[2:]] in ([], [LONG])
    assert [(each.wrapper, each.origin.row) for each in found] == [("export", n + 1) for n in range(len(found))]
    for each in found:
        begin = each.origin.offset
        assert begin is None or raw[begin : begin + each.origin.length] == each.raw


def test_nothing_is_lost(corpus: Corpus, envelopes: Read) -> None:
    """What stands before the first article and behind the last is kept with them, and so are ids."""
    summary = "Search Summary\nText  bridge\n"
    first, second = envelopes(corpus({"a.txt": RULED.encode(), "b.txt": (NAMED + summary).encode()}))[0::3]
    assert first.extra["front_matter"].split("\n") == ["Contents", "", "1. Rain", "2. Snow"]
    assert second.declared["id"] == "GAZ0000020240313ek3d0002i"
    assert second.extra["back_matter"] == summary.strip()


def test_what_cannot_be_read_has_a_row(corpus: Corpus, envelopes: Read) -> None:
    """An empty article and one beyond the limit are told; the others are read."""
    text = f"1 of 4 DOCUMENTS\n{RAIN}\n2 of 4 DOCUMENTS\n\n3 of 4 DOCUMENTS\n{LONG}\n4 of 4 DOCUMENTS\n{SNOW}\n"
    found = envelopes(corpus({"a.txt": text.encode()}), settings=Settings(limits=Limits(document_bytes=200)))
    assert [each.problem.code if each.problem else each.raw.decode() for each in found] == [
        RAIN,
        "PC102",
        "PC108",
        SNOW,
    ]


def test_coded_fields(corpus: Corpus, envelopes: Read) -> None:
    """Values go on in the next lines, sentences in capitals are no fields, and old encodings are kept for later."""
    text = (
        f"HD  Rain on\n    the harbour\nBY\nAnn Lee\nPD  12 March 2024\nSN  The Müller Gazette\n\nLP\n{RAIN}\n\n"
        f"TD\nPD IN A WORD\n\nAN ERA ENDS\n\n{SNOW}\n\nNS  gcat : Weather\nAN\nDocument GAZ0000020240312ek3c0001h\n"
    )
    columns = Settings(columns={"text": ("content",)})
    for raw in (text.encode(), text.encode("cp1252")):
        [found] = envelopes(corpus({"a.txt": raw}), settings=columns)
        assert found.raw.decode() == f"{RAIN}\n\nPD IN A WORD\n\nAN ERA ENDS\n\n{SNOW}"
        assert found.declared == {
            "title": "Rain on the harbour", "date": "12 March 2024", "outlet": "The Müller Gazette",
            "author": "Ann Lee", "id": "GAZ0000020240312ek3c0001h",
        }  # fmt: skip
        assert found.extra["NS"] == "gcat : Weather"


def test_labelled_fields(corpus: Corpus, envelopes: Read) -> None:
    """Labelled lines above and below the text are fields, and leave empty lines; those of the article stay."""
    text = (
        f"The Gazette\n\nMarch 12, 2024 Tuesday\n\nRain on the harbour\n\nBYLINE: Ann Lee\n\nSECTION: TOWN; Pg. 4\n\n"
        f"LENGTH: 42 words\n\n{RAIN}\n\n{SNOW}\n\n{RAIN}\n\nSource: harbour master\n\n{SNOW}\n\n{RAIN}\n\n{SNOW}\n\n"
        "LENGTH: a virtue of bridges.\n\nLOAD-DATE: March 13, 2024\n\nLANGUAGE: ENGLISH\n\nCopyright 2024 The Gazette\n"
    )
    [found] = envelopes(corpus({"a.txt": text.encode()}))
    assert found.declared == {
        "title": "Rain on the harbour", "date": "March 12, 2024 Tuesday", "outlet": "The Gazette",
        "author": "Ann Lee", "language": "ENGLISH",
    }  # fmt: skip
    assert found.extra == {"SECTION": "TOWN; Pg. 4", "LENGTH": "42 words", "LOAD-DATE": "March 13, 2024"}
    taken = {"BYLINE: Ann Lee", "LANGUAGE: ENGLISH", "The Gazette", "March 12, 2024 Tuesday"}
    taken |= {f"{name}: {value}" for name, value in found.extra.items()}
    assert found.raw.decode().splitlines() == [line if line not in taken else "" for line in text.splitlines()]


COVER = (
    "User Name: ann\nJob Number: 1\n\nDocuments (2)\n\n 1. Rain\nSearch Terms: rain\n\n 2. Snow\nSearch Terms: rain\n"
)
NEXIS = (
    "\nRain on\nthe harbour\nThe Gazette\nMarch 12, 2024 Tuesday 4:12 PM GMT\n\nCopyright 2024 The Gazette\n\n"
    f"Section: TOWN; Pg. 4\nLength: 42 words\nByline: Ann Lee\n\nBody\n\n{RAIN}\n\nLoad-Date: March 13, 2024\n\n"
    "End of Document\n\n"
)
SHOWN = (
    f"Town\nRain on the harbour\n\nAnn Lee\n42 Wörter\n12. März 2024\n14:02\nThe Gazette\nGAZ\n4\nDeutsch\n"
    f"(c) 2024 The Gazette\n\n{RAIN}\n\nDokument GAZ0000020240312ek3c0001h\n\nPage 1 of 2 © 2024 Factiva\n\n"
)
RULED_OFF = (
    f"Title: Rain on the harbour\nAuthor: Ann Lee\nPublication title: The Gazette; London\nFull text: {RAIN}\n"
    f"Publication date: Mar 12, 2024\nSource type: Newspaper\nProQuest document ID: 17\n{'_' * 60}\n"
)
PLACED = {
    "cover and labels": COVER + NEXIS * 2,
    "no labels": SHOWN + SHOWN.replace("0001h", "0002i"),
    "rules": RULED_OFF * 2,
}


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize("text", PLACED.values(), ids=PLACED.keys())
def test_fields_by_their_place(text: str, encoding: str, corpus: Corpus, envelopes: Read) -> None:
    """The paper above the day, the headline above the paper, and what databases set below a headline."""
    for found in envelopes(corpus({"a.txt": text.encode(encoding)})):
        assert found.raw.decode(encoding).split()[-len(RAIN.split()) :] == RAIN.split()
        assert found.declared["title"] == "Rain on the harbour"
        assert found.declared["author"] == "Ann Lee"
        assert found.declared["outlet"] == "The Gazette"
        assert "2024" in found.declared["date"]
        assert "front_matter" not in found.extra or found.extra["front_matter"] == COVER.strip()


SET = (
    "{head}\n78 words\n12 March 2024\nThe Gazette\nGAZ\n4\nEnglish\nCopyright 2024 The Gazette\n\n"
    f"{RAIN}\n\nDocument GAZ0000020240312ek3c0001h\n\n"
)


@pytest.mark.parametrize(
    ("head", "title", "author"),
    [
        ("Rain on the harbour\nAnn Lee", "Rain on the harbour", "Ann Lee"),
        ("Rain on the harbour\nAnn Lee and Cy van der Dee", "Rain on the harbour", "Ann Lee and Cy van der Dee"),
        ("Town\nRain on the harbour\nBy Ann Lee", "Rain on the harbour", "Ann Lee"),
        ("Rain\nby Ann", "Rain", "Ann"),
        ("Rain on the harbour\n\nAnn Lee", "Rain on the harbour", "Ann Lee"),
        ("Rain on the harbour", "Rain on the harbour", None),
        ("Town\nHarbour Board Votes", "Harbour Board Votes", None),
        ("Ferry Line Returns to the Harbour\nAfter Two Winters", "After Two Winters", None),
        ("Town news of the week\nRain falls on the harbour", "Rain falls on the harbour", None),
        ("Letters from the harbour\nRain 2024", "Rain 2024", None),
        ("Town news of the week\nBy the river", "By the river", None),
        ("Town news of the week\nBy", "By", None),
    ],
)
def test_lines_above_the_words(corpus: Corpus, envelopes: Read, head: str, title: str, author: str | None) -> None:
    """Headline and author, with or without a blank line between them; the language is declared, and no page."""
    text = SET.replace("{head}", head)
    for found in envelopes(corpus({"a.txt": (text + text.replace("0001h", "0002i")).encode()})):
        assert (found.declared["title"], found.declared.get("author")) == (title, author)
        assert (found.declared["language"], found.extra["page"]) == ("English", "4")


@pytest.mark.parametrize(
    ("furniture", "language", "page"),
    [
        ("4\nFinal", None, "4 · Final"),
        ("Deutsch", "Deutsch", None),
        ("Español\n4", "Español", "4"),
        ("New", None, "New"),
    ],
)
def test_lines_below_the_code(
    corpus: Corpus, envelopes: Read, furniture: str, language: str | None, page: str | None
) -> None:
    """A line that is a language is one; all others stay together."""
    text = SET.replace("{head}", "Rain on the harbour").replace("4\nEnglish", furniture)
    for found in envelopes(corpus({"a.txt": (text + text.replace("0001h", "0002i")).encode()})):
        assert (found.declared.get("language"), found.extra.get("page")) == (language, page)


LINES = st.one_of(
    st.sampled_from([
        "1 of 2 DOCUMENTS", "Document 2 of 2", "End of Document", "Document GAZ0000020240312ek3c0001h", "_" * 40, "",
        "HD  Rain", "PD 1 May 2024", "SN The Gazette", "LP", "TD  It rained.", "AN", "NS gcat : Rain", "  wrapped",
        "LOAD-DATE: today", "LOAD-DATE: tomorrow", "LENGTH: 2 words", "BYLINE: Ann Lee", "Body", "It snowed.",
        "Full text: It rained.",
    ]),
    st.text(max_size=30),
)  # fmt: skip


@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-16-le"]))
def test_whatever_stands_in_a_file(lines: list[str], end: str, encoding: str) -> None:
    """No error, at least one row, books that add up, and every word in some field or text."""
    raw = end.join(lines).encode(encoding, "replace")
    exports.looks_like_export(raw)
    books = Ledger()
    books.found(len(raw))
    found = list(unpack(Source("a.txt", "a.txt", "a.txt", len(raw)), raw, Settings(), books))
    assert found
    assert not books.faults(len(found))


@given(st.lists(LINES, max_size=14))
def test_fields_lose_no_word(lines: list[str]) -> None:
    """What is taken apart into fields has all the words that it had, but the labels."""
    text = "\n".join(lines)
    for record in (coded.record(text), labelled.record(text)):
        told = " ".join(record.values()).split() if record else text.split()
        lost = set(text.split()) - set(told)
        assert lost <= {*coded.HEAD, *coded.TEXT, *coded.INDEX, *coded.FOOT, "\ufeff"} | {
            word for word in text.split() if word.endswith(":") or word in ("Body", "Full")
        }


@given(st.lists(st.sampled_from([RAIN, SNOW, LONG]), min_size=2, max_size=6), st.booleans())
def test_articles_come_back(articles: list[str], counted: bool) -> None:  # noqa: FBT001  drawn, not called
    """Articles that are put into an export come out of it, in their order."""
    total = len(articles)
    if counted:
        text = "".join(f"{n} of {total} DOCUMENTS\n\n{each}\n\n" for n, each in enumerate(articles, 1))
    else:
        text = "".join(f"{each}\nEnd of Document\n" for each in articles)
    raw = text.encode()
    found = unpack(Source("a.txt", "a.txt", "a.txt", len(raw)), raw, Settings(), Ledger())
    assert [each.raw.decode() for each in found] == articles
