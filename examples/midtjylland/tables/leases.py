"""Leases and their offers, balances, the three models, reports and answers."""

import random
from datetime import date, timedelta

from tables.words import SECTIONS, UNITS, Row


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
