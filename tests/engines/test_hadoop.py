"""What Hadoop and Spark say becomes one line, and what to do about it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.engines import hadoop

FRAMES = (
    "\tat org.apache.hadoop.fs.Path.<init>(Path.java:222) ~[hadoop.jar:?]\n\tat java.base/java.lang.Thread.run(X)\n"
)
CALL = "An error occurred while calling o45.exists.\n"
READ = f"""{CALL}: org.apache.spark.SparkException: [FAILED_READ_FILE.NO_HINT] Encountered error while reading file \
s3a://b/a%20b.txt.  SQLSTATE: KD001
{FRAMES}\t... 1 more
Caused by: java.io.IOException: the disk is broken
{FRAMES}\t... 39 more
"""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "RuntimeError"),
        ("\n \n", "RuntimeError"),
        ("seven", "seven"),
        ("java.io.IOException: \x1b[2J\u202egone", "IOException: \\x1b[2J\\u202egone"),
        (f"{CALL}: java.net.ConnectException: refused\n{FRAMES}", "ConnectException: refused"),
        (f": a.OuterException: x\n{FRAMES}Caused by: a.InnerException: y\n{FRAMES}\t... 6 more", "InnerException: y"),
        ("org.apache.hadoop.ipc.RemoteException(java.io.IOException): broken", "IOException: broken"),
        ("Caused by: java.lang.NotFoundException: Class a.b.C", "NotFoundException: Class a.b.C"),
        ("\n[PATH_NOT_FOUND] There is no hdfs://h/a.", "[PATH_NOT_FOUND] There is no hdfs://h/a."),
        ("Traceback (most recent call last):\n  File 'a', line 1\nValueError: seven\n", "ValueError: seven"),
        (READ, "IOException: the disk is broken, while 's3a://b/a b.txt' was read"),
    ],
)  # fmt: skip
def test_reason(said: str, told: str) -> None:
    """The innermost exception is told without its package, and the file that was read."""
    assert hadoop.reason(RuntimeError(said)) == told


@given(
    st.text()
    | st.lists(st.sampled_from([CALL, FRAMES, READ, "Caused by: ", "a.bError: ", "[A] ", "\n", "\r"])).map("".join)
)
def test_reason_is_one_line(said: str) -> None:
    """Whatever is said, one line that is not empty comes of it."""
    told = hadoop.reason(RuntimeError(said))
    assert len(told.splitlines()) == 1
    assert told.isprintable()
    assert len(told) < 1000 + len(said)


@pytest.mark.parametrize(
    ("said", "closed"),
    [
        ("java.io.IOException: the disk is broken", False),
        ("java.io.FileNotFoundException: File does not exist: /a", False),
        ("org.apache.hadoop.security.AccessControlException: Permission denied: user=a", True),
        ("java.nio.file.AccessDeniedException: s3a://b/a: getFileStatus on s3a://b/a: 403 Forbidden", True),
        ("java.io.FileNotFoundException: /a/b.txt (Permission denied)", True),
    ],
)
def test_denied(said: str, closed: bool) -> None:  # noqa: FBT001  # what is expected
    """HDFS, S3A and this machine's own file system each have words for what may not be read."""
    assert hadoop.denied(RuntimeError(said)) is closed


def test_what_to_do() -> None:
    """A file that could not be read is a matter of its store, anything else of the cluster."""
    assert hadoop.remedy(RuntimeError(READ)) == hadoop.AGAIN
    assert "log" in hadoop.remedy(RuntimeError(CALL))
