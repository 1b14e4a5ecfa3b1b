"""Places of tables as a command names them: `holdings=2025/*.parquet`, `loans=duckdb:treasury.db#loans`."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.sql import on_duckdb, on_postgres, on_spark
from policydsl.engines.sql.database import Database
from policydsl.engines.sql.in_place.folders import parquet_in
from policydsl.engines.sql.in_place.place import Standing, files
from policydsl.engines.sql.packages import not_installed
from policydsl.inputs.places import absent, path_name
from policydsl.inputs.sheet import shown

_NAMED = re.compile(r"(?P<table>[^=:#/]+)=(?:(?P<kind>duckdb|postgres|spark):)?(?P<place>.+)")


class Named:
    """The tables that a command names by their places. Each database is reached once."""

    def __init__(self) -> None:
        self.tables: dict[str, Standing] = {}
        self.told: list[Diagnostic] = []
        self._reached: dict[str, Database] = {}

    def take(self, text: str) -> None:
        """One of the places."""
        found = _NAMED.fullmatch(text)
        if found is None:
            path = Path(text)
            self._put(path.stem, files(text), text)
            return
        kind, place = found["kind"] or "", found["place"]
        file, _, table = place.partition("#")
        if (kind == "duckdb" and not table) or (not kind and not _is_parquet(place)):
            self.told.append(say("PD768", text=shown(text, 200)))
        elif (wanting := not_installed(kind or "duckdb")) is not None:
            self.told.append(wanting)
        elif kind == "duckdb" and not Path(file).is_file():
            self.told.append(absent(Path(file)))
        elif not kind:
            standing = files(place)
            if standing.files == (place,) and not Path(place).exists():
                self.told.append(absent(Path(place)))
            else:
                self._put(found["table"], standing, text)
        elif (database := self._database(kind, file)) is not None:
            table = table if kind == "duckdb" else place
            self._put(found["table"], Standing(table, database, f"{kind}:{place}"), text)

    def _put(self, table: str, standing: Standing, text: str) -> None:
        if table.strip() in self.tables:
            first = self.tables[table.strip()].path
            self.told.append(say("PD302", DataPlace(standing.path), table=table, first=first, second=shown(text, 200)))
        self.tables.setdefault(table.strip(), standing)

    def _database(self, kind: str, file: str) -> Database | None:
        key = f"{kind}:{file}" if kind == "duckdb" else kind
        if key not in self._reached:
            try:
                self._reached[key] = _opened(kind, file)
                self._reached[key].hold()
            except Exception as refused:  # each package has its own, and all of them say why
                self.told.append(say("PD761", engine=kind, because=" ".join(str(refused).split())))
                return None
        return self._reached[key]


def _opened(kind: str, file: str) -> Database:
    match kind:
        case "duckdb":
            return on_duckdb.in_file(path_name(Path(file)))
        case "postgres":
            return on_postgres.apart()
    return on_spark.usual_itself()


def _is_parquet(place: str) -> bool:
    path = Path(place)
    return path.suffix.lower() == ".parquet" or (path.is_dir() and bool(parquet_in(path)))


def named(texts: Sequence[str]) -> tuple[Mapping[str, Standing], list[Diagnostic]]:
    """The tables of some places by name, and what is wrong with what names them."""
    found = Named()
    for text in texts:
        found.take(text)
    return found.tables, found.told
