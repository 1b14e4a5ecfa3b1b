"""A rulebook and tables that stay open, so that one proposed trade after another can be asked about."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import define, evolve, field

from policydsl.data.from_sheets import Fitted, fit
from policydsl.data.parameters import Supplied, parameter_values
from policydsl.diagnostics import DataError, DataPlace, Diagnostic
from policydsl.engines.choosing import Engine, out_of_reach
from policydsl.inputs.sheet import Sheet
from policydsl.model.expressions import Value
from policydsl.model.purchasing import TRADED_ON
from policydsl.model.rulebook import Rulebook
from policydsl.model.ruled import narrowed
from policydsl.reports.comparison import Comparison, Shift
from policydsl.reports.report import Report
from policydsl.runs import judged_rows
from policydsl.verdicts import Verdict
from policydsl.verdicts.docket import docket_of
from policydsl.verdicts.unread import without_unread
from policydsl.whatif.answer import WhatIf
from policydsl.whatif.applying import Place, Places, applied, resized, traded, with_row, with_table
from policydsl.whatif.effects import Effect, largest_of
from policydsl.whatif.largest import NONE, NOT_KNOWN, UNLIMITED, Largest, solved
from policydsl.whatif.lines import Course, concerns, course_of
from policydsl.whatif.moving import Moves, Moving, largest_by_sums, moving_of
from policydsl.whatif.opened import Opened
from policydsl.whatif.owned import SMALLEST, Owned, owned_in
from policydsl.whatif.proposed import Proposed, proposed_in, sheet_of
from policydsl.whatif.standing import Found

if TYPE_CHECKING:
    from policydsl.whatif.shortly import Short

_PASSES = frozenset({"pass", "warning"})
_BLOCK = 500
"""So many trades are looked at together."""
_MOST_KEPT = 16
_POINTS = (Fraction(1, 8), Fraction(1, 4), Fraction(1, 2))


@define(eq=False, slots=False)
class Session:
    """Tables that have been read and judged once, and the verdicts on them."""

    rulebook: Rulebook
    sheets: Mapping[str, Sheet]
    supplied: Mapping[str, Supplied]
    engine: Engine
    owned: Owned
    fitted: Fitted
    values: Mapping[str, Value]
    before: Report
    _opened: Opened = field(init=False)
    _purchases: dict[date, tuple[Rulebook, Fitted, Mapping[str, Value]]] = field(factory=dict, init=False)
    _narrowed: dict[frozenset[str], "Session"] = field(factory=dict, init=False)
    _rulebooks: dict[frozenset[str], Rulebook] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self._opened = Opened(self.rulebook, self.sheets, (), self.fitted.as_of)

    def what_if(self, trade: Mapping[str, object]) -> WhatIf:
        """What one trade would do, described as a row of what is owned: its amount is above zero for a purchase and
        below for a sale, unless `side` says which it is. Raises DataError."""
        return self.ask(self.proposed(sheet_of([trade]))[0])

    def what_if_each(self, trades: object) -> tuple[WhatIf, ...]:
        """What each trade of a table would do by itself."""
        return tuple(self.ask_each(self.proposed(sheet_of(trades))))

    def what_if_together(self, trades: object) -> WhatIf:
        """What all trades of a table would do together; how much of them would pass is not asked."""
        return self.ask_together(self.proposed(sheet_of(trades)))

    def in_short(self, trades: object) -> "Iterator[Short]":
        """Of each trade of a table, one after the other, what would fail because of it and how much would pass."""
        from policydsl.whatif.shortly import shorts

        return shorts(self, self.proposed(sheet_of(trades)))

    def proposed(self, sheet: Sheet) -> tuple[Proposed, ...]:
        """The trades of a sheet."""
        found, told = proposed_in(self.rulebook, self.owned, sheet, self._opened, self.fitted.tables)
        if any(one.is_error for one in told):
            raise DataError(told)
        return found

    def ask(self, trade: Proposed) -> WhatIf:
        """What one trade would do, and the largest amount of it that each limit allows."""
        return next(self.ask_each((trade,)))

    def ask_each(self, trades: Sequence[Proposed]) -> Iterator[WhatIf]:
        """What each of some trades would do by itself."""
        for trade, place, moves in self.with_moves(trades):
            yield self._answer(trade, place, moves)

    def with_moves(self, trades: Sequence[Proposed]) -> Iterator[tuple[Proposed, Place, Moves]]:
        """Trades with what they move. All of them are placed before the first."""
        places = [self._place(trade, self._places) for trade in trades]
        for start in range(0, len(trades), _BLOCK):
            some, there = trades[start : start + _BLOCK], places[start : start + _BLOCK]
            yield from zip(some, there, self.moving.of(some, there), strict=True)

    def _answer(self, trade: Proposed, place: Place, moves: Moves) -> WhatIf:
        after = self._with(trade, place)
        effects = self._effects(trade, place, moves, after)
        return WhatIf(
            (trade,), self.owned, self.before, after, effects, self._in_all(effects, trade, place), (self.row(place),)
        )

    def row(self, place: Place) -> str | None:
        """The name of the row that is changed."""
        return None if place.row is None else self.fitted.tables[self.owned.table.name].names[place.row]

    def effects(self, trade: Proposed, place: Place) -> tuple[tuple[Effect, ...], tuple[Diagnostic, ...]]:
        """What becomes of each verdict, and what is told."""
        (moves,), after = self.moving.of((trade,), (place,)), self._with(trade, place)
        return self._effects(trade, place, moves, after), after.diagnostics

    def _effects(self, trade: Proposed, place: Place, moves: Moves, after: Report) -> tuple[Effect, ...]:
        shifts = _shifts(self.before, after, self._on_purchase([trade], [place]))
        largest = self._largest(trade, place, moves)
        return tuple(Effect(shift, largest.get(_key(shift), NOT_KNOWN), _judged_on_trade(shift)) for shift in shifts)

    def ask_together(self, trades: Sequence[Proposed]) -> WhatIf:
        """What several trades would do together, in their order."""
        fitted, places, rows = self.fitted, [], []
        for trade in trades:
            data = fitted.tables[self.owned.table.name]
            place = self._place(trade, Places(data, self.owned))
            places.append(place)
            rows.append(None if place.row is None else data.names[place.row])
            fitted = with_table(fitted, applied(trade, place, data, self.owned))
        told = tuple(one for at, trade in enumerate(trades) for one in trade.told if at == 0 or _has_row(one))
        after = self._judged(self.rulebook, fitted, self.values, told)
        shifts = _shifts(self.before, after, self._on_purchase(trades, places))
        effects = tuple(Effect(shift, NOT_KNOWN, _judged_on_trade(shift)) for shift in shifts)
        return WhatIf(tuple(trades), self.owned, self.before, after, effects, (NOT_KNOWN, None), tuple(rows))

    @cached_property
    def _places(self) -> Places:
        return Places(self.fitted.tables[self.owned.table.name], self.owned)

    def _place(self, trade: Proposed, places: Places) -> Place:
        place = places.of(trade)
        if isinstance(place, Diagnostic):
            raise DataError([place])
        return place

    def _with(self, trade: Proposed, place: Place, rulebook: Rulebook | None = None) -> Report:
        """The report with a trade."""
        data = applied(trade, place, self.fitted.tables[self.owned.table.name], self.owned)
        return self._judged(rulebook or self.rulebook, with_table(self.fitted, data), self.values, trade.told)

    def _judged(
        self, rulebook: Rulebook, fitted: Fitted, values: Mapping[str, Value], said: tuple[Diagnostic, ...] = ()
    ) -> Report:
        report, told = judged_rows(rulebook, fitted, values, self.engine, said)
        if report is None:
            raise DataError([one for one in told if one.is_error])
        return report

    # --- how much would pass ------------------------------------------------------------------------------------------

    @cached_property
    def courses(self) -> Mapping[str, Course]:
        """How each check follows the amount of a trade, where that is seen from its form."""
        briefs = docket_of(self.rulebook).briefs
        found = ((brief.check.id, course_of(brief, self.owned, self.rulebook)) for brief in briefs)
        return {id: course for id, course in found if course is not None}

    @cached_property
    def unconcerned(self) -> frozenset[str]:
        """The checks that ask nothing of what is owned."""
        briefs = [brief for brief in docket_of(self.rulebook).briefs if self.courses.get(brief.check.id) == "same"]
        return frozenset(each.check.id for each in briefs if not concerns(each, self.owned, self.rulebook))

    @cached_property
    def moving(self) -> Moving:
        """The sums that trades move."""
        return moving_of(self.rulebook, self.owned, self.fitted, self.values, self.engine, self.courses)

    def only(self, ids: frozenset[str]) -> "Session":
        """The same with some of the checks only."""
        if ids not in self._narrowed:
            if len(self._narrowed) >= _MOST_KEPT:
                self._narrowed.clear()
            rulebook = narrowed(self.rulebook, ids)
            before = self._judged(rulebook, self.fitted, self.values)
            self._narrowed[ids] = evolve(self, rulebook=rulebook, before=before)
        return self._narrowed[ids]

    def _largest(self, trade: Proposed, place: Place, moves: Moves) -> dict[Found, Largest]:
        found, left = largest_by_sums(self.moving.standings, moves, docket_of(self.rulebook).wording)
        return {**found, **self._largest_by_judging(trade, place, left)}

    def _largest_by_judging(self, trade: Proposed, place: Place, left: frozenset[str]) -> dict[Found, Largest]:
        """The largest amounts of the checks that sums don't tell, from what they come to at some amounts."""
        by_sums = {each.check.id for each in self.moving.standings} - left
        ids = frozenset(check.id for check in self.rulebook.checks if check.id in self.courses) - by_sums
        if not ids:
            return {}
        followed = self._followed(ids)
        most = None if trade.amount > 0 else place.owned
        points = [abs(trade.amount) * part for part in _POINTS]
        at = [self._followed_at(trade, point, place, followed) for point in points]
        found = {
            key: self._of_check(key, points, [each.get(key) for each in at], most)
            for key in at[-1]
            if key[0] in self.courses
        }
        return self._made_sure(found, trade, place, most, followed)

    def _followed(self, ids: frozenset[str]) -> Rulebook:
        """The rulebook with only some of the checks, those apart that are judged on purchase."""
        if ids not in self._rulebooks:
            if len(self._rulebooks) >= _MOST_KEPT:
                self._rulebooks.clear()
            on_snapshot = [check.id for check in self.rulebook.checks if check.id in ids and check.purchase is None]
            self._rulebooks[ids] = narrowed(self.rulebook, on_snapshot)
        return self._rulebooks[ids]

    def _followed_at(self, trade: Proposed, size: Fraction, place: Place, followed: Rulebook) -> dict[Found, Verdict]:
        """The verdicts of the checks that can be followed, at another amount of a trade."""
        other = resized(trade, size if trade.amount > 0 else -size, self.owned)
        on_snapshot = self._with(other, place, followed).verdicts if followed.checks else ()
        return {**_verdicts(on_snapshot), **_verdicts(self._on_purchase([other], [place]))}

    def _in_all(self, effects: Sequence[Effect], trade: Proposed, place: Place) -> tuple[Largest, Effect | None]:
        """The largest amount that makes nothing fail, made sure of by judging everything."""
        largest, limit = largest_of(effects)
        if largest.amount is None:
            return largest, limit
        failing = self.failing_at(trade, place, largest.amount)
        return (largest, limit) if failing is None else (NOT_KNOWN, failing)

    def failing_at(self, trade: Proposed, place: Place, amount: Fraction) -> Effect | None:
        """The first that fails with so much of a trade and not without."""
        other = resized(trade, amount if trade.amount > 0 else -amount, self.owned)
        shifts = _shifts(self.before, self._with(other, place), self._on_purchase([other], [place]))
        return next((each for each in (Effect(shift, NOT_KNOWN) for shift in shifts) if each.fails_now), None)

    def _of_check(
        self, key: Found, points: Sequence[Fraction], at: Sequence[Verdict | None], most: Fraction | None
    ) -> Largest:
        verdicts = [verdict for verdict in at if verdict is not None]
        if len(verdicts) < len(at) or len({verdict.outcome == "not applicable" for verdict in verdicts}) > 1:
            return NOT_KNOWN
        if verdicts[-1].outcome == "not applicable":
            return UNLIMITED if most is None else Largest("amount", most)
        if self.courses[key[0]] == "line":
            return solved(points, verdicts, most)
        if {verdict.outcome in _PASSES for verdict in verdicts} != {verdicts[-1].outcome in _PASSES}:
            return NOT_KNOWN
        if verdicts[-1].outcome == "undetermined":
            return NOT_KNOWN
        if verdicts[-1].outcome not in _PASSES:
            return NONE
        return UNLIMITED if most is None else Largest("amount", most)

    def _made_sure(
        self, found: Mapping[Found, Largest], trade: Proposed, place: Place, most: Fraction | None, followed: Rulebook
    ) -> dict[Found, Largest]:
        """Each largest amount judged, and the next larger one; where they are not as worked out, it is not known. A
        sale of everything may pass though no smaller one does."""
        judged: dict[Fraction, dict[Found, Verdict]] = {}

        def passes(key: Found, size: Fraction) -> bool:
            if size not in judged:
                judged[size] = self._followed_at(trade, size, place, followed)
            verdict = judged[size].get(key)
            return verdict is None or verdict.outcome in _PASSES or verdict.outcome == "not applicable"

        sure: dict[Found, Largest] = {}
        for key, largest in found.items():
            sure[key] = largest
            next_one = None if largest.amount is None else largest.amount + SMALLEST
            fails_between = next_one is not None and most is not None and next_one < most and not passes(key, next_one)
            all_pass = most is not None and most > 0 and largest is not NOT_KNOWN and not fails_between
            if all_pass and most is not None and passes(key, most):
                sure[key] = Largest("unlimited", least=most if largest is NONE else largest.least)
            elif largest.amount is not None:
                reached = largest.amount - SMALLEST if largest.amount == most else largest.amount
                right = reached > 0 and passes(key, reached) and not passes(key, reached + SMALLEST)
                sure[key] = evolve(largest, amount=reached) if right else NOT_KNOWN
        return sure

    # --- rules that are judged on purchase ----------------------------------------------------------------------------

    def _on_purchase(self, trades: Sequence[Proposed], places: Sequence[Place]) -> list[Verdict]:
        """The verdicts of the checks that are judged on each trade: on what was owned before it, with it."""
        purchases = [check for check in self.rulebook.checks if check.purchase is not None]
        if not purchases:
            return []
        assert purchases[0].purchase is not None
        table, named_by = purchases[0].purchase.trades, purchases[0].purchase.key
        owned = self.fitted.tables[self.owned.table.name]
        day = _day_of_trade(self.fitted.as_of, owned.dated)
        rulebook, fitted, values = self._on(day)
        names = []
        for trade, place in zip(trades, places, strict=True):
            data = fitted.tables[table]
            said = {**traded(trade, place, owned, self.owned), **trade.of_trade}
            said.setdefault(TRADED_ON, day)
            said = {name: value for name, value in said.items() if name in data.columns}
            name = trade.name if trade.name not in data.names else f"{trade.name} (proposed)"
            names.append(name)
            fitted = with_table(fitted, with_row(data, name, {**said, named_by: name}, trade.row))
        report = self._judged(rulebook, fitted, values)
        return [
            verdict
            for verdict in report.verdicts
            if verdict.check.purchase is not None and verdict.group and verdict.group[0][1] in names
        ]

    def _on(self, day: date | None) -> tuple[Rulebook, Fitted, Mapping[str, Value]]:
        """The checks that are judged on purchase, and the tables as they stand on a day."""
        at = day or date.min
        if at not in self._purchases:
            fitted = fit(self.rulebook, self.sheets, day)
            values, _ = parameter_values(self.rulebook, self.supplied, fitted.as_of, False)
            ids = {check.id for check in self.rulebook.checks if check.purchase is not None}
            self._purchases[at] = narrowed(self.rulebook, ids), fitted, values
        return self._purchases[at]


def _has_row(told: Diagnostic) -> bool:
    return isinstance(told.where, DataPlace) and told.where.row is not None


def _day_of_trade(as_of: date | None, dated: date | None) -> date | None:
    """The day on which a proposed trade would be made: the day judged, or the next one if what is owned is of it."""
    return as_of if as_of is None or dated is None or dated < as_of else as_of + timedelta(days=1)


def _shifts(before: Report, after: Report, on_purchase: Sequence[Verdict]) -> list[Shift]:
    """The verdicts before and after, without those on trades that have been made, and those on the proposed ones."""
    both = Comparison("", before, after).shifts
    kept = [shift for shift in both if not _judged_on_trade(shift)]
    return [*kept, *(Shift(None, verdict) for verdict in on_purchase)]


def _judged_on_trade(shift: Shift) -> bool:
    verdict = shift.after or shift.before
    return verdict is not None and verdict.check.purchase is not None


def _verdicts(verdicts: Sequence[Verdict]) -> dict[Found, Verdict]:
    return {verdict.key: verdict for verdict in verdicts}


def _key(shift: Shift) -> Found:
    verdict = shift.after or shift.before
    assert verdict is not None
    return verdict.key


def trade_session(
    rulebook: Rulebook,
    sheets: Mapping[str, Sheet],
    as_of: date | None,
    supplied: Mapping[str, Supplied],
    engine: Engine,
    amount: str | None = None,
    told: Sequence[Diagnostic] = (),
) -> tuple[Session | None, tuple[Diagnostic, ...]]:
    """A session on some tables, or None with what is wrong with them; trades add to the column of `amount`."""
    owned = owned_in(rulebook, amount)
    if isinstance(owned, Diagnostic):
        return None, (*told, owned)
    if (away := out_of_reach(engine)) is not None:
        return None, (*told, away)
    fitted = fit(rulebook, sheets, as_of)
    values, wrong = parameter_values(rulebook, supplied, fitted.as_of, False)
    told = (*told, *without_unread(rulebook, fitted.diagnostics), *wrong)
    if any(one.is_error for one in told):
        return None, told
    before, found = judged_rows(rulebook, fitted, values, engine, told)
    if before is None:
        return None, found
    return Session(rulebook, sheets, supplied, engine, owned, fitted, values, before), found
