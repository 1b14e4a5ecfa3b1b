"""The files beside this one, and the reports on Borlänge's portfolios."""

import csv
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import policydsl
from policydsl.api import check_files
from policydsl.figures.interval import Interval
from policydsl.reports.report import Report
from policydsl.verdicts.verdict import Verdict

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RULEBOOK = ROOT / "rulebooks" / "borlange"
CASES = ROOT / "examples" / "borlange" / "cases"
REAL = ROOT / "examples" / "borlange" / "2015-01-31"
ENGINES = ("reference", "columnar")

OUTCOMES = {
    "pass": "pass",
    "FAIL": "breach",
    "cannot judge": "undetermined",
    "not reached": "deviation",
    "outside (soft)": "deviation",
}
LABELS = {"A": "A..E", "B": "B..E", "C": "C..E", "D": "D..E", "E": "E"}
COLUMNS = {"K": ">= 0y", "L": "> 1y", "M": "> 3y", "N": "> 7y"}


def table(name: str, folder: Path = HERE) -> list[dict[str, str]]:
    """The rows of a file."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def report_on(data: Path, engine: str, rulebook: Path = RULEBOOK) -> Report:
    """What a rulebook makes of a folder of data."""
    return _report(data, engine, rulebook)


@cache
def _report(data: Path, engine: str, rulebook: Path) -> Report:
    found, told = check_files(policydsl.load(rulebook), [data / "holdings.csv"], engine=engine)
    assert found is not None, [one.message for one in told if one.is_error]
    return found


def rulebook_of(case: str) -> Path:
    """The rulebook of a case: a reading of its own, or Borlänge's."""
    own = CASES / case / "rulebook.policy"
    return own if own.is_file() else RULEBOOK


def verdict(report: Report, id: str, **group: str) -> Verdict:
    """The only verdict on a rule and group."""
    wanted = tuple(group.items())
    found = [one for one in report.verdicts if one.id == id and one.group == wanted]
    assert len(found) == 1, f"{len(found)} verdicts on {id} {group}"
    return found[0]


def value(of: object) -> Fraction:
    """The exact value of a verdict or a quantity."""
    figure = of.figure
    assert isinstance(figure, Interval) and figure.value is not None, figure
    return figure.value


def quantity(report: Report, name: str) -> Fraction:
    """The exact value of a named quantity."""
    return value(next(one for one in report.figures if one.name == name))


def rounded(exact: Fraction, places: int) -> Decimal:
    """An exact number to some decimals, half up."""
    scaled = exact * 10**places
    return Decimal((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)).scaleb(-places)


def in_print(exact: Fraction, unit: str) -> Fraction:
    """A share in percent, a term in years, anything else as it is."""
    return exact * 100 if unit == "pct" else exact / 12 if unit == "years" else exact


def places(number: str) -> int:
    """How many decimals a number is given with."""
    return -min(0, Decimal(number).as_tuple().exponent)


def same(exact: Fraction, unit: str, printed: str) -> bool:
    """Whether an exact value is what is printed, to the decimals given."""
    return rounded(in_print(exact, unit), places(printed)) == Decimal(printed)
