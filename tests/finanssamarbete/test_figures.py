"""The regions' other printed figures: capital and its return, the index behind the target, years, risk classes."""

import csv
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import policydsl
from policydsl.figures.interval import Interval
from policydsl.reports.report import Report

HERE = Path(__file__).parent
TOLD = HERE.parent.parent / "examples" / "finanssamarbete" / "told"


def rows(name: str, *columns: str) -> list[dict[str, str]]:
    """Some columns of a table of the example."""
    with (TOLD / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{column: row[column] for column in columns} for row in csv.DictReader(file)]


@pytest.fixture(scope="module", params=["reference", "columnar", "light"])
def report(request: pytest.FixtureRequest) -> Report:
    """What comes out of the printed figures."""
    regions = {"Sörmland": ("16.9", "7.7"), "Västmanland": ("15.6", "6.9"), "Örebro": ("16.3", "8.0")}
    yearly = {"Sörmland": ("16.9", "5.34"), "Västmanland": ("15.6", "4.95"), "Örebro": ("16.3", "5.16")}
    half = Decimal("0.005")
    tables = {
        "months": [{"month": m, "cpi": f"{cpi}%"} for m, cpi in (("10", "6.5"), ("11", "5.8"), ("12", "4.4"))],
        "three_years": [{"region": r, "three": f"{t}%", "last": f"{y}%"} for r, (t, y) in regions.items()],
        "yearly": [
            {"region": r, "three": Decimal(t), "low": Decimal(a) - half, "high": Decimal(a) + half}
            for r, (t, a) in yearly.items()
        ],
        "risks": rows("risks", "nr", "probability", "consequence"),
        "activities": rows("activities", "nr", "quarter", "due"),
    }
    return policydsl.load(HERE / "figures.policy").check(tables, as_of=date(2023, 12, 31), engine=request.param)


def low(figure: object) -> Fraction:
    """A figure that is exactly known."""
    assert isinstance(figure, Interval) and figure.exact and isinstance(figure.low, Fraction)
    return figure.low


def quantity(report: Report, name: str) -> Fraction:
    """A defined figure."""
    return low(next(line.figure for line in report.figures if line.name == name))


def of_groups(report: Report, rule: str) -> dict[str | None, Fraction]:
    """A rule's figure by group."""
    return {one.group[0][1]: low(one.figure) for one in report.verdicts if one.id == rule}


def per_cent(share: Fraction, places: str) -> Decimal:
    """A share in per cent, rounded half up."""
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return exact.quantize(Decimal(places), ROUND_HALF_UP)


def test_capital_and_its_return(report: Report) -> None:
    """RF-OPEN, RF-FLOW, RF-RET: flows count for half of the year."""
    assert quantity(report, "opening") == 18_700_000_000
    assert quantity(report, "flow") == 415_000_000
    assert per_cent(quantity(report, "dietz"), "0.001") == Decimal("7.325")


def test_the_index_behind_the_target(report: Report) -> None:
    """RF-KPI-IMPL, RF-KPI-2023-10, RF-KPI-2023-11, RF-KPI-2023-12: November's index alone, compounded, gives 9.0%."""
    assert quantity(report, "implied_added") == Fraction(6, 100)
    assert per_cent(quantity(report, "implied_compounded"), "0.001") == Decimal("5.825")
    added, compounded = of_groups(report, "added"), of_groups(report, "compounded")
    assert [per_cent(added[m], "0.1") for m in ("10", "11", "12")] == [Decimal(x) for x in ("9.5", "8.8", "7.4")]
    wanted = [Decimal(x) for x in ("9.695", "8.974", "7.532")]
    assert [per_cent(compounded[m], "0.001") for m in ("10", "11", "12")] == wanted
    nine = [m for of in (added, compounded) for m, share in of.items() if per_cent(share, "0.1") == Decimal("9.0")]
    assert nine == ["11"]


def test_three_years(report: Report) -> None:
    """RF-3Y-Sörmland, RF-3Y-Västmanland, RF-3Y-Örebro: a year's return, and what is left for 2021 and 2022."""
    before = {region: per_cent(share, "0.01") for region, share in of_groups(report, "before").items()}
    wanted = {"Sörmland": "8.54", "Västmanland": "8.14", "Örebro": "7.69"}
    assert before == {region: Decimal(figure) for region, figure in wanted.items()}
    assert [one.outcome for one in report.verdicts if one.id == "between-cubes"] == ["pass"]


def test_risks_by_level(report: Report) -> None:
    """RF-RISK, RF-RISK-CLASS."""
    assert of_groups(report, "levels") == {"8": 2, "6": 4, "4": 4, "2": 1}


def test_quarters_of_the_activities(report: Report) -> None:
    """RF-ACT-Q: of all nineteen that have a day it is the last of their quarter."""
    assert quantity(report, "in_its_quarter") == 19
