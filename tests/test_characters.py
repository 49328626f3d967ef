"""What is known of characters is what Unicode says."""

from __future__ import annotations

import json
import sys
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck import characters

if TYPE_CHECKING:
    from pathlib import Path

ALL = [chr(point) for point in range(characters.POINTS)]
KNOWN = np.array([characters.having("Cn") == 0, [unicodedata.category(each) != "Cn" for each in ALL]]).all(axis=0)
"""Characters that both the tables and this Python know: either may be of a newer Unicode than the other."""


@pytest.mark.parametrize("kind", ["Lu", "Ll", "Lt", "Nd", "Zs", "Cf", "L", "M", "N", "P", "S", "Z", "C"])
def test_categories(kind: str) -> None:
    """A character's category is that of `unicodedata`."""
    told = np.array([unicodedata.category(each).startswith(kind) for each in ALL])
    assert not (characters.having(kind) != told)[KNOWN].any()


def test_digits() -> None:
    """The decimal digits are those that Python takes for such."""
    assert not (characters.having("Nd") != np.array([each.isdecimal() for each in ALL]))[KNOWN].any()


def test_cases() -> None:
    """Small and capital is what `str` takes for such."""
    assert not (characters.cased("small") != np.array([each.islower() for each in ALL]))[KNOWN].any()
    assert not (characters.cased("capital") != np.array([each.isupper() for each in ALL]))[KNOWN].any()


@pytest.mark.parametrize("script", ["LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC", "THAI"])
def test_scripts(script: str) -> None:
    """The first word of a character's name is that of `unicodedata`."""
    told = np.array([unicodedata.name(each, "").replace("-", " ").split(" ")[0] == script for each in ALL])
    assert not (characters.named(script) != told)[KNOWN].any()


def test_lower() -> None:
    """Small letters are those of `str.lower`, the first where there are several."""
    told = np.array([ord(each.lower()[0]) for each in ALL])
    assert not (characters.lower() != told)[KNOWN].any()
    assert [each for each in ALL if len(each.lower()) > 1] == ["İ"]


def test_plain() -> None:
    """Letters of alphabets with case lose their case and their marks, and all others stay as they are."""
    shown = "".join(map(chr, characters.plain()[[ord(each) for each in "ÉéŁøИйΆİʼاかՀᲐ"]].tolist()))
    assert shown == "eeloииαiʼاかհა"


def test_spaces() -> None:
    """White space is what Python takes for it."""
    assert "".join(each for each in map(chr, range(sys.maxunicode + 1)) if each.isspace()) == characters.SPACES


@given(st.text(st.one_of(st.sampled_from(f"ab{characters.SPACES}"), st.characters(codec=None))), st.integers(1, 9))
def test_words_are_counted_as_split_makes_them(text: str, times: int) -> None:
    """The count is that of `str.split`, in a text of any length."""
    for one in (text, text * times, text * (characters.PIECE // max(1, len(text)) + 1)):
        assert characters.count_words(one) == len(one.split())


def test_the_file_is_what_its_script_writes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a Python of the same Unicode, the script writes the file that is there."""
    monkeypatch.syspath_prepend(str(root / "ci"))
    import build_characters  # type: ignore[import-not-found]  # noqa: PLC0415  # found on the path set above

    if unicodedata.unidata_version == characters.version():
        assert json.loads(build_characters.OUT.read_text(encoding="utf-8")) == build_characters.tables()
    else:
        assert sys.version_info > (3, 11)
