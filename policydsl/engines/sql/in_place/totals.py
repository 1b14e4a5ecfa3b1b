"""Rows that are called totals in a table that stays where it is, where each row counts."""

from collections.abc import Mapping, Sequence, Set
from functools import cache

from policydsl.catalogue import say
from policydsl.data.called_totals import Others, compared, is_called, lines_among
from policydsl.data.total_names import BEFORE_IT_IS_READ
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.sql.held import missing
from policydsl.engines.sql.in_place.frame import Frame
from policydsl.engines.sql.in_place.relation import Native, Relation
from policydsl.engines.sql.in_place.texts import Texts, blank
from policydsl.inputs.convert import MOST_TOLD
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.sheet import Cell, Sheet, Wrong, shown
from policydsl.model.types import Numeric

_MOST_NAMES = 2000
_MOST_ROWS = 2000
"""How many of the rows that are called totals are looked at, those first that hold least."""

_TOGETHER = 100
"""So many numbers are added up in one expression: databases bear no endless ones."""


def totals_there(frame: Frame, sheet: Sheet, where: Mapping[str, int]) -> list[Diagnostic]:
    """An error for each row with an amount that is called a total and holds nothing of its own."""
    relation = frame.relation
    money = [
        each.native
        for each in frame.readings.values()
        if isinstance(each.column.type, Numeric) and each.column.type.currency is not None
    ]
    called = _called(frame) if money else ""
    if not called:
        return []
    amount = " OR ".join(f"NOT {_blank(each, relation)}" for each in money)
    there = _there(frame)
    found = relation.ask(
        [f"{relation.row} AS r", f"{filled_cells(frame)} AS held", *(each.sql for each in there.values())],
        f"WHERE {called} AND ({amount}) ORDER BY 2, 1 LIMIT {_MOST_ROWS}",
    )
    read = {at: tuple(_cell(row[number]) for row in found) for number, at in enumerate(there, 2)}
    cells = tuple(read.get(at, (None,) * len(found)) for at in range(len(relation.columns)))
    rows = Sheet(sheet.path, None, sheet.headings, cells, tuple(range(len(found))), "frame", sheet.columns)
    lines = lines_among(frame.table, rows, where, range(len(found)), _others(relation, there, cells, called))
    wrong = [line for line in lines if line.is_no_row][:MOST_TOLD]
    numbers = relation.numbers([found[line.index][0] for line in wrong])
    told = []
    for number, line in sorted(zip(numbers, wrong, strict=True), key=lambda each: each[0]):
        place, heading = DataPlace(sheet.path, None, number), sheet.headings[line.at]
        told.append(say("PD942", place, name=shown(line.name), heading=heading))
    return told


def _called(frame: Frame) -> str:
    """Which rows are called totals in a column of texts; nothing where none is."""
    of, found = frame.database, []
    for column, reading in frame.readings.items():
        sql = reading.native.sql
        if not isinstance(reading, Texts) or reading.native.kind != "text":
            continue
        if column in frame.differing.few and (known := frame.differing.of(column)) is not None:
            called = sorted(cell for cells in known.values() for cell in cells if is_called(cell))[:_MOST_NAMES]
            found += [f"COALESCE({sql}, '') IN ({', '.join(map(of.text, called))})"] if called else []
            continue
        rest = f"WHERE {of.fits(f'LOWER({sql})', BEFORE_IT_IS_READ)} ORDER BY 1 LIMIT {_MOST_NAMES}"
        names = [str(name) for (name,) in frame.relation.ask([f"DISTINCT {sql}"], rest)]
        called = [of.text(name) for name in names if is_called(name)]
        if called:
            found.append(f"COALESCE({sql}, '') IN ({', '.join(called)})")
    return f"({' OR '.join(found)})" if found else ""


def filled_cells(frame: Frame) -> str:
    """How many cells of a row are filled in."""
    each = [f"CASE WHEN {_blank(one, frame.relation)} THEN 0 ELSE 1 END" for one in _there(frame).values()]
    return " + ".join(f"({' + '.join(each[at : at + _TOGETHER])})" for at in range(0, len(each), _TOGETHER))


def _there(frame: Frame) -> dict[int, Native]:
    """The columns that can be asked for: all, or those of the rulebook, where rows were numbered with no other."""
    own = [each.native for each in frame.readings.values()]
    columns = frame.relation.columns
    return {at: one for at, one in enumerate(columns) if frame.relation.ordering is None or one in own}


def _others(relation: Relation, there: Mapping[int, Native], cells: Sequence[Sequence[Cell]], called: str) -> Others:
    of = relation.database

    @cache
    def texts(at: int) -> Set[Cell]:
        native = relation.columns[at]
        if native.kind != "text":
            return frozenset((True, False))
        asked = ", ".join(sorted({of.text(cell.strip().lower()) for cell in cells[at] if isinstance(cell, str)}))
        rest = f"WHERE NOT {called} AND LOWER(TRIM({native.sql})) IN ({asked})"
        return {compared(_cell(text)) for (text,) in relation.ask([f"DISTINCT {native.sql}"], rest)}

    @cache
    def filled() -> Set[int]:
        blanks = [f"SUM(CASE WHEN {_blank(each, relation)} THEN 1 ELSE 0 END)" for each in there.values()]
        (counted,) = relation.ask(blanks, f"WHERE NOT {called}")
        return {at for at, count in zip(there, counted, strict=True) if count == 0}

    return Others(texts, filled)


def _blank(native: Native, relation: Relation) -> str:
    return blank(native.sql, relation.database) if native.kind == "text" else missing(native.sql)


def _cell(raw: object) -> Cell:
    cell = frame_cell(raw)
    return None if isinstance(cell, Wrong) else cell
