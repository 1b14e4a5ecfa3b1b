"""Which passes over the rows the lines of a board need, and what each line reads from them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import define, field

from policydsl.boards.asking import Asker, cuts_in
from policydsl.boards.board import Answer
from policydsl.boards.classes import WordClasses, ranges
from policydsl.boards.cubes import Classes, Cube, Fails, Space, Worlds, all_true
from policydsl.boards.deciding import Sums, outcomes, top
from policydsl.boards.groups import Groups, dims_apart
from policydsl.boards.lines import Asked, Line
from policydsl.boards.refusal import Refused
from policydsl.boards.words import Words
from policydsl.figures.values import folded
from policydsl.model.expressions import ColumnOf, Expression
from policydsl.model.rulebook import Column
from policydsl.model.types import DateType, Numeric

Pass = Cube | Fails | Groups
Key = tuple[Any, ...]


@define(eq=False)
class Plan:
    """The passes of one run, and the lines that have been left to the judge, each with the reason."""

    asked: Asked
    asker: Asker
    given: frozenset[str]
    """The columns that the data has."""
    words: Mapping[str, Words]
    worlds: Worlds
    crossed: frozenset[str] = frozenset()
    """Columns that rows of one group differ in."""
    apart: bool = False
    """Whether each line has cells of its own, since those of all together would be too many."""
    passes: dict[Key, Pass] = field(factory=dict)
    left: dict[Key, str] = field(factory=dict)
    """Passes that gave up, each with the reason."""
    seen: bool = False
    """Whether there was any row of which all is known."""

    def __attrs_post_init__(self) -> None:
        asked: dict[Key, list[Expression]] = {}
        for line in self.asked.lines:
            try:
                for _, conditions in self.needs(line):
                    self._look_at(conditions)
            except Refused as refused:  # it alone: other lines are not to suffer for its conditions
                self.left[("line", line.check.id)] = str(refused)
                continue
            for key, conditions in self.needs(line):
                asked.setdefault(key, []).extend(conditions)
        for key, every in asked.items():
            try:
                self.passes[key] = self._pass(key, tuple(dict.fromkeys(every)))
            except Refused as refused:
                self.left[key] = str(refused)

    def needs(self, line: Line) -> list[tuple[Key, tuple[Expression, ...]]]:
        """The passes that a line reads, each with the conditions that it reads it by."""
        own = line.check.id if self.apart else None
        measure, weight = (None if each is None else each.name for each in (line.measure, line.weight))
        if line.of == "rows":
            assert line.condition is not None
            return [(("rows", line.check.id), (*line.part, line.condition))]
        if line.of == "average":
            parts: list[tuple[Key, tuple[Expression, ...]]] = [(("sum", measure, weight, own), line.part)]
        elif line.group is not None:
            if measure is None:
                return [(("no sum", line.check.id), ())]
            parts = [(("group", line.group.name, measure), line.part)]
        else:
            parts = [(("sum", measure, None, own), line.part)]
        if line.of != "sum" and not line.top:
            parts.append((("sum", weight, None, own), line.part if line.of == "average" else line.base))
        return parts

    def settle(self) -> None:
        """Ends the passes, after all rows."""
        for key, each in self.passes.items():
            if isinstance(each, Groups) and key not in self.left:
                each.settle()

    def columns(self) -> frozenset[str]:
        """The columns that the passes read."""
        found: set[str] = set() if self.worlds.name is None else {self.worlds.name}
        for each in self.passes.values():
            found |= set(each.space.dims)
            if isinstance(each, Cube):
                found |= {name for name in (each.measure, each.weight) if name}
            elif isinstance(each, Groups):
                found |= {each.group, each.measure, *each.own}
        return frozenset(found)

    # --- passes -------------------------------------------------------------------------------------------------------

    def _pass(self, key: Key, conditions: tuple[Expression, ...]) -> Pass:
        self._given({name for name in key[1:3] if name and key[0] != "rows"})
        space = self._space(conditions)
        match key:
            case ("rows", id):
                line = next(each for each in self.asked.lines if each.check.id == id)
                assert line.condition is not None
                return Fails(space, self.worlds, line.part, line.condition, self.asker)
            case ("group", name, measure):
                own, others = dims_apart({
                    each: classes for each, classes in space.dims.items() if each not in self.crossed
                })  # fmt: skip
                others |= {each: classes for each, classes in space.dims.items() if each in self.crossed}
                return Groups(name, self.words[name], Space(others), own, self.worlds, measure)
            case ("sum", measure, weight, _):
                return Cube(space, self.worlds, measure, weight)
        raise Refused("a number of rows for each group")

    def _given(self, names: set[str]) -> None:
        if not names <= self.given:
            raise Refused(f"the data has no column `{min(names - self.given)}`")

    def _look_at(self, conditions: Sequence[Expression]) -> None:
        """Refuses conditions by which no classes can be told."""
        for atom in dict.fromkeys(atom for each in conditions for atom in self.asker.atoms_of(each)):
            names = self.asker.columns_of(atom)
            self._given(set(names))
            for column in (self.asker.table.column(name) for name in sorted(names)):
                assert isinstance(column, Column)
                if column.name == self.asked.dated:
                    raise Refused("a condition reads the date that the rows are of")
                if isinstance(column.type, Numeric | DateType):
                    if len(names) > 1:
                        raise Refused("a condition reads a number together with another column")
                    cuts_in(atom, self.asker)

    def _space(self, conditions: Sequence[Expression]) -> Space:
        atoms = dict.fromkeys(atom for each in conditions for atom in self.asker.atoms_of(each))
        of: dict[str, list[Expression]] = {}
        together: set[str] = set()
        for atom in atoms:
            columns = self.asker.columns_of(atom)
            for name in sorted(columns):
                of.setdefault(name, []).append(atom)
            together |= columns if len(columns) > 1 else set()
        return Space({name: self._classes(name, of[name], name in together) for name in sorted(of)})

    def _classes(self, name: str, atoms: list[Expression], apart: bool) -> Classes:
        column = self.asker.table.column(name)
        assert isinstance(column, Column)
        if not isinstance(column.type, Numeric | DateType):
            return WordClasses(self.words[name], tuple(atoms), self.asker, apart)
        return ranges(ColumnOf(self.asker.table.name, name, column.type), atoms, self.asker)

    # --- answers ------------------------------------------------------------------------------------------------------

    def answer(self, line: Line) -> tuple[Answer, list[int]]:
        """The outcomes of a line by portfolio, and the portfolios of which sums say nothing."""
        if not self.seen:
            raise Refused("of no row everything is known")
        for key in (("line", line.check.id), *(key for key, _ in self.needs(line))):
            if key in self.left:
                raise Refused(self.left[key])
        (key, _), *rest = self.needs(line)
        first = self.passes[key]
        whole, whole_unit = self._whole(line, rest)
        if isinstance(first, Groups):
            return self._of_groups(line, first, whole, whole_unit)
        if isinstance(first, Fails):
            part, unit = first.counts.tolist(), Fraction(1)
        else:
            part, unit = self._part(first, line.part), first.unit
        sums = Sums(part, unit, whole, whole_unit)
        unsettled = sums.unsettled()
        return (
            Answer(line.check, outcomes(sums, line.held, line.failed), sums.figure, lambda _: None),
            unsettled,
        )

    def _part(self, cube: Cube, conditions: tuple[Expression, ...]) -> list[int]:
        mask = all_true(cube.space, conditions, self.asker)
        found: list[int] = cube.totals()[:, mask].sum(axis=1).tolist()
        return found

    def _whole(self, line: Line, rest: list[tuple[Key, tuple[Expression, ...]]]) -> tuple[list[int] | None, Fraction]:
        if not rest:
            return None, Fraction(1)
        key, conditions = rest[0]
        cube = self.passes[key]
        assert isinstance(cube, Cube)
        return self._part(cube, conditions), cube.unit

    def _of_groups(
        self, line: Line, groups: Groups, whole: list[int] | None, whole_unit: Fraction
    ) -> tuple[Answer, list[int]]:
        unit = groups.unit
        parts = groups.parts(line, self.asker)
        found = [0] * self.worlds.count
        if line.top:
            if len(parts) > 1:
                raise Refused("the largest of groups that stand apart")
            found = top(parts[0][0], line.top).tolist() if parts else found
            if line.of == "share":
                whole, whole_unit = (parts[0][0].sum(axis=1).tolist() if parts else found), unit
        else:
            for part, _ in parts:
                found = [max(*pair) for pair in zip(found, part.max(axis=1, initial=0).tolist(), strict=True)]
        sums = Sums(found, unit, whole, whole_unit)
        without = [] if line.top else [at for at, most in enumerate(found) if not most and not groups.has_some(at)]

        def name(world: int) -> str | None:
            """The group with the largest part, the first by name of several."""
            if line.top or not found[world]:
                return None
            at = [int(places[each]) for part, places in parts for each in (part[world] == found[world]).nonzero()[0]]
            names = groups.names()
            return min((names[each] for each in at), key=lambda text: (folded(text), text))

        def figure(world: int) -> Fraction | None:
            return sums.figure(world) if found[world] or line.top else None

        unsettled = [*sums.unsettled(), *without]
        return Answer(line.check, outcomes(sums, line.held, line.failed), figure, name), unsettled
