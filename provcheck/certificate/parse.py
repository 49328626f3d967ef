"""A statement from the bytes of a file that a stranger may have written.

Nothing in it is trusted: not its length, not its types, not its names. A name that leads out of the corpus is refused,
though no name is ever opened; so are two files of one name, and two keys of one name, of which another reader might
take the other. What is not known here is passed over, as the specification asks of consumers.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from provcheck import plainly
from provcheck.certificate import envelope
from provcheck.certificate.statement import PREDICATE_TYPE, SETTINGS, TYPE, VERSION, Statement, digest_of
from provcheck.errors import StatementError
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

LARGEST = 1 << 30
"""Bytes of a statement: enough for some five million files."""

MOST_OURS = 16
"""Names of configuration and suites; a run has one of each, and every file is held against all of them."""

_SHA256 = late(r"[0-9a-f]{64}")
_RESULTS = ("PASSED", "WARNED")


class _FaultError(ValueError):
    """What is wrong, as a sentence without a full stop."""


def load(path: str) -> bytes:
    """The bytes of a statement's file; raises StatementError for what is no file, or too large."""
    try:
        raw = plainly.bounded(path, LARGEST)
    except FileNotFoundError:
        raise StatementError(path, "no such file; `provcheck certify PATH... -o FILE` writes one") from None
    except OSError as error:
        raise StatementError(path, f"it cannot be read: {error.strerror or error}") from error
    if raw is None:
        raise StatementError(path, "it is no file")
    if len(raw) > LARGEST:
        raise StatementError(path, f"it is larger than {LARGEST:,} bytes")
    return raw


def unwrapped(path: str, raw: bytes) -> dict[str, Any] | envelope.Envelope:
    """The JSON object of a statement, or the envelope that it is in; raises StatementError.

    The envelope is to be checked before its payload is parsed.
    """
    try:
        plain = _json(raw)
        return envelope.opened(plain) if "payload" in plain or "payloadType" in plain else plain
    except (ValueError, RecursionError) as error:
        raise StatementError(path, _said(error)) from None


def parsed(path: str, found: bytes | dict[str, Any]) -> Statement:
    """The statement that a text or an object is; raises StatementError, which names `path`, for anything else."""
    try:
        return _statement(_json(found) if isinstance(found, bytes) else found)
    except (ValueError, RecursionError) as error:
        raise StatementError(path, _said(error)) from None


def _said(error: Exception) -> str:
    if isinstance(error, _FaultError) or type(error) is ValueError:
        return str(error)
    return "it is nested too deeply" if isinstance(error, RecursionError) else f"it is no JSON in UTF-8: {error}"


def _json(raw: bytes) -> dict[str, Any]:
    plain = json.loads(raw.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant)
    if not isinstance(plain, dict):
        raise _FaultError("it is no JSON object")
    return plain


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        (often, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise _FaultError(f"the key {_shown(often)} stands twice in one object")
    return found


def _constant(name: str) -> NoReturn:
    raise _FaultError(f"{name} is no value of JSON")


def _statement(plain: dict[str, Any]) -> Statement:
    for key, wanted in (("_type", TYPE), ("predicateType", PREDICATE_TYPE)):
        if plain.get(key) != wanted:
            raise _FaultError(f"its {key} is {_shown(plain.get(key))}, not {wanted}")
    predicate = _of(dict, plain, "predicate")
    facts = _facts(predicate)
    digests = _digests(_of(list, plain, "subject"))
    both = next((name for name in facts["withoutDigest"] if name in digests), None)
    if both is not None:
        raise _FaultError(f"the file {_shown(both)} stands there with a digest and without")
    if predicate.get("result") not in _RESULTS:
        raise _FaultError(f"its result is {_shown(predicate.get('result'))}, and not that of a gate that passed")
    configuration, settings = _configuration(_of(list, predicate, "configuration"))
    passed, warned = (_strings(predicate, key) for key in ("passedTests", "warnedTests"))
    if _strings(predicate, "failedTests"):
        raise _FaultError("it has failed tests, though a statement is only made of a gate that passed")
    return Statement(digests, predicate["result"], passed, warned, configuration, settings, facts)


def _facts(predicate: dict[str, Any]) -> dict[str, Any]:
    if "provcheck" not in predicate:
        raise _FaultError("it was not written by `provcheck certify`")
    facts: dict[str, Any] = _of(dict, predicate, "provcheck")
    number = _of(int, facts, "version")
    if not 1 <= number <= VERSION:
        raise _FaultError(f"it is of version {number}, and this provcheck reads up to {VERSION}: upgrade it")
    _of(str, facts, "toolVersion")
    for name, reason in _of(dict, facts, "withoutDigest").items():
        _name(name)
        if not isinstance(reason, str):
            raise _FaultError("withoutDigest must map names to reasons")
    ours = _strings(facts, "configurationFiles")
    if len(ours) > MOST_OURS:
        raise _FaultError(f"it names more than {MOST_OURS} configurationFiles")
    for name in ours:
        _name(name)
    return facts


def _digests(subject: list[Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in subject:
        if not isinstance(each, dict):
            raise _FaultError(f"a subject is {_shown(each)}, not an object")
        name = _name(each.get("name"))
        if name in found:
            raise _FaultError(f"the file {_shown(name)} stands there twice")
        found[name] = _sha256(each, name)
    return found


def _configuration(resources: list[Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """The digests of suites and baseline by their names, and the settings."""
    found: dict[str, str] = {}
    settings: dict[str, Any] | None = None
    for each in resources:
        if not isinstance(each, dict) or not isinstance(each.get("name"), str):
            raise _FaultError(f"its configuration holds {_shown(each)}, not a named resource")
        name = each["name"]
        if name in found or (name == SETTINGS and settings is not None):
            raise _FaultError(f"{_shown(name)} stands twice in its configuration")
        if name != SETTINGS:
            found[name] = _sha256(each, name)
            continue
        settings = _of(dict, each, "annotations")
        if digest_of(settings) != _sha256(each, name):
            raise _FaultError("its settings are not those of their digest")
    if settings is None:
        raise _FaultError("its configuration has no settings")
    _strings(settings, "exclude")
    return found, settings


def _sha256(resource: dict[str, Any], name: str) -> str:
    digest = resource.get("digest")
    value = digest.get("sha256") if isinstance(digest, dict) else None
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise _FaultError(f"{_shown(name)} has no sha256 of 64 hexadecimal digits")
    return value


def _name(name: object) -> str:
    """The name of a file below the corpus; anything that could lead elsewhere is refused."""
    if not isinstance(name, str) or not name or "\0" in name:
        raise _FaultError(f"{_shown(name)} is no name of a file")
    if any(part in ("", ".", "..") for part in name.split("/")):
        raise _FaultError(f"the name {_shown(name)} leads out of the corpus")
    return name


def _of(kind: type, plain: dict[str, Any], key: str) -> Any:  # noqa: ANN401  # of the kind that is asked for
    value = plain.get(key)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise _FaultError(f"{key} is {_shown(value)}, where {_KINDS[kind]} should be")
    return value


_KINDS = {dict: "an object", list: "a list", str: "a string", int: "a number"}


def _strings(plain: dict[str, Any], key: str) -> Sequence[str]:
    values: Sequence[str] = _of(list, plain, key)
    if not all(isinstance(value, str) for value in values):
        raise _FaultError(f"{key} must hold strings")
    return tuple(values)


def _shown(value: object) -> str:
    """A value as it may stand in a message: inert, and not longer than a line."""
    if isinstance(value, str):
        return repr(value) if len(value) <= 80 else f"{value[:80]!r}…"
    return "missing" if value is None else f"of the kind {type(value).__name__}"
