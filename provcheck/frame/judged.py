"""The frame as the gate judges it: findings that are known or waived do not count.

The report's frame tells the truth of every document. A gate that is switched on over a corpus with 40,000 old faults
must judge what is new. So for the gate, and for it alone, a column that speaks of a settled finding takes the value
that it would have had without it: a flag is false, a count is 0. A row stays in the frame, so that shares are shares of
all documents, and nothing is settled in a row where a finding of the same rules still counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provcheck.frame.columns import FLAGS, MISSING
from provcheck.frame.tables import read_plain, read_records
from provcheck.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

_INGEST = tuple(code for code, rule in RULES.items() if rule.family == "ingest")

NEUTRAL: dict[str, tuple[tuple[str, ...], Any]] = {
    "read": (_INGEST, True),
    "ingest_code": (_INGEST, None),
    **{name: ((code,), False) for name, (code, _) in FLAGS.items()},
    **{f"{name}_missing": (codes, False) for name, codes in MISSING.items()},
    "replacement_chars": (("PC202",), 0),
    "bytes_lost": (("PC203",), 0),
    "boilerplate_share": (("PC401", "PC402"), 0.0),
    "duplicate": (("PC701", "PC702"), False),
    "duplicate_cluster": (("PC701", "PC702"), None),
    "date_day": (("PC802",), None),
    "n_words": ((*_INGEST, "PC403"), None),  # no number of words would be neutral: the row is not asked
}
"""For each column the rules that it speaks of, and its value where all findings of these rules are settled."""


def read_judged(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Some columns of the frame that `write_parquet` made, with settled findings taken out of them."""
    frame = read_plain(path, columns)
    changes: dict[str, dict[int, Any]] = {}
    for position, row in enumerate(_settled(path)):
        for name, value in neutral(row) if row else ():
            if name in frame.columns:
                changes.setdefault(name, {})[position] = value
    for name, values in changes.items():
        column = frame[name].astype("float64") if None in values.values() and name == "n_words" else frame[name].copy()
        for value in dict.fromkeys(values.values()):
            column.iloc[[p for p, v in values.items() if v == value]] = value
        frame[name] = column
    return frame


def _settled(path: Path) -> Iterator[Mapping[str, Any] | None]:
    """For each row its findings where some are settled, else None."""
    if not any(row["n_known"] or row["n_waived"] for row in read_records(path, ["n_known", "n_waived"])):
        return
    for row in read_records(path, ["findings", "n_known", "n_waived"]):
        yield row if row["n_known"] or row["n_waived"] else None


def neutral(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each column of a row that its settled findings explain, with the value that it has without them."""
    counting = [finding for finding in row["findings"] if not finding["status"]]
    levels = [finding["severity"] for finding in counting]
    still = {finding["code"] for finding in counting}
    settled = {finding["code"] for finding in row["findings"] if finding["status"]}
    for name, (codes, value) in NEUTRAL.items():
        if settled.intersection(codes) and not still.intersection(codes):
            yield name, value
    yield "n_findings", len(counting)
    yield from ((f"n_{level}", levels.count(level)) for level in ("critical", "warning", "info"))
