"""Languages: the cases in `fixtures/cases/languages`, names of languages, and what holds for every text."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.describe import language
from provcheck.describe.scripts import language_of_script
from provcheck.model import Boilerplate, Document, Layout

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "languages"
NO_LAYOUT = Layout((), ())


def cases(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in json.loads((CASES / f"{kind}.json").read_text("utf-8"))]


def language_of(text: str) -> str | None:
    return language.describe(Document.of(text), NO_LAYOUT).value


@pytest.mark.parametrize("case", cases("negative"))
def test_finds_no_language(case: dict[str, str]) -> None:
    """What is too short or no language gets no value."""
    assert language_of(case["text"]) is None


@pytest.mark.parametrize("case", [*cases("in_the_wild"), *cases("synthetic")])
def test_finds_language(case: dict[str, str]) -> None:
    """The language of the article is told."""
    assert language_of(case["text"]) == case["language"]


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="known failure: move the case when it passes")
def test_known_failures(case: dict[str, str]) -> None:
    """What is not told yet."""
    assert language_of(case["text"]) == case["language"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("en", "en"), ("EN", "en"), ("en-US", "en"), ("en_GB.UTF-8", "en"), ("eng", "en"), ("English", "en"),
        ("Deutsch", "de"), ("ger", "de"), ("deu", "de"), ("français", "fr"), ("zh-Hans-CN", "zh"), ("cmn", "zh"),
        ("中文", "zh"), ("no", "nb"), ("nb-NO", "nb"), ("nn", "nn"), ("nor", "nb"), ("iw", "he"), ("in", "id"),
        ("pt_BR", "pt"), ("fil", "tl"), ("Русский", "ru"), (" es ", "es"), ("Portuguese (Brazil)", "pt"),
        ("", None), ("klingon", None), ("x-default", None), ("und", None), ("1", None),
    ],
)  # fmt: skip
def test_normalise(name: str, code: str | None) -> None:
    """Codes and names come down to ISO 639-1."""
    assert language.normalise(name) == code


def test_boilerplate_does_not_decide() -> None:
    """Lines that the layout takes for boilerplate are not read."""
    german = "Der Rat hat am Montag beschlossen, dass die alte Brücke den ganzen Sommer über gesperrt bleibt."
    english = "Sign up for the newsletter and never miss another story from the paper again, every day of the week."
    document = Document.of("\n".join([english] * 5 + [german]))
    layout = Layout.of((Boilerplate(1, 5, "newsletter", 0.9, ""),), document.lines)
    assert language.describe(document, layout).value == "de"


def test_script_decides_with_kana() -> None:
    """A Chinese text that quotes one Japanese name stays Chinese."""
    assert language_of_script("公司总裁の" + "公司总裁表示今年业绩良好" * 5) == "zh"
    assert language_of_script("会社の社長は今年の業績が良いと述べた") == "ja"


def test_unsure_text_keeps_its_guess_as_runner_up() -> None:
    """A word salad gets no value, and the guess is shown."""
    found = language.describe(Document.of("lorem klopt zabrak noon dital wesk prumi tsaldo ferk und muvi"), NO_LAYOUT)
    assert found.best is None or found.best.confidence < 0.9
    assert found.best is not None or found.runner_up is not None


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Never raises; the quote stands in the text; the same text gives the same language."""
    document = Document.of(text)
    found = language.describe(document, NO_LAYOUT)
    if found.best:
        assert len(found.best.value) == 2
        assert 0 <= found.best.start < found.best.end <= len(text)
        assert 0.7 <= found.best.confidence <= 1
    assert found == language.describe(document, NO_LAYOUT)


@given(st.text(max_size=40))
def test_any_name(name: str) -> None:
    """A name gives a code or nothing."""
    assert language.normalise(name) is None or len(language.normalise(name) or "") == 2


@pytest.mark.parametrize("unit", ["a", "word and more words \n", "://@.", "東", "\n", "é"])
def test_hostile_texts_take_linear_time(unit: str) -> None:
    """A megabyte of anything is read in a moment."""
    document = Document.of(unit * (1_000_000 // len(unit)))
    begin = time.process_time()
    language.describe(document, NO_LAYOUT)
    assert time.process_time() - begin < 5
