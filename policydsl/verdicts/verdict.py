"""A verdict: what a check makes of one group of rows, with all that decided it."""

from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal

from policydsl._frozen import field, frozen
from policydsl.figures.interval import Figure, Interval
from policydsl.figures.values import folded
from policydsl.model.expressions import Sign
from policydsl.model.rulebook import Check, Outcome, RowsHold, Waiver
from policydsl.model.types import Type
from policydsl.verdicts import printed, room, sentence
from policydsl.verdicts.behind import Behind, Outside, Row
from policydsl.verdicts.later import Later
from policydsl.verdicts.room import Headroom
from policydsl.verdicts.wording import Pen, Wording


@frozen
class Against:
    """What a figure was held against on the day: a share of the base where `of` names one. `value` is None while
    nobody has decided it."""

    op: Sign | Literal["between"]
    value: Figure | None
    high: Figure | None = None
    norm: Figure | None = None
    warn: Figure | None = None
    warned: Literal["reached", "crossed", "may be reached"] | None = None


@frozen
class Part:
    """The sum of which a figure is a share, and the sum that it is a share of, in the unit of both."""

    amount: Figure
    base: Figure
    type: Type
    of: str | None = None
    """The base's name."""


@frozen
class Cure:
    """How soon a failure is to be put right, in rule text; the first day of the data on which it has failed without a
    break, and whether it surely did not fail before (`sure`); and the last day that is left, at the latest."""

    within: str
    since: date | None
    sure: bool
    until: date | None


@frozen
class Verdict:
    """What a check makes of one group.

    `figure` is None where the assertion is a condition; for a condition on rows it counts those that fail. `count` is
    the number of rows surely spoken of and `unsure` that of those that may be or whose value is unknown; both are None
    where no rows are.
    """

    check: Check
    group: tuple[tuple[str, str | None], ...]
    outcome: Outcome
    as_of: date | None
    figure: Figure | None = None
    type: Type | None = None
    bound: Against | None = None
    part: Part | None = None
    count: int | None = None
    unsure: int | None = None
    counts: str | None = None
    """The table whose rows the figure counts, if it is a number of rows."""
    because: str = ""
    """Why nothing was decided, or why the check does not apply."""
    missing: tuple[str, ...] = ()
    """The parameters whose value is not known and would settle it."""
    days: tuple[date, date] | None = None
    """The first and the last of the days of which it was asked; `as_of` is the worst of them."""
    window: tuple[date, date] | None = None
    """The first and the last day of the stretch of time whose rows it counts, the worst of all such."""
    waivers: tuple[Waiver, ...] = ()
    """Those in force for it: each allows it, or goes not so far, or allows only some of the rows."""
    unwaived: Outcome | None = None
    """The outcome that it would have without waivers; None if there are none in force."""
    perhaps_exempt: bool = False
    """Whether it is not known if its exemption lets it off, though it is kept in any case."""
    cure: Cure | None = None
    """Until when it is to be put right, if it failed and its rule says how soon."""
    behind: Later[Behind] = field(eq=False, repr=False, kw_only=True)
    no_label: Later[tuple[Outside, ...]] = field(eq=False, repr=False, kw_only=True)
    wording: Wording = field(eq=False, repr=False, kw_only=True)

    @property
    def id(self) -> str:
        """The name of its rule, or of its cell: `T5[D..E, duration > 7y]`."""
        return self.check.id

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str | None], ...]]:
        """What it has in common with the same verdict on other data: its id, and its group as texts compare."""
        return self.id, tuple((column, None if text is None else str(folded(text))) for column, text in self.group)

    @property
    def called(self) -> str:
        """Its id for a reader: of a cell as it is called in the language of the verdicts."""
        return self.wording.called(self.check.id)

    @property
    def cell(self) -> str:
        """Its cell in a table of limits, for a reader; empty if its rule is no such table."""
        return self.wording.cell(self.check.cell) if self.check.cell else ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows counted, worst first; for a condition on rows those that fail it."""
        return tuple(self.behind().counted)

    @property
    def unsettled(self) -> tuple[Row, ...]:
        """The rows that would settle it, each with the columns that are blank."""
        return self.behind().unsettled.rows

    @property
    def exempt(self) -> tuple[Row, ...]:
        """The rows that only their exemption lets off."""
        return self.behind().exempt

    @property
    def outside(self) -> tuple[Outside, ...]:
        """The rows outside every label of the categories that the check speaks of."""
        return self.no_label()

    @property
    def reason(self) -> str:
        """Why nothing was decided, or why the check does not apply, in the language of the verdicts."""
        return self.wording.retell(self.because)

    @property
    def matched_nothing(self) -> bool:
        """Whether the check found no row to speak of."""
        return self.count == 0 and self.unsure == 0

    @cached_property
    def headroom(self) -> Headroom:
        """How far the figure is from its bound."""
        return room.headroom(self)

    @property
    def utilisation(self) -> Fraction | None:
        """The figure divided by its upper bound; None without one, or where that has no meaning."""
        return room.utilisation(self)

    @property
    def is_about_rows(self) -> bool:
        """Whether it is a condition on rows, and its figure the number of those that fail."""
        return isinstance(self.check.assertion, RowsHold)

    @property
    def is_against_rows(self) -> bool:
        """Whether it failed, or is waived, because of rows that it counts and none of which should be there: those that
        fail a condition, or too many."""
        too_many = self.bound is not None and self.counts is not None and self.bound.op in ("<=", "<", "=")
        return self.outcome in ("breach", "deviation", "waived") and (self.is_about_rows or too_many)

    @property
    def sources(self) -> tuple[str, ...]:
        """The paragraphs of the policy that it comes from."""
        return self.check.remarks.sources

    @cached_property
    def pen(self) -> Pen:
        """What writes its figure and bound."""
        return printed.pen_of(self)

    @property
    def figure_words(self) -> str:
        """The figure as printed, with as many digits as tell it from its bound; empty if there is none."""
        return printed.figure(self)

    @property
    def bound_words(self) -> str:
        """The bound as printed: `at most 20% of portfolio`; empty if there is none."""
        return printed.bound(self)

    @property
    def headroom_words(self) -> str:
        """The distance to the bound as printed: `5.5 points to spare`, `0.4 points too much`; empty if not known."""
        return printed.headroom(self)

    @property
    def norm_words(self) -> str:
        """The norm and the distance to it as printed: `norm 30%, 2.5 points below it`; empty if there is none."""
        return printed.norm(self)

    @property
    def failing(self) -> int:
        """How many rows surely fail a condition on rows."""
        low = self.figure.low if isinstance(self.figure, Interval) and self.is_about_rows else None
        return int(low) if isinstance(low, Fraction) else 0

    @property
    def finding(self) -> str:
        """What was found, for someone who sees beside it which rule it is about."""
        return sentence.finding(self)

    @property
    def sentence(self) -> str:
        """The verdict for someone who has never seen this tool."""
        return sentence.sentence(self)
