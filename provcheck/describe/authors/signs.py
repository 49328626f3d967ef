"""Where a name stands that may be the author's, and what stands beside it, in signs with one value each.

None of them is sure: places, sections and the people of other stories are set as names are. They are weighed together
in `provcheck.describe.author`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from provcheck.describe import body as bodies
from provcheck.describe.authors import alone
from provcheck.describe.authors.bylines import EDGES, LONGEST, NAMES, tables
from provcheck.describe.authors.candidates import is_outlet, people
from provcheck.describe.authors.given_names import begins_with_one
from provcheck.describe.authors.written import PROSE
from provcheck.describe.gazetteer import is_agency
from provcheck.describe.shapes import BULLETS, bucket, is_credit
from provcheck.describe.stamps import is_stamp
from provcheck.writing import has_case

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provcheck.describe.authors.written import Name, Written

_ABOVE = bucket(0, 1, 2, 3, 4, 6, 9, 14, 25)
_BELOW = bucket(1, 2, 3, 5, 9)
_TITLE = bucket(1, 2, 3, 4, 6, 9, 14)
_TIMES = bucket(1, 2, 3, 5)
_WORDS = bucket(1, 2, 3, 4)

_SHORT, _PHRASE = 15, 40
"""Characters from which on a line is no word, and no phrase."""

_FAR = 99

_LONG = 4
"""Letters of a part of a name by which the headline speaks of somebody."""

_TOLD = ("byline", "desk", "reporter")
"""Rules by which a word tells who signs."""

_AROUND = f"{EDGES},"
"""What may stand around a label or a role."""

_ROLE = 50
"""Characters from which on a line is more than a role and where it is held."""

_PAGE = ("sections", "desks", "never", "not_names", "before", "roles", "ends")
"""Tables of words that are no names."""


def signs(names: Sequence[Name], written: Written) -> list[Mapping[str, str]]:
    """All signs of each name, by what they are about."""
    # Lists of other stories have names that are set alike.
    alike = Counter((name.rule, written.text(name.order)[0] in BULLETS) for name in names)
    return [
        {
            **_name(name, written), **_place(name, written), **_said(name, written),
            "alike": _TIMES(alike[name.rule, written.text(name.order)[0] in BULLETS]),
        }
        for name in names
    ]  # fmt: skip


def _name(name: Name, written: Written) -> dict[str, str]:
    """Signs of the name alone."""
    each = people(name.value)
    parts = [part.strip(".,").lower() for part in name.value.split()]
    table, rule = tables(), name.rule.partition(".")[2]
    given = any(begins_with_one(one) for one in each)
    return {
        "rule": rule,
        "given": "ny"[given],
        "alone": "n" if rule in _TOLD else "known" if given else "unknown" if has_case(name.value[0]) else "caseless",
        "words": _WORDS(max([len(one.split()) for one in each], default=0)),
        "outlet": "ny"[is_outlet(name.value)],
        "agency": "ny"[is_agency(name.value)],
        "page": "ny"[any(not table[kind].isdisjoint(parts) for kind in _PAGE)],
        "behind": _behind(written.text(name.order), each[0] if each else name.value),
    }


def _behind(line: str, name: str) -> str:
    """What follows the name on its line."""
    rest = line.partition(name)[2].strip(EDGES)
    if not rest:
        return "none"
    if is_stamp(rest):
        return "stamp"
    low = rest.lower().strip(",. ")
    if low in tables()["roles"] or not tables()["ends"].isdisjoint(low.split()[-1:]):
        return "role"
    return "short" if len(rest) < _PHRASE else "long"


def _place(name: Name, written: Written) -> dict[str, str]:
    """Signs of where the line stands, and of those beside it."""
    order, lines, number = name.order, written.document.lines, written.numbers[name.order]
    after = bisect_right(written.long, order)
    to_prose = written.long[after] - order if after < len(written.long) else _FAR
    above = "in" if order > written.first else _ABOVE(written.first - order)
    return {
        "prev": kind(written, order - 1),
        "next": kind(written, order + name.more + 1),
        "after": kind(written, order + name.more + 2),
        "above": above,
        "below": "n" if order <= written.last else _BELOW(order - written.last),
        "prose": _ABOVE(to_prose),
        "early": str(min(after, 3)),
        "title": "none" if written.title < 0 else "before" if order < written.title else _TITLE(order - written.title),
        "blank": "ny"[number > 0 and not lines.stripped[number - 1]]
        + "ny"[number + 1 < len(lines) and not lines.stripped[number + 1]],
        "kind": (written.kinds[number] if number < len(written.kinds) else None) or "content",
        "listed": "ny"[written.text(order)[0] in BULLETS],
    }


def _said(name: Name, written: Written) -> dict[str, str]:
    """Signs of where else the name is said: whom the text is about seldom wrote it."""
    order = name.order
    above = written.text(written.title if written.title not in (-1, order) else order - 1).casefold()
    lead = written.texts[written.long[0]] if written.long else ""
    below = written.text(order + name.more + 1)
    person = (people(name.value) or [name.value])[0]
    parts = person.split()
    return {
        "times": _TIMES(written.document.text.count(person)),
        "told": "lead" if person in lead else "ny"[person in written.prose],
        "last": "ny"[parts[-1] in written.prose],
        "subject": "ny"[any(len(part) >= _LONG and part.casefold() in above for part in parts)] if above else "none",
        "mail": "ny"[alone.is_mail(below) and alone.is_in_mail(name.value, below)],
    }


def kind(written: Written, order: int) -> str:
    """What a neighbouring line looks like, in a word."""
    if not 0 <= order < len(written.texts):
        return "edge"
    line = written.texts[order]
    if order == written.title:
        return "title"
    if len(line) >= PROSE:
        return "prose"
    if is_stamp(line):
        return "stamp"
    if line[0] in BULLETS:
        return "listed"
    low, table = line.lower().strip(_AROUND) if len(line) <= LONGEST else "", tables()
    if low in table["before"] or low in table["labels"]:
        return "label"
    if low in table["roles"] or (len(line) < _ROLE and low.partition(" ")[0] in table["roles"]):
        return "role"
    if alone.is_mail(line) or line[0] == "@":
        return "mail"
    if "©" in line or is_credit(line):
        return "credit"
    if bodies.weight(line) > 0:
        return "sentence"
    if len(line) < _PHRASE and NAMES.fullmatch(line):
        return "name" if begins_with_one(line) else "names"
    return "word" if len(line) < _SHORT else "phrase" if len(line) < _PHRASE else "headline"
