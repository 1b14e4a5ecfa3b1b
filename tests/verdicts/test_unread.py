"""Data that is missing: told one by one where something reads it, else all together."""

import pytest

import policydsl
from policydsl.verdicts.unread import read_by
from tests.verdicts.asking import report, row


def said(rules, **more):
    rows = row("a")
    return [
        one.message
        for one in report(rules, rows, **more).diagnostics
        if one.code in ("PD350", "PD355", "PD750", "PD751")
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "rule R: each order: amount >= 0 SEK",
        "rule R: no orders where amount > 1 SEK",
        "define paid = sum amount of orders",
        "rule R: each holding: value <= sum amount of orders",
        "rule R: per number: sum amount of orders <= 1 SEK",
        "rule R: when count of orders > 1: portfolio <= 1 SEK",
        "rule R: portfolio <= 5% of (sum amount of orders)",
        "table paid, each payment from orders per number\n  total = sum amount\nrule R: each payment: total <= 1 SEK",
    ],
)
def test_a_table_that_something_reads_is_told_by_itself(rule):
    assert said(f"{rule}\n") == [
        "there is no data for `orders`, so what the rulebook asks of it can't be judged: add `orders.csv`"
    ]


def test_whom_a_duty_is_asked_of_is_read():
    read = read_by(policydsl.load("rulebooks/ornskoldsvik").model)  # `to ... per dotterbolag`
    assert "namn" in read["dotterbolag"]


def test_tables_that_nothing_reads_are_told_together():
    rules = "table notes, each note\n  name text, key\nrule R: portfolio >= 1 SEK\n"
    assert said(rules) == ["there is no data for `orders` and `notes`, and nothing in the rulebook asks for any"]


COLUMNS = """table loans, each loan
  name   text, key
  lender text, blank means none
  rate   number
  form   text
  paid   money in SEK
define rate_used of loans = rate
define never_used of loans = paid
category shape of loans where form = "a"
  otherwise other
"""


@pytest.mark.parametrize(
    ("rule", "read"),
    [
        ("rule R: each loan: rate_used < 3", {"rate"}),
        ("rule R: each loan: shape = other", {"form"}),
        ("rule R: per lender: count of loans <= 3", {"lender"}),
        ("rule R: count of loans <= 3", set()),
        (
            'scenario "S":\n  each loan where rate > 1: paid = paid + 1 SEK\nrule R: count of loans <= 3',
            {"rate", "paid"},
        ),
    ],
)
def test_columns_that_nothing_reads_are_told_together(rule, read):
    told = said(f"{COLUMNS}{rule}\n", tables={"loans": [{"name": "x"}], "orders": [{"number": "1", "amount": "1"}]})
    *alone, together = told
    assert {message.split("`")[1] for message in alone} == read
    left = [name for name in ("lender", "rate", "form", "paid") if name not in read]
    names = f"{', '.join(f'`{name}`' for name in left[:-1])} and `{left[-1]}`"
    assert together == f"loans lacks {names}, and nothing in the rulebook asks for that"


def test_a_column_under_another_name_is_told_by_itself():
    told = said(
        f"{COLUMNS}rule R: count of loans <= 3\n",
        tables={"loans": [{"name": "x", "lendr": "y"}], "orders": [{"number": "1", "amount": "1"}]},
    )
    assert told[0].startswith("the column `lender` of loans is missing and so unknown in every row; is it `lendr`?")
