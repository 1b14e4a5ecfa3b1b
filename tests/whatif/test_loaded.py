"""Rows that stay open say what a report on the same rows would say, whatever was asked before."""

import gc
import pickle
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policydsl
from policydsl import DataError
from policydsl.whatif.loaded import Loaded

RULES = """\
rulebook "Open"
  currency SEK
  base portfolio
table holdings, each holding
  instrument   text, key
  issuer       text, blank means none
  market_value money in SEK, not negative
  duration     term in years
define portfolio = sum market_value of holdings
define long = holdings where duration > longest
parameter cap: 60%
parameter most: supplied by the run, share in %
parameter longest: supplied by the run, term in years
rule issuer: per issuer: share <= cap
rule long: sum market_value of long <= most
rule pieces: count of holdings where market_value > 30% of portfolio <= 1
rule sizes: max duration of holdings <= 20y
rule known: each holding: issuer is present
"""
ROWS = [
    {"instrument": "a", "issuer": "X", "market_value": "10", "duration": "1"},
    {"instrument": "b", "issuer": "Y", "market_value": "20", "duration": "5"},
    {"instrument": "c", "issuer": "Y", "market_value": "30", "duration": "9"},
    {"instrument": "d", "issuer": None, "market_value": "40", "duration": "30"},
]
RUN = {"most": "50%", "longest": "4 years"}


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> policydsl.Rulebook:
    path: Path = tmp_path_factory.mktemp("open") / "open.policy"
    path.write_text(RULES, encoding="utf-8")
    return policydsl.load(path)


@pytest.fixture(params=["columnar", "light", "reference"])
def rows(rulebook: policydsl.Rulebook, request: pytest.FixtureRequest) -> Loaded:
    return rulebook.loaded({"holdings": ROWS}, parameters=RUN, engine=request.param)


def fresh(rows: Loaded, changes: dict[str, dict[str, object]], **parameters: str) -> policydsl.Report:
    tables = {"holdings": [{**row, **changes.get(str(row["instrument"]), {})} for row in ROWS]}
    return policydsl.Rulebook(rows.rulebook).check(tables, parameters={**RUN, **parameters}, engine=rows.engine)


def test_other_parameters(rows: Loaded) -> None:
    for most, longest in (("50%", "4 years"), ("95%", "4 years"), ("50%", "10 years"), ("50%", "4 years")):
        report = rows.check({"most": most, "longest": longest})
        meant = fresh(rows, {}, most=most, longest=longest)
        assert report.verdicts.outcomes == tuple(verdict.outcome for verdict in meant.verdicts)
        assert report == meant
        assert report.to_json() == meant.to_json()


def test_other_cells(rows: Loaded) -> None:
    before = rows.check()
    changes: dict[str, dict[str, object]] = {}
    then = rows
    for row, cell in (
        ("a", {"market_value": "35"}), ("d", {"duration": "3"}), ("c", {"market_value": None}),
        ("c", {"market_value": "30", "issuer": "X"}), ("a", {"market_value": "10"}),
    ):  # fmt: skip
        changes[row] = {**changes.get(row, {}), **cell}
        then = then.changed("holdings", {row: cell})
        report, meant = then.check(), fresh(rows, changes)
        assert report.verdicts.outcomes == tuple(verdict.outcome for verdict in meant.verdicts)
        assert report.verdicts.figures == meant.verdicts.figures
        assert (report.figures, report.data_hash) == (meant.figures, meant.data_hash)
        assert report.to_json() == meant.to_json()
    assert rows.check() == before


def test_no_memory_of_all_that_was_before(rulebook: policydsl.Rulebook) -> None:
    first = rulebook.loaded({"holdings": ROWS}, parameters=RUN, engine="columnar")
    first.check()
    counted = []
    then = first
    for number in range(10_000):
        then = then.changed("holdings", {"abcd"[number % 4]: {"market_value": number % 97}})
        if number % 20 == 0:
            then.check()
        if number in (99, 9_999):
            gc.collect()
            kinds = Counter(type(each).__name__ for each in gc.get_objects())
            counted.append([kinds[name] for name in ("ColumnarSession", "Data", "Totals", "Numbers", "Sums")])
    assert counted[1] == counted[0]
    meant = fresh(first, {name: {"market_value": (9_996 + at) % 97} for at, name in enumerate("abcd")})
    assert then.check().to_json() == meant.to_json()


def test_many_rows_at_a_time_and_cells_that_nothing_had(rulebook: policydsl.Rulebook) -> None:
    lacking = [{name: cell for name, cell in row.items() if name != "duration"} for row in ROWS] * 10
    rows = [{**row, "instrument": f"{row['instrument']} {number}"} for number, row in enumerate(lacking)]
    then = rulebook.loaded({"holdings": rows}, parameters=RUN, engine="columnar")
    then.check()
    for changes in (
        {row["instrument"]: {"market_value": number} for number, row in enumerate(rows[:30])},
        {rows[3]["instrument"]: {"duration": "9"}},
        {rows[4]["instrument"]: {"market_value": 7}},
    ):
        rows = [{**row, **changes.get(row["instrument"], {})} for row in rows]
        then = then.changed("holdings", changes)
        every = [{"duration": None, **row} for row in rows] if any("duration" in row for row in rows) else rows
        meant = rulebook.check({"holdings": every}, parameters=RUN, engine="columnar")
        assert then.check().verdicts == meant.verdicts


def test_a_verdict_that_is_read_late_is_of_its_own_run(rows: Loaded) -> None:
    first = rows.check()
    second = rows.changed("holdings", {"d": {"duration": "2"}}).check({"longest": "1 year"})
    assert second.verdicts.outcomes != first.verdicts.outcomes
    meant = fresh(rows, {})
    assert [verdict.sentence for verdict in first.verdicts] == [verdict.sentence for verdict in meant.verdicts]
    assert [verdict.rows for verdict in first.verdicts] == [verdict.rows for verdict in meant.verdicts]


def test_verdicts_are_a_sequence(rows: Loaded) -> None:
    verdicts = rows.check().verdicts
    assert len(verdicts) == len(verdicts.ids) == len(verdicts.outcomes) == len(verdicts.figures)
    assert verdicts[-1].id == verdicts.ids[-1] and [each.id for each in verdicts[1:3]] == [*verdicts.ids[1:3]]
    with pytest.raises(IndexError):
        verdicts[len(verdicts)]
    assert verdicts == tuple(verdicts) and hash(verdicts) == hash(tuple(verdicts)) and verdicts != [*verdicts]
    again = pickle.loads(pickle.dumps(verdicts))
    assert again == verdicts and again.outcomes == verdicts.outcomes and repr(again) == repr(verdicts)


def test_what_cannot_be_changed(rows: Loaded) -> None:
    for table, changes in (
        ("loans", {}), ("holdings", {"z": {"market_value": "1"}}), ("holdings", {"a": {"instrument": "z"}}),
        ("holdings", {"a": {"value": "1"}}),
    ):  # fmt: skip
        with pytest.raises(KeyError):
            rows.changed(table, changes)
    for cell in ("-1", "many"):
        with pytest.raises(DataError):
            rows.changed("holdings", {"a": {"market_value": cell}})
    with pytest.raises(DataError):
        rows.check({"mots": "1%"})
    with pytest.raises(DataError):
        policydsl.Rulebook(rows.rulebook).loaded({"holdings": [{"instrument": "a", "market_value": "x"}]})


OVER_TIME = """\
rulebook "Over time"
  currency SEK
table holdings, each holding
  dated by day
  name  text, key
  day   date
  value money in SEK
define portfolio = sum value of holdings
rule now: portfolio <= 100 SEK
rule then: (portfolio on 2026-01-31) <= 100 SEK
rule ever: always: portfolio <= 100 SEK
rule growth: portfolio <= 500% of (portfolio on previous date)
"""


def test_other_cells_count_on_the_days_that_are_looked_back_at(tmp_path: Path) -> None:
    (tmp_path / "over-time.policy").write_text(OVER_TIME, encoding="utf-8")
    rulebook = policydsl.load(tmp_path / "over-time.policy")
    rows = [
        {"name": "a", "day": "2025-12-31", "value": "10"},
        {"name": "a", "day": "2026-01-31", "value": "10"},
        {"name": "b", "day": "2026-01-31", "value": "20"},
    ]
    opened = rulebook.loaded({"holdings": rows})
    assert opened.check().verdicts.outcomes == ("pass",) * 4
    changed = opened.changed("holdings", {"a": {"value": "1000"}})
    assert changed.check().verdicts.outcomes == ("breach",) * 4
    anew = rulebook.check({"holdings": [rows[0], {**rows[1], "value": "1000"}, rows[2]]})
    assert changed.check().data_hash == anew.data_hash
    assert changed.changed("holdings", {"a": {"value": "10"}}).check().verdicts.outcomes == ("pass",) * 4


DOUBTFUL = """\
rulebook "Doubtful"
  currency SEK
  base total
table loans, each loan
  dated by day
  name   text, key
  lender text
  due    date
  amount money in SEK
  weight share in %
  note   text
define total = sum amount of loans
rule lender: per lender: share of total <= 60%
rule soon: share where due < as_of + 1 year <= 90%
rule weight: sum amount of loans where weight > 1% <= 90% of total
rule noted: share where note is present <= 100%
"""
LOANS = [
    {"name": "a", "lender": "SEB", "due": date(2026, 1, 1), "amount": 10, "weight": "0.2"},
    {"name": "b", "lender": "SEB AB", "due": date(2030, 1, 1), "amount": 20, "weight": "0.2"},
    {"name": "c", "lender": "Norden", "due": date(2030, 1, 1), "amount": 30, "weight": "0.2"},
]


@pytest.mark.parametrize(
    "changes",
    [
        {"b": {"due": date(2026, 1, 1)}},
        {"a": {"due": date(2030, 1, 1)}},
        {"a": {"weight": None}, "b": {"weight": None}, "c": {"weight": None}},
        {"b": {"lender": "Norden"}},
        {"b": {"amount": 25}},
        {"c": {"lender": "SEB AB"}},
        {"c": {"note": None}},
        {"c": {"note": "kept"}},
    ],
)
@pytest.mark.parametrize("engine", ["columnar", "light", "reference"])
def test_what_is_told_of_other_cells_is_what_a_check_tells(
    tmp_path: Path, changes: dict[str, dict[str, object]], engine: policydsl.api.Engine
) -> None:
    (tmp_path / "doubtful.policy").write_text(DOUBTFUL, encoding="utf-8")
    rulebook = policydsl.load(tmp_path / "doubtful.policy")
    loans = [{**row, "day": date(2026, 6, 30)} for row in LOANS]
    loaded = rulebook.loaded({"loans": loans}, engine=engine)
    after = [{**row, **changes.get(str(row["name"]), {})} for row in loans]
    report = rulebook.check({"loans": after}, engine=engine)
    assert loaded.changed("loans", changes).check().diagnostics == report.diagnostics
    assert loaded.changed("loans", changes).changed("loans", changes).check().diagnostics == report.diagnostics


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from((0, 5, 7, None, "6", "6 SEK", "0"))), max_size=3))
def test_what_is_told_of_rows_with_an_amount_follows_the_amounts(puts: list[tuple[str, object]]) -> None:
    rulebook = over_and_foreign()
    rows = [
        {"name": "a", "currency": "EUR", "due": date(2026, 1, 1), "amount": "10", "day": date(2026, 6, 30)},
        {"name": "b", "currency": "SEK", "due": date(2026, 2, 1), "amount": "20", "day": date(2026, 6, 30)},
        {"name": "c", "currency": "EUR", "due": date(2030, 1, 1), "amount": "30", "day": date(2026, 6, 30)},
    ]
    loaded = rulebook.loaded({"loans": rows})
    assert {each.code for each in loaded.check().diagnostics} == {"PD949", "PD969"}
    for name, amount in puts:
        loaded = loaded.changed("loans", {name: {"amount": amount}})
        rows = [{**row, "amount": amount} if row["name"] == name else row for row in rows]
    report = rulebook.check({"loans": rows})
    assert loaded.check().diagnostics == report.diagnostics
    assert [each.outcome for each in loaded.check().verdicts] == [each.outcome for each in report.verdicts]


@cache
def over_and_foreign() -> policydsl.Rulebook:
    """A rulebook whose data is told of as over and as in another currency."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "over.policy"
        text = DOUBTFUL.replace("  lender text\n", "  currency text\n").replace(
            "  weight share in %\n  note   text\n", ""
        )
        path.write_text(text[: text.index("rule lender")] + "rule most: total <= 50 SEK\n", encoding="utf-8")
        return policydsl.load(path)
