"""The session: what is missing is said in a line; the package travels as a zip."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from provcheck.cli import USAGE, main
from provcheck.distributed.counts import Lengths
from provcheck.distributed.listing import placed
from provcheck.engines import spark
from provcheck.errors import EngineError

if TYPE_CHECKING:
    from pathlib import Path


def test_without_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """One line says what to install, and nothing else is printed."""
    pytest.importorskip("pyspark")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    (tmp_path / "a.txt").write_text("Words.")
    assert main(["scan", str(tmp_path / "a.txt"), "--engine", "spark", "-o", str(tmp_path / "out")]) == USAGE
    assert capfd.readouterr().err == (
        "provcheck: there is no Java; install Java 17 or newer, or point JAVA_HOME to it\n"
    )


def test_without_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(EngineError, match=r"pip install 'provcheck\[spark\]'"):
        spark.require()


@pytest.mark.parametrize(
    ("said", "known"), [('openjdk version "17.0.15" 2025', 17), ('java version "1.8.0_1"', 1), ("?", None)]
)
def test_version_of_java(said: str, known: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The version is what Java says of itself; an old one is refused."""
    program = tmp_path / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho '{said}' >&2\n")
    program.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert spark.java() == known
    if known == 1:
        pytest.importorskip("pyspark")
        with pytest.raises(EngineError, match="Java is version 1"):
            spark.require()


def test_zip_examines(tmp_path: Path) -> None:
    """A process that has nothing but the zip and the libraries examines a document: the data files came along."""
    program = """
        import sys
        sys.path.insert(0, sys.argv[1])
        import provcheck
        assert sys.argv[1] in provcheck.__file__, provcheck.__file__
        from provcheck import examine, readers
        from provcheck.config import Settings
        for row in examine.rows(list(readers.read([sys.argv[2]], Settings())), Settings()):
            print(row.line.decode())
    """
    text = "BERLIN (dpa) - Der Regen hört auch am Montag nicht auf, teilte der Wetterdienst in Potsdam mit."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    call = [sys.executable, "-I", "-c", textwrap.dedent(program), spark.packed(), str(tmp_path / "a.txt")]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert '"place":"BERLIN"' in done.stdout, done.stderr


def test_reason() -> None:
    """Of a long error the line that names the cause is told."""
    told = "An error occurred while calling o1.save.\n: org.apache.spark.SparkException: J\n  ValueError: seven\n at x"
    assert spark.reason(RuntimeError(told)) == "ValueError: seven"
    assert spark.reason(RuntimeError()) == "RuntimeError"


def test_lengths_are_a_list() -> None:
    """Counts read as the sorted list that they stand for."""
    counts = {50: 3, 7: 1, 51: 2}
    assert list(Lengths(counts)) == [7, 50, 50, 50, 51, 51]
    assert Lengths(counts)[1:3] == [50, 50]
    assert len(Lengths({})) == 0
    with pytest.raises(IndexError):
        Lengths(counts)[6]


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///data/a/b.txt", ("given/b.txt", "b.txt")),
        ("file:/data/a/a/b.txt", ("given/a/b.txt", "a/b.txt")),
        ("file:/data/c.txt", ("/data/c.txt", "c.txt")),
    ],
)
def test_placed(uri: str, path: tuple[str, str]) -> None:
    """The longest root of a URI decides, however Spark writes it."""
    assert placed(uri, [("file:/data/", "/data/"), ("file:/data/a/", "given/")]) == path
