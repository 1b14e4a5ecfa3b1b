"""With which terminals a parser can go on; a table alone says too much, for it merges places that read the same."""

from collections.abc import Mapping, Sequence
from typing import Any

from lark.parsers.lalr_analysis import Shift

States = Mapping[Any, Mapping[str, tuple[Any, Any]]]


def goes_on(states: States, stack: Sequence[Any], terminal: str) -> bool:
    """Whether the parser, having read what is on its stack, can read the terminal next."""
    move = states[stack[-1]].get(terminal)
    if move is None or move[0] is Shift:
        return move is not None
    stack = list(stack)
    while move is not None and move[0] is not Shift:
        rule = move[1]
        if rule.expansion:
            del stack[-len(rule.expansion) :]
        if rule.origin.name.startswith("$"):
            return True
        stack.append(states[stack[-1]][rule.origin.name][1])
        move = states[stack[-1]].get(terminal)
    return move is not None
