"""The command line as a whole: wrong usage, exit codes, and what may happen to a process."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from provcheck.cli import VERBS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ended


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scan", "nowhere"], "no such file or folder: 'nowhere'"),
        (["scan", "corpsu"], "did you mean 'corpus'"),
        (["scan"], "Missing argument 'PATH...'"),
        (["scan", "corpus", "--fromat", "csv"], "--format"),
        (["scan", "corpus", "--format", "xml"], "'xml' is not one of"),
        (["scan", "corpus", "--format", "parquet"], "--format parquet needs --output"),
        (["scan", "corpus", "--encoding", "cp1525"], "unknown encoding 'cp1525'"),
        (["scan", "corpus", "--encoding", "hex"], "unknown encoding 'hex'"),
        (["scan", "corpus", "--encoding", "undefined"], "unknown encoding 'undefined'"),
        (["scan", "corpus", "--as-of", "soon"], "'soon' is no date"),
        (["scan", "corpus", "--config", "none.toml"], "no such file"),
        (["validate", "corpus", "--suite", "contents"], "did you mean 'content'"),
        (["validate", "corpus", "--suite", "missing.json"], "missing.json"),
        (["validate", "corpus", "--fail-on", "error"], "'error' is not one of"),
        (["rules", "PC999"], "unknown rule 'PC999'"),
        (["rules", "date-mising"], "did you mean 'date-missing'"),
        (["validat"], "validat"),
        (["repair", "corpus"], "Missing option '-o'"),
        (["repair", "corpus", "-o", "corpus"], "never written to"),
        (["diff", "corpus", "nowhere"], "no such file or folder: 'nowhere'"),
        (["diff", "corpus", "corpus", "-f", "sarif"], "'sarif' is not one of"),
        (["diff", "corpus", "corpus", "--fail-on-new", "error"], "'error' is not one of"),
        (["validate", "corpus", "-f", "xml"], "'xml' is not one of"),
        (["baseline", "corpus"], "Missing option '-o'"),
        (["baseline", "corpus", "-o", "none", "--prune"], "no such file"),
        (["baseline", "corpus", "-o", "no/such/folder"], "there is no folder 'no/such'"),
        (["baseline", "corpus", "-o", "corpus"], "it is a folder"),
        (["baseline", "corpus", "-o", "corpus/a.txt"], "a file of the source corpus, which is never written to"),
        (["scan", "corpus/a.txt", "-o", "corpus/a.txt"], "it is a source, which is never written to"),
        (["scan", "corpus", "-o", "corpus/../corpus/a.txt"], "never written to"),
        (["scan", "corpus", "-o", "corpus/new.jsonl"], "the next run would read it in the source corpus, unless"),
        (["scan", ".", "-o", "new.jsonl"], "the next run would read it in the source ., unless its name"),
        (["repair", "corpus", "-o", "corpus/new"], "the next run would read it in the source corpus, unless"),
        (["diff", "corpus", "corpus", "-o", "corpus/a.txt"], "never written to"),
        (["validate", "corpus", "--also", "json=corpus/a.txt"], "never written to"),
        (["validate", "corpus", "-o", "."], "it holds the source corpus"),
        (["explain", "corpus"], "name one:\n  corpus/a.txt\n  corpus/b.txt\n"),
        (["explain", "corpus/a.txt", "--row", "2"], "has no rows: it is a single document"),
        (["explain", "corpus/a.txt", "--member", "b"], "has no members: it is a single document"),
    ],
)
def test_usage_errors(
    run: Callable[..., Ended],
    tmp_path: Path,
    arguments: list[str],
    said: str,
    corpus: Callable[..., Path],
    article: str,
) -> None:
    """A wrong path, flag, suite, rule, key or output ends with 2 and a line that names it; no source is touched."""
    where = corpus(a__txt=article, **{"explain corpus": {"b__txt": article}}.get(" ".join(arguments), {}))
    ended = run(*arguments)
    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus"]
    assert (where / "a.txt").read_text() == article


def test_unknown_config_keys(
    run: Callable[..., Ended], tmp_path: Path, corpus: Callable[..., Path], article: str
) -> None:
    """All faults of a configuration are told at once."""
    corpus(a__txt=article)
    (tmp_path / "provcheck.toml").write_text('suite = "x"\nsweets = 1\n')
    ended = run("validate", "corpus")
    assert (ended.code, ended.err.count("unknown key")) == (2, 2)


@pytest.mark.parametrize("format_", ["table", "jsonl", "csv"])
def test_hostile_text_is_inert(
    run: Callable[..., Ended], format_: str, corpus: Callable[..., Path], article: str
) -> None:
    """An escape sequence, a script and a formula in text, title and name reach neither terminal nor spreadsheet."""
    body = "=cmd()|' /C calc'!A0 and <script>alert(1)</script>\n\n" + article.replace("ferry", "fer\x1b[31mry")
    where = corpus()
    (where / "\x1b[2J=evil.txt").write_text(body)
    ended = run("scan", "corpus", "-f", format_)
    assert ended.code == 0
    assert "\x1b" not in ended.out if format_ != "csv" else "\x1b" not in ended.out.split("\n")[0]
    if format_ == "csv":
        assert "\n=cmd" not in ended.out
        assert ",=cmd" not in ended.out
    for verb in ("explain", "validate"):
        shown = run(verb, str(where / "\x1b[2J=evil.txt") if verb == "explain" else "corpus")
        assert "\x1b[2J" not in shown.out
        assert "\x1b[31mry" not in shown.out


@pytest.mark.parametrize(
    ("arguments", "variables", "coloured"),
    [
        (("validate", "corpus"), {}, True),
        (("explain", "corpus/a.txt"), {}, True),
        (("explain", "corpus/a.txt"), {"NO_COLOR": "1"}, False),
    ],
)
def test_colours(
    corpus: Callable[..., Path],
    tmp_path: Path,
    arguments: tuple[str, ...],
    variables: dict[str, str],
    *,
    coloured: bool,
) -> None:
    """On a terminal there are colours, unless NO_COLOR asks for none, and lines as wide as the terminal."""
    corpus(a__txt="He said that the")
    main_, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 50, 0, 0))
    known = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS")}
    environment = known | variables | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "provcheck", *arguments]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=side, stderr=subprocess.DEVNULL):
        os.close(side)
        shown = b""
        with suppress(OSError):  # Linux says so when the other side has been closed
            while piece := os.read(main_, 4096):
                shown += piece
    os.close(main_)
    assert (b"\x1b[" in shown) is coloured
    assert max(len(click.unstyle(line)) for line in shown.decode().splitlines()) <= 50


@pytest.mark.parametrize("verb", VERBS)
def test_help(run: Callable[..., Ended], verb: str) -> None:
    """Every verb explains itself."""
    ended = run(verb, "--help")
    assert ended.code == 0
    assert "Usage: provcheck " + verb in ended.out


def provcheck(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    """Start the command in a process of its own."""
    command = [sys.executable, "-m", "provcheck", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]


def test_version_is_quick() -> None:
    """Asking for the version imports nothing heavy."""
    heavy = {
        "dataclasses", "difflib", "great_expectations", "numpy", "orjson", "pandas", "pathlib", "pyarrow", "tempfile",
    }  # fmt: skip
    code = f"import sys, provcheck.cli; print(sorted({heavy} & {{*sys.modules}}))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert out.stdout.strip() == b"[]"


HEAVY = {
    "concurrent.futures", "difflib", "email", "great_expectations", "importlib.resources", "logging", "lxml",
    "multiprocessing", "numpy.ma", "pandas", "provcheck.baseline", "provcheck.gate", "provcheck.reports.html",
    "pyarrow", "pyspark", "rich", "socket", "tomllib", "traceback", "trafilatura", "yaml",
}  # fmt: skip
"""What one small text needs nothing of: together some seconds of imports."""


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_a_small_file_is_quick(corpus: Callable[..., Path], tmp_path: Path, form: str) -> None:
    """To scan one small text imports no more than that takes."""
    told = f"print(sorted({HEAVY} & {{*sys.modules}}), file=sys.stderr)"
    code = f"import sys; from provcheck.cli import main; main(); {told}"
    where = str(corpus(a__txt="LISBON (Reuters) - The bridge was closed on Monday, the city said.\n"))
    command = [sys.executable, "-c", code, "scan", where, "--format", form, "--no-cache"]
    out = subprocess.run(command, capture_output=True, check=True, cwd=tmp_path)
    assert (out.stderr.strip(), bool(out.stdout)) == (b"[]", True)


def test_a_small_file_compiles_few_patterns(corpus: Callable[..., Path], tmp_path: Path) -> None:
    """Of two hundred patterns, ours and the libraries', one small text asks for less than half."""
    code = (
        "import re, sys; made = []; compiled = re.compile\n"
        "re.compile = lambda *given, **named: (made.append(given), compiled(*given, **named))[1]\n"
        "from provcheck.cli import main; code = main(); print(len(made), file=sys.stderr); sys.exit(code)"
    )
    where = str(corpus(a__txt="LISBON (Reuters) - The bridge was closed on Monday, the city said.\n"))
    command = [sys.executable, "-c", code, "scan", where, "--no-cache"]
    out = subprocess.run(command, capture_output=True, check=True, cwd=tmp_path)
    assert int(out.stderr) < 100


@pytest.mark.parametrize(
    ("number", "whole_group"), [(signal.SIGINT, True), (signal.SIGINT, False), (signal.SIGTERM, False)]
)
def test_interrupt(
    tmp_path: Path, corpus: Callable[..., Path], article: str, number: signal.Signals, *, whole_group: bool
) -> None:
    """Ctrl-C, and being told to end, end every process with 130 and one line, and leave no report."""
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    where = corpus(**{f"n{n:04}__txt": f"{article}\nNumber {n}.\n" * 60 for n in range(600)})
    process = provcheck(
        "validate",
        str(where),
        "--workers",
        "2",
        "-o",
        str(tmp_path / "report"),
        cwd=Path.cwd(),
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(scratch)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a test run in the background ignores it
    )
    while process.poll() is None and not any(scratch.iterdir()):  # until it is at work
        time.sleep(0.05)
    (os.killpg if whole_group else os.kill)(process.pid, number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (out, err) == (b"", b"provcheck: interrupted; nothing was written\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus", "tmp"]
    assert list(scratch.iterdir()) == []


def test_reader_that_goes_away(corpus: Callable[..., Path], article: str) -> None:
    """`provcheck scan | head` is no error."""
    where = corpus(**{f"n{n:03}__txt": article * 5 for n in range(200)})
    process = provcheck("scan", str(where), "-f", "jsonl", cwd=Path.cwd())
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.wait(60) == 0


CLOSED = ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"]
ENCODINGS = ["ascii", "cp1252", "utf-8"]


@pytest.mark.parametrize(
    ("arguments", "code", "closed"),
    [
        *product(["scan corpus --no-cache"], [0], CLOSED),
        *product(["scan nowhere"], [2], CLOSED),
        *product(["rules PC501"], [0], CLOSED),
        ("validate corpus --no-cache", 1, CLOSED[-1]),  # it starts Great Expectations, which takes seconds
    ],
)
def test_closed_streams(
    tmp_path: Path, corpus: Callable[..., Path], article: str, arguments: str, code: int, closed: str
) -> None:
    """A stream that the caller has closed leads nowhere, and changes no exit code."""
    corpus(a__txt=article[:150])
    ended = subprocess.run(
        ["sh", "-c", f'exec "$0" -m provcheck {arguments} {closed}', sys.executable],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == code
    assert b"bug" not in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "encoding"),
    [
        *product(["scan corpus", "explain corpus/a.txt", "explain corpus/a.txt --json"], [0], ENCODINGS),
        ("validate corpus", 1, ENCODINGS[0]),
    ],
)
def test_terminals_of_another_encoding(
    tmp_path: Path, corpus: Callable[..., Path], article: str, arguments: str, code: int, encoding: str
) -> None:
    """A character that the output's encoding lacks changes no exit code, and JSON is UTF-8 everywhere."""
    corpus(a__txt="Паром returns “soon”\n\n" + article[:150])
    ended = subprocess.run(
        [sys.executable, "-m", "provcheck", *arguments.split()],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (code, b"")
    if "--json" in arguments:
        assert json.loads(ended.stdout)["text"].startswith("Паром")


@pytest.mark.parametrize(
    "arguments", [("scan", "corpus"), ("validate", "corpus"), ("rules",), ("explain", "corpus/a.txt")]
)
def test_full_disk_behind_the_output(
    tmp_path: Path, corpus: Callable[..., Path], article: str, arguments: tuple[str, ...]
) -> None:
    """What cannot be printed is told by its name, for every verb that prints."""
    corpus(a__txt=article)
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "provcheck", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ended.returncode == 2
    assert b"standard output" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_disk_full(tmp_path: Path, corpus: Callable[..., Path], article: str) -> None:
    """A full disk is told by its name."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    corpus(a__txt=article)
    command = [sys.executable, "-m", "provcheck", "scan", str(tmp_path / "corpus"), "-f", "jsonl"]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 2
    assert b"No space left on device" in ended.stderr
    assert b"Traceback" not in ended.stderr
