"""Rows that stay open while one cell changes are judged as rows that were read anew."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policydsl import DataError
from policydsl.model.rulebook import Column

from .agreement import difference
from .cases import Case, cases
from .independent import independently
from .running import Body, body, load, report, tables_of


@independently(200, derandomize=True)
@given(cases(), st.data())
def test_a_changed_cell(case: Case, data: st.DataObject) -> None:
    tables = tables_of(case)
    filled = [name for name, rows in tables.items() if isinstance(rows, list)]
    if not filled:
        return
    name = data.draw(st.sampled_from(sorted(filled)))
    rows: list[dict[str, Any]] = tables[name]  # type: ignore[assignment]
    at, other = (data.draw(st.integers(0, len(rows) - 1)) for _ in range(2))
    rulebook = load(case.text)
    table = rulebook.model.tables[name]
    free = [each.name for each in table.columns if type(each) is Column and each.name in rows[at] and not each.key]
    column = data.draw(st.sampled_from(sorted(set(free) - {table.dated_by}) or [""]))
    if not column:
        return
    before = [{**row, column: rows[other][column]} if number == at else row for number, row in enumerate(rows)]
    try:
        opened = rulebook.loaded(
            {**tables, name: before}, as_of=case.as_of, parameters=case.parameters, engine="columnar"
        )
    except DataError:  # what stands beside one row may not stand beside another
        return
    if len(opened.fitted.tables[name]) < len(rows):  # rows of other days
        return
    first = opened.check()
    changed = opened.changed(name, {opened.fitted.tables[name].names[at]: {column: rows[at][column]}}).check()
    assert changed.verdicts.outcomes == tuple(verdict.outcome for verdict in changed.verdicts)
    where = difference(_judged(body(report(case, "reference", rulebook))), _judged(body(changed)))
    assert where is None, where
    assert first.verdicts.outcomes == tuple(verdict.outcome for verdict in first.verdicts)


def _judged(found: Body) -> Body:
    return {key: value for key, value in found.items() if key != "diagnostics"}
