"""What the parser had read when a word stopped it, and with what it could have gone on."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from lark.parsers.lalr_analysis import Shift

from policydsl.syntax.acceptance import States, goes_on
from policydsl.syntax.tables import parser


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
    """The terminals with which the parser can really go on."""
    return frozenset(symbol for symbol in states[stack[-1]] if _is_terminal(symbol) and goes_on(states, stack, symbol))


def _is_terminal(symbol: str) -> bool:
    return symbol == "$END" or symbol.isupper()
