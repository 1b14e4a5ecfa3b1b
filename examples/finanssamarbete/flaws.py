"""What is wrong in `broken`, and not known in `blanks` and `gaps`. Part of `generate.py`."""

from collections.abc import Iterable
from datetime import date, timedelta

from portfolio import ARMS, COAL, TOBACCO
from printed import Row, Tables
from registers import BACK_OFFICE, FINANCE

Changes = dict[str, dict[str, Row]]
"""Table, key, and the cells that are different."""

BROKEN: Changes = {
    "activities": {
        "4e": {"due": "", "status": "done", "done_on": "2023-10-01", "moved_to": ""},
        "5a": {"goal": "4"},
        "5b": {"goal": "4"},
        "5c": {"goal": "4"},
        "6b": {"group": 4},
    },
    "risks": {"5": {"action": ""}, "6": {"report": ""}},
    "payees": {"Bank A": {"source": ""}, "Bank B": {"source": "mail"}},
    "payments": {
        "P01": {"account": "1000-1000000"},
        "P02": {"made_by": FINANCE[0], "approved_by": FINANCE[0]},
        "P03": {"made_by": BACK_OFFICE[0]},
    },
    "agreements": {"Agreement 06": {"secrecy": ""}},
    "documents": {
        "Handbook": {"revised_on": "2022-12-31"},
        "Notes": {"adopted_on": ""},
        "Riktlinje om mutor i finansförvaltningen": {"adopted_on": "2024-01-01"},
    },
    "meetings": {
        "Council 1": {"agenda": "results;responsible investments;deviations;compliance reports"},
        "Council 2": {"agenda": "operations plan;responsible investments;deviations;compliance reports"},
        "Council 3": {"agenda": "operations plan;results;deviations;compliance reports"},
        "Council 4": {"agenda": "operations plan;results;responsible investments;deviations", "chair": "Sörmland"},
        "Week 30": {"week": "2023-29"},
    },
    "companies": {COAL: {"renewable": 27, "renewable_before": 27}},
    "roles": {"Middle office": {"backup": BACK_OFFICE[0]}},
    "deviations": {
        "Weapons in a fund": {"material": "yes", "closed_on": "2023-03-01"},
        "Too much in one fund": {"action": ""},
    },
    "pensions": {"Örebro": {"liability": 8_000_000_000}},
}

BLANK: Changes = {
    "activities": {"6a": {"group": "", "moved_to": 2025}},
    "risks": {"1": {"action_level": "", "done_on": "2023-07-01"}},
    "payments": {"P01": {"account": ""}, "P02": {"approved_by": ""}, "P03": {"made_by": ""}},
    "agreements": {"Agreement 06": {"kind": "", "secrecy": ""}},
    "documents": {"Handbook": {"kind": ""}},
    "meetings": {
        "Council 1": {"agenda": ""},
        "Council 2": {"held_on": ""},
        "Council 4": {"quarter": ""},
        "Week 30": {"body": ""},
    },
    "companies": {COAL: {"renewable": ""}},
    "deviations": {
        "Weapons in a fund": {"opened_on": ""},
        "Too much in one fund": {"material": ""},
    },
    "pensions": {"Örebro": {"liability": ""}},
}
COLUMNS_LOST = {"activities": ["goal", "quarter", "moved_to"]}
TABLES_LOST = ["risks", "payments", "documents", "roles"]


def broken(tables: Tables) -> Tables:
    """Every rule is broken, on the last day of January 2025."""
    late = [row for row in tables["activities"] if row["due"]]
    for n, row in enumerate(late):
        last = date.fromisoformat(str(row["due"]))
        row |= {"moved_to": "", "status": "ongoing", "done_on": ""}
        if n % 2:
            row |= {"status": "done", "done_on": last + timedelta(days=1)}
    for n, row in enumerate(tables["risks"]):
        row["probability"] = int(str(row["probability"])) + 1
        if row["due"]:
            row["done_on"] = date.fromisoformat(str(row["due"])) + timedelta(days=1) if n % 2 else ""
    tables["activities"].append(
        tables["activities"][0] | {"nr": "4f", "group": 4, "goal": "4", "due": "2024-03-31", "moved_to": 2023}
    )
    tables["risks"].append(tables["risks"][0] | {"nr": "12", "probability": 5})
    tables["meetings"] += [
        tables["meetings"][1] | {"meeting": "Council 5", "held_on": "2024-04-10"},
        tables["meetings"][1] | {"meeting": "Council 6", "held_on": "2024-06-12"},
    ]
    change(tables, BROKEN)
    lines = [row for row in tables["constituents"] if row["fund"] == "World dividend"]
    lines[0]["company"], lines[1]["company"] = COAL, ARMS
    tables["holdings"][-1]["company"] = TOBACCO
    day = next(row for row in tables["liquidity"] if row["reserve"] == 90_000_000 and row["outflow"] == 60_000_000)
    day["reserve"] = 89_999_999
    for row in tables["income"]:
        if row["region"] == "Sörmland" and row["for_year"] == 2023:
            row["financial_return"] = 50_000_000
    for row in tables["co2"]:
        if row["region"] == "Örebro" and row["for_year"] == 2023:
            row["intensity"] = 130
    tables["deliveries"] = list(without_first(tables["deliveries"], "duty"))
    for answer in firsts(tables["attestations"], "attest"):
        answer["answer"] = "no"
    return tables


def blanked(tables: Tables) -> Tables:
    """Every rule that a blank cell can leave open is left open."""
    for row in tables["activities"]:
        row["status"] = ""
        if str(row["due"]) >= "2023-12-31":
            row["done_on"] = ""
    for row in tables["risks"]:
        row["probability"] = ""
    change(tables, BLANK)
    tables["payees"].append({"payee": "Fond 7", "account": "1234-1234567", "source": "", "verified_on": ""})
    for row in tables["returns"]:
        row["target"] = ""
        if row["region"] == "Västmanland":
            row["benchmark"] = ""
    tables["monthly"][4]["normal"] = ""
    tables["liquidity"][40]["reserve"] = ""
    tables["income"][0]["pension_cost"] = ""
    tables["co2"][4]["intensity"] = ""
    lines = [row for row in tables["constituents"] if row["fund"] == "World dividend"]
    lines[0]["weight"] = "0.1"
    lines[1]["company"] = "Nowhere AB"
    for sent in firsts(tables["deliveries"], "duty"):
        sent["delivered_on"] = ""
    for answer in firsts(tables["attestations"], "attest"):
        answer["answer"] = ""
    tables["attestations"].pop()
    return tables


def lost(tables: Tables) -> Tables:
    """Every rule is left open: columns and tables are missing as well."""
    tables = blanked(tables)
    for name, columns in COLUMNS_LOST.items():
        tables[name] = [{key: row[key] for key in row if key not in columns} for row in tables[name]]
    return {name: rows for name, rows in tables.items() if name not in TABLES_LOST}


def change(tables: Tables, changes: Changes) -> None:
    """Other cells in the rows with these keys; a table's first column is its key."""
    for name, rows in changes.items():
        key = next(iter(tables[name][0]))
        known = {str(row[key]): row for row in tables[name]}
        for each, cells in rows.items():
            assert not set(cells) - set(known[each]), (name, each)
            known[each] |= cells


def firsts(rows: Iterable[Row], column: str) -> list[Row]:
    """The first row of each value of a column."""
    found: dict[object, Row] = {}
    for row in rows:
        found.setdefault(row[column], row)
    return list(found.values())


def without_first(rows: list[Row], column: str) -> Iterable[Row]:
    """All rows but the first of each value of a column."""
    left_out = [id(row) for row in firsts(rows, column)]
    return (row for row in rows if id(row) not in left_out)
