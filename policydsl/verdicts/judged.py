"""The verdicts of a run, in their order. What is known of them at once can be read without making them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, groupby
from typing import Any, NamedTuple, overload

from policydsl._lazy import Lazy
from policydsl.figures.interval import Interval
from policydsl.model.rulebook import Check, Outcome
from policydsl.plan.tallies import Key
from policydsl.verdicts.verdict import Verdict

Figures = Callable[[], Sequence[Fraction | None]]


class Ruling(NamedTuple):
    """The outcomes of one check, its figures, and its verdicts, one of each for each of its groups."""

    check: Check
    outcomes: Sequence[Outcome]
    figures: Figures
    verdicts: Sequence[Verdict]
    keys: Callable[[], Sequence[Key]] | None = None
    """The worlds and groups of its verdicts, where these need not be made to be told apart."""


def ruling_of(check: Check, verdicts: Sequence[Verdict]) -> Ruling:
    """What verdicts of a check say that have been made."""
    return Ruling(check, [each.outcome for each in verdicts], lambda: [*map(exact_figure, verdicts)], verdicts)


class Waiting(Lazy[Verdict]):
    """Verdicts of which each is made when it is first read, by what is made ready for the first. Until then they are
    one object: so few are made by judging that Python need not look for cycles among them."""

    __slots__ = ("_count", "_made", "_make", "_ready")

    def __init__(self, count: int, ready: Callable[[], Callable[[int], Verdict]]) -> None:
        self._count, self._ready = count, ready
        self._make: Callable[[int], Verdict] | None = None
        self._made: dict[int, Verdict] | None = None

    def __len__(self) -> int:
        return self._count

    def item(self, at: int) -> Verdict:
        """One of them."""
        if self._make is None or self._made is None:
            self._make, self._made = self._ready(), {}
        if at not in self._made:
            self._made[at] = self._make(at)
        return self._made[at]

    @property
    def not_made(self) -> int:
        """How many nobody has read."""
        return self._count - len(self._made or ())


def exact_figure(verdict: Verdict) -> Fraction | None:
    """The figure of a verdict, None where it has none or is not known exactly."""
    return verdict.figure.value if isinstance(verdict.figure, Interval) else None


class Verdicts(Sequence[Verdict]):
    """A sequence of verdicts, equal to the tuple of them. `ids`, `outcomes` and `figures` are known at once; a verdict,
    with its words and rows, is made when it is first read."""

    def __init__(self, rulings: Sequence[Ruling]) -> None:
        self._rulings = rulings

    @property
    def rulings(self) -> Sequence[Ruling]:
        """Each check's apart, some of one check maybe in several."""
        return self._rulings

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The rule or cell of each verdict."""
        return tuple(ruling.check.id for ruling in self._rulings for _ in ruling.outcomes)

    @cached_property
    def how_many(self) -> Mapping[str, int]:
        """How many verdicts each rule or cell has."""
        return Counter(self.ids)

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
        return sum(each.verdicts.not_made for each in self._rulings if isinstance(each.verdicts, Waiting))

    @cached_property
    def by_check(self) -> "tuple[tuple[Check, Verdicts], ...]":
        """The verdicts of each check, of rules in their order."""
        alike = groupby((each for each in self._rulings if each.outcomes), key=lambda ruling: ruling.check.id)
        every = [list(rulings) for _, rulings in alike]
        return tuple((rulings[0].check, Verdicts(rulings)) for rulings in every)

    @property
    def waits(self) -> bool:
        """Whether each is known and waits until it is read."""
        return all(isinstance(each.verdicts, Waiting) for each in self._rulings)

    @cached_property
    def alike(self) -> bool:
        """Whether all have the same outcome and figure."""
        if len(set(self.outcomes)) > 1 or len(set(self.figures)) > 1:
            return False
        return None not in self.figures or all(each.figure == self[0].figure for each in self)

    def that_are(self, outcome: Outcome) -> list[Verdict]:
        """Those with an outcome."""
        return [self[at] for at, each in enumerate(self.outcomes) if each == outcome]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return list(accumulate((len(each.outcomes) for each in self._rulings), initial=0))

    @cached_property
    def _all(self) -> tuple[Verdict, ...]:
        return tuple(verdict for ruling in self._rulings for verdict in ruling.verdicts)

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
        of = bisect_right(self._starts, place) - 1
        return self._rulings[of].verdicts[place - self._starts[of]]

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
    return Verdicts([ruling_of(verdict.check, [verdict]) for verdict in verdicts])
