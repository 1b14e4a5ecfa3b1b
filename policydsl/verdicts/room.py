"""How far a figure is from its bound, where everything is known exactly and distances have a meaning."""

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from policydsl._frozen import frozen
from policydsl.figures.interval import Figure, Interval
from policydsl.model.types import SHARE, Numeric

if TYPE_CHECKING:
    from policydsl.verdicts.verdict import Against, Verdict


@frozen
class Headroom:
    """The distance, less than zero beyond the bound: in the figure's unit or that of its base, and in points as a
    fraction of one. None where that is not known exactly, or has no meaning."""

    amount: Fraction | None = None
    points: Fraction | None = None


def headroom(verdict: "Verdict") -> Headroom:
    """The distance to the bound; of two the nearer one."""
    at = _at(verdict)
    if at is None or verdict.bound is None:
        return Headroom()
    rooms = [room for op, value in _sides(verdict.bound) if (room := _room(at, op, value)) is not None]
    if not rooms:
        return Headroom()
    room = min(rooms)
    if verdict.type != SHARE:
        return Headroom(amount=room)
    base = exact(verdict.part.base) if verdict.part is not None else None
    return Headroom(amount=None if base is None else room * base, points=room)


def utilisation(verdict: "Verdict") -> Fraction | None:
    """The figure divided by its upper bound; None without one."""
    at = _at(verdict)
    if at is None or at < 0 or verdict.bound is None:
        return None
    limit = next((exact(value) for op, value in _sides(verdict.bound) if op == "<="), None)
    return None if limit is None or limit <= 0 else at / limit


def _at(verdict: "Verdict") -> Fraction | None:
    """The figure, if it is decided."""
    decided = verdict.outcome not in ("undetermined", "not applicable")
    return exact(verdict.figure) if decided and isinstance(verdict.type, Numeric) else None


def _sides(bound: "Against") -> list[tuple[Literal["<=", ">="], Figure | None]]:
    """The upper and lower ends of a bound."""
    match bound.op:
        case "<=" | "<":
            return [("<=", bound.value)]
        case ">=" | ">":
            return [(">=", bound.value)]
        case "between":
            return [(">=", bound.value), ("<=", bound.high)]
    return []


def _room(at: Fraction, op: Literal["<=", ">="], bound: Figure | None) -> Fraction | None:
    value = exact(bound)
    if value is None:
        return None
    return value - at if op == "<=" else at - value


def exact(figure: Figure | None) -> Fraction | None:
    """The value of a figure that is known exactly."""
    if not isinstance(figure, Interval):
        return None
    return figure.low if figure.low is figure.high else figure.value
