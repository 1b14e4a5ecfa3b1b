"""Which passes over the rows the lines of a board need, and what each line reads from them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import define, field

from policydsl.boards.asking import Asker, cuts_in
from policydsl.boards.board import Answer
from policydsl.boards.classes import WordClasses, ranges
from policydsl.boards.cubes import Cube
from policydsl.boards.deciding import Sums, outcomes
from policydsl.boards.extremes import Extremes
from policydsl.boards.fails import Fails
from policydsl.boards.groups import Groups, dims_apart
from policydsl.boards.lines import Asked, Line
from policydsl.boards.parts import parts_of, whole_of
from policydsl.boards.refusal import Refused
from policydsl.boards.spaces import Classes, Space, Worlds
from policydsl.boards.together import Together
from policydsl.boards.words import Words
from policydsl.boards.worst import worst_of_groups
from policydsl.boards.worst_averages import worst_of_averages
from policydsl.data.meaning import blank_of
from policydsl.model.expressions import ColumnOf, Expression, Nothing
from policydsl.model.rulebook import Column, Outcome
from policydsl.model.types import DateType, Numeric

Pass = Cube | Fails | Groups | Extremes
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
    """Whether there was any row whose portfolio is known."""

    def __attrs_post_init__(self) -> None:
        asked: dict[Key, list[Expression]] = {}
        for line in self.asked.every:
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
            unless = () if line.unless is None else (line.unless,)
            return [(("rows", line.check.id), (*line.part, line.condition, *unless))]
        if line.of == "ends":
            return [(("ends", measure, own), line.part)]
        average = line.of == "average"
        whole = (("sum", weight, None, own), line.part if average else line.base)
        if line.group is not None:
            asked = tuple(dict.fromkeys((*line.part, *(condition for each in line.named for condition in each))))
            summed = (weight, measure) if average else (measure, None)
            keys = tuple(each.name for each in (*line.beside, line.group))
            groups = (("group", keys, *summed), asked)
            return [groups, whole] if line.of == "share" and not line.top else [groups]
        part = (("sum", measure, weight if average else None, own), line.part)
        return [part] if line.of == "sum" else [part, whole]

    def passes_of(self, line: Line) -> "list[Pass]":
        """The passes that a line reads; refused if one of them gave up."""
        if not self.seen:
            raise Refused("of no row it is known which portfolio's it is")
        keys = [key for key, _ in self.needs(line)]
        for key in (("line", line.check.id), *keys):
            if key in self.left:
                raise Refused(self.left[key])
        return [self.passes[key] for key in keys]

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
                found |= {*each.keys, *each.own, *each.summed}
            elif isinstance(each, Extremes):
                found.add(each.measure)
        return frozenset(found)

    # --- passes -------------------------------------------------------------------------------------------------------

    def _pass(self, key: Key, conditions: tuple[Expression, ...]) -> Pass:
        named = {"rows": (), "group": key[2:], "sum": key[1:3], "ends": key[1:2]}[key[0]]
        named = (*key[1], *named) if key[0] == "group" else named
        self._given({name for name in named if name})
        space = self._space(conditions)
        match key:
            case ("rows", id):
                line = next(each for each in self.asked.every if each.check.id == id and each.of == "rows")
                assert line.condition is not None
                return Fails(space, self.worlds, line.part, line.condition, line.unless, self.asker)
            case ("group", keys, measure, averaged):
                words = self.words[keys[0]] if len(keys) == 1 else Together(keys, self.words)
                name = keys[0] if isinstance(words, Words) else words.name
                own, others = dims_apart({
                    each: classes for each, classes in space.dims.items() if each not in self.crossed
                })  # fmt: skip
                others |= {each: classes for each, classes in space.dims.items() if each in self.crossed}
                return Groups(name, words, Space(others), own, self.worlds, measure, averaged)
            case ("ends", measure, _):
                column = self.asker.table.column(measure)
                assert isinstance(column, Column)
                skipped = blank_of(column, self.asker.rulebook.scales) is Nothing.NONE
                return Extremes(space, self.worlds, measure, skipped)
            case ("sum", measure, weight, _):
                return Cube(space, self.worlds, measure, weight)
        raise AssertionError(key)

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

    def answer(self, line: Line) -> tuple[Answer, set[int]]:
        """The outcomes of a line by portfolio, and the portfolios of which sums say nothing."""
        first, (_, *rest) = self.passes_of(line)[0], self.needs(line)
        if isinstance(first, Groups):
            return self._of_groups(line, first, rest)
        if isinstance(first, Fails):
            return self._of_rows(line, first), set()
        assert isinstance(first, Cube)
        parts = parts_of(line, first, self._cube(rest), self.asker)
        sums, unsettled = parts.sums, parts.unsettled | (parts.sums.not_above_zero() if line.of == "average" else set())
        return Answer(line.check, outcomes(sums, line.held, line.failed), sums.figure, lambda _: None), unsettled

    def _cube(self, needs: Sequence[tuple[Key, tuple[Expression, ...]]]) -> Cube | None:
        if not needs:
            return None
        cube = self.passes[needs[0][0]]
        assert isinstance(cube, Cube)
        return cube

    def _of_rows(self, line: Line, rows: Fails) -> Answer:
        counts, unsure = rows.counts.tolist(), rows.unsure.tolist()
        found: list[Outcome] = [
            line.failed if fails else "undetermined" if may else "pass"
            for fails, may in zip(counts, unsure, strict=True)
        ]
        return Answer(line.check, found, lambda at: None if unsure[at] else Fraction(counts[at]), lambda _: None)

    def _of_groups(
        self, line: Line, groups: Groups, rest: Sequence[tuple[Key, tuple[Expression, ...]]]
    ) -> tuple[Answer, set[int]]:
        if not groups.sums.size:
            raise Refused("of no row everything is known")
        if line.of == "average":
            averages = worst_of_averages(line, groups, self.asker)
            return Answer(line.check, averages.outcomes, averages.figure, averages.group), groups.unknown
        if not line.top:
            base = self._cube(rest)
            whole, unsettled = (None, set()) if base is None else whole_of(base, line.base, self.asker)
            worst = worst_of_groups(line, groups, whole, Fraction(1) if base is None else base.unit, self.asker)
            return Answer(line.check, worst.outcomes(), worst.figure, worst.group), unsettled | groups.unknown
        parts = groups.parts(line.part, self.asker)
        if len(parts) > 1:
            raise Refused("the largest of groups that stand apart")
        if groups.below_zero:
            raise Refused(f"`{groups.measure}` is below zero in some rows")
        none = [0] * self.worlds.count
        most, whole = groups.largest(line.top, *parts[0]) if parts else (none, none)
        every = whole if line.of == "share" else None
        sums = Sums(most, groups.unit, every, Fraction(1) if every is None else groups.unit)
        without = {at for at, its in enumerate(most) if not its}  # of groups that may be there or not
        found = outcomes(sums, line.held, line.failed)
        return Answer(line.check, found, sums.figure, lambda _: None), without | groups.unknown
