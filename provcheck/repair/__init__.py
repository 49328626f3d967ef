"""From text to the text that was meant, by steps that can be replayed.

Only mojibake is repaired, and nothing else is touched: no quotation mark is straightened, nothing is normalised.
`ftfy` (R. Speer, 2012-2024) showed what broken text looks like; here each repair is proven by a round trip and by the
plausibility of what comes out.
"""

from __future__ import annotations

from provcheck.repair.rounds import ACTIONS, Repaired, repair, repairs

__all__ = ["ACTIONS", "Repaired", "repair", "repairs"]
