"""Articles with labelled lines around the text, as LexisNexis, Nexis Uni, ProQuest, Genios and EBSCO export them.

``BYLINE: Ann Lee`` and ``LENGTH: 412 words`` stand above the text, ``LOAD-DATE: March 13, 2024`` below it; the paper,
the day and often the headline have no label, and `provcheck.readers.mastheads` tells them by their place. An article
may have such lines of its own ("Location: Mill Lane 3"). So labels count only where they stand together, near the
beginning or the end, and only if one of them is a word that nobody but a database writes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck import shipped
from provcheck.model import ROLES
from provcheck.patterns import late
from provcheck.readers import mastheads
from provcheck.readers.mastheads import end_of, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LEAST = 3
"""So many different labels make an article a labelled one."""

APART = 2
"""Most unlabelled lines between two labels that stand together."""

FROM_TOP, FROM_END = 12, 8
"""Filled lines from the beginning and from the end of an article within which its labels begin and end."""

COVER, COVER_LABELS, COVER_TOP = 1 << 17, 3, 2
"""The page before the first article lists all that follow and ends within so many characters; it has at least so many
labels, the first of them among so many filled lines."""

WRAPPED = 60
"""Characters of a line from which on its value may go on in the next one."""

_LABEL = late(r"[ \t]{0,60}([^\W\d_][^:\n]{1,30}?)[ ]?:[ \t\xa0]*(?=\S|$)", re.MULTILINE)
# The paper in front of its place (ProQuest), or of the day (Genios, EBSCO).
_CREDIT = late(
    r"(?P<name>[^;]{2,60}?)(?: ?;|(?:,| vom| du| del| van) (?P<date>\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d))"
)
_MARKS = (
    b"LOAD-DATE:", b"Load-Date:", b"ProQuest document ID:", b"Full Text Word Count:", b"Dokumentnummer:", b"Ladedatum:",
    b"DATE-CHARGEMENT:",
)  # fmt: skip
"""Labels of which one is in nearly every labelled article, for a cheap look."""


class _Field(NamedTuple):
    """A labelled line: its row (from 0), the label, its role, and where the value begins in the line."""

    row: int
    label: str
    role: str
    begin: int


@cache
def _roles() -> Mapping[str, str]:
    table = shipped.table("readers", "labels.json")
    return {label: role for role in (*ROLES, "text", "other") for label in table.get(role, ())}


@cache
def _sure() -> tuple[frozenset[str], frozenset[str]]:
    table = shipped.table("readers", "labels.json")
    return frozenset(table["sure"]), frozenset(table["alone"])


def covered(text: str) -> int:
    """Where the page ends that tells of the search, before the first article; 0 where there is none.

    >>> covered("User Name: ann\\nJob Number: 1\\n\\nDocuments (1)\\n\\n1. Rain\\nSearch Terms: rain\\n\\nRain\\n")
    72
    """
    names = frozenset(shipped.table("readers", "labels.json")["cover"])
    end = at = seen = first = filled = 0
    for line in lines_of(text[:COVER]):
        at += len(line)
        filled += bool(line.strip())
        found = _LABEL.match(line)
        if found and found[1].casefold() in names:
            end, seen, first = at, seen + 1, first or filled
    return end if seen >= COVER_LABELS and first <= COVER_TOP else 0


def may_be(head: bytes) -> bool:
    """A cheap look that says no to nearly every article that is not labelled."""
    return any(each in head for each in _MARKS)


def has_sure(head: bytes) -> bool:
    """Tell whether a line has a label that only databases write."""
    lines = lines_of(head.decode("latin-1"))
    return any(field.label.casefold() in _sure()[0] for field in _candidates(lines))


def looks_labelled(head: bytes) -> bool:
    """Tell whether a file begins as a labelled article does.

    >>> looks_labelled(b"Bridge shut\\nBYLINE: Ann Lee\\nLENGTH: 2 words\\n\\nIt does.\\n\\nLOAD-DATE: March 13, 2024")
    True
    """
    return may_be(head) and bool(_fields(lines_of(head.decode("latin-1"))))


def record(text: str) -> dict[str, str] | None:
    """The fields of an article by their roles, or their own names; None where the text has no such labels.

    The text keeps its lines, empty where they were labelled.

    >>> record("Bridge shut\\nBYLINE: Ann Lee\\nLENGTH: 2 words\\n\\nIt does.\\n\\nLOAD-DATE: 13 March")
    {'author': 'Ann Lee', 'LENGTH': '2 words', 'LOAD-DATE': '13 March', 'text': 'Bridge shut\\n\\n\\n\\nIt does.\\n\\n'}
    """
    lines = lines_of(text)
    fields = _fields(lines)
    if not fields:
        return None
    above, rows = mastheads.above(lines[: fields[0].row])
    for row in rows:
        lines[row] = end_of(lines[row])
    found: dict[str, list[str]] = {}
    for field, value in _values(fields, lines):
        credit = _CREDIT.match(value) if field.role == "outlet" else None
        taken = field.role == "other" or field.role in found
        if credit and not taken:
            found["outlet"] = [credit["name"]]
            if credit["date"]:
                found.setdefault("date", [credit["date"]])
        found.setdefault(field.label if taken or credit else field.role, []).append(value)
    told = {name: "\n".join(values) for name, values in found.items()}
    return {**above, **told, "text": "".join(lines)}


def _values(fields: Sequence[_Field], lines: list[str]) -> Iterator[tuple[_Field, str]]:
    """The labelled values, which are taken out of the lines; what is labelled as the text stays there."""
    bare = [line.strip() for line in lines]
    labelled = {field.row for field in fields}
    for field in fields:
        if field.role == "text":
            lines[field.row] = lines[field.row][field.begin :]
            continue
        value, row = [lines[field.row][field.begin :].strip()], field.row
        while len(bare[row]) >= WRAPPED and row + 1 < len(lines) and bare[row + 1] and row + 1 not in labelled:
            row += 1
            value.append(bare[row])
        for each in range(field.row, row + 1):
            lines[each] = end_of(lines[each])
        yield field, " ".join(value)


def _fields(lines: Sequence[str]) -> list[_Field]:
    """The labelled lines above and below the text, in order; none where they are too few, or none is a database's."""
    filled = [row for row, line in enumerate(lines) if line.strip()]
    place = {row: number for number, row in enumerate(filled)}
    runs: list[list[_Field]] = []
    for field in _candidates(lines):
        if runs and place[field.row] - place[runs[-1][-1].row] - 1 <= APART:
            runs[-1].append(field)
        else:
            runs.append([field])
    if runs and place[runs[0][0].row] >= FROM_TOP:
        runs.insert(0, [])
    last = runs[-1] if len(runs) > 1 and len(filled) - place[runs[-1][-1].row] <= FROM_END else []
    above = {field.label.casefold() for field in runs[0]} if runs else set()
    while last and last[0].label.casefold() in above:
        del last[0]  # a sentence of the article that begins like a label
    kept = [*runs[0], *last] if runs else []
    labels = {field.label.casefold() for field in kept}
    return kept if len(labels) >= LEAST and not labels.isdisjoint(_sure()[0]) else []


def _candidates(lines: Sequence[str]) -> Iterator[_Field]:
    roles, alone = _roles(), _sure()[1]
    for row, line in enumerate(lines):
        if line.strip().casefold() in alone:
            yield _Field(row, line.strip(), "text", len(line.rstrip("\r\n")))
        elif (found := _LABEL.match(line)) and (role := roles.get(found[1].casefold())) and found[1][0].isupper():
            yield _Field(row, found[1], role, found.end())
