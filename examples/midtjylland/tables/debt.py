"""The debt: grants, dispensations, loans, instruments, rates, events, forecasts."""

import random
from datetime import date, timedelta

from tables.words import COUNTIES, LENDERS, Row


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
