"""Tables, scales and parameters: the vocabulary that everything else is checked against."""

from fractions import Fraction

from policydsl.catalogue import say
from policydsl.inputs.texts import tidy
from policydsl.model.expressions import Constant
from policydsl.model.histories import periods_of, type_of, value_type
from policydsl.model.problem import Problem
from policydsl.model.remarks import remarks_of
from policydsl.model.rulebook import Column, Parameter, Scale
from policydsl.model.scope import Derived, Scope, TableScope, unknown
from policydsl.model.types import (
    DATE,
    NUMBER,
    SHARE,
    TERM,
    TERM_IN_DAYS,
    TEXT,
    YES_NO,
    GradeType,
    LabelType,
    ListType,
    Numeric,
    TextType,
    Type,
    describe,
    money,
)
from policydsl.model.units import UNITS, constant, currency, unmistakable
from policydsl.syntax import ast

_MULTIPLES = {"k": 1_000, "M": 1_000_000, "bn": 1_000_000_000}


def declare_scale(scope: Scope, scale: ast.Scale) -> None:
    """A scale and the ranks of all its grades."""
    name = scale.name.text
    if not scope.declare(scale.name, "a scale"):
        return
    ranks: dict[str, int] = {}
    for rank, grade in enumerate(scale.grades):
        for word in grade.names:
            _rank(scope, ranks, word, rank)
    for word in scale.unrated:
        _rank(scope, ranks, word, len(scale.grades))
    ranks.setdefault("unrated", len(scale.grades))
    scope.grades[name] = ranks
    grades = tuple(tuple(_text(word) for word in grade.names) for grade in scale.grades)
    scope.scales[name] = Scale(name, grades, tuple(_text(word) for word in scale.unrated), span=scale.span)


def _text(word: ast.Name | ast.Text) -> str:
    return word.text if isinstance(word, ast.Name) else word.value


def _rank(scope: Scope, ranks: dict[str, int], word: ast.Name | ast.Text, rank: int) -> None:
    key = _text(word).strip().casefold()
    if ranks.get(key, rank) != rank:
        scope.diagnostics.append(say("PD206", word.span, grade=_text(word)))
    ranks.setdefault(key, rank)


def declare_derived(scope: Scope, table: Derived) -> None:
    """The name of a table that is worked out from others; its columns are found when it is first spoken of."""
    if not scope.declare(table.name, "a table"):
        return
    declared = ast.Table(table.name, table.singular, None, (), span=table.span)
    scope.tables[table.name.text] = TableScope(declared, {}, {}, written=table)
    _declare_singular(scope, declared)


def _declare_singular(scope: Scope, table: ast.Table) -> None:
    singular = table.singular
    if singular is not None and singular.text != table.name.text and scope.declare(singular, "the word for one row"):
        scope.singulars[singular.text] = table.name.text


def declare_table(scope: Scope, table: ast.Table) -> None:
    """A table and its columns."""
    if not scope.declare(table.name, "a table"):
        return
    found = TableScope(table, {}, {})
    scope.tables[table.name.text] = found
    _declare_singular(scope, table)
    for column in table.columns:
        with scope.trying():
            _declare_column(scope, found, column)
    if table.dated_by is not None and table.dated_by.text not in found.columns:
        found.columns[table.dated_by.text] = Column(table.dated_by.text, DATE, span=table.dated_by.span)
        found.spellings[table.dated_by.text] = table.dated_by.text
    elif table.dated_by is not None and found.columns[table.dated_by.text].type != DATE:
        scope.diagnostics.append(say("PD207", table.dated_by.span, column=table.dated_by.text))


def _declare_column(scope: Scope, table: TableScope, column: ast.Column) -> None:
    type, factor = column_type(scope, column.type, column.name.text)
    name = column.name.text
    for spelling in (name, *(also.value for also in column.also)):
        if spelling in table.spellings:
            raise Problem(say("PD208", column.name.span, column=spelling, table=table.declared.name.text))
        table.spellings[spelling] = name
    _blank_fits(column, type)
    table.columns[name] = Column(
        name,
        type,
        column.key,
        column.not_negative,
        column.blank,
        tuple(also.value for also in column.also),
        factor,
        column.type.separator,
        span=column.name.span,
    )


def _blank_fits(column: ast.Column, type: Type) -> None:
    fits = {
        None: True,
        "none": True,
        "no": type == YES_NO,
        "0": isinstance(type, Numeric),
        "unrated": isinstance(type, GradeType),
    }
    if not fits[column.blank]:
        raise Problem(say("PD209", column.name.span, column=column.name.text, blank=column.blank, type=describe(type)))
    if column.not_negative and not isinstance(type, Numeric):
        raise Problem(say("PD210", column.name.span, column=column.name.text, type=describe(type)))
    if column.key and column.blank is not None:
        raise Problem(say("PD211", column.name.span, column=column.name.text))


def column_type(scope: Scope, written: ast.ColumnType, owner: str) -> tuple[Type, Fraction]:
    """The type of a column and the factor of its numbers."""
    word = written.word
    match written.kind:
        case "text":
            return TEXT, Fraction(1)
        case "yes/no":
            return YES_NO, Fraction(1)
        case "date":
            return DATE, Fraction(1)
        case "number":
            return NUMBER, Fraction(1)
        case "share":
            return SHARE, UNITS[word.text][0] if word is not None and word.text in UNITS else Fraction(1, 100)
        case "money":
            assert word is not None
            return _money(word)
        case "term":
            assert word is not None
            if word.text not in UNITS or UNITS[word.text][1] not in (TERM, TERM_IN_DAYS):
                raise unknown(word, "a unit of time", ["years", "months", "weeks", "days"])
            factor, type = UNITS[word.text]
            return type, factor
        case "one of":
            labels = tuple(label.text for label in written.labels)
            for index, label in enumerate(written.labels):
                if label.text.casefold() in {earlier.casefold() for earlier in labels[:index]}:
                    raise Problem(say("PD212", label.span, label=label.text))
            return LabelType(owner, labels), Fraction(1)
        case "scale":
            assert word is not None
            if word.text not in scope.scales:
                raise unknown(word, "a column type or a scale", [*scope.scales, "text", "date", "number", "yes/no"])
            return scope.grade_type(word.text), Fraction(1)
        case "link":
            assert word is not None
            return TextType(word.text), Fraction(1)
        case "list":
            if word is None or word.text == "text":
                return ListType(TEXT), Fraction(1)
            if word.text not in scope.scales:
                raise unknown(word, "`text` or a scale", [*scope.scales, "text"])
            return ListType(scope.grade_type(word.text)), Fraction(1)


def _money(word: ast.Name) -> tuple[Type, Fraction]:
    for prefix, factor in _MULTIPLES.items():
        if word.text.startswith(prefix) and len(word.text) == len(prefix) + 3:
            return money(currency(word.text[len(prefix) :], word)), Fraction(factor)
    if word.text[:1] in ("K", "T") and len(word.text) == 4:
        return money(currency(word.text[1:], word)), Fraction(1_000)
    return money(currency(word.text, word)), Fraction(1)


def declare_parameter(scope: Scope, parameter: ast.Parameter) -> None:
    """A parameter with its type and, if the text has it, its value."""
    if not scope.declare(parameter.name, "a parameter"):
        return
    name = parameter.name.text
    remarks = remarks_of(parameter.clauses)
    match parameter.value:
        case ast.Supplied(type=written):
            type, factor = column_type(scope, written, name)
            found = Parameter(name, type, None, True, remarks, factor, span=parameter.name.span)
        case ast.History() as history:
            periods = periods_of(history, name, lambda value: _value(value, name, scope))
            type = type_of(periods, name) or SHARE
            if all(period.value is None for period in periods):
                scope.undecided[name] = None
            found = Parameter(name, type, None, False, remarks, history=periods, span=parameter.name.span)
        case written:
            value = _value(written, name, scope)
            if value is None:
                scope.undecided[name] = None
            type = SHARE if value is None else value_type(value)
            found = Parameter(name, type, value, False, remarks, span=parameter.name.span)
    scope.parameters[name] = found


def _value(written: ast.Expr, name: str, scope: Scope) -> Constant | tuple[Constant, ...] | None:
    """A parameter's value as written; None if it is `undecided`."""
    match written:
        case ast.Undecided():
            return None
        case ast.Listing(items=items):
            values = tuple(_literal(item, scope) for item in items)
            if len({value.type for value in values}) > 1:
                raise Problem(say("PD213", written.span, name=name))
            return values
    return _literal(written, scope)


def _scales_with(word: str, scope: Scope) -> list[str]:
    return [scale for scale, ranks in scope.grades.items() if word.casefold() in ranks and word != "unrated"]


def _literal(value: ast.Expr, scope: Scope) -> Constant:
    match value:
        case ast.Quantity():
            unmistakable(value, scope.written(value.span))
            return constant(value, scope.country)
        case ast.Name(text=word) if len(scales := _scales_with(word, scope)) == 1:
            return Constant(scope.grades[scales[0]][word.casefold()], scope.grade_type(scales[0]))
        case ast.Negative(value=ast.Quantity() as inner):
            found = constant(inner, scope.country)
            assert isinstance(found.value, Fraction)
            return Constant(-found.value, found.type)
        case ast.Text(value=text):
            return Constant(tidy(text), TEXT)
        case ast.Date(value=day):
            return Constant(day, DATE)
        case ast.YesNo(value=yes):
            return Constant(yes, YES_NO)
    raise Problem(say("PD214", value.span))
