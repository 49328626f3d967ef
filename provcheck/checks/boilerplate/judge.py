"""The decision for one document: which of its lines are boilerplate, and of which kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from provcheck.checks.boilerplate import heads, kinds, model, segments
from provcheck.checks.boilerplate.features import of_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provcheck.model import Boilerplate, Document

WINDOW = 8192
"""Non-blank lines that are judged together; longer documents are judged in such pieces, which bounds memory."""

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


def _judge(texts: Sequence[str], numbers: Sequence[int]) -> tuple[Boilerplate, ...]:
    tables = model.tables()
    facts = of_lines(texts, numbers, tables)
    probable = model.probabilities(facts)
    flagged = heads.given_back(facts, probable < model.threshold(), texts, tables)
    copies = heads.repeats(facts, flagged)
    flagged[copies] = True
    if not flagged.any():
        return ()
    named = dict(zip(np.flatnonzero(flagged).tolist(), kinds.of_lines(facts, flagged, texts, tables), strict=True))
    for line in copies:
        named[line] = kinds.Named("repeated headline", 0)
    probable[copies] = SURE_COPY
    return segments.ranges(numbers, flagged.tolist(), probable.tolist(), list(named.values()), tables.phrases)
