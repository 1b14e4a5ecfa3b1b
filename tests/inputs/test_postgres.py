"""Tables of PostgreSQL, on a server of the tests' own."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import psycopg
import pytest
from engines import postgres
from sqlalchemy import create_engine

from policydsl.inputs.read import find_tables
from policydsl.inputs.sheet import Wrong

from .server_tables import cells, is_read_in_pieces, one_state, patience_of_a_second, refusal

pytestmark = pytest.mark.skipif(postgres.reason() is not None, reason=postgres.reason() or "")

MADE = """
create schema finance;
create type rating as enum ('AAA', 'AA+');
create domain amount as numeric(38, 2);
create table holdings (
  instrument text primary key, day date, value amount, exact numeric, double float8, single float4, small smallint,
  large bigint, flag boolean, grade rating, code char(4), id uuid, cash money);
insert into holdings values
  ('b', '2015-01-31', 12345678901234567890.12, 0.10, 0.1, 0.1, -1, 9007199254740993, true, 'AAA', 'SE',
   '00000000-0000-0000-0000-000000000001', 1.5),
  ('a', null, null, null, null, null, null, null, null, null, null, null, null);
create table finance.loans (loan text, amount numeric, paid timestamptz, due timestamp, noted timestamp);
insert into finance.loans values
  ('x', 1, '2015-01-30 23:00+00', '2015-01-31 00:00', '2015-01-31 12:00'),
  ('y', 'NaN', null, null, null);
create table finance.far (day date); insert into finance.far values ('infinity');
create table finance.odd (a int[], b json, c interval, d bytea, e time);
insert into finance.odd values ('{1,2}', '{"a": 1}', '1 day', '\\x00ff', '12:00');
create materialized view summary as select count(*) as rows from holdings;
create view "Sum, of all" as select sum(exact) as total from holdings;
create table secret (x int);
create role reader login;
grant select on holdings to reader;
grant usage on schema finance to reader;
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server with a few tables, by the options of its addresses."""
    with postgres.server() as known:
        with psycopg.connect(known) as connection:
            connection.execute(MADE)
        yield known


@pytest.fixture
def address(server):
    """What stands before the `#`."""
    place = dict(part.split("=") for part in server.split())
    return f"postgresql://{place['user']}@/{place['dbname']}?host={place['host']}"


def test_cells_are_exact(address):
    assert cells(f"{address}#holdings") == {
        "instrument": ("a", "b"),
        "day": (None, date(2015, 1, 31)),
        "value": (None, Decimal("12345678901234567890.12")),
        "exact": (None, Decimal("0.10")),
        "double": (None, Decimal("0.1")),
        "single": (None, Decimal("0.1")),
        "small": (None, -1),
        "large": (None, 9007199254740993),
        "flag": (None, True),
        "grade": (None, "AAA"),
        "code": (None, "SE  "),
        "id": (None, "00000000-0000-0000-0000-000000000001"),
        "cash": (None, "$1.50"),
    }


def test_moments_and_what_is_no_number_are_told(address):
    found = cells(f"{address}#finance.loans")
    (paid, _), (due, _), (noted, _) = found["paid"], found["due"], found["noted"]
    assert isinstance(paid, Wrong) and paid.code == "PD856"
    assert due == date(2015, 1, 31)
    assert isinstance(noted, Wrong) and noted.code == "PD334"
    assert found["amount"] == (1, Wrong("PD330", (("cell", "NaN"),)))
    assert {cell[0].code for cell in cells(f"{address}#finance.odd").values()} == {"PD333"}


def test_views_queries_and_other_schemas(address):
    assert cells(f"{address}#summary") == {"rows": (2,)}
    assert cells(f"{address}#x=Sum, of all") == {"total": (Decimal("0.10"),)}
    assert cells(f"{address}#x=select 7 % 4 as a, ':b' as c where 'x' like '%x%'") == {"a": (3,), "c": (":b",)}
    assert list(find_tables([f"{address}#holdings,finance.loans"])[0]) == ["holdings", "loans"]


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        ("loans", "PD854", "did you mean `finance.loans`?"),
        ("Holdings", "PD854", "did you mean `holdings`?"),
        ("finance.loan", "PD854", "did you mean `finance.loans`?"),
        ("x=select a from holdings", "PD855", 'column "a" does not exist'),
        ("x=with t as (delete from holdings returning *) select * from t", "PD855", "data-modifying"),
        ("x=select nextval('s')", "PD855", "does not exist"),
        ("finance.far", "PD855", "infinity"),
        ("", "PD853", "`finance.loans`"),
    ],
)
def test_what_can_not_be_read_is_told(address, asked, code, said):
    refusal(f"{address}#{asked}", code, said)


def test_an_error_does_not_end_the_transaction(address):
    tables, _, told = find_tables([f"{address}#x=select a", f"{address}#holdings", f"{address}#y=select b"])
    assert (list(tables), [one.code for one in told if one.is_error]) == (["holdings"], ["PD855", "PD855"])


@pytest.mark.parametrize("asked", ["secret", "finance.loans", "x=select * from secret"])
def test_what_may_not_be_read_is_told(address, asked):
    refusal(f"{address.replace('policydsl@', 'reader@')}#{asked}", "PD857", "permission denied")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("policydsl@", "nobody@"), 'role "nobody" does not exist'),
        (("/postgres?", "/nowhere?"), 'database "nowhere" does not exist'),
        (("?host=", "?host=/nowhere"), "No such file"),
    ],
)
def test_a_database_that_does_not_open_is_told(address, changed, said):
    wrong = address.replace(*changed).replace("@/", ":hush@/")
    assert "hush" not in str(refusal(f"{wrong}#t", "PD852", said))


def test_a_server_that_does_not_answer_is_waited_for_no_longer_than_said(monkeypatch):
    import socket

    with patience_of_a_second(monkeypatch), socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://me:hush@127.0.0.1:{silent.getsockname()[1]}/db#t"
        assert "hush" not in str(refusal(address, "PD852", "timeout"))


def test_a_service_file_says_where_the_server_is(address, tmp_path, monkeypatch):
    host = address.partition("host=")[2]
    (tmp_path / "services").write_text(f"[treasury]\nhost={host}\nuser=policydsl\ndbname=postgres\n", encoding="utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    assert cells("postgresql:///?service=treasury#summary") == {"rows": (2,)}


def test_all_tables_of_a_run_are_of_one_state(server, address, monkeypatch):
    def write():
        with psycopg.connect(server) as writer:
            writer.execute("update holdings set small = coalesce(small, 0) + 1")

    one_state(
        address,
        create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(server)),
        write,
        monkeypatch,
    )


def test_a_table_that_is_held_is_waited_for_no_longer_than_said(server, address, monkeypatch):
    with patience_of_a_second(monkeypatch), psycopg.connect(server) as holder:
        holder.execute("lock table holdings in access exclusive mode")
        refusal(f"{address}#holdings", "PD855", "lock timeout")


def test_a_million_cells_come_in_pieces(address):
    query = "select n, n::text as t, 'x' as c from generate_series(1, 100000) as n"
    found = is_read_in_pieces(address, query)
    assert len({id(text) for text in found["c"]}) == 1
