"""Of whom something is asked: the rows of a table, each by its key and from its day on."""

from collections.abc import Sequence
from datetime import date

from policydsl._frozen import frozen
from policydsl.data.table import Data
from policydsl.model.expressions import Nothing, Value
from policydsl.model.made import EXISTS
from policydsl.model.obligations import Entities


@frozen
class One:
    """One who is asked, by the key of its row; whether there surely is such a one; and from which day on it is asked,
    None being always."""

    name: str | None
    exists: bool = True
    since: date | None = None
    since_is_known: bool = True


NOBODY_ELSE = One(None)
"""The one who is asked where none are told apart."""


def everyone(data: Data, entities: Entities) -> list[One]:
    """All who are asked, by their names; a blank key names nobody."""
    keys = data.columns[entities.key]
    there: Sequence[Value] = data.columns.get(EXISTS, (True,) * len(keys))
    days: Sequence[Value] = (Nothing.NONE,) * len(keys)
    if entities.since is not None:
        days = data.columns[entities.since]
    found = (
        One(key, exists is True, day if isinstance(day, date) else None, day is not None)
        for key, exists, day in zip(keys, there, days, strict=True)
        if isinstance(key, str) and key.strip() and exists is not False
    )
    return sorted(found, key=lambda one: one.name or "")
