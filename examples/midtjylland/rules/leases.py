"""The rules on leases, on dispensations and grants, on reports and the overdraft."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pandas as pd
from rules.measures import at_least, lessee, new_loans, total
from rules.registry import RULES, Rule, each, rule
from rules.worlds import Row, World

LEASE = "lejeaftaler.rolle lejeaftaler.indgået_den"
LEASES: dict[str, Callable[[Row], bool]] = {
    "8-typer": lambda row: row["leasingform"] in ("finansiel", "operationel"),
    "B4-form": lambda row: row["leasingform"] == ("finansiel" if row["risiko_overført"] == "yes" else "operationel"),
    "8-vurdering": lambda row: row["vurderet_den"] is not None and row["vurderet_den"] <= row["indgået_den"],
    "8-beregning": lambda row: row["beregnet_den"] is not None,
    "8-sammenligning": lambda row: None not in (row["periode"], row["rentetype"], row["terminer"], row["betaling"]),
    "8-indberetning": lambda row: row["indberettet_den"] is not None,
    "8-enhed": lambda row: row["indberettet_den"] is None or row["indberettet_af"] == row["enhed"],
    "8-tidligere-ejet": lambda row: row["tidligere_ejet"] == "no" or (row["ministeren_godkendt_den"] is not None
    and row["ministeren_godkendt_den"] <= row["indgået_den"]),
    "B3-finansiering-ejendom": lambda row: row["art"] != "ejendom" or row["finansieret_af"] == "driftsområdet",
    "B3-finansiering-andet": lambda row: row["art"] != "andet" or row["finansieret_af"] == "budgetansvarlig",
}  # fmt: skip
for id, holds in LEASES.items():
    each(id, "lejeaftaler", lambda row, _, holds=holds: holds(row), LEASE, of=lessee)
each("8-fast-rente", "lejeaftaler", lambda row, _: row["rentetype"] == "fast" or row["begrundelse"] is not None, LEASE,
     "deviation", lessee)  # fmt: skip


def together(world: World) -> dict[str, Fraction]:
    """The value of each group of connected agreements."""
    frame = pd.DataFrame([{"gruppe": row["gruppe"], "værdi": row["værdi"]} for row in lessee(world)])
    return dict(frame.groupby("gruppe")["værdi"].apply(lambda values: sum(values, Fraction(0))))


def rightly_decided(kind: str) -> Rule:
    def judge(world: World) -> Any:
        sums = together(world)
        return all(
            at_least(
                row["besluttet_af"],
                "Budgetansvarlig"
                if sums[row["gruppe"]] < 1_000_000
                else "Direktionen"
                if sums[row["gruppe"]] <= 5_000_000
                else "Regionsrådet",
            )
            for row in lessee(world)
            if row["art"] == kind
        )

    return judge


RULES["B3-ejendom"] = "breach", f"{LEASE} lejeaftaler.besluttet_af", rightly_decided("ejendom")
RULES["B3-andet"] = "breach", f"{LEASE} lejeaftaler.besluttet_af", rightly_decided("andet")


def granted(world: World, number: str | None) -> Row:
    return next((row for row in world["dispensationer"] if row["nummer"] == number), {"meddelt_den": None})


@rule("B3-dispensation", LEASE)
def _(world: World) -> Any:
    sums = together(world)
    borrowed = [row for row in lessee(world) if row["art"] == "ejendom" and row["deponeret"] != "yes"]
    borrowed = [row for row in borrowed if sums[row["gruppe"]] > 5_000_000]
    days = [(granted(world, row["dispensation"])["meddelt_den"], row["indgået_den"]) for row in borrowed]
    return all(given is not None and given < signed for given, signed in days)


@rule("8-tilbud", "lejeaftaler.rolle leasingtilbud.lejeaftale", "deviation")
def _(world: World) -> Any:
    offered = pd.Series([row["lejeaftale"] for row in world["leasingtilbud"]]).value_counts()
    found = {row["nummer"]: Fraction(int(offered.get(row["nummer"], 0))) for row in lessee(world)}
    groups: dict[str, Any] = {f"aftale={number}": (count >= 2, count) for number, count in found.items()}
    return groups


def drawn(world: World) -> list[Row]:
    return [row for row in new_loans(world) if row["status"] != "foreslået"]


each("5-dispensation-først", "lån", lambda row, world: (day := granted(world, row["dispensation"])["meddelt_den"])
     is not None and day <= row["hjemtaget_den"], "lån.status lån.hjemtaget_den", of=drawn)  # fmt: skip


def within(link: str, table: str, key: str) -> Rule:
    """Whether no more is borrowed under each grant than it says."""

    def judge(world: World) -> Any:
        taken = {one[key]: total([row for row in drawn(world) if row[link] == one[key]], "hovedstol")
                 for one in world[table]}  # fmt: skip
        return all(taken[one[key]] <= one["beløb"] for one in world[table] if taken[one[key]])

    return judge


RULES["5-dispensationsbeløb"] = (
    "breach", "lån.status dispensationer.beløb", within("dispensation", "dispensationer", "nummer")
)  # fmt: skip
RULES["7.1-bevilling"] = "breach", "lån.status bevillinger.beløb", within("bevilling", "bevillinger", "år")


@rule("6-mandat", "indskud.beløb")
def _(world: World) -> Any:
    paid = {row["modtager"]: [one for one in world["indskud"] if one["forvalter"] == row["modtager"]]
            for row in world["fuldmagter"] if row["aftalt_beløb"] is not None}  # fmt: skip
    return all(total(paid[row["modtager"]], "beløb") <= row["aftalt_beløb"]
               for row in world["fuldmagter"] if row["modtager"] in paid)  # fmt: skip


def reports(world: World) -> list[Row]:
    return [row for row in world["deliveries"] if row["pligt"] == "9-rapport"]


def contains(row: Row, *sections: str) -> bool:
    return set(sections) <= {part.strip() for part in row["indhold"].split(";")}


CONTENTS = {
    "9-udvikling": ("likvid beholdning", "langfristet gæld"),
    "9-anbringelse": ("anbringelse",),
    "9-lån": ("låneoptagelse", "låneindfrielse", "låneomlægning"),
    "9-instrumenter": ("finansielle instrumenter",),
    "9-kassekredit": ("kassekreditreglen",),
}
each("9-modtager", "deliveries", lambda row, _: row["modtager"] == "Regionsrådet", "deliveries.modtager", of=reports)
for id, sections in CONTENTS.items():
    each(id, "deliveries", lambda row, _, found=sections: contains(row, *found), "deliveries.indhold", of=reports)


@rule("lov-kassekredit")
def _(world: World) -> Any:
    """The balance of each of the last 365 days is that of the last day on or before it that has balances."""
    frame = pd.DataFrame(world["saldi"])
    daily = frame.groupby("dato")["beløb"].sum()
    days = pd.date_range(end=pd.Timestamp(world.day), periods=365).date
    if min(daily.index) > days[0]:
        return "open"
    standing = [daily[max(known for known in daily.index if known <= day)] for day in days]
    average = sum(standing, Fraction(0)) / 365
    return average > 0, average
