"""Lines of rights: their phrases are taken out whole, and nothing of one is a holder."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck import shipped
from provcheck.describe import outlet
from provcheck.describe.outlets import blogs, choice, phrases, rights
from provcheck.describe.outlets.clue import tables
from provcheck.describe.outlets.lines import Page
from provcheck.describe.outlets.names import words
from provcheck.model import Document, Layout

TABLE = shipped.table("describe", "rights.json")
RESERVED = [
    pytest.param(phrase.removesuffix("+"), id=phrase)
    for phrase in sorted({phrase for found in TABLE["reserved"].values() for phrase in found})
]
PROSE = "The council agreed late in the evening to repair the old bridge before the winter storms arrive in the bay."


def given_outlet(line: str, language: str | None = None) -> str | None:
    document = Document.of(f"Old bridge to be repaired\n\n{PROSE}\n\n{PROSE}\n\n{line}")
    return outlet.describe(document, Layout.of((), document.lines), language)[0].value


@pytest.mark.parametrize("phrase", RESERVED)
def test_a_phrase_alone_names_nobody(phrase: str) -> None:
    """A phrase on rights beside a year is no holder, in small letters or capitals."""
    assert given_outlet(f"© 2024 {phrase}") is None
    assert given_outlet(f"{phrase.upper()} © 2024") is None
    assert not words(re.sub(r"\d", "", phrases.bare(phrase)))


@pytest.mark.parametrize("phrase", RESERVED)
def test_a_holder_beside_a_phrase(phrase: str) -> None:
    """What stands before a phrase is the holder, as it is written."""
    assert given_outlet(f"© 2024 Harbour Herald. {phrase}") == "Harbour Herald"
    assert given_outlet(f"© 2024 Harbour Herald {phrase}") == "Harbour Herald"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Copyright © 2024, Harbour Herald Media Limited", None),
        ("© 2024 Harbour Herald Publishing Group", None),
        ("© ООО «Портовая газета», 2024. Все права защищены", "Портовая газета"),
        ("© 2567 บริษัท Harbour Herald จำกัด (มหาชน)", "Harbour Herald"),
        ("Copyright © 2024 PT Harbour Herald", "Harbour Herald"),
        ("© 2024 Harbour Herald Pvt.Ltd, All rights reserved.", "Harbour Herald"),
        ("© 2024 Harbour Herald. Reproduction of any part is forbidden.", "Harbour Herald"),
        ("Designed & developed by Harbour Herald © 2024", None),
    ],
)
def test_companies(line: str, name: str | None) -> None:
    """Company forms before and behind a name are no part of it; who owns titles or made the site is no outlet."""
    assert given_outlet(line) == name


@given(st.text(), st.sampled_from([phrase.values[0] for phrase in RESERVED]), st.text())
def test_any_text(before: str, phrase: object, after: str) -> None:
    """No text raises, and nothing grows."""
    text = f"{before}{phrase}{after}"
    assert 0 <= phrases.end(text) <= len(text)
    assert len(phrases.bare(text)) <= len(text) + 1
    assert isinstance(phrases.is_reserved(text), bool)


def test_form_of_the_table() -> None:
    """Languages have two letters, and their phrases stand in order, once each, in small letters."""
    assert sorted(TABLE) == ["about", "marks", "reserved", "rest"]
    for kind in ("marks", "reserved", "rest"):
        assert list(TABLE[kind]) == sorted(TABLE[kind])
        for language, found in TABLE[kind].items():
            assert re.fullmatch("[a-z]{2}", language), language
            assert found == sorted(set(found)), language
            assert all(phrase == phrase.strip() == phrase.lower() for phrase in found), language
    assert len(TABLE["reserved"]) >= 60


def test_tables_do_not_contradict() -> None:
    """What owners deal in is no company form, and no telling word of a phrase is what papers are called."""
    assert tables()["trades"].isdisjoint(tables()["forms"])
    assert tables()["papers"].isdisjoint(phrases.left())
    assert rights.TRADED * 5.0 < choice.LONE_HOLDER


@pytest.mark.parametrize(
    ("first", "foot", "name"),
    [
        ("Harbour Notes", ["Subscribe to: Post Comments (Atom)", "Powered by Blogger."], "Harbour Notes"),
        ("Harbour Notes", ["Abonnieren Kommentare zum Post (Atom)", "Powered by Blogger"], "Harbour Notes"),
        ("Harbour Notes", ["Powered by Blogger."], None),
        ("Harbour Notes", ["Subscribe to: Post Comments (Atom)"], None),
        ("Sunday, 9 March 2014", ["Subscribe to: Post Comments (Atom)", "Powered by Blogger."], None),
        ("success", ["Blog at WordPress.com.", "%d bloggers like this:"], None),
        ("Harbour Notes", ["Blog at WordPress.com.", "%d bloggers like this:"], "Harbour Notes"),
        ("Harbour Notes", ["• WordPress.com", "%d bloggers like this:"], None),
        ("Harbour Notes", ["...", ". ."], None),
    ],
)
def test_blogs(first: str, foot: list[str], name: str | None) -> None:
    """Two lines of a provider's template make the first line a blog's name, where it can be one."""
    document = Document.of("\n".join([first, "Fog", PROSE, PROSE, *foot]))
    found = blogs.name(Page(document, Layout.of((), document.lines)))
    assert (found and found.text) == name
