"""How the part and the whole of a pair hang together."""

import numpy as np

from policydsl._frozen import frozen
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.kinds import kinds_of, missing, without_none
from policydsl.engines.columnar.kleene import FALSE, NO, NONE, Truth, truth
from policydsl.engines.columnar.measures import Measure, measures_of
from policydsl.engines.columnar.rows import Rows
from policydsl.plan.tallies import Pair


@frozen(eq=False)
class Shape:
    """A pair with its measures."""

    pair: Pair
    part: Measure
    whole: Measure

    @property
    def states(self) -> tuple[Truth | None, Truth | None]:
        """What is known of the part's measure and of the whole's."""
        return self.part.state, self.whole.state

    @property
    def nested(self) -> bool:
        """Whether the part's rows are rows of the whole."""
        return self.pair.kind == "average" or (self.pair.kind == "share" and self.pair.nested)

    @property
    def alike(self) -> bool:
        """Whether, being nested, they have the same measure: then rows that may count can be summed by their sign."""
        return self.pair.kind == "share" and self.pair.nested and self.pair.measure == self.pair.weight

    @property
    def one_by_one(self) -> bool:
        """Whether rows that may count bring amounts to part and whole of which neither gives the other."""
        return self.nested and not self.alike

    def kinds(self, base: Truth, part: Truth, part_state: Truth | None, whole_state: Truth | None) -> Codes:
        """How rows count, by where the conditions hold and what is known of the measures."""
        part = without_none(part, part_state)
        if self.pair.kind == "sum":
            return kinds_of(NO, part, missing(part_state), None)
        if self.pair.kind == "average":
            base = without_none(part, whole_state)
            part = truth(base != FALSE)
        elif self.one_by_one and whole_state is not None:
            base = np.where((whole_state == NONE) & (part == FALSE), np.int8(FALSE), base)
        else:
            base = without_none(base, whole_state)
        return kinds_of(base, part, missing(part_state), missing(whole_state))


def shape_of(pair: Pair, rows: Rows) -> Shape:
    """A pair over some rows."""
    return rows.memory.keep("shape", pair, lambda: Shape(pair, *measures_of(pair, rows)))
