"""Tables and columns that no data holds: worked out from other tables before anything is judged."""

from policydsl._frozen import frozen
from policydsl.model.expressions import ColumnOf, Expression, RowSet

EXISTS = "the row itself"
"""The column of every worked-out table that says whether there is such a row: yes, or unknown. All that counts its rows
asks for it."""


def is_existence(condition: Expression) -> bool:
    """Whether a condition only asks if there is such a row, which goes without saying."""
    return isinstance(condition, ColumnOf) and condition.name == EXISTS


@frozen
class PerGroup:
    """One row for each group of the rows; its key columns stand before its fields: first `worlds`, which narrow the
    wholes of shares too, then `groups`."""

    rows: RowSet
    worlds: tuple[ColumnOf, ...]
    groups: tuple[ColumnOf, ...]
    fields: tuple[tuple[str, Expression], ...]
    every: RowSet | None = None
    """The rows that the group links to, each of which has a row, whether or not any of `rows` links to it."""


@frozen
class StackedSource:
    """Rows, and what each of them says in the stacked table."""

    rows: RowSet
    fields: tuple[tuple[str, Expression], ...]


@frozen
class Stacked:
    """The rows of all sources, one after another."""

    sources: tuple[StackedSource, ...]


@frozen
class LookThrough:
    """Each row, or, if `on` of it is a `key` of `parts`, one row for each of these parts, whose `scaled` columns are
    the row's times the part's `weight`, and one for the rest."""

    rows: RowSet
    parts: RowSet
    on: str
    key: str
    scaled: tuple[str, ...]
    weight: str
    own: frozenset[str]
    """The columns that a part takes from the row that it is a part of; others of the row are not known of a part."""


Made = PerGroup | Stacked | LookThrough


def sources_of(made: Made) -> tuple[str, ...]:
    """The tables that a worked-out table comes from."""
    match made:
        case PerGroup(rows=rows, every=every):
            return (rows.table,) if every is None else (rows.table, every.table)
        case Stacked(sources=sources):
            return tuple(dict.fromkeys(source.rows.table for source in sources))
    return made.rows.table, made.parts.table
