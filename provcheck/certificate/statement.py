"""The statement as a value, and as the text that is written.

One subject stands on one line, so that a million files make a text that `git diff` can still be asked about.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://in-toto.io/attestation/test-result/v0.1"
VERSION = 1
"""The version of the field `provcheck`; it grows when a key changes its meaning or goes."""

SETTINGS, SUITE, BASELINE = "settings", "suite/", "baseline/"
"""The name of the settings among the resources of `configuration`, and what the names of the others begin with."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated of a corpus.

    `digests` maps the name of each file to its SHA-256 as 64 hexadecimal digits. `result` is ``PASSED``, or ``WARNED``
    where checks failed that do not fail the gate; `passed` and `warned` are the names of checks, ``suite/check``.
    `configuration` maps the names of suites and baseline (``suite/content``) to the SHA-256 of their files; `settings`
    are those that decide about the verdict, and `facts` the field `provcheck` of the predicate: all three plain values.
    """

    digests: Mapping[str, str]
    result: str
    passed: Sequence[str] = ()
    warned: Sequence[str] = ()
    configuration: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def files(self) -> Mapping[str, str | None]:
        """All files that came in: those with a digest, and with None those that could not be read."""
        return {**self.digests, **dict.fromkeys(self.facts["withoutDigest"])}

    def lines(self) -> Iterator[str]:
        """The text of the statement, piece by piece; the same statement gives the same text."""
        yield f'{{\n "_type": {_text(TYPE)},\n "subject": ['
        comma = ""
        for name in sorted(self.digests):
            yield f'{comma}\n  {{"name": {_text(name)}, "digest": {{"sha256": "{self.digests[name]}"}}}}'
            comma = ","
        yield f'\n ],\n "predicateType": {_text(PREDICATE_TYPE)},\n "predicate": '
        yield json.dumps(self._predicate(), ensure_ascii=False, indent=1).replace("\n", "\n ")
        yield "\n}\n"

    def _predicate(self) -> Mapping[str, Any]:
        decided = {
            "name": SETTINGS,
            "digest": {"sha256": digest_of(self.settings)},
            "mediaType": "application/json",
            "annotations": self.settings,
        }
        files = [{"name": name, "digest": {"sha256": digest}} for name, digest in self.configuration.items()]
        return {
            "result": self.result,
            "configuration": [decided, *files],
            "passedTests": list(self.passed),
            "warnedTests": list(self.warned),
            "failedTests": [],
            "provcheck": self.facts,
        }


def digest_of(settings: Mapping[str, Any]) -> str:
    """The SHA-256 of settings: that of their JSON in UTF-8, with sorted keys and without spaces.

    >>> digest_of({"fail_on": "critical"})[:16]
    '846ebf76c1c69267'
    """
    plain = json.dumps(settings, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
