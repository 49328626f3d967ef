"""The spine of `certify`: the corpus validated, its files looked at once more, and the statement made of both.

A statement that does not hold at the moment when it is made would be worthless, so the second look is the same that
`provcheck.verification` takes later: every file is read again from the disk and held against what was examined.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provcheck import certificate
from provcheck._version import __version__
from provcheck.certificate import envelope, keys
from provcheck.certificate.statement import BASELINE, SUITE, VERSION, Statement
from provcheck.config import Settings
from provcheck.corpus import listed
from provcheck.errors import SourcesChangedError
from provcheck.readers.sources import HIDDEN, REPORT, printable
from provcheck.validation import validate
from provcheck.witness import Names, Witness, disk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from provcheck.corpus import Paths, Watch
    from provcheck.result import Result

_OURS = (HIDDEN, REPORT)
"""What is left out as no part of any corpus. A statement may lie among it, so the next one must not count it."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """How a corpus was certified: the result of its validation, and the statement, or None where the gate failed.

    `statement` is the whole file, in its envelope where it is signed. `digests` and `odd` are as in
    `provcheck.witness.Witness`.
    """

    result: Result
    statement: bytes | None = None
    digests: Mapping[str, str | None] = field(default_factory=dict)
    odd: Mapping[str, bytes] = field(default_factory=dict)

    def manifest(self) -> Iterator[bytes]:
        """The same files as `sha256sum -c` reads them, a line each."""
        yield from certificate.manifest(self.digests, self.odd)


def certify(
    paths: Paths, settings: Settings | None = None, watch: Watch = iter, *, key: str | os.PathLike[str] | None = None
) -> Certificate:
    """Validate a corpus as `provcheck.validate` does, and if it passes state which files passed which suites.

    `key` is the file of a private key in PEM, with which the statement is signed. Nothing is written but the report.
    Raises SourcesChangedError where files changed meanwhile, KeyFileError, SameNameError where two files would have
    one name, and what `validate` raises.
    """
    settings = (settings or Settings()).dated()
    signer = keys.signer(os.fspath(key)) if key is not None else None
    given, accepted = listed(paths), baseline(settings)
    witness = Witness(Names.below(given))
    result = validate(given, settings, watch, witness)
    if not result.passed:
        return Certificate(result)
    _refuse_changes(given, settings, witness, accepted)
    text = "".join(stated(result, settings, witness, accepted).lines()).encode()
    signed = envelope.signed(text, signer) if signer else text
    return Certificate(result, signed, witness.digests, witness.odd)


def stated(result: Result, settings: Settings, witness: Witness, accepted: Mapping[str, str]) -> Statement:
    """What there is to state of a validation, of whatever outcome; `accepted` is what `baseline` gives."""
    names: dict[bool, list[str]] = {True: [], False: []}
    for check in result.verdict.checks:
        names[check.success].append(f"{check.suite}/{check.check}")
    word = ("WARNED" if names[False] else "PASSED") if result.passed else "FAILED"
    digests = {name: digest for name, digest in witness.digests.items() if digest is not None}
    suites = {f"{SUITE}{name}": digest for name, digest in result.verdict.suites}
    facts = _facts(result, settings, witness)
    return Statement(
        digests, word, tuple(names[True]), tuple(names[False]), {**suites, **accepted}, _deciding(settings), facts
    )


def baseline(settings: Settings) -> dict[str, str]:
    """The name and the digest of the baseline that a run goes by; nothing without one, or where it cannot be read."""
    if not settings.baseline:
        return {}
    try:
        digest = hashlib.sha256(Path(settings.baseline).read_bytes()).hexdigest()
    except OSError:  # the run will say so
        return {}
    return {BASELINE + printable(Path(settings.baseline).name): digest}


def _refuse_changes(given: Sequence[str], settings: Settings, witness: Witness, accepted: Mapping[str, str]) -> None:
    """Raise SourcesChangedError where what is there is not what was examined."""
    found = disk(given, witness.names, settings.exclude, settings.own)
    changed = {*certificate.differences(witness.digests, found).names, *witness.written()}
    if baseline(settings) != accepted:
        changed.add(str(settings.baseline))
    if changed:
        raise SourcesChangedError(sorted(changed))


def _deciding(settings: Settings) -> dict[str, Any]:
    """The settings that a verdict depends on, as plain values; suites and baseline are told by their digests."""
    return {
        "as_of": settings.day.isoformat(),
        "columns": {role: list(names) for role, names in sorted(settings.columns.items())},
        "date_order": settings.date_order,
        "encoding": settings.encoding,
        "exclude": [printable(pattern) for pattern in settings.exclude],
        "fail_on": settings.fail_on,
        "limits": asdict(settings.limits),
        "waivers": [{**waiver._asdict(), "expires": waiver.expires.isoformat()} for waiver in settings.waivers],
    }


def _facts(result: Result, settings: Settings, witness: Witness) -> dict[str, Any]:
    """The field `provcheck` of the predicate: see docs/certificate.md."""
    ledger, summary = result.ledger, result.summary
    return {
        "version": VERSION,
        "toolVersion": __version__,
        "ledger": {
            "files": ledger.files,
            "bytes": ledger.bytes,
            "bytesRead": ledger.bytes_read,
            "bytesWithReason": ledger.bytes_with_reason,
            "documents": summary.documents,
            "documentsRead": summary.read,
        },
        "leftOut": {rule: count for rule, count in sorted(ledger.skipped.items()) if rule not in _OURS},
        "findings": dict(sorted(summary.by_rule.items())),
        "settled": {"known": result.settled.known, "waived": result.settled.waived},
        "withoutDigest": dict(sorted(witness.reasons.items())),
        "configurationFiles": witness.names.inside(settings.own),
    }
