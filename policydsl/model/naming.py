"""What a bare word means where it stands."""

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.model.context import Context
from policydsl.model.currencies import CURRENCIES
from policydsl.model.expressions import (
    Aggregate,
    AsOf,
    ColumnOf,
    Constant,
    Expression,
    FigureOf,
    Named,
    OfGroup,
    ParameterOf,
    RowSet,
    ShareOf,
)
from policydsl.model.histories import value_on
from policydsl.model.made import EXISTS
from policydsl.model.problem import Problem, all_of
from policydsl.model.remarks import remarks_of
from policydsl.model.rulebook import Category, CategoryLabel, Computed, Grouped, Linked, Parameter, Quantity
from policydsl.model.scope import Rows, TableScope, unknown
from policydsl.model.tables_of import parts_that_are, tables_of
from policydsl.model.types import (
    TEXT,
    YES_NO,
    AnswersType,
    DateType,
    GradeType,
    LabelType,
    Numeric,
    TextType,
    Type,
    YesNoType,
    describe,
)
from policydsl.model.undecided import beside
from policydsl.source import Span
from policydsl.syntax import ast


def value_of(name: ast.Name, context: Context, hint: Type | None) -> Expression:
    """The value that a word names: a label or grade of its neighbour first, then a declared name, then a currency."""
    if not name.quoted:
        match hint:
            case LabelType(labels=labels) if any(label.casefold() == name.text.casefold() for label in labels):
                return context.label(name.text, hint, name.span)
            case GradeType(scale=scale) if name.text.casefold() in context.scope.grades[scale]:
                return context.grade(name.text, scale, name.span)
    parameter = context.scope.parameters.get(name.text)
    match parameter, hint:
        case Parameter(value=Constant(value=str(text))), GradeType(scale=scale):
            return context.grade(text, scale, name.span)
        case Parameter(history=(_, *_), type=TextType()), GradeType():
            return evolve(value_on(parameter, AsOf(), name, context, hint), written=name.text)
    if name.text in context.scope.undecided and hint is not None:
        return beside(name, hint, context.scope)
    declared = declared_value(name, context)
    if declared is not None:
        return declared
    match hint:  # in backticks a label comes after the declared names
        case LabelType(labels=labels) if any(label.casefold() == name.text.casefold() for label in labels):
            return context.label(name.text, hint, name.span)
    if isinstance(hint, TextType) and name.text in CURRENCIES:
        return Constant(name.text, TEXT)
    raise _unknown(name, context, hint)


def is_declared(name: ast.Name, context: Context) -> bool:
    """Whether a word names a value by itself, without a neighbour's help."""
    scope, rows = context.scope, context.rows
    if rows is not None and (name.text in rows.names() or _leads_on(name, rows)):
        return True
    return (
        name.text == "as_of"
        or any(name.text in known for known in (scope.parameters, scope.definitions, scope.per_groups))
        or any(name.text in scope.tables[link].names() for _, link in _links(context))
    )


def _leads_on(name: ast.Name, rows: TableScope) -> bool:
    """Whether a dotted name begins with a column, which may be a link."""
    link, dot, _ = name.text.partition(".")
    return bool(dot) and not name.quoted and link in rows.spellings


def declared_value(name: ast.Name, context: Context) -> Expression | None:
    """The column, parameter or quantity of that name."""
    scope, text = context.scope, name.text
    if context.rows is not None and (column := column_of(name, context)) is not None:
        return column
    if text == "as_of":
        return AsOf()
    if text in scope.parameters:
        return ParameterOf(text, scope.undecided.get(text) or scope.parameters[text].type)
    if text in scope.definitions:
        found = definition(name, context)
        if isinstance(found, Rows):
            raise Problem(say("PD225", name.span, name=text))
        if isinstance(found.expression.type, AnswersType):
            raise Problem(say("PD740", name.span, name=text))
        named = Named(text, found.expression, found.expression.type)
        return named if context.table is None else FigureOf(named, named.type)
    if context.table is None and (found_there := of_group(name, context)) is not None:
        return found_there
    if text in scope.tables or text in scope.singulars:
        raise Problem(say("PD225", name.span, name=text))
    return None


def of_group(name: ast.Name, context: Context) -> Expression | None:
    """What the group of a check has for itself under a name: `define NAME per ...`, or a column of the linked row."""
    if name.text in context.scope.per_groups:
        _, found = per_group(name, context)
        if found.groups != context.per:
            groups = ", ".join(group.name for group in found.groups)
            raise Problem(say("PD508", name.span, name=name.text, groups=groups))
        return Named(name.text, _beside(found, name) if context.beside else found.figure, found.type)
    for group, link in _links(context):
        inside = context.outside().within(link)
        if inside.rows is not None and name.text in inside.rows.names():
            column = column_of(name, inside)
            assert column is not None
            graded = isinstance(column.type, GradeType)
            if not graded and not isinstance(column.type, Numeric | DateType):
                raise Problem(say("PD512", name.span, name=name.text, table=link, type=describe(column.type)))
            rows = row_set(ast.Name(link, span=name.span), context)
            figure = Aggregate("best" if graded else "min", rows, column, None, (), column.type)
            return OfGroup(figure, (group,), name.text, column.type)
    return None


def _beside(found: Grouped, name: ast.Name) -> Expression:
    if not isinstance(found.figure, Aggregate | ShareOf):
        raise Problem(
            say("PD298", name.span, form=f"`{name.text}`, which is calculated from several figures, in a bound")
        )
    return OfGroup(evolve(found.figure), found.groups, name.text, found.type)


def _links(context: Context) -> list[tuple[ColumnOf, str]]:
    """The groups of a check that link to a table."""
    linked = [(group, group.type.link) for group in context.per if isinstance(group.type, TextType)]
    return [(group, link) for group, link in linked if link is not None]


def column_of(name: ast.Name, context: Context, answers: bool = False) -> ColumnOf | None:
    """The column of the table whose rows are spoken of: from the data, computed, or a category. What holds several
    answers at once is no value, and a column only for whoever asks for `answers`."""
    rows, table = context.rows, context.table
    assert rows is not None and table is not None
    if name.text in rows.spellings:
        own = rows.spellings[name.text]
        return ColumnOf(table, own, rows.columns[own].type)
    if name.text in rows.definitions:
        type = _computed(rows, rows.definitions[name.text], context).type
        if isinstance(type, AnswersType) and not answers:
            raise Problem(say("PD740", name.span, name=name.text))
        return ColumnOf(table, name.text, type)
    if name.text in rows.categories:
        found = category(rows, rows.categories[name.text], context)
        return ColumnOf(table, found.name, LabelType(found.name, tuple(label.label for label in found.labels)))
    if name.text in context.scope.per_groups:
        of, grouped = per_group(name, context)
        return ColumnOf(table, name.text, grouped.type) if of == table else None
    return followed(name, rows, context) if "." in name.text and not name.quoted else None


def followed(name: ast.Name, rows: TableScope, context: Context) -> ColumnOf | None:
    """The column of another table that a link leads to: `issuer.country`."""
    table = context.table
    assert table is not None
    first, _, rest = name.text.partition(".")
    link = rows.columns.get(rows.spellings.get(first, ""))
    if link is None:
        return None
    if not isinstance(link.type, TextType) or link.type.link is None:
        raise Problem(say("PD501", name.span, column=link.name, table=table, of=rest))
    to = link.type.link
    if to not in context.scope.tables:
        raise Problem()  # that there is no such table has been told where the link is declared
    inside = context.within(to)
    there = inside.rows
    assert there is not None
    keys = [column.name for column in there.columns.values() if column.key]
    if len(keys) != 1:
        raise Problem(say("PD502", name.span, table=to, link=link.name, keys=len(keys)))
    of = column_of(ast.Name(rest, span=name.span), inside)
    if of is None:
        raise unknown(ast.Name(rest, span=name.span), f"a column of {to}", there.names())
    own = f"{link.name}.{of.name}"
    if own not in rows.added:
        rows.added[own] = Linked(own, of.type, link=link.name, table=to, of=of.name, span=name.span)
        context.scope.made.append((table, own))
    return ColumnOf(table, own, of.type)


def per_group(name: ast.Name, context: Context) -> tuple[str, Grouped]:
    """The column that `define NAME per issuer = share` is, and the table of the figure's rows, whose column it is."""
    scope = context.scope
    define = scope.per_groups[name.text]
    if name.text not in scope.per_groups_done:
        with scope.working_out(define.name):
            assert not isinstance(define.body, ast.RowsWhere)
            figure = evolve(context.outside(), grouped=True).infer(define.body)
            table = one_table(figure, define.body.span)
            groups = group_columns(define.per, context.outside().within(table))
            inside = context.outside().within(table)
            named = inside.rows.names() if inside.rows is not None else []
            within = sorted(worlds_of(context) & {*named})
            worlds = group_columns(tuple(ast.Name(one, span=define.name.span) for one in within), inside)
            groups = tuple(group for group in groups if group not in worlds)
            found = Grouped(name.text, figure.type, worlds=worlds, groups=groups, figure=figure, span=define.name.span)
            if name.text in scope.tables[table].names():
                raise Problem(say("PD208", define.name.span, column=name.text, table=table))
            scope.per_groups_done[name.text] = table, found
            scope.tables[table].added[name.text] = found
            scope.made.append((table, name.text))
    return scope.per_groups_done[name.text]


def worlds_of(context: Context) -> frozenset[str]:
    """The columns of which every rule makes worlds of their own."""
    header = context.scope.header
    return frozenset(name.text for name in header.within_each) if header is not None else frozenset()


def one_table(figure: Expression, span: Span) -> str:
    """The only table of a figure that is asked for each group."""
    tables = tables_of(figure)
    if not tables:
        raise Problem(say("PD251", span))
    if len(tables) > 1:
        raise Problem(say("PD254", span, tables=" and ".join(tables)))
    if not isinstance(figure.type, Numeric | DateType | GradeType | YesNoType):
        raise Problem(say("PD503", span, type=describe(figure.type)))
    if any(share.whole.rows.largest is not None for share in parts_that_are(ShareOf, figure)):
        raise Problem(say("PD298", span, form="a share of the largest rows, for each group,"))
    return tables[0]


def group_columns(names: tuple[ast.Name, ...], inside: Context) -> tuple[ColumnOf, ...]:
    """The columns that groups are told apart by."""
    found = []
    for name in names:
        column = column_of(name, inside)
        if column is None:
            rows = inside.rows
            assert rows is not None
            raise unknown(name, f"a column of {inside.table}", rows.names())
        found.append(column)
    return tuple(found)


def definition(name: ast.Name, context: Context) -> Quantity | Rows:
    """A definition that is not a column: a quantity (or a condition on quantities) or a set of rows."""
    scope = context.scope
    if name.text in scope.quantities:
        return scope.quantities[name.text]
    if name.text in scope.rows:
        return scope.rows[name.text]
    define = scope.definitions[name.text]
    with scope.working_out(name):
        if isinstance(define.body, ast.RowsWhere):
            inner = row_set(define.body.rows, context)
            where = context.within(inner.table).conjuncts(define.body.where)
            rows = Rows(name.text, RowSet(inner.table, (*inner.where, *where), inner.largest))
            scope.rows[name.text] = rows
            return rows
        if isinstance(define.body, ast.Name) and _names_rows(define.body, context):
            rows = Rows(name.text, row_set(define.body, context))
            scope.rows[name.text] = rows
            return rows
        expression = context.outside().infer(define.body)
        found = Quantity(name.text, expression, remarks_of(define.clauses), span=define.name.span)
        scope.quantities[name.text] = found
        while isinstance(expression, Named):
            expression = expression.quantity
        scope.called.setdefault(expression, name.text)
        return found


def _names_rows(name: ast.Name, context: Context) -> bool:
    if context.scope.rows_name(name) is not None:
        return True
    body = context.scope.definitions.get(name.text)
    return body is not None and isinstance(body.body, ast.RowsWhere)


def row_set(name: ast.Name, context: Context) -> RowSet:
    """The rows that a table's name, its singular or a definition of rows stands for."""
    scope = context.scope
    table = scope.rows_name(name)
    if table is not None:
        made = context.within(table).rows
        exists = (ColumnOf(table, EXISTS, YES_NO),) if made is not None and made.written is not None else ()
        return RowSet(table, exists)
    if name.text in scope.definitions:
        found = definition(name, context)
        if isinstance(found, Rows):
            return found.rows
        if (summed := sum_of(found)) is not None:
            return RowSet(summed.rows.table, (*summed.rows.where, *summed.where), summed.rows.largest)
        raise Problem(say("PD226", name.span, name=name.text))
    if name.text in scope.broken:
        raise Problem()
    known = [*scope.tables, *scope.singulars, *scope.definitions]
    raise unknown(name, "a table, a set of rows or a defined sum", known)


def sum_of(quantity: Quantity) -> Aggregate | None:
    """The sum that a definition is, if it is just that."""
    expression = quantity.expression
    while isinstance(expression, Named):
        expression = expression.quantity
    return expression if isinstance(expression, Aggregate) and expression.function == "sum" else None


def _computed(rows: TableScope, define: ast.Define, context: Context) -> Computed:
    name = define.name.text
    if name not in rows.computed_done:
        with context.scope.working_out(define.name):
            assert not isinstance(define.body, ast.RowsWhere)
            expression = context.outside().within(rows.declared.name.text).infer(define.body)
            rows.computed_done[name] = Computed(name, expression.type, expression, span=define.name.span)
    return rows.computed_done[name]


def _label(line: ast.CategoryLabel, inside: Context) -> CategoryLabel:
    test = None if line.condition is None else inside.condition(line.condition)
    return CategoryLabel(line.label.text, line.title, test)


def category(rows: TableScope, written: ast.Category, context: Context) -> Category:
    """A category, its conditions checked."""
    name = written.name.text
    if name not in rows.categories_done:
        with context.scope.working_out(written.name):
            inside = context.within(rows.declared.name.text)
            where = None if written.where is None else inside.condition(written.where)
            labels = all_of(*((lambda line=line: _label(line, inside)) for line in written.labels))
            for index, line in enumerate(written.labels):
                if line.label.text in {earlier.label.text for earlier in written.labels[:index]}:
                    raise Problem(say("PD212", line.label.span, label=line.label.text))
            rows.categories_done[name] = Category(
                name, rows.declared.name.text, where, tuple(labels), span=written.name.span
            )
    return rows.categories_done[name]


def _unknown(name: ast.Name, context: Context, hint: Type | None) -> Problem:
    scope, rows = context.scope, context.rows
    columns = {column.name.text for column in rows.declared.columns} if rows is not None else set()
    if name.text in scope.places or name.text in scope.broken or name.text in columns:
        return Problem()  # what is wrong with it has been told where it is declared
    elsewhere = [table for table, found in scope.tables.items() if name.text in found.names()]
    if elsewhere:
        here = f"`{context.table}`" if context.table else "the whole run"
        return Problem(say("PD227", name.span, name=name.text, table=elsewhere[0], here=here))
    known = [*scope.parameters, *scope.definitions, "as_of"]
    what = "a quantity or a parameter"
    if rows is not None:
        known += rows.names()
        what = f"a column of {context.table}, a quantity or a parameter"
    match hint:
        case LabelType(owner=owner, labels=labels):
            return unknown(name, f"a label of {owner}", [*labels, *known], list(labels))
        case GradeType(scale=scale):
            grades = context.grade_names(scale)
            return unknown(name, f"a grade of {scale}", [*grades, *known], grades)
        case TextType():
            known = [*known, *CURRENCIES] if name.text.isupper() else known
            what = f"{what}; a text is written in quotation marks"
    return unknown(name, what, known)
