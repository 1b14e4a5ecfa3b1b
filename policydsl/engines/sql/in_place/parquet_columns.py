"""What a Parquet file says of its columns besides the types that DuckDB sees."""

from collections.abc import Sequence

from attrs import evolve, frozen

from policydsl.data.elsewhere import Unanswered
from policydsl.engines.sql.database import DIGITS
from policydsl.engines.sql.in_place.arrow_schema import Noted, noted_in
from policydsl.engines.sql.in_place.duckdb_tables import ZONED
from policydsl.engines.sql.in_place.native_cells import in_zone
from policydsl.engines.sql.in_place.relation import Native
from policydsl.engines.sql.on_duckdb import DuckDB
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.sheet import Wrong

_STRETCHES = {
    "s": "to_seconds({})",
    "ms": "to_milliseconds({})",
    "us": "to_microseconds({})",
    "ns": "to_microseconds({} // 1000)",
}
"""What makes a stretch of time of a number, by its unit."""


@frozen
class Said:
    """A column of a file: its `name` to DuckDB, the `heading` as it stands in the file (DuckDB gives another to the
    second of two that are alike, and to one that is empty), its `type` to DuckDB and what Arrow has noted of it."""

    name: str
    heading: str
    type: str
    digits: int
    """How many a decimal may have."""
    half: bool
    """Whether it has binary numbers of 16 bits, which are as long as they are."""
    noted: Noted

    @property
    def besides(self) -> tuple[object, ...]:
        """What is said besides the type."""
        return self.noted, self.half, self.digits > DIGITS

    @property
    def meant(self) -> str:
        """The type that is meant."""
        if self.digits > DIGITS:
            return f"DECIMAL({self.digits})"
        if self.half:
            return "FLOAT16"
        if self.noted.unit is not None:
            return f"INTERVAL ({self.noted.unit})"
        if self.noted.truths:
            return "BOOLEAN"
        return f"{self.type} '{self.noted.zone}'" if self.noted.zone is not None else self.type

    def read(self, column: Native) -> Native:
        """The column of that name, read for what is meant: a stretch of time is no number, and a truth is none."""
        heading, sql, noted = column.heading, column.sql, self.noted
        if self.digits > DIGITS:
            return evolve(column, wrong=Wrong("PD987", (("heading", heading), ("digits", str(self.digits)))))
        if self.half:
            return evolve(column, kind="float", sql=f"CAST({sql} AS DOUBLE)", cell=frame_cell)
        if noted.unit is not None:
            return evolve(column, kind="other", sql=_STRETCHES[noted.unit].format(sql))
        if noted.truths:
            return evolve(column, kind="truth", sql=f"({sql} <> 0)")
        return column if noted.zone is None else evolve(column, cell=in_zone(heading, noted.zone))


def said_in(database: DuckDB, path: str, names: Sequence[tuple[str, str]]) -> list[Said]:
    """The columns of a file, in their order, of which DuckDB tells the names and types."""
    kept = database.ask(f"SELECT key, value FROM parquet_kv_metadata({database.file(path)})")
    try:
        notes = [noted_in(bytes(value)) for key, value in kept if bytes(key) == b"ARROW:schema"]
    except ValueError as wrong:
        raise Unanswered(f"{wrong}: {path}") from wrong
    noted = notes[0] if notes else {}
    found = []
    for (name, type), (heading, digits, half) in zip(names, _written(database, path), strict=True):
        found.append(Said(name, heading, type, digits, half, _of_this_type(noted.get(heading, Noted()), type)))
    return found


def _of_this_type(noted: Noted, type: str) -> Noted:
    """What is noted, as far as it can be said of a column of a type; moments of which nothing is noted are UTC's."""
    if type in ZONED:
        return Noted(zone=noted.zone or "UTC")
    return noted if (noted.unit and type == "BIGINT") or (noted.truths and type == "TINYINT") else Noted()


def _written(database: DuckDB, path: str) -> Sequence[tuple[str, int, bool]]:
    """The headings as they stand in a file, each with the digits of its decimals, and whether its numbers have 16 bits;
    types of DuckDB don't tell."""
    query = f"SELECT name, num_children, precision, logical_type FROM parquet_schema({database.file(path)})"
    found, inside = [], [1]
    for name, children, digits, meant in database.ask(query):
        if len(inside) == 2:
            found.append((str(name), int(digits or 0), meant == "Float16Type()"))
        inside[-1] -= 1
        inside.append(int(children or 0))
        while inside and not inside[-1]:
            inside.pop()
    return found
