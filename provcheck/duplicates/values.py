"""The values of this room: what is kept of a document, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BINS = 256
"""Samples of the word pairs, one byte each."""
PASSAGES = 64
"""Samples of the runs of words, at most."""
NUMBER_BITS = 256
"""Bits of the map of numbers."""

PRINT = np.dtype(
    [
        ("exact", ">u8", (2,)),  # big-endian, so that numbers sort as the bytes do
        ("words", "<u4"),
        ("runs", "u1"),
        ("sketched", "?"),
        ("sketch", "u1", (BINS,)),
        ("numbers", "<u8", (NUMBER_BITS // 64,)),
        ("passages", "<u4", (PASSAGES,)),
    ]
)
"""A fingerprint as 566 bytes of fixed places, so that a million of them are one array; `runs` counts the `passages`."""

_NO_SKETCH, _NO_PASSAGES = bytes(BINS), bytes(4 * PASSAGES)


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

    def packed(self) -> bytes:
        """The fingerprint as one element of the type `PRINT`.

        >>> np.frombuffer(Fingerprint(b"x" * 16, b"y" * 256, words=3).packed(), PRINT)["words"].tolist()
        [3]
        """
        head = (min(self.words, 0xFFFFFFFF).to_bytes(4, "little"), bytes((len(self.passages) // 4, bool(self.sketch))))
        return b"".join(
            (
                self.exact or bytes(16),
                *head,
                self.sketch or _NO_SKETCH,
                self.numbers or bytes(NUMBER_BITS // 8),
                self.passages + _NO_PASSAGES[len(self.passages) :],
            )
        )


class Link(NamedTuple):
    """Two documents (by position, `first` < `second`) that share text, and the rule that says how.

    `similarity` lies in 0 to 1 and estimates the share of word pairs (for PC703: of runs of 8 words) that both have
    among those that either has.
    """

    first: int
    second: int
    code: str
    similarity: float


class Duplicates(NamedTuple):
    """For each document the position of its cluster's first member, or None where it stands alone; and the evidence."""

    clusters: tuple[int | None, ...]
    links: tuple[Link, ...]


class Links(NamedTuple):
    """The links as columns, sorted by `first`, `second` and `codes`; the latter are the last digits of PC701 to 703."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    codes: NDArray[np.uint8]
    similarity: NDArray[np.float64]

    def each(self) -> list[Link]:
        """The links one by one."""
        columns = (column.tolist() for column in self)
        return [Link(first, second, f"PC70{code}", value) for first, second, code, value in zip(*columns, strict=True)]


class Found(NamedTuple):
    """As `Duplicates`, in columns; -1 stands for a document without copies."""

    clusters: NDArray[np.int64]
    links: Links
