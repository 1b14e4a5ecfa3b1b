"""A figure drawn against its bounds: the bar of what was measured, the stretch that is allowed, norm and threshold."""

from fractions import Fraction

from policydsl.reports.drawn import Drawn
from policydsl.reports.html.marks import CLASSES
from policydsl.reports.html.markup import Markup, tag

WIDTH, HEIGHT = 1000, 20
_BEYOND = Fraction(27, 25)
"""How far the drawing goes on behind what it has to show."""


def gauge(of: Drawn, shown: tuple[Fraction, Fraction] | None = None) -> Markup | None:
    """The drawing, on a stretch or on its own; what it shows is told beside it in words. None if all is zero."""
    least, most = shown or of.reach
    if least == most:
        return None
    start, width = least * _BEYOND, (most - least) * _BEYOND

    def at(value: Fraction) -> Fraction:
        return (value - start) / width * WIDTH

    parts = [tag("rect", x="0", y="7", width=str(WIDTH), height="6", class_="track")]
    floor = start if of.floor is None else of.floor
    ceiling = start + width if of.ceiling is None else of.ceiling
    if of.floor is not None or of.ceiling is not None:
        parts.append(_stretch(at(floor), at(ceiling), 3, 14, "room"))
    zero = at(Fraction(0))
    parts.append(_stretch(zero, at(of.low), 6, 8, f"bar {CLASSES[of.outcome]}"))
    if of.low != of.high:
        parts.append(_stretch(at(of.low), at(of.high), 8, 4, f"bar {CLASSES[of.outcome]} perhaps"))
    parts += [_line(at(end), "bound") for end in (of.floor, of.ceiling) if end is not None]
    parts += [_line(at(of.norm), "norm")] if of.norm is not None else []
    parts += [_line(at(of.warn), "warn")] if of.warn is not None else []
    box = f"0 0 {WIDTH} {HEIGHT}"
    return tag("svg", parts, class_="gauge", viewBox=box, preserveaspectratio="none", aria_hidden="true")


def _stretch(start: Fraction, end: Fraction, y: int, height: int, kind: str) -> Markup:
    first, last = sorted((start, end))
    return tag("rect", x=_number(first), y=str(y), width=_number(last - first), height=str(height), class_=kind)


def _line(x: Fraction, kind: str) -> Markup:
    return tag("line", x1=_number(x), x2=_number(x), y1="0", y2=str(HEIGHT), class_=kind)


def _number(value: Fraction) -> str:
    return f"{float(round(value, 2)):g}" if value < 10**6 else "1000000"
