"""The rules on the debt."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from rules.measures import at_least, fixed_share, general, new_loans, owed, total, variable_share
from rules.registry import RULES, Rule, bounded, each, on_side, rule
from rules.worlds import World

DEBT = "lån.status lån.restgæld lån.rentebinding instrumenter.art"
for side in ("min", "max"):
    bounded(f"7-fast-{side}", fixed_share, lambda found, world, side=side:
            on_side(side, world.given[f"udkast_fast_{side}"])(found), f"{DEBT} udkast_fast_{side}")  # fmt: skip
    bounded(f"7-variabel-{side}", variable_share, lambda found, world, side=side:
            on_side(side, world.given[f"udkast_variabel_{side}"])(found), f"{DEBT} udkast_variabel_{side}")  # fmt: skip
bounded("7-spejl-min", lambda world: world.given["udkast_fast_min"] + world.given["udkast_variabel_max"],
        lambda found, _: found == 100, "udkast_fast_min udkast_variabel_max")  # fmt: skip
bounded("7-spejl-max", lambda world: world.given["udkast_fast_max"] + world.given["udkast_variabel_min"],
        lambda found, _: found == 100, "udkast_fast_max udkast_variabel_min")  # fmt: skip
for side in ("min", "max"):
    holds = on_side(side, 25 if side == "min" else 75)
    bounded(f"T4[fast, {side}]", fixed_share, lambda found, _, holds=holds: holds(found), DEBT)
    bounded(f"T4[variabel, {side}]", variable_share, lambda found, _, holds=holds: holds(found), DEBT)
bounded("N-fast-25", fixed_share, lambda found, _: found >= 25, DEBT)
bounded("N-variabel-25", variable_share, lambda found, _: found >= 25, DEBT)
bounded("7-fast", fixed_share, lambda found, _: found > 0, DEBT)
bounded("7-variabel", variable_share, lambda found, _: found > 0, DEBT)
bounded("7.1-kriterium-3", lambda world: fixed_share(world, "hjemtaget", "foreslået"),
        lambda found, _: 25 <= found <= 75, DEBT)  # fmt: skip
RULES["7.2-rådgiver"] = (
    "breach",
    DEBT,
    lambda world: (
        (25 <= fixed_share(world) <= 75, fixed_share(world))
        if total([row for row in owed(world, "hjemtaget", "foreslået_indfriet") if row["rådgiver"]], "restgæld") > 0
        else None
    ),
)


def expecting(way: str, figure: Callable[[World], Fraction]) -> Rule:
    def judge(world: World) -> Any:
        if world.given["renteforventning"] != way:
            return None
        return figure(world) >= 75 - world.given["spillerum"], figure(world)

    return judge


RULES["7-faldende"] = (
    "deviation", f"{DEBT} renteforventning spillerum", expecting("faldende", variable_share)
)  # fmt: skip
RULES["7-stigende"] = "deviation", f"{DEBT} renteforventning spillerum", expecting("stigende", fixed_share)


@rule("7-rentespænd", f"{DEBT} stort_rentespænd stor_variabel_andel", "deviation")
def _(world: World) -> Any:
    spread = max(row["lang_rente"] for row in world["markedsrenter"])
    spread -= max(row["kort_rente"] for row in world["markedsrenter"])
    variable = 100 - fixed_share(world)
    if spread < world.given["stort_rentespænd"]:
        return None
    return variable >= world.given["stor_variabel_andel"], variable


OFFERED = "lån.laveste_tilbud"
each("7-laveste-rente", "lån", lambda row, _: row["begrundelse"] is not None or row["rente"] <= row["laveste_tilbud"],
     OFFERED, "deviation", new_loans)  # fmt: skip
each("7.2-billigst", "lån", lambda row, _: row["rente"] <= row["laveste_tilbud"], OFFERED, "deviation", new_loans)
each("T1-bevilling", "bevillinger", lambda row, _: row["vedtaget_af"] == "Regionsrådet", "bevillinger.vedtaget_af")
each("T1-dispensation", "dispensationer", lambda row, _: row["søgt_af"] in ("Vicedirektøren", "Regionsøkonomi"),
     "dispensationer.søgt_af")  # fmt: skip
each("T1-hjemtagning", "lån", lambda row, _: row["status"] == "foreslået"
     or at_least(row["hjemtaget_af"], "Vicedirektøren"), "lån.status", of=new_loans)  # fmt: skip
each("7.2-omlægning", "lånehændelser", lambda row, _: row["art"] != "omlægning"
     or (at_least(row["besluttet_af"], "Vicedirektøren") and row["rådgiver"] is not None),
     "lånehændelser.art")  # fmt: skip
each("7.1-kriterium-1", "prognoser", lambda row, world: row["likviditet_efter_lån"]
     >= world.given["nødvendig_likviditet"], "nødvendig_likviditet")  # fmt: skip
each("7.1-kriterium-2", "lån", lambda row, world: row["løbetid"] <= world.given["lovlig_løbetid"]
     and row["afdragsprofil"] in ("serielån", "annuitetslån"), "lovlig_løbetid", of=new_loans)  # fmt: skip
each("7.1-kroner", "lån", lambda row, _: row["arvet_fra"] is not None or row["valuta"] == "DKK"
     or row["afdækket_til_kroner"] == "yes", "lån.valuta", of=general)  # fmt: skip
each("7.1-arvede", "lån", lambda row, _: row["arvet_fra"] is None or row["valuta"] == "DKK"
     or (row["restgæld"] <= row["overdraget_restgæld"] and row["omlagt_den"] is None), "lån.valuta lån.restgæld",
     of=general)  # fmt: skip
each("7.2-instrumenter", "instrumenter", lambda row, _: row["art"] in ("swap", "repo")
     or (row["art"] == "termin" and row["formål"] == "sikring"), "instrumenter.art")  # fmt: skip
each("B2-swap", "instrumenter", lambda row, _: row["art"] != "swap" or (row["betaler"] is not None
     and row["modtager"] is not None and row["betaler"] != row["modtager"]), "instrumenter.art")  # fmt: skip


@rule("7.3-afvikling", "råderum lånehændelser.art", "deviation")
def _(world: World) -> Any:
    extra = total([row for row in world["lånehændelser"] if row["art"] == "ekstraordinært_afdrag"], "beløb")
    return (extra > 0, extra) if world.given["råderum"] > 0 else None
