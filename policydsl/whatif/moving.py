"""What trades move in the sums of a session, some hundred trades at a time."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from attrs import define, frozen

from policydsl.data.from_sheets import Fitted
from policydsl.data.table import Data
from policydsl.diagnostics import Diagnostic
from policydsl.engines import Session as Measuring
from policydsl.engines.choosing import Engine, open_session
from policydsl.figures.environment import Environment
from policydsl.figures.values import folded
from policydsl.model.expressions import Nothing, Value
from policydsl.model.rulebook import Rulebook
from policydsl.plan.grounds import grounds_of
from policydsl.plan.tallies import Key, RowTest
from policydsl.runs import days_of
from policydsl.verdicts.docket import docket_of
from policydsl.verdicts.preparing import environment_of
from policydsl.verdicts.relating import related
from policydsl.verdicts.settled import Results
from policydsl.verdicts.wording import Wording
from policydsl.whatif.applying import Place, rows_with
from policydsl.whatif.brought import NOTHING, Brought, RowsOf, one_below_another
from policydsl.whatif.largest import NONE, NOT_KNOWN, UNLIMITED, Largest
from policydsl.whatif.lines import Course
from policydsl.whatif.moves import Move, NotKnown, Size
from policydsl.whatif.owned import SMALLEST, Owned
from policydsl.whatif.proposed import Proposed
from policydsl.whatif.standing import Found, Number, Standing, found_key, standings_of


@frozen(eq=False)
class Moves:
    """What one trade moves: `left` are the checks of which the sums don't say what becomes of them."""

    size: Size
    moves: Sequence[Move]
    left: frozenset[str]


@define(eq=False)
class Moving:
    """The checks of a session whose sums follow a trade, and what rows of trades are read with."""

    rulebook: Rulebook
    owned: Owned
    fitted: Fitted
    parameters: Mapping[str, Value]
    environment: Environment
    standings: Sequence[Standing]
    engine: Engine
    told: Sequence[Diagnostic]
    """What is told of tables that are worked out from the rows as they are."""

    def of(self, trades: Sequence[Proposed], places: Sequence[Place]) -> Iterator[Moves]:
        """What each of some trades moves."""
        data, numbers = self.fitted.tables[self.owned.table.name], []
        rows: list[Mapping[str, Value]] = []
        for trade, place in zip(trades, places, strict=True):
            made = rows_with(trade, place, data, self.owned)
            numbers.append(range(len(rows), len(rows) + len(made)))
            rows += made
        found = self._read(one_below_another(data, rows)) if self.standings else None
        if found is None:
            every = frozenset(each.check.id for each in self.standings)
            yield from (Moves(_size(*of), (), every) for of in zip(trades, places, strict=True))
            return
        brought = [_Many(standing, found) for standing in self.standings]
        for trade, place, of in zip(trades, places, numbers, strict=True):
            size = _size(trade, place)
            made_moves, left = [], set()
            for each in brought:
                move = each.move(of, size)
                if move is None:
                    left.add(each.of.check.id)
                elif isinstance(move, Move):
                    made_moves.append(move)
            yield Moves(size, made_moves, frozenset(left))

    def _read(self, data: Data) -> RowsOf | None:
        """Rows with what is worked out for them from other tables; None if that can't be told of them alone."""
        tables = {**self.fitted.tables, data.table: data}
        if self.rulebook.made:
            tallies = [tally for each in self.standings for tally in (each.tally, *each.presence)]
            opener = partial(open_session, self.rulebook, engine=self.engine)
            needed = frozenset(grounds_of(self.rulebook, tallies).entries)
            days = days_of(self.rulebook, self.fitted, opener)
            found, told = related(
                self.rulebook, tables, opener, self.environment.as_of, self.parameters, days, needed=needed
            )
            if any(one not in self.told for one in told):
                return None
            data = found[data.table]
        return RowsOf(self.rulebook, data, self.environment)


class _Many:
    """What the rows of trades bring to one check."""

    def __init__(self, of: Standing, rows: RowsOf) -> None:
        self.of = of
        self.keys = rows.keys(of.columns)
        tally = of.tally
        self.brought = rows.of_test(tally) if isinstance(tally, RowTest) else rows.of_pair(tally)
        self.present = [rows.of_pair(pair) for pair in of.presence]

    def move(self, rows: range, size: Size) -> "Move | bool | None":
        """What one trade moves, of which these are the rows; False if that is nothing, None if it is not known."""
        if any(self.keys[row] is None for row in rows):  # of which group it is, nobody knows
            return None
        brought = [self.brought[row] for row in rows]
        present = [[each[row] for row in rows] for each in self.present]
        if any(each is None for each in brought) or any(None in each for each in present):
            return None
        if all(each is NOTHING for each in brought) and all(each is NOTHING for of in present for each in of):
            return False
        key = self.keys[rows[-1]]
        assert key is not None
        if len(rows) == 3 and _folded(self.keys[rows[0]]) != _folded(key):
            return None
        return self._moved(key, brought, [sum(_rows(each[at]) for each in present) for at in range(len(rows))], size)

    def _moved(self, key: Key, brought: "Sequence[Brought | None]", present: Sequence[int], size: Size) -> Move | None:
        of, count = self.of, len(self.of.check.worlds)
        world = _folded(key[:count])
        if world not in of.worlds or Nothing.NONE in world:
            return None
        grouped = Nothing.NONE not in key
        if grouped and not of.is_spelled_so(key):
            return None
        *olds, zero, full = [self._in_units(each or NOTHING) for each in brought]
        old = olds[0] if olds else NOTHING
        start, gone = _minus(zero, old), _minus(NOTHING, old)
        place = of.place(key) if grouped else None
        held = of.present[place[0]] if place is not None and place[1] else 0
        gains = present[-1] - (present[0] if olds else 0)
        own = place if place is not None and (not of.columns or held + gains > 0) else None
        if own is not None and own[1] and own[0] in of.unsure:
            return None
        stays = not of.columns or held - (present[0] if olds else 0) > 0
        return Move(of, size, key if grouped else None, own, world, start, _minus(full, zero), gone, stays)

    def _in_units(self, brought: Brought) -> Brought:
        part, whole, rows = brought
        return _plain(part * self.of.part_den), _plain(whole * self.of.whole_den), rows


def largest_by_sums(
    standings: Sequence[Standing], moves: Moves, wording: Wording
) -> tuple[dict[Found, Largest], frozenset[str]]:
    """The largest amount that each check and group allows, and the checks of which the sums don't say it."""
    found: dict[Found, Largest] = {}
    left, moved = {*moves.left}, {move.of.check.id: move for move in moves.moves}
    for standing in standings:
        if standing.check.id in left:
            continue
        move = moved.get(standing.check.id)
        try:
            of_moved = {} if move is None else {group: move.largest(group) for group in move.moved()}
        except NotKnown:
            left.add(standing.check.id)
            continue
        names = standing.found(wording)
        for at, name in enumerate(names):
            stays = NONE if standing.fails[at] else NOT_KNOWN if at in standing.unsure else UNLIMITED
            found[name] = of_moved.get((at, True), stays)
        for group, largest in of_moved.items():
            if not group[1] and move is not None and move.key is not None:
                found[found_key(standing.check.id, standing.group(move.key, wording))] = largest
    return found, frozenset(left)


def _plain(number: Number) -> Number:
    return number.numerator if number.denominator == 1 else number


def _minus(one: Brought, other: Brought) -> Brought:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]


def _rows(brought: Brought | None) -> int:
    return 0 if brought is None else brought[2]


def _folded(key: Key | None) -> Key:
    return () if key is None else tuple(map(folded, key))


def _size(trade: Proposed, place: Place) -> Size:
    most = place.owned if trade.amount < 0 else None
    return Size(_plain(abs(trade.amount) / SMALLEST), None if most is None else _plain(most / SMALLEST))


def moving_of(
    rulebook: Rulebook,
    owned: Owned,
    fitted: Fitted,
    parameters: Mapping[str, Value],
    engine: Engine,
    courses: Mapping[str, Course],
) -> Moving:
    """The sums of the rows as they are."""

    def opened(tables: Mapping[str, Data]) -> Measuring:
        return open_session(rulebook, tables, engine)

    days = days_of(rulebook, fitted, opened)
    tables, told = related(rulebook, fitted.tables, opened, fitted.as_of, parameters, days)
    session = opened(tables)
    environment = environment_of(rulebook, tables, session, fitted.as_of, parameters, days)
    standings = standings_of(rulebook, courses, owned, Results(docket_of(rulebook), session, environment), environment)
    known = tuple(standings) if len(fitted.tables[owned.table.name]) > 1 else ()
    return Moving(rulebook, owned, fitted, parameters, environment, known, engine, told)
