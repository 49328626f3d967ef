"""What the tests of the plug-ins share: provcheck installed by pip as a user would, and a stand-in that only notes."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

GOOD = """Ferry line returns after two winters

ELMHAVEN: The ferry will sail again from the first week of May, the harbour board said on Tuesday, two winters after a \
storm tore away the landing stage.

The board has rented a vessel of forty metres that carried tourists on a northern lake until last autumn.

Published in The Harbour Courier, March 12th, 2024
"""

BAD = """Orchard keepers count their trees

The keepers of the old orchard began on Monday to count what the frost has left of their trees, and they say that the
"""

NOTER = """#!{python}
import json, pathlib, sys
pathlib.Path("arguments.json").write_text(json.dumps(sys.argv[1:]))
"""


@pytest.fixture
def good() -> str:
    """Give an article that passes every check."""
    return GOOD


@pytest.fixture
def bad() -> str:
    """Give an article that is cut on its third line, without date or outlet."""
    return BAD


@pytest.fixture(scope="session")
def libraries() -> list[str]:
    """Give the folders with the libraries of this test run."""
    return [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]


@pytest.fixture(scope="session")
def offline_pip() -> Mapping[str, str]:
    """Give the environment in which pip builds and installs provcheck alone, from this checkout, without an index.

    The build backend and the libraries are those of this test run; that the wheel's dependencies are complete is
    shown by `ci/wheel`, which installs all of them.
    """
    return {
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads the value as that of "build isolation", whatever the name says
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@pytest.fixture(scope="session")
def machine(
    tmp_path_factory: pytest.TempPathFactory, offline_pip: Mapping[str, str], libraries: list[str]
) -> dict[str, str]:
    """Give the environment of a fresh CI machine: a Python whose pip can install provcheck, and none installed yet."""
    venv = tmp_path_factory.mktemp("machine") / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True, timeout=120)
    site = sysconfig.get_path("purelib", vars={"base": str(venv), "platbase": str(venv)})
    (Path(site) / "libraries.pth").write_text("\n".join(libraries) + "\n", encoding="utf-8")
    environment = {**os.environ, **offline_pip, "PATH": f"{venv}/bin{os.pathsep}{os.environ['PATH']}"}
    environment.pop("PYTHONPATH", None)
    return environment


@pytest.fixture
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Give an environment whose provcheck and pip only note their arguments in arguments.json of the current folder."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("provcheck", "pip"):
        (tools / name).write_text(NOTER.format(python=sys.executable), encoding="utf-8")
        (tools / name).chmod(0o755)
    monkeypatch.chdir(tmp_path)
    return {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
