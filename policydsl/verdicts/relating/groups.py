"""Tables of groups, and the figures of the group that a row belongs to."""

from collections.abc import Sequence

from policydsl.data.table import Data
from policydsl.figures.interval import Undefined
from policydsl.figures.operations import as_value
from policydsl.figures.results import Joint
from policydsl.figures.values import folded
from policydsl.model.expressions import Aggregate, ColumnOf, Expression, Known, Nothing, RowSet, Value
from policydsl.model.made import EXISTS, PerGroup
from policydsl.model.rulebook import Grouped
from policydsl.model.types import NUMBER, YES_NO
from policydsl.plan.aggregates import tally_of
from policydsl.plan.dependencies import aggregates_in
from policydsl.verdicts.measured import Measured, View
from policydsl.verdicts.relating.workshop import Workshop
from policydsl.verdicts.wording import Wording, alone, wording_of

Groups = tuple[ColumnOf, ...]


def groups_of(table: str, made: PerGroup, shop: Workshop) -> Data:
    """One row a group. A row whose group is not known may make up a group of its own: it stands below the others, and
    of it nothing is known, not even whether it is there."""
    columns_of_key = (*made.worlds, *made.groups)
    source, presence = shop.data[made.rows.table], _presence(made.rows)
    keys_of = (made.rows,) if made.every is None else (made.rows, made.every)
    found = _measured(keys_of, made.worlds, made.groups, [presence, *(figure for _, figure in made.fields)], shop)
    keys = tuple(found.results[tally_of(presence, made.worlds, made.groups, keys_of)])
    linked = _surely_linked(made.every, shop)
    wording = wording_of(shop.rulebook).neutral
    lines: list[tuple[str, int, list[Value]]] = []
    for key in keys:
        if None not in key:
            view = View(found, made.worlds, made.groups, keys_of, key)
            exists = _counts(view, presence) or folded(key[-1]) in linked or None
            name = ", ".join(_called(part, of, wording) for part, of in zip(key, columns_of_key, strict=True))
            lines.append((name, len(lines) + 1, [*key, *(_value(view, figure) for _, figure in made.fields), exists]))
    if any(None in key for key in keys):
        read = (*made.rows.where, *columns_of_key)
        rows = shop.rows(made.rows.table, read)
        for row in range(len(rows)):
            of_row = [rows.value(group, row) for group in columns_of_key]
            if None in of_row and Nothing.NONE not in of_row and rows.all_hold(made.rows.where, row) is not False:
                unknown = [of.name for of, value in zip(columns_of_key, of_row, strict=True) if value is None]
                name = f"unknown {' and '.join(unknown)}: {rows.name(row)}"
                lines.append((name, source.rows[row], [*of_row, *(None for _ in made.fields), None]))
    columns = list(shop.data[table].columns)
    values = zip(*(line for _, _, line in lines), strict=True) if lines else ((),) * len(columns)
    return Data(
        table,
        dict(zip(columns, map(tuple, values), strict=True)),
        tuple(number for _, number, _ in lines),
        tuple(name for name, _, _ in lines),
        path=source.path,
        dated=source.dated,
    )


def values_of_groups(column: Grouped, table: str, shop: Workshop) -> tuple[Value, ...]:
    """For each row the figure of its group: unknown where the group is, none where it is in none."""
    exists = (ColumnOf(table, EXISTS, YES_NO),) if shop.rulebook.tables[table].made is not None else ()
    rows_of = RowSet(table, exists)
    found = _measured((rows_of,), column.worlds, column.groups, [_presence(rows_of), column.figure], shop)
    keys = found.results[tally_of(_presence(rows_of), column.worlds, column.groups, (rows_of,))]
    values: dict[tuple[Value, ...], Value] = {
        tuple(map(folded, key)): _value(View(found, column.worlds, column.groups, (rows_of,), key), column.figure)
        for key in keys
        if None not in key
    }
    columns = (*column.worlds, *column.groups)
    rows = shop.rows(table, columns)
    of_rows = ([folded(rows.value(group, row)) for group in columns] for row in range(len(rows)))
    return tuple(Nothing.NONE if Nothing.NONE in key else values.get(tuple(key)) for key in of_rows)


def _called(part: Known | None, group: ColumnOf, wording: Wording) -> str:
    return part if isinstance(part, str) else "" if part is None else alone(part, group.type, wording)


def _presence(rows: RowSet) -> Aggregate:
    return Aggregate("count", rows, None, None, (), NUMBER)


def _surely_linked(every: RowSet | None, shop: Workshop) -> frozenset[Value]:
    """The keys, as they are compared, of the rows that are there whether or not anything links to them."""
    if every is None:
        return frozenset()
    data, (key,) = shop.data[every.table], shop.rulebook.tables[every.table].keys
    there = data.columns.get(EXISTS, (True,) * len(data))
    named = zip(data.columns[key], there, strict=True)
    return frozenset(folded(name) for name, sure in named if sure is True and isinstance(name, str))


def _measured(
    keys_of: tuple[RowSet, ...], worlds: Groups, groups: Groups, figures: Sequence[Expression], shop: Workshop
) -> Measured:
    nodes = (node for figure in figures for node in aggregates_in(figure))
    return shop.measured(tuple(dict.fromkeys(tally_of(node, worlds, groups, keys_of) for node in nodes)))


def _counts(view: View, presence: Aggregate) -> bool | None:
    """Whether a group surely has a row."""
    result = view.result(view.tally(presence))
    return True if isinstance(result, Joint) and result.rows else None


def _value(view: View, figure: Expression) -> Value:
    """The figure of a group as a row holds it: none where there is nothing to take it from."""
    if figure.type == YES_NO:
        return view.truth(figure)
    found = view.figure(figure)
    return Nothing.NONE if found == Undefined("nothing") else as_value(found, figure.type)
