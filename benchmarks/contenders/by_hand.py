"""What is done by hand in Python: the sums that users hand to a tool that has none, and the right answers."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from contenders.rows import Holdings
from contenders.ways import Answers

BOUNDS = ((5, 40), (10, 45), (15, 50), (1, 25))
"""Of each band in percent."""
LOW = ("BB", "B")
ALLOWED = ("bond", "frn", "cert", "deposit", "fund")


def band(years: Any, year: Any = 1) -> int:
    """Which band of durations it is."""
    return 0 if years < year else 1 if years < 3 * year else 2 if years < 7 * year else 3


def facts(rows: list[dict[str, Any]], rules: Iterable[str]) -> dict[str, Any]:
    """The sums that these rules need, in whatever numbers the rows have."""
    zero = 0 * rows[0]["years"]
    found: dict[str, Any] = {"whole": sum((row["amount"] for row in rows), zero)}
    if "share" in rules:
        found["funds"] = sum((row["amount"] for row in rows if row["kind"] == "fund"), zero)
    if "issuer" in rules:
        issued: dict[str, Any] = defaultdict(lambda: zero)
        for row in rows:
            issued[row["issuer"]] += row["amount"]
        found["issued"] = [{"issuer": name, "amount": amount} for name, amount in issued.items()]
    if "bands" in rules:
        found["bands"] = [zero] * 4
        for row in rows:
            found["bands"][band(row["years"])] += row["amount"]
    if "average" in rules:
        found["weighted"] = sum((row["years"] * row["amount"] for row in rows), zero)
    if "rated" in rules:
        found["low"] = sum((row["amount"] for row in rows if row["rating"] in LOW), zero)
    return found


def right(holdings: Holdings) -> Answers:
    """All six answers in whole numbers, for holdings whose amounts are known."""
    issued: dict[str, int] = defaultdict(int)
    bands, whole, funds, weighted, low, unrated, failing = [0, 0, 0, 0], 0, 0, 0, 0, 0, 0
    for _, issuer, kind, rating, hundredths, ore in holdings:
        assert ore is not None
        whole += ore
        issued[issuer] += ore
        bands[band(hundredths, 100)] += ore
        weighted += hundredths * ore
        funds += ore * (kind == "fund")
        low += ore * (rating in LOW)
        unrated += ore * (rating is None)
        failing += kind not in ALLOWED and issuer != "State" and ore >= 100_000_000
    sure, possible = 5 * low <= whole, 5 * (low + unrated) <= whole
    return {
        "allowed": failing,
        "share": 5 * funds <= whole,
        "issuer": sum(10 * ore > whole for ore in issued.values()),
        "bands": tuple(
            kept
            for part, (least, most) in zip(bands, BOUNDS, strict=True)
            for kept in (100 * part >= least * whole, 100 * part <= most * whole)
        ),
        "average": 200 * whole <= weighted <= 500 * whole,
        "rated": sure if sure == possible else None,
    }


def with_sums(
    rows: list[dict[str, Any]],
    rules: tuple[str, ...],
    fails: Callable[[dict[str, Any]], bool],
    judged: Callable[[dict[str, Any]], Answers],
) -> Answers:
    """Row for row what is asked of rows; of all else the sums, which are what the tool judges."""
    found: Answers = {"allowed": sum(map(fails, rows))} if "allowed" in rules else {}
    others = [rule for rule in rules if rule != "allowed"]
    return {**found, **judged(facts(rows, others))} if others else found
