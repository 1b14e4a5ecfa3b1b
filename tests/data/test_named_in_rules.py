"""Names that hardly differ from one that the rulebook compares names with are told."""

import pytest

from .fitting import fitted

TABLE = "table holdings, each holding\n  name text, key\n  issuer text\n  amount money in SEK\n"


def said(rule, *names, more="", table=TABLE):
    rows = "".join(f"{at};{name};1\n" for at, name in enumerate(names))
    found = fitted(f"{table}{more}{rule}\n", holdings=f"name;issuer;amount\n{rows}").diagnostics
    return [one for one in found if one.code == "PD971"]


@pytest.mark.parametrize(
    "rule",
    [
        'rule r: sum amount of holdings where issuer = "A-bank" <= 1 SEK',
        'rule r: sum amount of holdings where issuer in ("X", "A-bank") <= 1 SEK',
        'rule r: each holding: issuer != "A-bank"',
        'define own of holdings = issuer = "A-bank"\nrule r: sum amount of holdings where own <= 1 SEK',
        'parameter own: "A-bank"\nrule r: sum amount of holdings where issuer = own <= 1 SEK',
        'category who of holdings\n  A "Own": issuer = "A-bank"\n  otherwise B "The rest"\n'
        "rule r: per who: sum amount of holdings <= 1 SEK",
        'rule r: max amount of holdings <= 1 SEK unless (sum amount of holdings where issuer = "A-bank") > 1 SEK',
    ],
    ids=lambda rule: rule[:40],
)
def test_wherever_a_rule_names_somebody(rule):
    (one,) = said(rule, "X", "A\u2011bank", "A-BANK")
    assert not one.is_error
    assert str(one.where) == "holdings.csv, row 3, column issuer"
    assert "`A\u2011bank` is not `A-bank`" in one.message


def test_only_columns_that_the_name_is_compared_with():
    rule = 'rule r: sum amount of holdings where name = "A-bank" <= 1 SEK'
    assert said(rule, "A\u2011bank") == []


@pytest.mark.parametrize(
    ("named", "name", "count"),
    [("Bank", "Bank AB (publ)", 1), ("Bank AB", "Bank Oy", 0), ("Bank AB", "BANK ab", 0), ("Håbo", "Habo", 0)],
)
def test_only_what_hardly_differs(named, name, count):
    assert len(said(f'rule r: sum amount of holdings where issuer = "{named}" <= 1 SEK', name, name)) == count


def test_a_spelling_that_the_rulebook_knows_too_is_not_told():
    rule = 'rule r: sum amount of holdings where issuer in ("A-bank", "A bank") <= 1 SEK'
    assert said(rule, "A bank") == []
