"""Shares in trades beside those that are owned: with a percent sign where these have none, or the other way round."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import define, field

from policydsl.boards.run import Prepared
from policydsl.boards.signed_shares import OTHER, SIGNED, first_of_each, kind_of_share
from policydsl.data.meaning import values_of
from policydsl.data.shares_of_one import is_share
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.sheet import Cell, Sheet
from policydsl.model.rulebook import Column


@define(eq=False)
class Shares:
    """The columns of shares among those of trades, and how those that are owned are written."""

    prepared: Prepared
    columns: Mapping[str, Column]
    _owned: dict[str, Sequence[tuple[int, Cell]]] = field(factory=dict, init=False)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns of shares."""
        return tuple(name for name, column in self.columns.items() if is_share(column))

    def told(self, cells: Mapping[str, Any]) -> tuple[Diagnostic, ...]:
        """What is told of the shares of a trade, each a cell as it was handed in; refused are those that may be
        meant otherwise."""
        told: list[Diagnostic] = []
        for name in self.names:
            value = cells[name]
            if value is not None and not (type(value) in (int, float) and name in self._numbers):
                told += self._beside(name, frame_cell(value))
        if any(one.is_error for one in told):
            self.prepared.judge.refuse(told)
        return tuple(told)

    def told_of_each(self, piece: Any, headings: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        """What is told of the shares of many trades, in numbers."""
        told: dict[Diagnostic, None] = {}
        for name in self.names:
            if name not in self._numbers:
                for cell in first_of_each(piece.column(headings[name]), headings[name], 0).values():
                    told |= dict.fromkeys(self._beside(name, cell[1]))
        if any(one.is_error for one in told):
            self.prepared.judge.refuse([*told])
        return tuple(told)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        """The columns that are owned as numbers, so that none of them has a sign."""
        return frozenset(
            name for name in self.names if all(kind_of_share(cell) != SIGNED for _, cell in self._as_owned(name))
        )

    def _beside(self, name: str, cell: Cell) -> tuple[Diagnostic, ...]:
        """What is told of a cell below some that tell how its column is written."""
        column, owned = self.columns[name], self._as_owned(name)
        kinds = {kind_of_share(each) for _, each in owned} | {kind_of_share(cell)} - {OTHER}
        if SIGNED not in kinds or kinds == {SIGNED}:
            return ()
        heading = self.prepared.columns[name][0]
        rows = (*(row for row, _ in owned), 1)
        sheet = Sheet("trades", None, (heading,), ((*(each for _, each in owned), cell),), rows, "frame", (1,))
        return tuple(one for one in values_of(column, sheet, 0, {})[1] if one.code in ("PD341", "PD954"))

    def _as_owned(self, name: str) -> Sequence[tuple[int, Cell]]:
        """The first share that is owned with a percent sign, the first without, and the first that may be one of one,
        each with its row."""
        if name not in self._owned:
            found: dict[int, tuple[int, Cell]] = {}
            heading, before = self.prepared.columns[name][0], 0
            for piece in self.prepared.source.pieces([heading]):
                found = {**first_of_each(piece.column(heading), heading, before), **found}
                before += len(piece)
            self._owned[name] = [found[kind] for kind in sorted(found)]
        return self._owned[name]
