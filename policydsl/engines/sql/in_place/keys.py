"""Columns of keys, in a table that stays where it is."""

from policydsl.data.elsewhere import TooMany
from policydsl.engines.sql.database import Refused
from policydsl.engines.sql.held import Held
from policydsl.engines.sql.in_place.frame import Frame
from policydsl.engines.sql.in_place.numbers import Numbers


def held_key(frame: Frame, name: str) -> Held:
    """A column of a key. Numbers that have too many digits to be counted with are told apart as they stand."""
    try:
        return frame.held(name)
    except Refused as refused:
        reading = frame.readings[name]
        if isinstance(reading, Numbers):
            return Held("number", f"t.{reading.name}")
        ((count,),) = frame.relation.ask(["COUNT(*)"])
        raise TooMany(frame.table.name, frame.relation.path, int(count)).because(name, str(refused)) from None
