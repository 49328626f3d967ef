"""What each format gives: the text's bytes, the declared fields, and all else under its own name."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import pickle
import struct
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from provcheck.config import Settings
from provcheck.readers import SUFFIXES, magic, records, roles, tables
from provcheck.readers.formats import FORMATS, format_of
from provcheck.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from provcheck.model import Envelope

    Corpus = Callable[[dict[str, bytes]], Path]
    Read = Callable[..., list[Envelope]]

TEXT = "The ferry was late. Nobody minded."
RECORD = {
    "maintext": TEXT,
    "title": "Late ferry",
    "date_publish": "2018-03-15 08:30:00",
    "authors": ["Jane Roe", "Rosa Poe"],
    "source_domain": "example.org",
    "language": "en",
    "url": "https://example.org/1",
    "image": None,
    "words": 6,
}
DECLARED = {
    "title": "Late ferry",
    "date": "2018-03-15 08:30:00",
    "outlet": "example.org",
    "author": "Jane Roe, Rosa Poe",
    "language": "en",
    "url": "https://example.org/1",
}


def test_record_gives_roles_and_keeps_the_rest(corpus: Corpus, envelopes: Read) -> None:
    """The same record as JSONL, as an array, alone and in a wrapper gives the same document."""
    one = json.dumps(RECORD).encode()
    home = corpus(
        {
            "a.jsonl": one,
            "b.json": b"[" + one + b"]",
            "c.json": one,
            "d.json": b'{"status":"ok","articles":[' + one + b"]}",
            "e.json": json.dumps(RECORD, indent=2).encode() + b"\n" + json.dumps(RECORD, indent=2).encode(),
            "f.jsonl.gz": gzip.compress(one),
        }
    )
    found = envelopes(home)
    assert [(e.origin.relative, e.origin.row, e.wrapper) for e in found] == [
        ("a.jsonl", 1, "jsonl"),
        ("b.json", 1, "json"),
        ("c.json", None, "json"),
        ("d.json", 1, "json"),
        ("e.json", 1, "json"),
        ("e.json", 2, "json"),
        ("f.jsonl.gz", 1, "gz/jsonl"),
    ]
    for e in found:
        assert e.raw == TEXT.encode()
        assert e.encoding == "utf-8"
        assert dict(e.declared) == DECLARED
        assert {"image", "words", "authors"} <= set(e.extra)
        assert pickle.loads(pickle.dumps(e)) == e  # noqa: S301  our own bytes: workers get envelopes this way


def test_place_of_a_record_is_its_bytes(corpus: Corpus, envelopes: Read) -> None:
    """Offset and length cut the record out of the file, in lines, arrays and tables."""
    record = json.dumps(RECORD).encode()
    files = {"a.jsonl": record + b"\n\n" + record + b"\n", "b.json": b" [ " + record + b",\n" + record + b"]"}
    files["c.csv"] = b'id,text\n1,"two\nlines"\n2,one\n'
    home = corpus(files)
    for e in envelopes(home):
        assert e.origin.offset is not None
        cut = files[e.origin.relative][e.origin.offset : e.origin.offset + e.origin.length]
        if e.origin.relative == "c.csv":
            assert cut in (b'1,"two\nlines"\n', b"2,one\n")
        else:
            assert json.loads(cut) == RECORD


@pytest.mark.parametrize(
    ("record", "declared"),
    [
        ({"text": "x", "timestamp": 1521072000}, {"date": "2018-03-15T00:00:00Z"}),
        ({"text": "x", "timestamp": 1521072000123}, {"date": "2018-03-15T00:00:00Z"}),
        ({"text": "x", "DATE": 20180315083000}, {"date": "2018-03-15T08:30:00Z"}),
        ({"text": "x", "date": "20180315"}, {"date": "2018-03-15"}),
        ({"text": "x", "published": "March 2018"}, {"date": "March 2018"}),
        ({"text": "x", "published": 1, "date": "2018-03-15"}, {"date": "2018-03-15"}),
        ({"text": "x", "published": "yes", "timestamp": 1521072000}, {"date": "2018-03-15T00:00:00Z"}),
        ({"text": "x", "published": "1.0", "created": -1, "title": "~"}, {}),
        ({"text": "x", "published": True, "date": "2018"}, {"date": "2018"}),
        ({"text": "x", "date": "二〇一八年三月十五日"}, {"date": "二〇一八年三月十五日"}),
        ({"text": "x", "date": "15.3.2018"}, {"date": "15.3.2018"}),
        ({"text": "x", "date": {"$date": "2018-03-15"}}, {"date": "2018-03-15"}),
        ({"text": "x", "date": 0, "author": "NaN", "title": "None"}, {}),
        ({"content": "x", "source": {"id": None, "name": "Example Herald"}}, {"outlet": "Example Herald"}),
        ({"content": {"rendered": "x"}, "title": {"rendered": "T"}}, {"title": "T"}),
        ({"text": "x", "metadata": {"lang": "de", "site_name": "Bote"}}, {"language": "de", "outlet": "Bote"}),
        ({"text": "x", "author": {"name": "J. Roe", "url": "https://example.org/jr"}}, {"author": "J. Roe"}),
        (
            {"TD": "x", "HD": "T", "SN": "Herald", "BY": "J. Roe"},
            {"title": "T", "outlet": "Herald", "author": "J. Roe"},
        ),
        ({"正文": "x", "标题": "T", "发布时间": "2018年3月15日"}, {"title": "T", "date": "2018年3月15日"}),
        ({"Volltext": "x", "Überschrift": "T", "Quelle": "Bote"}, {"title": "T", "outlet": "Bote"}),
        ({"Текст": "x", "Заголовок": "T", "Дата": "15.03.2018"}, {"title": "T", "date": "15.03.2018"}),
        ({"texto": "x", "título": "T", "fecha": "2018-03-15"}, {"title": "T", "date": "2018-03-15"}),
        (
            {"Full text": "x", "Publication title": "Herald", "Publication date": "Mar 15, 2018"},
            {"outlet": "Herald", "date": "Mar 15, 2018"},
        ),
    ],
)
def test_columns_of_common_corpora_take_their_roles(
    corpus: Corpus, envelopes: Read, record: dict[str, Any], declared: dict[str, str]
) -> None:
    """Names and values as C4, GDELT, NewsAPI, WordPress, Factiva, ProQuest and others write them."""
    (found,) = envelopes(corpus({"a.jsonl": json.dumps(record).encode()}))
    assert found.raw == b"x"
    assert dict(found.declared) == declared
    json.dumps(dict(found.extra), allow_nan=False)


def test_settings_name_the_columns(corpus: Corpus, envelopes: Read) -> None:
    """A configured column wins over the usual ones, also inside an object; a wrong one is no guess."""
    home = corpus({"a.jsonl": b'{"text": "summary", "x": {"full": "whole"}, "when": "2018"}\n'})
    (found,) = envelopes(home, settings=Settings(columns={"text": ("x.full",), "date": ("when",)}))
    assert (found.raw, dict(found.declared)) == (b"whole", {"date": "2018"})
    assert found.extra["text"] == "summary"
    (found,) = envelopes(home, settings=Settings(columns={"text": ("nothing",)}))
    assert found.problem is not None
    assert found.problem.code == "PC111"


def test_paragraphs_lead_and_html_are_texts(corpus: Corpus, envelopes: Read) -> None:
    """A list of paragraphs is joined, Factiva's lead comes before its text, and a page stays a page."""
    rows = [
        {"text": ["one", "two"]},
        {"LP": "lead", "TD": "rest"},
        {"html": "<p>x</p>"},
        {"text": "<!doctype html><p>x"},
    ]
    found = envelopes(corpus({"a.jsonl": b"\n".join(json.dumps(r).encode() for r in rows)}))
    assert [(e.raw, e.media) for e in found] == [
        (b"one\ntwo", "text"),
        (b"lead\n\nrest", "text"),
        (b"<p>x</p>", "html"),
        (b"<!doctype html><p>x", "html"),
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "iso8859-2", "utf-16", "utf-16-le", "utf-8-sig", "utf-32"])
def test_tables_and_lines_in_other_encodings_lose_nothing(corpus: Corpus, envelopes: Read, encoding: str) -> None:
    """The text's own bytes come through; other fields are read as the text is, and it is said how."""
    words = {
        "cp1251": "Паром опоздал на час, и никто не заметил этого",
        "iso8859-2": "Prom się spóźnił o godzinę, żółć",
    }
    text = words.get(encoding, "Die Fähre über den Fluß kam später als üblich an")
    table, line = (
        f'id,title,text\n1,"{text}","{text}"\n'.encode(encoding),
        json.dumps({"title": text, "text": text}, ensure_ascii=False).encode(encoding),
    )
    for found in envelopes(corpus({"a.csv": table, "b.jsonl": line})):
        if found.encoding:
            assert found.raw.decode(found.encoding) == text
        else:
            assert found.raw.decode(encoding) == text
            assert found.extra["fields_encoding"] == ""
        told = records.settled(found, encoding)
        assert told.declared["title"] == text
        assert told.extra.get("fields_encoding") == (None if found.encoding else encoding)


def test_fields_beside_a_text_that_tells_nothing(corpus: Corpus, envelopes: Read) -> None:
    """They are read by a guess of their own, which is named."""
    record = {"title": "Die Fähre über den Fluß kam später als üblich an", "text": TEXT}
    [found] = envelopes(corpus({"a.jsonl": json.dumps(record, ensure_ascii=False).encode("cp1252")}))
    assert found.declared["title"] == record["title"]
    assert found.extra["fields_encoding"].startswith("cp125")


@pytest.mark.parametrize(
    ("name", "wrap"), [("a.jsonl", "%s\n%s"), ("a.json", "[%s, %s]"), ("a.json", '{"items": [%s, %s]}')]
)
def test_keys_that_stand_twice_lose_nothing(corpus: Corpus, envelopes: Read, name: str, wrap: str) -> None:
    """JSON readers take the last of two; here the first one is kept beside it."""
    twice = '{"text": "one", "text": "two", "title": "A", "title": "B", "text (1)": "odd", "title": "C"}'
    found = envelopes(corpus({name: (wrap % (twice, '{"text": "x"}')).encode()}))
    assert (found[0].raw, found[0].declared) == (b"two", {"title": "C"})
    assert {k: v for k, v in found[0].extra.items() if k != "wrapper"} == {
        "text (1)": "odd", "text (1)'": "one", "title (1)": "A", "title (2)": "B"
    }  # fmt: skip


BOM = b"\xef\xbb\xbf"
SPREAD = b'{\n  "title": "T",\n  "text": "one"\n}\n'


@pytest.mark.parametrize(
    ("name", "data", "rows"),
    [
        ("a.json", BOM + b'{"text": "one"}\n', [b"one"]),
        ("a.json", BOM + SPREAD, [b"one"]),
        ("a.json", BOM + SPREAD + BOM + SPREAD, [b"one", b"one"]),
        ("a.json", BOM + b'[{"text": "one"}]', [b"one"]),
        ("a.json", BOM + b'{"items": [{"text": "one"}]}', [b"one"]),
        ("a.json", BOM + b'{"text": "one"} \xef', [b"one", "PC104"]),
        ("a.jsonl", BOM + b'{"text": "one"}\n' + BOM + b'{"text": "two"}\n', [b"one", b"two"]),
    ],
)
def test_byte_order_mark_is_no_record(
    corpus: Corpus, codes: Callable[..., list[Any]], name: str, data: bytes, rows: list[Any]
) -> None:
    """Wherever it stands before a record; a byte of it alone is damage."""
    assert codes(corpus({name: data})) == rows


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b'[{"text": "one"}, {"text": "two"}]', [b"one", b"two"]),
        (b'[\n{"text": "one"},\n{"text": "two"}\n]\n', [b"one", b"two"]),
        (BOM + SPREAD, [b"one"]),
        (b'{"title": "T",\r\n "text": "one"}\r\n', [b"one"]),
        (b'{"items": [\n  {"text": "one"}\n]}', [b"one"]),
        (SPREAD.decode().encode("utf-16"), [b"one"]),
        # A first line that breaks off costs that line only.
        (b'{"text": "oops,\n{"text": "two"}\n', ["PC104", b"two"]),
        (b'{"text": "oops", "tags": [\n{"text": "two"}\n', ["PC104", b"two"]),
        (b'{"text": "oops, \\",\n "text": "one"}\n{"text": "two"}\n', ["PC104", "PC104", b"two"]),
        (b'[{"text": "oops"}\n{"text": "two"}\n', ["PC104", b"two"]),
        (b'{"text": "one"}', [b"one"]),
        (b'{"text": oops}\n', ["PC104"]),
    ],
)
def test_json_that_is_called_lines(
    corpus: Corpus, codes: Callable[..., list[Any]], data: bytes, rows: list[Any]
) -> None:
    """An array or an object over many lines is read for what it is, under any ending of JSON lines."""
    for name in ("a.jsonl", "a.ndjson", "a.jl"):
        assert codes(corpus({name: data})) == rows
        (corpus({}) / name).unlink()


@pytest.mark.parametrize(
    ("name", "data", "wrapper"),
    [
        ("a.md", b'{"title": "T", "date": "2018-03-15"}\n\nThe ferry was late.', "md"),
        ("a.txt", b'{\n "title": "T"\n}\n"Late", he said.', "txt"),
        ("a", b'{"title": "T"}\n[Update] The ferry was late.', "txt"),
        ("a.txt", b'{"title": "T"} is what the page began with.', "txt"),
        ("a.md", b'{"title": "T", "text": "x"}\nand more', "json"),
        ("a.txt", b'{"text": "x"}\n[{"text": "y"}]', "json"),
        ("a.txt", b'{"text": "x"},\n{"text": "y"}', "json"),
        ("a.txt", b'{"text": "x"}', "json"),
        ("a.json", b'{"title": "T"}\n\nThe ferry was late.', "json"),
    ],
)
def test_text_below_an_object_is_a_text(corpus: Corpus, envelopes: Read, name: str, data: bytes, wrapper: str) -> None:
    """An object above prose is front matter, unless it is a record itself or the file is called JSON."""
    found = envelopes(corpus({name: data}))
    assert {e.wrapper for e in found} == {wrapper}
    if wrapper != "json":
        assert [e.raw for e in found] == [data]


def test_half_an_emoji_becomes_a_mark(corpus: Corpus, envelopes: Read) -> None:
    """JSON can hold half a surrogate pair, UTF-8 cannot: it is U+FFFD, which decoding reports."""
    (found,) = envelopes(corpus({"a.jsonl": b'{"text": "cut \\ud83d", "note": "\\udc80"}'}))
    assert (found.raw.decode(), found.extra["note"]) == ("cut \ufffd", "\ufffd")


def test_parquet_gives_rows_and_their_types(corpus: Corpus, envelopes: Read) -> None:
    """Times become ISO 8601, odd numbers None, bytes stay bytes; also inside a zip."""
    out = io.BytesIO()
    pq.write_table(
        pa.table(
            {
                "content": [TEXT.encode(), b"Stra\xdfe", None],
                "day": [dt.date(2018, 3, 15)] * 3,
                "timestamp": pa.array([1521072000000] * 3, pa.timestamp("ms", "UTC")),
                "score": [1.5, float("nan"), 2.0],
            }
        ),
        out,
        row_group_size=2,
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in.parquet", out.getvalue())
    found = envelopes(corpus({"a.parquet": out.getvalue(), "b.zip": packed.getvalue()}))
    assert [e.wrapper for e in found] == ["parquet"] * 3 + ["zip/parquet"] * 3
    assert [e.raw for e in found[:2]] == [TEXT.encode(), b"Stra\xdfe"]
    assert found[2].problem is not None
    assert found[2].problem.code == "PC105"
    assert found[0].declared["date"] == "2018-03-15T00:00:00Z"
    assert found[1].extra == {"day": "2018-03-15", "score": None}


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (["id", "text", "text"], {"id": "a0", "text": "b0", "text (3)": "c0"}),
        (["text", "text", "text (2)"], {"text": "a0", "text (2)'": "b0", "text (2)": "c0"}),
        (["text", "id", "source"], {"text": "a0", "id": "b0", "source": "c0"}),
    ],
)
def test_parquet_keeps_columns_of_one_name(
    corpus: Corpus, envelopes: Read, names: list[str], columns: dict[str, str]
) -> None:
    """Joined frames have such columns: the first one has the name, the others their number too."""
    out = io.BytesIO()
    data = [pa.array([f"{letter}{row}" for row in range(99)]) for letter in "abc"]
    pq.write_table(pa.Table.from_arrays(data, names=names), out)
    found = envelopes(corpus({"a.parquet": out.getvalue()}))
    assert len(found) == 99
    shown = {"text": found[0].raw.decode(), **found[0].extra}
    roles_ = {"source" if role == "outlet" else role: value for role, value in found[0].declared.items()}
    assert shown | roles_ == columns


@pytest.mark.parametrize(
    ("table", "delimiter", "backslash"),
    [
        ("id,text\n1,a\n", ",", False),
        ("id;text\n1;a, b, c\n2;d, e\n", ";", False),
        ("id\ttext\n1\ta, b; c\n", "\t", False),
        ("id|text\n1|a\n", "|", False),
        ('id,text\n1,"say \\"a, b\\" now"\n', ",", True),
        ("text\nno delimiter\n", ",", False),
    ],
)
def test_dialect_is_told(table: str, delimiter: str, *, backslash: bool) -> None:
    """The delimiter and the way of writing quotes, by trial."""
    assert tables.sniff(table) == tables.Dialect(delimiter, backslash)


@pytest.mark.parametrize(
    ("table", "extras"),
    [
        ("text,title,\none,T,\ntwo,T,9\nfour,T\n", [{}, {"column 3": "9"}, {}]),
        ("text,title,,\none,T,,8\ntwo,T,7,\n", [{"column 3": "", "column 4": "8"}, {"column 3": "7"}]),
        (",text,title,\n1,one,T,9\n", [{"column 1": "1", "column 4": "9"}]),
        ("text,title\none,T,,\n", [{}]),
        ("text,title,\none,T,8,9\ntwo\n", [None, None]),
        ("text,title\none,T,9\n", [None]),
        ("title,note,note,note (3),text\nT,1,2,3,one\n", [{"note": "1", "note (3)": "3", "note (3)'": "2"}]),
    ],
)
def test_columns_without_a_name_of_their_own(
    corpus: Corpus, envelopes: Read, table: str, extras: list[dict[str, str] | None]
) -> None:
    """A column with an empty name, or one that stands twice, keeps its values; more fields than columns are a fault."""
    found = envelopes(corpus({"a.csv": table.encode()}))
    assert [None if e.problem else dict(e.extra) for e in found] == extras
    assert {e.problem.code for e in found if e.problem} <= {"PC104"}


def test_table_of_old_spreadsheets(corpus: Corpus, envelopes: Read) -> None:
    """Lines that end in a carriage return, empty headers and headers that stand twice."""
    found = envelopes(corpus({"a.csv": b"id,text,,id\r1,one,x,9\r2,two,y,8\r"}))
    assert [(e.raw, e.declared["id"], dict(e.extra)) for e in found] == [
        (b"one", "1", {"column 3": "x", "id (4)": "9"}),
        (b"two", "2", {"column 3": "y", "id (4)": "8"}),
    ]


@pytest.mark.parametrize(
    ("said", "delimiter"),
    [
        ("sep=;\r\n", ";"), ('"sep=\t"\n', "\t"), ("\ufeffSEP=|\n", "|"),
    ],
)  # fmt: skip
def test_table_that_says_its_delimiter(corpus: Corpus, envelopes: Read, said: str, delimiter: str) -> None:
    """The first line that spreadsheets write for one another is neither a header nor a record."""
    table = said + "id,text\n1,one\n2,four\n".replace(",", delimiter)
    found = envelopes(corpus({"a.csv": table.encode()}))
    assert [(e.raw, e.declared["id"], e.origin.row) for e in found] == [(b"one", "1", 1), (b"four", "2", 2)]


@pytest.mark.parametrize(
    ("name", "declared", "extra"),
    [
        ("003_bc96871de7cbd0cd.txt", {"id": "bc96871de7cbd0cd"}, {"sequence": "003"}),
        ("12.txt", {}, {"sequence": "12"}),
        ("6f1c2d34-0a1b-4c2d-8e3f-112233445566.txt", {"id": "6f1c2d34-0a1b-4c2d-8e3f-112233445566"}, {}),
        ("2018-03-15-late-ferry.md", {}, {"name_date": "2018-03-15"}),
        ("2018/03/15/late-ferry.txt", {}, {"name_date": "2018-03-15"}),
        ("20180315.txt", {}, {"name_date": "2018-03-15"}),
        ("2018-02-31.txt", {}, {}),
        ("decade.txt", {}, {}),
        ("late-ferry.txt", {}, {}),
    ],
)
def test_names_of_files_give_fields(
    corpus: Corpus, envelopes: Read, name: str, declared: dict[str, str], extra: dict[str, str]
) -> None:
    """A sequence, an id and a date, where the name has them and not where it only looks so."""
    (found,) = envelopes(corpus({name: TEXT.encode()}))
    assert (dict(found.declared), dict(found.extra)) == (declared, extra)


@pytest.mark.parametrize(
    ("head", "name", "row"),
    [
        (b"<!DOCTYPE html><p>x", "a.txt", "html"),
        (b"\n<!-- c --><html lang=de>", "a", "html"),
        (b"<p>x", "a.html", "html-by-ending"),
        ("<html>".encode("utf-16"), "a", "html"),
        (b'{"text": "x"}\n{"text": "y"}', "a.json", "jsonl"),
        (b'[{"text": 1}]', "a.txt", "json"),
        (b'{"text": "x"}', "a.jsonl", "jsonl-by-ending"),
        (b"[Update] The ferry", "a.txt", "txt"),
        (b"{Sic} he wrote", "a.txt", "txt"),
        (b"id,text", "a.csv", "csv"),
        (b"id,text", "a.txt", "txt"),
        (b"BM was the first to say so", "a.txt", "txt"),
        ("Fähre".encode("cp1252"), "a.txt", "txt"),
        ("渡船晚点了".encode("utf-16-le"), "a.txt", "txt"),
        ("渡船".encode("gb18030"), "a.txt", "txt"),
        ("船は遅れた".encode("iso2022_jp"), "a.txt", "txt"),
        ("Паром опоздал".encode("utf-16-be"), "a", "txt"),
        (b"From the day it opened", "a.txt", "txt"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\x00\x01\x02", "a.txt", "warc"),
        (b"WARC/1.0\r\n", "a.txt", "txt"),
        (b"x", "a.wat", "warc-by-ending"),
        (b"filedesc://a.arc 0.0.0.0 20040312080000 text/plain 70\n1 0 Crawler\n", "a", "arc"),
        (b"filedesc://a.arc 192.0.2.1", "a.arc", "arc-by-ending"),
        (b"filedesc:// begins an ARC.", "a.txt", "txt"),
        (b"From a@example.org Thu Mar 15\nSubject: x\n", "a", "mbox"),
        (b"x", "a.xml", "no-document"),
    ],
)
def test_format_is_told_by_content_then_by_ending(head: bytes, name: str, row: str) -> None:
    """Content wins over the ending, and prose is never taken for data."""
    assert format_of(head, name).name == row


def test_stray_nul_is_still_text() -> None:
    """A NUL or two in a text are a finding for later, not another encoding."""
    assert magic.wide(b"A text with a stray \0 in it, and one \0 more. " * 20) is None
    assert magic.binary(b"A text with a stray \0 in it. " * 20 + b"x" * 1000) is None


@pytest.mark.parametrize(
    "text",
    [
        "港口委员会周一开会，讨论新渡轮。一艘渡轮将从春季开始运行。\n居民表示欢迎。\n",
        "बंदरगाह बोर्ड ने सोमवार को नई नौका पर चर्चा की।\n",
        "வாரியம் திங்கட்கிழமை புதிய படகு பற்றி விவாதித்தது.\n",
        "የወደቡ ቦርድ ሰኞ ስለ አዲሱ ጀልባ ተወያየ።\n",
        "항만 위원회는 월요일 새 여객선을 논의했다.\n",
    ],
    ids=["zh", "hi", "ta", "am", "ko"],
)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_of_any_script(text: str, encoding: str) -> None:
    """UTF-16 without a mark is told also where its bytes look like ASCII, or its NULs stand at both places."""
    assert magic.wide((text * 4).encode(encoding)) == encoding
    assert magic.binary((text * 4).encode(encoding)) is None


@pytest.mark.parametrize(("kind", "span"), [("<h", 100), (">h", 100), ("<h", 5000), ("<f", 100)])
def test_numbers_are_no_wide_text(kind: str, span: int) -> None:
    """Arrays of numbers stay binary data, also where all are those of letters of India."""
    values = [0x900 + n * 7919 % span for n in range(1500)]
    assert magic.binary(b"".join(struct.pack(kind, value) for value in values)) == "binary data"


def test_rule_and_table_name_the_same_endings() -> None:
    """The page of PC110 lists every ending that has a reader."""
    words = RULES["PC110"].remedy.replace(",", " ").replace(";", " ").split()
    assert {s.lstrip(".") for s in SUFFIXES} <= set(words)
    assert len({f.name for f in FORMATS}) == len(FORMATS)


def test_names_of_columns_are_unique() -> None:
    """No name stands in two roles, for then the order of the roles would decide."""
    seen: dict[str, str] = {}
    for role in ("text", "title", "date", "outlet", "author", "place", "language", "url", "id"):
        for name in roles.table()[role]:
            assert roles.squash(name) == name
            assert seen.setdefault(name, role) == role


def test_million_files_do_not_pile_up(corpus: Corpus) -> None:
    """Reading is a stream: the first envelope comes before the second file is opened."""
    from provcheck.readers import read  # noqa: PLC0415  beside what it shows

    home = corpus({"a.txt": b"one", "b.txt": b"two"})
    stream = read([str(home)], Settings())
    next(stream)
    (home / "b.txt").write_bytes(b"three")
    assert next(stream).raw == b"three"
    assert os.listdir(home)  # noqa: PTH208  one look


def test_committed_samples_read_as_written_down(envelopes: Read) -> None:
    """One tiny file a format, and broken ones named by their defect: wrapper or code of each row."""
    home = Path(__file__).parents[2] / "fixtures" / "wrapped"
    expected = json.loads((home / "expected.json").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for e in envelopes(home, settings=Settings(exclude=("expected.json",))):
        found.setdefault(e.origin.relative, []).append(e.problem.code if e.problem else e.wrapper)
    assert found == expected
