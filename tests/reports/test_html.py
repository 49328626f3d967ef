"""The files of the HTML report: complete, inert, the same every time, and steps told backwards."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck import corpus, examine, validation
from provcheck.config import Settings
from provcheck.model import Step
from provcheck.readers.ledger import Ledger
from provcheck.reports import html
from provcheck.reports.html import before, charts, data, documents, overview, rows
from provcheck.reports.html.tally import Tally
from provcheck.reports.summary import Summary, place
from provcheck.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SETTINGS = Settings(as_of=dt.date(2026, 1, 1), workers=1)


def story(**changes: Any) -> html.Story:
    """The story of a run that passed."""
    plain: dict[str, Any] = {
        "passed": True, "fail_on": "critical", "reasons": (), "checks": (), "summary": Summary(), "books": Ledger(),
        "run": {"provcheck": "1"},
    }  # fmt: skip
    return html.Story(**plain | changes)


@pytest.fixture(scope="module")
def records(root: Path) -> list[dict[str, Any]]:
    """Give the records of the demo corpus."""
    with corpus.examine_corpus([str(root / "fixtures" / "corpus")], SETTINGS) as demo:
        return list(demo.records())


def written(folder: Path, found: Sequence[Mapping[str, Any]], told: html.Story | None = None) -> dict[str, bytes]:
    """Write a report and give its files."""
    folder.mkdir()
    html.write(folder, told or story(), iter(found))
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def value(script: bytes) -> Any:
    """What a data file hands over."""
    found = re.fullmatch(r'provcheck\.put\("[a-z0-9/]+",(.*)\);\n', script.decode(), re.DOTALL)
    assert found
    return json.loads(found[1])


def test_every_document_is_in_the_table_and_the_texts(tmp_path: Path, records: list[dict[str, Any]]) -> None:
    """Blocks and chunks hold all documents in their order, whatever their sizes, and say where each begins."""
    many = [{**record, "doc_id": f"{n:04}{record['doc_id']}"} for n in range(30) for record in records]
    files = written(tmp_path / "r", many)
    columns = value(files["data/columns.js"])
    blocks = [value(files[f"data/rows/{n}.js"]) for n in range(columns["blocks"])]
    chunks = [value(files[f"data/texts/{n}.js"]) for n in range(len(columns["texts"]))]
    assert len(chunks) > 2
    wanted = [record["doc_id"] for record in many]
    assert [i for block in blocks for i in block["id"]] == wanted
    assert [document["id"] for chunk in chunks for document in chunk] == wanted
    assert columns["texts"] == [sum(map(len, chunks[:n])) for n in range(len(chunks))]
    assert columns["total"] == len(many)
    assert all(sum(d["chars"] for d in chunk[:-1]) <= data.CHUNK for chunk in chunks)


def test_blocks(tmp_path: Path, records: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of several blocks reads back as it went in, with the values that they share."""
    monkeypatch.setattr(rows, "BLOCK", 7)
    files = written(tmp_path / "r", records)
    columns = value(files["data/columns.js"])
    words, found = columns["words"], []
    for n in range(columns["blocks"]):
        block = value(files[f"data/rows/{n}.js"])
        for i, name in enumerate(block["file"]):
            code = block["outlet"][i]
            outlet = None if code < 0 else words["outlet"][code]
            found.append((block["folders"][block["folder"][i]] + name, outlet, columns["rules"][block["rules"][i]]))
    assert columns["blocks"] == -(-len(records) // 7)
    assert [(name, outlet) for name, outlet, _ in found] == [(place(r), r["outlet"]) for r in records]
    assert [codes for *_, codes in found] == [sorted({f["code"] for f in r["findings"]}) for r in records]


def test_the_same_bytes(tmp_path: Path, records: list[dict[str, Any]]) -> None:
    """Two reports of one corpus are the same, and name neither time nor machine."""
    one, two = written(tmp_path / "a", records), written(tmp_path / "b", records)
    assert one == two
    assert not [name for name, body in one.items() if str(tmp_path).encode() in body]


def test_an_empty_report(tmp_path: Path) -> None:
    """A corpus without documents has a report that says so."""
    files = written(tmp_path / "r", [], story(passed=False, reasons=("no documents <b>",)))
    page = files["index.html"].decode()
    assert "no documents &lt;b&gt;" in page
    assert "Nothing to draw" in page
    assert value(files["data/columns.js"])["total"] == 0


def test_every_rule_has_its_page(tmp_path: Path) -> None:
    """Each rule's page says what, why and what to do, and the list leads to all of them."""
    files = written(tmp_path / "r", [])
    index = files["rules/index.html"].decode()
    for code, rule in RULES.items():
        page = files[f"rules/{code}.html"].decode()
        assert all(charts.prose(part) in page for part in (rule.what, rule.why, rule.remedy, rule.name))
        assert f'href="{code}.html"' in index


def test_every_link_leads_somewhere(tmp_path: Path, root: Path) -> None:
    """All files that the pages of a whole run name are there, and nothing outside of the report is named."""
    settings = Settings(as_of=dt.date(2026, 1, 1), workers=1, output=str(tmp_path / "r"))
    validation.validate([str(root / "fixtures" / "corpus")], settings)
    for path in sorted((tmp_path / "r").rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        assert "default-src 'none'" in page, path
        assert not re.search(r"<script(?! defer src)|<style|\son\w+=|\sstyle=|https?:", page), path
        for target in re.findall(r'(?:href|src)="([^"]+)"', page):
            file = target.partition("#")[0]
            assert not file or (path.parent / file).is_file(), (path, target)


def test_what_changed_is_shown_only_if_told(tmp_path: Path) -> None:
    """The place for the comparison with the last accepted run is empty where there was none."""
    told = {"new findings": 1200, "documents <added>": "3"}
    with_it = written(tmp_path / "a", [], story(since=told))["index.html"].decode()
    assert "Since the last accepted run" in with_it
    assert "1,200" in with_it
    assert "documents &lt;added&gt;" in with_it
    assert "Since" not in overview.page(story(), Tally())


def test_the_first_look_says_what_is_new(accepted: Path) -> None:
    """With a baseline the page counts what is new, known, waived and gone, as `results.json` does."""
    results = json.loads((accepted / "results.json").read_text(encoding="utf-8"))
    page = (accepted / "index.html").read_text(encoding="utf-8")
    card = page.partition('id="since"')[2].partition("</dl>")[0]
    shown = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", card))
    assert shown == {
        "New findings": str(sum(results["documents"]["findings"].values())),
        "Known in the baseline": str(results["baseline"]["known"]),
        "Waived by the configuration": "1",
        "Entries that no longer occur": str(results["baseline"]["gone"]),
    }


def test_settled_findings_are_told_apart(accepted: Path) -> None:
    """The table's numbers are those of the first look, and each finding that does not count has its status."""
    results = json.loads((accepted / "results.json").read_text(encoding="utf-8"))
    columns, block = (value((accepted / "data" / f"{name}.js").read_bytes()) for name in ("columns", "rows/0"))
    size = len(columns["levels"])
    sums = {level: sum(block["levels"][n::size]) for n, level in enumerate(columns["levels"])}
    assert sums == {**results["documents"]["findings"], "known": results["baseline"]["known"], "waived": 1}
    page = (accepted / "index.html").read_text(encoding="utf-8")
    for name in ("known", "waived"):
        assert f'<dt><a href="#/documents?status={name}">{name}</a></dt><dd>{sums[name]}</dd>' in page
    shown = [document for path in (accepted / "data" / "texts").iterdir() for document in value(path.read_bytes())]
    statuses = Counter(finding[6] for document in shown for finding in document["findings"])
    new = sum(results["documents"]["findings"].values())
    assert statuses == {None: new, "known": sums["known"], "waived": 1}
    for code, rule in results["documents"]["by_rule"].items():
        assert sum(code in columns["rules"][n] for n in block["rules"]) == rule["documents"]


@given(st.recursive(st.text() | st.none() | st.integers(), lambda inner: st.lists(inner, max_size=4), max_leaves=6))
def test_data_is_json_and_inert(given_value: Any) -> None:
    """Any value comes back, and neither markup nor a line separator stands in the script."""
    line = data.encode(given_value)
    assert json.loads(line) == given_value
    assert not set(line) & set("<\u2028\u2029")


def test_a_lone_surrogate_can_be_written(tmp_path: Path) -> None:
    """Half a character, which JSON of a corpus may hold, is its escape in the file."""
    data.put(tmp_path, "x", data.encode(["\ud800\\"]))
    assert value((tmp_path / "x.js").read_bytes()) == ["\ud800\\"]


def test_names_from_a_document_are_never_keys(records: list[dict[str, Any]]) -> None:
    """A field called ``__proto__`` is a value in a pair; many and long fields are cut, and it is said."""
    fields = {"__proto__": {"x": 1}, **{f"f{n}": "y" * 5000 for n in range(200)}}
    shown = documents.document({**records[0], "extra": json.dumps(fields)})
    assert shown["extra"][0] == ["__proto__", '{"x": 1}']
    assert shown["extra"][-1] == ["…", "101 more fields"]
    assert "__proto__" not in json.dumps([list(shown), *[list(v) for v in shown.values() if isinstance(v, dict)]])
    assert max(len(v) for _, v in shown["extra"]) < 2100


def test_a_long_text_is_cut(records: list[dict[str, Any]]) -> None:
    """The report shows the beginning of a huge text, and how long the whole is."""
    text = "x" * (documents.TEXT_LIMIT + 1)
    shown = documents.document({**records[0], "text": text, "n_chars": len(text)})
    assert (len(shown["text"]), shown["chars"]) == (documents.TEXT_LIMIT, documents.TEXT_LIMIT + 1)


@pytest.mark.parametrize(
    ("came", "step"),
    [
        ("GrÃ¼ÃŸe aus KÃ¶ln", Step("mojibake", ("cp1252", 2, 6, 13, 15))),
        ("Ïðèâåò, ìèð", Step("transcode", ("cp1252", "cp1251", 0, 11))),
        ("ÄãºÃ 1 ÊÀ½ç", Step("transcode", ("latin-1", "gb18030", 0, 4, 7, 11))),
        ("ðŸ˜€ und ðŸ˜\x81", Step("mojibake", ("cp1252", 0, 4, 9, 13))),
    ],
)
def test_repairs_told_backwards(came: str, step: Step) -> None:
    """Undoing a replayed step gives what came, and each place before and after."""
    after = examine.replay(came.encode(), (Step("decode", ("utf-8",)), step))
    steps = [json.dumps(["decode", "utf-8"]), json.dumps([step.action, *step.args])]
    for given_ in (came, None):
        told = before.undone(after, steps, given_)[0]
        assert [place[0] for place in told["places"]] == [word for word in came.split() if not word.isascii()]
        for said, became, start, end in told["places"]:
            assert after[start:end] == became
            assert replayed(said, step.action, *step.args[: 2 - (step.action == "mojibake")]) == became


def replayed(word: str, action: str, *codecs: str | int) -> str:
    """Give what a step makes of a single word."""
    return examine.replay(word.encode(), (Step("decode", ("utf-8",)), Step(action, (*codecs, 0, len(word)))))


def test_what_the_bytes_do_not_tell_is_taken_from_the_text() -> None:
    """A no-break space that came as a plain space is shown as it came, and not as the bytes would have it."""
    came = "Il est Ã  Paris, cÃ´tÃ© cour"
    step = Step("mojibake", ("cp1252", 7, 9, 18, 23))
    after = examine.replay(came.encode(), (Step("decode", ("utf-8",)), step))
    steps = [json.dumps([step.action, *step.args])]
    assert before.undone(after, steps, came)[0]["places"][0][:2] == ["Ã ", "à"]
    assert before.undone(after, steps, None)[0]["places"][0][:2] == ["Ã\xa0", "à"]


@given(st.text("aé ü\nñ", max_size=20), st.lists(st.integers(0, 60), max_size=6))
def test_any_steps_are_borne(text: str, places: list[int]) -> None:
    """Whatever the spans, the words told are words of the text, or nothing is told."""
    for told in before.undone(text, [json.dumps(["mojibake", "cp1252", *places])], None):
        assert all(text[start:end] == became for _, became, start, end in told["places"])


@pytest.mark.parametrize(
    "steps", [[], ['["decode", "cp1252"]'], ['["mojibake", "cp1252", 0, 99]'], ['["mojibake", "none", 0, 1]']]
)
def test_steps_that_tell_nothing(steps: list[str]) -> None:
    """Where nothing was repaired, or the steps do not fit the text, no word is said to have changed."""
    assert before.undone("é", steps, None) == []
    assert before.undone("é", [*steps, '["mojibake", "cp1252", 0, 2]'], "another text") == []


def test_a_cap_shows_as_a_spike() -> None:
    """Many documents of one length are a high bar, and are named; the bars hold all documents."""
    tally = Tally(lengths=Counter(dict.fromkeys(range(100, 1000, 3), 1) | {500: 80, 10**7: 1}))
    bars = tally.sizes()
    assert tally.peaks() == [(500, 80)]
    assert max(bars, key=lambda bar: bar.documents).wanted == "500-519"
    assert sum(bar.documents for bar in bars) == tally.lengths.total()
    assert len(bars) < 60


@pytest.mark.parametrize(
    ("months", "first", "last", "bars"),
    [
        ({"2024-11": 1, "2025-02": 2}, "2024-11", "2025-02", 4),
        ({"1990-01": 1, "2025-02": 2}, "1990", "2025", 36),
        ({"0001-01": 1, "2025-02": 2}, "0001", "2025", 2),
        ({"2024-01": 1}, "2024-01", "2024-01", 1),
    ],
)
def test_time(months: dict[str | None, int], first: str, last: str, bars: int) -> None:
    """Empty months are shown, a long time by years, and a wrong date does not make a thousand bars."""
    found = Tally(months=Counter(months)).time()
    assert (found[0].name, found[-1].name, len(found)) == (first, last, bars)
    assert sum(bar.documents for bar in found) == sum(months.values())
