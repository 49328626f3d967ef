"""Configuration files: what they set, and all that is refused."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest

from provcheck import config
from provcheck.config import Settings
from provcheck.errors import ConfigError


def load(folder: Path, text: str, name: str = "provcheck.toml") -> Settings:
    """Load a configuration with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return config.load(path, Settings())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sweets = 1", "unknown key 'sweets'"),
        ('suite = ["content"]', "did you mean 'suites'"),
        ("[limits]\ndocument_byte = 1", "did you mean 'document_bytes'"),
        ("[limits]\ndocument_bytes = 0", "limits.document_bytes must be a whole number above 0"),
        ("[limits]\ndocument_bytes = true", "whole number"),
        ("limits = 3", "limits must be a table"),
        ('fail_on = "error"', "fail_on must be one of critical, warning, info"),
        ('date_order = "mdd"', "date_order must be one of"),
        ('as_of = "soon"', "as_of must be a date"),
        ("workers = -1", "workers must be a whole number"),
        ("exclude = [1]", "exclude must be a string or a list of strings"),
        ('[columns]\ntexts = "body"', "did you mean 'text'"),
        ("columns = 1", "columns must be a table"),
        ("encoding = 8", "encoding must be a string"),
        ('encoding = "cp1525"', "encoding must be one that Python knows"),
        ('encoding = "rot13"', "encoding must be one that Python knows"),
        ('output = ""', "output must not be empty"),
        ("a = [", "cannot be read"),
    ],
)
def test_refused(tmp_path: Path, text: str, said: str) -> None:
    """Each fault is named, with the near miss where there is one."""
    with pytest.raises(ConfigError, match=r"fault\(s\)") as error:
        load(tmp_path, text)
    assert said in str(error.value)


def test_all_faults_at_once(tmp_path: Path) -> None:
    """Nobody mends a file one error at a time."""
    with pytest.raises(ConfigError) as error:
        load(tmp_path, 'sweets = 1\nworkers = "two"\nfail_on = "never"\n[limits]\nhuge = 1')
    assert len(error.value.problems) == 4


def test_values(tmp_path: Path) -> None:
    """Every kind of key arrives in its own type."""
    text = (
        'exclude = "drafts/*"\nas_of = 2024-02-29\nworkers = 2\nsuite_dir = "ours"\nsuites = ["content"]\n'
        '[columns]\ntext = ["body", "raw"]\ndate = "when"\n[limits]\narchive_depth = 1\n'
    )
    settings = load(tmp_path, text)
    assert settings.exclude == ("drafts/*",)
    assert settings.as_of == dt.date(2024, 2, 29)
    assert settings.columns == {"text": ("body", "raw"), "date": ("when",)}
    assert (settings.limits.archive_depth, settings.limits.archive_members) == (1, 1_000_000)
    assert settings.suite_folder == tmp_path / "ours"
    assert settings.processes == 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"workers": -1}, "workers must be a whole number"),
        ({"workers": 10_000_000}, "workers must be a whole number up to 1024"),
        ({"exclude": 3}, "exclude must be a string or a list"),
        ({"encoding": "cp1525"}, "encoding must be one that Python knows"),
        ({"as_of": "2026-01-31"}, "as_of must be a date"),
        ({"as_of": dt.datetime(2026, 1, 31, tzinfo=dt.UTC)}, "as_of must be a date"),
        ({"limits": {"document_bytes": 1}}, "limits must be a value of Limits"),
        ({"waivers": ({"rule": "PC501"},)}, "waivers must be values of Waiver"),
        ({"columns": {"txt": "body"}}, "did you mean 'text'"),
        ({"output": ""}, "output must not be empty"),
        ({"output": None}, "output must be a string"),
    ],
)
def test_settings_refuse(values: dict[str, Any], said: str) -> None:
    """What Python gives is looked at as what a file says."""
    with pytest.raises(ConfigError) as error:
        Settings(**values)
    assert said in str(error.value)


def test_settings_take_one_for_many() -> None:
    """A single name is a list of one and not a sequence of letters; a path is a string."""
    many: dict[str, Any] = {"suites": "content", "exclude": ["*.bak"], "columns": {"text": "body"}}
    settings = Settings(**many, output=Path("x"))  # type: ignore[arg-type]  # it is taken all the same
    assert (settings.suites, settings.exclude, settings.output) == (("content",), ("*.bak",), "x")
    assert settings.columns == {"text": ("body",)}


def test_day_of_the_check() -> None:
    """A run is dated once; settings alone ask no clock, so that a detector gives the same on every day."""
    day = dt.date(2026, 1, 31)
    assert Settings(as_of=day).dated() == Settings(as_of=day)
    assert Settings().as_of is None
    assert Settings().day == dt.date.max
    dated = Settings().dated()
    today = dt.datetime.now().astimezone().date()
    assert dated.as_of in (today, today - dt.timedelta(days=1))
    assert dated.dated() is dated


def test_file_of_the_settings(tmp_path: Path) -> None:
    """Settings know the file they come from, which is no key of it."""
    assert load(tmp_path, "workers = 2").file == str(tmp_path / "provcheck.toml")
    assert Settings().file is None
    with pytest.raises(ConfigError, match="unknown key 'file'"):
        load(tmp_path, 'file = "a.txt"')


def test_files_of_suites(tmp_path: Path) -> None:
    """A suite's file is meant from the configuration, as every path of it; a name and a whole path stay."""
    settings = load(tmp_path, 'suites = ["content", "ours.json", "suites/b.json", "../c.json", "/etc/d.json"]')
    assert settings.suites == (
        "content", f"{tmp_path}/ours.json", f"{tmp_path}/suites/b.json", f"{tmp_path}/../c.json", "/etc/d.json"
    )  # fmt: skip
    assert Settings(suites=("ours.json",)).suites == ("ours.json",)


def test_mark_of_an_editor(tmp_path: Path) -> None:
    """A byte order mark before the first key is none of it."""
    assert load(tmp_path, "\ufeffworkers = 3\n").workers == 3


def test_discover(tmp_path: Path) -> None:
    """The nearest file counts, and a pyproject only if it has our table."""
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")
    (tmp_path / "provcheck.toml").write_text("workers = 1\n")
    assert config.discover(deep) == tmp_path / "provcheck.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.provcheck]\nworkers = 2\n")
    assert config.discover(deep) == tmp_path / "a" / "pyproject.toml"
    assert load(tmp_path / "a", "[tool.provcheck]\nworkers = 2\n", "pyproject.toml").workers == 2
    with pytest.raises(ConfigError, match="must be a table"):
        load(tmp_path / "a", "[tool]\nprovcheck = 2\n", "pyproject.toml")


def test_zero_is_a_process_a_core() -> None:
    """Zero means one process a core, and at least one."""
    assert Settings(workers=0).processes >= 1
    assert Settings(workers=0).processes == len(os.sched_getaffinity(0))


def test_one_process_unless_more_are_asked_for() -> None:
    """A script without the guard that worker processes need must run, whatever else it sets."""
    assert Settings().processes == Settings(output="elsewhere").processes == 1
