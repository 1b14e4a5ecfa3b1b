"""Tables as they are read, and the worlds that their open cells leave."""

import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

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
