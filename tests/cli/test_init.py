"""`provcheck init`: what it writes, what it leaves alone, and whether what it writes works."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from provcheck import config, gate
from provcheck.cli import init

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended

KINDS = list(init.CI_FILES)
SCHEMAS = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}


def below(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("suites", [False, True])
@pytest.mark.parametrize("kind", [*KINDS, "none"])
def test_writes_what_was_asked_for(run: Callable[..., Ended], tmp_path: Path, kind: str, *, suites: bool) -> None:
    """The configuration, the CI file and the suites that were asked for, each told, and what to do next."""
    ended = run("init", "--ci", kind, *(["--suites"] if suites else []))
    wanted = {"provcheck.toml", *([init.CI_FILES[kind][0]] if kind != "none" else [])}
    wanted |= {f"expectations/{source.name}" for source in gate.shipped() if suites}
    assert (ended.code, ended.err) == (0, "")
    assert below(tmp_path).keys() == wanted
    assert {line.removeprefix("wrote ") for line in ended.out.splitlines() if line.startswith("wrote")} == wanted
    assert "provcheck validate corpus" in ended.out
    assert "put documents into corpus" in ended.out


def test_configuration_loads(run: Callable[..., Ended], tmp_path: Path) -> None:
    """The configuration says the defaults, also with each commented line switched on, and names copied suites."""
    run("init", "--suites")
    settings = config.load(tmp_path / "provcheck.toml", config.Settings())
    assert settings.suite_dir == str(tmp_path / "expectations")
    assert gate.load(settings.suites, settings.suite_folder)
    text = (tmp_path / "provcheck.toml").read_text()
    options = [line.removeprefix("# ") for line in text.splitlines() if " = " in line or line.startswith("# [")]
    switched = tomllib.loads("\n".join(options))
    defaults = config.Settings()
    for key in ("date_order", "fail_on", "output"):
        assert switched[key] == getattr(defaults, key)
    said = text.partition("# The defaults:")[2].partition("# Examples")[0]
    assert set(re.findall(r"^# (\w+) =", said, re.MULTILINE)) == {"date_order", "suites", "fail_on", "output"}
    assert tuple(switched["suites"]) == defaults.suites
    assert switched["limits"]["document_bytes"] == defaults.limits.document_bytes


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("folders", [("corpus",), ("data/old news", "zprávy"), ("a-b.c", "d_e/f")])
def test_ci_files_hold(run: Callable[..., Ended], tmp_path: Path, kind: str, folders: tuple[str, ...]) -> None:
    """Each CI file is of its published form, names the folders, and has no mark left to fill."""
    corpus = [argument for name in folders for argument in ("--corpus", name)]
    assert run("init", "--ci", kind, *corpus).code == 0
    path = tmp_path / init.CI_FILES[kind][0]
    text = path.read_text(encoding="utf-8")
    assert not [mark for mark in ("@version@", "@paths@", "@list@", "@globs@", "@regex@") if mark in text]
    assert all(name in text for name in folders)
    assert yaml.safe_load(text)
    if kind == "pre-commit":
        command = [sys.executable, "-m", "pre_commit", "validate-config", str(path)]
    else:
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[kind], str(path)]
    subprocess.run(command, check=True, timeout=60)


def test_overwrites_nothing(run: Callable[..., Ended], tmp_path: Path) -> None:
    """All files that are in the way are named at once, and not one is written."""
    for name in ("provcheck.toml", ".gitlab-ci.yml"):
        (tmp_path / name).write_text("mine")
    (tmp_path / "expectations").mkdir()
    (tmp_path / "expectations/content.json").symlink_to("nowhere")
    before = below(tmp_path)
    ended = run("init", "--ci", "gitlab", "--ci", "github", "--suites")
    assert ended.code == 2
    for name in (".gitlab-ci.yml", "expectations/content.json"):
        assert f"{name} is there already" in ended.err
    assert "github" not in ended.err
    assert below(tmp_path) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == [".gitlab-ci.yml", "expectations", "provcheck.toml"]


def test_again_with_more(run: Callable[..., Ended], tmp_path: Path) -> None:
    """A file that is the same already is no conflict, so CI can be added later."""
    assert run("init").code == 0
    ended = run("init", "--ci", "github")
    assert ended.code == 0
    assert "kept  provcheck.toml" in ended.out
    assert (tmp_path / ".github/workflows/provcheck.yml").is_file()


@pytest.mark.parametrize("options", [("--ci", "github"), ("--suites",), ("--ci", "gitlab", "--suites")])
def test_again_after_an_edit(run: Callable[..., Ended], tmp_path: Path, options: tuple[str, ...]) -> None:
    """A configuration that was edited stays as it is, which is said, and what was asked for is written beside it."""
    (tmp_path / "provcheck.toml").write_text('baseline = ".provcheck-baseline"\n')
    ended = run("init", *options)
    assert ended.code == 0
    assert "kept  provcheck.toml as it is" in ended.out
    assert (tmp_path / "provcheck.toml").read_text() == 'baseline = ".provcheck-baseline"\n'
    assert len(below(tmp_path)) > 1
    assert ('suite_dir = "expectations"' in ended.out) == ("--suites" in options)
    told = run("init", *options, "--dry-run").out
    assert "--- provcheck.toml: is there already and would be left alone" in told


def test_alone_after_an_edit(run: Callable[..., Ended], tmp_path: Path) -> None:
    """Where nothing but the configuration was asked for, and there is one, nothing was done, and that is said."""
    (tmp_path / "provcheck.toml").write_text("workers = 1\n")
    ended = run("init")
    assert (ended.code, ended.out) == (2, "")
    assert "provcheck.toml is there already" in ended.err


def test_dry_run(run: Callable[..., Ended], tmp_path: Path) -> None:
    """A dry run shows each file, says which are in the way, and writes nothing."""
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n")
    ended = run("init", "--ci", "pre-commit", "--suites", "--dry-run")
    assert ended.code == 0
    assert "--- provcheck.toml: would be written" in ended.out
    assert "--- .pre-commit-config.yaml: is there already and would be left alone" in ended.out
    assert "entry: provcheck validate" in ended.out
    assert below(tmp_path) == {".pre-commit-config.yaml": b"repos: []\n"}


def test_another_folder(run: Callable[..., Ended], tmp_path: Path) -> None:
    """A folder that is not there is made, and the next step leads into it."""
    ended = run("init", "new/place")
    assert "1. cd new/place" in ended.out
    assert below(tmp_path).keys() == {"new/place/provcheck.toml"}


@pytest.mark.parametrize("folder", ["file", "file/below"])
def test_folder_that_cannot_be(run: Callable[..., Ended], tmp_path: Path, folder: str) -> None:
    """A place where nothing can be written is named, and nothing is left half done."""
    (tmp_path / "file").write_text("mine")
    ended = run("init", folder, "--suites")
    assert ended.code == 2
    assert "file" in ended.err
    assert below(tmp_path) == {"file": b"mine"}


def test_failure_in_the_middle_is_taken_back(tmp_path: Path) -> None:
    """When a file cannot be written, those before it go again."""
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OSError, match="file"):
        init.write({tmp_path / "a": "1", tmp_path / "file": "2"})
    assert below(tmp_path) == {"file": b"mine"}


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../other",
        "a/../b",
        "/etc",
        "a//b",
        "-h",
        "$(x)",
        "`x`",
        "a;b",
        "a'b",
        'a"b',
        "a\nb",
        "*",
        "a[b]",
    ],
)
def test_corpus_that_could_mean_something_else(run: Callable[..., Ended], tmp_path: Path, name: str) -> None:
    """A folder outside, or one whose name a shell, YAML or a glob would read otherwise, is refused."""
    ended = run("init", "--ci", "github", "--corpus", name)
    assert ended.code == 2
    assert "--corpus" in ended.err
    assert below(tmp_path) == {}


@effort(max_examples=25, deadline=None)
@given(st.from_regex(init._PLAIN, fullmatch=True))
def test_plain_names_come_through(name: str) -> None:
    """A folder's name that is taken reaches the script and the filters of each CI file as it is."""
    job = yaml.safe_load(init.planned(["gitlab"], (name,), suites=False)[".gitlab-ci.yml"])["provcheck"]
    assert job["rules"][0]["changes"][0] == f"{name}/**/*"
    assert f'"{name}"' in job["script"][1]
    hook = yaml.safe_load(init.planned(["pre-commit"], (name,), suites=False)[".pre-commit-config.yaml"])
    assert hook["repos"][0]["hooks"][0]["args"] == [name]


def test_written_files_agree_with_the_ready_made(root: Path) -> None:
    """What init writes and what ci/ offers are the same jobs, hooks and versions of foreign actions."""
    texts = init.planned(KINDS, ("corpus",), suites=False)
    ours = yaml.safe_load(
        (root / "ci/gitlab/provcheck.yml").read_text(encoding="utf-8").replace("$PROVCHECK_CHANGES", "corpus/**/*")
    )
    written = yaml.safe_load(texts[".gitlab-ci.yml"])
    assert {**written["provcheck"], "script": ""} == {**ours["provcheck"], "script": ""}
    (hook,) = yaml.safe_load(texts[".pre-commit-config.yaml"])["repos"][0]["hooks"]
    offered = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
    assert {key: hook.get(key) for key in offered if key != "description"} == {
        key: value for key, value in offered.items() if key != "description"
    } | {"files": hook["files"]}
    for path in ("corpus/a", "expectations/b.json", "provcheck.toml", ".provcheck-baseline", "README.md", "x/corpus/a"):
        assert bool(re.search(hook["files"], path)) == bool(re.search(offered["files"], path))
    action = (root / "ci/github/action.yml").read_text(encoding="utf-8")
    pinned = [set(re.findall(r"uses: (\S+@\S+)", text)) for text in (action, texts[".github/workflows/provcheck.yml"])]
    assert pinned[0] < pinned[1]
    page = (root / "docs/ci/github.md").read_text(encoding="utf-8")
    assert set(re.findall(r"uses: (actions/\S+@\S+)", page)) == pinned[1] - pinned[0]


def test_what_was_written_works(
    run: Callable[..., Ended], tmp_path: Path, corpus: Callable[..., Path], article: str
) -> None:
    """The next step after init runs, with suites that were copied."""
    corpus(a__txt=article)
    assert run("init", "--suites").code == 0
    assert (tmp_path / "expectations" / "content.json").is_file()
    assert run("validate", "corpus").code in (0, 1)
