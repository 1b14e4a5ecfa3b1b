"""Örnsköldsvik's rulebook: its own tests, what they show, and its account of the document's items."""

import re
from pathlib import Path

import pytest

import policydsl
from policydsl.testing import run_tests
from policydsl.testing.coverage import coverage
from policydsl.testing.items import accounts
from policydsl.testing.moves import moves

HERE = Path(__file__).parent
RULEBOOK = HERE.parent.parent / "rulebooks" / "ornskoldsvik"
ENGINES = ("reference", "columnar")
NEVER_OPEN = {"3.6-avtalskopior", "4.2-meddelat"}
"""They ask whether something stands in the register, and that is always known."""


@pytest.mark.parametrize("engine", ENGINES)
def test_its_own_tests(engine: str) -> None:
    results = run_tests(policydsl.load(RULEBOOK), engine)
    assert len(results) >= 100
    assert [f"{result.title}: {failure.message}" for result in results for failure in result.failures] == []


def test_every_rule_is_seen_to_be_kept_to_fail_and_to_be_left_open() -> None:
    rulebook = policydsl.load(RULEBOOK)
    unseen = {one.id for one in coverage(rulebook, run_tests(rulebook)) if one.missing}
    assert unseen == NEVER_OPEN


def test_every_number_is_held_from_both_sides() -> None:
    tried = moves(policydsl.load(RULEBOOK))
    assert len(tried) >= 180
    assert [move for move in tried if not move.noticed] == []


def test_items_that_are_named_are_those_of_the_document() -> None:
    known = (HERE / "items.txt").read_text(encoding="utf-8").split()
    assert len(known) == 174
    account, strangers = accounts(known, [("ornskoldsvik", policydsl.load(RULEBOOK))])
    assert strangers == ()
    assert [one.id for one in account if one.state == "executed" and not one.proved] == []


def test_account_that_is_printed_is_the_account() -> None:
    text = (RULEBOOK / "items.md").read_text(encoding="utf-8")
    known = (HERE / "items.txt").read_text(encoding="utf-8").split()
    account, _ = accounts(known, [("ornskoldsvik", policydsl.load(RULEBOOK))])
    printed = re.findall(r"^\| (OVK-\S+) \| ([^|]+?) \| ([^|]*?) \|$", text, re.MULTILINE)
    assert [(id, state) for id, state, _ in printed] == [(one.id, one.state) for one in account]
    names = {one.id: {answer.name for answer in one.answers if answer.name} for one in account}
    assert [(id, said) for id, _, said in printed if not set(re.findall(r"`([^`]+)`", said)) <= names[id]] == []
    states = [one.state for one in account]
    said = re.search(r"(\d+) executed, (\d+) attested, (\d+) not checkable", text)
    assert said and [int(n) for n in said.groups()] == [
        states.count(s) for s in ("executed", "attested", "not checkable")
    ]
