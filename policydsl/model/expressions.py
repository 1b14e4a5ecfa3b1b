"""Checked expressions: every name bound, every type known. A row expression has a value for each row of one table, a
scalar one for the whole run (or for each group). No node carries a place, so equal meanings are equal objects.

A value is a Fraction (money in the currency's unit, a term in months or days, a share as a fraction of one), a str, a
bool, a date, an int (the rank of a grade), a tuple, `Nothing.NONE`, or None where it is unknown.
"""

from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Literal

from policydsl._frozen import field, frozen
from policydsl.model.types import DATE, YES_NO, GradeType, LabelType, Numeric, Type


class Nothing(Enum):
    """The value `none`: equal to nothing else, in no range, in no group."""

    NONE = "none"


Known = Fraction | str | bool | date | int | tuple["str | int", ...] | Nothing
Value = Known | None

Sign = Literal["<=", "<", ">=", ">", "=", "!="]


# --- values, in rows and scalars --------------------------------------------------------------------------------------


@frozen(cache_hash=True)
class Constant:
    """A value of the rulebook's text."""

    value: Known
    type: Type


@frozen(cache_hash=True)
class ParameterOf:
    """A parameter's value; unknown if the run was to supply it and has not, or if it is undecided."""

    name: str
    type: Type


@frozen(cache_hash=True)
class AsOf:
    """The day on which the rules are judged."""

    type: Type = DATE


@frozen(cache_hash=True)
class Arithmetic:
    """Exact arithmetic on numbers whose types agree; a division by zero is unknown, anything with none is none.

    `ratio` marks a percentage of something (`20% of portfolio`, `assets / liabilities`): it is not known unless the
    whole, the right side, is surely above zero; 20% of a share that is zero is zero.
    """

    op: Literal["+", "-", "*", "/"]
    left: "Expression"
    right: "Expression"
    type: Numeric
    ratio: bool = False

    @property
    def no_whole(self) -> Literal["<", "<="] | None:
        """How what nothing is a percentage of compares with zero; None if this is no percentage."""
        if not self.ratio:
            return None
        return "<" if self.op == "*" and isinstance(self.right.type, Numeric) and not self.right.type.dims else "<="


@frozen(cache_hash=True)
class Pick:
    """The larger or smaller of two numbers or dates. On grades `better` passes over unrated and none (unless both are),
    `worse` takes the worse, unrated being the worst; unknown if either is."""

    which: Literal["larger", "smaller", "better", "worse"]
    left: "Expression"
    right: "Expression"
    type: Type


@frozen(cache_hash=True)
class Choice:
    """`then` where the condition is true, `otherwise` where it is false, unknown where it is unknown unless both agree;
    without a condition, `otherwise` stands in where `then` is unknown or none."""

    condition: "Expression | None"
    then: "Expression"
    otherwise: "Expression"
    type: Type


@frozen(cache_hash=True)
class Decision:
    """The answer of the first row whose condition holds. Where a condition is not known, the rows that may be the first
    are looked at together: their answer if they agree, else unknown. Unknown too if no row may fit."""

    rows: tuple[tuple["Expression", "Expression"], ...]
    type: Type
    written: str = field(default="", eq=False)
    """How the author spoke of it, such as `base_amount on signed_on`."""


@frozen(cache_hash=True)
class Normal:
    """Of a normal distribution: the share that lies `below` so many deviations from its mean; or how many `deviations`
    from the mean that lies which a share is below. Rounded to twelve decimals."""

    which: Literal["below", "deviations"]
    value: "Expression"
    type: Type


@frozen(cache_hash=True)
class ShiftDate:
    """A date some whole months or days later (`sign` 1) or earlier (-1); a day that the month lacks is its last."""

    date: "Expression"
    term: "Expression"
    sign: Literal[1, -1]
    type: Type = DATE


# --- conditions: three-valued after Kleene ----------------------------------------------------------------------------


@frozen(cache_hash=True)
class Compare:
    """Both sides of one type. Grades compare by rank, the best lowest: the checker has turned the author's sign round.
    Texts compare for equality, without regard to case and outer spaces. With none, only `!=` is true."""

    op: Sign
    left: "Expression"
    right: "Expression"
    type: Type = YES_NO


@frozen(cache_hash=True)
class Stretch:
    """A range of numbers, dates or ranks; None is no end."""

    low: "Expression | None"
    high: "Expression | None"
    low_open: bool = False
    high_open: bool = False


@frozen(cache_hash=True)
class Among:
    """Whether a value is one of several values or in one of several ranges; none is in none of them. A list is among
    them if any of its entries is."""

    value: "Expression"
    members: "tuple[Expression | Stretch, ...]"
    type: Type = YES_NO


@frozen(cache_hash=True)
class Labelled:
    """Whether a row's category is one of these; true or false only if so for every label that it may still have."""

    category: str
    table: str
    labels: frozenset[str]
    type: Type = YES_NO
    written: str = field(default="", eq=False)
    """How the author selected them, such as `D..E`."""


@frozen(cache_hash=True)
class StateIs:
    """`missing`: unknown; `none`: none; `present`: neither; `unrated`: a known rank below every grade.

    Never unknown itself but for `none` and `unrated` of an unknown value.
    """

    value: "Expression"
    state: Literal["missing", "none", "present", "unrated"]
    type: Type = YES_NO


@frozen(cache_hash=True)
class Contains:
    """Whether a text contains a text, or a list has it as an entry; without regard to case."""

    value: "Expression"
    text: "Expression"
    type: Type = YES_NO


@frozen(cache_hash=True)
class RuleIs:
    """Whether the verdict of another rule (or cell, by its id), the worst of its groups and cells, is this one. Not
    known as long as that verdict is `undetermined`, unless this is asked for."""

    rule: str
    outcome: str
    type: Type = YES_NO


@frozen(cache_hash=True)
class Not:
    """Not."""

    condition: "Expression"
    type: Type = YES_NO


@frozen(cache_hash=True)
class And:
    """All."""

    conditions: tuple["Expression", ...]
    type: Type = YES_NO


@frozen(cache_hash=True)
class Or:
    """Any."""

    conditions: tuple["Expression", ...]
    type: Type = YES_NO


# --- only in rows -----------------------------------------------------------------------------------------------------


@frozen(cache_hash=True)
class ColumnOf:
    """A row's value in a column of its table, read from the data or computed."""

    table: str
    name: str
    type: Type


@frozen(cache_hash=True)
class FigureOf:
    """A quantity of the whole run inside a row's condition: `market_value > 5% of portfolio`."""

    quantity: "Expression"
    type: Type


# --- only in scalars --------------------------------------------------------------------------------------------------


@frozen(cache_hash=True)
class Largest:
    """The `count` rows with the largest `by`; rows tied at the end count as rows that may be among them."""

    count: int
    by: "Expression"


@frozen(cache_hash=True)
class RowSet:
    """The rows of a table for which all conditions hold; of them, with `largest`, only those."""

    table: str
    where: "tuple[Expression, ...]" = ()
    largest: Largest | None = None


@frozen(cache_hash=True)
class Aggregate:
    """A figure over the rows of a set for which all of `where` hold too; `count` has no measure, only `average` has a
    weight. A row whose measure is none contributes nothing."""

    function: Literal["sum", "count", "distinct", "average", "median", "min", "max", "best", "worst"]
    rows: RowSet
    measure: "Expression | None"
    weight: "Expression | None"
    where: "tuple[Expression, ...]"
    type: Type


@frozen(cache_hash=True)
class ShareOf:
    """The part of a sum for which more conditions hold, divided by the sum: `part` has the whole's rows and measure."""

    part: Aggregate
    whole: Aggregate
    type: Numeric


@frozen(cache_hash=True)
class Named:
    """A defined quantity, by its name."""

    name: str
    quantity: "Expression"
    type: Type = field(eq=False)


@frozen(cache_hash=True)
class OnDate:
    """A quantity as it stood on another day, in the rows of that day and as if that day were judged; without a date,
    on the date before the latest on which the tables that it reads have rows."""

    value: "Expression"
    date: "Expression | None"
    type: Type


@frozen(cache_hash=True)
class OverDays:
    """A quantity on every day of the last `term` before and up to the day judged: their average, or the least or
    greatest of them."""

    function: Literal["average", "min", "max"]
    quantity: "Expression"
    term: "Expression"
    type: Numeric


@frozen(cache_hash=True)
class OfGroup:
    """A figure of the group that a check is asked of, also in a bound, which groups narrow in nothing else: `groups`
    are those of the check that narrow it."""

    quantity: "Aggregate | ShareOf"
    groups: tuple[ColumnOf, ...]
    name: str
    type: Type


Expression = (
    Constant | ParameterOf | AsOf | Arithmetic | Pick | Choice | Decision | Normal | ShiftDate
    | Compare | Among | Labelled | StateIs | Contains | RuleIs | Not | And | Or
    | ColumnOf | FigureOf
    | Aggregate | ShareOf | Named | OnDate | OverDays | OfGroup
)  # fmt: skip

__all__ = [
    "Aggregate", "Among", "And", "Arithmetic", "AsOf", "Choice", "ColumnOf", "Compare", "Constant", "Contains",
    "Decision", "Expression", "FigureOf", "GradeType", "Known", "LabelType", "Labelled", "Largest", "Named", "Normal",
    "Not", "Nothing", "OfGroup", "OnDate", "Or", "OverDays", "ParameterOf", "Pick", "RowSet", "RuleIs", "ShareOf",
    "ShiftDate", "Sign", "StateIs", "Stretch", "Value",
]  # fmt: skip
