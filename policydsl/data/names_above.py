"""Names that stand once, above the rows that they are of, as in printed lists: below them the cells are blank."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from policydsl.catalogue import say
from policydsl.data.grouping import Place, grouped_by
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.cells import written
from policydsl.inputs.columns.asked import has_any, rows_where
from policydsl.inputs.sheet import Cell, Sheet, shown
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Rulebook, Table
from policydsl.model.types import GradeType, LabelType, Numeric, TextType

_FEWEST = 2
"""So many blanks below names say that the list may be a printed one."""


def names_above(
    rulebook: Rulebook,
    table: Table,
    sheet: Sheet,
    where: Mapping[str, int],
    columns: Mapping[str, Sequence[Value]],
) -> list[Diagnostic]:
    """A warning for each column of names of which the first stands in the first row, none stands twice on one day, and
    blanks are below them in rows with an amount. Where a blank has a meaning, that is asked about only if rows are
    grouped by the names. Only files are such lists: the order in which a program or a database hands in rows means
    nothing."""
    if sheet.kind == "frame":
        return []
    grouped = frozenset[Place]().union(*grouped_by(rulebook))
    amounts = [columns[one.name] for one in table.columns if isinstance(one.type, Numeric) and one.name in where]
    by = table.dated_by
    days = columns[by] if by is not None and by in where else (None,) * len(sheet.rows)
    told = []
    for column in table.columns:
        at = where.get(column.name)
        if at is None or not _may_stand_once(column, (table.name, column.name) in grouped):
            continue
        cells = sheet.cells[at]
        if not len(cells) or cells[0] is None or not has_any(cells, _is_blank):
            continue
        names = _once(days, cells)
        if not names or (column.blank is not None and len(names) < _FEWEST):
            continue
        below = [row for row in rows_where(cells, _is_blank) if _holds(amounts, row)]
        if len(below) >= _FEWEST and 2 * len(below) >= len(names):
            above = next(written(cells[row]) for row in range(below[0], -1, -1) if cells[row] is not None)
            place, blanks = sheet.place(at, below[0]), str(len(below))
            told.append(say("PD965", place, table=table.name, column=column.name, blanks=blanks, name=shown(above, 40)))
    return told


def _may_stand_once(column: Column, is_grouped: bool) -> bool:
    if column.key or not isinstance(column.type, TextType | LabelType | GradeType):
        return False
    return is_grouped or column.blank is None


def _once(days: Sequence[Value], cells: Sequence[Cell]) -> set[tuple[Value, object]]:
    """The names of each day; none if one stands twice on a day."""
    names: set[tuple[Value, object]] = set()
    for day, cell in zip(days, cells, strict=True):
        if cell is not None:
            if (day, _plain(cell)) in names:
                return set()
            names.add((day, _plain(cell)))
    return names


def _is_blank(cell: Cell) -> bool:
    return cell is None


def _plain(cell: object) -> object:
    return cell.strip().casefold() if isinstance(cell, str) else cell


def _holds(amounts: Sequence[Sequence[Value]], row: int) -> bool:
    return any(isinstance(values[row], Fraction) and values[row] for values in amounts)
