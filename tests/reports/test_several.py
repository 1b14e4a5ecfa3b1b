"""Several rulebooks at once, scenarios, and an old and a new rulebook on the same data: from the command line and in a
program."""

import json
from fractions import Fraction

import pytest

import policydsl
from policydsl.cli import run
from policydsl.reports.comparison import Comparison

TABLE = """\
table holdings, each holding
  instrument  text, key
  asset_class one of fixed_income, equity
  market_value money in SEK
define portfolio = sum market_value of holdings
"""
POLICY = f"""\
rulebook "Policy"
  currency SEK
  base portfolio
{TABLE}
parameter cpi: 2%
rule equities "Equities": share where asset_class = equity <= 50%
rule size: portfolio >= 90 SEK
scenario "Shares rise": each holding where asset_class = equity: market_value = market_value * 2
scenario "Prices up": cpi = cpi + 1%
"""
LAW = f"""\
rulebook "Law"
{TABLE}
table accounts
  account text
  balance money in SEK
parameter least: supplied by the run, money in SEK
rule least-size: portfolio >= least
rule overdrawn: count of accounts where balance < 0 SEK <= 0
"""
HOLDINGS = "instrument,asset_class,market_value\na,equity,40\nb,fixed_income,60\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {"policy.policy": POLICY, "law.policy": LAW, "holdings.csv": HOLDINGS}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "accounts.csv").write_text("account,balance\nx,5\n", encoding="utf-8")
    return tmp_path


ALL = ["policy.policy", "holdings.csv", "accounts.csv", "--also", "law.policy"]


def test_each_rulebook_has_its_own_verdicts(folder, capsys):
    assert run(["check", *ALL, "--set", "least=80 SEK"]) == 0
    out, err = capsys.readouterr()
    assert [line for line in out.splitlines() if line.startswith(("PASS", "Policy", "Law"))] == [
        "PASS: 2 pass", "Policy, on no particular day", "PASS: 2 pass", "Law, on no particular day",
    ]  # fmt: skip
    assert err == ""
    assert "accounts" not in out  # the policy does not know the table, the law does


@pytest.mark.parametrize(("least", "code"), [("least=101 SEK", 1), ("least=100 SEK", 0)])
def test_exit_code_is_that_of_the_worst(folder, least, code):
    assert run(["check", *ALL, "--set", least]) == code
    assert run(["check", "policy.policy", "holdings.csv"]) == 0


def test_what_no_rulebook_knows_is_told(folder, capsys):
    assert run(["check", *ALL, "--set", "leest=80 SEK"]) == 2
    assert "PD360" in capsys.readouterr().err


def test_scenario_is_compared_with_the_data(folder, capsys):
    assert run(["check", "policy.policy", "holdings.csv", "--scenario", "shares rise"]) == 1
    out = capsys.readouterr().out.replace("\u00a0", " ")
    assert "Policy, in the scenario “Shares rise”: 1 worse, 1 moved" in out
    assert "equities: Equities: pass -> breach" in out
    assert "before 40%, at most 50% of portfolio, 10 points (10 SEK) to spare" in out


def test_all_scenarios(folder, capsys):
    assert run(["check", "policy.policy", "holdings.csv", "--scenarios", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["outcome"] == "breach"
    assert [one["outcome"] for one in found["reports"]] == ["pass"]
    assert [one["after"]["scenario"] for one in found["scenarios"]] == ["Shares rise", "Prices up"]
    change = found["scenarios"][0]["changes"][0]
    assert (change["id"], change["kind"]) == ("equities", "worse")
    assert Fraction(change["more_headroom"]) == Fraction(40, 100) - Fraction(80, 140)
    assert found["scenarios"][1]["changes"] == []


def test_scenario_that_is_not_there(folder, capsys):
    assert run(["check", "policy.policy", "holdings.csv", "--scenario", "Share rise"]) == 2
    assert "did you mean `Shares rise`?" in capsys.readouterr().err


def test_old_and_new_rulebook_on_the_same_data(folder, capsys):
    new = POLICY.replace("<= 50%", "<= 39.9%").replace(
        "rule size: portfolio >= 90 SEK", "rule lent: portfolio <= 1 MSEK"
    )
    (folder / "new.policy").write_text(new.replace('"Policy"', '"New policy"'), encoding="utf-8")
    assert run(["compare", "policy.policy", "new.policy", "holdings.csv"]) == 1
    out = capsys.readouterr().out.replace("\u00a0", " ")
    assert out.startswith("New policy instead of Policy: 1 worse, 1 new, 1 gone\n")
    assert "after 40%, at most 39.9% of portfolio, 0.1 points (0.10 SEK) too much" in out
    assert run(["compare", "policy.policy", "policy.policy", "holdings.csv"]) == 0
    assert "2 unchanged" in capsys.readouterr().out


def test_limit_that_moves_without_another_outcome(folder, capsys):
    (folder / "new.policy").write_text(POLICY.replace("<= 50%", "<= 45%"), encoding="utf-8")
    assert run(["compare", "policy.policy", "new.policy", "holdings.csv"]) == 0
    assert "1 moved, 1 unchanged" in capsys.readouterr().out


def test_program_asks_all_at_once(folder):
    books = [policydsl.load("policy.policy"), policydsl.load("law.policy")]
    rows = [{"instrument": "a", "asset_class": "equity", "market_value": "100 SEK"}]
    accounts = [{"account": "x", "balance": "5 SEK"}]
    reports = policydsl.check_all(
        books, {"holdings": rows, "accounts": accounts}, parameters={"least": "80 SEK"}, scenarios=["Shares rise"]
    )
    assert [report.title for report in reports.reports] == ["Policy", "Law"]
    assert reports.outcome == "breach"
    (comparison,) = reports.scenarios
    assert isinstance(comparison, Comparison)
    assert [(one.before.id, one.kind, one.by) for one in comparison.shifts] == [
        ("equities", "moved", 0), ("size", "moved", 100),
    ]  # fmt: skip
    with pytest.raises(policydsl.DataError):
        policydsl.check_all(books, {"holdings": rows}, scenarios=["No such"])


def test_one_rulebook_in_a_scenario(folder):
    book = policydsl.load("policy.policy")
    rows = [{"instrument": "a", "asset_class": "equity", "market_value": "40 SEK"}]
    for engine in ("reference", "columnar"):
        report = book.check({"holdings": rows}, scenario="SHARES RISE", engine=engine)
        assert report.scenario == "Shares rise"
        assert [line.figure.value for line in report.figures] == [80]
    with pytest.raises(policydsl.DataError, match="PD635"):
        book.check({"holdings": rows}, scenario="none")


def test_rules_command_says_where_rules_come_from(folder, capsys):
    (folder / "town.policy").write_text(
        'rulebook "Town" extends "policy"\nreplace equities: share where asset_class = equity <= 60%\n'
        'remove size because "too small"\nreplace parameter cpi: 3%\n',
        encoding="utf-8",
    )
    assert run(["rules", "town.policy"]) == 0
    assert (
        capsys.readouterr().out
        == """\
Town: 1 rule or limit, built on Policy

equities: Equities
  share of portfolio where asset_class = equity must be <= 60%
  from Policy (policy.policy:11); replaced by Town (town.policy:2)

Removed
  size
    from Policy (policy.policy:12); removed by Town (town.policy:3): too small

Replaced
  cpi: replaced by Town (town.policy:4)
"""
    )
