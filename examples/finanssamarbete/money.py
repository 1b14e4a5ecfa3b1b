"""The verdicts on returns, on what the funds hold, and on the goals that figures judge. Part of `expected.py`."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from plan_and_risks import Tables, Verdicts
from threefold import Answer, Row, both, either, no, number, same, told, upto, yes

REGIONS = ("Sörmland", "Västmanland", "Örebro")
Amount = Fraction | None


def less(left: Amount, right: Amount) -> Amount:
    """The difference; unknown if either is."""
    return None if left is None or right is None else left - right


def returns(t: Tables, parameters: dict[str, str]) -> Verdicts:
    """Against the target and the benchmark; the Sharpe ratio against the normal portfolio's."""
    target: Amount = None
    if "cpi" in parameters and "compounded" in parameters:
        index = Fraction(parameters["cpi"].rstrip("%"))
        target = (100 + index) * Fraction(103, 100) - 100 if parameters["compounded"] == "yes" else index + 3
    found: Verdicts = {}
    for region in REGIONS:
        [year] = [r for r in t["returns"] if r["region"] == region and r["period"] == "year"]
        [three] = [r for r in t["returns"] if r["region"] == region and r["period"] == "three_years"]
        wanted = number(year["target"]) if year["target"] else target
        for rule, figure in (
            ("return-target", less(number(year["result"]), wanted)),
            ("return-benchmark", less(number(year["result"]), number(year["benchmark"]))),
            ("return-three-years", less(number(three["result"]), number(three["benchmark"]))),
        ):
            found[rule, region] = told(upto(Fraction(0), figure), soft=True)
    found["sharpe", ""] = told(
        both(*(better([r for r in t["monthly"] if r["region"] == region]) for region in REGIONS))
    )
    return found


def better(months: list[Row]) -> Answer:
    """Whether the portfolio paid better for its risk than the normal portfolio."""
    ratios = []
    for column in ("result", "normal"):
        known = [less(number(r[column]), number(r["risk_free"])) for r in months]
        if None in known:
            return None
        values = [value for value in known if value is not None]
        mean = sum(values, Fraction(0)) / len(values)
        variance = sum((value - mean) ** 2 for value in values) / len(values)
        ratios.append(mean * abs(mean) / variance)
    return ratios[0] > ratios[1]


def exposed(t: Tables) -> Iterator[str | None]:
    """The company of each exposure: "" where there is none, None where the fund does not say."""
    funds: dict[str, list[Row]] = {}
    for line in t["constituents"]:
        funds.setdefault(line["fund"], []).append(line)
    for holding in t["holdings"]:
        lines = funds.get(holding["instrument"])
        if lines is None:
            yield holding["company"]
        else:
            yield from (line["company"] for line in lines)
            if sum(Fraction(line["weight"]) for line in lines) < 100:
                yield None


def exclusions(t: Tables) -> Verdicts:
    """Restricted industries and weapons, looked at through the funds."""
    companies = {row["company"]: row for row in t["companies"]}

    def allowed(company: Row) -> Answer:
        now, before = number(company["renewable"]), number(company["renewable_before"])
        changes = both(same(company["industry"], "energy"), no(upto(now, before)))
        return either(no(yes(company["restricted"])), changes)

    held = [companies.get(name) if name else None for name in exposed(t) if name != ""]
    return {
        ("restricted", ""): told(both(*(None if row is None else allowed(row) for row in held))),
        ("weapons", ""): told(both(*(None if row is None else no(yes(row["weapons"])) for row in held))),
    }


def goals(t: Tables, parameters: dict[str, str], year: int | None) -> Verdicts:
    """Reserve, coverage, net load, emissions."""
    cover, target = (
        Fraction(parameters[name].rstrip("%")) / 100 if name in parameters else None
        for name in ("cover", "coverage_target")
    )

    def reserved(r: Row) -> Answer:
        outflow = number(r["outflow"])
        return None if cover is None or outflow is None else upto(cover * outflow, number(r["reserve"]))

    found: Verdicts = {
        ("reserve", ""): told(both(*(reserved(r) for r in t["liquidity"]))),
        ("coverage", ""): told(None if target is None else covered(t["pensions"], target), soft=True),
    }
    for region in REGIONS:
        found["net-load", region] = told(
            falls(t["income"], region, year, lambda r: less(number(r["pension_cost"]), number(r["financial_return"]))),
            soft=True,
        )
        found["less-carbon", region] = told(falls(t["co2"], region, year, lambda r: number(r["intensity"])), soft=True)
    return found


def covered(rows: list[Row], target: Fraction) -> Answer:
    """Whether the assets reach this part of the liability; one that is not known is not negative."""
    assets = sum(Fraction(r["assets"]) for r in rows)
    known = sum(Fraction(r["liability"]) for r in rows if r["liability"])
    return False if assets < target * known else None if any(r["liability"] == "" for r in rows) else True


def falls(rows: list[Row], region: str, year: int | None, value: Callable[[Row], Amount]) -> Answer:
    """Whether what a region has in this year is less than in the year before."""
    if year is None:
        return None
    sums: list[Amount] = []
    for one in (year, year - 1):
        amounts = [value(r) for r in rows if r["region"] == region and r["for_year"] == str(one)]
        sums.append(None if None in amounts else sum(amounts, Fraction(0)))
    return no(upto(sums[1], sums[0]))
