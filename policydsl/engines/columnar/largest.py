"""Which rows are among the largest of some candidates."""

import numpy as np
from attrs import frozen

from policydsl.engines.columnar.kleene import FALSE, KNOWN, NONE, TRUE, UNKNOWN, Flags, Truth
from policydsl.engines.columnar.widening import Ints


@frozen(eq=False)
class Contest:
    """Candidates with what they are compared by (0 where not known), and how many are taken."""

    candidates: Truth
    by: Ints
    state: Truth | None
    count: int

    @property
    def _possible(self) -> Flags:
        possible: Flags = self.candidates != FALSE
        return possible if self.state is None else possible & (self.state != NONE)

    @property
    def _known(self) -> Flags:
        known = self._possible
        return known if self.state is None else known & (self.state == KNOWN)

    @property
    def decided(self) -> bool:
        """Whether nothing is unknown of the candidates."""
        return not (self.candidates == UNKNOWN).any() and bool((self._known == self._possible).all())

    def taken(self) -> Truth:
        """The rows among the largest: surely if too few others can be as large, maybe if too few are surely larger."""
        possible, known = self._possible, self._known
        sure = known & (self.candidates == TRUE)
        all_known, all_sure = np.sort(self.by[known]), np.sort(self.by[sure])
        unknown = int((possible & ~known).sum())
        others = all_known.size - np.searchsorted(all_known, self.by, "left") - 1 + unknown
        larger = all_sure.size - np.searchsorted(all_sure, self.by, "right")
        surely = sure & (others < self.count)
        maybe = possible & (~known | (larger < self.count)) & (self.count > 0)
        return np.where(surely, np.int8(TRUE), np.where(maybe, np.int8(UNKNOWN), np.int8(FALSE)))


def without_ties(taken: Truth, alike: Truth, names: list[str], count: int) -> Truth:
    """The same if nothing depends on which of the tied rows are taken: then the first by name."""
    tied = np.flatnonzero(taken == UNKNOWN)
    if not tied.size or np.unique(alike[tied]).size > 1:
        return taken
    left = count - int((taken == TRUE).sum())
    by_name = sorted(tied.tolist(), key=names.__getitem__)
    result = taken.copy()
    result[by_name[:left]], result[by_name[left:]] = TRUE, FALSE
    return result
