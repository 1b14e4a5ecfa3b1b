"""Rows that stay open while one change follows another are judged as rows that were read anew, byte for byte."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

import policydsl
from policydsl import DataError
from policydsl.model.rulebook import Column
from policydsl.model.types import Numeric
from policydsl.whatif.loaded import Loaded

from .cases import Case, cases
from .dice import Dice
from .independent import independently
from .running import load, tables_of

HUGE = (10**12, 10**17, 9 * 10**18, -9 * 10**18, 10**40)
NUMBERS = (Fraction(1, 3), Fraction(1, 10**18), 7, -7, Fraction(-5, 2), 0, *HUGE)
"""What a number may become beside what stands in other rows: in other units, below zero, beyond 64 bits."""


@independently(300, derandomize=True, shrink=False)
@given(cases(), st.data())
def test_changes_one_after_another(case: Case, data: st.DataObject) -> None:
    _follow(case, Dice(data.draw))


@independently(60, derandomize=True, shrink=False)
@given(cases(), st.data())
def test_of_many_rows(case: Case, data: st.DataObject) -> None:
    with patch("policydsl.engines.columnar.totals._FEW", 0), patch("policydsl.engines.columnar.changes._FEW", 2):
        _follow(case, Dice(data.draw))


def _follow(case: Case, dice: Dice) -> None:
    tables: dict[str, Any] = tables_of(case)
    filled = sorted(name for name, rows in tables.items() if isinstance(rows, list))
    if not filled:
        return
    rulebook = load(case.text)
    opened = _loaded(rulebook, tables, case)
    if opened is None or any(len(opened.fitted.tables[name]) < len(tables[name]) for name in filled):
        return  # rows of other days
    states = [(opened, tables)]
    for _ in range(dice.number(2, 7)):
        before, known = dice.pick(states) if dice.chance(20) else states[-1]
        name = dice.pick(filled)
        changes = _changes(dice, rulebook, before, name, known[name])
        try:
            after = before.changed(name, changes)
        except DataError:  # no value of this column
            continue
        names = before.fitted.tables[name].names
        rows = [{**row, **changes.get(names[at], {})} for at, row in enumerate(known[name])]
        states.append((after, {**known, name: rows}))
        if dice.chance(75):
            _compare(rulebook, case, *states[-1])
    for each in (states[-1], states[0]):
        _compare(rulebook, case, *each)


def _changes(
    dice: Dice, rulebook: policydsl.Rulebook, opened: Loaded, name: str, rows: list[dict[str, Any]]
) -> dict[str, dict[str, object]]:
    """Other cells of one or two rows: from other rows, blank, or numbers of any size."""
    table = rulebook.model.tables[name]
    free = [
        each
        for each in table.columns
        if type(each) is Column and each.name in rows[0] and not each.key and each.name != table.dated_by
    ]
    numbers = [each for each in free if isinstance(each.type, Numeric) and not each.type.share]
    found: dict[str, dict[str, object]] = {}
    for row in dice.some(opened.fitted.tables[name].names, 1, 1 if dice.chance(70) else 2):
        cells = found.setdefault(row, {})
        for column in dice.some(numbers if numbers and dice.chance(60) else free, 1, 1 if dice.chance(70) else 2):
            if column in numbers and dice.chance(30):
                cells[column.name] = dice.pick(NUMBERS)
            else:
                cells[column.name] = None if dice.chance(20) else dice.pick(rows)[column.name]
    return found


def _loaded(rulebook: policydsl.Rulebook, tables: Mapping[str, Any], case: Case) -> Loaded | None:
    try:
        return rulebook.loaded(tables, as_of=case.as_of, parameters=case.parameters, engine="columnar")
    except DataError:  # what stands beside one row may not stand beside another
        return None


def _compare(rulebook: policydsl.Rulebook, case: Case, opened: Loaded, tables: Mapping[str, Any]) -> None:
    anew = _loaded(rulebook, tables, case)
    if anew is None or any(len(anew.fitted.tables[name]) < len(data) for name, data in opened.fitted.tables.items()):
        return
    found, meant = opened.check(), anew.check()
    assert found.verdicts.outcomes == meant.verdicts.outcomes
    assert found.verdicts.figures == meant.verdicts.figures
    assert found.verdicts.outcomes == tuple(verdict.outcome for verdict in found.verdicts)
    assert _told(found) == _told(meant)


def _told(report: policydsl.Report) -> str:
    """The report's JSON, but for what was told of the rows when they were read."""
    body = json.loads(report.to_json())
    del body["diagnostics"]
    return json.dumps(body)
