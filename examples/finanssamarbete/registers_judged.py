"""The verdicts on payments, agreements, documents, meetings, roles and deviations. Part of `expected.py`."""

from datetime import date

from plan_and_risks import Tables, Verdicts
from threefold import (
    Answer,
    Row,
    at_least,
    at_most,
    both,
    counted,
    day,
    each,
    either,
    equal,
    exactly,
    no,
    same,
    told,
    upto,
    worst,
    yes,
)

BRIBES = "Riktlinje om mutor i finansförvaltningen"
LEADERS = {2022: "Sörmland", 2023: "Västmanland", 2024: "Örebro"}
AGENDA = {
    "standing-plan": ["operations plan"],
    "standing-results": ["results"],
    "standing-responsible": ["responsible investments"],
    "standing-deviations": ["deviations", "compliance reports"],
}


def payments(t: Tables) -> Verdicts:
    """Payments and payees."""
    rows = t.get("payments")
    payees = {row["payee"]: row for row in t["payees"]}
    groups = {row["name"]: row["group"] for row in t["people"]}

    def account(r: Row) -> str:
        return payees.get(r["payee"], {}).get("account", "")

    def outside(r: Row) -> Answer:
        return no(same(groups.get(r["made_by"], ""), "finance"))

    return {
        ("payment-register", ""): each(rows, lambda r: equal(r["account"] or None, account(r) or None)),
        ("payees-known", ""): each(rows, lambda r: payees.get(r["payee"], {}).get("source", "") != ""),
        ("payees-verified", ""): each(t["payees"], lambda r: same(r["source"], "payee")),
        ("two-people", ""): each(rows, lambda r: no(equal(r["made_by"] or None, r["approved_by"] or None))),
        ("payers", ""): "undetermined" if rows is None else told(at_most(counted(rows, outside), 0), soft=True),
    }


def documents(t: Tables) -> Verdicts:
    """Agreements and documents."""
    rows = t.get("documents")
    found: Verdicts = {
        ("secrecy", ""): each(t["agreements"], lambda r: r["secrecy"] != "", lambda r: same(r["kind"], "alternative"))
    }
    if rows is None:
        return found | {(rule, ""): "undetermined" for rule in ("gifts", "ad-hoc", "documents-there")}
    adopted = [r for r in rows if r["adopted_on"]]
    kinds = {r["kind"] for r in adopted} - {"", "other"}
    unknown = sum(r["kind"] == "" for r in adopted)
    return found | {
        ("gifts", ""): told(any(r["document"] == BRIBES and r["adopted_on"] <= "2023-12-31" for r in adopted)),
        ("ad-hoc", ""): told(
            at_least(counted(rows, lambda r: both(same(r["kind"], "handbook"), r["revised_on"].startswith("2023"))), 1)
        ),
        ("documents-there", ""): told(at_least((len(kinds), len(kinds) + unknown), 6)),
    }


def council(t: Tables, as_of: date) -> Verdicts:
    """Meetings of the council, and those of every week."""
    rows = t["meetings"]
    year_before = as_of.replace(year=as_of.year - 1)

    def is_council(r: Row) -> Answer:
        return same(r["body"], "council")

    def of_the_year(r: Row) -> Answer:
        held = day(r["held_on"])
        return both(is_council(r), no(upto(held, year_before)), upto(held, as_of))

    def led(r: Row) -> Answer:
        held = day(r["held_on"])
        return None if held is None else r["chair"] == LEADERS[held.year]

    found: Verdicts = {
        (rule, ""): each(
            rows,
            lambda r, items=items: None if r["agenda"] == "" else set(items) <= set(r["agenda"].split(";")),
            is_council,
        )
        for rule, items in AGENDA.items()
    }
    quarters = (
        told(at_most(counted(rows, lambda r, one=one: both(of_the_year(r), same(r["quarter"], one))), 1))
        for one in ("q1", "q2", "q3", "q4")
    )
    return {
        **found,
        ("four-councils", ""): told(exactly(counted(rows, of_the_year), 4)),
        ("council-quarters", ""): worst(quarters),
        ("council-chair", ""): each(rows, led, is_council),
        **{
            ("weekly", week["week"]): told(
                at_least(
                    counted([r for r in rows if r["week"] == week["week"]], lambda r: same(r["body"], "weekly")), 1
                ),
                soft=True,
            )
            for week in t["weeks"]
        },
    }


def order(t: Tables) -> Verdicts:
    """Roles and deviations."""

    def remedied(r: Row) -> Answer:
        return both(r["action"] != "", either(r["closed_on"] == "", upto(day(r["opened_on"]), day(r["closed_on"]))))

    return {
        ("back-ups", ""): each(
            t.get("roles"), lambda r: r["holder"] != "" and r["backup"] != "" and r["holder"] != r["backup"]
        ),
        ("no-material", ""): each(t["deviations"], lambda r: no(yes(r["material"]))),
        ("remedied", ""): each(t["deviations"], remedied),
    }
