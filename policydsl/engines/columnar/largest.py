"""Which rows are among the largest of some candidates."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from attrs import define

from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.kleene import FALSE, KNOWN, NONE, TRUE, UNKNOWN, Flags, Truth
from policydsl.engines.columnar.widening import Ints


@define(eq=False, frozen=True, slots=False)
class Contest:
    """Candidates with what they are compared by (0 where not known), and how many are taken."""

    candidates: Truth
    by: Ints
    state: Truth | None
    count: int

    @cached_property
    def _possible(self) -> Flags:
        possible: Flags = self.candidates != FALSE
        return possible if self.state is None else possible & (self.state != NONE)

    @cached_property
    def _known(self) -> Flags:
        known = self._possible
        return known if self.state is None else known & (self.state == KNOWN)

    @property
    def decided(self) -> bool:
        """Whether nothing is unknown of the candidates."""
        known = self._known is self._possible or bool((self._known == self._possible).all())
        return known and not (self.candidates == UNKNOWN).any()

    def taken(self) -> Truth:
        """The rows among the largest: surely if too few others can be as large, maybe if too few are surely larger."""
        possible, known = self._possible, self._known
        sure = known & (self.candidates == TRUE)
        room = self.count - int((possible & ~known).sum())
        least, most = _after(self.by[known], room), _after(self.by[sure], self.count - 1)
        surely = sure & (room > 0) if least is None else sure & (self.by > least) & (room > 0)
        maybe = possible if most is None else possible & (~known | (self.by >= most))
        return np.where(surely, np.int8(TRUE), np.where(maybe, np.int8(UNKNOWN), np.int8(FALSE)))


def _after(values: Ints, larger: int) -> int | None:
    """The value that comes after so many larger ones, None if there are not so many."""
    if not 0 <= larger < values.size:
        return None
    place = values.size - 1 - larger
    return int(np.partition(values, place)[place])


def without_ties(taken: Truth, alike: Truth, names: Sequence[str], rows: Codes, count: int) -> Truth:
    """The same if nothing depends on which of the tied rows are taken: then the first by name."""
    tied = np.flatnonzero(taken == UNKNOWN)
    if not tied.size or np.unique(alike[tied]).size > 1:
        return taken
    left = count - int((taken == TRUE).sum())
    by_name = sorted(tied.tolist(), key=lambda each: names[int(rows[each])])
    result = taken.copy()
    result[by_name[:left]], result[by_name[left:]] = TRUE, FALSE
    return result
