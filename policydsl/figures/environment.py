"""What the run knows besides the tables."""

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from policydsl.model.expressions import Expression, Value


@frozen
class Environment:
    """The day judged (None if nothing says which) and every parameter's value (None where unknown)."""

    as_of: date | None
    parameters: Mapping[str, Value]
    figures: Mapping[Expression, Value] = {}
    """The values of quantities that row conditions speak of, by the quantity in the FigureOf; None where not exact."""
