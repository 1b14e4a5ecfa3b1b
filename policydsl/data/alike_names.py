"""Names by which rows are grouped that differ only in how they are typed: each would have a limit of its own."""

from collections.abc import Mapping, Sequence, Set
from fractions import Fraction

from policydsl.catalogue import say
from policydsl.data.grouping import Place, grouped_by
from policydsl.data.placing import cell_place
from policydsl.data.table import Data, Elsewhere
from policydsl.diagnostics import Diagnostic
from policydsl.figures.values import folded
from policydsl.inputs.columns.asked import differing, rows_where
from policydsl.inputs.names import name_key
from policydsl.inputs.sheet import Sheet, shown
from policydsl.model.rulebook import Rulebook
from policydsl.model.types import Numeric

_MOST_TOLD = 20
_MOST_ROWS = 3

_Row = tuple[str, int]
"""A row of a table, by its index."""
_Found = tuple[_Row, str]
"""A row that has a name, and the column in which it has it."""


def alike_names(rulebook: Rulebook, tables: Mapping[str, Data], sheets: Mapping[str, Sheet]) -> list[Diagnostic]:
    """A warning for each name that hardly differs from another, with the rows and amounts of both; `sheets` are those
    that the tables are from."""
    told: dict[tuple[str, str], Diagnostic] = {}
    for pool in grouped_by(rulebook):
        places = sorted(one for one in pool if _is_here(tables[one[0]], one[1]))
        found = _alike(places, tables)
        rows = _rows({name for names in found for name in names}, places, tables) if found else {}
        for names in found:
            first, *others = sorted((name for name in names if rows[name]), key=lambda name: (-len(rows[name]), name))
            for twin in others:
                if (first, twin) not in told:
                    told[first, twin] = _told(rulebook, tables, sheets, rows[first], rows[twin])
    diagnostics = list(told.values())
    if len(diagnostics) > _MOST_TOLD:
        diagnostics[_MOST_TOLD:] = [say("PD331", diagnostics[0].where, more=len(diagnostics) - _MOST_TOLD)]
    return diagnostics


def _is_here(data: Data, column: str) -> bool:
    return column not in data.absent and not isinstance(data.rows, Elsewhere)


def _alike(places: Sequence[Place], tables: Mapping[str, Data]) -> list[list[str]]:
    """The names, in small letters, that hardly differ from one another; two that say two forms of a company do."""
    stems: dict[str, list[tuple[str, str]]] = {}
    for name, spelt in _spellings(places, tables).items():
        stem, form = name_key(spelt)
        stems.setdefault(stem, []).append((form, name))
    found = []
    for stem, alike in stems.items():
        if stem and len(alike) > 1:
            forms = {form for form, _ in alike if form} or {""}
            of_form = ([name for form, name in alike if form in ("", each)] for each in sorted(forms))
            found += [sorted(each) for each in of_form if len(each) > 1]
    return sorted(found)


def _spellings(places: Sequence[Place], tables: Mapping[str, Data]) -> dict[str, str]:
    """The names in small letters, as rows are grouped by them, each with one way in which it is written."""
    found: dict[str, str] = {}
    for table, column in places:
        for value in differing(tables[table].columns[column]):
            if isinstance(value, str) and value <= found.setdefault(value.strip().casefold(), value):
                found[value.strip().casefold()] = value
    return found


def _rows(names: Set[str], places: Sequence[Place], tables: Mapping[str, Data]) -> dict[str, list[_Found]]:
    """The rows that have these names, and where each has it."""
    found: dict[str, list[_Found]] = {name: [] for name in names}
    for table, column in places:
        values = tables[table].columns[column]
        for index in rows_where(values, lambda value: folded(value) in found):
            found[str(folded(values[index]))].append(((table, index), column))
    for rows in found.values():
        rows.sort(key=lambda one: _in_any_order(tables, one))
    return found


def _in_any_order(tables: Mapping[str, Data], found: _Found) -> tuple[str, str, int, str]:
    """A row's place among those of a name, which is the same in whatever order they stand."""
    (table, index), column = found
    name = tables[table].names[index]
    return table, column, len(name), name


def _told(
    rulebook: Rulebook,
    tables: Mapping[str, Data],
    sheets: Mapping[str, Sheet],
    first: Sequence[_Found],
    twin: Sequence[_Found],
) -> Diagnostic:
    (table, index), column = twin[0]
    data = tables[table]
    return say(
        "PD964",
        cell_place(sheets, rulebook.tables[table], data, index, column),
        name=_spelt(tables, first),
        rows=_named(tables, first, table),
        amount=_amount(rulebook, tables, first),
        twin=_spelt(tables, twin),
        others=_named(tables, twin, table),
        more=_amount(rulebook, tables, twin),
        column=column,
    )


def _spelt(tables: Mapping[str, Data], rows: Sequence[_Found]) -> str:
    (table, index), column = rows[0]
    return shown(str(tables[table].columns[column][index]), 40)


def _named(tables: Mapping[str, Data], rows: Sequence[_Found], here: str) -> str:
    """What the rows are called, those of the table that is spoken of if there are any."""
    found = [row for row, _ in rows if row[0] == here] or [row for row, _ in rows if row[0] == rows[0][0][0]]
    names = ", ".join(tables[table].names[index] for table, index in found[:_MOST_ROWS])
    left = len(found) - _MOST_ROWS
    return names if left <= 0 else f"{names} and {'1 other' if left == 1 else f'{left} others'}"


def _amount(rulebook: Rulebook, tables: Mapping[str, Data], rows: Sequence[_Found]) -> str:
    """What the rows of one table amount to, behind a colon; nothing where it has no money."""
    name = rows[0][0][0]
    money = [one for one in rulebook.tables[name].columns if isinstance(one.type, Numeric) and one.type.currency]
    money = [one for one in money if one.name not in tables[name].absent]
    if not money:
        return ""
    vital = rulebook.vital(name)
    column = next((one for one in money if one.name in vital), money[0])
    values = tables[name].columns[column.name]
    found = {index for (table, index), _ in rows if table == name}
    amount = sum((each for index in found if isinstance(each := values[index], Fraction)), Fraction(0))
    assert isinstance(column.type, Numeric)
    return f": {f'{round(amount):,}'.replace(',', ' ')} {column.type.currency}"
