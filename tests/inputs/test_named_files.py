"""Files of which the command says what table they hold."""

import pytest
from openpyxl import Workbook

from policydsl.cli import run
from policydsl.inputs.read import find_tables

from .sheets import codes, saved, workbook

ROWS = "instrument;amount\na;1\n"
BOOK = """\
rulebook "Example"
  currency SEK
  base total
table holdings, each holding
  instrument text, key
  amount     money in SEK
define total = sum amount of holdings
rule whole: total >= 1 SEK
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bank.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "example.policy").write_text(BOOK, encoding="utf-8")
    (tmp_path / "one.xlsx").write_bytes(workbook(["instrument", "amount"], ["a", 1]))
    book = Workbook()
    for title, rows in {"Innehav": 1, "Lån": 2, "hidden": 3, "broken": 4}.items():
        sheet = book.create_sheet(title)
        sheet.append(["instrument", "amount"])
        sheet.append(["a", rows])
    book["broken"]["C2"] = "no heading"
    book["hidden"].sheet_state = "hidden"
    (tmp_path / "several.xlsx").write_bytes(saved(book))
    return tmp_path


@pytest.mark.parametrize(
    ("given", "table", "amount"),
    [
        ("holdings=bank.csv", "holdings", "1"),
        (" Lån = bank.csv", "Lån", None),
        ("holdings=one.xlsx", "holdings", 1),
        ("holdings=one.xlsx#Sheet", "holdings", 1),
        ("holdings=several.xlsx#innehav", "holdings", 1),
        ("holdings=several.xlsx#Lån", "holdings", 2),
        ("holdings=several.xlsx#La\u030an", "holdings", 2),
        ("innehav=several.xlsx", "innehav", 1),
    ],
)
def test_a_table_that_is_said(folder, given, table, amount):
    if " = " in given:
        (folder / " bank.csv").write_text(ROWS, encoding="utf-8")
        amount = "1"
    tables, _, told = find_tables([given])
    assert (list(tables), told) == ([table], [])
    assert tables[table].cells[1] == (amount,)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("holdings=several.xlsx", "PD912"),
        ("holdings=several.xlsx#Inehav", "PD913"),
        ("holdings=several.xlsx#hidden", "PD913"),
        ("holdings=bank.csv#Innehav", "PD913"),
        ("holdings=several.xlsx#broken", "PD309"),
        ("holdings=absent.csv", "PD300"),
        ("holdings=bank.txt", "PD319"),
        ("holdings=postgres:owned", "PD769"),
    ],
)
def test_what_is_refused(folder, given, code):
    (folder / "bank.txt").write_text(ROWS, encoding="utf-8")
    assert code in [one.code for one in find_tables([given])[2] if one.is_error]


def test_two_tables_of_one_file_and_a_file_whose_name_has_the_signs(folder):
    assert list(find_tables(["a=several.xlsx#Innehav", "b=several.xlsx#Lån"])[0]) == ["a", "b"]
    assert codes(find_tables(["a=several.xlsx#Innehav", "a=several.xlsx#Lån"])[2]) == ["PD302"]
    (folder / "x=y.csv").write_text(ROWS, encoding="utf-8")
    (folder / "y#1.csv").write_text(ROWS, encoding="utf-8")
    assert list(find_tables(["x=y.csv", "b=y#1.csv"])[0]) == ["x=y", "b"]


def test_values_of_a_run(folder):
    (folder / "values.csv").write_text("name;value\nfloor;90 %\n", encoding="utf-8")
    assert find_tables(["parameters=values.csv"])[:2] == ({}, {"floor": "90 %"})


@pytest.mark.parametrize("data", ["holdings=bank.csv", "holdings=one.xlsx", "holdings=several.xlsx#Innehav"])
def test_commands(folder, capsys, data):
    (folder / "trades.csv").write_text("instrument;amount\nb;5\n", encoding="utf-8")
    assert run(["check", "example.policy", data]) == 0
    assert run(["check", "example.policy", data, "--record", "runs.db", "--as-of", "2026-01-31"]) == 0
    assert run(["what-if", "example.policy", data, "--trades", "trades.csv"]) == 0
    assert run(["report", "--template", "board", "example.policy", data, "-o", "report.md"]) == 0
    assert run(["compare", "example.policy", "example.policy", data]) == 0
    assert run(["map", data, "example.policy"]) == 0
    assert run(["check", "example.policy", data, "-o", data.partition("=")[2].partition("#")[0]]) == 2
    assert "PD412" in capsys.readouterr().err


def test_a_file_by_its_own_name_is_told_how_it_is_handed_in(folder, capsys):
    run(["check", "example.policy", "bank.csv"])
    assert "hand it in as `holdings=bank.csv`" in " ".join(capsys.readouterr().out.split())
    run(["check", "example.policy", "several.xlsx#Innehav"])
    assert "PD300" in capsys.readouterr().err
