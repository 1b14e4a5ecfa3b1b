"""Why a condition is as it is in a row: the values that decided it, and how far it is from being otherwise."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from policydsl.engines.reference.rows import Rows
from policydsl.model import expressions as ex
from policydsl.model.expressions import Expression, Stretch
from policydsl.model.rulebook import Computed
from policydsl.model.types import LabelType, YesNoType
from policydsl.plan.dependencies import columns_read, inner
from policydsl.verdicts.behind import Deciding


def deciding(condition: Expression, rows: Rows, row: int) -> tuple[Deciding, ...]:
    """The values that made a condition what it is in a row, columns before what is the same in all rows."""
    found = tuple(dict.fromkeys(_read(condition, rows, row)))
    own = [each for each in found if isinstance(each, ex.ColumnOf)]
    others = [each for each in found if not isinstance(each, ex.ColumnOf)]
    return tuple(Deciding(each, rows.value(each, row), each.type) for each in (*own, *others))


def distance(condition: Expression, rows: Rows, row: int) -> Fraction:
    """How far the two sides of a comparison are apart in a row; zero where that has no meaning."""
    if not isinstance(condition, ex.Compare):
        return Fraction(0)
    match rows.value(condition.left, row), rows.value(condition.right, row):
        case date() as left, date() as right:
            return Fraction(abs((left - right).days))
        case bool(), _:
            return Fraction(0)
        case (Fraction() | int()) as left, (Fraction() | int()) as right:
            return abs(Fraction(left) - Fraction(right))
    return Fraction(0)


def _read(expression: Expression, rows: Rows, row: int) -> Iterator[Expression]:
    """What is read on the way to a value. Of conditions only those that decided: of an `and` that fails those that
    fail, of an `or` that holds those that hold."""
    match expression:
        case ex.And(conditions=conditions) | ex.Or(conditions=conditions):
            whole = rows.truth(expression, row)
            deciders = [each for each in conditions if rows.truth(each, row) is whole]
            for each in deciders or conditions:
                yield from _read(each, rows, row)
        case ex.ColumnOf(name=name):
            column = rows.table.column(name)
            if isinstance(column, Computed) and isinstance(column.type, YesNoType):
                yield from _read(column.expression, rows, row)
                return
            yield expression
            if rows.is_category(name):
                yield from _behind_labels(name, rows)
        case ex.Labelled(table=table, category=name):
            labels = next(each.labels for each in rows.table.categories if each.name == name)
            yield ex.ColumnOf(table, name, LabelType(name, tuple(each.label for each in labels)))
            yield from _behind_labels(name, rows)
        case ex.Decision(written=written) if written:
            yield expression
        case ex.ParameterOf() | ex.FigureOf():
            yield expression
        case ex.Among(value=value, members=members):
            yield from _read(value, rows, row)
            for member in members:
                ends = (member.low, member.high) if isinstance(member, Stretch) else (member,)
                for end in ends:
                    yield from () if end is None else _read(end, rows, row)
        case _:
            for each in inner(expression):
                yield from _read(each, rows, row)


def _behind_labels(name: str, rows: Rows) -> Iterator[Expression]:
    """The columns that a category reads."""
    category = next(each for each in rows.table.categories if each.name == name)
    conditions = (category.where, *(label.condition for label in category.labels))
    read = columns_read((each for each in conditions if each is not None), rows.table)
    for column in (*rows.table.columns, *rows.table.added):
        if column.name in read:
            yield ex.ColumnOf(rows.table.name, column.name, column.type)
