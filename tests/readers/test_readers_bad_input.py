"""Each line of the table "What bad input gets" that concerns reading: a row with its own code, and all others go on."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import socket
import tarfile
import tempfile
import tracemalloc
import zipfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import zstandard

from provcheck.config import Limits, Settings
from provcheck.errors import NoDocumentsError, SourceNotFoundError
from provcheck.model import Problem
from provcheck.readers import read, streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from provcheck.model import Envelope

    Corpus = Callable[[dict[str, bytes]], Path]
    Rows = Callable[..., list[Any]]
    Read = Callable[..., list[Envelope]]

NOBODY = 65534
"""The user that owns nothing, on every Unix."""

GOOD = b"The ferry was late.\n"
TINY = Settings(limits=Limits(document_bytes=1000, archive_bytes=40 << 20, archive_members=3, nested_bytes=2000))


def without_data(value: object) -> str | None:
    """Name a case without its bytes: archives hold the time, and the processes of a run must agree on names."""
    return "data" if isinstance(value, bytes) else None


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Iterable[tuple[str, bytes | bytearray, bytes]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data, kind in members:
            info = tarfile.TarInfo(name)
            info.type, info.size, info.linkname = kind, len(data), "elsewhere"
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def lines(count: int) -> bytes:
    return b"".join(json.dumps({"text": f"Story {i} " + os.urandom(40).hex()}).encode() + b"\n" for i in range(count))


def encrypted() -> bytes:
    data = bytearray(zipped([("secret.txt", GOOD)]))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "answer"),
    [
        ("a.txt", b"", "PC102 "),
        ("a.txt", b" \n\t\r\n", "PC102 "),
        ("a.jsonl", b"\n \n\n", "PC102 "),
        ("a.csv", b"id,text\n", "PC102 "),
        ("a.json", b"[]", "PC102 "),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(40), "PC103 a PNG image"),
        ("a.txt", b"%PDF-1.7 plain ascii", "PC103 a PDF document"),
        ("a", b"\x7fELF\x02\x01\x01" + bytes(40), "PC103 an ELF program"),
        ("a.txt", bytes(range(256)) * 9, "PC103 binary data"),
        ("a.txt", bytes(99), "PC103 NUL"),
        ("a.json", b"This is no JSON.", "PC104 the file"),
        ("a.json", b'{"text": "cut he', "PC104 Unterminated"),
        ("a.jsonl", b'{"text": NaN}', "PC105 text is empty"),
        ("a.jsonl", b'{"text": 12345}', "PC105 text holds something else"),
        ("a.jsonl", b'{"text": "a"}\n{}'[14:], "PC111 "),
        ("a.json", b'{"a":' * 100_000, "PC104 "),
        ("a.json", b"[" * 100_000, "PC104 "),
        ("a.jsonl", b"[" * 100_000, "PC104 nested"),
        ("a.jsonl", b'{"text":"x","a":' + b"[" * 200 + b"]" * 200 + b"}", "PC104 nested deeper"),
        ("a.jsonl", b'{"text": "x", "n": ' + b"9" * 5000 + b"}", "PC104 line 1"),
        ("a.csv", b"id,price\n1,2\n", "PC111 id, price"),
        ("a.jsonl", b'{"id": 1}\n{"id": 2, "tags": []}\n', "PC111 id, tags"),
        ("a.json", b'{"id": 1}', "PC111 id"),
        ("a.txt.gz", gzip.compress(GOOD * 99)[:-9], "PC106 ends early"),
        ("a.txt.bz2", bz2.compress(GOOD * 99)[:-9], "PC106 ends early"),
        ("a.txt.xz", lzma.compress(GOOD * 99)[:-9], "PC106 ends early"),
        ("a.txt.gz", gzip.compress(GOOD)[:-8] + bytes(8), "PC106 CRC"),
        ("a.zip", zipped([("b.txt", GOOD)])[:-30], "PC106 ends early"),
        ("a.zip", encrypted(), "PC107 secret.txt"),
        ("a.parquet", b"PAR1 and nothing else", "PC104 "),
        ("a.xml", b"<?xml version='1.0'?><a/>", "PC110 an XML file"),
        ("a.docx", zipped([("word/document.xml", b"<a/>")]), "PC104 word/document.xml holds no text"),
        ("a.py", b"print(1)\n", "PC110 .py"),
    ],
    ids=without_data,
)
def test_file_without_a_document_is_a_row(corpus: Corpus, envelopes: Read, name: str, data: bytes, answer: str) -> None:
    """The row has the code and says what was found; the file beside it is read."""
    bad, good = envelopes(corpus({name: data, "z.txt": GOOD}))
    code, _, words = answer.partition(" ")
    assert bad.problem is not None
    assert bad.problem.code == code
    assert words in bad.problem.detail
    assert good.raw == GOOD


def test_invalid_line_seven_has_its_place(corpus: Corpus, envelopes: Read) -> None:
    """A line that is no JSON is named by line and byte; those before and behind it are documents."""
    rows = lines(9).splitlines(keepends=True)
    rows[6] = b'{"text": oops}\n'
    found = envelopes(corpus({"a.jsonl": b"".join(rows)}))
    assert [e.origin.row for e in found if e.problem] == [7]
    bad = found[6]
    assert bad.problem is not None
    assert bad.problem.code == "PC104"
    assert "line 7, column 10" in bad.problem.detail
    assert bad.origin.offset == sum(map(len, rows[:6]))
    assert bad.raw == rows[6]
    assert len(found) == 9


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [
        ("gz", gzip.compress),
        ("bz2", partial(bz2.compress, compresslevel=1)),
        ("xz", lzma.compress),
        ("zst", zstandard.compress),
    ],
)
def test_documents_before_the_damage_are_given(
    corpus: Corpus, codes: Rows, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    """A truncated stream gives what came before, and one row for what is missing."""
    whole = lines(6_000)
    packed = pack(whole)
    rows = codes(corpus({f"a.jsonl.{suffix}": packed[: len(packed) * 2 // 3]}))
    assert rows[-1] == "PC106"
    assert len(rows) > 500
    assert all(isinstance(r, bytes) for r in rows[:-1])


def test_damaged_tar_keeps_what_came_before(corpus: Corpus, codes: Rows) -> None:
    """Neither a damaged header nor a missing end is taken for the end of the archive."""
    data = bytearray(tarred([("a.txt", GOOD, b"0"), ("b.txt", GOOD, b"0")]))
    data[1024:1100] = bytes(76 * [255])
    assert codes(corpus({"header.tar": bytes(data)})) == [GOOD, "PC106"]
    cut = tarred([("a.txt", GOOD, b"0"), ("b.txt", GOOD * 99, b"0")])[:1700]
    assert codes(corpus({"header.tar": cut})) == [GOOD, "PC106", "PC106"]


def test_what_stands_behind_the_end_of_a_tar_is_told(corpus: Corpus, envelopes: Read) -> None:
    """Two tars joined by `cat`: the second one has a row that says so, and blocks of zeros have none."""
    first, second = (tarred([(f"{n}.txt", b"A text.", tarfile.REGTYPE)]) for n in "ab")
    packed = gzip.compress(first + b"more")
    home = corpus({"a.tar": first + second, "b.tar": first + b"\0" * 99_999, "c.tar.gz": packed})
    shown = [(e.origin.relative, e.origin.member, e.problem and e.problem.detail) for e in envelopes(home)]
    told = "more follows behind its end, at byte 10240; unpack it with tar --ignore-zeros"
    assert sorted(shown, key=str) == [
        ("a.tar", "a.txt", None),
        ("a.tar", None, told),
        ("b.tar", "a.txt", None),
        ("c.tar.gz", "a.txt", None),
        ("c.tar.gz", None, told),
    ]


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt", GOOD), ("a.jsonl", b'{"text": "The ferry was late.\\n"}\n'), ("a.tar", tarred([("b.txt", GOOD, b"0")]))],
    ids=["txt", "jsonl", "tar"],
)
def test_what_stands_behind_a_stream_is_told(
    corpus: Corpus, envelopes: Read, suffix: str, pack: Callable[[bytes], bytes], name: str, data: bytes
) -> None:
    """The document is given all the same; zeros are padding, however many."""
    path = f"{name}.{suffix}"
    for behind in (b"XX and more", b"X" * 200_000, bytes(9) + b"X", bytes(200_000) + b"X"):
        good, last = envelopes(corpus({path: pack(data) + behind}))
        assert (good.raw, good.problem) == (GOOD, None)
        assert last.problem == Problem("PC106", f"more follows behind the end of its {suffix} stream")
        assert (last.origin.member, last.wrapper) == (None, suffix)
    for padding in (b"", bytes(512), bytes(200_000)):
        assert [e.raw for e in envelopes(corpus({path: pack(data) + padding}))] == [GOOD]


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_streams_behind_each_other_are_one(
    corpus: Corpus, codes: Rows, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    """Also with zeros between them; what begins as a second one and breaks off is damage, as ever."""
    path, whole = f"a.txt.{suffix}", pack(GOOD)
    for zeros in (0, 512, 200_000):
        assert codes(corpus({path: whole + bytes(zeros) + whole})) == [GOOD * 2]
    assert codes(corpus({path: whole + whole[:-9]})) == ["PC106"]


def test_what_stands_behind_a_stream_in_an_archive_is_told(corpus: Corpus, envelopes: Read) -> None:
    """The row names the member."""
    found = envelopes(corpus({"a.zip": zipped([("b.txt.gz", gzip.compress(GOOD) + b"X"), ("c.txt", GOOD)])}))
    assert [(e.origin.member, e.problem and e.problem.code, e.wrapper) for e in found] == [
        ("b.txt.gz", None, "zip/gz/txt"),
        ("b.txt.gz", "PC106", "zip/gz"),
        ("c.txt", None, "zip/txt"),
    ]


def test_member_without_a_name_is_read(corpus: Corpus, envelopes: Read) -> None:
    """A damaged directory may have an empty name, which the standard library stumbles over."""
    named = zipped([("NAME1", b"A text."), ("NAME2", b"Another.")])
    [first, second] = envelopes(corpus({"a.zip": named.replace(b"NAME", b"\0AME")}))
    assert (first.origin.member, first.raw) == ("(no name)", b"A text.")
    assert (second.origin.member, second.raw) == ("(no name)#2", b"Another.")


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "a/../../x", "C:\\x", "..\\x"])
def test_member_that_leads_out_is_refused(corpus: Corpus, envelopes: Read, name: str) -> None:
    """Its row names it, nothing is written, and the other member is read."""
    home = corpus({"a.zip": zipped([(name, GOOD), ("z.txt", GOOD)]), "b.tar": tarred([(name, GOOD, b"0")])})
    found = envelopes(home)
    assert sorted(e.problem.code if e.problem else "read" for e in found) == ["PC109", "PC109", "read"]
    assert sorted(p.name for p in home.parent.rglob("*")) == ["a.zip", "b.tar", "corpus"]


def test_links_and_devices_in_a_tar_are_refused(corpus: Corpus, codes: Rows) -> None:
    """A tar can hold links and devices; none is followed or made."""
    kinds = [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]
    data = tarred([(f"{i}.txt", b"", kind) for i, kind in enumerate(kinds)])
    assert codes(corpus({"a.tar": data})) == ["PC109"] * 4


@pytest.mark.parametrize(
    ("name", "data", "limit"),
    [
        ("a.txt", b"x" * 1001, "limits.document_bytes"),
        ("a.txt.gz", gzip.compress(b"x" * 1001), "limits.document_bytes"),
        ("a.jsonl", b'{"text": "' + b"x" * 1001 + b'"}', "limits.document_bytes"),
        ("a.json", b'[{"text": "' + b"x" * 1001 + b'"}]', "limits.document_bytes"),
        ("a.csv", b"id,text\n1," + b"x" * 1001 + b"\n", "limits.document_bytes"),
        ("a.tar.gz", gzip.compress(tarred([("a.txt", bytes(30 << 20), b"0")])), "limits.archive_ratio"),
        ("a.zip", zipped((f"{i}.txt", GOOD) for i in range(4)), "limits.archive_members"),
        ("a.zip", zipped([("b.zip", zipped([("c.zip", zipped([("d.zip", b"PK\3\4")]))]))]), "limits.archive_depth"),
        ("a.gz", gzip.compress(gzip.compress(gzip.compress(gzip.compress(GOOD)))), "limits.archive_depth"),
        ("a.zip", zipped([("b.zip", b"PK\3\4" + os.urandom(3000))]), "limits.nested_bytes"),
    ],
    ids=without_data,
)
def test_limit_is_named(corpus: Corpus, envelopes: Read, name: str, data: bytes, limit: str) -> None:
    """What is too large, too many or too deep is refused by the limit that the row names."""
    found = envelopes(corpus({name: data, "z.txt": GOOD}), settings=TINY)
    refused = [e.problem for e in found if e.problem]
    assert any(p.code == "PC108" and limit in p.detail for p in refused)
    assert found[-1].raw == GOOD


def test_bomb_costs_no_more_than_its_limit(corpus: Corpus) -> None:
    """Half a gigabyte in some kilobytes: refused by the ratio, in bounded memory."""
    packer = zstandard.ZstdCompressor().compressobj()
    bomb = b"".join([packer.compress(b"x" * (1 << 20)) for _ in range(512)]) + packer.flush()
    home = corpus({"a.jsonl.zst": bomb})
    tracemalloc.start()
    rows = list(read([str(home)], Settings(limits=Limits(document_bytes=1 << 20))))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert {r.problem.code for r in rows if r.problem} == {"PC108"}
    assert peak < 24 << 20


def test_long_line_and_blank_lines_stay_in_bounded_memory(corpus: Corpus) -> None:
    """A hundred megabytes in one line, and a million blank lines: one row each, and the line behind is read."""
    home = corpus(
        {"a.jsonl": b'{"text": "' + b"x" * (100 << 20) + b'"}\n{"text": "behind"}\n', "b.jsonl": b"\n" * 10**6}
    )
    small = Settings(limits=Limits(document_bytes=1 << 20))
    tracemalloc.start()
    rows = list(read([str(home / "a.jsonl")], small))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    rows += read([str(home / "b.jsonl")], small)
    assert [r.problem.code if r.problem else r.raw for r in rows] == ["PC108", b"behind", "PC102"]
    assert peak < 16 << 20


def test_unclosed_quote_swallows_nothing(corpus: Corpus, codes: Rows) -> None:
    """A quote that is never closed costs its own line only, also where a later quote seems to close it."""
    rows = codes(corpus({"a.csv": b'id,text\n1,"open\n2,two\n3,"three"\n4,four\n'}))
    assert rows == ["PC104", b"two", b"three", b"four"]
    assert codes(corpus({"a.csv": b'id,text\n1,"open\n2,two\n'})) == ["PC104", b"two"]


@pytest.mark.parametrize(
    ("name", "table", "texts"),
    [
        ("a.tsv", 'id\ttext\n1\t"Yes," she said.\n2\t"Open.\n3\t"All."\n', [b'"Yes," she said.', b'"Open.', b'"All."']),
        ("a.csv", 'id|text\n1|"Yes", she said "so".\n2|No\n', [b'"Yes", she said "so".', b"No"]),
        ("a.csv", 'id,text\n1,"Yes" she said.\n2,"No, he said"\n', [b'"Yes" she said.', b"No, he said"]),
        ("a.tsv", 'id\ttext\n1\t"a ""b"" c"\n2\t"two\nlines"\n', [b'a "b" c', b"two\nlines"]),
        ("a.tsv", 'id\ttext\n1\t"a \\"b\\" c"\n2\td\n', [b'a "b" c', b"d"]),
    ],
)
def test_quotation_marks_of_the_text_stay(
    corpus: Corpus, codes: Rows, name: str, table: str, texts: list[bytes]
) -> None:
    """A table that quotes nothing keeps the marks of its texts; one that quotes has its own taken off."""
    assert codes(corpus({name: table.encode()})) == texts


def test_record_with_shifted_columns_is_refused(corpus: Corpus, codes: Rows) -> None:
    """A field too many or too few may have shifted every value."""
    assert codes(corpus({"a.csv": b"id,text\n1,a\n2,b,c\n3\n4,d\n"})) == [b"a", "PC104", "PC104", b"d"]


def test_missing_path_has_a_near_miss(corpus: Corpus) -> None:
    """The error names the path and the name that was meant."""
    home = corpus({"articles.jsonl": lines(1)})
    with pytest.raises(SourceNotFoundError, match=r"articels\.jsonl.*articles\.jsonl"):
        next(read([str(home / "articels.jsonl")], Settings()))


def test_empty_folder_says_what_was_looked_for(corpus: Corpus) -> None:
    """A folder without documents is an error of its own, hidden files or not."""
    with pytest.raises(NoDocumentsError, match=r"\.jsonl.*\.txt"):
        next(read([str(corpus({".hidden": GOOD}))], Settings()))


def test_pipes_and_sockets_are_never_opened(corpus: Corpus, codes: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening a pipe would wait forever; a device given as an argument is refused as well."""
    home = corpus({"z.txt": GOOD})
    monkeypatch.chdir(home)
    os.mkfifo("a.txt")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("b.sock")
        assert codes(home, "/dev/null") == ["PC109", "PC109", "PC109", GOOD]


def test_links_in_a_circle_or_out_of_the_source_are_rows(corpus: Corpus, envelopes: Read) -> None:
    """Inside the source a link is read; whatever else it does is a reason."""
    home = corpus({"sub/a.txt": GOOD})
    (home.parent / "outside.txt").write_bytes(b"secret")
    for name, target in [
        ("1in.txt", "sub/a.txt"),
        ("2out.txt", "../outside.txt"),
        ("3self", "3self"),
        ("4gone", "nothing"),
        ("sub/5up", ".."),
        ("6same", "sub"),
        ("7abs", "/etc"),
    ]:
        (home / name).symlink_to(target)
    found = {e.origin.relative: e.problem.code if e.problem else "read" for e in envelopes(home)}
    assert found == {
        "1in.txt": "read",
        "2out.txt": "PC109",
        "3self": "PC109",
        "4gone": "PC101",
        "7abs": "PC109",
        "sub/5up": "PC109",
        "sub/a.txt": "read",
    }


def test_file_that_vanishes_is_a_row(corpus: Corpus) -> None:
    """A file that goes between the listing and the reading gives its reason."""
    home = corpus({"a.txt": GOOD, "b.txt": GOOD})
    stream = read([str(home)], Settings())
    assert next(stream).problem is None
    (home / "b.txt").unlink()
    last = list(stream)[-1].problem
    assert last is not None
    assert (last.code, last.detail) == ("PC101", "No such file or directory")


def test_file_that_becomes_a_pipe_is_not_waited_for(corpus: Corpus) -> None:
    """A file that is replaced by a pipe after the listing does not hang the run."""
    home = corpus({"a.txt": GOOD, "b.txt": GOOD})
    stream = read([str(home)], Settings())
    next(stream)
    (home / "b.txt").unlink()
    os.mkfifo(home / "b.txt")
    assert [e.problem.code for e in stream if e.problem] == ["PC109"]


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything, so for a while it is not root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_no_permission_is_a_row(codes: Rows) -> None:
    """A file and a folder that may not be read are rows."""
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to anybody but their owner
        home = Path(folder)
        home.chmod(0o755)
        (home / "b").mkdir()
        for name in ("a.txt", "b/c.txt", "d.txt"):
            (home / name).write_bytes(GOOD)
        (home / "a.txt").chmod(0)
        (home / "b").chmod(0)
        with as_nobody():
            found = codes(home)
        (home / "b").chmod(0o700)
    assert found == ["PC101", "PC101", GOOD]


def test_refusal_of_the_system_is_a_row(corpus: Corpus, codes: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as root, who is refused nothing: the system's answer is put in its mouth."""
    home = corpus({"a.txt": GOOD, "b/c.txt": GOOD, "d.txt": GOOD})
    real_open, real_list = os.open, os.scandir

    def refuse_open(path: str, *rest: Any) -> int:
        if path.endswith("a.txt"):
            raise PermissionError(13, "Permission denied", path)
        return real_open(path, *rest)

    def refuse_list(path: str) -> Any:
        if path.endswith("/b"):
            raise PermissionError(13, "Permission denied", path)
        return real_list(path)

    monkeypatch.setattr(os, "open", refuse_open)
    monkeypatch.setattr(os, "scandir", refuse_list)
    assert codes(home) == ["PC101", "PC101", GOOD]


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="needs /proc")  # noqa: PTH110  one look
def test_error_while_reading_is_a_row(codes: Rows) -> None:
    """A file whose bytes cannot be read although it opens: the first page of one's own memory."""
    assert codes("/proc/self/mem") == ["PC101"]


def test_reading_never_writes(corpus: Corpus, envelopes: Read) -> None:
    """Sources are left as they were, byte for byte and second for second."""
    home = corpus({"a.zip": zipped([("b.txt", GOOD)]), "c.jsonl.gz": gzip.compress(lines(9))})
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in home.rglob("*")}
    envelopes(home)
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in home.rglob("*")} == before


def test_lines_are_cut_at_their_limit() -> None:
    """A line of just the limit is given whole; one byte more, and it is passed over."""
    stream = streams.buffered(io.BytesIO(b"abc\nabcd\nab"))
    assert list(streams.lines(stream, 3)) == [(0, 4, b"abc\n"), (4, 5, None), (9, 2, b"ab")]


def test_refused_files_differ_by_their_first_bytes(corpus: Corpus, envelopes: Read) -> None:
    """Two large files, two images: each row has a hash of its own, so a finding can be told from another."""
    home = corpus(
        {
            "a.txt": b"x" * 2000,
            "b.txt": b"y" * 2000,
            "c.png": b"\x89PNG\r\n\x1a\n1" + bytes(9),
            "d.png": b"\x89PNG\r\n\x1a\n2" + bytes(9),
        }
    )
    found = envelopes(home, settings=TINY)
    assert len({e.origin.sha256 for e in found}) == 4
    assert [e.origin.length for e in found] == [2000, 2000, 18, 18]
