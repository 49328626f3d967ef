"""Lines that an outlet repeats: what stands word for word in many of its documents was written for its pages.

The model of boilerplate sees one document at a time, and a line in full sentences of a form that it does not know stays
in the content: a plea for donations, a note on the author, what the law asks an outlet to say. The corpus knows better.
Others drop whatever a corpus says twice (paragraphs: Wenzek et al., *CCNet*, 2020; spans of sentences: Raffel et al.,
*Exploring the Limits of Transfer Learning*, 2020). Here such a line is a finding, since the content of a document must
not change with what else lies in the folder.

A line is a number of 63 bits made of the outlet and its words, so that each outlet counts for itself; copies and
versions of one text count once, or every agency story would be a page's line.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.model import Finding
from provcheck.patterns import late
from provcheck.text import Lines
from provcheck.writing import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from provcheck.model import Document, Layout

    Block = tuple[NDArray[np.uint64], NDArray[np.int64]]
    """The numbers of some documents, end to end, and for each the position of its document."""

FEWEST = 5
"""Documents of an outlet that must have a line, copies of one text counted once."""
SHARE = 0.01
"""And the share of the outlet's documents: in ten thousand of them, five may say the same by chance."""
WORDS, LETTERS = 5, 12
"""Words of a line that can count, or letters in scripts without spaces: shorter ones are headings as often as menus."""
TOGETHER = 1 << 22
"""Numbers that are sorted at once, which bounds memory."""

_UNSPACED = late(f"[{UNSPACED}]")
_IN_CONTENT = 1
"""The last bit of a number: whether the line is in the content."""


class Repeated(NamedTuple):
    """The numbers that at least `FEWEST` texts have (in order, without their last bit), and how many texts do."""

    numbers: NDArray[np.uint64]
    counts: NDArray[np.int64]

    def of(self, numbers: NDArray[np.uint64]) -> NDArray[np.int64]:
        """How many texts have each of these numbers; 0 for fewer than `FEWEST`."""
        if not len(self.numbers):
            return np.zeros(len(numbers), np.int64)
        at = np.minimum(self.numbers.searchsorted(numbers), len(self.numbers) - 1)
        return np.where(self.numbers[at] == numbers, self.counts[at], 0)


class Told(NamedTuple):
    """What the corpus says of one document: how many documents its outlet has, and how many of them have its lines.

    `position` is the document's place in the corpus; `lines` has only those of its content that count as repeated.
    """

    position: int
    documents: int
    lines: Mapping[int, int]


def numbers(document: Document, layout: Layout, outlet: str | None, title: str | None) -> bytes:
    """The number of the outlet, and those of the document's different lines that can count, eight bytes each.

    The line of the title is none of them. The last bit of a line's number tells whether it is in the content.

    >>> from provcheck.model import Document, Layout
    >>> page = Document.of("Menu\\nWe rely on readers like you.\\nWe rely on readers like you.")
    >>> len(numbers(page, Layout.of((), page.lines), "The Example", None))
    16
    """
    lines, seed, text = document.lines, _seed(outlet), document.text
    rows = lines.filled[bisect_left(lines.filled, bisect_left(lines.starts, document.header_end)) :]
    spaced = text.isascii() or not _UNSPACED.search(text)
    stripped = lines.stripped
    long = [row for row in rows if stripped[row].count(" ") >= WORDS - 1 or (not spaced and _can_count(stripped[row]))]
    found: dict[bytes, bool] = {_digest(seed, ""): False}
    for row in long:
        if (line := stripped[row]) != title:
            digest = _digest(seed, line)
            found[digest] = found.get(digest, False) or layout.kinds[row] is None
    inside = np.fromiter(found.values(), np.uint64, len(found))
    return (np.frombuffer(b"".join(found), np.uint64) & ~np.uint64(1) | inside).tobytes()


def _seed(outlet: str | None) -> bytes:
    return (outlet or "").encode("utf-8", "surrogatepass") + b"\n"


def _digest(seed: bytes, line: str) -> bytes:
    return hashlib.blake2b(seed + line.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _number(seed: bytes, line: str) -> int:
    return int.from_bytes(_digest(seed, line), "little") >> 1


def _can_count(line: str) -> bool:
    if line.count(" ") >= WORDS - 1:
        return True
    return not line.isascii() and len(line) >= LETTERS and len(_UNSPACED.findall(line)) >= LETTERS


def repeated(blocks: Callable[[], Iterable[Block]], total: int, together: int = TOGETHER) -> Repeated:
    """The numbers that many texts have.

    `blocks` gives those of all documents, `total` in all, each time that it is asked; for each number a block has the
    text that it is of: copies and versions of one text are one. About so many numbers are sorted `together`.

    >>> one = np.arange(5), np.array([4, 4, 4, 4, 8], np.uint64)
    >>> repeated(lambda: [(one[1], one[0])], 5).counts.tolist()
    []
    >>> repeated(lambda: [(np.full(6, 4, np.uint64), np.array([0, 1, 2, 3, 4, 4]))], 6)
    Repeated(numbers=array([2], dtype=uint64), counts=array([5]))
    """
    parts = np.uint64(1 + total // together)
    found = [_counted(blocks(), parts, part) for part in range(int(parts))]
    every = np.concatenate([part.numbers for part in found])
    order = every.argsort(kind="stable")
    return Repeated(every[order], np.concatenate([part.counts for part in found])[order])


def _counted(blocks: Iterable[Block], parts: np.uint64, part: int) -> Repeated:
    """The same of the numbers that leave the remainder `part` when divided by `parts`."""
    chosen, texts = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    for some, of in blocks:
        bare = some >> np.uint64(1)
        mine = bare % parts == part
        chosen.append(bare[mine])
        texts.append(of[mine])
    every, of = np.concatenate(chosen), np.concatenate(texts)
    order = np.lexsort((of, every))
    every, of = every[order], of[order]
    new = np.ones(len(every), bool)
    new[1:] = (every[1:] != every[:-1]) | (of[1:] != of[:-1])
    values, counts = np.unique(every[new], return_counts=True)
    many = counts >= FEWEST
    return Repeated(values[many], counts[many])


def told(blocks: Iterable[Block], found: Repeated) -> Iterator[Told]:
    """The documents whose content has lines that their outlet repeats; the blocks have each number's document."""
    for some, of in blocks:
        begins = np.flatnonzero(np.diff(of, prepend=-1))
        counts = found.of(some >> np.uint64(1))
        documents = np.repeat(counts[begins], np.diff(begins, append=len(of)))
        inside = (some & np.uint64(_IN_CONTENT)).astype(bool)
        inside[begins] = False
        good = inside & (counts >= FEWEST) & (counts >= SHARE * documents)
        lines: dict[int, dict[int, int]] = {}
        totals: dict[int, int] = {}
        for place in np.flatnonzero(good).tolist():
            position = int(of[place])
            lines.setdefault(position, {})[int(some[place]) >> 1] = int(counts[place])
            totals[position] = int(documents[place])
        yield from (Told(position, totals[position], each) for position, each in lines.items())


def findings(
    text: str, outlet: str | None, gone: Collection[int], documents: int, lines: Mapping[int, int]
) -> list[Finding]:
    """A finding for each run of lines that the outlet repeats; blank lines do not end one.

    `gone` are the numbers (from 1) of lines that are boilerplate, `documents` and `lines` are those of `Told`.

    >>> plea = "We rely on readers like you."
    >>> [made] = findings("So.\\n" + plea, None, (), 40, {_number(_seed(None), plea): 9})
    >>> made.message, made.quote
    ('9 of the 40 documents that name no outlet have it', 'We rely on readers like you.')
    """
    split, seed = Lines.of(text), _seed(outlet)
    runs: list[list[tuple[int, int]]] = [[]]
    for row in split.filled:
        line = split.stripped[row]
        count = 0
        if row + 1 not in gone and _can_count(line):
            count = lines.get(_number(seed, line), 0)
        if count:
            runs[-1].append((row, count))
        elif runs[-1]:
            runs.append([])
    whose = "of this outlet" if outlet else "that name no outlet"
    return [_finding(text, split, run, documents, whose) for run in runs if run]


def _finding(text: str, split: Lines, run: Sequence[tuple[int, int]], documents: int, whose: str) -> Finding:
    span = (split.starts[run[0][0]], split.ends[run[-1][0]])
    return Finding.of("PC804", text, span, count=min(count for _, count in run), total=documents, whose=whose)
