"""Names that hardly differ and by which rows are grouped are told, with their rows and amounts."""

import time

import pytest

import policydsl
from policydsl.api import check_files
from policydsl.cli import run

from .fitting import codes, fitted

TABLE = "table holdings, each holding\n  name text, key\n  issuer text\n  group text\n  amount money in SEK\n"
RULE = "rule each: per issuer: sum amount of holdings <= 100 SEK\n"


def issuers(*names, rule=RULE, table=TABLE, **tables):
    rows = "".join(f'n{at};"{name}";{10 * (at + 1)}\n' for at, name in enumerate(names))
    found = fitted(table + rule, holdings=f"name;issuer;amount\n{rows}", **tables)
    return [one for one in found.diagnostics if one.code not in ("PD350", "PD355")]


def test_two_spellings_are_told_with_rows_and_amounts():
    (one,) = issuers("SEB-banken", "SEB\u2013banken", "Staten", "SEB-banken", "seb-banken ", "SEB-banken")
    assert not one.is_error
    assert (one.code, str(one.where)) == ("PD964", "holdings.csv, row 3, column issuer")
    assert "`SEB-banken` (n0, n3, n4 and 1 other: 160 SEK) and `SEB–banken` (n1: 20 SEK)" in one.message


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (("Bank", "BANK", " bank ", "Ba\u200bnk"), 0),
        (("Håbo", "Habo"), 0),
        (("Bank AB", "Bank AB (publ)", "Bank"), 2),
        (("Bank AB", "Bank Oy"), 0),
        (("Bank AB", "Bank Oy", "Bank"), 2),
        (("Sk\u00c3\u00a5ne", "Skåne"), 1),
        (("", "-", "..."), 0),
    ],
)
def test_only_what_would_count_twice(names, count):
    assert [one.code for one in issuers(*names)] == ["PD964"] * count


@pytest.mark.parametrize(
    "rule",
    [
        "rule each: within each issuer: sum amount of holdings <= 100 SEK\n",
        "rule few: distinct issuer of holdings >= 2\n",
        "define few = distinct issuer of holdings\n",
        "define who of holdings = issuer\nrule each: per who: sum amount of holdings <= 100 SEK\n",
        "define w per issuer = sum amount of holdings\nrule r: each holding: w <= 100 SEK\n",
        "table sums from holdings per issuer\n  total = sum amount\nrule r: each sums: total <= 100 SEK\n",
    ],
    ids=lambda rule: rule[:24],
)
def test_in_all_ways_of_grouping(rule):
    assert [one.code for one in issuers("A-B", "A\u2011B", rule=rule)] == ["PD964"]


def test_nothing_is_told_of_names_that_nothing_is_grouped_by():
    assert issuers("A-B", "A\u2011B", rule="rule all: sum amount of holdings <= 100 SEK\n") == []


def test_names_of_two_tables_that_come_together():
    text = TABLE + "table deposits, each deposit\n  number text, key\n  bank text\n  saldo money in SEK\n"
    stacked = (
        "table owed\n"
        "  from holdings: who = issuer, claim = amount\n"
        "  from deposits: who = bank, claim = saldo\n"
        "rule each: per who: sum claim of owed <= 100 SEK\n"
    )
    (one,) = issuers("A-B", table=text, rule=stacked, deposits="number;bank;saldo\n1;A\u2011B;5\n")
    assert (one.code, str(one.where)) == ("PD964", "deposits.csv, row 2, column bank")
    assert "(n0: 10 SEK)" in one.message and "(1: 5 SEK)" in one.message


def test_only_rows_of_the_day_judged():
    dated = "table holdings, each holding\n  dated by day\n  name text, key\n  issuer text\n  amount money in SEK\n"
    rows = "day;name;issuer;amount\n2026-01-30;a;A-B;1\n2026-01-31;a;A\u2011B;1\n"
    assert "PD964" not in codes(fitted(dated + RULE, holdings=rows))


def test_many_pairs_are_counted():
    names = [f"Bank{at}{end}" for at in range(30) for end in ("", ".")]
    found = issuers(*names)
    assert [one.code for one in found] == ["PD964"] * 20 + ["PD331"]


def test_a_mapping_makes_one_name_of_two(tmp_path):
    book = 'rulebook "Example"\n  currency SEK\n' + TABLE + RULE.replace("100", "25")
    (tmp_path / "r.policy").write_text(book, encoding="utf-8")
    rows = "name;issuer;group;amount\na;SEB-banken;x;10\nb;SEB\u2011banken;x;20\n"
    (tmp_path / "holdings.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "m.toml").write_text('[holdings.labels.issuer]\n"SEB\u2011banken" = "SEB-banken"\n', encoding="utf-8")
    _, told = check_files(policydsl.load(tmp_path / "r.policy"), [tmp_path / "holdings.csv"])
    assert [one.code for one in told] == ["PD964"]
    command = ["check", str(tmp_path / "r.policy"), str(tmp_path / "holdings.csv")]
    assert run(command) == 0
    assert run([*command, "--map", str(tmp_path / "m.toml")]) == 1


def test_twenty_thousand_names_in_three_hundred_thousand_rows_take_little_time():
    from policydsl.data.alike_names import alike_names
    from policydsl.data.table import Data

    from .fitting import rulebook

    names = tuple(f"Sparbånken i ort {at % 20_000} AB" for at in range(300_000))
    columns = {"name": names, "issuer": names, "group": names, "amount": (None,) * len(names)}
    data = Data("holdings", columns, range(len(names)), names)
    began = time.perf_counter()
    assert alike_names(rulebook(TABLE + RULE), {"holdings": data}, {}) == []
    assert time.perf_counter() - began < 2
