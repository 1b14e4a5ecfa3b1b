"""The tests of a rulebook: examples whose every name and reference must be right."""

from collections.abc import Collection

from policydsl.catalogue import nearest, say
from policydsl.model.comparing import agree
from policydsl.model.context import Context
from policydsl.model.expressions import Arithmetic, Constant, Expression
from policydsl.model.made import sources_of
from policydsl.model.obligations import Attest, Duty
from policydsl.model.probes import probe
from policydsl.model.problem import Problem, all_of, all_three
from policydsl.model.rulebook import Check, Expectation, Limit, RowsHold, TestCase, TestTable
from policydsl.model.scenario_names import scenario_named, unknown_scenario
from policydsl.model.scope import unknown
from policydsl.model.types import NUMBER, SHARE, TEXT, YES_NO, ListType, Numeric, Type, describe
from policydsl.model.words import words as text_of
from policydsl.source import Source, Span
from policydsl.syntax import ast
from policydsl.syntax.given import has_foreign_sign
from policydsl.syntax.languages import DEFAULT
from policydsl.syntax.printing import print_expr
from policydsl.syntax.words import Words, words_of


def test_case(test: ast.Test, checks: dict[str, Check], source: Source, context: Context) -> TestCase:
    """A test with its tables as texts, to be read as a file's cells are."""
    given_tables = [given for given in test.givens if isinstance(given, ast.GivenTable)]
    given_values = [given for given in test.givens if isinstance(given, ast.GivenValue)]
    _once([given.table for given in given_tables] + [given.name for given in given_values])
    tables, values, expectations = all_three(
        lambda: all_of(*((lambda given=given: table_given(given, source, context)) for given in given_tables)),
        lambda: all_of(*((lambda given=given: _value(given, context)) for given in given_values)),
        lambda: all_of(*((lambda expect=expect: _expectation(expect, checks, context)) for expect in test.expects)),
    )
    if not expectations:
        raise Problem(say("PD270", test.span, title=test.title))
    scenario = None if test.scenario is None else _scenario(test.scenario, context)
    return TestCase(test.title, test.as_of, tuple(tables), tuple(values), tuple(expectations), scenario, span=test.span)


def _scenario(title: ast.Text, context: Context) -> str:
    scenarios = tuple(context.scope.scenarios.values())
    found = scenario_named(title.value, scenarios)
    if found is None:
        raise Problem(say("PD635", title.span, title=title.value, hint=unknown_scenario(title.value, scenarios)))
    return found.title


def _once(names: list[ast.Name]) -> None:
    for index, name in enumerate(names):
        if name.text in {earlier.text for earlier in names[:index]}:
            raise Problem(say("PD271", name.span, column=name.text))


def table_given(given: ast.GivenTable, source: Source, context: Context) -> TestTable:
    """The rows of a `given` or an `add`, as texts."""
    scope = context.scope
    name = scope.rows_name(given.table)
    if name is None:
        raise unknown(given.table, "a table", list(scope.tables))
    made = scope.tables[name].made
    if made is not None:
        sources = " and ".join(f"`{source}`" for source in sources_of(made))
        raise Problem(say("PD507", given.table.span, table=name, sources=sources))
    spellings = scope.tables[name].spellings
    heads = [ast.Name(head.text, span=head.span) for head in given.heads]
    named = [*heads, *(fixed for fixed, _ in given.fixed)]
    for head in named:
        if head.text not in spellings:
            raise unknown(head, f"a column of {name}", list(spellings))
    columns = [spellings[head.text] for head in named]
    for index, column in enumerate(columns):
        if column in columns[:index]:
            raise Problem(say("PD271", named[index].span, column=column))
    words = words_of(scope.languages[source.path])
    numeric = [isinstance(scope.tables[name].columns[column].type, Numeric) for column in columns[: len(given.heads)]]
    for index in (index for index, counts in enumerate(numeric) if counts):
        _decimal_signs([row[index] for row in given.rows], source, words)
    fixed = tuple(_fixed(value, source, words.code) for _, value in given.fixed)
    rows = tuple(
        (*(_of(cell, counts) for cell, counts in zip(row, numeric, strict=True)), *fixed) for row in given.rows
    )
    lines = tuple(source.position(row[0].span.start).line if row else 0 for row in given.rows)
    return TestTable(name, tuple(columns), rows, lines, span=given.span)


def _of(cell: ast.RawCell, counts: bool) -> str | None:
    """A cell as a file has it: a number as in English, and any other text as it was written."""
    return (cell.text if counts else cell.written or cell.text).strip() or None


def _decimal_signs(cells: list[ast.RawCell], source: Source, words: Words) -> None:
    """Numbers of a test have the decimal sign of the rulebook's language."""
    for cell in cells:
        written = source.words(cell.span)
        if has_foreign_sign(written, words):
            raise Problem(say("PD154", cell.span, word=written, sign=words.decimal))


def _fixed(value: ast.Expr, source: Source, language: str) -> str:
    if isinstance(value, ast.Text):
        return value.value
    return (source.words(value.span) if language == DEFAULT else print_expr(value)).strip("`")


def _value(given: ast.GivenValue, context: Context) -> tuple[str, Constant]:
    parameter = context.scope.parameters.get(given.name.text)
    if parameter is None:
        raise unknown(given.name, "a parameter", list(context.scope.parameters))
    if isinstance(given.value, ast.Listing) and isinstance(parameter.type, ListType):
        of = parameter.type.of
        items = [literal_value(context.outside().infer(item, of), item.span) for item in given.value.items]
        for item, written in zip(items, given.value.items, strict=True):
            agree(Constant("", of), item, written.span)
        # the items of a list are texts or grades
        return given.name.text, Constant(tuple(item.value for item in items), parameter.type)  # type: ignore[misc]
    value = context.outside().infer(given.value, parameter.type)
    constant = literal_value(value, given.value.span)
    if context.scope.undecided.get(given.name.text, parameter.type) is not None:
        agree(Constant(constant.value, parameter.type), constant, given.value.span)
    return given.name.text, constant


def literal_value(value: Expression, span: Span) -> Constant:
    """A value that is written out."""
    match value:
        case Constant():
            return value
        case Arithmetic(op="-", left=Constant(), right=Constant(value=number, type=type)):
            return Constant(-number, type)  # type: ignore[operator]  # only numbers have a minus
    raise Problem(say("PD214", span))


def _expectation(expect: ast.Expect, checks: dict[str, Check], context: Context) -> Expectation:
    if expect.of.id not in checks and (probed := probe(expect, context)) is not None:
        return Expectation(expect.of.id, None, None, (), probed, span=expect.span)
    if expect.outcome is None:
        return _quantity_expectation(expect, context)
    check = resolve(expect.of, checks, context.scope.broken)
    group = tuple(in_group(name, value, check, context) for name, value in expect.group)
    at = None if expect.at is None else _at(expect.at, check, context)
    return Expectation(check.id, expect.outcome, at, group, span=expect.span)


def _quantity_expectation(expect: ast.Expect, context: Context) -> Expectation:
    name = ast.Name(expect.of.id, span=expect.of.span)
    quantity = context.scope.quantities.get(name.text)
    if quantity is None or expect.of.cell is not None:
        tables = context.scope.tables.values()
        columns = [name for table in tables for name in (*table.definitions, *table.categories)]
        raise unknown(name, "a defined quantity or column", [*context.scope.quantities, *columns])
    if expect.at is None:
        raise Problem(say("PD272", expect.span, name=name.text))
    value = context.outside().infer(expect.at, quantity.expression.type)
    agree(quantity.expression, value, expect.at.span)
    return Expectation(name.text, None, literal_value(value, expect.at.span), (), span=expect.span)


def in_group(name: ast.Name, value: ast.Expr, check: Check, context: Context) -> tuple[str, str]:
    """A group of a check and its value, as verdicts name them."""
    columns = groups_of(check)
    if name.text not in columns:
        raise unknown(name, f"a group of `{check.id}`", list(columns))
    type = columns[name.text]
    found = literal_value(context.outside().infer(value, type), value.span)
    return name.text, str(found.value)


def groups_of(check: Check) -> dict[str, Type]:
    """What the verdicts on a check are told apart by, with the type of its values."""
    if isinstance(check.assertion, Duty | Attest):
        entities, every = check.assertion.entities, check.assertion.schedule.every
        period: dict[str, Type] = {} if every is None else {"period": TEXT}
        return period if entities is None else {**period, entities.word: TEXT}
    trade: dict[str, Type] = {} if check.purchase is None else {check.purchase.key: TEXT}
    return trade | {column.name: column.type for column in (*check.worlds, *check.groups)}


def _at(at: ast.Expr, check: Check, context: Context) -> Constant:
    if isinstance(check.assertion, Duty | Attest):
        raise Problem(say("PD588", at.span, id=check.id))
    types: list[Type] = [NUMBER] if isinstance(check.assertion, RowsHold) else [YES_NO]
    if isinstance(check.assertion, Limit):
        types = [check.assertion.figure.type]
        if check.assertion.bound is not None and check.assertion.bound.of is not None:
            types.append(SHARE)
    value = literal_value(context.outside().infer(at, types[0]), at.span)
    if value.type not in types and isinstance(check.assertion, Limit):
        agree(check.assertion.figure, value, at.span)
    elif value.type not in types:
        raise Problem(say("PD257", at.span, words=text_of(value), type=describe(value.type), wanted="a number of rows"))
    return value


# --- references -------------------------------------------------------------------------------------------------------


def resolve(reference: ast.Reference, checks: dict[str, Check], broken: Collection[str]) -> Check:
    """The check that a reference names: a rule, or a cell by its row and column. Nothing more is said of a rule that is
    `broken` by an error of its own."""
    written = reference.id if reference.cell is None else f"{reference.id}[{reference.cell}]"
    if written in checks:
        return checks[written]
    wanted = _plain(written)
    by_name = {_plain(id): check for id, check in checks.items()}
    if wanted in by_name:
        return by_name[wanted]
    if reference.cell is not None:
        start = wanted[:-1] + ","
        row = [check for name, check in by_name.items() if name.startswith(start)]
        if len(row) == 1:
            return row[0]
        if row:
            raise Problem(say("PD273", reference.span, id=written, example=row[0].id))
    if reference.id in broken:
        raise Problem()
    known = list(checks) if reference.cell is not None else list(dict.fromkeys(check.rule for check in checks.values()))
    near = nearest(written, known)
    if reference.cell is None and any(check.rule == reference.id for check in checks.values()):
        raise Problem(say("PD273", reference.span, id=reference.id, example=_example(reference.id, checks)))
    raise Problem(say("PD274", reference.span, id=written, hint=f": did you mean `{near}`?" if near else ""))


def _example(rule: str, checks: dict[str, Check]) -> str:
    return next(check.id for check in checks.values() if check.rule == rule)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
