"""Values, calculations and conditions as written."""

from datetime import date
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from policydsl.source import Span
from policydsl.syntax.ast.place import place


@frozen
class Quantity:
    """A number with its unit: `20%`, `32.5 million SEK`, `7y`, `4`; `number` is as written, `scale` a power of ten."""

    number: Fraction
    unit: str | None
    """`%`, `bp`, `points`, `years`, `months`, `weeks`, `days`, `banking days`, what must be a currency, or None."""
    scale: int = 1
    """1, 1000, 1000000 or 1000000000: from `million`, `mio.`, or the `k`, `M`, `bn` before a currency."""
    span: Span = place()


@frozen
class Text:
    """A quoted text."""

    value: str
    span: Span = place()


@frozen
class Date:
    """A date, written year-month-day."""

    value: date
    span: Span = place()


@frozen
class YesNo:
    """`yes` or `no`."""

    value: bool
    span: Span = place()


@frozen
class Undecided:
    """The word `undecided`: a value that nobody has settled yet."""

    span: Span = place()


@frozen
class Name:
    """A bare word, or one in backticks: what it names is for the checker to find out."""

    text: str
    quoted: bool = field(default=False, eq=False, repr=False)
    span: Span = place()


@frozen
class Range:
    """`D..E`, `0y..<1y`, `>1y..3y`."""

    low: "Expr"
    high: "Expr"
    low_open: bool = False
    high_open: bool = False
    span: Span = place()


@frozen
class Listing:
    """Values in parentheses after `in`, or a parameter's list."""

    items: tuple["Expr", ...]
    span: Span = place()


@frozen
class Arithmetic:
    """`a + b`, `a - b`, `a * b`, `a / b`."""

    op: Literal["+", "-", "*", "/"]
    left: "Expr"
    right: "Expr"
    span: Span = place()


@frozen
class Negative:
    """`-x`."""

    value: "Expr"
    span: Span = place()


@frozen
class PercentOf:
    """`20% of portfolio`."""

    share: "Expr"
    whole: "Expr"
    span: Span = place()


@frozen
class Pick:
    """`larger of a and b`, `smaller of a and b`, and on scales `better of`, `worse of`."""

    which: Literal["larger", "smaller", "better", "worse"]
    left: "Expr"
    right: "Expr"
    span: Span = place()


@frozen
class Choice:
    """`x when C otherwise y`; without `when`, `x otherwise y` takes y where x is missing or none."""

    value: "Expr"
    condition: "Expr | None"
    otherwise: "Expr"
    span: Span = place()


@frozen
class Call:
    """A function of values: `remaining(maturity)`."""

    function: Name
    arguments: tuple["Expr", ...]
    span: Span = place()


@frozen
class PreviousDate:
    """`previous date`, after `on`: the date before the latest of the rows that are spoken of."""

    span: Span = place()


@frozen
class OnDate:
    """`intensity on (as_of - 1 year)`, `sum market_value of holdings on 2015-01-31`: the value as it stood that day."""

    value: "Expr"
    date: "Expr | PreviousDate"
    span: Span = place()


@frozen
class Largest:
    """`largest 5 positions by weight`."""

    count: Quantity
    by: Name
    span: Span = place()


@frozen
class Aggregate:
    """`sum MEASURE LABELS of ROWS where CONDITION` in any part; a lone name after the word stands in `measure`."""

    function: Literal["sum", "share", "count", "distinct", "average", "median", "min", "max", "best", "worst"]
    measure: "Expr | None" = None
    labels: tuple["Expr", ...] = ()
    """Names, texts and ranges."""
    weight: "Expr | None" = None
    rows: Name | None = None
    largest: Largest | None = None
    where: "Expr | None" = None
    span: Span = place()


Comparison = Literal["<=", "<", ">=", ">", "=", "!="]


@frozen
class Compare:
    """`a <= b`; `at most`, `at least`, `under`, `over` are spellings of the signs."""

    op: Comparison
    left: "Expr"
    right: "Expr"
    span: Span = place()


@frozen
class Between:
    """`x between a and b`, both included."""

    value: "Expr"
    low: "Expr"
    high: "Expr"
    span: Span = place()


@frozen
class In:
    """`x in (a, b)`, `x in A-..AA+`, `x not in ...`."""

    value: "Expr"
    among: "Listing | Range | Name"
    negated: bool = False
    span: Span = place()


@frozen
class Is:
    """`x is missing`, `is none`, `is present`, `is unrated`, each also with `not`."""

    value: "Expr"
    state: Literal["missing", "none", "present", "unrated"]
    negated: bool = False
    span: Span = place()


@frozen
class Contains:
    """`x contains "text"`."""

    value: "Expr"
    text: "Expr"
    span: Span = place()


@frozen
class Reference:
    """`DN`, `T5[D..E, duration > 7y]`; `cell` is what stands between the brackets, in English."""

    id: str
    cell: str | None = None
    span: Span = place()


@frozen
class RuleIs:
    """`rule 52-3 is breach`, also with `not`: the verdict of another rule."""

    of: Reference
    outcome: str
    negated: bool = False
    span: Span = place()


@frozen
class Not:
    """`not C`."""

    condition: "Expr"
    span: Span = place()


@frozen
class And:
    """`C and D`."""

    left: "Expr"
    right: "Expr"
    span: Span = place()


@frozen
class Or:
    """`C or D`."""

    left: "Expr"
    right: "Expr"
    span: Span = place()


Expr = (
    Quantity | Text | Date | YesNo | Undecided | Name | Range | Listing
    | Arithmetic | Negative | PercentOf | Pick | Choice | Call | OnDate | Aggregate
    | Compare | Between | In | Is | Contains | RuleIs | Not | And | Or
)  # fmt: skip
