"""The verdicts under the other reading of each sentence where a parameter chooses. Part of `expected.py`."""

from datetime import date
from fractions import Fraction

from parties import OURS, asked, rated
from register_words import BASE_AMOUNTS, KF, KS, Tables, is_financial, runs
from threefold import Answer, Row, body, both, each, no, number, same, upto, yes


def verdicts(t: Tables) -> dict[str, str]:
    """The rules whose verdict may be another one."""
    party = {row["namn"]: row for row in t["motparter"]}
    return {
        "2.2-leasing-kommunen": each(
            t["leasing"],
            lambda r: body(r["beslutad_av"], lease_body(r)) if lease_body(r) else None,
            lambda r: both(is_financial(r), same(r["enhetsslag"], "kommun")),
        ),
        "2.2.2-avvikelser": each(
            t["avvikelser"], lambda r: body(r["beviljad_av"], KS), lambda r: r["avsnitt"] == "kapitel 3.3"
        ),
        "3.1-rullande": any_year(t),
        "4.2-ram": each(
            [row for row in t["interna_låneramar"] if runs(row)],
            lambda r: upto(number(r["utlånat"]), Fraction(r["belopp"]) + Fraction(r["rörelsekredit"] or 0)),
        ),
        "5.3-andra": asked(
            [row for row in t["lån"] if row["låntagarslag"] in OURS],
            party,
            "långivare",
            lambda r, p: rated(p, "AA-"),
            lambda r, p: no(nordic_bank(p)),
        ),
    }


def nordic_bank(party: Row) -> Answer:
    return both(party["slag"] == "bank", yes(party["norden"]))


def lease_body(row: Row) -> str:
    """Exactly a hundred base amounts follow the term, and exactly ten years are the board's."""
    if "" in (row["löptid"], row["åtagande"], row["avtalat"]):
        return ""
    term, large = Fraction(row["löptid"]), Fraction(row["åtagande"]) > 100 * BASE_AMOUNTS[row["avtalat"][:4]]
    return KF if term > 15 or large else KS if term >= 10 else "Nämnd"


def any_year(t: Tables) -> str:
    """At most half falls due in any twelve months, each time beginning with a day on which something does."""
    parts = [(row["förfall"], row["skuld"]) for row in t["lån"] if row["låntagarslag"] in OURS]
    parts += [(row["förfall"], row["belopp"]) for row in t["kreditlöften"] if row["garanterat"] == "yes"]
    if any("" in part for part in parts):
        return "undetermined"
    due = [(date.fromisoformat(day), Fraction(amount)) for day, amount in parts]
    whole = sum(amount for _, amount in due)
    most = max(
        sum(amount for day, amount in due if first <= day < first.replace(year=first.year + 1)) for first, _ in due
    )
    return "pass" if most / whole <= Fraction(50, 100) else "breach"
