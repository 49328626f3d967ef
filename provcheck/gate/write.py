"""The gate's files: results as JSON, Data Docs, and for each check the documents that fail it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from great_expectations import __version__ as library_version
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.core.expectation_validation_result import (
    ExpectationSuiteValidationResult,
    ExpectationValidationResult,
)

from provcheck.errors import OutputError
from provcheck.gate import index, pages, runner
from provcheck.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from provcheck.gate.entries import Entry
    from provcheck.gate.suite import Suite
    from provcheck.gate.verdict import CheckResult, Verdict


def everything(output: Path, suites: Sequence[Suite], verdict: Verdict, failing: Mapping[str, Sequence[str]]) -> None:
    """Write all files below `output`; `failing` has the documents of each check that some documents fail.

    Raises OutputError where a file cannot be written.
    """
    try:
        _static(output / "data_docs" / "static")
        for suite in suites:
            _suite(output, suite, {c.check: c for c in verdict.checks if c.suite == suite.name})
        _put(output / "data_docs" / "index.html", index.render(verdict))
        for check, ids in failing.items():
            _put(output / "failing" / f"{check}.txt", "".join(f"{visible(i)}\n" for i in ids))
    except OSError as error:
        raise OutputError(str(error.filename or output), error.strerror or str(error)) from error


def _static(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for asset in pages.ASSETS:
        shutil.copyfile(asset, folder / asset.name)


def _suite(output: Path, suite: Suite, checks: Mapping[str, CheckResult]) -> None:
    with runner.quiet():
        results = _results(suite, checks)
        asked = ExpectationSuite(
            name=suite.name, expectations=runner.build(suite), meta={"great_expectations_version": library_version}
        )
        _put(output / "data_docs" / "validations" / f"{suite.name}.html", pages.results_page(results))
        _put(output / "data_docs" / "expectations" / f"{suite.name}.html", pages.suite_page(asked))
    stored = json.dumps(results.to_json_dict(), ensure_ascii=False, indent=1, sort_keys=True)
    _put(output / "validations" / f"{suite.name}.json", stored + "\n")


def _put(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", errors="backslashreplace", newline="\n")


def _results(suite: Suite, checks: Mapping[str, CheckResult]) -> ExpectationSuiteValidationResult:
    """The suite's results in the library's own form, from ours: nothing else of what it found goes any further."""
    each = [_result(entry, checks[entry.check]) for entry in suite.entries]
    good = sum(r.success for r in each)
    return ExpectationSuiteValidationResult(
        success=good == len(each),
        results=each,
        suite_name=suite.name,
        statistics={
            "evaluated_expectations": len(each),
            "successful_expectations": good,
            "unsuccessful_expectations": len(each) - good,
            "success_percent": 100 * good / len(each),
        },
        meta={"great_expectations_version": library_version},
    )


def _result(entry: Entry, result: CheckResult) -> ExpectationValidationResult:
    bad = result.error is not None
    return ExpectationValidationResult(
        success=result.success,
        expectation_config=runner.configuration(entry),
        result={} if bad else _found(result),
        meta={},
        exception_info={
            "raised_exception": bad,
            "exception_message": result.error if bad else None,
            "exception_traceback": "" if bad else None,
        },
    )


def _found(result: CheckResult) -> dict[str, Any]:
    ids = [visible(i) for i in result.doc_ids]
    found: dict[str, Any] = {"element_count": result.n_evaluated, "partial_unexpected_list": ids}
    if result.observed is not None:
        found["observed_value"] = result.observed
    if result.n_unexpected is not None:
        found["unexpected_count"] = result.n_unexpected
        found["unexpected_percent"] = 100 * (result.share or 0.0)
    if ids:
        found["failing_documents"] = f"failing/{result.check}.txt"
    return found
