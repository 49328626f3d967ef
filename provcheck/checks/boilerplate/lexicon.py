"""The words that the model knows: phrases of the page by kind and language, function words, and learned weights."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from provcheck.checks.boilerplate import words

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        """Tables of phrases by kind and language (separated by ``|``) and of learned weights in hundredths."""
        kind_of: dict[str, str] = {}
        for kind in phrases:
            for phrase in _listed(phrases, kind):
                kind_of.setdefault(phrase, kind)
        captions = frozenset(_listed(phrases, CAPTION))
        notices = frozenset(_notices(phrases))
        entries = list(dict.fromkeys([*kind_of, *learned]))
        names = ("", *(kind for kind in phrases if kind not in (FUNCTION, PROVENANCE, CAPTION)), HEADLINE, PARAGRAPH)
        found = [kind_of.get(entry, "") for entry in entries]
        kinds = np.array([0, *(names.index(kind) if kind in names else 0 for kind in found)], dtype=np.int32)
        length = np.array([0, *(max(1, len(entry.split())) for entry in entries)], dtype=np.float32)
        return cls(
            words.Lexicon.of(entries), tuple(entries), names, kinds, np.where(kinds > 0, length, 0).astype(np.float32),
            np.array([0, *(kind == FUNCTION for kind in found)], dtype=np.float32),
            np.array([0, *(kind == PROVENANCE for kind in found)], dtype=np.float32),
            np.array([0, *(entry in captions for entry in entries)], dtype=np.float32),
            np.array([False, *(entry in notices for entry in entries)], dtype=np.bool_),
            np.array([0, *(learned.get(entry, 0) / 100 for entry in entries)], dtype=np.float32),
        )  # fmt: skip


def _listed(phrases: Mapping[str, Mapping[str, str]], kind: str) -> list[str]:
    return [phrase.lstrip(NOTICE) for phrase in _spelt(phrases.get(kind, {}))]


def _notices(phrases: Mapping[str, Mapping[str, str]]) -> list[str]:
    every = (phrase for by_language in phrases.values() for phrase in _spelt(by_language))
    return [phrase.lstrip(NOTICE) for phrase in every if phrase.startswith(NOTICE)]


def _spelt(by_language: Mapping[str, str]) -> list[str]:
    return [phrase.strip().lower() for joined in by_language.values() for phrase in joined.split("|")]


def data(name: str) -> dict[str, Any]:
    """A data file of the package, by its name without ending."""
    text = resources.files("provcheck.checks").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
