"""Data Docs open offline and run nothing: no script, no address, and hostile strings stay text."""

from __future__ import annotations

import json
import re
import time
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provcheck import gate
from provcheck.gate import inert

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd()",
    "\x1b[31m",
    "\u202egnp.exe",
    "$column",
)
SHOWN = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd()",
    "\\x1b[31m",
    "\\u202egnp.exe",
    "$column",
)
LAYOUT = inert._TAGS | {"html", "head", "body", "meta", "title", "link", "label", "input"}


class Page(HTMLParser):
    """What a browser would make of a page: elements with their attributes, and the text in between."""

    def __init__(self, content: str) -> None:
        """Read the page."""
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


@pytest.fixture(scope="module")
def site(
    many: Callable[[int], pd.DataFrame], make_entry: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The report of a corpus and a suite that are as hostile as they can be."""
    frame, folder = many(40), tmp_path_factory.mktemp("site")
    for row, text in enumerate(HOSTILE):
        frame.loc[row, ["doc_id", "outlet", "title"]] = text
    frame.loc[:9, ["truncated", "duplicate"]] = True
    frame.loc[:19, ["date_missing", "language_missing"]] = True
    raw = {"name": "mine", "expectations": [make_entry(**e) for e in _entries()]}
    (folder / "mine.json").write_text(json.dumps(raw), encoding="utf-8")
    suites = gate.load(["integrity", "provenance", "content", "mine"], folder)
    gate.run(frame, suites, output=folder / "out")
    return folder / "out" / "data_docs"


def _entries() -> list[dict[str, Any]]:
    meta = {"reason": HOSTILE[0], "remedy": HOSTILE[1]}
    regex = {"column": "outlet", "regex": f"^{re.escape(HOSTILE[1])}$"}
    mean = {"column": "outlet", "min_value": 1}
    values = {"column": "title", "value_set": list(HOSTILE[:2])}
    return [
        {"type": "expect_column_values_to_match_regex", "kwargs": regex, "meta": meta | {"check": "regex"}},
        {"description": " ".join(HOSTILE), "kwargs": {"column": "date"}, "meta": meta | {"check": "described"}},
        {"type": "expect_column_mean_to_be_between", "kwargs": mean, "meta": meta | {"check": "raises"}},
        {"type": "expect_column_values_to_be_in_set", "kwargs": values, "meta": meta | {"check": "set"}},
    ]


def _pages(site: Path) -> dict[str, Page]:
    return {str(p.relative_to(site)): Page(p.read_text(encoding="utf-8")) for p in sorted(site.rglob("*.html"))}


def test_there_is_a_page_for_each_suite_and_each_result(site: Path) -> None:
    """Great Expectations' own builder swallows errors; a page that is missing must not go unseen."""
    names = ("content", "integrity", "mine", "provenance")
    wanted = [*(f"expectations/{n}.html" for n in names), "index.html", *(f"validations/{n}.html" for n in names)]
    assert sorted(_pages(site)) == sorted(wanted)


def test_pages_hold_nothing_but_layout(site: Path) -> None:
    """No script, no image, no form, no handler, no style of its own, on any page."""
    for name, page in _pages(site).items():
        assert {tag for tag, _ in page.elements} <= LAYOUT, name
        for tag, attributes in page.elements:
            assert not [k for k in attributes if k.startswith("on") or k in ("style", "src", "srcset")], (name, tag)


def test_pages_ask_for_nothing_from_elsewhere(site: Path) -> None:
    """Every link leads to a file that is there, below the report's folder; the policy forbids scripts."""
    for name, page in _pages(site).items():
        content = (site / name).read_text(encoding="utf-8")
        assert not re.search(r'(src|href)\s*=\s*"?\s*(https?:)?//', content), name
        assert "default-src 'none'" in content
        assert "script-src" not in content
        for _, attributes in page.elements:
            link = attributes.get("href")
            if link and not link.startswith("#"):
                target = (site / name).parent.joinpath(link.partition("#")[0]).resolve()
                report = site.parent / "index.html"  # the spine writes it beside the Data Docs
                assert target.is_file() or target == report, (name, link)
                assert target.is_relative_to(site.parent), (name, link)


def test_hostile_strings_are_shown_as_text(site: Path) -> None:
    """They stand on the pages, letter for letter, as what a reader sees."""
    pages = _pages(site)
    for name in ("validations/mine.html", "expectations/mine.html", "index.html"):
        assert " ".join(SHOWN) in pages[name].text, name
    for shown in SHOWN:
        assert shown in pages["validations/content.html"].text


def test_pages_say_severity_rule_and_reason(site: Path) -> None:
    """What Great Expectations leaves out of its pages."""
    for name in ("validations/provenance.html", "expectations/provenance.html"):
        text = _pages(site)[name].text
        assert re.search(r"critical\s+PC302\s+Documents say when they were published\.", text), name
        assert "Without a date nothing can be said" in text
        assert '"mostly": 0.9' in text


def test_vendored_files_carry_their_licence(site: Path) -> None:
    """What is copied into a report may be copied on."""
    licences = (site / "static" / "LICENSES.md").read_text(encoding="utf-8")
    assert "The MIT License" in licences
    assert sorted(p.name for p in (site / "static").iterdir()) == ["LICENSES.md", "bootstrap.min.css", "provcheck.css"]


@settings(max_examples=300, deadline=None)
@example("<![;")
@example("<![a;")
@given(st.text(alphabet=st.sampled_from("<>/=\"' \nabi!-?[]&;#sctypx"), max_size=60))
def test_cleaning_leaves_nothing_that_could_run(fragment: str) -> None:
    """Whatever goes in, only layout comes out, and cleaning it once more changes nothing that is shown."""
    done = inert.clean(fragment)
    page = Page(done)
    assert {tag for tag, _ in page.elements} <= inert._TAGS
    assert Page(inert.clean(done)).text == page.text


@pytest.mark.parametrize(
    "part", ["<", "<a ", '<a href="', "&", "<p>", "</p>", "<i></b>", '<p x="', "&#x", "<!--", "x=", "xx "]
)
def test_cleaning_takes_time_in_proportion(part: str) -> None:
    """A hundred thousand characters of what makes parsers go in circles."""
    begin = time.process_time()
    inert.clean(part * (100_000 // len(part)))
    inert.clean(f"<p {part * (100_000 // len(part))}>")
    assert time.process_time() - begin < 5
