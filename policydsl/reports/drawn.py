"""What is drawn of a figure: its value, the ends of what is allowed, norm and threshold."""

from collections.abc import Iterable
from fractions import Fraction

from policydsl._frozen import frozen
from policydsl.figures.interval import Figure
from policydsl.model.rulebook import Outcome
from policydsl.model.types import DateType, GradeType, Numeric
from policydsl.verdicts import Verdict
from policydsl.verdicts.outcomes import WORST_FIRST
from policydsl.verdicts.wording import ends


@frozen
class Drawn:
    """What is drawn: the least and the greatest value of the figure, and the ends of what is allowed."""

    low: Fraction
    high: Fraction
    floor: Fraction | None
    ceiling: Fraction | None
    norm: Fraction | None
    warn: Fraction | None
    outcome: Outcome

    @property
    def reach(self) -> tuple[Fraction, Fraction]:
        """The least and the greatest of all, zero among them."""
        marks = (self.floor, self.ceiling, self.norm, self.warn)
        every = [Fraction(0), self.low, self.high, *(each for each in marks if each is not None)]
        return min(every), max(every)


def drawn(verdicts: Iterable[Verdict]) -> Drawn | None:
    """What is drawn of verdicts on one figure, such as those on its least and its greatest bound; None if there is
    nothing to draw."""
    every = list(verdicts)
    first = every[0]
    if not isinstance(first.type, Numeric) or isinstance(first.type, DateType | GradeType):
        return None
    known = ends(first.figure)
    if len(known) < 2:
        return None
    floor = ceiling = norm = warn = None
    for verdict in every:
        against = verdict.bound
        if against is None:
            continue
        norm, warn = norm or _one(against.norm), warn or _one(against.warn)
        if against.op in ("<=", "<", "="):
            ceiling = _one(against.value)
        if against.op in (">=", ">", "=", "between"):
            floor = _one(against.value)
        if against.op == "between":
            ceiling = _one(against.high)
    if floor is None and ceiling is None and norm is None:
        return None
    outcome = min((verdict.outcome for verdict in every), key=WORST_FIRST.index)
    return Drawn(known[0], known[1], floor, ceiling, norm, warn, outcome)


def scale(every: Iterable[Drawn]) -> tuple[Fraction, Fraction]:
    """The stretch on which all of them can be drawn."""
    reaches = [each.reach for each in every]
    return min(low for low, _ in reaches), max(high for _, high in reaches)


def depth(used: Fraction | None) -> int:
    """How dark a field of a map is, by how much of its bound is used: 0 for nothing or not known, 5 for all or more."""
    if used is None or used <= 0:
        return 0
    return 1 + sum(used >= Fraction(step, 100) for step in (25, 50, 75, 100))


def _one(figure: Figure | None) -> Fraction | None:
    """The only value of a figure."""
    known = set(ends(figure))
    return known.pop() if len(known) == 1 else None
