"""What an engine answers for one tally and one key."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from policydsl._frozen import field, frozen
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


class Sums(NamedTuple):
    """A pair of which everything is known, in whole numbers, for each key in order: its part is `parts / part_den`, its
    whole `wholes / whole_den` (0 for a mere sum), and `counts` says how many rows are in the part."""

    keys: Sequence[tuple[Known | None, ...]]
    parts: Sequence[int]
    part_den: int
    wholes: Sequence[int]
    whole_den: int
    counts: Sequence[int]

    @property
    def joints(self) -> "Joints":
        """The same as results, by key."""
        return Joints(self)


class Joints(Mapping[tuple[Known | None, ...], Joint]):
    """Sums as results, each made when it is read."""

    def __init__(self, sums: Sums) -> None:
        self._sums = sums
        self._at = {key: at for at, key in enumerate(sums.keys)}
        self._made: dict[int, Joint] = {}

    def __getitem__(self, key: tuple[Known | None, ...]) -> Joint:
        at, of = self._at[key], self._sums
        if at not in self._made:
            part, whole = Fraction(of.parts[at], of.part_den), Fraction(of.wholes[at], of.whole_den)
            self._made[at] = Joint(part, whole, (), of.counts[at])
        return self._made[at]

    def __iter__(self) -> Iterator[tuple[Known | None, ...]]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


@frozen
class Values:
    """The values of a measure in their order: of rows surely counted, of rows that may be; and how many of each are
    unknown."""

    sure: Sequence[Known]
    maybe: Sequence[Known] = ()
    sure_unknown: int = 0
    maybe_unknown: int = 0
    figures: dict[tuple[str, bool], Any] = field(factory=dict, init=False, eq=False, repr=False)
    """What has been worked out from them; where the same rows are judged again, that is known."""


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
    (measure None), those that may, and in `exempt` those that are let off. `more` are counted and not fetched,
    `more_exempt` are let off and `more_unsure` are not known.
    """

    counted: Sequence[tuple[int, Fraction | date | str | int | None]] = ()
    unsure: tuple[int, ...] = ()
    exempt: tuple[int, ...] = ()
    more: int = 0
    more_exempt: int = 0
    more_unsure: int = 0
