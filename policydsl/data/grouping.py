"""By which columns of the data a rulebook groups rows: names that stand there count as often as they differ."""

from collections.abc import Iterator

from policydsl.data.once import once
from policydsl.model.expressions import Aggregate, ColumnOf, Expression
from policydsl.model.made import LookThrough, PerGroup, Stacked
from policydsl.model.rulebook import Grouped, Limit, Linked, Past, Rulebook
from policydsl.model.types import TextType
from policydsl.plan.dependencies import aggregates_in, columns_read

Place = tuple[str, str]
"""A column of the data: its table and name."""


@once
def grouped_by(rulebook: Rulebook) -> list[frozenset[Place]]:
    """The columns with texts that rows are grouped or counted by; those whose texts come together stand together."""
    found: dict[frozenset[Place], None] = {}
    for expression in dict.fromkeys(_groups(rulebook)):
        places = standing(rulebook, expression)
        if places:
            found[places] = None
    return [one for one in found if not any(one < other for other in found)]


def standing(rulebook: Rulebook, column: ColumnOf) -> frozenset[Place]:
    """The columns of the data in which the texts of a column stand, be it linked, worked out or of a made table."""
    return frozenset(_standing(rulebook, column.table, column, set()))


def _groups(rulebook: Rulebook) -> Iterator[ColumnOf]:
    figures: list[Expression] = [quantity.expression for quantity in rulebook.quantities]
    for check in rulebook.checks:
        yield from (*check.worlds, *check.groups)
        if isinstance(check.assertion, Limit):
            figures.append(check.assertion.figure)
    for table in rulebook.tables.values():
        for column in table.added:
            if isinstance(column, Grouped):
                yield from (*column.worlds, *column.groups)
                figures.append(column.figure)
        if isinstance(table.made, PerGroup):
            yield from (*table.made.worlds, *table.made.groups)
            figures += [figure for _, figure in table.made.fields]
    for figure in dict.fromkeys(figures):
        for one in aggregates_in(figure):
            if isinstance(one, Aggregate) and one.function == "distinct" and isinstance(one.measure, ColumnOf):
                yield one.measure


def _standing(rulebook: Rulebook, name: str, expression: Expression, seen: set[Place]) -> Iterator[Place]:
    """Where the texts stand in the data that an expression has in the rows of a table."""
    table = rulebook.tables[name]
    for read in sorted(columns_read((expression,), table)):
        column = table.column(read)
        if (name, read) in seen or column is None:
            continue
        seen.add((name, read))
        match column:
            case Linked(link=link, table=there, of=of, type=type):
                yield from _standing(rulebook, name, ColumnOf(name, link, TextType()), seen)
                yield from _standing(rulebook, there, ColumnOf(there, of, type), seen)
                continue
            case Past(of=of, type=type):
                yield from _standing(rulebook, name, ColumnOf(name, of, type), seen)
                continue
            case Grouped():
                continue
        if not isinstance(column.type, TextType):
            continue
        if (linked := rulebook.tables.get(column.type.link or "")) is not None:
            for key in linked.keys:
                yield from _standing(rulebook, linked.name, ColumnOf(linked.name, key, TextType()), seen)
        match table.made:
            case None:
                yield name, read
            case PerGroup(rows=rows, worlds=worlds, groups=groups):
                for each in (*worlds, *groups):
                    if each.name == read:
                        yield from _standing(rulebook, rows.table, each, seen)
            case Stacked(sources=sources):
                for source in sources:
                    for field, value in source.fields:
                        if field == read:
                            yield from _standing(rulebook, source.rows.table, value, seen)
            case LookThrough(rows=rows, parts=parts):
                for there in (rows.table, parts.table):
                    if rulebook.tables[there].column(read) is not None:
                        yield from _standing(rulebook, there, ColumnOf(there, read, column.type), seen)
