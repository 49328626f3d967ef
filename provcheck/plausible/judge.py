"""Judge a text, or pairs of its characters, by the tables.

Only what stands beside a character outside ASCII counts: decodings of the same bytes agree in the rest. The ASCII part
still has its say in which language this is, and so in what its other letters should be: ``Dvo?ák`` in a German text
is read by the rules of German.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from provcheck.plausible.tables import CASE_COSTS, POINTS, SMALL, case_of, ideographs, script_of, scripts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

SAMPLE = 1 << 15
"""How many characters of a text are judged: so many suffice, and hostile length costs nothing more."""

LANGUAGE_PAIRS = 3000.0
"""As how many pairs the ASCII part may speak for a language, at most."""


IDEOGRAPHS = "ideographs"
ALL = ("latin", "cyrillic", "greek", "hebrew", "arabic", "thai", IDEOGRAPHS)
"""The scripts that can be asked for."""

TOUCH_COST = 5.0
"""What it costs that an ASCII letter touches another character, in a text of Chinese, Japanese or Korean."""

SWITCH_COST = 3.0

NAME_COST = 3.0
"""What two letters of a name cost more than in its own language: in a text in English, ``Léger`` is still French."""

_IS_LETTER = np.array([chr(i).isalpha() for i in range(0x80)])


class Pairs(NamedTuple):
    """Neighbouring characters as code points, and how often each pair occurs."""

    first: NDArray[np.uint16]
    second: NDArray[np.uint16]
    times: NDArray[np.float32]


class Verdict(NamedTuple):
    """How surprising a text is, in nats, read as the language that fits best; less is better."""

    cost: float
    language: str


def points(text: str) -> NDArray[np.uint16]:
    """The code points of a text; those beyond the tables become their last cell."""
    narrow = text.encode("utf-16-le", "surrogatepass")
    if len(narrow) == 2 * len(text):  # no character takes two units: the units are the code points
        return np.frombuffer(narrow, dtype="<u2")
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.minimum(wide, POINTS - 1).astype(np.uint16)


def sample(text: str) -> str:
    """The text, or of a long one four stretches from its whole length."""
    if len(text) <= SAMPLE:
        return text
    piece, stride = SAMPLE // 4, len(text) // 4
    return "\n".join(text[i * stride : i * stride + piece] for i in range(4))


def pairs_of(text: str) -> Pairs:
    """The neighbouring characters of a text, with a line end before and after it.

    >>> [len(part) for part in pairs_of("año")]
    [4, 4, 4]
    """
    found = points(f"\n{sample(text)}\n")
    return Pairs(found[:-1], found[1:], np.ones(len(found) - 1, dtype=np.float32))


def ascii_costs(pairs: Pairs) -> NDArray[np.float32]:
    """What the pure ASCII pairs cost in each language of the Latin script, above the language that fits best."""
    chosen = (pairs.first < 0x80) & (pairs.second < 0x80)
    symbols, table = _ascii_table()
    kinds = math.isqrt(table.shape[1])
    # Counted before they are weighed: a long text has many pairs, but no more than a thousand that differ.
    places = symbols[pairs.first[chosen]] * kinds + symbols[pairs.second[chosen]]
    return _above(np.bincount(places, pairs.times[chosen], kinds * kinds))


def text_costs(found: NDArray[np.uint16]) -> NDArray[np.float32]:
    """The same for all neighbours in a text of these code points, of which each pair counts once."""
    kinds = math.isqrt(_ascii_table()[1].shape[1]) + 1  # the last stands for all beyond ASCII
    symbols = _symbols().take(found)
    counts = np.bincount(symbols[:-1] * np.uint16(kinds) + symbols[1:], minlength=kinds * kinds)
    return _above(counts.reshape(kinds, kinds)[:-1, :-1].ravel())


def _above(counts: NDArray[np.number[Any]]) -> NDArray[np.float32]:
    """What pairs that occur so often cost, above the language that fits best."""
    table, times = _ascii_table()[1], counts.astype(np.float32)
    total = float(times.sum())
    if not total:
        return np.zeros(len(table), dtype=np.float32)
    costs = table @ times
    above: NDArray[np.float32] = (costs - costs.min()) * np.float32(min(1.0, LANGUAGE_PAIRS / total))
    return above


@cache
def _symbols() -> NDArray[np.uint16]:
    """The symbol of each character as `_ascii_table` numbers them, and one more for all beyond ASCII."""
    symbols = _ascii_table()[0]
    return np.append(symbols, np.full(POINTS - len(symbols), symbols.max() + 1)).astype(np.uint16)


@cache
def _ascii_table() -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The symbol of each ASCII character, numbered anew from 0, and each Latin language's costs of their pairs."""
    latin = scripts()[0]
    known, symbols = np.unique(latin.symbol_of[:0x80], return_inverse=True)
    table = latin.costs[:, known[:, None], known]
    return symbols, np.ascontiguousarray(table.reshape(len(table), -1))


def verdict(
    pairs: Pairs,
    latin_costs: NDArray[np.float32] | None = None,
    priors: Mapping[str, float] | None = None,
    only: tuple[str, ...] = ALL,
) -> Verdict:
    """The language that fits best, and the surprise of all pairs outside ASCII in it.

    `latin_costs` are those of `ascii_costs`, where they are known already; `priors` are nats to add for a language,
    with the key ``""`` for all others, and the languages that names may come from; `only` names the scripts to try
    (`ALL`).

    >>> verdict(pairs_of("Это старый мост, который закрыли")).language
    'ru'
    """
    if latin_costs is None:
        latin_costs = ascii_costs(pairs)
    high = (pairs.first >= 0x80) | (pairs.second >= 0x80)
    pairs = Pairs(pairs.first[high], pairs.second[high], pairs.times[high])
    cased = case_of()
    case = float(CASE_COSTS[cased[pairs.first], cased[pairs.second]] @ pairs.times)
    best = Verdict(float("inf"), "")
    for script in scripts():
        if script.name not in only:
            continue
        each = script.costs[:, script.symbol_of[pairs.first], script.symbol_of[pairs.second]]
        if script.name == "latin":
            at_home = [place for place, name in enumerate(script.languages) if priors and name in priors]
            costs = _with_names(each, at_home, pairs) @ pairs.times + case + latin_costs
        else:
            costs = each @ pairs.times + case
        best = _better(best, costs, script.languages, priors)
    if IDEOGRAPHS not in only:
        return best
    return _better(best, _ideograph_costs(pairs), ideographs().languages, priors)


def _with_names(costs: NDArray[np.float32], at_home: list[int], pairs: Pairs) -> NDArray[np.float32]:
    """The costs of pairs by language, where two letters may be those of a name from one of the languages `at_home`.

    Only inside of words: a letter that stands alone, or at the beginning of a word, is most often the mark of another
    encoding. Both letters are small, or both are capitals; one of them may be plain and begin the word.
    """
    letters, case = script_of(), case_of()
    within = (letters[pairs.first] == 1) & (letters[pairs.second] == 1)
    within &= (case[pairs.first] == case[pairs.second]) | ((pairs.first < 0x80) & (case[pairs.second] == SMALL))
    cheapest = np.where(within, costs[at_home].min(axis=0, initial=np.inf) + np.float32(NAME_COST), np.inf)
    found: NDArray[np.float32] = np.minimum(costs, cheapest)
    return found


def _ideograph_costs(pairs: Pairs) -> NDArray[np.float32]:
    return ideographs().costs[:, pairs.second] @ pairs.times + TOUCH_COST * float(pairs.times[_near(pairs)].sum())


def _better(
    best: Verdict, costs: NDArray[np.float32], languages: tuple[str, ...], priors: Mapping[str, float] | None
) -> Verdict:
    if priors is not None:
        other = priors.get("", 0.0)
        costs = costs + np.array([priors.get(name, other) for name in languages], dtype=np.float32)
    place = int(costs.argmin())
    cost = float(costs[place])
    return Verdict(cost, languages[place]) if cost < best.cost else best


def surprise(text: str) -> float:
    """How surprising the characters outside ASCII are, in nats, each stretch read as the language that fits best.

    Names, quotations and lists of languages bring other scripts into a text; each is judged by its own rules, at
    `SWITCH_COST` a pair.

    >>> surprise("Grüße aus Köln") < surprise("GrÃ¼ÃŸe aus KÃ¶ln")
    True
    """
    found = points(f"\n{sample(text)}\n")
    beyond = found >= 0x80
    high = (beyond[:-1] | beyond[1:]).nonzero()[0]
    if not len(high):
        return 0.0
    latin_costs = text_costs(found)
    pairs = Pairs(found.take(high), found.take(high + 1), np.ones(len(high), dtype=np.float32))
    letters = script_of()
    left, right = letters.take(pairs.first), letters.take(pairs.second)
    present = np.bincount(left, minlength=len(scripts()) + 1) + np.bincount(right, minlength=len(scripts()) + 1)
    rows = []
    for number, script in enumerate(scripts(), 1):
        if number > 1 and not present[number]:
            continue
        kinds = script.costs.shape[1]
        costs = script.costs.reshape(-1, kinds * kinds)
        cells = script.symbol_of.take(pairs.first).astype(np.intp) * kinds + script.symbol_of.take(pairs.second)
        totals = costs.take(cells[(left == number) | (right == number)], axis=1).sum(axis=1)
        language = int((totals + latin_costs if number == 1 else totals).argmin())
        rows.append(costs[language].take(cells))
    if (pairs.second >= 0x2E80).any():
        rows.extend(ideographs().costs[:, pairs.second] + TOUCH_COST * _near(pairs))
    case = case_of()
    cases = case.take(pairs.first) * np.uint8(len(CASE_COSTS)) + case.take(pairs.second)
    return _blend(rows) + float(CASE_COSTS.take(cases).sum())


def _blend(rows: list[NDArray[np.float32]]) -> float:
    """The cost in the script that leads, where each pair may be read in another for a price."""
    if len(rows) == 1:
        return float(rows[0].sum())
    costs = np.stack(rows)
    cheapest = costs.min(axis=0) + SWITCH_COST
    return float(np.minimum(costs, cheapest).sum(axis=1).min())


def _near(pairs: Pairs) -> NDArray[np.bool_]:
    """Whether an ASCII letter is part of each pair."""
    near: NDArray[np.bool_] = ((pairs.first < 0x80) & _IS_LETTER[pairs.first & 0x7F]) | (
        (pairs.second < 0x80) & _IS_LETTER[pairs.second & 0x7F]
    )
    return near
