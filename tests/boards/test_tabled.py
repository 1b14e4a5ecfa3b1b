"""A board as a table of Arrow."""

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from policydsl.boards.tabled import tabled

_FIGURES = st.none() | st.fractions() | st.integers(-(10**24), 10**24).map(Fraction)
_HALVES = st.integers(-50, 50).map(lambda n: Fraction(2 * n + 1, 2 * 10**18))


class _Check:
    def __init__(self, id: str) -> None:
        self.id = id


class _Answer:
    def __init__(self, id: str, figures: list[Fraction | None]) -> None:
        self.check, self.kept = _Check(id), figures
        self.outcomes = ["pass" if at % 2 else "breach" for at in range(len(figures))]

    def figures(self, at: int) -> Fraction | None:
        return self.kept[at]

    def groups(self, at: int) -> str | None:
        return f"g{at}" if at % 3 else None


def _rounded(figure: Fraction | None) -> Decimal | None:
    """By the decimals of Python, with digits enough."""
    if figure is None or abs(figure) >= 10**20:
        return None
    with localcontext() as context:
        context.prec = 200
        top, bottom = Decimal(figure.numerator), Decimal(figure.denominator)
        near = (top / bottom).quantize(Decimal("1e-18"), ROUND_HALF_EVEN)
    return near if abs(near) < 10**20 else None


@given(st.lists(st.tuples(_FIGURES | _HALVES, _FIGURES | _HALVES)))
def test_the_table_says_what_the_entries_say(pairs: list[tuple[Fraction | None, Fraction | None]]) -> None:
    names = [f"P{at}" for at in range(len(pairs))]
    answers = [_Answer(f"r{at}", [pair[at] for pair in pairs]) for at in (0, 1)]
    found = tabled(names, [None] * len(names), answers).to_pylist()  # type: ignore[arg-type]  # stand-ins for answers
    assert found == [
        {
            "portfolio": name,
            "date": None,
            "rule": answer.check.id,
            "outcome": answer.outcomes[at],
            "figure": _rounded(answer.kept[at]),
            "exact": None if answer.kept[at] is None else str(answer.kept[at]),
            "group": answer.groups(at),
        }
        for at, name in enumerate(names)
        for answer in answers
    ]
