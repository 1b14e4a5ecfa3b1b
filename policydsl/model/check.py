"""From files as parsed to a rulebook: the vocabulary first, then everything that is said in it."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic, Label
from policydsl.model import foundations
from policydsl.model.assertions import rule_check
from policydsl.model.calendars import country
from policydsl.model.context import Context
from policydsl.model.decisions import definitions_of
from policydsl.model.declare import declare_derived, declare_parameter, declare_scale, declare_table
from policydsl.model.deriving import derive
from policydsl.model.examples import test_case
from policydsl.model.home_currency import other_kronor
from policydsl.model.infer import infer
from policydsl.model.layers import prove, stacked, with_origins
from policydsl.model.limits import limits_checks
from policydsl.model.misplaced import misplaced
from policydsl.model.naming import category, column_of, definition, per_group, sum_of
from policydsl.model.obliging import attest_check, duty_check
from policydsl.model.problem import Problem
from policydsl.model.proofs import findings_of
from policydsl.model.remarks import remarks_of
from policydsl.model.rulebook import Check, Quantity, Rulebook, Waiver
from policydsl.model.ruled import wrongly_asked
from policydsl.model.scenarios import declare_scenarios
from policydsl.model.scope import Derived, Scope, unknown
from policydsl.model.types import describe
from policydsl.model.undecided import settle
from policydsl.model.units import currency
from policydsl.model.waiving import waiver_of
from policydsl.source import Source
from policydsl.syntax import ast
from policydsl.syntax.retelling import retold

Files = Sequence[tuple[Source, ast.File]]
"""Texts and their trees."""


def check(files: Files, bases: Sequence[Files] = ()) -> tuple[Rulebook | None, tuple[Diagnostic, ...]]:
    """The rulebook that the files make together on top of those that it extends, the lowest first; or what is wrong
    with them."""
    stack = stacked([*bases, files])
    files = stack.files
    languages = {source.path: file.language for source, file in files}
    scope = Scope(
        {source.path: source for source, _ in files},
        languages,
        stack.diagnostics,
        inherited=stack.inherited,
        lower=frozenset(stack.lower),
    )
    context = Context(scope, infer, derive)
    declarations = [declaration for _, file in files for declaration in file.declarations]
    _header(scope, declarations, files)
    scope.broken |= {name for source, file in files for one in file.declarations for name in _broken_names(one, source)}
    if scope.header is None:
        return None, tuple(scope.diagnostics)
    _vocabulary(scope, declarations)
    _one_meaning(scope)
    foundations.found(scope)
    _definitions(scope, declarations, context)
    _base(scope, context)
    scope.diagnostics.extend(misplaced(declarations))
    _decisions(scope, declarations, context)
    checks = with_origins(_checks(scope, declarations, context), stack, scope)
    looks_back = scope.looks_back or any(made.remarks.cure_within for made in checks)
    scope.diagnostics.extend(wrongly_asked(checks, scope))
    prove(stack, scope, lambda one: _checks_of(one, context))
    settle(scope)
    declare_scenarios(files, scope, context)
    by_id = {made.id: made for made in checks}
    waivers = _waivers(declarations, by_id, context)
    tests = []
    for source, file in files:
        for test in (one for one in file.declarations if isinstance(one, ast.Test)):
            with scope.trying():
                tests.append(test_case(test, by_id, source, context))
    header = scope.header
    broken = any(isinstance(one, ast.Broken) for one in declarations)
    if header is None or broken or any(found.is_error for found in scope.diagnostics):
        return None, tuple(dict.fromkeys(scope.diagnostics))
    rulebook = Rulebook(
        header.title,
        header.version,
        header.adopted_by,
        header.adopted_on,
        header.currency.text if header.currency else None,
        remarks_of(header.clauses),
        {name: table.table() for name, table in scope.tables.items()},
        dict(scope.scales),
        dict(scope.parameters),
        _in_text_order(scope, declarations),
        tuple(_in_its_language(checks, scope.languages[header.span.path])),
        tuple(tests),
        tuple(source for source, _ in files),
        _hash(source.text for source in sorted((source for source, _ in files), key=lambda one: one.path)),
        _hash(sorted(repr(one) for one in declarations if not isinstance(one, ast.Test))),
        scope.base,
        tuple(waivers),
        bool(scope.ruled),
        looks_back,
        tuple(scope.scenarios.values()),
        tuple(stack.titles) if bases else (),
        tuple(stack.removed),
        tuple((f"{name} of {table}" if table else name, change) for (table, name), change in stack.renewed.items()),
        stack.unasked,
        tuple(scope.made),
        scope.languages[header.span.path],
    )
    return rulebook, tuple(dict.fromkeys(scope.diagnostics))


def _broken_names(declaration: ast.Declaration, source: Source) -> list[str]:
    """The name that a declaration which did not parse was to declare: its second word."""
    return source.words(declaration.span).split()[1:2] if isinstance(declaration, ast.Broken) else []


def _hash(texts: Iterable[str]) -> str:
    digest = sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


def _header(scope: Scope, declarations: list[ast.Declaration], files: Sequence[tuple[Source, ast.File]]) -> None:
    headers = [one for one in declarations if isinstance(one, ast.Header)]
    for extra in headers[1:]:
        scope.diagnostics.append(
            say("PD290", extra.span, title=extra.title, labels=(Label(headers[0].span, "the first one is here"),))
        )
    if headers:
        scope.header = headers[0]
        if headers[0].currency is not None:
            with scope.trying():
                currency(headers[0].currency.text, headers[0].currency)
            for source, file in files:
                scope.diagnostics += other_kronor(source, file, headers[0].currency.text)
        if headers[0].calendar is not None:
            with scope.trying():
                scope.country = country(headers[0].calendar)
    elif not any(isinstance(one, ast.Broken) for one in declarations):
        path = files[0][0].path if files else "the rulebook"
        scope.diagnostics.append(say("PD291", None, path=path))


def _vocabulary(scope: Scope, declarations: list[ast.Declaration]) -> None:
    for scale in (one for one in declarations if isinstance(one, ast.Scale)):
        declare_scale(scope, scale)
    tables = [one for one in declarations if isinstance(one, ast.Table)]
    derived = [one for one in declarations if isinstance(one, Derived)]
    names = {table.name.text for table in (*tables, *derived)}
    for made in derived:
        declare_derived(scope, made)
    for table in tables:
        declare_table(scope, table)
        for column in table.columns:
            word = column.type.word
            if column.type.kind == "link" and word is not None and word.text not in names:
                scope.diagnostics.extend(unknown(word, "a table", sorted(names)).diagnostics)
    for parameter in (one for one in declarations if isinstance(one, ast.Parameter)):
        with scope.trying():
            declare_parameter(scope, parameter)
    for one in _defining(declarations):
        if isinstance(one, ast.Define) and one.per:
            if scope.declare(one.name, "a definition"):
                scope.per_groups[one.name.text] = one
        elif isinstance(one, ast.Category | ast.Define) and one.table is not None:
            with scope.trying():
                _declare_in_table(scope, one, one.table)
        elif isinstance(one, ast.Define) and scope.declare(one.name, "a definition"):
            scope.definitions[one.name.text] = one


def _defining(declarations: list[ast.Declaration]) -> Iterator[ast.Category | ast.Define]:
    """What defines names, in the order of the text."""
    for one in declarations:
        if isinstance(one, ast.Decide):
            yield from definitions_of(one)
        elif isinstance(one, ast.Category | ast.Define):
            yield one


def _one_meaning(scope: Scope) -> None:
    """A definition has one name to itself: not that of a column here and of a quantity there."""
    for table, found in scope.tables.items():
        defined = {name: define.name.span for name, define in found.definitions.items()}
        defined |= {name: written.name.span for name, written in found.categories.items()}
        for name, span in defined.items():
            if name in scope.places:
                first = Label(scope.places[name], "declared here too")
                scope.diagnostics.append(say("PD204", span, name=name, what=f"the column of {table}", labels=(first,)))


def _declare_in_table(scope: Scope, one: ast.Category | ast.Define, on: ast.Name) -> None:
    name = scope.rows_name(on)
    if name is None:
        raise unknown(on, "a table", list(scope.tables))
    table = scope.tables[name]
    if one.name.text in table.names():
        scope.diagnostics.append(say("PD208", one.name.span, column=one.name.text, table=name))
    elif isinstance(one, ast.Category):
        table.categories[one.name.text] = one
    elif isinstance(one.body, ast.RowsWhere):
        scope.diagnostics.append(say("PD292", one.name.span, name=one.name.text, table=name))
    else:
        table.definitions[one.name.text] = one


def _definitions(scope: Scope, declarations: list[ast.Declaration], context: Context) -> None:
    """Work out the base first, since a figure without `of` stands on it; then everything else once."""
    base = scope.header.base if scope.header is not None else None
    if base is not None and base.text in scope.definitions:
        with scope.trying():
            found = definition(base, context)
            if isinstance(found, Quantity):
                scope.base, scope.base_name = (whole := sum_of(found)), base.text
                if whole is not None:
                    scope.called[whole] = base.text
    for name in scope.tables:
        with scope.trying():
            context.within(name)
    failed: set[str] = {base.text} if base is not None and base.text not in scope.quantities else set()
    for name, table in scope.tables.items():
        for column in table.definitions.values():
            with scope.trying():
                column_of(column.name, context.within(name), answers=True)
        for written in table.categories.values():
            with scope.trying():
                category(table, written, context)
    for define in scope.per_groups.values():
        with scope.trying():
            per_group(define.name, context)
    for define in scope.definitions.values():
        if define.name.text not in failed:
            with scope.trying():
                definition(define.name, context)


def _decisions(scope: Scope, declarations: list[ast.Declaration], context: Context) -> None:
    """What is proved of each decision table as a whole."""
    for decide in (one for one in declarations if isinstance(one, ast.Decide)):
        table = None if decide.table is None else scope.rows_name(decide.table)
        if decide.table is not None and table is None:
            continue  # told where its names were declared
        with scope.trying():
            scope.diagnostics.extend(findings_of(decide, context.outside() if table is None else context.within(table)))


def _base(scope: Scope, context: Context) -> None:
    header = scope.header
    if header is None or header.base is None or header.base.text in scope.broken:
        return
    name = header.base
    if name.text not in scope.definitions:
        scope.diagnostics.extend(unknown(name, "a defined sum", list(scope.definitions)).diagnostics)
    elif scope.base is None and name.text in scope.quantities | scope.rows:
        found = scope.quantities.get(name.text)
        type = describe(found.expression.type) if found is not None else "a set of rows"
        scope.diagnostics.append(say("PD293", name.span, name=name.text, type=type))
    # a base is a sum of money
    elif scope.base is not None and header.currency is not None and scope.base.type.currency != header.currency.text:  # type: ignore[union-attr]
        scope.diagnostics.append(
            say("PD294", header.currency.span, currency=header.currency.text, base=name.text,
                type=describe(scope.base.type))
        )  # fmt: skip


def _checks(scope: Scope, declarations: list[ast.Declaration], context: Context) -> list[Check]:
    checks: list[Check] = []
    ids: dict[str, ast.Rule | ast.Limits | ast.Duty | ast.Attest] = {}
    for one in declarations:
        if not isinstance(one, ast.Rule | ast.Limits | ast.Duty | ast.Attest):
            continue
        if (first := ids.setdefault(one.id, one)) is not one:
            scope.diagnostics.append(
                say("PD204", one.id_span, name=one.id, what="a rule",
                    labels=(Label(first.id_span, "declared here first"),))
            )  # fmt: skip
            continue
        with scope.trying():
            checks += _checks_of(one, context)
    scope.broken |= ids.keys() - {made.rule for made in checks}
    return checks


def _checks_of(one: ast.Rule | ast.Limits | ast.Duty | ast.Attest, context: Context) -> list[Check]:
    match one:
        case ast.Rule():
            return [rule_check(one, context)]
        case ast.Limits():
            return limits_checks(one, context)
        case ast.Duty():
            return [duty_check(one, context.scope)]
        case ast.Attest():
            return [attest_check(one, context.scope)]


def _waivers(declarations: list[ast.Declaration], checks: dict[str, Check], context: Context) -> list[Waiver]:
    waivers: list[Waiver] = []
    ids: dict[str, ast.Waiver] = {}
    for one in (each for each in declarations if isinstance(each, ast.Waiver)):
        with context.scope.trying():
            if (first := ids.setdefault(one.id, one)) is not one:
                label = Label(first.id_span, "declared here first")
                raise Problem(say("PD204", one.id_span, name=one.id, what="a waiver", labels=(label,)))
            waivers.append(waiver_of(one, checks, context))
    return waivers


def _in_its_language(checks: list[Check], language: str) -> Iterable[Check]:
    """The checks with what they require in the language of the rulebook."""
    told = ((one, retold(one.requirement, language)) for one in checks)
    return (one if text == one.requirement else evolve(one, requirement=text) for one, text in told)


def _in_text_order(scope: Scope, declarations: list[ast.Declaration]) -> tuple[Quantity, ...]:
    names = [one.name.text for one in _defining(declarations) if isinstance(one, ast.Define)]
    return tuple(scope.quantities[name] for name in names if name in scope.quantities)
