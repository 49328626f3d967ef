"""The words that the model knows: phrases of the page by kind and language, function words, and learned weights."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from provcheck.checks.boilerplate import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

FUNCTION, PROVENANCE, CAPTION = "function", "provenance", "caption"

HEADLINE, PARAGRAPH = "repeated headline", "repeated paragraph"
"""The kinds that no word tells."""

NOTICE = "!"
"""Before a phrase in the data file: only a page speaks so to its reader, whatever else the line holds."""


@dataclass(frozen=True, slots=True)
class Tables:
    """All that is known of each row of the lexicon.

    `weights` are learned (above 0 speaks for the article), `covers` the number of tokens of a phrase of the page,
    `kinds` its kind as a place in `names` (0 for none, and at the end are the kinds that no word tells); `function`,
    `provenance` and `caption` are 1 where the row is such, `notice` tells whether the phrase alone shows that its line
    is the page's. Words of captions may be of a kind too.
    """

    lexicon: words.Lexicon
    phrases: tuple[str, ...]
    names: tuple[str, ...]
    kinds: NDArray[np.int32]
    covers: NDArray[np.float32]
    function: NDArray[np.float32]
    provenance: NDArray[np.float32]
    caption: NDArray[np.float32]
    notice: NDArray[np.bool_]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, phrases: Mapping[str, Mapping[str, str]], learned: Mapping[str, int]) -> Tables:
        """Tables of phrases by kind and language (``|`` between them), and of learned weights in hundredths."""
        kind_of: dict[str, str] = {}
        for kind in phrases:
            for phrase in _listed(phrases, kind):
                kind_of.setdefault(phrase, kind)
        captions = frozenset(_listed(phrases, CAPTION))
        notices = frozenset(_notices(phrases))
        entries = list(dict.fromkeys([*kind_of, *learned]))
        names = ("", *(kind for kind in phrases if kind not in (FUNCTION, PROVENANCE, CAPTION)), HEADLINE, PARAGRAPH)
        place = {name: number for number, name in enumerate(names)}
        row = {entry: number for number, entry in enumerate(entries, 1)}
        kinds, covers = np.zeros(len(row) + 1, np.int32), np.zeros(len(row) + 1, np.float32)
        # The phrases of the page come first.
        kinds[1 : len(kind_of) + 1] = [place.get(kind, 0) for kind in kind_of.values()]
        covers[1 : len(kind_of) + 1] = [max(1, len(entry.split())) for entry in kind_of]
        weights = np.zeros(len(row) + 1, np.float32)
        weights[[row[entry] for entry in learned]] = np.array(list(learned.values())) / 100
        return cls(
            words.Lexicon.of(entries), tuple(entries), names, kinds, np.where(kinds > 0, covers, np.float32(0)),
            _flags(row, (entry for entry, kind in kind_of.items() if kind == FUNCTION)),
            _flags(row, (entry for entry, kind in kind_of.items() if kind == PROVENANCE)),
            _flags(row, captions), _flags(row, notices) > 0, weights,
        )  # fmt: skip


def _flags(row: Mapping[str, int], chosen: Iterable[str]) -> NDArray[np.float32]:
    found = np.zeros(len(row) + 1, np.float32)
    found[[row[entry] for entry in chosen]] = 1
    return found


def _listed(phrases: Mapping[str, Mapping[str, str]], kind: str) -> list[str]:
    return [phrase.removeprefix(NOTICE) for phrase in _spelt(phrases.get(kind, {}))]


def _notices(phrases: Mapping[str, Mapping[str, str]]) -> list[str]:
    every = (phrase for by_language in phrases.values() for phrase in _spelt(by_language))
    return [phrase.removeprefix(NOTICE) for phrase in every if phrase.startswith(NOTICE)]


def _spelt(by_language: Mapping[str, str]) -> list[str]:
    return [phrase.strip().lower() for joined in by_language.values() for phrase in joined.split("|")]


def data(name: str) -> dict[str, Any]:
    """A data file of the package, by its name without ending."""
    text = resources.files("provcheck.checks").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
