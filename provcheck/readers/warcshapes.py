"""How the records of a crawl begin and end: in WARC, and in ARC, the format of before 2009.

An ARC record begins with a line of the address, the machine's, the day, the type and the length (version 1), or with
five more words before the length (version 2). It is given with the fields that a WARC record of an answer would have,
so that both are read alike; the first one, ``filedesc://``, tells of the file as a warcinfo does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provcheck.patterns import late
from provcheck.readers import responses
from provcheck.readers.responses import Head

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

ARC_FIELDS = ("ARC-Result-Code", "ARC-Checksum", "ARC-Location", "ARC-Offset", "ARC-Filename")
"""The fields that only version 2 of ARC has; most writers leave some of them out, by a hyphen."""

_FIRST = rb"WARC/\d\.\d{1,2}[ \t]*\r?\n"
_WARC = late(_FIRST)
# Where a head ends: at a blank line; or, without an end (group "cut"), where another record begins. Without the latter
# a file of nothing but first lines would be read to its end from each of them.
_END = late(rb"\r?\n(?:\r?\n|(?P<cut>" + _FIRST + rb"))")

# An address, in which old crawlers left blanks; a machine's; a day of 14 digits, with or without parts of a second;
# a type, and in version 2 what follows it; the length. Each is bounded, and a line is tried once.
_ARC = late(
    rb"(?m)^(?P<url>[A-Za-z][\w+.-]{1,20}:[^\n]{0,8000}?) (?P<machine>[0-9A-Fa-f.:]{3,45}) (?P<day>\d{14})\d{0,3} "
    rb"(?P<said>[^\n]{0,500}) (?P<size>\d{1,19})[ \t]*\r?\n"
)
# The first record of an ARC, and below it the version and two words more.
_ARC_FILE = late(rb"filedesc:[^\n]{0,8000} \d{1,19}[ \t]*\r?\n[12] \d{1,9} ")
_ABOUT = "filedesc:"


class Shape(NamedTuple):
    """How the records of a format are told.

    `mark` stands where one begins; `head` reads the head at a place, and says where the block begins, None where no
    whole head stands there; `must` are the fields that each head has; `between` is what may follow a record; `longest`
    is beyond the bytes of a mark; `size` is the format's word for the length of the block.
    """

    mark: re.Pattern[bytes]
    head: Callable[[bytearray, int], tuple[Head, int] | None]
    must: tuple[str, ...]
    between: tuple[bytes, ...]
    longest: int
    size: str

    def begins(self, text: bytes) -> bool:
        """Tell whether a text begins as a record does."""
        return self.mark.match(text) is not None


def looks_like_arc(head: bytes) -> bool:
    """Tell whether a file begins as an ARC does.

    >>> looks_like_arc(b"filedesc://a.arc 0.0.0.0 20040312080000 text/plain 70\\n1 0 Crawler\\n")
    True
    >>> looks_like_arc(b"filedesc:// begins the first line of an ARC.\\n")
    False
    """
    return _ARC_FILE.match(head) is not None


def _warc(data: bytearray, at: int) -> tuple[Head, int] | None:
    first = _WARC.match(data, at)
    # The line end of the first line is the first half of a blank line where there are no fields.
    end = _END.search(data, first.end() - 1, at + responses.HEAD_BYTES) if first else None
    if end is None or end["cut"] is not None:
        return None
    return responses.head(bytes(data[at : end.start()])), end.end()


def _arc(data: bytearray, at: int) -> tuple[Head, int] | None:
    line = _ARC.match(data, at)
    if line is None:
        return None
    url, machine, day, said, size = (part.decode("utf-8", "replace") for part in line.groups())
    words = said.split(" ")
    more = words[-len(ARC_FIELDS) :] if len(words) > len(ARC_FIELDS) else []
    fields = (
        ("WARC-Type", "warcinfo" if url.startswith(_ABOUT) else "response"), ("WARC-Target-URI", url),
        ("WARC-Date", f"{day[:4]}-{day[4:6]}-{day[6:8]}T{day[8:10]}:{day[10:12]}:{day[12:]}Z"),
        ("WARC-IP-Address", machine), ("Content-Type", " ".join(words[: len(words) - len(more)])),
        ("Content-Length", size),
        *((name, word) for name, word in zip(ARC_FIELDS, more, strict=False) if word not in ("-", "")),
    )  # fmt: skip
    return Head("", fields), line.end()


WARC = Shape(
    _WARC, _warc, ("WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length"), (b"\r\n\r\n",), 64, "Content-Length"
)
ARC = Shape(_ARC, _arc, (), (b"\n", b"\r\n"), 9000, "length")
