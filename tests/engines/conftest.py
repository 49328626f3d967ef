"""What the tests of the Spark engine share: settings that suit small tables, and a corpus of everything."""

from __future__ import annotations

import datetime as dt
import gc
import io
import json
import shutil
import tarfile
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from provcheck import Settings, frame
from provcheck.corpus import examine_corpus
from provcheck.engines import spark
from provcheck.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pyspark.sql import SparkSession

    from provcheck.frame import Record

DAY = dt.date(2026, 11, 1)
CONF = {
    # Compiling for long runs would cost more than these short ones.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
}


@pytest.fixture(scope="session")
def conf() -> dict[str, str]:
    """Give settings under which small tables are quick; skip where Spark cannot run."""
    try:
        spark.require()
    except EngineError as error:
        pytest.skip(f"Spark cannot run here: {error}")
    return dict(CONF)


@pytest.fixture(scope="module")
def session(conf: dict[str, str]) -> Iterator[SparkSession]:
    """Give a session on two threads of this machine, and end it after the tests of this module."""
    # Parts this small cut a file of a few kilobytes into many.
    small = {"spark.sql.files.maxPartitionBytes": "4096", "spark.sql.files.openCostInBytes": "0"}
    with spark.session(spark.Cluster("local[2]", {**conf, **small})) as session:
        yield session
        gc.collect()


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Give settings that do not depend on the day."""
    return Settings(workers=1, as_of=DAY)


@pytest.fixture(scope="session")
def mixed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a corpus with all formats, all kinds of copies, doubtful encodings, a cap, a crowded day and odd names."""
    folder = tmp_path_factory.mktemp("mixed")
    shutil.copytree(root / "fixtures" / "corpus", folder / "corpus")
    shutil.copytree(root / "fixtures" / "wrapped", folder / "wrapped")
    _copies(folder / "copies")
    _doubtful(folder / "polish")
    _counted(folder / "counted")
    _pleas(folder / "pleas")
    (folder / "odd names").mkdir()
    for name in ("[1] a*b?.txt", "c d%20e#f.txt", "łódź {x}.txt", ".hidden.txt"):
        (folder / "odd names" / name).write_text(f"{story(40)}\n\nThis file is called by an odd name.\n")
    (folder / "odd names" / "empty.md").touch()
    (folder / "odd names" / "link.txt").symlink_to(folder / "nowhere")
    _tar(folder / "twice.tar")
    return folder


def _copies(folder: Path) -> None:
    """Exact, edited, cut and chained copies, and stories that share a passage."""
    folder.mkdir()
    for number in range(6):
        first = story(number)
        (folder / f"{number}-a.txt").write_text(first)
        (folder / f"{number}-b.txt").write_text(first.replace("\n\n", "\n"))
        (folder / f"{number}-c.txt").write_text(f"A new headline for it\n\n{first.replace('four', 'five')}")
        (folder / f"{number}-d.txt").write_text(first[: int(len(first) * 0.7)])
        (folder / f"{number}-e.txt").write_text(f"{story(number + 10)}\n\n{first[:400]}\n\n{story(number + 20)}")


def _doubtful(folder: Path) -> None:
    """Texts whose encoding only their neighbours tell."""
    folder.mkdir()
    long = "Gmina ogłosiła, że żłobek przy ulicy Źródlanej będzie gotowy już wiosną, choć ściany są mokre. " * 6
    for number in range(8):
        (folder / f"n{number}.txt").write_bytes(f"{long}\nNumer {number}.".encode("iso8859-2"))
    (folder / "short.txt").write_bytes("Sześć łóżek".encode("iso8859-2"))
    (folder / "shorter.txt").write_bytes("Żółć".encode("iso8859-2"))


def _counted(folder: Path) -> None:
    """Records that end at one length, and many of one day."""
    folder.mkdir()
    records = [
        {
            "text": (story(100 + n) * 3)[: 1500 if n % 2 else 900 + 37 * n],
            "date": f"2026-0{1 + n % 9}-{10 + n % 17}",
        }
        for n in range(60)
    ]
    records += [{"text": story(200 + n), "date": "2026-03-03"} for n in range(40)]
    (folder / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))


def _pleas(folder: Path) -> None:
    """Stories of one outlet below which it asks for money, and copies of one of them."""
    folder.mkdir()
    plea = "The reporting of this newspaper is paid for by those who send us five crowns.\n\nWe owe them the truth."
    for number in range(7):
        (folder / f"{number}.txt").write_text(f"{story(300 + number)}\n{plea}\n\nPublished in Valley Courier\n")
    for number in range(3):
        (folder / f"copy-{number}.txt").write_text(
            f"{story(300)}\n{plea}\n\nPublished in Valley Courier{'.' * number}\n"
        )


def _tar(path: Path) -> None:
    with tarfile.open(path, "w") as archive:
        # The last ones are left out, which is counted and named.
        for number, name in enumerate(("z.txt", "a.txt", "a.txt", "b/.hidden.txt", "Thumbs.db", "orchard.txt")):
            body = story(60 + number).encode()
            member = tarfile.TarInfo(name)
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))


_WHO = ("The harbour board", "A group of farmers", "The island school", "The town orchestra", "The weather office")
_DID = ("rented a ferry", "opened a mill", "planted an orchard", "mended the lighthouse", "counted the gulls")
_WHY = ("before the storms", "since flour is dear", "for the long winter", "against all advice", "with four crowns")


def story(number: int) -> str:
    """A text of a few hundred words that shares hardly a run of words with those of other numbers."""
    lines = []
    for n in range(14):
        k = (number * 7919 + n * 104729) % 1_000_003
        who, did, why = _WHO[k % 5], _DID[k // 5 % 5], _WHY[k // 25 % 5]
        lines.append(f"{who} {did} {why}, said number {k % 997} of the {k % 83} who had met at {k % 61} that day.")
    return "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3)) + "\n"


@pytest.fixture(scope="session")
def local_rows(settings: Settings) -> Callable[[Sequence[str]], list[Record]]:
    """Give the rows of the local engine, as Parquet would hold them."""

    def rows(paths: Sequence[str]) -> list[Record]:
        with examine_corpus(paths, settings) as corpus:
            assert corpus.ledger.faults(len(corpus)) == ()
            told: list[Record] = pa.concat_tables(frame.tables(corpus.records())).to_pylist()
        return told

    return rows


@pytest.fixture(scope="session")
def differences() -> Callable[[list[Record], Path], list[str]]:
    """Give every value in which a frame differs from the parts that Spark wrote into a folder, in words."""

    def found(ours: list[Record], folder: Path) -> list[str]:
        parts = [pq.ParquetFile(part).read() for part in sorted(folder.glob("part-*.parquet"))]
        theirs: list[Record] = pa.concat_tables(parts).cast(frame.schema()).to_pylist()
        if len(ours) != len(theirs):
            return [f"{len(ours)} rows against {len(theirs)}"]
        return [
            f"{one['path']}!{one['member']}#{one['row']} {name}: {one[name]!r} against {other[name]!r}"
            for one, other in zip(ours, theirs, strict=True)
            for name in one
            if one[name] != other[name]
        ]

    return found
