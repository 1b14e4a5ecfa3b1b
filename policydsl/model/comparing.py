"""Comparisons, membership and states: both sides must be of one kind."""

from fractions import Fraction

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.model.context import Context
from policydsl.model.expressions import (
    Among,
    And,
    Arithmetic,
    AsOf,
    ColumnOf,
    Compare,
    Constant,
    Contains,
    Expression,
    Labelled,
    Not,
    ParameterOf,
    ShiftDate,
    Sign,
    StateIs,
    Stretch,
)
from policydsl.model.naming import is_declared
from policydsl.model.problem import Problem, all_of
from policydsl.model.texts import among_its_texts
from policydsl.model.types import (
    DATE,
    SHARE,
    TERM_IN_DAYS,
    TEXT,
    DateType,
    GradeType,
    LabelType,
    ListType,
    Numeric,
    TextType,
    Type,
    YesNoType,
    describe,
)
from policydsl.model.undecided import is_open
from policydsl.model.words import words
from policydsl.source import Span
from policydsl.syntax import ast

MIRRORED: dict[Sign, Sign] = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "=": "=", "!=": "!="}


def compare(op: Sign, left: ast.Expr, right: ast.Expr, span: Span, context: Context) -> Expression:
    """`left op right`, once both sides are known to be comparable."""
    if (gap := _gap(left, context)) is not None:
        return Compare(op, gap[0], _shift(gap[1], right, context))
    if (gap := _gap(right, context)) is not None:
        return Compare(MIRRORED[op], gap[0], _shift(gap[1], left, context))
    first, second = both(left, right, context)
    return comparison(op, first, second, span, context)


def both(left: ast.Expr, right: ast.Expr, context: Context) -> tuple[Expression, Expression]:
    """Two neighbours, each of which may tell what the other one's words mean."""
    if _is_lone(left, context) and not (isinstance(right, ast.Name) and _is_lone(right, context)):
        second = context.infer(right)
        return context.infer(left, second.type), second
    first = context.infer(left)
    return first, context.infer(right, first.type)


def _is_lone(node: ast.Expr, context: Context) -> bool:
    """Whether it says only beside its neighbour what it means."""
    undeclared = isinstance(node, ast.Name) and not is_declared(node, context)
    return isinstance(node, ast.Text) or undeclared or is_open(node, context.scope)


def comparison(op: Sign, left: Expression, right: Expression, span: Span, context: Context) -> Expression:
    """A comparison of two checked values."""
    agree(left, right, span)
    match left.type:
        case GradeType():
            return Compare(MIRRORED[op], left, right)
        case TextType() | LabelType() | YesNoType() if op not in ("=", "!="):
            raise Problem(say("PD228", span, op=op, type=describe(left.type)))
        case ListType():
            raise Problem(say("PD228", span, op=op, type=describe(left.type)))
        case LabelType():
            return _labels_equal(op, left, right, context)
        case TextType():
            among_its_texts(left, right, span, context)
    return Compare(op, left, right)


def agree(left: Expression, right: Expression, span: Span) -> None:
    """Both sides are of one type, or the message names both."""
    same = left.type == right.type
    if isinstance(left.type, TextType) and isinstance(right.type, TextType):
        same = True
    if isinstance(left.type, LabelType) and isinstance(right.type, LabelType):
        same = set(left.type.labels) == set(right.type.labels)
    hints: tuple[str, ...] = ()
    if right.type == SHARE and isinstance(left.type, Numeric) and left.type.currency is not None:
        hints = (f"say what it is a percentage of, such as `{words(right)} of portfolio`",)
    if not same:
        raise Problem(
            say("PD220", span, hints=hints, left=words(left), right=words(right),
                left_type=describe(left.type), right_type=describe(right.type))
        )  # fmt: skip


def _labels_equal(op: Sign, left: Expression, right: Expression, context: Context) -> Expression:
    for column, label in ((left, right), (right, left)):
        if isinstance(column, ColumnOf) and isinstance(label, Constant) and is_category(column, context):
            test = Labelled(column.name, column.table, frozenset([str(label.value)]))
            return test if op == "=" else Not(test)
    return Compare(op, left, right)


def is_category(column: ColumnOf, context: Context) -> bool:
    """Whether a column is a category's label."""
    return column.name in context.scope.tables[column.table].categories


# --- the time between two dates ---------------------------------------------------------------------------------------


def is_gap(node: ast.Expr, context: Context) -> bool:
    """Whether it is the time between two dates, which is known only beside a term."""
    return _gap(node, context) is not None


def _gap(node: ast.Expr, context: Context) -> tuple[Expression, Expression] | None:
    """`a - b` between dates, or `remaining(d)`: the two dates."""
    match node:
        case ast.Call(function=ast.Name(text="remaining"), arguments=(argument,)):
            return _dated(argument, context), AsOf()
        case ast.Arithmetic(op="-", left=left, right=right):
            if _is_date(left, context) and _is_date(right, context):
                return context.infer(left), context.infer(right)
    return None


def days_between(node: ast.Call, context: Context) -> Expression:
    """`days(a - b)`, `days(remaining(d))`: the number of days between two dates."""
    gap = _gap(node.arguments[0], context) if len(node.arguments) == 1 else None
    if gap is None:
        raise Problem(say("PD538", node.span))
    return Arithmetic("-", gap[0], gap[1], TERM_IN_DAYS)


def _dated(node: ast.Expr, context: Context) -> Expression:
    found = context.infer(node)
    if found.type != DATE:
        raise Problem(say("PD232", node.span, words=words(found), type=describe(found.type)))
    return found


def _is_date(node: ast.Expr, context: Context) -> bool:
    try:
        return context.infer(node).type == DATE
    except Problem:
        return False


def _shift(date: Expression, term: ast.Expr, context: Context) -> ShiftDate:
    found = context.infer(term)
    if not isinstance(found.type, Numeric) or not found.type.is_term:
        raise Problem(
            say("PD220", term.span, left="the time between two dates", left_type="a term",
                right=words(found), right_type=describe(found.type))
        )  # fmt: skip
    if not isinstance(found, Constant | ParameterOf):
        raise Problem(say("PD233", term.span, words=words(found)))
    whole_term(found, term)
    if isinstance(found, ParameterOf):
        for fixed in context.scope.parameters[found.name].values:
            whole_term(fixed, term)
    return ShiftDate(date, found, 1)


def whole_term(term: Expression, node: ast.Expr) -> None:
    """A term that shifts a date is one of whole months or days."""
    if isinstance(term, Constant) and isinstance(term.value, Fraction) and term.value.denominator != 1:
        raise Problem(say("PD231", node.span, words=words(term)))


# --- ranges and lists -------------------------------------------------------------------------------------------------


def between(value: ast.Expr, low: ast.Expr, high: ast.Expr, context: Context) -> Expression:
    """`value between low and high`, both included."""
    span = value.span.to(high.span)
    first, second = all_of(
        lambda: compare(">=", value, low, span, context),
        lambda: compare("<=", value, high, span, context),
    )
    if isinstance(first, Compare) and isinstance(second, Compare):
        first, second = _forwards(first, second, low.span.to(high.span))
    return And((first, second))


def _forwards(first: Compare, second: Compare, span: Span) -> tuple[Compare, Compare]:
    """The two ends of a `between`, the lower one first; grades may stand either way round."""
    low, high = first.right, second.right
    if not (isinstance(low, Constant) and isinstance(high, Constant)):
        return first, second
    if isinstance(low.type, GradeType):
        best, worst = sorted((low, high), key=lambda end: int(str(end.value)))
        return evolve(first, op=">=", right=best), evolve(second, op="<=", right=worst)
    if low.value > high.value:  # type: ignore[operator]  # both of one ordered type
        raise Problem(say("PD234", span, low=words(low), high=words(high)))
    return first, second


def among(node: ast.In, context: Context) -> Expression:
    """`value in (...)`, `value in a..b`, `value in list`."""
    if isinstance(node.among, ast.Range) and (gap := _gap(node.value, context)) is not None:
        written = node.among
        stretch = Stretch(
            _shift(gap[1], written.low, context), _shift(gap[1], written.high, context),
            written.low_open, written.high_open,
        )  # fmt: skip
        return _negate(Among(gap[0], (stretch,)), node.negated)
    value = context.infer(node.value)
    if isinstance(node.among, ast.Name):
        return _negate(_in_named(value, node.among, context), node.negated)
    items = node.among.items if isinstance(node.among, ast.Listing) else (node.among,)
    return _negate(members(value, items, node.span, context), node.negated)


def _negate(test: Expression, negated: bool) -> Expression:
    return Not(test) if negated else test


def _in_named(value: Expression, name: ast.Name, context: Context) -> Expression:
    parameter = context.scope.parameters.get(name.text)
    if parameter is not None and parameter.value is None and isinstance(parameter.type, ListType):
        return Among(value, (ParameterOf(name.text, parameter.type),))
    if parameter is None or not isinstance(parameter.value, tuple):
        return members(value, (name,), name.span, context)
    if isinstance(value.type, GradeType):
        scale = value.type.scale
        texts = tuple(
            m if m.type == value.type else context.grade(str(m.value), scale, name.span) for m in parameter.value
        )
        return Among(value, texts)
    for member in parameter.value:
        agree(value, member, name.span)
        among_its_texts(value, member, name.span, context)
    return Among(value, parameter.value)


def members(value: Expression, items: tuple[ast.Expr, ...], span: Span, context: Context) -> Expression:
    """Whether a value is one of the items, each a value or a range."""
    if isinstance(value, ColumnOf) and isinstance(value.type, LabelType):
        labels = labels_of(value.type, items, context, is_category(value, context))
        if is_category(value, context):
            return Labelled(value.name, value.table, frozenset(labels), written=_written(items))
        return Among(value, tuple(Constant(label, value.type) for label in labels))
    type = value.type.of if isinstance(value.type, ListType) else value.type
    found = all_of(*((lambda item=item: _member(value, type, item, span, context)) for item in items))
    return Among(value, tuple(found))


def _written(items: tuple[ast.Expr, ...]) -> str:
    """How labels were selected: `D..E`, `(A, C)`."""
    texts = []
    for item in items:
        match item:
            case ast.Range(low=ast.Name(text=low), high=ast.Name(text=high), low_open=low_open, high_open=high_open):
                texts.append(f"{'>' if low_open else ''}{low}..{'<' if high_open else ''}{high}")
            case ast.Name(text=text) | ast.Text(value=text):
                texts.append(text)
    return texts[0] if len(items) == 1 else f"({', '.join(texts)})"


def _member(value: Expression, type: Type, item: ast.Expr, span: Span, context: Context) -> "Expression | Stretch":
    if not isinstance(item, ast.Range):
        member = context.infer(item, type)
        if member.type != type and not (isinstance(type, TextType) and member.type == TEXT):
            agree(value, member, item.span)
        among_its_texts(value, member, item.span, context)
        return member
    if not isinstance(type, Numeric | DateType | GradeType):
        raise Problem(say("PD229", item.span, words=words(value), type=describe(type)))
    low, high = context.infer(item.low, type), context.infer(item.high, type)
    agree(value, low, item.low.span)
    agree(value, high, item.high.span)
    ends = (low, high, item.low_open, item.high_open)
    if isinstance(low, Constant) and isinstance(high, Constant):
        backwards = low.value > high.value  # type: ignore[operator]  # both of one ordered type
        if isinstance(type, GradeType):
            ends = (high, low, item.high_open, item.low_open) if backwards else ends
        elif backwards:
            raise Problem(say("PD234", item.span, low=words(low), high=words(high)))
    return Stretch(*ends)


def labels_of(type: LabelType, items: tuple[ast.Expr, ...], context: Context, ordered: bool) -> tuple[str, ...]:
    """The labels that names and ranges select; only a category's labels have an order."""
    found: list[str] = []
    for item in items:
        match item:
            case ast.Name(text=text) | ast.Text(value=text):
                found.append(str(context.label(text, type, item.span).value))
            case ast.Range(low=ast.Name() as low, high=ast.Name() as high):
                if not ordered:
                    raise Problem(say("PD235", item.span, column=type.owner))
                ends = [type.labels.index(str(context.label(end.text, type, end.span).value)) for end in (low, high)]
                if ends[0] > ends[1]:
                    raise Problem(say("PD234", item.span, low=low.text, high=high.text))
                first = ends[0] + item.low_open
                last = ends[1] - item.high_open
                found.extend(type.labels[first : last + 1])
            case _:
                raise Problem(say("PD236", item.span, column=type.owner))
    return tuple(dict.fromkeys(found))


# --- states -----------------------------------------------------------------------------------------------------------


def state_is(node: ast.Is, context: Context) -> Expression:
    """`x is missing`, `is none`, `is present`, `is unrated`."""
    value = context.infer(node.value)
    if node.state == "unrated" and not isinstance(value.type, GradeType):
        raise Problem(say("PD237", node.span, words=words(value), type=describe(value.type)))
    return _negate(StateIs(value, node.state), node.negated)


def contains(value: ast.Expr, text: ast.Expr, context: Context) -> Expression:
    """`x contains "text"`."""
    whole = context.infer(value)
    if not isinstance(whole.type, TextType | ListType):
        raise Problem(say("PD238", value.span, words=words(whole), type=describe(whole.type)))
    hint = whole.type.of if isinstance(whole.type, ListType) else TEXT
    part = context.infer(text, hint)
    agree(Constant("", hint), part, text.span)
    return Contains(whole, part)
