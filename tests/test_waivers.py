"""Waivers: what the configuration takes, and what a waiver covers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from provcheck import config
from provcheck.config import Settings
from provcheck.errors import ConfigError
from provcheck.waivers import Waiver

if TYPE_CHECKING:
    from pathlib import Path

GOOD = 'rule = "PC501"\npath = "archive/*"\nreason = "The scans end so."\nexpires = 2026-03-31\n'
DAY = dt.date(2026, 3, 31)


def load(folder: Path, text: str) -> Settings:
    """Load a configuration with this text."""
    (folder / "provcheck.toml").write_text(text, encoding="utf-8")
    return config.load(folder / "provcheck.toml", Settings())


def test_values(tmp_path: Path) -> None:
    """A rule may be given by its name or its code, and a baseline's path is meant from the file."""
    text = f'baseline = ".known"\n[[waivers]]\n{GOOD}[[waivers]]\n{GOOD.replace("PC501", "date-missing")}'
    settings = load(tmp_path, text)
    assert settings.waivers == tuple(Waiver(rule, "archive/*", "The scans end so.", DAY) for rule in ("PC501", "PC302"))
    assert settings.baseline == str(tmp_path / ".known")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("waivers = 1", "waivers must be tables"),
        ('waivers = ["PC501"]', "waivers must be tables"),
        (f"[waivers]\n{GOOD}", "waivers must be tables"),
        (f"[[waivers]]\n{GOOD}until = 1", "waivers[1]: unknown key 'until'"),
        (f"[[waivers]]\n{GOOD}[[waivers]]\n{GOOD.replace('reason', 'reson')}", "waivers[2]: reason is missing"),
        (f"[[waivers]]\n{GOOD.replace('reason', 'reson')}", "did you mean 'reason'?"),
        (f"[[waivers]]\n{GOOD.replace('The scans end so.', ' ')}", "reason must be a text"),
        (f"[[waivers]]\n{GOOD.replace('PC501', 'truncatd')}", "unknown rule 'truncatd': did you mean 'truncated'?"),
        (f"[[waivers]]\n{GOOD.replace('PC501', 'x')}", "`provcheck rules` lists all"),
        (f"[[waivers]]\n{GOOD.replace('2026-03-31', '3')}", "expires must be a date"),
        (f"[[waivers]]\n{GOOD.replace('2026-03-31', '2026-03-31T10:00:00')}", "expires must be a date"),
        ("baseline = 1", "baseline must be a string"),
    ],
)
def test_refused(tmp_path: Path, text: str, said: str) -> None:
    """A waiver lacks nothing and has nothing that is not known."""
    with pytest.raises(ConfigError) as error:
        load(tmp_path, text)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("code", "path", "covered"),
    [
        ("PC501", "archive/a.txt", True),
        ("PC501", "archive/b/a.txt", False),
        ("PC501", "x/archive/a.txt", False),
        ("PC502", "archive/a.txt", False),
    ],
)
def test_covers(code: str, path: str, *, covered: bool) -> None:
    """A waiver covers one rule, and paths by the same patterns as exclude."""
    assert Waiver("PC501", "archive/*", "r", DAY).covers(code, f"corpus/{path}", path) is covered


@pytest.mark.parametrize(
    ("pattern", "path", "relative", "covered"),
    [
        ("archive/1998/*", "corpus/archive/1998/a.txt", "archive/1998/a.txt", True),
        ("archive/1998/*", "corpus/archive/1998/a.txt", "1998/a.txt", True),
        ("archive/1998/*", "corpus/archive/1998/a.txt", "a.txt", True),
        ("archive/1998/*", "archive/1998/a.txt", "a.txt", True),
        ("archive/1998/*", "s3://bucket/archive/1998/a.txt", "a.txt", True),
        ("archive/1998/*", "a.txt", "a.txt", False),
        ("archive/1998/*", "corpus/other/archive/1998/a.txt", "other/archive/1998/a.txt", False),
        ("archive/1998/*", "corpus/old-archive/1998/a.txt", "a.txt", False),
        ("archive/*", "corpus/archive/1998/a.txt", "a.txt", False),
        ("1998", "corpus/archive/1998/a.txt", "a.txt", False),
    ],
)
def test_covers_whatever_is_the_source(pattern: str, path: str, relative: str, *, covered: bool) -> None:
    """A file that a hook names itself has the folders of its path before it, which the pattern may speak of."""
    assert Waiver("PC501", pattern, "r", DAY).covers("PC501", path, relative) is covered


def test_the_last_day_counts() -> None:
    """A waiver is void from the day after."""
    waiver = Waiver("PC501", "*", "r", DAY)
    assert (waiver.expired(DAY), waiver.expired(DAY + dt.timedelta(days=1))) == (False, True)
