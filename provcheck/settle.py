"""Which findings count: those that are neither known by the baseline nor waived by the configuration.

The rows pass by once; each finding that does not count gets a status, and what is left to tell is counted on the way:
how many were known, which of the known no longer occur, which waivers are void or speak of nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from provcheck import baseline, frame
from provcheck.model import Finding
from provcheck.rules import RULES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from provcheck.baseline import Baseline
    from provcheck.frame import Record
    from provcheck.waivers import Waiver


def unsettled(findings: Iterable[Record]) -> Iterator[Record]:
    """The findings as they were before any baseline or waiver: without statuses, and without those about waivers.

    >>> list(unsettled([{"code": "PC501", "status": "known"}, {"code": "PC803", "status": None}]))
    [{'code': 'PC501'}]
    """
    for finding in findings:
        if finding["code"] != baseline.EXPIRED:
            yield {name: value for name, value in finding.items() if name != "status"}


@dataclass(slots=True)
class Settled:
    """What the baseline and the waivers settle, counted while the rows go by.

    `known` and `waived` count findings; `seen` are the identities of the baseline that occurred, `hits` the findings
    that each waiver spoke of.
    """

    baseline: Baseline | None = None
    waivers: Sequence[Waiver] = ()
    as_of: dt.date | None = None
    known: int = 0
    waived: int = 0
    seen: set[str] = field(default_factory=set)
    hits: dict[Waiver, int] = field(default_factory=dict)

    @property
    def settles(self) -> bool:
        """Whether there is anything by which a finding may not count."""
        return self.baseline is not None or bool(self.waivers)

    @property
    def fresh(self) -> Settled:
        """The same baseline and waivers with nothing counted yet, and without words for people: light, for travel."""
        return Settled(self.baseline and self.baseline.bare, self.waivers, self.as_of)

    def mark(self, records: Iterable[Record]) -> Iterator[Record]:
        """The rows, with a status for each finding that does not count; without baseline and waivers as they are."""
        if not self.settles:
            yield from records
            return
        for record in records:
            yield frame.settle(record, self.findings(record)) if record["findings"] else record

    def findings(self, record: Mapping[str, Any]) -> list[Record]:
        """The findings of one row as the baseline and the waivers leave them, counted.

        Of the row only `path`, `relative`, `sha256` and `findings` are looked at; what an earlier run settled there is
        undone first, so a row can be settled anew.
        """
        return [*self._settled(record, unsettled(record["findings"]))]

    def as_json(self) -> Mapping[str, Any]:
        """The account for `results.json`."""
        known = None
        if self.baseline is not None:
            known = {"entries": len(self.baseline), "known": self.known, "gone": len(self.baseline) - len(self.seen)}
        return {"baseline": known, "waived": self.waived, "waivers": [self._waiver(waiver) for waiver in self.waivers]}

    def since(self, new: int) -> Mapping[str, str | int] | None:
        """What changed since the state that the baseline accepts, for people; None without a baseline.

        `new` is the number of findings that count.
        """
        if self.baseline is None:
            return None
        return {
            "New findings": new,
            "Known in the baseline": self.known,
            "Waived by the configuration": self.waived,
            "Entries that no longer occur": len(self.baseline) - len(self.seen),
        }

    def _waiver(self, waiver: Waiver) -> Mapping[str, Any]:
        void = self.as_of is not None and waiver.expired(self.as_of)
        return {
            "rule": waiver.rule,
            "path": waiver.path,
            "reason": waiver.reason,
            "expires": waiver.expires.isoformat(),
            "expired": void,
            "findings": self.hits.get(waiver, 0),
        }

    def _settled(self, record: Mapping[str, Any], findings: Iterable[Record]) -> Iterator[Record]:
        void: dict[Waiver, None] = {}
        for finding in findings:
            fitting = [w for w in self.waivers if w.covers(finding["code"], record["path"], record["relative"])]
            for waiver in fitting:
                self.hits[waiver] = self.hits.get(waiver, 0) + 1
            valid = [w for w in fitting if self.as_of is None or not w.expired(self.as_of)]
            name = baseline.identity(finding, record["sha256"])
            if self.baseline is not None and name in self.baseline:
                self.known += 1
                self.seen.add(str(name))
                yield {**finding, "status": "known"}
            elif valid:
                self.waived += 1
                yield {**finding, "status": "waived"}
            else:
                void.update(dict.fromkeys(fitting))
                yield finding
        for waiver in void:
            said = Finding.of("PC803", rule=waiver.rule, pattern=waiver.path, expires=waiver.expires.isoformat())
            place = {"start_line": None, "end_line": None, "quote": ""}
            yield {"code": said.code, "severity": RULES[said.code].severity, "message": said.message, **place}
