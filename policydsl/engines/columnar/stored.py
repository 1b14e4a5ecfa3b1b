"""Columns of data that are held as the engine holds them: for very many rows, of which nobody reads single values."""

from attrs import define

from policydsl._lazy import Lazy
from policydsl.engines.columnar.coded import NONE_CODE, UNKNOWN_CODE
from policydsl.engines.columnar.columns import Column, size
from policydsl.engines.columnar.decoding import value_of
from policydsl.engines.columnar.kleene import KNOWN, NONE
from policydsl.engines.columnar.numbers import Numbers
from policydsl.model.expressions import Nothing, Value
from policydsl.model.types import Type


@define(eq=False)
class Stored(Lazy[Value]):
    """The values of a column, None where unknown; each is made when it is read."""

    column: Column
    type: Type

    def __len__(self) -> int:
        return size(self.column)

    def item(self, at: int) -> Value:
        """The value of a row."""
        column = self.column
        if isinstance(column, Numbers):
            state = KNOWN if column.state is None else int(column.state[at])
            if state != KNOWN:
                return Nothing.NONE if state == NONE else None
            return value_of(int(column.values[at]), column.den, self.type)
        code = int(column.codes[at])
        if code in (UNKNOWN_CODE, NONE_CODE):
            return Nothing.NONE if code == NONE_CODE else None
        return column.values[code]
