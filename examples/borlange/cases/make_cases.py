"""Writes the constructed Borlänge cases and, computed on its own, the verdicts that they should get.

Run it from anywhere: `python make_cases.py` writes `<case>/holdings.csv` and `<case>/expected.csv` beside itself.
It uses the standard library alone and nothing of policydsl: the limits below are transcribed from table 5 of the
policy, so that the two can be wrong independently of each other.
"""

import csv
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).parent
AS_OF = date(2015, 1, 31)

Row = dict[str, str]
Expected = tuple[str, str, str, Fraction | None]  # reference, group, verdict, value

COLUMNS = [
    "date", "instrument", "issuer", "issuer_type", "asset_class", "vehicle", "held_directly", "guarantee", "rating_sp",
    "rating_moodys", "rating_short", "real_rate", "duration", "maturity", "currency", "market", "market_value",
]  # fmt: skip

# --------------------------------------------------------------------------- table 5, transcribed

ROWS = {"A..E": "ABCDE", "B..E": "BCDE", "C..E": "CDE", "D..E": "DE", "E": "E"}
CELLS = {
    "A..E": {">= 0y": 100, "> 1y": 100, "> 3y": 100, "> 7y": 100},
    "B..E": {">= 0y": 100, "> 1y": 100, "> 3y": 90, "> 7y": 80},
    "C..E": {">= 0y": 100, "> 1y": 90, "> 3y": 70, "> 7y": 50},
    "D..E": {">= 0y": 80, "> 1y": 60, "> 3y": 40, "> 7y": 20},
    "E": {">= 0y": 35, "> 1y": 25, "> 3y": 15, "> 7y": 10},
}
ISSUER_CAPS = {
    "A..E": {"> 1y": 100, ">= 0y": 100},
    "B..E": {"> 1y": 30, ">= 0y": 45},
    "C..E": {"> 1y": 20, ">= 0y": 30},
    "D..E": {"> 1y": 12, ">= 0y": 20},
    "E": {"> 1y": 8, ">= 0y": 12},
}
OVER = {">= 0y": -1, "> 1y": 1, "> 3y": 3, "> 7y": 7}
LIABILITY_DURATION = Fraction("11.5")
EURO = {
    "AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT", "SI", "SK",
}  # fmt: skip

SP = [
    "AAA", "AA+", "AA", "AA-", "A+", "A", "A-", "BBB+", "BBB", "BBB-",
    "BB+", "BB", "BB-", "B+", "B", "B-", "CCC", "CC", "C", "D",
]  # fmt: skip
MOODYS = [
    "Aaa", "Aa1", "Aa2", "Aa3", "A1", "A2", "A3", "Baa1", "Baa2", "Baa3",
    "Ba1", "Ba2", "Ba3", "B1", "B2", "B3", "Caa", "Ca",
]  # fmt: skip
SHORT = {"A-1+": 0, "A-1": 1, "P-1": 1, "A-2": 2, "P-2": 2, "A-3": 3, "P-3": 3}
UNRATED = 99
AAA_BANK = {"issuer_type": "bank", "rating_sp": "AAA", "rating_moodys": "Aaa"}


# --------------------------------------------------------------------------- one row


def better(row: Row) -> int:
    """The place on the scale of the better of the two ratings, 0 for AAA."""
    sp, moodys = row.get("rating_sp", ""), row.get("rating_moodys", "")
    return min(place(SP, sp), place(MOODYS, moodys))


def place(scale: list[str], grade: str) -> int:
    """Where a grade stands on its agency's scale; behind all of them without one."""
    return scale.index(grade) if grade in scale else UNRATED


def in_sweden_or_euro(_: Row) -> bool:
    """The reference reading: the words on the euro area exclude nobody."""
    return True


def in_euro(row: Row) -> bool:
    """The literal reading of category A (variant V2)."""
    return row["market"] in EURO


def category(row: Row, area: Callable[[Row], bool] = in_sweden_or_euro) -> str:
    """The letter of a directly held row, nothing for any other."""
    if row.get("held_directly") != "yes":
        return ""
    grade, short = better(row), SHORT.get(row.get("rating_short", ""), UNRATED)
    short = short if Fraction(row["duration"]) < 1 else UNRATED
    public = bool({row.get("issuer_type"), row.get("guarantee")} & {"state", "municipality", "region"})
    lifted = row.get("guarantee") == "state" or row.get("issuer_type") in ("municipality", "region")
    if public and area(row) and grade == 0:
        return "A"
    if grade == 0:
        return "B"
    if grade <= SP.index("AA-") or short == 0 or (grade == UNRATED and lifted):
        return "C"
    if grade <= SP.index("A-") or short <= 1:
        return "D"
    if grade <= SP.index("BBB-") or short <= 3:
        return "E"
    return "F"


def duration(row: Row) -> Fraction:
    """The years that the table's columns speak of."""
    return Fraction(row["duration"])


def remaining(row: Row) -> Fraction:
    """The years left to maturity (variant V5), exact where it matters: at an anniversary."""
    end = date.fromisoformat(row["maturity"])
    years = end.year - AS_OF.year
    while AS_OF.replace(year=AS_OF.year + years) > end:
        years -= 1
    start = AS_OF.replace(year=AS_OF.year + years)
    return years + Fraction((end - start) // timedelta(days=1), 366)


def value(row: Row) -> Fraction:
    """The market value of a row."""
    return Fraction(row["market_value"])


# --------------------------------------------------------------------------- a portfolio


def total(rows: list[Row], keep: Callable[[Row], bool] = lambda _: True) -> Fraction:
    """The market value of the rows that are kept."""
    return sum((value(row) for row in rows if keep(row)), Fraction(0))


def is_real(row: Row) -> bool:
    """Whether the row is a real-rate bond."""
    return row["real_rate"] == "yes"


def is_fixed_income(row: Row) -> bool:
    """Whether the row's main exposure is to interest rates."""
    return row["asset_class"] == "fixed_income"


def has_duration(row: Row) -> bool:
    """Whether the row counts in the duration of the whole portfolio."""
    return row["duration"] != "" and row["vehicle"] != "structured"


def weighted(rows: list[Row], keep: Callable[[Row], bool]) -> Fraction:
    """The duration of the rows that are kept, weighted by market value."""
    return sum((value(row) * duration(row) for row in rows if keep(row)), Fraction(0)) / total(rows, keep)


def at_most(figure: Fraction, percent: int) -> str:
    """A hard upper limit."""
    return "pass" if figure <= Fraction(percent, 100) else "breach"


def every(holds: Iterable[bool]) -> str:
    """A condition on each row."""
    return "pass" if all(holds) else "breach"


def advised(holds: bool) -> str:
    """A recommendation."""
    return "pass" if holds else "deviation"


def credit_limits(rows: list[Row], letter: Callable[[Row], str], years: Callable[[Row], Fraction]) -> list[Expected]:
    """The twenty cells and the limits for each issuer, as shares of all these rows."""
    base = total(rows)

    def share(label: str, column: str, issuer: str | None = None) -> Fraction:
        def keep(row: Row) -> bool:
            in_group = issuer is None or row["issuer"] == issuer
            return in_group and letter(row) != "" and letter(row) in ROWS[label] and years(row) > OVER[column]

        return total(rows, keep) / base

    found: list[Expected] = []
    for label, limits in CELLS.items():
        for column, limit in limits.items():
            figure = share(label, column)
            found.append((f"T5[{label}, {axis(years)} {column}]", "", at_most(figure, limit), figure))
    for issuer in sorted({row["issuer"] for row in rows} - {""}):
        for label, caps in ISSUER_CAPS.items():
            for column, limit in caps.items():
                figure = share(label, column, issuer)
                ref = f"T5-issuer[{label}, {axis(years)} {column}]"
                found.append((ref, f"issuer={issuer}", at_most(figure, limit), figure))
    return found


def axis(years: Callable[[Row], Fraction]) -> str:
    """The words for the table's columns in the rulebook."""
    return "remaining(maturity)" if years is remaining else "duration"


def other_rules(rows: list[Row]) -> list[Expected]:
    """The rules of the rulebook beside table 5, and its quantities (which have a value and no verdict)."""
    base = total(rows)
    interest = total(rows, is_fixed_income)
    real = total(rows, is_real) / base
    real_duration = weighted(rows, is_real)
    matching = real * real_duration / LIABILITY_DURATION
    equities = total(rows, lambda row: row["asset_class"] == "equity") / base
    below = total(rows, lambda row: category(row) == "F") / base
    dn = total(rows, lambda row: category(row) in ("D", "E") and duration(row) > 7) / base
    graded = total(rows, lambda row: is_fixed_income(row) and better(row) <= SP.index("BBB-")) / interest
    state = total(rows, lambda row: is_fixed_income(row) and row["issuer_type"] == "state") / interest
    maturities = Fraction(len({row["maturity"] for row in rows if is_real(row)} - {""}))
    direct = [row for row in rows if is_fixed_income(row) and row["vehicle"] in ("direct", "structured")]
    funds = [row for row in rows if is_fixed_income(row) and row["vehicle"] == "fund"]
    low, high = Fraction(55, 100), Fraction(65, 100)
    return [
        ("DN", "", at_most(dn, 20), dn),
        ("issuer-known", "", every(row["issuer"] != "" for row in rows if row["held_directly"] == "yes"), None),
        ("allowed", "", every(row in direct + funds for row in rows if is_fixed_income(row)), None),
        ("scope", "", every(row["held_directly"] == "yes" for row in direct), None),
        ("below-investment-grade", "", at_most(below, 0), below),
        ("direct", "", every(row["currency"] == "SEK" and row["market"] == "SE" for row in direct), None),
        ("sek", "", every(row["currency"] == "SEK" for row in rows if is_fixed_income(row)), None),
        ("own", "", every(row["issuer"] not in ("Borlänge kommun", "Borlänge Energi") for row in rows), None),
        ("fund", "", "undetermined" if funds else "pass", None),
        ("floor", "", "undetermined", None),
        ("matching", "", "undetermined", matching),
        ("investment-grade", "", "pass" if graded > Fraction(1, 2) else "breach", graded),
        ("real-55", "", advised(real >= low), real),
        ("real-55-65", "", advised(low <= real <= high), real),
        ("equities", "", advised(Fraction(35, 100) <= equities <= Fraction(45, 100)), equities),
        ("longer", "", advised(real_duration > Fraction("6.2")), real_duration),
        ("maturities", "", advised(maturities >= 4), maturities),
        ("state-swap", "", "not applicable", None),
        ("old-50", "", advised(state >= Fraction(1, 2)), state),
        ("inflation_matching", "", "", real),
        ("real_duration", "", "", real_duration),
        ("portfolio_duration", "", "", weighted(rows, has_duration)),
        ("matching_ratio", "", "", matching),
        ("solvency_fall", "", "", (LIABILITY_DURATION - real * real_duration) / 100),
        ("cpi_gain", "", "", real * Fraction(2, 100)),
    ]


# --------------------------------------------------------------------------- the portfolios


def printed() -> list[Row]:
    """The real portfolio, the seven rows of the example beside this folder."""
    with (HERE.parent / "2015-01-31" / "holdings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bond(name: str, issuer: str, amount: Fraction, years: str, **more: str) -> Row:
    """A constructed real-rate bond, directly held, in SEK."""
    own = {"instrument": name, "issuer": issuer, "market_value": decimal(amount), "duration": years}
    kind = {"asset_class": "fixed_income", "vehicle": "direct", "held_directly": "yes", "real_rate": "yes"}
    where = {"date": AS_OF.isoformat(), "currency": "SEK", "market": "SE", "maturity": "2028-12-01"}
    return dict.fromkeys(COLUMNS, "") | own | kind | where | more


def decimal(amount: Fraction) -> str:
    """An amount with a finite number of decimals, exactly."""
    ore = amount * 100
    assert ore.denominator == 1, amount
    return f"{ore.numerator // 100}.{ore.numerator % 100:02d}".removesuffix(".00")


def room_for_real(rows: list[Row]) -> tuple[list[Row], Fraction]:
    """The rows without real-rate bonds, the bond fund sold down so that 55% is free; and those 55%."""
    wanted = total(rows) * Fraction(55, 100)
    bought = wanted - total(rows, is_real)
    kept = [row if row["issuer"] != "DNB" else row | {"market_value": decimal(value(row) - bought)} for row in rows]
    return [row for row in kept if not is_real(row)], wanted


def thirds(amount: Fraction) -> list[Fraction]:
    """Three parts in whole kronor, the rest with the last."""
    part = Fraction(int(amount) // 3)
    return [part, part, amount - 2 * part]


def w1(rows: list[Row]) -> list[Row]:
    """Part of the bond fund becomes the European Investment Bank's copy of 3104."""
    rest, wanted = room_for_real(rows)
    old = [row for row in rows if is_real(row)]
    new = bond("EIB 2028-12-01", "EIB", wanted - total(old), "11.8", **AAA_BANK)
    return rest[:1] + old + [new] + rest[1:]


def guaranteed(rows: list[Row], issuer: Callable[[Row], str]) -> list[Row]:
    """State bonds become unrated bonds with a state's guarantee (W2, W3)."""
    changed = {"issuer_type": "company", "guarantee": "state", "rating_sp": "", "rating_moodys": ""}
    return [row | changed | {"issuer": issuer(row)} if is_real(row) else row for row in rows]


def long(rows: list[Row], issuers: list[str], **more: str) -> list[Row]:
    """55% in real-rate bonds of duration 11.5 (W4, W5, W6)."""
    rest, wanted = room_for_real(rows)
    parts = thirds(wanted) if len(issuers) == 3 else [wanted]
    pairs = zip(issuers, parts, strict=True)
    return rest + [bond(f"{issuer} real", issuer, part, "11.5", **more) for issuer, part in pairs]


def naive() -> list[Row]:
    """Each box under its own limit (50, 20, 10), two sums over theirs."""
    cash = printed()[-1] | {"instrument": "Account", "market_value": "49000000"}
    shares = [("C", 30, "AA-"), ("D", 15, "A-"), ("E", 6, "BBB-")]
    made = [
        bond(f"{letter}{number}", f"Issuer {letter}{number}", percent * Fraction(1_000_000, 3), "8", rating_sp=grade)
        for letter, percent, grade in shares
        for number in (1, 2, 3)
    ]
    return [*made, cash]


def portfolios() -> dict[str, list[Row]]:
    """Every case by name."""
    rows = printed()
    wrong = {"held_directly": "yes", "rating_sp": "BBB-"}
    unrated = {"issuer_type": "company", "guarantee": "state"}
    return {
        "V1": rows,
        "V2": rows,
        "V3": [row | wrong if row["issuer"] == "DNB" else row for row in rows],
        "V4": rows,
        "V5": rows,
        "W0": rows,
        "W1": w1(rows),
        "W2": guaranteed(rows, lambda _: "Issuer X"),
        "W3": guaranteed(rows, lambda row: f"Issuer {row['instrument'].split()[2]}"),
        "W4": long(rows, ["Issuer 1", "Issuer 2", "Issuer 3"], **unrated),
        "W5": long(rows, ["Issuer 1", "Issuer 2", "Issuer 3"], **AAA_BANK),
        "W6": long(rows, ["EIB"], **AAA_BANK),
        "N1": naive(),
    }


def expected(case: str, rows: list[Row]) -> list[Expected]:
    """What a case's rulebook makes of it: V2, V4 and V5 have one of their own, with table 5 alone."""
    if case == "V2":
        return credit_limits(rows, lambda row: category(row, in_euro), duration)
    if case == "V4":
        return credit_limits([row for row in rows if is_fixed_income(row)], category, duration)
    if case == "V5":
        return credit_limits(rows, category, remaining)
    return credit_limits(rows, category, duration) + other_rules(rows)


def write(path: Path, header: tuple[str, ...], lines: list[list[str]]) -> None:
    """One CSV file."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([list(header), *lines])


def main() -> None:
    """Every case."""
    for case, rows in portfolios().items():
        write(HERE / case / "holdings.csv", tuple(COLUMNS), [[row[column] for column in COLUMNS] for row in rows])
        lines = [
            [ref, group, verdict, "" if figure is None else str(figure)]
            for ref, group, verdict, figure in expected(case, rows)
        ]
        write(HERE / case / "expected.csv", ("ref", "group", "verdict", "value"), lines)


if __name__ == "__main__":
    main()
