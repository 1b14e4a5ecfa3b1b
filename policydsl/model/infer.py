"""From expressions as written to checked ones: every name is found, every type worked out.

Types flow both ways: what stands beside a column, a scale or a text decides what a bare word means, so each expression
is inferred with a `hint`, the type of its neighbour.
"""

from fractions import Fraction

from policydsl.catalogue import say
from policydsl.inputs.texts import tidy
from policydsl.model.aggregating import aggregate
from policydsl.model.answers import answers_named, any_answer, holds_answer
from policydsl.model.comparing import among, between, both, compare, contains, days_between, state_is, whole_term
from policydsl.model.context import Context
from policydsl.model.decisions import answer_of
from policydsl.model.expressions import (
    And,
    Arithmetic,
    Choice,
    Constant,
    Expression,
    FigureOf,
    Not,
    Or,
    Pick,
    ShiftDate,
)
from policydsl.model.functions import function_of
from policydsl.model.histories import value_on
from policydsl.model.naming import value_of
from policydsl.model.past import on_date
from policydsl.model.problem import Problem, all_of
from policydsl.model.ruled import rule_is
from policydsl.model.types import (
    DATE,
    NUMBER,
    SHARE,
    TEXT,
    YES_NO,
    DateType,
    GradeType,
    LabelType,
    Numeric,
    Type,
    describe,
    product,
)
from policydsl.model.undecided import is_open
from policydsl.model.units import constant, unmistakable
from policydsl.model.words import words
from policydsl.syntax import ast


def infer(node: ast.Expr | ast.Answer, context: Context, hint: Type | None = None) -> Expression:
    """The checked form of an expression."""
    match node:
        case ast.Answer():
            return answer_of(node, context)
        case ast.Quantity():
            unmistakable(node, context.scope.written(node.span))
            return constant(node, context.scope.country)
        case ast.Text(value=text):
            return _text(node, text, context, hint)
        case ast.Date(value=day):
            return Constant(day, DATE)
        case ast.YesNo(value=yes):
            return Constant(yes, YES_NO)
        case ast.Name():
            return value_of(node, context, hint)
        case ast.Aggregate(function=word) if isinstance(hint, LabelType) and word in hint.labels and _is_bare(node):
            return context.label(word, hint, node.span)
        case ast.Aggregate():
            return _aggregate(node, context)
        case ast.Compare(op=op, left=left, right=right):
            return compare(op, left, right, node.span, context)
        case ast.Between(value=value, low=low, high=high):
            return between(value, low, high, context)
        case ast.Arithmetic():
            return _arithmetic(node, context, hint)
        case ast.Negative(value=ast.PercentOf(share=share, whole=whole)):
            return _percent_of(ast.Negative(share, span=node.span), whole, context)
        case ast.Negative(value=value):
            number = context.numeric(value)
            if isinstance(number, Constant) and isinstance(number.value, Fraction):
                return Constant(-number.value, number.type)
            assert isinstance(number.type, Numeric)
            return Arithmetic("-", Constant(Fraction(0), number.type), number, number.type)
        case ast.PercentOf(share=share, whole=whole):
            return _percent_of(share, whole, context)
        case ast.Pick():
            return _pick(node, context, hint)
        case ast.Choice():
            return _choice(node, context, hint)
        case ast.In():
            return among(node, context)
        case ast.Is(value=value, state="none") if (answers := answers_named(value, context)) is not None:
            some = any_answer(answers)
            return some if node.negated else Not(some)
        case ast.Is():
            return state_is(node, context)
        case ast.RuleIs():
            return rule_is(node, context)
        case ast.Contains(value=value, text=text_node) if (answers := answers_named(value, context)) is not None:
            return holds_answer(answers, text_node, context)
        case ast.Contains(value=value, text=text_node):
            return contains(value, text_node, context)
        case ast.Not(condition=inner):
            return Not(context.condition(inner))
        case ast.And() | ast.Or():
            parts = all_of(*((lambda part=part: context.condition(part)) for part in _flat(node, type(node))))
            return And(tuple(parts)) if isinstance(node, ast.And) else Or(tuple(parts))
        case ast.Call(function=function):
            if function.text == "remaining":
                raise Problem(say("PD230", node.span))
            if function.text == "days":
                return days_between(node, context)
            return function_of(node, context)
        case ast.OnDate(value=ast.Name(text=name), date=day) if not isinstance(day, ast.PreviousDate) and _is_dated(
            name, context
        ):
            parameter = context.scope.parameters[name]
            return value_on(parameter, context.infer(day, DATE), node, context, hint)
        case ast.OnDate():
            return on_date(node, context)
        case ast.Undecided():
            raise Problem(say("PD216", node.span))
        case ast.Range() | ast.Listing():
            raise Problem(say("PD217", node.span))


def _flat(node: ast.Expr, kind: type[ast.And] | type[ast.Or]) -> list[ast.Expr]:
    parts: list[ast.Expr] = []
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, kind):
            pending += [part.right, part.left]
        else:
            parts.append(part)
    return parts


def _text(node: ast.Text, text: str, context: Context, hint: Type | None) -> Expression:
    match hint:
        case GradeType(scale=scale):
            return context.grade(text, scale, node.span)
        case LabelType():
            return context.label(text, hint, node.span)
    return Constant(tidy(text), TEXT)


def _arithmetic(node: ast.Arithmetic, context: Context, hint: Type | None) -> Expression:
    left, right = _sides(node, context)
    if isinstance(left.type, DateType) or isinstance(right.type, DateType):
        return _date_arithmetic(node, left, right)
    for side, found in ((node.left, left), (node.right, right)):
        if not isinstance(found.type, Numeric):
            raise Problem(say("PD219", side.span, words=words(found), type=describe(found.type)))
    assert isinstance(left.type, Numeric) and isinstance(right.type, Numeric)
    if node.op in ("+", "-"):
        if left.type != right.type:
            raise Problem(
                say("PD221", node.span, left=words(left), right=words(right),
                    left_type=describe(left.type), right_type=describe(right.type), op=node.op)
            )  # fmt: skip
        return Arithmetic(node.op, left, right, left.type)
    if node.op == "*":
        return Arithmetic("*", left, right, product(left.type, right.type))
    ratio = product(left.type, right.type, -1)
    if left.type == right.type == NUMBER and not isinstance(right, Constant):
        ratio = SHARE
    return Arithmetic("/", left, right, ratio, ratio=ratio == SHARE and left.type == right.type)


def _sides(node: ast.Arithmetic, context: Context) -> tuple[Expression, Expression]:
    """Both sides; what is undecided is of the kind of what it is added to or taken from."""
    if node.op in ("+", "-") and is_open(node.right, context.scope) and not is_open(node.left, context.scope):
        left = infer(node.left, context)
        return left, infer(node.right, context, left.type if isinstance(left.type, Numeric) else None)
    if node.op in ("+", "-") and is_open(node.left, context.scope) and not is_open(node.right, context.scope):
        right = infer(node.right, context)
        return infer(node.left, context, right.type if isinstance(right.type, Numeric) else None), right
    left, right = all_of(lambda: infer(node.left, context), lambda: infer(node.right, context))
    return left, right


def _date_arithmetic(node: ast.Arithmetic, left: Expression, right: Expression) -> Expression:
    if node.op == "-" and left.type == right.type == DATE:
        raise Problem(say("PD230", node.span))
    if node.op in ("+", "-") and left.type == DATE and isinstance(right.type, Numeric) and right.type.is_term:
        whole_term(right, node.right)
        return ShiftDate(left, right, 1 if node.op == "+" else -1)
    raise Problem(
        say("PD221", node.span, left=words(left), right=words(right),
            left_type=describe(left.type), right_type=describe(right.type), op=node.op)
    )  # fmt: skip


def _percent_of(share: ast.Expr, whole: ast.Expr, context: Context) -> Expression:
    part, total = all_of(lambda: infer(share, context), lambda: context.numeric(whole))
    assert part.type == SHARE, "the parser takes only a percentage before `of`"
    assert isinstance(total.type, Numeric)
    whole_type = total.type if total.type.dims else product(SHARE, total.type)
    return Arithmetic("*", part, total, whole_type, ratio=True)


def _pick(node: ast.Pick, context: Context, hint: Type | None) -> Expression:
    left, right = both(node.left, node.right, context) if hint is None else (
        infer(node.left, context, hint), infer(node.right, context, hint),
    )  # fmt: skip
    graded = isinstance(left.type, GradeType)
    if left.type != right.type:
        raise Problem(
            say("PD220", node.span, left=words(left), right=words(right),
                left_type=describe(left.type), right_type=describe(right.type))
        )  # fmt: skip
    if graded != (node.which in ("better", "worse")) or not isinstance(left.type, GradeType | Numeric | DateType):
        raise Problem(say("PD223", node.span, which=node.which, type=describe(left.type)))
    return Pick(node.which, left, right, left.type)


def _choice(node: ast.Choice, context: Context, hint: Type | None) -> Expression:
    if hint is None:
        then, otherwise = both(node.value, node.otherwise, context)
    else:
        then, otherwise = infer(node.value, context, hint), infer(node.otherwise, context, hint)
    if then.type != otherwise.type:
        raise Problem(
            say("PD220", node.span, left=words(then), right=words(otherwise),
                left_type=describe(then.type), right_type=describe(otherwise.type))
        )  # fmt: skip
    test = None if node.condition is None else context.condition(node.condition)
    return Choice(test, then, otherwise, then.type)


def _is_dated(name: str, context: Context) -> bool:
    """Whether a word is a parameter's and not that of a column here."""
    here = context.rows is not None and name in context.rows.names()
    return name in context.scope.parameters and not here


def _is_bare(node: ast.Aggregate) -> bool:
    """Whether a figure's word stands by itself, so that it may be a column or a label."""
    return (node.measure, node.rows, node.where, node.labels) == (None, None, None, ())


def _aggregate(node: ast.Aggregate, context: Context) -> Expression:
    if context.table is None:
        return aggregate(node, context)
    if _is_bare(node):
        raise Problem(say("PD224", node.span, word=node.function))
    figure = aggregate(node, context.outside())
    return FigureOf(figure, figure.type)
