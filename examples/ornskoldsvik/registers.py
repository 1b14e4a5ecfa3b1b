"""The registers of decisions, controls, reports and answers, in order. Part of `generate.py`."""

import random
from datetime import date, timedelta

from town import (
    BANK_STAFF,
    CHAPTERS,
    ENERGY,
    MILLION,
    MONTHS,
    MUNICIPALITY,
    PARENT,
    SUBSIDIARIES,
    UNITS,
    Row,
    Tables,
)

COMPANIES = [PARENT, *SUBSIDIARIES]
DIRECTOR, STRATEGIST = "Ekonomidirektör", "Finansstrateg"
BY_DIRECTOR = [
    "1-kommunallag",
    "1.2-mål",
    "2.1-helhet",
    "2.2.5-ansvar",
    "2.2.6-redovisningschef",
    "3.6-operativ-risk",
    "3.6-ansvar",
    "3.6-kompetens",
    "3.6-riktlinjer",
    "4.2-transparens",
    "6-restriktiv",
    "7-syfte",
]
BY_STRATEGIST = [
    "2.2.7-löpande",
    "3.1-spridning",
    "3.3-förståelse",
    "3.3-optionsverktyg",
    "3.5-kreditvärdighet",
    "3.6-rutiner",
    "3.6-system",
    "4.1-användning",
    "4.1-mål",
    "5-konkurrens",
]
BY_COMPANIES = ["7-bolagsrapport", "7-saldon-utanför", "7-externa-lån", "7-engagemang", "7-övriga-poster"]
GUARANTEES = [f"B{n:02}" for n in range(1, 19)]


def made(chance: random.Random) -> Tables:
    """All of them."""
    return {
        **decisions(),
        **events(chance),
        **councils(),
        **reports(),
        "deliveries": deliveries(chance),
        "attestations": attestations(),
    }


def decisions() -> Tables:
    """What was decided, what applies, who answers for what, and the deviations that were allowed."""
    matters = ["finanspolicy", "låneram", "utökad_låneram", "intern_låneram", "avgiftsregler"]
    return {
        "beslut": [
            {
                "beslut": f"§ {n + 100}",
                "ärende": matters[n % 5],
                "organ": "Kommunfullmäktige",
                "dag": date(2016 + n % 3, 11, 28),
            }
            for n in range(15)
        ],
        "styrdokument": [
            {"namn": "Finanspolicy", "antaget_av": "Kommunfullmäktige", "antaget": date(2016, 12, 19), "upphört": ""},
            *(
                {
                    "namn": name,
                    "antaget_av": "Kommunfullmäktige",
                    "antaget": date(2010, 6, 21),
                    "upphört": date(2016, 12, 19),
                }
                for name in (
                    "Örnsköldsviks kommuns finanspolicy",
                    "Finansinstruktion för helägda bolag",
                    "Finansinstruktion för internbanken",
                )
            ),
            {
                "namn": "Reglemente för intern styrning",
                "antaget_av": "Kommunfullmäktige",
                "antaget": date(2014, 1, 27),
                "upphört": "",
            },
        ],
        "avvikelser": [
            {
                "avvikelse": "Av1",
                "avsnitt": "kapitel 3.3",
                "beviljad_av": "Kommunstyrelsen",
                "från": date(2017, 3, 1),
                "till": "",
                "mindre_betydande": "no",
                "skäl": "Omläggning av lån",
                "behöver_redovisas": "no",
                "redovisad": "",
                "nästa_rapport": date(2017, 5, 31),
            },
            {
                "avvikelse": "Av2",
                "avsnitt": "kapitel 3.3",
                "beviljad_av": DIRECTOR,
                "från": date(2018, 2, 1),
                "till": date(2018, 3, 31),
                "mindre_betydande": "yes",
                "skäl": "Sen utbetalning",
                "behöver_redovisas": "yes",
                "redovisad": date(2018, 5, 31),
                "nästa_rapport": date(2018, 5, 31),
            },
            {
                "avvikelse": "Av3",
                "avsnitt": "kapitel 4.1",
                "beviljad_av": DIRECTOR,
                "från": date(2018, 12, 1),
                "till": date(2019, 1, 31),
                "mindre_betydande": "yes",
                "skäl": "Placering löper över årsskiftet",
                "behöver_redovisas": "yes",
                "redovisad": "",
                "nästa_rapport": date(2019, 1, 31),
            },
        ],
        "ansvarsområden": [
            {"område": "Intern kontroll och finansiell rapportering", "roll": STRATEGIST, "innehavare": BANK_STAFF[0]},
            {"område": "Övergripande ansvar", "roll": DIRECTOR, "innehavare": "Eva Lund"},
            {"område": "Redovisning och finans", "roll": "Redovisningschef", "innehavare": "Fredrik Hall"},
        ],
        "investeringsbeslut": [
            {"beslut": f"I{n:02}", "enhet": owner, "beslutad_av": owner}
            for n, owner in enumerate([MUNICIPALITY, *COMPANIES] * 2, 1)
        ],
        "personal": [{"namn": name, "enhet": "Internbanken"} for name in BANK_STAFF]
        + [{"namn": "Gun Strand", "enhet": "Redovisning"}],
    }


def events(chance: random.Random) -> Tables:
    """Deals, postings and payments, tasks, agreements, and reconciliations each month."""
    deals: list[Row] = [
        {
            "affär": f"E{n:02}",
            "slag": ["lån", "placering", "derivat", "leasing"][n % 4],
            "enhet": MUNICIPALITY if n % 3 else SUBSIDIARIES[n % 7],
            "objekt": "",
            "hanterad_av": "Internbanken",
            "särskilda_skäl": "",
        }
        for n in range(1, 61)
    ]
    deals.append(
        {"affär": "E61", "slag": "lån", "enhet": PARENT, "objekt": "", "hanterad_av": PARENT, "särskilda_skäl": ""}
    )
    deals.append(
        {
            "affär": "E62",
            "slag": "leasing",
            "enhet": ENERGY,
            "objekt": "Hörneborgsverket",
            "hanterad_av": ENERGY,
            "särskilda_skäl": "",
        }
    )
    deals.append(
        {
            "affär": "E63",
            "slag": "placering",
            "enhet": "Arenan AB",
            "objekt": "",
            "hanterad_av": "Arenan AB",
            "särskilda_skäl": "Pant hos banken",
        }
    )
    done: list[Row] = []
    for n in range(1, 201):
        first, second = chance.sample(BANK_STAFF, 2)
        done.append(
            {
                "händelse": f"H{n:03}",
                "slag": chance.choice(["kontering", "betalning", "affär"]),
                "utförd_av": first,
                "godkänd_av": second,
            }
        )
    tasks = [
        "Likviditetsprognos",
        "Upplåning",
        "Derivataffärer",
        "Betalningar",
        "Bokföring",
        "Finansrapport",
        "Bolagsrapporter",
        "Avstämning",
        "Prissättning",
    ]
    return {
        "externa_affärer": deals,
        "händelser": done,
        "arbetsuppgifter": [{"uppgift": name, "antal_personer": 2 + n % 2} for n, name in enumerate(tasks)],
        "externa_avtal": [
            {"avtal": f"X{n:02}", "bolag": COMPANIES[n % 8], "kopia_mottagen": date(2017, 1 + n % 12, 9)}
            for n in range(14)
        ],
        "avstämningar": [
            {
                "avstämning": f"{day:%Y-%m} {n}",
                "bolag": company,
                "månad": day,
                "internbankens_saldo": amount,
                "bolagets_saldo": amount,
            }
            for day in MONTHS
            for n, company in enumerate(COMPANIES)
            for amount in [chance.randrange(-90, 90) * MILLION // 10]
        ],
        "tjänster": [
            {
                "tjänst": f"T{n:02}",
                "bolag": COMPANIES[n % 8],
                "slag": ["Ränteprognos", "Internbankens resultat"][n % 2],
                "dag": date(2017 + n // 8, 4 + n % 8, 3),
            }
            for n in range(16)
        ],
    }


def councils() -> Tables:
    """The finance council: meetings and members."""
    return {
        "finansråd": [
            {
                "möte": f"{day:%Y-%m}",
                "dag": day,
                "sammankallat_av": STRATEGIST,
                "dagordning": "Ränteläget;Marknadsmässigt påslag" if n % 4 == 1 else "Ränteläget;Bolagens behov",
            }
            for n, day in enumerate(date(2017 + n // 4, 2 + 3 * (n % 4), 14) for n in range(8))
        ],
        "ledamöter": [
            {
                "namn": f"Tjänsteman {n}",
                "utsedd_av": "Vd för Rodret i Örnsköldsvik AB" if n % 3 else DIRECTOR,
                "tjänsteman": "yes",
            }
            for n in range(1, 10)
        ],
    }


def reports() -> Tables:
    """A finance report each month, written by one and reviewed by another."""
    return {
        "finansrapporter": [
            {
                "period": f"{day:%Y-%m}",
                "upprättad_av": BANK_STAFF[n % 4],
                "kvalitetssäkrad_av": BANK_STAFF[(n + 1) % 4],
                "avsnitt": ";".join(CHAPTERS),
            }
            for n, day in enumerate(MONTHS)
        ]
    }


def deliveries(chance: random.Random) -> list[Row]:
    """What was sent, all of it in time."""
    rows: list[Row] = []

    def sent(duty: str, entity: str, period: str, day: date) -> None:
        writer, reviewer = chance.sample(BANK_STAFF, 2)
        rows.append(
            {
                "duty": duty,
                "entity": entity,
                "period": period,
                "delivered_on": day,
                "prepared_by": writer,
                "reviewed_by": reviewer,
                "contents": "",
            }
        )

    for year in (2017, 2018):
        sent("0-utvärdering", "", str(year), date(year, 11, 28))
        sent("2.2.3-förslag", "", str(year), date(year, 10, 15))
        for company in SUBSIDIARIES:
            sent("2.2.4-äskande", company, str(year), date(year, 9, 1 + chance.randrange(29)))
    for day in MONTHS[:-1]:
        period = f"{day:%Y-%m}"
        sent("7-finansrapport-månad", "", period, day + timedelta(days=chance.randrange(5, 26)))
        for entity in [*UNITS, *COMPANIES]:
            sent("7-likviditet-0-3", entity, period, day + timedelta(days=chance.randrange(1, 20)))
        for duty in BY_COMPANIES:
            for company in COMPANIES:
                sent(duty, company, period, day + timedelta(days=chance.randrange(1, 28)))
    for day in MONTHS[3:-1:4]:
        period = f"{day.year}-T{day.month // 4}"
        sent("7-finansrapport-tertial", "", period, day + timedelta(days=chance.randrange(20, 50)))
        for entity in [*UNITS, *COMPANIES]:
            sent("7-likviditet-1-2", entity, period, day + timedelta(days=chance.randrange(20, 50)))
    return rows


def attestations() -> list[Row]:
    """A yes to every question, each year; two questions are asked once of each guarantee."""
    rows: list[Row] = []

    def said(attest: str, entity: str, period: str, role: str, person: str, day: date) -> None:
        rows.append(
            {
                "attest": attest,
                "entity": entity,
                "period": period,
                "answer": "yes",
                "person": person,
                "role": role,
                "answered_on": day,
                "comment": "",
            }
        )

    for year in (2017, 2018):
        day = date(year, 12, 10)
        for attest in BY_DIRECTOR:
            said(attest, "", str(year), DIRECTOR, "Eva Lund", day)
        for attest in BY_STRATEGIST:
            said(attest, "", str(year), STRATEGIST, BANK_STAFF[0], day)
        for n, company in enumerate(COMPANIES, 1):
            said("3.6-bolagens-linje", company, str(year), "Vd", f"Vd {n}", day)
        for n in range(1, 13):
            said("4.2-insyn", f"U{n:02}", str(year), STRATEGIST, BANK_STAFF[0], day)
    for guarantee in GUARANTEES:
        for attest in ("6-riskbegränsning", "6-kostnad"):
            said(attest, guarantee, "", STRATEGIST, BANK_STAFF[0], date(2018, 3, 1))
    return rows
