"""A check in full: the assertion with every default filled in, in the words of the language."""

from collections.abc import Mapping

from policydsl.model.expressions import Expression
from policydsl.model.made import is_existence
from policydsl.model.obligations import Attest, Duty
from policydsl.model.rulebook import Bound, Check, Holds, Limit, RowsHold
from policydsl.model.scope import Scope
from policydsl.model.types import GradeType
from policydsl.model.words import last, words

_MIRROR = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "=": "=", "!=": "!="}

Names = Mapping[Expression, str]


def requirement(check: Check, scope: Scope) -> str:
    """What a check asks, with no default left open."""
    names = scope.called
    text = over_time(check)
    text += f"within each {', '.join(column.name for column in check.worlds)}: " if check.worlds else ""
    for named in range(len(check.groups) + 1):
        text += "".join(f"when {words(test, names)}: " for test, count in check.whens if count == named)
        if named < len(check.groups):
            text += f"per {check.groups[named].name}: "
    match check.assertion:
        case Limit(figure=figure, bound=bound):
            text += words(figure, names)
            if bound is not None:
                text += f" {check.strength} be {bound_words(bound, figure, names)}"
        case RowsHold(rows=rows, condition=condition):
            where = " and ".join(words(test, names) for test in rows.where if not is_existence(test))
            text += f"each {rows.table}{f' where {where}' if where else ''}: {words(condition, names)}"
        case Holds(condition=condition):
            text += words(condition, names)
        case Duty() | Attest():
            return check.requirement
    if check.assertion.unless is not None:
        text += f" unless {words(check.assertion.unless, names)}"
    return text


def over_time(check: Check) -> str:
    """The days and stretches of time of which it is asked."""
    text = ""
    if check.always is not None:
        term = check.always.term
        text += "always: " if term is None else f"always over the last {last(term)}: "
    if check.purchase is not None:
        text += "on purchase: "
    if check.due is not None:
        text += f"by {words(check.due)}: "
    if check.windows is not None:
        text += f"in any {words(check.windows.term)} of {check.windows.column.name}: "
    return text


def bound_words(bound: Bound, figure: Expression, names: Names) -> str:
    """A bound: `<= 20% of portfolio`, `between 35% and 45%`, `<= undecided`."""
    graded = isinstance(figure.type, GradeType)
    sign = _MIRROR[bound.op] if graded and bound.op != "between" else bound.op
    if bound.value is None:
        return f"{sign} undecided"
    of = "" if bound.of is None else f" of {names.get(bound.of) or f'({words(bound.of)})'}"
    if bound.high is None:
        return f"{sign} {words(bound.value, names)}{of}"
    low, high = (bound.high, bound.value) if graded else (bound.value, bound.high)
    return f"between {words(low, names)} and {words(high, names)}{of}"
