"""The rows of what is owned with a trade: bought is added, sold is taken away."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from policydsl.catalogue import say
from policydsl.data.from_sheets import Fitted
from policydsl.data.table import Data
from policydsl.diagnostics import Diagnostic
from policydsl.figures.values import folded
from policydsl.model.expressions import Value
from policydsl.whatif.owned import Owned
from policydsl.whatif.proposed import Proposed


@frozen(eq=False)
class Place:
    """Where a trade goes: the row that it changes, or none if it adds one."""

    row: int | None
    owned: Fraction | None = None
    """The amount of that row, where it is known."""


class Places:
    """Where trades go among some rows: these are looked up by what trades say."""

    def __init__(self, data: Data, owned: Owned) -> None:
        self._data, self._owned = data, owned
        self._found: dict[tuple[str, ...], dict[tuple[Value, ...], list[int]]] = {}

    def of(self, trade: Proposed) -> Place | Diagnostic:
        """The row with the key that the trade says; without a key a purchase is a row of its own, and a sale is taken
        from the only row that is as the trade says."""
        data, owned = self._data, self._owned
        keys = owned.table.keys
        described = {name: value for name, value in trade.said.items() if name not in owned.others}
        if keys and all(key in trade.said for key in keys):
            rows = self._rows({key: trade.said[key] for key in keys})
        elif trade.amount > 0:
            rows = ()
        else:
            rows = self._rows(described)
        if trade.amount > 0 and not rows:
            return Place(None)
        if len(rows) != 1:
            return say("PD776", trade.place, trade=trade.name, count=len(rows), table=owned.table.name)
        row = rows[0]
        for name, value in described.items():
            held = data.columns[name][row]
            if held is not None and name not in data.absent and folded(held) != folded(value):
                cell, named = trade.cells[name], data.names[row]
                return say("PD777", trade.place, trade=trade.name, column=name, row=named, cell=cell)
        amount = data.columns[owned.amount.name][row]
        held_amount = amount if isinstance(amount, Fraction) else None
        if trade.amount < 0 and held_amount is not None and held_amount < -trade.amount:
            return say("PD778", trade.place, trade=trade.name, row=data.names[row])
        return Place(row, held_amount)

    def _rows(self, said: Mapping[str, Value]) -> Sequence[int]:
        """The rows that are so."""
        names = tuple(sorted(said))
        if names not in self._found:
            found = self._found.setdefault(names, {})
            columns = [self._data.columns[name] for name in names]
            for row in range(len(self._data)):
                found.setdefault(tuple(folded(column[row]) for column in columns), []).append(row)
        return self._found[names].get(tuple(folded(said[name]) for name in names), ())


def resized(trade: Proposed, amount: Fraction, owned: Owned) -> Proposed:
    """A trade of another amount; what it says of other money changes in proportion."""
    share = amount / trade.amount
    said = {
        name: value * share if name in owned.others and isinstance(value, Fraction) else value
        for name, value in trade.said.items()
    }
    return evolve(trade, amount=amount, said=said)


def applied(trade: Proposed, place: Place, data: Data, owned: Owned) -> Data:
    """The rows with a trade. A row of which all is sold is gone. The row's other columns of money change too: by what
    the trade says of them, else by how much is not known."""
    row = place.row
    if row is None:
        return with_row(data, trade.name, _new(trade, data, owned), trade.row)
    if trade.amount < 0 and place.owned == -trade.amount:
        return _without(data, row)
    change = _changed(trade, row, data, owned)
    columns = {
        name: values if name not in change else (*values[:row], change[name], *values[row + 1 :])
        for name, values in data.columns.items()
    }
    return evolve(data, columns=columns)


def _changed(trade: Proposed, row: int, data: Data, owned: Owned) -> dict[str, Value]:
    """What a row has instead with a trade."""
    change: dict[str, Value] = {name: value for name, value in trade.said.items() if data.columns[name][row] is None}
    for name, more in ((owned.amount.name, trade.amount), *_other_money(trade, row, data, owned)):
        held = data.columns[name][row]
        change[name] = held + more if isinstance(held, Fraction) and more is not None else None
    return change


def rows_with(trade: Proposed, place: Place, data: Data, owned: Owned) -> list[Mapping[str, Value]]:
    """The rows that tell what a trade brings: one that it changes as it is, the row with as good as nothing of the
    trade, and the row with all of it."""
    small = evolve(trade, amount=Fraction(0), said=_of_nothing(trade, owned))
    if place.row is None:
        return [_new(small, data, owned), _new(trade, data, owned)]
    old = {name: values[place.row] for name, values in data.columns.items()}
    return [old, *({**old, **_changed(each, place.row, data, owned)} for each in (small, trade))]


def _of_nothing(trade: Proposed, owned: Owned) -> dict[str, Value]:
    """What a trade says, with no other money."""
    return {
        name: value * 0 if name in owned.others and isinstance(value, Fraction) else value
        for name, value in trade.said.items()
    }


def _other_money(trade: Proposed, row: int, data: Data, owned: Owned) -> list[tuple[str, Fraction | None]]:
    """By how much a trade changes a row's other columns of money; None where it says nothing of them."""
    others = owned.others
    return [(name, other_change(trade, data.columns[name][row], trade.said.get(name))) for name in others]


def other_change(trade: Proposed, held: Value, said: Value) -> Fraction | None:
    """By how much a trade changes another amount of a row, such as its nominal amount, which may lie below zero: a
    purchase by what it says, and a sale by as much towards zero, whichever sign it was written with."""
    if not isinstance(said, Fraction):
        return None
    if trade.amount > 0:
        return said
    return abs(said) if isinstance(held, Fraction) and held < 0 else -abs(said)


def traded(trade: Proposed, place: Place, data: Data, owned: Owned) -> dict[str, Value]:
    """The trade as a row of its own: what it says, and else what is known of the row that it changes."""
    found: dict[str, Value] = {**trade.blank, **trade.said}
    if place.row is not None:
        held = {name: values[place.row] for name, values in data.columns.items()}
        found = {**held, **trade.said, **dict(_other_money(trade, place.row, data, owned))}
    return {**found, owned.amount.name: trade.amount}


def _new(trade: Proposed, data: Data, owned: Owned) -> dict[str, Value]:
    """A row of its own; columns that the trade does not have are unknown, as in any data."""
    found = {**traded(trade, Place(None), data, owned)}
    if owned.table.dated_by is not None and owned.table.dated_by not in data.absent:
        found[owned.table.dated_by] = data.dated
    return found


def with_row(data: Data, name: str, values: Mapping[str, Value], number: int) -> Data:
    """The rows and one more."""
    known = frozenset(name for name, value in values.items() if value is not None)
    return Data(
        data.table,
        {column: (*cells, values.get(column)) for column, cells in data.columns.items()},
        (*data.rows, number),
        (*data.names, name if name not in data.names else f"{name} (proposed)"),
        data.absent - known if len(data) else frozenset(data.columns) - known,
        data.path,
        data.dated,
    )


def _without(data: Data, row: int) -> Data:
    """The other rows."""
    columns = {name: (*values[:row], *values[row + 1 :]) for name, values in data.columns.items()}
    return evolve(
        data,
        columns=columns,
        rows=(*data.rows[:row], *data.rows[row + 1 :]),
        names=(*data.names[:row], *data.names[row + 1 :]),
    )


def with_table(fitted: Fitted, data: Data) -> Fitted:
    """The tables of a run with other rows in one of them, on the day judged."""
    tables = {**fitted.tables, data.table: data}
    history = None if fitted.history is None else fitted.history.with_today(tables)
    return evolve(fitted, tables=tables, history=history)
