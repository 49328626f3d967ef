"""The witness: every file has a name and the digest of the bytes that were examined, or a reason."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from provcheck import readers
from provcheck.config import Settings
from provcheck.errors import SameNameError
from provcheck.readers import Ledger
from provcheck.witness import Names, Witness, disk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LARGE = b"The ferry sails again. " * 100_000


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder with a corpus."""
    monkeypatch.chdir(tmp_path)
    for name, body in (("a.txt", b"one"), ("sub/b.txt", b"two"), ("sub/large.txt", LARGE), ("empty.txt", b"")):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return tmp_path


def witnessed(paths: Sequence[str]) -> Witness:
    """Pass all files below the paths by a witness, and read them, as a run does."""
    witness, ledger, settings = Witness(Names.below(paths)), Ledger(), Settings()
    for file in witness(readers.files(paths, settings, ledger)):
        for _ in readers.opened(file, settings, ledger):
            pass
    return witness


def test_digests() -> None:
    """Small, large and empty files have the digests of their bytes, by the witness and from the disk."""
    bodies = {"a.txt": b"one", "sub/b.txt": b"two", "sub/large.txt": LARGE, "empty.txt": b""}
    wanted = {name: hashlib.sha256(body).hexdigest() for name, body in bodies.items()}
    witness = witnessed(["corpus"])
    assert witness.digests == wanted == dict(disk(["corpus"], Names.below(["corpus"])))
    assert (witness.reasons, witness.odd, list(witness.marks)) == ({}, {}, ["sub/large.txt"])
    assert witness.written() == []


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["corpus/a.txt"], {"a.txt"}),
        (["corpus/sub"], {"b.txt", "large.txt"}),
        (["corpus/"], {"a.txt", "empty.txt", "sub/b.txt", "sub/large.txt"}),
        (["./corpus"], {"a.txt", "empty.txt", "sub/b.txt", "sub/large.txt"}),
        (["corpus", "corpus"], {"a.txt", "empty.txt", "sub/b.txt", "sub/large.txt"}),
        (["corpus/a.txt", "corpus/sub"], {"a.txt", "sub/b.txt", "sub/large.txt"}),
        (["corpus/sub", "other"], {"sub/b.txt", "sub/large.txt", "other/b.txt"}),
        ([".", "../side"], {"side/c.txt", "HERE/corpus/a.txt"}),
    ],
)
def test_names(here: Path, paths: list[str], names: set[str]) -> None:
    """Names stand below the path; below the last name of the path where there are several; never above."""
    (here / "other").mkdir()
    (here / "other/b.txt").write_bytes(b"three")
    (here.parent / "side").mkdir(exist_ok=True)
    (here.parent / "side/c.txt").write_bytes(b"four")
    found = {name for name, _ in disk(paths, Names.below(paths))}
    wanted = {name.replace("HERE", here.name) for name in names}
    assert found >= wanted
    assert found == wanted or "." in paths
    assert not any(part in ("", ".", "..") for name in found for part in name.split("/"))


def test_an_absolute_path_leaves_no_trace(here: Path) -> None:
    """The names are the same wherever the corpus lies."""
    given = [str(here / "corpus")]
    assert dict(disk(given, Names.below(given))) == dict(disk(["corpus"], Names.below(["corpus"])))


def test_two_files_of_one_name(here: Path) -> None:
    """A statement could not tell them apart, so there is none."""
    (here / "x/corpus").mkdir(parents=True)
    (here / "x/corpus/a.txt").write_bytes(b"another")
    with pytest.raises(SameNameError, match=r"two files would both be called 'corpus/a\.txt'"):
        witnessed(["corpus", "x/corpus"])


def test_names_that_are_not_utf8(here: Path) -> None:
    """They are shown with escapes, and their bytes are kept."""
    (here / os.fsdecode(b"corpus/caf\xe9.txt")).write_bytes(b"x")
    (here / "corpus/Ä ß.txt").write_bytes(b"x")
    witness = witnessed(["corpus"])
    assert witness.odd == {r"caf\xe9.txt": b"caf\xe9.txt"}
    assert "Ä ß.txt" in witness.digests
    (here / r"corpus/caf\xe9.txt").write_bytes(b"y")
    with pytest.raises(SameNameError):
        witnessed(["corpus"])


def test_links_pipes_and_archives(here: Path) -> None:
    """A link inside has the digest of what it leads to; one that leads out, and a pipe, are named and never opened."""
    (here / "secret").write_bytes(b"secret")
    (here / "corpus/in.txt").symlink_to("a.txt")
    (here / "corpus/out.txt").symlink_to(here / "secret")
    (here / "corpus/gone.txt").symlink_to("nowhere")
    (here / "corpus/folder").symlink_to("sub")
    os.mkfifo(here / "corpus/pipe.txt")
    witness = witnessed(["corpus"])
    assert witness.digests["in.txt"] == hashlib.sha256(b"one").hexdigest()
    assert witness.reasons == {"gone.txt": "PC101", "out.txt": "PC109", "pipe.txt": "PC109"}
    assert {name for name, digest in witness.digests.items() if digest is None} == witness.reasons.keys()
    assert dict(disk(["corpus"], witness.names)) == witness.digests
    assert "folder/b.txt" not in witness.digests


@pytest.mark.parametrize("body", [LARGE[:-1] + b"!", LARGE + b"more", LARGE], ids=["changed", "longer", "same bytes"])
def test_a_large_file_that_is_written_to(here: Path, body: bytes) -> None:
    """What is written between the digest and the second look is seen, even where the bytes are the same again."""
    witness = witnessed(["corpus"])
    path = here / "corpus/sub/large.txt"
    path.write_bytes(b"for a moment something else")
    path.write_bytes(body)
    assert witness.written() == ["sub/large.txt"]
    path.unlink()
    assert witness.written() == ["sub/large.txt"]


def test_own_files(here: Path) -> None:
    """Configuration and suites inside of the corpus are named below it, and found again elsewhere."""
    names = Names.below(["corpus"])
    assert names.inside([str(here / "corpus/sub"), "corpus/a.txt", "elsewhere.toml", "corpus", "."]) == ["a.txt", "sub"]
    own = names.places(["a.txt", "sub"])
    assert own == ["corpus/a.txt", "corpus/sub"]
    assert {name for name, _ in disk(["corpus"], names, own=own)} == {"empty.txt"}
    several = Names.below(["corpus", "x"])
    assert several.places(["corpus/a.txt"]) == ["corpus/a.txt"]


def test_nothing_is_left(here: Path) -> None:
    """An empty folder is no error here: all that was stated is missing then."""
    (here / "empty").mkdir()
    assert list(disk(["empty"], Names.below(["empty"]))) == []
