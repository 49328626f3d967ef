"""The baseline: findings that are known, so that a gate can be switched on over a corpus with old faults.

A finding is told by its identity: rule, digest of the document and quote, never a line or a path. So a document can be
moved and its neighbours can change, and what was known of it stays known; once its bytes change, all its findings are
new. The file is text with one identity a line and, for people, what it stands for. It is sorted, and it is read as a
set of lines, so that git may join the lines of two branches in any order (``merge=union``).

A document without any bytes has no identity: all empty files are alike, and one that is known would excuse a thousand.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from provcheck.errors import BaselineError
from provcheck.model import Finding
from provcheck.patterns import late
from provcheck.rules import RULES
from provcheck.text import quote, squeeze, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

VERSION = 1
"""The version of the layout. A file of an earlier version is read; one of a later version is refused."""

HEAD = "provcheck-baseline"
EXPIRED = "PC803"
"""The rule of findings about the configuration, which no baseline holds."""

_ABOUT = """\
# Findings that are known and do not count: identity, rule, document, quote. Only the identity is read.
# Written by `provcheck baseline`; lines may stand in any order, so that git can join two branches (merge=union).
"""
_LINE = late(r"([0-9a-f]{16})(?:\s.*)?")
_EMPTY = ("", hashlib.sha256(b"").hexdigest())


def identity(finding: Mapping[str, Any], sha256: str | None) -> str | None:
    """The identity of a record's finding, or None for one that no baseline can hold.

    >>> len(identity({"code": "PC501", "quote": "He said tha"}, "ab")), identity({"code": "PC501", "quote": "x"}, "")
    (16, None)
    """
    if finding["code"] == EXPIRED or (sha256 or "") in _EMPTY:
        return None
    return Finding(finding["code"], "", quote=finding["quote"] or "").identity(str(sha256))


@dataclass(frozen=True, slots=True)
class Baseline:
    """The identities of known findings, each with the words that stand beside it for people."""

    known: Mapping[str, str] = field(default_factory=dict)

    def __contains__(self, identity: object) -> bool:
        return identity in self.known

    def __len__(self) -> int:
        return len(self.known)

    @property
    def bare(self) -> Baseline:
        """The same identities without the words beside them, which only the file needs: for travel."""
        return Baseline(dict.fromkeys(self.known, ""))

    @classmethod
    def of(cls, records: Iterable[Mapping[str, Any]]) -> Baseline:
        """The baseline of all findings of these rows that are not waived."""
        known: dict[str, str] = {}
        for record in records:
            for finding in record["findings"]:
                name = identity(finding, record["sha256"])
                if name and finding.get("status") != "waived":
                    known.setdefault(name, _words(record, finding))
        return cls(known)

    def only(self, other: Baseline) -> Baseline:
        """What stands in both: this one without what `other` does not know."""
        return Baseline({name: words for name, words in self.known.items() if name in other})

    def lines(self) -> Iterator[str]:
        """The file, line by line: the version, what it is, and the identities in order."""
        yield f"{HEAD} {VERSION}\n"
        yield _ABOUT
        yield from (f"{name} {words}\n" for name, words in sorted(self.known.items()))


def load(path: Path) -> Baseline:
    """Read a baseline; raises BaselineError for a file that is not there, is no baseline, or is of a later version."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BaselineError(str(path), "no such file; `provcheck baseline PATH... -o FILE` writes one") from None
    except UnicodeDecodeError:
        raise BaselineError(str(path), "it is no baseline: it is not UTF-8") from None
    except OSError as error:
        raise BaselineError(str(path), f"it cannot be read: {error.strerror or error}") from error
    return Baseline(_parse(str(path), text.split("\n")))  # not splitlines: a name may hold U+2028


def _parse(path: str, lines: Sequence[str]) -> dict[str, str]:
    head = lines[0].rstrip("\r").split(" ")
    if not any(line.strip() for line in lines):
        raise BaselineError(
            path, f"it is empty; a baseline without findings still has its first line, {HEAD} {VERSION}"
        )
    if head[0] != HEAD or len(head) != 2 or not head[1].isascii() or not head[1].isdigit():
        raise BaselineError(path, f"it is no baseline: its first line is not {HEAD} {VERSION}")
    if not 1 <= int(head[1]) <= VERSION:
        raise BaselineError(path, f"it is of version {head[1]}, and this provcheck reads up to {VERSION}: upgrade it")
    known = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#") or line.rstrip("\r") == " ".join(head):
            continue
        match = _LINE.fullmatch(line.rstrip("\r"))
        if match is None:
            why = "a conflict of git" if line.startswith(("<<<<<<<", "=======", ">>>>>>>")) else "no identity"
            raise BaselineError(path, f"line {number} is {why}; write it anew with `provcheck baseline`")
        known[match[1]] = line.rstrip("\r")[17:]
    return known


def _words(record: Mapping[str, Any], finding: Mapping[str, Any]) -> str:
    place = str(record["relative"])
    place += f"!{record['member']}" if record["member"] else ""
    place += f"#{record['row']}" if record["row"] else ""
    shown = quote(finding["quote"] or "", 0, len(finding["quote"] or ""), 60)
    words = [finding["code"], RULES[finding["code"]].name, visible(squeeze(place))]
    return " ".join([*words, *([f"“{visible(shown)}”"] if shown else [])])
