"""Shares in per cent that look like shares of one, in a table that stays where it is."""

from collections.abc import Mapping
from fractions import Fraction

from policydsl.data.shares_of_one import HUNDREDTH, add_up_to_one, is_of_a_whole, is_share, told_of_shares
from policydsl.diagnostics import Diagnostic
from policydsl.engines.sql.database import Refused
from policydsl.engines.sql.in_place.checking import Checks
from policydsl.engines.sql.in_place.columns import Plain
from policydsl.engines.sql.in_place.frame import Frame
from policydsl.engines.sql.in_place.mapped import Mapped
from policydsl.engines.sql.in_place.numbers import Numbers
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.number_cells import is_bare_number
from policydsl.inputs.sheet import Sheet


def shares_of_one(frame: Frame, sheet: Sheet, where: Mapping[str, int], checks: Checks) -> list[Diagnostic]:
    """What `data.shares_of_one` tells of rows that were read."""
    told = []
    for name, reading in frame.readings.items():
        if not is_share(reading.column) or not _are_small(frame, reading):
            continue
        adds_up = _add_up(frame, name)
        if not adds_up and not is_of_a_whole(reading.column, sheet.headings[where[name]]):
            continue
        if isinstance(reading, Mapped):
            bare = [cell for cell in reading.known if cell is not None and is_bare_number(cell)]
            if any(value and cell not in bare for cell, value in reading.known.items()):
                continue
            first = checks.first_of(reading, bare)
        else:
            first = checks.first(reading, f"{reading.sql} <> 0")
        if first is not None:
            place, raw = first
            (value,) = reading.values([raw])
            told.append(told_of_shares(place, frame.table, reading.column, frame_cell(raw), value, adds_up))
    return told


def _are_small(frame: Frame, reading: Plain) -> bool:
    """Whether no share is below zero or above a hundredth, and some are parts of one."""
    if isinstance(reading, Mapped):
        known = [value for value in reading.known.values() if isinstance(value, Fraction)]
        return all(0 <= each <= HUNDREDTH for each in known) and any(0 < each < HUNDREDTH for each in known)
    if not isinstance(reading, Numbers) or reading.least is None or not 0 <= reading.least <= reading.most <= 1:
        return False
    part = f"{reading.sql} > 0 AND {reading.sql} < 1"
    return bool(0 < reading.most < 1 or frame.relation.ask(["1"], f"WHERE {part} LIMIT 1"))


def _add_up(frame: Frame, name: str) -> bool:
    """Whether the shares of each day add up to 1, and several of them do."""
    by = frame.table.dated_by
    try:
        held = frame.held(name)
        day = frame.held(by).sql if by is not None and by in frame.readings else ""
    except Refused:
        return False
    if held.kind != "number":
        return False
    total = frame.database.total(frame.database.wide(held.sql))
    above = f"SUM(CASE WHEN {held.sql} > 0 THEN 1 ELSE 0 END)"
    source = frame.joined(frame.source(), [held.sql, day])
    of_days = f" GROUP BY {day}" if day else ""
    found = frame.database.ask(f"SELECT {total}, {above} FROM {source} WHERE {held.sql} IS NOT NULL{of_days}")
    sums = [Fraction(int(each), held.den) for each, _ in found]
    return add_up_to_one(sum(int(count) for _, count in found), sums)
