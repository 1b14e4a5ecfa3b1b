"""Region Midtjylland's tables on five days, made up: nothing of them is in the document. `python generate.py` writes.

Two days are in order, one with most of the debt variable and one with most of it fixed. On two days something is wrong
under every rule, and on the last day something is missing under every rule. The same seed gives the same files.
"""

import csv
import random
from datetime import date
from pathlib import Path

from tables.debt import dispensations, events, forecasts, grants, instruments, loans, rates
from tables.leases import answers, balances, deliveries, leases, models, offers
from tables.spoiled import broken, with_holes
from tables.wealth import contributions, decisions, documents, holdings, mandates, trades
from tables.words import UNITS, Tables

HERE = Path(__file__).parent
SEED = 20071204
DAYS = {
    "2008-12-31": "orden, mest variabel",
    "2009-06-30": "orden, mest fast",
    "2009-12-31": "brud, alt variabelt",
    "2010-06-30": "brud, alt fast",
    "2010-12-31": "huller",
}


def main() -> None:
    """Write a folder of tables for each day."""
    for name, theme in DAYS.items():
        day = date.fromisoformat(name)
        tables = in_order(day, theme, random.Random(f"{SEED} {name}"))
        if theme.startswith("brud"):
            broken(tables, day, theme)
        if theme == "huller":
            with_holes(tables, day)
        folder = HERE / name
        folder.mkdir(exist_ok=True)
        for table, rows in tables.items():
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        (folder / "parameters.txt").write_text(parameters(theme), encoding="utf-8", newline="\n")


def parameters(theme: str) -> str:
    """What the run supplies: on the last day nothing, and what the council has decided only on some days."""
    if theme == "huller":
        return ""
    wrong = theme.startswith("brud")
    falling = theme in ("orden, mest variabel", "brud, alt fast")
    values = {
        "renteforventning": "faldende" if falling else "stigende",
        "spillerum": "5 %",
        "stort_rentespænd": "1,5 %",
        "stor_variabel_andel": "60 %" if theme != "orden, mest fast" else "20 %",
        "krævet_likviditet": "2 000 mio. kr." if wrong else "250 mio. kr.",
        "nødvendig_likviditet": "900 mio. kr." if wrong else "100 mio. kr.",
        "lovlig_løbetid": "25 år",
        "råderum": "40 mio. kr.",
    }
    if theme != "orden, mest variabel":
        values |= {
            "udkast_obligationer_min": "99 %" if wrong else "85 %",
            "udkast_højrente_max": "0 %" if wrong else "5 %",
            "udkast_aktier_max": "0 %" if wrong else "10 %",
            "udkast_fast_min": "30 %" if theme == "brud, alt variabelt" else "25 %",
            "udkast_fast_max": "75 %",
            "udkast_variabel_min": "30 %" if theme == "brud, alt fast" else "25 %",
            "udkast_variabel_max": "80 %" if theme == "brud, alt variabelt" else "75 %",
        }
        if theme == "brud, alt fast":
            values["udkast_fast_max"] = "80 %"
    return "".join(f"{name} = {value}\n" for name, value in values.items())


def in_order(day: date, theme: str, chance: random.Random) -> Tables:
    """All tables of a day, with nothing wrong."""
    tables: Tables = {
        "dokumenter": documents(day),
        "fuldmagter": mandates(),
        "rådgivere": [
            {"navn": "Capital Rådgivning", "givet_af": "Vicedirektøren", "efter_indkøbspolitik": "yes"},
            {"navn": "Nordea Gæld", "givet_af": "Vicedirektøren", "efter_indkøbspolitik": "yes"},
        ],
        "indskud": contributions(day, chance),
        "beholdninger": holdings(day, theme, chance),
        "handler": trades(day, theme, chance),
        "forelæggelser": [{"nummer": "F1", "emne": "gældspleje", "for": "Regionsrådet", "dato": day}],
        "beslutninger": decisions(day, theme),
        "bevillinger": grants(day),
        "dispensationer": dispensations(day),
        "lån": loans(day, theme, chance),
        "instrumenter": instruments(theme, chance),
        "markedsrenter": rates(day, chance),
        "lånehændelser": events(day, chance),
        "prognoser": forecasts(day, chance),
        "lejeaftaler": leases(day, chance),
        "saldi": balances(day, chance),
        "modeller": models(),
        "enheder": [{"navn": unit} for unit in UNITS],
        "deliveries": deliveries(day),
        "attestations": answers(day),
    }
    tables["leasingtilbud"] = offers(tables["lejeaftaler"], chance)
    return tables


if __name__ == "__main__":
    main()
