"""The single conditions that others are made of: rows that are alike in these are alike in all."""

from collections.abc import Iterable, Iterator

from policydsl.model import expressions as ex
from policydsl.model.expressions import Expression
from policydsl.model.rulebook import Category, Computed, Table


def atoms(conditions: Iterable[Expression], table: Table) -> tuple[Expression, ...]:
    """The single conditions that some are made of, through the conditions of categories."""
    found: dict[Expression, None] = {}
    for condition in conditions:
        found |= dict.fromkeys(_atoms(condition, table))
    return tuple(found)


def _atoms(condition: Expression, table: Table) -> Iterator[Expression]:
    match condition:
        case ex.Not(condition=inner):
            yield from _atoms(inner, table)
        case ex.And(conditions=conditions) | ex.Or(conditions=conditions):
            for each in conditions:
                yield from _atoms(each, table)
        case ex.Labelled(category=name):
            yield from atoms_of(category_of(name, table), table)
        case ex.ColumnOf(name=name) if isinstance(computed := table.column(name), Computed):
            yield from _atoms(computed.expression, table)
        case _:
            yield condition


def category_of(name: str, table: Table) -> Category:
    """A category of a table."""
    return next(each for each in table.categories if each.name == name)


def atoms_of(category: Category, table: Table) -> tuple[Expression, ...]:
    """The single conditions that decide a row's label."""
    conditions = (category.where, *(label.condition for label in category.labels))
    return atoms((each for each in conditions if each is not None), table)
