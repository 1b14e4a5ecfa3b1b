"""What the cells of a column mean: grades are ranks, and a blank is what the column says that it means."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from policydsl.data.kinds import kind_of, ranks
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.columns.counted import Scaled
from policydsl.inputs.columns.recurring import Recurring
from policydsl.inputs.convert import convert_column
from policydsl.inputs.sheet import Sheet
from policydsl.model.expressions import Nothing, Value
from policydsl.model.rulebook import Column, Scale
from policydsl.model.types import GradeType, ListType


def values_of(
    column: Column, sheet: Sheet, at: int, scales: Mapping[str, Scale]
) -> tuple[Sequence[Value], tuple[Diagnostic, ...]]:
    """The values of the sheet's column with the index `at`, None where unknown, and what is wrong with its cells."""
    values, told = convert_column(sheet, at, kind_of(column, scales))
    return meant(values, column, scales), told


def meant(values: Sequence[object], column: Column, scales: Mapping[str, Scale]) -> Sequence[Value]:
    """What was read, with grades as ranks, and blanks as what the column says that they mean."""
    if isinstance(values, Recurring):
        return Recurring(meant(values.items, column, scales), values.codes)
    blank = blank_of(column, scales)
    if isinstance(values, Scaled):
        return values.with_blank(blank)
    found: Sequence[Value] = values  # type: ignore[assignment]  # cells that were read by their kind
    if isinstance(column.type, GradeType):
        rank = ranks(scales[column.type.scale])
        found = tuple(None if value is None else rank[str(value).casefold()] for value in values)
    elif isinstance(column.type, ListType) and isinstance(column.type.of, GradeType):
        rank = ranks(scales[column.type.of.scale])
        found = tuple(
            None if value is None else tuple(rank[part.casefold()] for part in value)  # type: ignore[attr-defined]  # it is read as texts
            for value in values
        )
    return found if blank is None else tuple(blank if value is None else value for value in found)


def blank_of(column: Column, scales: Mapping[str, Scale]) -> Value:
    """The value that a blank of a column stands for; None where it is not known."""
    match column.blank:
        case "none":
            return Nothing.NONE
        case "no":
            return False
        case "0":
            return Fraction(0)
        case "unrated":
            assert isinstance(column.type, GradeType)
            return len(scales[column.type.scale].grades)
        case None:
            return None
