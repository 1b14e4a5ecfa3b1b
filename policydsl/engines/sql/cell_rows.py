"""Rows that stand for the cells of a table. What conditions mean is asked of one row for all cells in which the same
single conditions hold (a kind); the others are fetched only when something else is asked of them."""

from collections.abc import Callable, Mapping, Sequence

from policydsl._frozen import define, evolve, field
from policydsl._lazy import Picked
from policydsl.data.table import Data
from policydsl.engines.reference.rows import Rows
from policydsl.figures.values import Truth
from policydsl.model.expressions import Expression, Value
from policydsl.plan.atoms import atoms, atoms_of, category_of


@define(eq=False)
class CellRows(Rows):
    """One row of each cell. `known` are the columns whose values the database has told of each cell."""

    kinds: Rows
    """One row of each kind."""
    kind_of: Sequence[int]
    known: Mapping[str, Sequence[Value]]
    single: frozenset[Expression]
    """The single conditions that tell kinds apart."""
    _truths: dict[Expression, Sequence[Truth] | None] = field(factory=dict, init=False)
    _labels: dict[str, Sequence[frozenset[str | None]] | None] = field(factory=dict, init=False)

    def column(self, name: str, row: int) -> Value:
        """The value of a cell in a column."""
        if name in self.known:
            return self.known[name][row]
        if self._labels_of_kinds(name) is not None:
            return self.kinds.column(name, self.kind_of[row])
        return super().column(name, row)

    def truth(self, condition: Expression, row: int) -> Truth:
        """Whether a condition holds in a cell."""
        if condition not in self._truths:
            alike = self.single.issuperset(atoms((condition,), self.table))
            every = range(len(self.kinds))
            self._truths[condition] = [self.kinds.truth(condition, kind) for kind in every] if alike else None
        truths = self._truths[condition]
        return super().truth(condition, row) if truths is None else truths[self.kind_of[row]]

    def labels(self, name: str, row: int) -> frozenset[str | None]:
        """The labels that a cell may still have in a category."""
        labels = self._labels_of_kinds(name)
        return super().labels(name, row) if labels is None else labels[self.kind_of[row]]

    def _labels_of_kinds(self, name: str) -> Sequence[frozenset[str | None]] | None:
        if name not in self._labels:
            category = category_of(name, self.table) if self.is_category(name) else None
            alike = category is not None and self.single.issuperset(atoms_of(category, self.table))
            every = range(len(self.kinds))
            self._labels[name] = [self.kinds.labels(name, kind) for kind in every] if alike else None
        return self._labels[name]


def picked(data: Data, count: int, where: Callable[[], Sequence[int]]) -> Data:
    """Some rows of a table, so many, which are found when something is read of them."""
    return evolve(
        data,
        columns={name: Picked(values, count, where) for name, values in data.columns.items()},
        rows=Picked(data.rows, count, where),
        names=Picked(data.names, count, where),
    )
