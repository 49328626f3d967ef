"""Lines, quotes and safe display."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.text import QUOTE_LIMIT, Lines, quote, squeeze, together, visible


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("", ()),
        ("\n", ("",)),
        ("one", ("one",)),
        ("one\n", ("one",)),
        ("one\n\ntwo", ("one", "", "two")),
        ("one\r\ntwo\rthree\n", ("one", "two", "three")),
        ("form\ffeed \x85 \u2028 are no line ends", ("form\ffeed \x85 \u2028 are no line ends",)),
    ],
)
def test_lines(text: str, texts: tuple[str, ...]) -> None:
    """Lines end where an editor ends them."""
    assert Lines.of(text).texts == texts


@given(st.text(st.sampled_from("ab \r\n\f\u2028"), max_size=60))
def test_lines_cover_the_text(text: str) -> None:
    """Each line is its span, the spans are in order, and what lies between them is line ends alone."""
    lines = Lines.of(text)
    assert all(text[s:e] == t for s, e, t in zip(lines.starts, lines.ends, lines.texts, strict=True))
    edges = [0, *(x for span in zip(lines.starts, lines.ends, strict=True) for x in span), len(text)]
    assert edges == sorted(edges)
    gaps = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    assert set("".join(gaps)) <= set("\r\n")


@given(st.text(st.sampled_from("ab\r\n"), min_size=1, max_size=60), st.data())
def test_number_at(text: str, data: st.DataObject) -> None:
    """The number of a line is one more than the line ends before it."""
    offset = data.draw(st.integers(0, len(text) - 1))
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n") if text[offset - 1 : offset + 1] != "\r\n" else ""
    if before or offset == 0:
        assert Lines.of(text).number_at(offset) == before.count("\n") + 1


@given(st.text(st.sampled_from("ab\r\n"), min_size=1, max_size=60), st.data())
def test_beginning_at(text: str, data: st.DataObject) -> None:
    """Only the line at the place is shorter, and every character has the number that it had."""
    offset = data.draw(st.integers(0, len(text) - 1))
    lines, left = Lines.of(text), Lines.of(text).beginning_at(offset)
    assert left.ends == lines.ends
    assert all(text[s:e] == t for s, e, t in zip(left.starts, left.ends, left.texts, strict=True))
    assert [n for n, (a, b) in enumerate(zip(lines.texts, left.texts, strict=True), 1) if a != b] in (
        [], [lines.number_at(offset)]
    )  # fmt: skip
    assert all(left.number_at(at) == lines.number_at(at) for at in range(offset, len(text)))


def test_numbers_in_what_was_left_out() -> None:
    """A place in the header has the number of its line, also below empty lines."""
    left = Lines.of("\n\ndate 2018-03-15 The port.\nSo.").beginning_at(18)
    assert [left.number_at(at) for at in (0, 1, 7, 17, 18, 27, 29)] == [1, 2, 3, 3, 3, 3, 4]


@given(st.text(st.sampled_from("aB İ\n\u2028\U0001d400"), max_size=60))
def test_views_of_lines(text: str) -> None:
    """Each line is there without the white space around it, and those with something left are known."""
    lines = Lines.of(text)
    assert lines.stripped == tuple(line.strip() for line in lines.texts)
    assert [lines.stripped[index] for index in lines.filled] == [line for line in lines.stripped if line]
    assert sorted([*lines.filled, *lines.blank]) == list(range(len(lines)))


@given(st.text(max_size=2000), st.integers(0, 2000), st.integers(0, 2000))
def test_quote_is_short(text: str, a: int, b: int) -> None:
    """A quote has no line end and never more than the limit."""
    shown = quote(text, min(a, b), max(a, b))
    assert len(shown) <= QUOTE_LIMIT
    assert "\n" not in shown
    assert shown == squeeze(shown)


@given(st.text(st.sampled_from("ab \n\u3000"), max_size=400), st.integers(3, 40))
def test_quote_is_of_the_whole_span(text: str, limit: int) -> None:
    """What is shown of a span are the ends of all that it says, though no more is looked at than is shown."""
    whole, keep = squeeze(text), (limit - 1) // 2
    cut = f"{whole[:keep].rstrip()}…{whole[len(whole) - keep :].lstrip()}"
    if len(text) <= 4 * limit:
        assert quote(text, 0, len(text), limit) == (whole if len(whole) <= limit else cut)


@given(st.lists(st.text("ab", max_size=8), max_size=9), st.integers(1, 12))
def test_together(texts: list[str], most: int) -> None:
    """Parts hold all texts in their order, none is empty, and none is larger than allowed but for a single text."""
    parts = list(together(texts, most))
    assert [text for part in parts for text in part] == texts
    assert all(len(part) == 1 or 0 < sum(map(len, part)) <= most or not any(part) for part in parts)
    assert all(parts)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë’s café – naïve", "Zoë’s café – naïve"),
        ("新華社\u3000電", "新華社\u3000電"),
        ("a\x1b[31mred", "a\\x1b[31mred"),
        ("bell\x07", "bell\\x07"),
        ("over\u202eride", "over\\u202eride"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("line\nend", "line\\nend"),
        ("tag\U000e0041", "tag\\U000e0041"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    """What a terminal would obey is shown as an escape; what people read stays."""
    assert visible(text) == shown


@given(st.text())
def test_visible_is_printable(text: str) -> None:
    """Nothing but printable characters and spaces comes out."""
    assert all(c.isprintable() or c in "\u00a0\u3000" or c.isspace() for c in visible(text))
    assert "\x1b" not in visible(text)
