"""The verdicts of a run, in their order. What is known of them at once can be read without making them."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, overload

from policydsl._frozen import frozen
from policydsl.figures.interval import Interval
from policydsl.model.rulebook import Outcome
from policydsl.verdicts.later import Later
from policydsl.verdicts.verdict import Verdict

Figures = Callable[[], Sequence[Fraction | None]]


@frozen(eq=False)
class Ruling:
    """The outcomes of one check, its figures, and its verdicts, one of each for each of its groups."""

    id: str
    outcomes: Sequence[Outcome]
    figures: Figures
    verdicts: Callable[[], Sequence[Verdict]]


def ruling_of(id: str, verdicts: Sequence[Verdict]) -> Ruling:
    """What verdicts of a check say that have been made."""
    return Ruling(id, [each.outcome for each in verdicts], lambda: [*map(exact_figure, verdicts)], lambda: verdicts)


def exact_figure(verdict: Verdict) -> Fraction | None:
    """The figure of a verdict, None where it has none or is not known exactly."""
    return verdict.figure.value if isinstance(verdict.figure, Interval) else None


class Verdicts(Sequence[Verdict]):
    """A sequence of verdicts, equal to the tuple of them. `ids`, `outcomes` and `figures` are known at once; a verdict,
    with its words and rows, is made when it is first read."""

    def __init__(self, rulings: Sequence[Ruling]) -> None:
        self._rulings = rulings

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The rule or cell of each verdict."""
        return tuple(ruling.id for ruling in self._rulings for _ in ruling.outcomes)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcome of each verdict."""
        return tuple(outcome for ruling in self._rulings for outcome in ruling.outcomes)

    @cached_property
    def figures(self) -> tuple[Fraction | None, ...]:
        """The figure of each verdict; None where there is none, or none that is known exactly."""
        return tuple(figure for ruling in self._rulings for figure in ruling.figures())

    @property
    def not_made(self) -> int:
        """How many verdicts have not been made, as nobody has read them."""
        waiting = (each for each in self._rulings if isinstance(each.verdicts, Later) and each.verdicts.waits)
        return sum(len(each.outcomes) for each in waiting)

    @cached_property
    def _all(self) -> tuple[Verdict, ...]:
        return tuple(verdict for ruling in self._rulings for verdict in ruling.verdicts())

    def __len__(self) -> int:
        return len(self.outcomes)

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self._all)

    @overload
    def __getitem__(self, at: int) -> Verdict: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Verdict, ...]: ...

    def __getitem__(self, at: int | slice) -> Verdict | tuple[Verdict, ...]:
        if isinstance(at, slice):
            return self._all[at]
        place = range(len(self))[at]
        for ruling in self._rulings:
            if place < len(ruling.outcomes):
                return ruling.verdicts()[place]
            place -= len(ruling.outcomes)
        raise IndexError(at)

    def __eq__(self, other: object) -> bool:
        return self._all == tuple(other) if isinstance(other, Verdicts | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._all)

    def __repr__(self) -> str:
        return repr(self._all)

    def __reduce__(self) -> Any:
        return verdicts_of, (self._all,)


def verdicts_of(verdicts: Sequence[Verdict]) -> Verdicts:
    """Verdicts that have been made."""
    return Verdicts([ruling_of(verdict.id, [verdict]) for verdict in verdicts])
