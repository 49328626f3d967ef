"""`provcheck baseline`, and what `validate` makes of baselines and waivers."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.cli.conftest import Ended

AS_OF = ("--as-of", "2026-01-01", "--workers", "1")


@pytest.mark.usefixtures("faulty")
def test_baseline(run: Callable[..., Ended], articles: Sequence[str], credit: str) -> None:
    """With a baseline the old faults pass, a new one fails, and what was mended is told and can be taken out."""
    assert run("validate", "corpus", *AS_OF).code == 1
    ended = run("baseline", "corpus", "-o", ".known", *AS_OF)
    assert (ended.code, ended.out) == (0, "")
    assert "known findings written to .known" in ended.err
    first = Path(".known").read_bytes()
    ended = run("validate", "corpus", "--baseline", ".known", *AS_OF)
    assert ended.code == 0
    assert "known findings are in the baseline, 0 no longer occur" in ended.out
    Path("corpus/new.txt").write_text(articles[4])
    ended = run("validate", "corpus", "--baseline", ".known", "-f", "github", *AS_OF)
    assert ended.code == 1
    assert "corpus/new.txt" in ended.out
    assert "corpus/old" not in ended.out
    Path("corpus/new.txt").unlink()
    Path("corpus/old0.txt").write_text(articles[0] + credit)
    ended = run("validate", "corpus", "--baseline", ".known", *AS_OF)
    assert ended.code == 0
    assert ", 0 no longer occur" not in ended.out
    assert run("baseline", "corpus", "-o", ".known", "--prune", *AS_OF).code == 0
    assert set(Path(".known").read_bytes().splitlines()) < set(first.splitlines())
    assert ", 0 no longer occur" in run("validate", "corpus", "--baseline", ".known", *AS_OF).out


@pytest.mark.usefixtures("faulty")
def test_from_what_was_examined_before(run: Callable[..., Ended]) -> None:
    """A report, a frame and a frame in parts give the baseline of their corpus, by the waivers of today."""
    run("baseline", "corpus", "-o", ".corpus", *AS_OF)
    waived = '[[waivers]]\nrule = "date-missing"\npath = "*"\nreason = "r"\nexpires = 2026-06-01\n'
    Path("waived.toml").write_text(waived)
    run("validate", "corpus", "-o", "report", "--config", "waived.toml", *AS_OF)
    run("scan", "corpus", "-o", "frame.parquet", *AS_OF)
    Path("parts").mkdir()
    shutil.copy("frame.parquet", "parts/part-00000-x.zstd.parquet")
    for made in ("report", "frame.parquet", "parts"):
        assert run("baseline", made, "-o", ".made", *AS_OF).code == 0
        assert Path(".made").read_bytes() == Path(".corpus").read_bytes()
        run("baseline", made, "-o", ".made", "--config", "waived.toml", *AS_OF)
        assert "PC302" not in Path(".made").read_text()
    assert run("baseline", "corpus", "frame.parquet", "-o", ".made", *AS_OF).code == 2


@pytest.mark.usefixtures("faulty")
def test_a_known_document_may_move(run: Callable[..., Ended]) -> None:
    """Its findings stay known under another name, in another folder and with lines of its own."""
    run("baseline", "corpus", "-o", ".known", *AS_OF)
    Path("corpus/sub").mkdir()
    Path("corpus/old0.txt").rename("corpus/sub/renamed.txt")
    assert run("validate", "corpus", "--baseline", ".known", *AS_OF).code == 0


@pytest.mark.usefixtures("faulty")
def test_a_new_empty_file_is_never_known(run: Callable[..., Ended]) -> None:
    """One empty file that is there already excuses no other."""
    Path("corpus/empty.txt").write_bytes(b"")
    run("baseline", "corpus", "-o", ".known", *AS_OF)
    assert "PC102" not in Path(".known").read_text()
    assert run("validate", "corpus", "--baseline", ".known", *AS_OF).code == 1


@pytest.mark.usefixtures("faulty")
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


@pytest.mark.usefixtures("faulty")
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


@pytest.mark.usefixtures("faulty")
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
