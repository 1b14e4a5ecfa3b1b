"""Tables of a test, written into a database, to be judged there."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

import policydsl
from policydsl.data.from_sheets import matched
from policydsl.data.kinds import kind_of
from policydsl.data.meaning import values_of
from policydsl.data.other_currencies import amounts_of, declared_of_currencies
from policydsl.inputs.frames import read_frame
from policydsl.inputs.kinds import DateKind, NumberKind, YesNoKind

Cells = Sequence[Any]
_NUMBERS = count()
_LETTER = re.compile("[a-z]", re.IGNORECASE)


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def as_texts(columns: Mapping[str, Cells]) -> dict[str, tuple[str, Cells]]:
    """Columns as texts, as they are."""
    return {name: ("VARCHAR", cells) for name, cells in columns.items()}


def as_their_types(
    rulebook: policydsl.Rulebook, name: str, columns: Mapping[str, Cells]
) -> dict[str, tuple[str, Cells]]:
    """Columns as a database would have them: amounts as decimals, dates as dates, where each cell can be. Amounts that
    name their currency stay texts beside a column of currencies: of a decimal, that would be all that does."""
    table, found = rulebook.model.tables.get(name), as_texts(columns)
    if table is None or table.made is not None:
        return found
    sheet, _ = read_frame(dict(columns), name)
    where = matched(table, sheet, [])
    beside = amounts_of(table, where) if declared_of_currencies(table, sheet, where) else ()
    for column in table.columns:
        at = where.get(column.name)
        if at is None or (column.name in beside and any(map(_LETTER.search, filter(None, sheet.cells[at])))):
            continue
        cells, kind = sheet.cells[at], kind_of(column, rulebook.model.scales)
        values, told = values_of(column, sheet, at, rulebook.model.scales)
        if told:
            continue
        here = [None if cell is None else value for cell, value in zip(cells, values, strict=True)]
        heading = next(each for each in columns if each.strip() == sheet.headings[at].strip())
        if isinstance(kind, NumberKind):
            plain = [None if each is None else each / kind.factor for each in here if not isinstance(each, str)]
            if len(plain) == len(here) and all(each is None or _is_decimal(each) for each in plain):
                places = next(places for places in range(13) if all(_fits(each, places) for each in plain))
                type = f"DECIMAL(38, {places})" if places else "BIGINT"
                found[heading] = type, [None if each is None else _decimal(each, places) for each in plain]
        elif isinstance(kind, DateKind):
            found[heading] = "DATE", here
        elif isinstance(kind, YesNoKind):
            found[heading] = "BOOLEAN", here
    return found


def in_order(
    rulebook: policydsl.Rulebook, name: str, columns: Mapping[str, Cells], types: Mapping[str, tuple[str, Cells]]
) -> dict[str, list[Any]]:
    """Columns with their rows in the order in which those are numbered that have no order of their own: by the key,
    then by the other declared columns, blanks first, texts by their code points."""
    table = rulebook.model.tables.get(name)
    if table is None:
        return {heading: list(cells) for heading, cells in columns.items()}
    sheet, _ = read_frame(dict(columns), name)
    where = matched(table, sheet, [])
    declared = [column.name for column in table.columns if column.name in where]
    keys = [key for key in table.keys if key in declared]
    headings = [
        next(each for each in columns if each.strip() == sheet.headings[where[column]].strip())
        for column in [*keys, *(each for each in declared if each not in keys)]
    ]
    by = [types[heading][1] for heading in headings]
    rows = sorted(range(len(sheet.rows)), key=lambda row: [(cells[row] is not None, cells[row]) for cells in by])
    return {heading: [cells[row] for row in rows] for heading, cells in columns.items()}


def _is_decimal(number: Fraction) -> bool:
    return _fits(number, 12) and abs(number) < 10**18


def _fits(number: Fraction | None, places: int) -> bool:
    return number is None or (number * 10**places).denominator == 1


def _decimal(number: Fraction, places: int) -> Decimal:
    return Decimal(int(number * 10**places)).scaleb(-places)


def written(connection: Any, columns: Mapping[str, tuple[str, Cells]]) -> str:
    """Makes a table of columns where a connection leads; its name, since an earlier one may be in use by a report."""
    name = f"table_{next(_NUMBERS)}"
    match type(connection).__module__.partition(".")[0]:
        case "pyspark":
            _viewed(connection, name, columns)
        case "psycopg":
            _inserted(connection.execute, name, columns, "%s")
        case _:
            _inserted(connection.execute, name, columns, "?")
    return name


def _inserted(run: Any, name: str, columns: Mapping[str, tuple[str, Cells]], sign: str) -> None:
    declared = ", ".join(f"{quoted(heading)} {type}" for heading, (type, _) in columns.items())
    run(f"CREATE TABLE {quoted(name)} ({declared})")
    places = ", ".join([sign] * len(columns))
    for row in zip(*(cells for _, cells in columns.values()), strict=True):
        run(f"INSERT INTO {quoted(name)} VALUES ({places})", [_cell(each) for each in row])


def _viewed(session: Any, name: str, columns: Mapping[str, tuple[str, Cells]]) -> None:
    import pyarrow

    def filled(type: str, cells: Cells) -> Any:
        if type == "VARCHAR":
            return pyarrow.array([None if each is None else str(_cell(each)) for each in cells], pyarrow.string())
        if type.startswith("DECIMAL"):
            return pyarrow.array(cells, pyarrow.decimal128(38, int(type.split()[1].rstrip(")"))))
        if type == "BIGINT":
            return pyarrow.array([None if each is None else int(each) for each in cells], pyarrow.int64())
        return pyarrow.array(cells, {"DATE": pyarrow.date32(), "BOOLEAN": pyarrow.bool_()}[type])

    table = pyarrow.table([filled(*column) for column in columns.values()], names=list(columns))
    session.createDataFrame(table).coalesce(1).createOrReplaceTempView(name)


def _cell(cell: Any) -> Any:
    return cell if cell is None or isinstance(cell, date | bool | Decimal | str) else str(cell)
