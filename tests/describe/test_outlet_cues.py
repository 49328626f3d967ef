"""Where clues can stand: what is not looked at could have given nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.describe import outlet
from provcheck.describe.outlets import cues, gazetteer
from provcheck.describe.outlets.cues import Where
from provcheck.describe.outlets.lines import Page
from provcheck.describe.outlets.names import words
from provcheck.describe.outlets.spelt import Spelt
from provcheck.model import Document, Layout

if TYPE_CHECKING:
    from provcheck.model import Described, Finding

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "outlets"
TEXTS = [
    pytest.param(row["text"], row["language"], id=row["id"])
    for kind in ("negative", "in_the_wild", "synthetic", "known_failures")
    for row in json.loads((CASES / f"{kind}.json").read_text(encoding="utf-8"))
]


def page_of(document: Document) -> Page:
    return Page(document, Layout.of((), document.lines))


def described(text: str, language: str | None, *, all_lines: bool) -> tuple[Described, Described, tuple[Finding, ...]]:
    document = Document.of(text)
    layout = Layout.of((), document.lines)
    if not all_lines:
        return outlet.describe(document, layout, language)
    every = set(range(len(document.lines)))
    with mock.patch.object(cues, "look", return_value=Where(every, every, every, every)):
        return outlet.describe(document, layout, language)


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_cases(text: str, language: str | None) -> None:
    """On each case, looking at the lines with a cue gives what looking at all lines gives."""
    assert described(text, language, all_lines=False) == described(text, language, all_lines=True)


FRAGMENTS = st.sampled_from(
    [
        "© 2024 ", "(c) ", "The Times", "The Sun", "Sun", "Die Zeit", "DIE ZEIT", "Le Soir", "1. ", "• ", "__", "_",
        "(AP) — ", "Published in Dawn, April 25th, 2018", "\n", "\n\n", " | ", "www.example.com", "tips@nytimes.com",
        "朝日新聞", "한국일보 ", "来源：新华社", "新华社北京5月5日电", "About ", "Über ", " app", "İstanbul",
        "Hürriyet", " newsletter", "All rights reserved", "Tous droits réservés", "Source: Reuters", " (dpa)",
        "(Dawn, 25.04.2018).",
        "Aftenposten", "Правда", "ТАСС", "الجزيرة", "© Χ", "harbour", "Harbour Herald", "harbourherald.org",
        "© 2024 Harbour Herald. All rights reserved.", "na", "NA", "ß", "\u200b", "e\u0301", "Ï",
    ]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(FRAGMENTS, st.text(max_size=8)), max_size=30).map("".join), st.sampled_from(["en", "de", None])
)
def test_any_text(text: str, language: str | None) -> None:
    """On any text, looking at the lines with a cue gives what looking at all lines gives."""
    assert described(text, language, all_lines=False) == described(text, language, all_lines=True)


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("About the Salzburger Nachrichten", {"names"}),
        ("Salzburger Brot", set()),
        ("The Sun", {"names"}),
        ("the sun is out", set()),
        ("About Time", {"names"}),
        ("2. About Time", {"names"}),
        ("it is about time", set()),
        ("- (a note).", {"credits"}),
        ("© Somebody", {"credits"}),
        ("(a note)", {"credits"}),
        ("a (note) here", set()),
        ("write to somebody@quay.org", {"hosts"}),
        ("www.who.int", {"hosts"}),
        ("www.quay.quay", set()),
        ("the end.The beginning", set()),
        ("(AFP)", {"credits", "marks", "names"}),
        ("afp", {"names"}),
        ("朝日新聞デジタル版", {"names", "credits", "hosts", "marks"}),
        ("", set()),
    ],
)
def test_look(line: str, kinds: set[str]) -> None:
    """Each kind of line is found by its cues, and by nothing less."""
    document = Document.of(line)
    where = cues.look(document, Spelt(page_of(document)), gazetteer.load())
    assert {kind for kind, lines in zip(Where._fields, where, strict=True) if lines} == kinds


@pytest.mark.parametrize("rest", ["The port.", "The port.\n\nThe end"])
def test_signs_in_the_header(rest: str) -> None:
    """What stands in a header that ends within the first line belongs to no line."""
    header = "url https://www.quay.org © Quay "
    plain = Document.of(header + rest)
    lines = plain.lines.beginning_at(len(header))
    document = Document(plain.origin, "txt", plain.text, lines, header_end=len(header))
    where = cues.look(document, Spelt(page_of(document)), gazetteer.load())
    assert not any(where)
    assert outlet.describe(document, Layout.of((), lines), "en")[0].value is None


@pytest.mark.parametrize(
    ("text", "cues", "held"),
    [
        ("", {"by"}, []),
        ("Über_uns\nMÉNAGE", {"uber", "menage"}, [0, 1]),
        ("Standby\nbyline", {"by"}, []),
        ("  BY Jane\n\nvon Jane, by Ann", {"by", "von"}, [0, 2]),
        ("x " * 100 + "by", {"by"}, []),
    ],
)
def test_holding(text: str, cues: set[str], held: list[int]) -> None:
    """Whole words count, in any case and with any marks, and of paragraphs none."""
    assert [number for number, _ in Spelt(page_of(Document.of(text))).holding(cues)] == held


@pytest.mark.parametrize(
    ("text", "name", "lines"),
    [
        ("Menu\nThe Harbour-Herald\nharbourherald.org", "harbourherald", [1, 2]),
        ("Harbour\nHerald", "harbourherald", []),
        ("Harbour Herald, Harbour Herald\n\nHARBOUR\n¡Harbóur Herald!", "harbourherald", [0, 3]),
        ("harbour", "", []),
        ("", "harbour", []),
    ],
)
def test_spelling(text: str, name: str, lines: list[int]) -> None:
    """The lines that spell a name, each once, however they part and write it."""
    assert Spelt(page_of(Document.of(text))).spelling(name) == lines


@given(st.lists(st.sampled_from(["har", "bour", " ", "\n", "Har", "é", "x"])).map("".join))
def test_spelling_of_any_text(text: str) -> None:
    """A line spells a name if its words do once they are joined."""
    lines = [number for number, line in enumerate(text.split("\n")) if "harbour" in "".join(words(line))]
    assert Spelt(page_of(Document.of(text))).spelling("harbour") == lines
