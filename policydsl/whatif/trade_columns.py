"""Which column each heading of proposed trades names, and whether a trade buys or sells."""

from collections.abc import Callable, Mapping, Sequence

from attrs import field, frozen

from policydsl.catalogue import nearest, say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.headings import tidy_heading
from policydsl.inputs.sheet import Cell, shown
from policydsl.model.rulebook import Column, Rulebook, Table

_SIDE = frozenset({"side", "köp/sälj", "køb/salg", "buy/sell"})
_NAME = frozenset({"trade", "affär", "handel"})
_SIDES: Mapping[str, int] = {
    "buy": 1, "sell": -1, "köp": 1, "köpa": 1, "sälj": -1, "sälja": -1, "køb": 1, "købe": 1, "salg": -1, "sælg": -1,
    "sælge": -1,
}  # fmt: skip


@frozen(eq=False)
class TradeColumns:
    """Where, by their places among the headings, trades say what."""

    owned: dict[str, int] = field(factory=dict)
    """The columns of what is owned."""
    trades: dict[str, int] = field(factory=dict)
    """The columns that only the tables of trades have."""
    side: int | None = None
    name: int | None = None


def columns_of_trades(
    rulebook: Rulebook, table: Table, headings: Sequence[str], place: Callable[[int], DataPlace]
) -> tuple[TradeColumns, list[Diagnostic]]:
    """Which column of what is owned each heading names; one that names nothing is an error, and so are two of one."""
    own = [column for column in table.columns if column.name != table.dated_by]
    own_names = {column.name for column in own}
    spellings = {name.casefold(): column.name for column in own for name in (column.name, *column.also)}
    traded = {
        name.casefold(): column.name
        for column in _columns_of_trades_alone(rulebook)
        for name in (column.name, *column.also)
        if column.name not in own_names and not column.key
    }
    owned: dict[str, int] = {}
    trades: dict[str, int] = {}
    besides: dict[str, int] = {}
    told = []
    for at, heading in enumerate(headings):
        word = tidy_heading(heading).casefold()
        beside = "side" if word in _SIDE else "trade" if word in _NAME else None
        into = owned if word in spellings else trades if word in traded else besides
        column = spellings.get(word) or traded.get(word) or beside
        if column is None:
            known = [*(each for column in own for each in (column.name, *column.also)), "side", "trade"]
            near = nearest(heading, known)
            hint = f"; did you mean `{near}`?" if near else ""
            told.append(say("PD773", place(at), name=shown(heading, 30), table=table.name, hint=hint))
        elif column in into:
            first = headings[into[column]]
            told.append(say("PD353", place(at), first=first, second=heading, column=column))
        else:
            into[column] = at
    return TradeColumns(owned, trades, besides.get("side"), besides.get("trade")), told


def tables_of_trades(rulebook: Rulebook) -> list[Table]:
    """The tables of trades, where rules are judged on purchase."""
    names = {check.purchase.trades for check in rulebook.checks if check.purchase is not None}
    return [rulebook.tables[name] for name in sorted(names)]


def _columns_of_trades_alone(rulebook: Rulebook) -> Sequence[Column]:
    return [column for table in tables_of_trades(rulebook) for column in table.columns]


def side_of(word: str | None) -> int:
    """1 for a purchase and -1 for a sale; 0 if a word says neither."""
    return 0 if word is None else _SIDES.get(word.strip().casefold(), 0)


def sign_of(side: Cell, below_zero: bool, place: DataPlace) -> int | Diagnostic:
    """1 for a purchase and -1 for a sale, as `side` says beside an amount that is not below zero."""
    sign = side_of(str(side))
    if sign and not below_zero:
        return sign
    word = "nothing" if side is None else f"`{shown(str(side), 30)}`"
    return say("PD775", place, found="an amount below zero" if sign else word)
