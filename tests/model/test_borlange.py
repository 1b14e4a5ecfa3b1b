"""Borlänge's own rulebook, as shipped."""

import pytest

from policydsl.model.check import check
from policydsl.model.loading import load_files
from policydsl.model.rulebook import Limit

from .writing import SHIPPED


@pytest.fixture(scope="module")
def rulebook():
    parsed, told = load_files(SHIPPED / "borlange")
    assert told == ()
    made, told = check(parsed)
    assert [f"{one.code}: {one.message}" for one in told] == []
    return made


def test_its_rules(rulebook):
    ids = [made.id for made in rulebook.checks]
    for id in (
        "DN",
        "T5[D..E, duration > 7y]",
        "T5-issuer[D..E, duration > 1y]",
        "boxes[> 7y, max]",
        "sek",
        "own",
        "floor",
    ):
        assert id in ids
    assert len(set(ids)) == len(ids)


def test_table_and_rule_say_the_same_of_dn(rulebook):
    by_id = {made.id: made for made in rulebook.checks}
    assert by_id["DN"].assertion == by_id["T5[D..E, duration > 7y]"].assertion


def test_percentages_of_money_are_of_the_portfolio(rulebook):
    portfolio = next(one for one in rulebook.quantities if one.name == "portfolio").expression
    wholes = {
        made.assertion.bound.of
        for made in rulebook.checks
        if isinstance(made.assertion, Limit) and made.assertion.bound is not None and made.rule.startswith(("DN", "T5"))
    }
    assert wholes == {portfolio}


def test_every_rule_has_its_source(rulebook):
    without = {made.rule for made in rulebook.checks if not made.remarks.sources}
    assert without <= {"capital"}


def test_requirements_name_what_the_author_left_out(rulebook):
    by_id = {made.id: made.requirement for made in rulebook.checks}
    assert by_id["DN"].startswith("sum market_value of holdings where credit_category in ")
    assert by_id["DN"].endswith("and duration > 7y must be <= 20% of portfolio")
    assert by_id["T5-issuer[E, duration > 1y]"].startswith("per issuer: sum market_value of holdings where ")
    assert by_id["real-55"].endswith("should be >= 55%")


def test_its_examples_are_bound(rulebook):
    assert rulebook.tests
    ids = {made.id for made in rulebook.checks} | {one.name for one in rulebook.quantities}
    assert {expected.of for test in rulebook.tests for expected in test.expectations} <= ids
