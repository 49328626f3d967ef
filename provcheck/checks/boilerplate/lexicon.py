"""The words that the model knows: phrases of the page by kind and language, function words, and learned weights.

They are kept in ``checks/data/boilerplate_words.json`` and, where they are learned, in ``boilerplate_model.json``. To
make tables of these takes as long as to examine three documents, so `ci/build_lexicon.py` writes them as they are
looked up, a row a phrase, into `ROWS` and `PHRASES`; a test holds these against their sources.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from provcheck import shipped
from provcheck.checks.boilerplate import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

ROWS, PHRASES = "boilerplate_lexicon.npy", "boilerplate_lexicon.txt"
"""In ``checks/data``: a row of `ROW` for each row of the lexicon, and the phrase of each but the first, a line each."""

ROW = np.dtype([("number", "<u8"), ("weight", "<i2"), ("kind", "u1"), ("cover", "u1"), ("marks", "u1")])
"""What is kept of a row, see `Tables`: the number is 0 where the row cannot be found, the weight is in hundredths."""

FUNCTION, PROVENANCE, CAPTION = "function", "provenance", "caption"

MARKS = (FUNCTION, PROVENANCE, CAPTION, "notice")
"""What each bit of the marks says of a row."""

HEADLINE, PARAGRAPH, PICTURE = "repeated headline", "repeated paragraph", "picture caption"
"""The kinds that no word of the page tells."""

COMMENT = "comment form"
"""The kind of what readers wrote, and of the form for it."""

NOTICE = "!"
"""Before a phrase in the data file: only a page speaks so to its reader, whatever else the line holds."""


class Tables(NamedTuple):
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
        # The first of two phrases that share a slot keeps it, and no notice may go lost.
        kind_of = dict(sorted(kind_of.items(), key=lambda entry: entry[0] not in notices))
        entries = list(dict.fromkeys([*kind_of, *learned]))
        names = _names(phrases)
        place = {name: number for number, name in enumerate(names)}
        row = {entry: number for number, entry in enumerate(entries, 1)}
        kinds, covers = np.zeros(len(row) + 1, np.int32), np.zeros(len(row) + 1, np.float32)
        # The phrases of the page come first.
        kinds[1 : len(kind_of) + 1] = [place.get(kind, 0) for kind in kind_of.values()]
        covers[1 : len(kind_of) + 1] = [max(1, len(entry.split())) for entry in kind_of]
        weights = np.zeros(len(row) + 1, np.float32)
        weights[[row[entry] for entry in learned]] = _from_hundredths(np.array(list(learned.values())))
        return cls(
            words.Lexicon.of(entries), tuple(entries), names, kinds, np.where(kinds > 0, covers, np.float32(0)),
            _flags(row, (entry for entry, kind in kind_of.items() if kind == FUNCTION)),
            _flags(row, (entry for entry, kind in kind_of.items() if kind == PROVENANCE)),
            _flags(row, captions), _flags(row, notices) > 0, weights,
        )  # fmt: skip

    @classmethod
    def stored(cls) -> Tables:
        """The tables that the package ships.

        >>> tables = Tables.stored()
        >>> tables.names[tables.kinds[tables.phrases.index("privacy policy") + 1]]
        'cookie notice'
        """
        rows = np.load(io.BytesIO(shipped.raw("checks", ROWS)))
        function, provenance, caption, notice = ((rows["marks"] >> bit & 1).astype(np.float32) for bit in range(4))
        return cls(
            words.Lexicon.stored(rows["number"].copy()),
            tuple(shipped.text("checks", PHRASES).split("\n")[:-1]),
            _names(data("boilerplate_words")),
            rows["kind"].astype(np.int32),
            rows["cover"].astype(np.float32),
            function,
            provenance,
            caption,
            notice > 0,
            _from_hundredths(rows["weight"]),
        )

    def files(self) -> tuple[bytes, bytes]:
        """The bytes of `ROWS` and of `PHRASES` for these tables."""
        rows = np.zeros(len(self.weights), ROW)
        rows["number"], rows["kind"], rows["cover"] = self.lexicon.known, self.kinds, self.covers
        rows["weight"] = np.rint(self.weights * 100)
        for bit, name in enumerate(MARKS):
            rows["marks"] |= (getattr(self, name) > 0).astype(np.uint8) << np.uint8(bit)
        out = io.BytesIO()
        np.save(out, rows)
        return out.getvalue(), "".join(f"{phrase}\n" for phrase in self.phrases).encode()


def _names(phrases: Iterable[str]) -> tuple[str, ...]:
    return (
        "",
        *(kind for kind in phrases if kind not in (FUNCTION, PROVENANCE, CAPTION)),
        HEADLINE,
        PARAGRAPH,
        PICTURE,
    )


def _from_hundredths(weights: NDArray[np.integer]) -> NDArray[np.float32]:
    return (weights / 100).astype(np.float32)


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
    loaded: dict[str, Any] = shipped.table("checks", f"{name}.json")
    return loaded
