"""What a column holds, as far as reading its cells goes; the rulebook's column types are turned into these."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from policydsl._frozen import field, frozen


@frozen
class TextKind:
    """Text, kept as written but for outer spaces."""


@frozen
class NumberKind:
    """Numbers: a plain one is multiplied by `factor`, one with a unit word by the factor of that word in `units`.

    `unit` is what the column is declared in, for messages (`KSEK`, `years`, `%`; "" for plain numbers). Unit words
    are compared without regard to case, spaces and full stops; `%` is a unit word like the others, and a workbook's
    percent cell is read with it. `hundredths` are the unit words, "" for none, of which nobody writes less than a
    hundredth: `1.234` SEK is a thousand, whatever sign parts its digits.
    """

    factor: Fraction = Fraction(1)
    unit: str = ""
    units: Mapping[str, Fraction] = field(factory=dict)
    hundredths: frozenset[str] = frozenset()


@frozen
class DateKind:
    """Days."""


@frozen
class YesNoKind:
    """Yes or no."""


@frozen
class LabelKind:
    """One of some labels: from each spelling, casefolded, to the label as declared."""

    labels: Mapping[str, str]


@frozen
class GradeKind:
    """A grade of a scale: from each spelling, casefolded, to the grade as declared."""

    grades: Mapping[str, str]


@frozen
class ListKind:
    """Several texts in one cell, parted by a separator; if they are grades, their spellings as in `GradeKind`."""

    separator: str = ";"
    grades: Mapping[str, str] | None = None


Kind: TypeAlias = TextKind | NumberKind | DateKind | YesNoKind | LabelKind | GradeKind | ListKind


def share_in_percent() -> NumberKind:
    """A `share in %` column: 27.5, `27,5 %` and a workbook's percent cell are one and the same."""
    hundredth = Fraction(1, 100)
    return NumberKind(hundredth, "%", {"%": hundredth})
