"""The `test` declaration."""

from policydsl.syntax import ast
from policydsl.syntax.printing.clauses import INDENT
from policydsl.syntax.printing.expressions import PRODUCT_SUM, expression
from policydsl.syntax.printing.grids import grid
from policydsl.syntax.printing.names import identifier, name, text
from policydsl.syntax.printing.rows import as_written
from policydsl.syntax.words import Words


def test(words: Words, said: ast.Test) -> list[str]:
    """The lines of a `test`."""
    lines = [f"{words.written('TEST')} {text(said.title)}"]
    if said.as_of is not None:
        lines.append(f"{INDENT}{words.written('AS_OF')} {said.as_of}")
    if said.scenario is not None:
        lines.append(f"{INDENT}{words.written('SCENARIO')} {text(said.scenario.value)}")
    for given in said.givens:
        lines += _given(words, given)
    return lines + [f"{INDENT}{_expect(words, expected)}" for expected in said.expects]


def pairs(words: Words, said: tuple[tuple[ast.Name, ast.Expr], ...]) -> str:
    """`a = b, c = d`."""
    return ", ".join(f"{name(words, one)} = {expression(words, value)}" for one, value in said)


def _given(words: Words, said: ast.GivenTable | ast.GivenValue) -> list[str]:
    if isinstance(said, ast.GivenValue):
        return [f"{INDENT}{words.written('GIVEN')} {name(words, said.name)} = {expression(words, said.value)}"]
    return given_table(words, "GIVEN", said)


def given_table(words: Words, word: str, said: ast.GivenTable) -> list[str]:
    """The lines of a table of rows, after `given` or `add`."""
    start = f"{INDENT}{words.written(word)}"
    fixed = f" {words.written('WITH')} {pairs(words, said.fixed)}" if said.fixed else ""
    heads = [[cell.text for cell in said.heads]] if said.heads else []
    rows = heads + [[as_written(cell, words) for cell in row] for row in said.rows]
    return [f"{start} {name(words, said.table)}{fixed}", *grid(rows, INDENT * 2)]


def reference(said: ast.Reference) -> str:
    """A rule, or a cell of a table of limits."""
    return f"{identifier(said.id)}{f'[{said.cell}]' if said.cell is not None else ''}"


def _expect(words: Words, said: ast.Expect) -> str:
    parts = [words.written("EXPECT"), reference(said.of)]
    if said.outcome is not None:
        parts.append(words.written(said.outcome.upper().replace(" ", "_")))
    if said.at is not None:
        values = said.at.items if isinstance(said.at, ast.Listing) else (said.at,)
        parts += [words.written("AT"), ", ".join(expression(words, one, PRODUCT_SUM, of_rows=True) for one in values)]
    if said.group:
        parts += [words.written("FOR"), pairs(words, said.group)]
    return " ".join(parts)
