"""A figure over time as a drawing: the line of what was measured, what was allowed, and each day with its outcome."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from policydsl.records.trends import Point
from policydsl.reports.html.marks import CLASSES
from policydsl.reports.html.markup import Markup, tag

WIDTH, HEIGHT = 720, 150
_EDGE = 12

SHOWN: Mapping[str, str] = {str(outcome): kind for outcome, kind in CLASSES.items()}
"""How each outcome is shown."""


def drawing(points: Sequence[Point]) -> Markup | None:
    """The drawing; what it shows stands beside it in words. None if no day has a number, or there is only one day."""
    shown = [point for point in points if point.low is not None or point.high is not None]
    if not shown or len(points) < 2:
        return None
    every = [one for point in points for one in (point.low, point.high, point.floor, point.ceiling) if one is not None]
    least, most = min([Fraction(0), *every]), max([Fraction(0), *every])
    if least == most:
        return None
    first, days = points[0].day, max(1, (points[-1].day - points[0].day).days)

    def x(point: Point) -> Fraction:
        return _EDGE + Fraction((point.day - first).days, days) * (WIDTH - 2 * _EDGE)

    def y(value: Fraction) -> Fraction:
        return HEIGHT - _EDGE - (value - least) / (most - least) * (HEIGHT - 2 * _EDGE)

    places = [(x(point), point) for point in points]
    parts: list[Markup] = []
    for (start, point), (end, _) in pairwise([*places, (Fraction(WIDTH), points[-1])]):
        top = y(most if point.ceiling is None else point.ceiling)
        foot = y(least if point.floor is None else point.floor)
        if point.ceiling is not None or point.floor is not None:
            size = {"width": _number(end - start), "height": _number(foot - top)}
            parts.append(tag("rect", x=_number(start), y=_number(top), class_="room", **size))
        for bound in (point.floor, point.ceiling):
            if bound is not None:
                parts.append(_line(start, y(bound), end, y(bound), "limit"))
    parts.append(_line(Fraction(0), y(Fraction(0)), Fraction(WIDTH), y(Fraction(0)), "track"))
    for line in _unbroken(places):
        told = " ".join(f"{_number(at)},{_number(y(_shown(point)))}" for at, point in line)
        parts.append(tag("polyline", points=told))
    for at, point in places:
        if point.low is not None and point.high is not None and point.low != point.high:
            parts.append(_line(at, y(point.low), at, y(point.high), "perhaps"))
        if point.low is not None or point.high is not None:
            place = {"cx": _number(at), "cy": _number(y(_shown(point)))}
            parts.append(tag("circle", r="6", class_=SHOWN[point.outcome or "not applicable"], **place))
    return tag("svg", parts, class_="trend", viewBox=f"0 0 {WIDTH} {HEIGHT}", aria_hidden="true")


def _shown(point: Point) -> Fraction:
    """The value at which a point stands: of one that is known within bounds the least."""
    value = point.high if point.low is None else point.low
    assert value is not None
    return value


def _unbroken(places: Sequence[tuple[Fraction, Point]]) -> Iterator[list[tuple[Fraction, Point]]]:
    """The stretches of days that have a number."""
    line: list[tuple[Fraction, Point]] = []
    for at, point in places:
        if point.low is None and point.high is None:
            yield from [line] if line else []
            line = []
        else:
            line.append((at, point))
    yield from [line] if line else []


def _line(x1: Fraction, y1: Fraction, x2: Fraction, y2: Fraction, kind: str) -> Markup:
    ends = {"x1": _number(x1), "y1": _number(y1), "x2": _number(x2), "y2": _number(y2)}
    return tag("line", class_=kind, **ends)


def _number(value: Fraction) -> str:
    return f"{float(round(value, 2)):g}"
