"""The databases that the tests start themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from . import postgres

SPARK = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.driver.host": "localhost",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


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
            from pyspark.sql import SparkSession

            session = SparkSession.builder.master("local[1]").config(map=SPARK).getOrCreate()
            session.sparkContext.setLogLevel("OFF")
            yield
            session.stop()
        case _:
            yield
