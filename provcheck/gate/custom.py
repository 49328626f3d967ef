"""Expectations that Great Expectations lacks: a share of all documents must not exceed a limit.

Suites name them like the library's own: `expect_column_flagged_share_to_be_at_most`,
`expect_table_repeated_share_to_be_at_most`, `expect_column_top_value_share_to_be_at_most`. A corpus without rows fails
each of them, because nothing was judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from great_expectations.compatibility.pydantic import validator
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.row_conditions import RowConditionType, deserialize_row_condition

from provcheck.gate import metrics

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd


class _Share(BatchExpectation):  # type: ignore[misc]  # the library is untyped here
    """A share of hits among all rows, held below a limit; the metric is named by the class below."""

    row_condition: RowConditionType = None
    max_share: float = 0.0
    _row_condition = validator("row_condition", pre=True, allow_reuse=True)(deserialize_row_condition)
    domain_keys = ("batch_id", "row_condition", "condition_parser")

    def _validate(
        self,
        metrics: Mapping[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002  # the library's signature
        execution_engine: object = None,  # noqa: ARG002  # the library's signature
    ) -> dict[str, Any]:
        rows, hits = metrics[self.metric_dependencies[0]]
        share = hits / rows if rows else None
        fine = share is not None and (share <= self.max_share or hits < self._allowed())
        counts = {"element_count": rows, "unexpected_count": hits}
        return {"success": fine, "result": {"observed_value": share, **counts}}

    def _allowed(self) -> int:
        """From how many hits on the share counts."""
        return 0


class ExpectColumnFlaggedShareToBeAtMost(_Share):
    """Expect a flag to be true in at most this share of all rows.

    `column` is a column of truth values, `max_share` lies between 0 and 1; nulls count as rows without the flag.
    """

    column: str
    metric_dependencies = ("table.provcheck.flagged_rows",)
    success_keys = ("column", "max_share")


class ExpectTableRepeatedShareToBeAtMost(_Share):
    """Expect at most this share of all rows to repeat the key of another row.

    `column_list` is the key; of each key one row is the original, and rows with a null in it repeat nothing.
    """

    column_list: list[str]
    metric_dependencies = ("table.provcheck.repeated_rows",)
    success_keys = ("column_list", "max_share")


class ExpectColumnTopValueShareToBeAtMost(_Share):
    """Expect the most frequent value of a column to stand in at most this share of all rows.

    `min_count` is the number of rows from which on the share counts, so that three documents of one day in a corpus
    of five do not fail.
    """

    column: str
    min_count: int = 1
    metric_dependencies = ("table.provcheck.alike_rows",)
    success_keys = ("column", "max_share", "min_count")

    def _allowed(self) -> int:
        return int(self.min_count)


FAILING: dict[str, Callable[[pd.DataFrame, Mapping[str, Any]], pd.Series[bool]]] = {
    "expect_column_flagged_share_to_be_at_most": lambda frame, kw: metrics.flagged(frame, kw["column"]),
    "expect_table_repeated_share_to_be_at_most": lambda frame, kw: metrics.repeated(frame, kw["column_list"]),
    "expect_column_top_value_share_to_be_at_most": lambda frame, kw: metrics.alike(frame, kw["column"]),
}
"""For each expectation of this module: the rows that it counts, given the frame and the suite's arguments."""

ONLY_WHEN_FAILED = frozenset(("expect_column_top_value_share_to_be_at_most",))
"""Expectations whose rows are a fault only when the check fails: some value is the most frequent in any corpus."""
