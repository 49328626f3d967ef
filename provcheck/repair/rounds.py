"""Repair a text round by round until nothing is left that can be proven broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from provcheck.model import Finding, Step
from provcheck.patterns import late
from provcheck.repair import controls
from provcheck.repair.clean import LOST, doubtful
from provcheck.repair.evidence import Cure, cure, speaks_of_encodings
from provcheck.repair.single import Reread, reread
from provcheck.repair.suspect import suspect
from provcheck.repair.undo import mojibake, transcode
from provcheck.text import together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from provcheck.repair.suspect import Suspicion

ROUNDS = 32
"""How many layers of damage are undone, at most."""

TRIED = 8
"""How many codecs are looked at closely in a round: those with the most hits."""

TOGETHER = 1 << 16
"""Characters of texts that are looked at together: their arrays stay in the processor's cache."""

OUTWEIGH = 2.0
"""How much more another single-byte codec must gain than UTF-8, whose sequences are a proof in themselves."""


class Repaired(NamedTuple):
    """A repaired text, the steps that led to it, and what was found on the way."""

    text: str
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()


def repairs(texts: Sequence[str]) -> Iterator[Repaired]:
    """Repair texts, each as if it came alone: those that are clean for certain are passed over together.

    >>> [repaired.text for repaired in repairs(["GrÃ¼ÃŸe", "Grüße"])]
    ['Grüße', 'Grüße']
    """
    for part in together(texts, TOGETHER):
        long = len(part[0]) > TOGETHER  # what is looked at together takes more memory than one text
        for text, doubt in zip(part, [True] if long else doubtful(part), strict=True):
            yield repair(text) if doubt else Repaired(text)


def repair(text: str) -> Repaired:
    """Undo what can be undone without guessing.

    >>> repair("Die GrÃ¼ÃŸe kamen spÃ¤t.").text
    'Die Grüße kamen spät.'
    >>> repair("SÃO PAULO, «Â», naïve").steps
    ()
    """
    steps: list[Step] = []
    findings: list[Finding] = []
    suspicion = suspect(text)
    for _ in range(ROUNDS):
        step = _round(text, suspicion)
        if step is None:
            break
        text, detail = step[0], step[2]
        steps.append(step[1])
        findings.append(Finding.of("PC204", detail=detail))
        suspicion = suspect(text)
    findings.extend(_left(text, suspicion))
    return Repaired(text, tuple(steps), tuple(findings))


def _left(text: str, suspicion: Suspicion) -> list[Finding]:
    """What looks broken still, once all is undone that can be."""
    places = [m.start() for m in _BROKEN.finditer(text)] if suspicion.utf8 else []
    places = places or [m.start() for mark in LOST for m in re.finditer(mark, text)]
    if len(places) < LEAST_LEFT or speaks_of_encodings(text):
        return []
    at = places[0]
    return [Finding.of("PC205", text, (at, at + 2), detail=f"{len(places)} places")]


LEAST_LEFT = 3
"""From so many places on, a text is said to be broken for good."""

_TAIL = "[\x80-\x9f°-¿‚ƒ„…†‡ˆ‰‹Œ‘’“”•–—˜™›œ]"
_TAIL_1251 = "[‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ™љ›њќћџЎўЈҐЅѕіјњ°±µ¶]"
_BROKEN = late(
    "[ÃÅÄâÐÑРС](?:"  # one set in front of all branches: the search skips to its members
    "(?<=[ÃÅÄ])[\x80-\x9f¡-¿€‚ƒ„…†‡ˆ‰‹Œ‘’“”•–—˜™›œ](?![ÃÂ»])"  # two bytes: a letter with an accent
    "|(?<=â)(?:€[^a-z]|\x80)"  # three bytes: typographic marks
    f"|(?<=[ÐÑ]){_TAIL}[ÐÑ]{_TAIL}"  # two bytes each: Cyrillic
    f"|(?<=[РС]){_TAIL_1251}[РС]{_TAIL_1251}"  # the same by cp1251
    ")"
)
"""What UTF-8 read by cp1252 or cp1251 is seen by, where too little of it is whole to be undone."""


def _round(text: str, suspicion: Suspicion) -> tuple[str, Step, str] | None:
    """The repair that gains most, done."""
    best: Cure | None = None
    most = max((len(hits.where) for hits in suspicion.utf8), default=0)
    for hits in suspicion.utf8[:TRIED]:
        if len(hits.where) * 2 < most:
            break
        found = cure(text, hits)
        if found and (best is None or found.gain > best.gain + 1e-3):
            best = found
    other: Reread | None = None
    for wrong in suspicion.single:
        read = reread(text, wrong)
        if read and (other is None or read.gain > other.gain + 1e-3):
            other = read
    if other and (best is None or other.gain > OUTWEIGH * best.gain):
        codecs, spans = (other.wrong, other.right), _flat(other.spans)
        detail = f"{other.right} read as {other.wrong}"
        return transcode(text, *codecs, *spans), Step("transcode", (*codecs, *spans)), detail
    if best:
        spans = _flat(best.spans)
        detail = f"UTF-8 read as {best.codec}, {best.sequences} character(s)"
        return mojibake(text, best.codec, *spans), Step("mojibake", (best.codec, *spans)), detail
    spans = _flat(controls.controls(text)) if suspicion.controls else ()
    if spans:
        codecs = (controls.WRONG, controls.RIGHT)
        return transcode(text, *codecs, *spans), Step("transcode", (*codecs, *spans)), "cp1252 read as latin-1"
    return None


def _flat(spans: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(place for span in spans for place in span)


ACTIONS: dict[str, Callable[..., str]] = {"mojibake": mojibake, "transcode": transcode}
