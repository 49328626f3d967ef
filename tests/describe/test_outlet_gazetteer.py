"""The gazetteer: its form, its size, and how names are found in a line."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from provcheck.describe.outlets import gazetteer
from provcheck.describe.outlets.agency import table_of_marks
from provcheck.describe.outlets.gazetteer import Gazetteer, Outlet
from provcheck.describe.outlets.index import Index
from provcheck.describe.outlets.names import fold, key, squash, words
from provcheck.describe.outlets.table import Shipped

OUTLETS = list(gazetteer.rows("outlets.tsv"))
AGENCIES = list(gazetteer.rows("agencies.tsv"))
ORGANISATIONS = list(gazetteer.rows("organisations.tsv"))
ALL = [*OUTLETS, *AGENCIES, *ORGANISATIONS]
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,10}")


def test_the_index_is_in_step_with_the_tables() -> None:
    """After a change of a table, `ci/build_outlets.py` has to write the index anew."""
    assert Index.shipped() == Index.of(tuple(ALL)), "run ci/build_outlets.py"


def test_one_object_a_row() -> None:
    """A row that is asked for twice is the same object, and the rows are those of the tables."""
    shipped = Shipped()
    assert shipped[3] is shipped[3]
    assert [*shipped] == ALL
    ends = (0, len(OUTLETS) - 1, len(OUTLETS), len(ALL) - 1)
    assert [shipped[number].cited for number in ends] == [False, False, True, True]


def test_size() -> None:
    """The gazetteer spans the world: thousands of outlets, every continent, many languages."""
    assert len(OUTLETS) >= 8_000
    assert len({o.country for o in OUTLETS}) >= 200
    assert len({o.language for o in OUTLETS}) >= 80


@pytest.mark.parametrize("rows", [OUTLETS, AGENCIES, ORGANISATIONS], ids=["outlets", "agencies", "organisations"])
def test_form(rows: list[Outlet]) -> None:
    """Every row has a name, two-letter codes, plausible domains, and no alias twice; the table is sorted."""
    for row in rows:
        assert row.name == row.name.strip()
        assert re.fullmatch(r"[a-z]{2}", row.country), row
        assert re.fullmatch(r"[a-z]{2}", row.language), row
        assert all((_DOMAIN.fullmatch(d) and not d.startswith("www.")) or d.startswith("www3.") for d in row.domains), (
            row
        )
        assert len(set(row.aliases)) == len(row.aliases), row
        assert all(a.removeprefix("~").strip() for a in row.aliases), row
    order = [(row.country, row.name.casefold(), row.name) for row in rows]
    assert order == sorted(order)


def test_no_conflicts() -> None:
    """No name stands twice in a country, and no domain belongs to two outlets."""
    names = Counter((row.country, row.name) for row in OUTLETS)
    domains = Counter(d for row in ALL for d in row.domains)
    assert [n for n, count in names.items() if count > 1] == []
    assert [d for d, count in domains.items() if count > 1] == []


def test_no_alias_conflicts_in_a_country() -> None:
    """Within a country and a language, two outlets share an alias only if it is marked as weak."""
    seen: dict[tuple[str, str, str], str] = {}
    for row in OUTLETS:
        for surface, weak in gazetteer.spellings(row):
            if weak:
                continue
            place = (row.country, row.language, " ".join(words(surface)))
            assert seen.setdefault(place, row.name) == row.name, place


def test_marks_of_agencies() -> None:
    """Marks are told by their case: ``dpa`` is an agency, ``Dpa`` is not."""
    marks = table_of_marks()
    assert marks["dpa"] == "Deutsche Presse-Agentur"
    assert marks["新华社"] == "Xinhua"
    assert "Dpa" not in marks


def test_organisations_are_no_marks() -> None:
    """No organisation is an agency in datelines: ``GENEVA (WHO) —`` credits nobody."""
    names = {name.removeprefix("~") for row in ORGANISATIONS for name in (row.name, *row.aliases)}
    assert names.isdisjoint(table_of_marks())


SHELF = Gazetteer(
    (
        Outlet("The Example Times", ("~Example", "例新聞"), ("example.org", "news.example.co.uk"), "gb", "en"),
        Outlet("Example", (), ("example.de",), "de", "de"),
    )
)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("About the EXAMPLE TIMES", ["the EXAMPLE TIMES"]),
        ("Example Times App", ["Example Times"]),
        ("an example", ["example"]),
        ("examples", []),
        ("例新聞デジタル", ["例新聞"]),
        ("本日の例新聞", ["例新聞"]),
        ("", []),
    ],
)
def test_find(line: str, found: list[str]) -> None:
    """The longest name at a place is found, in whole words or, without spaces, anywhere."""
    assert [line[m.start : m.end] for m in SHELF.find(line)] == found


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.example.org", "The Example Times"),
        ("m.news.example.co.uk", "The Example Times"),
        ("example.de", "Example"),
        ("notexample.org", None),
        ("org", None),
    ],
)
def test_hosted(host: str, name: str | None) -> None:
    """A host belongs to the outlet of its longest listed domain."""
    owner = SHELF.hosted(host)
    assert (owner.name if owner else None) == name


@pytest.mark.parametrize("text", ["İstanbul", "ÀÉÎ", "Straße", "Ђорђе", "ﬁ", "Ελλάδα", "日本"])
def test_fold_keeps_places(text: str) -> None:
    """Folding changes no character's place."""
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_keys() -> None:
    """Articles, case and hyphens do not part a name from itself."""
    assert key("Die Tages-Zeitung") == key("TAGES ZEITUNG")
    assert squash("Lesotho Times") == "lesothotimes"
