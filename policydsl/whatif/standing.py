"""How the checks stand whose sums a trade moves along a straight line: once for a session, in whole numbers."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from policydsl.engines.reference.keys import rank
from policydsl.figures.environment import Environment
from policydsl.figures.results import Tested
from policydsl.figures.values import folded
from policydsl.model.expressions import ColumnOf, Value
from policydsl.model.rulebook import Check, Rulebook
from policydsl.plan.dependencies import key_column
from policydsl.plan.tallies import Key, Pair, RowTest
from policydsl.verdicts.at_once import Plain, PlainRows, PlainSums
from policydsl.verdicts.docket import Brief, Docket, docket_of
from policydsl.verdicts.plain import plain_checks
from policydsl.verdicts.settled import Results
from policydsl.verdicts.wording import Wording, alone
from policydsl.whatif.lines import Course
from policydsl.whatif.owned import Owned

Number = int | Fraction


Found = tuple[str, tuple[tuple[str, str | None], ...]]
"""A check and a group of it, as texts compare."""


def found_key(id: str, group: tuple[tuple[str, str | None], ...]) -> Found:
    """What tells a verdict apart from all others."""
    return id, tuple((column, None if text is None else str(folded(text))) for column, text in group)


@frozen(eq=False)
class End:
    """One end of a bound: `part * times + whole * of` is at most zero, or below it if `strict`."""

    times: int
    of: int
    strict: bool

    def keeps(self, part: Number, whole: Number) -> bool:
        """Whether it is kept."""
        found = part * self.times + whole * self.of
        return found < 0 if self.strict else found <= 0


_SIDES = {"<=": (1, False), "<": (1, True), ">=": (-1, False), ">": (-1, True)}


def end_of(sign: str, bound: Fraction, part_den: int, whole_den: int) -> End | None:
    """An end for sums over some denominators; None of a sign that has no side."""
    if sign not in _SIDES:
        return None
    side, strict = _SIDES[sign]
    return End(side * bound.denominator * whole_den, -side * bound.numerator * part_den, strict)


@define(eq=False)
class Standing:
    """One check without any trade: of each key a part, a whole (1 where there is none), and whether it fails."""

    check: Check
    order: int
    """Its place among the checks."""
    tally: Pair | RowTest
    presence: tuple[Pair, ...]
    ends: tuple[End, ...]
    part_den: int
    whole_den: int
    keys: Sequence[Key]
    parts: Sequence[int]
    wholes: Sequence[int]
    counts: Sequence[int]
    present: Sequence[int]
    """How often a key's rows are counted in the sets that it is asked of; 1 without worlds and groups."""
    unsure: frozenset[int] = frozenset()
    """The keys of which something is not known."""
    at: Mapping[Key, int] = field(init=False)
    fails: Sequence[bool] = field(init=False)
    _found: Sequence[Found] | None = field(default=None, init=False)
    _sides: dict[tuple[Key, int], "Side"] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.at = {tuple(map(folded, key)): at for at, key in enumerate(self.keys)}
        sums = zip(self.parts, self.wholes, strict=True)
        self.fails = [any(not end.keeps(part, whole) for end in self.ends) for part, whole in sums]

    def place(self, key: Key) -> tuple[int, bool]:
        """Where a key stands among the others, or would stand; whether it is there."""
        folded_key = tuple(map(folded, key))
        if folded_key in self.at:
            return self.at[folded_key], True
        return bisect_left(self._ranks, rank(key)), False

    def is_spelled_so(self, key: Key) -> bool:
        """Whether a row with this key leaves all keys spelled as they are."""
        return all(known.get(folded(each), each) == each for known, each in zip(self._spelled, key, strict=True))

    @cached_property
    def _ranks(self) -> Sequence[tuple[tuple[bool, Any, str], ...]]:
        return [rank(key) for key in self.keys]

    @cached_property
    def _spelled(self) -> Sequence[Mapping[Value, Value]]:
        return [{folded(key[at]): key[at] for key in self.keys} for at in range(len(self.columns))]

    @property
    def columns(self) -> tuple[ColumnOf, ...]:
        """By what its keys are told apart."""
        return (*self.check.worlds, *self.check.groups)

    @property
    def shares_a_whole(self) -> bool:
        """Whether the groups of a world have one whole, so that a trade of one group moves all."""
        return isinstance(self.tally, Pair) and self.tally.kind == "share" and bool(self.check.groups)

    @property
    def is_divided(self) -> bool:
        """Whether its figure is a part of a whole."""
        return isinstance(self.tally, Pair) and self.tally.kind != "sum"

    @property
    def counts_matter(self) -> bool:
        """Whether there is no figure where no row counts."""
        return isinstance(self.tally, Pair) and self.tally.kind == "average"

    @cached_property
    def worlds(self) -> Mapping[Key, Sequence[int]]:
        """The keys of each world, in order."""
        found: dict[Key, list[int]] = {}
        for at, key in enumerate(self.keys):
            found.setdefault(tuple(map(folded, key[: len(self.check.worlds)])), []).append(at)
        return found

    def side(self, world: Key, end: int) -> "Side":
        """The keys of a world in the order in which one end stops them."""
        if (world, end) not in self._sides:
            of, turn = self.worlds[world], -1 if self.ends[end].times > 0 else 1
            order = sorted(of, key=lambda at: (turn * self.parts[at], at))
            kept = (n for n, at in enumerate(order) if self.ends[end].keeps(self.parts[at], self.wholes[at]))
            self._sides[world, end] = Side(order, next(kept, len(order)))
        return self._sides[world, end]

    def found(self, wording: Wording) -> Sequence[Found]:
        """Its keys as those of verdicts."""
        if self._found is None:
            self._found = [found_key(self.check.id, self.group(key, wording)) for key in self.keys]
        return self._found

    def group(self, key: Key, wording: Wording) -> tuple[tuple[str, str | None], ...]:
        """A key in words."""
        return tuple(
            (column.name, value if isinstance(value, str) else alone(value, column.type, wording.neutral))
            for column, value in zip(self.columns, key, strict=True)
            if value is not None
        )


@frozen(eq=False)
class Side:
    """The keys of a world, the worst first, and how many of them fail without any trade."""

    order: Sequence[int]
    failing: int


def standings_of(
    rulebook: Rulebook, courses: Mapping[str, Course], owned: Owned, results: Results, environment: Environment
) -> Iterator[Standing]:
    """The checks that follow a trade along straight lines, and of which everything is known without one."""
    docket = docket_of(rulebook)
    for order, (brief, plain) in enumerate(zip(docket.briefs, plain_checks(docket, rulebook), strict=True)):
        course = courses.get(brief.check.id)
        if plain is None or brief.tables != (owned.table.name,):
            continue
        if isinstance(plain, PlainSums) and course == "line":
            found = _of_sums(order, brief, plain, docket, results, environment)
        elif isinstance(plain, PlainRows) and course == "same":
            found = _of_rows(order, brief, plain, docket, results, environment)
        else:
            continue
        if found is not None and _is_of(found, owned):
            yield found


def _is_of(standing: Standing, owned: Owned) -> bool:
    """Whether the keys are those of the rows that trades change, and all of them are known."""
    tables = {rows.table for rows in standing.tally.keys_of} | {standing.tally.table}
    placed = all(key_column(owned.table, column) is not None for column in standing.columns)
    return tables == {owned.table.name} and placed and not any(None in key for key in standing.keys)


def _of_sums(
    order: int, brief: Brief, plain: PlainSums, docket: Docket, results: Results, environment: Environment
) -> Standing | None:
    sums, bound = results.settled(plain.place), plain.ends(environment)
    if sums is None or bound is None or bound.aimed is not None or plain.known(results, environment) is None:
        return None
    divided = plain.kind != "sum"
    whole_den = sums.whole_den if divided else 1
    ends = [end_of(sign, at, sums.part_den, whole_den) for sign, at in bound.kept]
    pair = docket.ledgers[plain.place[0]].pairs[plain.place[1]]
    wholes = sums.wholes if divided else [1] * len(sums.keys)
    return _standing(order, brief, plain, pair, ends, (sums.part_den, whole_den), sums.keys,
        (sums.parts, wholes, sums.counts), docket, results)  # fmt: skip


def _of_rows(
    order: int, brief: Brief, plain: PlainRows, docket: Docket, results: Results, environment: Environment
) -> Standing | None:
    if plain.known(results, environment) is None:
        return None
    tests = {key: each for key, each in results[plain.test].items() if isinstance(each, Tested)}
    found = [*tests.values()]
    failing, rows = [each.failing for each in found], [each.rows for each in found]
    unsure = frozenset(at for at, each in enumerate(found) if each.unsure)
    return _standing(order, brief, plain, plain.test, [End(1, 0, False)], (1, 1), [*tests],
        (failing, [1] * len(found), rows), docket, results, unsure)  # fmt: skip


def _standing(
    order: int,
    brief: Brief,
    plain: Plain,
    tally: Pair | RowTest,
    ends: Sequence[End | None],
    dens: tuple[int, int],
    keys: Sequence[Key],
    sums: tuple[Sequence[int], Sequence[int], Sequence[int]],
    docket: Docket,
    results: Results,
    unsure: frozenset[int] = frozenset(),
) -> Standing | None:
    kept = [end for end in ends if end is not None]
    here = [results.settled(place) for place in plain.presence]
    counted = [each for each in here if each is not None and list(each.keys) == list(keys)]
    if tally.largest is not None or len(kept) < len(ends) or len(counted) < len(here):
        return None
    grouped = bool(brief.check.worlds or brief.check.groups)
    if grouped and not counted:
        return None
    present = [sum(each.counts[at] for each in counted) if grouped else 1 for at in range(len(keys))]
    presence = tuple(docket.ledgers[ledger].pairs[pair] for ledger, pair in plain.presence)
    return Standing(
        brief.check, order, tally, presence if grouped else (), tuple(kept), *dens, keys, *sums, present, unsure
    )
