"""The decision for one document: which of its lines are boilerplate, and of which kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.checks.boilerplate import kinds, model, segments
from provcheck.checks.boilerplate.features import of_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provcheck.model import Boilerplate, Document

WINDOW = 8192
"""Non-blank lines that are judged together; longer documents are judged in such pieces, which bounds memory."""


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
    flagged = probable < model.threshold()
    if not flagged.any():
        return ()
    named = kinds.of_lines(facts, flagged, texts, tables)
    return segments.ranges(numbers, flagged.tolist(), probable.tolist(), named, tables.phrases)
