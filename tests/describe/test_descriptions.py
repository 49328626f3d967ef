"""Documents are described together, and each is told what it would be told alone."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.config import Settings
from provcheck.describe import Asked, describe, descriptions
from provcheck.model import Document, Layout

CASES = Path(__file__).parents[2] / "fixtures" / "cases"
TEXTS = [
    row["text"]
    for family in ("authors", "outlets", "places", "titles")
    for row in json.loads((CASES / family / "in_the_wild.json").read_text(encoding="utf-8"))
    if "text" in row
]
DECLARED = st.sampled_from([{}, {"outlet": "Dawn"}, {"title": "A bridge"}, {"date": "06/01/2026"}, {"place": "Oslo"}])


def asked_of(text: str, declared: dict[str, str], header_end: int) -> Asked:
    plain = Document.of(text, **declared)
    lines = plain.lines.beginning_at(header_end)
    document = Document(plain.origin, "txt", text, lines, declared, header_end=header_end)
    return Asked(document, Layout.of((), lines), Settings())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.builds(asked_of, st.sampled_from([*TEXTS, "", "\n"]), DECLARED, st.sampled_from([0, 0, 9]))))
def test_together_as_alone(asked: list[Asked]) -> None:
    """Whatever stands beside it, and if nothing does, a document is described in the same way, and in its place."""
    assert descriptions(asked) == [describe(one.document, one.layout, one.settings) for one in asked]


def test_a_known_language_is_believed() -> None:
    """Where the language is known already, it is not looked for."""
    one = asked_of(TEXTS[0], {}, 0)
    known = descriptions([one])[0].language
    other = describe(Document.of("Ein Satz, der lang genug ist."), Layout((), ()), Settings()).language
    assert descriptions([one._replace(tongue=known)]) == descriptions([one])
    assert descriptions([one._replace(tongue=other)])[0].language == other
