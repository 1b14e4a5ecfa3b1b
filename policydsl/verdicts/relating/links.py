"""Columns of other tables, read through links."""

from policydsl.catalogue import say
from policydsl.data.table import Data
from policydsl.diagnostics import DataPlace
from policydsl.figures.values import folded
from policydsl.model.expressions import ColumnOf, Nothing, Value
from policydsl.model.made import EXISTS
from policydsl.model.rulebook import Linked
from policydsl.verdicts.reasons import given
from policydsl.verdicts.relating.workshop import Workshop
from policydsl.verdicts.settling import listing


def values_behind(column: Linked, table: str, shop: Workshop) -> tuple[Value, ...]:
    """What the linked rows say, row by row: none where there is no link, unknown where the key leads nowhere."""
    own, there = shop.data[table], shop.data[column.table]
    places = _places(there, shop.rulebook.tables[column.table].keys[0])
    if given(there):
        _tell(column, own, places, shop)
    read = ColumnOf(column.table, column.of, column.type)
    rows = shop.rows(column.table, (read,))
    known: dict[Value, Value] = {None: None, Nothing.NONE: Nothing.NONE}
    for key in own.columns[column.link]:
        if key not in known:
            at = places.get(folded(key))
            known[key] = None if at is None else rows.value(read, at)
    return tuple(known[key] for key in own.columns[column.link])


def _places(there: Data, key: str) -> dict[Value, int | None]:
    """Where the row of each key stands; None where several have it, or it may not be there."""
    places: dict[Value, int | None] = {}
    exists = there.columns.get(EXISTS)
    for at, name in enumerate(there.columns[key]):
        if name is not None:
            sure = exists is None or exists[at] is True
            places[folded(name)] = at if sure and folded(name) not in places else None
    return places


def _tell(column: Linked, own: Data, places: dict[Value, int | None], shop: Workshop) -> None:
    if (own.table, column.link) in shop.unlinked:
        return
    shop.unlinked.add((own.table, column.link))
    lost = {str(key) for key in own.columns[column.link] if isinstance(key, str) and folded(key) not in places}
    if lost:
        keys = listing([f'"{key}"' for key in sorted(lost)])
        shop.told.append(
            say("PD510", DataPlace(own.path), table=own.table, link=column.link, to=column.table, keys=keys)
        )
