"""Words of a text by tables: the same as by the simple expressions."""

from __future__ import annotations

import re
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from provcheck import characters
from provcheck.describe.letters import alphabetic, apart, decimal
from provcheck.describe.outlets.names import WORDS, fold, words
from provcheck.writing import VOWELS

NEW = characters.having("Cn")
"""Characters that Unicode has given a meaning since the tables were made, or that have none."""
EVERY = "".join(
    chr(code) + "\n"
    for code in range(sys.maxunicode + 1)
    if not 0xD800 <= code < 0xE000 and not (code < characters.POINTS and NEW[code])
)
PIECES = st.sampled_from(
    [
        "aΣ",
        "Σ ",
        "İ",
        "ß",
        "_",
        "٣",
        "½",
        "\u0301",
        "\u093f",
        "\u17b6",
        "\ufe0f",
        "\u3000",
        "\x1c",
        "漢字",
        "\U0001f600",
        "\U00010400",
        "-",
    ]
)
LETTERS = re.compile(rf"(?:[^\W\d_]|[{VOWELS}])+")
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=5))).map("".join)


def test_every_character() -> None:
    """Each character of Unicode is part of a word, or not, as in the pattern."""
    found = words(EVERY)
    assert found == WORDS.findall(fold(EVERY))
    assert apart(EVERY).split() == [word.lower() for word in found]
    assert alphabetic(EVERY).split() == LETTERS.findall(EVERY)
    assert decimal(EVERY).split() == re.findall(r"\d+", EVERY)


@given(TEXTS)
def test_words(text: str) -> None:
    """On any text the words are those of the pattern, line by line."""
    lines = text.split("\n")
    assert [words(line) for line in lines] == [WORDS.findall(fold(line)) for line in lines]
    assert [line.split() for line in apart(text).split("\n")] == [[w.lower() for w in words(line)] for line in lines]


@given(TEXTS)
def test_alphabetic(text: str) -> None:
    """On any text, what stands between the spaces are the runs of letters or of digits, line by line."""
    lines = text.split("\n")
    found = [line.split() for line in alphabetic(text).split("\n")]
    assert found == [LETTERS.findall(line) for line in lines]
    assert [line.split() for line in decimal(text).split("\n")] == [re.findall(r"\d+", line) for line in lines]


@given(TEXTS)
def test_fold(text: str) -> None:
    """To fold a text is to fold each of its characters: to small letters and, in alphabets, without marks."""
    folded = fold(text)
    assert len(folded) == len(text)
    for char, plain in zip(text, folded, strict=True):
        assert plain == char or plain in unicodedata.normalize("NFKD", char.lower()) or char in "ıøØłŁ"
