"""The policy itself, and the wealth: mandates, holdings, trades, decisions."""

import random
from datetime import date, timedelta

from tables.words import MANAGERS, Row


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
