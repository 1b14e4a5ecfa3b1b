"""The rulebook that three regions share, and the three on top of it: their tests, and their account of the items."""

from pathlib import Path

import pytest

import policydsl
from policydsl.testing import run_tests
from policydsl.testing.coverage import coverage
from policydsl.testing.items import accounts
from policydsl.testing.moves import moves

HERE = Path(__file__).parent
RULEBOOKS = HERE.parent.parent / "rulebooks"
SHARED = RULEBOOKS / "finanssamarbete"
REGIONS = ("sormland", "vastmanland", "orebro")


@pytest.mark.parametrize("engine", ["reference", "columnar"])
@pytest.mark.parametrize("name", ["finanssamarbete", *REGIONS])
def test_its_own_tests(name: str, engine: str) -> None:
    results = run_tests(policydsl.load(RULEBOOKS / name), engine)
    assert len(results) >= 90
    assert [f"{result.title}: {failure.message}" for result in results for failure in result.failures] == []


def test_every_rule_is_seen_to_be_kept_to_fail_and_to_be_left_open() -> None:
    rulebook = policydsl.load(SHARED)
    assert {one.id: one.missing for one in coverage(rulebook, run_tests(rulebook)) if one.missing} == {}


def test_every_number_is_held_from_both_sides() -> None:
    assert [move for move in moves(policydsl.load(SHARED)) if not move.noticed] == []


def test_every_item_of_the_documents_is_accounted_for_and_proved() -> None:
    known = (HERE / "items.txt").read_text(encoding="utf-8").split()
    assert len(known) == 99
    account, strangers = accounts(known, [("finanssamarbete", policydsl.load(SHARED))])
    assert strangers == ()
    assert [one.id for one in account if one.state not in ("executed", "attested")] == []
    assert [one.id for one in account if one.state == "executed" and not one.proved] == []


@pytest.mark.parametrize("name", REGIONS)
def test_a_region_has_all_that_is_shared(name: str) -> None:
    shared, own = policydsl.load(SHARED), policydsl.load(RULEBOOKS / name)
    removed = {'act["4a", max settled_on]'} if name == "orebro" else set()
    assert {check.id for check in shared.model.checks} - {check.id for check in own.model.checks} <= removed
