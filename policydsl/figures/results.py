"""What an engine answers for one tally and one key."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from policydsl._frozen import frozen
from policydsl.model.expressions import Known


@frozen
class Choice:
    """What an unknown row may bring to part and whole: one of the points, plus any positive multiples of the rays."""

    points: tuple[tuple[Fraction, Fraction], ...]
    rays: tuple[tuple[Fraction, Fraction], ...] = ()


@frozen
class Joint:
    """A part and a whole: what surely counts, and the choices of the rows that are unknown.

    `rows` is the number of rows surely in the part, `unsure` of those of which it is not known whether they are, or
    with what amount, even where that can make no difference.
    """

    part: Fraction
    whole: Fraction
    choices: tuple[Choice, ...] = ()
    rows: int = 0
    unsure: int = 0


@frozen(eq=False)
class Sums:
    """A pair of which everything is known, in whole numbers, for each key in order: its part is `parts / part_den`, its
    whole `wholes / whole_den` (0 for a mere sum), and `counts` says how many rows are in the part."""

    keys: Sequence[tuple[Known | None, ...]]
    parts: Sequence[int]
    part_den: int
    wholes: Sequence[int]
    whole_den: int
    counts: Sequence[int]

    @property
    def joints(self) -> "dict[tuple[Known | None, ...], Joint]":
        """The same as results, by key."""
        made: dict[tuple[int, int, int], Joint] = {}
        found: dict[tuple[Known | None, ...], Joint] = {}
        for key, *same in zip(self.keys, self.parts, self.wholes, self.counts, strict=True):
            part, whole, count = at = same[0], same[1], same[2]
            if at not in made:
                made[at] = Joint(Fraction(part, self.part_den), Fraction(whole, self.whole_den), (), count)
            found[key] = made[at]
        return found


@frozen
class Values:
    """The values of a measure in their order: of rows surely counted, of rows that may be; and how many of each are
    unknown."""

    sure: Sequence[Known]
    maybe: Sequence[Known] = ()
    sure_unknown: int = 0
    maybe_unknown: int = 0


@frozen
class Tested:
    """How the rows did: `rows` surely spoken of, of which `failing` surely fail; `unsure` may fail; `exempt` would."""

    rows: int
    failing: int
    unsure: int
    exempt: int = 0


Result = Joint | Values | Tested


@frozen
class Evidence:
    """The rows behind a result, as indices into the table's rows.

    For a Pair or Spread: `counted` are the rows surely in the part, each with its measure (None if unknown), largest
    first and then by name; `unsure` the rows whose contribution is not known. For a RowTest: the rows that fail
    (measure None), those that may, and in `exempt` those that are let off. `more` are counted and not fetched.
    """

    counted: tuple[tuple[int, Fraction | date | str | int | None], ...] = ()
    unsure: tuple[int, ...] = ()
    exempt: tuple[int, ...] = ()
    more: int = 0
