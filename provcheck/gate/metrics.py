"""What Great Expectations has no metric for: how many of all rows are flagged, repeated or alike.

Its own map metrics divide by the rows that are not null and its uniqueness counts rows of every copy; the gate asks
for shares of all documents. Each metric gives (rows, hits), the same two counts on pandas and on Spark, so that the
expectations above them need one rule for both. Metrics register themselves with the library when their class is made;
that is its design, and the reason why this module is imported for its effect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine import PandasExecutionEngine, SparkDFExecutionEngine
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

Counts = tuple[int, int]
"""Rows that were looked at, and how many of them hit."""


def flagged(frame: pd.DataFrame, column: str) -> pd.Series[bool]:
    """The rows whose flag is true; a null is not."""
    return _true(frame[column])


def repeated(frame: pd.DataFrame, column_list: list[str]) -> pd.Series[bool]:
    """The rows that repeat the key of an earlier row; a row with a null in its key repeats nothing."""
    return frame.duplicated(column_list, keep="first") & frame[column_list].notna().all(axis=1)


def alike(frame: pd.DataFrame, column: str) -> pd.Series[bool]:
    """The rows that carry the column's most frequent value, the first one of several; none if all are null."""
    counts = frame[column].value_counts(sort=False)
    if counts.empty:
        return frame[column].notna()
    return _true(frame[column] == counts.idxmax())


def _true(marks: pd.Series[bool]) -> pd.Series[bool]:
    """Nulls become False; what is no truth value raises, for a text is not true."""
    return marks.astype("boolean").fillna(value=False).astype(bool)


def _spark_flagged(table: Any, column: str) -> int:
    return int(table.filter(table[column]).count())


def _spark_repeated(table: Any, column_list: list[str]) -> int:
    keys = table.select(*column_list).dropna(how="any")
    return int(keys.count() - keys.distinct().count())


def _spark_alike(table: Any, column: str) -> int:
    top = table.select(column).dropna().groupBy(column).count().orderBy("count", ascending=False).first()
    return int(top["count"]) if top else 0


def _metric(engine: type, count: Callable[..., Counts]) -> Any:
    """A function as the library wants it for an engine; `count` takes the table and the arguments of the suite."""

    def value(execution_engine: Any, metric_domain_kwargs: Any, metric_value_kwargs: Any, **_: Any) -> Counts:
        table, _domain, _accessor = execution_engine.get_compute_domain(metric_domain_kwargs, MetricDomainTypes.TABLE)
        return count(table, **metric_value_kwargs)

    return metric_value(engine=engine)(value)


def _on_pandas(marks: Callable[..., pd.Series[bool]]) -> Any:
    return _metric(PandasExecutionEngine, lambda frame, **asked: (len(frame), int(marks(frame, **asked).sum())))


def _on_spark(hits: Callable[..., int]) -> Any:
    return _metric(SparkDFExecutionEngine, lambda table, **asked: (int(table.count()), hits(table, **asked)))


class FlaggedRows(TableMetricProvider):  # type: ignore[misc]  # the library is untyped here
    """How many of all rows have a true flag."""

    metric_name = "table.provcheck.flagged_rows"
    value_keys = ("column",)
    on_pandas = _on_pandas(flagged)
    on_spark = _on_spark(_spark_flagged)


class RepeatedRows(TableMetricProvider):  # type: ignore[misc]  # the library is untyped here
    """How many of all rows repeat the key of another one, counting all but one of each key."""

    metric_name = "table.provcheck.repeated_rows"
    value_keys = ("column_list",)
    on_pandas = _on_pandas(repeated)
    on_spark = _on_spark(_spark_repeated)


class AlikeRows(TableMetricProvider):  # type: ignore[misc]  # the library is untyped here
    """How many of all rows carry the column's most frequent value."""

    metric_name = "table.provcheck.alike_rows"
    value_keys = ("column",)
    on_pandas = _on_pandas(alike)
    on_spark = _on_spark(_spark_alike)
