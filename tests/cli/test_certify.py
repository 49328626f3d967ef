"""`provcheck certify` and `provcheck verify`: from the corpus to the statement, and back to the corpus."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from provcheck import certification, validation, verification, witness
from provcheck.cli.output import file_apart
from provcheck.errors import OutputError
from provcheck.reports.verification import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.cli.conftest import Ended

AS_OF = ("--as-of", "2026-01-01", "--workers", "1")
ONE = ("--suite", "content", *AS_OF)


@pytest.fixture
def demo(root: Path, tmp_path: Path) -> Path:
    """Copy the demo corpus to where the command runs."""
    return Path(shutil.copytree(root / "fixtures/corpus", tmp_path / "corpus"))


@pytest.fixture
def key(tmp_path: Path) -> ed25519.Ed25519PrivateKey:
    """Write the key that is always the same, as ``key.pem`` and ``key.pub``."""
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    public = key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(private)
    (tmp_path / "key.pub").write_bytes(public)
    return key


def names() -> list[str]:
    """What stands in the folder where the command ran."""
    return sorted(path.name for path in Path().iterdir())


@pytest.mark.usefixtures("demo")
def test_golden(run: Callable[..., Ended], root: Path) -> None:
    """The statement on the demo corpus, byte for byte, whatever path led there and however many workers there were."""
    ended = run("certify", "corpus", "-o", "s.json", "--manifest", "corpus.sha256", *AS_OF)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(" PASSED  36 of 38 checks passed")
    assert ended.out.endswith("Report: provcheck-report/index.html\nStatement: s.json, 26 files\n")
    made = Path("s.json").read_text(encoding="utf-8")
    assert made == (root / "fixtures/golden/certificate/statement.json").read_text(encoding="utf-8")
    for path in (str(Path("corpus").absolute()), "./corpus/"):
        run("certify", path, "-o", "again.json", "--report", "elsewhere", "--no-cache", *AS_OF[:-1], "2")
        assert Path("again.json").read_text(encoding="utf-8") == made
    jsonschema.Draft202012Validator(json.loads(SCHEMAS["statement"].read_bytes())).validate(json.loads(made))
    if not shutil.which("sha256sum"):
        pytest.skip("sha256sum is not installed")
    command = ["sha256sum", "--strict", "-c", "../corpus.sha256"]
    checked = subprocess.run(command, cwd="corpus", capture_output=True, check=True)
    assert checked.stdout.count(b": OK\n") == 26


@pytest.mark.usefixtures("demo")
def test_verified(run: Callable[..., Ended]) -> None:
    """It holds for the corpus and for a copy of it elsewhere; a changed byte, a new and a missing file are named."""
    run("certify", "corpus", "-o", "s.json", *AS_OF)
    shutil.copytree("corpus", "elsewhere/copy")
    for path in ("corpus", "elsewhere/copy", str(Path("corpus").absolute())):
        ended = run("verify", "s.json", path)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out.startswith(" HOLDS  all 26 files are those of the statement, byte for byte\n")
    changed = Path("corpus/web/clock.html")
    changed.write_bytes(changed.read_bytes().replace(b"a", b"b", 1))
    Path("corpus/new file ä.txt").write_text("new")
    Path("corpus/web/orchard.html").unlink()
    ended = run("verify", "s.json", "corpus")
    assert ended.code == 1
    about, shown = ended.out.split("\n\n", 1)
    assert about.splitlines()[0] == " DOES NOT HOLD  the files are not those stated: 1 changed, 1 missing, 1 added"
    assert shown.splitlines() == [
        "Changed, other bytes than stated: 1",
        "  web/clock.html",
        "",
        "Missing, stated and not there: 1",
        "  web/orchard.html",
        "",
        "Added, there and not stated: 1",
        "  new file ä.txt",
    ]
    ended = run("verify", "s.json", "corpus", "-f", "json")
    assert ended.code == 1
    found = json.loads(ended.out)
    assert found["files"]["changed"] == ["web/clock.html"]
    jsonschema.Draft202012Validator(json.loads(SCHEMAS["verification"].read_bytes())).validate(found)


@pytest.mark.usefixtures("demo")
def test_long_lists_are_bounded(run: Callable[..., Ended]) -> None:
    """Of many files people see some, and JSON has all; an empty corpus is one in which all are missing."""
    run("certify", "corpus", "-o", "s.json", *AS_OF)
    Path("empty").mkdir()
    ended = run("verify", "s.json", "empty")
    assert ended.code == 1
    assert "Missing, stated and not there: 26" in ended.out
    assert "  and 6 more; --format json has all" in ended.out
    assert len(json.loads(run("verify", "s.json", "empty", "-f", "json").out)["files"]["missing"]) == 26


@pytest.mark.usefixtures("faulty")
def test_a_gate_that_fails(run: Callable[..., Ended]) -> None:
    """Nothing is written, an older statement stays, and both are said; the report is there as always."""
    ended = run("certify", "corpus", "-o", "s.json", "--manifest", "m", *AS_OF)
    assert ended.code == 1
    assert ended.out.startswith(" FAILED ")
    assert ended.err == "provcheck: the gate failed, so no statement was written\n"
    assert names() == ["corpus", "provcheck-report"]
    Path("s.json").write_text("older")
    ended = run("certify", "corpus", "-o", "s.json", *AS_OF)
    assert "s.json of an earlier run stays as it was" in ended.err
    assert Path("s.json").read_text() == "older"


@pytest.mark.usefixtures("demo")
def test_again(run: Callable[..., Ended]) -> None:
    """Another examination bears the statement out, or contradicts it and says what differs; no report is replaced."""
    run("certify", "corpus", "-o", "s.json", *AS_OF)
    before = Path("provcheck-report/results.json").stat().st_ino
    ended = run("verify", "s.json", "corpus", "--again", *AS_OF)
    assert ended.code == 0
    assert "Examined again: it is as it was stated\n" in ended.out
    ended = run("verify", "s.json", "corpus", "--again", "--as-of", "2026-02-01", "--workers", "1")
    assert ended.code == 0
    assert "  differs    as_of was 2026-01-01 and is 2026-02-01\n" in ended.out
    ended = run("verify", "s.json", "corpus", "--again", "--fail-on", "warning", *AS_OF)
    assert ended.code == 1
    assert ended.out.startswith(" DOES NOT HOLD  the result was WARNED and is FAILED\n")
    assert "  the gate   provenance/date-unambiguous [warning PC306]" in ended.out
    assert "  differs    fail_on was critical and is warning\n" in ended.out
    ended = run("verify", "s.json", "corpus", "--again", *ONE)
    assert ended.code == 1
    assert "suite/integrity was used, and is not now" in ended.out
    ended = run("verify", "s.json", "corpus", "--again", "--exclude", "*.html", *AS_OF)
    assert ended.code == 1
    assert "not the same files were examined" in ended.out
    Path("corpus/new.txt").write_text("new")
    ended = run("verify", "s.json", "corpus", "--again", *AS_OF)
    assert ended.err == "provcheck: the corpus was not examined again, since that would be about something else\n"
    assert Path("provcheck-report/results.json").stat().st_ino == before


@pytest.mark.usefixtures("demo")
def test_signed(run: Callable[..., Ended], key: ed25519.Ed25519PrivateKey) -> None:
    """A signature is good, unchecked, of another key, or missing; an altered payload is not even looked at."""
    run("certify", "corpus", "-o", "plain.json", *AS_OF)
    ended = run("certify", "corpus", "-o", "s.json", "--key", "key.pem", *AS_OF)
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "Statement: s.json, 26 files, signed")
    whole = json.loads(Path("s.json").read_bytes())
    assert base64.b64decode(whole["payload"]) == Path("plain.json").read_bytes()
    ended = run("verify", "s.json", "corpus", "--key", "key.pub")
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    keyid = hashlib.sha256(key.public_key().public_bytes(serialization.Encoding.DER, form)).hexdigest()
    assert (ended.code, f"  signature  good, of the key {keyid[:16]}…\n" in ended.out) == (0, True)
    ended = run("verify", "s.json", "corpus")
    assert (ended.code, "there is one, which was not checked" in ended.out) == (0, True)
    ended = run("verify", "plain.json", "corpus", "--key", "key.pub")
    assert (ended.code, "DOES NOT HOLD  the statement is not signed" in ended.out) == (1, True)
    other = ed25519.Ed25519PrivateKey.generate().public_key()
    Path("other.pub").write_bytes(other.public_bytes(serialization.Encoding.PEM, form))
    ended = run("verify", "s.json", "corpus", "--key", "other.pub", "-f", "json")
    assert (ended.code, json.loads(ended.out)["signature"]["state"]) == (1, "bad")
    whole["payload"] = base64.b64encode(b"[" * 100_000).decode()
    Path("s.json").write_text(json.dumps(whole))
    ended = run("verify", "s.json", "corpus", "--key", "key.pub")
    assert (ended.code, "DOES NOT HOLD  the signature is not that of the key" in ended.out) == (1, True)
    ended = run("verify", "s.json", "corpus")
    assert (ended.code, "it is nested too deeply" in ended.err) == (2, True)


@pytest.mark.usefixtures("demo", "key")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["certify", "corpus"], "Missing option '-o'"),
        (["certify", "nowhere", "-o", "s.json"], "no such file or folder: 'nowhere'"),
        (["certify", "corpus", "-o", "corpus/s.json"], "the next run would read it in the source corpus"),
        (["certify", "corpus", "-o", "corpus/web/clock.html"], "never written to"),
        (["certify", "corpus", "-o", "s.json", "--manifest", "corpus/m"], "the next run would read it"),
        (["certify", "corpus", "-o", "s.json", "--manifest", "s.json"], "two formats would go there"),
        (["certify", "corpus", "-o", "none/s.json"], "there is no folder 'none'"),
        (["certify", "corpus", "-o", "corpus"], "it is a folder"),
        (["certify", "corpus", "-o", "s.json", "--report", "."], "it holds the source corpus"),
        (["certify", "corpus", "-o", "s.json", "--key", "none.pem"], "key 'none.pem': it cannot be read: No such file"),
        (["certify", "corpus", "-o", "s.json", "--key", "key.pub"], "it is a public key"),
        (["certify", "corpus", "-o", "s.json", "--suite", "contents"], "did you mean 'content'"),
        (["verify", "none.json", "corpus"], "statement 'none.json': no such file; `provcheck certify PATH... -o FILE`"),
        (["verify", "corpus", "corpus"], "statement 'corpus': it is no file"),
        (["verify", "key.pem", "corpus"], "statement 'key.pem': it is no JSON in UTF-8"),
        (["verify", "key.pem"], "Missing argument 'PATH...'"),
        (["verify", "corpus/export/articles.jsonl", "corpus"], "it is no JSON in UTF-8: Extra data"),
        (["verify", "key.pem", "corpus", "--key", "key.pem"], "it is a private key"),
    ],
)
def test_usage(run: Callable[..., Ended], arguments: list[str], said: str) -> None:
    """What cannot be done ends with 2 and a sentence, before anything is examined."""
    ended = run(*arguments)
    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert names() == ["corpus", "key.pem", "key.pub"]


@pytest.mark.usefixtures("demo")
def test_a_path_out_of_the_corpus_is_not_opened(run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement that names files elsewhere is refused, and no file but those of the corpus is opened for it."""
    run("certify", "corpus", "-o", "s.json", *AS_OF)
    plain = json.loads(Path("s.json").read_bytes())
    plain["predicate"]["provcheck"]["configurationFiles"] = ["web/clock.html"]
    plain["subject"][0]["name"] = "secret"
    Path("s.json").write_text(json.dumps(plain))
    Path("secret").write_text("secret")
    seen: list[str] = []
    true = os.open

    def noting(path: str, *given: int) -> int:
        seen.append(str(path))
        return true(path, *given)

    monkeypatch.setattr(os, "open", noting)
    ended = run("verify", "s.json", "corpus")
    assert ended.code == 1
    assert all(path.startswith("corpus/") for path in seen if not path.endswith("s.json"))
    plain["subject"][0]["name"] = "../secret"
    Path("s.json").write_text(json.dumps(plain))
    assert "the name '../secret' leads out of the corpus" in run("verify", "s.json", "corpus").err


@pytest.mark.usefixtures("demo")
def test_inside_of_the_corpus(run: Callable[..., Ended]) -> None:
    """Statement, list and report may lie in the corpus under names that are no documents, and it holds all the same."""
    outputs = ("-o", "corpus/.statement.json", "--manifest", "corpus/.sha256", "--report", "corpus/report")
    assert run("certify", "corpus", *outputs, *AS_OF).code == 0
    first = Path("corpus/.statement.json").read_bytes()
    assert run("verify", "corpus/.statement.json", "corpus").code == 0
    assert run("certify", "corpus", *outputs, *AS_OF).code == 0
    assert Path("corpus/.statement.json").read_bytes() == first
    assert run("verify", "corpus/.statement.json", "corpus", "--again", *AS_OF).code == 0
    shutil.copy("corpus/.statement.json", "corpus/statement.json")
    assert "  statement.json" in run("verify", "corpus/statement.json", "corpus").out


@pytest.mark.usefixtures("demo")
def test_configuration_and_suites_in_the_corpus(run: Callable[..., Ended], root: Path) -> None:
    """They are no documents for the run, and no new files for whoever verifies without them."""
    shutil.copytree(root / "expectations", "corpus/suites")
    Path("corpus/provcheck.toml").write_text('suite_dir = "suites"\nexclude = ["*.bak"]\n')
    Path("corpus/old.bak").write_text("old")
    assert run("certify", "corpus", "-o", "s.json", "--config", "corpus/provcheck.toml", *AS_OF).code == 0
    facts = json.loads(Path("s.json").read_bytes())["predicate"]["provcheck"]
    assert facts["configurationFiles"] == ["provcheck.toml", "suites"]
    assert facts["leftOut"] == {"excluded by the configuration": 1, "the configuration of provcheck": 4}
    shutil.move("corpus", "moved")
    assert run("verify", "s.json", "moved").code == 0
    Path("moved/new.bak").write_text("excluded then as now")
    assert run("verify", "s.json", "moved").code == 0


@pytest.mark.usefixtures("demo")
def test_files_without_a_digest(run: Callable[..., Ended]) -> None:
    """What cannot be read is named in the statement if the suites let it pass; once it can be read, it differs."""
    Path("corpus/gone.txt").symlink_to("nowhere")
    assert run("certify", "corpus", "-o", "s.json", "--manifest", "m", *ONE).code == 0
    assert json.loads(Path("s.json").read_bytes())["predicate"]["provcheck"]["withoutDigest"] == {"gone.txt": "PC101"}
    assert "# no digest: gone.txt\n" in Path("m").read_text()
    ended = run("verify", "s.json", "corpus")
    assert (ended.code, "1 files could not be read" in ended.out) == (0, True)
    Path("corpus/nowhere").write_text("text")
    ended = run("verify", "s.json", "corpus")
    assert ended.code == 1
    assert "Changed, other bytes than stated: 1\n  gone.txt\n" in ended.out
    Path("corpus/web/clock.html").unlink()
    Path("corpus/web/clock.html").symlink_to("none")
    assert "Unreadable, stated and there: 1\n  web/clock.html\n" in run("verify", "s.json", "corpus").out


@pytest.mark.usefixtures("demo")
def test_several_paths(run: Callable[..., Ended]) -> None:
    """Folders and files together are told apart by their last names, and verified as they were given."""
    given = ("corpus/web", "corpus/harbour-courier", "corpus/export/articles.jsonl")
    assert run("certify", *given, "-o", "s.json", *ONE).code == 0
    found = [each["name"] for each in json.loads(Path("s.json").read_bytes())["subject"]]
    assert {name.split("/")[0] for name in found} == {"web", "harbour-courier", "articles.jsonl"}
    assert run("verify", "s.json", *reversed(given)).code == 0
    assert run("verify", "s.json", "corpus/web").code == 1


CHANGES: dict[str, Callable[[], object]] = {
    "one byte": lambda: Path("corpus/a.txt").write_bytes(b"x" + Path("corpus/a.txt").read_bytes()[1:]),
    "removed": lambda: Path("corpus/b.txt").unlink(),
    "added": lambda: Path("corpus/new.txt").write_text("new"),
    "the baseline": lambda: Path(".known").write_text("provcheck-baseline 1\n# another\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_corpus_that_changes_meanwhile(
    run: Callable[..., Ended],
    corpus: Callable[..., Path],
    article: str,
    monkeypatch: pytest.MonkeyPatch,
    change: str,
) -> None:
    """The statement would lie, so there is none: the run ends with 2 and names what changed; an older one stays."""
    corpus(a__txt=article, b__txt=article.replace("ferry", "train"))
    Path(".known").write_text("provcheck-baseline 1\n")
    Path("s.json").write_text("older")
    true = validation.validate

    def meanwhile(*given: Any) -> object:
        result = true(*given)
        CHANGES[change]()
        return result

    monkeypatch.setattr("provcheck.certification.validate", meanwhile)
    ended = run("certify", "corpus", "-o", "s.json", "--baseline", ".known", "--suite", "integrity", *AS_OF)
    assert ended.code == 2
    assert "changed while the corpus was examined, so nothing can be stated of it" in ended.err
    assert Path("s.json").read_text() == "older"


def test_the_digest_is_of_what_was_examined(
    run: Callable[..., Ended], corpus: Callable[..., Path], article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that changes after it was read, while others are examined, is found out."""
    corpus(**{f"n{n}__txt": f"{article}\nNumber {n}.\n" for n in range(5)})
    true = witness.Witness.__call__

    def writing(self: Any, files: Iterable[Any]) -> Iterable[Any]:
        for number, file in enumerate(true(self, files)):
            if number == 3:
                Path("corpus/n0.txt").write_text("not what was examined")
            yield file

    monkeypatch.setattr(witness.Witness, "__call__", writing)
    ended = run("certify", "corpus", "-o", "s.json", "--suite", "integrity", *AS_OF)
    assert (ended.code, Path("s.json").exists()) == (2, False)
    assert "'n0.txt' changed while the corpus was examined" in ended.err


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("verb", ["certify", "verify"])
def test_interrupted(run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    """Ctrl-C ends both with 130, in the second look too, and leaves no half of a statement."""
    run("certify", "corpus", "-o", "s.json", *AS_OF)
    first = Path("s.json").read_bytes()

    def stopped(*_given: Any) -> object:
        raise KeyboardInterrupt

    module = certification if verb == "certify" else verification
    monkeypatch.setattr(module, "disk", stopped)
    ended = run(
        *(("certify", "corpus", "-o", "s.json", *AS_OF) if verb == "certify" else ("verify", "s.json", "corpus"))
    )
    assert ended.code == 130
    assert names() == ["corpus", "provcheck-report", "s.json"]
    assert Path("s.json").read_bytes() == first


@pytest.mark.usefixtures("demo")
def test_a_disk_that_cannot_be_written(run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told before the run; where it turns out only then, neither file of the two takes its place."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)
        ended = run("certify", "corpus", "-o", "s.json", *AS_OF)
        assert (ended.code, names()) == (2, ["corpus"])
        assert "cannot write 's.json': its folder cannot be written to" in ended.err
        with pytest.raises(OutputError):
            file_apart(Path("s.json"), [])
        file_apart(Path(os.devnull), [])

    true = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == ".s.json.part":
            raise OSError(28, "No space left on device")
        return true(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        ended = run("certify", "corpus", "-o", "s.json", "--manifest", "m", *AS_OF)
    assert (ended.code, names()) == (2, ["corpus", "provcheck-report"])
    assert "No space left on device" in ended.err


def test_hostile_names(run: Callable[..., Ended], corpus: Callable[..., Path], article: str) -> None:
    """Names that would move a cursor or hide their end come through the statement, and are inert on the screen."""
    where = corpus(a__txt=article)
    for name in ("\x1b[2J evil.txt", "two\nlines.txt", "back\\slash.txt", "\u202etxt.exe"):
        (where / name).write_text(f"{article} {name!r}")
    (where / os.fsdecode(b"\xff.txt")).write_text(article + "!")
    assert run("certify", "corpus", "-o", "s.json", "--manifest", "m", "--suite", "integrity", *AS_OF).code == 0
    assert run("verify", "s.json", "corpus").code == 0
    for path in list(where.iterdir()):
        path.rename(where / ("x" + path.name))
    ended = run("verify", "s.json", "corpus")
    assert ended.code == 1
    assert not any(mark in ended.out for mark in ("\x1b[2J", "\u202e", "two\nlines"))
    json.loads(run("verify", "s.json", "corpus", "-f", "json").out)


def test_nothing_heavy_is_needed_to_verify(run: Callable[..., Ended], demo: Path) -> None:
    """Whoever only verifies waits for no gate, no models and no library of keys."""
    run("certify", "corpus", "-o", "s.json", *AS_OF)
    heavy = {"great_expectations", "cryptography", "pandas", "trafilatura"}
    code = f"import sys; from provcheck.cli import main; print(main(), sorted({heavy} & {{*sys.modules}}))"
    command = [sys.executable, "-c", code, "verify", "s.json", str(demo), "-f", "json"]
    out = subprocess.run(command, capture_output=True, check=True)
    assert out.stdout.splitlines()[-1] == b"0 []"
