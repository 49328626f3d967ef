"""The list of files is that of GNU sha256sum, to the byte and in both directions."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.certificate import manifest

DIGEST = "ab" * 32
HARD = (
    b"plain",
    b"a b",
    b" lead",
    b"two\nlines",
    b"back\\slash",
    b"cr\r",
    b"\\n",
    b"\xe9.txt",
    b"\xc3\xa4",
    b"*x",
    b"#y",
)
NAMES = st.binary(min_size=1, max_size=40).filter(lambda n: not {0, 47} & {*n} and n not in (b".", b".."))


def read(line: bytes) -> bytes:
    """Take a line apart as `sha256sum -c` does, and give the name."""
    digest, name = line.removesuffix(b"\n").split(b"  ", 1)
    if not digest.startswith(b"\\"):
        return name
    found, rest = b"", name
    while rest:
        if rest.startswith(b"\\"):
            found, rest = found + {b"\\": b"\\", b"n": b"\n", b"r": b"\r"}[rest[1:2]], rest[2:]
        else:
            found, rest = found + rest[:1], rest[1:]
    return found


@given(st.lists(NAMES, max_size=8, unique=True))
def test_round_trip(names: list[bytes]) -> None:
    """Every name comes back, and takes one line, whatever bytes it has."""
    digests = {str(number): DIGEST for number in range(len(names))}
    lines = list(manifest(digests, {str(number): name for number, name in enumerate(names)}))
    assert all(line.count(b"\n") == 1 and b"\r" not in line and DIGEST.encode() in line for line in lines)
    assert sorted(map(read, lines)) == sorted(names)


def test_as_sha256sum_writes_it() -> None:
    """The lines are those that the program itself writes, and it finds all of them in order."""
    if not shutil.which("sha256sum"):
        pytest.skip("sha256sum is not installed")
    with tempfile.TemporaryDirectory() as place:
        digests, odd = {}, {}
        for number, name in enumerate(HARD):
            (Path(os.fsdecode(os.fsencode(place) + b"/" + name))).write_bytes(name)
            digests[str(number)], odd[str(number)] = hashlib.sha256(name).hexdigest(), name
        ours = b"".join(manifest(digests, odd))
        theirs = subprocess.run(["sha256sum", "--", *HARD], cwd=place, capture_output=True, check=True).stdout
        assert sorted(ours.splitlines()) == sorted(theirs.splitlines())
        checked = subprocess.run(
            ["sha256sum", "--strict", "-c"], cwd=place, input=ours, capture_output=True, check=True
        )
        assert checked.stdout.count(b": OK\n") == len(HARD)


def test_a_file_without_digest_is_a_comment() -> None:
    """It is named, and the program passes over it."""
    made = b"".join(manifest({"b\nc": None, "a": DIGEST}, {}))
    assert made == DIGEST.encode() + b"  a\n# no digest: b\\nc\n"
