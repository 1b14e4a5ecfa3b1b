"""Region Midtjylland's tables on five days, made up: nothing of them is in the document. `python generate.py` writes.

Two days are in order, one with most of the debt variable and one with most of it fixed. On two days something is wrong
under every rule, and on the last day something is missing under every rule. The same seed gives the same files.
"""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
SEED = 20071204
DAYS = {
    "2008-12-31": "orden, mest variabel",
    "2009-06-30": "orden, mest fast",
    "2009-12-31": "brud, alt variabelt",
    "2010-06-30": "brud, alt fast",
    "2010-12-31": "huller",
}
SECTIONS = [
    "likvid beholdning",
    "langfristet gæld",
    "anbringelse",
    "låneoptagelse",
    "låneindfrielse",
    "låneomlægning",
    "finansielle instrumenter",
    "kassekreditreglen",
]
UNITS = [
    "Hospitalsenheden Vest",
    "Hospitalsenheden Horsens",
    "Regionshospitalet Randers",
    "Regionshospitalet Viborg",
    "Århus Sygehus",
    "Skejby Sygehus",
    "Psykiatri og Social",
    "Præhospitalet",
    "Regional Udvikling",
    "It-stabsområdet",
]
LENDERS = ["KommuneKredit", "Nordea", "Danske Bank", "Jyske Bank", "Den Europæiske Investeringsbank"]
COUNTIES = ["Århus Amt", "Viborg Amt", "Ringkjøbing Amt", "Vejle Amt"]
MANAGERS = ["Regionsøkonomi", "Jyske Invest Mandat", "Nordea Mandat"]
Row = dict[str, object]
Tables = dict[str, list[Row]]


def main() -> None:
    """Write a folder of tables for each day."""
    for name, theme in DAYS.items():
        day = date.fromisoformat(name)
        tables = in_order(day, theme, random.Random(f"{SEED} {name}"))
        if theme.startswith("brud"):
            broken(tables, day, theme)
        if theme == "huller":
            with_holes(tables, day)
        folder = HERE / name
        folder.mkdir(exist_ok=True)
        for table, rows in tables.items():
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        (folder / "parameters.txt").write_text(parameters(theme), encoding="utf-8", newline="\n")


def parameters(theme: str) -> str:
    """What the run supplies: on the last day nothing, and what the council has decided only on some days."""
    if theme == "huller":
        return ""
    wrong = theme.startswith("brud")
    falling = theme in ("orden, mest variabel", "brud, alt fast")
    values = {
        "renteforventning": "faldende" if falling else "stigende",
        "spillerum": "5 %",
        "stort_rentespænd": "1,5 %",
        "stor_variabel_andel": "60 %" if theme != "orden, mest fast" else "20 %",
        "krævet_likviditet": "2 000 mio. kr." if wrong else "250 mio. kr.",
        "nødvendig_likviditet": "900 mio. kr." if wrong else "100 mio. kr.",
        "lovlig_løbetid": "25 år",
        "råderum": "40 mio. kr.",
    }
    if theme != "orden, mest variabel":
        values |= {
            "udkast_obligationer_min": "99 %" if wrong else "85 %",
            "udkast_højrente_max": "0 %" if wrong else "5 %",
            "udkast_aktier_max": "0 %" if wrong else "10 %",
            "udkast_fast_min": "30 %" if theme == "brud, alt variabelt" else "25 %",
            "udkast_fast_max": "75 %",
            "udkast_variabel_min": "30 %" if theme == "brud, alt fast" else "25 %",
            "udkast_variabel_max": "80 %" if theme == "brud, alt variabelt" else "75 %",
        }
        if theme == "brud, alt fast":
            values["udkast_fast_max"] = "80 %"
    return "".join(f"{name} = {value}\n" for name, value in values.items())


# --- in order ---------------------------------------------------------------------------------------------------------


def in_order(day: date, theme: str, chance: random.Random) -> Tables:
    """All tables of a day, with nothing wrong."""
    tables: Tables = {
        "dokumenter": documents(day),
        "fuldmagter": mandates(),
        "rådgivere": [
            {"navn": "Capital Rådgivning", "givet_af": "Vicedirektøren", "efter_indkøbspolitik": "yes"},
            {"navn": "Nordea Gæld", "givet_af": "Vicedirektøren", "efter_indkøbspolitik": "yes"},
        ],
        "indskud": contributions(day, chance),
        "beholdninger": holdings(day, theme, chance),
        "handler": trades(day, theme, chance),
        "forelæggelser": [{"nummer": "F1", "emne": "gældspleje", "for": "Regionsrådet", "dato": day}],
        "beslutninger": decisions(day, theme),
        "bevillinger": grants(day),
        "dispensationer": dispensations(day),
        "lån": loans(day, theme, chance),
        "instrumenter": instruments(theme, chance),
        "markedsrenter": rates(day, chance),
        "lånehændelser": events(day, chance),
        "prognoser": forecasts(day, chance),
        "lejeaftaler": leases(day, chance),
        "saldi": balances(day, chance),
        "modeller": models(),
        "enheder": [{"navn": unit} for unit in UNITS],
        "deliveries": deliveries(day),
        "attestations": answers(day),
    }
    tables["leasingtilbud"] = offers(tables["lejeaftaler"], chance)
    return tables


def documents(day: date) -> list[Row]:
    evaluated = date(day.year, 2, 15)
    heads = ["titel", "art", "vedtaget_af", "lovlighed_prøvet_den", "senest_ændret_den", "evalueret_den"]
    rows = [
        ("Finansiel politik", "finansiel_politik", "Regionsrådet", evaluated, "2007-12-19", evaluated),
        ("Indkøbspolitik", "indkøbspolitik", "Regionsrådet", "", "2007-06-20", ""),
        ("Bilag om anlægssager", "regulativbilag", "Regionsrådet", "", "2007-12-19", evaluated),
        ("Bilag om kasser", "regulativbilag", "Direktionen", "", "2007-12-19", evaluated),
        ("Styrelsesloven", "lov", "ingen", "", "2007-06-25", ""),
        ("Regionsloven", "lov", "ingen", "", "2007-01-01", ""),
        ("Lånebekendtgørelsen", "lov", "ingen", "", "2006-12-13", ""),
    ]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def mandates() -> list[Row]:
    heads = ["modtager", "rolle", "aftalt_beløb", "givet_af", "efter_indkøbspolitik"]
    rows = [
        ("Regionsøkonomi", "egen", "", "Regionsrådet", "no"),
        ("Jyske Invest Mandat", "porteføljeforvalter", 150_000_000, "Vicedirektøren", "yes"),
        ("Nordea Mandat", "porteføljeforvalter", 100_000_000, "Vicedirektøren", "yes"),
    ]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def contributions(day: date, chance: random.Random) -> list[Row]:
    rows: list[Row] = []
    for manager, agreed in (("Jyske Invest Mandat", 150_000_000), ("Nordea Mandat", 100_000_000)):
        parts = [agreed * 4 // 10, agreed * 3 // 10, agreed * 2 // 10]
        for part in parts:
            paid = day - timedelta(days=chance.randrange(30, 700))
            rows.append({"nummer": f"I{len(rows) + 1}", "forvalter": manager, "beløb": part, "dato": paid})
    return rows


def holdings(day: date, theme: str, chance: random.Random) -> list[Row]:
    """Three snapshots. Every manager's part is 88% bonds, 4% high yield, 8% equities; once it is on the bounds."""
    rows: list[Row] = []
    duration = 2.4 if theme in ("orden, mest variabel", "huller") else 4.1
    full = theme == "orden, mest fast"
    safe, high, equities = (
        (850_000, [25_000] * 2, [60_000, 40_000]) if full else (880_000, [20_000] * 2, [50_000, 30_000])
    )
    for snapshot in (day - timedelta(days=181), day - timedelta(days=91), day):
        for manager, size in zip(MANAGERS, (200, 120, 80), strict=True):
            number = 10 if manager == "Regionsøkonomi" else 8
            parts = split(size * safe, number, chance)
            for index, value in enumerate(parts):
                state = index % 3 == 0
                own = manager == "Regionsøkonomi"
                owner = ["region", "region", "fond", "legat", "forskningsmidler"][index % 5] if own else "region"
                year = day.year + 1 + index
                rows.append(
                    {
                        "dato": snapshot,
                        "papir": f"{'Stat' if state else 'Realkredit'} {year} {short(manager)}{index}",
                        "forvalter": manager,
                        "ejer": owner,
                        "aktivklasse": "danske_obligationer",
                        "papirtype": "statsobligation" if state else "realkreditobligation",
                        "form": "direkte",
                        "udbyttegivende": "",
                        "højrentetype": "",
                        "fondsgodkendt": "yes",
                        "varighed": f"{duration + (index % 5 - 2) * 0.2:.1f}",
                        "markedsværdi": value,
                    }
                )
            for kind, share, extra in (
                ("højrente", high[0], "virksomhedsobligationer"),
                ("højrente", high[1], "nye_markeder"),
                ("aktier", equities[0], ""),
                ("aktier", equities[1], ""),
            ):
                title = f"{kind.capitalize()} {extra or share // 10_000} {short(manager)}"
                rows.append(
                    {
                        "dato": snapshot,
                        "papir": title,
                        "forvalter": manager,
                        "ejer": "region",
                        "aktivklasse": kind,
                        "papirtype": "investeringsbevis",
                        "form": "investeringsforening",
                        "udbyttegivende": "yes",
                        "højrentetype": extra,
                        "fondsgodkendt": "yes",
                        "varighed": "",
                        "markedsværdi": size * share,
                    }
                )
        for name, kind, type_, value in (
            ("Hovedkonto", "indlån", "indlånskonto", 210_000_000),
            ("Aftaleindskud", "indlån", "indlånskonto", 120_000_000),
            ("Girokonto", "indlån", "girokonto", 35_000_000),
            ("Kasser", "kasse", "kontanter", 4_000_000),
        ):
            rows.append(
                {
                    "dato": snapshot,
                    "papir": name,
                    "forvalter": "Regionsøkonomi",
                    "ejer": "region",
                    "aktivklasse": kind,
                    "papirtype": type_,
                    "form": "konto",
                    "udbyttegivende": "",
                    "højrentetype": "",
                    "fondsgodkendt": "no",
                    "varighed": "",
                    "markedsværdi": value + chance.randrange(-9, 9) * 100_000,
                }
            )
    return rows


def short(name: str) -> str:
    return "".join(word[0] for word in name.split())


def split(total: int, parts: int, chance: random.Random) -> list[int]:
    """An amount in so many unequal parts, exactly."""
    found = [total // parts * chance.randrange(70, 130) // 100 for _ in range(parts - 1)]
    return [*found, total - sum(found)]


def trades(day: date, theme: str, chance: random.Random) -> list[Row]:
    rows: list[Row] = []
    for index in range(30):
        manager = chance.choice(MANAGERS)
        own = manager == "Regionsøkonomi"
        rows.append(
            {
                "nummer": f"H{index + 1:03}",
                "side": "formue",
                "status": "udført",
                "aktivklasse": chance.choice(["danske_obligationer", "danske_obligationer", "højrente", "aktier"]),
                "beløb": chance.choice([-1, 1]) * chance.randrange(1, 40) * 500_000,
                "beordret_af": "Vicedirektøren" if own else "",
                "fuldmagt": "" if own else manager,
                "dato": day - timedelta(days=chance.randrange(1, 360)),
            }
        )
    sign = -1 if theme == "orden, mest fast" else 1
    for kind, amount in (("danske_obligationer", -6_000_000), ("aktier", 6_000_000), ("højrente", 1_000_000)):
        rows.append(
            {
                "nummer": f"H{len(rows) + 1:03}",
                "side": "formue",
                "status": "foreslået",
                "aktivklasse": kind,
                "beløb": sign * amount,
                "beordret_af": "",
                "fuldmagt": "",
                "dato": day,
            }
        )
    return rows


def decisions(day: date, theme: str) -> list[Row]:
    subject = "varighed_0_5" if theme == "orden, mest fast" else "andet"
    return [
        {"nummer": "B1", "emne": "andet", "truffet_af": "Regionsrådet", "fra": "2008-01-01", "til": ""},
        {
            "nummer": "B2",
            "emne": subject,
            "truffet_af": "Vicedirektøren",
            "fra": day - timedelta(days=200),
            "til": day + timedelta(days=165),
        },
    ]


def grants(day: date) -> list[Row]:
    return [{"år": year, "vedtaget_af": "Regionsrådet", "beløb": 600_000_000} for year in range(2007, day.year + 1)]


def dispensations(day: date) -> list[Row]:
    rows: list[Row] = []
    for year in range(2007, day.year + 1):
        for kind, amount in (("lån", 600_000_000), ("leje", 60_000_000)):
            rows.append(
                {
                    "nummer": f"{kind.upper()}-{year}",
                    "art": kind,
                    "søgt_af": "Regionsøkonomi" if year % 2 else "Vicedirektøren",
                    "meddelt_den": f"{year}-01-10",
                    "beløb": amount,
                }
            )
    return rows


def loans(day: date, theme: str, chance: random.Random) -> list[Row]:
    """Twelve inherited loans, some of them in francs, new ones of every year, and some for social housing."""
    rows: list[Row] = []

    def loan(year: int, fixed: bool, amount: int, **more: object) -> None:
        number = len(rows) + 1
        rate = chance.randrange(380, 520)
        row: Row = {
            "nummer": f"L{number:03}",
            "långiver": chance.choice(LENDERS),
            "område": "almindelig",
            "status": "hjemtaget",
            "bevilling": year,
            "dispensation": f"LÅN-{year}",
            "arvet_fra": "",
            "overdraget_restgæld": "",
            "omlagt_den": "",
            "hjemtaget_den": date(year, 2, 1) + timedelta(days=chance.randrange(0, 120)),
            "hjemtaget_af": "Vicedirektøren",
            "hovedstol": amount,
            "restgæld": amount * chance.randrange(80, 100) // 100,
            "valuta": "DKK",
            "afdækket_til_kroner": "no",
            "rentebinding": chance.choice([60, 120, 240]) if fixed else chance.choice([1, 3, 6]),
            "næste_rentetilpasning": "" if fixed else day + timedelta(days=chance.randrange(10, 180)),
            "løbetid": chance.choice([10, 15, 20, 25]),
            "afdragsprofil": chance.choice(["serielån", "annuitetslån"]),
            "rente": f"{rate / 100:.2f}",
            "laveste_tilbud": f"{rate / 100:.2f}",
            "begrundelse": "",
            "varighed": f"{chance.randrange(30, 80) / 10:.1f}" if fixed else "0.3",
            "rådgiver": "Capital Rådgivning" if number % 9 == 0 else "",
        }
        rows.append(row | more)

    for index in range(12):
        francs = index % 6 == 5
        amount = chance.randrange(40, 160) * 1_000_000
        owed = amount * chance.randrange(40, 90) // 100
        loan(
            2007,
            index % 3 == 0,
            amount,
            bevilling="",
            dispensation="",
            arvet_fra=COUNTIES[index % 4],
            overdraget_restgæld=owed + 4_000_000,
            hjemtaget_den=date(1998 + index % 8, 5, 1),
            hjemtaget_af="",
            restgæld=owed,
            valuta="CHF" if francs else "DKK",
            laveste_tilbud="",
            løbetid=30,
        )
    for year in range(2007, day.year + 1):
        for index in range(8):
            loan(year, index % 3 == 0, chance.randrange(10, 60) * 1_000_000)
    dearer = rows[-1]
    dearer["laveste_tilbud"] = dearer["rente"]
    for _ in range(6):
        loan(2007, True, chance.randrange(20, 60) * 1_000_000, område="almene_boliger", hjemtaget_den=date(2007, 3, 1))
    loan(day.year, True, 25_000_000, status="foreslået", hjemtaget_af="", hjemtaget_den=day, restgæld=25_000_000)
    wanted = {"orden, mest variabel": 26, "orden, mest fast": 72}.get(theme, 50)
    settle_fixed(rows, theme, wanted)
    return rows


def settle_fixed(rows: list[Row], theme: str, percent: int) -> None:
    """Bind loans until a share of the debt is fixed; on the days of breaches all of it is variable, or all fixed."""
    debt = [row for row in rows if row["område"] == "almindelig" and row["status"] == "hjemtaget"]
    total, fixed = sum(int(row["restgæld"]) for row in debt), 0
    for row in debt:
        bind = {"brud, alt variabelt": False, "brud, alt fast": True}.get(theme, fixed * 100 < total * percent)
        if bind:
            fixed += int(row["restgæld"])
            row |= {"rentebinding": 120, "næste_rentetilpasning": "", "varighed": row["varighed"]}
        else:
            row |= {"rentebinding": 6, "varighed": "0.3"}


def instruments(theme: str, chance: random.Random) -> list[Row]:
    rows: list[Row] = []
    for index in range(14):
        kind = ["swap", "swap", "termin", "repo", "swap"][index % 5]
        swap = kind == "swap"
        rows.append(
            {
                "nummer": f"D{index + 1:02}",
                "art": kind,
                "formål": "sikring",
                "hovedstol": chance.randrange(5, 20) * 1_000_000,
                "betaler": ("fast" if index % 2 else "variabel") if swap else "",
                "modtager": ("variabel" if index % 2 else "fast") if swap else "",
            }
        )
    swaps = [row for row in rows if row["art"] == "swap"]
    for row in swaps[: len(swaps) // 2]:  # as much to fixed as to variable
        row |= {"betaler": "fast", "modtager": "variabel", "hovedstol": 10_000_000}
    for row in swaps[len(swaps) // 2 : len(swaps) // 2 * 2]:
        row |= {"betaler": "variabel", "modtager": "fast", "hovedstol": 10_000_000}
    if len(swaps) % 2:
        swaps[-1] |= {"art": "repo", "betaler": "", "modtager": ""}
    return rows


def rates(day: date, chance: random.Random) -> list[Row]:
    """The short and the long rate at the end of each of 24 months, and on the day."""
    rows: list[Row] = []
    for back in range(24, -1, -1):
        when = day - timedelta(days=30 * back)
        short_rate = 2.5 + chance.randrange(0, 20) / 100
        rows.append(
            {"dato": when, "kurve": "kroner", "kort_rente": f"{short_rate:.2f}", "lang_rente": f"{short_rate + 2:.2f}"}
        )
    return rows


def events(day: date, chance: random.Random) -> list[Row]:
    rows: list[Row] = []
    for index in range(24):
        kind = ["låneoptagelse", "indfrielse", "omlægning", "ekstraordinært_afdrag"][index % 4]
        rows.append(
            {
                "nummer": f"E{index + 1:02}",
                "art": kind,
                "dato": day - timedelta(days=chance.randrange(5, 350)),
                "beløb": chance.randrange(1, 30) * 1_000_000,
                "besluttet_af": "Vicedirektøren",
                "rådgiver": "Capital Rådgivning" if kind == "omlægning" else "",
            }
        )
    return rows


def forecasts(day: date, chance: random.Random) -> list[Row]:
    months = [(day.year + (day.month + ahead - 1) // 12, (day.month + ahead - 1) % 12 + 1) for ahead in range(1, 13)]
    return [
        {"måned": f"{year}-{month:02}", "likviditet_efter_lån": chance.randrange(110, 420) * 1_000_000}
        for year, month in months
    ]


def leases(day: date, chance: random.Random) -> list[Row]:
    """Sixty agreements of every size, three groups of connected ones, and two where the region is the lessor."""
    rows: list[Row] = []
    for index in range(60):
        property_ = index % 4 == 0
        group = f"G{index // 12}" if index % 12 in (4, 8) else f"E{index + 1:03}"
        value = chance.choice([150_000, 400_000, 900_000, 1_000_000, 2_400_000, 4_900_000, 5_000_000, 7_500_000])
        signed = date(2008, 1, 15) + timedelta(days=chance.randrange(0, (day - date(2008, 1, 15)).days - 60))
        financial = chance.random() < 0.4
        rows.append(
            {
                "nummer": f"A{index + 1:03}",
                "enhed": chance.choice(UNITS),
                "rolle": "udlejer" if index in (17, 41) else "lejer",
                "art": "ejendom" if property_ else "andet",
                "gruppe": group,
                "værdi": value,
                "forpligtelse": value * chance.randrange(10, 90) // 100,
                "indgået_den": signed,
                "besluttet_af": "",
                "finansieret_af": "driftsområdet" if property_ else "budgetansvarlig",
                "deponeret": "yes" if property_ and index % 8 == 0 else "no",
                "dispensation": "",
                "leasingform": "finansiel" if financial else "operationel",
                "risiko_overført": "yes" if financial else "no",
                "vurderet_den": signed - timedelta(days=chance.randrange(0, 60)),
                "beregnet_den": signed - timedelta(days=chance.randrange(5, 60)),
                "periode": chance.choice([24, 36, 48, 60, 120]),
                "rentetype": "fast" if index % 10 else "variabel",
                "terminer": chance.choice([4, 12, 24]),
                "betaling": chance.choice(["forud", "bagud"]),
                "begrundelse": "" if index % 10 else "renten ventes at falde",
                "indberettet_den": signed + timedelta(days=chance.randrange(1, 50)),
                "indberettet_af": "",
                "tidligere_ejet": "yes" if index == 20 else "no",
                "ministeren_godkendt_den": signed - timedelta(days=3) if index == 20 else "",
            }
        )
        rows[-1]["indberettet_af"] = rows[-1]["enhed"]
    sums: dict[str, int] = {}
    for row in rows:
        sums[str(row["gruppe"])] = sums.get(str(row["gruppe"]), 0) + int(str(row["værdi"]))
    for row in rows:
        total = sums[str(row["gruppe"])]
        row["besluttet_af"] = (
            "Regionsrådet" if total > 5_000_000 else "Direktionen" if total >= 1_000_000 else "Budgetansvarlig"
        )
        if row["art"] == "ejendom" and total > 5_000_000 and row["deponeret"] == "no":
            signed = row["indgået_den"]
            assert isinstance(signed, date)
            row["dispensation"] = f"LEJE-{signed.year}"
    return rows


def offers(agreements: list[Row], chance: random.Random) -> list[Row]:
    rows: list[Row] = []
    for row in agreements:
        for _ in range(chance.choice([2, 2, 3, 4])):
            rows.append(
                {
                    "nummer": f"T{len(rows) + 1:03}",
                    "lejeaftale": row["nummer"],
                    "ydelse": int(str(row["værdi"])) * chance.randrange(90, 120) // 4800,
                }
            )
    return rows


def balances(day: date, chance: random.Random) -> list[Row]:
    """Two accounts on each of the last 740 days but Saturdays and Sundays."""
    rows: list[Row] = []
    main, giro = 180_000_000, 20_000_000
    for back in range(740, -1, -1):
        when = day - timedelta(days=back)
        if when.weekday() >= 5:
            continue
        main += chance.randrange(-120, 121) * 100_000 + (180_000_000 - main) // 20
        giro += chance.randrange(-40, 41) * 100_000 + (20_000_000 - giro) // 10
        rows.append({"dato": when, "konto": "Hovedkonto", "beløb": main})
        rows.append({"dato": when, "konto": "Girokonto", "beløb": giro})
    return rows


def models() -> list[Row]:
    heads = ["navn", "danske_obligationer", "højrente", "aktier", "middelafkast", "p_negativ", "minimumsafkast"]
    heads += ["interval_lav", "interval_høj", "år_imellem"]
    rows = [
        ("Model 1", 100, 0, 0, "5.05", "3.03", "0.61", "2.43", "7.67", 33),
        ("Model 2", 90, 10, 0, "5.26", "4.42", "0.18", "2.25", "8.27", 22),
        ("Model 3", 85, 5, 10, "5.46", "4.84", "0.05", "2.25", "8.67", 20),
    ]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def deliveries(day: date) -> list[Row]:
    rows: list[Row] = []
    for year in range(2008, day.year):
        delivered = date(year + 1, 4, 28)
        if delivered > day:
            continue
        for duty, to, sections in (
            ("9-rapport", "Regionsrådet", SECTIONS),
            ("8-lejeopgørelse", "Regionsøkonomi", ["forpligtelser"]),
        ):
            rows.append(
                {
                    "pligt": duty,
                    "enhed": "",
                    "periode": year,
                    "leveret_den": delivered,
                    "udarbejdet_af": "Inge Holm",
                    "gennemgået_af": "Jens Krog",
                    "indhold": "; ".join(sections),
                    "modtager": to,
                }
            )
    if not rows:  # before the first report: what was sent for the year before the policy
        rows.append(
            {
                "pligt": "9-rapport",
                "enhed": "",
                "periode": 2008,
                "leveret_den": day,
                "udarbejdet_af": "Inge Holm",
                "gennemgået_af": "Jens Krog",
                "indhold": "; ".join(SECTIONS),
                "modtager": "Regionsrådet",
            }
        )
    return rows


def answers(day: date) -> list[Row]:
    rows: list[Row] = []

    def answer(question: str, entity: str, year: int, person: str, role: str, when: date) -> None:
        if when <= day:
            rows.append(
                {
                    "attest": question,
                    "entity": entity,
                    "period": year,
                    "answer": "yes",
                    "person": person,
                    "role": role,
                    "answered_on": when,
                    "comment": "",
                }
            )

    for year in range(2008, day.year + 1):
        for index, unit in enumerate(UNITS):
            answer("5-varelagre", unit, year, f"Leder {index + 1}", "Leder", date(year, 12, 1))
        for question in ("2-formål", "7-princip", "N-ensartet"):
            answer(question, "", year, "Karen Lund", "Vicedirektøren", date(year, 12, 15))
    return rows


# --- something wrong under every rule ---------------------------------------------------------------------------------


def broken(tables: Tables, day: date, theme: str) -> None:
    """Break what a first day of breaches breaks, or a second: they differ where a rule can fail on two sides."""
    first = theme == "brud, alt variabelt"
    policy = tables["dokumenter"][0]
    policy |= {"vedtaget_af": "Direktionen", "lovlighed_prøvet_den": "2007-06-24", "evalueret_den": "2008-02-01"}
    tables["fuldmagter"][1] |= {"givet_af": "Regionsøkonomi"}
    tables["fuldmagter"][2] |= {"efter_indkøbspolitik": "no"}
    tables["rådgivere"][1] |= {"givet_af": "Regionsøkonomi", "efter_indkøbspolitik": "no"}
    tables["indskud"][0] |= {"beløb": 120_000_000}
    today = [row for row in tables["beholdninger"] if row["dato"] == day]
    funds = [row for row in today if row["aktivklasse"] in ("højrente", "aktier")]
    bonds = [row for row in today if row["aktivklasse"] == "danske_obligationer"]
    for row in bonds:
        row["varighed"] = "5.4"
    if first:
        for row in funds:
            row["markedsværdi"] = int(str(row["markedsværdi"])) * 3
    else:  # geared: more bonds than wealth, and funds that are sold without being owned
        for row in funds:
            row["markedsværdi"] = -int(str(row["markedsværdi"]))
        tables["forelæggelser"].append({"nummer": "F2", "emne": "formuepleje", "for": "Regionsrådet", "dato": day})
    funds[0] |= {"højrentetype": "andet"}
    funds[2] |= {"udbyttegivende": "no", "fondsgodkendt": "no", "papirtype": "andet", "form": "direkte"}
    tables["handler"][0] |= {"beordret_af": "Regionsøkonomi", "fuldmagt": ""}
    amounts = (-60_000_000, 30_000_000, 30_000_000) if first else (-10_000_000, 900_000_000, 900_000_000)
    for row, amount in zip(tables["handler"][-3:], amounts, strict=True):
        row["beløb"] = amount
    tables["bevillinger"][-1] |= {"vedtaget_af": "Direktionen", "beløb": 20_000_000}
    tables["dispensationer"][-2] |= {"søgt_af": "Direktionen", "beløb": 20_000_000, "meddelt_den": day}
    owned = tables["lån"]
    owned[5] |= {"restgæld": int(str(owned[5]["overdraget_restgæld"])) + 1}
    owned[14] |= {"valuta": "EUR", "hjemtaget_af": "Regionsøkonomi", "laveste_tilbud": "1.00", "løbetid": 40}
    if not first:
        for row in owned:
            if row["område"] == "almindelig" and row["status"] == "foreslået":
                row["rentebinding"] = 6
    tables["instrumenter"][2] |= {"formål": "andet"}
    tables["instrumenter"][0] |= {"modtager": tables["instrumenter"][0]["betaler"]}
    for row in tables["instrumenter"]:
        if row["art"] == "swap" and row["betaler"] != row["modtager"]:
            row |= {"art": "repo", "betaler": "", "modtager": ""}
    omitted = [row for row in tables["lånehændelser"] if row["art"] != "ekstraordinært_afdrag"]
    tables["lånehændelser"] = omitted
    next(row for row in omitted if row["art"] == "omlægning")["rådgiver"] = ""
    wrong_leases(tables["lejeaftaler"], day)
    tables["leasingtilbud"] = [row for row in tables["leasingtilbud"] if row["lejeaftale"] != "A003"]
    for row in tables["saldi"]:
        row["beløb"] = int(str(row["beløb"])) - 230_000_000
    fourth = ("Model 4", 80, 8, 14, "5.90", "6.10", "-0.90", "1.90", "9.10", 15)
    fifth = ("Model 5", 104, -2, -2, "4.90", "3", "0.4", "2.1", "7.6", 34)
    tables["modeller"].append(dict(zip(tables["modeller"][0], fourth if first else fifth, strict=True)))
    late = next(row for row in tables["deliveries"] if row["pligt"] == "9-rapport")
    late |= {"leveret_den": f"{int(str(late['periode'])) + 1}-09-01", "modtager": "Direktionen", "indhold": "andet"}
    tables["deliveries"] = [row for row in tables["deliveries"] if row["pligt"] != "8-lejeopgørelse"] or [late]
    for row in tables["attestations"]:
        if row["period"] == 2008 and row["entity"] in ("", UNITS[0]):
            row["answer"] = "no"


def wrong_leases(rows: list[Row], day: date) -> None:
    """One agreement after another with one thing wrong."""
    wrong: dict[int, Row] = {
        1: {"leasingform": "anden"},
        2: {"vurderet_den": day},
        3: {"beregnet_den": ""},
        5: {"terminer": ""},
        6: {"rentetype": "variabel"},
        7: {"indberettet_den": ""},
        9: {"indberettet_af": "en anden enhed"},
        11: {"tidligere_ejet": "yes"},
        13: {"finansieret_af": "driftsområdet"},
        14: {"besluttet_af": "ingen", "værdi": 150_000},
        15: {"besluttet_af": "Budgetansvarlig", "værdi": 2_400_000},
        18: {"besluttet_af": "Direktionen", "værdi": 7_500_000},
        19: {"risiko_overført": "yes", "leasingform": "operationel"},
        24: {"finansieret_af": "budgetansvarlig", "besluttet_af": "ingen", "værdi": 150_000, "deponeret": "no"},
        28: {"besluttet_af": "Budgetansvarlig", "værdi": 1_000_000, "gruppe": "E029"},
        36: {"besluttet_af": "Direktionen", "værdi": 7_500_000, "deponeret": "no", "dispensation": "LEJE-2010"},
    }
    for index, change in wrong.items():
        rows[index] |= change
    rows[36]["indgået_den"] = date(2009, 3, 1)
    rows[36] |= {"dispensation": "", "vurderet_den": date(2009, 2, 1)}


# --- something missing under every rule -------------------------------------------------------------------------------


def with_holes(tables: Tables, day: date) -> None:
    """Leave out what each rule needs to be settled."""
    tables["dokumenter"][0] |= {"vedtaget_af": "", "evalueret_den": "2008-02-01"}
    for row in tables["dokumenter"]:
        if row["art"] in ("lov", "regulativbilag"):
            row |= {"senest_ændret_den": ""}
        if row["art"] == "regulativbilag":
            row["art"] = ""
    tables["fuldmagter"][1] |= {"givet_af": "", "aftalt_beløb": 150_000_000}
    tables["fuldmagter"][2] |= {"efter_indkøbspolitik": ""}
    tables["rådgivere"][1] |= {"givet_af": "", "efter_indkøbspolitik": ""}
    tables["indskud"][0] |= {"beløb": ""}
    today = [row for row in tables["beholdninger"] if row["dato"] == day]
    funds = [row for row in today if row["aktivklasse"] in ("højrente", "aktier")]
    for row in funds:
        row |= {"markedsværdi": ""}
    funds[2] |= {"udbyttegivende": ""}
    funds[3] |= {"aktivklasse": "", "papirtype": "", "fondsgodkendt": "no"}
    bonds = [row for row in today if row["aktivklasse"] == "danske_obligationer"]
    bonds[0]["varighed"] = ""
    tables["handler"][0] |= {"status": "", "beordret_af": "Regionsøkonomi", "fuldmagt": ""}
    tables["handler"][-1] |= {"beløb": ""}
    tables["forelæggelser"][0] |= {"emne": ""}
    tables["bevillinger"][-1] |= {"vedtaget_af": "", "beløb": ""}
    tables["dispensationer"][-2] |= {"søgt_af": "", "beløb": ""}
    for row in tables["lån"]:
        row |= {"rentebinding": ""}
    owned = tables["lån"]
    owned[5] |= {"restgæld": ""}
    owned[14] |= {"valuta": "", "laveste_tilbud": "", "status": "", "hjemtaget_af": "Regionsøkonomi"}
    tables["instrumenter"][0] |= {"art": "", "betaler": "fast", "modtager": "fast"}
    balancing = next(row for row in tables["instrumenter"] if row["betaler"] == "variabel")
    balancing |= {"art": "repo", "betaler": "", "modtager": ""}
    tables["lånehændelser"][0] |= {"art": "", "besluttet_af": "Regionsøkonomi"}
    tables["lejeaftaler"][3] |= {
        "rolle": "",
        "leasingform": "anden",
        "vurderet_den": day,
        "beregnet_den": "",
        "terminer": "",
        "rentetype": "variabel",
        "indberettet_den": "",
        "tidligere_ejet": "yes",
        "finansieret_af": "andet",
        "besluttet_af": "ingen",
    }
    tables["lejeaftaler"][24] |= {"rolle": "", "finansieret_af": "andet", "indberettet_af": "en anden enhed"}
    tables["lejeaftaler"][0] |= {"besluttet_af": ""}
    next(row for row in tables["lejeaftaler"] if row["dispensation"])["indgået_den"] = ""
    owned[15]["hjemtaget_den"] = ""
    tables["leasingtilbud"][0] |= {"lejeaftale": ""}
    tables["saldi"] = tables["saldi"][-300:]
    tables["modeller"] = [tables["modeller"][0] | dict.fromkeys(list(tables["modeller"][0])[1:], "")]
    for row in tables["deliveries"]:
        row |= {"modtager": "", "indhold": "", "leveret_den": ""}
    tables["attestations"] = [row for row in tables["attestations"] if row["period"] != 2008]


if __name__ == "__main__":
    main()
