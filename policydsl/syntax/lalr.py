"""Tables from the grammar: the only place that knows Lark."""

from typing import Any

from lark import Lark
from lark.parsers.lalr_analysis import Shift

from policydsl.syntax.tables import STARTS, Production, Tables


def build(grammar: str, **options: Any) -> Tables:
    """The tables of a grammar; Lark refuses one that is ambiguous."""
    made = Lark(grammar, parser="lalr", lexer="basic", start=list(STARTS), maybe_placeholders=False, **options)
    table = made.parser.parser._parse_table
    numbers: dict[Any, int] = {}
    moves = tuple(
        {
            symbol: target + 1 if action is Shift else -numbers.setdefault(target, len(numbers)) - 1
            for symbol, (action, target) in table.states[state].items()
        }
        for state in range(len(table.states))
    )
    ordered = sorted(made.terminals, key=lambda terminal: -terminal.priority)
    return Tables(
        moves=moves,
        productions=tuple(_production(rule) for rule in numbers),
        starts=dict(table.start_states),
        ends=dict(table.end_states),
        patterns={terminal.name: terminal.pattern.to_regexp() for terminal in ordered},
    )


def _production(rule: Any) -> Production:
    origin, size = str(rule.origin.name), len(rule.expansion)
    alone = bool(rule.options.expand1 and not rule.alias)
    return Production(
        name=str(rule.alias or rule.options.template_source or origin),
        origin=origin,
        size=size,
        spliced=tuple(
            index for index, symbol in enumerate(rule.expansion) if not symbol.is_term and symbol.name.startswith("_")
        ),
        alone=alone,
        passes=alone and size == 1 and not rule.expansion[0].name.startswith("_"),
    )
