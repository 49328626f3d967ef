"""The gate: the only importer of Great Expectations.

`load` reads suites and needs no library; `verify` and `run` import it, which takes seconds, so `preload` lets a caller
do that while something else works.
"""

from __future__ import annotations

import gc
import importlib
import sys
from typing import TYPE_CHECKING

from provcheck.engines import interrupts
from provcheck.errors import SuiteError, near_miss
from provcheck.gate.entries import Entry
from provcheck.gate.suite import Suite, load, names, shipped
from provcheck.gate.verdict import CheckResult, Verdict, as_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd
    from pyspark.sql import Column, DataFrame

    from provcheck.rules import Severity

__all__ = [
    "CheckResult",
    "Entry",
    "Suite",
    "Verdict",
    "as_json",
    "load",
    "names",
    "preload",
    "run",
    "run_on_spark",
    "shipped",
    "verify",
    "verify_on_spark",
]


def preload() -> None:
    """Import the library, so that `verify` and `run` start at once.

    The import makes some hundred thousand objects that stay; with the collector on, a third of the time goes into
    looking through them again and again. Ctrl-C waits until the import is done: some of what is imported catches
    every exception, KeyboardInterrupt among them, and the run would go on as if nothing had been asked.
    """
    if "provcheck.gate.write" in sys.modules:
        return
    collecting = gc.isenabled()
    gc.disable()
    try:
        with interrupts.later():
            importlib.import_module("provcheck.gate.write")
    finally:
        if collecting:
            gc.enable()
            gc.freeze()


def verify(suites: Sequence[Suite]) -> None:
    """Raise SuiteError for an expectation type or an argument that the library does not know."""
    preload()
    from provcheck.gate import runner  # noqa: PLC0415  # it imports the library

    for suite in suites:
        runner.build(suite)


def run(frame: pd.DataFrame, suites: Sequence[Suite], *, output: Path, fail_on: Severity = "critical") -> Verdict:
    """Judge the frame by the suites, and write results, Data Docs and lists of failing documents below `output`.

    The verdict fails if a check of at least the severity `fail_on` fails, and whenever one could not be judged.
    Raises SuiteError for what is wrong with a suite or for a column that the frame lacks, and OutputError.
    """
    wanted = ["doc_id", *(c for suite in suites for c in suite.columns())]
    _present(frame, suites)
    preload()
    from provcheck.gate import judge, runner, write  # noqa: PLC0415  # they import the library

    narrow = frame[list(dict.fromkeys(wanted))].reset_index(drop=True)
    ids = [str(i) for i in narrow["doc_id"]]
    results = runner.validate(narrow, suites)
    checks, failing = [], {}
    for suite in suites:
        for entry in suite.entries:
            outcome = runner.outcome(narrow, entry, results.get(entry.check))
            checks.append(judge.check(suite.name, entry, outcome, ids))
            if outcome.rows:
                failing[entry.check] = [ids[i] for i in outcome.rows]
    verdict = judge.verdict(suites, checks, len(narrow), fail_on)
    write.everything(output, suites, verdict, failing)
    return verdict


def verify_on_spark(suites: Sequence[Suite], numbers: Sequence[str]) -> None:
    """As `verify`, and raise SuiteError for an expectation that Spark may judge otherwise than the local engine.

    `numbers` are the frame's columns of numbers.
    """
    verify(suites)
    from provcheck.gate import many  # noqa: PLC0415  # it imports the library, and pyspark

    many.comparable(suites, numbers)


def run_on_spark(
    frame: DataFrame,
    suites: Sequence[Suite],
    order: Sequence[Column],
    *,
    output: Path,
    fail_on: Severity = "critical",
) -> Verdict:
    """Judge a frame of Spark's as `run` judges one in memory: the same verdict, and the same files below `output`.

    `order` sorts the rows. Raises SuiteError as `verify_on_spark` does.
    """
    preload()
    from provcheck.gate import many  # noqa: PLC0415  # it imports the library, and pyspark

    return many.run(frame, suites, order, output=output, fail_on=fail_on)


def _present(frame: pd.DataFrame, suites: Sequence[Suite]) -> None:
    columns = [str(c) for c in frame.columns]
    for suite in suites:
        for entry in suite.entries:
            for column in ("doc_id", *entry.columns):
                if column not in columns:
                    problem = f"{entry.label}: no column {column!r}: {near_miss(column, sorted(columns))}"
                    raise SuiteError(suite.file, problem)
