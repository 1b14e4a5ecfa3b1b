"""Checks that are judged of each trade: on what was owned before its day, with all trades from then to the day's end.

The rows of trades stand in the table of what is owned, numbered in a column of their own in the order of their days;
what was owned has number 0. So a figure up to a day is one of rows with a number up to that of the day's last trade.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from weakref import WeakKeyDictionary

from policydsl._frozen import define, evolve, field
from policydsl.data.table import Data
from policydsl.figures.interval import Interval
from policydsl.figures.values import folded
from policydsl.model.expressions import Aggregate, ColumnOf, Compare, Constant, Value
from policydsl.model.narrowing import with_conditions
from policydsl.model.purchasing import TRADED_ON, figure_and_whole
from policydsl.model.rulebook import Column, Limit, Purchase, Table
from policydsl.model.types import NUMBER
from policydsl.verdicts import reasons
from policydsl.verdicts.case import Court, whole_of
from policydsl.verdicts.days import ONE_DAY, Days
from policydsl.verdicts.docket import Brief, bare, brief_of
from policydsl.verdicts.evidence import Witness
from policydsl.verdicts.measured import Measured
from policydsl.verdicts.verdict import Verdict

Judge = Callable[[Brief, Court], Iterable[Verdict]]

NUMBERED = "the number of the trade"


@define(eq=False)
class Ledger:
    """The trades up to the day judged in their order, and what was owned with them."""

    trades: Data
    order: tuple[int, ...]
    """The rows of the trades whose day is known, the earliest first; those of one day by their names."""
    owned: dict[date, Data] = field(factory=dict, init=False)
    measured: dict[date, Measured] = field(factory=dict, init=False)

    def day(self, at: int) -> date:
        """The day of a trade."""
        day = self.trades.columns[TRADED_ON][at]
        assert isinstance(day, date)
        return day

    def until(self, day: date) -> int:
        """How many trades were made up to a day."""
        return bisect_right(self.order, day, key=self.day)


_LEDGERS: "WeakKeyDictionary[Days, dict[Purchase, Ledger]]" = WeakKeyDictionary()


def every_purchase(brief: Brief, court: Court, judge: Judge) -> Iterator[Verdict]:
    """The verdicts of each trade, group by group."""
    days, last, purchase = court.of.environment.days, court.of.environment.as_of, brief.check.purchase
    assert purchase is not None
    limit, whole = brief.check.assertion, whole_of(court, brief)
    assert isinstance(limit, Limit)
    if limit.bound is None:
        yield from judge(brief, court)
        return
    if not isinstance(days, Days) or last is None:
        yield whole.verdict("undetermined", reasons.NO_DAY_JUDGED)
        return
    trades = court.of.data[purchase.trades]
    undated = [name for name, day in zip(trades.names, trades.columns[TRADED_ON], strict=True) if day is None]
    if undated or not reasons.given(trades):
        because = reasons.trades_undated(TRADED_ON, undated) if undated else f"the table `{trades.table}` was not given"
        yield whole.verdict("undetermined", because)
        return
    ledger = _ledger(purchase, trades, days)
    if not ledger.order:
        yield whole.verdict("not applicable", reasons.NO_TRADE)
    for number, at in enumerate(ledger.order, 1):
        yield from _of_trade(number, at, ledger, brief, court, days, judge)


def _ledger(purchase: Purchase, trades: Data, days: Days) -> Ledger:
    kept = _LEDGERS.setdefault(days, {})
    if purchase not in kept:
        dated = [(day, at) for at, day in enumerate(trades.columns[TRADED_ON]) if isinstance(day, date)]
        dated.sort(key=lambda one: (one[0], trades.names[one[1]]))
        kept[purchase] = Ledger(trades, tuple(at for _, at in dated))
    return kept[purchase]


def _of_trade(
    number: int, at: int, ledger: Ledger, brief: Brief, court: Court, days: Days, judge: Judge
) -> Iterator[Verdict]:
    check, limit, day = brief.check, brief.check.assertion, ledger.day(at)
    purchase, name = check.purchase, ledger.trades.names[at]
    assert isinstance(limit, Limit) and purchase is not None and limit.bound is not None
    brief = _of(brief, limit, name)
    if day > days.last:
        yield evolve(whole_of(court, brief).verdict("not applicable", reasons.trade_later(day)), check=check)
        return
    dated = days.history.dated.get(purchase.table)
    before = None if dated is None or day == date.min else dated.standing(day - ONE_DAY)
    if before is None:
        because = reasons.nothing_before(purchase.table, day)
        yield evolve(whole_of(court, brief).verdict("undetermined", because), check=check, as_of=day)
        return
    of = _measured_on(day, before, purchase, ledger, days)
    if (unknown := _unknown_amount(ledger.until(day), limit, ledger, of, before)) is not None:
        because = reasons.trade_unknown(*unknown)
        yield evolve(whole_of(court, brief).verdict("undetermined", because), check=check, as_of=day)
        return
    figure, whole = figure_and_whole(limit)
    numbered = ColumnOf(purchase.table, NUMBERED, NUMBER)
    held, names = whole, dict(court.docket.names)
    if isinstance(whole, Aggregate) and whole.rows.table == purchase.table:
        held = with_conditions(whole, (Compare("=", numbered, _number(0)),))
        if bare(whole) in names:
            names[held] = names[bare(whole)]
    sofar = with_conditions(figure, (Compare("<=", numbered, _number(ledger.until(day))),))
    alone = with_conditions(figure, (Compare("=", numbered, _number(number)),))
    assert held is None or isinstance(held, Aggregate)
    asked = _of(brief, evolve(limit, figure=sofar, bound=evolve(limit.bound, of=held)), name)
    bought = _of(brief, evolve(limit, figure=alone, bound=None), name)
    days.ask(of, (*asked.tallies, *bought.tallies))
    here = Court(evolve(court.docket, names=names), of, Witness(of))
    added = {verdict.group: verdict.figure for verdict in judge(bought, here)}
    judged = [_as_bought(verdict, added.get(verdict.group)) for verdict in judge(asked, here)]
    found = [evolve(verdict, check=check) for verdict in judged if verdict is not None]
    if found:
        yield from found
    else:
        yield evolve(whole_of(here, asked).verdict("not applicable", reasons.NOT_BOUGHT), check=check)


def _of(brief: Brief, limit: Limit, name: str) -> Brief:
    """What a check asks of a trade."""
    made = brief_of(evolve(brief.check, assertion=limit))
    assert brief.check.purchase is not None
    made.trade = ((brief.check.purchase.key, name),)
    return made


def _as_bought(verdict: Verdict, added: object) -> Verdict | None:
    """The verdict of a group, if the trade makes its figure larger; where that is not known it is no failure."""
    if not isinstance(added, Interval):
        return verdict
    if added.high is not None and added.high <= 0:
        return None
    sure = added.low is not None and added.low > 0
    if sure or verdict.outcome not in ("breach", "deviation"):
        return verdict
    return evolve(verdict, outcome="undetermined", because=reasons.MAYBE_NOT_BOUGHT)


def _number(value: int) -> Constant:
    return Constant(Fraction(value), NUMBER)


def _unknown_amount(number: int, limit: Limit, ledger: Ledger, of: Measured, before: date) -> tuple[str, str] | None:
    """The first of so many trades, since what is owned was written down, that may be a sale though the column of
    what is owned cannot be negative: its amount is not known."""
    figure, _ = figure_and_whole(limit)
    assert isinstance(figure, Aggregate) and isinstance(figure.measure, ColumnOf)
    name = figure.measure.name
    column = of.rulebook.tables[figure.rows.table].column(name)
    if not isinstance(column, Column) or not column.not_negative:
        return None
    for at in ledger.order[:number]:
        if ledger.day(at) > before and ledger.trades.columns[name][at] is None:
            return name, ledger.trades.names[at]
    return None


# --- what was owned, and the trades since -----------------------------------------------------------------------------


def _measured_on(day: date, before: date, purchase: Purchase, ledger: Ledger, days: Days) -> Measured:
    """The tables as they stood on a day, but that of what is owned as it stood before, with the trades since."""
    if day not in ledger.measured:
        if before not in ledger.owned:
            owned = days.history.on(before)[purchase.table]
            ledger.owned[before] = _with_trades(owned, before, ledger, days.rulebook.tables[purchase.table])
        ledger.measured[day] = days.with_rows(day, ledger.owned[before])
    return ledger.measured[day]


def _with_trades(owned: Data, before: date, ledger: Ledger, table: Table) -> Data:
    keys = table.keys
    since = [(number, at) for number, at in enumerate(ledger.order, 1) if ledger.day(at) > before]
    said = ledger.trades.columns
    places: dict[tuple[Value, ...], int | None] = {}
    for row in range(len(owned)):
        key = tuple(folded(owned.columns[name][row]) for name in keys)
        places[key] = None if key in places else row
    columns: dict[str, tuple[Value, ...]] = {}
    for name, values in owned.columns.items():
        columns[name] = (*values, *(_value(name, at, values, said, places, keys) for _, at in since))
    if table.dated_by is not None:
        columns[table.dated_by] = (*owned.columns[table.dated_by], *(ledger.day(at) for _, at in since))
    columns[NUMBERED] = (*((Fraction(0),) * len(owned)), *(Fraction(number) for number, _ in since))
    names = [*owned.names]
    for _, at in since:
        name = ledger.trades.names[at]
        names.append(name if name not in names else f"{name} (trade)")
    rows = (*owned.rows, *(ledger.trades.rows[at] for _, at in since))
    return evolve(owned, columns=columns, rows=rows, names=tuple(names))


def _value(
    name: str,
    at: int,
    values: Sequence[Value],
    said: Mapping[str, Sequence[Value]],
    places: Mapping[tuple[Value, ...], int | None],
    keys: Sequence[str],
) -> Value:
    """What a trade says in a column; where it has no such column, what is owned by the same key says it."""
    if name in said:
        return said[name][at]
    row = places.get(tuple(folded(said[key][at]) for key in keys)) if keys else None
    return None if row is None else values[row]
