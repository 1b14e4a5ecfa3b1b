"""Parts and wholes: the exact ends of their sum and ratio over everything that unknown rows may contribute."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from policydsl.figures.interval import Figure, Interval, Undefined, against_zero, exactly
from policydsl.figures.results import Choice, Joint
from policydsl.model.expressions import Sign

Point = tuple[Fraction, Fraction]
_ZERO = Fraction(0)


def joined(brought: Iterable[Choice], rows: int, unsure: int) -> Joint:
    """What all rows together contribute. Choices of one shape become one of the summed size: the sums that they allow
    have the same ends in every direction. The order is that of the shapes, so no order of rows shows."""
    part = whole = _ZERO
    sizes: dict[Choice, Fraction] = {}
    for choice in brought:
        if len(choice.points) == 1 and not choice.rays:
            part, whole = part + choice.points[0][0], whole + choice.points[0][1]
            continue
        shape, size = shape_and_size(choice)
        sizes[shape] = sizes.get(shape, _ZERO) + size
    return of_sizes(part, whole, sizes, rows, unsure)


def shape_and_size(choice: Choice) -> tuple[Choice, Fraction]:
    """What choices that differ in size alone have in common, and the size."""
    size = max(abs(coordinate) for point in choice.points for coordinate in point)
    return Choice(_scaled(choice.points, 1 / size if size else size), tuple(sorted(map(_direction, choice.rays)))), size


def of_sizes(part: Fraction, whole: Fraction, sizes: Mapping[Choice, Fraction], rows: int, unsure: int) -> Joint:
    """What is sure, and choices by their shape."""
    choices = [Choice(_scaled(shape.points, size), shape.rays) for shape, size in sizes.items()]
    return Joint(part, whole, tuple(sorted(choices, key=lambda choice: (choice.points, choice.rays))), rows, unsure)


def _scaled(points: Iterable[Point], by: Fraction) -> tuple[Point, ...]:
    return tuple(sorted({(part * by, whole * by) for part, whole in points}))


def _direction(ray: Point) -> Point:
    length = max(abs(ray[0]), abs(ray[1]))
    return ray[0] / length, ray[1] / length


def sum_of(joint: Joint) -> Interval:
    """The sum of the part."""
    if not joint.choices:
        return exactly(joint.part)
    return _range(joint, Fraction(1), _ZERO)


def base_of(joint: Joint) -> Interval:
    """The sum of the whole."""
    if not joint.choices:
        return exactly(joint.whole)
    return _range(joint, _ZERO, Fraction(1))


def ratio_of(joint: Joint, average: bool = False) -> Figure:
    """The part divided by the whole; `average` says that no rows have none."""
    if average and not joint.rows:
        return Undefined("unknown" if joint.unsure else "nothing")
    if against_zero(base_of(joint), ">") is not True:
        return Undefined("base")
    if not joint.choices:
        return exactly(joint.part / joint.whole)
    below = _least_ratio(joint, 1)
    above = _least_ratio(joint, -1)
    return Interval(below, None if above is None else -above)


def holds(joint: Joint, op: Sign, share: Fraction) -> bool | None:
    """Whether `part op share × whole`, whatever unknown rows contribute; None if the whole is not surely above 0."""
    if against_zero(base_of(joint), ">") is not True:
        return None
    return against_zero(_range(joint, Fraction(1), -share), op)


def _range(joint: Joint, of_part: Fraction, of_whole: Fraction) -> Interval:
    """The ends of a linear function of part and whole."""

    def at(point: Point) -> Fraction:
        return of_part * point[0] + of_whole * point[1]

    low = high = at((joint.part, joint.whole))
    for choice in joint.choices:
        reached = [at(point) for point in choice.points]
        low, high = low + min(reached), high + max(reached)
    slopes = [at(ray) for choice in joint.choices for ray in choice.rays]
    return Interval(
        None if any(slope < 0 for slope in slopes) else low, None if any(slope > 0 for slope in slopes) else high
    )


def _least_ratio(joint: Joint, sign: int) -> Fraction | None:
    """The greatest lower bound of `sign × part / whole`, None if there is none; the whole is surely above zero.

    Dinkelbach: whatever makes `part - ratio × whole` least has a smaller ratio, until it is zero. A ray that adds to
    the whole brings the ratio as near to its own as one likes.
    """
    rays = [(sign * part, whole) for choice in joint.choices for part, whole in choice.rays]
    if any(whole == 0 and part < 0 for part, whole in rays):
        return None
    limits = [part / whole for part, whole in rays if whole]
    points = [choice.points[0] for choice in joint.choices]
    while True:
        part = sign * (joint.part + sum(point[0] for point in points))
        ratio = min([part / (joint.whole + sum(point[1] for point in points)), *limits])
        best = [min(choice.points, key=lambda p: sign * p[0] - ratio * p[1]) for choice in joint.choices]
        part = sign * (joint.part + sum(point[0] for point in best))
        if part - ratio * (joint.whole + sum(point[1] for point in best)) >= 0:
            return ratio
        points = best
