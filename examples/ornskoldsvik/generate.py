"""Makes the data folders beside it: `ordnat`, `brister`, `luckor` and `ensidigt`. Run it: python generate.py

Everything is invented but the two companies and the lenders that the policy names. The same seed gives the same files.
"""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

import flaws
import registers
from commitments import frames, guarantees, leases, lending
from town import ENERGY, MILLION, MONTHS, MUNICIPALITY, PARENT, SUBSIDIARIES, UNITS, WEEKS, Row, Tables

HERE = Path(__file__).parent
SEED = 20161219
SUPPLIED = "pris_uppdateras_inom = 1 månad\naffärsbanken = Kustbanken\n"
LENDERS = ["Kommuninvest i Sverige AB"] * 30 + [
    "Svensk Exportkredit",
    "Nordiska Investeringsbanken",
    "Europeiska Investeringsbanken",
    "Europeiska Utvecklingsbanken",
    "Norrlandsbanken",
    "Kustbanken",
    "Fjordbank",
    "Rheinische Landesbank",
    "Bottenhypotek",
    "Pensionskassan Väst",
]


def counterparties() -> list[Row]:
    """Banks, lenders and issuers: (name, kind, country, Nordic, S&P, Moody's, short S&P, short Moody's, K, more)."""
    listed: list[tuple[object, ...]] = [
        ("Svenska staten", "stat", "SE", "yes", "AAA", "Aaa", "A-1+", "P-1", "K-1"),
        ("Statens Järn AB", "statligt_bolag", "SE", "yes", "", "", "", "", ""),
        ("Exportgaranti AB", "företag", "SE", "yes", "", "", "", "", ""),
        ("Umeå kommun", "kommun", "SE", "yes", "", "", "", "", ""),
        ("Region Västernorrland", "region", "SE", "yes", "", "", "", "", ""),
        ("Umeå Bostäder AB", "kommunalt_bolag", "SE", "yes", "", "", "", "", ""),
        ("Kommuninvest i Sverige AB", "kreditinstitut", "SE", "yes", "AAA", "Aaa", "A-1+", "P-1", ""),
        ("Svensk Exportkredit", "kreditinstitut", "SE", "yes", "AA+", "Aa1", "A-1+", "P-1", ""),
        ("Nordiska Investeringsbanken", "övernationell", "FI", "yes", "AAA", "Aaa", "A-1+", "P-1", ""),
        ("Europeiska Investeringsbanken", "övernationell", "LU", "no", "AAA", "Aaa", "A-1+", "P-1", ""),
        ("Europeiska Utvecklingsbanken", "övernationell", "FR", "no", "AA+", "Aa1", "A-1+", "P-1", ""),
        ("Norrlandsbanken", "bank", "SE", "yes", "A-", "Baa1", "A-1", "P-2", "K-1"),
        ("Kustbanken", "bank", "SE", "yes", "A+", "Aa2", "A-1", "P-1", "K-1"),
        ("Inlandsbanken", "bank", "SE", "yes", "AA-", "Aa3", "A-1+", "P-1", "K-1"),
        ("Fjordbank", "bank", "NO", "yes", "BBB+", "A3", "A-2", "P-2", ""),
        ("Rheinische Landesbank", "bank", "DE", "no", "AA-", "A1", "A-1+", "P-1", ""),
        ("Manhattan Swaps Corp", "finansinstitut", "US", "no", "A+", "Aa3", "A-1", "P-1", ""),
        ("Bottenhypotek", "bostadsinstitut", "SE", "yes", "AAA", "Aaa", "", "", ""),
        ("Pensionskassan Väst", "pensionsanstalt", "SE", "yes", "", "", "", "", ""),
        ("Kustbanken Finans AB", "bankägt_bolag", "SE", "yes", "", "", "", "", ""),
        ("Skogsbolaget AB", "företag", "SE", "yes", "BBB", "", "A-2", "", "K-1"),
        ("Malmbolaget AB", "företag", "SE", "yes", "A", "", "A-1", "", ""),
        ("Verkstadsbolaget AB", "företag", "SE", "yes", "", "", "", "", ""),
    ]
    names = ("namn", "slag", "land", "norden", "rating_sp", "rating_moodys", "kort_sp", "kort_moodys", "kort_nordisk")
    whole = {"Statens Järn AB", "Umeå Bostäder AB", "Kustbanken Finans AB"}
    return [
        {
            **dict(zip(names, one, strict=True)),
            "statsgaranti": "yes" if one[0] == "Exportgaranti AB" else "",
            "helägd": "yes" if one[0] in whole else "",
            "ägaren_borgar": "yes" if one[0] == "Umeå Bostäder AB" else "",
            "ramavtal_derivat": "2012-03-01" if one[1] in ("bank", "finansinstitut") else "",
            "fi_tillstånd": "yes" if one[1] == "bank" and one[3] == "yes" else "no",
        }
        for one in listed
    ]


def loans(chance: random.Random) -> list[Row]:
    """Forty loans of 90 million at each end of a month; exactly 75% of them from one lender."""
    fixings = [0.25] * 16 + [2] * 10 + [4] * 8 + [7] * 6
    terms = [date(2019, 1 + n % 12, 15) for n in range(16)] + [date(2020 + n % 7, 1 + n % 12, 15) for n in range(24)]
    chance.shuffle(terms)
    forms = ["banklån", "löpande_skuldebrev", "obligation", "skuldebrev"]
    static: list[Row] = []
    for n, lender in enumerate(LENDERS):
        borrower = PARENT if n in (3, 17) else MUNICIPALITY
        bank = lender in ("Norrlandsbanken", "Kustbanken", "Fjordbank", "Rheinische Landesbank")
        foreign = lender in ("Fjordbank", "Rheinische Landesbank")
        static.append(
            {
                "lånenummer": f"L{n + 1:02}",
                "låntagare": borrower,
                "låntagarslag": "moderbolag" if borrower == PARENT else "kommun",
                "i_eget_namn": "yes" if borrower == PARENT else "",
                "särskilda_skäl": "",
                "långivare": lender,
                "form": chance.choice(["banklån", "kontokredit"]) if bank else forms[1 + n % 3],
                "skuld": 90 * MILLION,
                "förfall": terms[n],
                "räntebindning": fixings[(n * 7) % 40],
                "syfte": chance.choice(["investering", "omsättning", "likviditet"]),
                "lag": "SE",
                "dokumentation": "SE" if foreign or chance.random() < 0.9 else "EN",
                "kort_affär": "yes" if lender == "Kustbanken" else "",
                "hastig_ränterörelse": "yes" if n == 39 else "",
                "alternativ_dokumenterade": "yes",
            }
        )
    return [{"datum": day, **loan} for day in [date(2016, 12, 31), *MONTHS] for loan in static]


def offers() -> list[Row]:
    """Three offers for each loan, one for the two that need no more."""
    rivals = ["Kommuninvest i Sverige AB", "Kustbanken", "Inlandsbanken", "Svensk Exportkredit"]
    wanted = [(n, 1 if n in (36, 40) else 3) for n in range(1, len(LENDERS) + 1)]
    return [
        {"offert": f"O{n:02}-{k}", "lån": f"L{n:02}", "lämnad_av": rivals[(n + k) % 4]}
        for n, many in wanted
        for k in range(many)
    ]


def derivatives(chance: random.Random) -> list[Row]:
    """Twenty swaps, a forward, an option, and two that concern electricity."""
    banks = ["Norrlandsbanken", "Kustbanken", "Inlandsbanken", "Fjordbank", "Manhattan Swaps Corp"]
    rows: list[Row] = []
    for n in range(24):
        kind = {20: "räntetermin", 21: "ränteoption", 22: "annat", 23: "annat"}.get(n, "ränteswap")
        rows.append(
            {
                "affär": f"D{n + 1:02}",
                "motpart": banks[n % 5],
                "typ": kind,
                "underliggande": "el" if n > 21 else "ränta",
                "säkrat_lån": f"L{n + 1:02}" if n <= 21 else "",
                "nominellt": chance.choice([20, 25, 30, 40]) * MILLION,
                "affärsdag": date(2014 + n % 4, 1 + n % 12, 10),
                "erhåller_bindning": 0.25,
                "betalar_bindning": chance.choice([3, 4, 6, 8]),
            }
        )
    return rows


def accounts(chance: random.Random) -> list[Row]:
    """Weekly balances of fourteen accounts."""
    banks = ["Kustbanken", "Inlandsbanken", "Norrlandsbanken"]
    rows: list[Row] = []
    for day in WEEKS:
        for n in range(14):
            outside = n in (4, 9)
            rows.append(
                {
                    "datum": day,
                    "konto": f"K{n + 1:02}",
                    "innehavare": MUNICIPALITY if n < 4 else SUBSIDIARIES[n % 7],
                    "motpart": banks[n % 3],
                    "saldo": 400 * MILLION if n == 1 else chance.randrange(1, 30) * MILLION if n % 3 != 1 else 0,
                    "bundet": "yes" if n == 6 else "",
                    "i_koncernkonto": "no" if outside else "yes",
                    "öppnat": date(2017, 5, 2) if n > 10 else date(2010 + n % 5, 3, 1),
                    "samråd": "yes" if n > 10 else "",
                    "anmält": date(2017, 2, 1) if outside else "",
                }
            )
    return rows


def placements(chance: random.Random) -> list[Row]:
    """Short placements with each kind of issuer that the policy allows, and two that a foundation owns."""
    issuers = [
        "Svenska staten",
        "Statens Järn AB",
        "Exportgaranti AB",
        "Umeå kommun",
        "Region Västernorrland",
        "Umeå Bostäder AB",
        "Norrlandsbanken",
        "Kustbanken",
        "Kommuninvest i Sverige AB",
        "Kustbanken Finans AB",
        "Bottenhypotek",
        "Skogsbolaget AB",
        "Malmbolaget AB",
        "Verkstadsbolaget AB",
    ]
    rows: list[Row] = []
    for n in range(24):
        issuer = issuers[n % 14]
        bought = date(2018, 2 + n % 10, 5)
        rows.append(
            {
                "placering": f"P{n + 1:02}",
                "ägare": "donationsstiftelse" if n > 21 else "kommunkoncernen",
                "emittent": issuer,
                "garant": "Kustbanken" if issuer == "Verkstadsbolaget AB" else "",
                "instrument": "aktie"
                if n > 21
                else "bankinlåning"
                if issuer in ("Norrlandsbanken", "Kustbanken")
                else chance.choice(["certifikat", "räntebärande_värdepapper"]),
                "marknadsvärde": chance.randrange(5, 40) * MILLION,
                "köpt": bought,
                "förfall": bought.replace(year=2019, month=bought.month if n % 3 else 1),
                "likvid": date(2019, 1, 2) if n % 2 else date(2019, 1, 4),
            }
        )
    return rows


def flows(chance: random.Random) -> list[Row]:
    """What units and companies expect, week by week."""
    rows: list[Row] = []
    for unit in [*UNITS, PARENT, *SUBSIDIARIES]:
        for week in range(14):
            rows.append(
                {
                    "post": f"{len(rows) + 1:03}",
                    "enhet": unit,
                    "dag": date(2019, 1, 2) + timedelta(days=7 * week),
                    "inbetalning": chance.randrange(0, 20) * MILLION,
                    "utbetalning": chance.randrange(0, 24) * MILLION,
                }
            )
    return rows


def everything() -> Tables:
    """All tables of the folder where everything is in order."""
    chance = random.Random(SEED)
    companies = [PARENT, *SUBSIDIARIES]
    return {
        "bolag": [
            {
                "namn": name,
                "slag": "moderbolag" if name == PARENT else "dotterbolag",
                "ägarandel": 100,
                "i_koncernkonto": "yes",
            }
            for name in companies
        ],
        "dotterbolag": [{"namn": name} for name in SUBSIDIARIES],
        "enheter": [{"namn": name, "slag": "förvaltning"} for name in UNITS]
        + [{"namn": name, "slag": "bolag"} for name in companies],
        "motparter": counterparties(),
        "lån": loans(chance),
        "offerter": offers(),
        "kreditlöften": [
            {
                "löfte": "F1",
                "motpart": "Kustbanken",
                "slag": "kontokredit",
                "belopp": 200 * MILLION,
                "utnyttjat": 20 * MILLION,
                "garanterat": "yes",
                "förfall": date(2019, 6, 30),
            },
            {
                "löfte": "F2",
                "motpart": "Inlandsbanken",
                "slag": "kreditlöfte",
                "belopp": 200 * MILLION,
                "utnyttjat": 0,
                "garanterat": "yes",
                "förfall": date(2020, 6, 30),
            },
            {
                "löfte": "F3",
                "motpart": "Norrlandsbanken",
                "slag": "kreditlöfte",
                "belopp": 150 * MILLION,
                "utnyttjat": 0,
                "garanterat": "no",
                "förfall": date(2019, 9, 30),
            },
        ],
        "leasing": leases(chance),
        "derivat": derivatives(chance),
        "valutaaffärer": [
            {
                "affär": f"V{n:02}",
                "motpart": ["Norrlandsbanken", "Kustbanken", "Manhattan Swaps Corp"][n % 3],
                "typ": ["avista", "valutatermin", "valutaswap", "valutaoption"][n % 4] if n < 11 else "annat",
                "hanterad_av": "Internbanken" if n < 11 else ENERGY,
                "för_elhandel": "yes" if n > 10 else "",
            }
            for n in range(1, 13)
        ],
        "bankkonton": accounts(chance),
        "placeringar": placements(chance),
        "kassaflöden": flows(chance),
        "likviditetslägen": [
            {
                "dag": day,
                "reserv": 500 * MILLION if n == 50 else chance.randrange(500, 900) * MILLION,
                "nettoutbetalning": 1000 * MILLION if n == 50 else chance.randrange(-200, 1000) * MILLION,
            }
            for n, day in enumerate(WEEKS)
        ],
        **frames(),
        **lending(chance),
        **guarantees(chance),
        **registers.made(chance),
    }


def write(folder: Path, tables: Tables, parameters: str) -> None:
    """One CSV file a table, and the values that the rulebook leaves to the run."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    (folder / "parameters.txt").write_text(parameters, encoding="utf-8")


def main(place: Path = HERE) -> None:
    """All four folders."""
    write(place / "ordnat", everything(), SUPPLIED)
    write(place / "brister", flaws.broken(everything()), SUPPLIED)
    write(place / "luckor", flaws.unknown(everything()), "")
    write(place / "ensidigt", flaws.one_sided(everything()), SUPPLIED)


if __name__ == "__main__":
    main()
