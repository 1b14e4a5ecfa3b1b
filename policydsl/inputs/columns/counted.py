"""Columns of numbers as whole numbers of a unit: cells and values are made of them when somebody reads one."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from policydsl._lazy import Lazy
from policydsl.inputs.columns.recurring import recurring
from policydsl.inputs.sheet import Cell

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[Any]

_FEW, _AT_ONCE = 20, 10_000
"""So many cells are made at first, since often the first decides, and then so many at a time."""
_LARGEST = 2**63 - 1


class Counted(Lazy[Cell]):
    """Cells that are blank or numbers: `numbers` times `unit`, 0 where one is `missing`. Cells of which the `keys` are
    the same are alike, and `cells` makes those of some rows. `factor` is that of a unit that all of them have."""

    def __init__(
        self,
        numbers: "Whole",
        unit: Fraction,
        missing: "Whole | None",
        keys: "Whole | None",
        cells: Callable[["Whole"], Sequence[Cell]],
        factor: Fraction | None = None,
    ) -> None:
        self.numbers, self.unit, self.missing, self.factor = numbers, unit, missing, factor
        self.keys, self.cells = keys, cells

    def __len__(self) -> int:
        return len(self.numbers)

    def item(self, at: int) -> Cell:
        """The cell of a row."""
        import numpy as np

        return self.cells(np.array([at]))[0]

    def __iter__(self) -> Iterator[Cell]:
        import numpy as np

        starts = [0, *range(_FEW, len(self), _AT_ONCE)]
        ends = [*starts[1:], len(self)]
        return chain.from_iterable(self.cells(np.arange(at, end)) for at, end in zip(starts, ends, strict=True))

    def in_unit(self, factor: Fraction, made: Callable[[Cell], Cell]) -> "Counted":
        """The same numbers in a unit; `made` is what makes such a cell of a plain one."""
        inner = self.cells
        return Counted(
            self.numbers, self.unit, self.missing, self.keys, lambda rows: [made(cell) for cell in inner(rows)], factor
        )

    def by_cell(self) -> Sequence[Cell]:
        """The same by the cells that differ, or all of them where that is not known."""
        import numpy as np

        if self.keys is None:
            return tuple(self)
        if self.missing is None:
            _, firsts, codes = np.unique(self.keys, return_index=True, return_inverse=True)
            return recurring(self.cells(firsts), codes)
        there = (~self.missing).nonzero()[0]
        _, firsts, inverse = np.unique(self.keys[there], return_index=True, return_inverse=True)
        codes = np.full(len(self), len(firsts), np.intp)
        codes[there] = inverse
        return recurring([*self.cells(there[firsts]), None], codes)

    def taken(self, rows: Sequence[int]) -> "Counted":
        """Some of the rows."""
        import numpy as np

        at = np.asarray(rows, np.intp)
        missing = None if self.missing is None else self.missing[at]
        keys = None if self.keys is None else self.keys[at]
        return Counted(self.numbers[at], self.unit, missing, keys, lambda some: self.cells(at[some]), self.factor)


class Scaled(Lazy[Any]):
    """Exact values: `numbers` times `unit`, and `blank` in each row that is `missing`."""

    def __init__(self, numbers: "Whole", unit: Fraction, missing: "Whole | None", blank: object = None) -> None:
        self.numbers, self.unit, self.missing, self.blank = numbers, unit, missing, blank

    def __len__(self) -> int:
        return len(self.numbers)

    def item(self, at: int) -> Any:
        """The value of a row."""
        if self.missing is not None and self.missing[at]:
            return self.blank
        return Fraction(int(self.numbers[at]) * self.unit.numerator, self.unit.denominator)

    def __iter__(self) -> Iterator[Any]:
        above, below = self.unit.as_integer_ratio()
        missing = repeat(False) if self.missing is None else self.missing.tolist()
        blank = self.blank
        pairs = zip(self.numbers.tolist(), missing)  # noqa: B905  # one of them may have no end
        return (blank if lacks else Fraction(number * above, below) for number, lacks in pairs)

    def below_zero(self) -> list[int]:
        """The rows whose value is below zero."""
        found: list[int] = ((self.numbers < 0) if self.unit > 0 else (self.numbers > 0)).nonzero()[0].tolist()
        return found

    def with_blank(self, blank: object) -> "Scaled":
        """The same with a value for what is missing."""
        return Scaled(self.numbers, self.unit, self.missing, blank)

    def taken(self, rows: Sequence[int]) -> "Scaled":
        """Some of the rows."""
        import numpy as np

        at = np.asarray(rows, np.intp)
        missing = None if self.missing is None else self.missing[at]
        return Scaled(self.numbers[at], self.unit, missing, self.blank)

    def reduced(self) -> "tuple[Whole, int] | None":
        """Whole numbers, 0 where one is missing, and the least number under all of them that makes them the values;
        None where they need more than 63 bits."""
        import numpy as np

        above, below = self.unit.as_integer_ratio()
        largest = max(-int(self.numbers.min(initial=0)), int(self.numbers.max(initial=0)))
        if max(largest * above, below) > _LARGEST:
            return None
        numbers = self.numbers * above
        common = int(np.gcd.reduce(numbers[:1000], initial=below)) if below > 1 else 1
        common = int(np.gcd.reduce(numbers, initial=common)) if common > 1 else 1
        return (numbers, below) if common == 1 else (numbers // common, below // common)

    def lowest(self) -> Iterator[tuple[int, int] | None]:
        """What stands above and below in each value in lowest terms; None where one is missing."""
        import numpy as np

        found = self.reduced()
        missing = repeat(False) if self.missing is None else self.missing.tolist()
        if found is None:
            values = zip(self, missing)  # noqa: B905
            return (None if lacks else value.as_integer_ratio() for value, lacks in values)
        numbers, below = found
        common = np.gcd(numbers, below)
        pairs = zip((numbers // common).tolist(), (below // common).tolist(), missing)  # noqa: B905
        return (None if lacks else (one, other) for one, other, lacks in pairs)
