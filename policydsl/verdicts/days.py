"""The run on other days: the same tallies measured on the rows that stood then, as if that day were judged."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce

from policydsl._frozen import define, evolve, field
from policydsl.data.history import History
from policydsl.data.table import Data
from policydsl.engines import Session
from policydsl.figures.environment import Environment
from policydsl.figures.interval import Figure, Interval, Undefined, exactly
from policydsl.figures.operations import as_value, shifted
from policydsl.figures.values import folded
from policydsl.model.expressions import Expression, OnDate, OverDays, Value
from policydsl.model.rulebook import Rulebook
from policydsl.model.tables_of import tables_of
from policydsl.model.types import DATE, YES_NO
from policydsl.plan.aggregates import tally_of
from policydsl.plan.dependencies import aggregates_in, figures_behind, given_tables
from policydsl.plan.from_model import with_those_behind
from policydsl.plan.grounds import Entry, Grounds, grounds_of
from policydsl.plan.tallies import Tally
from policydsl.verdicts.measured import Measured, View
from policydsl.verdicts.reasons import given
from policydsl.verdicts.relating import Kept, related

ONE_DAY = timedelta(1)
UNKNOWN = Undefined("unknown")

Needed = frozenset[Entry] | None
"""The tables and columns that have to be worked out; None for all that there are."""


@define(eq=False)
class Days:
    """A rulebook's tables on whatever day, each measured when it is first asked for."""

    rulebook: Rulebook
    history: History
    opened: Callable[[Mapping[str, Data]], Session]
    values: Callable[[date], Mapping[str, Value]]
    """The parameters as they stand on a day; None for what the run supplied, which is said of the day judged alone."""
    last: date
    """The day that is judged."""
    _sessions: dict[tuple[int, ...], Session] = field(factory=dict, init=False)
    """By the identities of the tables, which the session keeps."""
    _days: dict[tuple[date, Needed], Measured] = field(factory=dict, init=False)
    _standing: dict[date, tuple[Mapping[str, Data], Environment]] = field(factory=dict, init=False)
    _needed: dict[tuple[Tally, ...], Needed] = field(factory=dict, init=False)
    _grounds: dict[Expression, Grounds] = field(factory=dict, init=False)
    _kept: Kept = field(init=False)
    _kept_standing: Kept = field(init=False)
    """Without columns of still other days."""

    def __attrs_post_init__(self) -> None:
        self._kept, self._kept_standing = (Kept(self.rulebook, self.history) for _ in range(2))

    def on(self, day: date, needed: Needed = None) -> Measured:
        """What is measured on a day, of what is needed."""
        if (day, needed) not in self._days:
            data, _ = related(
                self.rulebook, self.history.on(day), self.opened, day, self.values(day), self, self._kept, needed
            )
            rows = tuple(map(id, data.values()))
            if rows not in self._sessions:
                self._sessions[rows] = self.opened(data)
            self._days[day, needed] = self._measured(day, data, self._sessions[rows])
        return self._days[day, needed]

    def with_rows(self, day: date, rows: Data) -> Measured:
        """What is measured on a day of a table with other rows than those that stood then."""
        data: Mapping[str, Data] = {**self.history.on(day), rows.table: rows}
        if self.rulebook.made:
            data, _ = related(self.rulebook, data, self.opened, day, self.values(day), self)
        return self._measured(day, data, self.opened(data))

    def _measured(self, day: date, data: Mapping[str, Data], session: Session) -> Measured:
        unrated = {name: len(scale.grades) for name, scale in self.rulebook.scales.items()}
        return Measured(self.rulebook, data, Environment(day, self.values(day), {}, self), session, {}, unrated)

    def needed(self, tallies: tuple[Tally, ...]) -> Needed:
        """What has to be worked out for tallies."""
        if tallies not in self._needed:
            self._needed[tallies] = frozenset(grounds_of(self.rulebook, tallies).entries)
        return self._needed[tallies]

    def grounds(self, quantity: Expression) -> Grounds:
        """What a quantity rests on."""
        if quantity not in self._grounds:
            self._grounds[quantity] = grounds_of(self.rulebook, quantities=(quantity,))
        return self._grounds[quantity]

    def ask(self, of: Measured, tallies: Iterable[Tally]) -> None:
        """Measure what was not yet measured on a day, after the quantities that its rows are judged by."""
        new = [tally for tally in dict.fromkeys(tallies) if tally not in of.results]
        if not new:
            return
        behind = (figure for tally in new for figure in figures_behind(tally, self.rulebook.tables))
        for quantity in with_those_behind(behind, self.rulebook.tables):
            if quantity not in of.environment.figures:
                value = self._value(quantity, of)
                of.environment = evolve(of.environment, figures={**of.environment.figures, quantity: value})
        of.results.update(of.session.measure(new, of.environment))

    def figure(self, node: OnDate | OverDays, view: View) -> Figure:
        """A quantity on other days, for the group of a view."""
        return _figure_on(node, self, view) if isinstance(node, OnDate) else _figure_over(node, self, view)

    def _value(self, quantity: Expression, of: Measured) -> Value:
        tallies = [tally_of(node) for node in aggregates_in(quantity)]
        self.ask(of, tallies)
        if not all(given(of.data[tally.table]) for tally in tallies):
            return None
        view = View(of)
        return view.truth(quantity) if quantity.type == YES_NO else as_value(view.figure(quantity), quantity.type)

    def behind(self, tables: Sequence[str]) -> tuple[str, ...]:
        """The tables that have data of their own, as they are or behind what is worked out or linked to."""
        return given_tables(tables, self.rulebook.tables)

    def changes(self, tables: Sequence[str], first: date, last: date) -> Iterator[date]:
        """The days from the first to the last on which other rows come to stand, the first one among them."""
        yield first
        yield from (day for day in self.history.dates(self.behind(tables)) if first < day <= last)

    def standing(self, day: date) -> tuple[Mapping[str, Data], Environment]:
        """The tables as they stood on a day, and what was known besides; no columns of still other days."""
        if day not in self._standing:
            values = self.values(day)
            rows = self.history.on(day)
            data, _ = related(self.rulebook, rows, self.opened, day, values, kept=self._kept_standing)
            self._standing[day] = data, Environment(day, values)
        return self._standing[day]

    def before(self, tables: Sequence[str], last: date) -> date | None:
        """The date before the latest one, up to a day, on which some tables have rows."""
        before = [day for day in self.history.dates(self.behind(tables)) if day <= last]
        return before[-2] if len(before) > 1 else None


def _figure_on(node: OnDate, days: Days, view: View) -> Figure:
    """A quantity on another day."""
    today = view.of.environment.as_of
    assert today is not None, "there are other days only beside one that is judged"
    tables = tables_of(node.value)
    if node.date is None:
        day = days.before(tables, today)
        if day is None:
            view.told[f"`{tables[0]}` has no rows of an earlier date"] = None
            return UNKNOWN
    else:
        value = as_value(view.figure(node.date), DATE)
        if not isinstance(value, date):
            return UNKNOWN
        day = value
    if day > days.last:
        view.told[f"{day.isoformat()} is later than the day that is judged"] = None
        return UNKNOWN
    return _standing(node.value, day, days, view)


def _standing(quantity: Expression, day: date, days: Days, view: View) -> Figure:
    """A quantity as it stood on a day, for the same group."""
    tallies = tuple(tally_of(node, view.worlds, view.groups, view.keys) for node in aggregates_in(quantity))
    of = days.on(day, days.needed(tallies))
    for table in days.behind(tables_of(quantity)):
        if table in days.history.dated and of.data[table].dated is None:
            view.told[f"`{table}` has no rows on or before {day.isoformat()}"] = None
            return UNKNOWN
        if not given(of.data[table]):
            view.told[f"the table `{table}` was not given"] = None
            return UNKNOWN
    if None in view.key:  # today's rows of an unknown group need not be of the group that such rows were of then
        view.told[f"the group is not known, and so is what it had on {day.isoformat()}"] = None
        return UNKNOWN
    seen = View(of, view.worlds, view.groups, view.keys, view.key)
    days.ask(of, tallies)
    here = tuple(map(folded, view.key))
    for tally in tallies:
        if all(tuple(map(folded, key)) != here for key in of.results[tally]):
            view.told[f"`{tally.table}` has no rows of the group on {day.isoformat()}"] = None
            return UNKNOWN
    figure = seen.figure(quantity)
    view.elsewhere += [seen, *seen.elsewhere]
    view.told |= seen.told
    return figure


def _figure_over(node: OverDays, days: Days, view: View) -> Figure:
    """The average, least or greatest of a quantity over the days of a term, the day judged being the last."""
    today = view.of.environment.as_of
    assert today is not None, "there are other days only beside one that is judged"
    found: list[tuple[Interval, int]] = []
    for first, count in _stretches(node, days, today, view):
        figure = _standing(node.quantity, first, days, view)
        if isinstance(figure, Undefined):
            if not view.told:
                view.told[f"the figure of {first.isoformat()} is not known"] = None
            return UNKNOWN
        found.append((figure, count))
    if not found:
        return UNKNOWN
    match node.function:
        case "min":
            return reduce(Interval.smaller, (figure for figure, _ in found))
        case "max":
            return reduce(Interval.larger, (figure for figure, _ in found))
    total = reduce(Interval.__add__, (figure * exactly(Fraction(count)) for figure, count in found))
    return total * exactly(Fraction(1, sum(count for _, count in found)))


def _stretches(node: OverDays, days: Days, last: date, view: View) -> Iterator[tuple[date, int]]:
    """The days of the term, those together on which the same rows stand: the first one, and how many they are."""
    before = first_day(node.term, last, view)
    if before is None:
        return
    grounds = days.grounds(node.quantity)
    if grounds.moves:
        every = (last - before).days + 1
        yield from ((before + timedelta(number), 1) for number in range(every))
        return
    starts = [*days.changes(sorted(grounds.tables), before, last)]
    for start, end in zip(starts, [*starts[1:], last + ONE_DAY], strict=True):
        yield start, (end - start).days


def first_day(term: Expression, last: date, view: View) -> date | None:
    """The first day of a term that ends with a day: the day after the one that lies the term before it."""
    back = view.figure(term)
    if isinstance(back, Undefined):
        return None
    before = as_value(shifted(exactly(Fraction(last.toordinal())), -back, term.type), DATE)
    return before + ONE_DAY if isinstance(before, date) else None
