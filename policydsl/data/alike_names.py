"""Names by which rows are grouped that differ only in how they are typed: each would have a limit of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from fractions import Fraction

from policydsl._frozen import define, field
from policydsl.catalogue import say
from policydsl.data.grouping import Place, grouped_by
from policydsl.data.names_in import names_in, uncompared
from policydsl.data.placing import cell_place
from policydsl.data.table import Data, Elsewhere
from policydsl.diagnostics import Diagnostic
from policydsl.figures.values import folded
from policydsl.inputs.columns.asked import rows_where
from policydsl.inputs.names import name_key
from policydsl.inputs.rough_keys import may_be_alike
from policydsl.inputs.sheet import Sheet, shown
from policydsl.model.rulebook import Column, Rulebook
from policydsl.model.types import Numeric

_MOST_TOLD = 20
_MOST_ROWS = 3

_Row = tuple[str, int]
"""A row of a table, by its index."""
_Found = tuple[_Row, str]
"""A row that has a name, and the column in which it has it."""


@define
class _Held:
    """The rows that have a name: all of those that are here, and some of those that stand elsewhere; and of each table
    how many there are. `amounts` are what those amount to that stand elsewhere."""

    rows: list[_Found] = field(factory=list)
    counts: Counter[str] = field(factory=Counter)
    amounts: dict[str, Fraction | None] = field(factory=dict)


def alike_names(rulebook: Rulebook, tables: Mapping[str, Data], sheets: Mapping[str, Sheet]) -> list[Diagnostic]:
    """A warning for each name that hardly differs from another, with the rows and amounts of both; `sheets` are those
    that the tables are from. A note on each column that stands elsewhere and has too many names to compare them."""
    told: dict[tuple[str, str], Diagnostic] = {}
    left: dict[Place, Diagnostic] = {}
    for pool in grouped_by(rulebook):
        places = sorted(one for one in pool if one[1] not in tables[one[0]].absent)
        left |= {one: uncompared(tables[one[0]].path, one[1], one[0]) for one in places if _are_too_many(tables, one)}
        places = [one for one in places if one not in left]
        found = alike_spellings(_spellings(places, tables))
        held = _rows(rulebook, {name for names in found for name in names}, places, tables) if found else {}
        for names in found:
            first, *others = sorted(
                (name for name in names if held[name].rows), key=lambda name: (-held[name].counts.total(), name)
            ) or [""]
            for twin in others:
                if (first, twin) not in told:
                    told[first, twin] = _told(rulebook, tables, sheets, held[first], held[twin])
    diagnostics = list(told.values())
    if len(diagnostics) > _MOST_TOLD:
        diagnostics[_MOST_TOLD:] = [say("PD331", diagnostics[0].where, more=len(diagnostics) - _MOST_TOLD)]
    return diagnostics + list(left.values())


def _are_too_many(tables: Mapping[str, Data], place: Place) -> bool:
    return names_in(tables[place[0]], place[1]) is None


def alike_spellings(spellings: Mapping[str, str]) -> list[list[str]]:
    """The names, in small letters and each with its spelling, that hardly differ from one another; two that say two
    forms of a company do."""
    stems: dict[str, list[tuple[str, str]]] = {}
    names = dict(zip(spellings.values(), spellings, strict=True))
    for spelt in may_be_alike(names):
        name, (stem, form) = names[spelt], name_key(spelt)
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
        for value in names_in(tables[table], column) or ():
            if value <= found.setdefault(value.strip().casefold(), value):
                found[value.strip().casefold()] = value
    return found


def _rows(rulebook: Rulebook, names: Set[str], places: Sequence[Place], tables: Mapping[str, Data]) -> dict[str, _Held]:
    """The rows that have these names, and where each has it."""
    found = {name: _Held() for name in names}
    for table, column in places:
        if isinstance(tables[table].rows, Elsewhere):
            continue
        values = tables[table].columns[column]
        for index in rows_where(values, lambda value: folded(value) in found):
            held = found[str(folded(values[index]))]
            held.rows.append(((table, index), column))
            held.counts[table] += 1
    for table in dict.fromkeys(table for table, _ in places):
        if isinstance(there := tables[table].rows, Elsewhere):
            columns = [column for other, column in places if other == table]
            for name, held in found.items():
                _add_there(rulebook, tables[table], there, columns, name, held)
    for held in found.values():
        held.rows.sort(key=lambda one: _in_any_order(tables, one))
    return found


def _add_there(
    rulebook: Rulebook, data: Data, there: Elsewhere, columns: Sequence[str], name: str, held: _Held
) -> None:
    """The rows of a name in a table that stands elsewhere."""
    spelt = {each for column in columns for each in there.texts(column) or () if each.strip().casefold() == name}
    if not spelt:
        return
    money = _money(rulebook, data)
    having = there.having(columns, spelt, None if money is None else money.name)
    held.rows += [
        ((data.table, index), column)
        for index in having.rows
        for column in columns
        if folded(data.columns[column][index]) == name
    ]
    held.counts[data.table] += having.count
    held.amounts[data.table] = having.amount


def _in_any_order(tables: Mapping[str, Data], found: _Found) -> tuple[str, str, int, str]:
    """A row's place among those of a name, which is the same in whatever order they stand."""
    (table, index), column = found
    name = tables[table].names[index]
    return table, column, len(name), name


def _told(
    rulebook: Rulebook,
    tables: Mapping[str, Data],
    sheets: Mapping[str, Sheet],
    first: _Held,
    twin: _Held,
) -> Diagnostic:
    (table, index), column = twin.rows[0]
    data = tables[table]
    return say(
        "PD964",
        cell_place(sheets, rulebook.tables[table], data, index, column),
        name=_spelt(tables, first.rows),
        rows=_named(tables, first, table),
        amount=_amount(rulebook, tables, first),
        twin=_spelt(tables, twin.rows),
        others=_named(tables, twin, table),
        more=_amount(rulebook, tables, twin),
        column=column,
    )


def _spelt(tables: Mapping[str, Data], rows: Sequence[_Found]) -> str:
    (table, index), column = rows[0]
    return shown(str(tables[table].columns[column][index]), 40)


def _named(tables: Mapping[str, Data], held: _Held, here: str) -> str:
    """What the rows are called, those of the table that is spoken of if there are any."""
    rows = held.rows
    table = here if any(row[0] == here for row, _ in rows) else rows[0][0][0]
    found = [index for (other, index), _ in rows if other == table]
    names = ", ".join(tables[table].names[index] for index in found[:_MOST_ROWS])
    left = held.counts[table] - _MOST_ROWS
    return names if left <= 0 else f"{names} and {'1 other' if left == 1 else f'{left} others'}"


def _amount(rulebook: Rulebook, tables: Mapping[str, Data], held: _Held) -> str:
    """What the rows of one table amount to, behind a colon; nothing where it has no money."""
    name = held.rows[0][0][0]
    column = _money(rulebook, tables[name])
    if column is None or not isinstance(column.type, Numeric):
        return ""
    amount = held.amounts.get(name)
    if name not in held.amounts:
        values = tables[name].columns[column.name]
        found = {index for (table, index), _ in held.rows if table == name}
        amount = sum((each for index in found if isinstance(each := values[index], Fraction)), Fraction(0))
    return "" if amount is None else f": {f'{round(amount):,}'.replace(',', ' ')} {column.type.currency}"


def _money(rulebook: Rulebook, data: Data) -> Column | None:
    """The column of money that rows are told with, one that something reads if there is any."""
    columns = rulebook.tables[data.table].columns
    money = [one for one in columns if isinstance(one.type, Numeric) and one.type.currency]
    money = [one for one in money if one.name not in data.absent]
    vital = rulebook.vital(data.table)
    return next((one for one in money if one.name in vital), money[0] if money else None)
