"""Where tables are worked out: what is there so far, and the means to measure it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from policydsl._frozen import define, evolve, field
from policydsl.data.table import Data
from policydsl.diagnostics import Diagnostic
from policydsl.engines import Session
from policydsl.engines.reference.rows import Rows
from policydsl.figures.environment import Environment
from policydsl.model.expressions import Expression
from policydsl.model.rulebook import Rulebook
from policydsl.plan.aggregates import tally_of
from policydsl.plan.dependencies import aggregates_in, figures_behind, figures_of
from policydsl.plan.from_model import with_those_behind
from policydsl.plan.tallies import Tally
from policydsl.verdicts.measured import Measured, measured
from policydsl.verdicts.preparing import value_of

Opener = Callable[[Mapping[str, Data]], Session]
"""What opens a session on tables."""


@define(eq=False)
class Workshop:
    """The tables so far, and what has to be told."""

    rulebook: Rulebook
    data: dict[str, Data]
    opener: Opener
    environment: Environment
    """What the run knows besides, the quantities that rows are judged by among it, as far as they were needed."""
    told: list[Diagnostic] = field(factory=list, init=False)
    unlinked: set[tuple[str, str]] = field(factory=set, init=False)
    """Tables and links whose keys have been looked for."""
    _session: Session | None = field(default=None, init=False)
    _changed: set[str] = field(factory=set, init=False)

    def put(self, data: Data) -> None:
        """Put a table in its place."""
        self.data[data.table] = data
        self._changed.add(data.table)

    def rows(self, table: str, read: Iterable[Expression]) -> Rows:
        """The rows of a table, to read these expressions in."""
        of = self.rulebook.tables[table]
        self._know(figures_of(read, of))
        unrated = {name: len(scale.grades) for name, scale in self.rulebook.scales.items()}
        return Rows(of, self.data[table], self.environment, unrated)

    def measured(self, tallies: Sequence[Tally]) -> Measured:
        """The results of tallies."""
        self._know(each for tally in tallies for each in figures_behind(tally, self.rulebook.tables))
        return measured(self.rulebook, self.data, self.environment, self._session_for(tallies), tallies)

    def _know(self, figures: Iterable[Expression]) -> None:
        """Measure the quantities that rows are judged by."""
        for figure in with_those_behind(figures, self.rulebook.tables):
            if figure not in self.environment.figures:
                tallies = tuple(tally_of(node) for node in aggregates_in(figure))
                session = self._session_for(tallies)
                value = value_of(figure, tallies, self.rulebook, self.data, self.environment, session)
                self.environment = evolve(self.environment, figures={**self.environment.figures, figure: value})

    def _session_for(self, tallies: Sequence[Tally]) -> Session:
        """A session that knows the tables of these tallies as they are now."""
        needed = {table for tally in tallies for table in (tally.table, *(rows.table for rows in tally.keys_of))}
        if self._session is None or needed & self._changed:
            self._session, self._changed = self.opener(dict(self.data)), set()
        return self._session
