"""The verdicts on what is owed every year, and on questions to persons. Part of `expected.py`."""

from datetime import date

from plan_and_risks import Tables, Verdicts
from threefold import Row, worst

OWED: dict[str, tuple[str, str, int | None]] = {
    "annual-report": ("03-31 after", "", None),
    "key-figures": ("03-31 after", "", None),
    "co2-screening": ("03-31 after", "region", None),
    "handbook-review": ("06-30", "", None),
    "handbook-approval": ("12-31", "", 2018),
    "policy-review": ("09-30", "", None),
    "agreement-review": ("09-30", "", None),
    "plan-revision": ("12-31", "", None),
}
"""The last day, of whom it is asked, and the first year that it is owed for."""

ASKED = {
    "able-to-pay": ("Finanschef", "region"),
    "robust": ("Finansrådet", ""),
    "risks-in-hand": ("Finansrådet", ""),
    "responsible": ("Finansrådet", ""),
    "manager-effort": ("Finansgruppen", "manager"),
    "media-cases": ("Finansgruppen", ""),
}


def last_day(year: int, rule: str) -> date:
    """By when it is owed for a year."""
    return date.fromisoformat(f"{year + rule.endswith('after')}-{rule[:5]}")


def verdicts(t: Tables, as_of: date) -> Verdicts:
    """The worst verdict on each duty and each question."""
    found: Verdicts = {}
    for duty, (rule, of, first) in OWED.items():
        rows = [r for r in t["deliveries"] if r["duty"] == duty]
        found[duty, ""] = worst(
            delivered([r for r in rows if r["period"] == str(year) and r["entity"] == entity], year, rule, as_of)
            for year in years(rows, rule, first, as_of)
            for entity in entities(t, of)
        )
    for question, (role, of) in ASKED.items():
        rows = [r for r in t["attestations"] if r["attest"] == question]
        found[question, ""] = worst(
            answered([r for r in rows if r["period"] == str(year) and r["entity"] == entity], year, role, as_of)
            for year in years(rows, "03-31 after", None, as_of)
            for entity in entities(t, of)
        )
    return found


def entities(t: Tables, of: str) -> list[str]:
    """Each region or manager, or nobody in particular."""
    return [row[of] for row in t[f"{of}s"]] if of else [""]


def years(rows: list[Row], rule: str, first: int | None, as_of: date) -> range:
    """From the first year, else the earliest in the data; the last one that was due is always asked for."""
    due = max(year for year in range(2015, as_of.year + 1) if last_day(year, rule) < as_of)
    return range(first or min([due, *(int(r["period"]) for r in rows)]), as_of.year + 1)


def delivered(rows: list[Row], year: int, rule: str, as_of: date) -> str:
    """What came for one year."""
    last = last_day(year, rule)
    if not rows:
        return "breach" if last < as_of else "not applicable"
    [row] = rows
    if row["delivered_on"] == "":
        return "undetermined"
    whole = row["duty"] != "annual-report" or {"goals", "activities"} <= set(row["contents"].split(";"))
    return "pass" if whole and date.fromisoformat(row["delivered_on"]) <= last else "breach"


def answered(rows: list[Row], year: int, role: str, as_of: date) -> str:
    """What was said of one year."""
    if not rows:
        return "undetermined" if last_day(year, "03-31 after") < as_of else "not applicable"
    [row] = rows
    assert row["role"] == role and row["person"] and row["answered_on"].startswith(str(year))
    return {"yes": "pass", "no": "breach", "": "undetermined"}[row["answer"]]
