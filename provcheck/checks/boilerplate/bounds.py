"""Where documents begin and end among lines that stand one after the other.

Most documents have few lines, so that what costs is the number of steps and not their arithmetic. So the lines of many
documents go through each step together. None may feel who its neighbours are: a sum of fractions depends on where it
begins, and is taken for each document by itself; whatever is exact in any order is taken for all of them at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lines (from 0) of documents: those of document `d` are `begins[d]` up to `ends[d]`, and it has `sizes[d]`.

    `document` has the number of each line's document, `line` those of the lines themselves, and `begin` and `end` of
    each line the bounds of its document. `pairs` are the bounds of all documents as plain numbers, for loops.
    """

    sizes: NDArray[np.int64]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    line: NDArray[np.int64]
    document: NDArray[np.int64]
    begin: NDArray[np.int64]
    end: NDArray[np.int64]
    pairs: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, sizes: Sequence[int] | NDArray[np.int64]) -> Bounds:
        """The bounds of documents of so many lines, each of which has one at least.

        >>> bounds = Bounds.of([2, 1])
        >>> bounds.pairs, bounds.document.tolist()
        (((0, 2), (2, 3)), [0, 0, 1])
        """
        size = np.array(sizes, dtype=np.int64)
        ends = np.cumsum(size)
        begins = ends - size
        document = np.repeat(np.arange(len(size)), size)
        pairs = tuple(zip(begins.tolist(), ends.tolist(), strict=True))
        return cls(size, begins, ends, np.arange(len(document)), document, begins[document], ends[document], pairs)

    def __len__(self) -> int:
        return len(self.sizes)

    def count(self, flags: NDArray[np.bool_]) -> NDArray[np.int64]:
        """How many lines of each document are flagged.

        >>> Bounds.of([2, 1]).count(np.array([True, True, False])).tolist()
        [2, 0]
        """
        return np.bincount(self.document[flags], minlength=len(self))

    def total(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """The sum of each document's values, added in their order.

        >>> Bounds.of([2, 1]).total(np.array([0.5, 1.5, 2.0])).tolist()
        [2.0, 2.0]
        """
        return np.bincount(self.document, weights=values, minlength=len(self)).astype(np.float64, copy=False)

    def first(self, flags: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The first line of each document that is flagged, or the document's end where none is.

        >>> Bounds.of([2, 1]).first(np.array([False, True, False])).tolist()
        [1, 3]
        """
        places = np.append(flags.nonzero()[0], len(flags))
        found: NDArray[np.int64] = np.minimum(places[places.searchsorted(self.begins)], self.ends)
        return found

    def since(self, flags: NDArray[np.bool_], far: int) -> NDArray[np.int64]:
        """How many lines ago the last flag was, 0 on the line itself; `far` where there was none, or none so near.

        `flags` may have several rows.

        >>> Bounds.of([3, 1]).since(np.array([False, True, False, False]), 50).tolist()
        [50, 0, 1, 50]
        """
        last = np.maximum.accumulate(np.where(flags, self.line, -1), axis=-1)
        return np.where(last >= self.begin, np.minimum(self.line - last, far), far)

    def until(self, flags: NDArray[np.bool_], far: int) -> NDArray[np.int64]:
        """The same for the next flag.

        >>> Bounds.of([3, 1]).until(np.array([False, True, False, True]), 50).tolist()
        [1, 0, 50, 0]
        """
        backwards = np.where(flags, self.line, len(self.line))[..., ::-1]
        following = np.minimum.accumulate(backwards, axis=-1)[..., ::-1]
        return np.where(following < self.end, np.minimum(following - self.line, far), far)

    def shifted(self, values: NDArray[Any], shift: int, outside: float) -> NDArray[Any]:
        """For each line the value of the line `shift` further on in the same document; `outside` where it has none.

        `values` may have several rows.

        >>> Bounds.of([2, 1]).shifted(np.array([4, 5, 6]), 1, -1).tolist()
        [5, -1, -1]
        """
        result = np.empty_like(values)
        n = len(self.line)
        begin = min(n, max(0, -shift))
        end = max(begin, min(n, n - shift))
        result[..., begin:end] = values[..., begin + shift : end + shift]
        place = self.line + shift
        result[..., ((place < self.begin) | (place >= self.end)).nonzero()[0]] = outside
        return result

    def running(self, values: NDArray[Any]) -> Running:
        """For rows of values, the sums over the lines of a document up to each line."""
        exact = values.astype(np.float64)
        sums = np.zeros((len(values), len(self.line) + len(self)))
        for number, (begin, end) in enumerate(self.pairs):
            np.add.accumulate(exact[:, begin:end], axis=1, out=sums[:, begin + number + 1 : end + number + 1])
        place = self.line + self.document
        return Running(self, sums, sums.take(place, axis=1), sums.take(place + 1, axis=1))


class Running(NamedTuple):
    """Sums of rows of values from the first line of each document on, added in their order.

    `before` has for each line the sums over the lines before, `upto` those with it. `sums` has them all, document
    after document, each of which has one more than lines.
    """

    bounds: Bounds
    sums: NDArray[np.float64]
    before: NDArray[np.float64]
    upto: NDArray[np.float64]

    @property
    def whole(self) -> NDArray[np.float64]:
        """For each document the sums over all its lines."""
        return self.until(self.bounds.ends)

    def until(self, lines: NDArray[np.int64]) -> NDArray[np.float64]:
        """For each document the sums over its lines before the one of that number, which may be its end."""
        return self.sums.take(lines + np.arange(len(self.bounds)), axis=1)

    def back(self, width: int, out: NDArray[np.float32]) -> None:
        """Write for each line the sums over so many lines before it, or over as many as there are."""
        begin = np.maximum(self.bounds.line - width, self.bounds.begin) + self.bounds.document
        np.subtract(self.before, self.sums.take(begin, axis=1), out=out)

    def ahead(self, width: int, out: NDArray[np.float32]) -> None:
        """Write for each line the sums over so many lines behind it, or over as many as there are."""
        end = np.minimum(self.bounds.line + 1 + width, self.bounds.end) + self.bounds.document
        np.subtract(self.sums.take(end, axis=1), self.upto, out=out)
