"""Great Expectations at work: one context in the process, one batch, every suite in one run.

Its state is global (two threads that share a batch definition judge each other's frame), so a lock lets one run in
at a time. The context is ephemeral: it reads no configuration, keeps its stores in memory and writes no file.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from functools import cache
from traceback import format_exc
from typing import TYPE_CHECKING, Any

import great_expectations as gx
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults
from great_expectations.exceptions import ExpectationNotFoundError, GreatExpectationsError
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.registry import list_registered_expectation_implementations
from great_expectations.expectations.row_conditions import deserialize_row_condition, validate_row_condition

from provcheck.errors import SuiteError, near_miss
from provcheck.gate import custom, days
from provcheck.gate.judge import Outcome, raised
from provcheck.gate.verdict import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd
    from great_expectations.expectations.expectation import Expectation
    from pyspark.sql import DataFrame

    from provcheck.gate.entries import Entry
    from provcheck.gate.suite import Suite

_LOCK = threading.Lock()
# Row labels cost a microsecond a failing row; index columns and queries, which name documents at once, cost sixty.
_FORMAT = {"result_format": "COMPLETE", "return_unexpected_index_query": False, "partial_unexpected_count": SAMPLE}


def configuration(entry: Entry) -> ExpectationConfiguration:
    """The entry in the library's own terms."""
    return ExpectationConfiguration(
        type=entry.type,
        kwargs=dict(entry.kwargs),
        severity=entry.severity,
        description=entry.description,
        meta={"check": entry.check, "rule": list(entry.rules), "reason": entry.reason},
    )


def build(suite: Suite) -> list[Expectation]:
    """The suite's expectations; raises SuiteError for a type or an argument that the library does not know."""
    return [_build(suite, entry) for entry in suite.entries]


def _build(suite: Suite, entry: Entry) -> Expectation:
    try:
        made = configuration(entry).to_domain_obj()
        validate_row_condition(deserialize_row_condition(entry.kwargs.get("row_condition")))
    except ExpectationNotFoundError as error:
        known = [n for n in list_registered_expectation_implementations() if not n.startswith("_")]
        problem = f"unknown expectation type {entry.type!r}: {_close(entry.type, known)}"
        raise SuiteError(suite.file, f"entry {entry.number} ({entry.check!r}): {problem}") from error
    except (GreatExpectationsError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise SuiteError(suite.file, f"{entry.label}: {_told(error)}") from error
    return made


def _close(name: str, known: list[str]) -> str:
    """The near miss, without the list of all types where none is near: it fills two screens."""
    hint = near_miss(name, known)
    return hint if hint.startswith("did you") else "no such expectation comes with Great Expectations or provcheck"


def _told(error: Exception) -> str:
    """What pydantic says, each fault as ``argument: what is wrong``."""
    faults = getattr(error, "errors", None)
    if not callable(faults):
        return str(error)
    return "; ".join(f"{'.'.join(str(p) for p in f['loc'])}: {f['msg']}" for f in faults())


# Values of failing rows are not asked for: on Spark each would be a job of its own.
_FORMAT_ON_SPARK = {"result_format": "BASIC", "partial_unexpected_count": 0}


@cache
def _definition() -> Any:
    """The one batch definition of the process for frames in memory: each new one would keep its last frame."""
    return _context().add_pandas("corpus").add_dataframe_asset("frame").add_batch_definition_whole_dataframe("all")


def _definition_on_spark() -> Any:
    """One for each run: a definition holds on to a session, which may have ended since."""
    asset = _context().add_spark("corpus", persist=False).add_dataframe_asset("frame")
    return asset.add_batch_definition_whole_dataframe("all")


def _context() -> Any:
    memory = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    config = DataContextConfig(store_backend_defaults=memory, progress_bars={"globally": False})
    context = gx.get_context(mode="ephemeral", project_config=config)
    return context.data_sources


def validate(
    frame: pd.DataFrame | DataFrame, suites: Sequence[Suite], *, spark: bool = False
) -> dict[str, ExpectationValidationResult]:
    """Each check's result by its id; a check that is missing there was not judged.

    `frame` has the columns that the suites name, and a plain range of labels, which the results give back as row
    numbers. With `spark` it is a frame of Spark's, and no row numbers are given.
    """
    asked = _FORMAT_ON_SPARK if spark else _FORMAT
    moments = _moments(frame)
    built = [_build(suite, days.as_moments(entry, moments)) for suite in suites for entry in suite.entries]
    everything = ExpectationSuite(name="all", expectations=built)
    with _LOCK, quiet():
        batch = (_definition_on_spark() if spark else _definition()).get_batch({"dataframe": frame})
        try:
            found = batch.validate(everything, result_format=dict(asked)).results
        except Exception:  # noqa: BLE001  # planning one expectation failed, and took the others with it
            found = [_alone(batch, each, asked) for each in built]
    return {r.expectation_config.meta["check"]: r for r in found}


def _moments(frame: pd.DataFrame | DataFrame) -> frozenset[str]:
    """The columns of moments, by what either engine calls their type: ``datetime64[us]``, ``timestamp_ntz``."""
    return frozenset(str(name) for name, kind in dict(frame.dtypes).items() if str(kind).startswith(days.MOMENTS))


def _alone(batch: Any, expectation: Expectation, asked: Mapping[str, Any]) -> ExpectationValidationResult:
    """The result of one expectation, also where the library raises instead of giving one."""
    try:
        return batch.validate(expectation, result_format=dict(asked))
    except Exception as error:  # noqa: BLE001  # whatever it raises, it is an answer that it did not give
        info = {"raised_exception": True, "exception_message": str(error), "exception_traceback": format_exc()}
        return ExpectationValidationResult(
            success=False, expectation_config=expectation.configuration, exception_info=info
        )


def domain(frame: pd.DataFrame, entry: Entry) -> pd.DataFrame:
    """The rows that meet the entry's condition, as the library's own engine picks them, with their labels."""
    condition = deserialize_row_condition(entry.kwargs.get("row_condition"))
    if condition is None:
        return frame
    with _LOCK:
        engine = PandasExecutionEngine(batch_data_dict={"frame": frame})
        rows: pd.DataFrame = engine.get_domain_records({"batch_id": "frame", "row_condition": condition})
    return rows


def outcome(frame: pd.DataFrame, entry: Entry, result: ExpectationValidationResult | None) -> Outcome:
    """What the library found for one entry, beside what we count ourselves in the same frame."""
    message = None if result is None else raised(result.exception_info)
    if result is None or message is not None:  # a condition that raises there would raise here too
        return Outcome(None, {}, (), 0, 0, message)
    rows = domain(frame, entry)
    column, mark = entry.kwargs.get("column"), custom.FAILING.get(entry.type)
    known = len(rows) if column is None or mark else int(rows[column].notna().sum())
    found = result.result.get("unexpected_index_list") or ()
    if mark is not None and not (result.success and entry.type in custom.ONLY_WHEN_FAILED):
        found = rows.index[mark(rows, entry.kwargs).to_numpy()]
    return Outcome(bool(result.success), result.result, [int(label) for label in found], len(rows), known)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the library's log off the terminal: what it has to say is in its results."""
    logger = logging.getLogger("great_expectations")
    before, handler = logger.propagate, logging.NullHandler()
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(handler)
