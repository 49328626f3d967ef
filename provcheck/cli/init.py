"""``provcheck init``: what a new corpus needs to be gated, and what to do next.

The files belong to the user from the moment they are written, so none that is there is ever touched: a conflict is
told, all of them at once, before anything is written. A configuration is none: it is there to be edited, and more files
may be asked for afterwards.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from pathlib import Path

import click

from provcheck import gate
from provcheck._version import __version__
from provcheck.cli import PASSED
from provcheck.errors import FilesExistError

TEMPLATES = Path(__file__).with_name("templates")

CI_FILES = {
    "github": (".github/workflows/provcheck.yml", "github.yml"),
    "gitlab": (".gitlab-ci.yml", "gitlab.yml"),
    "pre-commit": (".pre-commit-config.yaml", "pre-commit.yaml"),
}
"""For each kind of CI the file in the user's repository, and its template."""

AFTERWARDS = {
    "github": "commit and push: the workflow runs on every change of the corpus, annotates it and keeps the report",
    "gitlab": "commit and push: the job runs on every change of the corpus and shows failures in the merge request",
    "pre-commit": "pre-commit install     # once a clone; from then on a commit that breaks the corpus is refused",
}

SUITE_DIRS = (
    '# suite_dir = "expectations"    # your own suites in place of the shipped ones',
    'suite_dir = "expectations"      # your own suites in place of the shipped ones',
)

CONFIGURATION = "provcheck.toml"

EXAMPLES = """\b
Examples:
  provcheck init                                   a configuration for this folder
  provcheck init --ci github --corpus data/news    and a workflow that examines data/news
  provcheck init --ci gitlab --suites              and the shipped suites, to be changed
  provcheck init --ci pre-commit --dry-run         show what would be written
"""

BESIDE = ("expectations/**/*", "provcheck.toml", ".provcheck-baseline")
"""What changes the verdict besides the documents, as globs."""

_PLAIN = re.compile(r"\w[\w.-]*( [\w.-]+)*(/\w[\w.-]*( [\w.-]+)*)*")


def folders(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The corpus folders as they go into the files; raises BadParameter for one that could mean something else there.

    A CI file is read by a shell, YAML and two kinds of glob. A name that is plain in all of them needs no quoting.
    """
    names = tuple(name.removeprefix("./").rstrip("/") for name in given)
    for name in names:
        if not _PLAIN.fullmatch(name) or Path(name).is_absolute():
            raise click.BadParameter(
                f"{name!r} must be a folder below FOLDER, of letters, digits, spaces and . _ - only"
            )
    return names


@click.command("init", epilog=EXAMPLES)
@click.argument("folder", default=".", metavar="[FOLDER]")
@click.option(
    "--ci", "kinds", type=click.Choice([*CI_FILES, "none"]), multiple=True, help="Also write its file; repeatable."
)
@click.option(
    "--corpus",
    multiple=True,
    default=("corpus",),
    metavar="DIR",
    callback=folders,
    help="Where the documents are, below FOLDER; repeatable [default: corpus].",
)
@click.option("--suites", is_flag=True, help="Also copy the shipped suites to expectations/, to be changed.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def command(folder: str, kinds: tuple[str, ...], corpus: tuple[str, ...], *, suites: bool, dry_run: bool) -> int:
    """Write provcheck.toml and more into FOLDER; files that are there already are never overwritten."""
    root = Path(folder)
    chosen = [kind for kind in CI_FILES if kind in kinds]
    texts = {root / name: text for name, text in planned(chosen, corpus, suites=suites).items()}
    edited = [path for path, text in texts.items() if os.path.lexists(path) and _content(path) != text.encode()]
    taken = [path for path in edited if path != root / CONFIGURATION or len(texts) == 1]
    if dry_run:
        for path, text in texts.items():
            click.echo(_preview(path, text, taken=path in edited))
        return PASSED
    if taken:
        raise FilesExistError([str(path) for path in taken], "provcheck init --dry-run shows what they would hold")
    missing = [path for path in texts if not os.path.lexists(path)]
    write({path: texts[path] for path in missing})
    for path in texts:
        kept = " as it is" if path in edited else ", which is the same"
        click.echo(f"wrote {path}" if path in missing else f"kept  {path}{kept}")
    unnamed = suites and root / CONFIGURATION in edited
    click.echo("\n".join(["", "next:", *_steps(root, chosen, corpus, suites=suites, unnamed=unnamed)]))
    return PASSED


def planned(kinds: list[str], corpus: tuple[str, ...], *, suites: bool) -> dict[str, str]:
    """Give the text of each file by its path below the user's folder.

    >>> list(planned(["gitlab"], ("corpus",), suites=False))
    ['provcheck.toml', '.gitlab-ci.yml']
    """
    settings = (TEMPLATES / CONFIGURATION).read_text(encoding="utf-8")
    texts = {CONFIGURATION: settings.replace("@suite_dir@", SUITE_DIRS[suites])}
    if suites:
        texts |= {f"expectations/{source.name}": source.read_text(encoding="utf-8") for source in gate.shipped()}
    for kind in kinds:
        path, template = CI_FILES[kind]
        texts[path] = filled((TEMPLATES / template).read_text(encoding="utf-8"), corpus)
    return texts


def filled(template: str, corpus: tuple[str, ...]) -> str:
    """A CI file for these folders of documents: each ``@mark@`` of the template replaced.

    >>> filled("provcheck validate @paths@ # @list@", ("corpus", "old news"))
    'provcheck validate "corpus" "old news" # ["corpus", "old news"]'
    """
    listed = json.dumps(list(corpus), ensure_ascii=False)
    globs = json.dumps([*(f"{name}/**/*" for name in corpus), *BESIDE], ensure_ascii=False)
    marks = {
        "@version@": __version__,
        "@paths@": " ".join(f'"{name}"' for name in corpus),
        "@list@": listed,
        "@globs@": globs,
        "@regex@": rf"^({'|'.join(map(re.escape, corpus))})/|^expectations/|^provcheck\.toml$|^\.provcheck-baseline$",
    }
    for mark, value in marks.items():
        template = template.replace(mark, value)
    return template


def write(texts: dict[Path, str]) -> None:
    """Write new files, all or none: what a failure leaves half done is taken back.

    Raises OSError, also for a file that has come to be in the meantime.
    """
    written: list[Path] = []
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                written.append(path)
                file.write(text)
    except OSError:
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _preview(path: Path, text: str, *, taken: bool) -> str:
    if path.suffix == ".json":
        said = "a copy of the shipped suite"
        return f"--- {path}: " + (f"is there already and would be left alone; not {said}" if taken else said)
    head = "is there already and would be left alone; this would have been written" if taken else "would be written"
    return f"--- {path}: {head}\n{text}"


def _steps(root: Path, kinds: list[str], corpus: tuple[str, ...], *, suites: bool, unnamed: bool) -> list[str]:
    """What to do now, a line each; `unnamed` suites may not stand in the configuration."""
    absent = [name for name in corpus if not (root / name).is_dir()]
    steps = []
    if root != Path():
        steps.append(f"cd {root}")
    if absent:
        steps.append(f"put documents into {', '.join(absent)}, or give their folder with --corpus")
    steps += [
        "provcheck validate " + " ".join(f'"{name}"' if " " in name else name for name in corpus),
        "keep the report out of git: a line provcheck-report/ in .gitignore",
    ]
    if unnamed:
        steps.append(f"see that {CONFIGURATION} says {SUITE_DIRS[True].partition('  ')[0]}")
    if suites:
        steps.append("change thresholds in expectations/*.json; docs/suites.md explains every key")
    steps += [AFTERWARDS[kind] for kind in kinds]
    return [f"  {number}. {step}" for number, step in enumerate(steps, 1)]
