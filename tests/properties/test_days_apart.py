"""Figures of other days on tables that are worked out: the same on both engines, whether a day works out only what it
needs and takes over what it has in common with others, or works out everything for itself."""

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

import policydsl
from policydsl.verdicts.days import Days
from policydsl.verdicts.relating import Kept

from .running import load

RULES = """\
rulebook "Days apart"
  currency SEK
table balances, each balance_row
  dated by date
  account text, key
  owner   link to owners
  balance money in SEK
table owners, each owner_row
  dated by from_day
  owner text, key
  place text
table loans, each loan
  dated by noted
  number   text, key
  amount   money in SEK
  maturity date
define total = sum balance of balances
define heavy = sum amount of loans
define weight per owner = sum balance of balances
table per_owner, each one_owner from balances per owner
  held = sum balance
table late, each late_loan from loans where maturity < as_of per number
  late = sum amount
table flows, each flow
  from balances where balance > 0 SEK: value = balance, place = owner.place
  from loans where amount > heavy: value = amount, place = number
rule average: over the last 9 days: average total <= 50 SEK
rule owners:  over the last 9 days: max (max held of per_owner) <= 40 SEK
rule late:    over the last 9 days: max (sum late of late) <= 40 SEK
rule placed:  over the last 9 days: min (sum value of flows where place = "SE") >= 10 SEK
rule abroad:  always over the last 9 days: sum balance of balances where owner.place != "SE" <= 30 SEK
rule weighty: always: per owner: sum balance of balances where weight > 30 SEK <= 60 SEK
rule lately:  always over the last 5 days: sum late of late <= 40 SEK
rule before:  (sum value of flows) - ((sum value of flows) on (as_of - 4 days)) <= 5 SEK
"""
LAST = date(2024, 3, 20)
AMOUNTS = st.none() | st.integers(-20, 60)
days = st.integers(0, 12).map(lambda back: LAST - timedelta(back))


@cache
def rulebook() -> policydsl.Rulebook:
    return load(RULES)


def number(amount):
    return None if amount is None else Fraction(amount)


@st.composite
def tables(draw):
    balances = [
        {"date": day, "account": account, "owner": draw(st.sampled_from(["X", "Y", None])), "balance": number(amount)}
        for day, rows in draw(
            st.dictionaries(days, st.dictionaries(st.sampled_from("ab"), AMOUNTS), max_size=4)
        ).items()
        for account, amount in rows.items()
    ]
    owners = [
        {"from_day": day, "owner": owner, "place": draw(st.sampled_from(["SE", "DK", None]))}
        for day in draw(st.lists(days, unique=True, min_size=1, max_size=2))
        for owner in "XY"
    ]
    loans = [
        {"noted": day, "number": str(at), "amount": number(draw(AMOUNTS)), "maturity": draw(st.none() | days)}
        for day in draw(st.lists(days, unique=True, min_size=1, max_size=2))
        for at in range(draw(st.integers(1, 2)))
    ]
    nothing = {"date": [], "account": [], "owner": [], "balance": []}
    return {"balances": balances or nothing, "owners": owners, "loans": loans}


def said(case, engine):
    report = rulebook().check(case, as_of=LAST, engine=engine)
    return [(one, one.sentence, one.rows, one.unsettled) for one in report.verdicts]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(tables())
def test_days_that_share_say_what_days_on_their_own_say(case):
    shared = said(case, "columnar")
    with (
        patch.object(Days, "needed", lambda self, tallies: None),
        patch.object(Kept, "find", lambda self, entry, before, day: None),
    ):
        assert said(case, "columnar") == shared
    assert said(case, "reference") == shared
