"""The options that choose where a verb runs: on this machine, or on a Spark cluster."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

OPTIONS = (
    click.option(
        "--engine", type=click.Choice(["local", "spark"]), default="local", help="Where to run.  [default: local]"
    ),
    click.option("--master", metavar="URL", help="The Spark cluster: local[4], spark://host:7077, yarn."),
    click.option("--spark-conf", multiple=True, metavar="KEY=VALUE", help="A setting of Spark's; repeatable."),
)


def engines(command: Callable[..., int]) -> Callable[..., int]:
    """Give a verb the options; it is called with `cluster` in their place, which is None for this machine."""

    @functools.wraps(command)
    def run(*, engine: str, master: str | None, spark_conf: tuple[str, ...], **rest: Any) -> int:  # noqa: ANN401  # the verb's own
        if engine == "local" and (master or spark_conf):
            raise click.UsageError("--master and --spark-conf go with --engine spark")
        return command(cluster=_cluster(master, spark_conf) if engine == "spark" else None, **rest)

    for option in reversed(OPTIONS):
        run = option(run)
    return run


def _cluster(master: str | None, given: tuple[str, ...]) -> object:
    from provcheck.engines.spark import Cluster  # noqa: PLC0415  # of no use on this machine

    conf = {}
    for each in given:
        key, equals, value = each.partition("=")
        if not equals or not key.startswith("spark."):
            raise click.BadParameter(f"{each!r} is not written as spark.some.key=value", param_hint="--spark-conf")
        conf[key] = value
    return Cluster(master, conf)
