"""Whether the rows of a table leave nothing out: boxes of atoms, swept axis by axis.

On each axis the atoms part all that a value can be, so that a row takes an atom as a whole or not at all. An axis holds
for each atom the rows that take it, as the bits of a number.
"""

from collections.abc import Iterator, Sequence

Rows = int
"""A set of rows, row i being bit i."""
Axis = Sequence[Rows]
"""For each atom the rows that take it."""

MOST_STEPS = 200_000
"""How many boxes are looked at before a table counts as too entangled."""


class TooEntangled(Exception):
    """The proof would take longer than anybody waits."""


def left_out(axes: Sequence[Axis], rows: Rows) -> Iterator[tuple[int, ...]]:
    """The boxes that none of some rows takes: an atom for each of the first axes, whatever the others are."""
    distinct = [_distinct(axis) for axis in axes]
    take_all = [_all_of(axis) for axis in axes]
    whole = [rows] * (len(axes) + 1)  # the rows that take everything from an axis on
    for place in range(len(axes) - 1, -1, -1):
        whole[place] = whole[place + 1] & take_all[place]
    seen: set[tuple[int, Rows]] = set()

    def sweep(place: int, alive: Rows, path: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if not alive:
            yield path
            return
        if alive & whole[place] or (place, alive) in seen:
            return
        seen.add((place, alive))
        if len(seen) > MOST_STEPS:
            raise TooEntangled
        for atom, fitting in distinct[place]:
            yield from sweep(place + 1, alive & fitting, (*path, atom))

    yield from sweep(0, rows, ())


def _distinct(axis: Axis) -> list[tuple[int, Rows]]:
    """The first of all atoms that the same rows take."""
    first: dict[Rows, int] = {}
    for atom, fitting in enumerate(axis):
        first.setdefault(fitting, atom)
    return [(atom, fitting) for fitting, atom in first.items()]


def _all_of(axis: Axis) -> Rows:
    result = -1
    for fitting in axis:
        result &= fitting
    return result


def shared(axes: Sequence[Axis], one: int, other: int) -> tuple[int, ...] | None:
    """An atom on each axis that two rows both take; None if they have no case in common."""
    both = (1 << one) | (1 << other)
    path: list[int] = []
    for axis in axes:
        atom = next((index for index, fitting in enumerate(axis) if fitting & both == both), None)
        if atom is None:
            return None
        path.append(atom)
    return tuple(path)


def covered(axes: Sequence[Axis], row: int, by: Rows) -> bool:
    """Whether other rows take all that a row takes."""
    own = [[fitting & by for fitting in axis if fitting >> row & 1] for axis in axes]
    return next(left_out(own, by), None) is None


def takes_nothing(axes: Sequence[Axis], row: int) -> bool:
    """Whether no case can ever fit a row."""
    return any(not any(fitting >> row & 1 for fitting in axis) for axis in axes)
