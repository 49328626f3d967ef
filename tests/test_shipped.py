"""Data files are read as they stand."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import provcheck
from provcheck import shipped

FILES = sorted(path for path in Path(provcheck.__file__).parent.rglob("data/*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_table_is_what_the_standard_library_reads(path: Path) -> None:
    """Every table of the package has the value and the order that `json` gives it."""
    room = path.parents[1].relative_to(Path(provcheck.__file__).parent)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert json.dumps(shipped.table(str(room), path.name)) == json.dumps(told)


def test_what_is_not_shipped() -> None:
    """A file that is not there is a bug of ours, and is told by its name."""
    with pytest.raises(FileNotFoundError, match=r"none\.json"):
        shipped.table("describe", "none.json")


def test_from_a_zip(tmp_path: Path) -> None:
    """The workers of a cluster import the package from a zip, and read its data there."""
    home = Path(provcheck.__file__).parent
    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as sent:
        for path in (path for path in home.rglob("*") if path.suffix in (".py", ".json", ".txt", ".npy", ".tsv")):
            sent.write(path, path.relative_to(home.parent))
    code = (
        "import sys; sys.path.insert(0, './sent.zip')\n"
        "from provcheck import examine, shipped\n"
        "from provcheck.config import Settings\n"
        "from provcheck.model import Envelope, Origin\n"
        "assert 'sent.zip' in shipped.__file__\n"
        "raw = b'LISBON: The bridge over the bay was closed on Monday because of strong winds from the west.'\n"
        "print(examine.examine(Envelope(Origin('a.txt', 'a.txt'), 'txt', raw), Settings()).description.place.value)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("LISBON\n", "")
