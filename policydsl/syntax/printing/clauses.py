"""Clauses: each on a line of its own."""

from typing import assert_never

from policydsl.syntax import ast
from policydsl.syntax.printing.expressions import PRODUCT_SUM, expression
from policydsl.syntax.printing.names import quantity, text
from policydsl.syntax.words import Words

INDENT = "  "

_REMARKS = {"source": "SOURCE", "quote": "QUOTE", "note": "NOTE", "waivable by": "WAIVABLE_BY"}


def clauses(words: Words, said: tuple[ast.Clause, ...]) -> list[str]:
    """The lines of the clauses."""
    return [f"{INDENT}{_clause(words, one)}" for one in said]


def _clause(words: Words, said: ast.Clause) -> str:
    match said:
        case ast.Remark(kind, value, others):
            return f"{words.written(_REMARKS[kind])} {', '.join(map(text, (value, *others)))}"
        case ast.Item(value, None):
            return f"{words.written('ITEM')} {text(value)}"
        case ast.Item(value, str() as reason):
            return f"{words.written('ITEM')} {text(value)} {words.written('NOT_CHECKABLE_BECAUSE')} {text(reason)}"
        case ast.Validity(None, end):
            return f"{words.written('VALID_UNTIL')} {end}"
        case ast.Validity(start, None):
            return f"{words.written('VALID_FROM')} {start}"
        case ast.Validity(start, end):
            return f"{words.written('VALID_FROM')} {start} {words.written('UNTIL')} {end}"
        case ast.CureWithin(term):
            return f"{words.written('CURE_WITHIN')} {quantity(words, term)}"
        case ast.WarnAt(ast.Quantity() as share, True):
            return f"{words.written('WARN_AT')} {quantity(words, share)} {words.written('OF')} {words.written('LIMIT')}"
        case ast.WarnAt(ast.PercentOf(ast.Quantity() as share, ast.Name(word))) if word in words.spellings["LIMIT"]:
            return f"{words.written('WARN_AT')} {quantity(words, share)} {words.written('OF')} `{word}`"
        case ast.WarnAt(value):
            return f"{words.written('WARN_AT')} {expression(words, value, PRODUCT_SUM)}"
        case ast.Item():
            raise AssertionError(said)
    assert_never(said)
