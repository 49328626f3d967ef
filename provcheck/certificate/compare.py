"""How what is there differs from what is stated: files, and the outcome of another examination."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from provcheck.certificate.statement import Statement

LONGEST = 120
"""Characters of a value that a sentence holds."""


class Differences(NamedTuple):
    """The names of files that differ, each kind sorted; `unreadable` are there, and cannot be read any more."""

    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, sorted."""
        return tuple(sorted({name for names in self for name in names}))


NO_DIFFERENCES = Differences()


def differences(stated: Mapping[str, str | None], found: Iterable[tuple[str, str | None]]) -> Differences:
    """Hold what is found, as names with digests, against what is stated; None stands for a file that cannot be read.

    Of what is found only the differences are kept, so it may be a stream of any length.

    >>> differences({"a": "1", "b": "2", "c": None}, [("a", "1"), ("c", "3"), ("d", "4")])
    Differences(changed=('c',), missing=('b',), added=('d',), unreadable=())
    """
    seen: set[str] = set()
    changed: list[str] = []
    added: list[str] = []
    unreadable: list[str] = []
    for name, digest in found:
        seen.add(name)
        if name not in stated:
            added.append(name)
        elif digest != stated[name]:
            (changed if digest else unreadable).append(name)
    missing = (name for name in stated if name not in seen)
    return Differences(*(tuple(sorted(names)) for names in (changed, missing, added, unreadable)))


def anew(then: Statement, now: Statement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What of a new examination contradicts a statement, and what else differs from it: a sentence each.

    Another verdict, other suites, another baseline and other files contradict it. Another version, day or setting does
    not, if the verdict is the same; but it may be the reason why the verdict is another one.
    """
    contradicts = []
    if then.result != now.result:
        contradicts.append(f"the result was {then.result} and is {now.result}")
    contradicts += [f"the check {name} passed and does not" for name in now.warned if name in then.passed]
    for name in sorted({*then.configuration, *now.configuration}):
        if name not in now.configuration:
            contradicts.append(f"{name} was used, and is not now")
        elif name not in then.configuration:
            contradicts.append(f"{name} was not used, and is now")
        elif then.configuration[name] != now.configuration[name]:
            contradicts.append(f"{name} is not the same file")
    if names := differences(then.files, now.files.items()).names:
        contradicts.append(f"not the same files were examined: {len(names):,} differ, the first is {names[0]!r}")
    return tuple(contradicts), tuple(_differing(then, now))


def _differing(then: Statement, now: Statement) -> Iterator[str]:
    pairs = [("provcheck", then.facts["toolVersion"], now.facts["toolVersion"])]
    pairs += [(key, then.settings.get(key), now.settings.get(key)) for key in sorted({*then.settings, *now.settings})]
    for name, before, after in pairs:
        if before != after:
            yield f"{name} was {_short(before)} and is {_short(after)}"


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
