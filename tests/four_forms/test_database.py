"""The database of examples/four_forms: what the rulebook says of it, and what PostgreSQL works out itself."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import psycopg
import pytest
from engines import postgres

import policydsl
from policydsl.api import check_files_by_all
from policydsl.cli import run

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "examples" / "four_forms" / "database" / "treasury.sql"
RULEBOOK = ROOT / "rulebooks" / "model"
DAY = date(2026, 1, 31)

pytestmark = pytest.mark.skipif(postgres.reason() is not None, reason=postgres.reason() or "")

DEBT = "(select sum(nominal) from treasury.loans)"
FIXINGS = """
(select nominal as amount, next_fixing as until from treasury.loans
 union all select nominal, pays_until from treasury.swaps
 union all select -nominal, gets_until from treasury.swaps)
"""
WITHIN = """
select max(part) / {debt} from (
  select (select sum(b.nominal) from treasury.loans b
          where b.due >= a.due and b.due < a.due + interval '12 months') as part
  from treasury.loans a) windows
"""
SHARES = {
    ("2.1b", None): f"select coalesce(sum(nominal), 0) / {DEBT} from treasury.loans where due <= date '2027-01-31'",
    **{
        ("2.3b", name): f"select coalesce(sum(nominal) filter (where name <> 'Kommuninvest'), 0) / {DEBT}"
        f" from treasury.loans join treasury.banks on id = lender where name = '{name}'"
        for name in ("Nordlig Bank", "Exempelbanken")
    },
    ("2.4a", None): f"select sum(nominal) / {DEBT} from treasury.swaps",
    **{
        ("2.4c", name): "select sum(nominal) filter (where name = '" + name + "') / sum(nominal) from treasury.swaps"
        " join treasury.banks on id = counterparty"
        for name in ("Nordlig Bank", "Exempelbanken", "Sydbanken")
    },
}
MOST = {"2.1b": Fraction(40, 100), "2.3b": Fraction(40, 100), "2.4a": Fraction(1), "2.4c": Fraction(60, 100)}
BANDS = {
    "2.2[< 12 months": ("until < date '2027-01-31'", 10, 50),
    "2.2[12 months..<36 months": ("until >= date '2027-01-31' and until < date '2029-01-31'", 0, 60),
    "2.2[36 months..<60 months": ("until >= date '2029-01-31' and until < date '2031-01-31'", 0, 60),
    "2.2[>= 60 months": ("until >= date '2031-01-31'", 0, 60),
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres.server() as known:
        with psycopg.connect(known) as connection:
            connection.execute(SCRIPT.read_text(encoding="utf-8"))
        yield known


@pytest.fixture
def address(server):
    place = dict(part.split("=") for part in server.split())
    return f"postgresql://reader@/{place['dbname']}?host={place['host']}#loans,swaps,counterparties"


def asked(server, query):
    with psycopg.connect(server) as connection:
        (found,) = connection.execute(query).fetchone()
    return found


def test_verdicts_are_what_the_database_works_out(server, address):
    reports, told = check_files_by_all([policydsl.load(RULEBOOK)], [address], DAY)
    assert reports is not None, [one.message for one in told if one.is_error]
    (report,) = reports.reports
    outcomes = {(one.id, one.group[0][1] if one.group else None): one for one in report.verdicts}
    for (rule, name), query in SHARES.items():
        found, one = Fraction(asked(server, query.replace(" / ", "::numeric(60, 40) / "))), outcomes[rule, name]
        within = found <= MOST[rule]
        assert (one.outcome in ("pass", "warning"), rule, name) == (within, rule, name)
        assert abs(one.part.amount.value / one.part.base.value - found) < Fraction(1, 10**15)
    total = Fraction(asked(server, f"select sum(amount) from {FIXINGS} f"))
    for start, (condition, least, most) in BANDS.items():
        amount = Fraction(asked(server, f"select coalesce(sum(amount), 0) from {FIXINGS} f where {condition}"))
        one = next(verdict for (id, _), verdict in outcomes.items() if id.startswith(start))
        assert (one.part.amount.value, one.part.base.value) == (amount, total)
        within = least <= 100 * amount / total <= most
        assert (one.id, one.outcome) == (one.id, "pass" if within else "breach")
    windows = Fraction(asked(server, WITHIN.format(debt=DEBT).replace("max(part)", "max(part)::numeric(60, 40)")))
    assert (outcomes["2.1a", None].outcome == "pass") == (windows <= Fraction(1, 2))
    foreign = asked(server, "select count(*) from treasury.loans where currency <> 'SEK'")
    assert (outcomes["2.3a", None].outcome, foreign) == ("breach", 1)
    weak = "select count(*) from treasury.swaps join treasury.banks on id = counterparty where rating = 'BBB+'"
    assert (outcomes["2.4b", None].outcome, asked(server, weak)) == ("breach", 1)


def test_command_of_the_page(address, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    page = (SCRIPT.parent / "README.md").read_text(encoding="utf-8")
    assert "policydsl check rulebooks/model 'postgresql://reader@/treasury#loans,swaps,counterparties'" in page
    assert run(["check", "rulebooks/model", address, "--as-of", "2026-01-31"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("BREACH: ") and err == ""
