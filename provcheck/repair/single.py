"""Mojibake without UTF-8: one older codec read as another, such as ``Ïðèâåò`` for ``Привет``.

Here no structure proves the cure: any bytes can be read either way. So the outcome must be far more plausible, over
a whole block of lines, and what stands there must look like no language.
"""

from __future__ import annotations

import re
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

_RUN = re.compile("[\x80-\xff]")

NEEDED = 30.0
SHARE = 0.5
"""The outcome must be at most so surprising, as a share of what stands there."""


class Reread(NamedTuple):
    """Which codec read the text, which is right, the spans (in order) to which that applies, and nats gained."""

    wrong: str
    right: str
    spans: tuple[tuple[int, int], ...]
    gain: float


def reread(text: str, wrong: str) -> Reread | None:
    """Find the codec that reads this text far better than `wrong` did, or None."""
    raw = as_bytes(text, wrong)
    where = [m.start() for m in _RUN.finditer(raw)]
    spans = [(s, e) for s, e in blocks(text, where) if "\u0100" not in raw[s:e]]
    if not spans:
        return None
    whole = "\n".join(text[s:e] for s, e in spans)
    before = surprise(whole)
    ranked = []
    for right in RIGHT[wrong]:
        try:
            after = surprise(undo_single(whole, wrong, right))
        except UnicodeError:
            continue
        if after < before * SHARE and before - after > NEEDED:
            ranked.append((after, right))
    if not ranked:
        return None
    right = min(ranked)[1]
    kept = [span for span in spans if _gains(text[slice(*span)], wrong, right)]
    gain = before - min(ranked)[0]
    return Reread(wrong, right, tuple(kept), gain) if kept else None


def _gains(part: str, wrong: str, right: str) -> bool:
    before = surprise(part)
    return surprise(undo_single(part, wrong, right)) < before * SHARE
