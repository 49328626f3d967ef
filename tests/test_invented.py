"""The invented pages: sound as they are written, and no figure on them falls."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

HEAD = '@@ {"id": "x1", "publisher": "example.org", "country": "GB", "lang": "en", "outlet": null}\n'
SLACK = 0.005


@pytest.fixture(scope="module")
def invented(root: Path) -> ModuleType:
    """The script that reads and measures."""
    sys.path.insert(0, str(root))
    from benchmarks import invented  # noqa: PLC0415  # the benchmarks are no part of the package

    return invented


@pytest.mark.parametrize("line", ["Q what", "Bold words", "@@ {", "@@ [1]", "@ {}", "text", "\ttab"])
def test_a_line_of_no_form_is_refused(invented: ModuleType, line: str) -> None:
    """A slip of the pen is no line of a page."""
    with pytest.raises(ValueError, match=r"form|neither|object|Expecting"):
        list(invented.read(f"{HEAD}X Home\n{line}\n"))


@given(
    st.lists(st.tuples(st.sampled_from("BSD=XR_"), st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]))))
)
def test_what_is_written_is_read(invented: ModuleType, lines: list[tuple[str, str]]) -> None:
    """Each line stands in the views that its letter says, in order."""
    [page] = invented.read(HEAD + "".join(f"{letter} {text}\n" for letter, text in lines))
    assert page["body"] == [text.strip() for letter, text in lines if letter in "BSD"]
    assert page["full"] == "\n".join(text for letter, text in lines if letter != "R")
    assert page["residual"] == "\n".join(text for letter, text in lines if letter in "BSD=R")


def test_every_page_is_sound(invented: ModuleType) -> None:
    """Each page has an article in both views and says of itself what can be compared."""
    pages = invented.load()
    assert len({page["id"] for page in pages}) == len(pages)
    assert len({page["lang"] for page in pages}) >= 35
    for page in pages:
        assert page["body"], page["id"]
        assert all(page["body"]), page["id"]
        for view in ("full", "residual"):
            lines = {line.strip() for line in page[view].split("\n")}
            assert lines.issuperset(page["body"]), page["id"]
        if page["date"] is not None:
            assert dt.date.fromisoformat(page["date"]).isoformat() == page["date"]
        assert len(page["country"]) == len(page["lang"]) == 2


@pytest.mark.timeout(300)
def test_no_figure_falls(invented: ModuleType, root: Path) -> None:
    """Every figure is within a hair of the last one written down, or better."""
    before = json.loads((root / "benchmarks" / "invented.json").read_text(encoding="utf-8"))
    now = invented.measure(invented.load()).figures()
    assert now.keys() == before.keys()
    sign = {name: -1 if name.endswith("_wrong") else 1 for name in now}
    assert [name for name in now if sign[name] * (now[name] - before[name]) < -SLACK] == []
