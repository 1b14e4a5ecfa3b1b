"""What Borlänge's document adds up, divides and averages: subtotals, returns, durations and gains."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

import policydsl
from policydsl.figures.interval import Interval
from policydsl.reports.report import Report

from .reading import HERE, RULEBOOK, rounded

ENGINES = ("reference", "columnar", "light")

LINES = [
    {"line": "DNB SEK Short Bond A", "class": "nominal", "value": "85801192 SEK", "month": "0.1%", "units": "3137385"},
    {"line": "3102", "class": "real", "value": "84540143 SEK", "month": "1.2%"},
    {"line": "3104", "class": "real", "value": "49283194 SEK", "month": "3.5%"},
    {"line": "3105", "class": "real", "value": "39853079 SEK", "month": "0%"},
    {"line": "SEB Beta", "class": "swedish_equity", "value": "40206458 SEK", "month": "7.4%", "units": "271"},
    {"line": "SEB Global", "class": "foreign_equity", "value": "89872782 SEK", "month": "4.2%", "units": "10847835"},
    {"line": "Likvida medel", "class": "cash", "value": "483947 SEK"},
]
PARTS = [
    {"part": "nominal", "kind": "interest", "value": "85801192 SEK", "month": "0.1%"},
    {"part": "real", "kind": "interest", "value": "173676416 SEK", "month": "1.5%"},
    {"part": "Swedish equity", "kind": "equity", "value": "40206458 SEK", "month": "9.6%"},
    {"part": "foreign equity", "kind": "equity", "value": "89872782 SEK", "month": "4.9%"},
]


@pytest.fixture(scope="module", params=ENGINES)
def report(request: pytest.FixtureRequest) -> Report:
    """What comes out of the printed rows."""
    rulebook = policydsl.load(HERE / "sums.policy")
    return rulebook.check({"lines": LINES, "parts": PARTS}, as_of=date(2015, 1, 31), engine=request.param)


def exact(report: Report, name: str) -> Fraction:
    figure = next(line.figure for line in report.figures if line.name == name)
    assert isinstance(figure, Interval) and figure.exact and isinstance(figure.low, Fraction)
    return figure.low


@pytest.mark.parametrize(
    ("id", "name", "printed", "off"),
    [
        ("BF-MV-Totalt_nominella_räntor", "nominal_value", 85_801_192, 0),
        ("BF-MV-Totalt_realräntor", "real_value", 173_676_415, 1),
        ("BF-MV-Totalt_räntor", "interest_value", 259_477_606, 2),
        ("BF-MV-Totalt_svenska_aktier", "swedish_value", 40_206_458, 0),
        ("BF-MV-Totalt_utländska_aktier", "foreign_value", 89_872_782, 0),
        ("BF-MV-Totalt_aktier", "equity_value", 130_079_240, 0),
        ("BF-MV-Totalt_likvida_medel", "cash_value", 483_947, 0),
        ("BF-MV-TOTALT", "whole", 390_040_793, 2),
    ],
)
def test_subtotals(report: Report, id: str, name: str, printed: int, off: int) -> None:
    """The document rounds its rows to kronor, so that three of its sums are one or two kronor below them. The weights
    BF-W-Totalt_svenska_aktier and BF-W-Totalt_utländska_aktier are those of their only funds, in figures.csv. That the
    whole returned 2.3% (BF-RET-tot) does not follow from the printed rows, and nothing is built on it."""
    assert exact(report, name) - printed == off


@pytest.mark.parametrize(
    ("id", "name", "computed"),
    [
        ("BF-REALSHARE", "real_share", "44.5278"),
        ("BF-OLD50", "real_of_interest", "66.9331"),
        ("BF-RET-real", "real_return", "1.5608"),
        ("BF-RET-fi", "interest_return", "1.03275"),
        ("BF-RET-eq", "equity_return", "6.30911"),
        ("BF-MATCH-r", "matching", "24.2609"),
        ("BF-SENS-A", "asset_gain", "2.79"),
        ("BF-SOLV", "solvency_fall", "8.70000"),
        ("BF-DUREX", "footnote_gain", "5.0000"),
    ],
)
def test_shares_returns_and_gains(report: Report, id: str, name: str, computed: str) -> None:
    """In per cent, with the inventory's decimals. `asset_gain` is from the printed 45% and 6.2 years."""
    exponent = Decimal(computed).as_tuple().exponent
    assert isinstance(exponent, int)
    assert rounded(exact(report, name) * 100, -exponent) == Decimal(computed)


def test_kronor_to_move(report: Report) -> None:
    """BF-55."""
    assert rounded(exact(report, "to_55"), 0) == 40_846_021


def test_printed_weights_come_to_a_hundred(report: Report) -> None:
    """BF-WSUM."""
    assert [one.outcome for one in report.verdicts if one.id == "weights"] == ["pass"]


@pytest.mark.parametrize(
    ("line", "value"), [("DNB SEK Short Bond A", "27.3480"), ("SEB Beta", "148363.31"), ("SEB Global", "8.2849")]
)
def test_value_of_a_unit(report: Report, line: str, value: str) -> None:
    """BF-UNITS: the second is not to be believed, and nothing else is built on it."""
    figure = next(one.figure for one in report.verdicts if one.id == "nav" and dict(one.group)["line"] == line)
    assert isinstance(figure, Interval) and isinstance(figure.low, Fraction)
    assert rounded(figure.low, -int(Decimal(value).as_tuple().exponent)) == Decimal(value)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("bond", "coupon", "ends", "printed", "computed"),
    [
        ("BF-MAC-3102", 4.0, date(2020, 12, 1), "5.4", "5.35795"),
        ("BF-MAC-3104", 3.5, date(2028, 12, 1), "11.8", "11.76885"),
        ("BF-MAC-3105", 3.5, date(2015, 12, 1), "0.8", "0.83231"),
    ],
)
def test_durations_of_the_bonds(bond: str, coupon: float, ends: date, printed: str, computed: str, engine: str) -> None:
    """Yearly coupons, a real yield of -0.5%, days over 365.25: present values from here, the mean from the rulebook."""
    days = [date(year, ends.month, ends.day) for year in range(2015, ends.year + 1)]
    flows = []
    for number, day in enumerate(days):
        years = (day - date(2015, 1, 31)).days / 365.25
        present = (coupon + (100 if day == ends else 0)) / (1 - 0.005) ** years
        flows.append(
            {"flow_number": str(number), "paid_after": f"{years:.12f}", "present_value": f"{present:.12f} SEK"}
        )
    report = policydsl.load(RULEBOOK).check({"cash_flows": flows}, as_of=date(2015, 1, 31), engine=engine)  # type: ignore[arg-type]
    years = exact(report, "duration_of_flows") / 12
    assert rounded(years, 5) == Decimal(computed)
    assert rounded(years, 1) == Decimal(printed)
