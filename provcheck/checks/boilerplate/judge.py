"""The decision for one document: which of its lines are boilerplate, and of which kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from provcheck.checks.boilerplate import heads, kinds, lexicon, model, segments
from provcheck.checks.boilerplate.features import of_lines
from provcheck.checks.boilerplate.names import AT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.features import Facts
    from provcheck.checks.boilerplate.lexicon import Tables
    from provcheck.model import Boilerplate, Document

WINDOW = 8192
"""Non-blank lines that are judged together; longer documents are judged in such pieces, which bounds memory."""

LEAST_WORDS = 0.5
"""What a line without words weighs."""

SURE_COPY = 0.1
"""What is left of the doubt where a line is flagged as a copy and not by the model."""


def ranges(document: Document) -> tuple[Boilerplate, ...]:
    """The ranges of boilerplate in a document, in order; lines of its wrapper's header are passed over."""
    lines = document.lines
    begin = document.header_end
    rows = [i for i, text in enumerate(lines.texts) if lines.starts[i] >= begin and text and not text.isspace()]
    found: list[Boilerplate] = []
    for piece in _pieces(rows):
        found.extend(_judge([lines.texts[i] for i in piece], [i + 1 for i in piece]))
    return tuple(found)


def _pieces(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(rows), WINDOW):
        yield rows[first : first + WINDOW]


def decide(
    facts: Facts, probable: NDArray[np.float32], texts: Sequence[str], tables: Tables, share: float
) -> tuple[NDArray[np.bool_], list[int]]:
    """Which lines are boilerplate, and which of them only because they repeat the headline.

    `probable` are the probabilities that a line belongs to the article; `share` is explained at `model.threshold`.
    """
    size = np.maximum(np.expm1(facts.features[AT["words"]]), LEAST_WORDS)
    flagged = heads.given_back(facts, probable < model.threshold(probable, size, share), texts, tables)
    copies = heads.repeats(facts, flagged)
    flagged[copies] = True
    return flagged, copies


def _judge(texts: Sequence[str], numbers: Sequence[int]) -> tuple[Boilerplate, ...]:
    tables = model.tables()
    facts = of_lines(texts, numbers, tables)
    probable = model.probabilities(facts)
    flagged, copies = decide(facts, probable, texts, tables, model.share())
    at = flagged.nonzero()[0]
    if not len(at):
        return ()
    named = kinds.of_lines(facts, flagged, texts, tables)
    copied = at.searchsorted(copies)
    named.kinds[copied], named.rows[copied] = tables.names.index(lexicon.COPY), 0
    probable[copies] = SURE_COPY
    return segments.ranges(numbers, at, probable[at], named, tables)
