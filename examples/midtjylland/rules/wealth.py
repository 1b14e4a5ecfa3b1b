"""The rules on the policy itself and on the wealth."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from rules.measures import at_least, average_duration, bonds, inside, share, total, wealth, wealth_after
from rules.registry import RULES, bounded, each, on_side, rule
from rules.worlds import Row, World


def policy(world: World) -> list[Row]:
    return [row for row in world["dokumenter"] if row["art"] == "finansiel_politik"]


def latest(rows: Iterable[Row], column: str) -> date:
    return max((row[column] for row in rows if row[column] is not None), default=date.min)


each("5-vedtagelse", "dokumenter", lambda row, _: row["vedtaget_af"] == "Regionsrådet", "dokumenter.vedtaget_af",
     of=policy)  # fmt: skip
each("3-lov", "dokumenter", lambda row, world: row["lovlighed_prøvet_den"] is not None and row["lovlighed_prøvet_den"]
     >= latest([law for law in world["dokumenter"] if law["art"] == "lov"], "senest_ændret_den"),
     "dokumenter.senest_ændret_den", of=policy)  # fmt: skip
each("10-evaluering", "dokumenter", lambda row, world: row["evalueret_den"] is not None and row["evalueret_den"]
     >= latest([one for one in world["dokumenter"] if one["art"] == "regulativbilag"], "evalueret_den"),
     "dokumenter.art", of=policy)  # fmt: skip

PLACED = "beholdninger.aktivklasse beholdninger.markedsværdi"
each("6-44", "beholdninger", lambda row, _: row["papirtype"] in ("kontanter", "indlånskonto", "girokonto")
     or row["fondsgodkendt"] == "yes", "beholdninger.papirtype")  # fmt: skip
each("6-muligheder", "beholdninger", lambda row, _: row["papirtype"] != "andet", "beholdninger.papirtype")
each("6-forening", "beholdninger", lambda row, _: row["aktivklasse"] not in ("højrente", "aktier")
     or (row["form"] == "investeringsforening" and row["udbyttegivende"] == "yes"),
     "beholdninger.aktivklasse beholdninger.udbyttegivende")  # fmt: skip
each("6-højrentetyper", "beholdninger", lambda row, _: row["aktivklasse"] != "højrente"
     or row["højrentetype"] in ("virksomhedsobligationer", "nye_markeder"), "beholdninger.aktivklasse")  # fmt: skip

FRAME = [("danske_obligationer", "min", 85), ("danske_obligationer", "max", 100), ("højrente", "min", 0),
         ("højrente", "max", 5), ("aktier", "min", 0), ("aktier", "max", 10)]  # fmt: skip
DRAFT = {"danske_obligationer": "udkast_obligationer_min", "højrente": "udkast_højrente_max",
         "aktier": "udkast_aktier_max"}  # fmt: skip


for kind, side, limit in FRAME:
    bounded(f"T3[{kind}, {side}]", lambda world, kind=kind: share(wealth(world), kind),
            lambda found, _, side=side, limit=limit: on_side(side, limit)(found), PLACED)  # fmt: skip
    if limit not in (0, 100):
        bounded(f"T2[{kind}, {side}]", lambda world, kind=kind: share(wealth(world), kind),
                lambda found, world, kind=kind, side=side: on_side(side, world.given[DRAFT[kind]])(found),
                f"{PLACED} {DRAFT[kind]}")  # fmt: skip


def by_manager(world: World, kind: str, side: str, limit: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for manager in sorted({row["modtager"] for row in world["fuldmagter"]}):
        part = share([row for row in wealth(world) if row["forvalter"] == manager], kind)
        found[f"forvalter={manager}"] = "open" if part is None else (on_side(side, limit)(part), part)
    return found


for kind, side, limit in FRAME:
    if limit not in (0, 100):
        RULES[f"T3-forvalter[{kind}, {side}]"] = (
            "breach", PLACED, lambda world, kind=kind, side=side, limit=limit: by_manager(world, kind, side, limit)
        )  # fmt: skip


@rule("6-forelæggelse", f"{PLACED} forelæggelser.emne")
def _(world: World) -> Any:
    kept = inside(world)
    if kept is None:
        return "open"
    asked = [row for row in world["forelæggelser"] if row["emne"] == "formuepleje" and row["for"] == "Regionsrådet"]
    return None if kept else (bool(asked), Fraction(len(asked)))


LONG = f"{PLACED} beholdninger.varighed"


def decided(world: World) -> bool:
    return any(
        row["emne"] == "varighed_0_5" and at_least(row["truffet_af"], "Vicedirektøren") and row["fra"] <= world.day
        and (row["til"] is None or row["til"] >= world.day)
        for row in world["beslutninger"]
    )  # fmt: skip


bounded("N-varighed-5", average_duration, lambda found, _: found <= 5, LONG)
bounded("N-varighed-3", average_duration, lambda found, world: None if decided(world) else found <= 3, LONG)
bounded("N-varighedsklasser", lambda world: total([row for row in bonds(world) if row["varighed"] > 5], "markedsværdi"),
        lambda found, _: found <= 0, LONG)  # fmt: skip

each("6-forvalter", "fuldmagter", lambda row, _: row["rolle"] != "porteføljeforvalter"
     or (at_least(row["givet_af"], "Vicedirektøren") and row["aftalt_beløb"] is not None),
     "fuldmagter.givet_af")  # fmt: skip
each("3-indkøb-forvaltere", "fuldmagter", lambda row, _: row["rolle"] == "egen" or row["efter_indkøbspolitik"] == "yes",
     "fuldmagter.efter_indkøbspolitik")  # fmt: skip
each("3-indkøb-rådgivere", "rådgivere", lambda row, _: row["efter_indkøbspolitik"] == "yes",
     "rådgivere.efter_indkøbspolitik")  # fmt: skip
each("7.2-fuldmagt", "rådgivere", lambda row, _: at_least(row["givet_af"], "Vicedirektøren"), "rådgivere.givet_af")
each("T1-pleje", "handler", lambda row, _: row["status"] != "udført" or at_least(row["beordret_af"], "Vicedirektøren")
     or row["fuldmagt"] is not None, "handler.status")  # fmt: skip

AFTER = f"{PLACED} handler.beløb"
bounded("5-portefølje-obligationer", lambda world: wealth_after(world, "danske_obligationer"),
        lambda found, _: found >= 85, AFTER)  # fmt: skip
bounded("5-portefølje-højrente", lambda world: wealth_after(world, "højrente"), lambda found, _: found <= 5, AFTER)
bounded("5-portefølje-aktier", lambda world: wealth_after(world, "aktier"), lambda found, _: found <= 10, AFTER)
bounded("5-likviditet", lambda world: total([row for row in world["beholdninger"]
        if row["aktivklasse"] in ("kasse", "indlån")], "markedsværdi"),
        lambda found, world: found >= world.given["krævet_likviditet"],
        f"{PLACED} krævet_likviditet")  # fmt: skip
