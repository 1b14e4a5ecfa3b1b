"""What comes of one pass: an outcome and a figure for each portfolio and check."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from os import PathLike
from typing import Any

from attrs import field, frozen

from policydsl.boards.refusal import NotThere
from policydsl.diagnostics import Diagnostic
from policydsl.model.rulebook import Check, Limit, Outcome
from policydsl.model.types import NUMBER, SHARE, Type


@frozen(eq=False)
class Entry:
    """What a check makes of a portfolio: the figure in the unit of its type (a share as a fraction of one, a term in
    months), of a check that is asked of each group that of the worst one. None where there is no single figure. A
    group is called by its value, one of several columns by each with its value: `issuer Staten, currency SEK`."""

    portfolio: str
    date: date | None
    rule: str
    outcome: Outcome
    figure: Fraction | None
    group: str | None = None


@frozen(eq=False)
class Answer:
    """The outcomes and figures of one check, by portfolio."""

    check: Check
    outcomes: Sequence[Outcome]
    figures: Callable[[int], Fraction | None] = field(repr=False)
    groups: Callable[[int], str | None] = field(repr=False)

    def __reduce__(self) -> Any:
        """Figures and groups are worked out where they are kept or sent to another process."""
        figures, groups = (tuple(each(at) for at in range(len(self.outcomes))) for each in (self.figures, self.groups))
        return Answer, (self.check, tuple(self.outcomes), figures.__getitem__, groups.__getitem__)

    @property
    def type(self) -> Type:
        """The type of its figures."""
        assertion = self.check.assertion
        if not isinstance(assertion, Limit):
            return NUMBER
        of_a_base = assertion.bound is not None and assertion.bound.of is not None
        return SHARE if of_a_base else assertion.figure.type


@frozen(eq=False)
class Board:
    """The outcomes of many portfolios: `portfolios` in the order of their names, `answers` in that of the rulebook."""

    portfolios: tuple[str, ...]
    dates: tuple[date | None, ...]
    """The day of each portfolio, where the table has rows of several days: a portfolio is there once for each."""
    answers: tuple[Answer, ...]
    one_by_one: Mapping[str, str] = field(factory=dict)
    """The checks, and the portfolios, that were left to the judge of reports, each with the reason."""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the checks."""
        return tuple(answer.check.id for answer in self.answers)

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How often each outcome occurs."""
        return Counter(outcome for answer in self.answers for outcome in answer.outcomes)

    def entry(self, portfolio: str, rule: str, on: date | None = None) -> Entry:
        """What a check made of a portfolio, on a day if there are several. Raises NotThere."""
        if rule not in self.rules:
            raise NotThere(rule, "a rule of the board", self.rules)
        at = next((at for at, each in enumerate(self.portfolios) if each == portfolio and self.dates[at] == on), None)
        if at is None:
            there = portfolio in self.portfolios
            raise NotThere(portfolio, "a portfolio of the board on that day" if there else "a portfolio of the board")
        return self._entry(at, self.answers[self.rules.index(rule)])

    def entries(self, outcome: Outcome | None = None) -> Iterator[Entry]:
        """All of them, or those with one outcome, by portfolio and then in the order of the rulebook."""
        for at in range(len(self.portfolios)):
            for answer in self.answers:
                if outcome is None or answer.outcomes[at] == outcome:
                    yield self._entry(at, answer)

    def _entry(self, at: int, answer: Answer) -> Entry:
        figure, group = answer.figures(at), answer.groups(at)
        return Entry(self.portfolios[at], self.dates[at], answer.check.id, answer.outcomes[at], figure, group)

    def to_arrow(self) -> Any:
        """An Arrow table: portfolio, date, rule, outcome, figure (a decimal of 18 places, rounded half to even; none
        where that takes more than 38 digits), the exact figure as a fraction in text, and group."""
        from policydsl.boards.tabled import tabled

        return tabled(self.portfolios, self.dates, self.answers)

    def to_frame(self) -> Any:
        """The same as a pandas frame."""
        return self.to_arrow().to_pandas()

    def to_parquet(self, path: str | PathLike[str]) -> None:
        """Writes the same to a Parquet file."""
        import pyarrow.parquet as pq

        pq.write_table(self.to_arrow(), path)
