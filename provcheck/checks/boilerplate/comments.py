"""What readers wrote below an article: whole sentences, that only the names and times between them tell from it.

``Posted by Ann Lee, 27 Sep 2011 | 15:22``, ``Ann Lee a répondu le mardi 30 octobre 2012 à 19h49``: such stamps hold a
day, a time and a name, and say the same words around ever other names. An article has one or two of them, a ticker
many, with times alone or with the same few names; a thread of comments has many names. No word of any language is
needed to tell, and where the model knows the form of a page, it has flagged its comments before.

Where the page has just said that comments follow, two stamps are enough, and the names may stand on the lines above.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from provcheck.checks.boilerplate.names import AT
from provcheck.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from provcheck.checks.boilerplate.features import Facts

SHORTEST, LONGEST = 12, 110
"""Characters of a stamp."""

MOST_WORDS = 10
"""Words beside the day and the time of a stamp."""

LONE_WORDS = 3
"""So many words beside them may all be a name."""

FEWEST = 4
"""So many stamps of one form are a thread."""

ANNOUNCED, NEAR = 2, 6
"""So many are enough where the first stands no more than so many lines behind words of the form for comments."""

ALONE = 40
"""Characters of a line above a stamp that can be the name of who wrote."""

DIFFERENT = 0.5
"""The share of them, at least, that say something else than the ones before."""

ABOVE = 1000
"""Characters in paragraphs that are kept above a thread: what has less may be the article itself, or a forum."""

BEHIND = 0.5
"""The most that may be kept behind a thread, as a share of what is above it: else the stamps stand in an article."""

REACH = 12
"""Lines above the first stamp in which the form for comments is looked for, and most lines of the last comment."""

_MONTH = r"[^\W\d_]{3,12}\.?"
_DAY = (
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|º)?\.?\s(?:de\s)?{_MONTH},?\s(?:de\s)?(?:19|20)\d\d"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d"
    r"|\d{4}年\s?\d{1,2}月\s?\d{1,2}日)"
)
_TIME = r"\d{1,2}[:.hH]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?"
_WHEN = late(rf"{_DAY}.{{0,12}}?{_TIME}|{_TIME}.{{0,12}}?{_DAY}", re.IGNORECASE)
_WORD = late(r"[^\W\d_][^\W_]*")


def threads(facts: Facts, flagged: NDArray[np.bool_], texts: Sequence[str]) -> NDArray[np.int64]:
    """The kept lines of threads of comments, in order; `flagged` are those that are none of the article anyway."""
    own, bounds = facts.features, facts.bounds
    size = np.exp(own[AT["length"]])
    possible = (own[AT["digits"]] > 0) & (size >= SHORTEST) & (size <= LONGEST)
    kept = ~flagged & (own[AT["prose"]] > 0)
    prose = bounds.running(np.where(kept, size, 0)[None])
    (above,), (upto,), (whole,) = prose.before, prose.upto, prose.whole
    possible &= above >= ABOVE
    found = np.zeros_like(flagged)
    for number in (bounds.count(possible) >= ANNOUNCED).nonzero()[0].tolist():
        begin, end = bounds.pairs[number]
        places = (begin + possible[begin:end].nonzero()[0]).tolist()
        if thread := _thread(places, texts) or _announced(places, texts, own[AT["since_comment"]]):
            first, last = _widened(thread, facts, flagged, end)
            found[first:last] = whole[number] - upto[last - 1] <= BEHIND * above[first]
    found &= ~flagged
    return found.nonzero()[0]


def _thread(places: list[int], texts: Sequence[str]) -> list[int]:
    """The places of the stamps of one form, of the form that has most, and of those that follow in another form.

    There are none where those of one form are too few or too alike.
    """
    groups: dict[str, dict[int, str]] = {}
    stamps = []
    for place in places:
        text = texts[place].strip()
        if found := _WHEN.search(text):
            forms = [*_forms(f"{text[: found.start()]} {text[found.end() :]}")]
            for form, rest in forms:
                groups.setdefault(form, {})[place] = rest
            stamps += [place] * bool(forms)
    threads = [
        [*group]
        for group in groups.values()
        if len(group) >= FEWEST and len({*group.values()}) >= max(FEWEST - 1, DIFFERENT * len(group))
    ]
    thread = max(threads, key=len, default=[])
    if thread:
        longest = max(after - before for before, after in pairwise(thread))
        for place in stamps:
            if thread[-1] < place <= thread[-1] + longest:
                thread.append(place)
    return thread


def _announced(places: list[int], texts: Sequence[str], since: NDArray[np.float32]) -> list[int]:
    """The places of the stamps below a form for comments; none where they are too few, or of too few writers.

    `since` is how many lines ago words of such a form were said.
    """
    stamps: dict[int, str] = {}
    for place in places:
        text = texts[place].strip()
        if (stamps or since[place] <= NEAR) and (found := _WHEN.search(text)):
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            before = texts[place - 1].strip()
            if len(_WORD.findall(rest)) <= MOST_WORDS:
                stamps[place] = rest + before if len(before) <= ALONE else rest
    return [*stamps] if len({*stamps.values()}) >= max(ANNOUNCED, DIFFERENT * len(stamps)) else []


def _forms(rest: str) -> Iterator[tuple[str, str]]:
    """What a stamp has in common with others: its first word, its last, or that all of it may be a name."""
    words = _WORD.findall(rest)
    if not 0 < len(words) <= MOST_WORDS:
        return
    said = " ".join(words)
    yield f"{words[0]} …", said
    yield f"… {words[-1]}", said
    if len(words) <= LONE_WORDS:
        yield "…", said


def _widened(thread: list[int], facts: Facts, flagged: NDArray[np.bool_], end: int) -> tuple[int, int]:
    """Where a thread begins and ends: from the form for comments on, where one is near, and with the last comment.

    A last comment is no longer than the longest before it, and ends where the page goes on. Where nothing follows the
    last stamp, each stands below its comment, and the first comment is taken to be as short as the shortest.
    """
    steps = [after - before for before, after in pairwise(thread)]
    first, last = thread[0], thread[-1] + 1
    stop = min(end, last + min(max(steps), REACH))
    following = flagged[last:stop].nonzero()[0]
    stop = last + int(following[0]) if len(following) else stop
    since = int(facts.features[AT["since_comment"], first])
    if since <= REACH:
        first -= since
    elif stop == last:
        first -= min(steps) - 1
    return first, stop
