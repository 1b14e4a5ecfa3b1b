"""1,000 rows with 40 and with 200 rules, once both are loaded: `python benchmarks/small.py`.

Timed is what a program repeats on rows that it has open (`Rulebook.loaded`): a report of which every outcome and figure
is read. Once more the same; with another value of a parameter that bounds are written with, or that rows are judged by;
with another amount in a row; and on a session that has measured nothing yet. Beside it what comes before and after:
reading the rulebook, fitting the rows, making every sentence, writing the report.
"""

import argparse
import gc
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction as F
from pathlib import Path
from typing import Any

from attrs import evolve

import policydsl
from policydsl.api import judged, open_session
from policydsl.data.from_sheets import fit
from policydsl.inputs.frames import read_frame

ROWS = 1_000
AS_OF = date(2026, 6, 30)

VOCABULARY = """\
rulebook "Forty rules"
  currency SEK
  base portfolio
scale grades, best first: AAA = Aaa, AA, A, BBB, BB, B, C; unrated: NR
table holdings, each holding
  instrument   text, key
  issuer       text, blank means none
  issuer_type  one of state, municipality, region, bank, company
  asset_class  one of fixed_income, equity, cash
  rating       grades, blank means unrated
  second       grades, blank means unrated
  duration     term in years, not negative
  maturity     date, blank means none
  bought       date
  currency     text
  real_rate    yes/no, blank means no
  market_value money in SEK
define portfolio = sum market_value of holdings
define bonds = holdings where asset_class = fixed_income
define bond_value = sum market_value of bonds
define best_rating of holdings = better of rating and second
define real_share = share where real_rate
category credit of holdings where asset_class = fixed_income
  P "State":      issuer_type in (state, municipality, region) and best_rating >= AA
  Q "High grade": best_rating >= A
  R "Investment": best_rating >= BBB
  otherwise S "Below"
"""

RULES = """\
rule q1: sum P..S where duration > 7y <= 30%
rule q2: sum Q..S where duration > 3y <= 60%
rule q3: sum R..S where duration > 1y <= 40%
rule q4: sum S <= 15%
rule cash: share where asset_class = cash between 1% and 40%
rule equity: share where asset_class = equity <= 40%
rule real: share where real_rate should be at least 20%
rule state: share of bond_value where issuer_type = state >= 5%
rule issuer: per issuer: share <= 10%
  warn at 8%
rule issuer-s: per issuer: sum S <= 5%
rule class: per asset_class: share of portfolio <= 70%
rule duration: average duration weighted by market_value of bonds between 1y and 8y
rule longest: max duration of bonds <= 30y
rule worst: worst best_rating of bonds where currency = SEK >= C
rule spread: distinct issuer of bonds should be at least 10
rule biggest: sum market_value of largest 5 holdings by market_value <= 25%
rule sek: each holding where asset_class = fixed_income: currency in ("SEK", "EUR", "DKK")
rule known: each holding where asset_class = fixed_income: issuer is present
rule own: no holding where issuer = "Own municipality"
rule mature: each holding where asset_class = fixed_income and maturity is present: maturity - bought <= 40 years
rule floor: portfolio >= 1 MSEK
rule pieces: count of holdings where market_value > 5% of portfolio <= 10
"""

LIMITS = """\
limits terms "Fixed interest": share of bond_value
  | duration | max  | min |
  | < 1y     | 60%  | 0%  |
  | 1y..<3y  | 60%  | 0%  |
  | 3y..<5y  | 60%  | 0%  |
  | 5y..<10y | 60%  | 0%  |
  | >= 10y   | 60%  | 0%  |
limits cells "Credit": sum
  |      | duration >= 0y | duration > 3y |
  | P..S | 100%           | 90%           |
  | Q..S | 90%            | 70%           |
  | R..S | 60%            | 40%           |
  | S    | 30%            | 10%           |
"""


TWO_HUNDRED = "".join(
    f"rule m{grade}-{years}: sum market_value of bonds where best_rating <= {grade} and duration >= {years}y"
    f" <= {100 - 2 * years}% of portfolio\n"
    for grade in ("AAA", "AA", "A", "BBB", "BB")
    for years in range(40)
)
RULEBOOKS = {"40": RULES + LIMITS, "200": TWO_HUNDRED}


def rows(count: int) -> list[dict[str, object]]:
    """A portfolio."""
    chosen = random.Random(1)
    grades = ("AAA", "AA", "A", "BBB", "BB", "NR", None)
    found = []
    for number in range(count):
        bought = AS_OF - timedelta(chosen.randint(0, 2000))
        found.append({
            "instrument": f"instrument {number}",
            "issuer": f"issuer {chosen.randint(1, 60)}",
            "issuer_type": chosen.choice(("state", "municipality", "region", "bank", "company")),
            "asset_class": chosen.choice(("fixed_income", "fixed_income", "fixed_income", "equity", "cash")),
            "rating": chosen.choice(grades),
            "second": chosen.choice(grades),
            "duration": str(chosen.randint(0, 200) / 10),
            "maturity": bought + timedelta(chosen.randint(0, 5000)),
            "bought": bought,
            "currency": chosen.choice(("SEK", "SEK", "SEK", "EUR")),
            "real_rate": chosen.choice(("yes", "no")),
            "market_value": f"{chosen.randint(10_000, 50_000_000)}.{chosen.randint(0, 99):02}",
        })  # fmt: skip
    return found


def milliseconds(runs: int, work: Callable[[], Any]) -> tuple[float, float]:
    """The median and the least of some runs, in the processor's time."""
    work()
    found = []
    gc.collect()
    for _ in range(runs):
        began = time.process_time()
        work()
        found.append(1000 * (time.process_time() - began))
    return statistics.median(found), min(found)


def main() -> None:
    """The command."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("runs", nargs="?", type=int, default=101)
    reader.add_argument("--engine", choices=("columnar", "light", "reference", "auto"), default="columnar")
    asked = reader.parse_args()
    for name, rules in RULEBOOKS.items():
        told(name, VOCABULARY + rules, asked.runs, asked.engine)


SUPPLIED = """\
parameter cap: supplied by the run, share in %
parameter top: supplied by the run, term in years
"""
WITH_PARAMETERS = {
    "40": {"sum S <= 15%": "sum S <= cap", "duration > 1y <= 40%": "duration > top <= 40%"},
    "200": {"<= 100% of portfolio": "<= cap", "duration >= 39y": "duration >= top"},
}
"""What becomes a parameter, to be changed from run to run."""


def with_parameters(name: str, rules: str) -> str:
    """A rulebook of which the run supplies two values: some bounds, and what some rows are judged by."""
    for written, supplied in WITH_PARAMETERS[name].items():
        assert written in rules
        rules = rules.replace(written, supplied)
    return rules.replace("define portfolio", f"{SUPPLIED}define portfolio", 1)


def read(report: policydsl.Report) -> tuple[Any, ...]:
    """What is asked of a report: every outcome, every figure."""
    return report.verdicts.outcomes, report.verdicts.figures, report.figures


def works(rules: str, name: str, engine: policydsl.api.Engine) -> dict[str, Callable[[], Any]]:
    """What is timed on rows that have been read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rules-{name}.policy"
        path.write_text(with_parameters(name, rules), encoding="utf-8")
        rulebook = policydsl.load(path)
    table = rows(ROWS)
    opened, typed = (
        rulebook.loaded({"holdings": table}, as_of=AS_OF, parameters={"cap": "15%", "top": "1 year"}, engine=engine)
        for _ in range(2)
    )
    typed.check()
    caps, tops = (itertools.cycle(values) for values in ([F(n, 1000) for n in range(200, 900)], map(F, range(6, 300))))
    amounts = itertools.cycle(range(10_000, 90_000_000, 77_777))

    def another_amount() -> Any:
        changed = typed.changed("holdings", {"instrument 7": {"market_value": next(amounts)}})
        return read(changed.check())

    def on_a_new_session() -> Any:
        return read(evolve(opened, session=open_session(rulebook.model, opened.fitted.tables, engine)).check())

    return {
        "the same again": lambda: read(opened.check()),
        "another bound": lambda: read(opened.check({"cap": next(caps)})),
        "another condition": lambda: read(opened.check({"top": next(tops)})),
        "another amount": another_amount,
        "a new session": on_a_new_session,
        "with every sentence": lambda: [verdict.sentence for verdict in opened.check().verdicts],
    }


def told(name: str, rules: str, runs: int, engine: policydsl.api.Engine) -> dict[str, float]:
    """Measure one rulebook; the medians in milliseconds, which are printed too."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rules-{name}.policy"
        path.write_text(rules, encoding="utf-8")
        rulebook = policydsl.load(path)
        found = {"read the rulebook": milliseconds(5, lambda: policydsl.load(path))}
    model = rulebook.model
    sheet, _ = read_frame(rows(ROWS), "holdings")
    found["fit the rows"] = milliseconds(5, lambda: fit(model, {"holdings": sheet}, AS_OF))
    found |= {what: milliseconds(runs, work) for what, work in works(rules, name, engine).items()}
    report, _ = judged(model, {"holdings": sheet}, AS_OF, {}, engine)
    assert report is not None
    found["write the JSON"] = milliseconds(5, report.to_json)
    counts = f"{len(model.checks)} rules and cells, {len(report.verdicts)} verdicts, {len(report.figures)} figures"
    print(f"{ROWS:,} rows, {counts}, {report.engine}")
    for what, (median, least) in found.items():
        print(f"{what:22} median {median:8.2f} ms, least {least:8.2f} ms")
    return {what: median for what, (median, _) in found.items()}


if __name__ == "__main__":
    main()
