"""A corpus in a store that this machine reaches by nothing but its protocol, and a frame that is written there.

The store is Hadoop's WebHDFS, whose client pyspark brings. The records and the verdict are those of the local engine on
the same files; what the store refuses, or cannot do, is a row or a line that says so.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import provcheck
from provcheck import distributed
from provcheck.cli import PASSED, USAGE, main
from provcheck.distributed import listing, spine
from provcheck.engines import hadoop, spark
from provcheck.errors import EngineError, NoDocumentsError, OutputError, ProvcheckError, SourceNotFoundError
from provcheck.readers import Ledger
from provcheck.result import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyspark.sql import SparkSession

    from provcheck import Settings
    from provcheck.frame import Record

    from .conftest import Store

# pyspark leaves it to the collector to close the sockets by which results come.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket.socket:ResourceWarning")

PART = 65_536
HERE = spark.Cluster(conf={"spark.sql.files.maxPartitionBytes": str(PART)})
"""The session that is there already, with parts that cut the large files and hardly any others."""
STORY = "The ferry sails again, the harbour board said on Tuesday, after two winters in the dock.\n"
WRAPPED = (
    "plain.txt", "front-matter.md", "page.html", "message.eml", "mailbox.mbox", "release.docx", "release.odt",
    "packed.zip", "packed.tar.gz", "truncated.txt.gz", "crawl.warc.gz", "lines.jsonl", "newsitem.xml", "table.csv",
)  # fmt: skip
Rows = list["Record"]


@pytest.fixture
def small(store: Store) -> str:
    """Give the address of a corpus of a few files."""
    for name in ("a.txt", "b.txt", "c.txt", "below/d.txt"):
        (store.folder / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
        (store.folder / "corpus" / name).write_text(f"{STORY}{name}")
    return f"{store.url}/corpus"


@pytest.fixture
def version() -> str:
    """Give the version of the Hadoop that pyspark brings, from the name of its jar."""
    pyspark = pytest.importorskip("pyspark")
    jar = next((Path(pyspark.__file__).parent / "jars").glob("hadoop-client-api-*.jar"))
    return jar.stem.rpartition("-")[2]


@pytest.mark.usefixtures("session", "small")
@pytest.mark.parametrize(
    ("place", "error", "said"),
    [
        ("{store}/nowhere", SourceNotFoundError, "no such file or folder"),
        ("{store}/hollow", NoDocumentsError, "no documents in 'webhdfs://"),
        (
            "{store}/corpus/below",
            EngineError,
            "'{place}' cannot be listed: IOException: the disk of the store is broken; see whether its store is well",
        ),
        ("webhdfs://127.0.0.1:{closed}/a", EngineError, "Connection refused; see whether the store is up at that host"),
        ("hdfs://127.0.0.1:{closed}/a", EngineError, "Connection refused; see whether the store is up at that host"),
        ("webhdfs://127.0.0.1:{silent}/a", EngineError, "Read timed out; see whether the store is up and can be"),
        ("hdfs://127.0.0.1:{silent}/a", EngineError, "timeout while waiting for channel to be ready for read"),
        ("webhdfs://nowhere.invalid:9870/a", EngineError, "nowhere.invalid; see whether the name of the host is right"),
        ("hdfs:///a", EngineError, "Incomplete HDFS URI, no host: hdfs:///a; see the settings of its file system"),
        ("https://127.0.0.1:{closed}/a", EngineError, "an address of the web, which has no folders; fetch it first"),
        ("nosuchstore://a/b", EngineError, 'No FileSystem for scheme "nosuchstore"; see the settings'),
        ("s3://bucket/a", EngineError, "spark.jars.packages=org.apache.hadoop:hadoop-aws:{hadoop}"),
        ("s3a://bucket/a", EngineError, "spark.jars.packages=org.apache.hadoop:hadoop-aws:{hadoop}"),
        (
            "abfss://c@a.dfs.core.windows.net/a",
            EngineError,
            "spark.jars.packages=org.apache.hadoop:hadoop-azure:{hadoop}",
        ),
        ("gs://bucket/a", EngineError, "spark.jars.packages=com.google.cloud.bigdataoss:gcs-connector:hadoop3-"),
    ],
)
def test_refused(
    place: str,
    error: type[ProvcheckError],
    said: str,
    store: Store,
    version: str,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A place that is not there or cannot be reached is told soon, in one line that says what to do."""
    (store.folder / "hollow").mkdir()
    store.broken = "LISTSTATUS corpus/below"
    monkeypatch.setitem(hadoop.FIRST_LOOK, "dfs.webhdfs.socket.read-timeout", "300")
    monkeypatch.setitem(hadoop.FIRST_LOOK, "ipc.client.rpc-timeout.ms", "300")
    with socket.create_server(("127.0.0.1", 0)) as silent, socket.create_server(("127.0.0.1", 0)) as other:
        known = {"store": store.url, "silent": silent.getsockname()[1], "closed": other.getsockname()[1]}
        other.close()
        place = place.format(**known)
        wanted = re.escape(said.format(place=place, hadoop=version))
        started = time.monotonic()
        with pytest.raises(error, match=wanted) as told:
            distributed.scan([place], settings, HERE, f"{store.url}/frame")
        assert time.monotonic() - started < 15
    one_line(told.value)
    assert left(store) == {"corpus", "hollow"}


def one_line(error: BaseException) -> None:
    """Hold that a message is one line and no dump of Java's."""
    assert "\n" not in str(error)
    assert "An error occurred while calling" not in str(error)
    assert "more;" not in str(error)


def left(store: Store) -> set[str]:
    """Give what stands at the top of the store."""
    return {path.name for path in store.folder.iterdir()}


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    ("broken", "spared", "said"),
    [
        ("OPEN corpus", 5, "/corpus/"),
        ("OPEN .*-narrow/", 2, "-narrow/part-"),
        ("CREATE frame[.]work", 3, "IOException: the disk of the store is broken; see the log"),
        ("OPEN corpus|DELETE", 1, "run again; remove 'webhdfs://"),
    ],
)
def test_broken_on_the_way(broken: str, spared: int, said: str, store: Store, small: str, settings: Settings) -> None:
    """A store that fails in the middle ends the run in one line, and nothing is left of it where that can be."""
    store.broken, store.spared = broken, spared
    with pytest.raises(
        EngineError, match="Spark could not go on: IOException: the disk of the store is broken"
    ) as told:
        distributed.scan([small], settings, HERE, f"{store.url}/frame")
    assert said in str(told.value)
    one_line(told.value)
    assert any(name.startswith("frame.work-") for name in left(store)) is ("DELETE" in broken)
    assert "frame" not in left(store)


@pytest.mark.usefixtures("session")
def test_places_that_cannot_be_written_to(store: Store, small: str, settings: Settings, tmp_path: Path) -> None:
    """A place that is taken or forbidden, and one whose file system is not there, are known before anything is read."""
    store.broken = "OPEN"
    (store.folder / "taken").mkdir()
    store.forbidden = {"frame", "frame.work-"}
    asked = replace(settings, output=str(tmp_path / "report"), suites=("content",))
    for place, error, said in (
        (f"{store.url}/taken", OutputError, "something stands there already; choose another place with --"),
        (
            f"{store.url}/frame",
            EngineError,
            "Permission denied: user=provcheck, access=WRITE; let the user",
        ),
        ("s3a://bucket/frame", EngineError, "add its package"),
    ):
        with pytest.raises(error, match=said) as told:
            distributed.scan([small], settings, HERE, place)
        one_line(told.value)
        with pytest.raises(error, match=said) as told:
            distributed.validate([small], asked, HERE, place)
        one_line(told.value)
    assert left(store) == {"corpus", "taken"}
    assert not (tmp_path / "report").exists()


def test_command_line_says_one_line(store: Store, small: str, conf: dict[str, str]) -> None:
    """Nothing but one line of ours is printed when a store fails in the middle of a run, by Spark neither."""
    store.broken, store.spared = "OPEN corpus", 3
    given = [part for key, value in conf.items() for part in ("--spark-conf", f"{key}={value}")]
    call = [sys.executable, "-m", "provcheck", "scan", small, "--engine", "spark", "--master", "local[1]", *given]
    done = subprocess.run([*call, "-o", f"{store.url}/frame"], capture_output=True, text=True, check=False)
    # The first line is of Java's own, which Spark starts with a part that is not finished.
    told = [line for line in done.stderr.splitlines() if "jdk.incubator" not in line]
    assert [line[:60] for line in told] == ["provcheck: Spark could not go on: IOException: the disk of t"], done.stderr
    assert done.returncode == USAGE
    assert done.stdout == ""


@pytest.fixture
def corpus(store: Store, mixed: Path) -> Path:
    """Give the folder of the store that is the corpus: formats, encodings, odd names, and what may not be read."""
    folder = store.folder / "corpus"
    (folder / "wrapped").mkdir(parents=True)
    for name in WRAPPED:
        shutil.copy(mixed / "wrapped" / name, folder / "wrapped")
    odd = folder / "odd names" / "a b" / "ü=1"
    odd.mkdir(parents=True)
    for name in ("żółw é.txt", "100%.txt", "c%20d.txt", "50% of a+b;c.txt", "[1]*{x}?#.txt"):
        (odd / name).write_text(f"{STORY}\nThis file is called by an odd name.\n")
    for encoding in ("utf-8-sig", "cp1252", "utf-16"):
        (folder / f"{encoding}.txt").write_text(f"{STORY}\nDie Fähre fährt wieder.\n" * 5, encoding=encoding)
    for name in (".hidden.txt", "Thumbs.db", "drafts/a.txt", "odd names/b.bak.txt", "earlier/results.json",
                 f"earlier/{DOCUMENTS}", "locked/a.txt", "odd names/locked.jsonl"):  # fmt: skip
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(STORY * (100 if name.endswith("jsonl") else 1))
    (folder / "empty.txt").touch()
    records = (mixed / "counted" / "records.jsonl").read_text().splitlines(keepends=True)[:60]
    (folder / "large.jsonl").write_text("".join(records))
    rows = [json.loads(line) | {"n": n} for n, line in enumerate(records)]
    pq.write_table(pa.Table.from_pylist(rows), folder / "large.parquet", row_group_size=10, compression="none")
    assert min(path.stat().st_size for path in folder.glob("large.*")) > PART
    store.unreadable = {"locked", "locked.jsonl"}
    return folder


@pytest.fixture
def forbidden(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to this machine what the store refuses to Spark; permissions would not, for tests may run as root."""

    def guard(name: str) -> None:
        real = getattr(os, name)

        def guarded(place: Any, *rest: Any, **more: Any) -> Any:
            if os.path.basename(os.fspath(place) if not isinstance(place, int) else "") in store.unreadable:  # noqa: PTH119
                raise PermissionError(13, os.strerror(13), place)
            return real(place, *rest, **more)

        monkeypatch.setattr(os, name, guarded)

    guard("open")
    guard("scandir")


def moved(value: Any, there: str, here: str) -> Any:
    """The same with another place in all its texts."""
    if isinstance(value, dict):
        return {key: moved(each, there, here) for key, each in value.items()}
    if isinstance(value, list):
        return [moved(each, there, here) for each in value]
    return value.replace(there, here) if isinstance(value, str) else value


@pytest.mark.usefixtures("forbidden")
def test_rows_and_verdict(
    session: SparkSession,
    store: Store,
    corpus: Path,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    differences: Callable[[Rows, Path], list[str]],
) -> None:
    """The same files give the same frame, verdict, report and ledger, read from the store and written to it."""
    monkeypatch.setattr(listing, "SPLIT", 4096)
    asked = replace(settings, suites=("content",), exclude=("drafts", "**/*.bak.txt"))
    ways = listing.listing(session, [f"{store.url}/corpus"], asked, Ledger())
    assert [s.relative for s in (*ways.lines, *ways.parquet)] == ["large.jsonl", "large.parquet"]
    ours = provcheck.validate([str(corpus)], replace(asked, output=str(tmp_path / "near")))
    asked = replace(asked, output=str(tmp_path / "far"))
    theirs = distributed.validate([f"{store.url}/corpus"], asked, HERE, f"{store.url}/frames/one")
    frame = moved(pq.read_table(tmp_path / "near" / DOCUMENTS).to_pylist(), str(corpus), f"{store.url}/corpus")
    assert differences(frame, store.folder / "frames" / "one") == []
    # The corpus has what the comparison is about.
    unread = {row["relative"]: row["findings"][0]["message"] for row in frame if not row["read"]}
    assert {"locked", "odd names/locked.jsonl", "empty.txt", "wrapped/truncated.txt.gz"} <= {*unread}
    assert "Permission denied" in unread["odd names/locked.jsonl"]
    assert {"large.jsonl", "large.parquet", "wrapped/packed.zip", "odd names/a b/ü=1/c%20d.txt"} <= {
        row["relative"] for row in frame if row["read"]
    }
    rules = {"hidden": 1, "left behind by a system": 1, "excluded by the configuration": 2, "a report of provcheck": 1}
    assert rules.items() <= ours.ledger.skipped.items()
    assert (theirs.ledger.skipped, theirs.ledger.bytes) == (ours.ledger.skipped, ours.ledger.bytes)
    assert theirs.verdict == ours.verdict
    one, other = (json.loads((tmp_path / name / "results.json").read_text()) for name in ("near", "far"))
    assert moved(one, str(corpus), f"{store.url}/corpus") == other
    # Nothing but the frame was left in the store.
    assert [p.name for p in (store.folder / "frames").iterdir()] == ["one"]


@pytest.mark.usefixtures("session", "forbidden")
def test_scan(
    store: Store,
    small: str,
    capfd: pytest.CaptureFixture[str],
    local_rows: Callable[[list[str]], Rows],
    differences: Callable[[Rows, Path], list[str]],
) -> None:
    """The frame is written to the store; files that may not be read, which shows only then, are rows that say so."""
    store.unreadable = {"b.txt", "d.txt"}
    call = ["scan", small, "--engine", "spark", "--spark-conf", f"spark.sql.files.maxPartitionBytes={PART}"]
    assert main([*call, "-o", f"{store.url}/frame"]) == PASSED
    assert capfd.readouterr() == ("", "")
    assert left(store) == {"corpus", "frame"}
    ours = local_rows([str(store.folder / "corpus")])
    assert [row["read"] for row in ours] == [True, False, False, True]
    assert differences(moved(ours, str(store.folder), store.url), store.folder / "frame") == []


def test_half_a_frame_is_removed(
    session: SparkSession, store: Store, small: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frame that cannot be finished does not stand in the way of the next run; one of somebody else stays."""
    table = session.range(3)

    @contextmanager
    def examined(*_: object) -> Iterator[spine.Corpus]:
        if store.spared:
            (store.folder / "frame").mkdir()
            (store.folder / "frame" / "part-0.parquet").touch()
        yield spine.Corpus(table, Ledger(), readable=True)

    monkeypatch.setattr(spine, "examined", examined)
    store.broken = "CREATE frame/"
    with pytest.raises(EngineError, match="the disk of the store is broken"):
        distributed.scan([small], settings, HERE, f"{store.url}/frame")
    assert left(store) == {"corpus"}
    store.spared = 1
    with pytest.raises(OutputError, match="stands there already"):
        distributed.scan([small], settings, HERE, f"{store.url}/frame")
    assert [path.name for path in (store.folder / "frame").iterdir()] == ["part-0.parquet"]


def test_places_that_hold_each_other(session: SparkSession, store: Store, small: str, settings: Settings) -> None:
    """What two places lead to is listed once, below the larger one, and the others are counted."""
    (store.folder / "corpus-2").mkdir()
    (store.folder / "corpus-2" / "e.txt").write_text(STORY)
    places = [f"{small}/below", f"{small}/", small, f"{small}/a.txt", f"{small}-2/e.txt"]
    ledger = Ledger()
    found = listing.listing(session, places, settings, ledger)
    assert [s.path.removeprefix(small) for s in found.whole] == [
        "/a.txt",
        "/b.txt",
        "/below/d.txt",
        "/c.txt",
        "-2/e.txt",
    ]
    assert [s.relative for s in found.whole] == ["a.txt", "b.txt", "below/d.txt", "c.txt", "e.txt"]
    assert ledger.skipped == {"given twice": 3}


def test_s3_is_what_the_user_says(session: SparkSession) -> None:
    """``s3://`` is read as ``s3a://`` is, and otherwise where something else was set."""
    conf = session.sparkContext._jsc.hadoopConfiguration()
    assert conf.get("fs.s3.impl") == hadoop.S3A
    conf.set("fs.s3.impl", "org.example.Other")
    hadoop.know_s3(session)
    assert conf.get("fs.s3.impl") == "org.example.Other"
    conf.unset("fs.s3.impl")
