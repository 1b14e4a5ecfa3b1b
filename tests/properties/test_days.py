"""Rules over time beside plain counting, day by day, on generated tables; and both engines where cells are blank."""

import tempfile
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import policydsl
from policydsl.figures.interval import Interval

RULES = """\
rulebook "Days"
  currency SEK
table balances
  dated by date
  account text, key
  balance money in SEK
table loans, each loan
  number   text, key
  amount   money in SEK
  maturity date
define total = sum balance of balances
rule average: over the last 20 days: average total <= 50 SEK
rule most:    over the last 20 days: max total <= 60 SEK
rule least:   over the last 1 month: min total >= 20 SEK
rule per:     per account: over the last 10 days: average balance of balances <= 30 SEK
rule then:    total - (total on (as_of - 10 days)) <= 5 SEK
rule before:  total - (total on previous date) <= 5 SEK
rule always:  always over the last 20 days: total <= 60 SEK
rule ever:    always: per account: sum balance of balances <= 40 SEK
rule any:     in any 1 month of maturity: sum amount of loans <= 60 SEK
rule both:    in any 1 month of maturity: sum amount of loans must be between 10 SEK and 60 SEK
rule few:     in any 10 days of maturity: count of loans >= 1
"""
START = date(2024, 2, 1)
LAST = date(2024, 3, 20)
DAYS = [START + timedelta(number) for number in range((LAST - START).days + 1)]


def _read() -> policydsl.Rulebook:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "days.policy"
        path.write_text(RULES, encoding="utf-8")
        return policydsl.load(path)


RULEBOOK = _read()
AMOUNTS = st.integers(-20, 60)
days = st.sampled_from(DAYS)


def tables(amounts, maturities):
    snapshots = st.dictionaries(
        days, st.dictionaries(st.sampled_from("abc"), amounts, min_size=1), min_size=1, max_size=6
    )
    return st.tuples(snapshots, st.lists(st.tuples(amounts, maturities), max_size=6))


def judged(case, engine):
    snapshots, loans = case
    balances = [
        {"date": day, "account": account, "balance": None if amount is None else Fraction(amount)}
        for day, rows in snapshots.items()
        for account, amount in rows.items()
    ]
    listed = [
        {"number": str(number), "amount": None if amount is None else Fraction(amount), "maturity": maturity}
        for number, (amount, maturity) in enumerate(loans)
    ]
    given_tables = {"balances": balances, "loans": listed or {"number": [], "amount": [], "maturity": []}}
    return RULEBOOK.check(given_tables, as_of=LAST, engine=engine)


def standing(snapshots, day):
    """The rows of the latest date on or before a day; None if there are none."""
    before = [one for one in snapshots if one <= day]
    return snapshots[max(before)] if before else None


def totals(snapshots, first):
    """The total of every day from the first to the last; None where there is none."""
    stretch = [first + timedelta(number) for number in range((LAST - first).days + 1)]
    rows = [standing(snapshots, day) for day in stretch]
    return [None if each is None else sum(each.values()) for each in rows]


def figure(report, rule, group=None):
    found = [one for one in report.verdicts if one.id == rule and (group is None or one.group == (("account", group),))]
    (verdict,) = found
    exact = isinstance(verdict.figure, Interval) and verdict.figure.exact
    return verdict.outcome, verdict.figure.low if exact else None


@settings(max_examples=120, deadline=None, derandomize=True)
@given(tables(AMOUNTS, days))
def test_figures_over_time_are_those_of_plain_counting(case):
    snapshots, loans = case
    report = judged(case, "reference")
    twenty = totals(snapshots, LAST - timedelta(19))
    month = totals(snapshots, date(2024, 2, 21))
    now = standing(snapshots, LAST)
    if None in twenty:
        assert figure(report, "average") == ("undetermined", None)
        assert figure(report, "always")[0] in ("undetermined", "breach")
    else:
        assert figure(report, "average")[1] == Fraction(sum(twenty), 20)
        assert figure(report, "most") == ("pass" if max(twenty) <= 60 else "breach", max(twenty))
        assert figure(report, "always") == ("pass" if max(twenty) <= 60 else "breach", max(twenty))
    expected = ("undetermined", None) if None in month else ("pass" if min(month) >= 20 else "breach", min(month))
    assert figure(report, "least") == expected
    for account in now:
        rows = [standing(snapshots, LAST - timedelta(number)) for number in range(10)]
        if any(each is None or account not in each for each in rows):
            assert figure(report, "per", account) == ("undetermined", None)
        else:
            assert figure(report, "per", account)[1] == Fraction(sum(each[account] for each in rows), 10)
    then = standing(snapshots, LAST - timedelta(10))
    change = None if then is None else sum(now.values()) - sum(then.values())
    assert figure(report, "then")[1] == change
    dates = sorted(snapshots)
    before = sum(now.values()) - sum(snapshots[dates[-2]].values()) if len(dates) > 1 else None
    assert figure(report, "before")[1] == before
    for account in "abc":
        ever = [rows[account] for rows in snapshots.values() if account in rows]
        if ever:
            assert figure(report, "ever", account) == ("pass" if max(ever) <= 40 else "breach", max(ever))
    starts = [day for _, day in loans]
    if starts:
        sums = [sum(amount for amount, day in loans if start <= day < _month_on(start)) for start in starts]
        assert figure(report, "any") == ("pass" if max(sums) <= 60 else "breach", max(sums))
        inside = [start for start in starts if start + timedelta(9) <= max(starts)]
        assert figure(report, "few")[0] == ("pass" if inside else "not applicable")


def _month_on(day):
    """The same day a month on; none of these months is shorter than the one before, but February."""
    following = day.replace(day=1) + timedelta(32)
    last = (following.replace(day=1) + timedelta(32)).replace(day=1) - timedelta(1)
    return following.replace(day=min(day.day, last.day))


@settings(max_examples=120, deadline=None, derandomize=True)
@given(tables(st.none() | AMOUNTS, st.none() | days))
def test_engines_agree_over_time(case):
    slow, fast = judged(case, "reference"), judged(case, "columnar")
    assert slow.verdicts == fast.verdicts
    assert [one.sentence for one in slow.verdicts] == [one.sentence for one in fast.verdicts]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(tables(st.none() | AMOUNTS, st.none() | days), st.data())
def test_what_is_decided_stays_so_whatever_the_blanks_hold(case, data):
    """Whatever stands in the blank cells, a verdict that was decided without them is the same."""
    snapshots, loans = case

    def filled(value, strategy):
        return data.draw(strategy) if value is None else value

    full = (
        {
            day: {account: filled(amount, AMOUNTS) for account, amount in rows.items()}
            for day, rows in snapshots.items()
        },
        [(filled(amount, AMOUNTS), filled(maturity, days)) for amount, maturity in loans],
    )
    blank, known = judged(case, "reference"), judged(full, "reference")
    after = {(one.id, one.group): one.outcome for one in known.verdicts}
    for verdict in blank.verdicts:
        if verdict.outcome in ("pass", "breach"):
            assert after[verdict.id, verdict.group] == verdict.outcome, verdict.sentence
