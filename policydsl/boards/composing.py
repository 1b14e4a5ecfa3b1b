"""Checks that are composed of several sums: what an engine would measure for them is read from the passes, and the
judge of reports makes his verdicts of it."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import numpy as np
from attrs import define, field

from policydsl.boards.cubes import Cube
from policydsl.boards.extremes import Extremes
from policydsl.boards.fails import Fails
from policydsl.boards.groups import Groups
from policydsl.boards.lines import Composed, Line
from policydsl.boards.parts import parts_of
from policydsl.boards.plan import Plan
from policydsl.boards.refusal import Refused
from policydsl.engines.columnar.kleene import TRUE, UNKNOWN
from policydsl.figures.environment import Environment
from policydsl.figures.results import Joint, Result, Tested, Values
from policydsl.model.expressions import Known
from policydsl.model.types import GradeType
from policydsl.plan.ledger import Ledger
from policydsl.plan.tallies import Key, Pair, Tally


@define(eq=False)
class Measured:
    """An engine's session that has been measured; it knows no single rows."""

    results: Mapping[Tally, Mapping[Key, Result]]
    name: str = "sums"
    asks_together: bool = False

    def measure(self, tallies: Sequence[Tally], environment: Environment) -> Mapping[Tally, Mapping[Key, Result]]:
        """The results of some tallies."""
        return {tally: self.results[tally] for tally in tallies}

    def sums(self, ledger: Ledger, environment: Environment) -> Sequence[None]:
        """None of them, which are measured."""
        return [None] * len(ledger.pairs)

    def on(self, *_: object) -> NoReturn:
        """There are no rows."""
        raise TypeError("sums have no rows")

    evidence = rows_where = on


@define(eq=False)
class Parts:
    """What checks are composed of, by portfolio."""

    plan: Plan
    unsettled: dict[str, set[int]] = field(factory=dict)
    """By check the portfolios of which something is unknown."""
    _found: dict[Tally, Sequence[Result]] = field(factory=dict)

    def add(self, composed: Composed) -> None:
        """Reads the parts of a check from the passes."""
        unsettled: set[int] = set()
        for tally, line in composed.parts:
            results, unknown = _results(self.plan, tally, line)
            self._found[tally] = results
            unsettled |= unknown
        self.unsettled[composed.check.id] = unsettled

    def session(self, names: Mapping[int, Known]) -> Measured:
        """What has been measured of some portfolios; of the only one, if it has no name."""
        keys = {at: () if self.plan.asked.world is None else (name,) for at, name in names.items()}
        return Measured({
            tally: {key: results[at] for at, key in keys.items()} for tally, results in self._found.items()
        })  # fmt: skip


def _results(plan: Plan, tally: Tally, line: Line) -> tuple[Sequence[Result], set[int]]:
    """The result of a tally by portfolio, and the portfolios of which something is unknown."""
    passes = plan.passes_of(line)
    match passes[0]:
        case Fails() as rows:
            tested = [
                Tested(0, fails, may) for fails, may in zip(rows.counts.tolist(), rows.unsure.tolist(), strict=True)
            ]
            return tested, set()
        case Groups() as groups:
            if not groups.sums.size:
                raise Refused("of no row everything is known")
            return _values(line, groups, plan), groups.unknown
        case Extremes() as extremes:
            least = extremes.space.least(line.part, plan.asker)
            if (least == UNKNOWN).any():
                raise Refused("of some rows a condition is not known")
            cells = np.flatnonzero(least == TRUE).tolist()
            return [Values(extremes.ends(at, cells)) for at in range(plan.worlds.count)], extremes.unknown
        case Cube() as cube:
            assert isinstance(tally, Pair)
            whole = passes[1] if len(passes) > 1 else None
            assert whole is None or isinstance(whole, Cube)
            return _joints(line, cube, whole, plan)
    raise AssertionError(line.of)


def _joints(line: Line, cube: Cube, whole: Cube | None, plan: Plan) -> tuple[list[Joint], set[int]]:
    parts = parts_of(line, cube, whole, plan.asker)
    sums, counted = parts.sums, line.measure is None
    unsettled = parts.unsettled | set(sums.doubts)
    wholes = [0] * len(sums.part) if sums.whole is None else sums.whole
    if line.of == "average" and line.weight is not None:  # whether there is no row, or none that weighs, is not seen
        unsettled |= sums.not_above_zero()
    found = []
    for part, of in zip(sums.part, wholes, strict=True):
        rows = part if counted else of if line.of == "average" and line.weight is None else 1
        found.append(Joint(part * sums.unit, of * sums.whole_unit, (), rows))
    return found, unsettled


def _values(line: Line, groups: Groups, plan: Plan) -> list[Values]:
    """The values that occur; of what only differs from other values, numbers that stand for them."""
    there: Any = np.zeros((plan.worlds.count, len(groups.order)), bool)
    for cells, places in groups.parts(line.part, plan.asker):
        there[:, places] |= groups.there(cells, places)
    assert line.group is not None
    if not isinstance(line.group.type, GradeType):
        return [Values(range(count)) for count in there.sum(axis=1).tolist()]
    ranks = [rank if isinstance(rank, int) else -1 for rank in groups.values()]
    return [Values(tuple(sorted(ranks[at] for at in np.flatnonzero(row)))) for row in there]
