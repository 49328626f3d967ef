"""The pre-commit hooks, installed and run by pre-commit itself in a fresh repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

CONFIG = """\
repos:
  - repo: {hooks}
    rev: {commit}
    hooks:
      - id: {hook}
"""

PACKAGE = ("provcheck", "expectations", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


def git(folder: Path, *arguments: str) -> str:
    """Run git, without the settings of the machine."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    ended = subprocess.run(
        ["git", *names, *arguments], cwd=folder, env=environment, capture_output=True, check=True, timeout=60
    )
    return ended.stdout.decode().strip()


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory, root: Path) -> tuple[Path, str]:
    """Give a repository with what this checkout would publish, and its commit."""
    top = tmp_path_factory.mktemp("hooks")
    for name in PACKAGE:
        if (root / name).is_dir():
            shutil.copytree(root / name, top / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(root / name, top / name)
    git(top, "init", "--quiet")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message", "the hooks")
    return top, git(top, "rev-parse", "HEAD")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give pre-commit's cache, in which the hooks are installed once for all tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def pre_commit(
    tmp_path: Path, hooks: tuple[Path, str], cache: Path, offline_pip: Mapping[str, str], libraries: list[str]
) -> Callable[[str], tuple[int, str]]:
    """Commit what is in a repository and run a hook there, as `git commit` would."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_text("provcheck-report*/\n")

    def run(hook: str, extra: str = "") -> tuple[int, str]:
        config = CONFIG.format(hooks=hooks[0], commit=hooks[1], hook=hook) + extra
        (tmp_path / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
        git(tmp_path, "add", "--all")
        ended = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--color=never"],
            cwd=tmp_path,
            env={
                **os.environ,
                **offline_pip,
                "PRE_COMMIT_HOME": str(cache),
                "PYTHONPATH": os.pathsep.join(libraries),  # provcheck itself is the installed one
                "COLUMNS": "200",
            },
            capture_output=True,
            check=False,
            timeout=550,
        )
        return ended.returncode, ended.stdout.decode() + ended.stderr.decode()

    return run


def write(folder: Path, **files: str) -> None:
    """Write documents into corpus/; a double underscore in a name stands for the dot."""
    (folder / "corpus").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "corpus" / name.replace("__", ".")).write_text(text, encoding="utf-8")


def test_manifest(root: Path) -> None:
    """Pre-commit accepts the manifest."""
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(root / ".pre-commit-hooks.yaml")]
    subprocess.run(command, check=True, timeout=60)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("hook", ["provcheck-validate", "provcheck-documents"])
def test_bad_document_is_refused_and_a_good_one_is_not(
    pre_commit: Callable[[str], tuple[int, str]], tmp_path: Path, good: str, bad: str, hook: str
) -> None:
    """A bad document fails the hook, with its file and line; once it is mended the hook passes."""
    write(tmp_path, a__txt=good, b__txt=bad)
    code, said = pre_commit(hook)
    assert code == 1, said
    assert "corpus/b.txt" in said
    assert "PC501 line 3" in said
    write(tmp_path, b__txt=good.replace("ferry", "night ferry").replace("forty", "fifty"))
    (tmp_path / "corpus/a.txt").unlink()
    code, said = pre_commit(hook)
    assert code == 0, said
    assert "Passed" in said


@pytest.mark.timeout(600)
def test_only_changed_documents(
    pre_commit: Callable[[str], tuple[int, str]], tmp_path: Path, good: str, bad: str
) -> None:
    """`provcheck-documents` leaves alone what was committed before, and what is no document."""
    write(tmp_path, old__txt=bad)
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "an old fault")
    write(tmp_path, new__txt=good)
    (tmp_path / "notes.py").write_text("x = 1\n")
    assert pre_commit("provcheck-documents")[0] == 0
    assert "PC501" in pre_commit("provcheck-validate")[1]


@pytest.mark.timeout(600)
def test_known_faults_pass(pre_commit: Callable[[str], tuple[int, str]], tmp_path: Path, bad: str) -> None:
    """With a baseline, what was bad before passes; a fault that is new does not."""
    write(tmp_path, old__txt=bad)
    assert pre_commit("provcheck-validate")[0] == 1
    subprocess.run(
        [sys.executable, "-m", "provcheck", "baseline", "corpus", "-o", ".provcheck-baseline"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        timeout=120,
    )
    (tmp_path / "provcheck.toml").write_text('baseline = ".provcheck-baseline"\n')
    code, said = pre_commit("provcheck-validate")
    assert code == 0, said
    write(tmp_path, new__txt=bad.replace("Monday", "Friday"))
    code, said = pre_commit("provcheck-validate")
    assert code == 1
    assert "corpus/new.txt" in said


@pytest.mark.timeout(600)
def test_nothing_of_the_corpus_changed(pre_commit: Callable[[str], tuple[int, str]], tmp_path: Path, bad: str) -> None:
    """A commit that leaves the corpus alone does not wait for it."""
    write(tmp_path, old__txt=bad)
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "an old fault")
    (tmp_path / "README.md").write_text("# Ours\n")
    for hook in ("provcheck-validate", "provcheck-documents"):
        code, said = pre_commit(hook)
        assert (code, "Skipped" in said) == (0, True), said
