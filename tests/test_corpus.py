"""The spine: what only the whole corpus can tell, and that nothing is lost on the way."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import provcheck
from provcheck import Settings, readers
from provcheck.corpus import examine_corpus
from provcheck.errors import NoDocumentsError, SourceNotFoundError, SuiteError
from provcheck.examine import examine, replay
from provcheck.model import Examined
from provcheck.waivers import Waiver

if TYPE_CHECKING:
    from pathlib import Path

    from provcheck.frame import Record

STORY = (
    "The harbour board said on Tuesday that the ferry will sail again in May, two winters after a storm tore away "
    "the landing stage. It has rented a vessel of forty metres that carried tourists on a northern lake.\n\n"
    "Island farmers have waited for the line, because flour and fodder had to be brought over in fishing boats. "
    "A single ticket will cost four crowns, the same as before, and the mail goes free of charge as it always did.\n\n"
    "The first crossing is planned for a Sunday, with a brass band on the upper deck if the weather allows it.\n"
)
ONE = Settings(workers=1)


def scan(folder: Path, settings: Settings = ONE) -> dict[str, Record]:
    """Records by file name."""
    with examine_corpus([str(folder)], settings) as corpus:
        assert corpus.ledger.faults(len(corpus)) == ()
        return {record["path"].rsplit("/", 1)[-1]: record for record in corpus.records()}


def test_copies(tmp_path: Path) -> None:
    """Exact and edited copies share a cluster named after its first document; another story stays alone."""
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY.replace("\n\n", "\n"))
    (tmp_path / "c.txt").write_text("New headline for an old story\n\n" + STORY.replace("four crowns", "five crowns"))
    (tmp_path / "d.txt").write_text("Nine schools will buy vegetables from farms near the town from September on. " * 3)
    rows = scan(tmp_path)
    first = rows["a.txt"]["doc_id"]
    assert [rows[n]["duplicate_cluster"] for n in ("a.txt", "b.txt", "c.txt", "d.txt")] == [first, first, first, None]
    assert [rows[n]["duplicate"] for n in ("a.txt", "b.txt", "c.txt", "d.txt")] == [False, True, True, False]
    said = {name: [f for f in rows[name]["findings"] if f["code"].startswith("PC7")] for name in rows}
    assert [f["code"] for f in said["b.txt"]] == ["PC701"]
    assert [f["code"] for f in said["c.txt"]] == ["PC702"]
    assert said["c.txt"][0]["start_line"] >= 3
    assert "a.txt" in said["c.txt"][0]["message"]
    assert said["a.txt"] == said["d.txt"] == []


def test_same_file_in_two_sources(tmp_path: Path) -> None:
    """The same file at the same place below two sources gives two rows with two names."""
    for source in ("one", "two"):
        (tmp_path / source).mkdir()
        (tmp_path / source / "a.txt").write_text(STORY)
    with examine_corpus([str(tmp_path / "one"), str(tmp_path / "two")], ONE) as corpus:
        ids = [record["doc_id"] for record in corpus.records()]
    assert ids[1] == f"{ids[0]}-2"


def test_names_do_not_depend_on_the_place(tmp_path: Path) -> None:
    """A corpus moved to another folder keeps its document ids."""
    ids = []
    for place in ("here", "there/and/deeper"):
        folder = tmp_path / place / "corpus"
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(STORY)
        ids.append(scan(folder)["a.txt"]["doc_id"])
    assert ids[0] == ids[1]


@pytest.mark.parametrize("workers", [1, 2])
def test_neighbours_break_ties(tmp_path: Path, workers: int) -> None:
    """A short text whose encoding is open is read as its neighbours were."""
    long = "Gmina ogłosiła, że żłobek przy ulicy Źródlanej będzie gotowy już wiosną, choć ściany są mokre. " * 6
    for n in range(8):
        (tmp_path / f"n{n}.txt").write_bytes(f"{long}\nNumer {n}.".encode("iso8859-2"))
    (tmp_path / "short.txt").write_bytes("Sześć łóżek".encode("iso8859-2"))
    rows = scan(tmp_path, Settings(workers=workers))
    assert rows["short.txt"]["text"] == "Sześć łóżek"


def test_order_of_rows(tmp_path: Path) -> None:
    """Rows come by path, member and record, whatever the order on disk or of the arguments."""
    (tmp_path / "b.jsonl").write_text("\n".join(json.dumps({"text": f"{STORY}{n}"}) for n in range(12)))
    (tmp_path / "a.txt").write_text(STORY)
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("z.txt", STORY)
        archive.writestr("y.txt", STORY)
    paths = [str(tmp_path / name) for name in ("c.zip", "b.jsonl", "a.txt")]
    with examine_corpus(paths, ONE) as corpus:
        order = [(r["path"].rsplit("/", 1)[-1], r["member"], r["row"]) for r in corpus.records()]
    assert order == [
        ("a.txt", None, None),
        *(("b.jsonl", None, n) for n in range(1, 13)),
        ("c.zip", "y.txt", None),
        ("c.zip", "z.txt", None),
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(st.binary(max_size=300), min_size=1, max_size=6), packed=st.booleans())
def test_nothing_is_lost(tmp_path_factory: pytest.TempPathFactory, files: list[bytes], packed: bool) -> None:  # noqa: FBT001  # drawn
    """Whatever bytes a corpus holds, every file is at least one row, and the ledger adds up."""
    folder = tmp_path_factory.mktemp("corpus")
    for number, body in enumerate(files):
        (folder / f"{number}.txt").write_bytes(gzip.compress(body) if packed else body)
    with examine_corpus([str(folder)], ONE) as corpus:
        rows = list(corpus.records())
        assert corpus.ledger.faults(len(rows)) == ()
        assert len({row["path"] for row in rows}) == len(files)
        assert all(row["read"] or row["findings"][0]["code"].startswith("PC1") for row in rows)


def test_steps_replay_over_the_demo_corpus(root: Path) -> None:
    """Replaying the steps of every document of the demo corpus gives its text."""
    count = 0
    for envelope in readers.read([str(root / "fixtures" / "corpus")], Settings()):
        result = examine(envelope, Settings())
        assert isinstance(result, Examined), envelope.origin.name
        assert replay(envelope.raw, result.document.steps) == result.document.text
        count += 1
    assert count == 41


def test_demo_corpus_passes_with_warnings(root: Path, tmp_path: Path) -> None:
    """The corpus of `make validate` passes the gate, and not without a word."""
    result = provcheck.validate([root / "fixtures" / "corpus"], Settings(workers=1, output=str(tmp_path / "report")))
    assert (result.passed, result.reasons) == (True, ())
    assert result.verdict.count("warning") > 0
    assert len(result.frame) == result.ledger.rows == 41
    assert result.frame["encoding"].nunique() >= 6
    assert result.frame["language"].nunique() >= 12


def test_seeds_fail_for_dates_and_outlets(shared: Path, tmp_path: Path) -> None:
    """A corpus without dates and outlets does not pass, and is told why."""
    result = provcheck.validate(
        [shared / "seeds"], Settings(workers=1, exclude=("*.json",), output=str(tmp_path / "r"))
    )
    assert not result.passed
    assert any("PC302" in reason for reason in result.reasons)
    assert any("PC303" in reason for reason in result.reasons)


def test_scan_gives_a_frame(tmp_path: Path) -> None:
    """The face takes paths as strings or paths, and gives pandas."""
    (tmp_path / "a.txt").write_text(STORY)
    frame = provcheck.scan(tmp_path)
    assert isinstance(frame, pd.DataFrame)
    assert frame.equals(provcheck.scan(str(tmp_path)))
    assert frame.equals(provcheck.scan([str(tmp_path)]))
    assert frame.equals(provcheck.scan(tmp_path.glob("*.txt")).assign(relative="a.txt"))
    assert frame.equals(provcheck.scan(str(path) for path in [tmp_path]))
    assert frame.loc[0, "language"] == "en"


def test_no_path(tmp_path: Path) -> None:
    """Nothing given is said as that, also where a pattern fits nothing."""
    nothing: list[Any] = [[], (), iter(()), tmp_path.glob("*.txt")]
    for paths in nothing:
        with pytest.raises(NoDocumentsError, match="no path was given"):
            provcheck.scan(paths)
    with pytest.raises(NoDocumentsError, match=r"no documents in '.*': looked for files ending in .*[.]txt"):
        provcheck.scan(tmp_path)


def dated(folder: Path, date: str) -> Path:
    """A corpus of one story of this day."""
    folder.mkdir(exist_ok=True)
    story = {"title": "Ferry", "outlet": "The Harbour Courier", "date": date, "text": STORY}
    (folder / "a.json").write_text(json.dumps(story))
    return folder


@pytest.mark.parametrize("given", [None, Settings(workers=1), Settings(as_of=dt.date(2026, 1, 31), workers=1)])
def test_dates_in_the_future(tmp_path: Path, given: Settings | None) -> None:
    """The day of the check is today unless one is given, whoever makes the settings."""
    for date, codes in (("2021-03-12", []), ("2099-03-12", ["PC307"])):
        (found,) = provcheck.scan(dated(tmp_path, date), given)["findings"]
        assert [finding["code"] for finding in found] == codes


def test_waivers_of_the_face(tmp_path: Path) -> None:
    """A waiver lasts until its day, also where the settings name no day of the check."""
    waivers = tuple(Waiver("PC307", "*", "An almanac.", last) for last in (dt.date(2024, 1, 1), dt.date(9999, 1, 1)))
    report = tmp_path / "report"
    given = Settings(waivers=waivers, suites=("integrity",), output=str(report), workers=1)
    provcheck.validate(dated(tmp_path / "corpus", "2099-03-12"), given)
    results = json.loads((report / "results.json").read_text())
    assert [waiver["expired"] for waiver in results["waivers"]] == [True, False]
    assert results["as_of"] == dt.datetime.now().astimezone().date().isoformat()


def test_errors_of_the_face(tmp_path: Path) -> None:
    """What keeps a run from judging raises; nothing is written."""
    with pytest.raises(SourceNotFoundError):
        provcheck.scan([tmp_path / "none"])
    with pytest.raises(NoDocumentsError):
        provcheck.scan([tmp_path])
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "empty.json").write_text('{"name": "empty", "expectations": []}')
    with pytest.raises(SuiteError):
        provcheck.validate(
            [tmp_path], Settings(suites=(str(tmp_path / "empty.json"),), output=str(tmp_path / "report"), workers=1)
        )
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize("paths", [b"corpus", [b"corpus"], [None], ["corpus", 3]])
def test_what_is_no_path(paths: Any) -> None:
    """Bytes, numbers and nothing are refused by what they are, before anything is read."""
    with pytest.raises(TypeError, match="a path is a string or a Path, not "):
        provcheck.scan(paths)


def test_face() -> None:
    """What is exported can be imported, and a misspelt name cannot."""
    assert all(getattr(provcheck, name) is not None for name in provcheck.__all__)
    with pytest.raises(AttributeError, match="no attribute 'scann'"):
        _ = provcheck.scann
