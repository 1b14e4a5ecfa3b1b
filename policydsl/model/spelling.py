"""A check in full: the assertion with every default filled in, as rule text."""

from policydsl.model.expressions import Expression, Named
from policydsl.model.rulebook import Bound, Check, Holds, Limit, RowsHold
from policydsl.model.scope import Scope
from policydsl.model.types import GradeType
from policydsl.model.words import words

_SIGNS = {"<=": "<=", "<": "<", ">=": ">=", ">": ">", "=": "=", "!=": "!="}
_MIRROR = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "=": "=", "!=": "!="}


def grade_words(scope: Scope) -> dict[str, tuple[str, ...]]:
    """Each scale's grades by rank, by their first names."""
    return {name: tuple(grade[0] for grade in scale.grades) for name, scale in scope.scales.items()}


def requirement(check: Check, scope: Scope) -> str:
    """What a check asks, in words that leave no default open."""
    grades = grade_words(scope)

    def say(expression: Expression) -> str:
        return words(expression, grades)

    text = "".join(f"when {say(test)}: " for test, _ in check.whens)
    if check.worlds:
        text += f"within each {', '.join(column.name for column in check.worlds)}: "
    if check.groups:
        text += f"per {', '.join(column.name for column in check.groups)}: "
    match check.assertion:
        case Limit(figure=figure, bound=bound):
            text += say(figure)
            if bound is not None:
                text += f" {check.strength} be {bound_words(bound, figure, scope, grades)}"
        case RowsHold(rows=rows, condition=condition):
            where = " and ".join(say(test) for test in rows.where)
            text += f"each {rows.table}{f' where {where}' if where else ''}: {check.strength}: {say(condition)}"
        case Holds(condition=condition):
            text += f"{check.strength}: {say(condition)}"
    if check.assertion.unless is not None:
        text += f" unless {say(check.assertion.unless)}"
    return text


def bound_words(bound: Bound, figure: Expression, scope: Scope, grades: dict[str, tuple[str, ...]]) -> str:
    """A bound as rule text: `<= 20% of portfolio`, `between 35% and 45%`, `<= undecided`."""
    if bound.value is None:
        return f"{bound.op} undecided"
    of = "" if bound.of is None else f" of {_name_of(bound, scope, grades)}"
    graded = isinstance(figure.type, GradeType)
    if bound.op == "between":
        assert bound.high is not None
        ends = (bound.high, bound.value) if graded else (bound.value, bound.high)
        return f"between {words(ends[0], grades)} and {words(ends[1], grades)}{of}"
    sign = _MIRROR[bound.op] if graded else _SIGNS[bound.op]
    return f"{sign} {words(bound.value, grades)}{of}"


def _name_of(bound: Bound, scope: Scope, grades: dict[str, tuple[str, ...]]) -> str:
    assert bound.of is not None
    if bound.of == scope.base and scope.base_name is not None:
        return scope.base_name
    for name, quantity in scope.quantities.items():
        inner = quantity.expression
        while isinstance(inner, Named):
            inner = inner.quantity
        if inner == bound.of:
            return name
    return f"({words(bound.of, grades)})"
