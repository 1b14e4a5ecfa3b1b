"""How values and rules have changed, as printed."""

from policydsl.cli import run
from policydsl.model.check import check
from policydsl.reports.history_text import history_text
from policydsl.source import Source
from policydsl.syntax import parse

BOOK = """\
rulebook "Finance policy"
  adopted by "Kommunfullmäktige" on 2015-05-12
table loans, each loan
  loan   text, key
  amount money in SEK
parameter base_amount
  | from       | until      | value      | decided by   | source         |
  | 2020-01-01 | 2023-12-31 | undecided  | -            | -              |
  | 2016-01-01 | -          | 44 300 SEK | "Regeringen" | "SFS 2015:716" |
  | 2024-01-01 | 2024-12-31 | 57 300 SEK | Regeringen   | -              |
parameter cap: 20 SEK
  source "4.2"
parameter own: "A", "B"
parameter debt: supplied by the run, money in SEK
parameter open: undecided
rule DN-2020 "Large": sum amount of loans <= 25 SEK
  valid from 2020-01-01
  source "Table 5, as of 2020"
rule DN "Large": sum amount of loans <= cap
  valid until 2019-12-31
rule DN-each: each loan: amount <= 5 SEK
limits T: sum amount of loans
  | amount   | max    |
  | < 5 SEK  | 10 SEK |
  | >= 5 SEK | 20 SEK |
"""


def printed(name):
    source = Source("here", BOOK)
    file, wrong = parse(source)
    assert wrong == ()
    rulebook, _ = check([(source, file)])
    assert rulebook is not None
    return history_text(rulebook, name)


def test_values_stand_in_the_order_of_time_with_both_days():
    assert printed("base_amount") == (
        "base_amount, money in SEK\n"
        "  from 2016-01-01 to 2019-12-31: 44 300 SEK\n"
        "    decided by Regeringen; SFS 2015:716\n"
        "  from 2020-01-01 to 2023-12-31: undecided\n"
        "  from 2024-01-01 to 2024-12-31: 57 300 SEK\n"
        "    decided by Regeringen\n"
    )


def test_value_without_days_stands_always_and_was_decided_with_the_rulebook():
    by = "    decided by Kommunfullmäktige on 2015-05-12"
    assert printed("cap") == f"cap, money in SEK\n  always: 20 SEK\n{by}; 4.2\n"
    assert printed("own") == f'own, a list of texts\n  always: "A", "B"\n{by}\n'
    assert printed("open") == f"open\n  always: undecided\n{by}\n"
    assert printed("debt") == "debt\n  always: supplied by each run\n"


def test_rule_is_followed_by_those_of_its_name_that_are_valid_for_some_time():
    assert printed("DN") == (
        "DN: Large\n"
        "  until 2019-12-31\n"
        "    decided by Kommunfullmäktige on 2015-05-12\n"
        "  sum amount of loans must be <= cap\n"
        "DN-2020: Large\n"
        "  from 2020-01-01\n"
        "    decided by Kommunfullmäktige on 2015-05-12; Table 5, as of 2020\n"
        "  sum amount of loans must be <= 25 SEK\n"
    )
    assert "DN-2020" not in (printed("DN-each") or "")


def test_cell_of_a_table_is_found_however_it_is_spaced():
    assert (printed("T") or "").count("sum amount of loans") == 2
    assert (printed("T[<5 SEK, max]") or "").splitlines()[-1] == (
        "  [< 5 SEK, max] sum amount of loans where amount < 5 SEK must be <= 10 SEK"
    )
    assert printed("T[< 6 SEK, max]") is None


def test_command_prints_the_history_or_says_what_is_near(tmp_path, capsys):
    (tmp_path / "book.policy").write_text(BOOK, encoding="utf-8")
    assert run(["history", "cap", str(tmp_path / "book.policy")]) == 0
    assert capsys.readouterr().out == printed("cap")
    assert run(["history", "base_amunt", str(tmp_path / "book.policy")]) == 2
    told = capsys.readouterr().err
    assert "PD578" in told
    assert "did you mean `base_amount`?" in told
