"""A board as an Arrow table: a line for each portfolio, day and check."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policydsl.boards.board import Answer

_PLACES = 18
_BYTES = 16
_MOST = 10**38


def tabled(portfolios: Sequence[str], dates: Sequence[date | None], answers: Sequence["Answer"]) -> Any:
    """Portfolio, date, rule, outcome, figure, the exact figure and group, by portfolio and then by rule."""
    import numpy as np
    import pyarrow as pa

    count, rules = len(portfolios), len(answers)
    places = range(count)
    lines = np.repeat(np.arange(count), rules)
    by_line = (np.arange(count)[:, None] + count * np.arange(rules)).ravel()
    """Of each line where it stands among all portfolios of the first rule, then of the second, and so on."""

    def across(columns: Iterable[Any], type: Any) -> Any:
        pieces = [pa.array(column, type) for column in columns]
        return pa.chunked_array(pieces, type).take(pa.array(by_line))

    figures = [[answer.figures(at) for at in places] for answer in answers]
    exact = ([None if figure is None else str(figure) for figure in column] for column in figures)
    return pa.table({
        "portfolio": pa.array(portfolios, pa.string()).take(pa.array(lines)),
        "date": pa.array(dates, pa.date32()).take(pa.array(lines)),
        "rule": pa.array([answer.check.id for answer in answers], pa.string()).take(
            pa.array(np.tile(np.arange(rules), count))
        ),
        "outcome": across((answer.outcomes for answer in answers), pa.string()),
        "figure": across((_decimals(column) for column in figures), pa.decimal128(38, _PLACES)),
        "exact": across(exact, pa.string()),
        "group": across(([answer.groups(at) for at in places] for answer in answers), pa.string()),
    })  # fmt: skip


def _decimals(figures: Sequence[Fraction | None]) -> Any:
    """The figures as decimals, rounded half to even; none where one takes more than 38 digits."""
    import pyarrow as pa

    numbers = [None if figure is None else _rounded(figure.numerator * 10**_PLACES, figure.denominator)
               for figure in figures]  # fmt: skip
    numbers = [number if number is not None and -_MOST < number < _MOST else None for number in numbers]
    known = pa.array([number is not None for number in numbers], pa.bool_())
    held = b"".join((number or 0).to_bytes(_BYTES, "little", signed=True) for number in numbers)
    buffers = [known.buffers()[1], pa.py_buffer(held)]
    return pa.Array.from_buffers(pa.decimal128(38, _PLACES), len(numbers), buffers)


def _rounded(top: int, bottom: int) -> int:
    """A quotient as a whole number, of two that are equally near the even one."""
    whole, rest = divmod(top, bottom)
    up = 2 * rest > bottom or (2 * rest == bottom and whole % 2 == 1)
    return whole + up
