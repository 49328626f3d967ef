"""How plausible a text is as something that people wrote: the common ground of `decode` and `repair`.

A wrong decoding is a text all the same; what gives it away is that no language is written like that. The tables
here know, for some forty languages, how surprising each letter is after the one before it (`data/bigrams.json`), and
for Chinese, Japanese and Korean how rare each character is (`data/ideographs.json`). How they were made stands in
``docs/models/plausibility.md``. This package stands on the ground floor: it knows nothing of documents or findings.
"""

from __future__ import annotations

from provcheck.plausible.judge import Verdict, pairs_of, surprise, verdict

__all__ = ["Verdict", "pairs_of", "surprise", "verdict"]
