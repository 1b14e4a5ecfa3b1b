"""A large book of what is owned, of which only sums are kept: one trade touches only its cells."""

from collections.abc import Mapping
from typing import Any

from attrs import define, frozen

from policydsl.boards.batches import read_batch
from policydsl.boards.positions import Positions
from policydsl.boards.proposals import Proposals
from policydsl.boards.run import Prepared
from policydsl.boards.sources import source_of
from policydsl.whatif.owned import Owned


@frozen(eq=False)
class Many:
    """What each of many trades would do by itself.

    `fails` says by rule (down, in the order of `rules`) and trade (across) whether the rule would fail; `answered` of
    each trade whether the sums say anything: not where a value is blank, the portfolio is new or left to the judge, or
    more is sold than there is. `left` are the rules that sums can't answer, each with the reason.
    """

    rules: tuple[str, ...]
    fails: Any
    answered: Any
    left: Mapping[str, str]


@define(eq=False)
class Book:
    """The sums of a rulebook's main table, and what is asked of them."""

    prepared: Prepared
    positions: Positions

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that sums answer, in the order of the rulebook."""
        return tuple(stand.line.check.id for stand in self.positions.stands)

    @property
    def left(self) -> Mapping[str, str]:
        """The rules that sums can't answer, each with the reason."""
        return dict(self.positions.left)

    def what_if_each(self, trades: Any, *, threads: int = 2) -> Many:
        """What each of many trades would do by itself. `trades` is an Arrow table, a frame or the path of a Parquet
        file with the columns of what is owned that rules ask for; an amount below zero is a sale."""
        import pyarrow as pa

        plan = self.positions.plan
        source, names = source_of(trades), plan.columns()
        wanted = {name: column for name, column in self.prepared.columns.items() if name in names}
        found = {heading.strip().casefold(): heading for heading in source.headings}
        headings = {}
        for name, (_, column) in wanted.items():
            spellings = [each.casefold() for each in (name, *column.also) if each.casefold() in found]
            if not spellings:
                raise ValueError(f"the trades have no column {name!r}, which rules ask for")
            headings[name] = found[spellings[0]]
        pieces = list(source.pieces(list(headings.values())))
        piece = pieces[0] if len(pieces) == 1 else pa.Table.from_batches(pieces).combine_chunks()
        words = self.prepared.words
        batch = read_batch(piece, {name: (headings[name], wanted[name][1]) for name in wanted}, words)
        self.positions.meet(batch)
        proposals = Proposals(self.positions, batch)
        proposals.work_out(threads)
        return Many(self.rules, proposals.fails, proposals.answered, self.left)


def book_of(prepared: Prepared, owned: Owned) -> Book:
    """A book of the rows of a source."""
    if prepared.snapshots is not None:
        raise ValueError(f"a book has the rows of one day: leave out the column {prepared.asked.dated!r}")
    plan = prepared.gone_through()
    unsettled = frozenset(prepared.unsettled)
    return Book(prepared, Positions(plan, owned.amount.name, bool(owned.table.keys), unsettled))
