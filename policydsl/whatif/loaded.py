"""Rows that have been read and stay open, to be judged again and again: with other parameters, or other cells."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from attrs import define, evolve

from policydsl.data.from_sheets import Fitted, fit, negative
from policydsl.data.meaning import values_of
from policydsl.data.parameters import Supplied, parameter_values
from policydsl.data.table import Data
from policydsl.diagnostics import Diagnostic
from policydsl.engines import Session
from policydsl.engines.choosing import Engine, for_many_runs, open_session, out_of_reach
from policydsl.inputs.frames import read_frame
from policydsl.inputs.sheet import Sheet
from policydsl.model.expressions import Constant, Value
from policydsl.model.rulebook import Column, Rulebook
from policydsl.reports.report import Report
from policydsl.runs import DataError, hash_of, judged_rows
from policydsl.verdicts.later import Later
from policydsl.verdicts.unread import without_unread


@define(eq=False, slots=False)
class Loaded:
    """Tables as a rulebook reads them, each cell once. May be used by one thread at a time."""

    rulebook: Rulebook
    fitted: Fitted
    engine: Engine
    supplied: Mapping[str, Supplied]
    told: tuple[Diagnostic, ...]
    """What was to be told about the tables."""
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
        Cells are read as those of any data; keys and dates of rows stay. Raises DataError, and KeyError where there is
        no such table, row or column."""
        data = self.fitted.tables[table]
        changed: dict[str, list[Value]] = {}
        places: set[int] = set()
        for row, cells in rows.items():
            places.add(place := _place(row, data))
            for column, value in self._read(table, cells).items():
                changed.setdefault(column, [*data.columns[column]])[place] = value
        columns = {**data.columns, **{name: tuple(values) for name, values in changed.items()}}
        new = evolve(data, columns=columns, absent=data.absent - changed.keys())
        fitted = evolve(self.fitted, tables={**self.fitted.tables, table: new})
        return evolve(self, fitted=fitted, session=self.session.on(fitted.tables, {table: frozenset(places)}))

    def _read(self, table: str, cells: Mapping[str, object]) -> dict[str, Value]:
        """The cells of one row."""
        of = self.rulebook.tables[table]
        sheet, told = read_frame([dict(cells)], table)
        found: dict[str, Value] = {}
        wrong = [*told]
        for at, name in enumerate(cells):
            column = of.column(name)
            if type(column) is not Column or column.key or name == of.dated_by:
                raise KeyError(name)
            values, more = values_of(column, sheet, at, self.rulebook.scales)
            wrong += [*more, *(negative(sheet, at, values) if column.not_negative else ())]
            found[name] = values[0]
        if any(one.is_error for one in wrong):
            raise DataError(wrong)
        return found


def _place(row: str, data: Data) -> int:
    try:
        return data.names.index(row)
    except ValueError:
        raise KeyError(row) from None


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
    return Loaded(rulebook, fitted, engine, read, every, open_session(rulebook, fitted.tables, engine))
