"""What a change did to a corpus: two frames, compared document by document.

Documents are paired three times over: those of the same place and the same bytes first, then those of the same bytes
(they moved: a record may be one line lower because another was put above it), then those of the same place (they
changed). What is left was added or removed. Findings are compared within a pair by rule and quote, so that a document
that was touched elsewhere does not have all its old findings anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING, Any, NamedTuple

from provcheck.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

COLUMNS = ("path", "relative", "member", "row", "sha256", "month", "outlet", "language", "n_words", "findings")
"""The columns of the frame that a comparison needs."""
LEVELS = ("critical", "warning", "info")
QUANTILES = (0, 10, 50, 90, 100)


class Document(NamedTuple):
    """What a comparison keeps of a row: its name, its digest, and its findings that count, as (rule, quote)."""

    name: str
    sha256: str
    findings: Counter[tuple[str, str]]


class Corpus(NamedTuple):
    """One side: its documents, and how its months, outlets, languages and lengths in words are spread."""

    documents: Sequence[Document]
    spread: Mapping[str, Counter[str]]
    lengths: Sequence[int]


def corpus(records: Iterable[Mapping[str, Any]]) -> Corpus:
    """One side of a comparison, from rows with the columns `COLUMNS`; no text is kept."""
    documents, lengths = [], []
    spread: dict[str, Counter[str]] = {"month": Counter(), "outlet": Counter(), "language": Counter()}
    for record in records:
        counting = [f for f in record["findings"] if not f.get("status")]
        found = Counter((f["code"], f["quote"] or "") for f in counting)
        documents.append(Document(_name(record), record["sha256"] or "", found))
        lengths.append(record["n_words"] or 0)
        for name, counter in spread.items():
            counter[record[name] or ""] += 1
    return Corpus(documents, spread, sorted(lengths))


def compare(old: Corpus, new: Corpus) -> dict[str, Any]:
    """What differs, as dictionaries and lists: `documents`, `findings` by rule, and `drift`; see docs/formats.md."""
    same, moved, changed, removed, added = _pair(old.documents, new.documents)
    pairs = [*same, *moved, *changed]
    gained = [b.findings - a.findings for a, b in pairs] + [b.findings for b in added]
    lost = [a.findings - b.findings for a, b in pairs]
    counts = {"new": _by_rule(gained), "fixed": _by_rule(lost), "gone": _by_rule(a.findings for a in removed)}
    codes = sorted(set().union(*counts.values()))
    return {
        "version": 1,
        "documents": {
            "old": len(old.documents),
            "new": len(new.documents),
            "same": len(same),
            "added": sorted(b.name for b in added),
            "removed": sorted(a.name for a in removed),
            "changed": sorted(b.name for _, b in changed),
            "moved": sorted([a.name, b.name] for a, b in moved),
        },
        "findings": {
            code: {"name": RULES[code].name, "severity": RULES[code].severity}
            | {kind: count[code] for kind, count in counts.items()}
            for code in codes
        },
        "drift": {
            **{name: _drift(old.spread[name], new.spread[name]) for name in ("month", "outlet", "language")},
            "words": {"old": _quantiles(old.lengths), "new": _quantiles(new.lengths)},
        },
    }


def worsened(difference: Mapping[str, Any], at_least: str) -> bool:
    """Whether there are new findings of at least this severity.

    >>> worsened({"findings": {"PC501": {"severity": "critical", "new": 1}}}, "warning")
    True
    """
    heavy = LEVELS[: LEVELS.index(at_least) + 1]
    return any(row["new"] and row["severity"] in heavy for row in difference["findings"].values())


def _name(record: Mapping[str, Any]) -> str:
    name = str(record["relative"] or record["path"])  # frames of earlier versions have no `relative`
    name += f"!{record['member']}" if record["member"] else ""
    return name + (f"#{record['row']}" if record["row"] else "")


_Pairs = list[tuple[Document, Document]]


def _pair(
    old: Sequence[Document], new: Sequence[Document]
) -> tuple[_Pairs, _Pairs, _Pairs, list[Document], list[Document]]:
    """Pairs of the same, moved and changed documents, and those that only the old or only the new side has."""
    same, rest_old, rest_new = _match(old, new, lambda d: (d.name, d.sha256))
    moved, rest_old, rest_new = _match(rest_old, rest_new, lambda d: d.sha256)
    changed, rest_old, rest_new = _match(rest_old, rest_new, lambda d: d.name)
    return same, moved, changed, rest_old, rest_new


def _match(
    old: Sequence[Document], new: Sequence[Document], key: Callable[[Document], Hashable]
) -> tuple[_Pairs, list[Document], list[Document]]:
    """Documents of the same key, paired in their order, and what is left on both sides."""
    waiting: dict[Hashable, deque[Document]] = defaultdict(deque)
    for document in old:
        waiting[key(document)].append(document)
    pairs, left = [], []
    for document in new:
        queue = waiting.get(key(document))
        if queue:
            pairs.append((queue.popleft(), document))
        else:
            left.append(document)
    taken = Counter(id(a) for a, _ in pairs)
    return pairs, [document for document in old if id(document) not in taken], left


def _by_rule(findings: Iterable[Counter[tuple[str, str]]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for each in findings:
        for (code, _), n in each.items():
            counts[code] += n
    return counts


def _drift(old: Counter[str], new: Counter[str]) -> dict[str, Any]:
    """How far two spreads differ: the share of documents that would have to change their value, and the values.

    Values whose count is the same on both sides are left out; the empty value is that of documents without one.
    """
    differing = sorted(_differing(old, new), key=lambda row: (-abs(row["new"] - row["old"]), row["value"]))
    sums = max(1, old.total()), max(1, new.total())
    distance = sum(abs(old[v] / sums[0] - new[v] / sums[1]) for v in sorted({*old, *new})) / 2
    return {"distance": round(distance, 4), "values": differing}


def _differing(old: Counter[str], new: Counter[str]) -> Iterator[dict[str, Any]]:
    for value in {*old, *new}:
        if old[value] != new[value]:
            yield {"value": value, "old": old[value], "new": new[value]}


def _quantiles(lengths: Sequence[int]) -> list[int] | None:
    """The lengths at `QUANTILES` per cent of the documents, or None without any."""
    return [lengths[(len(lengths) - 1) * q // 100] for q in QUANTILES] if lengths else None
