"""Plain numbers with the unit that something else says of them: a mapping, or their heading."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from policydsl.data.kinds import kind_of
from policydsl.inputs.cells import written
from policydsl.inputs.columns.asked import mapped
from policydsl.inputs.columns.counted import Counted
from policydsl.inputs.kinds import NumberKind
from policydsl.inputs.number_cells import factor_of
from policydsl.inputs.numbers import split_unit, unit_key
from policydsl.inputs.sheet import SCALED, Cell, InUnit, Wrong, shown
from policydsl.inputs.unit_words import CROWNS, money_in
from policydsl.model.rulebook import Column, Scale

_PREFIXES = {1: "", 10**3: "K", 10**6: "M"}


def cells_in(unit: str, cells: Sequence[Cell], column: Column, scales: Mapping[str, Scale]) -> Sequence[Cell]:
    """The cells of a column, plain numbers in this unit; a cell that has its own keeps it, where `kr` is of the
    unit's country, and one of which the workbook shows thousands has none but single crowns."""
    kind = kind_of(column, scales)
    units = kind.units if isinstance(kind, NumberKind) else {}
    single = any(factor == 1 for word, factor in units.items() if unit_key(word) == unit_key(unit))
    factor = factor_of(unit, {unit_key(word): factor for word, factor in units.items()})
    if isinstance(cells, Counted) and cells.factor is None and factor is not None:
        return cells.in_unit(factor, lambda cell: _with_unit(cell, unit, single))
    return mapped(cells, lambda cell: _with_unit(cell, unit, single))


def _with_unit(cell: Cell, unit: str, single: bool) -> Cell:
    if isinstance(cell, InUnit) and cell.unit == SCALED and not single:
        return Wrong("PD902", (("cell", shown(written(cell))), ("wanted", f"in `{unit}`")))
    if isinstance(cell, str):
        split = split_unit(cell)
        if split is None:
            return cell
        if not split[1]:
            return f"{cell.strip()} {unit}"
        crowns = _crowns(split[1], unit)
        return cell if crowns is None else f"{split[0]} {crowns}"
    if isinstance(cell, int | Decimal | Fraction) and not isinstance(cell, bool):
        return InUnit(cell, unit)
    return cell


def _crowns(word: str, unit: str) -> str | None:
    """What the unit word of a cell is in a column of this unit: `mkr` is `MSEK` there; None for words of no crowns."""
    meant, said = money_in(word), money_in(unit)
    if meant is None or said is None or meant.currency != "KR" or said.currency not in CROWNS:
        return None
    prefix = _PREFIXES.get(meant.scale)
    return None if prefix is None else f"{prefix}{said.currency}"
