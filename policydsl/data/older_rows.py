"""Tables whose newest rows are of an earlier day than the one judged: told, lest anybody take them for that day's."""

from collections.abc import Mapping
from datetime import date

from policydsl.catalogue import say
from policydsl.data.table import Data
from policydsl.diagnostics import Diagnostic

_A_MONTH = 31
"""Days after which rows are no longer those of the last month's end."""


def older_rows(tables: Mapping[str, Data], as_of: date | None) -> list[Diagnostic]:
    """A note on each table with rows of an earlier day, and a warning where that is more than a month ago."""
    told = []
    for name, data in tables.items():
        before = 0 if as_of is None or data.dated is None or not len(data) else (as_of - data.dated).days
        if before:
            told.append(say("PD956" if before > _A_MONTH else "PD957", None, table=name, dated=data.dated, as_of=as_of))
    return told
