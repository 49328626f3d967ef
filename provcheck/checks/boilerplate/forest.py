"""The model: a sum of small symmetric trees, evaluated for all lines and all trees at once.

In a symmetric tree every node of one level asks the same question, so that a tree of depth six is six comparisons
whose answers, read as bits, number one of sixty-four leaves (CatBoost's "oblivious" trees; Prokhorenkova et al.,
"CatBoost: unbiased boosting with categorical features", NeurIPS 2018). That suits arrays: no line takes another path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

BLOCK = 96
"""Lines that are looked at together: their answers stay in the processor's cache."""


class Forest(NamedTuple):
    """`borders[i]` is compared with feature `inputs[i]`; `splits` has the comparisons of each tree, by level.

    `powers` are what an answer of each level adds to the number of the leaf; `leaves` holds the trees' values one
    after the other, `offsets` where each tree's begin; `bias` is added. Borders and offsets are repeated for each line
    of a block: numpy compares and adds whole rows in a third of the time that it takes for a row and one value.
    """

    inputs: NDArray[np.int64]
    borders: NDArray[np.float32]
    splits: NDArray[np.int64]
    powers: NDArray[np.uint8]
    leaves: NDArray[np.float32]
    offsets: NDArray[np.int64]
    bias: float

    @classmethod
    def of(cls, model: Mapping[str, Any], names: Sequence[str]) -> Forest:
        """The forest that a data file describes, for features that come in the order of `names`."""
        asked = [(name, border) for name, borders in model["borders"].items() for border in borders]
        place = {name: i for i, name in enumerate(names)}
        splits = np.array([tree["splits"] for tree in model["trees"]], dtype=np.int64)
        return cls(
            np.array([place[name] for name, _ in asked], dtype=np.int64),
            np.array([border for _, border in asked], dtype=np.float32)[:, None].repeat(BLOCK, axis=1),
            np.ascontiguousarray(splits.T),
            (1 << np.arange(splits.shape[1])).astype(np.uint8)[:, None, None],
            (np.array([tree["leaves"] for tree in model["trees"]]) / 1000).ravel().astype(np.float32),
            (np.arange(len(splits)) << splits.shape[1])[:, None].repeat(BLOCK, axis=1),
            model["bias"] / 1000,
        )

    def logits(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """The log odds that each line belongs to the article, for features by lines.

        >>> tree = {"splits": [0, 1], "leaves": [-1000, 0, 0, 2000]}
        >>> model = {"borders": {"a": [0.5], "b": [0.5]}, "trees": [tree], "bias": 500}
        >>> Forest.of(model, ["a", "b"]).logits(np.array([[0, 1], [0, 1]], dtype=np.float32)).tolist()
        [-0.5, 2.5]
        """
        n, shape = features.shape[1], (self.splits.shape[1], BLOCK)
        result = np.empty(n, dtype=np.float32)
        part = np.zeros((len(features), BLOCK), dtype=np.float32)  # a last block of few lines is filled up
        asked = np.empty((len(self.inputs), BLOCK), dtype=np.float32)
        answers = np.empty(asked.shape, dtype=np.bool_)
        bits, leaf = np.empty((len(self.splits), *shape), dtype=np.uint8), np.empty(shape, dtype=np.uint8)
        place, values = np.empty(shape, dtype=np.intp), np.empty(shape, dtype=np.float32)
        for begin in range(0, n, BLOCK):
            count = min(BLOCK, n - begin)
            part[:, :count] = features[:, begin : begin + count]
            # All places are sound; numpy writes straight to `out` only where it need not raise for one that is not.
            part.take(self.inputs, axis=0, out=asked, mode="wrap")
            np.greater(asked, self.borders, out=answers)
            answers.view(np.uint8).take(self.splits, axis=0, out=bits, mode="wrap")
            bits *= self.powers  # a leaf's number has as many bits as the tree has levels, at most eight
            np.bitwise_or.reduce(bits, axis=0, out=leaf)
            place[:] = leaf
            place += self.offsets
            self.leaves.take(place, out=values, mode="wrap")
            result[begin : begin + count] = values.sum(axis=0)[:count]
        result += np.float32(self.bias)
        return result
