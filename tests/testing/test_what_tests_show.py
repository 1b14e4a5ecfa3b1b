"""What a rulebook's tests leave unseen (`test --coverage`, `test --moves`), and the account of a register (`items`)."""

from pathlib import Path

import pytest

import policydsl
from policydsl.cli import run
from policydsl.testing import run_tests
from policydsl.testing.coverage import coverage
from policydsl.testing.items import accounts
from policydsl.testing.moves import moves

BOOK = """\
rulebook "Town"
  currency SEK
  base debt
  item "T-1"
table loans, each loan
  loan   text, key
  amount money in SEK
  fixing term in years
define debt = sum amount of loans
  item "T-2"
category kind of loans
  short: fixing < 1y
  otherwise long
  item "T-3"
rule a "Short loans": sum short <= 50%
  item "T-4"
rule b "Very long loans": sum where fixing > 10y <= 12.5%
  item "T-5"
  item "T-6" not checkable because "nobody measures it"
limits c "By fixing": share of debt
  | fixing | max       |
  | < 1y   | 60%       |
  | >= 1y  | undecided |
"""

AT_THE_LIMIT = """\
test "half and half"
  given loans
    | loan | amount | fixing |
    | x    | 50 SEK | 0.5y   |
    | y    | 50 SEK | 1y     |
  expect a pass at 50%
  expect c[< 1y] pass
test "one more"
  given loans
    | loan | amount    | fixing |
    | x    | 50.01 SEK | 0.9y   |
    | y    | 49.99 SEK | 2y     |
  expect a breach at 50.01%
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A rulebook with its tests."""
    (tmp_path / "town.policy").write_text(BOOK + AT_THE_LIMIT, encoding="utf-8")
    return tmp_path / "town.policy"


def test_what_no_test_shows_is_missing(path):
    rulebook = policydsl.load(path)
    found = {one.id: one.missing for one in coverage(rulebook, run_tests(rulebook))}
    assert found == {
        "a": ("open",),
        "b": ("kept", "failed", "open"),
        "c[< 1y, max]": ("failed", "open"),
        "c[>= 1y, max]": ("open",),
    }


def test_a_test_that_fails_shows_nothing(tmp_path):
    wrong = AT_THE_LIMIT.replace("breach at 50.01%", "pass")
    (tmp_path / "town.policy").write_text(BOOK + wrong, encoding="utf-8")
    rulebook = policydsl.load(tmp_path / "town.policy")
    (a, *_) = coverage(rulebook, run_tests(rulebook))
    assert a.missing == ("failed", "open")


def test_a_limit_with_a_test_on_either_side_can_not_be_misprinted(path):
    found = [(one.of, one.kind, one.written, one.moved, one.noticed) for one in moves(policydsl.load(path))]
    assert found == [
        ("kind", "number", "1", "0", True),
        ("kind", "number", "1", "2", True),
        ("a", "bound", "50", "49", True),
        ("a", "bound", "50", "51", True),
        ("b", "number", "10", "9", False),
        ("b", "number", "10", "11", False),
        ("b", "bound", "12.5", "12.4", False),
        ("b", "bound", "12.5", "12.6", False),
        ("c", "number", "1", "0", True),
        ("c", "number", "1", "2", True),
        ("c", "bound", "60", "59", False),
        ("c", "bound", "60", "61", False),
        ("c", "number", "1", "0", False),
        ("c", "number", "1", "2", False),
    ]


def test_moves_of_a_table_are_named_by_their_line(path, capsys):
    assert run(["test", str(path), "--moves", "--coverage"]) == 0
    printed = capsys.readouterr().out
    assert "town.policy:17" in printed
    assert "no test notices 12.4 instead of 12.5" in printed
    assert "2 of 6 moves of bounds are noticed" in printed
    assert "0 of 4 rules and cells are seen to be kept, to fail and to be left open" in printed


def test_terms_of_duties_are_moved_too(tmp_path):
    text = """\
rulebook "Reports"
  use standard/deliveries
duty plan: to "Council" every year within 3 months
test "on the last day"
  as of 2016-06-30
  given deliveries
    | duty | period | delivered_on |
    | plan | 2015   | 2016-03-31   |
  expect plan pass for period = "2015"
"""
    (tmp_path / "reports.policy").write_text(text, encoding="utf-8")
    found = [
        (one.of, one.written, one.moved, one.noticed) for one in moves(policydsl.load(tmp_path / "reports.policy"))
    ]
    assert found == [("plan", "3", "2", True), ("plan", "3", "4", False)]


def test_norms_beside_what_must_be_make_no_verdict_and_are_left_alone(tmp_path):
    text = """\
rulebook "Norms"
  currency SEK
table loans
  amount money in SEK
  group  number
define debt = sum amount of loans
rule a: share of debt where group = 1 <= 50%, norm 30%
rule b: share of debt where group = 1 should be at most 50%, norm 30%
limits c: share of debt
  | group | norm | max |
  | 1     | 20%  | 50% |
"""
    (tmp_path / "norms.policy").write_text(text, encoding="utf-8")
    found = {(one.of, one.written) for one in moves(policydsl.load(tmp_path / "norms.policy"))}
    assert found == {(id, number) for id in "abc" for number in ("50", "1")} | {("b", "30")}


# --- items ------------------------------------------------------------------------------------------------------------


def test_an_item_is_proved_by_a_test_in_which_its_rule_fails(path):
    found, strangers = accounts(["T-1", "T-2", "T-3", "T-4", "T-5", "T-6", "T-7"], [("town", policydsl.load(path))])
    assert strangers == ()
    assert {one.id: (one.state, one.proved) for one in found} == {
        "T-1": ("executed", True),
        "T-2": ("executed", True),
        "T-3": ("executed", True),
        "T-4": ("executed", True),
        "T-5": ("executed", False),
        "T-6": ("not checkable", False),
        "T-7": ("missing", False),
    }


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register of requirements."""
    place = tmp_path / "register.csv"
    place.write_text("document;id\nT;T-1\nT;T-2\nT;T-3\nT;T-4\nT;T-5\nT;T-6\n", encoding="utf-8")
    return place


def test_the_account_on_a_terminal(path, register, capsys):
    assert run(["items", str(register), str(path)]) == 0
    assert capsys.readouterr().out == (
        "  T-5  executed  town.policy: rule `b`: no test has seen it fail\n"
        "\n"
        "6 items: 5 executed, 1 not checkable; of 1 executed no test has seen the answer fail\n"
    )


def test_the_account_as_a_page(path, register, capsys):
    assert run(["items", str(register), str(path), "--format", "markdown"]) == 0
    printed = capsys.readouterr().out
    assert "| T-1 | executed | town.policy: the header |" in printed
    assert "| T-5 | executed, unproved | town.policy: rule `b` |" in printed
    assert "| T-6 | not checkable | nobody measures it |" in printed


def test_what_nothing_names_is_missing(path, register, capsys):
    register.write_text(register.read_text(encoding="utf-8") + "T;T-8\n", encoding="utf-8")
    assert run(["items", str(register), str(path)]) == 1
    assert "T-8  missing   no `item` clause names it" in capsys.readouterr().out


def test_a_clause_that_names_nothing_is_told_with_the_nearest(path, register, capsys):
    register.write_text("id\nT-1\nT-2\nT-3\nT-44\nT-5\nT-6\n", encoding="utf-8")
    assert run(["items", str(register), str(path)]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "the register has no item `T-4`: did you mean `T-44`?" in told
    assert "town.policy:16" in told


def test_a_register_needs_ids(path, register, capsys):
    register.write_text("number\n1\n", encoding="utf-8")
    assert run(["items", str(register), str(path)]) == 2
    assert "has no column `id`" in " ".join(capsys.readouterr().err.split())


def test_a_register_loses_no_line(path, register, capsys):
    register.write_text("id,requirement\nR-1,a\n,b\nR-2,c\nR-1,d\n", encoding="utf-8")
    assert run(["items", str(register), str(path)]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "row 3, column id: error PD791" in told
    assert "row 5, column id: error PD790: `R-1` stands twice in the register" in told
