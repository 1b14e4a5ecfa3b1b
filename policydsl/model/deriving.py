"""Tables that are worked out from others: their columns, and what these come from."""

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.model.context import Context
from policydsl.model.expressions import ColumnOf, Expression, RowSet
from policydsl.model.foundations import DEEPEST
from policydsl.model.looking_through import look_through
from policydsl.model.made import EXISTS, Made, PerGroup, Stacked, StackedSource
from policydsl.model.naming import group_columns, one_table, row_set, worlds_of
from policydsl.model.narrowing import with_conditions
from policydsl.model.problem import Problem, all_of
from policydsl.model.rulebook import Column
from policydsl.model.scope import TableScope
from policydsl.model.types import TEXT, YES_NO, DateSpan, LabelType, TextType, Type, describe
from policydsl.source import Span
from policydsl.syntax import ast


def derive(table: str, context: Context) -> None:
    """Work out the columns of a table that is made from others, unless that has been done."""
    scope, found = context.scope, context.scope.tables[table]
    if found.made is not None:
        return
    if table in scope.broken:
        raise Problem()  # what is wrong with it has been told
    with scope.working_out(found.declared.name):
        if scope.depth > DEEPEST:
            raise Problem(say("PD279", found.declared.name.span, deepest=DEEPEST))
        try:
            found.made = _made(found, context.outside())
        except Problem:
            scope.broken.add(table)
            raise
        found.columns[EXISTS] = Column(EXISTS, YES_NO, span=found.declared.name.span)
        scope.made.append((table, None))


def _made(found: TableScope, context: Context) -> Made:
    match found.written:
        case ast.DerivedTable() as written:
            return _per_group(written, found, context)
        case ast.StackedTable() as written:
            return _stacked(written, found, context)
        case ast.LookThrough() as written:
            return look_through(written, found, context)
    raise AssertionError("only tables that are written so are worked out")


def rows_of(name: ast.Name, where: ast.Expr | None, context: Context) -> RowSet:
    """The rows that a table is worked out from."""
    rows = row_set(name, context)
    return evolve(rows, where=(*rows.where, *context.within(rows.table).conjuncts(where)))


def _per_group(written: ast.DerivedTable, found: TableScope, context: Context) -> PerGroup:
    rows = rows_of(written.rows, written.where, context)
    groups = group_columns(written.per, context.within(rows.table))
    worlds = tuple(group for group in groups if group.name in worlds_of(context))
    for name, group in sorted(zip(written.per, groups, strict=True), key=lambda one: one[1] not in worlds):
        _add(found, ast.Name(group.name.rpartition(".")[2], span=name.span), group.type, key=True)
    inside = evolve(context, grouped=True, source=rows.table)
    figures = all_of(*((lambda one=one: _figure(one, rows, inside)) for one in written.fields))
    for one, figure in zip(written.fields, figures, strict=True):
        _add(found, one.name, figure.type)
    names = [one.name.text for one in written.fields]
    groups = tuple(group for group in groups if group not in worlds)
    every = _every(written, groups, worlds, context) if written.every else None
    return PerGroup(rows, worlds, groups, tuple(zip(names, figures, strict=True)), every)


def _every(
    written: ast.DerivedTable, groups: tuple[ColumnOf, ...], worlds: tuple[ColumnOf, ...], context: Context
) -> RowSet:
    """The rows of the table that the one group links to."""
    name = written.per[0]
    if worlds or len(groups) != 1:
        raise Problem(say("PD743", name.span, name=name.text, why="it is not alone: there is another group or world"))
    link = groups[0].type.link if isinstance(groups[0].type, TextType) else None
    if link is None:
        raise Problem(say("PD743", name.span, name=name.text, why="it links to no table"))
    return row_set(ast.Name(link, span=name.span), context)


def _figure(field: ast.Field, rows: RowSet, context: Context) -> Expression:
    figure = context.infer(field.body)
    if one_table(figure, field.span) != rows.table:
        raise Problem(say("PD254", field.span, tables=f"{rows.table} and {one_table(figure, field.span)}"))
    return with_conditions(figure, rows.where)


def _add(found: TableScope, name: ast.Name, type: Type, key: bool = False) -> None:
    if name.text in found.names():
        raise Problem(say("PD208", name.span, column=name.text, table=found.declared.name.text))
    found.columns[name.text] = Column(name.text, type, key, span=name.span)
    found.spellings[name.text] = name.text


# --- rows of several tables, one after another ------------------------------------------------------------------------


def _stacked(written: ast.StackedTable, found: TableScope, context: Context) -> Stacked:
    first = [field.name.text for field in written.sources[0].fields]
    for source in written.sources:
        names = [field.name.text for field in source.fields]
        if sorted(names) != sorted(first) or len({*names}) < len(names):
            table = found.declared.name.text
            raise Problem(say("PD504", source.span, table=table, first=", ".join(first), here=", ".join(names)))
    rows = all_of(*((lambda one=one: rows_of(one.rows, one.where, context)) for one in written.sources))
    sources: list[dict[str, Expression]] = [{} for _ in rows]
    for name in first:
        type: Type | None = None
        for at, source in enumerate(written.sources):
            field = next(each for each in source.fields if each.name.text == name)
            value = context.within(rows[at].table).infer(field.body, type)
            type = value.type if type is None else _both(name, type, value.type, field.span)
            sources[at][name] = value
        assert type is not None
        _add(found, next(field.name for field in written.sources[0].fields if field.name.text == name), type)
    stacked = (StackedSource(each, tuple(fields.items())) for each, fields in zip(rows, sources, strict=True))
    return Stacked(tuple(stacked))


def _both(name: str, one: Type, other: Type, span: Span) -> Type:
    """The type of a column that holds values of two."""
    match one, other:
        case LabelType(labels=labels), LabelType(labels=more):
            return LabelType(name, tuple(dict.fromkeys((*labels, *more))))
        case TextType(), TextType():
            return one if one == other else TEXT
    if one != other or isinstance(one, DateSpan):
        raise Problem(say("PD505", span, name=name, first=describe(one), here=describe(other)))
    return one
