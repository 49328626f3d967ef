"""The statement: what is written is what is read, and what a stranger wrote is refused with a sentence."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.certificate import Envelope, Statement, anew, differences, load, parse, parsed, unwrapped
from provcheck.certificate.statement import digest_of
from provcheck.errors import StatementError

if TYPE_CHECKING:
    from collections.abc import Callable

DIGEST, OTHER = "ab" * 32, "cd" * 32
FACTS = {"version": 1, "toolVersion": "0.1.0", "withoutDigest": {"pipe": "PC109"}, "configurationFiles": ["p.toml"]}
STATEMENT = Statement(
    {"a.txt": DIGEST, "b/ä b.txt": OTHER}, "WARNED", ("content/x",), ("content/y",), {"suite/content": DIGEST},
    {"exclude": ["*.bak"], "fail_on": "critical", "as_of": "2026-01-01"}, FACTS,
)  # fmt: skip

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
NAMES = TEXTS.filter(lambda t: "\0" not in t and not {"", ".", ".."} & {*t.split("/")})
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def read(raw: bytes) -> Statement:
    """The statement of a file, in an envelope or not."""
    found = unwrapped("s.json", raw)
    return parsed("s.json", found.payload if isinstance(found, Envelope) else found)


def written(statement: Statement) -> bytes:
    """The text of a statement."""
    return "".join(statement.lines()).encode()


@given(
    names=st.lists(NAMES, unique=True, max_size=6),
    tests=st.lists(TEXTS, max_size=4).map(tuple),
    settings=st.dictionaries(TEXTS, PLAIN, max_size=3),
    facts=st.dictionaries(TEXTS, PLAIN, max_size=3),
)
def test_round_trip(names: list[str], tests: tuple[str, ...], settings: dict[str, Any], facts: dict[str, Any]) -> None:
    """What is written is read again as the same value, and written again as the same bytes."""
    statement = Statement(
        dict.fromkeys(names, DIGEST), "PASSED", tests, tests, {"suite/x": OTHER}, {**settings, "exclude": ["x"]},
        {**facts, "version": 1, "toolVersion": "1", "withoutDigest": {}, "configurationFiles": []},
    )  # fmt: skip
    text = written(statement)
    again = parsed("s.json", text)
    assert again == statement
    assert written(again) == text


def test_field_names() -> None:
    """The fields are those of the specifications, and one subject stands on one line."""
    text = written(STATEMENT)
    plain = json.loads(text)
    assert list(plain) == ["_type", "subject", "predicateType", "predicate"]
    assert plain["_type"] == "https://in-toto.io/Statement/v1"
    assert plain["predicateType"] == "https://in-toto.io/attestation/test-result/v0.1"
    assert list(plain["predicate"]) == [
        "result", "configuration", "passedTests", "warnedTests", "failedTests", "provcheck",
    ]  # fmt: skip
    assert plain["subject"][1] == {"name": "b/ä b.txt", "digest": {"sha256": OTHER}}
    assert sum(b'"digest": {"sha256"' in line for line in text.splitlines()) == 2


@given(st.binary(max_size=200) | PLAIN.map(lambda value: json.dumps(value).encode()))
def test_any_bytes(raw: bytes) -> None:
    """Whatever stands in the file, there is a sentence and no other error."""
    with pytest.raises(StatementError, match=r"statement 's\.json': "):
        read(raw)


def altered(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The text of a statement in which something was changed."""
    plain = json.loads(written(STATEMENT))
    change(plain)
    return json.dumps(plain).encode()


def subject(name: object, sha256: object = DIGEST) -> bytes:
    """A statement with one subject."""
    return altered(lambda s: s.update(subject=[{"name": name, "digest": {"sha256": sha256}}]))


def fact(**facts: object) -> bytes:
    """A statement with other facts."""
    return altered(lambda s: s["predicate"]["provcheck"].update(facts))


def predicate(**fields: object) -> bytes:
    """A statement with another predicate."""
    return altered(lambda s: s["predicate"].update(fields))


SETTINGS = {"name": "settings", "digest": {"sha256": DIGEST}, "annotations": {}}
HOSTILE = [
    (b"", "it is no JSON in UTF-8"),
    (b"\xff\xfe{}", "it is no JSON in UTF-8"),
    (b"[]", "it is no JSON object"),
    (b'{"a": NaN}', "NaN is no value of JSON"),
    (b'{"a": -Infinity}', "-Infinity is no value of JSON"),
    (b'{"a": ' * 100_000, "it is nested too deeply"),
    (b"[" * 1_000_000, "it is nested too deeply"),
    (b'{"_type": 1, "_type": 2}', "the key '_type' stands twice in one object"),
    (b'{"a": ' + b"9" * 5000 + b"}", ""),
    (b"{}", "its _type is missing, not https://in-toto.io/Statement/v1"),
    (altered(lambda s: s.update(_type="https://in-toto.io/Statement/v0.1")), "its _type is 'https://in-toto.io/S"),
    (altered(lambda s: s.update(predicateType="x" * 9999)), "its predicateType is 'xxx"),
    (altered(lambda s: s.pop("predicate")), "predicate is missing, where an object should be"),
    (altered(lambda s: s.update(subject={})), "subject is of the kind dict, where a list should be"),
    (altered(lambda s: s.update(subject=["a"])), "a subject is 'a', not an object"),
    (altered(lambda s: s["subject"].append(s["subject"][0])), "the file 'a.txt' stands there twice"),
    (altered(lambda s: s["predicate"].pop("provcheck")), "it was not written by `provcheck certify`"),
    (subject("../../etc/passwd"), "the name '../../etc/passwd' leads out of the corpus"),
    (subject("/etc/passwd"), "the name '/etc/passwd' leads out of the corpus"),
    (subject("a/../../b"), "leads out of the corpus"),
    (subject("a//b"), "leads out of the corpus"),
    (subject("a\0b"), r"'a\x00b' is no name of a file"),
    (subject(""), "'' is no name of a file"),
    (subject(7), "of the kind int is no name of a file"),
    (subject(None), "missing is no name of a file"),
    (subject("pipe"), "the file 'pipe' stands there with a digest and without"),
    (subject("a", "ab"), "'a' has no sha256 of 64 hexadecimal digits"),
    (subject("a", "AB" * 32), "'a' has no sha256"),
    (subject("a", 3), "'a' has no sha256"),
    (subject("\x1b[2J\u202e", "ab"), r"'\x1b[2J\u202e' has no sha256"),
    (predicate(result="FAILED"), "its result is 'FAILED', and not that of a gate that passed"),
    (predicate(result=["PASSED"]), "its result is of the kind list"),
    (predicate(passedTests="all"), "passedTests is 'all', where a list should be"),
    (predicate(warnedTests=[1]), "warnedTests must hold strings"),
    (predicate(failedTests=["content/x"]), "it has failed tests"),
    (predicate(configuration=[]), "its configuration has no settings"),
    (predicate(configuration=[1]), "its configuration holds of the kind int, not a named resource"),
    (predicate(configuration=[SETTINGS]), "its settings are not those of their digest"),
    (predicate(configuration=[{"name": "suite/x"}]), "'suite/x' has no sha256"),
    (predicate(configuration=[{"name": "x", "digest": {"sha256": DIGEST}}] * 2), "'x' stands twice in its configu"),
    (fact(version=2), "it is of version 2, and this provcheck reads up to 1: upgrade it"),
    (fact(version=True), "version is of the kind bool, where a number should be"),
    (fact(toolVersion=None), "toolVersion is missing, where a string should be"),
    (fact(withoutDigest={"../x": "PC101"}), "leads out of the corpus"),
    (fact(withoutDigest={"x": 1}), "withoutDigest must map names to reasons"),
    (fact(configurationFiles=["../x"]), "leads out of the corpus"),
    (fact(configurationFiles=[str(n) for n in range(17)]), "it names more than 16 configurationFiles"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "said"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile(raw: bytes, said: str) -> None:
    """Each fault has its sentence, which is short and inert."""
    with pytest.raises(StatementError) as caught:
        read(raw)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 300
    assert str(caught.value).isprintable()


def test_settings_without_exclude() -> None:
    """Settings whose digest is right, but whose types are not, are refused."""
    wrong = {**SETTINGS, "annotations": {"exclude": "x"}, "digest": {"sha256": digest_of({"exclude": "x"})}}
    with pytest.raises(StatementError, match="exclude is 'x', where a list should be"):
        parsed("s.json", predicate(configuration=[wrong]))


def test_unknown_fields_are_passed_over() -> None:
    """What a later version adds does not keep an earlier one from reading."""
    more = altered(lambda s: (s.update(new=1), s["subject"][0].update(uri="x"), s["predicate"].update(url="x")))
    assert read(more).digests == STATEMENT.digests
    assert read(fact(later=[1])).digests == STATEMENT.digests


ENVELOPE: dict[str, Any] = {
    "payloadType": "application/vnd.in-toto+json",
    "payload": base64.b64encode(b"{}").decode(),
    "signatures": [{"sig": "AAAA"}],
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"payloadType": "application/json"}, "its payload is 'application/json', not application/vnd.in-toto+json"),
        ({"payloadType": 1}, "an envelope without payloadType or signatures"),
        ({"signatures": []}, "an envelope without payloadType or signatures"),
        ({"signatures": "x"}, "an envelope without payloadType or signatures"),
        ({"signatures": [{}]}, "the envelope's sig is missing or no string"),
        ({"signatures": ["AAAA"]}, "the envelope's sig is missing or no string"),
        ({"payload": "no base64!"}, "the envelope's payload is not base64"),
        ({"payload": "ä"}, "the envelope's payload is not base64"),
        ({"payload": None}, "the envelope's payload is missing or no string"),
    ],
)
def test_hostile_envelopes(change: dict[str, Any], said: str) -> None:
    """An envelope of another type, or that is damaged, is refused before anything is made of what it holds."""
    with pytest.raises(StatementError, match=re.escape(said)):
        unwrapped("s.json", json.dumps({**ENVELOPE, **change}).encode())


def test_either_base64() -> None:
    """Payloads in the alphabet of URLs are read as those in the common one."""
    payload = bytes(range(256))
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        found = unwrapped("s.json", json.dumps({**ENVELOPE, "payload": encode(payload).decode()}).encode())
        assert isinstance(found, Envelope)
        assert found.payload == payload


def test_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder, a device without an end, a file that is not there, and one that is too large."""
    large = tmp_path / "large"
    large.write_bytes(b" " * 2000)
    monkeypatch.setattr(parse, "LARGEST", 1000)
    wrong = {tmp_path: "no file", Path("/dev/zero"): "no file", tmp_path / "x": "no such file", large: "larger"}
    for path, said in wrong.items():
        with pytest.raises(StatementError, match=said):
            load(str(path))


@pytest.mark.parametrize(
    ("stated", "found", "kinds"),
    [
        ({}, {}, ([], [], [], [])),
        ({"a": "1"}, {"a": "1"}, ([], [], [], [])),
        ({"a": "1"}, {}, ([], ["a"], [], [])),
        ({}, {"a": "1"}, ([], [], ["a"], [])),
        ({}, {"a": None}, ([], [], ["a"], [])),
        ({"a": "1"}, {"a": "2"}, (["a"], [], [], [])),
        ({"a": None}, {"a": "2"}, (["a"], [], [], [])),
        ({"a": "1"}, {"a": None}, ([], [], [], ["a"])),
        ({"a": None}, {"a": None}, ([], [], [], [])),
        ({"b": "1", "a": "1"}, {"d": "1", "c": "1"}, ([], ["a", "b"], ["c", "d"], [])),
    ],
)
def test_differences(stated: dict[str, str | None], found: dict[str, str | None], kinds: tuple[list[str], ...]) -> None:
    """Files that changed, are gone, came, or cannot be read any more."""
    assert tuple(map(list, differences(stated, found.items()))) == kinds


@pytest.mark.parametrize(
    ("change", "contradicts", "differs"),
    [
        ({}, (), ()),
        ({"result": "FAILED"}, ("the result was WARNED and is FAILED",), ()),
        ({"warned": ("content/x", "content/y")}, ("the check content/x passed and does not",), ()),
        ({"configuration": {"suite/content": OTHER}}, ("suite/content is not the same file",), ()),
        ({"configuration": {}}, ("suite/content was used, and is not now",), ()),
        ({"configuration": {"suite/content": DIGEST, "a/b": OTHER}}, ("a/b was not used, and is now",), ()),
        ({"settings": {**STATEMENT.settings, "fail_on": "info"}}, (), ("fail_on was critical and is info",)),
        ({"facts": {**FACTS, "toolVersion": "0.2.0"}}, (), ("provcheck was 0.1.0 and is 0.2.0",)),
        ({"digests": {"a.txt": DIGEST}}, ("not the same files were examined: 1 differ, the first is 'b/ä b.txt'",), ()),
    ],
)  # fmt: skip
def test_anew(change: dict[str, Any], contradicts: tuple[str, ...], differs: tuple[str, ...]) -> None:
    """Another verdict, suite, baseline or file contradicts a statement; another version or setting is told."""
    assert anew(STATEMENT, replace(STATEMENT, **change)) == (contradicts, differs)
