"""The rows of what is owned with a trade: bought is added, sold is taken away."""

from collections.abc import Mapping
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


def place_of(trade: Proposed, data: Data, owned: Owned) -> Place | Diagnostic:
    """The row with the key that the trade says; without a key a purchase is a row of its own, and a sale is taken from
    the only row that is as the trade says."""
    keys = owned.table.keys
    described = {name: value for name, value in trade.said.items() if name not in owned.others}
    if keys and all(key in trade.said for key in keys):
        rows = [row for row in range(len(data)) if _is_so(data, row, {key: trade.said[key] for key in keys})]
    elif trade.amount > 0:
        rows = []
    else:
        rows = [row for row in range(len(data)) if _is_so(data, row, described)]
    if trade.amount > 0 and not rows:
        return Place(None)
    if len(rows) != 1:
        return say("PD776", trade.place, trade=trade.name, count=len(rows), table=owned.table.name)
    row = rows[0]
    for name, value in described.items():
        held = data.columns[name][row]
        if held is not None and name not in data.absent and folded(held) != folded(value):
            return say("PD777", trade.place, trade=trade.name, column=name, row=data.names[row], cell=trade.cells[name])
    amount = data.columns[owned.amount.name][row]
    held_amount = amount if isinstance(amount, Fraction) else None
    if trade.amount < 0 and held_amount is not None and held_amount < -trade.amount:
        return say("PD778", trade.place, trade=trade.name, row=data.names[row])
    return Place(row, held_amount)


def _is_so(data: Data, row: int, said: Mapping[str, Value]) -> bool:
    return all(folded(data.columns[name][row]) == folded(value) for name, value in said.items())


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
    change: dict[str, Value] = {name: value for name, value in trade.said.items() if data.columns[name][row] is None}
    for name, more in ((owned.amount.name, trade.amount), *_other_money(trade, owned)):
        held = data.columns[name][row]
        change[name] = held + more if isinstance(held, Fraction) and more is not None else None
    columns = {
        name: values if name not in change else (*values[:row], change[name], *values[row + 1 :])
        for name, values in data.columns.items()
    }
    return evolve(data, columns=columns)


def _other_money(trade: Proposed, owned: Owned) -> list[tuple[str, Fraction | None]]:
    """What a trade says of other columns of money, less than zero in a sale; None where it says nothing."""
    sign = 1 if trade.amount > 0 else -1
    said = {name: trade.said.get(name) for name in owned.others}
    return [(name, sign * abs(value) if isinstance(value, Fraction) else None) for name, value in said.items()]


def traded(trade: Proposed, place: Place, data: Data, owned: Owned) -> dict[str, Value]:
    """The trade as a row of its own: what it says, and else what is known of the row that it changes."""
    found: dict[str, Value] = {**trade.blank, **trade.said}
    if place.row is not None:
        found = {**{name: values[place.row] for name, values in data.columns.items()}, **trade.said}
    return {**found, owned.amount.name: trade.amount, **dict(_other_money(trade, owned))}


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
