"""Which rules and cells a rulebook's tests have been seen to decide, and how."""

from collections.abc import Sequence
from typing import Literal

from policydsl._frozen import frozen
from policydsl.api import Rulebook
from policydsl.model.rulebook import Check, Limit, Outcome
from policydsl.testing.run import TestResult

Seen = Literal["kept", "failed", "open"]
"""That a rule is kept (a pass or a warning), that it is not, that the data leave it open."""

_SEEN: dict[Outcome, Seen] = {
    "pass": "kept",
    "warning": "kept",
    "breach": "failed",
    "deviation": "failed",
    "waived": "failed",
    "undetermined": "open",
}


@frozen
class Covered:
    """A rule or a cell, and how tests that passed expect to see it."""

    id: str
    seen: frozenset[Seen]
    can: frozenset[Seen]
    """What it can be at all: without a bound (`-`, `undecided`) nothing is kept or failed."""

    @property
    def missing(self) -> tuple[Seen, ...]:
        """What no test has shown yet."""
        order: tuple[Seen, ...] = ("kept", "failed", "open")
        return tuple(each for each in order if each in self.can and each not in self.seen)


def coverage(rulebook: Rulebook, results: Sequence[TestResult]) -> tuple[Covered, ...]:
    """Of each rule and cell, in the order of the rulebook, what its tests show; a test that failed shows nothing."""
    seen: dict[str, set[Seen]] = {}
    for test, result in zip(rulebook.model.tests, results, strict=True):
        for expected in test.expectations if result.passed else ():
            if expected.outcome in _SEEN:
                seen.setdefault(expected.of, set()).add(_SEEN[expected.outcome])
    return tuple(Covered(check.id, frozenset(seen.get(check.id, ())), _can(check)) for check in rulebook.model.checks)


def _can(check: Check) -> frozenset[Seen]:
    match check.assertion:
        case Limit(bound=None):
            return frozenset()
        case Limit(bound=bound) if bound is not None and bound.value is None:
            return frozenset(("open",))
    return frozenset(("kept", "failed", "open"))
