"""What was worked out for one day, for other days on which it is the same."""

from collections.abc import Hashable
from datetime import date

from policydsl._frozen import define, field
from policydsl.data.history import History
from policydsl.data.table import Data
from policydsl.model.rulebook import Rulebook
from policydsl.plan.dependencies import given_tables
from policydsl.plan.grounds import Entry, grounds_of_entry


@define(eq=False)
class Kept:
    """Tables and columns by what they rest on: the rows that stand on a day, and the day itself where they may change
    though the rows stay the same."""

    rulebook: Rulebook
    history: History
    _rests_on: dict[Entry, tuple[str, ...] | None] = field(factory=dict, init=False)
    """The tables; None where it is the day itself."""
    _made: dict[tuple[Entry, int, Hashable], tuple[Data, Data]] = field(factory=dict, init=False)
    """What came of a table; by its identity, so it is kept beside it."""

    def find(self, entry: Entry, before: Data, day: date) -> Data | None:
        """What came of a table as it was, if it was worked out for this day or for one like it."""
        found = self._made.get((entry, id(before), self._like(entry, day)))
        return None if found is None else found[1]

    def keep(self, entry: Entry, before: Data, day: date, after: Data) -> None:
        """Keep what came of a table as it was."""
        self._made[entry, id(before), self._like(entry, day)] = before, after

    def _like(self, entry: Entry, day: date) -> Hashable:
        if entry not in self._rests_on:
            grounds = grounds_of_entry(self.rulebook, entry)
            given = given_tables(sorted(grounds.tables), self.rulebook.tables)
            self._rests_on[entry] = None if grounds.moves else given
        names = self._rests_on[entry]
        if names is None:
            return day
        return tuple(standing for name, standing in self.history.snapshot(day) if name in names)
