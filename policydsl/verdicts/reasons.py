"""Why a check was not decided or does not apply, in words; and what the run would have to say."""

from collections.abc import Iterable, Iterator
from datetime import date

from policydsl.data.table import Data
from policydsl.figures.environment import Environment
from policydsl.figures.interval import Figure, Undefined
from policydsl.model.expressions import Aggregate, AsOf, Expression, ParameterOf
from policydsl.model.obligations import Attest, Duty
from policydsl.model.periods import outside, standing
from policydsl.model.rulebook import Bound, Check, Limit, RowsHold, Rulebook
from policydsl.model.words import words
from policydsl.plan.dependencies import expressions_of, inner, read_in
from policydsl.plan.from_model import bounds_in, tally_of
from policydsl.verdicts.docket import bare
from policydsl.verdicts.settling import joined

NOTHING = "there is nothing to take the figure from"
NO_LIMIT = "it sets no limit, and its figure is only shown"
NO_BOUND = "nobody has decided its bound"
NO_DAY = "it is valid for some days only, and the day that is judged is not known"
NO_DUE_DAY = "from which day on it is to hold is not known"
NO_DAY_JUDGED = "it is asked of many days, and the day that is judged is not known"
TERM_UNKNOWN = "for how long it is to hold is not known"
NO_WINDOW = "no such stretch of time lies within the dates of the data"
MAYBE_NO_WINDOW = "which stretches of time are asked is not known, since dates are missing"
NO_GROUP = "there is no row of any group that it could be asked of"
MAYBE_NO_GROUP = "whether there is such a group is not known"
MAYBE_THEIRS = "rows of which the group is not known may be its own on that day"
NO_TRADE = "there is no trade that it could be asked of"
NOT_BOUGHT = "nothing of what it limits is bought"
MAYBE_NOT_BOUGHT = "whether the trade buys of what it limits is not known"
NORM_UNKNOWN = "the bound is kept, but whether the norm is met is not known"
NO_NORM = "the bound is kept, but the norm is not met"


def exempt(unless: str) -> str:
    """Why an exempt check does not apply."""
    return f"it makes an exception where `{unless}`, which is so"


def exempt_unknown(unless: str) -> str:
    """Why a failure may be exempt."""
    return f"it makes an exception where `{unless}`, and it is not known whether that is so"


def not_when(whens: str) -> str:
    """Why a check does not apply on this day or to this group."""
    return f"it applies when `{whens}`, which is not so"


def not_due(due: date, figure: str, bound: str) -> str:
    """Why a target does not apply yet, and how far it is reached."""
    return f"it is to hold from {due.isoformat()} on{f'; now {figure} beside {bound}' if figure and bound else ''}"


def trades_undated(column: str, names: list[str]) -> str:
    """Why trades cannot be put in their order."""
    return f"`{column}` of {joined([f'`{name}`' for name in names[:3]])} is not known"


def trade_later(day: date) -> str:
    """Why a trade is not judged yet."""
    return f"it was made on {day.isoformat()}, after the day that is judged"


def nothing_before(table: str, day: date) -> str:
    """Why it is not known what was owned."""
    return f"`{table}` has no rows of a day before {day.isoformat()}"


def trade_unknown(column: str, name: str) -> str:
    """Why it is not known what a trade adds."""
    return f"`{column}` of the trade `{name}` is not known"


def when_unknown(whens: str) -> str:
    """Why it may not apply."""
    return f"it applies when `{whens}`, and it is not known whether that is so"


def validity(check: Check, environment: Environment) -> tuple[bool | None, str]:
    """Whether a check is valid on the day judged, and why not."""
    start, end, day = check.remarks.valid_from, check.remarks.valid_until, environment.as_of
    if start is None and end is None:
        return True, ""
    if day is None:
        return None, NO_DAY
    if start is not None and day < start:
        return False, f"it is valid from {start.isoformat()}"
    if end is not None and day > end:
        return False, f"it was valid until {end.isoformat()}"
    return True, ""


def empty(tables: Iterable[Data]) -> str:
    """What is said of tables without rows. One that was worked out may well have none, if those that it comes from have
    some."""
    return joined([*dict.fromkeys(said for data in tables if not len(data) for said in _lacking(data))])


def _lacking(data: Data) -> tuple[str, ...]:
    """What keeps a table from having rows."""
    if not data.made_from:
        return (f"the table `{data.table}` {'has no rows' if given(data) else 'was not given'}",)
    without = [one for one in data.made_from if not len(one)]
    missing = [one for one in without if not given(one)]
    if not missing and len(without) < len(data.made_from):
        return ()
    return tuple(said for one in missing or without for said in _lacking(one))


def given(data: Data) -> bool:
    """Whether a table was handed in, be it without rows."""
    return bool(data.path) or len(data.absent) < len(data.columns) or not data.columns


def not_above_zero(base: Expression) -> str:
    """Why a percentage has no meaning."""
    return f"`{words(base)}` is not surely above zero"


def undefined(figure: Undefined, base: str | None, part: bool) -> str:
    """Why a figure has no value."""
    match figure.reason:
        case "nothing":
            return NOTHING
        case "base":
            what = (f"`{base}`" if base else "its base") if part else "what it is divided by"
            return f"{what} is not surely above zero"
        case "unknown":
            return "its figure is not known"


def bound_unknown(bound: Bound, found: Figure | None, rulebook: Rulebook, day: date | None) -> str:
    """Why a bound has no value."""
    value = None if bound.value is None else bare(bound.value)
    if isinstance(value, ParameterOf):
        parameter = rulebook.parameters.get(value.name)
        if parameter is not None and parameter.history and standing(parameter.history, day) is None:
            return f"`{value.name}` has no value: {outside(parameter.history, day)}"
        if parameter is not None and parameter.value is None and not parameter.supplied:
            return f"nobody has decided `{value.name}`"
    if isinstance(found, Undefined) and found.reason != "unknown":
        return "its bound has no value, as there is nothing to take it from"
    return "its bound is not known"


def missing(check: Check, rulebook: Rulebook, environment: Environment) -> tuple[str, ...]:
    """The parameters that a check speaks of and whose value is not known; `as_of` if it is the day."""
    spoken_of = list(_scalars(check))
    if isinstance(check.assertion, RowsHold):
        rows = check.assertion.rows
        every = (*rows.where, check.assertion.condition, check.assertion.unless)
        spoken_of += read_in((each for each in every if each is not None), rulebook.tables[rows.table])
    return missing_in(spoken_of, rulebook, environment)


def missing_in(expressions: Iterable[Expression], rulebook: Rulebook, environment: Environment) -> tuple[str, ...]:
    """The parameters whose value is not known, in the order in which expressions speak of them."""
    found: dict[str, None] = {}
    seen: set[Expression] = set()
    waiting = list(expressions)
    while waiting:
        expression = waiting.pop(0)
        if expression in seen:
            continue
        seen.add(expression)
        match expression:
            case ParameterOf(name=name) if environment.parameters.get(name) is None:
                found[name] = None
            case AsOf() if environment.as_of is None:
                found["as_of"] = None
            case Aggregate():
                for name, each in expressions_of(tally_of(expression), rulebook.tables):
                    waiting += read_in((each,), rulebook.tables[name])
        waiting += inner(expression)
    return tuple(found)


def _scalars(check: Check) -> Iterator[Expression]:
    """The expressions of a check that are not worked out in rows."""
    assertion = check.assertion
    yield from (when for when, _ in check.whens)
    if isinstance(assertion, RowsHold | Duty | Attest):
        return
    if assertion.unless is not None:
        yield assertion.unless
    if not isinstance(assertion, Limit):
        yield assertion.condition
        return
    yield assertion.figure
    if assertion.bound is not None:
        yield from bounds_in(assertion.bound)
