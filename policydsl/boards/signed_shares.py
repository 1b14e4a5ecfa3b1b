"""How the shares of a column are written: with a percent sign, or as plain numbers, perhaps of one."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from policydsl.inputs.arrow_values import arrow_values
from policydsl.inputs.convert import may_be_of_one
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.number_cells import is_bare_number
from policydsl.inputs.sheet import Cell, Percent

OTHER, SIGNED, BARE, SMALL = range(4)


def first_of_each(column: Any, heading: str, before: int) -> dict[int, tuple[int, Cell]]:
    """The first cell of each kind, with the number of its row."""
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        bare = pc.not_equal(column, 0)
        small = pc.and_(bare, pc.less_equal(pc.abs(column), 1))
        places = {kind: pc.index(where, True).as_py() for kind, where in ((BARE, bare), (SMALL, small))}
        return {kind: (before + at + 1, frame_cell(column[at].as_py())) for kind, at in places.items() if at >= 0}
    found: dict[int, tuple[int, Cell]] = {}
    for value in arrow_values(pc.unique(column), heading):
        if (kind := kind_of_share(cell := frame_cell(value))) != OTHER and kind not in found:
            found[kind] = before + pc.index(column, value).as_py() + 1, cell
    return found


def kind_of_share(cell: Cell) -> int:
    """Whether a cell has a percent sign, is a number without, perhaps of one, or something else."""
    if (isinstance(cell, str) and "%" in cell) or isinstance(cell, Percent):
        return SIGNED
    return OTHER if not is_bare_number(cell) else SMALL if may_be_of_one(cell) else BARE
