"""The decision: which lines of a document are boilerplate, and of which kind; for many documents at once."""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.checks.boilerplate import captions, comments, fillers, heads, kinds, lexicon, model, segments
from provcheck.checks.boilerplate.features import of_lines
from provcheck.checks.boilerplate.names import AT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.features import Facts
    from provcheck.checks.boilerplate.lexicon import Tables
    from provcheck.model import Boilerplate, Document

WINDOW = 8192
"""Non-blank lines that are judged as one text; longer documents are judged in such pieces, which bounds memory."""

LINES, CHARACTERS = 4096, 1 << 18
"""Pieces are judged together up to so many lines and characters. Half of it would cost more steps; with more the
arrays leave the processor's cache, and their memory goes back to the system and forth."""

LEAST_WORDS = 0.5
"""What a line without words weighs."""

SURELY_NOT = 0.1
"""What is left of the doubt where a line is flagged for what it says or repeats, and not by the model."""


class Decision(NamedTuple):
    """Which lines are boilerplate, and which of them the model had no say in.

    Those are boilerplate for what they say, as copies of headline or paragraph, as comments, and as labelled captions.
    """

    flagged: NDArray[np.bool_]
    notices: NDArray[np.int64]
    headlines: NDArray[np.int64]
    paragraphs: NDArray[np.int64]
    comments: NDArray[np.int64]
    captions: NDArray[np.int64]


class Piece(NamedTuple):
    """Lines that are judged as one text: the place of their document, what they say, and where they stand (from 0).

    `stripped` are the same without white space around them; `characters` are those of the text from the first line to
    the last.
    """

    document: int
    texts: list[str]
    stripped: list[str]
    rows: tuple[int, ...]
    characters: int


def ranges(documents: Sequence[Document]) -> list[tuple[Boilerplate, ...]]:
    """The ranges of boilerplate in each document, in order; lines of its wrapper's header are passed over.

    What is found in a document does not depend on the others: they only share the way.
    """
    found: list[list[Boilerplate]] = [[] for _ in documents]
    for batch in _batches(documents):
        for piece, some in zip(batch, _judge(batch), strict=True):
            found[piece.document].extend(some)
    return [tuple(some) for some in found]


def _pieces(documents: Sequence[Document]) -> Iterator[Piece]:
    for place, document in enumerate(documents):
        lines = document.lines
        rows = lines.filled[bisect_left(lines.filled, bisect_left(lines.starts, document.header_end)) :]
        for first in range(0, len(rows), WINDOW):
            piece = rows[first : first + WINDOW]
            texts, stripped = (list(map(each.__getitem__, piece)) for each in (lines.texts, lines.stripped))
            yield Piece(place, texts, stripped, piece, lines.ends[piece[-1]] - lines.starts[piece[0]])


def _batches(documents: Sequence[Document]) -> Iterator[list[Piece]]:
    """The pieces of the documents, together as far as their lines and characters are few enough."""
    batch: list[Piece] = []
    lines = characters = 0
    for piece in _pieces(documents):
        lines += len(piece.texts)
        characters += piece.characters
        if batch and (lines > LINES or characters > CHARACTERS):
            yield batch
            batch, lines, characters = [], len(piece.texts), piece.characters
        batch.append(piece)
    if batch:
        yield batch


def decide(facts: Facts, probable: NDArray[np.float32], texts: Sequence[str], tables: Tables, share: float) -> Decision:
    """Which lines are boilerplate.

    `probable` are the probabilities that a line belongs to the article; `share` is explained at `model.thresholds`.
    Whatever the model thinks of it, a line that only a page says is not of the article.
    """
    size = np.maximum(np.expm1(facts.features[AT["words"]]), LEAST_WORDS)
    least = model.thresholds(probable, size, share, facts.bounds).astype(np.float32)
    unlikely = probable < least[facts.bounds.document]
    told = notices(facts, tables)
    unlikely[told] = True
    flagged = heads.given_back(facts, unlikely, texts, tables)
    headlines = heads.repeats(facts, flagged)
    flagged[headlines] = True
    paragraphs = heads.said_before(facts, flagged)
    flagged[paragraphs] = True
    thread = comments.threads(facts, flagged, texts)
    flagged[thread] = True
    pictures = captions.labelled(facts, flagged, texts)
    flagged[pictures] = True
    return Decision(flagged, told, headlines, paragraphs, thread, pictures)


def notices(facts: Facts, tables: Tables) -> NDArray[np.int64]:
    """The lines that hold what only a page says to its reader; some more than once."""
    return facts.hits.owner[tables.notice[facts.hits.rows]]


def past_fillers(
    piece: Piece, probable: NDArray[np.float32], tables: Tables, judge: Callable[[Facts], NDArray[np.float32]]
) -> NDArray[np.float32]:
    """The probabilities of the lines of one text, as if those that only part its paragraphs were not there.

    These are 0 themselves. `judge` gives the probabilities of lines by their features.
    """
    gone = fillers.fillers(piece.stripped, probable)
    if not gone:
        return probable
    kept = np.delete(np.arange(len(probable)), gone)
    texts, stripped = (list(map(each.__getitem__, kept.tolist())) for each in (piece.texts, piece.stripped))
    changed = np.zeros_like(probable)
    changed[kept] = judge(of_lines(texts, np.asarray(piece.rows)[kept] + 1, tables, None, stripped))
    return changed


def _judge(batch: Sequence[Piece]) -> list[list[Boilerplate]]:
    """The ranges of each piece."""
    tables = model.tables()
    texts, stripped = (list(chain.from_iterable(each)) for each in zip(*(piece[1:3] for piece in batch), strict=True))
    numbers = np.concatenate([piece.rows for piece in batch]) + 1
    facts = of_lines(texts, numbers, tables, [len(piece.texts) for piece in batch], stripped)
    probable = model.probabilities(facts)
    for piece, (begin, end) in zip(batch, facts.bounds.pairs, strict=True):
        probable[begin:end] = past_fillers(piece, probable[begin:end], tables, model.probabilities)
    flagged, told, headlines, paragraphs, thread, pictures = decide(facts, probable, texts, tables, model.share())
    at = flagged.nonzero()[0]
    if not len(at):
        return [[] for _ in batch]
    named = kinds.of_lines(facts, flagged, texts, tables)
    for lines, kind in (
        (headlines, lexicon.HEADLINE), (paragraphs, lexicon.PARAGRAPH), (thread, lexicon.COMMENT),
        (pictures, lexicon.PICTURE),
    ):  # fmt: skip
        place = at.searchsorted(lines)
        named.kinds[place], named.rows[place] = tables.names.index(kind), 0
    for sure in (told, headlines, paragraphs, thread, pictures):
        probable[sure] = np.minimum(probable[sure], SURELY_NOT)
    return segments.ranges(at, numbers[at], probable[at], named, tables, facts.bounds)
