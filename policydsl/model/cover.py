"""Whether the rows of a table leave nothing out: boxes of atoms, swept axis by axis.

On each axis the atoms part all that a value can be, so that a row takes an atom as a whole or not at all. Which rows
take which atoms is kept both ways round, as the bits of numbers. Where few rows are left, the sweep goes along the
borders of what they take and not from atom to atom, so that many bands take hardly longer to prove than to read.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from operator import xor

Rows = int
"""A set of rows, row i being bit i."""
Atoms = int
"""A set of the atoms of one axis, atom i being bit i."""
Box = Sequence[Atoms]
"""Some of the atoms of each axis."""

MOST_STEPS = 200_000
"""How many boxes are looked at before a table counts as too entangled."""


class TooEntangled(Exception):
    """The proof would take longer than anybody waits."""


class Axis:
    """What rows take of one axis: `atoms` of each row, `rows` of each atom."""

    def __init__(self, atoms: Sequence[Atoms], count: int) -> None:
        self.atoms = tuple(atoms)
        self.every: Atoms = (1 << count) - 1
        changes = [0] * (count + 1)
        for row, taken in enumerate(atoms):
            for start, end in runs(taken):
                changes[start] ^= 1 << row
                changes[end] ^= 1 << row
        self.rows: tuple[Rows, ...] = tuple(accumulate(changes[:count], xor))
        self._halves = [0] * count + list(self.rows)
        for place in range(count - 1, 0, -1):
            self._halves[place] = self._halves[2 * place] | self._halves[2 * place + 1]

    def touching(self, atoms: Atoms) -> Rows:
        """The rows that take one of some atoms at least."""
        found = 0
        for start, end in runs(atoms):
            low, high = start + len(self.rows), end + len(self.rows)
            while low < high:
                if low & 1:
                    found |= self._halves[low]
                    low += 1
                if high & 1:
                    high -= 1
                    found |= self._halves[high]
                low, high = low // 2, high // 2
        return found

    def parts(self, box: Atoms, rows: Rows) -> Iterator[tuple[int, int]]:
        """Atoms of a box, from one on and before another, all of which are taken by the same of some rows."""
        if rows.bit_count() >= box.bit_count():
            yield from ((atom, atom + 1) for atom in members(box))
            return
        borders = {border for row in members(rows) for run in runs(self.atoms[row] & box) for border in run}
        within = {border for run in runs(box) for border in run}
        yield from (part for part in pairwise(sorted(borders | within)) if box >> part[0] & 1)


def members(bits: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest on."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def runs(bits: int) -> Iterator[tuple[int, int]]:
    """Where bits beside one another are set: from one place on, and before another."""
    start = 0
    while bits:
        skipped = (bits & -bits).bit_length() - 1
        bits >>= skipped
        length = (~bits & bits + 1).bit_length() - 1
        bits >>= length
        start += skipped
        yield start, start + length
        start += length


def left_out(axes: Sequence[Axis], rows: Rows) -> Iterator[tuple[int, ...]]:
    """The boxes that none of some rows takes: an atom for each of the first axes, whatever the others are."""
    return _left_out(axes, [axis.every for axis in axes], rows)


def _left_out(axes: Sequence[Axis], box: Box, rows: Rows) -> Iterator[tuple[int, ...]]:
    distinct = [_distinct(axis, atoms, rows) for axis, atoms in zip(axes, box, strict=True)]
    whole = [rows] * (len(axes) + 1)  # the rows that take everything from an axis on
    for place in range(len(axes) - 1, -1, -1):
        taking = (row for row in members(whole[place + 1]) if not box[place] & ~axes[place].atoms[row])
        whole[place] = sum(1 << row for row in taking)
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
        for atom, fitting in steps(place, alive):
            yield from sweep(place + 1, fitting, (*path, atom))

    def steps(place: int, alive: Rows) -> Iterator[tuple[int, Rows]]:
        """Atoms with the rows still alive that take them; of atoms that some of these take one is enough."""
        if alive.bit_count() >= len(distinct[place]):
            yield from ((atom, alive & fitting) for atom, fitting in distinct[place])
            return
        for start, end in axes[place].parts(box[place], alive):
            if fitting := alive & axes[place].rows[start]:
                yield start, fitting
            else:
                yield from ((atom, 0) for atom, _ in distinct[place] if start <= atom < end)

    return sweep(0, rows, ())


def _distinct(axis: Axis, box: Atoms, rows: Rows) -> list[tuple[int, Rows]]:
    """The first of all atoms that the same rows take."""
    first: dict[Rows, int] = {}
    for atom, _ in axis.parts(box, rows):
        first.setdefault(axis.rows[atom] & rows, atom)
    return [(atom, fitting) for fitting, atom in first.items()]


def touching(axes: Sequence[Axis], row: int) -> Rows:
    """The rows, itself among them, that have a case in common with a row."""
    found = -1
    for axis in axes:
        found &= axis.touching(axis.atoms[row])
    return found


def shared(axes: Sequence[Axis], one: int, other: int) -> tuple[int, ...]:
    """The first atom on each axis that two rows both take, which have a case in common."""
    return tuple(next(members(axis.atoms[one] & axis.atoms[other])) for axis in axes)


def covered(axes: Sequence[Axis], row: int, by: Rows) -> bool:
    """Whether other rows take all that a row takes."""
    by &= touching(axes, row)
    if not by or _is_alone_in_a_corner(axes, row, by):
        return False
    return next(_left_out(axes, [axis.atoms[row] for axis in axes], by), None) is None


def _is_alone_in_a_corner(axes: Sequence[Axis], row: int, by: Rows) -> bool:
    """Whether other rows leave out a certain corner of what a row takes; most rows of bands and steps have one."""
    for axis in axes:
        ends = axis.atoms[row].bit_length() - 1, next(members(axis.atoms[row]))
        by = min((by & axis.rows[end] for end in ends), key=int.bit_count)
    return not by


def takes_nothing(axes: Sequence[Axis], row: int) -> bool:
    """Whether no case can ever fit a row."""
    return not all(axis.atoms[row] for axis in axes)
