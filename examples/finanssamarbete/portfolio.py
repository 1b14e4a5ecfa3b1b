"""Holdings, funds, companies, months and days: invented. Part of `generate.py`."""

import random
from datetime import date, timedelta
from fractions import Fraction

from printed import BENCHMARK, CAPITAL, INDICES, REGIONS, Row, Tables, capital

MILLION = 1_000_000
OVERLAP = Fraction(66, 100)
HELD_BY_ALL = [
    "World index",
    "World low carbon",
    "World small companies",
    "Emerging markets",
    "Sweden index",
    "Sweden article nine",
    "Sweden micro companies",
    "Government bonds",
    "Real bonds",
    "Corporate bonds",
    "Green bonds",
    "Alternative credit",
    "Forest",
]
HELD_BY_TWO = {"Energy transition": (0, 1), "Infrastructure": (1, 2), "Property": (0, 2), "Short bonds": (0, 1)}
HELD_BY_ONE = {"Climate bonds": 1, "World dividend": 2, "Alternative credit II": 0}
PAPERS = [f"Paper {year}" for year in range(2025, 2032)]
STEMS = ["Alm", "Berg", "Dal", "Ek", "Fors", "Gran", "Hav", "Ljung", "Mo", "Näs", "Ost", "Ry"]
TRADES = ["kraft", "bruk", "data", "bygg", "handel"]
TOBACCO, ARMS, COAL = "Alm tobak", "Berg vapen", "Dalkraft"
MANAGERS = ["Ask Kapital", "Björk Fonder", "Cedergren Förvaltning", "Ene Invest"]
DAYS = [date(2022, 1, 1) + timedelta(days=n) for n in range(730)]


def companies() -> list[Row]:
    """Sixty that funds may hold, eight of them in energy, on their way from coal; and two that none holds."""
    rows: list[Row] = []
    for trade in TRADES:
        for n, stem in enumerate(STEMS):
            energy = trade == "kraft" and n < 8
            rows.append(
                {
                    "company": stem + trade,
                    "industry": "energy" if energy else "other",
                    "restricted": "yes" if energy else "no",
                    "renewable": 30 + n if energy else 20 + n,
                    "renewable_before": 25 + n if energy else 20 + n,
                    "weapons": "no",
                }
            )
    quiet: Row = {"renewable": 10, "renewable_before": 10}
    rows.append({"company": TOBACCO, "industry": "tobacco", "restricted": "yes", **quiet, "weapons": "no"})
    rows.append({"company": ARMS, "industry": "other", "restricted": "no", **quiet, "weapons": "yes"})
    return rows


def constituents(chance: random.Random) -> list[Row]:
    """Nine companies and some cash in each fund; their weights are 100% together."""
    known = [str(row["company"]) for row in companies()[:60]]
    rows: list[Row] = []
    for fund in [*HELD_BY_ALL, *HELD_BY_TWO, *HELD_BY_ONE]:
        weights = [chance.randrange(40, 120) for _ in range(9)]
        weights.append(1000 - sum(weights))
        assert weights[-1] > 0
        held = [*chance.sample(known, 9), ""]
        rows += [
            {"fund": fund, "line": n, "company": company, "weight": f"{weight / 10:.1f}"}
            for n, (company, weight) in enumerate(zip(held, weights, strict=True), 1)
        ]
    return rows


def shared_out(chance: random.Random, whole: int, parts: int) -> list[int]:
    """So many millions in so many parts."""
    weights = [chance.randrange(50, 150) for _ in range(parts)]
    amounts = [whole * weight // sum(weights) for weight in weights]
    amounts[-1] += whole - sum(amounts)
    return amounts


def holdings(chance: random.Random) -> list[Row]:
    """Sixty, of 20 500 million together. What all three regions hold is 66% of it, to the krona."""
    closing = {str(row["region"]): int(str(row["closing"])) for row in capital()}
    common = [int(CAPITAL * OVERLAP * closing[region] / CAPITAL) for region in REGIONS]
    common[-1] += int(CAPITAL * OVERLAP) - sum(common)
    rows: list[Row] = []
    for n, region in enumerate(REGIONS):
        own = [fund for fund, holders in HELD_BY_TWO.items() if n in holders]
        own += [fund for fund, holder in HELD_BY_ONE.items() if n == holder]
        own += [paper for nth, paper in enumerate(PAPERS) if nth % 3 == n] + [f"Account {region}"]
        amounts = shared_out(chance, common[n], len(HELD_BY_ALL))
        amounts += shared_out(chance, closing[region] - common[n], len(own))
        for instrument, amount in zip([*HELD_BY_ALL, *own], amounts, strict=True):
            rows.append(
                {
                    "region": region,
                    "instrument": instrument,
                    "held_by": region,
                    "company": STEMS[PAPERS.index(instrument)] + "bygg" if instrument in PAPERS else "",
                    "market_value": amount * MILLION,
                }
            )
    assert sum(int(str(row["market_value"])) for row in rows) == CAPITAL * MILLION
    return rows


def months(chance: random.Random, results: dict[str, str], farthest: int) -> list[Row]:
    """Twelve months, which add up to the year's return and to the benchmark."""
    rows: list[Row] = []
    for region in REGIONS:
        ours = spread(chance, round(Fraction(results[region]) * 100), farthest)
        normal = spread(chance, round(Fraction(BENCHMARK["year"]) * 100), 130)
        for month, (result, other) in enumerate(zip(ours, normal, strict=True), 1):
            rows.append(
                {
                    "region": region,
                    "month": f"2023-{month:02}",
                    "result": f"{result / 100:.2f}",
                    "normal": f"{other / 100:.2f}",
                    "risk_free": "0.28",
                }
            )
    return rows


def spread(chance: random.Random, whole: int, far: int) -> list[int]:
    """Twelve values about the mean, no farther from it than this, of a given sum; six of them mirror the others."""
    steps = [chance.randrange(far // 2, far + 1) for _ in range(6)]
    values = [whole // 12 + step for step in [*steps, *(-step for step in steps)]]
    values[0] += whole - sum(values)
    chance.shuffle(values)
    return values


def liquidity(chance: random.Random) -> list[Row]:
    """Two years of days; the reserve is never under one and a half times the payments, and once exactly that."""
    rows: list[Row] = []
    for region in REGIONS:
        for n, day in enumerate(DAYS):
            outflow = chance.randrange(0, 120) * MILLION // 2
            reserve = outflow * 3 // 2 + chance.randrange(1, 300) * MILLION
            if n == 400:
                outflow, reserve = 60 * MILLION, 90 * MILLION
            rows.append({"region": region, "day": day, "reserve": reserve, "outflow": outflow})
    return rows


def made(chance: random.Random, results: dict[str, str], farthest: int) -> Tables:
    """All that is about money. The results are those of the year, in per cent; no month is farther from their mean."""
    assets = {"Sörmland": 5_285, "Västmanland": 9_408, "Örebro": 5_807}
    liabilities = {"Sörmland": 6_400, "Västmanland": 11_500, "Örebro": 7_200}
    return {
        "holdings": holdings(chance),
        "constituents": constituents(chance),
        "companies": companies(),
        "monthly": months(chance, results, farthest),
        "class_returns": [
            {
                "region": region,
                "asset_class": asset_class,
                "result": f"{float(index) - chance.randrange(2, 60) / 10:.1f}",
                "index": index,
            }
            for region in REGIONS
            for asset_class, index in INDICES.items()
        ],
        "liquidity": liquidity(chance),
        "pensions": [
            {"region": one, "assets": assets[one] * MILLION, "liability": liabilities[one] * MILLION} for one in REGIONS
        ],
        "income": [
            {
                "region": region,
                "for_year": year,
                "pension_cost": (600 + 40 * n) * MILLION,
                "financial_return": (50 if year == 2022 else 380 + 10 * n) * MILLION,
            }
            for n, region in enumerate(REGIONS)
            for year in (2022, 2023)
        ],
        "co2": [
            {"region": region, "for_year": year, "intensity": intensity - 3 * n}
            for n, region in enumerate(REGIONS)
            for year, intensity in ((2022, 131), (2023, 88))
        ],
        "managers": [{"manager": manager} for manager in MANAGERS],
    }
