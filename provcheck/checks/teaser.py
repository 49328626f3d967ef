"""A left-over teaser: a headline of another story, or a button, that stands as the last line of the content.

It has no full stop, as a cut sentence has none, and it begins with a capital behind a finished paragraph, as three in
ten cut sentences do. But a headline is set as a whole: its words are capitals in some languages, hardly any of them
stands in the article, and it does not end in *the*. `features` puts that in numbers for the weights of
`provcheck.checks.truncation`; and where more of the page follows the line, no program has cut the text there.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from provcheck import shipped
from provcheck.checks import tail
from provcheck.patterns import late
from provcheck.writing import VOWELS, has_case, is_small

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provcheck.checks.tail import Tail

FEWEST_WORDS, MOST_WORDS = 5, 15
"""Words of a headline: fewer are as often the first words of a sentence, and of these one in two has more."""

_LONG = 5
"""Letters from which on a word tells what a text is about."""

_SEEN = 20_000
"""Characters before the line in which its words are looked for."""

_RUN_ON = ",،、;-–—"
"""What a headline neither begins nor ends with."""

_FOLLOWED = 2.0
"""How much more likely a headline is where more of the page follows, as a logit."""

_PART = rf"[^\W\d_]+(?:[{VOWELS}]+[^\W\d_]*)*"  # letters, with vowel signs between them
_WORD = late(rf"{_PART}(?:['’\-]{_PART})*")
_PARTED = late(r"\s[-–—|]\s")
# a word or two with a colon: what is said behind it ("Example: I share", "Kicker: Two ferries collide") may be either
_LABELLED = late(r"[^\W\d_][^:：]{0,24}[:：]\s")


def headline(found: Tail) -> bool:
    """Tell whether the last line has the shape of a headline: a whole line of few words behind a finished paragraph.

    >>> headline(tail.Tail(0, 0, "Old bridge closes in May", ("It rained all day.",)))
    True
    >>> headline(tail.Tail(0, 0, "the old bridge closes in May", ("It rained all day.",)))
    False
    """
    line, before = found.text, found.before
    if not before or not tail.stopped(before[-1]) or line[0] in _RUN_ON or is_small(line[0]):
        return False
    if line[-1] in _RUN_ON or _LABELLED.match(line):
        return False
    return FEWEST_WORDS <= len(_WORD.findall(line[:400])) <= MOST_WORDS and len(tail.fragment(line)) == len(line)


def features(found: Tail, text: str) -> dict[str, float]:
    """What speaks for a headline and what against it, between 0 and 1; `text` is the whole text."""
    words = _WORD.findall(found.text)
    cased = [word for word in words[1:] if has_case(word[0])]
    long = [word.lower() for word in words if len(word) >= _LONG]
    article = text[: max(0, len(text.rstrip()) - len(found.text))][-_SEEN:].lower()
    seen = sum(word in article for word in long)
    return {
        "size": len(words) / MOST_WORDS,
        "capitals": sum(not is_small(word[0]) for word in cased) / len(cased) if cased else 0.0,
        "all_capitals": float(bool(cased) and not any(is_small(word[0]) for word in cased)),
        "shared": seen / len(long) if long else 0.0,
        "apart": float(len(long) > 2 and not seen),
        "parted": float(_PARTED.search(found.text) is not None),
        "digit": float(any(each.isdigit() for each in found.text)),
        "quoted": float(found.text[0] in "\"“„«‘'"),
        "last_size": min(1.0, len(words[-1]) / 12) if words else 0.0,
    }


def likely(found: Tail, text: str, *, followed: bool) -> bool:
    """Tell whether a last line of the shape of a headline, which looks cut, is one rather than a cut sentence.

    `text` is the whole text; `followed` says that more of the page stands behind the line.
    """
    weights = _weights()
    values = {**tail.features(found, text), **features(found, text)}
    score = weights["(constant)"] + sum(weights.get(name, 0.0) * value for name, value in values.items())
    return score + _FOLLOWED * followed > 0


@cache
def _weights() -> Mapping[str, float]:
    loaded: dict[str, float] = shipped.table("checks", "teaser_weights.json")["weights"]
    return loaded
