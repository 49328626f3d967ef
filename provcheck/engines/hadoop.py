"""File systems that Spark reaches through Hadoop: this machine's own, ``hdfs://``, ``webhdfs://``, ``s3a://`` and more.

What goes wrong there is a Java exception inside others, hundreds of lines long. Here it becomes one line that says what
happened, and one that says what to do. Hadoop's clients are made for jobs that outlast a restart of their store and try
for many minutes; the first look at a place is a person's who waits, and gives up soon.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import unquote

from provcheck.errors import EngineError
from provcheck.patterns import late

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from pyspark.sql import SparkSession

FIRST_LOOK = {
    "ipc.client.connect.timeout": "10000",
    "ipc.client.connect.max.retries": "1",
    "ipc.client.connect.max.retries.on.timeouts": "1",  # 45 times 20 s by default
    "ipc.client.rpc-timeout.ms": "20000",
    "dfs.client.failover.max.attempts": "2",
    "dfs.http.client.failover.max.attempts": "2",
    "dfs.webhdfs.socket.connect-timeout": "10000",
    "dfs.webhdfs.socket.read-timeout": "20000",
    "fs.s3a.attempts.maximum": "2",
    "fs.s3a.retry.limit": "1",
    "fs.s3a.connection.establish.timeout": "10000",
    "fs.s3a.connection.timeout": "20000",
}
"""How long Hadoop's clients try at the first look at a place, in milliseconds and times, where the user set nothing."""

RESTLESS = 10.0
"""Seconds that tasks of a failed job are given to end."""

S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem"

_AWS, _AZURE = "org.apache.hadoop:hadoop-aws:{version}", "org.apache.hadoop:hadoop-azure:{version}"
PACKAGES = {
    **dict.fromkeys(("s3", "s3a"), _AWS),
    **dict.fromkeys(("abfs", "abfss", "wasb", "wasbs"), _AZURE),
    "gs": "com.google.cloud.bigdataoss:gcs-connector:hadoop3-VERSION",
    "oss": "org.apache.hadoop:hadoop-aliyun:{version}",
    "cosn": "org.apache.hadoop:hadoop-cos:{version}",
}
"""The package of Java that knows a scheme; Hadoop's own must be of the version of the Hadoop that Spark brings."""

_ADVICE = (
    ("UnknownHostException", "see whether the name of the host is right and known on this machine"),
    ("AccessControlException", "let the user of this run read and write there"),
    ("AccessDeniedException", "let the user of this run read and write there"),
    ("ConnectException", "see whether the store is up at that host and port"),
    ("Timeout", "see whether the store is up and can be reached from this machine"),
)
"""What to do, by a word in what Hadoop said; the first that fits."""
AGAIN = "see whether its store is well, and run again"
_SETTINGS = "see the settings of its file system (--spark-conf spark.hadoop.…)"

# A name of a class of Java or Python that is raised, or a name of an error of Spark's, at the beginning of a line.
_NAMED = late(r"(?:[\w.$]+(?:Error|Exception)\b|\[[A-Z_.0-9]+\])")
# What stands before it: the package of the class, or the exception by which Hadoop sends another one over the network.
_PACKAGE = late(r"(?:org\.apache\.hadoop\.ipc\.RemoteException\((?=[\w.$]+\)))?(?:[a-z]\w*\.)+(?=[A-Z])")
_FRAME = late(r"at [\w.$/]+[(<]|\.\.\. \d+ more$")
_READING = late(r"reading file (\S+?)\.(?:\s|$)")
_ABSENT = ("ClassNotFoundException", "No FileSystem for scheme")
_DENIED = ("AccessControlException", "AccessDeniedException", "(Permission denied)")


def reason(error: BaseException) -> str:
    """What an error of Spark's or Hadoop's says, in one line: the innermost exception, and the file that was read.

    >>> reason(RuntimeError("o1.save\\n: a.JobException: J\\nCaused by: java.io.IOException: seven\\n\\tat a.b(c)"))
    'IOException: seven'
    """
    text = str(error)
    lines = [line.strip() for line in text.splitlines()]
    lines = [line.removeprefix("Caused by: ").removeprefix(": ") for line in lines if not _FRAME.match(line)]
    named = [line for line in lines if _NAMED.match(line)]
    last = next(iter(reversed(named or [line for line in lines if line])), type(error).__name__)
    told = re.sub(r"^(\w+)\):", r"\1:", _PACKAGE.sub("", last, count=1))[:300]
    # A store may be a stranger's: what it says must not reach a terminal as commands.
    told = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in told)
    file = _READING.search(text)
    return told if file is None or file[1] in told else f"{told}, while {unquote(file[1])!r} was read"


def denied(error: BaseException) -> bool:
    """Whether an error says that something may not be read or written, in the words of any of the file systems."""
    return any(word in str(error) for word in _DENIED)


def remedy(error: BaseException) -> str:
    """What to do about an error that ended a run."""
    return AGAIN if _READING.search(str(error)) else "see the log of the cluster"


def reached(spark: SparkSession, place: str) -> tuple[Any, Any]:
    """Hadoop's file system for a path or URI, and the path as Hadoop writes it."""
    path = _jvm(spark).org.apache.hadoop.fs.Path(place)
    system = path.getFileSystem(_conf(spark))
    return system, system.makeQualified(path)


def look(spark: SparkSession, place: str) -> Any | None:  # noqa: ANN401  # of the JVM
    """What Hadoop knows of a path or URI, by a client that gives up soon; None where nothing is there.

    Raises EngineError where its store cannot be reached, with what to do about it.
    """
    if place.startswith(("http://", "https://")):
        raise EngineError(f"{place!r} is an address of the web, which has no folders", "fetch it first")
    try:
        path, conf = _jvm(spark).org.apache.hadoop.fs.Path(place), _impatient(spark)
        system = _jvm(spark).org.apache.hadoop.fs.FileSystem.newInstance(path.toUri(), conf)
        try:
            return system.getFileStatus(path)
        finally:
            system.close()
    except Exception as error:  # py4j wraps whatever the file system says, and a wrong scheme too
        told = reason(error)
        if told.startswith("FileNotFoundException"):
            return None
        raise EngineError(f"{place!r} cannot be reached: {told}", advice(spark, place, str(error))) from error


def advice(spark: SparkSession, place: str, said: str) -> str:
    """What to do when a store says this."""
    package = PACKAGES.get(place.partition("://")[0])
    if package and any(word in said for word in _ABSENT):
        version = _jvm(spark).org.apache.hadoop.util.VersionInfo.getVersion()
        return f"add its package: --spark-conf spark.jars.packages={package.format(version=version)}"
    return next((remedy for word, remedy in _ADVICE if word in said), _SETTINGS)


def know_s3(spark: SparkSession) -> None:
    """Let ``s3://`` be read as ``s3a://`` is, unless it was set: Hadoop itself knows it no more since version 3."""
    if not _conf(spark).get("fs.s3.impl"):
        _conf(spark).set("fs.s3.impl", S3A)


def head(spark: SparkSession, place: str, start: int, size: int) -> bytes:
    """`size` bytes of a file from `start` on, or as many as there are."""
    system, path = reached(spark, place)
    stream = system.open(path)
    try:
        stream.seek(start)
        return bytes(stream.readNBytes(size))
    finally:
        stream.close()


def fetch(spark: SparkSession, place: str, target: Path) -> None:
    """Copy a file from wherever Spark can reach to this machine; it passes by in pieces."""
    system, path = reached(spark, place)
    system.copyToLocalFile(False, path, _jvm(spark).org.apache.hadoop.fs.Path(f"file:{target.as_posix()}"), True)


def delete(spark: SparkSession, folder: str) -> None:
    """Remove a folder with all that is in it, wherever Spark can reach; none is fine too."""
    system, path = reached(spark, folder)
    system.delete(path, True)


def tidy(spark: SparkSession, folder: str, error: BaseException) -> None:
    """Remove a folder after an error, which gets a note where even that cannot be done.

    A task of a job that has failed may still be writing, and would make the folder anew.
    """
    try:
        _await_rest(spark)
        delete(spark, folder)
    except Exception:  # noqa: BLE001  # whatever it is: the error that is raised already says what happened
        error.add_note(f"remove {folder!r}, which could not be removed")


def _await_rest(spark: SparkSession) -> None:
    """Wait until no task runs any more, or for as long as others' jobs may keep a shared cluster busy."""
    tracker = spark.sparkContext._jsc.sc().statusTracker()  # noqa: SLF001  # Python's own does not count tasks
    end = time.monotonic() + RESTLESS
    while time.monotonic() < end and any(each.numRunningTasks() for each in tracker.getExecutorInfos()):
        time.sleep(0.1)


def make(spark: SparkSession, folder: str) -> None:
    """Make a folder and those above it; raises EngineError where it cannot be written to."""
    told, remedy = "", "choose another place"
    try:
        system, path = reached(spark, folder)
        made = system.mkdirs(path)
    except Exception as error:  # noqa: BLE001  # whatever it is: the folder is not there
        made, told, remedy = False, f": {reason(error)}", advice(spark, folder, str(error))
    if not made:
        raise EngineError(f"{folder!r} cannot be written to{told}", remedy)


def _impatient(spark: SparkSession) -> Any:  # noqa: ANN401  # of the JVM
    """The settings of the session, with those of the first look where nobody has set others."""
    conf = _jvm(spark).org.apache.hadoop.conf.Configuration(_conf(spark))
    for key, value in FIRST_LOOK.items():
        if all(str(source).endswith("-default.xml") for source in conf.getPropertySources(key) or ()):
            conf.set(key, value)
    return conf


def _jvm(spark: SparkSession) -> Any:  # noqa: ANN401  # as above
    return spark.sparkContext._jvm  # noqa: SLF001  # pyspark has no other way to a file system


def _conf(spark: SparkSession) -> Any:  # noqa: ANN401  # as above
    return spark.sparkContext._jsc.hadoopConfiguration()  # noqa: SLF001  # as above
