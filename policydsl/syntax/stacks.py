"""What the parser had read when a word stopped it, and with what it could have gone on."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from lark.parsers.lalr_analysis import Shift

from policydsl.syntax.tables import parser

States = Mapping[Any, Mapping[str, tuple[Any, Any]]]


@cache
def _entered_by() -> dict[Any, str]:
    """The symbol by which each state of the tables is entered: a terminal or a rule."""
    table = parser().parser.parser._parse_table
    moves = (move for actions in table.states.values() for move in actions.items())
    return {target: symbol.partition("{")[0] for symbol, (action, target) in moves if action is Shift}


def symbols(stack: Sequence[Any]) -> list[str]:
    """What has been read, as terminals and rules of the grammar."""
    entered = _entered_by()
    return [entered[state] for state in stack[1:]]


def accepted(states: States, stack: Sequence[Any]) -> frozenset[str]:
    """The terminals with which the parser could really go on."""
    candidates = (symbol for symbol in states[stack[-1]] if symbol.isupper())
    return frozenset(symbol for symbol in candidates if _goes_on(states, list(stack), symbol))


def _goes_on(states: States, stack: list[Any], terminal: str) -> bool:
    while terminal in states[stack[-1]]:
        action, arg = states[stack[-1]][terminal]
        if action is Shift:
            return True
        if arg.expansion:
            del stack[-len(arg.expansion) :]
        action, target = states[stack[-1]][arg.origin.name]
        if arg.origin.name.startswith("$"):
            return True
        stack.append(target)
    return False
