"""`policydsl` from outside: exit codes, where things are printed, files that are written whole, words that are near."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from policydsl import cli
from tests.verdicts.asking import HEAD

GOOD = "name,issuer,kind,rating,duration,due,value\na,X,bond,AAA,2,,{bond}\nb,Y,stock,,1,,{stock}\n"
RULES = """rule must "Bonds":
  sum where kind = bond <= 50%
  warn at 40%
rule should "Advised":
  sum where kind = bond should be at most 45%
"""
KNOWN = "rule open:\n  portfolio >= 90% of asked\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.policy").write_text(HEAD + RULES, encoding="utf-8")
    (tmp_path / "open.policy").write_text(HEAD + RULES + KNOWN, encoding="utf-8")
    return tmp_path


def data(place, bond, stock=100):
    (place / "holdings.csv").write_text(GOOD.format(bond=bond, stock=stock - bond), encoding="utf-8")
    return "holdings.csv"


def run(*words):
    return cli.run([str(word) for word in words])


@pytest.mark.parametrize(
    ("bond", "fail_on", "code"),
    [
        (10, "breach", 0), (10, "deviation", 0), (10, "warning", 0), (10, "never", 0),
        (41, "breach", 0), (41, "deviation", 0), (41, "warning", 1), (41, "never", 0),
        (46, "breach", 0), (46, "deviation", 1), (46, "warning", 1), (46, "never", 0),
        (51, "breach", 1), (51, "deviation", 1), (51, "warning", 1), (51, "never", 0),
    ],
)  # fmt: skip
def test_exit_code(place, bond, fail_on, code):
    assert run("check", "book.policy", data(place, bond), "--fail-on", fail_on) == code


@pytest.mark.parametrize(("fail_on", "code"), [("breach", 1), ("deviation", 1), ("warning", 1), ("never", 3)])
def test_failure_wins_over_undetermined_which_is_never_fine(place, fail_on, code):
    assert run("check", "open.policy", data(place, 51), "--fail-on", fail_on) == code
    assert run("check", "open.policy", data(place, 10), "--fail-on", fail_on) == 3
    assert run("check", "open.policy", data(place, 10), "--fail-on", fail_on, "--set", "asked=1 SEK") == 0


def test_result_on_stdout_and_nothing_else(place, capsys):
    run("check", "book.policy", data(place, 10))
    out, err = capsys.readouterr()
    assert out.startswith("PASS: 2 pass\n")
    assert err == ""


def test_json_on_stdout_and_warnings_on_stderr(place, capsys):
    run("check", "book.policy", data(place, 10), "--format", "json")
    out, err = capsys.readouterr()
    assert json.loads(out)["outcome"] == "pass"
    assert "PD362" in err


def test_report_is_written_whole_or_not_at_all(place, capsys):
    file = place / "report.txt"
    file.write_text("before", encoding="utf-8")
    assert run("check", "book.policy", data(place, 51), "-o", file) == 1
    assert file.read_text(encoding="utf-8").startswith("BREACH")
    assert capsys.readouterr().out == ""
    assert sorted(each.name for each in place.iterdir()) == ["book.policy", "holdings.csv", "open.policy", "report.txt"]


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("r.html", b"<!doctype html>"), ("r.MD", b"# "), ("r.json", b"{"), ("r.xml", b"<?xml"), ("r.sarif", b"{"),
        ("r.ics", b"BEGIN:VCALENDAR"), ("r.xlsx", b"PK"), ("r.docx", b"PK"), ("r.pdf", b"%PDF"), ("r.txt", b"BREACH"),
        ("r", b"BREACH"),
    ],
)  # fmt: skip
def test_report_takes_the_form_of_its_name(place, name, begins):
    assert run("check", "book.policy", data(place, 51), "-o", place / name) == 1
    assert (place / name).read_bytes().lower().startswith(begins.lower())


def test_form_that_is_asked_for_goes_before_that_of_the_name(place):
    assert run("check", "book.policy", data(place, 51), "--format", "text", "-o", place / "r.html") == 1
    assert (place / "r.html").read_bytes().startswith(b"BREACH")


def test_report_that_can_not_be_written(place, capsys):
    assert run("check", "book.policy", data(place, 51), "-o", "nowhere/report.txt") == 2
    assert run("check", "book.policy", data(place, 51), "-o", place) == 2
    assert capsys.readouterr().err.count("error PD406") == 2


def test_report_does_not_overwrite_what_it_judges(place, capsys):
    before = (place / data(place, 51)).read_bytes()
    assert run("check", "book.policy", "holdings.csv", "-o", "./holdings.csv") == 2
    assert run("check", "book.policy", place, "-o", place / "holdings.csv") == 2
    assert run("check", place, "holdings.csv", "-o", "book.policy") == 2
    assert (place / "holdings.csv").read_bytes() == before
    assert capsys.readouterr().err.count("error PD412") == 3


@pytest.mark.parametrize(
    ("words", "code", "near"),
    [
        (["chek", "book.policy", "holdings.csv"], "PD402", "did you mean `check`?"),
        (["check", "book.policy", "holdings.csv", "--asof", "2015-01-31"], "PD401", "did you mean `--as-of`?"),
        (["check", "book.policy", "holdings.csv", "--as-of", "31/1/2015"], "PD403", ""),
        (["check", "book.policy", "holdings.csv", "--as-of", "2015-02-30"], "PD403", ""),
        (["check", "book.policy", "holdings.csv", "--as-of", "20150131"], "PD403", ""),
        (["check", "book.policy", "holdings.csv", "--set", "350 MSEK"], "PD404", ""),
        (["check", "book.policy", "holdings.csv", "--set", "a=1", "--set", "a=2"], "PD411", ""),
        (["check", "book.policy"], "PD408", "DATA"),
        (["check"], "PD408", "RULEBOOK"),
        (["check", "book.policy", "holdings.csv", "--as-of"], "PD408", "--as-of"),
        (["check", "book.policy", "holdings.csv", "--fail-on", "breaches"], "PD409", "did you mean `breach`?"),
        (["check", "book.policy", "holdings.csv", "--format", "jsn"], "PD409", "did you mean `json`?"),
        (["explain", "PD40"], "PD405", "the nearest is `PD"),
        (["explain", "PD403", "PD404"], "PD410", ""),
    ],
)
def test_command_that_can_not_be_read(place, capsys, words, code, near):
    data(place, 10)
    assert run(*words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"error {code}: " in err
    assert near in err


def test_rulebook_that_can_not_be_read_quotes_its_line(place, capsys):
    (place / "wrong.policy").write_text(HEAD + "rule R: sum valeu of holdings <= 20%\n", encoding="utf-8")
    assert run("check", "wrong.policy", data(place, 10)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "| rule R: sum valeu of holdings <= 20%\n" in err
    assert "^^^^^" in err
    assert "1 error" in err


def test_data_that_can_not_be_read(place, capsys):
    (place / "holdings.csv").write_text(GOOD.format(bond="many", stock=1), encoding="utf-8")
    assert run("check", "book.policy", "holdings.csv") == 2
    assert "holdings.csv, row 2, column value: error" in capsys.readouterr().err
    assert run("check", "book.policy", "nothing.csv") == 2
    assert run("check", "nothing.policy", "holdings.csv") == 2


def test_own_fault_is_one_sentence(place, capsys, monkeypatch):
    from policydsl import api

    monkeypatch.setattr(api, "read", lambda path: 1 / 0)
    monkeypatch.delenv("POLICYDSL_DEBUG", raising=False)
    assert run("check", "book.policy", data(place, 10)) == 70
    out, err = capsys.readouterr()
    assert (out, err.count("PD407"), "Traceback" in err) == ("", 2, False)
    monkeypatch.setenv("POLICYDSL_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("check", "book.policy", "holdings.csv")


def test_plan_tests_pages_version_and_help(place, capsys):
    assert run("plan", "book.policy") == 0
    assert "sum value of holdings" in capsys.readouterr().out
    assert run("test", "book.policy") == 0
    assert capsys.readouterr().out == "the rulebook has no tests\n"
    assert run("explain", "pd403") == 0
    assert capsys.readouterr().out.startswith("# PD403: ")
    assert run("--version") == 0
    assert capsys.readouterr().out.startswith("policydsl ")
    assert run("check", "--help") == 0
    assert "--fail-on" in capsys.readouterr().out
    assert run() == 2
    assert "Commands:" in capsys.readouterr().err


def test_rulebook_with_tests(place, capsys):
    given = """test "as it should be"
  given holdings with kind = bond
    | name | value  |
    | a    | 10 SEK |
  expect must {} at 100%
"""
    (place / "tested.policy").write_text(HEAD + RULES + given.format("breach"), encoding="utf-8")
    assert run("test", "tested.policy") == 0
    assert capsys.readouterr().out == "passed  as it should be\nthe test passed\n"
    (place / "tested.policy").write_text(HEAD + RULES + given.format("pass"), encoding="utf-8")
    assert run("test", "tested.policy") == 1
    out = capsys.readouterr().out
    assert out.startswith("FAILED  as it should be\n")
    assert "expect must pass at 100%" in out
    assert out.endswith("1 test, 1 failed\n")


def test_reader_who_goes_away_is_no_fault(place):
    data(place, 51)
    command = [sys.executable, "-m", "policydsl", "check", "book.policy", "holdings.csv"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, env=environment())
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_nothing_slow_is_imported_to_check_a_small_file(place):
    data(place, 10)
    code = (
        "import sys; from policydsl import cli; cli.run(['check', 'book.policy', 'holdings.csv', '-o', 'report.txt']);"
        "print(*sorted({'numpy', 'pandas', 'openpyxl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment())
    assert done.stdout.split() == []


def test_terminal_without_the_signs_is_no_fault(place):
    data(place, 51)
    command = [sys.executable, "-m", "policydsl", "check", "book.policy", "holdings.csv"]
    latin = {**environment(), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(command, capture_output=True, env=latin)
    assert done.returncode == 1
    told = b" ".join(done.stdout.split())
    assert b"must: Bonds 51% of portfolio (51 SEK of 100 SEK)" in told
    done = subprocess.run([*command, "--format", "json"], capture_output=True, env=latin)
    assert "“Bonds”" in json.loads(done.stdout.decode("utf-8"))["verdicts"][0]["sentence"]


def environment():
    return {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}
