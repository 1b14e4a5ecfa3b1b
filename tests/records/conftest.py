"""A small policy and its months, as files."""

import pytest

POLICY = """\
rulebook "Town"
  currency SEK
  base portfolio
table holdings, each holding
  dated by date
  instrument   text, key
  issuer       text
  asset_class  one of equity, bond
  rating       text
  maturity     date, blank means none
  market_value money in SEK, not negative
define portfolio = sum market_value of holdings
rule equities "Equities": share where asset_class = equity <= 40%
  source "4.1"
  cure within 30 days
rule issuer "One issuer": per issuer: share <= 60%
rule known: each holding: rating != "C"
"""
HEAD = "date,instrument,issuer,asset_class,rating,maturity,market_value\n"
JANUARY = "2026-01-31,share,X,equity,A,,40\n2026-01-31,bond,Y,bond,A,2030-01-01,60\n"
FEBRUARY = "2026-02-28,share,X,equity,A,,50\n2026-02-28,bond,Y,bond,A,2030-01-01,50\n"
MARCH = "2026-03-31,share,X,equity,A,,60\n2026-03-31,bond,Y,bond,C,2030-01-01,40\n"
APRIL = "2026-04-30,share,X,equity,A,,20\n2026-04-30,bond,Y,bond,A,2030-01-01,80\n"
NOTHING_SOLD = "instrument,market_value\n"
MONTHS = {"january": JANUARY, "february": FEBRUARY, "march": MARCH, "april": APRIL}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the policy and a folder of data for each month: equities 40, 50, 60 and 20%."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "town.policy").write_text(POLICY, encoding="utf-8")
    for name, rows in MONTHS.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "holdings.csv").write_text(HEAD + rows, encoding="utf-8")
    return tmp_path
