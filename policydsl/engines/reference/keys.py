"""For which keys a tally is measured, and which rows a key speaks of."""

from collections.abc import Mapping, Sequence

from policydsl.engines.reference.rows import Rows
from policydsl.figures.values import Truth, every, folded
from policydsl.model.expressions import ColumnOf, Nothing, Value
from policydsl.plan.dependencies import key_column
from policydsl.plan.possible_keys import with_possible_worlds
from policydsl.plan.tallies import Key, Tally


def keys(tally: Tally, every_table: Mapping[str, Rows]) -> tuple[Key, ...]:
    """The keys of a tally: one, the empty one, if it has neither worlds nor groups."""
    columns = (*tally.worlds, *tally.groups)
    if not columns:
        return ((),)
    spellings: tuple[dict[Value, str], ...] = tuple({} for _ in columns)
    found: set[tuple[Value, ...]] = set()
    worlds: set[tuple[Value, ...]] = set()
    for rows_of in tally.keys_of:
        rows = every_table[rows_of.table]
        placed = [key_column(rows.table, column) for column in columns]
        for row in range(len(rows)):
            if rows.all_hold(rows_of.where, row) is False:
                continue
            values = [None if column is None else rows.value(column, row) for column in placed]
            for seen, value in zip(spellings, values, strict=True):
                if isinstance(value, str):
                    seen[folded(value)] = min(value, seen.get(folded(value), value))
            world = tuple(map(folded, values[: len(tally.worlds)]))
            if world and None not in world and Nothing.NONE not in world:
                worlds.add(world)
            if Nothing.NONE not in values and None not in placed:
                found.add(tuple(map(folded, values)))
    found = with_possible_worlds(found, worlds)
    spelled = {tuple(seen.get(v, v) for seen, v in zip(spellings, key, strict=True)) for key in found}
    return tuple(sorted(spelled, key=rank))


def rank(key: tuple[Value, ...]) -> tuple[tuple[bool, Value, str], ...]:
    """In what order keys stand."""
    return tuple((value is None, False if value is None else folded(value), str(value)) for value in key)


def matches(rows: Rows, row: int, columns: Sequence[ColumnOf], key: Key) -> Truth:
    """Whether a row belongs to a key; columns that the table lacks narrow nothing."""
    placed = [(key_column(rows.table, column), of_key) for column, of_key in zip(columns, key, strict=True)]
    return every(_same(rows, row, here, of_key) for here, of_key in placed if here is not None)


def joins(rows: Rows, row: int, worlds: Sequence[ColumnOf], groups: Sequence[ColumnOf], key: Key) -> Truth:
    """Whether a row belongs to the group of a key, whatever its world. A group that is unknown may be any that only
    rows with something unknown make up together, whatever they hold where it is unknown itself."""
    of_group = key[len(worlds) :]
    if None not in of_group:
        return matches(rows, row, groups, of_group)
    placed = [key_column(rows.table, column) for column in (*worlds, *groups)]
    if not any(here is not None and rows.value(here, row) is None for here in placed):
        return False
    known = [(column, part) for column, part in zip(groups, of_group, strict=True) if part is not None]
    without_none = all(rows.value(h, row) is not Nothing.NONE for h in placed[len(worlds) :] if h is not None)
    may = matches(rows, row, [column for column, _ in known], tuple(part for _, part in known))
    return None if without_none and may is not False else False


def _same(rows: Rows, row: int, column: ColumnOf, of_key: Value) -> Truth:
    value = rows.value(column, row)
    if value is Nothing.NONE or (of_key is None and value is not None):
        return False
    if value is None:
        impossible = (
            of_key is not None and rows.is_category(column.name) and of_key not in rows.labels(column.name, row)
        )
        return False if impossible else None
    return folded(value) == folded(of_key)
