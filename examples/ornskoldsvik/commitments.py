"""Leases, frames, lending and guarantees, in order. Part of `generate.py`."""

import random
from datetime import date

from town import ENERGY, MILLION, MONTHS, MUNICIPALITY, PARENT, SUBSIDIARIES, Row, Tables


def leases(chance: random.Random) -> list[Row]:
    """(number, owner, asset, term, commitment in base amounts, decided by, reason)."""
    kf, ks, board, parent = "Kommunfullmäktige", "Kommunstyrelsen", "Nämnd", "Moderbolagets styrelse"
    listed = [
        (MUNICIPALITY, "fastighet", 20, 3000, kf),
        (MUNICIPALITY, "fastighet", 15, 99, ks),
        (MUNICIPALITY, "anläggning", 12, 80, ks),
        (MUNICIPALITY, "it", 10, 60, board),
        (MUNICIPALITY, "it", 4, 20, board),
        (MUNICIPALITY, "it", 3, 10, board),
        (MUNICIPALITY, "fordon", 5, 30, board),
        (MUNICIPALITY, "fordon", 3, 5, board),
        (ENERGY, "anläggning", 25, 9000, kf),
        (ENERGY, "anläggning", 15, 90, parent),
        ("Bostäder i Övik AB", "fastighet", 8, 50, parent),
        (PARENT, "fastighet", 12, 70, parent),
        ("Arenan AB", "anläggning", 18, 40, kf),
        ("Arenan AB", "it", 2, 4, parent),
        ("Flygplatsen AB", "anläggning", 6, 45, parent),
        ("Hamn och Logistik AB", "anläggning", 10, 100, kf),
    ]
    rows: list[Row] = []
    for n, (owner, asset, term, amounts, body) in enumerate(listed, 1):
        large = term > 15 or amounts > 100
        year = 2017 + n % 2
        rows.append(
            {
                "avtal": f"A{n:02}",
                "enhet": owner,
                "enhetsslag": "kommun" if owner == MUNICIPALITY else "bolag",
                "tillgång": asset,
                "objekt": "Hörneborgsverket" if n == 9 else "",
                "löptid": term,
                "åtagande": amounts * {2017: 44_800, 2018: 45_500}[year],
                "avtalat": date(year, 1 + n % 12, 20),
                "beslutad_av": body,
                "särskilda_skäl": "Statligt stöd" if term >= 4 and asset != "fordon" else "",
                "avtalspart": "Internbanken" if large and n != 9 else owner,
                "speglad_till": owner if large and n != 9 else "",
                "skuld": amounts * 20_000,
                "räntebindning": chance.choice([2, 3, 5, 8]),
            }
        )
    return rows


def frames() -> Tables:
    """The council's frames, outer and inner, and the programme."""
    years = [(2017, 4000), (2018, 4200), (2019, 4300)]
    kf = "Kommunfullmäktige"
    outer: list[Row] = [
        {
            "ram": f"R{year}",
            "slag": "årlig",
            "belopp": amount * MILLION,
            "från": date(year, 1, 1),
            "till": date(year, 12, 31),
            "beslutad_av": kf,
            "beslutad": date(year - 1, 11, 27),
        }
        for year, amount in years
    ]
    outer.append(
        {
            "ram": "R2018-T",
            "slag": "tillägg",
            "belopp": 100 * MILLION,
            "från": date(2018, 6, 1),
            "till": date(2018, 12, 31),
            "beslutad_av": kf,
            "beslutad": date(2018, 5, 28),
        }
    )
    inner: list[Row] = [
        {
            "ram": f"{year}-{n}",
            "bolag": company,
            "från": date(year, 1, 1),
            "till": date(year, 12, 31),
            "belopp": (100 + 50 * n) * MILLION,
            "rörelsekredit": 10 * MILLION if n % 2 else "",
            "kontokredit": (100 + 50 * n + 10 * (n % 2)) * MILLION,
            "utlånat": (100 + 50 * n) * MILLION if n == 2 else (80 + 45 * n) * MILLION,
            "beslutad_av": kf,
        }
        for year, _ in years
        for n, company in enumerate([PARENT, *SUBSIDIARIES])
    ]
    programmes: list[Row] = [
        {"program": "Certifikat", "belopp": 1500 * MILLION, "beslutad_av": "Kommunstyrelsen"},
        {"program": "MTN", "belopp": 5000 * MILLION, "beslutad_av": kf},
    ]
    return {"låneramar": outer, "interna_låneramar": inner, "låneprogram": programmes}


def lending(chance: random.Random) -> Tables:
    """Loans to others, and what companies pay."""
    lent: list[Row] = [
        {
            "lån": f"U{n:02}",
            "låntagare": f"Förening {n}" if n < 5 else SUBSIDIARIES[n % 7],
            "extern": "yes" if n < 5 else "no",
            "belopp": chance.randrange(1, 40) * MILLION,
            "beslutad_av": "Kommunfullmäktige" if n < 5 else "Kommunstyrelsen",
            "fullvärdesförsäkring": "yes",
        }
        for n in range(1, 13)
    ]
    prices: list[Row] = [
        {
            "pris": f"{day:%Y-%m}-{n}",
            "bolag": company,
            "dag": day,
            "räntekostnad": 50 * MILLION + 400_000 * (day.month % 5),
            "löfteskostnad": 4 * MILLION,
            "genomsnittlig_skuld": 4000 * MILLION,
            "administrativ_avgift": "0.1",
            "marknadspåslag": f"0.{30 + n}",
            "internbanksavgift": f"0.{40 + n}",
            "kundränta": f"{1.35 + 0.01 * (day.month % 5) + 0.4 + n / 100:.2f}",
            "meddelat": day,
        }
        for day in MONTHS
        for n, company in enumerate([PARENT, *SUBSIDIARIES])
    ]
    return {"utlåning": lent, "priser": prices}


def guarantees(chance: random.Random) -> Tables:
    """Guarantees for companies' loans and pensions, and their frames."""
    rows: list[Row] = []
    for n in range(1, 19):
        pension = n % 6 == 0
        minority = n % 6 == 1
        left = chance.choice([50, 75, 80])
        rows.append(
            {
                "borgen": f"B{n:02}",
                "part": f"Delägt bolag {n}" if minority else SUBSIDIARIES[n % 7],
                "partslag": "minoritetsbolag" if minority else "helägt_bolag",
                "ändamål": "pension" if pension else "lån",
                "utanför_samordningen": "no" if pension else "yes",
                "särskilda_skäl": "" if pension else "Gemensam finansiering",
                "beslutad_av": "Kommunfullmäktige" if n != 4 else "Kommunstyrelsen",
                "beslutad": date(2014 + n % 4, 1 + n % 12, 25),
                "använd": date(2016 + n % 4, 1 + n % 12, 25) if n < 18 and n % 4 != 3 else "",
                "omsättning": "yes" if n == 4 else "",
                "omfattas_av_beslut": "yes" if n == 4 else "",
                "avtal": "" if pension else f"B {n}/17",
                "regressrätt": "yes",
                "typ": "proprieborgen",
                "slutdatum": date(2025 + n % 5, 12, 31),
                "maxbelopp": 100 * MILLION,
                "belopp": left * MILLION // 2,
                "ursprungligt_belopp": 50 * MILLION,
                "huvudfordran": left * MILLION,
                "ursprunglig_huvudfordran": 100 * MILLION,
                "riskutvärdering": "yes",
                "alternativ_redovisade": "yes",
                "säkerhet_prövad": "yes",
                "försäkringsvillkor": "yes",
                "avgift": "0.35",
                "marknadspåslag": "0.35",
                "avgift_beslutad_av": "Kommunfullmäktige",
            }
        )
    limits: list[Row] = [
        {"part": company, "belopp": 300 * MILLION, "taget": (300 if n == 0 else 120) * MILLION}
        for n, company in enumerate(SUBSIDIARIES)
    ]
    return {"borgen": rows, "borgensramar": limits}
