"""Whether one check is at least as strict as another, whatever the data: proved from their shape, or not seen.

What is proved: everything that keeps the new check keeps the old one. A `must` is stricter than a `should`, a bound
whose values are all allowed by another is stricter than that, and so is a condition that implies another.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from policydsl._frozen import evolve, frozen
from policydsl.model.expressions import (
    Aggregate,
    Among,
    And,
    Compare,
    Constant,
    Expression,
    Named,
    Not,
    Or,
    ParameterOf,
    ShareOf,
    Sign,
)
from policydsl.model.rulebook import Bound, Check, Holds, Limit, Parameter, RowsHold
from policydsl.model.words import words

Point = Fraction | date | int
Parameters = Mapping[str, Parameter]


@frozen
class Allowed:
    """The values that a bound allows: from `low` to `high`, None being no end; without `hole`."""

    low: Point | None = None
    high: Point | None = None
    low_open: bool = False
    high_open: bool = False
    hole: Point | None = None

    def inside(self, other: "Allowed") -> bool:
        """Whether all of them are among the other's; bounds of one figure are of one ordered type."""
        above = other.low is None or (
            self.low is not None
            and (self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open)))  # type: ignore[operator]
        )
        below = other.high is None or (
            self.high is not None
            and (self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open)))  # type: ignore[operator]
        )
        return above and below and (other.hole is None or self.hole == other.hole or not self.has(other.hole))

    def has(self, point: Point) -> bool:
        """Whether a value is among them."""
        return Allowed(point, point).inside(evolve(self, hole=None)) and point != self.hole


def _longer(new: Constant | None, old: Constant | None) -> bool:
    if new is None or old is None or new == old:
        return new is None and old is not None
    return new.type != old.type or bool(new.value > old.value)  # type: ignore[operator]  # a term is a Fraction


def looser(new: Check, old: Check, parameters: Parameters) -> str | None:
    """Why the new check is not seen to be at least as strict as the old one; None if it is proved to be."""
    if new.strength == "should" and old.strength == "must":
        return "it says `should`, and the rule `must`"
    if (new.worlds, set(new.groups)) != (old.worlds, set(old.groups)):
        return f"it is asked {_asked(new)}, and the rule {_asked(old)}"
    if not set(new.whens) <= set(old.whens):
        return "it applies only under a condition that the rule does not have"
    if not set(new.remarks.waivable_by) <= set(old.remarks.waivable_by):
        return "it may be waived by somebody else than the rule"
    if _longer(new.remarks.cure_within, old.remarks.cure_within):
        return "it gives more time to put it right, or time that can't be compared with that of the rule"
    if _asked_when(new) != _asked_when(old):
        return "it is asked of other days than the rule"
    starts, ends = (new.remarks.valid_from, old.remarks.valid_from), (new.remarks.valid_until, old.remarks.valid_until)
    if starts[0] is not None and (starts[1] is None or starts[0] > starts[1]):
        return "it is valid from a later day"
    if ends[0] is not None and (ends[1] is None or ends[0] < ends[1]):
        return "it is valid until an earlier day"
    if _unless(new) not in (None, _unless(old)):
        return "it lets off what the rule does not"
    match new.assertion, old.assertion:
        case Limit() as after, Limit() as before:
            return _looser_limit(after, before, old.strength == "should", parameters)
        case RowsHold() as after, RowsHold() as before:
            return _looser_rows(after, before, parameters)
        case Holds(condition=after), Holds(condition=before):
            return None if implies(after, before, parameters) else _not_implied(after, before)
    return "the two are not assertions of one kind"


def _unless(check: Check) -> Expression | None:
    return check.assertion.unless if isinstance(check.assertion, Limit | RowsHold | Holds) else None


def _asked_when(check: Check) -> tuple[object, ...]:
    return check.always, check.windows, check.due, check.purchase


def _asked(check: Check) -> str:
    worlds = f"within each {', '.join(column.name for column in check.worlds)}" if check.worlds else ""
    groups = f"per {', '.join(column.name for column in check.groups)}" if check.groups else ""
    return " and ".join(part for part in (worlds, groups) if part) or "of all rows together"


# --- figures ----------------------------------------------------------------------------------------------------------


def _looser_limit(new: Limit, old: Limit, norm_counts: bool, parameters: Parameters) -> str | None:
    if old.bound is None:
        return None
    if new.bound is None:
        return "it has no limit"
    after, before = _of_base(new), _of_base(old)
    if _bare(after.figure) != _bare(before.figure):
        return f"it measures `{words(new.figure)}`, and the rule `{words(old.figure)}`"
    assert after.bound is not None
    assert before.bound is not None
    if after.bound.of != before.bound.of:
        return "the two limits are not shares of the same sum"
    if norm_counts and before.bound.norm not in (None, after.bound.norm):
        return "it has another norm"
    if _terms(after.bound) == _terms(before.bound):
        return None
    allowed, wanted = _allowed(after.bound, parameters), _allowed(before.bound, parameters)
    if allowed is None or wanted is None:
        return "which of the two limits is stricter is not known before there is data"
    return None if allowed.inside(wanted) else "its limit allows what the rule does not"


def _terms(bound: Bound) -> tuple[object, ...]:
    return bound.op, bound.value, bound.high


def _of_base(limit: Limit) -> Limit:
    """A limit on a share as one on a sum, in shares of its whole."""
    figure, bound = _bare(limit.figure), limit.bound
    if isinstance(figure, ShareOf) and bound is not None and bound.of is None:
        return evolve(limit, figure=figure.part, bound=evolve(bound, of=figure.whole))
    return limit


def _bare(figure: Expression) -> Expression:
    while isinstance(figure, Named):
        figure = figure.quantity
    if isinstance(figure, Aggregate) and figure.rows.largest is None:
        where = _ordered((*figure.rows.where, *figure.where))
        return evolve(figure, where=where, rows=evolve(figure.rows, where=()))
    return figure


def _ordered(conditions: Iterable[Expression]) -> tuple[Expression, ...]:
    """Conditions that must all hold, each once, in an order of their own."""
    return tuple(sorted(dict.fromkeys(conditions), key=repr))


def _allowed(bound: Bound, parameters: Parameters) -> Allowed | None:
    value = _point(bound.value, parameters)
    if value is None:
        return None
    match bound.op:
        case "between":
            high = _point(bound.high, parameters)
            return None if high is None else Allowed(value, high)
        case op:
            return _of_sign(op, value)


def _of_sign(op: Sign, value: Point) -> Allowed:
    match op:
        case "<=" | "<":
            return Allowed(high=value, high_open=op == "<")
        case ">=" | ">":
            return Allowed(low=value, low_open=op == ">")
        case "=":
            return Allowed(value, value)
    return Allowed(hole=value)


def _point(value: Expression | None, parameters: Parameters) -> Point | None:
    known = parameters[value.name].value if isinstance(value, ParameterOf) else value
    match known:
        case Constant(value=bool()):
            return None
        case Constant(value=Fraction() | date() | int() as point):
            return point
    return None


# --- conditions -------------------------------------------------------------------------------------------------------


def _looser_rows(new: RowsHold, old: RowsHold, parameters: Parameters) -> str | None:
    same = new.rows.table == old.rows.table and new.rows.largest == old.rows.largest
    if not same or not set(new.rows.where) <= set(old.rows.where):
        return "it does not speak of all rows that the rule speaks of"
    if new.rows.largest is not None and set(new.rows.where) != set(old.rows.where):
        return "it does not speak of all rows that the rule speaks of"
    return None if implies(new.condition, old.condition, parameters) else _not_implied(new.condition, old.condition)


def _not_implied(new: Expression, old: Expression) -> str:
    return f"`{words(new)}` may hold where `{words(old)}` does not"


def implies(new: Expression, old: Expression, parameters: Parameters) -> bool:
    """Whether one condition is seen to hold only where another does."""
    if new == old:
        return True
    match new, old:
        case _, And(conditions=wanted):
            return all(implies(new, each, parameters) for each in wanted)
        case Or(conditions=ways), _:
            return all(implies(each, old, parameters) for each in ways)
        case And(conditions=said), _ if any(implies(each, old, parameters) for each in said):
            return True
        case _, Or(conditions=ways):
            return any(implies(new, each, parameters) for each in ways)
        case Not(condition=denied), Not(condition=before):
            return implies(before, denied, parameters)
        case Compare(left=left), Compare(left=same) if left == same:
            after, before_ = _point(new.right, parameters), _point(old.right, parameters)
            if after is None or before_ is None:
                return False
            return _of_sign(new.op, after).inside(_of_sign(old.op, before_))
        case Among(value=value, members=few), Among(value=same, members=many) if value == same:
            return set(few) <= set(many)
        case Compare(op="=", left=value, right=Constant() as only), Among(value=same, members=many) if value == same:
            return only in many
    return False
