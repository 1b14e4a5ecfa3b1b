"""The assignments of 2015 and what is compared with the limits before: a layer on top of Borlänge's rulebook."""

import pytest

import policydsl
from policydsl.model.expressions import Constant
from policydsl.model.rulebook import Limit
from policydsl.testing import run_tests
from policydsl.testing.coverage import coverage
from policydsl.testing.items import accounts

from .reading import ROOT, RULEBOOK

HERE = ROOT / "rulebooks" / "borlange_uppdrag"
OWN = ("mandate-who", "mandate-better", "revision-2015", "fossil-free", "matching", "apart", "valued")


@pytest.mark.parametrize("engine", ["reference", "columnar"])
def test_its_own_tests(engine: str) -> None:
    results = run_tests(policydsl.load(HERE), engine)
    assert len(results) >= 120
    assert [f"{result.title}: {failure.message}" for result in results for failure in result.failures] == []


def test_its_own_rules_are_seen_to_be_kept_to_fail_and_to_be_left_open() -> None:
    rulebook = policydsl.load(HERE)
    found = {one.id: one.missing for one in coverage(rulebook, run_tests(rulebook))}
    assert {id: missing for id, missing in found.items() if id.partition("[")[0] in OWN and missing} == {}


def test_every_item_of_the_document_is_accounted_for_and_proved() -> None:
    known = (ROOT / "tests" / "borlange" / "items.txt").read_text(encoding="utf-8").split()
    account, strangers = accounts(known, [("borlange", policydsl.load(RULEBOOK)), ("uppdrag", policydsl.load(HERE))])
    assert strangers == ()
    states = {one.id: one.state for one in account}
    assert sorted(id for id, state in states.items() if state == "missing") == []
    assert sorted(id for id, state in states.items() if state == "not checkable") == [
        "BOR-8.1-RISKDRIVER",
        "BOR-RET-SUB",
        "BOR-YIELD",
    ]
    assert [one.id for one in account if one.state == "executed" and not one.proved] == []


def test_limits_fall_to_the_right_and_downwards() -> None:
    """What the explanation of table 5 says of it: more risk, less room."""
    limits = {
        check.cell: check.assertion.bound.value.value
        for check in policydsl.load(RULEBOOK).model.checks
        if check.rule == "T5" and check.cell and isinstance(check.assertion, Limit) and check.assertion.bound
        and isinstance(check.assertion.bound.value, Constant)
    }  # fmt: skip
    rows, columns = ("A..E", "B..E", "C..E", "D..E", "E"), (">= 0y", "> 1y", "> 3y", "> 7y")
    table = [[limits[f"{row}, duration {column}"] for column in columns] for row in rows]
    assert len(limits) == 20
    assert all(row == sorted(row, reverse=True) for row in table)
    assert all(list(column) == sorted(column, reverse=True) for column in zip(*table, strict=True))
