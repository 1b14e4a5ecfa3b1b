"""That what stands above a table makes its amounts thousands or millions, and nothing else says so."""

from collections.abc import Mapping

from policydsl.catalogue import say
from policydsl.data.kinds import kind_of
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.kinds import NumberKind
from policydsl.inputs.number_cells import is_bare_number
from policydsl.inputs.sheet import Sheet, shown
from policydsl.inputs.unit_words import scales_said
from policydsl.model.rulebook import Scale, Table
from policydsl.model.types import Numeric


def titled_otherwise(
    table: Table, sheet: Sheet, where: Mapping[str, int], scales: Mapping[str, Scale]
) -> list[Diagnostic]:
    """An error for each column of money in another unit than the titles above the table say: `Alla belopp i tkr`.

    A column whose cells all have a unit of their own, or one from a mapping, is not touched by titles.
    """
    said = scales_said(sheet.above)
    told = []
    for column in table.columns:
        at = where.get(column.name)
        if not said or at is None or not isinstance(column.type, Numeric) or column.type.currency is None:
            continue
        kind = kind_of(column, scales)
        assert isinstance(kind, NumberKind)
        if kind.factor not in said and any(map(is_bare_number, sheet.cells[at])):
            title, heading = shown(sheet.above, 40), sheet.headings[at]
            told.append(say("PD903", sheet.place(at), title=title, heading=heading, wanted=kind.unit))
    return told
