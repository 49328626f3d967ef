"""The spine of `verify`: the signature checked, then the statement read, then the files held against it.

In this order, since nothing should be made of a text before it is known who wrote it. `again` also lets the corpus be
examined and judged anew.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from provcheck import certification
from provcheck._version import __version__
from provcheck.certificate import (
    NO_DIFFERENCES,
    Differences,
    Envelope,
    anew,
    differences,
    keys,
    load,
    parsed,
    unwrapped,
)
from provcheck.certificate.statement import SUITE
from provcheck.corpus import listed
from provcheck.validation import validate
from provcheck.witness import Names, Witness, disk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provcheck.certificate import Statement
    from provcheck.config import Settings
    from provcheck.corpus import Paths, Watch

Signature = Literal["good", "bad", "missing", "unchecked", "none"]
"""What is known of a signature: `missing` and `none` where there is no signature, the former where a key was given."""

_FAULTS = {
    "bad": "the signature is not that of the key: the statement was altered, or signed by somebody else",
    "missing": "the statement is not signed, so the key proves nothing",
}


@dataclass(frozen=True, slots=True)
class Again:
    """What another examination gave: why the gate failed, what contradicts the statement, and what else differs."""

    reasons: tuple[str, ...]
    contradicts: tuple[str, ...]
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a statement holds.

    `statement` is None, and nothing else was looked at, where the signature is bad or missing. `files` are the names of
    files that differ; `again` is None where the corpus was not examined again.
    """

    signature: Signature
    keyid: str | None = None
    statement: Statement | None = None
    files: Differences = NO_DIFFERENCES
    again: Again | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the statement does not hold, a sentence each; empty if it does."""
        said = [_FAULTS[self.signature]] if self.signature in _FAULTS else []
        if self.files.names:
            kinds = [f"{len(names):,} {kind}" for kind, names in self.files._asdict().items() if names]
            said.append(f"the files are not those stated: {', '.join(kinds)}")
        return (*said, *(self.again.contradicts if self.again else ()))

    @property
    def holds(self) -> bool:
        """Whether the statement holds."""
        return not self.reasons

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values; see docs/certificate.md."""
        return {
            "version": 1,
            "provcheck": __version__,
            "holds": self.holds,
            "reasons": list(self.reasons),
            "signature": {"state": self.signature, "keyid": self.keyid},
            "statement": _told(self.statement) if self.statement else None,
            "files": {kind: list(names) for kind, names in self.files._asdict().items()},
            "again": {name: list(getattr(self.again, name)) for name in Again.__slots__} if self.again else None,
        }


def verify(
    statement: str | os.PathLike[str],
    paths: Paths,
    *,
    key: str | os.PathLike[str] | None = None,
    again: Settings | None = None,
    watch: Watch = iter,
) -> Verification:
    """Tell whether a statement of `certify` holds for the files below the paths, which are given as they were to it.

    `key` is the file of a public key in PEM. With `again` the corpus is also examined and judged by these settings, if
    the files are those of the statement. No file but those below the paths is opened, whatever the statement says.
    Raises StatementError for what is no statement, KeyFileError, SourceNotFoundError and, with `again`, what
    `provcheck.validate` raises.
    """
    path, given = os.fspath(statement), listed(paths)
    checker = keys.checker(os.fspath(key)) if key is not None else None
    whole = unwrapped(path, load(path))
    signature = _signature(whole, checker)
    keyid = checker.keyid if checker else None
    if signature in _FAULTS:
        return Verification(signature, keyid)
    stated = parsed(path, whole.payload if isinstance(whole, Envelope) else whole)
    names = Names.below(given)
    found = disk(given, names, stated.settings["exclude"], names.places(stated.facts["configurationFiles"]))
    files = differences(stated.files, found)
    anew = _again(stated, given, again.dated(), watch) if again and not files.names else None
    return Verification(signature, keyid, stated, files, anew)


def _signature(whole: dict[str, Any] | Envelope, checker: keys.Checker | None) -> Signature:
    if not isinstance(whole, Envelope):
        return "missing" if checker else "none"
    if checker is None:
        return "unchecked"
    return "good" if whole.checked(checker.check) else "bad"


def _again(then: Statement, given: Sequence[str], settings: Settings, watch: Watch) -> Again:
    """Examine and judge the corpus once more; the report goes nowhere, so that no other is lost by it."""
    witness, accepted = Witness(Names.below(given)), certification.baseline(settings)
    with tempfile.TemporaryDirectory(prefix="provcheck-") as place:
        result = validate(given, replace(settings, output=os.path.join(place, "report")), watch, witness)  # noqa: PTH118
    contradicts, differs = anew(then, certification.stated(result, settings, witness, accepted))
    return Again(result.reasons, contradicts, differs)


def _told(statement: Statement) -> Mapping[str, Any]:
    return {
        "result": statement.result,
        "as_of": statement.settings.get("as_of"),
        "provcheck": statement.facts["toolVersion"],
        "suites": [name.removeprefix(SUITE) for name in statement.configuration if name.startswith(SUITE)],
        "files": len(statement.digests),
        "without_digest": len(statement.facts["withoutDigest"]),
    }
