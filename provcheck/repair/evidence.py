"""Is it broken, and is it better afterwards: the proof that a repair needs.

Two things must come together. The bytes must form whole characters of UTF-8, which text that was never broken seldom
does; and the outcome must be more plausible than what stands there, by `provcheck.plausible`. Either alone fails on
clean texts: ``«Â»`` is a proper sequence, and a page in a language without tables looks implausible as it is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from provcheck.patterns import late
from provcheck.plausible import surprise
from provcheck.plausible.judge import points
from provcheck.repair.undo import SEQUENCE, SPACED, as_bytes, undo_utf8

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provcheck.repair.suspect import Hits

NEEDED = 9.0
"""How many nats an undone text must be less surprising, at least."""

DOUBT = 3.0
"""How many nats more for each character of the same lines that does not fit, while the sequences are few."""

FEW = 6
"""Up to so many sequences a repair is looked at with `DOUBT`."""

LEGIBLE = 6.5
"""Up to so many nats for each character outside ASCII, lines are words. Beyond, bytes of another encoding make pairs
that look like UTF-8, and undoing them would spoil what can still be read by the right one."""

BLOCKS = 200
"""In how many blocks of lines a text is judged, at most: bounds the work on hostile texts."""

TABLE_SHARE = 0.3
"""From this share of neighbours on that differ by one, a text is a table of characters."""

QUOTED = 3
"""Up to so many broken characters are taken for quotations in a text that speaks of such things."""

_ABOUT = late(
    r"mojibake|utf-?8|\bunicode|\blatin-?1\b|iso-?8859|windows-125\d|\bcp125\d|charset|character (?:set|encoding)"
    r"|zeichen(?:satz|kodierung|codierung)|encodage|jeu de caractères|codificaci[oó]n|codifica dei caratteri"
    r"|codificação|kodowani|krzaczki|kódování|karakter ?kodla|teckenkodning|кодировк|кракозябр|кодуванн"
    r"|文字化け|文字コード|乱码|亂碼|编码|編碼|인코딩",
    re.IGNORECASE,
)
"""Words of texts about encodings, which quote broken words on purpose; repairing the quotation would spoil them."""

_HIGH = late(r"[^\x00-\x7f]")
_BYTES = late(r"[\x80-\xff]{2,}")


class Cure(NamedTuple):
    """A repair that is worth making: `spans` of the text in order, nats gained, and sequences undone."""

    codec: str
    spans: tuple[tuple[int, int], ...]
    gain: float
    sequences: int


class _Block(NamedTuple):
    """Lines with sequences in them: before and after, the spans undone, and how many characters do not fit.

    `left` of these are such as the codec has, too, and stand together, as the letters of other scripts do.
    """

    before: str
    after: str
    spans: tuple[tuple[int, int], ...]
    sequences: int
    strangers: int
    left: int


def blocks(text: str, where: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The ranges of whole lines that hold the positions `where` (in order): single lines, larger in a long text."""
    size = len(text) // BLOCKS if len(text) > LONG else 0
    end = 0
    for position in where:
        if position < end:
            continue
        begin = max(text.rfind("\n", end, position) + 1, end)
        end = text.find("\n", max(position, begin + size)) + 1 or len(text)
        yield begin, end


LONG = 20_000
"""From this length on, lines are judged in blocks."""


def cure(text: str, hits: Hits) -> Cure | None:
    """What undoing UTF-8 read by the codec of `hits` would gain, or None where it is not proven.

    Lines that consist of nothing but ASCII and whole sequences are judged together, all others one by one.
    """
    raw = as_bytes(text, hits.codec)
    where = hits.where.tolist()
    found = [b for start, end in blocks(text, where) if (b := _block(text, raw, start, end, hits.codec))]
    whole = [b for b in found if not b.strangers]
    mixed = [b for b in found if b.strangers]
    gain, kept = 0.0, []
    if whole:
        gain = _gain(whole)
        kept = whole if gain > 0 else []
        gain = max(gain, 0.0)
    for block in mixed:
        if block.left > block.sequences and not _legible(block.after):
            continue
        more = _gain([block])
        if more > DOUBT * min(block.strangers, FEW) or (more > 0 and block.sequences > block.strangers):
            gain += more
            kept.append(block)
    count = sum(b.sequences for b in kept)
    strangers = sum(b.strangers for b in kept)
    if not kept or gain < NEEDED + (DOUBT * min(strangers, FEW) if count < FEW else 0.0):
        return None
    if count <= QUOTED and speaks_of_encodings(text):
        return None
    return Cure(hits.codec, tuple(sorted(span for b in kept for span in b.spans)), gain, count)


def _legible(text: str) -> bool:
    return surprise(text) <= LEGIBLE * len(_HIGH.findall(text))


def _gain(found: list[_Block]) -> float:
    return surprise("\n".join(b.before for b in found)) - surprise("\n".join(b.after for b in found))


def _block(text: str, raw: str, start: int, end: int, codec: str) -> _Block | None:
    part, before = raw[start:end], text[start:end]
    spans = [m.span() for m in SEQUENCE.finditer(part)]
    high = len(_HIGH.findall(part))
    strangers = high - sum(b - a for a, b in spans)
    if strangers:
        wide = [m.span() for m in SPACED.finditer(part)]
        if high == sum(len(_HIGH.findall(part, a, b)) for a, b in wide):
            spans, strangers = wide, 0
    if not spans or (strangers and is_table(before)):
        return None
    joined = _joined(part, spans)
    if len(spans) < FEW and _unassigned(before, spans, codec):
        return None
    pieces, at = [], 0
    for a, b in joined:
        pieces += [before[at:a], undo_utf8(before[a:b], codec)]
        at = b
    after = "".join([*pieces, before[at:]])
    left = sum(map(len, _BYTES.findall(SEQUENCE.sub(" ", part)))) if strangers else 0
    where = tuple((a + start, b + start) for a, b in joined)
    return _Block(before, after, where, len(spans), strangers, left)


def _unassigned(text: str, spans: list[tuple[int, int]], codec: str) -> bool:
    """Tell whether a character undone is one that Unicode has not assigned, or that is for private use."""
    return any(unicodedata.category(undo_utf8(text[a:b], codec)[0]) in ("Cn", "Co") for a, b in spans)


def _joined(part: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans with nothing but ASCII between them become one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and part[found[-1][1] : start].isascii():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def is_table(text: str) -> bool:
    """Tell whether a text lists characters in the order of their numbers, which any codec turns into another list."""
    found = points(text).astype("int32")
    high = found[1:] >= 0x80
    steps = (found[1:] - found[:-1] == 1) & high
    return bool(steps.sum() > TABLE_SHARE * max(1, high.sum()))


def speaks_of_encodings(text: str) -> bool:
    """Tell whether a text is about encodings, and so may quote what is broken.

    >>> speaks_of_encodings("Mojibake turns é into Ã©.")
    True
    """
    return bool(_ABOUT.search(text))
