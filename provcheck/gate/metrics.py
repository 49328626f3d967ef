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
    """The rows that carry the column's most frequent value, the one that comes first of several; none if all are null."""
    counts = frame[column].value_counts(sort=False)
    if counts.empty:
        return frame[column].notna()
    return _true(frame[column] == counts.idxmax())


def _true(marks: pd.Series[bool]) -> pd.Series[bool]:
    """Nulls become False; what is no truth value raises, for a text is not true."""
    return marks.astype("boolean").fillna(value=False).astype(bool)


def _table(engine: Any, domain: dict[str, Any]) -> Any:
    table, _, _ = engine.get_compute_domain(domain, MetricDomainTypes.TABLE)
    return table


class FlaggedRows(TableMetricProvider):  # type: ignore[misc]  # the library is untyped here
    """How many of all rows have a true flag."""

    metric_name = "table.provcheck.flagged_rows"
    value_keys = ("column",)

    @metric_value(engine=PandasExecutionEngine)
    def _pandas(cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, **_: Any) -> Counts:  # type: ignore[no-untyped-def]  # noqa: ANN001, N805
        frame = _table(execution_engine, metric_domain_kwargs)
        return len(frame), int(flagged(frame, metric_value_kwargs["column"]).sum())

    @metric_value(engine=SparkDFExecutionEngine)
    def _spark(cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, **_: Any) -> Counts:  # type: ignore[no-untyped-def]  # noqa: ANN001, N805
        frame = _table(execution_engine, metric_domain_kwargs)
        return frame.count(), frame.filter(frame[metric_value_kwargs["column"]]).count()


class RepeatedRows(TableMetricProvider):  # type: ignore[misc]  # the library is untyped here
    """How many of all rows repeat the key of another one, counting all but one of each key."""

    metric_name = "table.provcheck.repeated_rows"
    value_keys = ("column_list",)

    @metric_value(engine=PandasExecutionEngine)
    def _pandas(cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, **_: Any) -> Counts:  # type: ignore[no-untyped-def]  # noqa: ANN001, N805
        frame = _table(execution_engine, metric_domain_kwargs)
        return len(frame), int(repeated(frame, list(metric_value_kwargs["column_list"])).sum())

    @metric_value(engine=SparkDFExecutionEngine)
    def _spark(cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, **_: Any) -> Counts:  # type: ignore[no-untyped-def]  # noqa: ANN001, N805
        frame = _table(execution_engine, metric_domain_kwargs)
        keys = frame.select(*metric_value_kwargs["column_list"]).dropna(how="any")
        return frame.count(), keys.count() - keys.distinct().count()


class AlikeRows(TableMetricProvider):  # type: ignore[misc]  # the library is untyped here
    """How many of all rows carry the column's most frequent value."""

    metric_name = "table.provcheck.alike_rows"
    value_keys = ("column",)

    @metric_value(engine=PandasExecutionEngine)
    def _pandas(cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, **_: Any) -> Counts:  # type: ignore[no-untyped-def]  # noqa: ANN001, N805
        frame = _table(execution_engine, metric_domain_kwargs)
        return len(frame), int(alike(frame, metric_value_kwargs["column"]).sum())

    @metric_value(engine=SparkDFExecutionEngine)
    def _spark(cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, **_: Any) -> Counts:  # type: ignore[no-untyped-def]  # noqa: ANN001, N805
        frame = _table(execution_engine, metric_domain_kwargs)
        column = metric_value_kwargs["column"]
        top = frame.select(column).dropna().groupBy(column).count().orderBy("count", ascending=False).first()
        return frame.count(), int(top["count"]) if top else 0
