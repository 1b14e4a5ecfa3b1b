"""Payments, agreements, documents, meetings, roles, deviations, reports and answers. Part of `generate.py`."""

import random
from datetime import date, timedelta

from portfolio import MANAGERS
from printed import ADOPTED, BRIBES, KINDS_OF_DOCUMENTS, LEADERS, REGIONS, STANDING, Row, Tables

FINANCE = ["Anna Ask", "Bo Björk", "Cia Ceder"]
BACK_OFFICE = ["Dan Ene", "Eva Fura"]
OTHERS = ["Filip Gran"]
ON_ANY_DAY = {
    "handbook-review": (6, 14),
    "policy-review": (9, 20),
    "agreement-review": (9, 20),
    "plan-revision": (12, 6),
}
AFTER_THE_YEAR = ("annual-report", "key-figures", "co2-screening")
BY_COUNCIL = ("robust", "risks-in-hand", "responsible")
GROUP, COUNCIL, HEAD = "Finansgruppen", "Finansrådet", "Finanschef"


def payments(chance: random.Random) -> Tables:
    """Forty payments to fifteen payees, made by one of the finance group and approved by another."""
    payees = [*MANAGERS, *(f"Bank {letter}" for letter in "ABCDE"), *(f"Fond {n}" for n in range(1, 7))]
    accounts = {payee: f"{chance.randrange(1000, 9999)}-{chance.randrange(10**6, 10**7)}" for payee in payees}
    rows: list[Row] = []
    for n in range(1, 41):
        first, second = chance.sample(FINANCE, 2)
        payee = payees[(n - 1) % len(payees)]
        rows.append(
            {
                "payment": f"P{n:02}",
                "paid_on": date(2023, 1, 5) + timedelta(days=9 * n - 9),
                "payee": payee,
                "account": accounts[payee],
                "amount": chance.randrange(1, 400) * 250_000,
                "made_by": first,
                "approved_by": second,
            }
        )
    groups = {"finance": FINANCE, "back_office": BACK_OFFICE, "other": OTHERS}
    return {
        "payees": [
            {
                "payee": payee,
                "account": accounts[payee],
                "source": "payee",
                "verified_on": date(2023, 4, 3) + timedelta(days=n),
            }
            for n, payee in enumerate(payees)
        ],
        "people": [{"name": name, "group": group} for group, names in groups.items() for name in names],
        "payments": rows,
    }


def papers() -> Tables:
    """Agreements, documents, roles and deviations."""
    kinds = ["manager"] * 4 + ["alternative"] * 5 + ["system", "other"]
    secrecy = ["open", "partly_secret", "secret"]
    return {
        "agreements": [
            {
                "agreement": f"Agreement {n:02}",
                "kind": kind,
                "secrecy": secrecy[n % 3] if kind == "alternative" else "",
                "reviewed_on": date(2023, 9, 20),
            }
            for n, kind in enumerate(kinds, 1)
        ],
        "documents": [
            {
                "document": kind.replace("_", " ").capitalize(),
                "kind": kind,
                "adopted_on": ADOPTED.get(kind, "2022-12-07"),
                "adopted_by": "Regionfullmäktige" if kind == "policy" else COUNCIL,
                "revised_on": "2023-06-14" if kind == "handbook" else "",
            }
            for kind in KINDS_OF_DOCUMENTS
        ]
        + [
            {
                "document": BRIBES,
                "kind": "guideline",
                "adopted_on": "2023-11-15",
                "adopted_by": COUNCIL,
                "revised_on": "",
            }
        ],
        "roles": [
            {"role": role, "holder": holder, "backup": backup}
            for role, holder, backup in (
                ("Head of finance, Sörmland", FINANCE[0], FINANCE[1]),
                ("Head of finance, Västmanland", FINANCE[1], FINANCE[2]),
                ("Head of finance, Örebro", FINANCE[2], FINANCE[0]),
                ("Middle office", BACK_OFFICE[0], BACK_OFFICE[1]),
                ("Back office", BACK_OFFICE[1], BACK_OFFICE[0]),
            )
        ],
        "deviations": [
            {
                "deviation": "Weapons in a fund",
                "region": "Västmanland",
                "opened_on": "2023-03-02",
                "action": "The manager met the company, then sold",
                "closed_on": "2023-05-26",
                "material": "no",
            },
            {
                "deviation": "Too much in one fund",
                "region": "Örebro",
                "opened_on": "2023-09-04",
                "action": "Less will be bought",
                "closed_on": "",
                "material": "no",
            },
        ],
    }


def meetings() -> Tables:
    """A council in each quarter, and a meeting of the finance group in each of 52 weeks."""
    mondays = [date(2023, 1, 2) + timedelta(days=7 * n) for n in range(52)]
    councils = [date(2023, 3, 9), date(2023, 6, 14), date(2023, 9, 20), date(2023, 12, 6)]
    blank: Row = {"week": "", "chair": "", "agenda": ""}
    return {
        "weeks": [{"week": f"2023-{n:02}", "monday": monday} for n, monday in enumerate(mondays, 1)],
        "meetings": [
            {
                "meeting": f"Council {n}",
                "body": "council",
                "held_on": day,
                "quarter": f"q{n}",
                **blank,
                "chair": LEADERS[2023],
                "agenda": ";".join(STANDING),
            }
            for n, day in enumerate(councils, 1)
        ]
        + [
            {
                "meeting": f"Week {n:02}",
                "body": "weekly",
                "held_on": monday + timedelta(days=1),
                "quarter": f"q{(monday.month + 2) // 3}",
                **blank,
                "week": f"2023-{n:02}",
            }
            for n, monday in enumerate(mondays, 1)
        ],
    }


def deliveries() -> list[Row]:
    """What the council got, all of it in time: the reports on a year in the first quarter of the next."""
    rows: list[Row] = []

    def sent(duty: str, period: int, day: date, entity: str = "", contents: str = "") -> None:
        rows.append(
            {
                "duty": duty,
                "entity": entity,
                "period": period,
                "delivered_on": day,
                "prepared_by": FINANCE[period % 3],
                "reviewed_by": FINANCE[(period + 1) % 3],
                "contents": contents,
            }
        )

    for year in range(2018, 2024):
        sent("handbook-approval", year, date(year, 6, 14))
    for year in (2022, 2023):
        for duty, (month, day) in ON_ANY_DAY.items():
            sent(duty, year, date(year, month, day))
    for duty in AFTER_THE_YEAR:
        for region in REGIONS if duty == "co2-screening" else [""]:
            sent(duty, 2022, date(2023, 3, 9), region, "goals;activities" if duty == "annual-report" else "")
    return rows


def attestations() -> list[Row]:
    """A yes to every question on both years."""
    rows: list[Row] = []

    def said(attest: str, period: int, person: str, role: str, entity: str = "") -> None:
        rows.append(
            {
                "attest": attest,
                "entity": entity,
                "period": period,
                "answer": "yes",
                "person": person,
                "role": role,
                "answered_on": date(period, 12, 29),
                "comment": "",
            }
        )

    for year in (2022, 2023):
        for n, region in enumerate(REGIONS):
            said("able-to-pay", year, FINANCE[n], HEAD, region)
        for question in BY_COUNCIL:
            said(question, year, FINANCE[year % 3], COUNCIL)
        for manager in MANAGERS:
            said("manager-effort", year, FINANCE[0], GROUP, manager)
        said("media-cases", year, FINANCE[1], GROUP)
    return rows


def made(chance: random.Random) -> Tables:
    """All registers."""
    return {
        **payments(chance),
        **papers(),
        **meetings(),
        "deliveries": deliveries(),
        "attestations": attestations(),
    }
