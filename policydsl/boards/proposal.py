"""One proposed trade against the sums of a book, in Python's whole numbers: it touches its own cells and no others."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import define, field, frozen

from policydsl.boards.amounts import least_at
from policydsl.boards.classes import RangeClasses, WordClasses
from policydsl.boards.cubes import Cube
from policydsl.boards.fails import Fails
from policydsl.boards.groups import MOST_CLASSES, Groups
from policydsl.boards.plan import Key
from policydsl.boards.positions import Counted, Positions, Ranked, Stand
from policydsl.boards.refusal import Refused
from policydsl.boards.spaces import Space
from policydsl.figures.values import ordered
from policydsl.model.rulebook import Column

Number = int | Fraction


@frozen(eq=False)
class Known:
    """A trade as the sums see it: the number of each word; each number as it stands in data; how much is traded, in
    the unit of the sums."""

    words: Mapping[str, int]
    numbers: Mapping[str, int | float | Fraction]
    amount: Number
    world: int


@define(eq=False)
class After:
    """A line before and after a trade, in whole numbers times its units."""

    stand: Stand
    before: int
    part: Number
    whole_before: int | None
    whole: Number | None
    amount: Number
    follows: bool
    """Whether the part follows the amount; a number of rows does not."""
    whole_follows: bool
    pieces: tuple[tuple[int, int], ...] = ()
    """Of the largest groups, what they are at no amount, and what they gain with each unit of it; the larger counts."""
    most: int | None = None
    """Of a sale how much there is of the kind, where sums tell that."""

    @property
    def lines(self) -> tuple[tuple[Number, Number], ...]:
        """What the part is at no amount, and what it gains with each unit of it; of several the largest counts."""
        return self.pieces or (_line(self.before, self.part, self.amount, self.follows),)

    @property
    def whole_line(self) -> tuple[Number, Number]:
        """The same of the whole; one, if there is none."""
        if self.whole is None or self.whole_before is None:
            return 1, 0
        return _line(self.whole_before, self.whole, self.amount, self.whole_follows)

    @property
    def fails(self) -> bool:
        """Whether it fails with the trade."""
        return _fails(self.stand, self.part, self.whole)

    def figure(self, after: bool = True) -> Fraction | None:
        """The figure, in the unit of its type; None where its whole is not above zero."""
        part, whole = (self.part, self.whole) if after else (self.before, self.whole_before)
        value = part * self.stand.unit
        if whole is None:
            return Fraction(value)
        return Fraction(value / (whole * self.stand.whole_unit)) if whole > 0 else None


def _fails(stand: Stand, part: Number, whole: Number | None) -> bool:
    for held in stand.held:
        if not ordered(part * held.times, held.sign, held.of if whole is None else whole * held.of):
            return True
    return False


@define(eq=False)
class Desk:
    """What makes answers about single trades quick: look-ups in lists, made once."""

    positions: Positions
    stands: tuple[Stand, ...]
    _passes: tuple[tuple[Key, Any], ...] = field(init=False)
    _ways: tuple[tuple[Stand, Key, list[int], bool, Ranked | None, int], ...] = field(init=False)
    """Of each line its pass, the cells that count, whether it follows the amount, the groups that are ranked, and the
    place of its whole: -1 for that of all groups, -2 for none."""
    _wholes: list[tuple[Key, list[int], bool]] = field(factory=list, init=False)
    _best: dict[tuple[int, int], list[int]] = field(factory=dict)
    _classes: dict[tuple[Key, str], Any] = field(factory=dict)
    _stood: dict[int, tuple[tuple[int, int | None], ...]] = field(factory=dict)
    _failing: dict[int, tuple[bool, ...]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        plan = self.positions.plan
        self._passes = tuple((key, plan.passes[key]) for key in self.positions.keys)
        places: dict[tuple[Key, bytes], int] = {}
        ways: list[tuple[Stand, Key, list[int], bool, Ranked | None, int]] = []
        for stand in self.stands:
            whole = -2 if stand.whole is None else -1
            if isinstance(stand.whole, Counted):
                name = stand.whole.key, stand.whole.cells.tobytes()
                if name not in places:
                    places[name] = len(self._wholes)
                    self._wholes.append((stand.whole.key, stand.whole.cells.tolist(), self._follows(stand.whole.key)))
                whole = places[name]
            if isinstance(stand.part, Counted):
                key = stand.part.key
                ways.append((stand, key, stand.part.cells.tolist(), self._follows(key), None, whole))
            else:
                ways.append((stand, plan.needs(stand.line)[0][0], [], True, stand.part, whole))
        self._ways = tuple(ways)

    def _follows(self, key: Key) -> bool:
        work = self.positions.plan.passes[key]
        return isinstance(work, Cube) and work.measure is not None

    def answer(self, trade: Known) -> list[After]:
        """Every line after a trade; refused where sums say nothing."""
        world, amount = trade.world, trade.amount
        if not self.stands:
            raise Refused(self.positions.nothing)
        if not 0 <= world < self.positions.plan.worlds.count or world in self.positions.unsettled:
            raise Refused("the portfolio is new, or something is not known of its rows")
        cells: dict[Key, int] = {}
        steps: dict[Key, Number] = {}
        for key, work in self._passes:
            cells[key] = self._cell(key, work.space, trade)
            steps[key] = self._step(work, trade)
        most = self._owned(trade, cells) if amount < 0 else None
        if most is not None and most + amount < 0:
            raise Refused("more is sold than there is of the kind")
        wholes = [steps[key] if counts[cells[key]] else 0 for key, counts, _ in self._wholes]
        found = []
        for (stand, key, counts, follows, ranked, at), (before, stood) in zip(
            self._ways, self._stood.get(world) or self._stand(world), strict=True
        ):
            pieces: tuple[tuple[int, int], ...] = ()
            if ranked is None:
                part = before + steps[key] if counts[cells[key]] else before
            else:
                pieces = self._of_groups(ranked, key, trade, cells)
                part = max([start + gain * amount for start, gain in pieces])
            whole: Number | None = None
            whole_follows = True
            if at >= 0:
                whole = stood + wholes[at]  # type: ignore[operator]  # a line with a whole has one in each portfolio
                whole_follows = self._wholes[at][2]
            elif at == -1:
                whole = stood + amount if len(pieces) > 1 else stood  # type: ignore[operator]  # as above
            if whole is not None and whole <= 0:
                raise Refused("what shares are taken of would not be above zero")
            found.append(After(stand, before, part, stood, whole, amount, follows, whole_follows, pieces, most))
        return found

    def _owned(self, trade: Known, cells: Mapping[Key, int]) -> int | None:
        """How much there is of what a trade sells: no more than any sum that it would be taken from."""
        owned = []
        for key, work in self._passes:
            if isinstance(work, Groups) and work.measure is not None:
                number = trade.words[work.group]
                known = 0 <= number < len(work.order)
                owned.append(int(work.sums[trade.world, cells[key], work.order[number]]) if known else 0)
            elif isinstance(work, Cube) and work.weight is None and work.measure is not None:
                owned.append(int(work.sums.reshape(self.positions.plan.worlds.count, -1)[trade.world, cells[key]]))
        return min(owned, default=None)

    def _stand(self, world: int) -> tuple[tuple[int, int | None], ...]:
        """Part and whole of each line without any trade."""
        self._stood[world] = tuple((self._part(stand, world), self._whole(stand, world)) for stand in self.stands)
        return self._stood[world]

    def failing(self, world: int) -> tuple[bool, ...]:
        """Which lines fail without any trade; a share of what is not above zero does not."""
        if world not in self._failing:
            stood = self._stood.get(world) or self._stand(world)
            self._failing[world] = tuple(
                (whole is None or whole > 0) and _fails(stand, part, whole)
                for stand, (part, whole) in zip(self.stands, stood, strict=True)
            )
        return self._failing[world]

    def _part(self, stand: Stand, world: int) -> int:
        if isinstance(stand.part, Counted):
            return stand.part.sums[world]
        return sum(self._ranks(stand.part, world)[: stand.part.count])

    def _whole(self, stand: Stand, world: int) -> int | None:
        if stand.whole is None:
            return None
        return stand.totals[world] if isinstance(stand.whole, Ranked) else stand.whole.sums[world]

    # --- where a trade belongs ----------------------------------------------------------------------------------------

    def _cell(self, key: Key, space: Space, trade: Known) -> int:
        found = 0
        for name, classes in space.dims.items():
            found = found * classes.size + self._class(key, name, classes, trade)
        return found

    def _class(self, key: Key, name: str, classes: WordClasses | RangeClasses, trade: Known) -> int:
        kept = self._classes.get((key, name))
        if isinstance(classes, WordClasses):
            number = trade.words[name]
            if kept is None or number >= len(kept):
                kept = self._classes[key, name] = classes.of_numbers(_all(classes)).tolist()
            return int(kept[number])
        if kept is None:
            column = self.positions.plan.asker.table.column(name)
            assert isinstance(column, Column)
            kept = self._classes[key, name] = tuple(
                [least_at(value, above, column.factor, floating) for value, above in classes.cuts]
                for floating in (False, True)
            )
        value = trade.numbers[name]
        if isinstance(value, Fraction):
            return sum(value > cut or (value == cut and not above) for cut, above in _exact(classes, self, name))
        return bisect_right(kept[isinstance(value, float)], value)

    def _step(self, work: Cube | Fails | Groups, trade: Known) -> Number:
        """By how much a trade changes the sum of its cell."""
        if not isinstance(work, Cube) or work.measure is None:
            return trade.amount if isinstance(work, Groups) else int(trade.amount > 0)
        if work.weight is None:
            return trade.amount
        name = work.weight if work.measure == self.positions.amount else work.measure
        column = self.positions.plan.asker.table.column(name)
        assert isinstance(column, Column)
        value = trade.numbers[name]
        exact = Fraction(Decimal(repr(value))) if isinstance(value, float) else value
        return _plain(trade.amount * exact * column.factor / work.step_of(name))

    # --- groups -------------------------------------------------------------------------------------------------------

    def _ranks(self, ranked: Ranked, world: int) -> list[int]:
        kept = self._best.get((id(ranked), world))
        if kept is None:
            kept = self._best[id(ranked), world] = ranked.best[world].tolist()
        return kept

    def _of_groups(
        self, ranked: Ranked, key: Key, trade: Known, cells: Mapping[Key, int]
    ) -> tuple[tuple[int, int], ...]:
        """The largest groups without more of the trade's own, and with it."""
        groups, best = ranked.groups, self._ranks(ranked, trade.world)
        number, first = trade.words[groups.group], sum(best[: ranked.count])
        if number < 0 or number == groups.words.none:
            return ((first, 0),)
        own, known = self._own(groups, key, trade), number < len(groups.order)
        if known and groups.own_class[number] not in (own, -1):
            raise Refused("its group has other values in columns that belong to the group")
        counted = ranked.cells_of(own)
        if cells[key] not in counted:
            return ((first, 0),)
        held = 0
        if known:
            place = groups.order[number]
            held = sum(int(groups.sums[trade.world, cell, place]) for cell in counted)
        last, following = best[ranked.count - 1], best[ranked.count]
        inside = held >= last
        others = first + following - held if inside else first
        return (others, 0), (others + held - (following if inside else last), 1)

    def _own(self, groups: Groups, key: Key, trade: Known) -> int:
        return sum(
            self._class(key, name, classes, trade) * MOST_CLASSES**place
            for place, (name, classes) in enumerate(groups.own.items())
        )


def _line(start: int, now: Number, amount: Number, follows: bool) -> tuple[Number, Number]:
    if not follows or now == start:
        return now, 0
    return start, (now - start) / Fraction(amount)


def _plain(value: Number) -> Number:
    return value.numerator if value.denominator == 1 else value


def _all(classes: WordClasses) -> Any:
    import numpy as np

    return np.arange(len(classes.words.values))


def _exact(classes: RangeClasses, desk: Desk, name: str) -> Sequence[tuple[Any, bool]]:
    """The cuts as numbers as they stand in data."""
    column = desk.positions.plan.asker.table.column(name)
    assert isinstance(column, Column)
    return [(value / column.factor if isinstance(value, Fraction) else value, above) for value, above in classes.cuts]
