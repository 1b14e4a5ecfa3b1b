"""Rows that have been read and stay open, to be judged again and again: with other parameters, or other cells."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from attrs import define, evolve, frozen

from policydsl.boards.refusal import NotThere
from policydsl.data.alone import means_alone
from policydsl.data.from_sheets import Fitted, fit, negative
from policydsl.data.meaning import values_of
from policydsl.data.parameters import Supplied, parameter_values
from policydsl.data.table import Data
from policydsl.diagnostics import DataError, Diagnostic
from policydsl.engines import Session
from policydsl.engines.choosing import Engine, for_many_runs, open_session, out_of_reach
from policydsl.inputs.frames import read_frame
from policydsl.inputs.number_cells import is_bare_number
from policydsl.inputs.sheet import Cell, Sheet
from policydsl.model.expressions import Constant, Value
from policydsl.model.rulebook import Column, Rulebook
from policydsl.model.types import Numeric
from policydsl.reports.report import Report
from policydsl.runs import hash_of, judged_rows
from policydsl.verdicts.later import Later
from policydsl.verdicts.unread import without_unread
from policydsl.whatif.opened import Opened

_WHATEVER_CELLS_HOLD = frozenset({"PD350", "PD355", "PD750", "PD751"})
"""What is told of tables and columns that are not there; all else may be another for other cells."""
_WHATEVER_THE_NUMBER = frozenset({"PD949", "PD969"})
"""What is told of rows with a number other than zero, whichever that is."""


@frozen
class _Read:
    """A cell that is to stand in a column."""

    column: Column
    heading: str
    cell: Cell
    value: Value
    """What it is by itself."""
    is_plain: bool
    """Whether a plain number is in the unit that the rulebook says."""
    noted: tuple[Diagnostic, ...]
    """What is noted of the row's cells as they are handed in."""
    told: tuple[Diagnostic, ...]
    """What is wrong with it by itself."""


@define(eq=False, slots=False)
class Loaded:
    """Tables as a rulebook reads them, each cell once. May be used by one thread at a time."""

    rulebook: Rulebook
    fitted: Fitted
    engine: Engine
    supplied: Mapping[str, Supplied]
    told: tuple[Diagnostic, ...]
    """What was to be told about the tables."""
    opened: Opened
    session: Session

    @cached_property
    def _hash(self) -> Later[str]:
        return hash_of(self.fitted)

    def check(self, parameters: Mapping[str, Supplied] | None = None) -> Report:
        """The report on these rows, with the values of some parameters in place of those that they were loaded with.
        What is asked of it first is found first: `verdicts.outcomes` and `verdicts.figures`. Raises DataError."""
        supplied = {**self.supplied, **(parameters or {})}
        values, wrong = parameter_values(self.rulebook, supplied, self.fitted.as_of, False)
        if any(one.is_error for one in wrong):
            raise DataError(wrong)
        told = (*self.told, *wrong)
        report, told = judged_rows(
            self.rulebook, self.fitted, values, self.engine, told, kept=self.session, hashed=self._hash
        )
        if report is None:
            raise DataError(told)
        return report

    def changed(self, table: str, rows: Mapping[str, Mapping[str, object]]) -> "Loaded":
        """The same with other cells in some rows, each row by its name: `{"bond 7": {"market_value": "12 MSEK"}}`.
        Cells are read as those of any data, beside the others of their column; keys and dates of rows stay. Raises
        DataError; NotThere, which is a KeyError as well, where there is no such table, row or column."""
        if table not in self.fitted.tables:
            raise NotThere(table, "a table of the data", list(self.fitted.tables))
        data = self.fitted.tables[table]
        changed: dict[str, list[Value]] = {}
        places: set[int] = set()
        put: dict[tuple[int, str], Cell] = {}
        noted, wrong = self.opened.told, list[Diagnostic]()
        of_cells = {one.code for one in self.told[len(self.opened.told) :]} - _WHATEVER_CELLS_HOLD
        only_numbers = of_cells <= _WHATEVER_THE_NUMBER
        alone = self.fitted.history is None and only_numbers  # else rows stand on other days, or are told of otherwise
        for row, cells in rows.items():
            places.add(place := _place(row, data))
            for one in self._read(table, cells):
                noted += tuple(each for each in one.noted if each not in noted)
                wrong += one.told
                values = data.columns[one.column.name]
                known = one.column.name not in data.absent and (one.cell is not None or None in values)
                alone = alone and known and one.is_plain and means_alone(one.column, one.cell, one.value, values)
                alone = alone and (not of_cells or self._stays_a_number(table, data.rows[place], one))
                changed.setdefault(one.column.name, [*values])[place] = one.value
                put[data.rows[place], one.heading] = one.cell
        opened = self.opened.with_put(table, put, noted)
        if not alone:
            return loaded(self.rulebook, *opened.now(), opened.as_of, self.supplied, self.engine)
        if any(one.is_error for one in wrong):
            raise DataError(wrong)
        columns = {**data.columns, **{name: tuple(values) for name, values in changed.items()}}
        new = evolve(data, columns=columns, absent=data.absent - changed.keys())
        fitted = evolve(self.fitted, tables={**self.fitted.tables, table: new})
        told = (*noted, *self.told[len(self.opened.told) :])
        session = self.session.on(fitted.tables, {table: frozenset(places)})
        return evolve(self, fitted=fitted, told=told, opened=opened, session=session)

    def _stays_a_number(self, table: str, row: int, one: _Read) -> bool:
        """Whether a plain number other than zero stands where there was one."""
        was = self.opened.cell(table, row, one.heading)
        return isinstance(one.column.type, Numeric) and is_bare_number(was) and is_bare_number(one.cell)

    def _read(self, table: str, cells: Mapping[str, object]) -> Iterator[_Read]:
        """The cells of one row."""
        of = self.rulebook.tables[table]
        headings, in_other_units = self.opened.headings(table)
        names = {heading: name for name, heading in headings.items()}
        sheet, noted = read_frame([dict(cells)], table)
        columns = [of.column(name) or of.column(names.get(name, name)) for name in cells]
        where = {each.name: at for at, each in enumerate(columns) if each is not None}
        if in_other_units and (unsaid := self.opened.units_unsaid(of, sheet, where)):
            raise DataError(unsaid)
        for at, (name, column) in enumerate(zip(cells, columns, strict=True)):
            if type(column) is not Column or column.key or column.name == of.dated_by:
                open_to_change = [each.name for each in of.columns if not each.key and each.name != of.dated_by]
                raise NotThere(name, f"a column of {table} whose cells can be changed", open_to_change)
            if where[column.name] != at:
                raise NotThere(name, f"a column of its own, but another name of `{column.name}`")
            heading, cell = headings.get(column.name, column.name), sheet.cells[at][0]
            values, told = values_of(column, sheet, at, self.rulebook.scales)
            below = negative(sheet, at, values) if column.not_negative else []
            yield _Read(column, heading, cell, values[0], column.name not in in_other_units, noted, (*told, *below))


def _place(row: str, data: Data) -> int:
    try:
        return data.names.index(row)
    except ValueError:
        raise NotThere(row, f"a row of {data.table}") from None


def loaded(
    rulebook: Rulebook,
    sheets: Mapping[str, Sheet],
    told: Sequence[Diagnostic],
    as_of: date | None,
    supplied: Mapping[str, Supplied],
    engine: Engine,
) -> Loaded:
    """The tables of some sheets; raises DataError with what is wrong with them."""
    away = out_of_reach(engine)
    if away is not None:
        raise DataError([*told, away])
    fitted = fit(rulebook, sheets, as_of)
    values, wrong = parameter_values(rulebook, supplied, fitted.as_of, False)
    every = (*told, *without_unread(rulebook, fitted.diagnostics))
    if any(one.is_error for one in (*every, *wrong)):
        raise DataError([*every, *wrong])
    known = {name: value for name in supplied if (value := values[name]) is not None}
    read = {name: Constant(value, rulebook.parameters[name].type) for name, value in known.items()}
    engine = for_many_runs(engine, fitted.tables)
    opened = Opened(rulebook, sheets, tuple(told), as_of)
    return Loaded(rulebook, fitted, engine, read, every, opened, open_session(rulebook, fitted.tables, engine))
