"""Tables of MariaDB, on a server of the tests' own where it is installed, by way of the driver PyMySQL."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from engines import mariadb
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

import policydsl
from policydsl.inputs.databases import opening
from policydsl.inputs.databases.address import read_address
from policydsl.inputs.sheet import Wrong

from .server_tables import cells, is_read_in_pieces, one_state, patience_of_a_second, refusal
from .sheets import codes

pytestmark = pytest.mark.skipif(mariadb.reason() is not None, reason=mariadb.reason() or "")

MADE = """
set sql_mode = '';
create database treasury character set utf8mb4;
use treasury;
create table holdings (
  instrument varchar(40) primary key, day date, value decimal(38, 2), exact decimal(10, 4), `double` double,
  small smallint unsigned, large bigint unsigned, flag tinyint(1), agreed boolean, bit bit(1), grade enum('AAA', 'AA+'),
  several set('a', 'b'), code char(4), due datetime, seen timestamp null, of year, filled int(5) zerofill, js json,
  old varchar(20) character set latin1);
insert into holdings values
  ('b åäö 😀', '2015-01-31', 123456789012345678901234567890123456.12, 0.1000, 0.1, 65535, 18446744073709551615, 1, 0,
   b'1', 'AA+', 'a,b', 'SE', '2015-01-31 00:00:00', '2015-01-31 00:00:00', 2015, 7, '{"a": 1}', 'Örebro'),
  ('a', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
create table odd (noted datetime, c time, d varbinary(4), id uuid, single float);
insert into odd values
  ('2015-01-31 12:00:00', '12:00:00', x'00ff', '00000000-0000-0000-0000-000000000001', 1234567.5),
  (null, null, null, null, null);
create table never (instrument varchar(20) primary key, day date, due datetime);
insert into never values ('a', '0000-00-00', '0000-00-00 00:00:00'), ('b', '2015-00-00', null);
create view `Sum of all` as select sum(exact) as total from holdings;
create database finance;
create table finance.loans (loan varchar(20), amount decimal(12, 2));
insert into finance.loans values ('x', 1.50);
create user reader@localhost identified by 'hem;lig@';
grant select on treasury.holdings to reader@localhost;
"""


@pytest.fixture(scope="module")
def socket() -> Iterator[str]:
    """A server with a few tables, by its socket."""
    with mariadb.server() as known:
        written(known, *MADE.split(";\n"))
        yield known


def written(socket: str, *statements: str) -> None:
    """Runs statements as a user who may do anything."""
    import pymysql

    connection = pymysql.connect(unix_socket=socket, user="root", autocommit=True)
    with connection, connection.cursor() as cursor:
        for statement in filter(str.strip, statements):
            cursor.execute(statement)


@pytest.fixture(params=["mysql", "mariadb"])
def address(request, socket):
    """What stands before the `#`, under both names."""
    return f"{request.param}://root@/treasury?unix_socket={socket}"


def test_cells_are_exact(address):
    assert cells(f"{address}#holdings") == {
        "instrument": ("a", "b åäö 😀"),
        "day": (None, date(2015, 1, 31)),
        "value": (None, Decimal("123456789012345678901234567890123456.12")),
        "exact": (None, Decimal("0.1000")),
        "double": (None, Decimal("0.1")),
        "small": (None, 65535),
        "large": (None, 18446744073709551615),
        "flag": (None, 1),
        "agreed": (None, 0),
        "bit": (None, 1),
        "grade": (None, "AA+"),
        "several": (None, "a,b"),
        "code": (None, "SE"),
        "due": (None, date(2015, 1, 31)),
        "seen": (None, date(2015, 1, 31)),
        "of": (None, 2015),
        "filled": (None, 7),
        "js": (None, '{"a": 1}'),
        "old": (None, "Örebro"),
    }


def test_what_is_no_value_of_a_table_is_refused_where_it_is_read(address):
    found = cells(f"{address}#odd")
    assert found.pop("id") == ("00000000-0000-0000-0000-000000000001", None)
    assert {name: (first.code, second) for name, (first, second) in found.items()} == {
        "noted": ("PD334", None), "c": ("PD333", None), "d": ("PD333", None), "single": ("PD983", None),
    }  # fmt: skip
    assert all(isinstance(first, Wrong) for first, _ in found.values())


def test_a_float_is_read_by_a_query_that_says_its_decimals(address):
    assert cells(f"{address}#x=select cast(single as decimal(20, 1)) as single from odd")["single"] == (
        Decimal("1234567.5"), None,
    )  # fmt: skip


BOOK = """\
rulebook "Treasury"
table holdings, each holding
  instrument text, key
  day        date
  exact      money in SEK
  agreed     yes/no
  flag       yes/no
rule flagged: each holding where flag: agreed
"""


def test_truth_values_are_yes_and_no(address, tmp_path):
    (tmp_path / "b.policy").write_text(BOOK, encoding="utf-8")
    report = policydsl.load(tmp_path / "b.policy").check({"holdings": f"{address}#holdings"})
    assert {one.id: one.outcome for one in report.verdicts} == {"flagged": "breach"}


def test_a_day_that_is_none_is_refused_with_its_row(address, tmp_path):
    (tmp_path / "b.policy").write_text(BOOK, encoding="utf-8")
    book = policydsl.load(tmp_path / "b.policy")
    with pytest.raises(policydsl.DataError) as refused:
        book.check({"holdings": f"{address}#never"})
    told = [(one.code, one.where.row, one.message) for one in refused.value.diagnostics if one.is_error]
    assert [(code, row) for code, row, _ in told] == [("PD324", 1), ("PD324", 2)]
    assert "`0000-00-00` is not a date" in told[0][2]
    query = "select instrument, nullif(day, 0) as day from never where instrument = 'a'"
    assert cells(f"{address}#x={query}")["day"] == (None,)


def test_views_schemas_and_queries(address):
    assert cells(f"{address}#Sum of all") == {"total": (Decimal("0.1000"),)}
    assert cells(f"{address}#finance.loans") == {"loan": ("x",), "amount": (Decimal("1.50"),)}
    assert cells(f"{address}#x=select code from holdings where instrument like 'b%'") == {"code": ("SE",)}


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        ("holding", "PD854", "did you mean `holdings`?"),
        ("loans", "PD854", "did you mean `finance.loans`?"),
        ("x=select a from holdings", "PD855", "says “Unknown column 'a'"),
        ("", "PD853", "`finance.loans`"),
    ],
)
def test_what_can_not_be_read_is_told(address, asked, code, said):
    told = refusal(f"{address}#{asked}", code, said)
    assert "performance_schema" not in told.message and "mysql." not in told.message


def test_what_may_not_be_read_is_told(address):
    own = address.replace("root@", "reader:hem%3Blig%40@")
    assert cells(f"{own}#holdings")["code"] == (None, "SE")
    assert "hem" not in str(refusal(f"{own}#x=select * from never", "PD857", ""))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("root@", "nobody:hush@"), "says “Access denied for user"),
        (("/treasury?", "/nowhere?"), "says “Unknown database 'nowhere'”"),
        (("unix_socket=", "unix_socket=/nowhere"), "Can't connect"),
    ],
)
def test_a_database_that_does_not_open_is_told(address, changed, said):
    assert "hush" not in str(refusal(f"{address.replace(*changed)}#t", "PD852", said))


def test_all_tables_of_a_run_are_of_one_state(socket, address, monkeypatch):
    statement = "update treasury.holdings set small = coalesce(small, 0) - 1 where instrument like 'b%'"
    engine = create_engine(read_address(f"{address}#x").url)
    told = one_state(address, engine, lambda: written(socket, statement), monkeypatch)
    assert "PD858" not in codes(told)
    written(socket, "update treasury.holdings set small = 65535 where instrument like 'b%'")


def test_nothing_is_written(address):
    engine = opening.engine_of(read_address(f"{address}#x"))
    with opening.snapshot(engine) as connection, pytest.raises(SQLAlchemyError, match="READ ONLY"):
        connection.exec_driver_sql("delete from holdings")


def test_a_table_that_is_held_is_waited_for_no_longer_than_said(socket, address, monkeypatch):
    import pymysql

    connected = pymysql.connect(unix_socket=socket, user="root", database="treasury")
    with patience_of_a_second(monkeypatch), connected as holder:
        holder.cursor().execute("lock tables holdings write")
        refusal(f"{address}#holdings", "PD855", "Lock wait timeout")


def test_a_million_cells_come_in_pieces(address):
    query = "select seq as n, cast(seq as char) as t, 'x' as c from seq_1_to_100000"
    is_read_in_pieces(address, query)
