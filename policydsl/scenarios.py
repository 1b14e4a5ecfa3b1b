"""The step between data and measuring, in a scenario: rows and parameters are changed as it says.

Each row is worked out by the reference engine, whatever engine measures afterwards. A row of which it is not known
whether it is changed has an unknown value afterwards, unless both are the same.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from policydsl._frozen import define, evolve
from policydsl.catalogue import say
from policydsl.data.from_sheets import Fitted, fit
from policydsl.data.given import sheet_of
from policydsl.data.table import Data
from policydsl.diagnostics import Diagnostic
from policydsl.engines.reference.rows import Rows
from policydsl.figures.environment import Environment
from policydsl.figures.values import folded
from policydsl.model.expressions import Expression, Value
from policydsl.model.rulebook import Column, Rulebook, Table
from policydsl.model.scenario import ParameterChanged, RowsChanged, RowsGiven, Scenario

_MOST_TOLD = 20


@define(eq=False)
class _Changing:
    rulebook: Rulebook
    scenario: Scenario
    fitted: Fitted
    tables: dict[str, Data]
    values: dict[str, Value]
    told: list[Diagnostic]

    def make(self) -> None:
        """All changes, in their order."""
        for change in self.scenario.changes:
            match change:
                case ParameterChanged(name=name, value=value):
                    self.values[name] = self._rows(None).value(value, 0)
                case RowsChanged():
                    self._change(change)
                case RowsGiven():
                    self._give(change)

    def _rows(self, table: str | None) -> Rows:
        unrated = {name: len(scale.grades) for name, scale in self.rulebook.scales.items()}
        environment = Environment(self.fitted.as_of, self.values)
        if table is None:
            return Rows(Table("", None, None, (), span=self.scenario.span), None, environment, unrated)
        return Rows(self.rulebook.tables[table], self.tables[table], environment, unrated)

    # --- changed rows -------------------------------------------------------------------------------------------------

    def _change(self, change: RowsChanged) -> None:
        table = change.rows.table
        rows, data = self._rows(table), self.tables[table]
        touched = [rows.all_hold(change.rows.where, row) for row in range(len(data))]
        columns = dict(data.columns)
        for name, value in change.columns:
            columns[name] = tuple(
                self._changed(rows, value, row, touched[row], old) for row, old in enumerate(data.columns[name])
            )
            self._not_below_zero(self.rulebook.tables[table], name, columns[name], data)
        known = {name for name, _ in change.columns} if any(each is not False for each in touched) else set()
        self.tables[table] = evolve(data, columns=columns, absent=data.absent - known)

    def _changed(self, rows: Rows, value: Expression, row: int, touched: bool | None, old: Value) -> Value:
        if touched is False:
            return old
        new = rows.value(value, row)
        return new if touched or folded(new) == folded(old) else None

    def _not_below_zero(self, table: Table, name: str, values: Sequence[Value], data: Data) -> None:
        column = table.column(name)
        if isinstance(column, Column) and column.not_negative:
            wrong = [at for at, value in enumerate(values) if isinstance(value, Fraction) and value < 0]
            self.told += [
                say("PD634", self.scenario.span, title=self.scenario.title, column=name, row=data.names[at])
                for at in wrong[:_MOST_TOLD]
            ]

    # --- rows in the text ---------------------------------------------------------------------------------------------

    def _give(self, change: RowsGiven) -> None:
        name = change.table.table
        table, before = self.rulebook.tables[name], self.tables[name]
        read = fit(self.rulebook, {name: sheet_of(table, change.table)}, self.fitted.as_of, example=True)
        self.told += [one for one in read.diagnostics if one.is_error]
        given = read.tables[name]
        if not change.added:
            self.tables[name] = given
            return
        taken = set(before.names) & set(given.names)
        if taken and table.keys:
            shown = ", ".join(sorted(taken)[:3])
            self.told.append(say("PD636", change.table.span, table=name, key=shown))
        self.tables[name] = _joined(before, given, frozenset(change.table.headings))


def _joined(before: Data, added: Data, named: frozenset[str]) -> Data:
    names = list(before.names)
    for name in added.names:
        names.append(name if name not in names else f"{name} (added {len(names) - len(before) + 1})")
    return Data(
        before.table,
        {name: (*values, *added.columns[name]) for name, values in before.columns.items()},
        (*before.rows, *added.rows),
        tuple(names),
        before.absent - named if len(before) else added.absent,
        before.path or added.path,
        before.dated or added.dated,
    )


def changed(
    rulebook: Rulebook, scenario: Scenario, fitted: Fitted, values: Mapping[str, Value]
) -> tuple[Fitted, dict[str, Value], tuple[Diagnostic, ...]]:
    """The data and the parameters as a scenario makes them; rows of other days stay as they are."""
    changing = _Changing(rulebook, scenario, fitted, dict(fitted.tables), dict(values), [])
    changing.make()
    history = None if fitted.history is None else fitted.history.with_today(changing.tables)
    return evolve(fitted, tables=changing.tables, history=history), changing.values, tuple(changing.told)
