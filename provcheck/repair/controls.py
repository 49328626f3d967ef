"""Control characters that were marks of Windows: bytes 80 to 9F of cp1252 that were read as latin-1.

No writer means the control characters of this range (C1), and browsers read latin-1 as cp1252 for that reason (WHATWG
Encoding Standard; `ftfy.fixes.fix_c1_controls` does as they do). Still each must stand where its mark can stand, most
of a text's must, and none may be what is left of a character of UTF-8: else the bytes were something else.
"""

from __future__ import annotations

from provcheck.patterns import late
from provcheck.plausible import surprise
from provcheck.repair.evidence import QUOTED, speaks_of_encodings
from provcheck.repair.undo import undo_single

WRONG, RIGHT = "latin-1", "cp1252"

SHARE = 0.8
"""So many of a text's control characters must stand where their marks can."""

OTHER = "cp1250"
"""Where this gives likelier letters, they are nobody's: text by this codec has other letters to repair first."""

TRIED = 50
"""So many letters are looked at closely; all must fit."""

REACH = 40
"""Characters of a line around a letter that tell whether it fits."""

_CONTROL = late("[\x80-\x9f]")
_MARKS = late(
    "(?<![\xc2-\xdf])(?<![\x80-\x9f]{2})(?![\x80-\x9f]{3})(?:"  # no rest of UTF-8, and no table of the range
    "(?<!\\w)[\x82\x84\x8b\x91\x93](?=\\S)"  # an opening quotation mark
    "|(?<=\\S)[\x91-\x94\x9b](?!\\w)"  # a closing one
    "|(?<=\\w)\x92(?=\\w)|(?<!\\S)\x92(?=\\w)"  # an apostrophe
    "|[\x96\x97]"  # a dash
    "|(?<=\\w)\x85(?![^\\s\x91-\x94\"')»])|(?<!\\S)\x85(?=\\w)"  # dots; between words it would be the end of a line
    "|(?<=\\d)\x80|(?<=\\d\\s)\x80|\x80(?=\\s?\\d)"  # euros
    "|(?<!\\S)\x95(?=[\\s\\w])"  # a bullet
    "|(?<=\\w)\x99(?!\\w)"  # a trade mark
    ")"
)
_LETTERS = late(
    "(?<![\xc2-\xdf])(?:(?<=[^\\W\\d_])[\x8a\x8c\x8e\x9a\x9c\x9e\x9f]|[\x8a\x8c\x8e\x9a\x9c\x9e](?=[^\\W\\d_]))"
)


_SAME = late("[\x00-\x7f\xa0-\xff]*")
"""What latin-1 and cp1252 read alike, so that a span may go across it."""


def controls(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of a text that latin-1 has read and cp1252 should have; none where that is not certain.

    >>> controls("It\\x92s \\x93late\\x94"), controls("\\x92\\x93\\x94\\x95")
    (((2, 11),), ())
    """
    count = len(_CONTROL.findall(text))
    letters = [match.span() for match in _LETTERS.finditer(text)]
    if not all(_letter(text, *span) for span in letters[:TRIED]):
        letters = []
    found = sorted([*letters, *(match.span() for match in _MARKS.finditer(text))])
    if not found or len(found) < SHARE * count or (count <= QUOTED and speaks_of_encodings(text)):
        return ()
    spans = found[:1]
    for start, end in found[1:]:
        if _SAME.fullmatch(text, spans[-1][1], start):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)


def _letter(text: str, start: int, end: int) -> bool:
    """Tell whether the letter of cp1252 is likelier in its line than that of `OTHER`."""
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    before, after = text[begin:start][-REACH:], text[end : stop if stop >= 0 else None][:REACH]
    ours, other = (before + undo_single(text[start:end], WRONG, codec) + after for codec in (RIGHT, OTHER))
    return surprise(ours) <= surprise(other)
