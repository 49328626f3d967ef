"""What a file's name says of its document.

Crawlers and export scripts write names such as ``003_bc96871de7cbd0cd.txt`` (a sequence and an id), ``<uuid>.html``
or ``2018/03/15/some-slug.txt``. A date in a name is often the publication date and as often the day of the download;
so it is kept as `name_date` in `Envelope.extra`, and never declared.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from provcheck.patterns import late

# A number of up to nine digits, one of - _ . , then an id: a UUID, or 8 to 64 hexadecimal digits, digits and letters
# both. The number may be missing. An eight-digit number alone (20180315) is a date sooner than an id.
_NAMED = late(
    r"(?:(?P<sequence>\d{1,9})[-_.])?"
    r"(?P<id>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
    r"|(?=[0-9]*[a-fA-F])(?=[a-fA-F]*[0-9])[0-9a-fA-F]{8,64})"
)
_NUMBERED = late(r"(?P<sequence>\d{1,9})")
# Year, month and day with the same mark between them or with none, and no digit on either side.
_DATE = late(r"(?<!\d)((?:19|20)\d\d)([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


def read(relative: str, name: str) -> tuple[dict[str, str], dict[str, str]]:
    """The declared and the extra fields that a file's name gives; `relative` is its path, whose folders may be a date.

    >>> read("003_bc96871de7cbd0cd.txt", "003_bc96871de7cbd0cd.txt")
    ({'id': 'bc96871de7cbd0cd'}, {'sequence': '003'})
    >>> read("2018/03/15/talks-in-town.txt", "talks-in-town.txt")
    ({}, {'name_date': '2018-03-15'})
    """
    declared: dict[str, str] = {}
    extra: dict[str, str] = {}
    stem = name.partition(".")[0]
    if match := _NAMED.fullmatch(stem):
        declared["id"] = match["id"]
    else:
        match = _NUMBERED.fullmatch(stem) if len(stem) < 8 else None
    if match and match["sequence"]:
        extra["sequence"] = match["sequence"]
    if date := _date(relative) if "id" not in declared else _date(relative[: -len(name)]):
        extra["name_date"] = date
    return declared, extra


@lru_cache(maxsize=1024)
def _date(path: str) -> str | None:
    """The last full date of a path, as ISO 8601; None where no date stands or the day does not exist."""
    for match in reversed(list(_DATE.finditer(path))):
        try:
            return dt.date(int(match[1]), int(match[3]), int(match[4])).isoformat()
        except ValueError:
            continue
    return None
