"""A real cluster: a master and two workers on loopback, one of which is killed while it works."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pyarrow.parquet as pq
import pytest

import provcheck
from provcheck import distributed
from provcheck.engines import spark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyspark.sql import DataFrame, SparkSession

    from provcheck import Settings
    from provcheck.frame import Record

Rows = list["Record"]
CLUSTER = str(Path(__file__).parents[2] / "ci" / "cluster")

# pyspark leaves it to the collector to close the sockets by which results come.
pytestmark = [pytest.mark.filterwarnings("ignore:unclosed <socket.socket:ResourceWarning"), pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def cluster(conf: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Give the URL of a cluster's master and the cluster's folder; end it afterwards."""
    folder = tmp_path_factory.mktemp("cluster")
    environment = {**os.environ, "PYTHON": sys.executable, "PYTHONPATH": "", "WORKER_MEMORY": "2g"}
    start = [CLUSTER, "start", str(folder)]
    try:
        started = subprocess.run(start, capture_output=True, text=True, check=True, env=environment)
        yield started.stdout.strip(), folder
    finally:
        subprocess.run([CLUSTER, "stop", str(folder)], check=True, env=environment)
    assert conf


def test_killed_worker(
    mixed: Path,
    settings: Settings,
    tmp_path: Path,
    cluster: tuple[str, Path],
    conf: dict[str, str],
    differences: Callable[[Rows, Path], list[str]],
) -> None:
    """With one of two workers killed in the middle of the examination, rows and verdict are those of this machine."""
    paths = [str(mixed / "copies"), str(mixed / "polish"), str(mixed / "counted"), str(mixed / "corpus")]
    settings = replace(settings, suites=("content",))
    ours = provcheck.validate(paths, replace(settings, output=str(tmp_path / "near")))
    url, folder = cluster
    killer = threading.Thread(target=_kill_when_busy, args=([CLUSTER, "kill", str(folder)],))
    put, alive = spark.Shelf.put, [-1]

    def watched(shelf: spark.Shelf, name: str, table: DataFrame) -> DataFrame:
        if name == "examined":
            alive.append(_executors(shelf.spark))
            killer.start()
        kept = put(shelf, name, table)
        if name == "examined":
            killer.join()
        alive.append(_executors(shelf.spark))
        return kept

    small = {"spark.sql.files.maxPartitionBytes": "20000", "spark.sql.files.openCostInBytes": "0",
             "spark.executor.memory": "1g", "spark.scheduler.minRegisteredResourcesRatio": "1.0"}  # fmt: skip
    where = spark.Cluster(url, {**conf, **small})
    with patch.object(spark.Shelf, "put", watched):
        theirs = distributed.validate(paths, replace(settings, output=str(tmp_path / "far")), where)
    gc.collect()
    assert not (folder / "worker2.pid").exists()
    assert alive[1] == 2
    assert alive[-1] == 1
    frame = pq.read_table(tmp_path / "near" / "documents.parquet").to_pylist()
    assert differences(frame, tmp_path / "far" / "documents.parquet") == []
    assert theirs.verdict == ours.verdict
    one, other = (json.loads((tmp_path / name / "results.json").read_text()) for name in ("near", "far"))
    assert one == other


def _executors(session: SparkSession) -> int:
    """How many executors the driver knows."""
    context = session.sparkContext
    return len(context._jsc.sc().statusTracker().getExecutorInfos()) - 1  # the driver counts itself


def _kill_when_busy(call: list[str]) -> None:
    """Kill a worker as soon as both have been at work for a moment."""
    from pyspark import SparkContext  # noqa: PLC0415  # only where Spark is installed

    until = time.monotonic() + 120
    context = SparkContext._active_spark_context
    assert context is not None
    tracker = context.statusTracker()
    while time.monotonic() < until:
        stages = [tracker.getStageInfo(number) for number in tracker.getActiveStageIds()]
        if any(stage and stage.numActiveTasks > 1 for stage in stages):
            break
        time.sleep(0.05)
    subprocess.run(call, check=True, env={**os.environ, "PYTHON": sys.executable})
