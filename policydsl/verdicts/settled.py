"""The results of a run, each measured when it is first looked at; sums of which everything is known, at once."""

from collections.abc import Mapping, Sequence

from policydsl.engines import Session
from policydsl.figures.environment import Environment
from policydsl.figures.results import Result, Sums
from policydsl.plan.tallies import Key, Tally
from policydsl.verdicts.docket import Docket, Place


class Results(dict[Tally, Mapping[Key, Result]]):
    """By tally. What was not measured yet is measured together with all else that a docket asks."""

    def __init__(self, docket: Docket, session: Session, environment: Environment) -> None:
        self._docket, self._session, self._environment = docket, session, environment
        self._sums: dict[int, Sequence[Sums | None]] = {}

    def settled(self, place: Place) -> Sums | None:
        """The sums of a pair of the docket; None if something of it is unknown."""
        ledger, pair = place
        if ledger not in self._sums:
            self._sums[ledger] = self._session.sums(self._docket.ledgers[ledger], self._environment)
        return self._sums[ledger][pair]

    def measure(self, tallies: Sequence[Tally]) -> None:
        """Measures some tallies together, those apart of which all sums are known."""
        missing = [tally for tally in dict.fromkeys(tallies) if tally not in self and not self._summed(tally)]
        if missing:
            self.update(self._session.measure(missing, self._environment))

    def _summed(self, tally: Tally) -> bool:
        place = self._docket.places.get(tally)
        sums = None if place is None else self.settled(place)
        if sums is not None:
            self[tally] = sums.joints
        return sums is not None

    def __missing__(self, tally: Tally) -> Mapping[Key, Result]:
        if not self._summed(tally):
            self.measure((tally, *self._docket.tallies))
        return self[tally]
