"""What a test expects of a column in some rows, or of a quantity that is no figure: asked like a rule of that test."""

from policydsl.catalogue import say
from policydsl.model.answers import answers_named, exactly, open_answers
from policydsl.model.comparing import agree
from policydsl.model.context import Context
from policydsl.model.expressions import Compare, Expression, Named, RowSet, StateIs
from policydsl.model.naming import column_of
from policydsl.model.problem import Problem, all_of
from policydsl.model.rulebook import Check, Holds, Remarks, RowsHold
from policydsl.model.scope import unknown
from policydsl.model.types import AnswersType, DateType, GradeType, Numeric
from policydsl.model.words import words
from policydsl.syntax import ast


def probe(expect: ast.Expect, context: Context) -> Check | None:
    """The check that an expectation of a column or of a text is; None if it is about something else."""
    name = ast.Name(expect.of.id, span=expect.of.span)
    if expect.of.cell is not None or expect.outcome not in (None, "undetermined"):
        return None
    quantity = context.scope.quantities.get(name.text)
    if quantity is not None and isinstance(quantity.expression.type, AnswersType):
        return _check(expect, Holds(_expected_answers(expect, name, context.outside())))
    if quantity is not None and not isinstance(quantity.expression.type, Numeric | DateType | GradeType):
        named = Named(name.text, quantity.expression, quantity.expression.type)
        return _check(expect, Holds(_expected(expect, named, context.outside())))
    tables = [
        table
        for table, found in context.scope.tables.items()
        if name.text in found.definitions or name.text in found.categories
    ]
    if quantity is not None or not tables:
        return None
    fitting = [table for table in tables if all(_key(one, table, context) for one, _ in expect.group)]
    if not fitting:
        known = [*context.scope.tables[tables[0]].spellings, *context.scope.singulars]
        wrong = next(one for one, _ in expect.group if not _key(one, tables[0], context))
        raise unknown(wrong, f"a column of {tables[0]}", known)
    if len(fitting) > 1:
        raise Problem(say("PD577", expect.span, name=name.text, tables=" and ".join(fitting)))
    inside = context.within(fitting[0])
    column = column_of(name, inside, answers=True)
    assert column is not None
    where = all_of(*((lambda one=one, value=value: _row(one, value, inside)) for one, value in expect.group))
    several = isinstance(column.type, AnswersType)
    expected = _expected_answers(expect, name, inside) if several else _expected(expect, column, inside)
    return _check(expect, RowsHold(RowSet(fitting[0], tuple(where)), expected))


def _expected_answers(expect: ast.Expect, name: ast.Name, context: Context) -> Expression:
    """That the answers of all rows that fit are those named and no others."""
    answers = answers_named(name, context)
    assert answers is not None
    if expect.outcome == "undetermined":
        return open_answers(answers)
    if expect.at is None:
        raise Problem(say("PD272", expect.span, name=expect.of.id))
    return exactly(answers, expect.at.items if isinstance(expect.at, ast.Listing) else (expect.at,), context)


def _expected(expect: ast.Expect, value: Expression, context: Context) -> Expression:
    if expect.outcome == "undetermined":
        return StateIs(value, "missing")
    if expect.at is None:
        raise Problem(say("PD272", expect.span, name=expect.of.id))
    wanted = context.infer(expect.at, value.type)
    agree(value, wanted, expect.at.span)
    return Compare("=", value, wanted)


def _key(name: ast.Name, table: str, context: Context) -> str | None:
    """The column that tells rows apart: named itself, or the one key of the table whose row is named."""
    found = context.scope.tables[table]
    if name.text in found.names():
        return name.text
    keys = [column.name for column in found.columns.values() if column.key]
    return keys[0] if context.scope.rows_name(name) == table and len(keys) == 1 else None


def _row(name: ast.Name, value: ast.Expr, inside: Context) -> Expression:
    assert inside.table is not None
    key = _key(name, inside.table, inside)
    assert key is not None
    column = column_of(ast.Name(key, span=name.span), inside)
    assert column is not None
    wanted = inside.infer(value, column.type)
    agree(column, wanted, value.span)
    return Compare("=", column, wanted)


def _check(expect: ast.Expect, assertion: RowsHold | Holds) -> Check:
    start = expect.span.start
    what = assertion.condition
    return Check(
        f"{expect.of.id} at {start}", expect.of.id, None, None, assertion, "must", (), (), (), Remarks(),
        requirement=words(what), span=expect.span,
    )  # fmt: skip
