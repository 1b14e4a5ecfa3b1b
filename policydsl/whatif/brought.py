"""What single rows bring to the sums of checks, many rows at a time."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import define, field

from policydsl.data.table import Data
from policydsl.engines.light.facts import Columns, Facts
from policydsl.engines.light.row_sets import Where
from policydsl.engines.reference.pairs import brings
from policydsl.engines.reference.row_tests import did
from policydsl.engines.reference.rows import Rows
from policydsl.figures.environment import Environment
from policydsl.figures.values import Truth
from policydsl.model.expressions import ColumnOf, Expression, Nothing, Value
from policydsl.model.rulebook import Rulebook
from policydsl.plan.dependencies import key_column
from policydsl.plan.tallies import Key, Pair, RowTest

Brought = tuple[Fraction | int, Fraction | int, int]
"""What a row adds to a part and to its whole, and to the number of rows in the part."""
NOTHING: Brought = (0, 0, 0)

_State = tuple[Truth, Truth, Value, Value]
_KNOWN = Fraction(1)


@define(eq=False)
class RowsOf:
    """Some rows of one table, each by itself. What is not known of a row is None."""

    rulebook: Rulebook
    data: Data
    environment: Environment
    _facts: Facts = field(init=False)
    _truths: dict[tuple[Expression, ...], Sequence[Truth]] = field(factory=dict, init=False)
    _pairs: dict[Pair, Sequence[Brought | None]] = field(factory=dict, init=False)
    _keys: dict[tuple[ColumnOf, ...], Sequence[Key | None]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        book = self.rulebook
        unrated = {name: len(scale.grades) for name, scale in book.scales.items()}
        rows = Rows(book.tables[self.data.table], self.data, self.environment, unrated)
        self._facts = Facts(rows, Columns(self.data.columns, len(self.data)))

    def of_pair(self, pair: Pair) -> Sequence[Brought | None]:
        """What each row brings to a pair, in its own group and world."""
        if pair not in self._pairs:
            self._pairs[pair] = [*self._brought(pair)]
        return self._pairs[pair]

    def of_test(self, test: RowTest) -> Sequence[Brought | None]:
        """Whether each row fails a test."""
        grouped = self._grouped(test)
        parts, rows = self._all_hold(test.part), self._facts.rows
        found: list[Brought | None] = []
        for row, (part, group) in enumerate(zip(parts, grouped, strict=True)):
            how = did(test, part if group else False, row, rows)
            found.append(None if how == "may fail" else (1, 0, 0) if how == "fails" else NOTHING)
        return found

    def keys(self, columns: tuple[ColumnOf, ...]) -> Sequence[Key | None]:
        """What each row has in some columns; none stands there as it is."""
        if columns not in self._keys:
            placed = [key_column(self._facts.rows.table, column) for column in columns]
            held = [self._facts.values(column) for column in placed if column is not None]
            rows = zip(*held, strict=True) if held else ((),) * len(self.data)
            self._keys[columns] = [None if None in key else key for key in rows]
        return self._keys[columns]

    def _grouped(self, tally: Pair | RowTest) -> Sequence[bool]:
        """Of each row whether it is in some group."""
        keys = self.keys((*tally.worlds, *tally.groups))
        return [key is not None and Nothing.NONE not in key for key in keys]

    def _brought(self, pair: Pair) -> Iterator[Brought | None]:
        parts, grouped = self._all_hold(pair.part), self._grouped(pair)
        bases: Sequence[Truth] = self._all_hold(pair.base) if pair.kind == "share" else (False,) * len(self.data)
        measures, weights = self._values(pair.measure), self._values(pair.weight)
        known: dict[_State, tuple[int, int, int] | None] = {}
        average = pair.kind == "average"
        for part, base, group, measure, weight in zip(parts, bases, grouped, measures, weights, strict=True):
            of = part if group else False
            if of is False and base is False:
                yield NOTHING
                continue
            state = of, base, _state(measure), _state(weight)
            if state not in known:
                known[state] = self._counts(pair, state)
            counts = known[state]
            if counts is None:
                yield None
                continue
            in_part, in_whole, rows = counts
            one = measure * weight if average and in_part else measure  # type: ignore[operator]  # amounts that count
            yield (one if in_part else 0, weight if in_whole else 0, rows)  # type: ignore[misc]  # as above

    def _counts(self, pair: Pair, state: _State) -> tuple[int, int, int] | None:
        """Whether such rows count in part and whole, and among the rows of the part; None if that is not known."""
        one = brings(pair, *state, self.rulebook.tables)
        if one.unsure:
            return None
        ((in_part, in_whole),) = one.allowed
        return in_part, in_whole, int(one.sure)

    def _values(self, measure: Expression | None) -> Sequence[Value]:
        return (_KNOWN,) * len(self.data) if measure is None else self._facts.values(measure)

    def _all_hold(self, conditions: tuple[Expression, ...]) -> Sequence[Truth]:
        if conditions not in self._truths:
            self._truths[conditions] = [*_truths(self._facts.all_hold(conditions), len(self.data))]
        return self._truths[conditions]


def _state(value: Value) -> Value:
    return value if value is None or value is Nothing.NONE else _KNOWN


def _truths(where: Where, size: int) -> Iterator[Truth]:
    sure, unknown = (format(each, f"0{size}b") for each in where)
    return (True if holds == "1" else None if may == "1" else False for holds, may in zip(sure, unknown, strict=True))


def one_below_another(like: Data, rows: Sequence[Mapping[str, Value]]) -> Data:
    """Rows as a table by themselves."""
    numbers = range(1, len(rows) + 1)
    columns = {name: tuple(row.get(name) for row in rows) for name in like.columns}
    return Data(like.table, columns, numbers, [str(number) for number in numbers], dated=like.dated)
