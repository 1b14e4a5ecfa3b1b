"""The databases that the tests start themselves."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from . import postgres

SPARK = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.driver.host": "localhost",
    "spark.ui.showConsoleProgress": "false",
    "spark.ui.retainedJobs": "10",
    "spark.ui.retainedStages": "10",
    "spark.ui.retainedTasks": "100",
    "spark.sql.ui.retainedExecutions": "10",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=240m",
}


@contextmanager
def spark(**settings: str) -> Iterator[Any]:
    """A session of Spark in one process."""
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[1]").config(map=SPARK | settings).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@contextmanager
def started(engine: str) -> Iterator[None]:
    """The database that an engine of this name works in."""
    match engine:
        case "postgres":
            import psycopg

            from policydsl.engines.sql.on_postgres import Postgres

            with postgres.server() as place, psycopg.connect(place) as connection:
                own = Postgres(connection)
                with patch("policydsl.engines.sql.on_postgres.usual", lambda: own):
                    yield
        case "spark":
            with spark():
                yield
        case _:
            yield


def compared_in(run: Callable[[str, int, int], int], name: str, about: str | None) -> int:
    """A command that compares batches on an engine: 1 if something was wrong."""
    reader = argparse.ArgumentParser(prog=f"python -m tests.engines.{name}", description=about)
    reader.add_argument("engine")
    reader.add_argument("--first", type=int, default=0, help="where a batch begins")
    reader.add_argument("--step", type=int, default=1, help="every so many are a batch")
    asked = reader.parse_args()
    with started(asked.engine):
        return 1 if run(asked.engine, asked.first, asked.step) else 0
