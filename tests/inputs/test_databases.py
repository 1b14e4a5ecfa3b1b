"""Tables of SQLite databases, and the addresses of any."""

import sqlite3
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import create_engine

import policydsl
from policydsl.cli import run
from policydsl.data.from_sheets import fit
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.databases import rows
from policydsl.inputs.databases.address import Asked, asked_by, file_of, is_address, read_address
from policydsl.inputs.read import find_tables
from policydsl.inputs.sheet import Wrong

from .sheets import codes

ROWS = [
    ("2015-01-31", "gov bond", "Staten", "80.10"),
    ("2015-01-31", "bank bond", "Banken", 20),
    ("2015-01-31", "loan", None, 0.1),
]


@pytest.fixture
def treasury(tmp_path, monkeypatch):
    """A SQLite database in the folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    with sqlite3.connect("treasury.db") as database:
        database.execute("create table holdings (date text, instrument text primary key, issuer text, market_value)")
        database.executemany("insert into holdings values (?, ?, ?, ?)", ROWS)
        database.execute('create table "Innehav, år 2015" ("Värde (tkr)" numeric, x blob)')
        database.execute("""insert into "Innehav, år 2015" values (1.25, x'00ff')""")
        database.execute("create view total as select count(*) as market_value from holdings")
    database.close()
    return tmp_path


def cells(address):
    """The cells of the one table of an address, by heading."""
    tables, _, told = find_tables([address])
    (sheet,) = tables.values()
    return dict(zip(sheet.headings, sheet.cells, strict=True)), codes(told)


def test_cells_are_what_they_are_in_the_file_and_rows_come_by_key(treasury):
    found, told = cells("sqlite:///treasury.db#holdings")
    assert found == {
        "date": ("2015-01-31",) * 3,
        "instrument": ("bank bond", "gov bond", "loan"),
        "issuer": ("Banken", "Staten", None),
        "market_value": (20, "80.10", Decimal("0.1")),
    }
    assert told == ["PD329"]


@pytest.mark.parametrize("text", ["2015-01-31 00:00:00", "2015-01-31T00:00:00", "2015-01-31 00:00:00.000000"])
def test_a_midnight_that_sqlite_keeps_as_a_text_is_a_date(treasury, text):
    with sqlite3.connect("treasury.db") as database:
        database.execute("create table moments (date timestamp)")
        database.executemany("insert into moments values (?)", [(text,), ("2015-01-31 09:30:00",)])
    database.close()
    assert cells("sqlite:///treasury.db#holdings=moments") == ({"date": ("2015-01-31", "2015-01-31 09:30:00")}, [])


def test_blobs_are_no_values_and_headings_are_kept(treasury):
    found, _ = cells("sqlite:///treasury.db#holdings=Innehav, år 2015")
    assert found == {"Värde (tkr)": (Decimal("1.25"),), "x": (Wrong("PD333", (("cell", "2 bytes"),)),)}


def test_views_and_queries_are_read(treasury):
    assert cells("sqlite:///treasury.db#holdings=total")[0] == {"market_value": (3,)}
    query = "select instrument as 'n%', issuer from holdings where issuer like 'S%' -- :x #"
    assert cells(f"sqlite:///{treasury}/treasury.db#holdings={query}")[0] == {
        "n%": ("gov bond",),
        "issuer": ("Staten",),
    }


def test_places_say_which_row_of_which_table(treasury):
    tables, _, _ = find_tables(["sqlite:///treasury.db#x=holdings"])
    assert str(tables["x"].place(3, 1)) == "sqlite:///treasury.db#x, row 2, column market_value"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", ()),
        ("holdings", (Asked("holdings", "holdings"),)),
        ("a, fin.b", (Asked("a", "a"), Asked("b", "fin.b"))),
        ("a=fin.b", (Asked("a", "fin.b"),)),
        (" a = select x, y from t where x = 1", (Asked("a", "select x, y from t where x = 1"),)),
        ("a=WITH t AS (SELECT 1) SELECT * FROM t", (Asked("a", "WITH t AS (SELECT 1) SELECT * FROM t"),)),
    ],
)
def test_what_is_asked(text, asked):
    assert asked_by(text) == asked
    assert [each.is_query for each in asked] == [" " in each.source for each in asked]


@pytest.mark.parametrize("text", ["holdings.csv", "C:\\data\\x.csv", "a/b#c", "x:y", "://", "1://x"])
def test_paths_are_no_addresses(text):
    assert not is_address(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("postgres://me:se#cret@host/db#t", "%23"),
        ("postgres://me:se@cret@host/db#t", "%40"),
        ("postgresql://me:secret@host:port/db#t", "postgresql://user@host/database#holdings"),
        ("postgresql://me:$NO_SUCH_SECRET@host/db#t", "NO_SUCH_SECRET"),
        ("postgre://me:secret@host/db#t", "none of the databases"),
        ("holdings=postgres://me:se#cret@host/db", "%23"),
        ("https://me:secret@host/holdings.csv", "download"),
        ("file:" + "///x/holdings.csv", "`/x/holdings.csv`"),
    ],
)
def test_wrong_addresses_are_told_without_their_secrets(text, said):
    found = read_address(text)
    assert isinstance(found, Diagnostic)
    assert found.code == "PD850"
    assert said in found.message
    assert "cret@" not in str(found) and "secret" not in str(found)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("holdings=sqlite:///x.db", Asked("holdings", "holdings")),
        ("holdings=sqlite:///x.db#positions", Asked("holdings", "positions")),
        ("holdings=sqlite:///x.db#a=b", Asked("holdings", "b")),
    ],
)
def test_the_table_may_stand_in_front(text, asked):
    found = read_address(text)
    assert not isinstance(found, Diagnostic)
    assert (is_address(text), found.asked, file_of(text)) == (True, (asked,), "x.db")
    refused = read_address("holdings=sqlite:///x.db#a,b")
    assert isinstance(refused, Diagnostic) and refused.code == "PD850"


def test_password_comes_from_the_environment_and_is_never_shown(monkeypatch):
    monkeypatch.setenv("TREASURY_PASSWORD", "s:e@c/r#et")
    found = read_address("mysql+pymysql://me:$TREASURY_PASSWORD@host:3306/db?ssl_key=hush#t")
    assert not isinstance(found, Diagnostic)
    assert "s%3Ae%40c%2Fr%23et" in found.url
    assert found.shown == "mysql://host:3306/db"
    assert "et" not in repr(found) and "hush" not in repr(found)


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("sqlite:///treasury.db", "PD853", "`Innehav, år 2015`, `holdings`, `total`"),
        ("sqlite:///treasury.db#holding", "PD854", "did you mean `holdings`?"),
        ("sqlite:///treasury.db#holdings=main.holdin", "PD854", "did you mean `holdings`?"),
        ("sqlite:///tresury.db#holdings", "PD300", "did you mean `treasury.db`?"),
        ("sqlite:///.#holdings", "PD300", "`.`"),
        ("sqlite://treasury.db#holdings", "PD850", "sqlite:///treasury.db#holdings"),
        ("sqlite://#holdings", "PD850", "sqlite:///treasury.db#holdings"),
        ("sqlite:///treasury.db#x=select nowhere from holdings", "PD855", "no such column: nowhere"),
        ("sqlite:///treasury.db#x=with t as (select 1) delete from holdings", "PD855", "readonly"),
        ("sqlite:///treasury.db#x=delete from holdings", "PD854", "`delete from holdings`"),
        ("sqlite:///text.db#x", "PD852", "not a database"),
        ("treasury.db", "PD319", "`sqlite:///treasury.db#TABLE`"),
        ("mysql+nosuchdriver://host/db#x", "PD851", "nosuchdriver"),
    ],
)
def test_what_can_not_be_read_is_told(treasury, address, code, said):
    (treasury / "text.db").write_text("date,instrument\n" * 100, encoding="utf-8")
    tables, _, told = find_tables([address])
    assert (tables, codes(told)) == ({}, [code])
    assert said in told[0].message + "".join(told[0].hints)


def test_one_wrong_table_does_not_hide_another(treasury):
    tables, _, told = find_tables(["sqlite:///treasury.db#holdings,a,b"])
    assert (list(tables), sorted(codes(told))) == (["holdings"], ["PD329", "PD854", "PD854"])


def test_nothing_is_written(treasury):
    before = (treasury / "treasury.db").read_bytes()
    find_tables(["sqlite:///treasury.db#holdings", "sqlite:///treasury.db#x=delete from holdings"])
    assert (treasury / "treasury.db").read_bytes() == before
    assert sorted(path.name for path in treasury.iterdir()) == ["treasury.db"]


def test_all_tables_of_a_run_are_of_one_state(treasury, monkeypatch):
    """Somebody writes between the first table and the second: of both the state before is read, or they must wait."""
    with sqlite3.connect("treasury.db") as database:
        database.execute("pragma journal_mode=wal")
    read = rows.rows_of

    def then_write(*arguments):
        found = read(*arguments)
        with sqlite3.connect("treasury.db") as writer:
            writer.execute("update holdings set market_value = 1")
        return found

    monkeypatch.setattr(rows, "rows_of", then_write)
    tables, _, _ = find_tables(["sqlite:///treasury.db#holdings", "sqlite:///treasury.db#again=holdings"])
    assert tables["holdings"].cells == tables["again"].cells
    assert find_tables(["sqlite:///treasury.db#holdings"])[0]["holdings"].cells[3] == (1, 1, 1)


def test_too_many_cells_are_refused(treasury, monkeypatch):
    monkeypatch.setattr(rows, "MOST_CELLS", 11)
    assert codes(find_tables(["sqlite:///treasury.db#holdings"])[2]) == ["PD855"]


def test_without_sqlalchemy_it_is_told_what_to_install(treasury, monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    told = find_tables(["sqlite:///treasury.db#holdings"])[2]
    assert codes(told) == ["PD810"]
    assert 'pip install "policydsl[databases]"' in told[0].message


RULEBOOK = """\
rulebook "Small"
  currency SEK
table holdings, each holding
  dated by date
  instrument    text, key
  issuer        text, also "Emittent"
  market_value  money in SEK, not negative
rule whole: sum market_value of holdings <= 100.2 SEK
"""


@pytest.fixture
def rulebook(treasury):
    (treasury / "small.policy").write_text(RULEBOOK, encoding="utf-8")
    return policydsl.load("small.policy")


def test_a_program_hands_in_addresses_engines_and_connections(rulebook):
    engine = create_engine("sqlite:///treasury.db")
    by_address = rulebook.check({"holdings": "sqlite:///treasury.db#holdings"})
    assert (by_address.as_of, by_address.outcome) == (date(2015, 1, 31), "pass")
    assert rulebook.check({"holdings": (engine, "holdings")}) == by_address
    assert rulebook.check({"holdings": (engine, "select * from holdings order by instrument")}) == by_address
    with engine.connect() as connection:
        connection.exec_driver_sql("insert into holdings values ('2015-01-31', 'x', 'y', 1)")
        assert rulebook.check({"holdings": (connection, "holdings")}).outcome == "breach"
        connection.rollback()
    assert rulebook.check({"holdings": (engine, "holdings")}) == by_address


def test_a_program_is_told_what_is_wrong(rulebook):
    with pytest.raises(policydsl.DataError, match="PD854"):
        rulebook.check({"holdings": "sqlite:///treasury.db#nothing"})
    with pytest.raises(policydsl.DataError, match=r"PD850: .* one table"):
        rulebook.check({"holdings": "sqlite:///treasury.db#holdings,total"})
    with pytest.raises(policydsl.DataError, match="PD850"):
        rulebook.check({"holdings": "nosuch://treasury.db#holdings"})


def test_commands_read_databases(rulebook, capsys):
    assert run(["check", "small.policy", "sqlite:///treasury.db#holdings"]) == 0
    assert capsys.readouterr().out.startswith("PASS")
    query = "select date, instrument as Papper, issuer as Emittent, market_value as 'market value' from holdings"
    assert run(["map", f"sqlite:///treasury.db#innehav={query}", "small.policy"]) == 0
    assert '"market value" = "market_value"' in capsys.readouterr().out
    sheets, _, _ = find_tables(["sqlite:///treasury.db#holdings"])
    assert len(fit(rulebook.model, sheets, None).tables["holdings"]) == 3


def test_a_report_does_not_take_the_place_of_the_database(rulebook, capsys):
    before = Path("treasury.db").read_bytes()
    arguments = ["check", "small.policy", "sqlite:///treasury.db#holdings", "--format", "json", "-o", "treasury.db"]
    assert run(arguments) == 2
    assert "PD412" in capsys.readouterr().err
    assert Path("treasury.db").read_bytes() == before
