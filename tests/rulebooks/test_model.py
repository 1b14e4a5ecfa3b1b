"""The model policy that other municipalities start from."""

from pathlib import Path

import pytest

import policydsl
from policydsl.testing import run_tests
from policydsl.testing.coverage import coverage
from policydsl.testing.moves import moves

RULEBOOK = Path(__file__).resolve().parents[2] / "rulebooks" / "model"


@pytest.mark.parametrize("engine", ["reference", "columnar"])
def test_its_own_tests(engine: str) -> None:
    results = run_tests(policydsl.load(RULEBOOK), engine)
    assert len(results) >= 60
    assert [f"{result.title}: {failure.message}" for result in results for failure in result.failures] == []


def test_every_rule_is_seen_to_be_kept_to_fail_and_to_be_left_open() -> None:
    rulebook = policydsl.load(RULEBOOK)
    assert {one.id: one.missing for one in coverage(rulebook, run_tests(rulebook)) if one.missing} == {}


def test_every_number_is_held_from_both_sides() -> None:
    """But for two ends of rows of the decision table that overlap then with a row of the same answer."""
    found = [(move.of, move.written, move.moved) for move in moves(policydsl.load(RULEBOOK)) if not move.noticed]
    assert found == [("authority", "10", "11"), ("authority", "15", "16")]


def test_every_rule_cites_its_chapter() -> None:
    headings = [line[3:] for line in (RULEBOOK / "model.policy.md").read_text(encoding="utf-8").splitlines() if line]
    for check in policydsl.load(RULEBOOK).model.checks:
        assert check.remarks.sources, check.id
        assert any(source in heading for source in check.remarks.sources for heading in headings), check.id
