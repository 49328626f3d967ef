"""Articles with labelled lines around the text, as LexisNexis, Nexis Uni and ProQuest export them.

``BYLINE: Ann Lee`` and ``LENGTH: 412 words`` stand above the text, ``LOAD-DATE: March 13, 2024`` below it; what is not
labelled there (the paper, the day, often the headline) stays in the text, where the describers find it. An article may
have such lines of its own ("Location: Mill Lane 3"). So labels count only where they stand together, near the beginning
or the end, and only if one of them is a word that nobody but a database writes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from provcheck import shipped
from provcheck.model import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LEAST = 3
"""So many different labels make an article a labelled one."""

APART = 2
"""Most unlabelled lines between two labels that stand together."""

FROM_TOP, FROM_END = 12, 8
"""Filled lines from the beginning and from the end of an article within which its labels begin and end."""

WRAPPED = 60
"""Characters of a line from which on its value may go on in the next one."""

_LABEL = re.compile(r"[ \t]{0,60}([^\W\d_][^:\n]{1,30}?)[ ]?:[ \t\xa0]*(?=\S|$)", re.MULTILINE)
_MARKS = (b"LOAD-DATE:", b"Load-Date:", b"PUBLICATION-TYPE:", b"ProQuest document ID:")


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


def looks_labelled(head: bytes) -> bool:
    """Tell whether a file begins as a labelled article does.

    >>> looks_labelled(b"Bridge shut\\nBYLINE: Ann Lee\\nLENGTH: 2 words\\n\\nIt does.\\n\\nLOAD-DATE: March 13, 2024")
    True
    """
    return any(each in head for each in _MARKS) and bool(_fields(head.decode("latin-1").splitlines()))


def record(text: str) -> dict[str, str] | None:
    """The fields of an article by their roles, or their own names; None where the text has no such labels.

    The text keeps its lines, empty where they were labelled.

    >>> record("Bridge shut\\nBYLINE: Ann Lee\\nLENGTH: 2 words\\n\\nIt does.\\n\\nLOAD-DATE: 13 March")
    {'author': 'Ann Lee', 'LENGTH': '2 words', 'LOAD-DATE': '13 March', 'text': 'Bridge shut\\n\\n\\n\\nIt does.\\n\\n'}
    """
    lines = text.splitlines(keepends=True)
    bare = [line.strip() for line in lines]
    found: dict[str, str] = {}
    fields = _fields(lines)
    labelled = {field.row for field in fields}
    for field in fields:
        if field.role == "text":
            lines[field.row] = lines[field.row][field.begin :]
            continue
        value, row = [lines[field.row][field.begin :].strip()], field.row
        while len(bare[row]) >= WRAPPED and row + 1 < len(lines) and bare[row + 1] and row + 1 not in labelled:
            row += 1
            value.append(bare[row])
        name = field.role if field.role in ROLES and field.role not in found else field.label
        found[name] = "\n".join([*filter(None, [found.get(name)]), " ".join(value)])
        for each in range(field.row, row + 1):
            lines[each] = lines[each][len(lines[each].rstrip("\r\n")) :]
    return {**found, "text": "".join(lines)} if fields else None


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
