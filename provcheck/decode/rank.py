"""Which encoding makes the most plausible text of these bytes.

Every candidate reads the same bytes, so that their surprise can be compared directly: it is the likelihood of the
bytes under "this language in this encoding", and the prices of `charsets` are the prior.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provcheck.decode.charsets import CHARSETS, MULTIBYTE, Charset, canonical, priors, table
from provcheck.patterns import late
from provcheck.plausible.judge import IDEOGRAPHS, Pairs, ascii_costs, pairs_of, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

SAMPLE = 1 << 15
"""How many bytes are judged, the same ones for all candidates. Strict decoding is tried on all bytes."""

ENOUGH = 1000
"""So many bytes beyond ASCII tell enough; where a long file has fewer in its sample, the lines that have them count."""

AROUND = 200
"""Bytes of a line that are taken before and behind one beyond ASCII."""

PLACES = SAMPLE // 2 // (2 * AROUND)
"""Places in a long file at which such lines are looked for, if there are too many of them."""

DECLARED_BONUS = 6.0
"""By how many nats the declared encoding is ahead."""

LOST_BYTE = 14.0
"""What a byte costs that the codec leaves undefined: as much as it takes to be sure that it is another codec."""


STRANGER = 5.0
"""What another script than Latin costs in bytes that are nearly all ASCII letters: as much as one text in 150.

All candidates agree in the ASCII part, so that it says nothing against a Greek ``ά`` before ``ber`` in an English text.
"""

LONELY = 16.0
"""The same, for each byte, where no two bytes beyond ASCII stand together: a word of another script has more letters
than one, while ``×``, ``½``, ``à`` and ``»`` stand alone."""

ASCII_LETTERS = 20
"""How many ASCII letters there are to each byte beyond, from which on bytes are nearly all ASCII letters."""

_LETTERS = bytes(range(0x41, 0x5B)) + bytes(range(0x61, 0x7B))
_ASCII, _HIGH = bytes(range(0x80)), bytes(range(0x80, 0x100))
_BEYOND = late(rb"[\x80-\xff]")
_TOGETHER = late(rb"[\x80-\xff]{2}")


class Candidate(NamedTuple):
    """A codec, the surprise of what it makes of the bytes (nats, price included), and the language found.

    `lost` bytes cannot be decoded; `alike` names the codecs that read these bytes as the same text.
    """

    cost: float
    codec: str
    language: str
    lost: int = 0
    alike: tuple[str, ...] = ()


def sample(raw: bytes) -> bytes:
    """The bytes, or of long ones four stretches from their whole length, cut at line ends where there are any.

    Where these are nearly all ASCII, which tells no encoding from another, they keep their ASCII and come second:
    before them stand lines with other bytes. A long text may name a Frenchman once.

    >>> b"caf\\xe9" in sample(b"It rained.\\n" * 9999 + b"A caf\\xe9 was open.\\n" + b"It rained.\\n" * 9999)
    True
    """
    if len(raw) <= SAMPLE:
        return raw
    piece, stride, parts = SAMPLE // 4, len(raw) // 4, []
    for start in range(0, 4 * stride, stride):
        begin = raw.find(b"\n", start, start + piece // 2) + 1 if start else 0
        parts.append(raw[begin or start : start + piece])
    part, plain = b"\n".join(parts), b"".join(parts).translate(None, _HIGH)
    if len(part) - len(plain) >= ENOUGH:
        return part
    lines = list(islice(_lines(raw, 1), PLACES + 1))
    if len(lines) > PLACES:
        lines = list(_lines(raw, len(raw) // PLACES))
    return b"\n".join([*lines, plain[: SAMPLE // 2]])


def _lines(raw: bytes, stride: int) -> Iterator[bytes]:
    """Lines that have bytes beyond ASCII, of long ones the words around; at most one in every `stride` bytes."""
    end = 0
    while found := _BEYOND.search(raw, end):
        at = found.start()
        begin = max(end, at - AROUND, raw.rfind(b"\n", end, at) + 1)
        if begin == at - AROUND:  # a word may be whole from its first space on
            begin = raw.find(b" ", begin, at) + 1 or at
        stop = raw.find(b"\n", at, at + AROUND)
        if stop < 0:
            stop = max(raw.rfind(b" ", at, at + AROUND), 0) or _whole(raw, at + AROUND)
        yield raw[begin:stop]
        end = max(stop, (at // stride + 1) * stride)


def _whole(raw: bytes, stop: int) -> int:
    """The place, or behind it the end of the UTF-8 character that it would cut."""
    return next((end for end in range(stop, stop + 4) if raw[end : end + 1] < b"\x80" or raw[end] > 0xBF), stop)


def rank(raw: bytes, declared: str | None = None, extra: Iterable[str] = ()) -> list[Candidate]:
    """All candidates, the most plausible first; no two of them read the bytes as the same text.

    `declared` is favoured by `DECLARED_BONUS`; `extra` names further codecs to try.
    """
    part = sample(raw)
    letters, high = len(part) - len(part.translate(None, _LETTERS)), len(part.translate(None, _ASCII))
    stranger = 0.0
    if letters > ASCII_LETTERS * high:
        stranger = STRANGER if _TOGETHER.search(part) else LONELY * high
    found = [*_single(raw, part, declared, stranger), *_multi(raw, part, (declared, *extra), stranger)]
    return sorted(found, key=lambda c: (c.cost, c.codec))


def _single(raw: bytes, part: bytes, declared: str | None, stranger: float) -> list[Candidate]:
    shown = np.frombuffer(b"\n" + part + b"\n", dtype=np.uint8).astype(np.int32)
    counts = np.bincount(shown[:-1] * 256 + shown[1:], minlength=65536)
    where = counts.nonzero()[0]
    first, second, count = where >> 8, where & 255, counts[where].astype(np.float32)
    latin_costs = ascii_costs(Pairs(first.astype(np.uint16), second.astype(np.uint16), count))
    high = (first >= 0x80) | (second >= 0x80)
    first, second, count = first[high], second[high], count[high]
    bytes_present = np.unique(np.frombuffer(raw, dtype=np.uint8))
    present = bytes_present[bytes_present >= 0x80]
    groups: dict[bytes, list[Charset]] = {}
    for charset in CHARSETS:
        groups.setdefault(table(charset.codec)[present].tobytes(), []).append(charset)
    if declared and not any(declared == c.codec for c in CHARSETS) and _is_single(declared):
        charset = Charset(declared, "latin", frozenset(), 0.0)
        groups.setdefault(table(declared)[present].tobytes(), []).append(charset)
    found = []
    for alike in groups.values():
        points = table(alike[0].codec)
        pairs = Pairs(points[first], points[second], count)
        lost = _lost(points, raw, present)
        found.append(_best(alike, pairs, latin_costs, lost * LOST_BYTE, declared, stranger)._replace(lost=lost))
    return found


def _is_single(codec: str) -> bool:
    try:
        return (
            len(bytes(range(128)).decode(codec)) == 128 and len(bytes(range(160, 192)).decode(codec, "replace")) == 32
        )
    except (UnicodeError, LookupError):
        return False


def _lost(points: NDArray[np.uint16], raw: bytes, present: NDArray[np.uint8]) -> int:
    undefined = [byte for byte in present.tolist() if points[byte] == 0xFFFD]
    return sum(raw.count(bytes([byte])) for byte in undefined)


def _best(
    alike: list[Charset],
    pairs: Pairs,
    latin_costs: NDArray[np.float32],
    price: float,
    declared: str | None,
    stranger: float,
) -> Candidate:
    """The cheapest reading of one text by all codecs that make it of the bytes, `price` included."""
    names = tuple(c.codec for c in alike)
    best: Candidate | None = None
    for charset in alike:
        if best and charset.script == "latin" and charset.price > 0 and not declared:
            seen = {c.languages for c in alike[: alike.index(charset)]}
            if charset.languages in seen:
                continue
        cost, language = verdict(pairs, latin_costs, priors(charset), (charset.script,))
        cost += price
        if declared == charset.codec:
            cost -= DECLARED_BONUS
        elif charset.script != "latin":
            cost += stranger
        if best is None or cost < best.cost:
            best = Candidate(cost, charset.codec, language, 0, names)
    if best is None:
        raise AssertionError  # a group has at least one charset
    return best


def _multi(raw: bytes, part: bytes, named: Iterable[str | None], stranger: float) -> list[Candidate]:
    """The codecs of more than one byte that read all of `raw`, and any others that are `named`, the declared first."""
    known = {c.codec for c in CHARSETS}
    wanted = dict(MULTIBYTE)
    names = [canonical(name) for name in named]
    declared = names[0]
    for codec in names:
        if codec and codec not in known and codec not in ("ascii", "utf-8", "utf-7"):
            wanted.setdefault(codec, 3.0)
    found: dict[str, Candidate] = {}
    for codec, price in wanted.items():
        try:
            text = raw.decode(codec)
        except (UnicodeError, LookupError):
            continue
        bonus = DECLARED_BONUS if codec == declared else -stranger
        if text in found:
            old = found[text]
            found[text] = old._replace(cost=min(old.cost, old.cost - bonus), alike=(*old.alike, codec))
            continue
        shown = text if part is raw else part.decode(codec, "ignore")
        cost, language = verdict(pairs_of(shown), only=(IDEOGRAPHS,))
        found[text] = Candidate(cost + price - bonus, codec, language, 0, (codec,))
    return list(found.values())
