"""The rows of several tables, one after another."""

from policydsl.data.table import Data
from policydsl.model.expressions import Value
from policydsl.model.made import Stacked
from policydsl.verdicts.relating.workshop import Workshop


def stacked(table: str, made: Stacked, shop: Workshop) -> Data:
    """All rows of all sources, called what they are called there."""
    columns: dict[str, list[Value]] = {name: [] for name in shop.data[table].columns}
    names: list[str] = []
    numbers: list[int] = []
    *fields, exists = columns
    for source in made.sources:
        of = dict(source.fields)
        rows = shop.rows(source.rows.table, (*source.rows.where, *of.values()))
        for row in range(len(rows)):
            there = rows.all_hold(source.rows.where, row)
            if there is False:
                continue
            for name in fields:
                columns[name].append(rows.value(of[name], row))
            columns[exists].append(there)
            names.append(rows.name(row))
            numbers.append(shop.data[source.rows.table].rows[row])
    first = shop.data[made.sources[0].rows.table]
    return Data(
        table,
        {name: tuple(values) for name, values in columns.items()},
        tuple(numbers),
        apart(names),
        path=first.path,
        dated=first.dated,
    )


def apart(names: list[str]) -> tuple[str, ...]:
    """Names of which no two are the same."""
    seen: dict[str, int] = {}
    found: list[str] = []
    taken = set(names)
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        number, called = seen[name], name
        while number > 1 and (called := f"{name} ({number})") in taken:
            number += 1
        taken.add(called)
        found.append(called)
    return tuple(found)
