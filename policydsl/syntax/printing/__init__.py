"""Trees as text, in the one canonical spelling of a language: what is printed parses to the same tree."""

from policydsl.syntax import ast
from policydsl.syntax.printing.expressions import expression
from policydsl.syntax.printing.obligations import asked
from policydsl.syntax.words import words_of


def print_expr(expr: ast.Expr, language: str = "en") -> str:
    """The text of an expression."""
    return expression(words_of(language), expr)


def print_obligation(said: ast.Duty | ast.Attest, language: str = "en") -> str:
    """What a duty or an attestation asks, without its id and title."""
    return asked(words_of(language), said)
