"""What a table that stays where it is says that may be meant otherwise than it is read."""

from policydsl.data.doubtful import footnotes, told_of_footnote
from policydsl.data.names_in import uncompared
from policydsl.diagnostics import Diagnostic
from policydsl.engines.sql.in_place.checking import Checks
from policydsl.engines.sql.in_place.columns import Plain
from policydsl.engines.sql.in_place.frame import Frame
from policydsl.engines.sql.in_place.texts import Texts
from policydsl.model.types import TextType


def doubtful_there(frame: Frame, checks: Checks) -> list[Diagnostic]:
    """What `data.doubtful` tells of rows that were read."""
    told: list[Diagnostic | None] = []
    for name, reading in frame.readings.items():
        if isinstance(reading.column.type, TextType):
            told.append(_footnote(frame, name, reading, checks))
    return [one for one in told if one is not None]


def _footnote(frame: Frame, name: str, reading: Plain, checks: Checks) -> Diagnostic | None:
    """An error where two names differ by nothing but raised signs."""
    if isinstance(reading, Texts) and name not in frame.differing.few and name not in frame.differing.raised:
        return None
    names = frame.differing.of(name)
    if names is None:
        return uncompared(frame.relation.path, name, frame.table.name)
    twins = footnotes(names)
    if not twins:
        return None
    cells = {cell: text for text in twins for cell in names[text]}
    place, cell = checks.first(reading, cells)
    return told_of_footnote(place, cells[cell], twins)
