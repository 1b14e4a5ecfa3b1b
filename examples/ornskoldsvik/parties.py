"""The verdicts on counterparties, lenders and offers, and on maturities and fixings. Part of `expected.py`."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from threefold import Answer, Row, both, each, either, no, number, same, upto, within, worst, yes

Tables = dict[str, list[Row]]
AS_OF, A_YEAR_ON = date(2018, 12, 31), date(2019, 12, 31)
OURS = ("kommun", "moderbolag", "dotterbolag")
LONG = ["AAA", "AA+", "AA", "AA-", "A+", "A", "A-", "BBB+", "BBB", "BBB-", "BB+", "BB", "BB-", "B+", "B", "B-"]
MOODYS = ["Aaa", "Aa1", "Aa2", "Aa3", "A1", "A2", "A3", "Baa1", "Baa2", "Baa3", "Ba1", "Ba2", "Ba3", "B1", "B2", "B3"]
NAMED = (
    "Kommuninvest i Sverige AB",
    "Nordiska Investeringsbanken",
    "Europeiska Investeringsbanken",
    "Europeiska Utvecklingsbanken",
    "Svensk Exportkredit",
)
INSTITUTIONS = (
    "kreditinstitut",
    "finansinstitut",
    "försäkringsbolag",
    "pensionsanstalt",
    "bostadsinstitut",
    "övernationell",
    "placerare",
)
Share = tuple[Fraction, Fraction]


def verdicts(t: Tables) -> dict[str, str]:
    """All of them."""
    party = {row["namn"]: row for row in t["motparter"]}
    return {**trades(t, party), **placements(t, party), **lenders(t, party), **maturities(t), **fixings(t)}


def rated(row: Row, least: str) -> bool:
    """Whether one of the two long grades is good enough; no grade is not."""
    line = LONG.index(least)
    return row["rating_sp"] in LONG[: line + 1] or row["rating_moodys"] in MOODYS[: line + 1]


def anything(row: Row) -> Answer:
    """No condition."""
    return True


def asked(
    rows: list[Row],
    party: dict[str, Row],
    column: str,
    holds: Callable[[Row, Row], Answer],
    where: Callable[[Row, Row], Answer] = lambda row, party: True,
    own: Callable[[Row], Answer] = anything,
) -> str:
    """What must hold of each row and the party that it names, under a condition on both and one on the row alone."""

    def of(test: Callable[[Row, Row], Answer]) -> Callable[[Row], Answer]:
        return lambda row: test(row, party[row[column]]) if row[column] else None

    return each(rows, of(holds), lambda row: both(own(row), of(where)(row)))


def trades(t: Tables, party: dict[str, Row]) -> dict[str, str]:
    """Counterparties of derivatives and of currency deals."""

    def rates(row: Row) -> Answer:
        return same(row["underliggande"], "ränta")

    def deals(row: Row) -> bool:
        return row["för_elhandel"] != "yes"

    derivatives, currency = t["derivat"], t["valutaaffärer"]
    return {
        "3.3-ramavtal": asked(
            derivatives,
            party,
            "motpart",
            lambda r, p: False if p["ramavtal_derivat"] == "" else upto(p["ramavtal_derivat"], r["affärsdag"] or None),
            own=rates,
        ),
        "3.3-nordiska-banker": asked(
            derivatives,
            party,
            "motpart",
            lambda r, p: rated(p, "A-"),
            lambda r, p: both(same(p["slag"], "bank"), yes(p["norden"])),
            rates,
        ),
        "3.3-utanför-norden": asked(
            derivatives,
            party,
            "motpart",
            lambda r, p: rated(p, "AA-"),
            lambda r, p: no(yes(p["norden"])),
            rates,
        ),
        "3.3-säkrat-belopp": hedged(t),
        "3.4-nordiska-banker": asked(
            currency,
            party,
            "motpart",
            lambda r, p: both(same(p["slag"], "bank"), rated(p, "A-")),
            lambda r, p: yes(p["norden"]),
            deals,
        ),
        "3.4-utanför-norden": asked(
            currency, party, "motpart", lambda r, p: rated(p, "AA-"), lambda r, p: no(yes(p["norden"])), deals
        ),
    }


def hedged(t: Tables) -> str:
    """Derivatives on a loan are at most the loan."""
    debt = {row["lånenummer"]: number(row["skuld"]) for row in t["lån"]}
    found = []
    for loan, amount in debt.items():
        rows = [row for row in t["derivat"] if row["säkrat_lån"] == loan]
        low = high = Fraction(0)
        for row in rows:
            counts = same(row["underliggande"], "ränta")
            if counts is not False and row["nominellt"] == "":
                return "undetermined"
            low += Fraction(row["nominellt"]) if counts else 0
            high += Fraction(row["nominellt"]) if counts is not False else 0
        if rows:
            found.append(
                "undetermined" if amount is None else within((low, high), lambda many, most=amount: many <= most)
            )
    return worst(found)


def placements(t: Tables, party: dict[str, Row]) -> dict[str, str]:
    """What is placed with whom."""

    def allowed(r: Row, p: Row) -> Answer:
        kind, swedish = p["slag"], p["land"] == "SE"
        short = ("A-1+", "A-1", "P-1", "K-1")
        backer = party.get(r["garant"])
        return either(
            swedish
            and (kind == "stat" or (kind == "statligt_bolag" and p["helägd"] == "yes") or p["statsgaranti"] == "yes"),
            swedish
            and (
                kind in ("kommun", "region")
                or (kind == "kommunalt_bolag" and p["helägd"] == p["ägaren_borgar"] == "yes")
            ),
            swedish and kind in ("bank", "kreditinstitut") and (p["kort_sp"] in short or p["kort_moodys"] in short),
            swedish and kind == "bankägt_bolag" and p["helägd"] == "yes",
            swedish and kind == "bostadsinstitut",
            swedish and (p["kort_sp"] in short or p["kort_nordisk"] in short),
            backer is not None and backer["slag"] == "bank" and backer["land"] == "SE",
        )

    ours = [row for row in t["placeringar"] if row["ägare"] == "kommunkoncernen"]
    return {"3.5-motparter": asked(ours, party, "emittent", allowed)}


def lenders(t: Tables, party: dict[str, Row]) -> dict[str, str]:
    """Who lends, in what form, and who was asked."""
    rows = [row for row in t["lån"] if row["låntagarslag"] in OURS]
    short = [row for row in t["lån"] if row["kort_affär"] == "yes"]

    def allowed(r: Row, p: Row) -> Answer:
        kind, swedish = p["slag"], p["land"] == "SE"
        return either(
            p["namn"] in NAMED,
            swedish
            and kind in ("stat", "bank", "kreditinstitut", "finansinstitut", "försäkringsbolag", "pensionsanstalt"),
            kind in ("kommun", "region", "kommunalt_bolag", "bostadsinstitut"),
            both(
                not swedish and kind in ("bank", "kreditinstitut", "finansinstitut"),
                same(r["lag"], "SE"),
                same(r["dokumentation"], "SE"),
            ),
        )

    def nordic_bank(r: Row, p: Row) -> Answer:
        return both(p["slag"] == "bank", yes(p["norden"]))

    def other(r: Row, p: Row) -> Answer:
        return both(no(nordic_bank(r, p)), p["land"] != "SE", p["slag"] in ("bank", "kreditinstitut", "finansinstitut"))

    loan = {row["lånenummer"]: row for row in rows}
    free = [key for key, row in loan.items() if "yes" not in (row["kort_affär"], row["hastig_ränterörelse"])]
    offers = []
    for key in free:
        names = [row["lämnad_av"] for row in t["offerter"] if row["lån"] == key] + [loan[key]["långivare"]]
        known = len(set(names) - {""})
        offers.append(within((max(known, 1), known + names.count("")), lambda many: many >= 2, soft=True))
    own = [no(same(row["långivare"], "Kustbanken")) for row in short]
    return {
        "5-offerter": worst(offers),
        "5-korta-affärer": within(
            (own.count(True), own.count(True) + own.count(None)), lambda many: many == 0, soft=True
        ),
        "5.2-banklån": asked(
            rows,
            party,
            "långivare",
            lambda r, p: p["slag"] == "bank",
            own=lambda r: same(r["form"], "banklån", "kontokredit"),
        ),
        "5.2-skuldebrev": asked(
            rows,
            party,
            "långivare",
            lambda r, p: p["slag"] in INSTITUTIONS,
            own=lambda r: same(r["form"], "skuldebrev"),
        ),
        "5.3-långivare": asked(rows, party, "långivare", allowed),
        "5.3-tillstånd": asked(rows, party, "långivare", lambda r, p: yes(p["fi_tillstånd"]), nordic_bank),
        "5.3-nordiska-banker": asked(rows, party, "långivare", lambda r, p: rated(p, "A-"), nordic_bank),
        "5.3-andra": asked(rows, party, "långivare", lambda r, p: rated(p, "AA-"), other),
    }


# --- parts of a whole -------------------------------------------------------------------------------------------------

Part = tuple[Fraction | None, Answer]
"""An amount, and whether it counts."""


def share(parts: list[Part]) -> Share | None:
    """The least and the greatest part of the whole that counts; None if an amount is not known."""
    if any(amount is None for amount, _ in parts):
        return None
    whole = sum((amount for amount, _ in parts if amount is not None), Fraction(0))
    low = high = Fraction(0)
    for amount, counts in parts:
        assert amount is not None
        low += amount if counts is True or (counts is None and amount < 0) else 0
        high += amount if counts is True or (counts is None and amount > 0) else 0
    return low / whole, high / whole


def judged(found: Share | None, holds: Callable[[object], bool]) -> str:
    """The verdict on a share that may not be known."""
    return "undetermined" if found is None else within(found, holds)


def maturities(t: Tables) -> dict[str, str]:
    """What falls due within a year, of the loans and the guaranteed commitments."""
    parts: list[Part] = [(number(row["skuld"]), soon(row)) for row in t["lån"] if row["låntagarslag"] in OURS]
    parts += [(number(row["belopp"]), soon(row)) for row in t["kreditlöften"] if row["garanterat"] == "yes"]
    found = unknown_amounts(parts)
    return {
        "3.1[< 12 months, max]": judged(found, lambda part: part <= Fraction(50, 100)),
        "3.1[< 12 months, min]": judged(found, lambda part: part >= Fraction(30, 100)),
        "3.1-rullande": "not applicable",
    }


def unknown_amounts(parts: list[Part]) -> Share | None:
    """Their share, from nothing to everything if an amount is not known and may be of any size."""
    if any(amount is None for amount, _ in parts):
        return Fraction(0), Fraction(1)
    return share(parts)


def soon(row: Row) -> Answer:
    """Whether it falls due before a year has passed."""
    return None if row["förfall"] == "" else date.fromisoformat(row["förfall"]) < A_YEAR_ON


def pieces(t: Tables) -> Iterator[tuple[Fraction | None, Fraction | None]]:
    """Amounts and fixings of the debt, moved by swaps and forwards."""
    for row in t["lån"]:
        if row["låntagarslag"] in OURS:
            yield number(row["skuld"]), number(row["räntebindning"])
    for row in t["derivat"]:
        if row["underliggande"] != "el" and row["typ"] in ("ränteswap", "räntetermin", ""):
            known = row["underliggande"] and row["typ"] and row["nominellt"]
            amount = Fraction(row["nominellt"]) if known else None
            yield None if amount is None else -amount, number(row["erhåller_bindning"])
            yield amount, number(row["betalar_bindning"])


def fixings(t: Tables) -> dict[str, str]:
    """The bands of fixings, the short debt with leases, and the average."""
    debt = list(pieces(t))
    leased = [
        (number(row["skuld"]), number(row["räntebindning"]))
        for row in t["leasing"]
        if row["tillgång"] != "fordon" and (row["löptid"] == "" or Fraction(row["löptid"]) >= 4)
    ]
    if any(row["löptid"] == "" for row in t["leasing"]):
        leased.append((None, None))
    bands = {"< 1y": (0, 1, 10, 50), "1y..<3y": (1, 3, 0, 60), "3y..<5y": (3, 5, 0, 60), "5y..10y": (5, 10, 0, 60)}
    found: dict[str, str] = {}
    for name, (low, high, least, most) in bands.items():

        def inside(fixing: Fraction | None, low: int = low, high: int = high) -> Answer:
            return None if fixing is None else low <= fixing and (fixing < high or fixing == high == 10)

        part = share([(amount, inside(fixing)) for amount, fixing in debt])
        found[f"3.3[{name}, max]"] = judged(part, lambda value, most=most: value <= Fraction(most, 100))
        found[f"3.3[{name}, min]"] = judged(part, lambda value, least=least: value >= Fraction(least, 100))
    short = share([(amount, None if fixing is None else fixing < 1) for amount, fixing in [*debt, *leased]])
    blank = any(amount is None or fixing is None for amount, fixing in debt)
    whole = sum(amount or 0 for amount, _ in debt)
    average = sum((amount or 0) * (fixing or 0) for amount, fixing in debt) / whole
    return {
        **found,
        "3.3[> 10y, max]": "not applicable",
        "3.3[> 10y, min]": "not applicable",
        "3.3-korta": judged(short, lambda value: value <= Fraction(50, 100)),
        "3.3-övrig-skuld": "undetermined" if blank else "pass" if 2 <= average <= 5 else "breach",
    }
