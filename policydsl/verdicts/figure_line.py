"""A named quantity as measured: shown below the limits whether or not a rule speaks of it."""

from policydsl._frozen import field, frozen
from policydsl.figures.interval import Figure, Interval
from policydsl.model.rulebook import Quantity
from policydsl.model.types import Type
from policydsl.verdicts.behind import Behind, Row
from policydsl.verdicts.later import Later
from policydsl.verdicts.said import Said
from policydsl.verdicts.wording import Wording, pen


@frozen
class FigureLine:
    """A quantity and its value; `count` is the number of rows surely counted, if it counts those of one set."""

    quantity: Quantity
    group: tuple[tuple[str, str | None], ...]
    figure: Figure
    type: Type
    count: int | None = None
    counts: str | None = None
    """The table whose rows the figure counts, if it is a number of rows."""
    because: str = ""
    """Why it has no value, where that is a table that was not given or a day of which nothing is known."""
    said: Said | None = None
    """What it says, if that is no number, date or grade; `figure` is then unknown."""
    missing: tuple[str, ...] = ()
    """The parameters whose value is not known and would settle it."""
    behind: Later[Behind] = field(eq=False, repr=False, kw_only=True)
    wording: Wording = field(eq=False, repr=False, kw_only=True)

    @property
    def name(self) -> str:
        """The name that it is defined by."""
        return self.quantity.name

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows counted, largest first."""
        return tuple(self.behind().counted)

    @property
    def unsettled(self) -> tuple[Row, ...]:
        """The rows that would settle it, each with the columns that are blank."""
        return self.behind().unsettled.rows

    @property
    def exact(self) -> bool:
        """Whether nothing of its value is unknown."""
        if self.said is not None:
            return self.said.exact
        return isinstance(self.figure, Interval) and self.figure.exact

    @property
    def figure_words(self) -> str:
        """The value as printed."""
        if self.said is not None:
            return self.said.words(self.type, self.wording)
        return pen(self.type, (self.figure,), self.wording, self.counts).figure(self.figure)
