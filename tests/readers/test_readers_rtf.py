"""Rich Text: its signs, its fonts and its groups; what is text, what is told beside it, and what damage costs."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provcheck.config import Limits, Settings
from provcheck.readers import Ledger, Source, streams, unpack
from provcheck.readers.formats import format_of
from provcheck.readers.office.layer import Beside
from provcheck.readers.office.rtf import DEEP
from provcheck.readers.office.rtf import read as pieces
from provcheck.readers.office.rtffonts import FONTS, Font, Fonts, page
from provcheck.readers.office.rtfsigns import LONGEST, signs

if TYPE_CHECKING:
    from provcheck.model import Envelope

RAIN = "It rained all day."
FONT_TABLE = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset2 Symbol;}{\f3\cpg1253 Greek;}{\f4\fcharset128 Ming;}{\f5\fcharset2 Wingdings;}}"  # noqa: E501  one table


def rtf(body: str, head: str = r"\ansi\ansicpg1252") -> bytes:
    """Write a file around some text."""
    return rf"{{\rtf1{head} {body}}}".encode("latin-1")


def read(raw: bytes, settings: Settings | None = None) -> list[Envelope]:
    """Read a file, and hold the ledger to account."""
    books = Ledger()
    books.found(len(raw))
    found = list(unpack(Source("a.rtf", "a.rtf", "a.rtf", len(raw)), raw, settings or Settings(), books))
    assert found
    assert books.faults(len(found)) == ()
    return found


def told(raw: bytes, settings: Settings | None = None) -> list[Any]:
    """Read a file, and give for each row its text, or the code and the words of its problem."""
    return [f"{e.problem.code} {e.problem.detail}" if e.problem else e.raw.decode() for e in read(raw, settings)]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"{rtf1 It rained.}", "txt"), (rb"\rtf1 It rained.", "txt"), (rb"x{\rtf1}", "txt"),
        (rb"{\urtf1 It rained.}", "txt"), (b"It rained.", "txt"), (b"<html><p>It rained.", "html"),
    ],
)  # fmt: skip
def test_other_text_is_no_rtf_whatever_its_ending(head: bytes, name: str) -> None:
    """Plain texts are called .rtf now and then, and pages are, and are read as what they are."""
    assert format_of(head, "a.rtf").name == name
    assert format_of(rb"{\rtf1 It rained.}", f"a.{name}").name == "rtf"


NO_DOCUMENT = {
    "nothing": (rtf(""), "PC102 "),
    "blank paragraphs": (rtf(r"\par \par\pard\par"), "PC102 "),
    "only a picture": (rtf(r"{\pict\pngblip 89504e47}"), "PC105 there are only pictures in it"),
    "only its beginning": (rb"{\rtf1", "PC106 it ends early: 1 group is not closed"),
    "properties only": (rtf(r"{\info{\title Draft}}"), "PC102 "),
    "groups too deep": (rtf("{" * DEEP), f"PC108 groups in groups deeper than {DEEP}"),
    "control characters": (rtf(r"It\'00\'01\'02 rained"), "PC103 "),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "answer"), NO_DOCUMENT.values(), ids=NO_DOCUMENT.keys())
def test_file_without_text_is_a_row_with_its_reason(raw: bytes, answer: str) -> None:
    """One row, which says what is wrong."""
    [found] = told(raw)
    assert found.startswith(answer)


NO_TEXT = {
    "the tables of the head": r"{\colortbl;\red0 x;}{\stylesheet{\s1 Heading 1;}}{\*\listtable x}{\*\generator x;}",
    "what nobody knows": rf"{{\*\unheardof {RAIN}{{\b {RAIN}}}}}",
    "the address of a link": rf'{{\field{{\*\fldinst HYPERLINK "{RAIN}"}}}}',
    "hidden": rf"{{\v {RAIN}}}",
    "hidden, then not": rf"\v {RAIN}\v0 ",
    "deleted": rf"{{\deleted {RAIN}}}",
    "a comment": rf"{{\*\atnauthor Ann}}{{\*\annotation {RAIN}}}",
    "a bookmark": rf"{{\*\bkmkstart {RAIN}}}{{\*\bkmkend {RAIN}}}",
    "a picture in hexadecimal": r"{\pict\wmetafile8 0100090000}",
    "a picture as bytes": "{\\pict\\bin9 }}}}}{{{{}",
    "the form for old programs": rf"{{\upr{{{RAIN}}}{{\*\ud{{}}}}}}",
    "an object": rf"{{\object{{\*\objdata 0105}}}}{{\*\datastore {RAIN}}}",
    "line ends of the file": "\r\n\r\n",
}


@pytest.mark.parametrize("body", NO_TEXT.values(), ids=NO_TEXT.keys())
def test_what_no_reader_sees_is_no_text(body: str) -> None:
    """The words beside it are all there is."""
    assert told(rtf(body + "It snowed.")) == ["It snowed."]


TEXTS = {
    "paragraphs": (r"One.\par\par Two.", "One.\n\nTwo."),
    "a backslash before a line end": ("One.\\\nTwo.\\\r\nThree.", "One.\n\nTwo.\n\nThree."),
    "words and their blanks": (r"\b One \b0 two\i  three\plain.", "One two three."),
    "a line end that is layout": ("The br\r\nidge", "The bridge"),
    "line ends and tabs": (r"a\line b\tab c\lbr d", "a\nb\tc\nd"),
    "a new page": (r"a\page b\sect c", "a\n\nb\n\nc"),
    "signs": (r"\{a\}\\\~b\-c\_d", "{a}\\\u00a0b\u00adc\u2011d"),
    "words for signs": (r"\ldblquote a\rdblquote\endash b\bullet\emdash\rquote", "“a”–b•—’"),
    "a byte": (r"caf\'e9", "café"),
    "a byte that is none": (r"caf\'zz", "cafzz"),
    "a bare byte": ("caf\xe9", "café"),
    "a character": (r"\u8364?\u8364\'80", "€€"),
    "below zero": (r"\u-3913?\u-10179?\u-8704?", "•😀"),
    "half of a pair": (r"a\u-10179?b", "a\ufffdb"),
    "no fallback": (r"\uc0\u1076\u1086", "до"),
    "a fallback of several": (r"\uc3\u1076 ab\'ffc\uc1", "дc"),
    "a fallback that a group ends": (r"{\uc9\u1076 ab}c", "дc"),
    "a fallback that is a word": (r"\u8226\bullet a", "•a"),
    "a number beyond all": (r"\u9999999999?a\uc9999999999\u8364 b", "\ufffda€"),
    "an odd number": (r"\u a\u-0 b\uc-5\u8364 c", "\u20acc"),
    "a link": (r"see {\field{\*\fldinst HYPERLINK}{\fldrslt the plans}}.", "see the plans."),
    "both forms": (r"{\upr{?}{\*\ud{\u1076?}}}", "д"),
    "items": (r"{\listtext\'b7\tab}a\par{\pntext 2.\tab}b\par\pard c", "- a\n2. b\n\nc"),
    "items of the second level": (r"{\listtext o\tab}a\par", "- a"),
    "rows": (r"\trowd\intbl a\cell b\cell\row\trowd\intbl c\cell\cell d\cell\row\pard e", "a | b\nc |  | d\n\ne"),
    "a row with one cell": (r"\intbl a\cell\row\pard b", "a\n\nb"),
    "a row that is never closed": (r"\intbl a\cell b\cell\pard c\par d", "a | b | c\n\nd"),
    "a table in a cell": (
        r"\intbl a\par\itap2 b\nestcell c\nestcell{\nesttableprops\nestrow}\itap1\cell d\cell\row",
        "a b | c | d",
    ),
    "notes": (r"a{\super 1{\footnote n}}b{\footnote m}", "a1b\n\nn\n\nm"),
    "a box": (r"a{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt b\par}}}c", "b\n\nac"),
    "bytes of a picture that are counted wrong": (r"{\pict\bin-5 abc}a", "a"),
    "a group more": (r"a{b}c{}{{d}}", "abcd"),
}


@pytest.mark.parametrize(("body", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_text_is_what_a_reader_sees(body: str, text: str) -> None:
    """A paragraph, an item or a row as it stands on paper; what follows is not lost."""
    assert told(rtf(body)) == [text]
    assert "It snowed." in told(rtf(body + r"\par\pard\plain It snowed."))[0]


ENCODED = {
    "the font's": (r"\f1\'c4\'ee\f0\'e9", "Доé"),
    "the font's code page": (r"\f3\'e1", "α"),
    "two bytes, cut by a line": ("\\f4\\'93\r\n\\'fa", "日"),
    "a font of signs": (r"\f2 a\'b7\f5\'fc", "α•✓"),
    "no font": (r"\'c4", "Ä"),
    "a font that is not listed": (r"\f99\'c4", "Ä"),
    "the font of the group": (r"{\f1\'c4}\'c4", "ДÄ"),
    "the font that is no more": (r"\f1\'c4\plain\'c4", "ДÄ"),
    "a byte that it has not": (r"\f3\'d2\f1\'98", "\xd2\x98"),
}


@pytest.mark.parametrize(("body", "text"), ENCODED.values(), ids=ENCODED.keys())
def test_bytes_are_read_by_their_font(body: str, text: str) -> None:
    """Else by the document; a byte that neither has stays visible."""
    assert told(rtf(FONT_TABLE + body)) == [text]


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        (r"\ansi", "ä"), (r"\ansi\ansicpg1251", "д"), (r"\mac", "‰"), (r"\pc", "Σ"), (r"\pca", "õ"),
        (r"\ansi\ansicpg28591", "ä"), (r"\ansi\ansicpg4711", "ä"),
        (r"\ansi\ansicpg0", "ä"), (r"\ansi\ansicpg-1", "ä"), ("", "ä"),
        (r"\ansi\ansicpg1252\deff1{\fonttbl{\f1\fcharset204 A;}}", "д"),
        (r"\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset0 A;}}", "д"),
        (r"\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset161 B;}}", "ä"),
        (r"\ansi\ansicpg1251\deff0{\fonttbl\f0\fcharset204 A;}", "д"),
        (r"\ansi{\fonttbl{\f0\fcharset9999 A;}}", "ä"),
    ],
)  # fmt: skip
def test_a_document_says_how_its_bytes_are_read(head: str, shown: str) -> None:
    """What nobody knows is passed over."""
    assert told(rtf(r"\'e4", head)) == [shown]


def test_fonts_beyond_count_are_not_held() -> None:
    """A stranger may list millions."""
    fonts = Fonts()
    for number in range(FONTS + 9):
        fonts.add(number, Font(name=str(number)))
    assert (fonts.name(FONTS - 1), fonts.name(FONTS)) == (str(FONTS - 1), "")
    assert page(65001) == "utf-8"


def test_pages_and_properties_are_told_beside() -> None:
    """None of it is declared: who typed a file is not who wrote the article."""
    info = r"{\info{\title Draft}{\author Pool}{\creatim\yr2019\mo1\dy2\hr3\min4}{\revtim\mo1}{\operator x}}"
    pages = r"{\header The Gazette\par}{\headerf The Gazette}{\footerl\b Page 1}"
    [found] = read(rtf(info + pages + RAIN))
    assert found.raw.decode() == RAIN
    assert dict(found.declared) == {}
    assert dict(found.extra) == {
        "document_title": "Draft",
        "document_author": "Pool",
        "document_created": "2019-01-02T03:04",
        "page_header": "The Gazette",
        "page_footer": "Page 1",
    }


CUT = {
    "in a paragraph": rb"{\rtf1 It rained.\par It sno",
    "in a word": rb"{\rtf1 It rained.\par",
    "in the number of a character": rb"{\rtf1 It rained.\par\u10",
    "in the digits of a byte": rb"{\rtf1 It rained.\par\'e",
    "behind a backslash": b"{\\rtf1 It rained.\\par\\",
    "in a table": rb"{\rtf1 It rained.\par\intbl a\cell b",
    "in a note": rb"{\rtf1 It rained.\par{\footnote n",
    "in a box": rb"{\rtf1 It rained.\par{\shp{\*\shpinst{\shptxt n",
    "in a header": rb"{\rtf1 It rained.\par{\header n",
    "in a picture": rb"{\rtf1 It rained.\par{\pict\bin999999999 abc} It snowed.}",
}


@pytest.mark.parametrize("raw", CUT.values(), ids=CUT.keys())
def test_a_file_that_ends_early_is_given_as_far_as_it_goes(raw: bytes) -> None:
    """And a row says so."""
    text, reason = told(raw)
    assert "It rained." in text
    assert reason.startswith("PC106 it ends early: ")
    assert reason.endswith((" group is not closed", " groups are not closed"))


@pytest.mark.parametrize("padding", [b"", b"\0" * 512, b"\r\n \t", b"\x1a", b"\0" * 70_000])
def test_padding_is_nothing(padding: bytes) -> None:
    """Nor is a byte order mark, or white space above."""
    assert told(rtf(RAIN) + padding) == [RAIN]
    assert told(b"\xef\xbb\xbf\r\n" + rtf(RAIN) + padding) == [RAIN]


@pytest.mark.parametrize("more", [b"{", b"}", rtf("It snowed."), b"It snowed.", b"\0\0x" * 99_999])
def test_what_stands_behind_the_end_is_told(more: bytes) -> None:
    """Two files that were joined are a text and a row."""
    text, reason = told(rtf(RAIN) + b"\r\n" + more)
    assert text == RAIN
    assert reason.startswith("PC106 more follows behind its end, before byte ")
    assert reason.endswith("; it may be a second document")


def test_limits_hold() -> None:
    """For a paragraph, a row, its cells, notes in all, and the document that short paragraphs make."""
    small = Settings(limits=Limits(document_bytes=1000))
    long = "PC108 a paragraph or row of more than 1000 characters (limits.document_bytes)"
    for body in ("x" * 1001, r"\'e9" * 1001, r"\u1076?" * 1001, r"\intbl\cell" * 99, r"\intbl x\par" * 99):
        assert told(rtf(body), small) == [long]
    notes = "PC108 notes or headers of more than 1000 characters (limits.document_bytes)"
    assert told(rtf(r"{\footnote n}" * 99), small) == [notes]
    assert told(rtf(rf"{'x' * 600}\par {'x' * 600}"), small)[0].startswith("PC108 ")
    assert told(rtf(r"{\header n\par}" * 999 + RAIN), small) == [RAIN]


class Drops:
    """A source that gives a few bytes at a time, so that every sign is cut somewhere."""

    def __init__(self, data: bytes, size: int) -> None:
        """Give `size` bytes at a time, whatever is asked for."""
        self.stream, self.size = io.BytesIO(data), size

    def read(self, size: int, /) -> bytes:
        """The next drop."""
        return self.stream.read(min(self.size, size))


RICHISH = st.lists(
    st.sampled_from(
        [
            "{", "}", "\\", "\\par ", "\\u-10179?", "\\u8364", "\\uc2", "\\'e9", "\\'", "\\bin3 ", "\\bin", "\\f1",
            "\\v", "\\v0", "\\*", "\\cell", "\\row", "\\intbl", "\\nestcell", "\\nestrow", "{\\footnote ", "{\\header ",
            "\\pard", "{\\b ", "{\\fs24\\i1{}}",
            "{\\shptxt ", "{\\info{\\title ", "{\\listtext ", "{\\fonttbl", "\\fcharset128 ", "\\ansicpg932", "{\\pict",
            "{\\creatim\\yr2024", "a", "\xe9", " ", "\n", "\0", "-1", "0", "It rained. ",
        ]
    ),
    max_size=60,
).map(lambda parts: "".join(parts).encode("latin-1"))  # fmt: skip


@given(RICHISH | st.binary(max_size=200), st.integers(1, 9))
@example(b"\\bin9 ab", 1)
@example(b"{\\rtf1\\" + b"a" * LONGEST + b"}", 3)
def test_places_of_signs_do_not_depend_on_blocks(raw: bytes, size: int) -> None:
    """However the bytes come, the text of the signs is the same, and no place lies behind the end.

    What a block cuts into two texts is one text, and into two runs of braces one run; an idle word may be in it or not.
    """

    def joined(source: Any) -> list[tuple[str, bytes, int | None]]:
        out: list[tuple[str, bytes, int | None]] = []
        last = 0
        for kind, one, number, end in signs(source, frozenset(("v", "v0", "u", "f"))):
            assert last < end <= len(raw)
            last = end
            if kind == "brace":
                one = bytes(byte for byte in one if byte in b"{}")  # noqa: PLW2901  the braces of it
            elif kind == "word" and out and out[-1][1].endswith(b"{") and one not in (b"v", b"u", b"f", b"bin"):
                continue
            if kind in ("text", "brace") and out and out[-1][0] == kind:
                one = out.pop()[1] + one  # noqa: PLW2901  the pieces of one text
            out.append((kind, one, number))
        return out

    assert joined(Drops(raw, size)) == joined(io.BytesIO(raw))


@given(RICHISH | st.binary(max_size=200), st.integers(0, 40))
@example(rb"{\shptxt }}\par", 0)
@example(rb"\row\nestrow\cell", 0)
def test_any_rich_text_gives_rows_that_add_up(body: bytes, cut: int) -> None:
    """Groups that never close, rows that never begin, halves of characters, cut anywhere: the same rows twice."""
    whole = rb"{\rtf1 It rained. " + body + b"}"
    raw = whole[: max(6, len(whole) - cut)]
    found = read(raw)
    assert found == read(raw)
    for e in found:
        assert e.problem or e.raw.decode().strip()


def test_a_sign_at_the_end_of_a_block_is_one_sign() -> None:
    """Files are read in blocks; where a sign is cut by one, nothing is lost or made up."""
    for at in range(streams.HEAD - 12, streams.HEAD + 3):
        [found] = told(b"{\\rtf1 " + b"x" * (at - 7) + rb"\u1076\'e9\emdash{\b y}\'e9\par}")
        assert found.lstrip("x") == "д—yé"


GROUPS = {
    "nothing in them": b"{}",
    "only looks": rb"{\b}",
    "looks and numbers": rb"{\fs24\b0 \i}",
    "nests": b"{" * (DEEP - 1) + b"}" * (DEEP - 1),
    "uneven": b"{{}{{}}}",
}


@pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS.keys())
def test_groups_without_text_are_few_signs(group: bytes) -> None:
    """A file of nothing but groups takes as many steps as it has blocks, not as it has braces, and so is read soon."""
    raw = rb"{\rtf1 It " + group * (300_000 // len(group)) + b"rained.}"
    assert sum(1 for _ in signs(io.BytesIO(raw), frozenset(("rtf", "v")))) < 4 * (len(raw) // streams.HEAD + 3)
    assert told(raw) == ["It rained."]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"{\v}It {\v rained}snowed.", "It snowed."), (rb"{\b\v{}}It {{\b\v}{\i {}rained}}.", "It rained."),
        (rb"{\*{\b}}It {\*\b rained}{\b\*\x snow}hails.", "It hails."), (rb"{\b\par}It{\par\b}ended", "It\n\nended"),
        (rb"\u8364{}\'80{\b}It{\u8364\b ?}", "€€It€?"), (rb"{\bin2 }}}It{\b\bin1 {}ended", "Itended"),
        (rb"It{\bold;}{\b2 4}{\b-}{\parx }{\pa r}", "It;4-r"), (rb"{\b}{{{It}}{\i{{}}}}", "It"),
    ],
)  # fmt: skip
def test_words_in_groups_do_what_they_do_elsewhere(body: bytes, text: str) -> None:
    """Those that act are never passed over with the looks, wherever a block ends."""
    raw = rb"{\rtf1 " + body + b"}"
    for size in (1, 2, 5, len(raw)):
        assert "".join(pieces(Drops(raw, size), Beside(), 1000)) == text  # type: ignore[arg-type]  # it reads


@pytest.mark.parametrize("more", [b"{", b"}", b"{}", rb"{\b}", b"{{\\rtf1}}", b"x", b"\n}", b" {}"])
@pytest.mark.parametrize("before", [b"", b"{", b"{}{\\b"])
def test_what_follows_the_last_group_is_told_with_its_place(before: bytes, more: bytes) -> None:
    """Also where it follows without a gap: the place is behind its first byte that is no padding."""
    whole = rb"{\rtf1 It rained." + before + b"}" * (1 + before.count(b"{") - before.count(b"}"))
    blank = len(more) - len(more.lstrip())
    [text, code] = told(whole + more)
    assert text == "It rained."
    assert code.startswith(f"PC106 more follows behind its end, before byte {len(whole) + blank + 1};")
