"""A suite that cannot judge is refused before anything runs, by a message that names file, entry and way out."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck import gate
from provcheck.errors import SuiteError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS = ("doc_id", "outlet", "truncated", "n_words", "date")


def _meta(**changes: Any) -> dict[str, Any]:
    return {"check": "outlet", "reason": "A test."} | changes


DAWN = {"type": "comparison", "column": {"name": "outlet"}, "operator": "==", "parameter": "Dawn"}


def _comparison(**changes: Any) -> dict[str, Any]:
    return {"column": "outlet", "row_condition": DAWN | changes}


def _both(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {"column": "outlet", "row_condition": {"type": "and", "conditions": list(conditions)}}


def _nested(depth: int) -> dict[str, Any]:
    made: dict[str, Any] = DAWN
    for _ in range(depth):
        made = {"type": "and", "conditions": [made]}
    return made


FAULTS = [
    ("unknown-key", {"expectation": 1}, "unknown key 'expectation'"),
    ("old-key", {"type": None, "expectation_type": "x"}, "calls it 'type'"),
    ("no-type", {"type": None}, "must name an expectation"),
    ("bad-severity", {"severity": "fatal"}, "must be one of critical, warning, info, not 'fatal'"),
    ("no-severity", {"severity": None}, "not None"),
    ("no-description", {"description": None}, "'description' is missing"),
    ("no-meta", {"meta": None}, "'meta' is missing"),
    ("meta-no-check", {"meta": {"reason": "r"}}, "meta.check must be a stable id"),
    ("meta-path-check", {"meta": _meta(check="../../x")}, "meta.check must be a stable id"),
    ("meta-no-reason", {"meta": {"check": "c"}}, "meta.reason is missing"),
    ("meta-near-miss", {"meta": _meta(rules="PC302")}, "did you mean 'rule'?"),
    ("meta-unknown-rule", {"meta": _meta(rule="PC399")}, "unknown rule 'PC399': did you mean 'PC30"),
    ("meta-empty-word", {"meta": _meta(may_be_empty="yes")}, "may_be_empty must be true or false"),
    ("column", {"kwargs": {"column": "outlets"}}, "no column 'outlets': did you mean 'outlet'?"),
    ("mostly-2", {"kwargs": {"column": "outlet", "mostly": 2}}, "mostly must be above 0 and at most 1, not 2"),
    ("mostly-0", {"kwargs": {"column": "outlet", "mostly": 0}}, "mostly must be above 0 and at most 1, not 0"),
    ("mostly-true", {"kwargs": {"column": "outlet", "mostly": True}}, "not True"),
    ("max-share-1", {"kwargs": {"column": "outlet", "max_share": 1}}, "max_share must be at least 0 and below 1"),
    ("no-bounds", {"type": "expect_column_values_to_be_between"}, "needs a lower or an upper bound"),
    ("no-regex", {"type": "expect_column_values_to_match_regex"}, "needs regex; without it everything would pass"),
    ("null-set", {"kwargs": {"column": "outlet", "value_set": None}}, "value_set must be a list with at least one"),
    ("empty-set", {"kwargs": {"column": "outlet", "value_set": []}}, "value_set must be a list with at least one"),
    ("regex", {"kwargs": {"column": "outlet", "regex": "(a"}}, "the regular expression '(a' is invalid"),
    ("parameter", {"kwargs": {"column": "outlet", "mostly": {"$PARAMETER": "m"}}}, "parameters are not taken"),
    ("ours", {"kwargs": {"column": "outlet", "result_format": "BASIC"}}, "not a suite's to set"),
    ("refused", {"type": "expect_table_column_count_to_equal", "kwargs": {"value": 3}}, "cannot be judged here"),
    ("condition-string", {"kwargs": {"column": "outlet", "row_condition": "a>1"}}, "row_condition must be an object"),
    ("condition-operator", {"kwargs": _comparison(operator="=")}, "unknown operator '='; known: ==, !="),
    ("condition-key", {"kwargs": _comparison(value=1)}, "unknown key 'value'"),
    ("condition-type", {"kwargs": _comparison(type="compare")}, "unknown type 'compare': did you mean 'comparison'?"),
    ("condition-column", {"kwargs": _comparison(column={"name": "outlt"})}, "no column 'outlt'"),
    ("condition-null", {"kwargs": _comparison(parameter=None)}, "for nulls use the type 'nullity'"),
    ("condition-in", {"kwargs": _comparison(operator="IN", parameter="Dawn")}, "is a list of strings or numbers"),
    ("condition-or-in-and", {"kwargs": _both({"type": "or", "conditions": [DAWN]})}, "may stand neither in an 'and'"),
    ("condition-deep", {"kwargs": _both(_nested(300))}, "is nested too deeply"),
    ("condition-many", {"kwargs": _both(*[DAWN] * 101)}, "more than 100 terms"),
    ("kwargs-list", {"kwargs": []}, "'kwargs' must be an object"),
]


@pytest.mark.parametrize(("changes", "said"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_fault_in_an_entry_is_named(
    write: Callable[..., Path], make_entry: Callable[..., Any], changes: dict[str, Any], said: str
) -> None:
    """The message holds the file, the entry's number and what is wrong."""
    with pytest.raises(SuiteError) as caught:
        gate.load(["mine"], write(make_entry(**changes)), columns=COLUMNS)
    assert said in str(caught.value)
    assert "mine.json" in str(caught.value)
    assert "entry 1" in str(caught.value)


FILES = [
    ("not-json", b'{"name": "mine",}', "is not JSON"),
    ("not-utf8", b'{"name": "\xff"}', "is not UTF-8 (byte 10)"),
    ("not-object", b"[]", "must be a JSON object"),
    ("no-expectations", b'{"name": "mine"}', 'the key "expectations" is missing'),
    ("empty", b'{"name": "mine", "expectations": []}', "has no expectations, so nothing would be judged"),
    ("entries-not-list", b'{"name": "mine", "expectations": {}}', '"expectations" must be a list'),
    ("entry-not-object", b'{"name": "mine", "expectations": [1]}', "entry 1: must be a JSON object"),
    ("no-name", b'{"expectations": [1]}', '"name" must be 1 to 80 letters'),
    ("hostile-name", b'{"name": "<script>", "expectations": [1]}', '"name" must be 1 to 80 letters'),
    ("other-name", b'{"name": "yours", "expectations": [1]}', "they must be the same"),
    ("key-twice", b'{"name": "mine", "name": "mine"}', "the key 'name' stands twice"),
    ("nan", b'{"name": "mine", "expectations": [NaN]}', "NaN is no limit"),
    ("infinite", b'{"name": "mine", "expectations": [1e999]}', "1e999 is no limit"),
    ("deep", b"[" * 200_000, "is nested too deeply"),
    ("unknown-top", b'{"name": "mine", "expectation": []}', "did you mean 'expectations'?"),
]


@pytest.mark.parametrize(("content", "said"), [f[1:] for f in FILES], ids=[f[0] for f in FILES])
def test_a_file_that_is_no_suite_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    """Each kind of broken file has its own message."""
    (tmp_path / "mine.json").write_bytes(content)
    with pytest.raises(SuiteError) as caught:
        gate.load(["mine"], tmp_path)
    assert said in str(caught.value)


def test_all_faults_are_told_at_once(write: Callable[..., Path], make_entry: Callable[..., Any]) -> None:
    """Two wrong entries are two lines."""
    folder = write(make_entry(severity="x"), make_entry(description="", meta=_meta(check="other")))
    with pytest.raises(SuiteError) as caught:
        gate.load(["mine"], folder)
    assert "2 faults" in str(caught.value)
    assert "entry 2" in str(caught.value)


def test_a_repeated_expectation_is_refused(write: Callable[..., Path], make_entry: Callable[..., Any]) -> None:
    """The same question twice, and the same id twice."""
    with pytest.raises(SuiteError, match="repeats entry 1"):
        gate.load(["mine"], write(make_entry(), make_entry(severity="info", meta=_meta(check="again"))))
    with pytest.raises(SuiteError, match=r"same meta\.check"):
        gate.load(["mine"], write(make_entry(), make_entry(kwargs={"column": "date"})))


def test_an_unknown_suite_names_the_near_miss(tmp_path: Path) -> None:
    """A misspelt name is no empty gate."""
    with pytest.raises(UnknownNameError, match="did you mean 'provenance'"):
        gate.load(["provenence"], tmp_path)
    with pytest.raises(SuiteError, match="no such file"):
        gate.load(["suites/none.json"])
    with pytest.raises(SuiteError, match="no such folder"):
        gate.load(["content"], tmp_path / "none")
    with pytest.raises(SuiteError, match="no suite was asked for"):
        gate.load([])
    with pytest.raises(SuiteError, match="already loaded"):
        gate.load(["content", "content"])


def test_a_folder_of_suites_comes_before_the_shipped_ones(
    tmp_path: Path, write: Callable[..., Path], make_entry: Callable[..., Any]
) -> None:
    """A team's `content` replaces ours; what it does not have is ours; a path is taken as it is."""
    folder = write(make_entry(), name="content")
    (folder / "mine.json").rename(folder / "content.json")
    mine, shipped = gate.load(["content", "integrity"], folder)
    assert (mine.titles(), len(shipped.entries) > 5) == (("Outlets are known.",), True)
    assert gate.load([str(folder / "content.json")], tmp_path) == (mine,)
    assert gate.names(folder) == ("content", "integrity", "provenance")


def test_a_condition_counts_as_a_named_column(write: Callable[..., Path], make_entry: Callable[..., Any]) -> None:
    """The gate hands out the columns that conditions ask for, too."""
    condition = {"type": "nullity", "column": {"name": "date"}, "is_null": False}
    [suite] = gate.load(["mine"], write(make_entry(kwargs={"column": "outlet", "row_condition": condition})))
    assert suite.columns() == ("outlet", "date")


def test_reading_suites_does_not_import_the_library() -> None:
    """A wrong suite is told within a moment, not after seconds of imports."""
    code = "import sys; from provcheck import gate; gate.load(['content']); print('great_expectations' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_CONDITION = st.dictionaries(
    st.sampled_from(("type", "column", "operator", "parameter", "is_null", "conditions")), _JSON
)
_KWARGS = st.dictionaries(
    st.sampled_from(("column", "column_list", "mostly", "max_share", "value_set", "regex", "regex_list", "min_value")),
    _JSON,
)
_ENTRY = st.fixed_dictionaries(
    {"type": st.sampled_from(("expect_column_values_to_be_between", "x")) | _JSON},
    optional={
        "kwargs": _KWARGS | st.builds(lambda c: {"column": "outlet", "row_condition": c}, _CONDITION | _JSON) | _JSON,
        "severity": st.sampled_from(("critical", "x")) | _JSON,
        "description": _JSON,
        "meta": st.dictionaries(st.sampled_from(("check", "reason", "rule", "remedy", "may_be_empty")), _JSON) | _JSON,
    },
)


@given(st.lists(_ENTRY | _JSON, max_size=3) | _JSON)
def test_whatever_stands_in_a_file_is_a_suite_or_is_refused(expectations: Any) -> None:
    """No file of a user is a crash of ours."""
    with tempfile.TemporaryDirectory() as folder:
        raw = {"name": "mine", "expectations": expectations}
        (Path(folder) / "mine.json").write_text(json.dumps(raw), encoding="utf-8")
        with contextlib.suppress(SuiteError):
            gate.load(["mine"], Path(folder), columns=COLUMNS)
