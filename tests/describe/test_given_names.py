"""Given names: which names begin with one, and the file that is looked in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck import shipped
from provcheck.describe.authors import given_names
from provcheck.describe.outlets.names import fold


@pytest.mark.parametrize(
    "heading",
    ["", " ", "Recent Posts", "Neueste Beiträge", "Zur Karte", "En Portada", "Sie Selbst", "Come In", "J.", "Dr.", "İ"],
)
def test_a_heading_begins_with_none(heading: str) -> None:
    """Headings and buttons with capitals begin with no given name, nor do little words that are names somewhere."""
    assert not given_names.begins_with_one(heading)


@pytest.mark.parametrize(
    "name",
    ["Jane Example", "JANE EXAMPLE", "Ayşe Örnek", "AYŞE ÖRNEK", "Łukasz Przykład", "Francois Exemple", "Зоя Пример",
     "Νίκος Παράδειγμα", "Zoë-Marie Example", "Prof. Dr. Erika Muster", "J. R. Example", "ÉMILE EXEMPLE"],
)  # fmt: skip
def test_a_name_begins_with_one(name: str) -> None:
    """Names of many countries begin with one, in capitals, without their accents, behind titles."""
    assert given_names.begins_with_one(name)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    """No text breaks the look."""
    assert given_names.begins_with_one(text) in (True, False)


def test_the_file_is_as_it_is_looked_up() -> None:
    """Its lines are sorted and folded: a name written otherwise would never be found."""
    names = shipped.text("describe", given_names.FILE).splitlines()
    assert names == sorted(set(names))
    assert [name for name in names if name != fold(name) or len(name) < given_names.SHORTEST] == []
    assert len(names) > 20_000
