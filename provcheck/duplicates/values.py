"""The values of this room: what is kept of a document, and what was found."""

from __future__ import annotations

from typing import NamedTuple


class Fingerprint(NamedTuple):
    """What is kept of a document's content in order to find its copies: at most 560 bytes, and free of text.

    `exact` is a digest of the content without its white space, and empty for an empty content. `sketch` holds one
    byte for each of 256 samples of the word pairs; the share of equal bytes in two sketches estimates the share of
    word pairs that two contents have in common. `passages` holds up to 64 hashes of 32 bits, a sample of the runs of
    8 words. `numbers` is a bitmap of 256 bits of the numbers in the content. `words` is how many different word pairs
    there are. `sketch` and `passages` are empty where the content is too short to have any.
    """

    exact: bytes
    sketch: bytes = b""
    passages: bytes = b""
    numbers: bytes = b""
    words: int = 0


class Link(NamedTuple):
    """Two documents (by position, `first` < `second`) that share text, and the rule that says how.

    `similarity` lies in 0 to 1 and estimates the share of word pairs (for PC703: of runs of 8 words) that both have
    among those that either has. `passages` are spans of characters in each content (start and end in the first, start
    and end in the second); `find` leaves them empty, since it sees no texts: fill them with `passages`.
    """

    first: int
    second: int
    code: str
    similarity: float
    passages: tuple[tuple[int, int, int, int], ...] = ()


class Duplicates(NamedTuple):
    """For each document the position of its cluster's first member, or None where it stands alone; and the evidence."""

    clusters: tuple[int | None, ...]
    links: tuple[Link, ...]
