"""A recorded run is made again, byte for byte, in every form, from what was recorded alone."""

import shutil
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy
import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import policydsl
from policydsl.cli import run
from policydsl.diagnostics import DataPlace, Diagnostic, Label, Severity
from policydsl.inputs.sheet import InUnit, Percent, Sheet, Wrong
from policydsl.records import Record, RecordError
from policydsl.records.packing import (
    message_body,
    message_of,
    packed,
    sheet_of,
    sheet_text,
    supplied_body,
    supplied_of,
    unpacked,
)
from policydsl.reports.renderings import FORMS
from policydsl.source import Span

from .conftest import POLICY

ROOT = Path(__file__).resolve().parents[2]
BOOKS = [
    ("midtjylland", "2009-12-31", ()),
    ("borlange", "2015-01-31", ("--set", "liabilities_value=350 MSEK", "--scenarios")),
    ("ornskoldsvik", "brister", ()),
]


@pytest.mark.parametrize(("book", "data", "options"), BOOKS)
def test_shipped_rulebooks(book, data, options, tmp_path, monkeypatch):
    for name in ("rulebooks", "examples"):
        (tmp_path / name).mkdir()
        shutil.copytree(ROOT / name / book, tmp_path / name / book)
    shutil.copytree(ROOT / "rulebooks" / "standard", tmp_path / "rulebooks" / "standard")
    monkeypatch.chdir(tmp_path)
    forms = ("text", "sarif")
    for form in forms:
        command = ["check", f"rulebooks/{book}", f"examples/{book}/{data}", *options, "--format", form]
        assert run([*command, "--record", "runs.db", "-o", f"{form}.one"]) in (0, 1, 3)
    shutil.rmtree(tmp_path / "rulebooks")
    shutil.rmtree(tmp_path / "examples")
    for number, form in enumerate(forms, 1):
        assert run(["replay", "runs.db", "--run", str(number), "--format", form, "-o", f"{form}.two"]) == 0
        assert (tmp_path / f"{form}.one").read_bytes() == (tmp_path / f"{form}.two").read_bytes(), form


def test_every_form_byte_for_byte(folder):
    forms = ("text", "json", *FORMS)
    for month in ("january", "february", "march"):
        for form in forms:
            run(["check", "town.policy", month, "--record", "runs.db", "--format", form, "-o", f"{month}-{form}"])
        shutil.rmtree(folder / month)
    (folder / "town.policy").unlink()
    for at, month in enumerate(("january", "february", "march")):
        for number, form in enumerate(forms, 1 + at * len(forms)):
            assert run(["replay", "runs.db", "--run", str(number), "--format", form, "-o", "again"]) == 0
            assert (folder / "again").read_bytes() == (folder / f"{month}-{form}").read_bytes(), (month, form)


def test_layers_and_a_mapping_and_supplied_values(folder, capsys):
    (folder / "common").mkdir()
    (folder / "common" / "common.policy").write_text(
        POLICY.replace('"Town"', '"Common"') + "parameter cap: supplied by the run, money in SEK\n"
        "rule size: portfolio <= cap\n",
        encoding="utf-8",
    )
    (folder / "own.policy").write_text(
        'rulebook "Own" extends "common"\ntighten equities: share where asset_class = equity <= 30%\n', encoding="utf-8"
    )
    (folder / "map.toml").write_text(
        '[holdings]\nfrom = "holdings"\n[holdings.columns]\n"Kurs" = "market_value"\n', encoding="utf-8"
    )
    rows = "date,instrument,issuer,asset_class,rating,maturity,Kurs\n2026-01-31,a,X,equity,A,,1/3\n"
    data = folder / "january" / "holdings.csv"
    data.write_text(rows.replace("1/3", "40"), encoding="utf-8")
    options = ["--map", "map.toml", "--set", "cap=90 SEK", "--format", "json", "--lang", "da"]
    code = run(["check", "own.policy", "january", "--record", "runs.db", *options])
    first = capsys.readouterr()
    assert code == 1, first.err
    for path in (folder / "own.policy", folder / "map.toml", data):
        path.unlink()
    shutil.rmtree(folder / "common")
    assert run(["replay", "runs.db", "--format", "json"]) == 0
    assert capsys.readouterr().out == first.out


def test_from_a_program(tmp_path):
    (tmp_path / "town.policy").write_text(POLICY, encoding="utf-8")
    rulebook = policydsl.load(tmp_path / "town.policy")
    row = {"date": date(2026, 1, 31), "instrument": "a", "issuer": "X", "asset_class": "equity",
           "market_value": Fraction(1, 3)}  # fmt: skip
    with Record(tmp_path / "runs.db", writes=True) as record:
        first = record.check(rulebook, {"holdings": [row, {**row, "instrument": "b", "market_value": Decimal("0.1")}]})
        again, told = record.reports()
        assert told == ()
        assert again.reports[0].to_json() == first.to_json()
        assert str(record.head).startswith("1:")
    (tmp_path / "town.policy").unlink()
    with Record(tmp_path / "runs.db") as record:
        assert record.reports()[0].reports[0] == first


@pytest.mark.parametrize(
    ("type", "value", "outcome"),
    [
        ("number", numpy.float64(1.5), "pass"),
        ("number", numpy.int64(0), "breach"),
        ("number", 1.5, "pass"),
        ("number", Fraction(1, 3), "breach"),
        ("date", datetime(2026, 1, 31), "pass"),
        ("date", pandas.Timestamp("2026-02-01"), "breach"),
        ("yes/no", numpy.bool_(True), "pass"),
        ("text", "x", "pass"),
    ],
)
def test_values_that_a_program_supplies(tmp_path, type, value, outcome):
    holds = {"number": "count of rows <= given", "date": "each row: as_of >= given", "yes/no": "each row: flag = given"}
    rule = holds.get(type, "each row: name != given")
    text = f"""rulebook "Town"
table rows, each row
  name text, key
  flag yes/no
parameter given: supplied by the run, {type}
rule a: {rule}
"""
    (tmp_path / "town.policy").write_text(text, encoding="utf-8")
    rulebook = policydsl.load(tmp_path / "town.policy")
    rows = {"rows": [{"name": "a", "flag": "yes"}]}
    with Record(tmp_path / "runs.db", writes=True) as record:
        first = record.check(rulebook, rows, as_of=date(2026, 1, 31), parameters={"given": value})
        assert first.outcome == outcome
        again, told = record.reports()
        assert (again.reports[0], told) == (first, ())
        assert record.audit(again=True).is_whole


def test_a_run_without_a_day_is_refused(tmp_path):
    (tmp_path / "town.policy").write_text(POLICY.replace("  dated by date\n", "  date text\n"), encoding="utf-8")
    rulebook = policydsl.load(tmp_path / "town.policy")
    with Record(tmp_path / "runs.db", writes=True) as record:
        with pytest.raises(RecordError, match="PD825"):
            record.check(rulebook, {"holdings": [{"instrument": "a", "market_value": 1}]})
        record.check(rulebook, {"holdings": [{"instrument": "a", "market_value": 1}]}, as_of=date(2026, 1, 31))
        assert record.runs()[0].reports[0].as_of == date(2026, 1, 31)


def test_same_data_are_kept_once(folder, capsys):
    for _ in range(3):
        run(["check", "town.policy", "january", "--record", "runs.db"])
    with Record("runs.db") as record, record.database.reading():
        kept = len(record.database.contents())
        assert len(record.database.entries()) == 3
    run(["check", "town.policy", "february", "--record", "runs.db"])
    with Record("runs.db") as record, record.database.reading():
        assert len(record.database.contents()) == kept + 2  # the sheet and the list of verdicts


def test_a_version_that_judges_otherwise_is_told(folder, capsys, monkeypatch):
    run(["check", "town.policy", "january", "--record", "runs.db"])
    monkeypatch.setattr("policydsl.reports.json.SCHEMA_VERSION", "9")
    capsys.readouterr()
    assert run(["replay", "runs.db"]) == 1
    assert "PD828" in capsys.readouterr().err
    assert run(["audit", "runs.db", "--again"]) == 1
    assert "run 1 (2026-01-31) comes out otherwise" in capsys.readouterr().out


# ---------------------------------------------------------------- packing

TEXTS = st.text(st.characters(), max_size=20)
NUMBERS = st.integers() | st.decimals(allow_nan=False, allow_infinity=False)
CELLS = (
    st.none()
    | st.booleans()
    | TEXTS
    | NUMBERS
    | st.fractions()
    | st.dates()
    | st.builds(Percent, st.decimals(allow_nan=False, allow_infinity=False))
    | st.builds(InUnit, NUMBERS, TEXTS)
    | st.builds(Wrong, st.just("PD320"), st.lists(st.tuples(TEXTS, TEXTS)).map(tuple), st.lists(TEXTS).map(tuple))
)


def alike(one, other):
    """Equal, and of the same kind: `1` is not `True` or `1.0`, and `1.50` is not `1.5`."""
    return type(one) is type(other) and (repr(one) == repr(other))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CELLS, max_size=6))
def test_every_cell_comes_back(cells):
    sheet = Sheet("a.csv", None, ("a",), (tuple(cells),), tuple(range(len(cells))), "csv", (1,), ";")
    text = sheet_text(sheet)
    assert text.isascii()
    again = sheet_of(unpacked(text))
    assert again == sheet
    assert all(map(alike, again.cells[0], sheet.cells[0]))


@given(st.dictionaries(TEXTS, TEXTS | NUMBERS | st.fractions() | st.dates() | st.booleans() | st.lists(TEXTS)))
def test_every_supplied_value_comes_back(values):
    assert supplied_of(unpacked(packed(supplied_body(values)))) == values


@pytest.mark.parametrize("where", [None, Span("a", 1, 2), DataPlace("a.csv", None, 3, "x")])
def test_every_message_comes_back(where):
    one = Diagnostic("PD300", Severity.WARNING, "x", where, (Label(Span("a", 1, 2), "y"),), ("z",), (("a", "b"),))
    again = message_of(unpacked(packed(message_body(one))))
    assert again == one
    assert again.blanks == one.blanks


def test_tables_that_are_judged_where_they_stand_are_not_recorded(folder, capsys):
    """A record holds the rows; whoever wants them in it has them loaded."""
    assert run(["check", "town.policy", "holdings=duckdb:town.db#holdings", "--record", "runs.db"]) == 2
    assert "PD769" in capsys.readouterr().err
    frame = pandas.read_csv("january/holdings.csv", dtype={"market_value": "int64"})
    (folder / "parquet").mkdir()
    frame.to_parquet("parquet/holdings.parquet")
    command = ["check", "town.policy", "parquet/holdings.parquet", "--engine", "duckdb", "--record", "runs.db"]
    assert run(command) == 0
    out = capsys.readouterr().out
    (folder / "parquet" / "holdings.parquet").unlink()
    assert run(["replay", "runs.db"]) == 0
    assert capsys.readouterr().out == out
