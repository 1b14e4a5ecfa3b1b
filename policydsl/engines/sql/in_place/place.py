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
from policydsl.engines.sql.in_place.relation import NotThere, Relation, Unclear
from policydsl.inputs.places import TABLE_ENDINGS, listed, path_name
from policydsl.model.rulebook import Rulebook, Table


class Standing:
    """A place in a database that is reached."""

    sheet: str | None = None

    def __init__(self, table: str, database: Database, path: str, files: Sequence[str] = ()) -> None:
        self.path = path
        self.database = database
        self.engine: Where = database.name
        self._table, self.files = table, tuple(files)

    def read(self, rulebook: Rulebook, table: Table) -> tuple[Placed | None, list[Diagnostic]]:
        """Its columns as a table of the rulebook has them, and what is wrong with its cells."""
        others = _passed_over(Path(self._table)) if self.files else []
        told = [say("PD977", DataPlace(self.path), names=listed(others))] if others else []
        try:
            found, wrong = placed(rulebook, table, evolve(self._relation(), called=self._called))
            return found, [*told, *wrong]
        except NotThere as wrong:
            hint = f": did you mean `{wrong.near}`?" if wrong.near else ""
            return None, [say("PD763", DataPlace(self.path), name=wrong.name, database=self.database.name, hint=hint)]
        except Unclear as unclear:
            return None, [unclear.wrong.at(DataPlace(self.path))]
        except Unanswered as wrong:
            because = " ".join(str(wrong).split())
            return None, [say("PD767", DataPlace(self.path), table=table.name, because=because)]

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
            self._reached[key] = _database(given.connection)
            self._reached[key].hold()
        database = self._reached[key]
        return Standing(given.table, database, f"{database.name}:{given.table}")


def parquet_in(folder: Path) -> list[Path]:
    """The Parquet files of a folder and of the folders in it, however their ending is written."""
    return [each for each in folder.rglob("*") if each.suffix.lower() == ".parquet" and not each.is_dir()]


def _passed_over(folder: Path) -> list[str]:
    """The other files in it that hold a table, too: Parquet under another ending, CSV, workbooks."""
    others = {*folder.rglob("*")} - {*parquet_in(folder)} if folder.is_dir() else set[Path]()
    return sorted(each.name for each in others if each.is_file() and _holds_a_table(each))


def _holds_a_table(file: Path) -> bool:
    if file.name.startswith((".", "_")):  # left behind by the programs that write such folders
        return False
    if file.suffix.lower() in TABLE_ENDINGS:
        return True
    try:
        with file.open("rb") as content:
            return content.read(4) == b"PAR1"
    except OSError:
        return True


def files(pattern: str) -> Standing:
    """Parquet files: one, those of a folder and of the folders in it, or those that fit a pattern."""
    path = Path(pattern)
    if path.is_dir():
        found = [each.as_posix() for each in parquet_in(path)]
    else:
        found = [pattern] if path.exists() else glob(pattern, recursive=True)
    return Standing(pattern, on_duckdb.in_memory(), path_name(path), sorted(found) or [pattern])


def _kind(connection: object) -> str:
    library = type(connection).__module__.partition(".")[0]
    if library in ("duckdb", "_duckdb", "psycopg", "pyspark"):
        return library.removeprefix("_")
    raise TypeError(
        "tables are judged in place through a connection of DuckDB or psycopg, or a Spark session,"
        f" not through a {type(connection).__name__}"
    )


def _database(connection: Any) -> Database:
    match _kind(connection):
        case "duckdb":
            return on_duckdb.DuckDB(connection)
        case "psycopg":
            return on_postgres.apart(connection)
    return on_spark.Spark(connection, apart=False)
