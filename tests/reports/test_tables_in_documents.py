"""Tables that a template shows: figures of one column with as many decimals, and what has no rows is told."""

import pytest

from policydsl.cli import run

POLICY = """\
rulebook "Loans"
  currency SEK

table companies, each company
  name text, key
table prices, each price
  price   text, key
  company link to companies
  day     date
  rate    share in %
  amount  money in SEK
"""
FIGURES = """\
table rates, each rate_of from prices where day > as_of - 1 month per every company
  rate    = average rate
  amounts = sum amount
table late, each late_price from prices where day > as_of per company
  rate = average rate
"""
PRICES = "price,company,day,rate,amount\n1,A,2026-01-20,1.8 %,10\n2,B,2026-01-20,1.75 %,20.5\n3,C,2025-11-30,2 %,30\n"


@pytest.fixture
def page(tmp_path):
    """The report of a template with both tables, three companies and their prices."""
    template, data = tmp_path / "ours", tmp_path / "data"
    for folder in (template, data):
        folder.mkdir()
    (tmp_path / "loans.policy").write_text(POLICY, encoding="utf-8")
    (template / "template.toml").write_text('title = "Ours"\n', encoding="utf-8")
    (template / "figures.policy").write_text(FIGURES, encoding="utf-8")
    (template / "page.md").write_text("# Ours\n\n{{ table rates }}\n\n{{ table late }}\n", encoding="utf-8")
    (data / "companies.csv").write_text("name\nA\nB\nC\n", encoding="utf-8")
    (data / "prices.csv").write_text(PRICES, encoding="utf-8")
    command = ["report", "--template", str(template), str(tmp_path / "loans.policy"), str(data)]
    assert run([*command, "--as-of", "2026-01-31", "-o", str(tmp_path / "r.md")]) == 0
    return (tmp_path / "r.md").read_text(encoding="utf-8").replace("\u00a0", " ").replace("\\", "")


def test_figures_of_a_column_have_as_many_decimals(page):
    assert "| A | 1.80% | 10.00 |" in page
    assert "| B | 1.75% | 20.50 |" in page


def test_groups_without_a_row_are_named_with_what_is_asked(page):
    assert "| C | – | 0.00 |" in page
    assert "Missing for Rates: `prices` has no row where `day > (as_of - 1 month)` for C" in page


def test_a_table_without_rows_says_what_none_of_them_is(page):
    assert "There is nothing in Late: of 3 prices in `prices` none is one where `day > as_of`." in page
