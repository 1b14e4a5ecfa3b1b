"""What a reader sees first: each rule once, and in a row that fails it the values that decided."""

import json

import pytest

from tests.verdicts.asking import report, row

DECISION = """scale body, best first: Council, Board, "Chief officer"
table loans, each loan
  name      text, key
  amount    money in SEK
  decided   body
  lender    text, blank means none
decide right_body for loans
  | amount    | -> right_body   |
  | < 10 SEK  | "Chief officer" |
  | >= 10 SEK | Council         |
"""


def attention(rules, *rows, outcome="Breach", **more):
    """The part of the report on one outcome."""
    blocks = report(rules, *rows, **more).to_text().replace("\u00a0", " ").split("\n\n")
    (block,) = [block for block in blocks if block.splitlines()[0] == outcome]
    return block.splitlines()[1:]


def loans(*rows):
    return [dict(zip(("name", "amount", "decided", "lender"), one, strict=True)) for one in rows]


@pytest.mark.parametrize("engine", ["reference", "columnar"])
def test_rows_that_fail_show_what_the_condition_read_the_worst_first(engine):
    rows = [row("a", duration="4y"), row("b", duration="9y"), row("c", duration="3.5y"), row("d")]
    assert attention('rule R "Short":\n  each holding: duration <= 3y\n', *rows, engine=engine) == [
        "  R: Short",
        "    3 of 4 holdings fail where `duration <= 3y` is required",
        "      b: duration 9 years",
        "      a: duration 4 years",
        "      c: duration 3.5 years",
    ]


def test_of_a_condition_in_parts_those_are_shown_that_fail():
    rules = 'rule R:\n  each holding: (kind = bond or issuer = "X") and duration < 9y and rating >= AA\n'
    rows = [row("a", duration="9y"), row("b", kind="stock", issuer="Y", rating="BBB"), row("c", rating=None)]
    assert attention(rules, *rows)[-3:] == [
        "      a: duration 9 years",
        "      b: kind stock, issuer Y, rating BBB",
        "      c: rating unrated",
    ]


def test_a_category_shows_its_label_and_what_it_is_worked_out_from():
    rows = [row("a", rating="BBB"), row("b", kind="stock")]
    assert attention("rule R:\n  each holding: class in (good)\n", *rows)[-2:] == [
        "      a: class fair, kind bond, rating BBB",
        "      b: class none, kind stock, rating AAA",
    ]


def test_who_decided_stands_beside_who_should_have():
    rules = f"{DECISION}rule R: each loan: decided >= right_body\n"
    rows = loans(("L1", "10", "Board", "A"), ("L2", "9", "Chief officer", "B"), ("L3", "11", "Chief officer", "B"))
    assert attention(rules, tables={"loans": rows})[-2:] == [
        "      L3: decided Chief officer, right_body Council",
        "      L1: decided Board, right_body Council",
    ]


def test_numbers_that_differ_read_differently():
    orders = [{"number": "1", "amount": "10.0004"}]
    rules = "parameter most: 10 SEK\nrule R: each order: amount <= most\n"
    assert attention(rules, tables={"orders": orders})[-1] == "      1: amount 10.0004 SEK, most 10 SEK"


def test_five_rows_are_shown_and_json_has_them_all():
    found = report("rule R: each holding: kind = bond\n", *(row(f"r{n:02}", kind="stock") for n in range(17)))
    assert "      r04: kind stock\n      12 more\n" in found.to_text()
    counted = json.loads(found.to_json())["verdicts"][0]["rows"]["counted"]
    assert [each["decided_by"] for each in counted] == [{"kind": "stock"}] * 17


def test_a_count_that_should_be_smaller_shows_why_rows_are_in_it():
    rules = "rule R:\n  count of holdings where kind = stock and value > 1 SEK <= 0\n"
    lines = attention(rules, row("a", kind="stock"), row("b"))
    assert lines[-1] == "      a: kind stock, value 100 SEK"


def test_a_value_that_is_not_known_is_said():
    rules = "rule R:\n  each holding: kind = stock or duration is present and rating is present and kind = stock\n"
    lines = attention(rules, row("a", duration=None), row("b", kind="stock"))
    assert lines[-1] == "      a: kind bond, duration not known"


def test_what_must_be_comes_before_what_should():
    rules = "rule A: sum where duration > 3y should be <= 20%\nrule B: sum where duration > 3y <= 20%\n"
    lines = attention(rules, row("a", "60"), row("b", "40", duration=None), outcome="Undetermined")
    assert [line for line in lines if not line.startswith("    ")] == ["  B", "  A"]


def test_many_groups_are_told_once_with_their_number():
    rows = [row(f"row {n}", issuer=f"issuer {n}", value=str(100 + n)) for n in range(30)]
    lines = attention("rule R:\n  per issuer: sum <= 2.5%\n", *rows, outcome="Breaches")
    assert lines[:2] == ["  R", "    30 of 30 groups"]
    assert lines[2].startswith("    issuer issuer 29: 3.8")
    assert lines[-1] == "    25 more"


def test_cells_with_the_same_trouble_are_told_together():
    rules = """limits T: sum
  |      | duration >= 0y | duration > 9y |
  | good | 50%            | 20%           |
"""
    assert attention(rules, row("a", value=None), outcome="Undetermined") == [
        "  T",
        "    good, duration >= 0y; good, duration > 9y: `portfolio` is not surely above zero; still needed:",
        "      `value` of a",
    ]


def test_a_rule_that_was_told_is_not_repeated_among_the_limits():
    text = report("rule A: portfolio <= 1 SEK\nrule B: portfolio <= 500 SEK\n", row("a")).to_text()
    limits = text.partition("Limits\n")[2].split("\n\n")[0].splitlines()
    assert limits[0] == "  B"
    assert limits[-1] == "  the other one stands above"
