"""Mojibake without UTF-8: one older codec read as another, such as ``Ïðèâåò`` for ``Привет``.

Here no structure proves the cure: any bytes can be read either way. So the outcome must be far more plausible, over
a whole block of lines, and what stands there must look like no language.
"""

from __future__ import annotations

from typing import NamedTuple

from provcheck.plausible import surprise
from provcheck.repair.evidence import blocks
from provcheck.repair.undo import as_bytes, undo_single

RIGHT = {
    "cp1252": ("cp1251", "koi8-r", "cp1250", "cp1253", "iso8859-2", "cp1254", "cp1257", "cp1255", "cp1256", "gb18030",
               "big5", "euc_kr", "shift_jis", "euc_jp", "cp866", "mac-roman"),
    "cp1251": ("koi8-r", "cp1252", "cp1250", "cp866", "iso8859-5", "mac-cyrillic", "cp1254", "cp1257"),
    "koi8-r": ("cp1251",),
}  # fmt: skip
"""By which codec a text was read wrongly, and which would have been right; the usual first."""

NEEDED = 30.0
SHARE = 0.5
"""The outcome must be at most so surprising, as a share of what stands there."""


class Reread(NamedTuple):
    """The codec that is right, and the spans (in order) to which that applies."""

    right: str
    spans: tuple[tuple[int, int], ...]


def reread(text: str, wrong: str) -> Reread | None:
    """Find the codec that reads this text far better than `wrong` did, or None."""
    best: tuple[float, Reread] | None = None
    raw = as_bytes(text, wrong)
    candidates = [(s, e) for s, e in blocks(text) if not raw[s:e].isascii() and "\u0100" not in raw[s:e]]
    before = {span: surprise(text[slice(*span)]) for span in candidates}
    for right in RIGHT[wrong]:
        gain, spans = 0.0, []
        for span in candidates:
            try:
                after = surprise(undo_single(text[slice(*span)], wrong, right))
            except UnicodeError:
                continue
            if after < before[span] * SHARE and before[span] - after > 4.0:
                gain += before[span] - after
                spans.append(span)
        if gain > NEEDED and (best is None or gain > best[0] + 1e-6):
            best = gain, Reread(right, tuple(spans))
    return best[1] if best else None
