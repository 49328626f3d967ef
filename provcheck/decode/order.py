"""The order in which encodings are tried, and what is said of the outcome."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from provcheck.decode import wide
from provcheck.decode.charsets import canonical
from provcheck.decode.mixed import Part, parts, split
from provcheck.decode.rank import LOST_BYTE, Candidate, rank, sample
from provcheck.decode.second import opinions
from provcheck.model import Decoded, Finding, Step
from provcheck.patterns import late
from provcheck.plausible import surprise
from provcheck.text import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ELSEWHERE = (b"\0", b"\x1b", b"~{")
"""What valid UTF-8 holds that is another encoding: NUL (UTF-16, UTF-32), an escape or ``~{`` (ISO-2022, HZ)."""

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

_LOST = "\ufffd"
TIE = 2.5
"""Candidates within so many nats are as likely as each other; the runner-up is one twelfth as likely at the edge."""

TEMPER = 0.6
"""Letters are not independent, so the nats of a whole text overstate the case; measured on the gold pages."""

MIXED_PRICE = 8.0
"""What it costs to assume that a file was glued together."""

_BARE_LEAD = late(rb"[\xe0-\xff](?![\x80-\xbf\r\n]|\Z)")
"""A byte that begins a character of three bytes or more, and none of them behind it, where nothing was cut off: more
than one byte is lost there, if it is no letter of an older encoding."""

_COUNTED_UTF8 = late(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(raw: bytes, *, declared: str | None = None, prior: Mapping[str, float] | None = None) -> Decoded:
    """Read bytes as text by the most plausible encoding.

    `declared` is what the wrapper says the encoding is, in any spelling; it is believed where the bytes bear it out.
    `prior` gives the share of encodings (0 to 1) among the document's neighbours, which decides between candidates
    that are as likely as each other and nothing else. Never raises.

    >>> decode("Grüße".encode("cp1252")).text
    'Grüße'
    >>> decode("Это старый мост, который закрыли".encode("koi8-r")).text
    'Это старый мост, который закрыли'
    """
    known = canonical(declared)
    if not raw.startswith(_MARKS) and not any(sign in raw for sign in _ELSEWHERE):
        text = wide.strict(raw, "utf-8")
        if text is not None and (known in (None, "utf-8") or (text.isascii() and known != "utf-7")):
            return _whole(text, "utf-8", known)
    return _slow(raw, known, prior or {})


def _slow(raw: bytes, known: str | None, prior: Mapping[str, float]) -> Decoded:
    marked = wide.bom(raw)
    if marked:
        codec, text = marked
        steps = (Step("decode", ("utf-8" if codec == "utf-8-sig" else codec,)), Step("drop-bom"))
        return _told(Decoded(text[1:], codec, 1.0, steps=steps), known)
    if known == "utf-7" and (seven := wide.strict(raw, "utf-7")) is not None:
        return _whole(seven, "utf-7", known)
    hidden = wide.escaped(raw) or wide.unmarked(raw)
    if hidden:
        return _whole(hidden[1], hidden[0], known)
    plain = wide.strict(raw, "utf-8")
    if plain is not None:
        return _whole(plain, "utf-8", known)
    return _legacy(raw, known, prior)


def _whole(text: str, codec: str, known: str | None) -> Decoded:
    return _told(Decoded(text, codec, 1.0, steps=(Step("decode", (codec,)),)), known)


def _legacy(raw: bytes, known: str | None, prior: Mapping[str, float]) -> Decoded:
    """Bytes that are not valid UTF-8: one older encoding, several, or damaged UTF-8, whichever is most plausible."""
    ranked = rank(raw, known)
    if ranked[0].lost or (len(ranked) > 1 and ranked[1].cost - ranked[0].cost < TIE):
        ranked = rank(raw, known, opinions(sample(raw)))
    best = ranked[0]
    if _COUNTED_UTF8.search(raw):
        damaged = _damaged(raw)
        glued = _glued(raw, known)
        if glued and glued[0] < min(best.cost, damaged[0]):
            return glued[1]
        if damaged[0] < best.cost:
            return _told(damaged[1], known)
    return _chosen(raw, ranked, known, prior)


def _chosen(raw: bytes, ranked: list[Candidate], known: str | None, prior: Mapping[str, float]) -> Decoded:
    best = ranked[0]
    close = [c for c in ranked if c.cost - best.cost < TIE and c.lost == best.lost]
    if len(close) > 1 and prior:
        best = max(close, key=lambda c: (_share(c, prior), -c.cost))
    others = [c for c in ranked if c.codec != best.codec]
    confidence = 1 / (1 + sum(math.exp(min(0.0, TEMPER * (best.cost - c.cost))) for c in others))
    confidence = round(min(confidence, 0.999), 3)
    codec = known if known in best.alike and known is not None else best.codec
    errors = ("replace",) if best.lost else ()
    text = raw.decode(codec, *errors)
    runner_up = others[0].codec if others else None
    found = []
    if others and others[0].cost - best.cost < TIE:
        found.append(Finding.of("PC201", encoding=codec, confidence=confidence, runner_up=runner_up))
    steps = (Step("decode", (codec, *errors)),)
    return _told(Decoded(text, codec, confidence, runner_up, steps, tuple(found)), known, best.lost)


def _share(candidate: Candidate, prior: Mapping[str, float]) -> float:
    """How usual a candidate is among the neighbours."""
    return max((prior.get(name, 0.0) for name in candidate.alike), default=0.0)


def _damaged(raw: bytes) -> tuple[float, Decoded]:
    """UTF-8 of which some bytes are lost: what it would cost to assume that, and the text."""
    shown = sample(raw)
    text = shown.decode("utf-8", "replace")
    lost = text.count(_LOST) + len(_BARE_LEAD.findall(shown))
    found = Decoded(raw.decode("utf-8", "replace"), "utf-8", 0.9, steps=(Step("decode", ("utf-8", "replace")),))
    return surprise(text.replace(_LOST, "")) + lost * LOST_BYTE, found


def _glued(raw: bytes, known: str | None) -> tuple[float, Decoded] | None:
    """Lines in UTF-8 and lines in one older encoding: what it would cost to assume that, and the text."""
    found = parts(raw)
    if not found:
        return None
    best = rank(split(raw)[0], known)[0]
    args: list[str | int] = []
    for part in found:
        args += ["utf-8" if part.valid else best.codec, part.start, part.end]
    text = decode_parts(raw, *args)
    where = Finding.of("PC206", detail=_detail(raw, found, best.codec))
    decoded = Decoded(text, "utf-8", 0.95, best.codec, (Step("decode-parts", tuple(args)),), (where,))
    old, new = split(sample(raw))
    cost = rank(old, known)[0].cost + surprise(new.decode("utf-8"))
    return cost + MIXED_PRICE, _told(decoded, known, best.lost)


def _detail(raw: bytes, found: list[Part], codec: str) -> str:
    numbers = []
    line = 1
    for part in found:
        count = raw.count(b"\n", part.start, part.end)
        if not part.valid:
            numbers.append(f"{line}-{max(line, line + count - 1)}")
        line += count
    shown = ", ".join(numbers[:5]) + (" …" if len(numbers) > 5 else "")
    return f"UTF-8, but lines {shown} are {codec}"


def _told(decoded: Decoded, known: str | None, lost: int = 0) -> Decoded:
    """Add what is to be said of characters that are lost and of a declaration that is wrong."""
    found = list(decoded.findings)
    if _LOST in decoded.text:
        count = decoded.text.count(_LOST)
        lossy = any("replace" in step.args for step in decoded.steps) or lost
        code = "PC203" if lossy else "PC202"
        at = decoded.text.index(_LOST)
        found.append(Finding.of(code, decoded.text, (at, at + 1), count=count, places=_places(decoded.text)))
    if known and not _agrees(known, decoded):
        found.append(Finding.of("PC207", declared=known, encoding=decoded.encoding))
    if found == list(decoded.findings):
        return decoded
    return Decoded(decoded.text, decoded.encoding, decoded.confidence, decoded.runner_up, decoded.steps, tuple(found))


def _places(text: str) -> str:
    lines = Lines.of(text)
    numbers = sorted({lines.number_at(m.start()) for m in re.finditer(_LOST, text)})
    return f"line {', '.join(map(str, numbers[:8]))}{' …' if len(numbers) > 8 else ''}"


_KIN = {
    "latin-1": "cp1252", "ascii": "cp1252", "utf-8-sig": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16",
    "utf-32-le": "utf-32", "utf-32-be": "utf-32", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "iso8859-9": "cp1254", "iso8859-8": "cp1255", "tis-620": "cp874", "euc_kr": "cp949", "big5": "cp950",
}  # fmt: skip
"""Encodings that are taken for one another in declarations, as in the WHATWG Encoding Standard."""


def _agrees(known: str, decoded: Decoded) -> bool:
    """Tell whether a declaration and the outcome read these bytes alike."""
    hidden = decoded.encoding.startswith(("utf-16", "utf-32", "iso2022", "hz"))
    if known == decoded.encoding or (decoded.text.isascii() and not hidden):
        return True
    return _KIN.get(known, known) == _KIN.get(decoded.encoding, decoded.encoding)


def decode_whole(raw: bytes, codec: str, errors: str = "strict") -> str:
    """The step that reads all bytes by one codec."""
    return raw.decode(codec, errors)


def decode_parts(raw: bytes, *ranges: str | int) -> str:
    """The step that reads ranges of bytes, each by its own codec: codec, start, end, and so on."""
    triples = zip(ranges[::3], ranges[1::3], ranges[2::3], strict=True)
    return "".join(raw[int(start) : int(end)].decode(str(codec), "replace") for codec, start, end in triples)


def drop_bom(text: str) -> str:
    """The step that takes the byte order mark from the text."""
    return text[1:]


ACTIONS: dict[str, Callable[..., str]] = {"decode": decode_whole, "decode-parts": decode_parts, "drop-bom": drop_bom}
