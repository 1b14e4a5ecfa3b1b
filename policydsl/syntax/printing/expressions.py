"""Expressions, with parentheses only where the grammar needs them."""

from typing import assert_never

from policydsl.syntax import ast
from policydsl.syntax.printing.names import before_text, identifier, name, quantity, text
from policydsl.syntax.words import Words

WHOLE, CHOSEN, OR, AND, NOT, COMPARISON, PRODUCT_SUM, PRODUCT, SUM, ATOM = range(10)
"""How tightly an expression holds together: one in a tighter place stands in parentheses."""

_CONDITIONS = (OR, AND, NOT)
_PRODUCTS = (PRODUCT_SUM, PRODUCT)

_OPERATIONS = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT}
_PICKS = {"larger": "LARGER_OF", "smaller": "SMALLER_OF", "better": "BETTER_OF", "worse": "WORSE_OF"}


def expression(words: Words, expr: ast.Expr, place: int = WHOLE, *, of_rows: bool = False) -> str:
    """The text of an expression in a place; in a condition about rows no aggregate stands bare."""
    tightness = _tightness(expr, of_rows)
    if tightness < place or (place in _CONDITIONS and tightness in _PRODUCTS):
        return f"({_written(words, expr, False)})"
    return _written(words, expr, of_rows)


def _tightness(expr: ast.Expr, of_rows: bool) -> int:
    match expr:
        case ast.Choice():
            return WHOLE
        case ast.Aggregate(labels=labels, where=where):
            return WHOLE if of_rows or where is not None or len(labels) > 1 else ATOM
        case ast.Or():
            return OR
        case ast.And():
            return AND
        case ast.Not():
            return NOT
        case ast.RuleIs():
            return WHOLE if of_rows else COMPARISON
        case ast.Compare() | ast.Between() | ast.In() | ast.Is() | ast.Contains():
            return COMPARISON
        case ast.Arithmetic(op="*" | "/"):
            return PRODUCT
        case ast.Arithmetic(left=left, right=right):
            loose = _tightness(left, of_rows) in _PRODUCTS or _tightness(right, of_rows) == PRODUCT
            return PRODUCT_SUM if loose else SUM
    return ATOM


def _written(words: Words, expr: ast.Expr, of_rows: bool) -> str:
    def inner(part: ast.Expr, place: int) -> str:
        return expression(words, part, place, of_rows=of_rows)

    say = words.written
    match expr:
        case ast.Quantity():
            return quantity(words, expr)
        case ast.Text(value):
            return text(value)
        case ast.Date(value):
            return value.isoformat()
        case ast.YesNo(value):
            return say("YES" if value else "NO")
        case ast.Undecided():
            return say("UNDECIDED")
        case ast.Name():
            return name(words, expr)
        case ast.Range():
            return _range(words, expr)
        case ast.Listing(items):
            return f"({', '.join(expression(words, item, PRODUCT_SUM, of_rows=True) for item in items)})"
        case ast.Arithmetic():
            return _arithmetic(words, expr, of_rows)
        case ast.Negative(value):
            bare = isinstance(value, ast.Quantity | ast.Name | ast.PercentOf | ast.Call)
            return f"-{expression(words, value, ATOM, of_rows=True)}" if bare else f"-({expression(words, value)})"
        case ast.PercentOf(share, whole):
            return f"{inner(share, ATOM)} {say('OF')} {_name_or_parentheses(words, whole)}"
        case ast.Pick(which, left, right):
            first, second = (expression(words, side, ATOM, of_rows=True) for side in (left, right))
            return f"{say(_PICKS[which])} {first} {say('AND')} {second}"
        case ast.Choice():
            return _choice(words, expr)
        case ast.Call(function, arguments):
            given = ", ".join(expression(words, argument, PRODUCT_SUM, of_rows=True) for argument in arguments)
            return f"{name(words, function)}({given})"
        case ast.OnDate(value, date):
            return f"{_name_or_parentheses(words, value)} {say('ON')} {day(words, date)}"
        case ast.Aggregate():
            return aggregate(words, expr)
        case ast.Compare(op, left, right):
            return f"{inner(left, SUM)} {op} {inner(right, SUM)}"
        case ast.Between(value, low, high):
            return f"{inner(value, SUM)} {say('BETWEEN')} {inner(low, SUM)} {say('AND')} {inner(high, SUM)}"
        case ast.In(value, among, negated):
            return f"{inner(value, SUM)} {_not(words, negated)}{say('IN')} {inner(among, ATOM)}"
        case ast.Is(value, state, negated):
            return f"{inner(value, SUM)} {say('IS')} {_not(words, negated)}{say(state.upper())}"
        case ast.Contains(value, part):
            return f"{inner(value, SUM)} {say('CONTAINS')} {inner(part, ATOM)}"
        case ast.RuleIs(of, outcome, negated):
            rule = f"{say('RULE')} {identifier(of.id)}{f'[{of.cell}]' if of.cell is not None else ''}"
            return f"{rule} {say('IS')} {_not(words, negated)}{say(outcome.upper().replace(' ', '_'))}"
        case ast.Not(condition):
            return f"{say('NOT')} {inner(condition, NOT)}"
        case ast.And(left, right):
            return f"{inner(left, AND)} {say('AND')} {inner(right, NOT)}"
        case ast.Or(left, right):
            return f"{inner(left, OR)} {say('OR')} {inner(right, AND)}"
    assert_never(expr)


def _not(words: Words, negated: bool) -> str:
    return f"{words.written('NOT')} " if negated else ""


def _range(words: Words, said: ast.Range) -> str:
    low, high = expression(words, said.low, ATOM), expression(words, said.high, ATOM)
    return f"{'>' * said.low_open}{low}..{'<' * said.high_open}{high}"


def _arithmetic(words: Words, said: ast.Arithmetic, of_rows: bool) -> str:
    left, right = said.left, said.right
    if _OPERATIONS[said.op] == PRODUCT:
        left_fits = _tightness(left, of_rows) in (PRODUCT, ATOM)
        right_fits = _tightness(right, of_rows) == ATOM
    else:
        left_fits = _tightness(left, of_rows) >= PRODUCT_SUM
        right_fits = _tightness(right, of_rows) in (PRODUCT, ATOM)
    left_fits = left_fits and not _ends_with_pick(left)
    sides = (
        expression(words, side, WHOLE if fits else ATOM + 1, of_rows=of_rows)
        for side, fits in ((left, left_fits), (right, right_fits))
    )
    return f" {said.op} ".join(sides)


def _ends_with_pick(said: ast.Expr) -> bool:
    """Whether something ends with a choice of two, behind which no calculation goes on."""
    return isinstance(said, ast.Pick) or (isinstance(said, ast.Arithmetic) and _ends_with_pick(said.right))


def _choice(words: Words, said: ast.Choice) -> str:
    value = expression(words, said.value, CHOSEN)
    condition = f" {words.written('WHEN')} {expression(words, said.condition, OR)}" if said.condition else ""
    otherwise = expression(words, said.otherwise, WHOLE if isinstance(said.otherwise, ast.Choice) else CHOSEN)
    return f"{value}{condition} {words.written('OTHERWISE')} {otherwise}"


def _name_or_parentheses(words: Words, expr: ast.Expr) -> str:
    return name(words, expr) if isinstance(expr, ast.Name) else f"({expression(words, expr)})"


def day(words: Words, date: ast.Expr | ast.PreviousDate) -> str:
    """A day as it stands after `on`."""
    if isinstance(date, ast.PreviousDate):
        return words.written("PREVIOUS_DATE")
    return date.value.isoformat() if isinstance(date, ast.Date) else _name_or_parentheses(words, date)


def aggregate(words: Words, said: ast.Aggregate) -> str:
    """`sum MEASURE LABELS of ROWS where CONDITION`."""
    parts = [words.written(said.function.upper())]
    if isinstance(said.measure, ast.Name) and said.labels and isinstance(said.labels[0], ast.Text):
        parts.append(before_text(words, said.measure))
    elif said.measure is not None:
        parts.append(_name_or_parentheses(words, said.measure))
    if said.labels:
        parts.append(", ".join(expression(words, label, ATOM) for label in said.labels))
    if said.weight is not None:
        parts += [words.written("WEIGHTED_BY"), _name_or_parentheses(words, said.weight)]
    if said.rows is not None:
        parts += [words.written("OF"), *_largest(words, said.largest, said.rows)]
    if said.where is not None:
        parts += [words.written("WHERE"), expression(words, said.where, OR, of_rows=True)]
    return " ".join(parts)


def _largest(words: Words, largest: ast.Largest | None, rows: ast.Name) -> list[str]:
    if largest is None:
        return [name(words, rows)]
    count, by = quantity(words, largest.count), name(words, largest.by)
    return [words.written("LARGEST"), count, name(words, rows), words.written("BY"), by]
