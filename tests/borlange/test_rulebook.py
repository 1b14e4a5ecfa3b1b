"""Borlänge's rulebook: its own tests, its account of the document's items, and cell DN to the last öre."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

import policydsl
from policydsl import api, runs
from policydsl.api import open_session
from policydsl.testing import run_tests

from .reading import CASES, ENGINES, HERE, REAL, RULEBOOK, report_on, verdict

AS_OF = date(2015, 1, 31)
PORTFOLIOS = [REAL, *sorted(path.parent for path in CASES.glob("*/holdings.csv"))]
ITEM = re.compile(r'^[ \t]+item[ \t]+"([^"]+)"[ \t]*(not checkable because)?', re.MULTILINE)


@pytest.mark.parametrize("engine", ENGINES)
def test_its_own_tests(engine: str) -> None:
    results = run_tests(policydsl.load(RULEBOOK), engine)
    assert len(results) >= 50
    assert [f"{result.title}: {failure.message}" for result in results for failure in result.failures] == []


def test_engines_make_the_same_report() -> None:
    for case in PORTFOLIOS:
        first, second = (report_on(case, engine) for engine in ENGINES)
        assert first == second
        assert [one.rows for one in first.verdicts] == [one.rows for one in second.verdicts]
        assert [one.unsettled for one in first.verdicts] == [one.unsettled for one in second.verdicts]


# --- the account of items ---------------------------------------------------------------------------------------------


def accounted() -> dict[str, str]:
    """The state of each item in items.md."""
    rows = re.findall(
        r"^\| (BOR-\S+) \| ([^|]+?) \|", (RULEBOOK / "items.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(rows) == len(dict(rows)), "an item stands twice"
    return dict(rows)


def written() -> dict[str, bool]:
    """The items of the rulebook's text, and whether they are said not to be checkable."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(RULEBOOK.glob("*.policy")))
    return {item: bool(reason) for item, reason in ITEM.findall(text)}


def test_every_item_is_accounted_for() -> None:
    assert sorted(accounted()) == sorted((HERE / "items.txt").read_text(encoding="utf-8").split())


def test_account_counts_itself_right() -> None:
    states = list(accounted().values())
    counted = {state: states.count(state) for state in ("executed", "in the layer", "not checkable")}
    assert sum(counted.values()) == len(states) == 90
    said = re.search(r"(\d+) executed, (\d+) in the layer [^,]+, (\d+) not checkable", items())
    assert said is not None and [int(number) for number in said.groups()] == list(counted.values())
    assert counted["executed"] >= 63


def items() -> str:
    """The words of items.md."""
    return (RULEBOOK / "items.md").read_text(encoding="utf-8")


def test_account_agrees_with_the_rulebook() -> None:
    states, clauses = accounted(), written()
    assert sorted(set(clauses) - set(states)) == [], "items that the account does not know"
    executed = {item for item, state in states.items() if state == "executed"}
    assert sorted(executed - set(clauses)) == [], "executed, and in no `item` clause"
    assert sorted(item for item in clauses if item not in executed) == [], "in an `item` clause, and not executed"


def test_account_names_what_exists() -> None:
    rulebook = policydsl.load(RULEBOOK)
    names = {check.id for check in rulebook.model.checks} | {check.rule for check in rulebook.model.checks}
    names |= {each.name for each in rulebook.model.quantities} | set(rulebook.model.parameters)
    for table in rulebook.model.tables.values():
        names |= {table.name, *(each.name for each in (*table.columns, *table.computed, *table.categories))}
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(RULEBOOK.glob("*.policy")))
    rows = re.findall(r"^\| (BOR-\S+) \| executed \| (.+) \|$", items(), re.MULTILINE)
    named = [(item, name) for item, words in rows for name in re.findall(r"`([^`]+)`", words)]
    later = {"attest", "table x from", "credit_category ... where held_directly"}
    unknown = [(item, name) for item, name in named if name not in names | later and f"define {name} " not in text]
    assert unknown == []


# --- cell DN ----------------------------------------------------------------------------------------------------------

COLUMNS = {
    "instrument": ["long bond", "gov bond"],
    "issuer": ["X", "Staten"],
    "issuer_type": ["company", "state"],
    "asset_class": ["fixed_income", "fixed_income"],
    "vehicle": ["direct", "direct"],
    "held_directly": [True, True],
    "guarantee": [None, None],
    "rating_sp": ["A-", "AAA"],
    "rating_moodys": [None, None],
    "rating_short": [None, None],
    "real_rate": [False, False],
    "duration": [8.0, 1.0],
    "maturity": [None, None],
    "currency": ["SEK", "SEK"],
    "market": ["SE", "SE"],
    "fund_regulator": [None, None],
    "date": [AS_OF, AS_OF],
}

AMOUNTS = [
    ("20", "80", "pass", Fraction(1, 5)),
    ("20.01", "80", "breach", Fraction(2001, 10001)),
    ("20.01", "79.99", "breach", Fraction(2001, 10000)),
    ("19.99", "80.01", "pass", Fraction(1999, 10000)),
    ("78008159", "312032636", "pass", Fraction(1, 5)),
    ("78008159.01", "312032636", "breach", Fraction(7800815901, 39004079501)),
    ("0.1", "0.4", "pass", Fraction(1, 5)),
    ("20000000.1", "80000000.4", "pass", Fraction(1, 5)),
    ("20000000.11", "80000000.4", "breach", Fraction(2000000011, 10000000051)),
    ("9007199254740.25", "36028797018961", "pass", Fraction(1, 5)),
]


def as_float_frame(amounts: list[str]) -> object:
    frame = pd.DataFrame({**COLUMNS, "market_value": [float(amount) for amount in amounts]})
    assert frame["market_value"].dtype == "float64" and frame["duration"].dtype == "float64"
    return frame


def as_object_frame(amounts: list[str]) -> object:
    return pd.DataFrame({**COLUMNS, "market_value": [Decimal(amount) for amount in amounts]})


def as_texts(amounts: list[str]) -> object:
    return {**COLUMNS, "market_value": amounts, "duration": ["8", "1"]}


def as_records(amounts: list[str]) -> object:
    columns = {**COLUMNS, "market_value": [Fraction(amount) for amount in amounts]}
    return [{name: values[at] for name, values in columns.items()} for at in range(2)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "made", [as_float_frame, as_object_frame, as_texts, as_records], ids=lambda made: made.__name__
)
@pytest.mark.parametrize(("long", "rest", "outcome", "share"), AMOUNTS, ids=lambda value: str(value))
def test_cell_dn(long: str, rest: str, outcome: str, share: Fraction, made: Callable, engine: str) -> None:
    report = policydsl.load(RULEBOOK).check({"holdings": made([long, rest])}, as_of=AS_OF, engine=engine)
    for id in ("DN", "T5[D..E, duration > 7y]"):
        found = verdict(report, id)
        assert found.outcome == outcome
        assert found.figure.value == share
        assert found.part.amount.value == Fraction(long)
        assert found.headroom.amount == Fraction(1, 5) * (Fraction(long) + Fraction(rest)) - Fraction(long)


def test_floats_are_told() -> None:
    rulebook = policydsl.load(RULEBOOK)
    told = rulebook.check({"holdings": as_float_frame(["20", "80"])}, as_of=AS_OF).diagnostics
    assert {one.where.column for one in told if one.code == "PD329"} == {"market_value", "duration"}
    told = rulebook.check({"holdings": as_texts(["20", "80"])}, as_of=AS_OF).diagnostics
    assert [one for one in told if one.code == "PD329"] == []


@pytest.mark.parametrize("engine", ENGINES)
def test_float_noise_is_not_rounded_away(engine: str) -> None:
    """0.1 + 0.2 is 0.30000000000000004 in binary: the frame says so, and so it is judged."""
    report = policydsl.load(RULEBOOK).check({"holdings": as_float_frame(["1", "4"])}, as_of=AS_OF, engine=engine)
    assert verdict(report, "DN").outcome == "pass"
    frame = pd.DataFrame({**COLUMNS, "market_value": [0.1 + 0.2, 1.2]})
    report = policydsl.load(RULEBOOK).check({"holdings": frame}, as_of=AS_OF, engine=engine)
    assert verdict(report, "DN").outcome == "breach"


# --- the columnar engine needs nothing but 64 bits --------------------------------------------------------------------


@pytest.mark.parametrize("case", PORTFOLIOS, ids=lambda case: case.name)
def test_no_fallbacks(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []

    def watched(*given: object, **named: object) -> object:
        opened.append(open_session(*given, **named))
        return opened[-1]

    monkeypatch.setattr(runs, "open_session", watched)
    found, _ = api.check_files(policydsl.load(RULEBOOK), [case / "holdings.csv"], engine="columnar")
    assert found is not None and found.engine == "columnar"
    assert [session.fallbacks for session in opened] == [0]
