"""From bytes to text.

Valid UTF-8 is UTF-8: no other encoding gives such bytes by chance. What it is not is judged by which encoding makes
the most plausible text (`rank`), with one exception that comes first: encodings whose bytes are valid UTF-8 all the
same (`wide`). Nothing here raises for any bytes; what cannot be read is replaced, and a finding says where.

Method: candidates are compared by the likelihood of the bytes under bigrams of letters of each language, as in
A. Kikui, "Identifying the coding system and language of on-line documents" (COLING 1996), and in Mozilla's universal
charset detector.
"""

from __future__ import annotations

from provcheck.decode.order import ACTIONS, decode

__all__ = ["ACTIONS", "decode"]
