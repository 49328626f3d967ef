"""Mojibake without UTF-8: one older codec read as another, such as ``Ïðèâåò`` for ``Привет``.

Here no structure proves the cure: any bytes can be read either way. So the outcome must be far more plausible, over
a whole block of lines, and what stands there must look like no language.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.plausible import surprise
from provcheck.plausible.judge import points, sample
from provcheck.plausible.tables import POINTS
from provcheck.repair.evidence import blocks, is_table
from provcheck.repair.undo import as_bytes, undo_single

if TYPE_CHECKING:
    from numpy.typing import NDArray

LATIN = ("cp1250", "iso8859-2", "cp1254", "cp1257")

RIGHT = {
    "cp1252": ("cp1251", "koi8-r", "cp1250", "cp1253", "iso8859-2", "cp1254", "cp1257", "cp1255", "cp1256", "gb18030",
               "big5", "euc_kr", "shift_jis", "euc_jp", "cp866", "mac-roman"),
    "latin-1": ("gb18030", "big5", "euc_kr", "shift_jis", "euc_jp", "koi8-r", "cp1251"),
    "cp1251": ("koi8-r", "cp1252", "cp1250", "cp866", "cp1254", "cp1257"),
    "koi8-r": ("cp1251",),
    "cp1252/latin": LATIN,
}  # fmt: skip
"""By which codec a text was read wrongly, and which would have been right; the usual first. The last row is for texts
in which nothing but letters of the Latin script is odd."""

_UNTELLING = "\xa0§©«\xad®°·»€№™\ufeff" + "".join(map(chr, range(0x2010, 0x203B)))
"""Marks that stand in any clean text: they say nothing of its codec, and neither does ASCII."""

NEEDED = 30.0
SHARE = 0.75
"""The outcome must be at most so surprising, as a share of what stands there."""


LINE_SHARE = 0.85
"""The same for a single line of a text in which the whole is proven."""


class Reread(NamedTuple):
    """Which codec read the text, which is right, the spans (in order) to which that applies, and nats gained."""

    wrong: str
    right: str
    spans: tuple[tuple[int, int], ...]
    gain: float


def reread(text: str, kind: str) -> Reread | None:
    """Find the codec that reads this text far better than it was read, or None; `kind` is a key of `RIGHT`."""
    wrong = kind.partition("/")[0]
    raw = as_bytes(text, wrong)
    where = _telling()[points(text)].nonzero()[0].tolist()
    spans = [(s, e) for s, e in blocks(text, where) if "\u0100" not in raw[s:e]]
    if not spans:
        return None
    whole = sample("\n".join(text[s:e] for s, e in spans))
    if is_table(whole):
        return None
    before = surprise(whole)
    if before <= NEEDED:
        return None
    ranked = []
    known = {whole: before}  # two codecs may differ in letters alone that the text has not
    for right in RIGHT[kind]:
        try:
            undone = undo_single(whole, wrong, right)
        except UnicodeError:
            continue
        after = known[undone] if undone in known else known.setdefault(undone, surprise(undone))
        if after < before * SHARE and before - after > NEEDED:
            ranked.append((after, right))
    if not ranked:
        return None
    right = min(ranked)[1]
    kept = [span for span in spans if _gains(text[slice(*span)], wrong, right)]
    gain = before - min(ranked)[0]
    return Reread(wrong, right, tuple(kept), gain) if kept else None


@cache
def _telling() -> NDArray[np.bool_]:
    """Whether each code point says something of the codec by which it was read."""
    found = np.ones(POINTS, dtype=np.bool_)
    found[:0x80] = False
    found[[ord(char) for char in _UNTELLING]] = False
    return found


def _gains(part: str, wrong: str, right: str) -> bool:
    before = surprise(part)
    return surprise(undo_single(part, wrong, right)) < before * LINE_SHARE
