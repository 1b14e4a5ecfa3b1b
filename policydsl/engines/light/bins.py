"""The rows of a table by what they hold in the columns of keys, and which of these bins a key speaks of.

A bin with something unknown may belong to many keys. So bins are looked up by what is known of them, and no key goes
through all of them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from policydsl._frozen import frozen
from policydsl.engines.light.alike import alike
from policydsl.engines.light.amounts import Amounts, Sum
from policydsl.engines.light.facts import Facts
from policydsl.engines.light.row_sets import chosen
from policydsl.engines.reference.keys import joins, keys, matches
from policydsl.engines.reference.some_rows import narrowed
from policydsl.figures.values import Truth, every, folded
from policydsl.model.expressions import ColumnOf
from policydsl.plan.dependencies import key_column
from policydsl.plan.tallies import Key, Tally

Columns = tuple[ColumnOf, ...]
_EXACT = frozenset[int]()


@frozen
class Member:
    """A bin of which a key may speak: whether it is in the key's world, and in its group, whatever its world."""

    bin: int
    of_world: Truth
    of_group: Truth

    @property
    def of_both(self) -> Truth:
        """Whether it is in the group in that world."""
        return every((self.of_world, self.of_group))


class Bins:
    """The bins of a table by some columns."""

    def __init__(self, facts: Facts, worlds: Columns, groups: Columns) -> None:
        self._facts, self._worlds, self._groups = facts, worlds, groups
        placed = [(at, key_column(facts.rows.table, each)) for at, each in enumerate((*worlds, *groups))]
        columns = [(at, column) for at, column in placed if column is not None]
        self._places = tuple(at for at, _ in columns)
        found = [self._held(column) for _, column in columns]
        cut = alike(zip(*(numbers for numbers, _ in found), strict=True) if found else [()] * facts.size)
        self.of_row, self.first = cut.of_row, cut.first
        self._labels = [tuple(held[numbers[row]] for numbers, held in found) for row in cut.first]
        self._looked_up: dict[tuple[frozenset[int], tuple[int, ...]], dict[tuple[object, ...], list[int]]] = {}
        self._members: dict[Key, tuple[Member, ...]] = {}
        self._of_world: dict[Key, tuple[tuple[int, Truth], ...]] = {}

    def __len__(self) -> int:
        return len(self.first)

    def members(self, key: Key) -> tuple[Member, ...]:
        """The bins that a key may speak of."""
        if key not in self._members:
            world = key[: len(self._worlds)]
            self._members[key] = tuple(
                member
                for number, exactly in self._may(key, self._places)
                if (member := self._member(number, exactly, world, key)).of_group is not False
            )
        return self._members[key]

    @property
    def settled(self) -> bool:
        """Whether all of every key is known of every row."""
        return len(self._unknown) == 1

    def exactly(self, key: Key) -> int:
        """The bin that holds just what a key does; -1 if there is none."""
        held = tuple(folded(key[at]) for at in self._places)
        return self._with(_EXACT, self._places).get(held, (-1,))[0]

    def of_world(self, world: Key) -> tuple[tuple[int, Truth], ...]:
        """The bins that may be in a world."""
        if world not in self._of_world:
            places = tuple(at for at in self._places if at < len(world))
            rows, worlds = self._facts.rows, self._worlds
            found = [
                (number, True if exactly else matches(rows, self.first[number], worlds, world))
                for number, exactly in self._may(world, places)
            ]
            self._of_world[world] = tuple(each for each in found if each[1] is not False)
        return self._of_world[world]

    def rows_of(self, number: int) -> Sequence[int]:
        """The rows of a bin."""
        return self._rows[number]

    def rows_among(self, rows: int, number: int) -> Iterator[int]:
        """The rows of a set that are in a bin."""
        if len(self) == 1:
            return chosen(rows, range(self._facts.size))
        highest = self._facts.size - 1
        return (row for row in self._rows[number] if rows >> (highest - row) & 1)

    @cached_property
    def _rows(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.first]
        for row, number in enumerate(self.of_row):
            found[number].append(row)
        return found

    def counts(self, rows: int) -> Mapping[int, int]:
        """How many rows of a set each bin has."""
        return {0: rows.bit_count()} if len(self) == 1 else Counter(chosen(rows, self.of_row))

    def sums(self, rows: int, amounts: Amounts) -> tuple[Mapping[int, Sum], Mapping[int, Sum]]:
        """Over a set of rows, each bin's sum of what is above zero and of what is below."""
        if len(self) == 1:
            above, below = amounts.sums(rows)
            return {0: above}, {0: below}
        below_zero = rows & amounts.below
        return self._sums(rows & ~below_zero, amounts), self._sums(below_zero, amounts)

    def _sums(self, rows: int, amounts: Amounts) -> Mapping[int, Sum]:
        found: dict[int, Sum] = {}
        for number, amount in zip(chosen(rows, self.of_row), chosen(rows, amounts.of_row), strict=True):
            found[number] = found.get(number, 0) + amount
        return found

    def _held(self, column: ColumnOf) -> tuple[Sequence[int], Sequence[object]]:
        """What each row holds in a column, as numbers, and what they stand for: texts as they compare, and of a
        category all labels that are left, if more than one is."""
        facts = self._facts
        given = column.name in facts.columns.held
        rows = facts.columns.alike(column.name) if given else facts.alike(column)
        category = not given and facts.rows.is_category(column.name)
        numbers: dict[tuple[type, object], int] = {}
        table = []
        for row in rows.first:
            value = folded(facts.rows.value(column, row))
            held = facts.rows.labels(column.name, row) if value is None and category else value
            table.append(numbers.setdefault((type(held), held), len(numbers)))
        return list(map(table.__getitem__, rows.of_row)), [held for _, held in numbers]

    def _may(self, key: Key, places: tuple[int, ...]) -> Iterator[tuple[int, bool]]:
        """The bins that may hold a key in some places, and whether they hold just that."""
        known = tuple(at for at in places if key[at] is not None)
        exact = len(known) == len(places)
        for unknown in self._unknown:
            here = unknown & set(places)
            if here or exact:
                both = tuple(at for at in known if at not in here)
                for number in self._with(unknown, both).get(tuple(folded(key[at]) for at in both), ()):
                    yield number, exact and not here

    @cached_property
    def _unknown(self) -> dict[frozenset[int], list[int]]:
        """The bins by the places in which something is unknown."""
        found: dict[frozenset[int], list[int]] = {_EXACT: []}
        for number, labels in enumerate(self._labels):
            where = frozenset(
                at for at, each in zip(self._places, labels, strict=True) if each is None or isinstance(each, frozenset)
            )
            found.setdefault(where, []).append(number)
        return found

    def _with(self, unknown: frozenset[int], places: tuple[int, ...]) -> dict[tuple[object, ...], list[int]]:
        """Bins by what they hold in some places."""
        if (unknown, places) not in self._looked_up:
            found = self._looked_up[unknown, places] = {}
            inside = [self._places.index(at) for at in places]
            for number in self._unknown[unknown]:
                found.setdefault(tuple(self._labels[number][at] for at in inside), []).append(number)
        return self._looked_up[unknown, places]

    def _member(self, number: int, exactly: bool, world: Key, key: Key) -> Member:
        if exactly:
            return Member(number, True, True)
        rows, row = self._facts.rows, self.first[number]
        of_group = joins(rows, row, self._worlds, self._groups, key)
        return Member(number, matches(rows, row, self._worlds, world), of_group)


def keys_of(tally: Tally, tables: Mapping[str, Facts]) -> tuple[Key, ...]:
    """The keys of a tally, found in one row of those that hold the same."""
    columns = (*tally.worlds, *tally.groups)
    if not columns:
        return ((),)
    rows = {}
    for table in dict.fromkeys(each.table for each in tally.keys_of):
        facts, found = tables[table], dict[int, None]()
        placed = (key_column(facts.rows.table, column) for column in columns)
        held = [facts.in_order(each).of_row for each in placed if each is not None]
        spelled = alike(zip(*held, strict=True) if held else [()] * facts.size)
        for rows_of in tally.keys_of:
            if rows_of.table == table:
                sure, unknown = facts.all_hold(rows_of.where)
                may = chosen(sure | unknown, range(facts.size))
                found |= dict.fromkeys({spelled.of_row[row]: row for row in may}.values())
        rows[table] = facts.rows if facts.rows.data is None else narrowed(facts.rows, tuple(found))
    return keys(tally, rows)
