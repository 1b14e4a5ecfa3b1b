"""The `scenario` declaration."""

from policydsl.syntax import ast
from policydsl.syntax.printing.assertions import prefix
from policydsl.syntax.printing.clauses import INDENT, clauses
from policydsl.syntax.printing.examples import given_table
from policydsl.syntax.printing.expressions import PRODUCT_SUM, expression
from policydsl.syntax.printing.names import name, text
from policydsl.syntax.words import Words


def scenario(words: Words, said: ast.Scenario) -> list[str]:
    """The lines of a `scenario`."""
    lines = [f"{words.written('SCENARIO')} {text(said.title)}:"]
    for change in said.changes:
        lines += _change(words, change)
    return [*lines, *clauses(words, said.clauses)]


def _change(words: Words, change: ast.RowChange | ast.ParameterChange | ast.AddedRows | ast.GivenTable) -> list[str]:
    match change:
        case ast.RowChange(each=each, assignments=assignments):
            said = ", ".join(_assigned(words, one) for one in assignments)
            return [f"{INDENT}{prefix(words, each)} {said}"]
        case ast.ParameterChange():
            return [f"{INDENT}{words.written('GIVEN')} {_assigned(words, change)}"]
        case ast.AddedRows(rows=rows):
            return given_table(words, "ADD", rows)
    return given_table(words, "GIVEN", change)


def _assigned(words: Words, said: ast.Assignment | ast.ParameterChange) -> str:
    return f"{name(words, said.name)} = {expression(words, said.value, PRODUCT_SUM, of_rows=True)}"
