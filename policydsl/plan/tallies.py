"""All operations that a plan can contain.

A tally is measured once for each key: a tuple of the values of its `worlds` and then of its `groups`, over the
keys that occur in the row sets of `keys_of` (in rows for which the set's conditions are not false). A text
stands in a key in the smallest of the spellings that are equal to it; none is in no key. A row whose key column
is unknown may belong to any key; so that nothing passes silently, the key with None in that place is measured
too: it holds what may be a group of its own, of rows of which something is unknown (and of no others), whatever
they hold in that place.
"""

from typing import Literal

from policydsl._frozen import field, frozen
from policydsl.model.expressions import ColumnOf, Expression, Known, Largest, RowSet

Key = tuple[Known | None, ...]


@frozen(cache_hash=True)
class Pair:
    """Two sums over the rows of one table, taken together: a part and its whole.

    - `sum`: the part's measure (1 for a count), summed over the rows for which all of `part` hold; no whole.
    - `share`: besides, `weight` summed over the rows for which all of `base` hold. If `nested`, the part's rows are
      those of the base for which `part` holds too. Groups narrow the part, worlds both.
    - `average`: measure times weight, and weight (1 without one), over the rows for which all of `part` hold.
    """

    kind: Literal["sum", "share", "average"]
    table: str
    part: tuple[Expression, ...]
    measure: Expression | None
    base: tuple[Expression, ...] = ()
    weight: Expression | None = None
    nested: bool = False
    largest: Largest | None = None
    """Only the largest of the rows of `part[:largest_of]` are candidates for the part."""
    largest_of: int = 0
    worlds: tuple[ColumnOf, ...] = ()
    groups: tuple[ColumnOf, ...] = ()
    keys_of: tuple[RowSet, ...] = ()


@frozen(cache_hash=True)
class Spread:
    """The values of a measure over the rows for which all of `part` hold: for extremes, medians and distinct counts."""

    table: str
    part: tuple[Expression, ...]
    measure: Expression
    largest: Largest | None = None
    largest_of: int = 0
    worlds: tuple[ColumnOf, ...] = ()
    groups: tuple[ColumnOf, ...] = ()
    keys_of: tuple[RowSet, ...] = ()


@frozen(cache_hash=True)
class RowTest:
    """Of the rows for which all of `part` hold: how many fail `condition`, how many may, how many `unless` exempts."""

    table: str
    part: tuple[Expression, ...]
    condition: Expression
    unless: Expression | None = None
    largest: Largest | None = None
    largest_of: int = 0
    worlds: tuple[ColumnOf, ...] = ()
    groups: tuple[ColumnOf, ...] = ()
    keys_of: tuple[RowSet, ...] = ()


Tally = Pair | Spread | RowTest


@frozen
class Scan:
    """One table's part of the plan: the columns read and the conditions that cut its rows into cells."""

    table: str
    columns: tuple[str, ...]
    conditions: tuple[Expression, ...] = field(repr=False)


@frozen
class Plan:
    """The scans, and the tallies in the order in which they can be measured: those that another one's conditions speak
    of (`FigureOf`) stand in an earlier stage."""

    scans: tuple[Scan, ...]
    stages: tuple[tuple[Tally, ...], ...]
