"""What the tests of the readers share: a corpus in a folder, and its envelopes as short rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from provcheck.config import Settings
from provcheck.readers import Ledger, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from provcheck.model import Envelope


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[[dict[str, bytes]], Path]:
    """Write files into an empty folder, and give the folder."""
    home = tmp_path / "corpus"
    home.mkdir()

    def write(files: dict[str, bytes]) -> Path:
        for name, data in files.items():
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return home

    return write


@pytest.fixture
def envelopes() -> Callable[..., list[Envelope]]:
    """Read paths, and hold the ledger to account on the way."""

    def run(*paths: Path | str, settings: Settings | None = None) -> list[Envelope]:
        ledger = Ledger()
        found = list(read([str(p) for p in paths], settings or Settings(), ledger))
        assert ledger.faults(len(found)) == ()
        return found

    return run


@pytest.fixture
def codes(envelopes: Callable[..., list[Envelope]]) -> Callable[..., list[Any]]:
    """Read paths, and give for each row its code, or its text where it is a document."""

    def run(*paths: Path | str, settings: Settings | None = None) -> list[Any]:
        return [e.problem.code if e.problem else e.raw for e in envelopes(*paths, settings=settings)]

    return run
