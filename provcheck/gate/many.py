"""The gate on Spark: Great Expectations' own Spark engine judges, and what it counted is counted once more beside it.

The library does not judge everything alike on both engines: nulls under ``!=``, what ``\\w`` means, types, quantiles.
So only expectations that are known to agree are taken, and every number that it gives is held against a plain count
of ours; where the two differ, the check could not be judged.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as f
from pyspark.sql.types import IntegralType, NumericType
from pyspark.sql.window import Window

from provcheck.errors import SuiteError
from provcheck.gate import custom, judge, runner, write
from provcheck.gate.judge import Outcome, raised
from provcheck.gate.verdict import SAMPLE
from provcheck.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pyspark.sql import Column, DataFrame

    from provcheck.gate.entries import Entry
    from provcheck.gate.suite import Suite
    from provcheck.gate.verdict import Verdict
    from provcheck.rules import Severity


def _outside(column: Column, kwargs: Mapping[str, Any]) -> Column:
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    below = column < low if low is not None else f.lit(False)
    return below | (column > high if high is not None else f.lit(False))


_FAILING: dict[str, Callable[[Mapping[str, Any]], Column]] = {
    "expect_column_values_to_be_in_set": lambda kw: ~f.col(kw["column"]).isin(kw["value_set"]),
    "expect_column_values_to_be_between": lambda kw: _outside(f.col(kw["column"]), kw),
    "expect_column_values_to_not_be_null": lambda kw: f.col(kw["column"]).isNull(),
    "expect_column_values_to_be_null": lambda kw: f.col(kw["column"]).isNotNull(),
    "expect_column_flagged_share_to_be_at_most": lambda kw: f.col(kw["column"]),
}
"""The rows that fail an expectation which looks at each row alone, as Spark says it."""


def _doubled(asked: DataFrame, kwargs: Mapping[str, Any]) -> DataFrame:
    column = kwargs["column"]
    count = f.count("*").over(Window.partitionBy(column))
    return asked.dropna(subset=[column]).withColumn("_failing", count > 1).filter("_failing")


def _repeated(asked: DataFrame, kwargs: Mapping[str, Any]) -> DataFrame:
    """See `provcheck.gate.metrics.repeated`."""
    keys = kwargs["column_list"]
    turn = f.row_number().over(Window.partitionBy(*keys).orderBy("_order"))
    return asked.dropna(how="any", subset=keys).withColumn("_failing", turn > 1).filter("_failing")


def _most_frequent(asked: DataFrame, kwargs: Mapping[str, Any]) -> DataFrame:
    """See `provcheck.gate.metrics.alike`."""
    column = kwargs["column"]
    counts = asked.dropna(subset=[column]).groupBy(column)
    told = counts.agg(f.count("*").alias("n"), f.min("_order").alias("first"))
    top = told.orderBy(f.desc("n"), "first").select(column).first()
    return asked.filter(f.col(column) == top[0] if top else f.lit(False))


_GROUPED: dict[str, Callable[[DataFrame, Mapping[str, Any]], DataFrame]] = {
    "expect_column_values_to_be_unique": _doubled,
    "expect_table_repeated_share_to_be_at_most": _repeated,
    "expect_column_top_value_share_to_be_at_most": _most_frequent,
}
"""The rows that fail an expectation which compares rows; the frame is that of the rows in question."""

_OF_NUMBERS = (
    "expect_column_mean_to_be_between", "expect_column_min_to_be_between", "expect_column_max_to_be_between",
    "expect_column_sum_to_be_between",
)  # fmt: skip
"""Those that are alike for columns of numbers only: Spark has no mean of flags, and takes a text for a day."""

_WHOLE = (
    "expect_table_row_count_to_be_between", "expect_table_row_count_to_equal", *_OF_NUMBERS,
    "expect_column_unique_value_count_to_be_between",
)  # fmt: skip
"""Those that look at the whole column or table."""
ALIKE = (*_FAILING, *_GROUPED, *_WHOLE)
"""Every expectation that both engines judge alike."""
_ARGUMENTS = frozenset(
    (
        "column",
        "column_list",
        "value_set",
        "mostly",
        "min_value",
        "max_value",
        "max_share",
        "min_count",
        "value",
        "row_condition",
    )
)
_OPERATORS: dict[str, Callable[[Column, Any], Column]] = {
    "==": lambda column, value: column == value,
    "<": lambda column, value: column < value,
    "<=": lambda column, value: column <= value,
    ">": lambda column, value: column > value,
    ">=": lambda column, value: column >= value,
    "IN": lambda column, values: column.isin(values),
}


def run(
    frame: DataFrame, suites: Sequence[Suite], order: Sequence[Column], *, output: Path, fail_on: Severity
) -> Verdict:
    """Judge a frame on Spark as `provcheck.gate.run` judges one in memory, and write the same files.

    `order` sorts the rows, and so the documents that a check names.
    """
    comparable(suites, [column.name for column in frame.schema if isinstance(column.dataType, NumericType)])
    wanted = dict.fromkeys(["doc_id", *(c for suite in suites for c in suite.columns())])
    place = f.struct(*order).alias("_order")
    narrow = frame.select(*wanted, place).persist()
    try:
        return _judged(_gaps_told(narrow), suites, output, fail_on)
    finally:
        narrow.unpersist()


def _gaps_told(narrow: DataFrame) -> DataFrame:
    """In memory a column of whole numbers with a gap is one of floats, and what is observed in it is shown as such."""
    whole = [column.name for column in narrow.schema if isinstance(column.dataType, IntegralType)]
    first = narrow.agg(*(f.count_if(f.isnull(name)).alias(name) for name in whole)).first() if whole else None
    gaps = [name for name, n in first.asDict().items() if n] if first else []
    return narrow.withColumns({name: f.col(name).cast("double") for name in gaps})


def comparable(suites: Sequence[Suite], numbers: Sequence[str]) -> None:
    """Raise SuiteError for an expectation that Spark might judge otherwise than the local engine.

    `numbers` are the frame's columns of numbers.
    """
    for suite in suites:
        for entry in suite.entries:
            problem = _unlike(entry, numbers)
            if problem:
                raise SuiteError(suite.file, f"{entry.label}: {problem}; judge it with the local engine")


def _unlike(entry: Entry, numbers: Sequence[str]) -> str | None:
    if entry.type not in ALIKE:
        return "Great Expectations may judge this expectation otherwise on Spark"
    if entry.type in _OF_NUMBERS and entry.kwargs["column"] not in numbers:
        return f"mean, minimum, maximum and sum of {entry.kwargs['column']!r}, no number, are something else on Spark"
    strange = sorted(set(entry.kwargs) - _ARGUMENTS)
    if strange:
        return f"the argument {strange[0]!r} may mean something else on Spark"
    if any(operator not in _OPERATORS for operator in _operators(entry.kwargs.get("row_condition"))):
        return "a row_condition with '!=' or NOT_IN means other rows on Spark, where a column is null"
    return None


def _operators(condition: Mapping[str, Any] | None) -> list[str]:
    if not condition:
        return []
    inner = [operator for each in condition.get("conditions", ()) for operator in _operators(each)]
    return [condition["operator"], *inner] if "operator" in condition else inner


def _judged(narrow: DataFrame, suites: Sequence[Suite], output: Path, fail_on: Severity) -> Verdict:
    results = runner.validate(narrow.drop("_order"), suites, spark=True)
    entries = [(suite, entry) for suite in suites for entry in suite.entries]
    counts = _counted(narrow, [entry for _, entry in entries])
    total = int(narrow.count())
    checks = []
    for (suite, entry), (rows, known, bad) in zip(entries, counts, strict=True):
        outcome = _summed(_outcome(entry, results.get(entry.check), rows, known, bad), entry, narrow)
        ids = []
        if outcome.rows:
            ids = _listed(_failing(narrow, entry), output / "failing" / f"{entry.check}.txt")
        # The documents named are the first ones; of the others only the number counts.
        checks.append(judge.check(suite.name, entry, outcome, ids or [""] * bool(total)))
    verdict = judge.verdict(suites, checks, total, fail_on)
    write.everything(output, suites, verdict, {})
    return verdict


def _counted(narrow: DataFrame, entries: Sequence[Entry]) -> list[tuple[int, int, int | None]]:
    """For each entry the rows in question, those whose column is known, and those that fail (None: it names no rows).

    All that can be told from a row alone is counted in one pass.
    """
    columns = []
    for number, entry in enumerate(entries):
        asked, column = _condition(entry.kwargs.get("row_condition")), entry.kwargs.get("column")
        known = f.col(column).isNotNull() if column and entry.type not in custom.FAILING else f.lit(True)
        columns += [f.count_if(asked).alias(f"rows{number}"), f.count_if(asked & known).alias(f"known{number}")]
        if entry.type in _FAILING:
            columns.append(f.count_if(_fails(entry)).alias(f"bad{number}"))
    first = narrow.agg(*columns).first() if columns else None
    counts = first.asDict() if first else {}
    for number, entry in enumerate(entries):
        if entry.type in _GROUPED:
            counts[f"bad{number}"] = _failing(narrow, entry).count()
    return [(counts[f"rows{n}"], counts[f"known{n}"], counts.get(f"bad{n}")) for n in range(len(entries))]


def _outcome(entry: Entry, result: Any, rows: int, known: int, bad: int | None) -> Outcome:
    message = None if result is None else raised(result.exception_info)
    if result is None or message is not None:
        return Outcome(None, {}, (), 0, 0, message)
    told = result.result.get("unexpected_count")
    if bad is not None and told is not None and told != bad:
        return Outcome(
            None, {}, (), rows, known, f"Great Expectations counted {told} failing rows, and there are {bad}"
        )
    quiet = bad is None or (result.success and entry.type in custom.ONLY_WHEN_FAILED)
    return Outcome(bool(result.success), result.result, range(0 if quiet else int(bad or 0)), rows, known)


def _summed(outcome: Outcome, entry: Entry, narrow: DataFrame) -> Outcome:
    """The library adds up whole numbers as floats on Spark; in memory their sum is a whole number."""
    found = outcome.result.get("observed_value")
    if entry.type != "expect_column_sum_to_be_between" or not isinstance(found, float):
        return outcome
    whole = isinstance(narrow.schema[entry.kwargs["column"]].dataType, IntegralType)
    return replace(outcome, result={**outcome.result, "observed_value": int(found)}) if whole else outcome


def _failing(narrow: DataFrame, entry: Entry) -> DataFrame:
    """The rows that fail an entry."""
    if entry.type in _FAILING:
        return narrow.filter(_fails(entry))
    asked = narrow.filter(_condition(entry.kwargs.get("row_condition")))
    return _GROUPED[entry.type](asked, entry.kwargs)


def _fails(entry: Entry) -> Column:
    """Whether a row fails an entry; what Spark calls neither true nor false, because of a null, does not."""
    asked = _condition(entry.kwargs.get("row_condition"))
    return asked & f.coalesce(_FAILING[entry.type](entry.kwargs), f.lit(False))


def _condition(condition: Mapping[str, Any] | None) -> Column:
    """A row condition as Spark says it; a null meets none, on both engines."""
    if not condition:
        return f.lit(True)
    if condition["type"] in ("and", "or"):
        each = [_condition(inner) for inner in condition["conditions"]]
        return reduce((lambda a, b: a & b) if condition["type"] == "and" else (lambda a, b: a | b), each)
    column = f.col(condition["column"]["name"])
    if condition["type"] == "nullity":
        return column.isNull() if condition["is_null"] else column.isNotNull()
    return f.coalesce(_OPERATORS[condition["operator"]](column, condition["parameter"]), f.lit(False))


def _listed(failing: DataFrame, target: Path) -> list[str]:
    """Write the failing documents, a line each, a partition at a time; gives the first of them."""
    first: list[str] = []
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for row in failing.orderBy("_order").select("doc_id").toLocalIterator():
            if len(first) < SAMPLE:
                first.append(str(row["doc_id"]))
            file.write(f"{visible(str(row['doc_id']))}\n")
    return first
