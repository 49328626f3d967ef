"""The GitLab template: its form, and its script run by a shell as a runner would run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.fixture(scope="session")
def template(root: Path) -> dict[str, Any]:
    """Give the template as GitLab reads it."""
    loaded: dict[str, Any] = yaml.safe_load((root / "ci/gitlab/provcheck.yml").read_text(encoding="utf-8"))
    return loaded


def run(template: Mapping[str, Any], environment: Mapping[str, str], folder: Path, **variables: str) -> int:
    """Run the job's script in a folder and give its exit code."""
    defaults = {name: variable["value"] for name, variable in template["variables"].items()}
    script = "\n".join(["set -e", *template["provcheck"]["script"]])
    values = {**os.environ, **environment, **defaults, **variables}
    return subprocess.run(["sh", "-c", script], env=values, cwd=folder, check=False, timeout=250).returncode


@pytest.mark.parametrize("path", ["ci/gitlab/provcheck.yml"])
def test_form(root: Path, path: str) -> None:
    """The template meets the published schema."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(root / path)]
    subprocess.run(command, check=True, timeout=60)


def test_job(template: dict[str, Any]) -> None:
    """The job runs on changes of the corpus, keeps the report when it fails, and caches what pip fetched."""
    job = template["provcheck"]
    assert sum("changes" in rule for rule in job["rules"]) == 2
    assert job["artifacts"]["when"] == "always"
    assert job["artifacts"]["reports"]["junit"].endswith(".xml")
    assert job["cache"]["paths"] == [".cache/pip"]


@pytest.mark.timeout(500)
def test_the_whole_job(
    template: dict[str, Any], machine: Mapping[str, str], root: Path, tmp_path: Path, good: str, bad: str
) -> None:
    """On a fresh machine: provcheck is installed, a good corpus passes, a bad one fails, each with its JUnit file."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/a.txt").write_text(good)
    package = {"PROVCHECK_PACKAGE": str(root)}
    assert run(template, machine, tmp_path, **package) == 0
    assert 'failures="0"' in (tmp_path / ".provcheck-junit.xml").read_text(encoding="utf-8")
    (tmp_path / "corpus/b.txt").write_text(bad)
    assert run(template, machine, tmp_path, **package) == 1
    assert "corpus/b.txt" in (tmp_path / ".provcheck-junit.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("variables", "options", "paths"),
    [
        ({}, [], ["corpus"]),
        ({"PROVCHECK_PATHS": "a b/c"}, [], ["a", "b/c"]),
        ({"PROVCHECK_SUITES": "content ours.json"}, ["--suite=content", "--suite=ours.json"], ["corpus"]),
        ({"PROVCHECK_FAIL_ON": "warning"}, ["--fail-on=warning"], ["corpus"]),
        ({"PROVCHECK_BASELINE": "known.json"}, ["--baseline=known.json"], ["corpus"]),
        ({"PROVCHECK_FAIL_ON": "$(touch pwned)"}, ["--fail-on=$(touch pwned)"], ["corpus"]),
        ({"PROVCHECK_BASELINE": '"; touch pwned "'}, ['--baseline="; touch pwned "'], ["corpus"]),
        ({"PROVCHECK_PATHS": "--config=x * `touch pwned`"}, [], ["--config=x", "*", "`touch", "pwned`"]),
        ({"PROVCHECK_SUITES": "-h ; *"}, ["--suite=-h", "--suite=;", "--suite=*"], ["corpus"]),
    ],
)
def test_variables_become_arguments(
    template: dict[str, Any],
    noted: Mapping[str, str],
    tmp_path: Path,
    variables: dict[str, str],
    options: list[str],
    paths: list[str],
) -> None:
    """Each variable becomes its option, and nothing in one is run or expanded."""
    assert run(template, noted, tmp_path, **variables) == 0
    arguments = json.loads((tmp_path / "arguments.json").read_text())
    assert arguments[arguments.index("--") + 1 :] == paths
    assert [a for a in arguments[: arguments.index("--")] if a.startswith(("--suite", "--fail", "--base"))] == options
    assert not (tmp_path / "pwned").exists()
