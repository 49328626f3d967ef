"""Fixtures that many tests share, and the rule that nothing is skipped where everything is installed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Generator

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

TOGETHER = [Path(__file__).parent / name for name in ("engines", "reports", "ci", "gate")]
"""Folders of tests whose fixtures live for the whole session; those that take longest first."""

# How long an example takes says more of what else the machine does than of the code.
settings.register_profile("provcheck", deadline=None)
settings.load_profile("provcheck")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests that share what is costly to make in one process: a session of Spark, a machine, a browser.

    They come first, for they cannot be shared out at the end, when other processes have nothing left to do.
    """

    def place(item: pytest.Item) -> int:
        return next((n for n, folder in enumerate(TOGETHER) if folder in item.path.parents), len(TOGETHER))

    for item in items:
        if place(item) < len(TOGETHER):
            item.add_marker(pytest.mark.xdist_group(TOGETHER[place(item)].name))
    items.sort(key=place)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where PROVCHECK_NO_SKIP says that all that tests need is installed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("PROVCHECK_NO_SKIP"):
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    """Keep the cache of the command line out of the user's home, also in processes that tests start."""
    with pytest.MonkeyPatch.context() as patch:
        place = tmp_path_factory.mktemp("caches")
        patch.setenv("XDG_CACHE_HOME", str(place))
        yield place


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder with the seeds and the gold pages, which stands beside the checkout or not at all."""
    if not SHARED.is_dir():
        pytest.skip("the seeds and gold pages are not beside this checkout")
    return SHARED
