"""The parser: a stack of states, moved by the tables."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import define, field

from policydsl.syntax.tables import END, Production, Tables

Makers = Mapping[str, Callable[[list[Any]], Any]]


class Stuck(Exception):
    """The grammar cannot go on with a word."""


class Group(list[Any]):
    """Parts that stand in the place of the rule that they were read as."""


@define
class Parser:
    """A parser at work on one text; it takes words in one after another."""

    tables: Tables
    start: str
    makers: Makers
    stack: list[int] = field(init=False)
    settled: list[int] = field(init=False)
    """The stack as the last word left it, before any reduction that the next word has caused."""
    values: list[Any] = field(init=False, factory=list)

    def __attrs_post_init__(self) -> None:
        self.stack = [self.tables.starts[self.start]]
        self.settled = self.stack.copy()

    def take(self, kind: str, value: Any) -> None:
        """Take a word in, or be `Stuck`."""
        moves, stack = self.tables.moves, self.stack
        while (move := moves[stack[-1]].get(kind, 0)) < 0:
            production = self.tables.productions[-move - 1]
            if production.passes:
                stack[-1] = moves[stack[-2]][production.origin] - 1
            else:
                self._reduce(production)
        if move == 0:
            raise Stuck
        stack.append(move - 1)
        self.values.append(value)
        self.settled = stack.copy()

    def finished(self) -> Any:
        """The value of the whole text, or `Stuck`."""
        moves, stack, end = self.tables.moves, self.stack, self.tables.ends[self.start]
        while stack[-1] != end:
            move = moves[stack[-1]].get(END, 0)
            if move >= 0:
                raise Stuck
            self._reduce(self.tables.productions[-move - 1])
        return self.values[-1]

    def goes_on_with(self, kind: str) -> bool:
        """Whether the next word could be of a kind; a table alone says too much, since it merges like places."""
        moves, stack, end = self.tables.moves, self.settled, self.tables.ends[self.start]
        move = moves[stack[-1]].get(kind, 0)
        if move >= 0 and kind != END:
            return move > 0
        stack = stack.copy()
        while not (kind == END and stack[-1] == end):
            move = moves[stack[-1]].get(kind, 0)
            if move >= 0:
                return move > 0 and kind != END
            production = self.tables.productions[-move - 1]
            if production.size:
                del stack[-production.size :]
            stack.append(moves[stack[-1]][production.origin] - 1)
        return True

    def _reduce(self, production: Production) -> None:
        stack, values = self.stack, self.values
        parts: list[Any] = []
        if size := production.size:
            parts = values[-size:]
            del values[-size:], stack[-size:]
        if production.spliced:
            parts = _spliced(parts, production.spliced)
        stack.append(self.tables.moves[stack[-1]][production.origin] - 1)
        if production.alone and len(parts) == 1:
            values.append(parts[0])
        elif (make := self.makers.get(production.name)) is not None:
            values.append(make(parts))
        else:  # a rule that has no value of its own
            values.append(parts if type(parts) is Group else Group(parts))


def _spliced(parts: list[Any], groups: tuple[int, ...]) -> list[Any]:
    """The parts with the members of groups in their place; a group that comes first grows: so lists stay linear."""
    if groups[0] == 0:
        whole: list[Any] = parts[0]
        rest = parts[1:]
        groups = tuple(index - 1 for index in groups[1:])
    else:
        whole, rest = [], parts
    for index, part in enumerate(rest):
        if index in groups:
            whole.extend(part)
        else:
            whole.append(part)
    return whole
