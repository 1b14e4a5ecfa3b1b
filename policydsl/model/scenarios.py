"""The scenarios of a rulebook: every name in their changes is found, every value of the kind that its column holds."""

from collections.abc import Mapping, Sequence

from policydsl.catalogue import say
from policydsl.diagnostics import Label
from policydsl.model.comparing import agree
from policydsl.model.context import Context
from policydsl.model.examples import table_given
from policydsl.model.expressions import ColumnOf, Expression, Labelled, Named, ParameterOf
from policydsl.model.naming import row_set
from policydsl.model.problem import Problem, all_of
from policydsl.model.remarks import remarks_of
from policydsl.model.rulebook import Table
from policydsl.model.scenario import ParameterChanged, RowsChanged, RowsGiven, Scenario
from policydsl.model.scope import Scope, unknown
from policydsl.model.tables_of import parts, parts_that_are, quantity_in_rows, tables_of
from policydsl.model.words import words
from policydsl.source import Source
from policydsl.syntax import ast


def declare_scenarios(files: Sequence[tuple[Source, ast.File]], scope: Scope, context: Context) -> None:
    """All scenarios, each with a title of its own."""
    made = scope.scenarios
    for source, file in files:
        for written in (one for one in file.declarations if isinstance(one, ast.Scenario)):
            with scope.trying():
                found = _scenario(written, source, context)
                if (first := made.setdefault(found.title.casefold(), found)) is not found:
                    before = Label(first.span, "declared here first")
                    raise Problem(say("PD630", written.span, title=found.title, labels=(before,)))


def _scenario(written: ast.Scenario, source: Source, context: Context) -> Scenario:
    if not written.changes:
        raise Problem(say("PD631", written.span, title=written.title))
    changes = all_of(*((lambda one=one: _change(one, source, context)) for one in written.changes))
    return Scenario(written.title, tuple(changes), remarks_of(written.clauses), span=written.span)


def _change(
    written: ast.RowChange | ast.ParameterChange | ast.AddedRows | ast.GivenTable, source: Source, context: Context
) -> RowsChanged | ParameterChanged | RowsGiven:
    match written:
        case ast.RowChange():
            return _rows_changed(written, context)
        case ast.ParameterChange():
            return _parameter_changed(written, context)
        case ast.AddedRows(rows=rows):
            return _rows_given(rows, True, source, context)
        case ast.GivenTable():
            return _rows_given(written, False, source, context)


def _rows_given(rows: ast.GivenTable, added: bool, source: Source, context: Context) -> RowsGiven:
    found = table_given(rows, source, context)
    if context.scope.tables[found.table].table().made is not None:
        raise Problem(say("PD633", rows.table.span, words=rows.table.text))
    return RowsGiven(found, added)


def _rows_changed(written: ast.RowChange, context: Context) -> RowsChanged:
    rows = row_set(written.each.rows, context)
    inside = context.within(rows.table)
    where = inside.conjuncts(written.each.where)
    if rows.largest is not None or context.scope.tables[rows.table].table().made is not None:
        raise Problem(say("PD633", written.each.span, words=written.each.rows.text))
    columns = all_of(*((lambda one=one: _assigned(one, rows.table, inside)) for one in written.assignments))
    for index, (name, _) in enumerate(columns):
        if name in {earlier for earlier, _ in columns[:index]}:
            raise Problem(say("PD271", written.assignments[index].name.span, column=name))
    tables = {name: one.table() for name, one in context.scope.tables.items()}
    for node in (*rows.where, *where, *(value for _, value in columns)):
        if (quantity := quantity_in_rows(node, tables, ()) or _from_elsewhere(node, tables)) is not None:
            raise Problem(say("PD633", written.span, words=words(quantity)))
    return RowsChanged(type(rows)(rows.table, (*rows.where, *where)), tuple(columns))


def _from_elsewhere(node: Expression, tables: Mapping[str, Table]) -> ColumnOf | None:
    """A column whose values come from other tables or from a group, in computed columns and categories too."""
    pending: list[object] = [node]
    seen: set[tuple[str, str]] = set()
    while pending:
        for part in parts(pending.pop()):
            if isinstance(part, ColumnOf | Labelled):
                table, name = tables[part.table], part.name if isinstance(part, ColumnOf) else part.category
                if any(added.name == name for added in table.added):
                    return ColumnOf(table.name, name, part.type)
                if (table.name, name) not in seen:
                    seen.add((table.name, name))
                    pending += [column.expression for column in table.computed if column.name == name]
                    pending += [one for one in table.categories if one.name == name]
    return None


def _assigned(written: ast.Assignment, table: str, inside: Context) -> tuple[str, Expression]:
    scope = inside.scope.tables[table]
    name = scope.spellings.get(written.name.text)
    if name is None:
        if written.name.text in scope.names():
            raise Problem(say("PD632", written.name.span, column=written.name.text, why="is worked out from others"))
        raise unknown(written.name, f"a column of {table}", list(scope.spellings))
    column = scope.columns[name]
    dated_by = scope.declared.dated_by
    if column.key or (dated_by is not None and dated_by.text == name):
        why = "is a key" if column.key else "dates the rows"
        raise Problem(say("PD632", written.name.span, column=name, why=why))
    value = inside.infer(written.value, column.type)
    agree(ColumnOf(table, name, column.type), value, written.value.span)
    return name, value


def _parameter_changed(written: ast.ParameterChange, context: Context) -> ParameterChanged:
    parameter = context.scope.parameters.get(written.name.text)
    if parameter is None:
        raise unknown(written.name, "a parameter", list(context.scope.parameters))
    value = context.outside().infer(written.value, parameter.type)
    named = next(iter(parts_that_are(Named, value)), None)
    if tables_of(value) or named is not None:
        raise Problem(say("PD633", written.value.span, words=words(value)))
    if context.scope.undecided.get(written.name.text, parameter.type) is not None:
        agree(ParameterOf(parameter.name, parameter.type), value, written.value.span)
    return ParameterChanged(parameter.name, value)
