"""What SQL holds of a value: an expression, where it is none, and for numbers the denominator and the bounds."""

from fractions import Fraction
from typing import Literal

from attrs import frozen

from policydsl.engines.sql.database import LARGEST, Refused


@frozen
class Held:
    """A value in a row, NULL where it is unknown or none. `number` stands for dates (as their ordinals) and ranks too,
    and is an integer over `den`; a `text` is folded, and `written` as it stands; of a `blank` nothing is ever known."""

    kind: Literal["number", "text", "truth", "blank"]
    sql: str
    none: str | None = None
    """Where it is none: true or false in every row; None if it is nowhere."""
    den: int = 1
    low: int = 0
    high: int = 0
    written: str = ""
    constant: bool = False


def missing(sql: str) -> str:
    """Whether a value is NULL, as a condition: written so that DuckDB does not decide it by what Parquet files say of
    their columns. Of one that has a single value beside NULL, 2.0 takes every row to be NULL."""
    return f"(({sql} IS NULL) = TRUE)"


def number(value: Fraction | int) -> Held:
    """A number that is the same in all rows."""
    of = Fraction(value)
    return roomy(Held("number", str(of.numerator), None, of.denominator, of.numerator, of.numerator, constant=True))


def roomy(held: Held) -> Held:
    """The number, if its digits suffice."""
    if max(abs(held.low), abs(held.high), held.den) > LARGEST:
        raise Refused("a number has more than 38 digits")
    return held


def either(*nones: str | None) -> str | None:
    """Where any of several values is none."""
    asked = dict.fromkeys(each for each in nones if each is not None)
    return None if not asked else next(iter(asked)) if len(asked) == 1 else f"({' OR '.join(asked)})"


def both(left: str | None, right: str | None) -> str | None:
    """Where two values are none."""
    return None if left is None or right is None else f"({left} AND {right})"
