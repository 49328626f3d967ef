"""Formats, baselines, waivers and comparisons, from the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import jsonschema
import pytest

from provcheck.cli import main
from provcheck.reports import results
from provcheck.reports.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLES = (
    """Ferry line returns after two winters

The ferry will sail again from the first week of May, the harbour board said on Tuesday, two winters after a storm tore
away the landing stage. The board has rented a vessel that carried tourists on a northern lake until last autumn.
""",
    """School kitchens buy from farms nearby

Half of all vegetables on the plates of pupils shall come from fields within a day's walk, the council decided. Cooks
had asked for it in a letter; farmers say that carrots are no trouble, while peas will need a colder store.
""",
    """A choir learns songs that nobody wrote down

Four women over eighty have sung into a recorder in the parish hall what their mothers hummed over the washing. None
of the tunes stands in a book, and no two of the singers had learned quite the same words to any of them.
""",
    """Bridge closed while engineers look at its feet

Lorries go round by the upper valley for at least a month. Divers found last week that the river has washed gravel from
under the second pier, which was set on oak piles in the time of the great flood and has not been touched since.
""",
    """Library lends out seeds beside its novels

Readers take home beans and tomatoes in envelopes and bring back what they saved from the best plants in autumn. The
idea came from a gardener who could no longer find the lettuce of her childhood in any catalogue.
""",
)
CREDIT = "\nPublished in The Harbour Courier, March 12th, 2024\n"
AS_OF = ("--as-of", "2026-01-01", "--workers", "1")


class Ended(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ended]:
    """Run the command line in a folder with a corpus of three documents without date and outlet, and one with both."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "corpus"
    folder.mkdir()
    for n in range(3):
        (folder / f"old{n}.txt").write_text(ARTICLES[n])
    (folder / "good.txt").write_text(ARTICLES[3] + CREDIT)

    def call(*arguments: str) -> Ended:
        code = main(list(arguments))
        captured = capfdbinary.readouterr()
        return Ended(code, captured.out.decode(), captured.err.decode())

    return call


@pytest.mark.parametrize("format_", FORMATS)
def test_formats(run: Callable[..., Ended], root: Path, format_: str) -> None:
    """Each format is printed alone and whole, with the same exit code and the same report as the text."""
    ended = run("validate", "corpus", "-f", format_, *AS_OF)
    assert (ended.code, ended.err) == (1, "")
    assert Path("provcheck-report/data_docs/index.html").is_file()
    assert str(Path.cwd()) not in ended.out
    if format_ == "json":
        assert ended.out == Path("provcheck-report/results.json").read_text(encoding="utf-8")
        jsonschema.validate(json.loads(ended.out), json.loads(results.SCHEMA.read_text(encoding="utf-8")))
    elif format_ == "sarif":
        schema = json.loads((root / "fixtures/schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
        jsonschema.validate(json.loads(ended.out), schema)
    elif format_ == "junit":
        assert int(ET.fromstring(ended.out).get("failures", "0")) > 0
    else:
        assert "corpus/old0.txt" in ended.out
    if format_ in ("sarif", "github"):  # a host knows files by their path in the checkout, however they were given
        assert run("validate", str(Path("corpus").resolve()), "-f", format_, *AS_OF).out == ended.out


def test_formats_are_the_same_over_workers(run: Callable[..., Ended]) -> None:
    """One worker and two give the same bytes."""
    one = run("validate", "corpus", "-f", "sarif", *AS_OF)
    assert one == run("validate", "corpus", "-f", "sarif", *AS_OF[:-1], "2")


def test_baseline(run: Callable[..., Ended]) -> None:
    """With a baseline the old faults pass, a new one fails, and what was mended is told and can be taken out."""
    assert run("validate", "corpus", *AS_OF).code == 1
    ended = run("baseline", "corpus", "-o", ".known", *AS_OF)
    assert (ended.code, ended.out) == (0, "")
    assert "known findings written to .known" in ended.err
    first = Path(".known").read_bytes()
    ended = run("validate", "corpus", "--baseline", ".known", *AS_OF)
    assert ended.code == 0
    assert "known findings are in the baseline, 0 no longer occur" in ended.out
    Path("corpus/new.txt").write_text(ARTICLES[4])
    ended = run("validate", "corpus", "--baseline", ".known", "-f", "github", *AS_OF)
    assert ended.code == 1
    assert "corpus/new.txt" in ended.out
    assert "corpus/old" not in ended.out
    Path("corpus/new.txt").unlink()
    Path("corpus/old0.txt").write_text(ARTICLES[0] + CREDIT)
    ended = run("validate", "corpus", "--baseline", ".known", *AS_OF)
    assert ended.code == 0
    assert ", 0 no longer occur" not in ended.out
    assert run("baseline", "corpus", "-o", ".known", "--prune", *AS_OF).code == 0
    assert set(Path(".known").read_bytes().splitlines()) < set(first.splitlines())
    assert ", 0 no longer occur" in run("validate", "corpus", "--baseline", ".known", *AS_OF).out


def test_a_known_document_may_move(run: Callable[..., Ended]) -> None:
    """Its findings stay known under another name, in another folder and with lines of its own."""
    run("baseline", "corpus", "-o", ".known", *AS_OF)
    Path("corpus/sub").mkdir()
    Path("corpus/old0.txt").rename("corpus/sub/renamed.txt")
    assert run("validate", "corpus", "--baseline", ".known", *AS_OF).code == 0


def test_a_new_empty_file_is_never_known(run: Callable[..., Ended]) -> None:
    """One empty file that is there already excuses no other."""
    Path("corpus/empty.txt").write_bytes(b"")
    run("baseline", "corpus", "-o", ".known", *AS_OF)
    assert "PC102" not in Path(".known").read_text()
    assert run("validate", "corpus", "--baseline", ".known", *AS_OF).code == 1


@pytest.mark.parametrize(
    ("text", "said"), [(None, "no such file"), ("", "it is empty"), ("# x\n", "it is no baseline")]
)
def test_a_baseline_that_is_none(run: Callable[..., Ended], text: str | None, said: str) -> None:
    """The run ends before anything is examined or written."""
    if text is not None:
        Path(".known").write_text(text)
    ended = run("validate", "corpus", "--baseline", ".known", *AS_OF)
    assert ended.code == 2
    assert said in ended.err
    assert not Path("provcheck-report").exists()


def test_baseline_lets_git_join(run: Callable[..., Ended]) -> None:
    """In a working tree of git the file is marked once, and other attributes are kept."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    run("baseline", "corpus", "-o", ".known", *AS_OF)
    assert not Path(".gitattributes").exists()
    subprocess.run(["git", "init", "-q"], check=True)
    Path(".gitattributes").write_text("*.bin binary")
    for _ in range(2):
        run("baseline", "corpus", "-o", ".known", *AS_OF)
    assert Path(".gitattributes").read_text() == "*.bin binary\n.known merge=union\n"


WAIVER = """
[[waivers]]
rule = "{rule}"
path = "{path}"
reason = "These came from the old archive."
expires = {expires}
"""


def test_waivers(run: Callable[..., Ended]) -> None:
    """What is waived does not count until the day it expires; then it counts, and the waiver is a finding."""
    config = "".join(WAIVER.format(rule=r, path="old*.txt", expires="2026-06-30") for r in ("PC302", "outlet-missing"))
    Path("provcheck.toml").write_text(config + WAIVER.format(rule="PC501", path="x", expires="2026-06-30"))
    ended = run("validate", "corpus", *AS_OF)
    assert ended.code == 0
    assert "6 findings are waived" in ended.out
    assert "the waiver of PC501 for 'x' speaks of no finding" in ended.out
    run("baseline", "corpus", "-o", ".known", *AS_OF)
    assert "PC302" not in Path(".known").read_text()
    ended = run("validate", "corpus", "--as-of", "2026-07-01")
    assert ended.code == 1
    assert "PC803 waiver-expired" in ended.out
    assert "expired on 2026-06-30 and waives nothing" in ended.out


def test_diff(run: Callable[..., Ended]) -> None:
    """Reports, frames and corpora can be compared with one another, and give the same."""
    run("validate", "corpus", "-o", "report", *AS_OF)
    run("scan", "corpus", "-o", "frame.parquet", *AS_OF)
    shutil.copytree("corpus", "after")
    Path("after/old0.txt").rename("after/moved.txt")
    Path("after/old1.txt").write_text(ARTICLES[1] + "\nMore of it follows on Monday, when the council meets again.\n")
    Path("after/good.txt").unlink()
    Path("after/new.txt").write_text(ARTICLES[4])
    shown = {run("diff", old, "after", "-f", "json") for old in ("report", "frame.parquet", "corpus")}
    assert len(shown) == 1
    found = json.loads(shown.pop().out)["documents"]
    assert {kind: found[kind] for kind in ("added", "removed", "changed", "moved")} == {
        "added": ["new.txt"], "removed": ["good.txt"], "changed": ["old1.txt"], "moved": [["old0.txt", "moved.txt"]],
    }  # fmt: skip
    assert run("diff", "corpus", "after", "--fail-on-new", "critical").code == 0
    assert run("diff", "corpus", "after", "--fail-on-new", "warning").code == 1
    assert run("diff", "corpus", "report", "--fail-on-new", "info").code == 0
    ended = run("diff", "corpus", "after", "-f", "html", "-o", "page.html", "--fail-on-new", "warning")
    assert (ended.code, ended.out) == (1, "")
    assert "<li>old0.txt → moved.txt</li>" in Path("page.html").read_text(encoding="utf-8")
    Path("after/results.json").write_text("{}")  # a corpus may hold a file of this name
    assert "results.json" in run("diff", "corpus", "after").out


def test_a_reader_that_goes_away_does_not_pass_the_gate(run: Callable[..., Ended]) -> None:
    """`provcheck validate … | head` ends as the gate says, whoever reads."""
    run("validate", "corpus", *AS_OF)
    for format_ in ("text", "sarif"):
        command = [sys.executable, "-m", "provcheck", "validate", "corpus", "-f", format_, *AS_OF]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stderr is not None
        with process.stdout, process.stderr:
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.wait(60) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["diff", "corpus", "nowhere"], "no such file or folder: 'nowhere'"),
        (["diff", "corpus", "corpus", "-f", "sarif"], "'sarif' is not one of"),
        (["diff", "corpus", "corpus", "--fail-on-new", "error"], "'error' is not one of"),
        (["validate", "corpus", "-f", "xml"], "'xml' is not one of"),
        (["baseline", "corpus"], "Missing option '-o'"),
        (["baseline", "corpus", "-o", "none", "--prune"], "no such file"),
        (["baseline", "corpus", "-o", "no/such/folder"], "cannot write"),
    ],
)
def test_usage(run: Callable[..., Ended], arguments: list[str], said: str) -> None:
    """What cannot be done is said in a line."""
    ended = run(*arguments)
    assert (ended.code, said in ended.err, "Traceback" in ended.err) == (2, True, False)


def test_cache(run: Callable[..., Ended], tmp_path: Path) -> None:
    """What was examined is kept, shown and cleared; nothing of it without a cache."""
    place = str(tmp_path / "Cache mit ä")
    assert run("cache", "--cache", place).out == f"folder   {place}\nentries  0\nsize     0 bytes\n"
    first = run("scan", "corpus", "-f", "jsonl", "--cache", place)
    again = run("scan", "corpus", "-f", "jsonl", "--cache", place)
    without = run("scan", "corpus", "-f", "jsonl", "--no-cache")
    assert first.out == again.out == without.out != ""
    assert first.err == again.err == without.err == ""
    shown = run("cache", "--cache", place).out.splitlines()
    assert shown[:2] == [f"folder   {place}", "entries  4"]
    assert run("cache", "--clear", "--cache", place).out.startswith("4 entries deleted")
    assert "entries  0" in run("cache", "--cache", place).out


def test_cache_that_does_not_work(run: Callable[..., Ended], tmp_path: Path) -> None:
    """A cache that is damaged or cannot be is told in one line, and the records are the same."""
    (tmp_path / "file").write_text("")
    expected = run("scan", "corpus", "-f", "jsonl", "--no-cache").out
    ended = run("scan", "corpus", "-f", "jsonl", "--cache", "file")
    assert (ended.code, ended.out) == (0, expected)
    assert ended.err.startswith("provcheck: the cache in ")
    assert ended.err.count("\n") == 1
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "rows-1.sqlite3").write_bytes(b"no database" * 999)
    ended = run("scan", "corpus", "-f", "jsonl", "--cache", "cache")
    assert (ended.code, ended.out) == (0, expected)
    assert "was damaged, and was begun anew" in ended.err
    assert run("scan", "corpus", "-f", "jsonl", "--cache", "cache").err == ""


def test_cache_of_the_configuration(run: Callable[..., Ended], tmp_path: Path) -> None:
    """The file names the folder, from where it stands, or switches the cache off."""
    (tmp_path / "provcheck.toml").write_text('cache = ".cache/ours"\n')
    run("scan", "corpus")
    assert (tmp_path / ".cache" / "ours" / "rows-1.sqlite3").is_file()
    (tmp_path / "provcheck.toml").write_text("cache = false\n")
    assert run("cache").out == "no cache: the configuration switches it off\n"
    assert run("scan", "corpus").code == 0
    (tmp_path / "provcheck.toml").write_text("cache = true\n")
    assert "cache must be a string, not True" in run("scan", "corpus").err


def test_cache_in_the_corpus_is_refused(run: Callable[..., Ended]) -> None:
    """Sources are never written to."""
    ended = run("scan", "corpus", "--cache", "corpus/cache")
    assert ended.code == 2
    assert "never written to" in ended.err
