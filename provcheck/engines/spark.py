"""Many machines: a session on a Spark cluster, and a shelf for the tables between two steps.

Spark comes with the extra ``[spark]`` and needs Java. Nothing of this is imported before a run asks for it.
"""

from __future__ import annotations

import atexit
import os
import py_compile
import shutil
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from provcheck.engines import hadoop
from provcheck.engines.hadoop import reason
from provcheck.errors import EngineError
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from pyspark.sql import DataFrame, SparkSession

JAVA = 17
"""The least version of Java that Spark 4 runs on."""

INSTALL = "pip install 'provcheck[spark]'"
_HOME = Path(__file__).resolve().parents[1]
_VERSION = late(r'version "(\d+)')

SQL = {
    "spark.sql.execution.arrow.pyspark.enabled": "true",  # without it pandas 3 turns null strings into the text "nan"
    "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
    "spark.sql.execution.arrow.maxBytesPerBatch": str(32 << 20),  # a column of strings may not pass 2 GiB in a batch
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",  # records may have the fields "Text" and "text"
    "spark.sql.ansi.enabled": "true",
    "spark.sql.files.maxPartitionBytes": str(16 << 20),  # a core examines some 1 MB a second
    "spark.sql.files.openCostInBytes": str(64 << 10),
    "spark.sql.files.minPartitionNum": "1",  # files are cut at the same places however many cores are up
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.sources.parallelPartitionDiscovery.parallelism": "64",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.pyspark.jvmStacktrace.enabled": "true",  # the cause of an error stands nowhere else
}
"""What every run sets for its own session, whatever the cluster's defaults are."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where to run: `master` as Spark writes it (``local[4]``, ``spark://host:7077``, ``yarn``), and further settings.

    Without a master that of `spark-submit` or of Spark's own configuration holds, and ``local[*]`` where there is none.
    """

    master: str | None = None
    conf: Mapping[str, str] = field(default_factory=dict)


def require() -> None:
    """Raise EngineError, with what to install, where pyspark or Java is not there."""
    try:
        import pyspark  # noqa: F401, PLC0415  # heavy, and only for this engine
    except ImportError:
        raise EngineError("pyspark is not installed", f"install it with {INSTALL}") from None
    found = java()
    if found is None:
        raise EngineError("there is no Java", f"install Java {JAVA} or newer, or point JAVA_HOME to it")
    if found < JAVA:
        raise EngineError(f"Java is version {found}", f"install Java {JAVA} or newer, or point JAVA_HOME to it")


def java() -> int | None:
    """The version of the Java that Spark would start; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    program = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if not program or not Path(program).is_file():
        return None
    # Java writes its version to the error stream, as: openjdk version "17.0.15" 2025-04-15
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)  # noqa: S603  # as Spark does
    match = _VERSION.search(said.stderr)
    return int(match[1]) if match else None


@contextmanager
def session(cluster: Cluster) -> Iterator[SparkSession]:
    """A session of our own; ends the Spark application afterwards, unless the caller had one running already.

    Raises EngineError where Spark is not installed or does not start, and for whatever Spark itself reports in the
    block; what our own code raises on a worker comes through.
    """
    require()
    from py4j.protocol import Py4JError  # noqa: PLC0415  # heavy, and only for this engine
    from pyspark.errors import PySparkException, PythonException  # noqa: PLC0415  # as above
    from pyspark.sql import SparkSession  # noqa: PLC0415  # as above

    running = SparkSession.getActiveSession()
    started: SparkSession | None = None
    try:
        if running is None:
            started = _started(cluster)
        spark = (running or started).newSession()  # type: ignore[union-attr]  # one of the two is there
        for key, value in {**SQL, **{k: v for k, v in cluster.conf.items() if k.startswith("spark.sql.")}}.items():
            spark.conf.set(key, value)
        _ship(spark)
        hadoop.know_s3(spark)
        yield spark
    except PythonException:  # raised by our own code on a worker: a bug of ours, with its traceback
        raise
    except (PySparkException, Py4JError) as error:
        remedy = "; ".join((hadoop.remedy(error), *getattr(error, "__notes__", ())))
        raise EngineError(f"Spark could not go on: {reason(error)}", remedy) from error
    finally:
        if started is not None:
            started.stop()


def _started(cluster: Cluster) -> SparkSession:
    from pyspark.sql import SparkSession  # noqa: PLC0415  # heavy, and only for this engine

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers would take python3 from their PATH
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    log = Path(__file__).with_name("data") / "log4j2.properties"
    conf: dict[str, Any] = {
        "spark.app.name": "provcheck",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        **cluster.conf,
    }
    options = (f"-Dlog4j2.configurationFile={log.as_uri()}", conf.get("spark.driver.extraJavaOptions"))
    conf["spark.driver.extraJavaOptions"] = " ".join(filter(None, options))
    builder = SparkSession.builder.config(map=conf)
    if cluster.master:
        builder = builder.master(cluster.master)
    made: SparkSession = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made


def _ship(spark: SparkSession) -> None:
    """Send this very package to the executors: whatever version they have installed, all run the same."""
    context = spark.sparkContext
    if not str(context.master).startswith("local"):
        context.addPyFile(packed())
    else:
        # Local workers are children of this process and can import from the same folder.
        context.environment["PYTHONPATH"] = os.pathsep.join(
            dict.fromkeys((str(_HOME.parent), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))))
        )


@cache
def packed() -> str:
    """The path of a zip with the modules and the data of this package, as workers import it; gone with this process.

    The modules go along compiled, since Python compiles what it imports from a zip anew in each process.
    """
    folder = Path(tempfile.mkdtemp(prefix="provcheck-ship-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    target, compiled = folder / "provcheck-ship.zip", folder / "compiled"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(_HOME.rglob("*")):
            inside = path.relative_to(_HOME.parent).as_posix()
            if path.suffix == ".py":
                # Not held against the source: times of files do not survive a zip.
                py_compile.compile(
                    str(path),
                    str(compiled),
                    inside,
                    doraise=True,
                    invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
                )
                archive.write(compiled, f"{inside}c")
            elif path.is_file() and path.suffix != ".pyc":
                archive.write(path, inside)
    return str(target)


class Shelf:
    """Tables between two steps, as Parquet below a folder that all workers reach.

    What is on the shelf is not computed again, whichever worker gets lost. `close` removes it all.
    """

    def __init__(self, spark: SparkSession, folder: str) -> None:
        """`folder` is a path or URI that Spark can write to; it must not be there yet."""
        self.spark, self.folder = spark, folder
        self._count = 0

    def open(self) -> None:
        """Make the folder, before there is work that could not be put there; raises EngineError where it cannot."""
        hadoop.make(self.spark, self.folder)

    def put(self, name: str, table: DataFrame) -> DataFrame:
        """Compute the table now, keep it, and give it as it lies there."""
        self._count += 1
        place = f"{self.folder}/{self._count:03}-{name}"
        table.write.parquet(place)
        return self.spark.read.schema(table.schema).parquet(place)

    def close(self) -> None:
        """Remove the folder."""
        hadoop.delete(self.spark, self.folder)


__all__ = ["Cluster", "Shelf", "java", "packed", "reason", "require", "session"]
