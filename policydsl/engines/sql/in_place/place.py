"""Where a table stands, as a program hands it in and as a command names it."""

from collections.abc import Sequence
from glob import glob
from pathlib import Path
from typing import Any

from attrs import evolve

from policydsl.catalogue import say
from policydsl.data.elsewhere import InPlace, Unanswered, Where
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.sql import on_duckdb, on_postgres, on_spark
from policydsl.engines.sql.database import Database
from policydsl.engines.sql.in_place import duckdb_tables, parquet_files, postgres_tables, spark_tables
from policydsl.engines.sql.in_place.fitting import Placed, placed
from policydsl.engines.sql.in_place.folders import each_once, parquet_in, passed_over
from policydsl.engines.sql.in_place.relation import NotThere, Relation, Unclear
from policydsl.inputs.places import listed, path_name
from policydsl.model.rulebook import Rulebook, Table


class Standing:
    """A place in a database that is reached."""

    sheet: str | None = None

    def __init__(
        self, table: str, database: Database, path: str, files: Sequence[str] = (), left: Sequence[str] = ()
    ) -> None:
        self.path = path
        self.database = database
        self.engine: Where = database.name
        self._table, self.files = table, tuple(files)
        self._left = tuple(left)
        """What else may hold a table in the folders of its files."""

    def read(self, rulebook: Rulebook, table: Table) -> tuple[Placed | None, list[Diagnostic]]:
        """Its columns as a table of the rulebook has them, and what is wrong with its cells."""
        told = [say("PD977", DataPlace(self.path), names=listed(self._left))] if self._left else []
        try:
            found, wrong = placed(rulebook, table, evolve(self._relation(), called=self._called))
            return found, [*told, *wrong]
        except NotThere as wrong:
            hint = f": did you mean `{wrong.near}`?" if wrong.near else ""
            return None, [say("PD763", DataPlace(self.path), name=wrong.name, database=self.database.name, hint=hint)]
        except Unclear as unclear:
            return None, [unclear.wrong.at(DataPlace(self.path))]
        except Unanswered as wrong:
            return None, [say("PD767", DataPlace(self.path), table=table.name, because=wrong.because)]

    @property
    def _called(self) -> tuple[str, ...]:
        """What its files are called, or the table in its database."""
        files = tuple(dict.fromkeys(Path(each).stem for each in self.files))
        return files or (self._table.rpartition(".")[2].strip('"`'),)

    def _relation(self) -> Relation:
        match self.database:
            case on_duckdb.DuckDB() as of if self.files:
                return parquet_files.files(of, self.files, self.path)
            case on_duckdb.DuckDB() as of:
                return duckdb_tables.table(of, self._table, self.path)
            case on_postgres.Postgres() as of:
                return postgres_tables.table(of, self._table, self.path)
            case on_spark.Spark() as of:
                return spark_tables.table(of, self._table, self.path)
        raise TypeError(f"there are no tables in a {type(self.database).__name__}")


class Reaching:
    """Reaches the databases of one run, each once."""

    def __init__(self) -> None:
        self._reached: dict[int, Database] = {}

    def reached(self, given: InPlace) -> Standing:
        """The place that a program has handed in."""
        if given.connection is None:
            return files(given.table)
        key = id(given.connection)
        if key not in self._reached:
            self._reached[key] = _held(given.connection)
        database = self._reached[key]
        return Standing(given.table, database, f"{database.name}:{given.table}")


def files(pattern: str) -> Standing:
    """Parquet files: one, those of a folder and of the folders in it, or the files and folders that fit a pattern; each
    once, whatever links lead to it."""
    path = Path(pattern)
    found, left = [], []
    for each in [pattern] if path.exists() else glob(pattern, recursive=True):
        if Path(each).is_dir():
            found += [inside.as_posix() for inside in parquet_in(Path(each))]
            left += passed_over(Path(each))
        else:
            found.append(each)
    named = each_once(sorted(found)) or [pattern]
    return Standing(pattern, on_duckdb.in_memory(), path_name(path), named, sorted({*left}))


def _kind(connection: object) -> str:
    library = type(connection).__module__.partition(".")[0]
    if library in ("duckdb", "_duckdb", "psycopg", "pyspark"):
        return library.removeprefix("_")
    raise TypeError(
        "tables are judged in place through a connection of DuckDB or psycopg, or a Spark session,"
        f" not through a {type(connection).__name__}"
    )


def _held(connection: Any) -> Database:
    """The database of a connection, as its rows stand now."""
    kind = _kind(connection)
    try:
        found = _database(kind, connection)
        found.hold()
    except Exception as wrong:  # each library has errors of its own
        raise Unanswered(str(wrong)) from wrong
    return found


def _database(kind: str, connection: Any) -> Database:
    match kind:
        case "duckdb":
            return on_duckdb.DuckDB(connection)
        case "psycopg":
            return on_postgres.apart(connection)
    return on_spark.Spark(connection, apart=False)
