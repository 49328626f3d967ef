"""Double entry: what is counted at the door is held against what comes out as rows.

Two counts are made that share no code. At the door, `found` counts the files of the listing and their bytes, and
every container says how many records or members it holds by a mark of its own: the lines of a JSONL that are not
blank, the row count in a Parquet footer, the central directory of a zip, the headers of a tar. At the exit, `rows`
counts the envelopes that were given. `faults` says where the two disagree; a run whose ledger has faults must fail,
because something was lost or invented.

What is left out on purpose (hidden files, `exclude`) is counted by its reason and named, so that it can be shown.
Only sums and at most `NAMES_KEPT` names are held: memory does not grow with the corpus.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from dataclasses import dataclass, field, fields

NAMES_KEPT = 1000
"""Names of skipped files, and faults, that are kept word for word; all are counted."""


def keep(kept: list[str], told: str) -> None:
    """Put a sentence into a sorted list; of too many the first `NAMES_KEPT` stay, in whatever order they came.

    >>> kept = ["b: hidden"]
    >>> keep(kept, "a: hidden")
    >>> kept
    ['a: hidden', 'b: hidden']
    """
    insort(kept, told)
    del kept[NAMES_KEPT:]


@dataclass(slots=True)
class Tally:
    """The units of one container: `counted` at the door, `given` as rows or opened members.

    `behind` is the number of counted units for which one reason row stands (the rest of a damaged row group);
    `reasons` the number of rows that belong to no counted unit (the place where an archive breaks off).
    """

    where: str
    unit: str
    counted: int = 0
    given: int = 0
    behind: int = 0
    reasons: int = 0

    @property
    def fault(self) -> str | None:
        """Why the container does not add up, or None.

        >>> Tally("a.jsonl", "line", counted=3, given=2).fault
        'a.jsonl: 3 lines were counted, 2 were given'
        """
        if self.counted == self.given + self.behind:
            return None
        return f"{self.where}: {self.counted} {self.unit}s were counted, {self.given + self.behind} were given"


@dataclass(slots=True)
class Ledger:
    """The books of one run; it is the one value in the house that counts while others stream past it.

    `files` and `bytes` (as the file system states them) are what the listing found, `skipped` maps each rule by
    which a path was left out to a count, `names` has those paths, sorted. `documents` is the number of rows that must
    come out by the count at the door, `rows` the number that did. Of the bytes, `bytes_read` are those of files
    that could be read whole, `bytes_with_reason` those of files with a reason row.
    """

    files: int = 0
    bytes: int = 0
    documents: int = 0
    rows: int = 0
    bytes_read: int = 0
    bytes_with_reason: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    names: list[str] = field(default_factory=list)
    uneven: list[str] = field(default_factory=list)

    def found(self, size: int) -> None:
        """Book a file of `size` bytes that the listing gave: one document, until it turns out to be a container."""
        self.files += 1
        self.bytes += size
        self.documents += 1

    def left(self, size: int, *, whole: bool) -> None:
        """Book a file that has been gone through: `whole` if all that it holds could be read, else it gave reasons."""
        if whole:
            self.bytes_read += size
        else:
            self.bytes_with_reason += size

    def skip(self, path: str, rule: str) -> None:
        """Book a path that is left out by a stated rule, such as ``hidden``."""
        self.skipped[rule] += 1
        keep(self.names, f"{path}: {rule}")

    def close(self, tally: Tally) -> None:
        """Book a container that has been read to its end, or to where it breaks off.

        The container itself was booked as one document; its units take that place. An empty one keeps it, since it
        gives one row that says so.
        """
        self.documents += max(1, tally.counted - tally.behind + tally.reasons) - 1
        if tally.fault:
            keep(self.uneven, tally.fault)

    def as_json(self) -> dict[str, object]:
        """The books as plain values; the names of skipped paths are the first `NAMES_KEPT`.

        >>> Ledger(files=1).as_json()["files"]
        1
        """
        plain = {f.name: getattr(self, f.name) for f in fields(self)}
        return plain | {"skipped": dict(sorted(self.skipped.items()))}

    def faults(self, rows: int | None = None) -> tuple[str, ...]:
        """Every way in which the books do not add up; `rows` is the caller's own count of what reached the end.

        >>> ledger = Ledger()
        >>> ledger.found(10)
        >>> ledger.left(10, whole=True)
        >>> ledger.faults(rows=0)
        ('1 document was counted in, 0 came out',)
        """
        out = self.rows if rows is None else rows
        found = list(self.uneven)
        if out != self.documents:
            noun = "document was" if self.documents == 1 else "documents were"
            found.append(f"{self.documents} {noun} counted in, {out} came out")
        if rows is not None and self.bytes_read + self.bytes_with_reason != self.bytes:
            gone = self.bytes_read + self.bytes_with_reason
            found.append(f"{self.bytes:,} bytes were counted in, {gone:,} were gone through")
        return tuple(found)
