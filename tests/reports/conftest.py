"""What several tests of reports look at."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from provcheck import corpus, validation
from provcheck.baseline import Baseline
from provcheck.config import Settings
from provcheck.waivers import Waiver

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = (
    "The ferry will sail again from the first week of May, the harbour board said on Tuesday, two winters after a "
    "storm tore away the landing stage. The board has rented a vessel of forty metres, as is told in"
)


@pytest.fixture(scope="session")
def accepted(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of a corpus of which one fault is new, some are known, one is waived and one was mended."""
    settings = Settings(as_of=dt.date(2026, 1, 1), workers=1)
    place = tmp_path_factory.mktemp("accepted")
    shutil.copytree(root / "fixtures" / "corpus", place / "corpus")
    (place / "corpus" / "old.txt").write_text("He said that the", encoding="utf-8")
    waivers = (Waiver("PC302", "waived.txt", "looked at <b>", dt.date(2027, 1, 1)),)
    with corpus.examine_corpus([str(place / "corpus")], settings) as before_:
        (place / "known").write_text("".join(Baseline.of(before_.records()).lines()), encoding="utf-8")
    (place / "corpus" / "old.txt").unlink()
    for name in ("waived.txt", "new.txt"):
        (place / "corpus" / name).write_text(f"{ARTICLE} {name}.\n", encoding="utf-8")
    settings = replace(settings, baseline=str(place / "known"), waivers=waivers, output=str(place / "r"))
    validation.validate([str(place / "corpus")], settings)
    return place / "r"
