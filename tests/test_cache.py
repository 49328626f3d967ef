"""What a run with the cache writes is what it writes without, and an unchanged document is not examined again."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from provcheck import Limits, Settings, cache, examine, readers
from provcheck.corpus import examine_corpus
from provcheck.engines.store import NAME
from provcheck.errors import CacheError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provcheck.examine import Opened
    from provcheck.model import Envelope, Unread

DAY = dt.date(2026, 1, 31)
STORY = (
    "The harbour board said on Tuesday that the ferry will sail again in May, two winters after a storm tore away "
    "the landing stage. It has rented a vessel of forty metres that carried tourists on a northern lake.\n\n"
    "Island farmers have waited for the line, because flour and fodder had to be brought over in fishing boats. "
    "A single ticket will cost four crowns, the same as before, and the mail goes free of charge as it always did.\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Give a small corpus with a date, a copy, an archive's worth of records, and a text of open encoding."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{STORY}\nPublished in The Harbour Courier, March 12th, 2024\n")
    (folder / "b.txt").write_text(STORY.replace("\n\n", "\n"))
    (folder / "c.jsonl").write_text(
        '{"text": "One ferry sails."}\n{"text": "Two ferries sail.", "date": "2027-05-06"}\n'
    )
    (folder / "d.txt").write_bytes("Sześć łóżek".encode("iso8859-2"))
    (folder / "e ü.txt").write_text("Ein Satz über die Fähre, die im Mai wieder fährt.\n")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Give settings with a cache of its own, in a folder with a space and an umlaut."""
    return Settings(as_of=DAY, workers=1, cache=str(tmp_path / "mein Zwischenspeicher ä"))


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the names of the documents that are examined, as they are."""
    names: list[str] = []
    real = examine.opened

    def opened(envelopes: Sequence[Envelope], *rest: Any) -> list[Opened | Unread]:
        names.extend(envelope.origin.path.rsplit("/", 1)[-1] for envelope in envelopes)
        return real(envelopes, *rest)

    monkeypatch.setattr("provcheck.rows.examine.opened", opened)
    return names


def lines(folder: Path, settings: Settings) -> list[bytes]:
    """Give the records."""
    with examine_corpus([str(folder)], settings) as made:
        return list(made.lines())


def plain(folder: Path, settings: Settings) -> list[bytes]:
    """Give the records as they are without a cache."""
    return lines(folder, replace(settings, cache=None))


def test_same_bytes(root: Path, settings: Settings) -> None:
    """Without, with an empty and with a full cache, by one worker and by two, the records are the same."""
    folder = root / "fixtures" / "corpus"
    expected = plain(folder, settings)
    for workers in (1, 2):
        assert plain(folder, replace(settings, workers=workers)) == expected
        assert lines(folder, replace(settings, workers=workers)) == expected


def test_unchanged_documents_are_not_examined_again(corpus: Path, settings: Settings, examined: list[str]) -> None:
    """Only what is new or changed is examined; what the corpus adds is that of the corpus as it is now."""
    lines(corpus, settings)
    assert sorted(set(examined)) == ["a.txt", "b.txt", "c.jsonl", "d.txt", "e ü.txt"]
    examined.clear()
    assert lines(corpus, settings) == plain(corpus, settings)
    assert len(examined) == 6  # those of the run without a cache
    examined.clear()
    (corpus / "b.txt").write_text("Nothing but another story of the town, its market and its mayor.\n")
    (corpus / "f.txt").write_text(STORY)
    found = lines(corpus, settings)
    assert sorted(examined) == ["b.txt", "f.txt"]
    assert found == plain(corpus, settings)
    (corpus / "a.txt").unlink()
    assert lines(corpus, settings) == plain(corpus, settings)


@pytest.mark.parametrize("change", [{"encoding": "iso8859-2"}, {"date_order": "dmy"}])
def test_settings_that_count(corpus: Path, settings: Settings, examined: list[str], change: dict[str, str]) -> None:
    """Another setting of the examination has other rows."""
    lines(corpus, settings)
    examined.clear()
    other = replace(settings, **change)  # type: ignore[arg-type]  # the keys are fields
    assert lines(corpus, other) == plain(corpus, other)
    assert len(examined) == 12


def test_settings_that_do_not_count(corpus: Path, settings: Settings, examined: list[str]) -> None:
    """The suites, the output and the number of workers do not change a row."""
    lines(corpus, settings)
    examined.clear()
    lines(corpus, replace(settings, suites=("content",), output="elsewhere", workers=2, exclude=("x",)))
    assert examined == []


def test_another_day(corpus: Path, settings: Settings, examined: list[str]) -> None:
    """On another day only those documents are examined again whose dates lie on its other side."""
    for day in (DAY, DAY + dt.timedelta(1), dt.date(2027, 5, 5), dt.date(2027, 5, 6), dt.date(2024, 3, 11)):
        on = replace(settings, as_of=day)
        expected = plain(corpus, on)
        examined.clear()
        assert lines(corpus, on) == expected, day
        assert len(examined) <= 2 or day == DAY


def test_neighbours_count(tmp_path: Path, settings: Settings) -> None:
    """A text of open encoding is read as its neighbours are, also when it was read otherwise without them."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "short.txt").write_bytes("Sześć łóżek".encode("iso8859-2"))
    long = "Gmina ogłosiła, że żłobek przy ulicy Źródlanej będzie gotowy już wiosną, choć ściany są mokre. " * 6
    for count in (0, 8):
        for number in range(count):
            (tmp_path / "corpus" / f"n{number}.txt").write_bytes(f"{long}\nNumer {number}.".encode("iso8859-2"))
        assert lines(tmp_path / "corpus", settings) == plain(tmp_path / "corpus", settings)


def test_damaged_cache(corpus: Path, settings: Settings) -> None:
    """A damaged cache costs its help and a sentence, and is whole again afterwards."""
    expected = lines(corpus, settings)
    file = Path(str(settings.cache)) / NAME
    file.write_bytes(file.read_bytes()[:5000])
    with examine_corpus([str(corpus)], settings) as made:
        assert list(made.lines()) == expected
        assert len(made.notes) <= 1
    assert lines(corpus, settings) == expected
    with examine_corpus([str(corpus)], settings) as made:
        assert made.notes == ()


def test_a_known_file_is_not_opened(corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is one document is known by its bytes; the books of the run are the same."""
    opened: list[str] = []
    real = readers.opened

    def noted(file: readers.File, *rest: object) -> Iterator[Envelope]:
        opened.append(file.source.relative)
        return real(file, *rest)  # type: ignore[arg-type]  # the same arguments

    monkeypatch.setattr(readers, "opened", noted)
    books = []
    for _ in range(2):
        opened.clear()
        with examine_corpus([str(corpus)], settings) as made:
            books.append(made.ledger.as_json())
            assert not made.ledger.faults(len(made))
    assert opened == ["c.jsonl"]
    assert books[0] == books[1]


def test_a_known_file_beyond_the_limit_is_refused(corpus: Path, settings: Settings) -> None:
    """Whoever sets a limit afterwards gets what it says, also for documents that are known."""
    lines(corpus, settings)
    strict = replace(settings, limits=Limits(document_bytes=100))
    found = lines(corpus, strict)
    assert found == plain(corpus, strict)
    assert b"PC108" in found[0]


def test_whole_files_are_whole(root: Path) -> None:
    """What is known by the bytes of its file has all of them, in every format."""
    whole = []
    for envelope in readers.read([str(root / "fixtures")], Settings()):
        if cache._is_file(envelope):
            whole.append(envelope.wrapper)
            assert Path(envelope.origin.path).read_bytes() == envelope.raw
    assert {*whole} == {*cache.FILES}


def test_every_format(root: Path, settings: Settings) -> None:
    """Whatever documents were packed in, a second run gives the bytes of the first."""
    folder = root / "fixtures" / "wrapped"
    expected = plain(folder, settings)
    assert lines(folder, settings) == expected
    assert lines(folder, settings) == expected


def test_a_cache_in_the_source_is_refused(corpus: Path, settings: Settings) -> None:
    """Sources are never written to; a hidden folder is no part of one."""
    with pytest.raises(CacheError, match="never written to"):
        lines(corpus, replace(settings, cache=str(corpus / "cache")))
    assert not (corpus / "cache").exists()
    lines(corpus, replace(settings, cache=str(corpus / ".cache")))


def test_where_caches_belong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The user's wish comes before the habit of the system."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "provcheck"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("provcheck.cache.sys.platform", "linux")
    assert cache.folder() == tmp_path / ".cache" / "provcheck"
    monkeypatch.setattr("provcheck.cache.sys.platform", "darwin")
    assert cache.folder() == tmp_path / "Library" / "Caches" / "provcheck"


def test_a_changed_program_has_a_cache_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The digest of the program covers its code, its data and the libraries, and not what no row depends on."""
    home = tmp_path / "provcheck"
    shutil.copytree(Path(cache.__file__).parent, home, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "_PACKAGE", home)
    before = cache.program.__wrapped__()
    (home / "cli" / "scan.py").write_text("")
    assert cache.program.__wrapped__() == before
    (home / "describe" / "data" / "agencies.tsv").write_text("")
    after = cache.program.__wrapped__()
    assert after != before
    monkeypatch.setattr(cache, "LIBRARIES", cache.LIBRARIES[:-1])
    assert cache.program.__wrapped__() not in (before, after)


def test_killed_runs_go_on(tmp_path: Path, root: Path) -> None:
    """A run that is killed leaves no output and no process, and the next one ends with the same bytes."""
    (tmp_path / "corpus").mkdir()
    for number in range(400):
        text = f"{STORY} Ticket {number} of {number * 7919 % 1000}, sold to {'xyz'[number % 3] * (number % 60)}.\n"
        (tmp_path / "corpus" / f"{number}.txt").write_text(text * 6)
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "provcheck", "scan", "corpus", "--workers", "2", "--as-of", "2026-01-31"]
    whole = [*command, "--no-cache", "-o", "whole.jsonl"]
    begin = time.monotonic()
    subprocess.run(whole, cwd=tmp_path, env=environment, check=True)
    took = time.monotonic() - begin
    for share in (0.5, 0.8):
        part = [*command, "--cache", "cache", "-o", "part.jsonl"]
        with subprocess.Popen(part, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL) as killed:
            time.sleep(share * took)
            killed.kill()
        subprocess.run(part, cwd=tmp_path, env=environment, check=True)
        assert (tmp_path / "part.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
        (tmp_path / "part.jsonl").unlink()
        shutil.rmtree(tmp_path / "cache")
