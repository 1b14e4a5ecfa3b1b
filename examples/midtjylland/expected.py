"""The verdicts that Region Midtjylland's rulebook must come to on the tables beside it, worked out with pandas alone.

`python expected.py` writes `expected.csv`. Every rule stands here a second time, as a function of one world: tables in
which nothing is missing. Where cells are missing, all the worlds that they leave open are made. A rule that holds in
every world is kept, one that fails in every world is broken, and one that does both is undetermined. All numbers are
fractions.
"""

import csv
import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pandas as pd

HERE = Path(__file__).parent
Row = dict[str, Any]
Judged = bool | None
"""Whether a rule is kept in a world; None where it does not apply."""

DATES = ("_den", "rentetilpasning", "_on")
NUMBERS = {
    "aftalt_beløb", "beløb", "markedsværdi", "varighed", "overdraget_restgæld", "hovedstol", "restgæld", "rentebinding",
    "løbetid", "rente", "laveste_tilbud", "kort_rente", "lang_rente", "likviditet_efter_lån", "værdi", "forpligtelse",
    "periode", "terminer", "ydelse", "danske_obligationer", "højrente", "aktier", "middelafkast", "p_negativ",
    "minimumsafkast", "interval_lav", "interval_høj", "år_imellem",
}  # fmt: skip
RANKS = ["Regionsrådet", "Direktionen", "Vicedirektøren", "Regionsøkonomi", "Budgetansvarlig", "ingen"]
NORMAL = NormalDist()
HUGE = Fraction(10) ** 12

# What a blank cell may stand for, by column; a blank of any other column is a value of its own: there is none.
OPEN: dict[str, list[Any]] = {
    "dokumenter.vedtaget_af": ["Regionsrådet", "Direktionen"],
    "dokumenter.art": ["regulativbilag", "indkøbspolitik"],
    "dokumenter.senest_ændret_den": [date(1900, 1, 1), date(2100, 1, 1)],
    "fuldmagter.givet_af": ["Vicedirektøren", "Regionsøkonomi"],
    "fuldmagter.efter_indkøbspolitik": ["yes", "no"],
    "rådgivere.givet_af": ["Vicedirektøren", "Regionsøkonomi"],
    "rådgivere.efter_indkøbspolitik": ["yes", "no"],
    "indskud.beløb": [-HUGE, HUGE],
    "beholdninger.aktivklasse": ["danske_obligationer", "højrente", "aktier", "indlån"],
    "beholdninger.papirtype": ["statsobligation", "andet", "indlånskonto"],
    "beholdninger.udbyttegivende": ["yes", "no"],
    "beholdninger.varighed": [Fraction(0), HUGE],
    "beholdninger.markedsværdi": [-HUGE, Fraction(0), HUGE],
    "handler.status": ["udført", "foreslået"],
    "handler.beløb": [-HUGE, Fraction(0), HUGE],
    "forelæggelser.emne": ["formuepleje", "gældspleje"],
    "bevillinger.vedtaget_af": ["Regionsrådet", "Direktionen"],
    "bevillinger.beløb": [Fraction(0), HUGE],
    "dispensationer.søgt_af": ["Regionsøkonomi", "Direktionen"],
    "dispensationer.beløb": [Fraction(0), HUGE],
    "lån.status": ["hjemtaget", "foreslået"],
    "lån.valuta": ["DKK", "EUR"],
    "lån.restgæld": [Fraction(0), HUGE],
    "lån.rentebinding": [Fraction(6), Fraction(120)],
    "lån.laveste_tilbud": [Fraction(0), Fraction(100)],
    "instrumenter.art": ["swap", "repo", "option"],
    "lånehændelser.art": ["omlægning", "indfrielse", "ekstraordinært_afdrag"],
    "lejeaftaler.rolle": ["lejer", "udlejer"],
    "lejeaftaler.besluttet_af": ["Regionsrådet", "ingen"],
    "lejeaftaler.indgået_den": [date(1900, 1, 1), date(2100, 1, 1)],
    "leasingtilbud.lejeaftale": ["?", *(f"A{number:03}" for number in range(1, 61))],
    "lån.hjemtaget_den": [date(1900, 1, 1), date(2100, 1, 1)],
    "modeller.danske_obligationer": [Fraction(0), Fraction(85), Fraction(200)],
    "modeller.højrente": [Fraction(0), Fraction(5), Fraction(200)],
    "modeller.aktier": [Fraction(0), Fraction(10), Fraction(200)],
    "modeller.middelafkast": [Fraction(5), Fraction("5.05")],
    "modeller.interval_lav": [Fraction("2.43")],
    "modeller.interval_høj": [Fraction("7.57"), Fraction("7.67")],
    "modeller.p_negativ": [Fraction("3.03"), Fraction(40)],
    "modeller.minimumsafkast": [Fraction("0.61"), Fraction(-50)],
    "modeller.år_imellem": [Fraction(1), Fraction(33)],
    "deliveries.modtager": ["Regionsrådet", "Direktionen"],
    "deliveries.indhold": ["", "likvid beholdning; langfristet gæld; anbringelse; låneoptagelse; låneindfrielse; "
                           "låneomlægning; finansielle instrumenter; kassekreditreglen"],
}  # fmt: skip

# What a parameter that nobody supplies may be.
UNSET: dict[str, list[Any]] = {
    "renteforventning": ["faldende", "stabil", "stigende"],
    "spillerum": [Fraction(0), Fraction(100)],
    "stort_rentespænd": [Fraction(0), Fraction(100)],
    "stor_variabel_andel": [Fraction(0), Fraction(200)],
    "krævet_likviditet": [Fraction(0), HUGE * 10],
    "nødvendig_likviditet": [-HUGE, HUGE],
    "lovlig_løbetid": [Fraction(0), Fraction(1000)],
    "råderum": [Fraction(0), Fraction(1)],
    "udkast_obligationer_min": [Fraction(-1000), Fraction(1000)],
    "udkast_højrente_max": [Fraction(-1000), Fraction(1000)],
    "udkast_aktier_max": [Fraction(-1000), Fraction(1000)],
    "udkast_fast_min": [Fraction(-1000), Fraction(0), Fraction(1000)],
    "udkast_fast_max": [Fraction(-1000), Fraction(0), Fraction(1000)],
    "udkast_variabel_min": [Fraction(-1000), Fraction(100), Fraction(1000)],
    "udkast_variabel_max": [Fraction(-1000), Fraction(100), Fraction(1000)],
}


class World:
    """Tables without open cells, and parameters that all have a value."""

    def __init__(self, tables: dict[str, list[Row]], given: dict[str, Any], day: date) -> None:
        self.tables, self.given, self.day = tables, given, day

    def __getitem__(self, table: str) -> list[Row]:
        return self.tables[table]


# --- reading ----------------------------------------------------------------------------------------------------------


def read(folder: Path) -> dict[str, list[Row]]:
    """The tables of a folder; of a table of many days the rows of the last, but of the balances all."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        if path.stem in ("beholdninger", "markedsrenter"):
            frame = frame[frame["dato"] == frame["dato"].max()]
        rows = frame.to_dict("records")
        tables[path.stem] = [{column: value_of(column, text) for column, text in row.items()} for row in rows]
    return tables


def value_of(column: str, text: str) -> Any:
    if text == "":
        return None
    if column in NUMBERS:
        return Fraction(text)
    dated = column in ("dato", "fra", "til") or column.endswith(DATES)
    return date.fromisoformat(text) if dated else text


def parameters_of(folder: Path) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for line in (folder / "parameters.txt").read_text(encoding="utf-8").splitlines():
        name, _, text = line.partition(" = ")
        number = text.removesuffix(" %").removesuffix(" mio. kr.").removesuffix(" år")
        if text[0].isdigit():
            exact = Fraction(number.replace(" ", "").replace(",", "."))
            given[name] = exact * (1_000_000 if text.endswith("mio. kr.") else 1)
        else:
            given[name] = text
    return given


def worlds(tables: dict[str, list[Row]], given: dict[str, Any], day: date, reads: str) -> Iterator[World]:
    """Every way to fill the open cells of the columns that are read and the parameters that are not set."""
    names = reads.split()
    unset = [name for name in names if name in UNSET and name not in given]
    holes = [(table, row, column) for name in names if "." in name
             for table, column in [name.split(".")] if name in OPEN
             for row in range(len(tables[table])) if tables[table][row][column] is None]  # fmt: skip
    fillings: Iterable[tuple[Any, ...]]
    if len(holes) <= 6:
        fillings = itertools.product(*(OPEN[f"{table}.{column}"] for table, _, column in holes))
    else:  # so many of them that they are filled in order, the first with one value and the rest with another
        fillings = (
            tuple(values[0] if at < first else values[-1] for at, values in enumerate(
                OPEN[f"{table}.{column}"] for table, _, column in holes))
            for first in range(len(holes) + 1)
        )  # fmt: skip
    for filling in fillings:
        filled = tables
        if holes:
            filled = {name: [dict(row) for row in rows] for name, rows in tables.items()}
            for (table, row, column), value in zip(holes, filling, strict=True):
                filled[table][row][column] = value
        for values in itertools.product(*(UNSET[name] for name in unset)):
            yield World(filled, given | dict(zip(unset, values, strict=True)), day)


# --- what several rules speak of --------------------------------------------------------------------------------------


def rank(body: str | None) -> int:
    return RANKS.index(body or "ingen")


def at_least(body: str | None, lowest: str) -> bool:
    return rank(body) <= rank(lowest)


def total(rows: Iterable[Row], measure: str) -> Fraction:
    return sum((row[measure] for row in rows if row[measure] is not None), Fraction(0))


def wealth(world: World) -> list[Row]:
    """What the frame is measured of: neither cash nor deposits."""
    classes = ("danske_obligationer", "højrente", "aktier", "andet")
    return [row for row in world["beholdninger"] if row["aktivklasse"] in classes]


def share(rows: list[Row], kind: str) -> Fraction | None:
    """The percentage of a class; None if the whole is not above zero."""
    whole = total(rows, "markedsværdi")
    part = total([row for row in rows if row["aktivklasse"] == kind], "markedsværdi")
    return part * 100 / whole if whole > 0 else None


def bonds(world: World) -> list[Row]:
    return [row for row in world["beholdninger"] if row["aktivklasse"] == "danske_obligationer"]


def average_duration(world: World) -> Fraction | None:
    weighted = sum((row["varighed"] * row["markedsværdi"] for row in bonds(world)), Fraction(0))
    whole = total(bonds(world), "markedsværdi")
    return weighted / whole if whole > 0 else None


def general(world: World) -> list[Row]:
    return [row for row in world["lån"] if row["område"] == "almindelig"]


def owed(world: World, *states: str) -> list[Row]:
    return [row for row in general(world) if row["status"] in states]


def new_loans(world: World) -> list[Row]:
    return [row for row in general(world) if row["arvet_fra"] is None]


def swapped(world: World) -> Fraction:
    swaps = [row for row in world["instrumenter"] if row["art"] == "swap"]
    pays = total([row for row in swaps if row["betaler"] == "fast"], "hovedstol")
    return pays - total([row for row in swaps if row["modtager"] == "fast"], "hovedstol")


def fixed_share(world: World, *states: str) -> Fraction:
    """The percentage of the debt that is fixed, after swaps; twelve months are fixed."""
    debt = owed(world, *(states or ("hjemtaget", "foreslået_indfriet")))
    fixed = total([row for row in debt if row["rentebinding"] >= 12], "restgæld")
    return (fixed + swapped(world)) * 100 / total(debt, "restgæld")


def variable_share(world: World) -> Fraction:
    return 100 - fixed_share(world)


def lessee(world: World) -> list[Row]:
    return [row for row in world["lejeaftaler"] if row["rolle"] == "lejer"]


def wealth_after(world: World, kind: str) -> Fraction | None:
    """The percentage of a class after the trades that are proposed."""
    proposed = [row for row in world["handler"] if row["side"] == "formue" and row["status"] == "foreslået"]
    moved = [row for row in proposed if row["aktivklasse"] in ("danske_obligationer", "højrente", "aktier", "andet")]
    whole = total(wealth(world), "markedsværdi") + total(moved, "beløb")
    part = total([row for row in wealth(world) if row["aktivklasse"] == kind], "markedsværdi")
    part += total([row for row in moved if row["aktivklasse"] == kind], "beløb")
    return part * 100 / whole if whole > 0 else None


def inside(world: World) -> bool | None:
    parts = [share(wealth(world), kind) for kind in ("danske_obligationer", "højrente", "aktier")]
    if any(part is None for part in parts):
        return None
    safe, high, equity = (part for part in parts if part is not None)
    return 85 <= safe <= 100 and 0 <= high <= 5 and 0 <= equity <= 10


# --- the rules --------------------------------------------------------------------------------------------------------

Found = dict[str, Judged | str]
Rule = Callable[[World], Any]
RULES: dict[str, tuple[str, str, Rule]] = {}
"""By id: how a failure is called, the columns and parameters read, and the function."""


def rule(id: str, reads: str = "", failing: str = "breach") -> Callable[[Rule], Rule]:
    def enter(function: Rule) -> Rule:
        RULES[id] = (failing, reads, function)
        return function

    return enter


def each(id: str, table: str, holds: Callable[[Row, World], bool], reads: str = "", failing: str = "breach",
         of: Callable[[World], list[Row]] | None = None) -> None:  # fmt: skip
    """A rule on every row."""
    RULES[id] = failing, reads, lambda world: all(holds(row, world) for row in (of(world) if of else world[table]))


def bounded(id: str, figure: Callable[[World], Fraction | None], holds: Callable[[Fraction, World], Judged],
            reads: str = "", failing: str = "breach") -> None:  # fmt: skip
    """A rule on a figure; where the figure is none, any outcome is possible."""

    def judge(world: World) -> Any:
        found = figure(world)
        return "open" if found is None else (holds(found, world), found)

    RULES[id] = failing, reads, judge


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


def on_side(side: str, limit: Fraction | int) -> Callable[[Fraction], bool]:
    return lambda found: found >= limit if side == "min" else found <= limit


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


MODEL = "modeller.danske_obligationer modeller.højrente modeller.aktier"
each(
    "N-modeller", "modeller", lambda row, _: row["danske_obligationer"] + row["højrente"] + row["aktier"] == 100, MODEL
)
each("N-400", "modeller", lambda row, _: row["middelafkast"] == (row["interval_lav"] + row["interval_høj"]) / 2,
     "modeller.middelafkast modeller.interval_lav modeller.interval_høj")  # fmt: skip
each("N-år", "modeller", lambda row, _: int(100 / row["p_negativ"]) == row["år_imellem"],
     "modeller.p_negativ modeller.år_imellem")  # fmt: skip


def spreads(row: Row) -> tuple[float, float]:
    """The least and the greatest standard deviation that the printed figures leave, in percent."""

    def of_loss(mean: Fraction, chance: Fraction) -> float:
        return float(mean) / NORMAL.inv_cdf(1 - float(chance) / 100)

    half, mean, reached = Fraction("0.005"), row["middelafkast"], row["minimumsafkast"]
    quantile = NORMAL.inv_cdf(0.95)
    low = max(of_loss(mean - half, row["p_negativ"] - half), float(mean - reached - 2 * half) / quantile)
    high = min(of_loss(mean + half, row["p_negativ"] + half), float(mean - reached + 2 * half) / quantile)
    return low, high


def covered(row: Row) -> bool:
    """Whether the printed interval is the middle 67%."""
    width, half, times = float(row["interval_høj"] - row["interval_lav"]) / 2, 0.005, NORMAL.inv_cdf(0.835)
    low, high = spreads(row)
    return width + half >= times * low and width - half <= times * high


PRINTED = "modeller.middelafkast modeller.p_negativ modeller.minimumsafkast"
each("N-fordeling", "modeller", lambda row, _: spreads(row)[0] <= spreads(row)[1], PRINTED)
each("N-udsving", "modeller", lambda row, _: covered(row),
     f"{PRINTED} modeller.interval_lav modeller.interval_høj")  # fmt: skip
for id, column, low, high in (
    ("N-model-obligationer", "danske_obligationer", 85, 100),
    ("N-model-højrente", "højrente", 0, 5),
    ("N-model-aktier", "aktier", 0, 10),
):
    RULES[id] = (
        "breach",
        f"modeller.{column}",
        lambda world, column=column, low=low, high=high: {
            f"navn={row['navn']}": (low <= row[column] <= high, row[column]) for row in world["modeller"]
        },
    )


# --- the other readings: by the title of the scenario that takes them, the rules that it changes ---------------------

GUIDELINES: dict[str, tuple[str, str, Rule]] = {}
for kind, side, limit in FRAME:
    if limit not in (0, 100):
        GUIDELINES[f"T3-vejledende[{kind}, should]"] = (
            "deviation",
            PLACED,
            lambda world, kind=kind, side=side, limit=limit: (
                "open" if (part := share(wealth(world), kind)) is None else (on_side(side, limit)(part), part)
            ),
        )
GUIDELINES["T4-vejledende"] = "deviation", DEBT, lambda world: (25 <= fixed_share(world) <= 75, fixed_share(world))


def exactly(world: World) -> Any:
    part = share(wealth(world), "danske_obligationer")
    return "open" if part is None else part == 85


def by_owner(world: World, kind: str, side: str, limit: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for owner in sorted({row["ejer"] for row in world["beholdninger"]}):
        part = share([row for row in wealth(world) if row["ejer"] == owner], kind)
        found[f"ejer={owner}"] = "open" if part is None else (on_side(side, limit)(part), part)
    return found


READINGS: dict[str, dict[str, tuple[str, str, Rule]]] = {
    "": RULES,
    "Rammerne som retningslinjer": GUIDELINES,
    "Præcis 85 %": {"N-85": ("breach", PLACED, exactly)},
    "Hver ejer for sig": {
        f"T3-ejer[{kind}, {side}]": (
            "breach", PLACED, lambda world, kind=kind, side=side, limit=limit: by_owner(world, kind, side, limit)
        )
        for kind, side, limit in FRAME if limit not in (0, 100)
    },
    "Hver obligations varighed": {
        "N-varighed-5-hver": ("breach", LONG, lambda world: all(row["varighed"] <= 5 for row in bonds(world))),
        "N-varighed-3-hver": (
            "breach", LONG, lambda world: decided(world) or all(row["varighed"] <= 3 for row in bonds(world))
        ),
    },
}  # fmt: skip


# --- what is owed every year ------------------------------------------------------------------------------------------


def yearly(tables: dict[str, list[Row]], day: date) -> Iterator[tuple[str, str, str]]:
    """The verdicts on duties and questions, period by period: rule, group, verdict."""
    for year in range(2008, day.year + 1):
        due = date(year + 1, 6, 30)
        for id in ("9-rapport", "8-lejeopgørelse"):
            sent = [row for row in tables["deliveries"] if row["pligt"] == id and row["periode"] == year]
            if any(row["leveret_den"] is not None and row["leveret_den"] <= min(day, due) for row in sent):
                verdict = "pass"
            elif any(row["leveret_den"] is None for row in sent):
                verdict = "undetermined"
            else:
                verdict = "breach" if day > due else "not applicable"
            yield id, f"period={year}", verdict
        for unit in [row["navn"] for row in tables["enheder"]]:
            verdict = answered(tables, "5-varelagre", unit, year, "Leder", date(year + 1, 3, 31), day)
            yield "5-varelagre", f"period={year};enhed={unit}", verdict
        for id in ("2-formål", "7-princip", "N-ensartet"):
            yield id, f"period={year}", answered(tables, id, None, year, "Vicedirektøren", due, day)


def answered(
    tables: dict[str, list[Row]], id: str, entity: str | None, year: int, role: str, due: date, day: date
) -> str:
    """What the last answer of the right person in time was."""
    given = [
        row for row in tables["attestations"]
        if row["attest"] == id and row["entity"] == entity and row["period"] == str(year) and row["role"] == role
        and date(year, 1, 1) <= row["answered_on"] <= min(day, due)
    ]  # fmt: skip
    if given:
        return "pass" if max(given, key=lambda row: row["answered_on"])["answer"] == "yes" else "breach"
    return "undetermined" if day > due else "not applicable"


# --- verdicts ---------------------------------------------------------------------------------------------------------


def verdicts(folder: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """All verdicts on a folder: reading, rule, group, verdict, and the figure if it is the same in all worlds."""
    tables, given, day = read(folder), parameters_of(folder), date.fromisoformat(folder.name)
    for reading, rules in READINGS.items():
        for id, (failing, reads, judge) in rules.items():
            found: dict[str, list[Any]] = {}
            made = 0
            for world in worlds(tables, given, day, reads):
                made += 1
                outcome = judge(world)
                for group, one in (outcome if isinstance(outcome, dict) else {"": outcome}).items():
                    found.setdefault(group, []).append(one)
            for group, outcomes in found.items():  # a group that is not in all worlds is open
                yield (
                    reading,
                    id,
                    group,
                    *summed_up(outcomes if len(outcomes) == made else [*outcomes, "open"], failing),
                )
    if any(row["lejeaftale"] is None for row in tables["leasingtilbud"]):
        yield "", "8-tilbud", "aftale=None", "undetermined", ""  # offers of which nobody knows what they are for
    for id, group, verdict in yearly(tables, day):
        yield "", id, group, verdict, ""


def summed_up(outcomes: list[Any], failing: str) -> tuple[str, str]:
    """The verdict that all worlds together come to, and the figure that they share."""
    kept = {one[0] if isinstance(one, tuple) else one for one in outcomes}
    figures = {one[1] if isinstance(one, tuple) else None for one in outcomes}
    figure = figures.pop() if len(figures) == 1 else None
    if kept == {True}:
        verdict = "pass"
    elif kept == {False}:
        verdict = failing
    else:
        verdict = "not applicable" if kept == {None} else "undetermined"
    return verdict, "" if figure is None or verdict == "not applicable" else str(figure)


def main() -> None:
    """Write the verdicts on all days."""
    with (HERE / "expected.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["day", "reading", "rule", "group", "verdict", "figure"])
        for folder in sorted(path.parent for path in HERE.glob("*/parameters.txt")):
            writer.writerows((folder.name, *line) for line in verdicts(folder))


if __name__ == "__main__":
    main()
