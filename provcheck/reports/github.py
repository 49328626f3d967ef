"""Annotations for GitHub Actions: workflow commands that put a finding beside the line of a file in a pull request.

The host shows ten errors, ten warnings and ten notices of a step and drops the others without a word. So the ten of
each kind are chosen here: the verdict first, then findings of as many rules as there are, one of each rule before the
second of any. Text of documents is escaped as the host's own toolkit does it, so that no document can give a command.
"""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING, Any

from provcheck.reports import location
from provcheck.rules import RULES
from provcheck.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LIMIT = 10
"""Annotations of one kind that the host shows for a step."""
LEVELS = {"critical": "error", "warning": "warning", "info": "notice"}
_Ranked = tuple[int, int, str]


def report(results: Mapping[str, Any], records: Iterable[Mapping[str, Any]], root: str) -> Iterator[str]:
    """The commands, the heaviest first, and a line that says how many findings there are besides.

    `results` is `results.json`, `root` the absolute path of the checkout, from which the host knows files.
    """
    chosen, total = _choose(records, root)
    room = dict.fromkeys(LEVELS, LIMIT)
    if not results["passed"]:
        room["critical"] -= 1
        yield command("error", "; ".join(results["reasons"]), title="provcheck: the gate failed")
    shown = 0
    for level, found in chosen.items():
        for _, _, line in sorted(found)[: room[level]]:
            shown += 1
            yield line
    verdict = "passed" if results["passed"] else "failed"
    yield f"provcheck: the gate {verdict}; {shown} of {total} findings are annotated, the report has all of them\n"


def command(level: str, message: str, **properties: str | int | None) -> str:
    r"""One workflow command.

    >>> command("error", "50%\nof a: b", file="a,b.txt", line=3, title=None)
    '::error file=a%2Cb.txt,line=3::50%25%0Aof a: b\n'
    """
    given = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value is not None)
    return f"::{level}{' ' if given else ''}{given}::{_data(message)}\n"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _choose(records: Iterable[Mapping[str, Any]], root: str) -> tuple[dict[str, list[_Ranked]], int]:
    """For each severity at most `LIMIT` commands with their ranks, and the number of all findings that count."""
    heaps: dict[str, list[_Ranked]] = {level: [] for level in LEVELS}
    turns: Counter[str] = Counter()
    total = 0
    for record in records:
        for finding in record["findings"]:
            if finding["status"]:
                continue
            total += 1
            turns[finding["code"]] += 1
            heap = heaps[finding["severity"]]
            rank = (-turns[finding["code"]], -total)
            if len(heap) < LIMIT:
                heapq.heappush(heap, (*rank, _command(record, finding, root)))
            elif rank > heap[0][:2]:
                heapq.heapreplace(heap, (*rank, _command(record, finding, root)))
    return {level: [(-turn, -number, line) for turn, number, line in heap] for level, heap in heaps.items()}, total


def _command(record: Mapping[str, Any], finding: Mapping[str, Any], root: str) -> str:
    return command(
        LEVELS[finding["severity"]],
        location.described(record, finding),
        file=location.below(record["path"], root),
        line=location.line(record, finding) or 1,
        endLine=location.line(record, finding, "end_line"),
        title=f"{finding['code']} {RULES[finding['code']].name}",
    )
